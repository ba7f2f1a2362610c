//! Job J in plain Rust: ziggurat normals, a chunk of paths per task, columns by metric and year, select_nth.
//!
//! Usage: plain-rust PATHS FILE.

use std::io::Write;

use rand::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

const YEARS: usize = 10;
const CHUNK: usize = 16_384;
const DRIFT: [f64; 4] = [1.02, 1.05, 1.04, 1.08];
const SIGMA: [f64; 4] = [0.20, 0.35, 0.25, 0.45];
const CORRELATION: [[f64; 4]; 4] =
    [[1.0, 0.2, 0.4, 0.1], [0.2, 1.0, 0.1, 0.3], [0.4, 0.1, 1.0, 0.2], [0.1, 0.3, 0.2, 1.0]];
const LEVELS: [f64; 9] = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975];
const NAMES: [&str; 8] = ["us deals", "china deals", "us funding", "china funding", "gap", "ratio", "share", "deals gap"];

fn cholesky() -> [[f64; 4]; 4] {
    let mut factor = [[0.0; 4]; 4];
    for row in 0..4 {
        for column in 0..=row {
            let sum: f64 = (0..column).map(|k| factor[row][k] * factor[column][k]).sum();
            let rest = CORRELATION[row][column] - sum;
            factor[row][column] = if row == column { rest.sqrt() } else { rest / factor[column][column] };
        }
    }
    factor
}

fn summary(values: &mut [f64]) -> [f64; 11] {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let sd = (values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1.0)).sqrt();
    let mut row = [0.0; 11];
    (row[0], row[1]) = (mean, sd);
    // From the lowest up: what lies above a found rank is all that the next one needs.
    let mut from = 0;
    for (place, level) in LEVELS.into_iter().enumerate() {
        let rank = level * (count - 1.0);
        let below = rank.floor() as usize;
        let (_, low, above) = values[from..].select_nth_unstable_by(below - from, f64::total_cmp);
        let low = *low;
        let high = above.iter().copied().fold(f64::INFINITY, f64::min);
        row[2 + place] = if high.is_finite() { low + (high - low) * rank.fract() } else { low };
        from = below;
    }
    row
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let paths: usize = arguments.next().expect("PATHS").parse().expect("a number");
    let file = arguments.next().expect("FILE");
    let factor = cholesky();
    let start = [1151.0, 31_000.0 / 1151.0, 232.0, 2000.0 / 232.0f64].map(f64::ln);
    let drift = DRIFT.map(f64::ln);
    let chunks = paths.div_ceil(CHUNK);
    let mut generators: Vec<_> =
        (0..chunks).map(|chunk| Xoshiro256PlusPlus::seed_from_u64(20_240_515 + chunk as u64)).collect();
    let mut logs = vec![start; paths];
    let mut metrics = vec![vec![0.0; paths]; 8];
    let mut out = std::io::BufWriter::new(std::fs::File::create(file).expect("a file"));
    let mut rows: Vec<Vec<[f64; 11]>> = Vec::new();
    let mut wider = Vec::new();
    // Year by year, so that memory holds one year of metrics and not ten.
    for _ in 0..YEARS {
        let mut parts: Vec<Vec<&mut [f64]>> = (0..chunks).map(|_| Vec::with_capacity(8)).collect();
        for metric in &mut metrics {
            metric.chunks_mut(CHUNK).zip(&mut parts).for_each(|(part, parts)| parts.push(part));
        }
        let tasks = generators.par_iter_mut().zip(logs.par_chunks_mut(CHUNK)).zip(parts.par_iter_mut());
        let hits: usize = tasks
            .map(|((generator, logs), metrics)| {
                let mut hits = 0;
                for (row, logs) in logs.iter_mut().enumerate() {
                    let z: [f64; 4] = std::array::from_fn(|_| StandardNormal.sample(generator));
                    for series in 0..4 {
                        let shock: f64 = (0..=series).map(|other| factor[series][other] * z[other]).sum();
                        logs[series] += drift[series] + SIGMA[series] * shock;
                    }
                    let [deals_us, size_us, deals_cn, size_cn] = logs.map(f64::exp);
                    let (us, cn) = (deals_us * size_us / 1000.0, deals_cn * size_cn / 1000.0);
                    let values = [deals_us, deals_cn, us, cn, us - cn, us / cn, us / (us + cn), deals_us - deals_cn];
                    metrics.iter_mut().zip(values).for_each(|(metric, value)| metric[row] = value);
                    hits += usize::from(us / cn > 15.5);
                }
                hits
            })
            .sum();
        wider.push(hits as f64 / paths as f64);
        rows.push(metrics.par_iter_mut().map(|values| summary(values)).collect());
    }
    for (metric, name) in NAMES.into_iter().enumerate() {
        for (year, row) in rows.iter().enumerate() {
            let row: Vec<String> = row[metric].iter().map(f64::to_string).collect();
            writeln!(out, "{name},{},{}", 2024 + year, row.join(",")).expect("a disk with room");
        }
    }
    for (year, share) in wider.iter().enumerate() {
        writeln!(out, "wider,{},{share}", 2024 + year).expect("a disk with room");
    }
}
