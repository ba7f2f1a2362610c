//! Rows of draws from what a grid says: each point of the grid in proportion to its weight, and even within a point.
//!
//! Within a point every number is stratified: of `n` rows each has another `n`-th of its law (Latin hypercube sampling:
//! McKay, Beckman & Conover, 1979). Nothing here depends on the order of threads or on a clock.

use crate::random::{Key, Numbers, Purpose};
use crate::special;

use super::cell::Cell;
use super::posterior::Posterior;

/// Rows that are written: enough that no shown digit rests on them.
pub const ROWS: usize = 8_192;

/// Two regions at most.
const MOST: usize = 2;

/// One draw of everything that a simulation of the regions takes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FitRow {
    /// Long-run growth by region, as a log.
    pub growth: [f64; MOST],
    /// Standard deviation of the yearly shock by region.
    pub volatility: [f64; MOST],
    /// Standard deviation of the noise of a year's level that does not stay, by region.
    pub transient: [f64; MOST],
    /// Growth of the base year without that noise, by region, as a log.
    pub initial_growth: [f64; MOST],
    /// Noise in the level of the base year, by region, as a log.
    pub transient_in_base: [f64; MOST],
    /// Share of a deviation of growth that is left a year later.
    pub persistence: f64,
    /// Correlation of the regions' shocks and noise.
    pub correlation: f64,
}

/// Rows of a law, in the order of the grid; `seen` adds what the figures seen say of the last year.
pub(super) fn rows(of: &Posterior, count: usize, seed: u64, seen: bool) -> Vec<FitRow> {
    let weights: Vec<f64> = of.cells.iter().map(|(weight, _)| *weight).collect();
    let mut found = Vec::with_capacity(count);
    for (point, ((_, cell), rows)) in of.cells.iter().zip(shares(&weights, count)).enumerate() {
        of_point(cell, (point, rows), seed, seen, &mut found);
    }
    found
}

/// Whole numbers in proportion to weights that add up to a count: the largest remainders are rounded up.
fn shares(weights: &[f64], count: usize) -> Vec<usize> {
    let total: f64 = weights.iter().sum();
    let exact: Vec<f64> = weights.iter().map(|weight| weight / total * count as f64).collect();
    let mut whole: Vec<usize> = exact.iter().map(|share| share.floor() as usize).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    let missing = count - whole.iter().sum::<usize>();
    order.into_iter().take(missing).for_each(|place| whole[place] += 1);
    whole
}

/// Stratified numbers in (0, 1), each of the strata once: the ranks of addressed ones.
fn strata(numbers: Numbers, (point, rows): (usize, usize), which: &str) -> Vec<f64> {
    let key = Key::new(Purpose::Resample, &format!("fit {which} {point}"));
    let uniforms: Vec<f64> = (0..rows as u64).map(|row| numbers.uniform(row, 0, key, 0)).collect();
    let mut order: Vec<usize> = (0..rows).collect();
    order.sort_by(|a, b| uniforms[*a].total_cmp(&uniforms[*b]).then(a.cmp(b)));
    let mut strata = vec![0.0; rows];
    order.into_iter().enumerate().for_each(|(rank, row)| strata[row] = (rank as f64 + 0.5) / rows as f64);
    strata
}

/// Lower Cholesky factor of a covariance of one or two, which may be singular.
fn factor(a: f64, b: f64, c: f64) -> [f64; 3] {
    let first = a.max(0.0).sqrt();
    let below = if first > 0.0 { b / first } else { 0.0 };
    [first, below, (c - below * below).max(0.0).sqrt()]
}

/// Rows of one point of the grid.
fn of_point(cell: &Cell, at: (usize, usize), seed: u64, seen: bool, found: &mut Vec<FitRow>) {
    let (numbers, regions) = (Numbers::new(seed), cell.scale.nrows());
    let uniform = |which: &str| strata(numbers, at, which);
    let normal = |which: &str| {
        let mut column = strata(numbers, at, which);
        special::normals(&mut column);
        column
    };
    let spread = [uniform("spread 1"), uniform("spread 2")];
    let (together, mean) = (normal("together"), [normal("growth 1"), normal("growth 2")]);
    let state = [normal("state 1"), normal("state 2"), normal("state 3"), normal("state 4")];
    let last = seen.then(|| cell.last_state());
    let scale = match regions {
        1 => factor(cell.scale[(0, 0)], 0.0, 0.0),
        _ => factor(cell.scale[(0, 0)], cell.scale[(1, 0)], cell.scale[(1, 1)]),
    };
    for row in 0..at.1 {
        let chi = |which: usize| chi_square(cell.nu - which as f64, spread[which][row]).sqrt();
        // Σ = (L A⁻ᵀ)(L A⁻ᵀ)ᵀ with S = L Lᵀ and Bartlett's lower triangular A of a Wishart law.
        let (first, second) = (chi(0), if regions > 1 { chi(1) } else { 1.0 });
        let aside = if regions > 1 { together[row] } else { 0.0 };
        // L A⁻ᵀ: rows of L times the inverse of the upper triangular Aᵀ.
        let b = [
            [scale[0] / first, -scale[0] * aside / (first * second)],
            [scale[1] / first, (scale[2] - scale[1] * aside / first) / second],
        ];
        let covariance = |i: usize, j: usize| b[i][0] * b[j][0] + b[i][1] * b[j][1];
        let sigma = if regions > 1 {
            factor(covariance(0, 0), covariance(1, 0), covariance(1, 1))
        } else {
            factor(covariance(0, 0), 0.0, 0.0)
        };
        let mixed = |z: [f64; 2]| [sigma[0] * z[0], sigma[1] * z[0] + sigma[2] * z[1]];
        let volatility = [sigma[0], (sigma[1] * sigma[1] + sigma[2] * sigma[2]).sqrt()];
        let off = mixed([mean[0][row], mean[1][row]]);
        let mut drawn = FitRow { persistence: cell.prior.phi, volatility, ..FitRow::default() };
        drawn.correlation = if regions > 1 && volatility[1] > 0.0 { sigma[1] / volatility[1] } else { 0.0 };
        for region in 0..regions {
            drawn.growth[region] = cell.mean[region] + off[region] / cell.kappa.sqrt();
            drawn.transient[region] = volatility[region] * cell.prior.q.sqrt();
        }
        if let Some(last) = &last {
            let left = factor(last.left[0], last.left[1], last.left[2]);
            let (one, other) = (mixed([state[0][row], state[1][row]]), mixed([state[2][row], state[3][row]]));
            for region in 0..regions {
                let above = |year: usize| cell.seen(year, region) - drawn.growth[region];
                let sum =
                    |weights: &nalgebra::DVector<f64>| (0..cell.years()).map(|i| weights[i] * above(i)).sum::<f64>();
                drawn.initial_growth[region] = drawn.growth[region] + sum(&last.growth) + left[0] * one[region];
                drawn.transient_in_base[region] = sum(&last.noise) + left[1] * one[region] + left[2] * other[region];
            }
        }
        found.push(drawn);
    }
}

/// Quantile of a chi-square law: Newton's steps from Wilson and Hilferty's approximation, kept between bounds that close in.
fn chi_square(degrees: f64, p: f64) -> f64 {
    let shape = 0.5 * degrees;
    let c = 2.0 / (9.0 * degrees);
    let cube = 1.0 - c + special::normal_quantile(p) * c.sqrt();
    let mut x = 0.5 * (degrees * cube * cube * cube).max(1e-8 * degrees);
    let (mut low, mut high) = (0.0, f64::INFINITY);
    for _ in 0..60 {
        let miss = special::gamma_cdf(shape, x) - p;
        if miss > 0.0 {
            high = x
        } else {
            low = x
        }
        let log_density = (shape - 1.0) * libm::log(x) - x - libm::lgamma(shape);
        let next = x - miss / libm::exp(log_density);
        let next = if low < next && next < high {
            next
        } else if high.is_finite() {
            0.5 * (low + high)
        } else {
            2.0 * x
        };
        if (next - x).abs() <= 1e-12 * x {
            break;
        }
        x = next;
    }
    2.0 * x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published quantiles: 95% of the laws with 1, 5 and 10 degrees lie below 3.841, 11.070 and 18.307, 5% below 0.00393,
    /// 1.145 and 3.940.
    #[test]
    fn chi_square_quantiles_are_those_of_the_tables() {
        for (degrees, low, high) in [(1.0, 0.003_93, 3.841), (5.0, 1.145, 11.070), (10.0, 3.940, 18.307)] {
            assert!((chi_square(degrees, 0.05) / low - 1.0).abs() < 1e-3, "{degrees}");
            // Three decimals of the tables.
            assert!((chi_square(degrees, 0.95) - high).abs() < 6e-4, "{degrees}");
        }
    }

    #[test]
    fn shares_add_up_and_are_proportional() {
        assert_eq!(shares(&[0.5, 0.25, 0.25], 8), [4, 2, 2]);
        assert_eq!(shares(&[1.0, 1.0, 1.0], 8).iter().sum::<usize>(), 8);
        assert_eq!(shares(&[0.999, 0.001], 100), [100, 0]);
    }
}
