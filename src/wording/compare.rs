//! Sentences of a comparison: what a what-if does to the ratio on the same luck, and which input did it.

use crate::scenario::{Difference, Role};
use crate::summary::{Estimate, PairedRow, rounded_to_add_up};

use super::Purse;
use super::digits::{figures, probability, ratio_within};
use super::number::{count, effect, percent, significant};

/// Effects nearer to one than this are no change (METHOD 3.1).
const BAND: f64 = 1.05;

/// What an effect does, as a verb with its size: `cuts … 4.5-fold`, `raises … by 23%`; none within five per cent.
///
/// `error` is the standard error of the effect's log: no digit stands below it.
#[must_use]
pub fn effect_verb(factor: f64, error: f64) -> Option<(&'static str, String)> {
    let (verb, size) = if factor < 1.0 { ("cuts", 1.0 / factor) } else { ("raises", factor) };
    if size.is_nan() || size <= BAND {
        return None;
    }
    let change = 100.0 * if factor < 1.0 { 1.0 - factor } else { factor - 1.0 };
    let words = if size >= 1.95 {
        let (figures, rough) = figures(Estimate { value: size, error: size * error });
        format!("{}{}-fold", if rough { "about " } else { "" }, significant(size, figures))
    } else {
        let (figures, rough) = figures(Estimate { value: change, error: 100.0 * factor * error });
        let text = significant(change, figures);
        format!("by {}{}%", if rough { "about " } else { "" }, text.trim_end_matches(".0"))
    };
    Some((verb, words))
}

/// `On identical shocks, “China state push” cuts the 2033 ratio 4.5-fold`: the median of the paired ratios.
#[must_use]
pub fn effect_title(name: &str, row: &PairedRow) -> String {
    let median = row.ratio.map_or(f64::NAN, |quantiles| quantiles[3]);
    match effect_verb(median, row.ratio_error.unwrap_or(0.0)) {
        Some((verb, words)) => format!("On identical shocks, “{name}” {verb} the {} ratio {words}", row.year),
        None if row.unchanged.hits == row.unchanged.paths => {
            format!("On identical shocks, “{name}” leaves the {} ratio as it is", row.year)
        }
        None => format!("On identical shocks, “{name}” leaves the {} ratio about where it was", row.year),
    }
}

/// The sentence of one what-if: effect, and the share of paths that it moves that way.
///
/// A share that follows from the construction is not printed: where every changed path goes the same way, the share of
/// paths without any change is what the reader does not know.
#[must_use]
pub fn effect_sentence(name: &str, row: &PairedRow) -> String {
    let Some(quantiles) = row.ratio else {
        return format!("“{name}” cannot be held against the baseline in {}: no path has a ratio in both.", row.year);
    };
    let share = share_moved(row).map_or_else(String::new, |share| format!("; {share} of paths"));
    let title = effect_title(name, row);
    let median = quantiles[3];
    match effect_verb(median, 0.0) {
        None if row.unchanged.hits < row.unchanged.paths && effect(median) != "same" => {
            format!("{title} (median effect {}){share}.", effect(median))
        }
        _ => format!("{title}{share}."),
    }
}

/// `smaller in 84%`: the share of paths that the median effect speaks for; none where it follows from the construction.
#[must_use]
pub fn share_moved(row: &PairedRow) -> Option<String> {
    let [larger, smaller, same] = [&row.greater, &row.smaller, &row.unchanged].map(|share| share.hits);
    let median = row.ratio.map_or(1.0, |quantiles| quantiles[3]);
    if larger == 0 || smaller == 0 {
        return (same > 0 && larger + smaller > 0).then(|| format!("no change in {}", probability(&row.unchanged)));
    }
    Some(match median < 1.0 {
        true => format!("smaller in {}", probability(&row.smaller)),
        false => format!("larger in {}", probability(&row.greater)),
    })
}

/// `÷1.6 (÷2.6 to same)`: median and 80% range of the paired ratios.
#[must_use]
pub fn effect_with_range(quantiles: [f64; 7]) -> String {
    let [_, low, _, median, _, high, _] = quantiles.map(effect);
    if low == median && median == high { median } else { format!("{median} ({low} to {high})") }
}

/// What a what-if does to the gap: `The gap in dollars changes by −$1.4bn (median; 80% of paths −$12bn to $0).`
#[must_use]
pub fn gap_sentence(row: &PairedRow, purse: Purse) -> Option<String> {
    let quantiles = row.difference.quantiles?;
    if row.unchanged.hits == row.unchanged.paths {
        return Some(format!("The gap in {} does not change.", purse.noun()));
    }
    let (noun, range) =
        (purse.noun(), format!("80% of paths {} to {}", purse.change(quantiles[1]), purse.change(quantiles[5])));
    let (value, error) = (quantiles[3], row.difference.median_error.unwrap_or(f64::INFINITY));
    if error >= value.abs() {
        return Some(format!("The gap in {noun} is about the same in the median ({range})."));
    }
    let median = purse.change_within(Estimate { value, error });
    Some(format!("The gap in {noun} changes by {median} (median; {range})."))
}

/// How a what-if sets an input otherwise: `adds state AI fund (lever): …`, `changes us.deals.growth: 3% → 5%`.
#[must_use]
pub fn input_words(difference: &Difference, name: &str) -> String {
    let lever = if difference.role == Role::Lever { " (lever)" } else { "" };
    match (&difference.base, &difference.what_if) {
        (None, Some(new)) => format!("adds {name}{lever}: {}", new.value),
        (Some(_), None) => format!("drops {name}{lever}"),
        (Some(old), Some(new)) => {
            let [old, new] = only_what_differs([&old.value, &new.value]);
            format!("changes {name}{lever}: {old} → {new}")
        }
        (None, None) => format!("changes {name}{lever}"),
    }
}

/// The same for all inputs, by name alone: `adds state AI fund (lever); changes us.deals.growth, us.deals.volatility`.
#[must_use]
pub fn inputs_in_brief(differences: &[Difference], names: &[String]) -> String {
    let verb = |difference: &Difference| match (&difference.base, &difference.what_if) {
        (None, Some(_)) => "adds",
        (Some(_), None) => "drops",
        _ => "changes",
    };
    let of = |wanted: &str| {
        let named = differences.iter().zip(names).filter(|(difference, _)| verb(difference) == wanted);
        let named = named.map(|(difference, name)| match difference.role {
            Role::Lever => format!("{name} (lever)"),
            Role::Assumption => name.clone(),
        });
        named.collect::<Vec<String>>().join(", ")
    };
    let all = ["adds", "drops", "changes"].map(|verb| (verb, of(verb)));
    let told: Vec<String> =
        all.iter().filter(|(_, names)| !names.is_empty()).map(|(verb, names)| format!("{verb} {names}")).collect();
    if told.is_empty() { "changes no input".to_owned() } else { told.join("; ") }
}

/// Two values without what they have in common: entries of a list, and the parameters of models that differ.
fn only_what_differs([old, new]: [&str; 2]) -> [String; 2] {
    if old.starts_with("model ") && new.starts_with("model ") {
        return [old, new].map(|value| value.split(',').next().unwrap_or(value).to_owned());
    }
    let entries = |value: &str| value.split("; ").map(str::to_owned).collect::<Vec<String>>();
    let (before, after) = (entries(old), entries(new));
    if before.len().max(after.len()) < 2 {
        return [old.to_owned(), new.to_owned()];
    }
    let less = |own: &[String], other: &[String]| {
        let own: Vec<String> = own.iter().filter(|entry| !other.contains(entry)).cloned().collect();
        if own.is_empty() { "none".to_owned() } else { own.join("; ") }
    };
    [less(&before, &after), less(&after, &before)]
}

/// Title of the small multiples: the smallest and the largest median ratio, with the digits that their errors allow.
#[must_use]
pub fn multiples_title(year: i32, medians: &[Estimate]) -> String {
    let finite = || medians.iter().copied().filter(|median| median.value.is_finite());
    let low = finite().min_by(|a, b| a.value.total_cmp(&b.value));
    let high = finite().max_by(|a, b| a.value.total_cmp(&b.value));
    match (low.map(ratio_within), high.map(ratio_within)) {
        (Some(low), Some(high)) if low == high => format!("The scenarios leave the {year} median ratio at {low}"),
        (Some(low), Some(high)) => format!("The {year} median ratio lies between {low} and {high}"),
        _ => format!("The {year} ratio by scenario"),
    }
}

/// Title of the attribution: the input with the largest part.
#[must_use]
pub fn attribution_title(year: i32, first: Estimate, last: Estimate, largest: Option<(&str, f64)>) -> String {
    let (first, last) = (ratio_within(first), ratio_within(last));
    match largest {
        Some((name, factor)) if first == last => {
            format!("The {year} ratio stays at {first}: “{name}” does most ({})", effect(factor))
        }
        Some((name, factor)) => {
            format!("{year} ratio from {first} to {last}: “{name}” does most ({})", effect(factor))
        }
        None => format!("The {year} median ratio goes from {first} to {last}"),
    }
}

/// A change and its parts, in whole numbers that add up to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The whole with its sign: `−47`.
    pub whole: String,
    /// The parts, in their order: `−33`, `−14`.
    pub parts: Vec<String>,
}

/// Log points, hundredths of a natural log: they add up where factors multiply.
#[must_use]
pub fn log_points(first: f64, last: f64, parts: &[f64]) -> Split {
    let hundredths: Vec<f64> = parts.iter().map(|part| 100.0 * part).collect();
    split((100.0 * (last - first)).round(), &hundredths)
}

/// Percentage points between two probabilities as they are printed, `50% → 39%`, and their parts.
///
/// Within a point the change is below what is printed, and there are no words for it.
#[must_use]
pub fn percentage_points(first: f64, last: f64, parts: &[f64]) -> Option<(String, Split)> {
    let [before, after] = [first, last].map(|share| (100.0 * share).round());
    if (last - first).abs() < 0.01 || before == after || !(last - first).is_finite() {
        return None;
    }
    // No share of paths is certain.
    let stated = |share: f64| match share {
        share if share < 0.005 => "<1%".to_owned(),
        share if share > 0.995 => ">99%".to_owned(),
        share => percent(share),
    };
    let ends = format!("{} → {}", stated(first), stated(last));
    let hundredths: Vec<f64> = parts.iter().map(|part| 100.0 * part).collect();
    // Ends that are not printed as whole points differ by what their difference rounds to.
    let whole = |share: f64| (0.0995..=0.995).contains(&share);
    let points = if whole(first) && whole(last) { after - before } else { (100.0 * (last - first)).round() };
    Some((ends, split(points, &hundredths)))
}

fn split(whole: f64, parts: &[f64]) -> Split {
    let parts = rounded_to_add_up(parts, whole, 0).into_iter().map(whole_points).collect();
    Split { whole: whole_points(whole), parts }
}

/// Points that are rounded already: `−12`, `+4`, `0`.
#[must_use]
pub fn whole_points(value: f64) -> String {
    match value {
        value if value < 0.0 => format!("−{}", count(-value)),
        value if value > 0.0 => format!("+{}", count(value)),
        _ => "0".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::short_title;

    #[test]
    fn the_verb_and_its_size_are_those_of_the_effect() {
        let of = |factor: f64, error: f64| effect_verb(factor, error).map(|(verb, words)| format!("{verb} {words}"));
        let of = |factor: f64, error: f64| of(factor, error).unwrap_or_default();
        assert_eq!(of(1.0 / 4.5, 0.0), "cuts 4.5-fold");
        assert_eq!(of(2.9, 0.01), "raises 2.9-fold");
        assert_eq!(of(2.9, 0.05), "raises 3-fold");
        assert_eq!(of(0.77, 0.0), "cuts by 23%");
        assert_eq!(of(1.4, 0.0), "raises by 40%");
        assert_eq!(of(1.097, 0.002), "raises by 10%");
        assert_eq!(of(1.097, 0.0002), "raises by 9.7%");
        assert_eq!(of(7510.0, 0.001), "raises 7,500-fold");
        assert_eq!(of(1.04, 0.0) + &of(0.96, 0.0) + &of(f64::NAN, 0.0), "");
    }

    #[test]
    fn names_are_short_and_move_no_cursor() {
        assert_eq!(short_title("China state push: a fund brings"), "China state push");
        assert_eq!(short_title(": what \u{1b}[31m\n is this"), ": what [31m is this");
        assert_eq!(short_title(" \t "), "untitled");
        assert_eq!(short_title(&"long ".repeat(40)).chars().count(), 60);
    }

    #[test]
    fn titles_of_several_scenarios_name_the_ends() {
        let title = multiples_title(2030, &[4.7, 75.2, f64::INFINITY].map(|value| Estimate { value, error: 0.01 }));
        assert_eq!(title, "The 2030 median ratio lies between 4.7× and 75×");
    }

    #[test]
    fn what_two_lists_share_is_not_told_twice() {
        let differing = |old, new| only_what_differs([old, new]);
        assert_eq!(differing("a: 0.2; b: 0.4", "a: 0.2; b: 0.1"), ["b: 0.4", "b: 0.1"]);
        assert_eq!(differing("a: 0.2; b: 0.4", "a: 0.2"), ["b: 0.4", "none"]);
        assert_eq!(differing("3%, 5% from 2027", "3%"), ["3%, 5% from 2027", "3%"]);
        assert_eq!(differing("model random-walk, growth 3%", "model path, 1"), ["model random-walk", "model path"]);
    }

    #[test]
    fn printed_parts_add_up_to_the_printed_whole() {
        let parts = log_points(2.75, 2.28, &[-0.333, -0.137]);
        assert_eq!((parts.whole.as_str(), parts.parts), ("−47", vec!["−33".to_owned(), "−14".to_owned()]));
        // 49.6% and 39.4% are printed as 50% and 39%: eleven points, although they differ by 10.2.
        let (ends, points) = percentage_points(0.496, 0.394, &[-0.066, -0.036]).expect("a change");
        assert_eq!((ends.as_str(), points.whole.as_str()), ("50% → 39%", "−11"));
        assert_eq!(points.parts, ["−7", "−4"]);
        assert_eq!(percentage_points(0.5, 1.0, &[0.5]).expect("a change").0, "50% → >99%");
        assert_eq!(percentage_points(0.501, 0.504, &[0.003]), None);
        assert_eq!(percentage_points(0.5, f64::NAN, &[0.003]), None);
    }
}
