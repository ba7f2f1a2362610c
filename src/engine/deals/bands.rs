//! Counts and sums of deals between two sizes in plain loops over columns, which the compiler makes vectors of.
//!
//! Columns of moments hold a value a row, order by order from 0 to 5.

use crate::counting::{cornish_fisher, decided_binomial};
use crate::special;

/// Orders of the moments that are needed: 0 to 5.
pub(super) const ORDERS: usize = 6;

/// Density of the standard normal at zero, `1/√(2π)`.
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;

/// Sizes at which bands of deals end.
#[derive(Debug)]
pub(super) struct Edges {
    /// Logs of the sizes, in units of the median.
    pub logs: Vec<f64>,
    /// The sizes in units of the median.
    pub sizes: Vec<f64>,
    /// `E[Y^k; Y ≤ size]` of the plain lognormal.
    pub moments: Vec<f64>,
}

/// Scratch for moments.
#[derive(Debug)]
pub(super) struct Scratch {
    distances: Vec<f64>,
    ratios: Vec<f64>,
    parts: Vec<f64>,
}

impl Scratch {
    pub(crate) fn new(rows: usize) -> Self {
        let column = || vec![0.0; ORDERS * rows];
        Self { distances: column(), ratios: column(), parts: column() }
    }
}

impl Edges {
    pub(crate) fn new(rows: usize) -> Self {
        Self { logs: vec![0.0; rows], sizes: vec![0.0; rows], moments: vec![0.0; ORDERS * rows] }
    }

    /// Finds sizes and moments of some rows from the logs, σ and the moments of all deals.
    ///
    /// `e^(k²σ²/2) Φ(z − kσ)` is `φ(z) e^(kσz) M(kσ − z)` with Mills's ratio `M`, or what that of the other side leaves.
    pub(crate) fn measure(&mut self, sigma: &[f64], all: &[f64], scratch: &mut Scratch) {
        let (rows, length) = (sigma.len(), ORDERS * sigma.len());
        let (distances, ratios) = (&mut scratch.distances[..length], &mut scratch.ratios[..length]);
        let parts = &mut scratch.parts[..length];
        let (logs, sizes) = (&self.logs[..rows], &mut self.sizes[..rows]);
        distances_of(logs, sigma, distances);
        special::exps(logs, sizes);
        let (squares, densities) = (&mut ratios[..rows], &mut parts[..rows]);
        half_squares(&distances[..rows], squares);
        special::exps(squares, densities);
        powers(sizes, parts);
        ratios.iter_mut().zip(&*distances).for_each(|(ratio, distance)| *ratio = distance.abs());
        special::mills_ratios(ratios);
        below(distances, ratios, parts, all, &mut self.moments[..length]);
    }
}

/// Distances `z − kσ` of an edge from the centres of the moments of order `k`.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn distances_of(logs: &[f64], sigma: &[f64], distances: &mut [f64]) {
    let (first, rest) = distances.split_at_mut(logs.len());
    for ((distance, log), sigma) in first.iter_mut().zip(logs).zip(sigma) {
        *distance = log / sigma;
    }
    for (k, distances) in (1..).zip(rest.chunks_exact_mut(logs.len())) {
        for ((distance, first), sigma) in distances.iter_mut().zip(&*first).zip(sigma) {
            *distance = first - f64::from(k) * sigma;
        }
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn half_squares(z: &[f64], squares: &mut [f64]) {
    squares.iter_mut().zip(z).for_each(|(square, z)| *square = -0.5 * z * z);
}

/// Densities without their factor, which stand in the first column, times powers of the sizes.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn powers(sizes: &[f64], parts: &mut [f64]) {
    let (first, rest) = parts.split_at_mut(sizes.len());
    first.iter_mut().for_each(|part| *part *= DENSITY_AT_ZERO);
    let mut before = first;
    for parts in rest.chunks_exact_mut(sizes.len()) {
        for ((part, before), size) in parts.iter_mut().zip(&*before).zip(sizes) {
            *part = before * size;
        }
        before = parts;
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn below(distances: &[f64], ratios: &[f64], parts: &[f64], all: &[f64], moments: &mut [f64]) {
    let columns = distances.iter().zip(ratios).zip(parts).zip(all);
    for (moment, (((distance, ratio), part), all)) in moments.iter_mut().zip(columns) {
        let part = part * ratio;
        *moment = if *distance < 0.0 { part } else { all - part };
    }
}

/// `e^(k²σ²/2)`: the moments of all deals.
pub(super) fn moments_of_all(sigma: &[f64], all: &mut [f64]) {
    let (ones, rest) = all.split_at_mut(sigma.len());
    let (first, rest) = rest.split_at_mut(sigma.len());
    ones.iter_mut().zip(sigma).for_each(|(half_square, sigma)| *half_square = 0.5 * sigma * sigma);
    special::exps(ones, first);
    ones.fill(1.0);
    square_powers(first, rest);
}

/// `x⁴`, `x⁹`, `x¹⁶` and `x²⁵`.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn square_powers(first: &[f64], rest: &mut [f64]) {
    let (fourth, rest) = rest.split_at_mut(first.len());
    let (ninth, rest) = rest.split_at_mut(first.len());
    let (sixteenth, twenty_fifth) = rest.split_at_mut(first.len());
    for (fourth, first) in fourth.iter_mut().zip(first) {
        let square = first * first;
        *fourth = square * square;
    }
    for ((ninth, fourth), first) in ninth.iter_mut().zip(&*fourth).zip(first) {
        *ninth = fourth * fourth * first;
    }
    for ((sixteenth, twenty_fifth), (fourth, ninth)) in
        sixteenth.iter_mut().zip(twenty_fifth).zip(fourth.iter().zip(&*ninth))
    {
        let square = fourth * fourth;
        *sixteenth = square * square;
        *twenty_fifth = *sixteenth * ninth;
    }
}

/// How many of the `left` deals below the high edge lie above the low one, where the expansion decides, and otherwise
/// no number; `high` and `low` are shares of all deals below the edges, `counts` hold the ranks as normals, `inside`
/// becomes the probability of each deal.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn count_inside(left: &[f64], high: &[f64], low: &[f64], inside: &mut [f64], counts: &mut [f64]) {
    let columns = left.iter().zip(high).zip(low).zip(inside);
    for (count, (((left, high), low), inside)) in counts.iter_mut().zip(columns) {
        *inside = ((high - low) / high).clamp(0.0, 1.0);
        *count = decided_binomial(*count, *left, *inside);
    }
}

/// Sums of deals between two edges, in units of the median, by Cornish–Fisher with five cumulants; 0 without
/// deals. `sums` hold the ranks as normals.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn sums_between(counts: &[f64], high: (&[f64], &[f64]), low: (&[f64], &[f64]), sums: &mut [f64]) {
    let rows = sums.len();
    let ((high, high_moments), (low, low_moments)) = (high, low);
    let (counts, high, low) = (&counts[..rows], &high[..rows], &low[..rows]);
    let [h0, h1, h2, h3, h4, h5]: [&[f64]; ORDERS] = std::array::from_fn(|k| &high_moments[k * rows..(k + 1) * rows]);
    let [l0, l1, l2, l3, l4, l5]: [&[f64]; ORDERS] = std::array::from_fn(|k| &low_moments[k * rows..(k + 1) * rows]);
    for row in 0..rows {
        let over = 1.0 / (h0[row] - l0[row]);
        let (m1, m2) = ((h1[row] - l1[row]) * over, (h2[row] - l2[row]) * over);
        let (m3, m4) = ((h3[row] - l3[row]) * over, (h4[row] - l4[row]) * over);
        let m5 = (h5[row] - l5[row]) * over;
        let square = m1 * m1;
        let variance = (m2 - square).max(0.0);
        let third = m3 - 3.0 * m1 * m2 + 2.0 * square * m1;
        let fourth = m4 - 4.0 * m1 * m3 + 6.0 * square * m2 - 3.0 * square * square - 3.0 * variance * variance;
        let fifth = m5 - 5.0 * m4 * m1 - 10.0 * m3 * (m2 - 2.0 * square)
            + 30.0 * m2 * m1 * (m2 - 2.0 * square)
            + 24.0 * square * square * m1;
        let count = counts[row];
        let of_sum = count * variance;
        let sd = of_sum.sqrt();
        let over_cube = 1.0 / (of_sum * sd);
        let over_square = sd * over_cube;
        let shape = [
            count * third * over_cube,
            count * fourth * over_square * over_square,
            count * fifth * over_cube * over_square,
        ];
        let w = cornish_fisher(sums[row], shape);
        // Below this spread all deals count as equal.
        let w = if variance > 1e-6 * square { w } else { sums[row] };
        let spread = if variance > 1e-12 * square { sd * w } else { 0.0 };
        // No sum of deals between two sizes lies outside `count` times either.
        let sum = (count * m1 + spread).max(count * low[row]).min(count * high[row]);
        sums[row] = if count > 0.0 { sum } else { 0.0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counting::binomial_quantile;
    use crate::counting::sizes::Shape;

    /// Edges from far below the median to far above it, for spreads from small to large.
    fn rows() -> (Vec<f64>, Vec<f64>) {
        let spreads = [0.3, 1.0, 1.4, 1.83, 2.2, 3.0, 4.5];
        let edges = (-60..=80).map(|step| 0.1 * f64::from(step));
        edges.flat_map(|z| spreads.map(|sigma| (sigma, z * sigma))).unzip()
    }

    fn edges(sigma: &[f64], logs: Vec<f64>) -> Edges {
        let rows = sigma.len();
        let mut all = vec![0.0; ORDERS * rows];
        moments_of_all(sigma, &mut all);
        let mut edges = Edges { logs, ..Edges::new(rows) };
        edges.measure(sigma, &all, &mut Scratch::new(rows));
        edges
    }

    #[test]
    fn moments_below_an_edge_are_shares_of_the_normal_law_times_the_moments_of_all() {
        let (sigma, logs) = rows();
        let found = edges(&sigma, logs.clone());
        for (row, (sigma, log)) in sigma.iter().zip(&logs).enumerate() {
            assert!((found.sizes[row] / libm::exp(*log) - 1.0).abs() < 1e-14);
            for k in 0..ORDERS {
                let order = k as f64;
                let share = special::normal_share(log / sigma - order * sigma);
                // The shares have digits down to Φ(−11).
                if log / sigma - order * sigma > -10.0 {
                    let expected = share * libm::exp(0.5 * order * order * sigma * sigma);
                    let moment = found.moments[k * logs.len() + row];
                    assert!((moment / expected - 1.0).abs() < 2e-13, "order {k} below {log}: {moment} of {expected}");
                }
            }
        }
    }

    /// The sum by the cumulants of one deal, one row at a time; the fifth follows from the moments.
    fn slowly(sigma: f64, [low, high]: [f64; 2], count: f64, normal: f64) -> f64 {
        let shape = Shape::new(sigma, 0.0, f64::INFINITY);
        let [k1, k2, k3, k4] = shape.band(high).without(&shape.band(low)).cumulants(sigma);
        // By quadrature over the normals of the sizes.
        let (from, to) = (low / sigma, high / sigma);
        let (mut mass, mut fifth) = (0.0, 0.0);
        for step in 0..20_000 {
            let z = from + (to - from) * (f64::from(step) + 0.5) / 20_000.0;
            let density = libm::exp(-0.5 * z * z);
            mass += density;
            fifth += density * (libm::exp(sigma * z) - k1).powi(5);
        }
        let k5 = fifth / mass - 10.0 * k3 * k2;
        let root = (count * k2).sqrt();
        let shape = [count * k3 / root.powi(3), count * k4 / root.powi(4), count * k5 / root.powi(5)];
        count * k1 + root * cornish_fisher(normal, shape)
    }

    #[test]
    fn columns_of_counts_and_sums_are_those_of_one_row_at_a_time() {
        let (sigma, logs) = rows();
        let length = logs.len();
        let low_logs: Vec<f64> = sigma.iter().zip(&logs).map(|(sigma, log)| log - 0.7 * sigma).collect();
        let (high, low) = (edges(&sigma, logs.clone()), edges(&sigma, low_logs.clone()));
        let ranks: Vec<f64> = (0..length).map(|row| (row as f64 * 0.618_034).fract()).collect();
        let mut counts = ranks.clone();
        special::normals(&mut counts);
        let mut sums = counts.clone();
        let (left, mut inside) = (vec![900.0; length], vec![0.0; length]);
        count_inside(&left, &high.moments[..length], &low.moments[..length], &mut inside, &mut counts);
        let known = counts.iter().filter(|count| !count.is_nan()).count();
        assert!(known * 6 > length, "{known} of {length} counts are decided");
        counts.iter_mut().for_each(|count| *count = if count.is_nan() { 300.0 } else { *count });
        sums_between(&counts, (&high.sizes, &high.moments), (&low.sizes, &low.moments), &mut sums);
        for row in 0..length {
            let shape = Shape::new(sigma[row], 0.0, f64::INFINITY);
            let band = shape.band(logs[row]).without(&shape.band(low_logs[row]));
            let share = band.0[0] / shape.band(logs[row]).0[0];
            assert!((inside[row] / share - 1.0).abs() < 1e-11);
            if counts[row] != 300.0 {
                assert_eq!(counts[row], binomial_quantile(ranks[row], 900.0, inside[row]), "row {row}");
            }
            // Far out on either side the shares of single rows have lost the digits that cumulants need.
            if counts[row] > 24.0
                && logs[row] / sigma[row] < 4.0
                && low_logs[row] / sigma[row] - 4.0 * sigma[row] > -10.0
            {
                let ends = [low_logs[row], logs[row]];
                let expected = slowly(sigma[row], ends, counts[row], special::normal_quantile(ranks[row]));
                let expected =
                    expected.clamp(counts[row] * libm::exp(low_logs[row]), counts[row] * libm::exp(logs[row]));
                assert!((sums[row] / expected - 1.0).abs() < 1e-9, "row {row}: {} and {expected}", sums[row]);
            }
        }
    }

    #[test]
    fn no_deals_add_up_to_nothing_and_equal_ones_to_their_number() {
        let sigma = [1.83; 3];
        let high = edges(&sigma, vec![2.0 + 1e-9; 3]);
        let low = edges(&sigma, vec![2.0; 3]);
        let mut sums = [0.3, -2.0, 6.0];
        sums_between(&[0.0, 100.0, 1e6], (&high.sizes, &high.moments), (&low.sizes, &low.moments), &mut sums);
        assert_eq!(sums[0], 0.0);
        for (sum, count) in sums.into_iter().zip([0.0, 100.0, 1e6]).skip(1) {
            assert!((sum / (count * libm::exp(2.0)) - 1.0).abs() < 1e-8, "{sum} of {count}");
        }
    }

    /// Largest distance between the distribution of `n` deals below the level `share` and that of their simulated sum,
    /// by Fourier inversion (Gil-Pelaez) of the exact characteristic function, found by quadrature.
    fn distance(sigma: f64, share: f64, n: u32) -> f64 {
        let end = -special::normal_quantile(share);
        let high = edges(&[sigma; 101], vec![sigma * end; 101]);
        let none = Edges::new(101);
        let ranks: Vec<f64> = (-50..=50).map(|step| 0.1 * f64::from(step)).collect();
        let mut sums = ranks.clone();
        let counts = [f64::from(n); 101];
        sums_between(&counts, (&high.sizes, &high.moments), (&none.sizes, &none.moments), &mut sums);
        // Simpson's rule in the normals of the sizes.
        let nodes: Vec<(f64, f64)> = (0..=1_000)
            .map(|step| {
                let z = (8.0 + end) * f64::from(step) / 1_000.0 - 8.0;
                let weight = if step % 1_000 == 0 { 1.0 } else { f64::from(2 + step % 2 * 2) };
                (libm::exp(sigma * z), weight * libm::exp(-0.5 * z * z))
            })
            .collect();
        let mass: f64 = nodes.iter().map(|(_, weight)| weight).sum();
        let mean = nodes.iter().map(|(size, weight)| size * weight).sum::<f64>() / mass;
        let variance = nodes.iter().map(|(size, weight)| (size - mean).powi(2) * weight).sum::<f64>() / mass;
        let sd = (f64::from(n) * variance).sqrt();
        let step = 0.05;
        // Modulus and angle of the centred sum's characteristic function.
        let waves: Vec<[f64; 3]> = (0..180)
            .map(|k| {
                let t = step * (f64::from(k) + 0.5);
                let part = |wave: fn(f64) -> f64| {
                    nodes.iter().map(|(size, weight)| weight * wave(t * (size - mean) / sd)).sum::<f64>() / mass
                };
                let (real, imaginary) = (part(libm::cos), part(libm::sin));
                [t, libm::pow(libm::hypot(real, imaginary), n.into()), f64::from(n) * libm::atan2(imaginary, real)]
            })
            .collect();
        let misses = ranks.iter().zip(&sums).map(|(rank, sum)| {
            let x = (sum - f64::from(n) * mean) / sd;
            let wave = |[t, modulus, angle]: &[f64; 3]| modulus * libm::sin(angle - t * x) / t;
            let below = 0.5 - waves.iter().map(wave).sum::<f64>() * step / std::f64::consts::PI;
            (below - special::normal_cdf(*rank)).abs()
        });
        misses.fold(0.0, f64::max)
    }

    #[test]
    fn sums_of_what_is_not_drawn_are_as_exact_as_said() {
        for (sigma, deals, limit) in [(1.83, 232, 2e-6), (1.83, 1151, 5e-7), (2.5, 129, 9e-6), (2.5, 41, 4.5e-5)] {
            let found = distance(sigma, 10.0 / f64::from(deals), deals - 10);
            assert!(found < limit && found > 0.1 * limit, "{deals} deals with spread {sigma}: {found:e}");
        }
    }
}
