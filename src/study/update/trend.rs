//! What new figures teach about the trends of both sides: exact conditioning of normal laws.
//!
//! With growth `g ~ N(μ, Σ)` of both sides and yearly shocks of covariance `S`, the log change of funding over `h` years is
//! `y = h g + e` with `e ~ N(0, h S + M)`, where `M` is what is not known of the figures themselves. So
//! `g | y ~ N(μ + K (y − h μ), Σ − h K Σ)` with `K = h Σ (h² Σ + h S + M)⁻¹`.

use crate::distribution::Distribution;
use crate::growth::Growth;
use crate::scenario::{AssumptionId, Quantity, Region, Scenario};
use crate::shock::Law;

/// A number for each side of the gap: lead, follow.
pub type Sides = [f64; 2];
/// A symmetric matrix over the sides.
pub type Matrix = [[f64; 2]; 2];

/// A normal law of the yearly log growth of both sides' funding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Means of the lead and the follow region.
    pub mean: Sides,
    /// Covariance of the two.
    pub covariance: Matrix,
}

/// Trends and shocks of a scenario whose funding is a random walk with normal trends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Walk {
    /// What is assumed of the trends.
    pub trend: Trend,
    /// Covariance of the yearly shocks of both sides' log funding.
    pub shocks: Matrix,
}

/// Why the trends of a scenario cannot be updated exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotLinear {
    /// A series follows another model than a random walk.
    Model {
        /// Address of the series.
        series: String,
        /// Name of its model.
        model: &'static str,
    },
    /// A parameter has a law that is not normal, or changes over the years.
    Parameter {
        /// Address of the parameter.
        address: String,
        /// What it would have to be.
        wanted: &'static str,
    },
    /// The scenario has something that breaks the line between growth and log funding.
    Has(&'static str),
}

impl std::error::Error for NotLinear {}

impl std::fmt::Display for NotLinear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Model { series, model } => write!(
                f,
                "{series} follows the model {model}, and what one figure teaches is exact for random walks only; start from a \
                 scenario of random walks, or set {series}.model to one"
            ),
            Self::Parameter { address, wanted } => write!(
                f,
                "{address} is not {wanted}, and what one figure teaches is exact for normal trends and certain swings only; write \
                 --set \"{address}=…\" with {wanted}"
            ),
            Self::Has(what) => write!(
                f,
                "the scenario has {what}, with which a figure teaches more than trends; update the scenario without them and lay \
                 them over the result"
            ),
        }
    }
}

impl Walk {
    /// The trends and shocks of a scenario.
    ///
    /// # Errors
    /// What keeps its log funding from being a normal random walk with a normal trend.
    pub fn of(scenario: &Scenario) -> Result<Self, NotLinear> {
        let has = [
            (!scenario.events().is_empty(), "events"),
            (!scenario.jumps().is_empty(), "jumps"),
            (scenario.regimes().is_some(), "regimes"),
            (*scenario.shocks().law() != Law::Gaussian, "shocks that are not normal"),
            (!scenario.measurement().is_off(), "doubts about its own figures"),
            (scenario.regions().iter().any(|region| region.counting().is_some()), "deals that are counted"),
            (scenario.pairs().iter().any(|pair| scenario.varies(pair.rho())), "correlations that are uncertain"),
        ];
        if let Some((_, what)) = has.into_iter().find(|(has, _)| *has) {
            return Err(NotLinear::Has(what));
        }
        let sides = [scenario.gap().lead(), scenario.gap().follow()].map(|region| &scenario.regions()[region]);
        let parts = [parts(scenario, sides[0])?, parts(scenario, sides[1])?];
        let mean = [0, 1].map(|side: usize| parts[side].iter().map(|part| part.mean).sum());
        let both = |of: &dyn Fn(&Part, &Part) -> f64| {
            [0, 1].map(|a: usize| {
                [0, 1].map(|b: usize| {
                    parts[a].iter().flat_map(|one| parts[b].iter().map(move |other| of(one, other))).sum()
                })
            })
        };
        let growth =
            |one: &Part, other: &Part| one.sd * other.sd * correlation_of_growth(scenario, one.growth, other.growth);
        let shocks = |one: &Part, other: &Part| {
            one.volatility * other.volatility * scenario.shock_mixing().between(&one.series, &other.series)
        };
        Ok(Self { trend: Trend { mean, covariance: both(&growth) }, shocks: both(&shocks) })
    }

    /// The trends once the log change of both sides over some years is known, up to a normal doubt about the figures.
    #[must_use]
    pub fn learn(&self, change: Sides, years: f64, doubt: Matrix) -> Trend {
        let Trend { mean, covariance } = self.trend;
        let total = add(scaled(covariance, years * years), add(scaled(self.shocks, years), doubt));
        let gain = scaled(product(covariance, inverse(total)), years);
        let surprise = [0, 1].map(|side: usize| change[side] - years * mean[side]);
        let moved = [0, 1].map(|side: usize| mean[side] + gain[side][0] * surprise[0] + gain[side][1] * surprise[1]);
        let known = scaled(product(gain, covariance), years);
        Trend { mean: moved, covariance: add(covariance, scaled(known, -1.0)) }
    }
}

impl Trend {
    /// Standard deviations of both trends.
    #[must_use]
    pub fn sd(&self) -> Sides {
        [0, 1].map(|side: usize| libm::sqrt(self.covariance[side][side]))
    }

    /// Correlation of the two; 0 where one of them is certain.
    #[must_use]
    pub fn correlation(&self) -> f64 {
        let [lead, follow] = self.sd();
        if lead * follow > 0.0 { (self.covariance[0][1] / (lead * follow)).clamp(-1.0, 1.0) } else { 0.0 }
    }
}

/// A modelled series of a side: a random walk.
struct Part {
    series: String,
    growth: AssumptionId,
    mean: f64,
    sd: f64,
    volatility: f64,
}

/// The series that a side's log funding is the sum of.
fn parts(scenario: &Scenario, region: &Region) -> Result<Vec<Part>, NotLinear> {
    let assumption = |quantity: &Quantity| &scenario.assumptions()[quantity.first()];
    let part = |series: &crate::scenario::Series| {
        let Growth::RandomWalk(walk) = series.growth() else {
            let (series, model) = (series.address().to_owned(), series.growth().name());
            return Err(NotLinear::Model { series, model });
        };
        let refuse = |quantity: &Quantity, wanted| {
            Err(NotLinear::Parameter { address: assumption(quantity).address().to_owned(), wanted })
        };
        let (mean, sd) = match assumption(&walk.growth).law() {
            Distribution::Normal { mean, sd } if walk.growth.changes().is_empty() => (*mean, *sd),
            Distribution::Fixed(value) if walk.growth.changes().is_empty() => (*value, 0.0),
            _ => return refuse(&walk.growth, "one normal law for all years, { mean = \"…\", sd = \"…\" }"),
        };
        match assumption(&walk.volatility).law() {
            Distribution::Fixed(volatility) if walk.volatility.changes().is_empty() => {
                let growth = walk.growth.first();
                Ok(Part { series: series.address().to_owned(), growth, mean, sd, volatility: *volatility })
            }
            _ => refuse(&walk.volatility, "one certain value for all years"),
        }
    };
    region.series().map(part).collect()
}

fn correlation_of_growth(scenario: &Scenario, one: AssumptionId, other: AssumptionId) -> f64 {
    let address = |id: AssumptionId| scenario.assumptions()[id].address();
    if one == other { 1.0 } else { scenario.copula().between(address(one), address(other)) }
}

fn add(a: Matrix, b: Matrix) -> Matrix {
    [[a[0][0] + b[0][0], a[0][1] + b[0][1]], [a[1][0] + b[1][0], a[1][1] + b[1][1]]]
}

fn scaled(a: Matrix, factor: f64) -> Matrix {
    a.map(|row| row.map(|value| factor * value))
}

fn product(a: Matrix, b: Matrix) -> Matrix {
    [0, 1].map(|row: usize| [0, 1].map(|column: usize| a[row][0] * b[0][column] + a[row][1] * b[1][column]))
}

/// Inverse of a covariance. Sides that move as one, or not at all, leave no inverse; then each teaches about itself alone.
fn inverse(a: Matrix) -> Matrix {
    let determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0];
    if determinant > 1e-12 * a[0][0] * a[1][1] {
        return scaled([[a[1][1], -a[0][1]], [-a[1][0], a[0][0]]], 1.0 / determinant);
    }
    let of = |value: f64| if value > 0.0 { 1.0 / value } else { 0.0 };
    [[of(a[0][0]), 0.0], [0.0, of(a[1][1])]]
}

#[cfg(test)]
mod tests {
    use super::*;

    const WALK: Walk = Walk {
        trend: Trend { mean: [0.07, 0.05], covariance: [[0.015, 0.006], [0.006, 0.02]] },
        shocks: [[0.19, 0.085], [0.085, 0.31]],
    };

    /// Against the posterior on a grid of both trends, which knows no matrices.
    #[test]
    fn what_is_learned_is_what_integration_over_a_grid_gives() {
        let (change, years, doubt) = ([0.62, -0.1], 2.0, [[0.011, 0.001], [0.001, 0.011]]);
        let density = |at: Sides, mean: Sides, covariance: Matrix| {
            let [[a, b], [_, d]] = covariance;
            let (x, y) = (at[0] - mean[0], at[1] - mean[1]);
            let determinant = a * d - b * b;
            libm::exp(-0.5 * (d * x * x - 2.0 * b * x * y + a * y * y) / determinant)
        };
        let noise = add(scaled(WALK.shocks, years), doubt);
        let (mut weight, mut sums, mut squares) = (0.0, [0.0; 2], [[0.0; 2]; 2]);
        for i in 0..400 {
            for j in 0..400 {
                let g = [-0.6 + 0.0035 * f64::from(i), -0.7 + 0.0035 * f64::from(j)];
                let likely = density(change, g.map(|g| years * g), noise);
                let w = likely * density(g, WALK.trend.mean, WALK.trend.covariance);
                weight += w;
                for a in 0..2 {
                    sums[a] += w * g[a];
                    for b in 0..2 {
                        squares[a][b] += w * g[a] * g[b];
                    }
                }
            }
        }
        let learned = WALK.learn(change, years, doubt);
        for a in 0..2 {
            assert!((learned.mean[a] - sums[a] / weight).abs() < 1e-4, "{learned:?}");
            for b in 0..2 {
                let covariance = squares[a][b] / weight - sums[a] * sums[b] / (weight * weight);
                assert!((learned.covariance[a][b] - covariance).abs() < 1e-4, "{learned:?}");
            }
        }
    }

    #[test]
    fn a_figure_as_expected_moves_no_trend_and_certain_trends_learn_nothing() {
        let expected = WALK.learn(WALK.trend.mean, 1.0, [[0.0; 2]; 2]);
        assert!((0..2).all(|side| (expected.mean[side] - WALK.trend.mean[side]).abs() < 1e-15));
        assert!((0..2).all(|side| expected.sd()[side] < WALK.trend.sd()[side]));
        let certain = Walk { trend: Trend { covariance: [[0.0; 2]; 2], ..WALK.trend }, ..WALK };
        assert_eq!(certain.learn([5.0, -5.0], 1.0, [[0.0; 2]; 2]).mean, WALK.trend.mean);
    }

    /// Golden N13: once US funding of the first year is known, the log ratio twelve years on has the variance of China's first
    /// year given the US one and of eleven years: 0.31 − 0.085²/0.1905 + 11 × 0.3305. The algebra of one side is that of trends.
    #[test]
    fn one_side_tells_of_the_other_by_their_covariance() {
        let walk = Walk {
            trend: Trend { mean: [0.07, 0.12], covariance: [[0.1905, 0.085], [0.085, 0.31]] },
            shocks: [[0.0, 0.0], [0.0, 1e12]],
        };
        let learned = walk.learn([0.37, 0.0], 1.0, [[0.0; 2]; 2]);
        assert!((learned.covariance[1][1] + 11.0 * 0.3305 - 3.907_573_490_913_648).abs() < 1e-6, "{learned:?}");
    }
}
