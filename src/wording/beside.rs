//! The ratio with what stands beside funding: per GDP, per head, per venture money, and with spending outside of rounds.

use crate::measure::Companion;
use crate::metric::Metric;

use super::lookup::{Lookup, of_gap};
use super::text::Text;

/// The ratio of the gap with a companion.
fn ratio(companion: Companion) -> Metric {
    match companion {
        Companion::Gdp => Metric::RatioPerGdp,
        Companion::Population => Metric::RatioPerPopulation,
        Companion::VentureMoney => Metric::RatioPerVentureMoney,
        Companion::SpendingOutside => Metric::RatioWithOutside,
    }
}

/// A sentence for each companion that both sides of the gap have: the ratio with it in the base year and at the horizon.
pub(super) fn beside(run: Lookup) -> Vec<Text> {
    let (base_year, horizon) = (run.scenario.base_year(), run.scenario.horizon());
    let sentence = |companion: Companion| {
        let start = match companion {
            Companion::Gdp => "As shares of GDP the two stand",
            Companion::Population => "Per head the two stand",
            Companion::VentureMoney => "As shares of all venture money the two stand",
            Companion::SpendingOutside => "With spending outside of rounds counted the two stand",
        };
        let measure = of_gap(ratio(companion));
        let (seen, later) = (run.observed(measure, base_year)?, run.median_and_range(measure, horizon)?);
        Some(
            Text::from(format!("{start} at "))
                + seen.ratio()
                + format!(" in {base_year} and at ")
                + later.median_ratio()
                + format!(" in {horizon}."),
        )
    };
    let mut sentences: Vec<Text> = Companion::ALL.into_iter().filter_map(sentence).collect();
    if !sentences.is_empty() {
        sentences.push("Headline, charts and chances are of the funding alone.".into());
    }
    sentences
}
