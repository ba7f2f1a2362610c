//! What went in: every assumption, the figures used, and single paths with the assumptions they drew.

use crate::data::Observation;
use crate::growth::Kind;
use crate::metric::Measure;
use crate::scenario::{Assumption, Scenario};
use crate::summary::KeptPath;
use crate::table::declared;
use crate::table::origin::set_by;
use crate::table::typed::{Field, Table};

/// An input with its reason, its source and who set it.
pub(crate) fn input(it: &Assumption) -> [Field<'_>; 8] {
    [
        (it.address()).into(),
        (it.value()).into(),
        (it.unit()).into(),
        it.role().name().into(),
        it.source().into(),
        it.why().into(),
        set_by(it.set_by()).into(),
        it.set_by().line().map(|line| line as u64).into(),
    ]
}

/// `assumptions.csv`: every input with its reason, its source and who set it.
#[must_use]
pub fn assumptions(scenario: &Scenario) -> Table {
    let mut table = Table::new(&declared::ASSUMPTIONS);
    scenario.assumptions().iter().for_each(|it| table.push(input(it)));
    table
}

/// `observations.csv`: the figures used.
#[must_use]
pub fn observations(scenario: &Scenario) -> Table {
    let mut table = Table::new(&declared::OBSERVATIONS);
    let used = |region: &str| {
        let world = scenario.has_world() && region == "world";
        world || scenario.regions().iter().any(|known| known.name() == region)
    };
    for figure in scenario.data().observations.iter().filter(|figure| used(&figure.region)) {
        table.push([
            Field::from(&figure.region),
            figure.year.into(),
            (&figure.metric).into(),
            figure.value.into(),
            figure.low.into(),
            figure.high.into(),
            (&figure.unit).into(),
            derived(figure).into(),
            (&figure.source).into(),
            (&figure.vintage).into(),
        ]);
    }
    table
}

/// How a figure follows from others; empty where its source states it.
fn derived(figure: &Observation) -> String {
    match (&figure.derived, figure.assumed) {
        (Some(how), true) => format!("{how}; rests on an assumption"),
        (Some(how), false) => how.clone(),
        (None, true) => "assumption".to_owned(),
        (None, false) => String::new(),
    }
}

/// `paths.csv`: single paths, a row for each assumption (without a year) and for each metric, region and year.
///
/// Assumptions stand in the unit they are used in: growth and effects as logs, volatilities and chances as shares,
/// levels in the unit of their series.
#[must_use]
pub fn paths(scenario: &Scenario, kept: &[KeptPath]) -> Table {
    let mut table = Table::new(&declared::PATHS);
    let measures = Measure::all(scenario);
    let regions: Vec<String> = measures.iter().map(|measure| measure.region(scenario)).collect();
    let units: Vec<String> = measures.iter().map(|measure| measure.unit(scenario)).collect();
    for path in kept {
        let mut push = |year: Option<i32>, metric: &str, region: &str, unit: &str, value: f64| {
            table.push([
                Field::from(scenario.name()),
                path.path.into(),
                (path.path / 2).into(),
                year.into(),
                metric.into(),
                region.into(),
                unit.into(),
                value.into(),
            ]);
        };
        for (assumption, value) in scenario.assumptions().iter().zip(&path.assumptions) {
            let (unit, value) = in_use(assumption, *value);
            push(None, assumption.address(), "", unit, value);
        }
        for (place, measure) in measures.iter().enumerate() {
            for (year, value) in scenario.years().zip(&path.values[place]) {
                push(Some(year), measure.metric.name(), &regions[place], &units[place], *value);
            }
        }
    }
    table
}

/// The unit in which an assumption is used, and its value there.
fn in_use(assumption: &Assumption, value: f64) -> (&str, f64) {
    match assumption.kind() {
        Kind::Growth | Kind::Effect | Kind::Points => ("natural log", value),
        Kind::Volatility | Kind::Chance | Kind::Persistence | Kind::Spread | Kind::Share => ("share", value),
        Kind::Number => (assumption.unit(), value),
        Kind::Correlation => ("correlation", value),
        Kind::Years | Kind::Year => ("years", value),
        Kind::Level => (assumption.unit(), libm::exp(value)),
    }
}
