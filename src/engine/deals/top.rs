//! The largest deals of a year, drawn from the top down: the first ten of all rows, then those of rows that have more.

use std::ops::Range;

use crate::counting::sizes::{ALWAYS, Shape};
use crate::random::{Indices, Key, Numbers, Run};
use crate::special;

use super::few::LANES;
use super::kernels::{add_sizes, complement, descend, keep_active, scale_sizes};
use super::{OneByOne, TOGETHER};
use crate::engine::yearly::When;

/// Deals that are always drawn, as a number of rows of scratch.
const FIRST: usize = ALWAYS as usize;

/// Deals that are drawn at once of rows that have more than ten large ones. Even, as two share a block of numbers.
const AHEAD: usize = 4;

/// Scratch of some rows whose next deals are drawn, few enough for all of it to stay in the fastest cache.
#[derive(Debug)]
pub(super) struct Batch {
    offsets: Vec<u32>,
    no_steps: Vec<u32>,
    counts: Vec<f64>,
    shapes: Vec<Shape>,
    sigma: Vec<f64>,
    log_scale: Vec<f64>,
    share: Vec<f64>,
    /// 1 while a row has a deal to draw, then 0.
    active: Vec<f64>,
    drawn: Vec<f64>,
    log_level: Vec<f64>,
    /// Deal by deal, a value a row each: survival levels, logs of sizes and sizes.
    survival: Vec<f64>,
    log_sizes: Vec<f64>,
    sizes: Vec<f64>,
    total: Vec<f64>,
    below: Vec<f64>,
    above: [Vec<f64>; 2],
}

impl Batch {
    pub fn new() -> Self {
        let column = || vec![0.0; TOGETHER];
        let deals = || vec![0.0; FIRST * TOGETHER];
        Self {
            offsets: vec![0; TOGETHER],
            no_steps: vec![0; TOGETHER],
            counts: column(),
            shapes: Vec::new(),
            sigma: column(),
            log_scale: column(),
            share: column(),
            active: column(),
            drawn: column(),
            log_level: column(),
            survival: deals(),
            log_sizes: deals(),
            sizes: deals(),
            total: column(),
            below: column(),
            above: [column(), column()],
        }
    }

    /// Starts the sums of the next deals.
    fn restart(&mut self, rows: usize) {
        let [above_100m, above_1bn] = &mut self.above;
        let zero = [&mut self.drawn, &mut self.total, &mut self.below, above_100m, above_1bn];
        zero.into_iter().for_each(|column| column[..rows].fill(0.0));
        self.active[..rows].fill(1.0);
    }

    /// Draws the next deals of scattered rows, of which some are drawn.
    fn draw_at(&mut self, numbers: Numbers, run: Run, rows: usize, drawn: usize) {
        let scattered = (&self.offsets[..rows], &self.no_steps[..rows]);
        for (block, pair) in (run.block..).zip(self.survival.chunks_exact_mut(2 * rows).take(AHEAD / 2)) {
            let (one, two) = pair.split_at_mut(rows);
            numbers.fill_run_at(Run { block, ..run }, scattered, one, two);
        }
        self.draw(rows, drawn as f64, AHEAD);
    }

    /// Draws the next deals of some rows from their uniforms, which stand where the survival levels will.
    fn draw(&mut self, rows: usize, drawn: f64, deals: usize) {
        let (survival, log_sizes) = (&mut self.survival[..deals * rows], &mut self.log_sizes[..deals * rows]);
        let sizes = &mut self.sizes[..deals * rows];
        let (counts, sigma, log_scale) = (&self.counts[..rows], &self.sigma[..rows], &self.log_scale[..rows]);
        special::logs_of_uniforms(survival);
        descend(drawn, counts, &mut self.log_level[..rows], survival);
        special::exps(survival, sizes);
        complement(sizes, survival);
        let far = if drawn == 0.0 { rows } else { 0 };
        if self.shapes.is_empty() {
            log_sizes.copy_from_slice(survival);
            normals(log_sizes, far);
            scale_sizes(sigma, log_scale, log_sizes);
        } else {
            let columns = || self.shapes.iter().zip(log_scale).cycle().zip(&*survival);
            log_sizes.iter_mut().zip(columns()).for_each(|(log, ((shape, _), survival))| *log = shape.rank(*survival));
            normals(log_sizes, far);
            for (log_size, ((shape, scale), survival)) in log_sizes.iter_mut().zip(columns()) {
                *log_size = scale + shape.log_size_of(*survival, *log_size);
            }
        }
        let (active, taken) = (&mut self.active[..rows], &mut self.drawn[..rows]);
        keep_active(drawn, counts, &self.share[..rows], survival, active, taken, log_sizes);
        special::exps(log_sizes, sizes);
        let [above_100m, above_1bn] = &mut self.above;
        let sums = [&mut self.total, &mut self.below, above_100m, above_1bn].map(|column| &mut column[..rows]);
        add_sizes(log_sizes, sizes, sums);
    }
}

/// Normals of uniforms, of which the first `far` are small ones.
fn normals(uniforms: &mut [f64], far: usize) {
    let (far, rest) = uniforms.split_at_mut(far);
    special::normals_far_out(far);
    special::normals(rest);
}

impl OneByOne {
    /// Draws the ten largest deals of every row, and notes the rows that have more of the large ones.
    pub(super) fn draw_first(&mut self, spacings: Key, numbers: Numbers, when: When, counts: &[f64]) {
        self.open.resize(counts.len(), 0);
        let mut open = 0;
        for (half, indices) in when.halves() {
            for start in half.clone().step_by(TOGETHER) {
                let chunk = start..half.end.min(start + TOGETHER);
                let first = indices.first + u64::from(indices.stride) * (start - half.start) as u64;
                self.batch.load(chunk.clone(), counts, [&self.sigma, &self.log_scale], &self.shapes);
                for (block, pair) in (0..).zip(self.batch.survival.chunks_exact_mut(2 * chunk.len()).take(FIRST / 2)) {
                    let (one, two) = pair.split_at_mut(chunk.len());
                    numbers.fill_run(Indices { first, ..indices }, when.year, spacings, block, one, two);
                }
                self.batch.draw(chunk.len(), 0.0, FIRST);
                self.store(chunk, counts, &mut open);
            }
        }
        self.open.truncate(open);
    }

    /// Takes over the first deals of some rows.
    fn store(&mut self, rows: Range<usize>, counts: &[f64], open: &mut usize) {
        let (batch, sums, length) = (&self.batch, &mut self.sums, rows.len());
        let largest = &batch.sizes[..length];
        let [above_100m, above_1bn] = &mut sums.above;
        let columns = [
            (&mut self.drawn, &batch.drawn[..length]),
            (&mut self.log_level, &batch.log_level[..length]),
            (&mut sums.largest, largest),
            (&mut sums.total, &batch.total[..length]),
            (&mut sums.top_ten, &batch.total[..length]),
            (&mut sums.below, &batch.below[..length]),
            (above_100m, &batch.above[0][..length]),
            (above_1bn, &batch.above[1][..length]),
        ];
        columns.into_iter().for_each(|(to, from)| to[rows.clone()].copy_from_slice(from));
        let tenth = &batch.survival[(FIRST - 1) * length..FIRST * length];
        let columns = self.level[rows.clone()].iter_mut().zip(&self.share[rows.clone()]).zip(tenth);
        for ((row, count), ((level, share), tenth)) in (rows.start as u32..).zip(&counts[rows]).zip(columns) {
            // The tenth is drawn in any case, so that the rest may begin below the share.
            *level = share.max(*tenth);
            // Without a branch, which nobody could foretell.
            self.open[*open] = row;
            *open += usize::from((*count > ALWAYS) & (tenth < share));
        }
    }

    /// Goes on with the rows that have more large deals than ten.
    pub(super) fn draw_further(&mut self, spacings: Key, numbers: Numbers, when: When, counts: &[f64]) {
        let mut open = std::mem::take(&mut self.open);
        let mut drawn = FIRST;
        while !open.is_empty() {
            let block = u32::try_from(drawn / 2).expect("far fewer are drawn");
            let run = Run { index: when.first, year: when.year, key: spacings, block };
            let mut kept = 0;
            for start in (0..open.len()).step_by(TOGETHER) {
                let rows = start..open.len().min(start + TOGETHER);
                let padded = self.gather(&open[rows.clone()], when, counts);
                self.batch.draw_at(numbers, run, padded, drawn);
                self.scatter(&open[rows.clone()]);
                for (place, at) in rows.enumerate() {
                    let has_more = self.batch.counts[place] > (drawn + AHEAD) as f64;
                    open[kept] = open[at];
                    kept += usize::from((self.batch.active[place] > 0.0) & has_more);
                }
            }
            open.truncate(kept);
            drawn += AHEAD;
        }
        self.open = open;
    }

    /// Takes some rows together; how many they are with the last one repeated to fill the lanes.
    fn gather(&mut self, rows: &[u32], when: When, counts: &[f64]) -> usize {
        let padded = rows.len().next_multiple_of(LANES);
        let mut filled = [*rows.last().expect("a chunk has a row"); TOGETHER];
        filled[..rows.len()].copy_from_slice(rows);
        let rows = &filled[..padded];
        let batch = &mut self.batch;
        let columns = [
            (&mut batch.counts, counts),
            (&mut batch.sigma, &self.sigma[..]),
            (&mut batch.log_scale, &self.log_scale),
            (&mut batch.share, &self.share),
            (&mut batch.log_level, &self.log_level),
        ];
        for (to, from) in columns {
            to.iter_mut().zip(rows).for_each(|(to, row)| *to = from[*row as usize]);
        }
        batch.offsets.iter_mut().zip(rows).for_each(|(offset, row)| *offset = when.offset(*row as usize));
        batch.shapes.clear();
        if !self.shapes.is_empty() {
            batch.shapes.extend(rows.iter().map(|row| self.shapes[*row as usize]));
        }
        batch.restart(padded);
        padded
    }

    fn scatter(&mut self, rows: &[u32]) {
        let (batch, sums) = (&self.batch, &mut self.sums);
        let [above_100m, above_1bn] = &mut sums.above;
        let columns = [
            (&mut self.drawn, &batch.drawn),
            (&mut sums.total, &batch.total),
            (&mut sums.below, &batch.below),
            (above_100m, &batch.above[0]),
            (above_1bn, &batch.above[1]),
        ];
        for (to, from) in columns {
            rows.iter().zip(from).for_each(|(row, value)| to[*row as usize] += value);
        }
        rows.iter().zip(&batch.log_level).for_each(|(row, level)| self.log_level[*row as usize] = *level);
    }
}

impl Batch {
    /// Starts with rows that stand next to each other and of which no deal is drawn yet.
    fn load(&mut self, rows: Range<usize>, counts: &[f64], law: [&[f64]; 2], shapes: &[Shape]) {
        let [sigma, log_scale] = law;
        let length = rows.len();
        self.counts[..length].copy_from_slice(&counts[rows.clone()]);
        self.sigma[..length].copy_from_slice(&sigma[rows.clone()]);
        self.log_scale[..length].copy_from_slice(&log_scale[rows.clone()]);
        self.shapes.clear();
        self.shapes.extend_from_slice(shapes.get(rows).unwrap_or_default());
        // Whatever their levels, the first ten are drawn.
        self.share[..length].fill(f64::INFINITY);
        self.log_level[..length].fill(0.0);
        self.restart(length);
    }
}
