//! Sentences that only a note has: what moved the gap in the last observed year, what would have to be true, and where
//! the spread comes from.

use crate::engine::Layer;
use crate::metric::{Metric, Milestone};
use crate::scenario::short_name;

use super::change::rounded_change;
use super::lookup::{ChangeTerm, LastChange, Lookup, of_gap};
use super::money_unit::MoneyUnit;
use super::outlook::Outlook;
use super::paragraphs::what_remains;
use super::text::Text;
use super::title::{possessive, with_article};

/// What moved the gap in the last observed year; empty where nothing is observed before it.
#[must_use]
pub fn moved(run: Lookup) -> Vec<Text> {
    let money = MoneyUnit::of(run.scenario.money());
    let Some(LastChange { years: [from, to], terms, total }) = run.last_change() else { return Vec::new() };
    let gap = |year| Some(run.observed(of_gap(Metric::Gap), year)?.money(money));
    let Some(first) = run.observed(of_gap(Metric::Gap), from).map(|it| it.value.value) else { return Vec::new() };
    let ratio = |year| Some(run.observed(of_gap(Metric::Ratio), year)?.ratio());
    let (Some(gaps), Some(ratios)) = (gap(from).zip(gap(to)), ratio(from).zip(ratio(to))) else { return Vec::new() };
    let name = |region: usize| short_name(run.scenario.regions()[region].name());
    let levels = Text::from(format!("From {from} to {to} the gap went from ")) + gaps.0 + " to " + gaps.1;
    let levels = levels + ", the ratio from " + ratios.0 + " to " + ratios.1 + ".";
    let amounts: Vec<f64> = terms.iter().map(|term| term.amount.value).collect();
    // The rounding of the chart, on which the same terms stand as bars.
    let shown = rounded_change(first, &amounts);
    let terms = terms.iter().zip(&shown.parts).map(|(ChangeTerm { region, component, amount }, part)| {
        let named = format!("{} {} ", name(*region), component.replace('-', " "));
        Text::from(named) + amount.part(money, *part, shown.decimals)
    });
    // The levels above have the digits that their rounding leaves; parts and whole have one more, and add up.
    let moved = Text::from(format!("What moved the gap in {}, ", money.noun()))
        + total.part(money, shown.last - shown.first, shown.decimals)
        + " in all: ";
    let mut sentences = vec![levels, moved + Text::joined(terms, ", ") + "."];
    if let Some(share) = run.share_of_follow() {
        let follow = name(run.scenario.gap().follow());
        let of_ratio = Text::from("Of the change of the ratio, as a factor, ") + share.percent();
        sentences.push(of_ratio + format!(" is {}.", possessive(&follow)));
    }
    sentences
}

/// What it takes to match the lead by the horizon, and how often the ratio halves or doubles on the way.
#[must_use]
pub fn true_if(run: Lookup) -> Vec<Text> {
    let Some(outlook) = Outlook::new(run.scenario, run.summary) else { return Vec::new() };
    let Outlook { base_year, horizon, .. } = &outlook;
    let mut sentences = Vec::new();
    // Rounding may leave open who is ahead; then there is nothing to catch up.
    let behind = |[low, high, _]: [f64; 3]| low > 1.0 || high < 1.0;
    if let Some(rate) = run.to_close().filter(|it| behind(it.value)) {
        let (leader, trailer) = (outlook.leader(), outlook.trailer());
        let is_short = trailer.chars().all(char::is_uppercase);
        let funding = if is_short { trailer.to_owned() } else { possessive(trailer) };
        let leader = with_article(leader);
        let catch_up = format!("To catch up with {leader} by {horizon}, {funding} funding would have to gain ");
        let each = format!(" on {leader} in every year after {base_year}");
        let ahead = format!("; {} is ahead in some year until then in ", with_article(trailer));
        let share = outlook.trailer_ahead_so_far.share();
        sentences.push(Text::from(catch_up) + rate.outgrow() + each + ahead + share + " of paths.");
    }
    if let [Some(halved), Some(doubled)] = [Milestone::RatioHalved, Milestone::RatioDoubled].map(|it| run.reached(it))
        && [&halved, &doubled].iter().all(|share| share.value > 0.0 && share.value < 1.0)
    {
        let some = format!("In some year until {horizon} the ratio is at half of its {base_year} level or below in ");
        sentences
            .push(Text::from(some) + halved.percent() + " of paths, at twice or above in " + doubled.percent() + ".");
    }
    sentences
}

/// What the shares of the spread mean for what one can know; nothing where the assumptions' share says nothing.
#[must_use]
pub fn rest_of_ratio(run: Lookup) -> Option<Text> {
    // As everywhere, a run without an observed gap says nothing of its ratio.
    let outlook = Outlook::new(run.scenario, run.summary)?;
    let share = run.share_from_assumptions().filter(|it| it.value.value > 2.0 * it.value.error)?;
    Some(what_remains(run.scenario, &share, &outlook, "the luck of single years and deals"))
}

/// What the two columns of shares are.
pub const ALONE_AND_WITH: &str = "Alone: what of the spread would go if that were known; with the others: what would be left if all \
                                  else were.";

/// Where the spread of the ratio at the horizon comes from: each layer of chance with its share alone and with the
/// others; empty where only one layer is left to chance.
#[must_use]
pub fn layers_of_spread(run: Lookup) -> Vec<(Layer, [Text; 2])> {
    let mut found = run.layers();
    // A layer that says nothing of the ratio, such as figures that only stand beside it, is none of its parts.
    found.retain(|(_, shares)| shares.iter().any(|share| share.value.value >= 2.0 * share.value.error));
    if found.len() < 2 {
        return Vec::new();
    }
    found.into_iter().map(|(layer, shares)| (layer, shares.map(|share| share.clear_percent().into()))).collect()
}
