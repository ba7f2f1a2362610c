//! The largest deals of a year, drawn from the top down: the first ten of all rows, and more where there are few deals
//! or a Pareto tail.

use std::ops::Range;

use crate::counting::sizes::{ALWAYS, Shape};
use crate::engine::stream::{Uniforms, When};
use crate::random::{Indices, Key, Run};
use crate::special;

use super::few::LANES;
use super::kernels::{add_sizes, begin_rest, descend, keep_active, pick, put, scale_sizes};
use super::year::{Sums, TOGETHER, Year};

/// Deals that are always drawn, as a number of rows of scratch.
const FIRST: usize = ALWAYS as usize;

/// Deals that are drawn at once of rows of which more than ten are drawn. Even, as two share a block of numbers.
const AHEAD: usize = 4;

/// Random numbers of the largest deals.
#[derive(Clone, Copy)]
pub(super) struct Spacings {
    pub uniforms: Uniforms,
    pub key: Key,
    pub when: When,
}

/// Some rows whose next deals are drawn.
struct Rows<'a> {
    counts: &'a [f64],
    sigma: &'a [f64],
    log_scale: &'a [f64],
    /// Where the law is not plainly lognormal.
    shapes: &'a [Shape],
    /// Survival levels from which on deals belong to the rest.
    share: &'a [f64],
    log_level: &'a mut [f64],
    drawn: &'a mut [f64],
    total: &'a mut [f64],
    below: &'a mut [f64],
    above: [&'a mut [f64]; 2],
}

/// The next deals of some rows, deal by deal, a value a row each: few enough for all to stay in the fast caches.
#[derive(Debug)]
struct Next {
    /// 1 while a row has a deal to draw, then 0.
    active: Vec<f64>,
    /// Uniforms, then survival levels.
    survival: Vec<f64>,
    /// Survival levels of the last of them.
    last: Vec<f64>,
    log_sizes: Vec<f64>,
    sizes: Vec<f64>,
}

/// Scattered rows, taken together.
#[derive(Debug)]
struct Gathered {
    offsets: Vec<u32>,
    no_steps: Vec<u32>,
    counts: Vec<f64>,
    shapes: Vec<Shape>,
    sigma: Vec<f64>,
    log_scale: Vec<f64>,
    share: Vec<f64>,
    log_level: Vec<f64>,
    drawn: Vec<f64>,
    total: Vec<f64>,
    below: Vec<f64>,
    above: [Vec<f64>; 2],
}

/// Scratch for the largest deals.
#[derive(Debug)]
pub(super) struct Top {
    next: Next,
    gathered: Gathered,
    /// Shares that no level reaches.
    no_share: Vec<f64>,
    /// Rows of which more than ten are drawn.
    open: Vec<u32>,
}

impl Top {
    pub(crate) fn new() -> Self {
        let column = || vec![0.0; TOGETHER];
        let deals = || vec![0.0; FIRST * TOGETHER];
        let gathered = Gathered {
            offsets: vec![0; TOGETHER],
            no_steps: vec![0; TOGETHER],
            counts: column(),
            shapes: Vec::new(),
            sigma: column(),
            log_scale: column(),
            share: column(),
            log_level: column(),
            drawn: column(),
            total: column(),
            below: column(),
            above: [column(), column()],
        };
        Self {
            next: Next { active: column(), survival: deals(), last: column(), log_sizes: deals(), sizes: deals() },
            gathered,
            no_share: vec![f64::INFINITY; TOGETHER],
            open: Vec::new(),
        }
    }
}

impl Next {
    /// Draws the next deals of some rows from their uniforms, which stand where the survival levels will.
    fn draw(&mut self, drawn: f64, deals: usize, rows: Rows) {
        let Rows { counts, sigma, log_scale, shapes, share, log_level, drawn: taken, total, below, above } = rows;
        let length = deals * counts.len();
        let survival = &mut self.survival[..length];
        special::logs_of_uniforms(survival);
        descend(drawn, counts, log_level, survival);
        special::complements(survival);
        self.last[..counts.len()].copy_from_slice(&survival[length - counts.len()..]);
        // Whatever their levels, the first are drawn where there are as many deals.
        let all = drawn == 0.0 && counts.iter().all(|count| *count >= deals as f64);
        if shapes.is_empty() && all {
            // Nobody asks for the levels again, but for the last.
            std::mem::swap(&mut self.survival, &mut self.log_sizes);
        } else if shapes.is_empty() {
            self.log_sizes[..length].copy_from_slice(survival);
        }
        let (survival, log_sizes) = (&self.survival[..length], &mut self.log_sizes[..length]);
        let (sizes, active) = (&mut self.sizes[..length], &mut self.active[..counts.len()]);
        if shapes.is_empty() {
            special::normals(log_sizes);
            scale_sizes(sigma, log_scale, log_sizes);
        } else {
            let columns = || shapes.iter().zip(log_scale).cycle().zip(survival);
            log_sizes.iter_mut().zip(columns()).for_each(|(log, ((shape, _), survival))| *log = shape.rank(*survival));
            special::normals(log_sizes);
            for (log_size, ((shape, scale), survival)) in log_sizes.iter_mut().zip(columns()) {
                *log_size = scale + shape.log_size_of(*survival, *log_size);
            }
        }
        let [above_100m, above_1bn] = above;
        for column in [&mut *total, &mut *below, &mut *above_100m, &mut *above_1bn, &mut *taken] {
            column.fill(0.0);
        }
        active.fill(1.0);
        if all {
            taken.fill(deals as f64);
        } else {
            keep_active(drawn, counts, share, survival, active, taken, log_sizes);
        }
        special::exps(log_sizes, sizes);
        add_sizes(log_sizes, sizes, total, below, above_100m, above_1bn);
    }
}

impl Top {
    /// Draws the ten largest deals of every row, and notes the rows of which more are drawn.
    pub(crate) fn draw_first(&mut self, year: &mut Year, spacings: Spacings, counts: &[f64]) {
        let Spacings { uniforms, key, when } = spacings;
        self.open.resize(counts.len(), 0);
        let mut open = 0;
        for (half, indices) in when.halves() {
            for start in half.clone().step_by(TOGETHER) {
                let chunk = start..half.end.min(start + TOGETHER);
                let first = indices.first + u64::from(indices.stride) * (start - half.start) as u64;
                let survival = &mut self.next.survival;
                for (block, pair) in (0..).zip(survival.chunks_exact_mut(2 * chunk.len()).take(FIRST / 2)) {
                    let (one, two) = pair.split_at_mut(chunk.len());
                    uniforms.fill_run(Indices { first, ..indices }, when.year, key, block, one, two);
                }
                year.log_level[chunk.clone()].fill(0.0);
                self.draw_ten(year, chunk.clone(), counts);
                self.find_open(year, chunk, counts, &mut open);
            }
        }
        self.open.truncate(open);
    }

    fn draw_ten(&mut self, year: &mut Year, chunk: Range<usize>, counts: &[f64]) {
        let Sums { total, largest, top_ten, above: [above_100m, above_1bn], below } = &mut year.sums;
        let rows = Rows {
            counts: &counts[chunk.clone()],
            sigma: &year.sigma[chunk.clone()],
            log_scale: &year.log_scale[chunk.clone()],
            shapes: year.shapes.get(chunk.clone()).unwrap_or_default(),
            // Whatever their levels, the first ten are drawn.
            share: &self.no_share[..chunk.len()],
            log_level: &mut year.log_level[chunk.clone()],
            drawn: &mut year.drawn[chunk.clone()],
            total: &mut total[chunk.clone()],
            below: &mut below[chunk.clone()],
            above: [&mut above_100m[chunk.clone()], &mut above_1bn[chunk.clone()]],
        };
        self.next.draw(0.0, FIRST, rows);
        largest[chunk.clone()].copy_from_slice(&self.next.sizes[..chunk.len()]);
        top_ten[chunk.clone()].copy_from_slice(&total[chunk]);
    }

    /// Finds where the rest of some rows begins, and which of them go on.
    fn find_open(&mut self, year: &mut Year, rows: Range<usize>, counts: &[f64], open: &mut usize) {
        let (tenth, share) = (&self.next.last, &year.share[rows.clone()]);
        // The tenth is drawn in any case, so that the rest may begin below the share.
        begin_rest(tenth, share, &mut year.level[rows.clone()]);
        for ((row, count), (share, tenth)) in (rows.start as u32..).zip(&counts[rows]).zip(share.iter().zip(tenth)) {
            // Branch-free: the branch would be mispredicted half of the time.
            self.open[*open] = row;
            *open += usize::from((*count > ALWAYS) & (tenth < share));
        }
    }

    /// Goes on with the rows of which more than ten are drawn.
    pub(crate) fn draw_further(&mut self, year: &mut Year, spacings: Spacings, counts: &[f64]) {
        let Spacings { uniforms, key, when } = spacings;
        let mut open = std::mem::take(&mut self.open);
        let mut drawn = FIRST;
        while !open.is_empty() {
            let block = u32::try_from(drawn / 2).expect("far fewer are drawn");
            let run = Run { index: when.first, year: when.year, key, block };
            let mut kept = 0;
            for start in (0..open.len()).step_by(TOGETHER) {
                let rows = start..open.len().min(start + TOGETHER);
                let padded = self.gather(year, &open[rows.clone()], when, counts);
                self.draw_gathered(uniforms, run, padded, drawn);
                self.scatter(year, &open[rows.clone()]);
                for (place, at) in rows.enumerate() {
                    let has_more = self.gathered.counts[place] > (drawn + AHEAD) as f64;
                    open[kept] = open[at];
                    kept += usize::from((self.next.active[place] > 0.0) & has_more);
                }
            }
            open.truncate(kept);
            drawn += AHEAD;
        }
        self.open = open;
    }

    /// Takes some rows together; how many they are with the last one repeated to fill the lanes.
    fn gather(&mut self, year: &Year, rows: &[u32], when: When, counts: &[f64]) -> usize {
        let padded = rows.len().next_multiple_of(LANES);
        let mut filled = [*rows.last().expect("a chunk has a row"); TOGETHER];
        filled[..rows.len()].copy_from_slice(rows);
        let rows = &filled[..padded];
        let to = &mut self.gathered;
        let columns = [
            (&mut to.counts, counts),
            (&mut to.sigma, &year.sigma[..]),
            (&mut to.log_scale, &year.log_scale),
            (&mut to.share, &year.share),
            (&mut to.log_level, &year.log_level),
        ];
        columns.into_iter().for_each(|(to, from)| pick(rows, from, to));
        to.offsets.iter_mut().zip(rows).for_each(|(offset, row)| *offset = when.offset(*row as usize));
        to.shapes.clear();
        if !year.shapes.is_empty() {
            to.shapes.extend(rows.iter().map(|row| year.shapes[*row as usize]));
        }
        padded
    }

    /// Adds what the gathered rows had more.
    fn scatter(&self, year: &mut Year, rows: &[u32]) {
        let (from, sums) = (&self.gathered, &mut year.sums);
        let [above_100m, above_1bn] = &mut sums.above;
        let columns = [
            (&mut year.drawn, &from.drawn),
            (&mut sums.total, &from.total),
            (&mut sums.below, &from.below),
            (above_100m, &from.above[0]),
            (above_1bn, &from.above[1]),
        ];
        for (to, from) in columns {
            rows.iter().zip(from).for_each(|(row, value)| to[*row as usize] += value);
        }
        put(rows, &from.log_level, &mut year.log_level);
    }

    /// Draws the next deals of the gathered rows, of which some are drawn.
    fn draw_gathered(&mut self, uniforms: Uniforms, run: Run, rows: usize, drawn: usize) {
        let from = &mut self.gathered;
        let scattered = (&from.offsets[..rows], &from.no_steps[..rows]);
        for (block, pair) in (run.block..).zip(self.next.survival.chunks_exact_mut(2 * rows).take(AHEAD / 2)) {
            let (one, two) = pair.split_at_mut(rows);
            uniforms.fill_run_at(Run { block, ..run }, scattered, one, two);
        }
        let [above_100m, above_1bn] = &mut from.above;
        let rows = Rows {
            counts: &from.counts[..rows],
            sigma: &from.sigma[..rows],
            log_scale: &from.log_scale[..rows],
            shapes: &from.shapes,
            share: &from.share[..rows],
            log_level: &mut from.log_level[..rows],
            drawn: &mut from.drawn[..rows],
            total: &mut from.total[..rows],
            below: &mut from.below[..rows],
            above: [&mut above_100m[..rows], &mut above_1bn[..rows]],
        };
        self.next.draw(drawn as f64, AHEAD, rows);
    }
}
