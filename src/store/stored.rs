//! A stored run read back: from the tables of its folder to the summary that they were written from.
//!
//! Tables hold the shortest digits that read back as the same number, so that a chart drawn from a stored run is the
//! chart of the run. What no table holds (the share of the variance that assumptions explain) is missing.

mod table;

use std::collections::BTreeMap;

use crate::engine::Layer;
use crate::metric::{Base, Measure, Metric, Milestone, Question};
use crate::scenario::Scenario;
use crate::summary::{
    Change, Column, ConditionRow, Decomposition, Distribution, FUTURES, FanRow, KeptPath, LayerShare, MilestoneRow,
    Probability, QuestionRow, Spread, Summary, Term, Uncertainty,
};

use super::manifest;
use crate::chart::{Chart, SourceRow, pictures};

pub use table::Damaged;
use table::{Read, Table, damaged, missing};

/// A run as its folder tells it.
#[derive(Clone, Debug)]
pub struct StoredRun {
    /// Its scenario, under the name it was run with.
    pub scenario: Scenario,
    /// What its paths say.
    pub summary: Summary,
    /// The first paths one by one, if they were kept.
    pub paths: Vec<KeptPath>,
    /// Rows of the chart of sources, if every source was asked for.
    pub sources: Vec<SourceRow>,
}

impl StoredRun {
    /// Every chart of the run, as it drew them.
    #[must_use]
    pub fn charts(&self) -> Vec<Chart> {
        let mut charts = pictures::charts(&self.scenario, &self.summary);
        charts.extend(pictures::sources_of(&self.scenario, &self.summary, self.sources.clone()));
        pictures::with_paths(&mut charts, &self.scenario, &self.paths);
        charts
    }

    /// Reads a run back: its scenario is loaded already, `read` returns the text of a file of its folder.
    ///
    /// # Errors
    /// If a table is missing or is not what this version writes.
    pub fn new(mut scenario: Scenario, read: Read) -> Result<Self, Damaged> {
        let text = read(manifest::NAME).ok_or_else(|| missing(manifest::NAME))?;
        let about: serde_json::Value =
            serde_json::from_str(&text).map_err(|_| damaged(manifest::NAME, "is no manifest"))?;
        let number = |key: &str| about[key].as_u64().ok_or_else(|| damaged(manifest::NAME, &format!("lacks {key}")));
        let name = about["scenario"].as_str().ok_or_else(|| damaged(manifest::NAME, "lacks the scenario"))?;
        name.clone_into(&mut scenario.name);
        let (paths, seed) = (number("paths")?, number("seed")?);
        let conditions = conditions(&scenario, read, paths)?;
        let summary = Summary {
            paths,
            seed,
            fan: fan(&scenario, &Table::read(read, "fan.csv")?, &Table::read(read, "fan_errors.csv")?)?,
            probabilities: probabilities(&scenario, &Table::read(read, "probabilities.csv")?)?,
            milestones: milestones(&Table::read(read, "milestones.csv")?, paths)?,
            conditions,
            decompositions: decompositions(&scenario, &Table::read(read, "decomposition.csv")?)?,
            distributions: distributions(&scenario, &Table::read(read, "distribution.csv")?)?,
            saturated: 0,
            base: Base::new(&scenario),
            uncertainty: uncertainty(&scenario, &Table::read(read, "uncertainty.csv")?)?,
            precision: None,
            exact: about["command"].as_str().is_some_and(|command| command.contains(" --exact")),
        };
        let paths = match read("paths.csv") {
            Some(_) => kept(&scenario, &Table::read(read, "paths.csv")?)?,
            None => Vec::new(),
        };
        let sources = match read("sources.csv") {
            Some(_) => sources(&scenario, &Table::read(read, "sources.csv")?)?,
            None => Vec::new(),
        };
        Ok(Self { scenario, summary, paths, sources })
    }
}

/// Measures of a scenario by metric and region, as tables name them.
fn measures(scenario: &Scenario) -> BTreeMap<(String, String), Measure> {
    let named = |it: Measure| ((it.metric.name().to_owned(), it.region(scenario)), it);
    Measure::all(scenario).into_iter().map(named).collect()
}

fn fan(scenario: &Scenario, table: &Table, errors: &Table) -> Result<Vec<FanRow>, Damaged> {
    let known = measures(scenario);
    let [metric, region, year, observed] = table.columns(["metric", "region", "year", "observed"])?;
    let mut rows = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        let measure = *known
            .get(&(row[metric].clone(), row[region].clone()))
            .ok_or_else(|| table.stranger(place, &row[metric]))?;
        let year: i32 = table.number(place, year)?;
        // What the data say is looked up, with what the table does not tell of it.
        let figure = if row[observed].is_empty() { None } else { measure.observed(scenario, year) };
        rows.push(FanRow { measure, year, observed: figure, simulated: spread(table, place)? });
    }
    // Errors stand in the same order, in a table of their own.
    let [metric, region, year, share] = errors.columns(["metric", "region", "year", "share_from_assumptions"])?;
    let mut simulated = rows.iter_mut().filter_map(|row| Some((row.measure, row.year, row.simulated.as_mut()?)));
    for (place, row) in errors.rows.iter().enumerate() {
        let measure = known.get(&(row[metric].clone(), row[region].clone()));
        let year: i32 = errors.number(place, year)?;
        let wanted = simulated.next().filter(|(known, of, _)| Some(known) == measure && *of == year);
        let (_, _, spread) = wanted.ok_or_else(|| errors.stranger(place, &row[metric]))?;
        spread.errors = quantile_errors(errors, place, spread)?;
        spread.share_from_assumptions = errors.maybe(place, share)?;
    }
    drop(simulated);
    Ok(rows)
}

/// Names of the columns of quantiles.
const QUANTILES: [&str; 9] = ["p2.5", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p97.5"];

fn spread(table: &Table, row: usize) -> Result<Option<Spread>, Damaged> {
    let [mean, sd, undefined, infinite] = table.columns(["mean", "sd", "n_undefined", "n_infinite"])?;
    if table.rows[row][undefined].is_empty() {
        return Ok(None);
    }
    let infinite: u64 = table.number(row, infinite)?;
    let mut quantiles = [f64::INFINITY; 9];
    let mut some = infinite > 0;
    for (value, column) in quantiles.iter_mut().zip(table.columns(QUANTILES)?) {
        // What is infinite stands as an empty field.
        if let Some(known) = table.maybe(row, column)? {
            *value = known;
            some = true;
        }
    }
    Ok(Some(Spread {
        mean: table.maybe(row, mean)?,
        sd: table.maybe(row, sd)?,
        quantiles: some.then_some(quantiles),
        errors: None,
        undefined: table.number(row, undefined)?,
        infinite,
        share_from_assumptions: None,
    }))
}

/// Names of the columns of their standard errors.
const ERRORS: [&str; 9] = ["se_p2.5", "se_p5", "se_p10", "se_p25", "se_p50", "se_p75", "se_p90", "se_p95", "se_p97.5"];

/// Standard errors of quantiles, where there are quantiles; an empty field is an error without bound.
fn quantile_errors(table: &Table, row: usize, spread: &Spread) -> Result<Option<[f64; 9]>, Damaged> {
    let mut errors = [f64::INFINITY; 9];
    for (error, column) in errors.iter_mut().zip(table.columns(ERRORS)?) {
        *error = table.maybe(row, column)?.unwrap_or(f64::INFINITY);
    }
    Ok(spread.quantiles.map(|_| errors))
}

fn probability(table: &Table, row: usize) -> Result<Probability, Damaged> {
    let [value, error, low, high, spread, paths] = table.columns([
        "probability",
        "standard_error",
        "sim_error_low",
        "sim_error_high",
        "spread_from_assumptions",
        "paths",
    ])?;
    let (value, paths): (f64, u64) = (table.number(row, value)?, table.number(row, paths)?);
    Ok(Probability {
        hits: hits(value, paths),
        paths,
        value,
        standard_error: table.number(row, error)?,
        low: table.number(row, low)?,
        high: table.number(row, high)?,
        spread_from_assumptions: table.number(row, spread)?,
    })
}

/// Paths behind a share; a share that no file of ours holds is held within what there is.
fn hits(share: f64, paths: u64) -> u64 {
    (share.clamp(0.0, 1.0) * paths as f64).round() as u64
}

fn probabilities(scenario: &Scenario, table: &Table) -> Result<Vec<QuestionRow>, Damaged> {
    let follow = &scenario.regions[scenario.gap.follow].name;
    let known: BTreeMap<String, Question> = Question::ALL.into_iter().map(|it| (it.name(follow), it)).collect();
    let [question, year] = table.columns(["question", "year"])?;
    let mut rows = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        // Behind the built-in questions stand those of the scenario.
        if let Some(question) = known.get(&row[question]) {
            let (year, probability) = (table.number(place, year)?, probability(table, place)?);
            rows.push(QuestionRow { question: *question, year, probability });
        }
    }
    Ok(rows)
}

/// Answers to the scenario's own questions, and the checks: of a check only how often it is broken in the end.
fn conditions(scenario: &Scenario, read: Read, paths: u64) -> Result<Vec<ConditionRow>, Damaged> {
    let table = Table::read(read, "probabilities.csv")?;
    let [name, definition, year] = table.columns(["question", "definition", "year"])?;
    let mut rows = Vec::new();
    for (condition, question) in scenario.questions.iter().enumerate() {
        for (place, row) in table.rows.iter().enumerate() {
            if row[name] == question.name && row[definition] == question.that.text {
                let (year, probability) = (table.number(place, year)?, probability(&table, place)?);
                rows.push(ConditionRow { condition, year, probability });
            }
        }
    }
    let table = Table::read(read, "checks.csv")?;
    let [name, broken] = table.columns(["check", "broken"])?;
    for (place, check) in scenario.checks.iter().enumerate() {
        let Some(row) = table.rows.iter().position(|row| row[name] == check.name) else { continue };
        let broken: f64 = table.number(row, broken)?;
        let condition = scenario.questions.len() + place;
        let probability = bare(1.0 - broken, paths - hits(broken, paths), paths);
        rows.push(ConditionRow { condition, year: scenario.horizon, probability });
    }
    Ok(rows)
}

/// A share of which only the value is known.
fn bare(value: f64, hits: u64, paths: u64) -> Probability {
    let (standard_error, spread_from_assumptions) = (0.0, 0.0);
    Probability { hits, paths, value, standard_error, low: value, high: value, spread_from_assumptions }
}

fn milestones(table: &Table, paths: u64) -> Result<Vec<MilestoneRow>, Damaged> {
    let [name, year, value, low, high] =
        table.columns(["milestone", "year", "reached_by", "sim_error_low", "sim_error_high"])?;
    let mut rows = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        // Rows without a year tell of the paths that never get there.
        if row[year].is_empty() {
            continue;
        }
        let milestone = Milestone::ALL.into_iter().find(|known| known.name() == row[name]);
        let milestone = milestone.ok_or_else(|| table.stranger(place, &row[name]))?;
        let value: f64 = table.number(place, value)?;
        let (low, high) = (table.number(place, low)?, table.number(place, high)?);
        let reached_by = Probability { low, high, ..bare(value, hits(value, paths), paths) };
        rows.push(MilestoneRow { milestone, year: table.number(place, year)?, reached_by });
    }
    Ok(rows)
}

fn decompositions(scenario: &Scenario, table: &Table) -> Result<Vec<Change>, Damaged> {
    let amount = scenario.money.column();
    let shapley = format!("{amount}_shapley");
    let [from, to, side, component, dollars, shapley, log_points] =
        table.columns(["from", "to", "side", "component", &amount, &shapley, "log_points"])?;
    let names = [scenario.gap.lead, scenario.gap.follow].map(|region| scenario.regions[region].name.as_str());
    let mut changes: Vec<Change> = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        let (from, to): (i32, i32) = (table.number(place, from)?, table.number(place, to)?);
        if changes.last().is_none_or(|last| (last.from, last.to) != (from, to)) {
            let simulated = to > scenario.base_year;
            changes.push(Change { from, to, decomposition: Decomposition::default(), simulated });
        }
        let Some(side) = names.iter().position(|name| *name == row[side]) else { continue };
        let term = Term {
            dollars: table.number(place, dollars)?,
            dollars_shapley: table.number(place, shapley)?,
            log_points: table.number(place, log_points)?,
        };
        let decomposition = &mut changes.last_mut().expect("one was pushed").decomposition;
        match row[component].as_str() {
            "deals" => decomposition.terms[2 * side] = term,
            "deal-size" => decomposition.terms[2 * side + 1] = term,
            "money" => decomposition.money.get_or_insert_default()[side] = term,
            "added" => decomposition.added.get_or_insert_default()[side] = term,
            other => return Err(table.stranger(place, other)),
        }
    }
    Ok(changes)
}

fn distributions(scenario: &Scenario, table: &Table) -> Result<Vec<Distribution>, Damaged> {
    let known = measures(scenario);
    let [metric, region, year, kind] = table.columns(["metric", "region", "year", "kind"])?;
    let [low, high, value, share] = table.columns(["low", "high", "value", "share"])?;
    let mut found: Vec<(Distribution, usize)> = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        let measure = known.get(&(row[metric].clone(), row[region].clone()));
        let measure = *measure.ok_or_else(|| table.stranger(place, &row[metric]))?;
        if row[kind] == "base-year" {
            let (year, threshold) = (table.number(place, year)?, table.number(place, value)?);
            let (quantiles, columns) = ([f64::INFINITY; FUTURES], Vec::new());
            found.push((Distribution { measure, year, threshold, quantiles, columns, below: 0.0, above: 0.0 }, 0));
            continue;
        }
        let (last, futures) = found.last_mut().ok_or_else(|| table.stranger(place, &row[kind]))?;
        match row[kind].as_str() {
            "future" if *futures < FUTURES => {
                last.quantiles[*futures] = table.maybe(place, value)?.unwrap_or(f64::INFINITY);
                *futures += 1;
            }
            "below" => last.below = table.number(place, share)?,
            "above" => last.above = table.number(place, share)?,
            "column" => {
                let (low, high) = (table.number(place, low)?, table.number(place, high)?);
                last.columns.push(Column { low, high, share: table.number(place, share)? });
            }
            other => return Err(table.stranger(place, other)),
        }
    }
    Ok(found.into_iter().map(|(distribution, _)| distribution).collect())
}

fn uncertainty(scenario: &Scenario, table: &Table) -> Result<Uncertainty, Damaged> {
    let known = measures(scenario);
    let [metric, region, year, layer, paths] = table.columns(["metric", "region", "year", "layer", "paths"])?;
    let [alone, error, others, others_error] =
        table.columns(["share_alone", "standard_error", "share_with_others", "standard_error_with_others"])?;
    let mut found = Uncertainty::default();
    for (place, row) in table.rows.iter().enumerate() {
        let measure = known.get(&(row[metric].clone(), row[region].clone()));
        let measure = measure.ok_or_else(|| table.stranger(place, &row[metric]))?;
        let layer = Layer::ALL.into_iter().find(|known| known.name() == row[layer]);
        found.paths = table.number(place, paths)?;
        found.rows.push(LayerShare {
            subject: measure.subject,
            metric: measure.metric,
            year: table.number(place, year)?,
            layer: layer.ok_or_else(|| table.stranger(place, "layer"))?,
            alone: [table.number(place, alone)?, table.number(place, error)?],
            with_others: [table.number(place, others)?, table.number(place, others_error)?],
        });
    }
    Ok(found)
}

/// The kept paths: values by measure and year. Their assumptions stay in the table.
fn kept(scenario: &Scenario, table: &Table) -> Result<Vec<KeptPath>, Damaged> {
    let measures = Measure::all(scenario);
    let keys: BTreeMap<(String, String), usize> = measures
        .iter()
        .enumerate()
        .map(|(place, it)| ((it.metric.name().to_owned(), it.region(scenario)), place))
        .collect();
    let years = scenario.years().len();
    let [path, year, metric, region, value] = table.columns(["path", "year", "metric", "region", "value"])?;
    let mut paths: Vec<KeptPath> = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        if row[year].is_empty() {
            continue;
        }
        let id: u64 = table.number(place, path)?;
        if paths.last().is_none_or(|last| last.path != id) {
            let values = vec![vec![f64::NAN; years]; measures.len()];
            paths.push(KeptPath { path: id, values, assumptions: Vec::new() });
        }
        let measure = keys.get(&(row[metric].clone(), row[region].clone()));
        let measure = *measure.ok_or_else(|| table.stranger(place, &row[metric]))?;
        let year: i32 = table.number(place, year)?;
        let at = usize::try_from(year - scenario.base_year - 1).ok().filter(|at| *at < years);
        let at = at.ok_or_else(|| table.stranger(place, &row[metric]))?;
        let values = &mut paths.last_mut().expect("one was pushed").values;
        values[measure][at] = table.maybe(place, value)?.unwrap_or(f64::NAN);
    }
    Ok(paths)
}

/// What each source makes of gap and ratio: its last observed year and the horizon.
fn sources(scenario: &Scenario, table: &Table) -> Result<Vec<SourceRow>, Damaged> {
    use crate::chart::{Band, Seen};
    let [source, vintage, metric, year] = table.columns(["source", "vintage", "metric", "year"])?;
    let [observed, low, high] = table.columns(["observed", "observed_low", "observed_high"])?;
    let empty = (
        Seen { year: 0, value: f64::NAN, low: f64::NAN, high: f64::NAN, derived: true },
        Band { year: 0, quantiles: [f64::NAN; 7], errors: [f64::NAN; 7] },
    );
    let mut rows: Vec<SourceRow> = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        let Some(at) = [Metric::Gap, Metric::Ratio].into_iter().position(|it| it.name() == row[metric]) else {
            continue;
        };
        let same = |last: &SourceRow| last.name == row[source] && last.vintage == row[vintage];
        if !rows.last().is_some_and(same) {
            let (name, vintage) = (row[source].clone(), row[vintage].clone());
            rows.push(SourceRow { name, vintage, seen: [empty.0; 2], bands: [empty.1; 2] });
        }
        let last = rows.last_mut().expect("one was pushed");
        let year: i32 = table.number(place, year)?;
        if let Some(value) = table.maybe(place, observed)? {
            let (low, high) = (table.number(place, low)?, table.number(place, high)?);
            last.seen[at] = Seen { year, value, low, high, derived: true };
        } else if year == scenario.horizon
            && let Some(mut spread) = spread(table, place)?
        {
            spread.errors = quantile_errors(table, place, &spread)?;
            last.bands[at] = crate::chart::seen::band(year, &spread).unwrap_or(empty.1);
        }
    }
    Ok(rows)
}
