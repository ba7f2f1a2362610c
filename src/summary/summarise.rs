//! From counts to what they say: fans, probabilities, milestones and what moved the gap.

use crate::engine::Settings;
use crate::measure::When;
use crate::metric::{Measure, Metric, Milestone, Subject};
use crate::parallel;

use super::counts::{Counts, Sums, Tallies};
use super::decomposition::Decomposition;
use super::distribution::Distribution;
use super::histogram::{Ranks, whole};
use super::layout::Layout;
use super::moments::Moments;
use super::precision::Errors;
use super::probability::{Probability, Tally};
use super::{
    Change, ConditionRow, FINE_LEVELS, FanRow, LEVELS, MilestoneRow, PLACES, QuestionRow, Spread, Summary,
    observed_changes, observed_years,
};
use super::{replicate_error, within_draw};

/// What all paths of a run say.
pub(super) fn summary(layout: &Layout, counts: &Counts, settings: &Settings) -> Summary {
    let all = counts.all_sums(layout);
    let errors = if counts.edges.is_empty() {
        Errors::of_paths(alike(layout, counts, settings))
    } else {
        Errors::OfReplicates(&counts.edges)
    };
    let mut summary = Summarised { layout, counts, all, errors }.summary(settings);
    if !counts.edges.is_empty() {
        set_errors(&mut summary, counts, layout);
    }
    summary
}

/// By cell, how alike the two paths of a draw are at each quantile: not at all where nothing but luck is uncertain.
fn alike(layout: &Layout, counts: &Counts, settings: &Settings) -> Vec<[f64; LEVELS.len()]> {
    if !layout.scenario.draws_differ() {
        return vec![[0.0; LEVELS.len()]; layout.cells()];
    }
    let quantiles = parallel::map(layout.cells(), |cell| counts.histograms[cell].quantiles(LEVELS));
    within_draw::at_quantiles(layout, settings, &quantiles)
}

/// Counts beside what they are of.
struct Summarised<'a> {
    layout: &'a Layout<'a>,
    counts: &'a Counts,
    /// Sums of all replicates together.
    all: Sums,
    errors: Errors<'a>,
}

impl Summarised<'_> {
    fn summary(&self, settings: &Settings) -> Summary {
        let layout = self.layout;
        let tallies = &self.all.answers;
        let uncertain = layout.scenario.draws_differ();
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
            on_points: settings.points().is_some(),
            fan: self.fan(),
            probabilities: probabilities.collect(),
            milestones: milestones.collect(),
            conditions: self.answers(tallies, &years, &probability),
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
        let moments = &self.all.moments[place * years + year];
        let shown = measure.moments(scenario);
        let is_whole = measure.is_whole(scenario);
        let as_shown = |value: f64| if is_whole { whole(value) } else { value };
        let kurtosis = if shown.mean || shown.sd { histogram.kurtosis(rising) } else { None };
        let kurtosis = kurtosis.map(|kurtosis| kurtosis.in_unit(measure.metric.unit()));
        let errors = [moments.standard_error(), kurtosis.and_then(|kurtosis| moments.error_of_sd(kurtosis.stated))];
        let [mean_error, sd_error] = match self.of_replicates(place * years + year) {
            // Replicates lack the same far ends as the whole.
            Some([of_mean, of_sd]) => [of_mean, of_sd.zip(kurtosis).map(|(error, kurtosis)| kurtosis.widened(error))],
            None => errors,
        };
        let fine = ranks.quantiles(FINE_LEVELS).map(|quantiles| quantiles.map(rising).map(as_shown));
        Spread {
            mean: moments.mean().filter(|_| shown.mean),
            sd: moments.sd().filter(|_| shown.sd),
            moment_errors: [mean_error.filter(|_| shown.mean), sd_error.filter(|_| shown.sd)],
            effective_paths: kurtosis.map(|kurtosis| histogram.defined() as f64 / kurtosis.stated),
            quantiles: fine.map(|fine| PLACES.map(|place| fine[place])),
            fine,
            errors: match &self.errors {
                Errors::OfPaths(known, alike) => known.errors(&mut ranks, &alike[cell], rising, is_whole),
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

    /// Errors of mean and standard deviation that replicates of points show.
    fn of_replicates(&self, cell: usize) -> Option<[Option<f64>; 2]> {
        let parts = || self.counts.sums.values().map(|sums| &sums.moments[cell]);
        let error = |of: fn(&Moments) -> Option<f64>| {
            let values: Option<Vec<f64>> = parts().map(of).collect();
            values.map(|values| replicate_error::error(&values)).filter(|error| error.is_finite())
        };
        (!self.counts.edges.is_empty()).then(|| [error(Moments::mean), error(Moments::sd)])
    }

    /// Errors of the terms that replicates of points show, or independent draws. Those in dollars lack the same far ends as
    /// the funding that they are parts of.
    fn errors_of_terms(&self, paths: u64) -> Decomposition {
        let gap = self.layout.scenario.gap();
        let unseen = [gap.lead(), gap.follow()].map(|region| {
            let place = self.layout.place(Measure { metric: Metric::Funding, subject: Subject::Region(region) });
            let last = &self.counts.histograms[(place + 1) * self.layout.years - 1];
            last.kurtosis(|value| value).map_or(1.0, |kurtosis| kurtosis.unseen)
        });
        self.counted_errors_of_terms(paths).with_wider_dollars(unseen)
    }

    fn counted_errors_of_terms(&self, paths: u64) -> Decomposition {
        let scenario = self.layout.scenario;
        if self.counts.edges.is_empty() {
            return self.all.terms.errors(scenario, paths);
        }
        let paths = paths / self.counts.sums.len() as u64;
        let parts: Vec<Decomposition> =
            self.counts.sums.values().map(|sums| sums.terms.decomposition(scenario, paths)).collect();
        Decomposition::from_each(&parts, replicate_error::error)
    }

    fn changes(&self, paths: u64) -> Vec<Change> {
        let Layout { scenario, base, .. } = self.layout;
        let mut changes = observed_changes(scenario);
        if base.log_deals_and_size.is_some() {
            changes.push(Change {
                from: scenario.base_year(),
                to: scenario.horizon(),
                decomposition: self.all.terms.decomposition(scenario, paths),
                simulated: true,
                errors: Some(self.errors_of_terms(paths)),
            });
        }
        changes
    }
}

/// Replaces the error of every probability by what the answers of replicates show.
fn set_errors(summary: &mut Summary, counts: &Counts, layout: &Layout) {
    let paths = summary.paths / counts.sums.len() as u64;
    let set = |probability: &mut Probability, of: &dyn Fn(&Tallies) -> Tally| {
        let values: Vec<f64> = counts.sums.values().map(|part| of(&part.answers).yes as f64 / paths as f64).collect();
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
