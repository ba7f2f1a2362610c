//! Deals one by one for a block of paths, in columns: the largest deals from the top down, then the rest as sums.

mod bands;
mod few;
mod kernels;
mod rest;
mod top;

use crate::counting::logs_of_counts;
use crate::counting::sizes::{Shape, drawn_share};
use crate::random::{Key, Numbers};

use super::column::Column;
use super::yearly::When;
pub(super) use kernels::funding_and_size;
use kernels::{scales_and_shares, shares_and_billions};
use rest::{Body, Rest};
use top::Top;

/// Rows that are drawn together: few enough for all their columns to stay in the fastest cache.
const TOGETHER: usize = 256;

/// What the deals of a region and year were, a value a row.
#[derive(Clone, Debug)]
pub struct DealColumns {
    pub(super) rows: usize,
    pub(super) years: Vec<[Column; 5]>,
}

impl DealColumns {
    pub(super) fn new(years: usize) -> Self {
        let columns = || std::array::from_fn(|_| Column::default());
        Self { rows: 0, years: (0..years).map(|_| columns()).collect() }
    }

    fn column(&self, year: usize, which: usize) -> &[f64] {
        &self.years[year][which][..self.rows]
    }

    /// The largest deal of a simulated year, $m.
    #[must_use]
    pub fn largest(&self, year: usize) -> &[f64] {
        self.column(year, 0)
    }

    /// The ten largest deals as a share of the year's total; undefined in a year without a deal.
    #[must_use]
    pub fn top_ten_share(&self, year: usize) -> &[f64] {
        self.column(year, 1)
    }

    /// Deals above $100m.
    #[must_use]
    pub fn above_100m(&self, year: usize) -> &[f64] {
        self.column(year, 2)
    }

    /// Deals above $1bn.
    #[must_use]
    pub fn above_1bn(&self, year: usize) -> &[f64] {
        self.column(year, 3)
    }

    /// Sum of the deals up to $100m, $bn.
    #[must_use]
    pub fn below_100m(&self, year: usize) -> &[f64] {
        self.column(year, 4)
    }
}

/// The law of a region's deals for the rows of a block.
pub(super) struct Law<'a> {
    pub sigma: &'a [f64],
    pub tail_share: f64,
    pub cap: Option<&'a [f64]>,
    pub spacings: Key,
    pub body: Key,
}

/// Scratch columns of one region and year.
#[derive(Debug)]
pub(super) struct OneByOne {
    /// Where the law is not plainly lognormal.
    shapes: Vec<Shape>,
    sigma: Column,
    log_scale: Column,
    /// Survival level from which on deals are added up.
    share: Column,
    drawn: Column,
    log_level: Column,
    /// Survival level below which the rest lies.
    level: Column,
    top: Top,
    rest: Rest,
    sums: Sums,
}

/// What is summed up row by row.
#[derive(Debug)]
struct Sums {
    total: Column,
    largest: Column,
    top_ten: Column,
    above: [Column; 2],
    below: Column,
}

impl OneByOne {
    pub fn new() -> Self {
        let column = Column::default;
        Self {
            shapes: Vec::new(),
            sigma: column(),
            log_scale: column(),
            share: column(),
            drawn: column(),
            log_level: column(),
            level: column(),
            top: Top::new(),
            rest: Rest::new(),
            sums: Sums {
                total: column(),
                largest: column(),
                top_ten: column(),
                above: [column(), column()],
                below: column(),
            },
        }
    }

    /// Draws the deals of a year: `counts` of them with mean size `log_mean` ($m) a row; writes the log of the
    /// total ($m).
    pub fn draw(
        &mut self,
        law: &Law,
        (numbers, when): (Numbers, When),
        counts: &[f64],
        log_mean: &[f64],
        out: &mut [Column; 5],
        log_totals: &mut [f64],
    ) {
        let rows = counts.len();
        self.prepare(law, when, counts, log_mean);
        self.draw_first(law.spacings, numbers, when, counts);
        self.draw_further(law.spacings, numbers, when, counts);
        self.add_rest(Body { numbers, key: law.body, when }, counts);
        let Sums { total, largest, top_ten, above: [above_100m, above_1bn], below } = &mut self.sums;
        logs_of_counts(&total[..rows], log_totals);
        let [out_largest, out_share, out_100m, out_1bn, out_below] = out;
        // All columns are as long as a block, and written anew for every year.
        std::mem::swap(out_largest, largest);
        std::mem::swap(out_100m, above_100m);
        std::mem::swap(out_1bn, above_1bn);
        shares_and_billions([&top_ten[..rows], &total[..rows], &below[..rows]], out_share, out_below);
    }

    /// Scales and shares of all rows, and their shapes where the law is not plainly lognormal.
    fn prepare(&mut self, law: &Law, when: When, counts: &[f64], log_mean: &[f64]) {
        let rows = counts.len();
        self.shapes.clear();
        for half in [0..when.draws, when.draws..rows] {
            self.sigma[half].copy_from_slice(&law.sigma[..when.draws]);
        }
        let (log_scale, share) = (&mut self.log_scale[..rows], &mut self.share[..rows]);
        if law.tail_share == 0.0 && law.cap.is_none() {
            scales_and_shares(&self.sigma[..rows], log_mean, counts, log_scale, share);
            return;
        }
        for (row, sigma) in self.sigma[..rows].iter().enumerate() {
            let shape = match law.cap {
                Some(cap) => Shape::capped(*sigma, law.tail_share, cap[row % when.draws], log_mean[row]),
                None => Shape::new(*sigma, law.tail_share, f64::INFINITY),
            };
            log_scale[row] = log_mean[row] - shape.log_moment(1);
            share[row] = drawn_share(counts[row], shape.tail_share());
            self.shapes.push(shape);
        }
    }
}
