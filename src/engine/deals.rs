//! Deals one by one for a block of paths, in columns: the largest deals from the top down, then the rest as sums.

mod bands;
mod few;
mod kernels;
mod rest;
mod top;
mod year;

use crate::counting::logs_of_counts;
use crate::counting::sizes::{Shape, drawn_share};
use crate::random::Key;

use super::column::Column;
use super::stream::{Uniforms, When};
pub(super) use kernels::funding_and_size;
use kernels::{scales_and_shares, shares_and_billions};
use rest::{Body, Rest};
use top::{Spacings, Top};
use year::{Sums, Year};

/// What the deals of a region and year were, a value a row.
#[derive(Clone, Debug)]
pub struct DealColumns {
    rows: usize,
    years: Vec<[Column; 5]>,
}

impl DealColumns {
    pub(super) fn new(years: usize) -> Self {
        let columns = || std::array::from_fn(|_| Column::default());
        Self { rows: 0, years: (0..years).map(|_| columns()).collect() }
    }

    /// Makes room for so many paths.
    pub(super) fn restart(&mut self, rows: usize) {
        self.rows = rows;
    }

    /// The columns of a year, to be written.
    pub(super) fn year_mut(&mut self, year: usize) -> &mut [Column; 5] {
        &mut self.years[year]
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

/// Draws the single deals of one region and year at a time.
#[derive(Debug)]
pub(super) struct OneByOne {
    year: Year,
    top: Top,
    rest: Rest,
}

impl OneByOne {
    pub(crate) fn new() -> Self {
        Self { year: Year::new(), top: Top::new(), rest: Rest::new() }
    }

    /// Draws the deals of a year: `counts` of them with mean size `exp(log_mean)` in $m for each row; writes the log of their
    /// total in $m.
    pub(crate) fn draw(
        &mut self,
        law: &Law,
        (uniforms, when): (Uniforms, When),
        counts: &[f64],
        log_mean: &[f64],
        out: &mut [Column; 5],
        log_totals: &mut [f64],
    ) {
        let rows = counts.len();
        self.prepare(law, when, counts, log_mean);
        let spacings = Spacings { uniforms, key: law.spacings, when };
        self.top.draw_first(&mut self.year, spacings, counts);
        self.top.draw_further(&mut self.year, spacings, counts);
        self.rest.add(&mut self.year, Body { uniforms, key: law.body, when }, counts);
        let Sums { total, largest, top_ten, above: [above_100m, above_1bn], below } = &mut self.year.sums;
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
        let year = &mut self.year;
        let rows = counts.len();
        year.shapes.clear();
        for half in [0..when.draws, when.draws..rows] {
            year.sigma[half].copy_from_slice(&law.sigma[..when.draws]);
        }
        let (log_scale, share) = (&mut year.log_scale[..rows], &mut year.share[..rows]);
        if law.tail_share == 0.0 && law.cap.is_none() {
            scales_and_shares(&year.sigma[..rows], log_mean, counts, log_scale, share);
            return;
        }
        for (row, sigma) in year.sigma[..rows].iter().enumerate() {
            let shape = match law.cap {
                Some(cap) => Shape::capped(*sigma, law.tail_share, cap[row % when.draws], log_mean[row]),
                None => Shape::new(*sigma, law.tail_share, f64::INFINITY),
            };
            log_scale[row] = log_mean[row] - shape.log_moment(1);
            share[row] = drawn_share(counts[row], shape.tail_share());
            year.shapes.push(shape);
        }
    }
}
