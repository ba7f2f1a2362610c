//! Titles of the charts that hold several scenarios.

use crate::summary::Estimate;

use super::cited::Cited;
use super::digits::together;
use super::text::Text;

/// Title of the small multiples: the smallest and the largest median ratio, with the digits that their errors allow.
#[must_use]
pub fn multiples_title(year: i32, medians: &[Cited<Estimate>]) -> Text {
    let finite = || medians.iter().filter(|median| median.value.value.is_finite());
    let low = finite().min_by(|a, b| a.value.value.total_cmp(&b.value.value));
    let high = finite().max_by(|a, b| a.value.value.total_cmp(&b.value.value));
    let Some((low, high)) = low.zip(high) else { return format!("The {year} ratio by scenario").into() };
    let [low, high] = [low.ratio(), high.ratio()];
    if low.text() == high.text() {
        return Text::from(format!("The scenarios leave the {year} median ratio at ")) + low;
    }
    Text::from(format!("The {year} median ratio lies between ")) + low + " and " + high
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
                Text::from(format!("The {year} ratio stays at ")) + first + ": "
            } else {
                Text::from(format!("{year} ratio from ")) + first + " to " + last + ": "
            };
            ratio + "“" + Text::own(name) + "” does most (" + factor.effect() + ")"
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
        let title = multiples_title(2030, &[4.7, 75.2, f64::INFINITY].map(cited));
        assert_eq!(title.text(), "The 2030 median ratio lies between 4.7× and 75×");
    }

    #[test]
    fn a_difference_below_the_last_digit_is_none() {
        let factor = Cited::new(0.9, Cell::new("attribution.csv", &[], &["factor_of_median_ratio"]));
        let title = |last: f64| {
            attribution_title(2030, &[cited(15.5), cited(last)], (Some(("x", factor.clone())), false)).text()
        };
        assert_eq!(title(15.3), "The 2030 ratio stays at 15×: “x” does most (÷1.1)");
        assert_eq!(title(12.1), "2030 ratio from 16× to 12×: “x” does most (÷1.1)");
        // Where only one input differs, it does not do most but all.
        let alone = attribution_title(2030, &[cited(15.5), cited(12.1)], (Some(("x", factor.clone())), true));
        assert_eq!(alone.text(), "“x” takes the 2030 median ratio from 16× to 12×");
    }
}
