//! The tables of stored runs held against what came.

use crate::study::{Score, Scored, ScoredReading};

use super::declared;
use super::digest::sha256;
use super::typed::{Field, Table};

/// Every table of the answer, in the order of its files.
#[must_use]
pub fn tables(scored: &[Scored]) -> Vec<Table> {
    vec![score(scored), questions(scored), readings(scored)]
}

fn pairs(scored: &[Scored]) -> impl Iterator<Item = (&Scored, &ScoredReading)> {
    scored.iter().flat_map(|run| run.readings.iter().map(move |reading| (run, reading)))
}

fn yes(it: bool) -> Field<'static> {
    if it { "yes" } else { "no" }.into()
}

/// Unit of an outcome, which is in nominal dollars whatever money the run was shown in.
#[must_use]
pub fn unit(row: &Score) -> &'static str {
    row.outcome.measure.metric.unit()
}

/// `score.csv`: a row for each outcome.
#[must_use]
pub fn score(scored: &[Scored]) -> Table {
    let mut table = Table::new(&declared::SCORE);
    for (run, reading) in pairs(scored) {
        for row in &reading.rows {
            let outcome = &row.outcome;
            let region = outcome.measure.region(&run.run.scenario);
            let first = [
                Field::from(run.run.scenario.name()),
                reading.name.as_str().into(),
                outcome.measure.metric.name().into(),
                region.as_str().into(),
                outcome.year.into(),
                unit(row).into(),
                outcome.basis.name().into(),
            ];
            let came = [outcome.value, outcome.low, outcome.high].into_iter().chain(row.percentile).map(Field::from);
            let inside = [0.5, 0.8, 0.95].map(|share| yes(row.is_inside(share)));
            let scale = if row.is_log() { "log" } else { "level" };
            let scores = [row.crps, row.weighted, row.log_score, Some(row.last_value), row.drift].map(Field::from);
            let last = [Field::from(run.run.summary.paths)];
            table.push(first.into_iter().chain(came).chain(inside).chain([scale.into()]).chain(scores).chain(last));
        }
    }
    table
}

/// `score_questions.csv`: a row for each question that the outcome answers.
#[must_use]
pub fn questions(scored: &[Scored]) -> Table {
    let mut table = Table::new(&declared::SCORE_QUESTIONS);
    for (run, reading) in pairs(scored) {
        for it in &reading.questions {
            table.push([
                Field::from(run.run.scenario.name()),
                reading.name.as_str().into(),
                it.name.as_str().into(),
                it.definition.as_str().into(),
                it.year.into(),
                it.chance.into(),
                yes(it.came),
                yes(it.certain),
                it.brier().into(),
            ]);
        }
    }
    table
}

/// `score_readings.csv`: a row for each run and reading.
#[must_use]
pub fn readings(scored: &[Scored]) -> Table {
    let mut table = Table::new(&declared::SCORE_READINGS);
    let count = |number: usize| Field::from(number as u64);
    for (run, reading) in pairs(scored) {
        let config = sha256(run.run.scenario.resolved_toml().as_bytes());
        let [score, last_value, drift] = reading.means();
        let rule = if run.run.made_again.is_some() { "crps" } else { "weighted-interval-score" };
        table.push([
            Field::from(run.run.scenario.name()),
            config.as_str().into(),
            run.run.version.as_str().into(),
            run.run.summary.seed.into(),
            run.run.summary.paths.into(),
            reading.name.as_str().into(),
            reading.last_year().into(),
            count(reading.rows.len()),
            count(reading.inside(0.5)),
            count(reading.inside(0.8)),
            count(reading.inside(0.95)),
            rule.into(),
            score.into(),
            last_value.into(),
            drift.into(),
            count(reading.questions.iter().filter(|it| it.certain).count()),
            reading.mean_brier().into(),
            reading.world_restated.into(),
        ]);
    }
    table
}
