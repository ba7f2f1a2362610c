//! Tests: the exact algebra of a fit against a Kalman filter and plain integration, which share nothing with it.

use super::cell::{Cell, Conjugate};
use super::prior::{Grid, MEAN_GROWTH, Point};

/// The series of the reference values.
const LEVELS: [f64; 12] = [4.1, 6.0, 9.2, 8.5, 13.9, 22.4, 25.2, 23.6, 52.9, 47.4, 67.2, 109.1];

fn logs() -> Vec<f64> {
    LEVELS.map(libm::log).to_vec()
}

/// A level that grows by a state of its own: `level' = level + step·state + kick`, `state' = keep·state + drift + shock`.
#[derive(Clone, Copy, Debug)]
struct Model {
    /// Whether the level takes the state of the year before, as a local trend does, or of its own, as growth does.
    own_year: bool,
    keep: f64,
    drift: f64,
    /// Variances of the kick of the level, of the shock of the state, and of what is observed of the level.
    kick: f64,
    shock: f64,
    observed: f64,
}

/// What is believed of level and state: means, variances and covariance.
#[derive(Clone, Copy, Debug)]
struct Belief {
    mean: [f64; 2],
    level: f64,
    state: f64,
    both: f64,
}

impl Model {
    /// What is believed of the next year.
    fn ahead(&self, it: Belief) -> Belief {
        let state = self.keep * it.mean[1] + self.drift;
        if self.own_year {
            // The level takes the new state: level + keep·state + drift + shock.
            let variance = self.keep * self.keep * it.state + self.shock;
            let both = self.keep * it.both + variance;
            let level = it.level + 2.0 * self.keep * it.both + variance + self.kick;
            return Belief { mean: [it.mean[0] + state, state], level, state: variance, both };
        }
        let level = it.level + 2.0 * it.both + it.state + self.kick;
        let both = self.keep * (it.both + it.state);
        let variance = self.keep * self.keep * it.state + self.shock;
        Belief { mean: [it.mean[0] + it.mean[1], state], level, state: variance, both }
    }

    /// The log density of what is seen of the level, and what is believed then.
    fn seen(&self, it: Belief, y: f64) -> (f64, Belief) {
        let (off, variance) = (y - it.mean[0], it.level + self.observed);
        let gain = [it.level / variance, it.both / variance];
        let density = -0.5 * (libm::log(2.0 * std::f64::consts::PI * variance) + off * off / variance);
        let after = Belief {
            mean: [it.mean[0] + gain[0] * off, it.mean[1] + gain[1] * off],
            level: it.level - gain[0] * it.level,
            state: it.state - gain[1] * it.both,
            both: it.both - gain[0] * it.both,
        };
        (density, after)
    }

    /// The log density of a series, of which the first value is foreseen by a belief, and what is believed at its end.
    fn all_seen(&self, first: Belief, series: &[f64]) -> (f64, Belief) {
        let mut belief = first;
        let mut sum = 0.0;
        for (year, y) in series.iter().enumerate() {
            if year > 0 {
                belief = self.ahead(belief);
            }
            let (density, after) = self.seen(belief, *y);
            (sum, belief) = (sum + density, after);
        }
        (sum, belief)
    }

    /// Mean and variance of what is observed some years on.
    fn forecast(&self, mut belief: Belief, years: usize) -> [f64; 2] {
        for _ in 0..years {
            belief = self.ahead(belief);
        }
        [belief.mean[0], belief.level + self.observed]
    }
}

fn near(own: f64, reference: f64) {
    assert!((own - reference).abs() <= 1e-10 * reference.abs(), "{own} is not {reference}");
}

const TREND: Model = Model { own_year: false, keep: 1.0, drift: 0.0, kick: 0.05, shock: 0.01, observed: 0.02 };

/// Reference rows N01 to N03: a local linear trend from a known start.
#[test]
fn the_filter_is_that_of_the_reference() {
    let (density, end) = TREND.all_seen(Belief { mean: [1.4, 0.2], level: 1.0, state: 0.25, both: 0.0 }, &logs());
    near(density, -4.387_427_940_601_184);
    near(end.mean[1], 0.321_179_188_913_119_37);
    near(TREND.forecast(end, 1)[0], 4.976_342_757_114_571);
    let [mean, variance] = TREND.forecast(end, 3);
    near(mean, 5.618_701_134_940_809);
    near(variance, 0.542_507_689_516_091);
    let [mean, variance] = TREND.forecast(end, 5);
    near(mean, 6.261_059_512_767_048);
    near(variance, 1.398_609_450_639_306);
}

/// Reference row N14: of level and trend nothing is known before, so that the first two years say what both are.
#[test]
fn a_start_that_nothing_is_known_of_is_told_by_two_years() {
    let y = logs();
    let Model { kick, shock, observed, .. } = TREND;
    let second =
        Belief { mean: [y[1], y[1] - y[0]], level: observed, state: 2.0 * observed + kick + shock, both: observed };
    near(TREND.all_seen(TREND.ahead(second), &y[2..]).0, -3.172_528_216_849_012_6);
}

/// Reference row N04: growth that persists, and noise of the level that does not stay.
#[test]
fn growth_that_persists_is_filtered_as_the_reference_does() {
    let growth = Model { own_year: true, keep: 0.3, drift: 0.7 * 0.15, kick: 0.0, shock: 0.12, observed: 0.02 };
    let first = Belief { mean: [logs()[0], 0.15], level: 0.5, state: 0.12 / 0.91, both: 0.0 };
    near(growth.all_seen(first, &logs()).0, -4.386_003_531_350_709);
}

/// The conjugate algebra of one point against the filter under every mean and every variance of a fine grid.
#[test]
fn evidence_and_prediction_of_a_fit_are_what_integration_gives() {
    const TIGHT: Grid = Grid { kappas: &[7.0], nu: 4.0, spread: 0.36 };
    let y = logs();
    let growths: Vec<f64> = y.windows(2).map(|pair| pair[1] - pair[0]).collect();
    for (phi, q) in [(0.0, 0.0), (0.2, 0.1), (-0.4, 0.5), (0.6, 1.0)] {
        let point = Point { phi, q, kappa: 7.0, weight: 1.0 };
        let cell = Cell::new(Conjugate::of(&TIGHT, &point, 1), std::slice::from_ref(&growths));
        let (mut evidence, mut ahead) = (0.0, 0.0);
        let (steps, most) = (240, 1.6);
        for i in 0..steps {
            // The variance in logs, whose prior is an inverse gamma law with shape 2.
            let step = 9.0 / f64::from(steps);
            let variance = libm::exp(-6.0 + step * (f64::from(i) + 0.5));
            let rate = 0.5 * TIGHT.nu * TIGHT.spread * TIGHT.spread;
            let of_variance = rate * rate / (variance * variance) * libm::exp(-rate / variance) * step;
            for j in 0..steps {
                let width = 2.0 * most / f64::from(steps);
                let m = MEAN_GROWTH - most + width * (f64::from(j) + 0.5);
                let spread = variance / point.kappa;
                let of_mean = libm::exp(-0.5 * (m - MEAN_GROWTH) * (m - MEAN_GROWTH) / spread)
                    / libm::sqrt(2.0 * std::f64::consts::PI * spread)
                    * width;
                let model = Model {
                    own_year: true,
                    keep: phi,
                    drift: (1.0 - phi) * m,
                    kick: 0.0,
                    shock: variance,
                    observed: q * variance,
                };
                // Behind the first level, which tells of nothing but itself and its noise.
                let first =
                    Belief { mean: [y[0], m], level: q * variance, state: variance / (1.0 - phi * phi), both: 0.0 };
                let (density, end) = model.all_seen(model.ahead(first), &y[1..]);
                let weight = libm::exp(density) * of_mean * of_variance;
                evidence += weight;
                ahead += weight * (model.forecast(end, 3)[0] - y[11]);
            }
        }
        let (own, found) = (cell.log_evidence, libm::log(evidence));
        assert!((own - found).abs() < 1e-5, "persistence {phi}, noise {q}: {own} is not {found}");
        let (own, found) = (cell.ahead(3).0[0], ahead / evidence);
        assert!((own - found).abs() < 1e-5, "persistence {phi}, noise {q}: {own} is not {found}");
    }
}
