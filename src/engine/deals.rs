//! Deals one by one for a block of paths, in columns: the largest deals from the top down, then the rest as sums.

mod kernels;
mod top;

use crate::counting::binomial_at;
use crate::counting::sizes::{Band, Deals, NUMBERS, Shape, THRESHOLDS, drawn_share};
use crate::random::{Key, Numbers};
use crate::special;

use super::PATHS_PER_BLOCK;
use super::yearly::When;
use kernels::partial_moments;
use top::Batch;

/// Rows that are drawn together: few enough for all their columns to stay in the fastest cache.
const TOGETHER: usize = 128;

/// What the deals of a region and year were, a value a row.
#[derive(Clone, Debug)]
pub struct DealColumns {
    pub(super) rows: usize,
    pub(super) years: Vec<[Vec<f64>; 5]>,
}

impl DealColumns {
    pub(super) fn new(years: usize) -> Self {
        let columns = || std::array::from_fn(|_| vec![0.0; PATHS_PER_BLOCK]);
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
    sigma: Vec<f64>,
    log_scale: Vec<f64>,
    /// Survival level from which on deals are added up.
    share: Vec<f64>,
    drawn: Vec<f64>,
    log_level: Vec<f64>,
    /// Survival level below which the rest lies.
    level: Vec<f64>,
    /// Rows that have more large deals.
    open: Vec<u32>,
    batch: Batch,
    survival: Vec<f64>,
    log_sizes: Vec<f64>,
    uniforms: [Vec<f64>; 4],
    sums: Sums,
    bands: [Vec<Band>; 2],
}

/// What is summed up row by row.
#[derive(Debug)]
struct Sums {
    total: Vec<f64>,
    largest: Vec<f64>,
    top_ten: Vec<f64>,
    above: [Vec<f64>; 2],
    below: Vec<f64>,
}

impl OneByOne {
    pub fn new() -> Self {
        let column = || vec![0.0; PATHS_PER_BLOCK];
        Self {
            shapes: Vec::new(),
            sigma: column(),
            log_scale: column(),
            share: column(),
            drawn: column(),
            log_level: column(),
            level: column(),
            open: Vec::new(),
            batch: Batch::new(),
            survival: column(),
            log_sizes: column(),
            uniforms: std::array::from_fn(|_| column()),
            sums: Sums {
                total: column(),
                largest: column(),
                top_ten: column(),
                above: [column(), column()],
                below: column(),
            },
            bands: [vec![Band::default(); PATHS_PER_BLOCK], vec![Band::default(); PATHS_PER_BLOCK]],
        }
    }

    /// Draws the deals of a year: `counts` of them with mean size `log_mean` ($m) a row; writes the total ($m).
    pub fn draw(
        &mut self,
        law: &Law,
        (numbers, when): (Numbers, When),
        counts: &[f64],
        log_mean: &[f64],
        out: &mut [Vec<f64>; 5],
        totals: &mut [f64],
    ) {
        let rows = counts.len();
        self.prepare(law, when, counts, log_mean);
        self.draw_first(law.spacings, numbers, when, counts);
        self.draw_further(law.spacings, numbers, when, counts);
        self.add_rest(law, numbers, when, counts);
        let Sums { total, largest, top_ten, above, below } = &self.sums;
        totals.copy_from_slice(&total[..rows]);
        out[0][..rows].copy_from_slice(&largest[..rows]);
        for ((share, top_ten), total) in out[1].iter_mut().zip(top_ten).zip(&total[..rows]) {
            *share = top_ten / total;
        }
        out[2][..rows].copy_from_slice(&above[0][..rows]);
        out[3][..rows].copy_from_slice(&above[1][..rows]);
        out[4].iter_mut().zip(&below[..rows]).for_each(|(out, below)| *out = below / 1000.0);
    }

    fn prepare(&mut self, law: &Law, when: When, counts: &[f64], log_mean: &[f64]) {
        let rows = counts.len();
        self.shapes.clear();
        let plain = law.tail_share == 0.0 && law.cap.is_none();
        for row in 0..rows {
            let draw = if row < when.draws { row } else { row - when.draws };
            let sigma = law.sigma[draw];
            self.sigma[row] = sigma;
            if plain {
                self.log_scale[row] = log_mean[row] - 0.5 * sigma * sigma;
                self.share[row] = drawn_share(counts[row], 0.0);
            } else {
                let shape = match law.cap {
                    Some(cap) => Shape::capped(sigma, law.tail_share, cap[draw], log_mean[row]),
                    None => Shape::new(sigma, law.tail_share, f64::INFINITY),
                };
                self.log_scale[row] = log_mean[row] - shape.log_moment(1);
                self.share[row] = drawn_share(counts[row], shape.tail_share());
                self.shapes.push(shape);
            }
        }
    }

    /// Adds the deals that were not drawn, as sums with the right cumulants.
    fn add_rest(&mut self, law: &Law, numbers: Numbers, when: When, counts: &[f64]) {
        let rows = counts.len();
        for pair in 0..2 {
            for (half, indices) in when.halves() {
                let [a, b, c, d] = &mut self.uniforms;
                let (first, second) = if pair == 0 { (a, b) } else { (c, d) };
                let block = u32::try_from(pair).expect("two");
                numbers.fill_run(indices, when.year, law.body, block, &mut first[half.clone()], &mut second[half]);
            }
        }
        let log_high = &mut self.log_sizes[..rows];
        if self.shapes.is_empty() {
            for (high, level) in log_high.iter_mut().zip(&self.level) {
                *high = if *level < 1.0 { *level } else { 0.5 };
            }
            special::normals(log_high);
            log_high.iter_mut().zip(&self.sigma).for_each(|(high, sigma)| *high *= -sigma);
        } else {
            for ((high, shape), level) in log_high.iter_mut().zip(&self.shapes).zip(&self.level) {
                *high = shape.log_size(if *level < 1.0 { *level } else { 0.5 });
            }
        }
        let [high, low] = &mut self.bands;
        partial_moments(log_high, &self.sigma, &mut high[..rows]);
        for (edge, scale) in self.survival[..rows].iter_mut().zip(&self.log_scale) {
            *edge = THRESHOLDS[0] - scale;
        }
        partial_moments(&self.survival[..rows], &self.sigma, &mut low[..rows]);
        // The ranks of the sums and of the first count, as normals; the count's uniform is kept for the exact decision.
        let [rest, count, sum, count_rank] = &mut self.uniforms;
        count_rank[..rows].copy_from_slice(&count[..rows]);
        for column in [rest, sum, count_rank] {
            special::normals(&mut column[..rows]);
        }
        for (row, count) in counts.iter().enumerate() {
            let left = count - self.drawn[row];
            if left > 0.0 {
                let path = when.path(row);
                let uniforms = |k: u32, pairs: &mut [[f64; 2]]| {
                    numbers.fill_own_run(path, when.year, law.body, k / 2, pairs);
                };
                self.add_row(row, left, uniforms);
            }
        }
    }

    /// Adds the `left` deals of a row below the drawn ones, in bands that end at the thresholds.
    fn add_row(&mut self, row: usize, left: f64, uniforms: impl Fn(u32, &mut [[f64; 2]])) {
        let (sigma, log_scale) = (self.sigma[row], self.log_scale[row]);
        let scale = special::exp(log_scale);
        let mut deals = self.sums.deals(row);
        let [rest_rank, count_uniform, sum_rank, count_rank] = &self.uniforms;
        let (mut left, mut log_high) = (left, self.log_sizes[row]);
        let mut high = self.bands[0][row];
        for (place, threshold) in THRESHOLDS.into_iter().enumerate().rev() {
            let log_low = threshold - log_scale;
            if log_low >= log_high || left <= 0.0 {
                continue;
            }
            let (low, ranks) = if place == 0 {
                (self.bands[1][row], [count_uniform[row], count_rank[row], sum_rank[row]])
            } else {
                // Deals above $1bn among those that are added up are rare, and looked at one row at a time.
                let mut pair = [[0.0; 2]];
                uniforms(NUMBERS.bands[place][0], &mut pair);
                let [count, sum] = pair[0];
                let ranks = [count, special::normal_quantile(count), special::normal_quantile(sum)];
                (Shape::new(sigma, 0.0, f64::INFINITY).band(log_low), ranks)
            };
            let inside = ((high.0[0] - low.0[0]) / high.0[0]).clamp(0.0, 1.0);
            let count = binomial_at(ranks[0], ranks[1], left, inside);
            let edges = (sigma, log_low, log_high);
            let sum =
                high.without(&low).sum(edges, count, ranks[2], |pairs| uniforms(NUMBERS.few[place], pairs)) * scale;
            deals.total += sum;
            deals.above[..=place].iter_mut().for_each(|above| *above += count);
            (left, log_high, high) = (left - count, log_low, low);
        }
        let sum = high
            .sum((sigma, f64::NEG_INFINITY, log_high), left, rest_rank[row], |pairs| uniforms(NUMBERS.few_rest, pairs))
            * scale;
        deals.total += sum;
        deals.below_100m += sum;
        self.sums.set(row, &deals);
    }
}

impl Sums {
    fn deals(&self, row: usize) -> Deals {
        Deals {
            total: self.total[row],
            largest: self.largest[row],
            top_ten: self.top_ten[row],
            above: [self.above[0][row], self.above[1][row]],
            below_100m: self.below[row],
        }
    }

    fn set(&mut self, row: usize, deals: &Deals) {
        self.total[row] = deals.total;
        self.largest[row] = deals.largest;
        self.top_ten[row] = deals.top_ten;
        [self.above[0][row], self.above[1][row]] = deals.above;
        self.below[row] = deals.below_100m;
    }
}
