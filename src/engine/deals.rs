//! Deals one by one for a block of paths: the largest in columns, the rest row by row.

use crate::counting::sizes::{ALWAYS, Deals, Shape, drawn_share, next_level};
use crate::random::{Key, Numbers};
use crate::special;

use super::PATHS_PER_BLOCK;
use super::yearly::When;

/// Largest deals that are drawn for all rows together; rows that need more go on alone.
const TOGETHER: usize = 16;

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

/// Scratch columns of one region and year.
#[derive(Debug)]
pub(super) struct OneByOne {
    log_level: Vec<f64>,
    uniforms: [Vec<f64>; 2],
    log_sizes: Vec<f64>,
    survival: Vec<f64>,
    rows: Vec<Row>,
}

/// A row in the making.
#[derive(Clone, Copy, Debug)]
struct Row {
    shape: Shape,
    log_scale: f64,
    count: f64,
    /// Survival level from which on deals are added up.
    share: f64,
    drawn: f64,
    /// Level below which the rest lies, once it is known.
    level: f64,
    active: bool,
    deals: Deals,
}

/// The law of a region's deals for the rows of a block.
pub(super) struct Law<'a> {
    pub sigma: &'a [f64],
    pub tail_share: f64,
    pub cap: Option<&'a [f64]>,
    pub spacings: Key,
    pub body: Key,
}

impl OneByOne {
    pub fn new() -> Self {
        let column = || vec![0.0; PATHS_PER_BLOCK];
        Self {
            log_level: column(),
            uniforms: [column(), column()],
            log_sizes: column(),
            survival: column(),
            rows: Vec::with_capacity(PATHS_PER_BLOCK),
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
        self.rows.clear();
        for row in 0..rows {
            let draw = row % when.draws;
            let shape = match law.cap {
                Some(cap) => Shape::capped(law.sigma[draw], law.tail_share, cap[draw], log_mean[row]),
                None => Shape::new(law.sigma[draw], law.tail_share, f64::INFINITY),
            };
            self.rows.push(Row {
                shape,
                log_scale: log_mean[row] - shape.log_moment(1),
                count: counts[row],
                share: drawn_share(counts[row], shape.tail_share()),
                drawn: 0.0,
                level: 0.0,
                active: counts[row] > 0.0,
                deals: Deals::default(),
            });
        }
        self.log_level[..rows].fill(0.0);
        for pair in 0..TOGETHER / 2 {
            for (half, indices) in when.halves() {
                let [first, second] = &mut self.uniforms;
                let block = u32::try_from(pair).expect("few");
                numbers.fill_run(indices, when.year, law.spacings, block, &mut first[half.clone()], &mut second[half]);
            }
            for place in 0..2 {
                self.step(2 * pair + place, place, rows);
            }
        }
        for (row, state) in self.rows.iter_mut().enumerate() {
            let path = when.path(row);
            let mut log_level = self.log_level[row];
            while state.active {
                let k = state.drawn as u32;
                let u = numbers.run(path, when.year, law.spacings, k);
                log_level = next_level(log_level, special::ln(u), state.count - state.drawn);
                let survival = 1.0 - special::exp(log_level);
                if state.accepts(survival) {
                    let log_size = state.shape.log_size(survival) + state.log_scale;
                    state.take(survival, log_size);
                }
            }
            let left = state.count - state.drawn;
            if left > 0.0 {
                let uniform = |k: u32| numbers.run(path, when.year, law.body, k);
                state.deals.add_rest(&state.shape, state.log_scale, state.level, left, uniform);
            }
            totals[row] = state.deals.total;
            let deals = &state.deals;
            let share = deals.top_ten / deals.total;
            let values = [deals.largest, share, deals.above[0], deals.above[1], deals.below_100m / 1000.0];
            out.iter_mut().zip(values).for_each(|(column, value)| column[row] = value);
        }
    }

    /// Draws the next largest deal of every row that still has one to draw.
    fn step(&mut self, drawn: usize, place: usize, rows: usize) {
        let drawn = drawn as f64;
        let uniforms = &self.uniforms[place];
        for ((log_level, uniform), state) in self.log_level[..rows].iter_mut().zip(uniforms).zip(&self.rows) {
            // Rows that are done keep their level.
            let left = (state.count - drawn).max(1.0);
            let level = next_level(*log_level, special::ln(*uniform), left);
            *log_level = if state.active { level } else { *log_level };
        }
        for (survival, level) in self.survival[..rows].iter_mut().zip(&self.log_level) {
            *survival = (1.0 - special::exp(*level)).clamp(1e-300, 1.0 - f64::EPSILON);
        }
        for (row, log_size) in self.log_sizes[..rows].iter_mut().enumerate() {
            *log_size = self.rows[row].shape.rank(self.survival[row]);
        }
        special::normals(&mut self.log_sizes[..rows]);
        for (row, state) in self.rows.iter_mut().enumerate() {
            if state.active {
                let survival = self.survival[row];
                if state.accepts(survival) {
                    let log_size = state.shape.log_size_of(survival, self.log_sizes[row]) + state.log_scale;
                    state.take(survival, log_size);
                }
            }
        }
    }
}

impl Row {
    /// Whether a deal at this survival level is drawn one by one; if not, the rest lies below the row's share.
    #[inline(always)]
    fn accepts(&mut self, survival: f64) -> bool {
        if self.drawn >= ALWAYS && survival >= self.share {
            self.active = false;
            self.level = self.share;
            return false;
        }
        true
    }

    #[inline(always)]
    fn take(&mut self, survival: f64, log_size: f64) {
        self.deals.add(self.drawn, log_size);
        self.drawn += 1.0;
        if self.drawn >= self.count {
            self.active = false;
        } else if self.drawn >= ALWAYS && survival >= self.share {
            // The tenth deal already lies below the level that was to be drawn: what is left lies below it.
            self.active = false;
            self.level = survival;
        }
    }
}
