//! Titles of the charts that hold several scenarios.

use crate::summary::Estimate;

use super::cited::Cited;
use super::digits::together;
use super::text::Text;

/// A scenario by the name that readers know it by, with its median ratio.
pub type NamedMedian<'a> = (&'a str, Cited<Estimate>);

/// Longest name that a title has room for beside another one.
const LONGEST: usize = 34;

/// Title of the small multiples, the baseline first: the smallest and the largest median ratio, with the digits that their
/// errors allow, and whose they are. Medians of scenarios are no range of outcomes, and the title does not read as one.
#[must_use]
pub fn multiples_title(year: i32, medians: &[NamedMedian]) -> Text {
    let finite = || medians.iter().filter(|(_, median)| median.value.value.is_finite());
    let low = finite().min_by(|a, b| a.1.value.value.total_cmp(&b.1.value.value));
    let high = finite().max_by(|a, b| a.1.value.value.total_cmp(&b.1.value.value));
    let Some((low, high)) = low.zip(high) else { return format!("The {year} ratio by scenario").into() };
    if low.1.ratio().text() == high.1.ratio().text() {
        return Text::from(format!("The scenarios leave the {year} median ratio at ")) + low.1.ratio();
    }
    if let ([(_, base), (name, what_if)], true) = (medians, finite().count() == 2)
        && name.chars().count() <= LONGEST
    {
        let middle = Text::from(format!("Middle of all paths in {year}: ")) + base.ratio();
        return middle + " in the baseline, " + what_if.ratio() + " with “" + Text::own(*name) + "”";
    }
    let named = |(name, median): &NamedMedian| {
        let name = if name.chars().count() <= LONGEST { format!(" ({name})") } else { String::new() };
        Text::from(median.ratio()) + Text::own(name)
    };
    let number = in_words(finite().count());
    Text::from(format!("Medians of {number} scenarios in {year}: from ")) + named(low) + " to " + named(high)
}

/// A small number as a title writes it.
fn in_words(number: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// Title of the attribution: the input with the largest part.
#[must_use]
pub fn attribution_title(
    year: i32,
    ends: &[Cited<Estimate>; 2],
    (largest, is_alone): (Option<(&str, Cited<f64>)>, bool),
) -> Text {
    let rounded = together(ends.each_ref().map(|end| end.value));
    let [first, last] = [0, 1].map(|end| ends[end].ratio_beside(rounded[end]));
    let stays = first.text() == last.text();
    match largest {
        Some((name, _)) if is_alone && !stays => {
            Text::from("“") + Text::own(name) + format!("” takes the {year} median ratio from ") + first + " to " + last
        }
        Some((name, factor)) => {
            let ratio = if stays {
                Text::from(format!("{year} median ratio stays at ")) + first + "; "
            } else {
                Text::from(format!("{year} median ratio from ")) + first + " to " + last + ": mostly "
            };
            let most = if stays { "” does most (" } else { "” (" };
            ratio + "“" + Text::own(name) + most + factor.effect() + ")"
        }
        None => Text::from(format!("The {year} median ratio goes from ")) + first + " to " + last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Cell;

    fn cited(value: f64) -> Cited<Estimate> {
        Cited::new(Estimate { value, error: 0.01 * value }, Cell::new("fan.csv", &[], &["p50"]))
    }

    #[test]
    fn titles_of_several_scenarios_name_the_ends() {
        let named = [("Baseline", 15.2), ("Push", 4.7), ("Boom", 75.2), ("Bust", f64::INFINITY)];
        let named = named.map(|(name, median)| (name, cited(median)));
        let title = |medians: &[NamedMedian]| multiples_title(2030, medians).text();
        assert_eq!(title(&named), "Medians of three scenarios in 2030: from 4.7× (Push) to 75× (Boom)");
        let two = title(&named[..2]);
        assert_eq!(two, "Middle of all paths in 2030: 15× in the baseline, 4.7× with “Push”");
    }

    #[test]
    fn a_difference_below_the_last_digit_is_none() {
        let factor = Cited::new(0.9, Cell::new("attribution.csv", &[], &["factor_of_median_ratio"]));
        let title = |last: f64| {
            attribution_title(2030, &[cited(15.5), cited(last)], (Some(("x", factor.clone())), false)).text()
        };
        assert_eq!(title(15.3), "2030 median ratio stays at 15×; “x” does most (÷1.1)");
        assert_eq!(title(12.1), "2030 median ratio from 16× to 12×: mostly “x” (÷1.1)");
        // Where only one input differs, it does not do most but all.
        let alone = attribution_title(2030, &[cited(15.5), cited(12.1)], (Some(("x", factor.clone())), true));
        assert_eq!(alone.text(), "“x” takes the 2030 median ratio from 16× to 12×");
    }
}
