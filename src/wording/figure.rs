//! Titles of the charts beyond the main three: futures, deals, tornado, sweep, decomposition and back-test.

use super::chance::Chance;
use super::number::{count, significant, stated};
use super::region::short_name;
use super::title::Outlook;

/// Title of the dot plot: how many of the equally likely futures are wider as a ratio, or that it is open.
#[must_use]
pub fn futures_title(outlook: &Outlook, wider: usize, futures: usize) -> String {
    let Outlook { lead, follow, horizon, .. } = outlook;
    match Chance::of(outlook.wider_as_ratio.value) {
        (Chance::EitherWay, _) => {
            format!("The {horizon} ratio could go either way: wider in {wider} of {futures} futures")
        }
        (_, true) => {
            format!("In {wider} of {futures} equally likely futures, the {horizon} {lead}/{follow} ratio is wider")
        }
        (_, false) => format!(
            "In {} of {futures} equally likely futures, the {horizon} {lead}/{follow} ratio is no wider",
            futures - wider
        ),
    }
}

/// Title of the histogram: the share of paths on the side that has more of them.
#[must_use]
pub fn histogram_title(outlook: &Outlook) -> String {
    let Outlook { lead, follow, horizon, .. } = outlook;
    let p = &outlook.wider_as_ratio;
    match Chance::of(p.value) {
        (Chance::EitherWay, _) => {
            format!("The {horizon} ratio could go either way: wider in {} of paths", stated(p.hits, p.paths))
        }
        (chance, itself) => {
            let (hits, word) = if itself { (p.hits, "wider") } else { (p.paths - p.hits, "no wider") };
            format!(
                "{lead}/{follow} ratio {} to be {word} in {horizon}: {} of paths",
                chance.words(),
                stated(hits, p.paths)
            )
        }
    }
}

/// A number of deals at two significant figures.
#[must_use]
pub fn deals(number: f64) -> String {
    if number < 100.0 { count(number) } else { significant(number, 2) }
}

/// Title of the fan of deals: the spread, because medians side by side would read as a forecast.
#[must_use]
pub fn deals_title(horizon: i32, lead: (&str, (f64, f64)), follow: (&str, (f64, f64))) -> String {
    let range = |(low, high): (f64, f64)| format!("{}–{}", deals(low), deals(high));
    let name = short_name(follow.0);
    let possessive = if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") };
    format!("{} deals in {horizon} may number {}, {possessive} {}", short_name(lead.0), range(lead.1), range(follow.1))
}
