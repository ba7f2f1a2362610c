//! The observer that turns blocks into a [`Summary`].

use std::sync::MutexGuard;

use rayon::prelude::*;

use crate::engine::{Block, Observer, PATHS_PER_BLOCK, Settings};
use crate::measure::When;
use crate::metric::{Base, Levels, Measure, Metric, Metrics, Milestone, Question, Subject};
use crate::scenario::Scenario;

use super::ask::{Asked, asked, count_ones};
use super::histogram::Signs;
use super::pending::{Pending, Shared, lock};
use super::precision::Errors;
use super::standings::Standings;
use super::terms::Terms;
use super::{
    Change, ConditionRow, Distribution, FanRow, Histogram, LEVELS, MilestoneRow, Moments, Probability, QuestionRow,
    Spread, Summary, Tally, observed_changes, observed_years,
};

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
    counts: Option<Counts>,
    /// Whether every measure has a histogram of its own, which exact quantiles start from.
    all_histograms: bool,
}

/// Whole numbers of a worker, and its scratch columns.
#[derive(Debug)]
pub struct Counts {
    levels: Levels,
    /// Nominal dollars, if something else is shown: what the scenario's own conditions speak of.
    dollars: Option<Levels>,
    /// Values that no histogram has counted yet.
    pending: Pending,
    tallies: Vec<Tally>,
    reached: Vec<Tally>,
    conditions: Vec<Tally>,
    saturated: u64,
    scratch: Scratch,
}

#[derive(Debug)]
struct Scratch {
    column: Vec<f64>,
    /// Bases of the paths, where the figures are not taken as given.
    bases: Option<[Vec<f64>; 2]>,
    standings: Standings,
    /// For each condition, its answers so far as 0 or 1, and the values of the year before.
    answers: Vec<(Vec<u64>, Vec<f64>)>,
}

/// Floating-point sums of a block.
#[derive(Debug)]
pub struct Sums {
    moments: Vec<Moments>,
    terms: Terms,
    paths: f64,
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
            counts: None,
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

    /// Takes what a collector of the next paths has seen.
    pub(super) fn merge(&mut self, next: Self) {
        let weight = next.blocks / (self.blocks + next.blocks);
        self.moments.iter_mut().zip(&next.moments).for_each(|(total, more)| total.absorb(more));
        self.terms.absorb(&next.terms, weight);
        self.blocks += next.blocks;
        self.histograms.par_iter().zip(&next.histograms).for_each(|(total, more)| lock(total).merge(&lock(more)));
        if let Some(counts) = next.counts {
            self.finish(counts);
        }
    }

    /// What was seen.
    #[must_use]
    pub fn summary(&self, settings: Settings) -> Summary {
        self.summary_with(settings, &mut Errors::of_paths())
    }

    /// What was seen, with errors of quantiles from where they are known.
    pub(super) fn summary_with(&self, settings: Settings, errors: &mut Errors) -> Summary {
        Summary {
            fan: self.fan(errors),
            decompositions: self.changes(),
            distributions: self.distributions(),
            ..self.part(settings)
        }
    }

    /// The probabilities of a part of a run, without what else a whole run says.
    pub(super) fn part(&self, settings: Settings) -> Summary {
        let counts = self.counts.as_ref().expect("a run has at least one block");
        let uncertain = self.scenario.assumptions.iter().any(|assumption| !assumption.law.is_fixed());
        let probability = |tally: &Tally| Probability::new(*tally, settings.paths, uncertain);
        let years: Vec<i32> = self.scenario.years().collect();
        let by_year = |tallies: &[Tally]| tallies.iter().zip(&years).map(|(t, y)| (*y, probability(t))).collect();
        let probabilities =
            self.questions.iter().zip(counts.tallies.chunks(self.years)).flat_map(|(question, tallies)| {
                let rows: Vec<(i32, Probability)> = by_year(tallies);
                rows.into_iter().map(|(year, probability)| QuestionRow { question: *question, year, probability })
            });
        let milestones =
            Milestone::ALL.into_iter().zip(counts.reached.chunks(self.years)).flat_map(|(milestone, tallies)| {
                let rows: Vec<(i32, Probability)> = by_year(tallies);
                rows.into_iter().map(move |(year, reached_by)| MilestoneRow { milestone, year, reached_by })
            });
        Summary {
            paths: settings.paths,
            seed: settings.seed,
            fan: Vec::new(),
            probabilities: probabilities.collect(),
            milestones: milestones.collect(),
            conditions: self.answers(counts, &years, &probability),
            decompositions: Vec::new(),
            distributions: Vec::new(),
            saturated: counts.saturated,
            base: self.base,
            uncertainty: super::Uncertainty::default(),
            exact: false,
            precision: None,
        }
    }

    fn answers(
        &self,
        counts: &Counts,
        years: &[i32],
        probability: &dyn Fn(&Tally) -> Probability,
    ) -> Vec<ConditionRow> {
        let mut rows = Vec::new();
        for (place, asked) in self.conditions.iter().enumerate() {
            for (index, year) in years.iter().enumerate() {
                if matches!(asked.condition.when, When::In(only) if only != *year) {
                    continue;
                }
                let probability = probability(&counts.conditions[place * self.years + index]);
                rows.push(ConditionRow { condition: place, year: *year, probability });
            }
        }
        rows
    }

    fn fan(&self, errors: &mut Errors) -> Vec<FanRow> {
        let observed: Vec<i32> = observed_years(self.scenario).collect();
        let mut rows = Vec::new();
        for (place, measure) in self.measures.iter().enumerate() {
            for year in &observed {
                if let Some(figure) = measure.observed(self.scenario, *year) {
                    rows.push(FanRow { measure: *measure, year: *year, observed: Some(figure), simulated: None });
                }
            }
            for (index, year) in self.scenario.years().enumerate() {
                let simulated = Some(self.spread(place, index, errors));
                rows.push(FanRow { measure: *measure, year, observed: None, simulated });
            }
        }
        rows
    }

    fn spread(&self, place: usize, year: usize, errors: &mut Errors) -> Spread {
        let measure = self.measures[place];
        let (source, rising): (usize, fn(f64) -> f64) = match measure.metric.rises_with() {
            Some((metric, rising)) => (self.place(Measure { metric, ..measure }), rising),
            None => (place, |value| value),
        };
        let cell = source * self.years + year;
        let histogram = lock(&self.histograms[cell]);
        let moments = &self.moments[place * self.years + year];
        let shown = measure.moments(self.scenario);
        let is_whole = measure.is_whole(self.scenario);
        let whole = |value: f64| if is_whole { value.round() } else { value };
        Spread {
            mean: moments.mean().filter(|_| shown.mean),
            sd: moments.sd().filter(|_| shown.sd),
            quantiles: histogram.quantiles(LEVELS).map(|quantiles| quantiles.map(rising).map(whole)),
            errors: match errors {
                Errors::OfPaths(ranks) => ranks.errors(&histogram, self.clustering(measure, year), rising),
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

/// Two columns as slices.
fn columns(of: &Option<[Vec<f64>; 2]>) -> Option<[&[f64]; 2]> {
    of.as_ref().map(|[first, second]| [&first[..], &second[..]])
}

/// Which names the values of a measure are given.
fn signs(measure: Measure) -> Signs {
    if measure.metric.may_be_negative() { Signs::Both } else { Signs::Positive }
}

impl Observer for Collector<'_> {
    type Counts = Counts;
    type Sums = Sums;

    fn counts(&self) -> Counts {
        let cells = self.measures.len() * self.years;
        let column = || vec![0.0; PATHS_PER_BLOCK];
        let asked = || self.conditions.iter().map(|asked| asked.measure);
        let needed = self.measures.iter().copied().chain(asked());
        Counts {
            levels: Levels::new(self.scenario).only(needed),
            dollars: (!self.scenario.money.is_plain()).then(|| Levels::in_dollars(self.scenario).only(asked())),
            pending: Pending::new(cells),
            tallies: vec![Tally::default(); self.questions.len() * self.years],
            reached: vec![Tally::default(); Milestone::ALL.len() * self.years],
            conditions: vec![Tally::default(); self.conditions.len() * self.years],
            saturated: 0,
            scratch: Scratch {
                column: column(),
                bases: None,
                standings: Standings::new(),
                answers: self.conditions.iter().map(|_| (vec![0; PATHS_PER_BLOCK], column())).collect(),
            },
        }
    }

    fn observe(&self, block: &Block, counts: &mut Counts) -> Sums {
        counts.saturated += block.saturated();
        counts.levels.restart();
        if let Some(levels) = &mut counts.dollars {
            levels.restart();
        }
        let Scratch { standings, bases, .. } = &mut counts.scratch;
        self.measure_bases(block, bases);
        standings.restart(block.rows(), &self.base, columns(bases));
        for (asked, (answers, before)) in self.conditions.iter().zip(&mut counts.scratch.answers) {
            answers.fill(u64::from(asked.condition.when == When::EveryYear));
            before.fill(asked.start);
        }
        let mut moments = vec![Moments::default(); self.measures.len() * self.years];
        for year in 0..self.years {
            counts.levels.enter(block, year);
            if let Some(levels) = &mut counts.dollars {
                levels.enter(block, year);
            }
            for (place, measure) in self.measures.iter().enumerate() {
                let cell = place * self.years + year;
                let column = counts.levels.column(*measure, &mut counts.scratch.column);
                if measure.metric.has_mean() {
                    moments[cell] = Moments::of(column);
                }
                if self.all_histograms || measure.metric.rises_with().is_none() {
                    counts.pending.add(cell, column, signs(*measure), &self.histograms[cell]);
                }
            }
            self.ask(counts, year);
            self.ask_conditions(counts, year);
        }
        Sums { moments, terms: Terms::of(self.scenario, &self.base, block), paths: block.rows() as f64 }
    }

    fn absorb(&mut self, sums: Sums) {
        self.moments.iter_mut().zip(&sums.moments).for_each(|(total, block)| total.absorb(block));
        self.blocks += sums.paths;
        let weight = sums.paths / self.blocks;
        self.terms.absorb(&sums.terms, weight);
    }

    fn finish(&mut self, mut counts: Counts) {
        for (cell, histogram) in self.histograms.iter().enumerate() {
            counts.pending.count(cell, signs(self.measures[cell / self.years]), histogram);
        }
        let Some(total) = &mut self.counts else {
            self.counts = Some(counts);
            return;
        };
        total.tallies.iter_mut().zip(&counts.tallies).for_each(|(total, other)| total.merge(other));
        total.reached.iter_mut().zip(&counts.reached).for_each(|(total, other)| total.merge(other));
        total.conditions.iter_mut().zip(&counts.conditions).for_each(|(total, other)| total.merge(other));
        total.saturated += counts.saturated;
    }
}

impl Collector<'_> {
    /// Questions and milestones of a year.
    fn ask(&self, counts: &mut Counts, year: usize) {
        let Counts { levels, tallies, reached, scratch, .. } = counts;
        let Scratch { standings, bases, .. } = scratch;
        standings.enter(levels.gap(), levels.ratio(), &self.base, columns(bases));
        for (place, question) in self.questions.iter().enumerate() {
            tallies[place * self.years + year].merge(&standings.ask(*question));
        }
        for (place, milestone) in Milestone::ALL.into_iter().enumerate() {
            reached[place * self.years + year].merge(&standings.reached(milestone));
        }
    }

    /// Gap and ratio of the base year on each path, if the figures are not taken as given.
    fn measure_bases(&self, block: &Block, bases: &mut Option<[Vec<f64>; 2]>) {
        let of = |region: usize| block.base_shift(region).map(|[_, funding]| funding);
        let (lead, follow) = (of(self.scenario.gap.lead), of(self.scenario.gap.follow));
        if lead.is_none() && follow.is_none() {
            return;
        }
        let [gaps, ratios] = bases.get_or_insert_default();
        let at = |shift: Option<&[f64]>, row: usize| shift.map_or(0.0, |column| column[row]);
        let own = (0..block.rows()).map(|row| self.base.moved(at(lead, row), at(follow, row)));
        (*gaps, *ratios) = own.map(|base| (base.gap, base.ratio)).unzip();
    }

    /// The scenario's own questions and checks.
    fn ask_conditions(&self, counts: &mut Counts, year: usize) {
        let Counts { levels, dollars, conditions, scratch, .. } = counts;
        let levels = dollars.as_ref().unwrap_or(levels);
        for (place, asked) in self.conditions.iter().enumerate() {
            let (answers, before) = &mut scratch.answers[place];
            let column = levels.column(asked.measure, &mut scratch.column);
            let (answers, before) = (&mut answers[..column.len()], &mut before[..column.len()]);
            let condition = &asked.condition;
            for ((answer, before), value) in answers.iter_mut().zip(before.iter()).zip(column) {
                let value = if condition.one_year_multiple { value / before } else { *value };
                let holds = u64::from(condition.comparison.holds(value, condition.threshold));
                *answer = match condition.when {
                    When::EachYear | When::In(_) => holds,
                    When::SomeYear => *answer | holds,
                    When::EveryYear => *answer & holds,
                };
            }
            before.copy_from_slice(column);
            conditions[place * self.years + year].merge(&count_ones(answers));
        }
    }
}
