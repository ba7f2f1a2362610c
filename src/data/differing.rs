//! Figures in which two data sets differ, for the regions that a comparison is about.

use super::{Dataset, Observation};

/// Most figures that are listed; the rest are counted.
const MOST_LISTED: usize = 3;

impl Dataset {
    /// Figures of some regions that this data set and another state otherwise, as each of them has them; `None` if they agree.
    ///
    /// Names of data sets say nothing: two files of one name may hold different figures, and two names the same.
    #[must_use]
    pub fn differing(&self, other: &Self, regions: &[&str]) -> Option<[String; 2]> {
        let of = |data: &Self| {
            let figures = data.observations.iter().filter(|it| regions.contains(&it.region.as_str()));
            figures.cloned().collect::<Vec<Observation>>()
        };
        let (own, theirs) = (of(self), of(other));
        let key = |it: &Observation| (it.region.clone(), it.metric.clone(), it.year);
        let same = |a: &Observation, b: &Observation| (a.value, a.low, a.high) == (b.value, b.low, b.high);
        let mut keys: Vec<_> = own.iter().chain(&theirs).map(key).collect();
        keys.sort();
        keys.dedup();
        let find =
            |of: &[Observation], wanted: &(String, String, i32)| of.iter().find(|it| key(it) == *wanted).cloned();
        keys.retain(|wanted| match (find(&own, wanted), find(&theirs, wanted)) {
            (Some(a), Some(b)) => !same(&a, &b),
            _ => true,
        });
        let listed = |of: &[Observation]| {
            let shown = |wanted: &(String, String, i32)| {
                let (region, metric, year) = wanted;
                let value = find(of, wanted).map_or("not stated".to_owned(), |it| amount(&it));
                format!("{region} {metric} {year}: {value}")
            };
            let mut words: Vec<String> = keys.iter().take(MOST_LISTED).map(shown).collect();
            if keys.len() > MOST_LISTED {
                words.push(format!("and {} more", keys.len() - MOST_LISTED));
            }
            words.join("; ")
        };
        (!keys.is_empty()).then(|| [listed(&own), listed(&theirs)])
    }
}

/// A figure with its range, in digits that are enough to tell it from another.
fn amount(figure: &Observation) -> String {
    let short = |value: f64| format!("{}", (value * 1e4).round() / 1e4);
    let (value, low, high) = (short(figure.value), short(figure.low), short(figure.high));
    let range = if low == high { String::new() } else { format!(" ({low} to {high})") };
    match figure.unit.strip_prefix('$') {
        Some(scale) => format!("${value}{scale}{range}"),
        None => format!("{value}{range}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;

    #[test]
    fn figures_differ_by_what_they_say_and_not_by_their_name() {
        let of = |name: &str, us: &str| {
            let text = format!(
                "region,year,metric,value,unit,source,vintage\nus,2023,funding,{us},USD bn,A,1\nchina,2023,funding,2,USD bn,A,1\n"
            );
            Dataset::parse(name, &text, &mut Sources::default()).expect("two rows")
        };
        let base = of("mine.csv", "31");
        assert_eq!(base.differing(&of("other.csv", "31"), &["us", "china"]), None);
        let apart = base.differing(&of("mine.csv", "999"), &["us", "china"]).expect("they differ");
        assert_eq!(apart, ["us funding 2023: $31bn".to_owned(), "us funding 2023: $999bn".to_owned()]);
        assert_eq!(base.differing(&of("mine.csv", "999"), &["china"]), None);
    }
}
