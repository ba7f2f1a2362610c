//! Streams of random numbers: where the uniforms of an address come from, for the paths of a block.

use std::ops::Range;
use std::sync::Arc;

use crate::random::quasi::Quasi;
use crate::random::{Indices, Key, Numbers, Run};

use super::settings::Settings;

/// Which paths of which year.
#[derive(Clone, Copy, Debug)]
pub(super) struct When {
    /// Index of the block's first path.
    pub first: u64,
    /// Draws of the block.
    pub draws: usize,
    /// Calendar year of the step.
    pub year: i32,
}

impl When {
    /// How far the path of a row is from the block's first: even paths stand in the first half, odd ones in the second.
    #[inline(always)]
    pub(crate) fn offset(&self, row: usize) -> u32 {
        let offset = if row < self.draws { 2 * row } else { 2 * (row - self.draws) + 1 };
        u32::try_from(offset).expect("a block has a few thousand paths")
    }

    /// Index of the block's first draw.
    pub(crate) fn first_draw(&self) -> u64 {
        self.first / 2
    }

    /// Rows and indices of the two halves.
    pub(crate) fn halves(&self) -> [(Range<usize>, Indices); 2] {
        let half = |half: usize| {
            (half * self.draws..(half + 1) * self.draws, Indices { first: self.first + half as u64, stride: 2 })
        };
        [half(0), half(1)]
    }
}

/// Which numbers an address is drawn from; A and B are two independent sets of one seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StreamKey {
    /// Those of a plain run.
    A,
    /// Independent ones.
    B,
    /// None: one half everywhere.
    Median,
}

/// Uniforms by their addresses: random ones, or one half everywhere, which makes every quantile a median.
#[derive(Clone, Copy, Debug)]
pub(super) enum Uniforms {
    /// The numbers of a seed.
    Random(Numbers),
    /// One half, whatever the address.
    Median,
}

impl Uniforms {
    /// Fills a column with the uniforms that have no year.
    pub(crate) fn fill(self, indices: Indices, key: Key, column: &mut [f64]) {
        match self {
            Self::Random(numbers) => numbers.fill(indices, key, column),
            Self::Median => column.fill(0.5),
        }
    }

    /// Fills two columns with the uniforms of an even year and of the year after it.
    pub(crate) fn fill_years(self, indices: Indices, even_year: i32, key: Key, even: &mut [f64], odd: &mut [f64]) {
        match self {
            Self::Random(numbers) => numbers.fill_years(indices, even_year, key, even, odd),
            Self::Median => [even, odd].into_iter().for_each(|column| column.fill(0.5)),
        }
    }

    /// Fills two columns with numbers `2 block` and `2 block + 1` of the runs of a year.
    pub(crate) fn fill_run(
        self,
        indices: Indices,
        year: i32,
        key: Key,
        block: u32,
        first: &mut [f64],
        second: &mut [f64],
    ) {
        match self {
            Self::Random(numbers) => numbers.fill_run(indices, year, key, block, first, second),
            Self::Median => [first, second].into_iter().for_each(|column| column.fill(0.5)),
        }
    }

    /// Fills two columns with numbers of runs, each row with its own offset of the index and step of the block.
    pub(crate) fn fill_run_at(self, run: Run, scattered: (&[u32], &[u32]), first: &mut [f64], second: &mut [f64]) {
        match self {
            Self::Random(numbers) => numbers.fill_run_at(run, scattered, first, second),
            Self::Median => [first, second].into_iter().for_each(|column| column.fill(0.5)),
        }
    }
}

/// The uniforms of one key: coordinates of points where an address has some, numbers by address elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    /// Numbers by address, which runs of single deals are always taken from.
    pub uniforms: Uniforms,
    points: Option<Arc<Quasi>>,
}

impl Stream {
    fn new(seed: u64, points: Option<Arc<Quasi>>) -> Self {
        Self { uniforms: Uniforms::Random(Numbers::new(seed)), points }
    }

    fn median() -> Self {
        Self { uniforms: Uniforms::Median, points: None }
    }

    /// Points that take the place of numbers by address.
    pub(crate) fn points(&self) -> Option<&Quasi> {
        self.points.as_deref()
    }

    /// Fills a column, a value a draw, with the numbers of an assumption from draw `first` on.
    pub(crate) fn fill_draws(&self, key: Key, first: u64, column: &mut [f64]) {
        if !self.points().is_some_and(|points| points.fill_draws(key, first, column)) {
            self.uniforms.fill(Indices { first, stride: 1 }, key, column);
        }
    }

    /// Fills a column, a value a row, with the numbers of an address that has no year.
    pub(crate) fn fill_once(&self, key: Key, when: When, column: &mut [f64]) {
        if !self.points().is_some_and(|points| points.fill_once(key, when.first_draw(), column)) {
            for (rows, indices) in when.halves() {
                self.uniforms.fill(indices, key, &mut column[rows]);
            }
        }
    }

    /// Fills a column, a value a row, with coordinates of one year; false where numbers are addressed.
    pub(crate) fn fill_year(&self, key: Key, when: When, column: &mut [f64]) -> bool {
        self.points().is_some_and(|points| points.fill_year(key, when.year, when.first_draw(), column))
    }
}

/// Turns a seed into another one; the golden ratio in 64 bits, as in splitmix64.
const SEED_OF_B: u64 = 0x9e37_79b9_7f4a_7c15;

/// The streams of a run.
#[derive(Clone, Debug)]
pub(super) struct Streams {
    a: Stream,
    b: Stream,
    median: Stream,
}

impl Streams {
    /// Streams of a run; where anything is drawn with B, its points are further dimensions of those of A.
    pub(crate) fn of_run(settings: &Settings, draws_with_b: bool) -> Self {
        let a = settings.points().cloned();
        let b = a.as_ref().filter(|_| draws_with_b).and_then(|points| points.further()).map(Arc::new);
        let seed = settings.seed;
        Self { a: Stream::new(seed, a), b: Stream::new(seed ^ SEED_OF_B, b), median: Stream::median() }
    }

    /// The stream of a key.
    pub(crate) fn of(&self, key: StreamKey) -> &Stream {
        match key {
            StreamKey::A => &self.a,
            StreamKey::B => &self.b,
            StreamKey::Median => &self.median,
        }
    }
}
