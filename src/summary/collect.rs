//! The observer that turns blocks into a [`Summary`].

mod observe;

use std::sync::MutexGuard;

use crate::engine::Settings;
use crate::measure::When;
use crate::metric::{Base, Measure, Metric, Metrics, Milestone, Question, Subject};
use crate::parallel;
use crate::scenario::Scenario;

use super::ask::{Asked, asked};
use super::histogram::{Ranks, Signs};
use super::pending::{Shared, lock};
use super::precision::Errors;
use super::terms::Terms;
use super::{
    Change, ConditionRow, Distribution, FanRow, Histogram, LEVELS, MilestoneRow, Moments, Probability, QuestionRow,
    Spread, Summary, Tally, observed_changes, observed_years,
};

pub(super) use observe::{Looking, Sums, Tallies};

/// Collects fans, probabilities, milestones and the decomposition of a run.
#[derive(Debug)]
pub struct Collector<'a> {
    scenario: &'a Scenario,
    measures: Vec<Measure>,
    questions: Vec<Question>,
    conditions: Vec<Asked>,
    base: Base,
    years: usize,
    moments: Vec<Moments>,
    /// A histogram for each measure and year; empty ones for measures that follow from another's.
    histograms: Vec<Shared>,
    terms: Terms,
    blocks: f64,
    tallies: Option<Tallies>,
    /// Whether every measure has a histogram of its own, which exact quantiles start from.
    all_histograms: bool,
}

impl<'a> Collector<'a> {
    /// A collector of every metric of a scenario.
    #[must_use]
    pub fn new(scenario: &'a Scenario) -> Self {
        Self::of(scenario, Metrics::default())
    }

    /// A collector of some metrics; those that the headline stands on are among them.
    #[must_use]
    pub fn of(scenario: &'a Scenario, metrics: Metrics) -> Self {
        let measures = Measure::wanted(scenario, metrics);
        let base = Base::new(scenario);
        let years = scenario.years().len();
        Self {
            scenario,
            questions: Question::ALL.into_iter().filter(|question| question.applies(&base)).collect(),
            base,
            years,
            moments: vec![Moments::default(); measures.len() * years],
            histograms: (0..measures.len() * years).map(|_| Shared::default()).collect(),
            measures,
            conditions: asked(scenario),
            terms: Terms::default(),
            blocks: 0.0,
            tallies: None,
            all_histograms: false,
        }
    }

    /// A collector that also counts the measures whose quantiles follow from another's.
    pub(super) fn with_all_histograms(self) -> Self {
        Self { all_histograms: true, ..self }
    }

    /// What it measures, in the order of the fan's rows.
    pub(super) fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// The histograms of all measures and years, in the order of the fan's rows.
    pub(super) fn histograms(&self) -> Vec<MutexGuard<'_, Histogram>> {
        self.histograms.iter().map(lock).collect()
    }

    /// Number of cells: a measure in a year each.
    pub(super) fn cells(&self) -> usize {
        self.histograms.len()
    }

    /// The histogram of a cell, for whoever counts its values.
    pub(super) fn shared(&self, cell: usize) -> &Shared {
        &self.histograms[cell]
    }

    /// Whether the values of a measure are counted, or follow from another's.
    fn is_counted(&self, measure: Measure) -> bool {
        self.all_histograms || measure.metric.rises_with().is_none()
    }

    /// Whether the values of a cell are counted.
    pub(super) fn counts(&self, cell: usize) -> bool {
        self.is_counted(self.measures[cell / self.years])
    }

    /// Number of cells whose values are counted.
    pub(super) fn cells_counted(&self) -> usize {
        (0..self.cells()).filter(|cell| self.counts(*cell)).count()
    }

    /// Which names the values of a cell are given.
    pub(super) fn signs(&self, cell: usize) -> Signs {
        if self.measures[cell / self.years].metric.may_be_negative() { Signs::Both } else { Signs::Positive }
    }

    /// What was seen.
    #[must_use]
    pub fn summary(&self, settings: Settings) -> Summary {
        self.summary_with(settings, &Errors::of_paths())
    }

    /// What was seen, with errors of quantiles from where they are known.
    pub(super) fn summary_with(&self, settings: Settings, errors: &Errors) -> Summary {
        let tallies = self.tallies.as_ref().expect("a run has at least one block");
        let uncertain = self.scenario.assumptions.iter().any(|assumption| !assumption.law.is_fixed());
        let probability = |tally: &Tally| Probability::new(*tally, settings.paths, uncertain);
        let years: Vec<i32> = self.scenario.years().collect();
        let by_year = |tallies: &[Tally]| tallies.iter().zip(&years).map(|(t, y)| (*y, probability(t))).collect();
        let probabilities =
            self.questions.iter().zip(tallies.questions.chunks(self.years)).flat_map(|(question, tallies)| {
                let rows: Vec<(i32, Probability)> = by_year(tallies);
                rows.into_iter().map(|(year, probability)| QuestionRow { question: *question, year, probability })
            });
        let milestones =
            Milestone::ALL.into_iter().zip(tallies.reached.chunks(self.years)).flat_map(|(milestone, tallies)| {
                let rows: Vec<(i32, Probability)> = by_year(tallies);
                rows.into_iter().map(move |(year, reached_by)| MilestoneRow { milestone, year, reached_by })
            });
        Summary {
            paths: settings.paths,
            seed: settings.seed,
            fan: self.fan(errors),
            probabilities: probabilities.collect(),
            milestones: milestones.collect(),
            conditions: self.answers(tallies, &years, &probability),
            decompositions: self.changes(),
            distributions: self.distributions(),
            saturated: tallies.saturated,
            base: self.base,
            uncertainty: super::Uncertainty::default(),
            exact: false,
            precision: None,
        }
    }

    fn answers(
        &self,
        tallies: &Tallies,
        years: &[i32],
        probability: &dyn Fn(&Tally) -> Probability,
    ) -> Vec<ConditionRow> {
        let mut rows = Vec::new();
        for (place, asked) in self.conditions.iter().enumerate() {
            for (index, year) in years.iter().enumerate() {
                if matches!(asked.condition.when, When::In(only) if only != *year) {
                    continue;
                }
                let probability = probability(&tallies.conditions[place * self.years + index]);
                rows.push(ConditionRow { condition: place, year: *year, probability });
            }
        }
        rows
    }

    fn fan(&self, errors: &Errors) -> Vec<FanRow> {
        let spread = |cell| self.spread(cell / self.years, cell % self.years, errors);
        let mut spreads = parallel::map(self.cells(), spread).into_iter();
        let observed: Vec<i32> = observed_years(self.scenario).collect();
        let mut rows = Vec::new();
        for measure in &self.measures {
            for year in &observed {
                if let Some(figure) = measure.observed(self.scenario, *year) {
                    rows.push(FanRow { measure: *measure, year: *year, observed: Some(figure), simulated: None });
                }
            }
            rows.extend(self.scenario.years().zip(&mut spreads).map(|(year, spread)| FanRow {
                measure: *measure,
                year,
                observed: None,
                simulated: Some(spread),
            }));
        }
        rows
    }

    fn spread(&self, place: usize, year: usize, errors: &Errors) -> Spread {
        let measure = self.measures[place];
        let (source, rising): (usize, fn(f64) -> f64) = match measure.metric.rises_with() {
            Some((metric, rising)) => (self.place(Measure { metric, ..measure }), rising),
            None => (place, |value| value),
        };
        let cell = source * self.years + year;
        let histogram = lock(&self.histograms[cell]);
        let mut ranks = Ranks::of(&histogram);
        let moments = &self.moments[place * self.years + year];
        let shown = measure.moments(self.scenario);
        let is_whole = measure.is_whole(self.scenario);
        let whole = |value: f64| if is_whole { value.round() } else { value };
        Spread {
            mean: moments.mean().filter(|_| shown.mean),
            sd: moments.sd().filter(|_| shown.sd),
            quantiles: ranks.quantiles(LEVELS).map(|quantiles| quantiles.map(rising).map(whole)),
            errors: match errors {
                Errors::OfPaths(known) => known.errors(&mut ranks, self.clustering(measure, year), rising),
                Errors::OfReplicates(marks) => marks[cell].errors(&histogram, LEVELS, &rising, is_whole),
            },
            undefined: histogram.undefined(),
            infinite: if measure.metric == Metric::Share { 0 } else { histogram.infinite() },
            share_from_assumptions: moments.share_from_assumptions().filter(|_| shown.sd),
        }
    }

    /// Ratio and gap of the last year, each against its level of the base year.
    fn distributions(&self) -> Vec<Distribution> {
        let last = self.years - 1;
        let of = |(metric, threshold, log): (Metric, f64, bool)| {
            let measure = Measure { metric, subject: Subject::Gap };
            let histogram = lock(&self.histograms[self.place(measure) * self.years + last]);
            Distribution::new(measure, self.scenario.horizon, threshold, log, &histogram)
        };
        [(Metric::Ratio, self.base.ratio, true), (Metric::Gap, self.base.gap, false)]
            .into_iter()
            .filter_map(of)
            .collect()
    }

    /// How much the two paths of a draw are alike in a measure: for the ratio the share of the variance of its log that
    /// the assumptions explain, for others as much as it can be.
    fn clustering(&self, measure: Measure, year: usize) -> f64 {
        if self.scenario.assumptions.iter().all(|assumption| assumption.law.is_fixed()) {
            return 0.0;
        }
        if !matches!(measure.metric, Metric::Ratio | Metric::LogRatio | Metric::Share) {
            return 1.0;
        }
        let logs = self.place(Measure { metric: Metric::LogRatio, ..measure });
        self.moments[logs * self.years + year].share_from_assumptions().unwrap_or(1.0)
    }

    fn place(&self, measure: Measure) -> usize {
        self.measures.iter().position(|known| *known == measure).expect("a measure of this scenario")
    }

    fn changes(&self) -> Vec<Change> {
        let mut changes = observed_changes(self.scenario);
        if self.base.log_deals_and_size.is_some() {
            changes.push(Change {
                from: self.scenario.base_year,
                to: self.scenario.horizon,
                decomposition: self.terms.decomposition(self.scenario),
                simulated: true,
            });
        }
        changes
    }
}
