//! The deals below those that are drawn: how many of them are large, and their sums with the right cumulants.

use std::ops::Range;

use crate::counting::binomial_at;
use crate::counting::sizes::{FEW, NUMBERS, THRESHOLDS, sum_of_few};
use crate::random::{Indices, Key, Numbers};
use crate::special;

use super::bands::{Edges, ORDERS, Scratch, count_inside, moments_of_all, sums_between};
use super::{OneByOne, TOGETHER};
use crate::engine::yearly::When;

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
    inside: Vec<f64>,
    counts: Vec<f64>,
    sums: Vec<f64>,
}

/// Scratch of rows that are looked at together.
#[derive(Debug)]
pub(super) struct Rest {
    /// All of them.
    whole: Part,
    /// Those with deals in a band, by their place among all of them.
    band: Part,
    places: Vec<usize>,
    scales: Vec<f64>,
    unused: Vec<f64>,
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
            inside: column(),
            counts: column(),
            sums: column(),
        }
    }

    /// Takes some rows of another part, which has `rows` of them.
    fn gather(&mut self, from: &Self, places: &[usize], rows: usize) {
        let columns = [
            (&mut self.sigma, &from.sigma),
            (&mut self.log_scale, &from.log_scale),
            (&mut self.left, &from.left),
            (&mut self.uniforms, &from.uniforms),
            (&mut self.high.logs, &from.high.logs),
            (&mut self.high.sizes, &from.high.sizes),
        ];
        for (to, from) in columns {
            to.iter_mut().zip(places).for_each(|(to, place)| *to = from[*place]);
        }
        self.offsets.iter_mut().zip(places).for_each(|(to, place)| *to = from.offsets[*place]);
        for (to, from) in [(&mut self.all, &from.all), (&mut self.high.moments, &from.high.moments)] {
            for (to, from) in to.chunks_exact_mut(places.len()).zip(from.chunks_exact(rows)).take(ORDERS) {
                to.iter_mut().zip(places).for_each(|(to, place)| *to = from[*place]);
            }
        }
    }

    /// Counts the deals between the edges and adds them up; the uniforms are the ranks of the counts, the sums hold
    /// those of the sums as normals.
    fn add_up(&mut self, rows: usize, scratch: &mut Scratch) {
        let (left, sigma) = (&self.left[..rows], &self.sigma[..rows]);
        self.low.measure(sigma, &self.all[..ORDERS * rows], scratch);
        let (counts, uniforms) = (&mut self.counts[..rows], &self.uniforms[..rows]);
        counts.copy_from_slice(uniforms);
        special::normals(counts);
        let (high, low) = (&self.high.moments[..rows], &self.low.moments[..rows]);
        let inside = &mut self.inside[..rows];
        count_inside(left, high, low, inside, counts);
        for (((count, inside), left), uniform) in counts.iter_mut().zip(inside).zip(left).zip(uniforms) {
            if count.is_nan() {
                *count = binomial_at(*uniform, special::normal_quantile(*uniform), *left, *inside);
            }
        }
        let [high, low] = [&self.high, &self.low].map(|edges| (&edges.sizes[..], &edges.moments[..]));
        sums_between(counts, high, low, &mut self.sums[..rows]);
    }
}

impl Rest {
    pub fn new() -> Self {
        Self {
            whole: Part::new(),
            band: Part::new(),
            places: Vec::new(),
            scales: vec![0.0; TOGETHER],
            unused: vec![0.0; TOGETHER],
            scratch: Scratch::new(TOGETHER),
        }
    }
}

/// Numbers of a year's rest.
#[derive(Clone, Copy)]
pub(super) struct Body<'a> {
    pub numbers: Numbers,
    pub key: Key,
    pub when: When<'a>,
}

impl OneByOne {
    /// Adds the deals that were not drawn.
    pub(super) fn add_rest(&mut self, body: Body, counts: &[f64]) {
        for (half, indices) in body.when.halves() {
            for start in half.clone().step_by(TOGETHER) {
                let chunk = start..half.end.min(start + TOGETHER);
                let first = indices.first + u64::from(indices.stride) * (start - half.start) as u64;
                if self.load_rest(chunk.clone(), counts) {
                    self.measure_rest(body, Indices { first, ..indices }, chunk.clone());
                    for place in [1, 0] {
                        self.add_band(body, place, chunk.clone());
                    }
                    self.add_smallest(body, chunk);
                }
            }
        }
    }

    /// Takes over some rows; whether any has a deal left.
    fn load_rest(&mut self, rows: Range<usize>, counts: &[f64]) -> bool {
        let whole = &mut self.rest.whole;
        let columns = whole.left.iter_mut().zip(&counts[rows.clone()]).zip(&self.drawn[rows.clone()]);
        let mut any = false;
        for ((left, count), drawn) in columns {
            *left = count - drawn;
            any |= *left > 0.0;
        }
        whole.sigma[..rows.len()].copy_from_slice(&self.sigma[rows.clone()]);
        whole.log_scale[..rows.len()].copy_from_slice(&self.log_scale[rows]);
        any
    }

    /// Where the rest begins, and the numbers of all rows.
    fn measure_rest(&mut self, Body { numbers, key, when }: Body, indices: Indices, rows: Range<usize>) {
        let Rest { whole, scales, scratch, .. } = &mut self.rest;
        let length = rows.len();
        let (sums, uniforms) = (&mut whole.sums[..length], &mut whole.uniforms[..length]);
        numbers.fill_run(indices, when.year, key, NUMBERS.rest / 2, sums, uniforms);
        special::normals(sums);
        whole.offsets.iter_mut().zip(rows.clone()).for_each(|(offset, row)| *offset = when.offset(row));
        special::exps(&whole.log_scale[..length], &mut scales[..length]);
        let (logs, sigma) = (&mut whole.high.logs[..length], &whole.sigma[..length]);
        // Where every deal was drawn there is no level.
        let levels = self.level[rows.clone()].iter().map(|level| if *level < 1.0 { *level } else { 0.5 });
        logs.iter_mut().zip(levels).for_each(|(log, level)| *log = level);
        if self.shapes.is_empty() {
            special::normals(logs);
            logs.iter_mut().zip(sigma).for_each(|(log, sigma)| *log *= -sigma);
        } else {
            logs.iter_mut().zip(&self.shapes[rows]).for_each(|(log, shape)| *log = shape.log_size(*log));
        }
        moments_of_all(sigma, &mut whole.all[..ORDERS * length]);
        whole.high.measure(sigma, &whole.all[..ORDERS * length], scratch);
    }

    /// Adds the deals between a threshold and the high edge, which becomes the threshold.
    fn add_band(&mut self, Body { numbers, key, when }: Body, place: usize, rows: Range<usize>) {
        let Rest { whole, band, places, scales, unused, scratch } = &mut self.rest;
        let threshold = THRESHOLDS[place];
        places.clear();
        let columns = whole.left.iter().zip(&whole.log_scale).zip(&whole.high.logs).take(rows.len());
        for (at, ((left, log_scale), log_high)) in columns.enumerate() {
            if *left > 0.0 && threshold - log_scale < *log_high {
                places.push(at);
            }
        }
        let length = places.len();
        if length == 0 {
            return;
        }
        band.gather(whole, places, rows.len());
        let (uniforms, sums, unused) = (&mut band.uniforms[..length], &mut band.sums[..length], &mut unused[..length]);
        let at = (when.first, &band.offsets[..length]);
        // The count's number of the lower band came with that of the rest.
        let [count, sum] = NUMBERS.bands[place];
        let (block, one, two) =
            if place == 0 { (sum / 2, &mut *sums, unused) } else { (count / 2, uniforms, &mut *sums) };
        numbers.fill_run_at(at, when.year, key, block, one, two);
        special::normals(sums);
        let logs = band.low.logs.iter_mut().zip(&band.log_scale).take(length);
        logs.for_each(|(log, log_scale)| *log = threshold - log_scale);
        band.add_up(length, scratch);
        let few = (0..length).filter(|at| band.counts[*at] > 0.0 && band.counts[*at] < 0.5 * FEW);
        for at in few.collect::<Vec<_>>() {
            let uniforms = |pairs: &mut [[f64; 2]]| {
                let path = when.first + u64::from(band.offsets[at]);
                numbers.fill_own_run(path, when.year, key, NUMBERS.few[place] / 2, pairs);
            };
            let edges = (band.sigma[at], band.low.logs[at], band.high.logs[at]);
            band.sums[at] = sum_of_few(edges, band.counts[at], uniforms);
        }
        for (at, place_in_whole) in places.iter().enumerate() {
            let row = rows.start + place_in_whole;
            self.sums.total[row] += band.sums[at] * scales[*place_in_whole];
            self.sums.above[..=place].iter_mut().for_each(|above| above[row] += band.counts[at]);
            whole.left[*place_in_whole] -= band.counts[at];
            whole.high.logs[*place_in_whole] = band.low.logs[at];
            whole.high.sizes[*place_in_whole] = band.low.sizes[at];
            for k in 0..ORDERS {
                whole.high.moments[k * rows.len() + place_in_whole] = band.low.moments[k * length + at];
            }
        }
    }

    /// Adds the deals below the last edge.
    fn add_smallest(&mut self, Body { numbers, key, when }: Body, rows: Range<usize>) {
        let Rest { whole, scales, .. } = &mut self.rest;
        let length = rows.len();
        let (left, sums) = (&whole.left[..length], &mut whole.sums[..length]);
        // `low` of all rows is never set: no deal is below 0.
        let [high, low] = [&whole.high, &whole.low].map(|edges| (&edges.sizes[..], &edges.moments[..]));
        sums_between(left, high, low, sums);
        for at in 0..length {
            if left[at] > 0.0 && left[at] < FEW {
                let uniforms = |pairs: &mut [[f64; 2]]| {
                    let path = when.first + u64::from(whole.offsets[at]);
                    numbers.fill_own_run(path, when.year, key, NUMBERS.few_rest / 2, pairs);
                };
                let edges = (whole.sigma[at], f64::NEG_INFINITY, whole.high.logs[at]);
                sums[at] = sum_of_few(edges, left[at], uniforms);
            }
        }
        let columns = sums.iter().zip(&*scales).zip(&mut self.sums.total[rows.clone()]).zip(&mut self.sums.below[rows]);
        for (((sum, scale), total), below) in columns {
            *total += sum * scale;
            *below += sum * scale;
        }
    }
}
