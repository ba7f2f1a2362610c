//! Looks up what a run says: every value with the cell of the run's tables that holds it.

use crate::engine::Layer;
use crate::growth::Growth;
use crate::metric::{Measure, Metric, Milestone, Observed, Question, Subject, sides};
use crate::scenario::{Region, Scenario};
use crate::summary::{Estimate, Probability, Summary};
use crate::table::Cell;

use super::cited::{Cited, Hits};
use super::derived::{self, derived};
use super::form::PROBABILITY;

/// A run whose values are looked up.
#[derive(Clone, Copy, Debug)]
pub struct Lookup<'a> {
    /// Scenario that the numbers are of.
    pub scenario: &'a Scenario,
    /// What its paths say.
    pub summary: &'a Summary,
}

/// What moved the gap between two observed years.
#[derive(Clone, Debug, PartialEq)]
pub struct LastChange {
    /// First and last year.
    pub years: [i32; 2],
    /// Its terms, which add up to the change.
    pub terms: Vec<ChangeTerm>,
    /// The whole change, in bn.
    pub total: Cited<f64>,
}

/// What the deals or the deal size of a region added to the gap.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeTerm {
    /// Position of the region.
    pub region: usize,
    /// `deals` or `deal-size`.
    pub component: &'static str,
    /// What it added, in bn.
    pub amount: Cited<f64>,
}

/// A metric of the gap.
#[must_use]
pub const fn of_gap(metric: Metric) -> Measure {
    Measure { metric, subject: Subject::Gap }
}

impl<'a> Lookup<'a> {
    /// Looks up a run.
    #[must_use]
    pub fn new(scenario: &'a Scenario, summary: &'a Summary) -> Self {
        Self { scenario, summary }
    }

    fn fan_cell(&self, measure: Measure, year: i32, columns: &[&str]) -> Cell {
        let (region, year) = (measure.region(self.scenario), year.to_string());
        let row = [("metric", measure.metric.name()), ("region", region.as_str()), ("year", year.as_str())];
        Cell::new("fan.csv", &row, columns)
    }

    fn quantiles<const N: usize>(
        &self,
        measure: Measure,
        year: i32,
        levels: [(f64, &str); N],
    ) -> Option<Cited<[Estimate; N]>> {
        let spread = self.summary.fan_row(measure, year)?.simulated.as_ref()?;
        let mut found = [Estimate::certain(f64::NAN); N];
        for (found, (level, _)) in found.iter_mut().zip(levels) {
            *found = spread.estimate(level)?;
        }
        Some(Cited::new(found, self.fan_cell(measure, year, &levels.map(|(_, column)| column))))
    }

    /// Median of a simulated year.
    #[must_use]
    pub fn median(&self, measure: Measure, year: i32) -> Option<Cited<Estimate>> {
        let Cited { value: [value], cell } = self.quantiles(measure, year, [(0.5, "p50")])?;
        Some(Cited { value, cell })
    }

    /// 80% range of a simulated year.
    #[must_use]
    pub fn range(&self, measure: Measure, year: i32) -> Option<Cited<[Estimate; 2]>> {
        self.quantiles(measure, year, [(0.1, "p10"), (0.9, "p90")])
    }

    /// Median of a simulated year, and the ends of its 80% range.
    #[must_use]
    pub fn median_and_range(&self, measure: Measure, year: i32) -> Option<Cited<[Estimate; 3]>> {
        self.quantiles(measure, year, [(0.5, "p50"), (0.1, "p10"), (0.9, "p90")])
    }

    /// What the data say of a year.
    #[must_use]
    pub fn observed(&self, measure: Measure, year: i32) -> Option<Cited<Observed>> {
        let figure = measure.observed(self.scenario, year)?;
        Some(Cited::new(figure, self.fan_cell(measure, year, &["observed", "observed_low", "observed_high"])))
    }

    /// The probability of a built-in event at the horizon.
    #[must_use]
    pub fn probability(&self, question: Question) -> Option<Cited<Probability>> {
        self.probability_in(question, self.scenario.horizon())
    }

    /// The probability of a built-in event in a year.
    #[must_use]
    pub fn probability_in(&self, question: Question, year: i32) -> Option<Cited<Probability>> {
        let p = *self.summary.probability(question, year)?;
        Some(self.asked_in(p, &question.name(sides(self.scenario)), year))
    }

    fn asked_in(&self, p: Probability, question: &str, year: i32) -> Cited<Probability> {
        let row = [("question", question), ("year", &year.to_string())];
        Cited::new(p, Cell::new("probabilities.csv", &row, &PROBABILITY))
    }

    /// The answer to a question of the scenario's own, in the last year it is asked in.
    #[must_use]
    pub fn asked(&self, place: usize) -> Option<(i32, Cited<Probability>)> {
        let row = self.summary.question(place).last()?;
        Some((row.year, self.asked_in(row.probability, self.scenario.questions()[place].name(), row.year)))
    }

    /// Paths that break a check of the scenario's own.
    #[must_use]
    pub fn broken(&self, place: usize) -> Cited<Hits> {
        let (hits, paths) = self.summary.broken(self.scenario, place);
        let check = self.scenario.checks()[place].name();
        Cited::new(Hits { hits, paths }, Cell::new("checks.csv", &[("check", check)], &["broken", "paths"]))
    }

    /// Share of paths that have reached a milestone by the horizon.
    #[must_use]
    pub fn reached(&self, milestone: Milestone) -> Option<Cited<f64>> {
        let year = self.scenario.horizon();
        let share = self.summary.reached_by(milestone, year)?.value;
        let row = [("milestone", milestone.name(sides(self.scenario).follow_leads)), ("year", &year.to_string())];
        Some(Cited::new(share, Cell::new("milestones.csv", &row, &["reached_by"])))
    }

    /// Layers of chance with their share of the spread of the log ratio at the horizon: alone and with the others.
    #[must_use]
    pub fn layers(&self) -> Vec<(Layer, [Cited<Estimate>; 2])> {
        let year = self.scenario.horizon();
        let region = of_gap(Metric::Ratio).region(self.scenario);
        let found = Layer::ALL.into_iter().filter_map(|layer| self.summary.uncertainty.of_ratio(layer, year));
        let cited = found.map(|row| {
            let year = year.to_string();
            let keys = [("metric", "ratio"), ("region", &region), ("year", &year), ("layer", row.layer.name())];
            let share = |[value, error]: [f64; 2], columns: [&str; 2]| {
                Cited::new(Estimate { value, error }, Cell::new("uncertainty.csv", &keys, &columns))
            };
            let alone = share(row.alone, ["share_alone", "standard_error"]);
            let with = share(row.with_others, ["share_with_others", "standard_error_with_others"]);
            (row.layer, [alone, with])
        });
        cited.collect()
    }

    /// Share of the variance of the log ratio at the horizon that luck has where all else is known.
    #[must_use]
    pub fn share_of_luck(&self) -> Option<Cited<Estimate>> {
        let luck = self.layers().into_iter().find(|(layer, _)| *layer == Layer::Process);
        luck.map(|(_, [_, with_others])| with_others)
    }

    /// The last observed change of the gap.
    #[must_use]
    pub fn last_change(&self) -> Option<LastChange> {
        let change = self.summary.decompositions.iter().rfind(|change| !change.simulated)?;
        let sides = [self.scenario.gap().lead(), self.scenario.gap().follow()];
        let column = self.scenario.money().column();
        let [from, to] = [change.from, change.to].map(|year| year.to_string());
        let terms = change.decomposition.terms.iter().enumerate().map(|(place, term)| {
            let (region, component) = (sides[place / 2], ["deals", "deal-size"][place % 2]);
            let side = self.scenario.regions()[region].name();
            let row = [("from", from.as_str()), ("to", &to), ("side", side), ("component", component)];
            let amount = Cited::new(term.dollars, Cell::new("decomposition.csv", &row, &[&column]));
            ChangeTerm { region, component, amount }
        });
        let whole = [("from", from.as_str()), ("to", &to), ("side", "total"), ("component", "all")];
        let total =
            Cited::new(change.decomposition.total().dollars, Cell::new("decomposition.csv", &whole, &[&column]));
        Some(LastChange { years: [change.from, change.to], terms: terms.collect(), total })
    }

    /// The follow region's part in the last observed change of the log ratio, where the terms do not all but cancel.
    #[must_use]
    pub fn share_of_follow(&self) -> Option<Cited<f64>> {
        let change = self.summary.decompositions.iter().rfind(|change| !change.simulated)?;
        let terms = &change.decomposition.terms;
        let total = change.decomposition.total().log_points;
        let moved: f64 = terms.iter().map(|term| term.log_points.abs()).sum();
        let share = (terms[2].log_points + terms[3].log_points) / total;
        let says = total.abs() > 0.1 * moved && (0.0..=1.0).contains(&share);
        let follow = &self.scenario.regions()[self.scenario.gap().follow()].name();
        says.then(|| derived(share, &derived::part_of(follow), &["value"]))
    }

    /// Ends of the ratio of the base year as its rounding leaves it, and years to the horizon.
    #[must_use]
    pub fn to_close(&self) -> Option<Cited<[f64; 3]>> {
        let seen = of_gap(Metric::Ratio).observed(self.scenario, self.scenario.base_year())?;
        let years = f64::from(self.scenario.horizon() - self.scenario.base_year());
        Some(derived([seen.low, seen.high, years], derived::TO_CLOSE, &["low", "high", "years"]))
    }

    /// Paths on which the gap is wider in money or as a ratio, but not both.
    #[must_use]
    pub fn disagree(&self) -> Cited<Hits> {
        let only = [Question::WiderInDollarsOnly, Question::WiderAsRatioOnly];
        let hits = only.into_iter().filter_map(|question| self.summary.probability(question, self.scenario.horizon()));
        let hits = Hits { hits: hits.map(|p| p.hits).sum(), paths: self.summary.paths };
        derived(hits, derived::DISAGREE, &["value", "paths"])
    }

    /// Share of the variance of the log ratio at the horizon that the assumptions explain.
    #[must_use]
    pub fn share_from_assumptions(&self) -> Option<Cited<Estimate>> {
        let value = self.summary.gap(Metric::LogRatio, self.scenario.horizon())?.share_from_assumptions?;
        // A correlation of n pairs is off by about (1 − ρ²)/√n.
        let error = (1.0 - value * value) / (0.5 * self.summary.paths as f64).sqrt();
        Some(derived(Estimate { value, error }, derived::FROM_ASSUMPTIONS, &["value", "error"]))
    }
}

/// Ratios that other sources state for the base year, each with the name of its source.
#[must_use]
pub fn other_ratios(scenario: &Scenario) -> Vec<(String, Cited<f64>)> {
    let name = |region: usize| scenario.regions()[region].name();
    let others = scenario.data().other_ratios(name(scenario.gap().lead()), name(scenario.gap().follow()));
    let cited = |(source, ratio): (String, f64)| {
        let ratio = derived(ratio, &derived::ratio_of(&source), &["value"]);
        (source, ratio)
    };
    others.into_iter().map(cited).collect()
}

/// Growth of a region's funding in logs: middle and the ends of its 80% range, where it follows from drifts that are
/// certain or normal and not dated.
#[must_use]
pub fn assumed_growth(scenario: &Scenario, region: &Region) -> Option<Cited<[f64; 3]>> {
    let (mut mean, mut variance) = (0.0, 0.0);
    let series: Vec<_> =
        if region.funding().is_some() { vec![region.funding()] } else { vec![region.deals(), region.deal_size()] };
    for series in series {
        let Growth::RandomWalk(model) = &series.as_ref()?.growth() else { return None };
        if !model.growth.changes().is_empty() {
            return None;
        }
        match scenario.assumptions()[model.growth.first()].law() {
            crate::distribution::Distribution::Fixed(value) => mean += value,
            crate::distribution::Distribution::Normal { mean: middle, sd } => {
                mean += middle;
                variance += sd * sd;
            }
            _ => return None,
        }
    }
    let half = crate::distribution::Z90 * variance.sqrt();
    Some(derived([mean, mean - half, mean + half], &derived::growth_of(region.name()), &["value", "low", "high"]))
}
