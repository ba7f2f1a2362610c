//! From counts to what they say: fans, probabilities, milestones and what moved the gap.

use crate::engine::Settings;
use crate::measure::When;
use crate::metric::{Measure, Metric, Milestone, Subject};
use crate::parallel;

use super::counts::{Counts, Tallies};
use super::distribution::Distribution;
use super::histogram::Ranks;
use super::layout::Layout;
use super::precision::Errors;
use super::probability::{Probability, Tally};
use super::{
    Change, ConditionRow, FanRow, LEVELS, MilestoneRow, QuestionRow, Spread, Summary, observed_changes, observed_years,
};

/// What all paths of a run say.
pub(super) fn summary(layout: &Layout, counts: &Counts, settings: Settings) -> Summary {
    let errors = if counts.edges.is_empty() { Errors::of_paths() } else { Errors::OfReplicates(&counts.edges) };
    let mut summary = Summarised { layout, counts, errors }.summary(settings);
    if !counts.edges.is_empty() {
        set_errors(&mut summary, counts, layout);
    }
    summary
}

/// Counts beside what they are of.
struct Summarised<'a> {
    layout: &'a Layout<'a>,
    counts: &'a Counts,
    errors: Errors<'a>,
}

impl Summarised<'_> {
    fn summary(&self, settings: Settings) -> Summary {
        let layout = self.layout;
        let tallies = self.counts.all_answers(layout);
        let uncertain = layout.scenario.assumptions().iter().any(|assumption| !assumption.law().is_fixed());
        let probability = |tally: &Tally| Probability::new(*tally, settings.paths, uncertain);
        let years: Vec<i32> = layout.scenario.years().collect();
        let by_year = |tallies: &[Tally]| tallies.iter().zip(&years).map(|(t, y)| (*y, probability(t))).collect();
        let probabilities =
            layout.questions.iter().zip(tallies.questions.chunks(layout.years)).flat_map(|(question, tallies)| {
                let rows: Vec<(i32, Probability)> = by_year(tallies);
                rows.into_iter().map(|(year, probability)| QuestionRow { question: *question, year, probability })
            });
        let milestones =
            Milestone::ALL.into_iter().zip(tallies.reached.chunks(layout.years)).flat_map(|(milestone, tallies)| {
                let rows: Vec<(i32, Probability)> = by_year(tallies);
                rows.into_iter().map(move |(year, reached_by)| MilestoneRow { milestone, year, reached_by })
            });
        Summary {
            paths: settings.paths,
            seed: settings.seed,
            fan: self.fan(),
            probabilities: probabilities.collect(),
            milestones: milestones.collect(),
            conditions: self.answers(&tallies, &years, &probability),
            decompositions: self.changes(settings.paths),
            distributions: self.distributions(),
            saturated: tallies.saturated,
            base: layout.base,
            uncertainty: super::uncertainty::Uncertainty::default(),
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
        for (place, asked) in self.layout.conditions.iter().enumerate() {
            for (index, year) in years.iter().enumerate() {
                if matches!(asked.condition.when, When::In(only) if only != *year) {
                    continue;
                }
                let probability = probability(&tallies.conditions[place * self.layout.years + index]);
                rows.push(ConditionRow { condition: place, year: *year, probability });
            }
        }
        rows
    }

    fn fan(&self) -> Vec<FanRow> {
        let Layout { scenario, measures, years, .. } = self.layout;
        let spreads = parallel::map(self.layout.cells(), |cell| self.spread(cell / years, cell % years));
        let mut spreads = spreads.into_iter();
        let observed: Vec<i32> = observed_years(scenario).collect();
        let mut rows = Vec::new();
        for measure in measures {
            for year in &observed {
                if let Some(figure) = measure.observed(scenario, *year) {
                    rows.push(FanRow { measure: *measure, year: *year, observed: Some(figure), simulated: None });
                }
            }
            rows.extend(scenario.years().zip(&mut spreads).map(|(year, spread)| FanRow {
                measure: *measure,
                year,
                observed: None,
                simulated: Some(spread),
            }));
        }
        rows
    }

    fn spread(&self, place: usize, year: usize) -> Spread {
        let Layout { scenario, measures, years, .. } = self.layout;
        let measure = measures[place];
        let (source, rising): (usize, fn(f64) -> f64) = match measure.metric.rises_with() {
            Some((metric, rising)) => (self.layout.place(Measure { metric, ..measure }), rising),
            None => (place, |value| value),
        };
        let cell = source * years + year;
        let histogram = &self.counts.histograms[cell];
        let mut ranks = Ranks::of(histogram);
        let moments = &self.counts.moments[place * years + year];
        let shown = measure.moments(scenario);
        let is_whole = measure.is_whole(scenario);
        let whole = |value: f64| if is_whole { value.round() } else { value };
        Spread {
            mean: moments.mean().filter(|_| shown.mean),
            sd: moments.sd().filter(|_| shown.sd),
            quantiles: ranks.quantiles(LEVELS).map(|quantiles| quantiles.map(rising).map(whole)),
            errors: match &self.errors {
                Errors::OfPaths(known) => known.errors(&mut ranks, self.clustering(measure, year), rising),
                Errors::OfReplicates(edges) => edges[cell].errors(histogram, LEVELS, &rising, is_whole),
            },
            undefined: histogram.undefined(),
            infinite: if measure.metric == Metric::Share { 0 } else { histogram.infinite() },
            share_from_assumptions: moments.share_from_assumptions().filter(|_| shown.sd),
        }
    }

    /// Ratio and gap of the last year, each against its level of the base year.
    fn distributions(&self) -> Vec<Distribution> {
        let layout = self.layout;
        let last = layout.years - 1;
        let of = |(metric, threshold, log): (Metric, f64, bool)| {
            let measure = Measure { metric, subject: Subject::Gap };
            let histogram = &self.counts.histograms[layout.place(measure) * layout.years + last];
            Distribution::new(measure, layout.scenario.horizon(), threshold, log, histogram)
        };
        [(Metric::Ratio, layout.base.ratio, true), (Metric::Gap, layout.base.gap, false)]
            .into_iter()
            .filter_map(of)
            .collect()
    }

    /// How much the two paths of a draw are alike in a measure: for the ratio the share of the variance of its log that
    /// the assumptions explain, for others as much as it can be.
    fn clustering(&self, measure: Measure, year: usize) -> f64 {
        if self.layout.scenario.assumptions().iter().all(|assumption| assumption.law().is_fixed()) {
            return 0.0;
        }
        if !matches!(measure.metric, Metric::Ratio | Metric::LogRatio | Metric::Share) {
            return 1.0;
        }
        let logs = self.layout.place(Measure { metric: Metric::LogRatio, ..measure });
        self.counts.moments[logs * self.layout.years + year].share_from_assumptions().unwrap_or(1.0)
    }

    fn changes(&self, paths: u64) -> Vec<Change> {
        let Layout { scenario, base, .. } = self.layout;
        let mut changes = observed_changes(scenario);
        if base.log_deals_and_size.is_some() {
            changes.push(Change {
                from: scenario.base_year(),
                to: scenario.horizon(),
                decomposition: self.counts.terms.decomposition(scenario, paths),
                simulated: true,
            });
        }
        changes
    }
}

/// Replaces the error of every probability by what the answers of replicates show.
fn set_errors(summary: &mut Summary, counts: &Counts, layout: &Layout) {
    let paths = summary.paths / counts.answers.len() as u64;
    let set = |probability: &mut Probability, of: &dyn Fn(&Tallies) -> Tally| {
        let values: Vec<f64> = counts.answers.values().map(|part| of(part).yes as f64 / paths as f64).collect();
        probability.with_replicates(&values);
    };
    for (place, row) in summary.probabilities.iter_mut().enumerate() {
        set(&mut row.probability, &|part| part.questions[place]);
    }
    for (place, row) in summary.milestones.iter_mut().enumerate() {
        set(&mut row.reached_by, &|part| part.reached[place]);
    }
    for row in &mut summary.conditions {
        let year =
            usize::try_from(row.year - layout.scenario.base_year() - 1).expect("simulated years follow the base year");
        set(&mut row.probability, &|part| part.conditions[row.condition * layout.years + year]);
    }
}
