//! A stored run read back: from the tables of its folder to the summary that they were written from.
//!
//! Tables hold the shortest digits that read back as the same number, so that a chart drawn from a stored run is the
//! chart of the run. What no table holds (the share of the variance that assumptions explain) is missing.

mod fine;
mod table;

use std::collections::BTreeMap;

use crate::engine::Layer;
use crate::metric::{Base, Measure, Metric, Milestone, Question, sides};
use crate::scenario::Scenario;
use crate::study::{Question as Asked, Sampler};
use crate::summary::{
    Bin, Change, ConditionRow, Decomposition, Distribution, FUTURES, FanRow, KeptPath, LayerShare, MilestoneRow,
    Probability, QuestionRow, Spread, Summary, Term, Uncertainty,
};

use super::manifest::{self, Manifest};
use crate::chart::{Chart, SourceRow, pictures};
use crate::table::{Table, declared};

pub use table::Damaged;
use table::{Read, Row, Stored, damaged, missing};

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
        let manifest = Manifest::read(&text).map_err(|_| damaged(manifest::NAME, "is damaged"))?;
        scenario.rename(manifest.scenario);
        let (paths, seed) = (manifest.paths, manifest.seed);
        let of = |declaration| Stored::of(read, declaration);
        let conditions = conditions(&scenario, &of(&declared::PROBABILITIES)?, &of(&declared::CHECKS)?, paths)?;
        let summary = Summary {
            paths,
            seed,
            on_points: manifest.recipe.sampler == Some(Sampler::Sobol),
            fan: fan(&scenario, &of(&declared::FAN)?, &of(&declared::FAN_ERRORS)?, read)?,
            probabilities: probabilities(&scenario, &of(&declared::PROBABILITIES)?)?,
            milestones: milestones(&scenario, &of(&declared::MILESTONES)?, paths)?,
            conditions,
            decompositions: decompositions(&scenario, read)?,
            distributions: distributions(&scenario, &of(&declared::DISTRIBUTION)?)?,
            saturated: 0,
            base: Base::new(&scenario),
            uncertainty: uncertainty(&scenario, &of(&declared::UNCERTAINTY)?)?,
            precision: None,
            exact: matches!(manifest.recipe.question, Asked::Simulate(it) if it.exact),
        };
        let paths = match read("paths.csv") {
            Some(_) => kept(&scenario, &of(&declared::PATHS)?)?,
            None => Vec::new(),
        };
        let sources = match read("sources.csv") {
            Some(_) => sources(&scenario, &of(&declared::SOURCES)?)?,
            None => Vec::new(),
        };
        Ok(Self { scenario, summary, paths, sources })
    }
}

/// Measures of a scenario by metric and region, as tables name them.
struct Measures(BTreeMap<(String, String), Measure>);

impl Measures {
    fn of(scenario: &Scenario) -> Self {
        let named = |it: Measure| ((it.metric.name().to_owned(), it.region(scenario)), it);
        Self(Measure::all(scenario).into_iter().map(named).collect())
    }

    /// What a row is about.
    fn find(&self, row: Row) -> Result<Measure, Damaged> {
        let found = self.0.get(&(row.text("metric"), row.text("region")));
        found.copied().ok_or_else(|| row.stranger("metric"))
    }
}

fn fan(scenario: &Scenario, table: &Stored, errors: &Stored, read: Read) -> Result<Vec<FanRow>, Damaged> {
    let known = Measures::of(scenario);
    let mut rows = Vec::new();
    for row in table.rows() {
        let (measure, year) = (known.find(row)?, row.year("year")?);
        // What the data say is looked up, with what the table does not tell of it.
        let observed = row.number_if_any("observed").and_then(|_| measure.observed(scenario, year));
        rows.push(FanRow { measure, year, observed, simulated: spread(row)? });
    }
    // Errors stand in the same order, in a table of their own.
    let mut simulated = rows.iter_mut().filter_map(|row| Some((row.measure, row.year, row.simulated.as_mut()?)));
    for row in errors.rows() {
        let (measure, year) = (known.find(row)?, row.year("year")?);
        let wanted = simulated.next().filter(|(known, of, _)| (*known, *of) == (measure, year));
        let (_, _, spread) = wanted.ok_or_else(|| row.stranger("metric"))?;
        spread.errors = quantile_errors(row, spread);
        spread.moment_errors = ["se_mean", "se_sd"].map(|column| row.number_if_any(column));
        spread.effective_paths = row.number_if_any("effective_paths");
        spread.share_from_assumptions = row.number_if_any("share_from_assumptions");
    }
    drop(simulated);
    fine::add(&mut rows, &known.0, read)?;
    Ok(rows)
}

/// Names of the columns of quantiles.
const QUANTILES: [&str; 9] = ["p2.5", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p97.5"];

fn spread(row: Row) -> Result<Option<Spread>, Damaged> {
    let Some(undefined) = row.count_if_any("n_undefined") else { return Ok(None) };
    let infinite = row.count("n_infinite")?;
    let quantiles = QUANTILES.map(|column| row.number_if_any(column));
    // What is infinite stands as an empty field.
    let some = infinite > 0 || quantiles.iter().any(Option::is_some);
    Ok(Some(Spread {
        mean: row.number_if_any("mean"),
        sd: row.number_if_any("sd"),
        moment_errors: [None; 2],
        effective_paths: None,
        quantiles: some.then(|| quantiles.map(|value| value.unwrap_or(f64::INFINITY))),
        fine: None,
        errors: None,
        undefined,
        infinite,
        share_from_assumptions: None,
    }))
}

/// Names of the columns of their standard errors.
const ERRORS: [&str; 9] = ["se_p2.5", "se_p5", "se_p10", "se_p25", "se_p50", "se_p75", "se_p90", "se_p95", "se_p97.5"];

/// Standard errors of quantiles, where there are quantiles; an empty field is an error without bound.
fn quantile_errors(row: Row, spread: &Spread) -> Option<[f64; 9]> {
    spread.quantiles.map(|_| ERRORS.map(|column| row.number_if_any(column).unwrap_or(f64::INFINITY)))
}

fn probability(row: Row) -> Result<Probability, Damaged> {
    let (value, paths) = (row.number("probability")?, row.count("paths")?);
    Ok(Probability {
        hits: hits(value, paths),
        paths,
        value,
        standard_error: row.number("standard_error")?,
        low: row.number("sim_error_low")?,
        high: row.number("sim_error_high")?,
        spread_from_assumptions: row.number("spread_from_assumptions")?,
    })
}

/// Paths behind a share; a share that no file of ours holds is held within what there is.
fn hits(share: f64, paths: u64) -> u64 {
    (share.clamp(0.0, 1.0) * paths as f64).round() as u64
}

fn probabilities(scenario: &Scenario, table: &Stored) -> Result<Vec<QuestionRow>, Damaged> {
    let sides = sides(scenario);
    let known: BTreeMap<String, Question> = Question::ALL.into_iter().map(|it| (it.name(sides), it)).collect();
    let mut rows = Vec::new();
    for row in table.rows() {
        // Behind the built-in questions stand those of the scenario.
        if let Some(question) = known.get(&row.text("question")) {
            rows.push(QuestionRow { question: *question, year: row.year("year")?, probability: probability(row)? });
        }
    }
    Ok(rows)
}

/// Answers to the scenario's own questions, and the checks: of a check only how often it is broken in the end.
fn conditions(
    scenario: &Scenario,
    answers: &Stored,
    checks: &Stored,
    paths: u64,
) -> Result<Vec<ConditionRow>, Damaged> {
    let mut rows = Vec::new();
    for (condition, question) in scenario.questions().iter().enumerate() {
        let own = |row: &Row| row.text("question") == question.name() && row.text("definition") == question.that().text;
        for row in answers.rows().filter(own) {
            rows.push(ConditionRow { condition, year: row.year("year")?, probability: probability(row)? });
        }
    }
    for (place, check) in scenario.checks().iter().enumerate() {
        let Some(row) = checks.rows().find(|row| row.text("check") == check.name()) else { continue };
        let broken = row.number("broken")?;
        let condition = scenario.questions().len() + place;
        let probability = bare(1.0 - broken, paths - hits(broken, paths), paths);
        rows.push(ConditionRow { condition, year: scenario.horizon(), probability });
    }
    Ok(rows)
}

/// A share of which only the value is known.
fn bare(value: f64, hits: u64, paths: u64) -> Probability {
    let (standard_error, spread_from_assumptions) = (0.0, 0.0);
    Probability { hits, paths, value, standard_error, low: value, high: value, spread_from_assumptions }
}

fn milestones(scenario: &Scenario, table: &Stored, paths: u64) -> Result<Vec<MilestoneRow>, Damaged> {
    let mut rows = Vec::new();
    let follow_leads = sides(scenario).follow_leads;
    for row in table.rows() {
        // Rows without a year tell of the paths that never get there.
        let Some(year) = row.year_if_any("year") else { continue };
        let name = row.text("milestone");
        let milestone = Milestone::ALL.into_iter().find(|known| known.name(follow_leads) == name);
        let milestone = milestone.ok_or_else(|| row.stranger("milestone"))?;
        let value = row.number("reached_by")?;
        let (low, high) = (row.number("sim_error_low")?, row.number("sim_error_high")?);
        let reached_by = Probability { low, high, ..bare(value, hits(value, paths), paths) };
        rows.push(MilestoneRow { milestone, year, reached_by });
    }
    Ok(rows)
}

fn decompositions(scenario: &Scenario, read: Read) -> Result<Vec<Change>, Damaged> {
    let amount = scenario.money().column();
    let table = table::read(read, Table::new(&declared::DECOMPOSITION).named("{money}", &amount))?;
    let shapley = format!("{amount}_shapley");
    let names = [scenario.gap().lead(), scenario.gap().follow()].map(|region| scenario.regions()[region].name());
    let mut changes: Vec<Change> = Vec::new();
    for row in table.rows() {
        let (from, to) = (row.year("from")?, row.year("to")?);
        if changes.last().is_none_or(|last| (last.from, last.to) != (from, to)) {
            let simulated = to > scenario.base_year();
            let errors = simulated.then(Decomposition::default);
            changes.push(Change { from, to, decomposition: Decomposition::default(), simulated, errors });
        }
        let side = row.text("side");
        let Some(side) = names.iter().position(|name| *name == side) else { continue };
        // On a path without a deal the log of a side's funding has no lower end, and a CSV leaves such a mean empty.
        let without_end = if side == 0 { f64::NEG_INFINITY } else { f64::INFINITY };
        let term = Term {
            dollars: row.number(&amount)?,
            dollars_shapley: row.number(&shapley)?,
            log_points: row.number_if_any("log_change").unwrap_or(without_end),
        };
        let [dollars, dollars_shapley, log_points] = [&amount, &shapley, "log_change"]
            .map(|column| row.number_if_any(&format!("se_{column}")).unwrap_or(f64::NAN));
        let change = changes.last_mut().expect("one was pushed");
        let component = row.text("component");
        set_term(&mut change.decomposition, &component, side, term).ok_or_else(|| row.stranger("component"))?;
        if let Some(errors) = &mut change.errors {
            set_term(errors, &component, side, Term { dollars, dollars_shapley, log_points });
        }
    }
    Ok(changes)
}

/// Puts a term where it belongs in a decomposition, if there is such a component.
fn set_term(decomposition: &mut Decomposition, component: &str, side: usize, term: Term) -> Option<()> {
    match component {
        "deals" => decomposition.terms[2 * side] = term,
        "deal-size" => decomposition.terms[2 * side + 1] = term,
        "money" => decomposition.money.get_or_insert_default()[side] = term,
        "added" => decomposition.added.get_or_insert_default()[side] = term,
        _ => return None,
    }
    Some(())
}

fn distributions(scenario: &Scenario, table: &Stored) -> Result<Vec<Distribution>, Damaged> {
    let known = Measures::of(scenario);
    let mut found: Vec<(Distribution, usize)> = Vec::new();
    for row in table.rows() {
        let (measure, kind) = (known.find(row)?, row.text("kind"));
        if kind == "base-year" {
            let (year, threshold) = (row.year("year")?, row.number("value")?);
            let (quantiles, columns) = ([f64::INFINITY; FUTURES], Vec::new());
            found.push((Distribution { measure, year, threshold, quantiles, columns, below: 0.0, above: 0.0 }, 0));
            continue;
        }
        let (last, futures) = found.last_mut().ok_or_else(|| row.stranger("kind"))?;
        match kind.as_str() {
            "future" if *futures < FUTURES => {
                last.quantiles[*futures] = row.number_if_any("value").unwrap_or(f64::INFINITY);
                *futures += 1;
            }
            "below" => last.below = row.number("share")?,
            "above" => last.above = row.number("share")?,
            "column" => {
                let (low, high) = (row.number("low")?, row.number("high")?);
                last.columns.push(Bin { low, high, share: row.number("share")? });
            }
            _ => return Err(row.stranger("kind")),
        }
    }
    Ok(found.into_iter().map(|(distribution, _)| distribution).collect())
}

fn uncertainty(scenario: &Scenario, table: &Stored) -> Result<Uncertainty, Damaged> {
    let known = Measures::of(scenario);
    let mut found = Uncertainty::default();
    for row in table.rows() {
        let (measure, name) = (known.find(row)?, row.text("layer"));
        let layer = Layer::ALL.into_iter().find(|known| known.name() == name);
        found.paths = row.count("paths")?;
        found.rows.push(LayerShare {
            subject: measure.subject,
            metric: measure.metric,
            year: row.year("year")?,
            layer: layer.ok_or_else(|| row.stranger("layer"))?,
            alone: [row.number("share_alone")?, row.number("standard_error")?],
            with_others: [row.number("share_with_others")?, row.number("standard_error_with_others")?],
        });
    }
    Ok(found)
}

/// The kept paths: values by measure and year. Their assumptions stay in the table.
fn kept(scenario: &Scenario, table: &Stored) -> Result<Vec<KeptPath>, Damaged> {
    let (measures, known) = (Measure::all(scenario), Measures::of(scenario));
    let years = scenario.years().len();
    let mut paths: Vec<KeptPath> = Vec::new();
    for row in table.rows() {
        let Some(year) = row.year_if_any("year") else { continue };
        let id = row.count("path")?;
        if paths.last().is_none_or(|last| last.path != id) {
            let values = vec![vec![f64::NAN; years]; measures.len()];
            paths.push(KeptPath { path: id, values, assumptions: Vec::new() });
        }
        let measure = known.find(row)?;
        let place = measures.iter().position(|it| *it == measure).ok_or_else(|| row.stranger("metric"))?;
        let at =
            year.checked_sub(scenario.base_year() + 1).and_then(|at| usize::try_from(at).ok()).filter(|at| *at < years);
        let at = at.ok_or_else(|| row.stranger("year"))?;
        let values = &mut paths.last_mut().expect("one was pushed").values;
        values[place][at] = row.number_if_any("value").unwrap_or(f64::NAN);
    }
    Ok(paths)
}

/// What each source makes of gap and ratio: its last observed year and the horizon.
fn sources(scenario: &Scenario, table: &Stored) -> Result<Vec<SourceRow>, Damaged> {
    use crate::chart::{Band, Seen};
    let empty = (
        Seen { year: 0, value: f64::NAN, low: f64::NAN, high: f64::NAN, derived: true },
        Band { year: 0, quantiles: [f64::NAN; 7], errors: [f64::NAN; 7] },
    );
    let mut rows: Vec<SourceRow> = Vec::new();
    for row in table.rows() {
        let metric = row.text("metric");
        let Some(at) = [Metric::Gap, Metric::Ratio].into_iter().position(|it| it.name() == metric) else {
            continue;
        };
        let (name, vintage) = (row.text("source"), row.text("vintage"));
        if !rows.last().is_some_and(|last| last.name == name && last.vintage == vintage) {
            let cells = crate::chart::seen::source_cells(scenario, &name);
            rows.push(SourceRow { cells, name, vintage, seen: [empty.0; 2], bands: [empty.1; 2] });
        }
        let last = rows.last_mut().expect("one was pushed");
        let year = row.year("year")?;
        if let Some(value) = row.number_if_any("observed") {
            let (low, high) = (row.number("observed_low")?, row.number("observed_high")?);
            last.seen[at] = Seen { year, value, low, high, derived: true };
        } else if year == scenario.horizon()
            && let Some(mut spread) = spread(row)?
        {
            spread.errors = quantile_errors(row, &spread);
            last.bands[at] = crate::chart::seen::band(year, &spread).unwrap_or(empty.1);
        }
    }
    Ok(rows)
}
