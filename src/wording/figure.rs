//! Titles of the charts beyond the main three: futures, deals, tornado, shares, sweep and back-test.

use super::chance::Chance;
use super::cited::Cited;
use super::goal::capital;
use super::number::{percent, percent_change};
use super::outlook::Outlook;
use super::text::Text;
use super::times::ratio;
use super::title::possessive;
use crate::scenario::short_name;
use crate::summary::Estimate;

/// Title of the dot plot: in how many of the equally likely futures the ratio is higher, or that it is open.
#[must_use]
pub fn futures_title(outlook: &Outlook, higher: usize, futures: usize) -> Text {
    let Outlook { lead, follow, base_year, horizon, .. } = outlook;
    // Dots are counted on the picture, and no table has their number.
    let of = |dots: usize| Text::own(format!("{dots} of {futures}"));
    let probability = &outlook.wider_as_ratio.value;
    match Chance::carried(probability) {
        Some(Chance::EitherWay) => {
            Text::from(format!("The {horizon} ratio could go either way: higher in ")) + of(higher) + " futures"
        }
        _ => {
            let itself = Chance::of(probability.value).1;
            let dots = if itself { higher } else { futures - higher };
            let ratio = format!(" equally likely futures, the {horizon} {lead}/{follow} ratio is ");
            let ratio = Text::from("In ") + of(dots) + ratio + outlook.higher();
            ratio + format!(" than in {base_year}")
        }
    }
}

/// Title of the histogram: the share of paths on the side that has more of them.
#[must_use]
pub fn histogram_title(outlook: &Outlook) -> Text {
    let Outlook { lead, follow, horizon, wider_as_ratio: chance, .. } = outlook;
    if Chance::carried(&chance.value) == Some(Chance::EitherWay) {
        let either = format!("The {horizon} ratio could go either way: higher in ");
        return Text::from(either) + chance.share() + " of paths";
    }
    let subject = Text::from(format!("{lead}/{follow} ratio "));
    let likely = chance.chance().map(|words| Text::from(words) + " to be ");
    subject
        + likely.unwrap_or_default()
        + outlook.higher()
        + format!(" in {horizon}: ")
        + chance.sided_share()
        + " of paths"
}

/// Title of the fan of deals: the spread, because medians side by side would read as a forecast.
#[must_use]
pub fn deals_title(
    horizon: i32,
    lead: (&str, Option<Cited<[Estimate; 2]>>),
    follow: (&str, Option<Cited<[Estimate; 2]>>),
) -> Text {
    let names = [lead.0, follow.0].map(short_name);
    match (lead.1, follow.1) {
        (Some(a), Some(b)) => {
            let first = Text::from(format!("{} deals in {horizon}: ", names[0])) + a.count_range();
            first + format!(" in 80% of paths, {} ", possessive(&names[1])) + b.count_range()
        }
        _ => format!("Deals of {} and {} to {horizon}", names[0], names[1]).into(),
    }
}

/// Title of the tornado: the input with the longest bar and the ratios at its ends.
#[must_use]
pub fn tornado_title(year: i32, largest: Option<(&str, f64, f64)>) -> Text {
    match largest {
        Some((name, low, high)) => {
            let matters = Text::own(capital(name)) + format!(" matters most: {year} ratio from ");
            matters + Text::own(ratio(low)) + " to " + Text::own(ratio(high))
        }
        None => format!("No input by itself moves the {year} median ratio").into(),
    }
}

/// Title of shares of variance: the largest one, which is "most" only above one half.
///
/// Of luck it says what remains once the assumptions are fixed: how wide luck is, is itself assumed.
#[must_use]
pub fn shares_title(year: i32, largest: Option<(&str, Cited<Estimate>)>, is_luck: bool) -> Text {
    let Some((name, share)) = largest else { return format!("Where the spread of the {year} ratio comes from").into() };
    if is_luck {
        let remains = format!(" of the {year} ratio’s spread would remain");
        return Text::from("With the assumptions fixed, ") + share.percent() + remains;
    }
    let part = if share.value.value > 0.5 { "most" } else { "the largest part" };
    let accounts = format!(" accounts for {part} of the {year} ratio’s spread (");
    Text::own(capital(name)) + accounts + share.percent() + ")"
}

/// Title of a sweep: the value of the input at which the answer tips, or that none within the sweep does.
#[must_use]
pub fn sweep_title(question: &str, input: &str, tipping: Option<f64>, rises: bool, ends: Option<(&str, &str)>) -> Text {
    let name = Text::own(capital(input.split(',').next().unwrap_or(input).trim()));
    match (tipping, ends) {
        (Some(value), _) => {
            let way = if rises { "higher" } else { "lower" };
            name + format!(" tips {question} to a {way} ratio above about ") + Text::own(change(value))
        }
        (None, Some((low, high))) => {
            name + " from " + Text::own(low) + " to " + Text::own(high) + format!(" does not tip {question}")
        }
        (None, None) => name + format!(" and {question}"),
    }
}

/// A yearly change without a plus sign: `12%`, `−3.1%`.
fn change(share: f64) -> String {
    percent_change(share).trim_start_matches('+').to_owned()
}

/// Title of a back-test: the band whose interval excludes its promise by most, or that none does.
///
/// `judged` holds for each band its promise, the share observed and the interval of that share.
#[must_use]
pub fn back_test_title(forecasts: u64, least: u64, judged: &[(f64, f64, (f64, f64))]) -> Text {
    if forecasts < least {
        return Text::own(format!("Too few outcomes to judge: {forecasts} forecasts, {least} are the least"));
    }
    let excluded = judged.iter().filter(|(promise, _, (low, high))| !(*low..=*high).contains(promise));
    let worst = excluded.max_by(|a, b| (a.0 - a.1).abs().total_cmp(&(b.0 - b.1).abs()));
    match worst {
        Some((promise, share, _)) if share < promise => {
            let fault = if *promise >= 0.9 { "the tails are too thin" } else { "they are too narrow" };
            let caught = format!("{} bands caught only {} of outcomes", percent(*promise), percent(*share));
            Text::from("Back-test: ") + Text::own(caught) + "; " + fault
        }
        Some((promise, share, _)) => {
            let caught = format!("{} bands caught {} of outcomes", percent(*promise), percent(*share));
            Text::from("Back-test: ") + Text::own(caught) + "; they are too wide"
        }
        None => "Back-test: the bands caught close to what they promise".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_sweeps_and_back_tests_follow_their_rule() {
        assert_eq!(
            sweep_title("the odds", "China deal growth, a year", Some(0.124), false, None).text(),
            "China deal growth tips the odds to a lower ratio above about 12%"
        );
        assert_eq!(
            sweep_title("the odds", "US growth", None, true, Some(("−5%", "10%"))).text(),
            "US growth from −5% to 10% does not tip the odds"
        );
        let of = |hits: [f64; 3]| {
            let bands = [0.5, 0.8, 0.95];
            let all =
                bands.into_iter().zip(hits).map(|(p, share)| (p, share, crate::summary::wilson(share, 60.0, 1.96)));
            back_test_title(60, 20, &all.collect::<Vec<_>>()).text()
        };
        assert_eq!(of([0.38, 0.7, 0.83]), "Back-test: 95% bands caught only 83% of outcomes; the tails are too thin");
        assert_eq!(of([0.5, 0.8, 0.95]), "Back-test: the bands caught close to what they promise");
        assert_eq!(of([0.75, 0.8, 0.95]), "Back-test: 50% bands caught 75% of outcomes; they are too wide");
        assert!(back_test_title(12, 20, &[]).text().starts_with("Too few outcomes to judge: 12"));
    }
}
