//! What the data say of a metric in a year, and how a value of it is written.

use super::names::Names;
use super::{Metric, Subject};

/// How a value of a metric, or a multiple of one, is written.
pub(super) fn example(metric: Metric, multiple: bool) -> &'static str {
    match (multiple, metric.unit()) {
        (true, _) | (_, "times") => "3×",
        (_, "deals") => "500",
        (_, "share") => "50%",
        (_, "natural log") => "1.5",
        // In the double quotes of a shell no dollar sign stands.
        (_, "$m") => "20m USD",
        _ => "6.7bn USD",
    }
}

/// What the data say of a metric in a year.
pub(super) fn observed(metric: Metric, subject: Subject, year: i32, names: &Names) -> Option<f64> {
    let of = |region: &str, metric: &str| (names.observed)(region, metric, year);
    let [lead, follow] = names.gap.map(|place| names.regions[place].as_str());
    let both = |metric: &str| Some((of(lead, metric)?, of(follow, metric)?));
    match (metric, subject) {
        (Metric::WorldShare, Subject::Region(place)) => {
            Some(of(&names.regions[place], "funding")? / of("world", "funding")?)
        }
        (metric, Subject::Region(place)) => of(&names.regions[place], metric.name()),
        (metric, Subject::World) => of("world", metric.name()),
        (Metric::Gap, _) => both("funding").map(|(a, b)| a - b),
        (Metric::Ratio, _) => both("funding").map(|(a, b)| a / b),
        (Metric::LogRatio, _) => both("funding").map(|(a, b)| libm::log(a / b)),
        (Metric::Share, _) => both("funding").map(|(a, b)| a / (a + b)),
        (Metric::DealsGap, _) => both("deals").map(|(a, b)| a - b),
        (Metric::DealsRatio, _) => both("deals").map(|(a, b)| a / b),
        (Metric::SizeRatio, _) => both("deal-size").map(|(a, b)| a / b),
        _ => None,
    }
}

/// The observed year that a condition is held against, as the last of its words says it: `… of 2022`, `twice 2023`.
#[must_use]
pub fn year_held_against(text: &str) -> Option<i32> {
    let last = text.split(['<', '>', '=', '≤', '≥']).next_back()?;
    let words: Vec<&str> = last.split_whitespace().collect();
    let (year, before) = words.split_last()?;
    let of_a_year = matches!(before.last(), Some(&("of" | "twice" | "times")));
    year.parse().ok().filter(|_| of_a_year)
}
