//! The observer that counts what objectives need, variant by variant, and the estimates made of it.

use std::ops::Range;

use crate::engine::{self, Block, Column, Observer, Plan, Settings};
use crate::metric::{Base, Levels, Measure, Question, Standing};
use crate::random::quasi::REPLICATES;

use super::super::conditions::ConditionOnPaths;
use super::super::histogram::whole;
use super::super::precision::{enclosing, half_width, widened};
use super::super::{Estimate, Histogram, Probability, Z_95, replicate_error, within_draw};
use super::kinds::{Objective, Statistic};
use super::record::{Record, Seen};
use super::variant::Variant;

/// Variants that are simulated side by side: enough to share what they have in common, few enough for their blocks to stay
/// near the processor.
const AT_ONCE: usize = 16;

impl Objective {
    /// Evaluates objectives on variants side by side: for each variant, an estimate for each objective.
    ///
    /// `None` where there is no such number: a mean that does not exist, a quantile of paths of which none is defined.
    /// On points, errors are what the replicates show.
    ///
    /// # Panics
    /// If a year asked of is not a simulated year of every variant.
    #[must_use]
    pub fn evaluate(objectives: &[Self], variants: &[Variant], settings: &Settings) -> Vec<Vec<Option<Estimate>>> {
        let together = |variants: &[Variant]| {
            let plans: Vec<&Plan> = variants.iter().map(Variant::plan).collect();
            let mut evaluation = Evaluation::new(objectives, variants, settings);
            engine::simulate(&plans, settings, &mut evaluation, &|_| {});
            evaluation.estimates()
        };
        variants.chunks(AT_ONCE).flat_map(together).collect()
    }
}

/// Objectives on variants side by side.
pub(super) struct Evaluation<'a> {
    objectives: &'a [Objective],
    variants: Vec<Prepared<'a>>,
    settings: &'a Settings,
    /// By variant and objective.
    records: Vec<Vec<Record>>,
}

/// What is known of a variant before its paths.
struct Prepared<'a> {
    variant: &'a Variant<'a>,
    base: Base,
    /// By objective, the condition it asks.
    conditions: Vec<Option<ConditionOnPaths>>,
    /// Simulated years, from 0, that must be looked at.
    years: Vec<usize>,
    /// Draws of a replicate, on points.
    draws_of_replicate: Option<u64>,
}

/// Counts and scratch columns of a worker, variant by variant.
pub(super) struct Counts(Vec<VariantCounts>);

struct VariantCounts {
    levels: Levels,
    /// Nominal dollars, which conditions speak of.
    dollars: Levels,
    records: Vec<Record>,
    column: Column,
    lowest_lead: Column,
    /// By objective, answers so far as 0 or 1, and the values of the year before.
    answers: Vec<(Column<u64>, Column)>,
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(objectives: &'a [Objective], all: &'a [Variant<'a>], settings: &'a Settings) -> Self {
        let prepared = |variant| Prepared::new(objectives, variant, settings);
        let variants: Vec<Prepared> = all.iter().map(prepared).collect();
        let records = variants.iter().map(|prepared| vec![prepared.record(); objectives.len()]).collect();
        Self { objectives, variants, settings, records }
    }

    /// What was counted of an objective of a variant.
    pub(super) fn histogram(&self, variant: usize, objective: usize) -> &Histogram {
        &self.records[variant][objective].whole.histogram
    }

    /// An estimate for each variant and objective.
    pub(crate) fn estimates(&self) -> Vec<Vec<Option<Estimate>>> {
        let of_variant = |(prepared, records): (&Prepared, &Vec<Record>)| {
            let pairs = self.objectives.iter().zip(records);
            pairs.map(|(objective, record)| prepared.estimate(objective, record, self.settings)).collect()
        };
        self.variants.iter().zip(&self.records).map(of_variant).collect()
    }
}

/// The measure whose values are counted for another, and the rising function between them.
pub(super) fn counted(measure: Measure) -> (Measure, fn(f64) -> f64) {
    match measure.metric.rises_with() {
        Some((metric, rising)) => (Measure { metric, ..measure }, rising),
        None => (measure, |value| value),
    }
}

impl<'a> Prepared<'a> {
    fn new(objectives: &[Objective], variant: &'a Variant<'a>, settings: &Settings) -> Self {
        let index = |objective: &Objective| {
            usize::try_from(objective.year() - variant.scenario().base_year() - 1).expect("a simulated year")
        };
        // Conditions, sums since the base year and events so far need every year up to theirs.
        let past = objectives.iter().any(|objective| match objective {
            Objective::Statistic { measure, .. } => measure.metric.is_cumulative(),
            Objective::Question { question, .. } => *question == Question::TrailerAheadSoFar,
            Objective::Condition { .. } => true,
        });
        let mut years: Vec<usize> = objectives.iter().map(index).collect();
        if let (true, Some(last)) = (past, years.iter().max()) {
            years = (0..=*last).collect();
        }
        years.sort_unstable();
        years.dedup();
        let condition = |objective: &Objective| match objective {
            Objective::Condition { condition, .. } => {
                Some(ConditionOnPaths::new(variant.scenario(), condition.clone()))
            }
            _ => None,
        };
        let draws = settings.paths / 2 / REPLICATES;
        Self {
            variant,
            base: Base::new(variant.scenario()),
            conditions: objectives.iter().map(condition).collect(),
            years,
            draws_of_replicate: settings.points().is_some().then_some(draws.max(1)),
        }
    }

    fn record(&self) -> Record {
        let replicates = if self.draws_of_replicate.is_some() { REPLICATES as usize } else { 0 };
        Record::new(replicates)
    }

    /// Whether the two paths of a draw may be alike, and errors are those of independent draws.
    fn is_clustered(&self) -> bool {
        self.draws_of_replicate.is_none() && self.variant.plan().is_uncertain()
    }

    /// Calendar year of a simulated one.
    fn calendar(&self, year: usize) -> i32 {
        self.variant.scenario().base_year() + 1 + i32::try_from(year).expect("a horizon is a calendar year")
    }

    /// Replicates in a block, with the draws of each among those of the block.
    fn pieces(&self, block: &Block) -> Vec<(usize, Range<usize>)> {
        let Some(length) = self.draws_of_replicate else { return Vec::new() };
        let (first, draws) = (block.first_path() / 2, block.draws() as u64);
        let replicates = first / length..(first + draws).div_ceil(length);
        let within = |draw: u64| usize::try_from(draw.clamp(first, first + draws) - first).expect("a small block");
        let piece = |it: u64| (it as usize, within(it * length)..within((it + 1) * length));
        replicates.filter(|it| *it < REPLICATES).map(piece).collect()
    }

    /// Looks at a block.
    fn observe(&self, objectives: &[Objective], block: &Block, counts: &mut VariantCounts) {
        let rows = block.rows();
        let pieces = self.pieces(block);
        let VariantCounts { levels, dollars, records, column: scratch, lowest_lead, answers } = counts;
        levels.restart();
        dollars.restart();
        lowest_lead.fill(f64::INFINITY);
        for (asked, (answers, before)) in self.conditions.iter().zip(&mut *answers) {
            if let Some(asked) = asked {
                asked.begin(answers, before);
            }
        }
        for year in self.years.iter().copied() {
            levels.enter(block, year);
            if self.conditions.iter().any(Option::is_some) {
                dollars.enter(block, year);
            }
            let leads = levels.gap().iter().map(|gap| self.base.lead_of(*gap));
            lowest_lead.iter_mut().zip(leads).for_each(|(lowest, lead)| *lowest = lowest.min(lead));
            for (place, objective) in objectives.iter().enumerate() {
                let (asked_now, record) = (objective.year() == self.calendar(year), &mut records[place]);
                match objective {
                    Objective::Statistic { statistic: Statistic::Mean, measure, .. } if asked_now => {
                        record.sum(&pieces, levels.column(*measure, scratch));
                    }
                    Objective::Statistic { statistic: Statistic::Sd, measure, .. } if asked_now => {
                        record.sum(&pieces, levels.column(*measure, scratch));
                        record.count(&pieces, levels.column(counted(*measure).0, scratch));
                    }
                    Objective::Statistic { statistic: Statistic::Quantile(_), measure, .. } if asked_now => {
                        let column = levels.column(counted(*measure).0, scratch);
                        record.count(&pieces, column);
                        if self.is_clustered() && block.first_path() < within_draw::MOST_PATHS {
                            record.keep(column);
                        }
                    }
                    Objective::Question { question, .. } if asked_now => {
                        let (answers, _) = &mut answers[place];
                        self.answer(*question, block, levels, (lowest_lead, &mut answers[..rows]));
                        record.tally(&pieces, &answers[..rows]);
                    }
                    Objective::Condition { year: last, .. } if self.calendar(year) <= *last => {
                        let asked = self.conditions[place].as_ref().expect("a condition is asked");
                        let (answers, before) = &mut answers[place];
                        let column = dollars.column(asked.measure, scratch);
                        asked.answer(column, &mut answers[..rows], &mut before[..rows]);
                        if asked_now {
                            record.tally(&pieces, &answers[..rows]);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Answers a built-in question on every path, each against its own base year.
    fn answer(&self, question: Question, block: &Block, levels: &Levels, (lowest, answers): (&[f64], &mut [u64])) {
        let gap = self.variant.scenario().gap();
        let shifts = [gap.lead(), gap.follow()].map(|region| block.base_shift(region));
        let columns = levels.gap().iter().zip(levels.ratio()).zip(lowest);
        for (row, (((gap, ratio), lowest), answer)) in columns.zip(answers).enumerate() {
            let [lead, follow] = shifts.map(|shift| shift.map_or(0.0, |[_, funding]| funding[row]));
            let base = if lead == 0.0 && follow == 0.0 { self.base } else { self.base.moved(lead, follow) };
            let path = Standing { gap: *gap, ratio: *ratio, lowest_lead: *lowest };
            *answer = u64::from(question.holds(path, &base));
        }
    }

    fn estimate(&self, objective: &Objective, record: &Record, settings: &Settings) -> Option<Estimate> {
        let value = self.value(objective, &record.whole, settings.paths)?;
        if let Some(draws) = self.draws_of_replicate {
            let of = |seen: &Seen| self.value(objective, seen, 2 * draws).unwrap_or(f64::NAN);
            let values: Vec<f64> = record.replicates.iter().map(of).collect();
            return Some(Estimate { value, error: replicate_error::error(&values) });
        }
        let error = match objective {
            Objective::Statistic { statistic: Statistic::Mean, .. } => record.whole.moments.standard_error(),
            Objective::Statistic { statistic: Statistic::Sd, measure, .. } => {
                let Seen { moments, histogram, .. } = &record.whole;
                let kurtosis = histogram.kurtosis(counted(*measure).1);
                kurtosis.and_then(|it| moments.error_of_sd(it.in_unit(measure.metric.unit()).stated))
            }
            Objective::Statistic { statistic: Statistic::Quantile(p), measure, .. } => {
                self.error_of_quantile(*measure, record, *p)
            }
            _ => {
                let uncertain = self.variant.plan().is_uncertain();
                Some(Probability::new(record.whole.tally, settings.paths, uncertain).estimate().error)
            }
        };
        Some(Estimate { value, error: error.unwrap_or(f64::INFINITY) })
    }

    /// The value of an objective over so many paths.
    fn value(&self, objective: &Objective, seen: &Seen, paths: u64) -> Option<f64> {
        let scenario = self.variant.scenario();
        match objective {
            Objective::Statistic { statistic: Statistic::Mean, measure, .. } => {
                seen.moments.mean().filter(|_| measure.moments(scenario).mean)
            }
            Objective::Statistic { statistic: Statistic::Sd, measure, .. } => {
                seen.moments.sd().filter(|_| measure.moments(scenario).sd)
            }
            Objective::Statistic { statistic: Statistic::Quantile(p), measure, .. } => {
                let value = counted(*measure).1(seen.histogram.quantile(*p)?);
                Some(if measure.is_whole(scenario) { whole(value) } else { value })
            }
            _ => Some(seen.tally.yes as f64 / paths as f64),
        }
    }

    /// Half the width of the 95% interval of a quantile over 1.96, for how alike the two paths of a draw are there.
    fn error_of_quantile(&self, measure: Measure, record: &Record, p: f64) -> Option<f64> {
        let (histogram, rising) = (&record.whole.histogram, counted(measure).1);
        let quantile = histogram.quantile(p)?;
        let alike = if self.is_clustered() { record.alike(quantile) } else { 0.0 };
        let places = widened(enclosing(histogram.defined(), p), p, alike);
        let [low, high] = histogram.quantiles(places.map(|place| place.clamp(0.0, 1.0)))?;
        let is_whole = measure.is_whole(self.variant.scenario());
        let ends = [low, quantile, high].map(rising).map(|end| if is_whole { whole(end) } else { end });
        Some(half_width(places, ends, is_whole) / Z_95)
    }
}

impl Observer for Evaluation<'_> {
    type Counts = Counts;
    type Sums = ();

    fn counts(&self) -> Counts {
        let measures = || {
            self.objectives.iter().filter_map(|objective| match objective {
                Objective::Statistic { measure, .. } => Some([*measure, counted(*measure).0]),
                _ => None,
            })
        };
        let of_variant = |prepared: &Prepared| VariantCounts {
            levels: Levels::new(prepared.variant.scenario()).only(measures().flatten()),
            dollars: Levels::in_dollars(prepared.variant.scenario())
                .only(prepared.conditions.iter().flatten().map(|asked| asked.measure)),
            records: vec![prepared.record(); self.objectives.len()],
            column: Column::default(),
            lowest_lead: Column::default(),
            answers: self.objectives.iter().map(|_| Default::default()).collect(),
        };
        Counts(self.variants.iter().map(of_variant).collect())
    }

    fn observe(&self, blocks: &[Block], Counts(counts): &mut Counts) {
        for ((prepared, block), counts) in self.variants.iter().zip(blocks).zip(counts) {
            prepared.observe(self.objectives, block, counts);
        }
    }

    fn absorb(&mut self, (): ()) {}

    fn finish(&mut self, Counts(counts): Counts) {
        let records = counts.into_iter().flat_map(|counts| counts.records);
        self.records.iter_mut().flatten().zip(records).for_each(|(total, record)| total.merge(&record));
    }
}
