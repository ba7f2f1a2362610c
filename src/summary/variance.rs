//! Products of a path's value under several designs: what variance shares (Sobol', 1993; Owen, 2014) are made of.
//!
//! Designs side by side share some random numbers and draw others anew, so that the mean product of a path's values under
//! two of them, less the product of their means, is the variance that what they share explains.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::engine::{self, Block, Column, Observer, PATHS_PER_BLOCK, Plan, Settings};
use crate::measure::Condition;
use crate::metric::{Levels, Measure};

use super::conditions::ConditionOnPaths;
use super::objective::Variant;

/// The value of a path whose variance is divided.
#[derive(Clone, Debug, PartialEq)]
pub enum PathValue {
    /// Natural log of a measure in a year.
    Log(Measure, i32),
    /// A measure in a year.
    Value(Measure, i32),
    /// One where a condition holds in a year, or up to it, and zero elsewhere.
    Holds(Condition, i32),
}

impl PathValue {
    fn year(&self) -> i32 {
        match self {
            Self::Log(_, year) | Self::Value(_, year) | Self::Holds(_, year) => *year,
        }
    }

    fn measure(&self) -> Option<Measure> {
        match self {
            Self::Log(measure, _) | Self::Value(measure, _) => Some(*measure),
            Self::Holds(..) => None,
        }
    }
}

/// Parts of a run whose estimates are held against each other: scrambles of points, or runs of blocks.
pub const PARTS: usize = 16;

/// Sums of products over paths: of all of them, and of all but each part.
#[derive(Clone, Debug, PartialEq)]
pub struct Products {
    designs: usize,
    /// Number of paths, sums by design, sums of products by pair of designs: without each part, and behind these of all.
    without: Vec<Sums>,
    /// Whether every part has paths of its own.
    has_parts: bool,
    /// Paths whose value is no number under some design.
    pub undefined: u64,
}

/// What some parts of a run have summed, for [`Products::merged`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductsPart {
    parts: Vec<Sums>,
    undefined: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Sums {
    #[serde(with = "super::bits::one")]
    count: f64,
    #[serde(with = "super::bits::many")]
    values: Vec<f64>,
    #[serde(with = "super::bits::many")]
    products: Vec<f64>,
}

impl Products {
    /// Fewest paths of which every part has a block of its own, however they are divided.
    pub const FEWEST_PATHS: usize = PARTS * PATHS_PER_BLOCK;

    /// Simulates designs side by side.
    #[must_use]
    pub fn of(value: &PathValue, variants: &[Variant], settings: &Settings) -> Self {
        Self::merged(variants.len(), [Self::of_parts(value, variants, settings, 0..PARTS)])
    }

    /// Sums of some of the [`PARTS`] parts of a run, to be merged with those of the others.
    #[must_use]
    pub fn of_parts(value: &PathValue, variants: &[Variant], settings: &Settings, parts: Range<usize>) -> ProductsPart {
        let plans: Vec<&Plan> = variants.iter().map(Variant::plan).collect();
        let found = ProductsPart { parts: vec![Sums::new(variants.len()); parts.len()], undefined: 0 };
        let mut pass = Pass { value, variants, settings, first: parts.start, found };
        let [start, end] = [parts.start, parts.end].map(|part| first_path(part, settings.paths));
        if start < end {
            engine::simulate_from(&plans, &settings.up_to(end), start, &mut pass, &|_| {});
        }
        pass.found
    }

    /// All parts of a run of so many designs, in their order, as one.
    #[must_use]
    pub fn merged(designs: usize, found: impl IntoIterator<Item = ProductsPart>) -> Self {
        let (mut parts, mut undefined) = (Vec::new(), 0);
        for some in found {
            parts.extend(some.parts);
            undefined += some.undefined;
        }
        parts.resize(PARTS, Sums::new(designs));
        let but = |left_out: Option<usize>| {
            let mut sums = Sums::new(designs);
            parts.iter().enumerate().filter(|(part, _)| Some(*part) != left_out).for_each(|(_, part)| sums.add(part));
            sums
        };
        let without = (0..PARTS).map(Some).chain([None]).map(but).collect();
        Self { designs, without, has_parts: parts.iter().all(|part| part.count > 1.0), undefined }
    }

    /// Products of values that are given path by path, a column of one length for each design.
    #[must_use]
    pub fn of_columns(columns: &[Vec<f64>]) -> Self {
        let rows = columns.first().map_or(0, Vec::len);
        let of_part = |part: usize| {
            let own = rows * part / PARTS..rows * (part + 1) / PARTS;
            let values: Vec<Vec<f64>> = columns.iter().map(|column| column[own.clone()].to_vec()).collect();
            let (sums, undefined) = Sums::of(&values);
            ProductsPart { parts: vec![sums], undefined }
        };
        Self::merged(columns.len(), (0..PARTS).map(of_part))
    }

    /// Mean of a path's value under a design: of all paths, or of all but a part.
    #[must_use]
    pub fn mean(&self, without: Option<usize>, design: usize) -> f64 {
        let sums = &self.without[without.unwrap_or(PARTS)];
        sums.values[design] / sums.count
    }

    /// Mean product of a path's values under two designs.
    #[must_use]
    pub fn product(&self, without: Option<usize>, a: usize, b: usize) -> f64 {
        let sums = &self.without[without.unwrap_or(PARTS)];
        sums.products[a * self.designs + b] / sums.count
    }

    /// Covariance of a path's values under two designs.
    #[must_use]
    pub fn covariance(&self, without: Option<usize>, a: usize, b: usize) -> f64 {
        self.product(without, a, b) - self.mean(without, a) * self.mean(without, b)
    }

    /// Correlation of a path's values under two designs of one law, with the mean and the variance of both together (Janon and
    /// others, 2014).
    ///
    /// Where a few paths carry most of a variance, they are in it and in the covariance alike, and most of their chance cancels:
    /// a variance from other paths would have large ones of its own.
    #[must_use]
    pub fn correlation(&self, without: Option<usize>, a: usize, b: usize) -> f64 {
        let m = 0.5 * (self.mean(without, a) + self.mean(without, b));
        let square = 0.5 * (self.product(without, a, a) + self.product(without, b, b));
        (self.product(without, a, b) - m * m) / (square - m * m)
    }

    /// Whether every part has paths of its own, so that they can be held against each other.
    #[must_use]
    pub fn has_parts(&self) -> bool {
        self.has_parts
    }
}

impl Sums {
    fn new(designs: usize) -> Self {
        Self { count: 0.0, values: vec![0.0; designs], products: vec![0.0; designs * designs] }
    }

    /// Sums of some paths, and how many are left out because a value is no number under some design.
    fn of(columns: &[Vec<f64>]) -> (Self, u64) {
        let rows = columns.first().map_or(0, Vec::len);
        let whole: Vec<bool> = (0..rows).map(|row| columns.iter().all(|column| column[row].is_finite())).collect();
        let mut sums = Self::new(columns.len());
        sums.count = whole.iter().filter(|it| **it).count() as f64;
        let kept = |column: &[f64]| -> Vec<f64> {
            column.iter().zip(&whole).map(|(value, whole)| if *whole { *value } else { 0.0 }).collect()
        };
        let columns: Vec<Vec<f64>> = columns.iter().map(|column| kept(column)).collect();
        for (a, first) in columns.iter().enumerate() {
            sums.values[a] = first.iter().sum();
            for (b, second) in columns.iter().enumerate().skip(a) {
                let product: f64 = first.iter().zip(second).map(|(x, y)| x * y).sum();
                sums.products[a * columns.len() + b] = product;
                sums.products[b * columns.len() + a] = product;
            }
        }
        let undefined = rows as u64 - sums.count as u64;
        (sums, undefined)
    }

    fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.values.iter_mut().zip(&other.values).for_each(|(sum, more)| *sum += more);
        self.products.iter_mut().zip(&other.products).for_each(|(sum, more)| *sum += more);
    }
}

/// First path of the first block of a part: a block is of the part that its first path lies in.
fn first_path(part: usize, paths: u64) -> u64 {
    let block = PATHS_PER_BLOCK as u64;
    // The first whole block that begins at or behind `part / PARTS` of all paths.
    (part as u64 * paths).div_ceil(PARTS as u64).next_multiple_of(block).min(paths)
}

struct Pass<'a> {
    value: &'a PathValue,
    variants: &'a [Variant<'a>],
    settings: &'a Settings,
    /// First part that is summed.
    first: usize,
    found: ProductsPart,
}

/// Scratch columns of a worker, by design.
struct Scratch(Vec<(Levels, Column, ConditionScratch)>);

/// The condition that is asked, answers so far and values of the year before.
type ConditionScratch = Option<(ConditionOnPaths, Column<u64>, Column)>;

impl Pass<'_> {
    /// The value of each path of a block under one design.
    fn values(
        &self,
        place: usize,
        block: &Block,
        (levels, column, asked): &mut (Levels, Column, ConditionScratch),
    ) -> Vec<f64> {
        let scenario = self.variants[place].scenario();
        let rows = block.rows();
        levels.restart();
        if let Some((condition, answers, before)) = asked {
            condition.begin(answers, before);
        }
        let cumulative = self.value.measure().is_some_and(|it| it.metric.is_cumulative());
        for (index, year) in scenario.years().enumerate() {
            if year > self.value.year() || (year < self.value.year() && asked.is_none() && !cumulative) {
                continue;
            }
            levels.enter(block, index);
            if let Some((condition, answers, before)) = asked {
                let values = levels.column(condition.measure, column);
                condition.answer(values, &mut answers[..rows], &mut before[..rows]);
            }
        }
        match self.value {
            PathValue::Value(measure, _) => levels.column(*measure, column).to_vec(),
            PathValue::Log(measure, _) => levels.column(*measure, column).iter().map(|it| libm::log(*it)).collect(),
            PathValue::Holds(..) => {
                let answers = asked.as_ref().map(|(_, answers, _)| &answers[..rows]).unwrap_or_default();
                answers.iter().map(|it| *it as f64).collect()
            }
        }
    }
}

impl Observer for Pass<'_> {
    type Counts = Scratch;
    type Sums = (usize, Sums, u64);

    fn counts(&self) -> Scratch {
        let of = |variant: &Variant| {
            let scenario = variant.scenario();
            match self.value {
                PathValue::Holds(condition, _) => {
                    let asked = ConditionOnPaths::new(scenario, condition.clone());
                    let levels = Levels::in_dollars(scenario).only(std::iter::once(asked.measure));
                    (levels, Column::default(), Some((asked, Column::default(), Column::default())))
                }
                PathValue::Log(measure, _) | PathValue::Value(measure, _) => {
                    (Levels::new(scenario).only(std::iter::once(*measure)), Column::default(), None)
                }
            }
        };
        Scratch(self.variants.iter().map(of).collect())
    }

    fn observe(&self, blocks: &[Block], Scratch(scratch): &mut Scratch) -> Self::Sums {
        let columns: Vec<Vec<f64>> = blocks
            .iter()
            .zip(scratch)
            .enumerate()
            .map(|(place, (block, own))| self.values(place, block, own))
            .collect();
        let (sums, undefined) = Sums::of(&columns);
        // Parts are runs of paths one behind the other, which on points are the scrambles.
        let part = blocks[0].first_path() as u128 * PARTS as u128 / u128::from(self.settings.paths);
        (usize::try_from(part).expect("a small number"), sums, undefined)
    }

    fn absorb(&mut self, (part, sums, undefined): Self::Sums) {
        self.found.parts[part - self.first].add(&sums);
        self.found.undefined += undefined;
    }

    fn finish(&mut self, _: Scratch) {}
}
