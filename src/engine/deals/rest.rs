//! The deals below those that are drawn: how many of them are large, and their sums with the right cumulants.

use std::ops::Range;

use crate::counting::binomial_at;
use crate::counting::sizes::{FEW, NUMBERS, THRESHOLDS};
use crate::engine::stream::{Uniforms, When};
use crate::random::{Indices, Key, Run};
use crate::special;

use super::bands::{Edges, ORDERS, Scratch, count_inside, moments_of_all, sums_between};
use super::few::{Few, LANES};
use super::kernels::{add_scaled, add_sums, leave, levels_of_rest, pick, put, scale_levels};
use super::year::{TOGETHER, Year};

/// Some rows and what is added up in them.
#[derive(Debug)]
struct Part {
    offsets: Vec<u32>,
    sigma: Vec<f64>,
    log_scale: Vec<f64>,
    /// Deals below the high edge.
    left: Vec<f64>,
    /// Moments of all deals, of which those below an edge are parts.
    all: Vec<f64>,
    high: Edges,
    low: Edges,
    uniforms: Vec<f64>,
    ranks: Vec<f64>,
    inside: Vec<f64>,
    counts: Vec<f64>,
    sums: Vec<f64>,
}

/// Scratch of rows that are looked at together.
#[derive(Debug)]
pub(super) struct Rest {
    /// Rows that are looked at, all of them.
    whole: Part,
    /// Those with deals in a band, by their place among all of them.
    band: Part,
    places: Vec<u32>,
    scales: Vec<f64>,
    unused: Vec<f64>,
    no_steps: Vec<u32>,
    few: Few,
    scratch: Scratch,
}

impl Part {
    fn new() -> Self {
        let column = || vec![0.0; TOGETHER];
        Self {
            offsets: vec![0; TOGETHER],
            sigma: column(),
            log_scale: column(),
            left: column(),
            all: vec![0.0; ORDERS * TOGETHER],
            high: Edges::new(TOGETHER),
            low: Edges::new(TOGETHER),
            uniforms: column(),
            ranks: column(),
            inside: column(),
            counts: column(),
            sums: column(),
        }
    }

    /// Takes some rows of another part, which has `rows` of them.
    fn gather(&mut self, from: &Self, places: &[u32], rows: usize) {
        let columns = [
            (&mut self.sigma, &from.sigma),
            (&mut self.log_scale, &from.log_scale),
            (&mut self.left, &from.left),
            (&mut self.uniforms, &from.uniforms),
            (&mut self.high.logs, &from.high.logs),
            (&mut self.high.sizes, &from.high.sizes),
        ];
        columns.into_iter().for_each(|(to, from)| pick(places, &from[..rows], to));
        self.offsets.iter_mut().zip(places).for_each(|(to, place)| *to = from.offsets[*place as usize]);
        // Made anew, for less than it takes to gather them.
        moments_of_all(&self.sigma[..places.len()], &mut self.all[..ORDERS * places.len()]);
        let moments = self.high.moments.chunks_exact_mut(places.len()).zip(from.high.moments.chunks_exact(rows));
        moments.take(ORDERS).for_each(|(to, from)| pick(places, from, to));
    }

    /// Goes on below the low edges of some rows, which are those of another part; the moments of both stand so far apart.
    fn lower(&mut self, band: &Self, places: &[u32], [rows, rows_of_band]: [usize; 2]) {
        for (place, count) in places.iter().zip(&band.counts) {
            self.left[*place as usize] -= count;
        }
        put(places, &band.low.logs, &mut self.high.logs[..rows]);
        put(places, &band.low.sizes, &mut self.high.sizes[..rows]);
        let orders =
            self.high.moments.chunks_exact_mut(rows).zip(band.low.moments.chunks_exact(rows_of_band)).take(ORDERS);
        orders.for_each(|(to, from)| put(places, from, to));
    }

    /// Takes the numbers of a band: one for the sum, as a normal, and one for the count, which for the lower band came with
    /// that of the rest. Each row has its own paths; `unused` and `no_steps` are as long as there are rows.
    fn draw(&mut self, body: Body, place: usize, (unused, no_steps): (&mut [f64], &[u32])) {
        let rows = unused.len();
        let (uniforms, sums) = (&mut self.uniforms[..rows], &mut self.sums[..rows]);
        let [count, sum] = NUMBERS.bands[place];
        let (number, one, two) = if place == 0 { (sum, &mut *sums, unused) } else { (count, uniforms, &mut *sums) };
        body.uniforms.fill_run_at(body.run(number), (&self.offsets[..rows], no_steps), one, two);
        special::normals(sums);
    }

    /// Draws the deals of a band one by one in those of the first rows that have few.
    fn draw_few(&mut self, few: &mut Few, body: Body, place: usize, rows: usize) {
        let run = (body.uniforms, body.run(NUMBERS.few[place]));
        let edges = [&self.low, &self.high];
        few.add_up(run, (&self.counts[..rows], FEW[1]), (&self.offsets, &self.sigma), edges, &mut self.sums);
    }

    /// Counts the deals between the edges and adds them up; the uniforms are the ranks of the counts, the sums hold
    /// those of the sums as normals.
    fn add_up(&mut self, rows: usize, scratch: &mut Scratch) {
        let (left, sigma) = (&self.left[..rows], &self.sigma[..rows]);
        self.low.measure(sigma, &self.all[..ORDERS * rows], scratch);
        let (counts, uniforms) = (&mut self.counts[..rows], &self.uniforms[..rows]);
        let ranks = &mut self.ranks[..rows];
        ranks.copy_from_slice(uniforms);
        special::normals(ranks);
        counts.copy_from_slice(ranks);
        let (high, low) = (&self.high.moments[..rows], &self.low.moments[..rows]);
        let inside = &mut self.inside[..rows];
        count_inside(left, high, low, inside, counts);
        let columns = inside.iter().zip(left).zip(uniforms).zip(ranks);
        for (count, (((inside, left), uniform), rank)) in counts.iter_mut().zip(columns) {
            if count.is_nan() {
                *count = binomial_at(*uniform, *rank, *left, *inside);
            }
        }
        let [high, low] = [&self.high, &self.low].map(|edges| (&edges.sizes[..], &edges.moments[..]));
        sums_between(counts, high, low, &mut self.sums[..rows]);
    }
}

impl Rest {
    pub(crate) fn new() -> Self {
        Self {
            whole: Part::new(),
            band: Part::new(),
            places: vec![0; TOGETHER],
            scales: vec![0.0; TOGETHER],
            unused: vec![0.0; TOGETHER],
            no_steps: vec![0; TOGETHER],
            few: Few::default(),
            scratch: Scratch::new(TOGETHER),
        }
    }
}

impl Rest {
    /// Finds the rows with deals above a threshold and how many they are; the last one is repeated to fill the lanes.
    fn find_band(&mut self, threshold: f64, rows: usize) -> usize {
        let mut found = 0;
        let columns = self.whole.left.iter().zip(&self.whole.log_scale).zip(&self.whole.high.logs);
        for (place, ((left, log_scale), log_high)) in (0..).zip(columns.take(rows)) {
            // Branch-free: the branch would be mispredicted half of the time.
            self.places[found] = place;
            found += usize::from((*left > 0.0) & (threshold - log_scale < *log_high));
        }
        if found > 0 {
            let last = self.places[found - 1];
            self.places[found..found.next_multiple_of(LANES)].fill(last);
        }
        found
    }
}

/// Random numbers of the deals that are not drawn one by one.
#[derive(Clone, Copy)]
pub(super) struct Body {
    pub uniforms: Uniforms,
    pub key: Key,
    pub when: When,
}

impl Body {
    /// The run from a number on, of the first path of the block.
    fn run(&self, number: u32) -> Run {
        Run { index: self.when.first, year: self.when.year, key: self.key, block: number / 2 }
    }
}

impl Rest {
    /// Adds the deals that were not drawn.
    pub(crate) fn add(&mut self, year: &mut Year, body: Body, counts: &[f64]) {
        for (half, indices) in body.when.halves() {
            for start in half.clone().step_by(TOGETHER) {
                let chunk = start..half.end.min(start + TOGETHER);
                let first = indices.first + u64::from(indices.stride) * (start - half.start) as u64;
                if self.load(year, chunk.clone(), counts) {
                    self.measure(year, body, Indices { first, ..indices }, chunk.clone());
                    for place in [1, 0] {
                        self.add_band(year, body, place, chunk.clone());
                    }
                    self.add_smallest(year, body, chunk);
                }
            }
        }
    }

    /// Takes over some rows; whether any has a deal left.
    fn load(&mut self, year: &Year, rows: Range<usize>, counts: &[f64]) -> bool {
        let whole = &mut self.whole;
        let any = leave(&counts[rows.clone()], &year.drawn[rows.clone()], &mut whole.left);
        whole.sigma[..rows.len()].copy_from_slice(&year.sigma[rows.clone()]);
        whole.log_scale[..rows.len()].copy_from_slice(&year.log_scale[rows]);
        any
    }

    /// Where the rest begins, and the numbers of all rows.
    fn measure(
        &mut self,
        year: &Year,
        Body { uniforms: numbers, key, when }: Body,
        indices: Indices,
        rows: Range<usize>,
    ) {
        let Rest { whole, scales, scratch, .. } = self;
        let length = rows.len();
        let (sums, uniforms) = (&mut whole.sums[..length], &mut whole.uniforms[..length]);
        numbers.fill_run(indices, when.year, key, NUMBERS.rest / 2, sums, uniforms);
        special::normals(sums);
        // All of them are of one half, whose paths are every other one.
        let offsets = (when.offset(rows.start)..).step_by(2);
        whole.offsets[..length].iter_mut().zip(offsets).for_each(|(to, offset)| *to = offset);
        special::exps(&whole.log_scale[..length], &mut scales[..length]);
        let (logs, sigma) = (&mut whole.high.logs[..length], &whole.sigma[..length]);
        levels_of_rest(&year.level[rows.clone()], logs);
        if year.shapes.is_empty() {
            special::normals(logs);
            scale_levels(sigma, logs);
        } else {
            logs.iter_mut().zip(&year.shapes[rows]).for_each(|(log, shape)| *log = shape.log_size(*log));
        }
        moments_of_all(sigma, &mut whole.all[..ORDERS * length]);
        whole.high.measure(sigma, &whole.all[..ORDERS * length], scratch);
    }

    /// Adds the deals between a threshold and the high edge, which becomes the threshold.
    fn add_band(&mut self, year: &mut Year, body: Body, place: usize, rows: Range<usize>) {
        let length = self.find_band(THRESHOLDS[place], rows.len());
        if length * 8 >= rows.len() * 7 {
            self.add_band_of_all(year, body, place, rows);
        } else if length > 0 {
            self.add_band_of_some(year, body, place, rows, length);
        }
    }

    /// Adds a band of which few rows have deals: these rows are gathered and taken together.
    fn add_band_of_some(&mut self, year: &mut Year, body: Body, place: usize, rows: Range<usize>, length: usize) {
        let Rest { whole, band, places, scales, unused, no_steps, few, scratch } = self;
        let padded = length.next_multiple_of(LANES);
        band.gather(whole, &places[..padded], rows.len());
        band.draw(body, place, (&mut unused[..padded], &no_steps[..padded]));
        let logs = band.low.logs.iter_mut().zip(&band.log_scale).take(padded);
        logs.for_each(|(log, log_scale)| *log = THRESHOLDS[place] - log_scale);
        band.add_up(padded, scratch);
        band.draw_few(few, body, place, length);
        let found = &places[..length];
        let total = &mut year.sums.total[rows.clone()];
        for (place, sum) in found.iter().zip(&band.sums) {
            total[*place as usize] += sum * scales[*place as usize];
        }
        for above in &mut year.sums.above[..=place] {
            let above = &mut above[rows.clone()];
            found.iter().zip(&band.counts).for_each(|(place, count)| above[*place as usize] += count);
        }
        whole.lower(band, &places[..length], [rows.len(), padded]);
    }

    /// Adds a band of which nearly all rows have deals: all are looked at where they stand, which takes less than to gather
    /// them, with a band of no width for those that have none.
    fn add_band_of_all(&mut self, year: &mut Year, body: Body, place: usize, rows: Range<usize>) {
        let Rest { whole, band, scales, unused, no_steps, few, scratch, .. } = self;
        let length = rows.len();
        // What is still needed of all rows waits in the other part meanwhile: the low edge of what is left in the end, the
        // number of its sum, and that of the count of the lower band, which comes with it.
        let exchange = |whole: &mut Part, band: &mut Part| {
            std::mem::swap(&mut whole.low, &mut band.low);
            std::mem::swap(&mut whole.sums, &mut band.sums);
            if place > 0 {
                std::mem::swap(&mut whole.uniforms, &mut band.uniforms);
            }
        };
        exchange(whole, band);
        whole.draw(body, place, (&mut unused[..length], &no_steps[..length]));
        let columns = whole.low.logs.iter_mut().zip(&whole.log_scale).zip(&whole.high.logs).take(length);
        columns.for_each(|((log, log_scale), high)| *log = (THRESHOLDS[place] - log_scale).min(*high));
        whole.add_up(length, scratch);
        whole.draw_few(few, body, place, length);
        let (sums, counts) = (&whole.sums[..length], &whole.counts[..length]);
        add_scaled(sums, scales, &mut year.sums.total[rows.clone()]);
        year.sums.above[..=place].iter_mut().for_each(|above| special::add(&mut above[rows.clone()], counts));
        whole.left.iter_mut().zip(counts).for_each(|(left, count)| *left -= count);
        std::mem::swap(&mut whole.high, &mut whole.low);
        exchange(whole, band);
    }

    /// Adds the deals below the last edge.
    fn add_smallest(&mut self, year: &mut Year, body: Body, rows: Range<usize>) {
        let Rest { whole, scales, few, .. } = self;
        let length = rows.len();
        let (left, sums) = (&whole.left[..length], &mut whole.sums[..length]);
        // `low` of all rows is never set: no deal is below 0.
        let [high, low] = [&whole.high, &whole.low].map(|edges| (&edges.sizes[..], &edges.moments[..]));
        sums_between(left, high, low, sums);
        let run = (body.uniforms, body.run(NUMBERS.few_rest));
        few.add_up(run, (left, FEW[0]), (&whole.offsets, &whole.sigma), [&whole.low, &whole.high], sums);
        add_sums(sums, scales, &mut year.sums.total[rows.clone()], &mut year.sums.below[rows]);
    }
}
