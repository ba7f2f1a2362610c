//! Objectives with exact order statistics: the same paths once more, of which only the values around each wanted rank are
//! kept.
//!
//! A histogram tells in which bucket a rank lies and how many values come before it; a second look keeps the values of
//! that bucket and sorts them. Where a bucket holds more values than memory is given for, the histogram's value stays.

use crate::engine::{self, Block, Column, Observer, Plan, Settings};
use crate::metric::Levels;

use super::super::histogram::{Located, Ranks};
use super::super::order_statistics::CAPACITY;
use super::super::{Estimate, Histogram};
use super::evaluate::{Evaluation, counted};
use super::kinds::{Objective, Statistic};
use super::variant::Variant;

impl Objective {
    /// Evaluates objectives as [`Objective::evaluate`] does, with quantiles that are those of a full sort.
    #[must_use]
    pub fn evaluate_exactly(
        objectives: &[Self],
        variants: &[Variant],
        settings: &Settings,
    ) -> Vec<Vec<Option<Estimate>>> {
        let plans: Vec<&Plan> = variants.iter().map(Variant::plan).collect();
        let mut evaluation = Evaluation::new(objectives, variants, settings);
        engine::simulate(&plans, settings, &mut evaluation, &|_| {});
        let mut estimates = evaluation.estimates();
        let mut pass = Pass { variants, objectives, wanted: Vec::new(), kept: Vec::new() };
        for (place, _) in variants.iter().enumerate() {
            for (asked, objective) in objectives.iter().enumerate() {
                if let (Objective::Statistic { statistic: Statistic::Quantile(p), .. }, Some(_)) =
                    (objective, estimates[place][asked])
                {
                    pass.wanted.extend(Wanted::new((place, asked), evaluation.histogram(place, asked), *p));
                }
            }
        }
        pass.kept = vec![Vec::new(); pass.wanted.len()];
        if pass.wanted.is_empty() {
            return estimates;
        }
        engine::simulate(&plans, settings, &mut pass, &|_| {});
        for (wanted, mut values) in pass.wanted.iter().zip(pass.kept) {
            values.sort_unstable_by(f64::total_cmp);
            let (place, asked) = wanted.of;
            if let (Some(found), Some(estimate)) =
                (wanted.quantile(&values, &objectives[asked]), &mut estimates[place][asked])
            {
                estimate.value = found;
            }
        }
        estimates
    }
}

/// A quantile of one objective of one variant, and the interval that its values lie in.
struct Wanted {
    of: (usize, usize),
    /// Ranks that it lies between, from 0, and its share of the way.
    ranks: [u64; 2],
    share: f64,
    /// Least and greatest value of the buckets of both ranks.
    interval: (f64, f64),
    /// Values below the interval.
    before: u64,
}

impl Wanted {
    /// Nothing where a rank is infinite, zero, or in a bucket of too many values.
    fn new(of: (usize, usize), histogram: &Histogram, p: f64) -> Option<Self> {
        let mut values = Ranks::of(histogram);
        let last = values.defined().checked_sub(1)?;
        let rank = last as f64 * p;
        let below = (rank.floor() as u64).min(last);
        let ranks = [below, (below + 1).min(last)];
        let [first, second] = ranks.map(|rank| match values.locate(rank) {
            Located::Bucket { least, greatest, before, count } => Some((least, greatest, before, before + count)),
            Located::Value(_) => None,
        });
        let (first, second) = (first?, second?);
        let most = CAPACITY / 64;
        (second.3 - first.2 <= most).then_some(Self {
            of,
            ranks,
            share: rank - rank.floor(),
            interval: (first.0, second.1),
            before: first.2,
        })
    }

    /// The quantile of type 7 from the values of the interval in rising order.
    fn quantile(&self, values: &[f64], objective: &Objective) -> Option<f64> {
        let Objective::Statistic { measure, .. } = objective else { return None };
        let rising = counted(*measure).1;
        let at = |rank: u64| values.get(usize::try_from(rank.checked_sub(self.before)?).ok()?).copied().map(rising);
        let (low, high) = (at(self.ranks[0])?, at(self.ranks[1])?);
        Some(if self.share == 0.0 || low == high { low } else { low + (high - low) * self.share })
    }
}

/// One more look at the same paths.
struct Pass<'a> {
    variants: &'a [Variant<'a>],
    objectives: &'a [Objective],
    wanted: Vec<Wanted>,
    /// By wanted quantile, the values of its interval.
    kept: Vec<Vec<f64>>,
}

/// What a worker keeps, and its scratch columns.
struct Kept {
    levels: Vec<Levels>,
    column: Column,
    values: Vec<Vec<f64>>,
}

impl Observer for Pass<'_> {
    type Counts = Kept;
    type Sums = ();

    fn counts(&self) -> Kept {
        let measures = || {
            self.objectives.iter().filter_map(|objective| match objective {
                Objective::Statistic { measure, .. } => Some(counted(*measure).0),
                _ => None,
            })
        };
        let levels = self.variants.iter().map(|it| Levels::new(it.scenario()).only(measures())).collect();
        Kept { levels, column: Column::default(), values: vec![Vec::new(); self.wanted.len()] }
    }

    fn observe(&self, blocks: &[Block], kept: &mut Kept) {
        for (place, (variant, block)) in self.variants.iter().zip(blocks).enumerate() {
            let levels = &mut kept.levels[place];
            levels.restart();
            for (index, year) in variant.scenario().years().enumerate() {
                let now = |wanted: &Wanted| wanted.of.0 == place && self.objectives[wanted.of.1].year() == year;
                let cumulative = self.objectives.iter().any(|it| {
                    matches!(it, Objective::Statistic { measure, year: last, .. } if measure.metric.is_cumulative() && *last >= year)
                });
                if !cumulative && !self.wanted.iter().any(now) {
                    continue;
                }
                levels.enter(block, index);
                for (wanted, values) in self.wanted.iter().zip(&mut kept.values).filter(|(wanted, _)| now(wanted)) {
                    let Objective::Statistic { measure, .. } = &self.objectives[wanted.of.1] else { continue };
                    let (least, greatest) = wanted.interval;
                    let column = levels.column(counted(*measure).0, &mut kept.column);
                    values.extend(column.iter().copied().filter(|value| *value >= least && *value <= greatest));
                }
            }
        }
    }

    fn absorb(&mut self, (): ()) {}

    fn finish(&mut self, other: Kept) {
        self.kept.iter_mut().zip(other.values).for_each(|(all, more)| all.extend(more));
    }
}
