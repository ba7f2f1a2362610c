//! From a scenario and its summary to what every chart needs: observed years, bands, and where the numbers come from.

use crate::draw::{Credits, EventMark};
use crate::metric::{Measure, Metric, Observed, Subject};
use crate::scenario::Scenario;
use crate::summary::{Spread, Summary, observed_years};
use crate::table::Cell;
use crate::wording::{self, When};

use super::year::{Band, Seen};

/// Places of the quantiles that a chart draws, among those of a summary: 2.5, 10, 25, 50, 75, 90 and 97.5%.
const DRAWN: [usize; 7] = [0, 2, 3, 4, 5, 6, 8];

/// What a chart draws of a spread.
pub(crate) fn band(year: i32, spread: &Spread) -> Option<Band> {
    let of = |all: [f64; 9]| DRAWN.map(|place| all[place]);
    Some(Band { year, quantiles: of(spread.quantiles?), errors: of(spread.errors?) })
}

pub(crate) fn credits(scenario: &Scenario, summary: &Summary) -> Credits {
    credits_of(scenario, summary.paths, summary.seed)
}

/// Where the numbers of a scenario come from that was simulated on so many paths.
pub(crate) fn credits_of(scenario: &Scenario, paths: u64, seed: u64) -> Credits {
    let lead = &scenario.regions()[scenario.gap().lead()].name();
    let figure = scenario.data().find(lead, "funding", scenario.base_year());
    let source = figure.map_or_else(
        || scenario.data().name.clone(),
        |figure| {
            // A newspaper that passes figures on is named in observations.csv; the chart names who counted.
            let who = figure.source.rsplit(" citing ").next().unwrap_or(&figure.source);
            format!("{who}, edition {}", figure.vintage)
        },
    );
    Credits {
        source,
        scenario: scenario.title().to_owned(),
        name: scenario.name().to_owned(),
        config: crate::table::sha256(scenario.resolved_toml().as_bytes()),
        title: None,
        paths,
        seed,
        version: concat!("aigap ", env!("CARGO_PKG_VERSION")).to_owned(),
        counted: wording::funding_name(scenario),
        unit: scenario.money().unit("$bn"),
        money: wording::money_note(scenario),
        drawn: false,
        events: events(scenario),
    }
}

/// Events and jumps as charts name them: each with its year, or the years of which one is drawn, and its chance.
pub(crate) fn events(scenario: &Scenario) -> Vec<EventMark> {
    let event = |event| {
        let When { years, words } = When::of(scenario, event);
        EventMark { year: (years[0] == years[1]).then_some(years[0]), years, words }
    };
    let jump = |risk| {
        let When { years, words } = When::of_jump(scenario, risk);
        EventMark { year: None, years, words }
    };
    scenario.events().iter().map(event).chain(scenario.jumps().iter().map(jump)).collect()
}

/// The rows of a measure in the tables of its run, without the year.
pub(crate) fn cell(scenario: &Scenario, measure: Measure) -> Cell {
    let region = measure.region(scenario);
    Cell::new("fan.csv", &[("metric", measure.metric.name()), ("region", region.as_str())], &[])
}

/// The rows of gap and ratio, as a source has them, in the tables of the run, without the year.
pub(crate) fn source_cells(scenario: &Scenario, source: &str) -> [Cell; 2] {
    [Metric::Gap, Metric::Ratio].map(|metric| {
        let region = Measure { metric, subject: Subject::Gap }.region(scenario);
        let row = [("source", source), ("metric", metric.name()), ("region", region.as_str())];
        Cell::new("sources.csv", &row, &[])
    })
}

/// Observed and simulated years of a measure.
pub(crate) fn fan(scenario: &Scenario, summary: &Summary, measure: Measure) -> (Vec<Seen>, Vec<Band>) {
    let seen = observed_years(scenario).filter_map(|year| {
        let figure = measure.observed(scenario, year)?;
        let Observed { value, low, high, assumed, .. } = figure;
        Some(Seen { year, value, low, high, derived: figure.derived && !assumed })
    });
    let bands = scenario.years().filter_map(|year| {
        let spread = summary.fan_row(measure, year)?.simulated.as_ref()?;
        band(year, spread)
    });
    (seen.collect(), bands.collect())
}
