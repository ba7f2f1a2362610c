//! One point of the grid with the figures seen: exact posterior, evidence and prediction of a conjugate model.
//!
//! Growth of the regions in year `i` is a row of `G ~ MN(1m', C + 11'/κ₀, Σ)` with
//! `Cᵢⱼ = φ^|i−j|/(1−φ²) + q(2·1(i=j) − 1(|i−j|=1))`: growth that persists, and noise of the level that does not stay.
//! With `Σ ~ IW(ν, S₀)` everything that is not yet seen follows a multivariate Student law.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::prior::{CORRELATION, Grid, MEAN_GROWTH, Point};

/// Prior of one point in the form of the algebra.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::study) struct Conjugate {
    pub phi: f64,
    pub q: f64,
    pub kappa: f64,
    /// Degrees of freedom of the inverse Wishart law.
    pub nu: f64,
    /// Scale of the inverse Wishart law.
    pub scale: DMatrix<f64>,
}

impl Conjugate {
    /// The prior of a point for so many regions: each alone has the inverse gamma law of the grid.
    pub(super) fn of(grid: &Grid, point: &Point, regions: usize) -> Self {
        let square = grid.nu * grid.spread * grid.spread;
        let scale = DMatrix::from_fn(regions, regions, |i, j| if i == j { square } else { square * CORRELATION });
        let nu = grid.nu + regions as f64 - 1.0;
        Self { phi: point.phi, q: point.q, kappa: point.kappa, nu, scale }
    }
}

/// Covariance of growth, over the variance of the yearly shock, of so many years in a row; its mean is given.
fn covariance(years: usize, phi: f64, q: f64) -> DMatrix<f64> {
    let persistent = 1.0 / (1.0 - phi * phi);
    let mut powers = vec![1.0; years];
    for lag in 1..years {
        powers[lag] = powers[lag - 1] * phi;
    }
    DMatrix::from_fn(years, years, |i, j| {
        let noise = match i.abs_diff(j) {
            0 => 2.0 * q,
            1 => -q,
            _ => 0.0,
        };
        powers[i.abs_diff(j)] * persistent + noise
    })
}

/// A point with the figures seen.
#[derive(Clone, Debug)]
pub(in crate::study) struct Cell {
    pub prior: Conjugate,
    /// Log density of the figures seen, before they were seen.
    pub log_evidence: f64,
    /// Degrees of freedom of the inverse Wishart law of Σ.
    pub nu: f64,
    /// Scale of the inverse Wishart law.
    pub scale: DMatrix<f64>,
    /// Mean of long-run growth by region, given Σ.
    pub mean: Vec<f64>,
    /// How many years of figures that mean is worth: its covariance is Σ over this.
    pub kappa: f64,
    /// Growth seen, above the prior mean, by year and region.
    excess: DMatrix<f64>,
    /// Factor of the covariance of growth seen, its mean being uncertain.
    factor: Cholesky<f64, Dyn>,
    /// Factor of that covariance, its mean being given.
    given_mean: Cholesky<f64, Dyn>,
}

/// Regression of the state of the last year on growth seen: what a simulation goes on from.
pub(in crate::study) struct LastState {
    /// Weights of growth seen above its mean in the persistent growth of the last year.
    pub growth: DVector<f64>,
    /// Its weights in the noise of the last level.
    pub noise: DVector<f64>,
    /// Covariance, over Σ, of what is left of the two: variances and covariance.
    pub left: [f64; 3],
}

impl Cell {
    /// Takes in growth by region, each of the same years.
    pub(in crate::study) fn new(prior: Conjugate, growths: &[Vec<f64>]) -> Self {
        let (n, d) = (growths[0].len(), growths.len());
        let c = covariance(n, prior.phi, prior.q);
        let given_mean = positive(c.clone());
        let factor = positive(c.map(|value| value + 1.0 / prior.kappa));
        let excess = DMatrix::from_fn(n, d, |i, j| growths[j][i] - MEAN_GROWTH);
        let solved = factor.solve(&excess);
        let scale = DMatrix::from_fn(d, d, |i, j| prior.scale[(i, j)] + dot(&excess, i, &solved, j));
        let ones = DVector::from_element(n, 1.0);
        let weights = given_mean.solve(&ones);
        let kappa = prior.kappa + weights.sum();
        let of_region = |region: usize| (0..n).map(|i| weights[i] * excess[(i, region)]).sum::<f64>();
        let mean = (0..d).map(|region| MEAN_GROWTH + of_region(region) / kappa).collect();
        let (size, degrees) = (n as f64, d as f64);
        let nu = prior.nu + size;
        let log_evidence = -0.5 * size * degrees * libm::log(std::f64::consts::PI)
            - 0.5 * degrees * log_determinant(&factor)
            + log_gamma(d, 0.5 * nu)
            - log_gamma(d, 0.5 * prior.nu)
            + 0.5 * prior.nu * log_determinant(&positive(prior.scale.clone()))
            - 0.5 * nu * log_determinant(&positive(scale.clone()));
        Self { prior, log_evidence, nu, scale, mean, kappa, excess, factor, given_mean }
    }

    /// A point before any figure is seen.
    pub(in crate::study) fn without_figures(prior: Conjugate) -> Self {
        let d = prior.scale.nrows();
        // The algebra of no years: one of no weight stands in, of which nothing is asked.
        let one = positive(DMatrix::identity(1, 1));
        Self {
            log_evidence: 0.0,
            nu: prior.nu,
            scale: prior.scale.clone(),
            mean: vec![MEAN_GROWTH; d],
            kappa: prior.kappa,
            excess: DMatrix::zeros(0, d),
            factor: one.clone(),
            given_mean: one,
            prior,
        }
    }

    /// Degrees of freedom of every prediction.
    pub(in crate::study) fn degrees(&self) -> f64 {
        self.nu - self.scale.nrows() as f64 + 1.0
    }

    /// Location by region of the change of log levels over so many years from the last, and its variance over Σ.
    pub(in crate::study) fn ahead(&self, years: usize) -> (Vec<f64>, f64) {
        let (n, d) = (self.excess.nrows(), self.excess.ncols());
        let whole = covariance(n + years, self.prior.phi, self.prior.q).map(|value| value + 1.0 / self.prior.kappa);
        let with_seen = DVector::from_fn(n, |i, _| (0..years).map(|j| whole[(i, n + j)]).sum());
        let solved = self.factor.solve(&with_seen);
        let own: f64 =
            (0..years).flat_map(|i| (0..years).map(move |j| (i, j))).map(|(i, j)| whole[(n + i, n + j)]).sum();
        let variance = own - (0..n).map(|i| with_seen[i] * solved[i]).sum::<f64>();
        let from_mean = |region: usize| (0..n).map(|i| solved[i] * self.excess[(i, region)]).sum::<f64>();
        ((0..d).map(|region| years as f64 * MEAN_GROWTH + from_mean(region)).collect(), variance)
    }

    /// What growth seen says of the state of the last year.
    pub(in crate::study) fn last_state(&self) -> LastState {
        let n = self.excess.nrows();
        let (phi, q) = (self.prior.phi, self.prior.q);
        let persistent = 1.0 / (1.0 - phi * phi);
        let mut of_growth = DVector::from_element(n, persistent);
        for i in (0..n - 1).rev() {
            of_growth[i] = of_growth[i + 1] * phi;
        }
        // The noise of the last level is in the last growth alone.
        let of_noise = DVector::from_fn(n, |i, _| if i + 1 == n { q } else { 0.0 });
        let growth = self.given_mean.solve(&of_growth);
        let noise = self.given_mean.solve(&of_noise);
        let sum = |a: &DVector<f64>, b: &DVector<f64>| (0..n).map(|i| a[i] * b[i]).sum::<f64>();
        let left = [
            (persistent - sum(&of_growth, &growth)).max(0.0),
            -sum(&of_growth, &noise),
            (q - sum(&of_noise, &noise)).max(0.0),
        ];
        LastState { growth, noise, left }
    }

    /// Growth seen in a year and region.
    pub(in crate::study) fn seen(&self, year: usize, region: usize) -> f64 {
        self.excess[(year, region)] + MEAN_GROWTH
    }

    /// Number of years of growth seen.
    pub(in crate::study) fn years(&self) -> usize {
        self.excess.nrows()
    }
}

fn dot(a: &DMatrix<f64>, i: usize, b: &DMatrix<f64>, j: usize) -> f64 {
    (0..a.nrows()).map(|row| a[(row, i)] * b[(row, j)]).sum()
}

fn positive(matrix: DMatrix<f64>) -> Cholesky<f64, Dyn> {
    Cholesky::new(matrix)
        .expect("covariances of a grid with |φ| < 1, and scales with a prior added, are positive definite")
}

fn log_determinant(factor: &Cholesky<f64, Dyn>) -> f64 {
    let lower = factor.l_dirty();
    2.0 * (0..lower.nrows()).map(|i| libm::log(lower[(i, i)])).sum::<f64>()
}

/// Logarithm of the multivariate gamma function, but for its power of π, which cancels.
fn log_gamma(dimensions: usize, x: f64) -> f64 {
    (0..dimensions).map(|j| libm::lgamma(x - 0.5 * j as f64)).sum()
}
