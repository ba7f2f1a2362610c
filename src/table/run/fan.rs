//! Observed values and quantiles of every metric, and what simulation leaves uncertain of them.

use crate::metric::{Measure, Metric, Observed, Subject};
use crate::scenario::Scenario;
use crate::study::BySource;
use crate::summary::{FINE_LEVELS, Spread, Summary};
use crate::table::declared;
use crate::table::typed::{Field, Table};

/// `fan.csv`: observed years hold what the data say, simulated years the spread.
#[must_use]
pub fn fan(scenario: &Scenario, summary: &Summary) -> Table {
    let mut table = Table::new(&declared::FAN);
    for row in &summary.fan {
        let about = [
            Field::from(scenario.name()),
            row.measure.metric.name().into(),
            row.measure.region(scenario).into(),
            row.year.into(),
            row.measure.unit(scenario).into(),
        ];
        let numbers = observed(row.observed.as_ref()).into_iter().chain(spread(row.simulated.as_ref()));
        table.push(about.into_iter().chain(numbers));
    }
    table
}

fn observed(figure: Option<&Observed>) -> [Field<'static>; 3] {
    figure.map_or_else(Default::default, |figure| [figure.value, figure.low, figure.high].map(Field::from))
}

/// Mean, standard deviation, nine quantiles, and the paths that have none.
fn spread(spread: Option<&Spread>) -> [Field<'static>; 13] {
    let mut fields: [Field; 13] = Default::default();
    let Some(spread) = spread else { return fields };
    fields[0] = spread.mean.into();
    fields[1] = spread.sd.into();
    for (field, quantile) in fields[2..11].iter_mut().zip(spread.quantiles.iter().flatten()) {
        *field = (*quantile).into();
    }
    fields[11] = spread.undefined.into();
    fields[12] = spread.infinite.into();
    fields
}

fn errors(spread: &Spread) -> [Field<'static>; 9] {
    spread.errors.map_or_else(Default::default, |errors| errors.map(Field::from))
}

/// `fan_errors.csv`: standard errors of simulation of quantiles, mean and standard deviation in `fan.csv`, whether the last
/// two have converged, and the share of the variance that assumptions explain. Empty where so few paths say nothing.
#[must_use]
pub fn fan_errors(scenario: &Scenario, summary: &Summary) -> Table {
    let mut table = Table::new(&declared::FAN_ERRORS);
    for row in &summary.fan {
        let Some(spread) = &row.simulated else { continue };
        let about = [
            Field::from(scenario.name()),
            row.measure.metric.name().into(),
            row.measure.region(scenario).into(),
            row.year.into(),
        ];
        let [mean, sd] = spread.moment_errors.map(Field::from);
        let has_mean = spread.mean.is_some() || spread.sd.is_some();
        let converged = has_mean.then_some(if spread.has_converged() { "yes" } else { "no" });
        let effective = spread.effective_paths.filter(|_| has_mean);
        let more = [mean, sd, effective.into(), converged.into(), spread.share_from_assumptions.into()];
        table.push(about.into_iter().chain(errors(spread)).chain(more));
    }
    table
}

/// `quantiles.csv`: quantiles of simulated years at more levels than `fan.csv` has columns for.
#[must_use]
pub fn fine_quantiles(scenario: &Scenario, summary: &Summary) -> Table {
    let mut table = Table::new(&declared::FINE_QUANTILES);
    for row in &summary.fan {
        let Some(fine) = row.simulated.as_ref().and_then(|spread| spread.fine) else { continue };
        let (region, unit) = (row.measure.region(scenario), row.measure.unit(scenario));
        for (level, value) in FINE_LEVELS.into_iter().zip(fine) {
            let about = [scenario.name().into(), row.measure.metric.name().into(), (&region).into()];
            let of_level = [row.year.into(), (&unit).into(), level.into(), value.into()];
            table.push(about.into_iter().chain(of_level));
        }
    }
    table
}

/// `sources.csv`: funding, gap and ratio from the figures of each source, never mixed.
#[must_use]
pub fn sources(found: &[BySource]) -> Table {
    let mut table = Table::new(&declared::SOURCES);
    for it in found {
        let wanted = |measure: Measure| {
            [Metric::Funding, Metric::Gap, Metric::Ratio].contains(&measure.metric) && measure.subject != Subject::World
        };
        for row in it.summary.fan.iter().filter(|row| wanted(row.measure)) {
            let about = [
                Field::from(it.scenario.name()),
                (&it.source.name).into(),
                (&it.source.vintage).into(),
                row.measure.metric.name().into(),
                row.measure.region(&it.scenario).into(),
                row.year.into(),
                row.measure.unit(&it.scenario).into(),
            ];
            let simulated = row.simulated.as_ref();
            let numbers = observed(row.observed.as_ref()).into_iter().chain(spread(simulated));
            let errors = simulated.map_or_else(Default::default, errors);
            table.push(about.into_iter().chain(numbers).chain(errors));
        }
    }
    table
}
