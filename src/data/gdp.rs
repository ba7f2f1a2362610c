//! Built-in gross domestic product, for metrics that divide funding by it.

use super::fact::{self, Fact};

const TEXT: &str = include_str!("../../data/world-bank-gdp-2023.csv");

/// The built-in nominal GDP of a region in a year, $bn; `None` where none is built in.
#[must_use]
pub fn gdp(region: &str, year: i32) -> Option<Fact> {
    let (facts, _) = fact::parse(TEXT, 0);
    facts.into_iter().find(|fact| fact.metric == "gdp" && fact.region == region && fact.year == year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_have_a_gdp_with_source_and_edition() {
        let (facts, problems) = fact::parse(TEXT, 0);
        assert!(problems.is_empty() && facts.len() == 2, "{problems:?}");
        for region in ["us", "china"] {
            let fact = gdp(region, 2023).expect("it is built in");
            assert!(fact.source.contains("World Bank") && fact.vintage == "2025-01" && fact.unit == "USD bn");
        }
        // The ratio of the two economies in 2023 was a little above one and a half.
        let value = |region: &str| gdp(region, 2023).and_then(|it| it.value).expect("a value");
        assert!((value("us") / value("china") - 1.558).abs() < 1e-3);
        assert_eq!(gdp("us", 2022), None);
    }
}
