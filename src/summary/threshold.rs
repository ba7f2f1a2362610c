//! Path-wise thresholds: the value of an input at which each path begins to meet a condition, and the one at which a share
//! of all paths does.
//!
//! Between two designs that differ by one input, on the same random numbers, a path that does not meet the condition at the
//! first and meets it at the second has a threshold between them. Every metric of it is taken as linear in the input there, in
//! logs where the metric is positive: for the drift of a random walk that is exact. The value at which a share of the
//! paths meets the condition is then an order statistic of the thresholds, and its interval needs no law (Conover, 1999,
//! section 3.2). Only paths that change between the two designs are held in memory.

use std::ops::Range;

use crate::engine::{self, Block, Column, Observer, Settings};
use crate::measure::{Condition, When};
use crate::metric::{Levels, Values};

use super::conditions::ConditionOnPaths;
use super::objective::Variant;
use super::quantile_ranks;

/// A condition that a share of the paths has to meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Majority {
    /// What must hold on a path.
    pub condition: Condition,
    /// Year in which, or up to which, it is asked.
    pub year: i32,
    /// Whether it must fail instead.
    pub fails: bool,
    /// Share of the paths that has to meet it.
    pub share: f64,
}

/// Most paths whose thresholds are held: sixteen megabytes.
const MOST: usize = 1 << 21;

/// Where a share of the paths begins to meet a condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The value of the input.
    pub value: f64,
    /// Ends of its 95% interval of simulation; `None` where it reaches out of the two designs.
    pub interval: Option<(f64, f64)>,
    /// Whether no path changed the other way.
    pub monotone: bool,
}

impl Majority {
    /// Paths of so many that have to meet it, and the ranks of the ends of the 95% interval, from 1. The two paths of a draw
    /// count as one where assumptions are uncertain.
    #[must_use]
    pub fn ranks(&self, paths: u64, uncertain: bool) -> [u64; 3] {
        let need = (self.share * paths as f64 * (1.0 - 1e-12)).ceil().max(1.0) as u64;
        let independent = if uncertain { paths / 2 } else { paths };
        let (low, high, _) = quantile_ranks(independent.max(1), self.share, 0.95);
        let scale = paths as f64 / independent.max(1) as f64;
        let low = (low as f64 * scale).floor() as u64;
        let high = (high as f64 * scale).ceil() as u64;
        [low.min(need), need, high.max(need)]
    }
}

/// Finds the value of an input at which the condition's share is reached, between two designs that take `from` and `to`.
///
/// At `from` fewer paths meet it than the share, at `to` at least as many. `None` if that is not so, or if more paths
/// change than memory is given for: then the two are to be taken closer to each other.
#[must_use]
pub fn crossing(majority: &Majority, [from, to]: [(f64, &Variant); 2], settings: &Settings) -> Option<Crossing> {
    let mut pass = Pass::new(majority, [from.1, to.1]);
    engine::simulate(&[from.1.plan(), to.1.plan()], settings, &mut pass, &|_| {});
    let [low, need, high] = majority.ranks(settings.paths, from.1.plan().is_uncertain());
    let Pass { found: Found { mut shares, before, back, .. }, .. } = pass;
    if shares.len() > MOST || before >= need {
        return None;
    }
    shares.sort_unstable_by(f64::total_cmp);
    let at = |rank: u64| -> Option<f64> {
        let place = usize::try_from(rank.checked_sub(before + 1)?).ok()?;
        shares.get(place).map(|share| from.0 + share * (to.0 - from.0))
    };
    Some(Crossing { value: at(need)?, interval: at(low).zip(at(high)), monotone: back == 0 })
}

struct Pass<'a> {
    majority: &'a Majority,
    variants: [&'a Variant<'a>; 2],
    asked: [ConditionOnPaths; 2],
    /// Simulated years that are looked at, from 0.
    years: Range<usize>,
    found: Found,
}

/// What was found, and scratch columns.
struct Found {
    /// Shares of the way from the first design to the second at which paths change.
    shares: Vec<f64>,
    /// Paths that meet the condition at the first design.
    before: u64,
    /// Paths that meet it at the first design and not at the second.
    back: u64,
    levels: [Levels; 2],
    /// Values at the two designs, and those of the year before.
    values: [Column; 2],
    earlier: [Column; 2],
    answers: [Column<u64>; 2],
    /// By path, the share of the way at which it changes.
    change: Column,
}

impl<'a> Pass<'a> {
    fn new(majority: &'a Majority, variants: [&'a Variant<'a>; 2]) -> Self {
        let scenario = variants[0].scenario();
        let last = usize::try_from(majority.year - scenario.base_year() - 1).expect("a simulated year");
        // What is asked of one year alone needs that year; a multiple of the year before needs both.
        let alone = matches!(majority.condition.when, When::In(_) | When::EachYear)
            && !majority.condition.one_year_multiple
            && !majority.condition.metric.is_cumulative();
        let years = if alone { last..last + 1 } else { 0..last + 1 };
        let asked = variants.map(|it| ConditionOnPaths::new(it.scenario(), majority.condition.clone()));
        let found = Found::new(variants, &asked);
        Self { majority, variants, asked, years, found }
    }

    /// A value on the scale on which it is taken as linear in the input: logs of what is positive, log-odds of a share.
    fn scaled(&self, value: f64) -> f64 {
        if self.majority.condition.metric.values() == Values::Share {
            return libm::log(value / (1.0 - value));
        }
        let positive = !self.majority.condition.metric.may_be_negative() && self.majority.condition.threshold > 0.0;
        if positive { libm::log(value) } else { value }
    }
}

impl Found {
    fn new(variants: [&Variant; 2], asked: &[ConditionOnPaths; 2]) -> Self {
        let column = Column::default;
        let levels = [0, 1].map(|side: usize| {
            Levels::in_dollars(variants[side].scenario()).only(std::iter::once(asked[side].measure))
        });
        Self {
            shares: Vec::new(),
            before: 0,
            back: 0,
            levels,
            values: [column(), column()],
            earlier: [column(), column()],
            answers: Default::default(),
            change: column(),
        }
    }
}

impl Observer for Pass<'_> {
    type Counts = Found;
    type Sums = ();

    fn counts(&self) -> Found {
        Found::new(self.variants, &self.asked)
    }

    fn observe(&self, blocks: &[Block], found: &mut Found) {
        let rows = blocks[0].rows();
        let Majority { condition, fails, .. } = self.majority;
        // Of several years the first one that changes decides where some year is enough, and the last where every year
        // counts; where the condition has to fail it is the other way round.
        let of_some = (condition.when == When::SomeYear) != *fails;
        let only_last = matches!(condition.when, When::In(_) | When::EachYear);
        found.levels.iter_mut().for_each(Levels::restart);
        for side in [0, 1] {
            self.asked[side].begin(&mut found.answers[side], &mut found.earlier[side]);
        }
        found.change.fill(f64::NAN);
        for year in self.years.clone() {
            let earlier = condition.one_year_multiple.then(|| found.earlier.clone());
            for (side, block) in blocks.iter().enumerate() {
                found.levels[side].enter(block, year);
                let column = found.levels[side].column(self.asked[side].measure, &mut found.values[side]);
                let column: Vec<f64> = column[..rows].to_vec();
                self.asked[side].answer(&column, &mut found.answers[side][..rows], &mut found.earlier[side][..rows]);
                found.values[side][..rows].copy_from_slice(&column);
            }
            if only_last && year + 1 < self.years.end {
                continue;
            }
            let level = self.scaled(condition.threshold);
            for row in 0..rows {
                let [from, to] = [0, 1].map(|side: usize| {
                    let value = found.values[side][row];
                    self.scaled(earlier.as_ref().map_or(value, |earlier| value / earlier[side][row]))
                });
                let share = (level - from) / (to - from);
                if (0.0..=1.0).contains(&share) {
                    let known = found.change[row];
                    let next = if of_some { known.min(share) } else { known.max(share) };
                    found.change[row] = if known.is_nan() { share } else { next };
                }
            }
        }
        for row in 0..rows {
            let [from, to] = [0, 1].map(|side: usize| (found.answers[side][row] == 1) != *fails);
            match (from, to) {
                (true, true) => found.before += 1,
                (true, false) => {
                    found.before += 1;
                    found.back += 1;
                }
                (false, true) if found.shares.len() <= MOST => {
                    // A value that is infinite at one end changes somewhere on the way.
                    let share = found.change[row];
                    found.shares.push(if share.is_nan() { 0.5 } else { share });
                }
                _ => {}
            }
        }
    }

    fn absorb(&mut self, (): ()) {}

    fn finish(&mut self, other: Found) {
        self.found.shares.extend(other.shares);
        self.found.before += other.before;
        self.found.back += other.back;
    }
}
