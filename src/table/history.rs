//! The tables of what a history teaches, and of what past forecasts were worth.

use crate::study::{BANDS, BackTested, Fit, Model};

use super::declared;
use super::typed::{Field, Table};

/// Every table of a fit, in the order of its files.
#[must_use]
pub fn of_fit(fit: &Fit) -> Vec<Table> {
    vec![parameters(fit), ahead(fit)]
}

/// `fit.csv`: prior and posterior of each parameter.
#[must_use]
pub fn parameters(fit: &Fit) -> Table {
    let mut table = Table::new(&declared::FIT);
    for it in &fit.parameters {
        let names = [Field::from(fit.scenario.name()), it.address.as_str().into(), it.unit.into()];
        let values = it.prior.iter().chain(&it.posterior).map(|value| Field::from(*value));
        let [first, last] = [fit.history.years[0], fit.history.last_year()];
        let behind =
            [it.shrunk().into(), (fit.history.years.len() as u64 - 1).into(), Field::from(first), Field::from(last)];
        table.push(names.into_iter().chain(values).chain(behind));
    }
    table
}

/// `fit_ahead.csv`: what the closed form expects of the years ahead.
#[must_use]
pub fn ahead(fit: &Fit) -> Table {
    let mut table = Table::new(&declared::FIT_AHEAD);
    for it in &fit.ahead {
        let unit = if it.of == "ratio" { "times" } else { "$bn" };
        let first = [
            Field::from(fit.scenario.name()),
            it.of.as_str().into(),
            it.year.into(),
            (it.horizon as u64).into(),
            unit.into(),
        ];
        table.push(first.into_iter().chain(it.quantiles.map(Field::from)));
    }
    table
}

/// Every table of a back-test, in the order of its files.
#[must_use]
pub fn of_back_test(found: &BackTested) -> Vec<Table> {
    vec![models(found), scores(found), forecasts(found)]
}

/// `models.csv`: what the models were worth together.
#[must_use]
pub fn models(found: &BackTested) -> Table {
    let mut table = Table::new(&declared::BACK_TEST_MODELS);
    for model in Model::ALL {
        let judged = found.judged(model);
        let first = [
            Field::from(found.scenario.name()),
            model.name().into(),
            judged.forecasts.into(),
            (found.origins.len() as u64).into(),
        ];
        let better = [Model::Drift, Model::RandomWalk].map(|other| Field::from(better(found, model, other)));
        let scores = [Field::from(judged.crps), judged.log_score.into()];
        table.push(first.into_iter().chain(judged.inside.map(Field::from)).chain(scores).chain(better));
    }
    table
}

/// Part by which the score of one model is below that of another.
#[must_use]
pub fn better(found: &BackTested, model: Model, other: Model) -> f64 {
    1.0 - found.judged(model).crps / found.judged(other).crps
}

/// `scores.csv`: every score of every forecast.
#[must_use]
pub fn scores(found: &BackTested) -> Table {
    let mut table = Table::new(&declared::SCORES);
    for it in &found.forecasts {
        let mut push = |metric: &str, value: f64| {
            table.push([
                Field::from(it.model.name()),
                it.series.as_str().into(),
                it.origin.into(),
                it.target_year.into(),
                (it.horizon as u64).into(),
                metric.into(),
                value.into(),
            ]);
        };
        push("crps", it.crps);
        push("log_score", it.log_score);
        for (place, (share, _)) in BANDS.iter().enumerate() {
            push(&format!("interval_score_{:.0}", 100.0 * share), it.interval_score(place));
        }
        for (place, (share, _)) in BANDS.iter().enumerate() {
            push(&format!("interval_coverage_{:.0}", 100.0 * share), f64::from(u8::from(it.is_inside(place))));
        }
    }
    table
}

/// `backtest.csv`: every forecast and what came.
#[must_use]
pub fn forecasts(found: &BackTested) -> Table {
    let mut table = Table::new(&declared::BACK_TEST);
    for it in &found.forecasts {
        let first = [
            Field::from(it.model.name()),
            it.series.as_str().into(),
            it.origin.into(),
            it.target_year.into(),
            (it.horizon as u64).into(),
        ];
        let values = it.quantiles.map(Field::from).into_iter().chain([it.observed.into(), it.pit.into()]);
        table.push(first.into_iter().chain(values));
    }
    table
}
