//! Titles of the charts beyond the main three: futures, deals, tornado, sweep, decomposition and back-test.

use super::chance::Chance;
use super::number::{count, percent, percent_change, ratio, significant};
use super::outlook::Outlook;
use super::share::stated;
use crate::scenario::short_name;

/// Title of the dot plot: how many of the equally likely futures are wider as a ratio, or that it is open.
#[must_use]
pub fn futures_title(outlook: &Outlook, wider: usize, futures: usize) -> String {
    let Outlook { lead, follow, horizon, .. } = outlook;
    match Chance::of(outlook.wider_as_ratio.value.value) {
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
    let p = &outlook.wider_as_ratio.value;
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

/// Title of the tornado: the input with the longest bar and the ratios at its ends.
#[must_use]
pub fn tornado_title(year: i32, largest: Option<(&str, f64, f64)>) -> String {
    match largest {
        Some((name, low, high)) => {
            format!("{} matters most: {year} ratio from {} to {}", capital(name), ratio(low), ratio(high))
        }
        None => format!("No input by itself moves the {year} median ratio"),
    }
}

/// Title of shares of variance: the largest one, which is "most" only above one half.
#[must_use]
pub fn shares_title(year: i32, largest: Option<(&str, f64)>) -> String {
    match largest {
        Some((name, share)) if share > 0.5 => {
            format!("{} explains most of the {year} ratio’s spread ({})", capital(name), percent(share))
        }
        Some((name, share)) => {
            format!("{} explains the largest part of the {year} ratio’s spread ({})", capital(name), percent(share))
        }
        None => format!("Where the spread of the {year} ratio comes from"),
    }
}

/// Title of a sweep: the value of the input at which the answer tips, or that none within the sweep does.
#[must_use]
pub fn sweep_title(
    question: &str,
    input: &str,
    tipping: Option<f64>,
    rises: bool,
    ends: Option<(&str, &str)>,
) -> String {
    let name = input.split(',').next().unwrap_or(input).trim();
    match (tipping, ends) {
        (Some(value), _) => {
            let way = if rises { "wider" } else { "narrower" };
            format!("{} tips {question} to {way} above about {}", capital(name), change(value))
        }
        (None, Some((low, high))) => format!("{} from {low} to {high} does not tip {question}", capital(name)),
        (None, None) => format!("{} and {question}", capital(name)),
    }
}

/// A yearly change without a plus sign: `12%`, `−3.1%`.
fn change(share: f64) -> String {
    percent_change(share).trim_start_matches('+').to_owned()
}

/// A number with so many decimals, with thousands separators and a true minus sign.
#[must_use]
pub fn fixed(value: f64, decimals: i32) -> String {
    let places = usize::try_from(decimals).unwrap_or(0);
    let text = format!("{:.places$}", value.abs());
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(a, b)| (a, format!(".{b}")));
    let whole = count(whole.parse().unwrap_or(0.0));
    let zero = text.chars().all(|c| !c.is_ascii_digit() || c == '0');
    format!("{}{whole}{rest}", if value < 0.0 && !zero { "−" } else { "" })
}

/// A region whose funding changed between two years: its name, what it had, and the change with the interval that
/// rounding of the figures leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Word for the region: `US`.
    pub name: String,
    /// Funding in the first year.
    pub before: f64,
    /// Change: central value, lower and upper end.
    pub change: [f64; 3],
}

/// Title of an observed decomposition, and the numbers in it: a share with the interval that rounding leaves.
///
/// It names a fraction only if it lies within that interval, and a direction only if no rounding could undo it.
#[must_use]
pub fn decomposition_title(year: i32, lead: &Moved, follow: &Moved) -> (String, Vec<f64>) {
    // What the follow region gains narrows the gap.
    let of_follow = [-follow.change[0], -follow.change[2], -follow.change[1]];
    let effects = [lead.change, of_follow];
    let total = [0, 1, 2].map(|place| effects[0][place] + effects[1][place]);
    let sign = |[_, low, high]: [f64; 3]| {
        if low > 0.0 {
            1
        } else if high < 0.0 {
            -1
        } else {
            0
        }
    };
    let what = match sign(total) {
        1 => "widening",
        -1 => "narrowing",
        _ => return (format!("What moved the gap in {year} is open: rounding hides its direction"), Vec::new()),
    };
    let first = usize::from(effects[1][0].abs() > effects[0][0].abs());
    let (larger, other) = (effects[first], effects[1 - first]);
    let moved = if first == 0 { lead } else { follow };
    let who = whose(&short_name(&moved.name), motion(moved));
    if sign(larger) != sign(total) {
        return (format!("Both sides moved the {year} gap; rounding hides which did more"), Vec::new());
    }
    if sign(other) != sign(total) {
        let word = if what == "widening" { "widened" } else { "narrowed" };
        let rest = if sign(other) == 0 { "rounding hides the other side" } else { "the other side did not" };
        return (format!("{who} {word} the {year} gap; {rest}"), Vec::new());
    }
    let size = |effect: [f64; 3]| {
        let [value, low, high] = effect.map(f64::abs);
        [value, low.min(high), low.max(high)]
    };
    let (own, rest) = (size(larger), size(other));
    let share = [own[0] / (own[0] + rest[0]), own[1] / (own[1] + rest[2]), own[2] / (own[2] + rest[1])];
    let about = fraction(share).map_or(String::new(), |words| format!("{words} "));
    let range = format!("{}–{}", percent(share[1]).trim_end_matches('%'), percent(share[2]));
    let range = if about.is_empty() { range } else { format!("{about}({range})") };
    (format!("{who} explains {range} of the {year} {what}"), share.to_vec())
}

/// `slump` for a loss of more than half, `fall`, `rise`, or `change` where rounding hides the direction.
fn motion(moved: &Moved) -> &'static str {
    match moved.change {
        [_, _, high] if high < 0.0 && moved.change[0] <= -0.5 * moved.before => "slump",
        [_, _, high] if high < 0.0 => "fall",
        [_, low, _] if low > 0.0 => "rise",
        _ => "change",
    }
}

/// A fraction in words, if the nearest one lies within the interval.
fn fraction([value, low, high]: [f64; 3]) -> Option<&'static str> {
    let known = [
        (0.25, "about a quarter"),
        (1.0 / 3.0, "about a third"),
        (0.5, "about half"),
        (2.0 / 3.0, "about two thirds"),
        (0.75, "about three quarters"),
    ];
    let nearest = known.into_iter().min_by(|a, b| (a.0 - value).abs().total_cmp(&(b.0 - value).abs()))?;
    (low..=high).contains(&nearest.0).then_some(nearest.1)
}

/// Title of a simulated decomposition: the largest part of the change of the mean gap.
#[must_use]
pub fn mean_decomposition_title(year: i32, largest: Option<(&str, &str, f64)>, money: super::MoneyUnit) -> String {
    match largest {
        Some((region, part, value)) => {
            let verb = if value >= 0.0 { "adds most to" } else { "takes most off" };
            format!("{} {part} {verb} the mean {year} gap: {}", short_name(region), money.amount(value.abs()))
        }
        None => format!("What moves the mean gap by {year}"),
    }
}

/// Title of a back-test: the band whose interval excludes its promise by most, or that none does.
///
/// `judged` holds for each band its promise, the share observed and the interval of that share.
#[must_use]
pub fn back_test_title(forecasts: u64, least: u64, judged: &[(f64, f64, (f64, f64))]) -> String {
    if forecasts < least {
        return format!("Too few outcomes to judge: {forecasts} forecasts, {least} are the least");
    }
    let excluded = judged.iter().filter(|(promise, _, (low, high))| !(*low..=*high).contains(promise));
    let worst = excluded.max_by(|a, b| (a.0 - a.1).abs().total_cmp(&(b.0 - b.1).abs()));
    match worst {
        Some((promise, share, _)) if share < promise => {
            let fault = if *promise >= 0.9 { "the tails are too thin" } else { "they are too narrow" };
            format!("Back-test: {} bands caught only {} of outcomes; {fault}", percent(*promise), percent(*share))
        }
        Some((promise, share, _)) => {
            format!("Back-test: {} bands caught {} of outcomes; they are too wide", percent(*promise), percent(*share))
        }
        None => "Back-test: the bands caught close to what they promise".to_owned(),
    }
}

/// The first letter as a capital.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `China’s slump`, `The US rise`.
fn whose(name: &str, what: &str) -> String {
    if name.chars().all(char::is_uppercase) {
        format!("The {name} {what}")
    } else if name.ends_with('s') {
        format!("{name}’ {what}")
    } else {
        format!("{name}’s {what}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_of_a_decomposition_holds_whatever_rounding_leaves() {
        let moved = |name: &str, before, change| Moved { name: name.to_owned(), before, change };
        let us = moved("us", 27.2, [3.807, 3.628, 3.989]);
        let china = moved("china", 6.67, [-4.667, -5.975, -3.418]);
        let (title, stated) = decomposition_title(2023, &us, &china);
        assert_eq!(title, "China’s slump explains about half (46–62%) of the 2023 widening");
        assert!((stated[0] - 0.5507).abs() < 1e-3);
        // A change that rounding could turn round names no direction.
        let open = moved("us", 27.0, [0.1, -5.0, 5.0]);
        assert!(decomposition_title(2023, &open, &moved("china", 6.0, [0.1, -1.0, 1.0])).0.contains("open"));
        let both = decomposition_title(2023, &us, &moved("china", 2.0, [1.0, 0.5, 1.5])).0;
        assert_eq!(both, "The US rise widened the 2023 gap; the other side did not");
    }

    #[test]
    fn titles_of_sweeps_and_back_tests_follow_their_rule() {
        assert_eq!(
            sweep_title("the odds", "China deal growth, a year", Some(0.124), false, None),
            "China deal growth tips the odds to narrower above about 12%"
        );
        assert_eq!(
            sweep_title("the odds", "US growth", None, true, Some(("−5%", "10%"))),
            "US growth from −5% to 10% does not tip the odds"
        );
        let of = |hits: [f64; 3]| {
            let bands = [0.5, 0.8, 0.95];
            let all =
                bands.into_iter().zip(hits).map(|(p, share)| (p, share, crate::summary::wilson(share, 60.0, 1.96)));
            back_test_title(60, 20, &all.collect::<Vec<_>>())
        };
        assert_eq!(of([0.38, 0.7, 0.83]), "Back-test: 95% bands caught only 83% of outcomes; the tails are too thin");
        assert_eq!(of([0.5, 0.8, 0.95]), "Back-test: the bands caught close to what they promise");
        assert_eq!(of([0.75, 0.8, 0.95]), "Back-test: 50% bands caught 75% of outcomes; they are too wide");
        assert!(back_test_title(12, 20, &[]).starts_with("Too few outcomes to judge: 12"));
        assert_eq!(fixed(-1234.56, 1), "−1,234.6");
        assert_eq!(fixed(-0.04, 1), "0.0");
    }
}
