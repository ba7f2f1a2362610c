//! A monotone function of a standard normal, tabulated once and read by interpolation.

use super::elementary::TWO_52;
use super::normal::{normal_cdf, normal_quantile, normals};

/// Nodes per unit of the normal; between two of them the cubic through values and slopes errs by less than 1e-9 of
/// the value for every law used here, and by less than 1e-10 within four standard deviations.
const NODES: f64 = 256.0;
/// Beyond it no uniform of 53 bits can lead.
const END: f64 = 8.5;

/// The quantile function of some law, read at `Φ(z)`: what turns a standard normal into a draw of that law while
/// keeping its rank, so that the Gaussian copula between series and the pairing of scenarios stay what they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Transform {
    /// For each interval between two nodes, from −[`END`] to [`END`], the cubic in the share of the way across it,
    /// lowest power first.
    cubics: Vec<Cubic>,
}

/// Coefficients of a cubic. They begin where a cache line or its half does: no cubic lies in two lines.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(32))]
struct Cubic([f64; 4]);

impl Transform {
    /// Tabulates the quantile function of a law, given by both its tails and its density.
    ///
    /// `below(x)` and `above(x)` are probabilities with all digits of the small one; the values must be increasing
    /// in `z`. Found node by node from the middle outwards, by Newton's method with the last node as the guess.
    #[must_use]
    pub fn of_law(
        middle: f64,
        below: impl Fn(f64) -> f64,
        above: impl Fn(f64) -> f64,
        density: impl Fn(f64) -> f64,
    ) -> Self {
        let steps = (END * NODES) as i32;
        let normal_density = |z: f64| libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
        let solve = |z: f64, guess: f64| {
            let mut x = guess;
            for _ in 0..40 {
                // The smaller tail decides, on a log scale: far out it is what has digits.
                let (have, want, sign) =
                    if z < 0.0 { (below(x), normal_cdf(z), 1.0) } else { (above(x), normal_cdf(-z), -1.0) };
                let step = sign * (libm::log(want) - libm::log(have)) * have / density(x);
                x += step;
                if step.abs() <= 1e-14 * x.abs().max(1e-3) {
                    break;
                }
            }
            [x, normal_density(z) / density(x)]
        };
        let mut centre = solve(0.0, middle);
        let mut nodes = vec![[0.0; 2]; usize::try_from(2 * steps + 1).expect("a positive count")];
        let place = |step: i32| usize::try_from(step + steps).expect("from −steps on");
        nodes[place(0)] = centre;
        let start = centre;
        for direction in [-1, 1] {
            centre = start;
            for step in 1..=steps {
                let z = f64::from(direction * step) / NODES;
                centre = solve(z, centre[0] + centre[1] * f64::from(direction) / NODES);
                nodes[place(direction * step)] = centre;
            }
        }
        Self::through(&nodes)
    }

    /// A function of this one: at each node, `of` gives value and slope from this one's.
    #[must_use]
    pub(crate) fn map(&self, of: impl Fn(f64, f64) -> [f64; 2]) -> Self {
        let node = |Cubic(cubic): &Cubic| of(cubic[0], cubic[1] * NODES);
        let Cubic(last) = self.cubics.last().expect("there are intervals");
        let end = of(last.iter().sum(), (last[1] + 2.0 * last[2] + 3.0 * last[3]) * NODES);
        let nodes: Vec<[f64; 2]> = self.cubics.iter().map(node).chain([end]).collect();
        Self::through(&nodes)
    }

    /// The function read from its far end: `at(z)` is what `at(−z)` was.
    #[must_use]
    pub(crate) fn reversed(&self) -> Self {
        // The cubic of 1 − t, lowest power first.
        let mirrored = |Cubic([a, b, c, d]): &Cubic| Cubic([a + b + c + d, -(b + 2.0 * c + 3.0 * d), c + 3.0 * d, -d]);
        Self { cubics: self.cubics.iter().rev().map(mirrored).collect() }
    }

    /// The cubics through nodes of which value and slope are known (Hermite).
    fn through(nodes: &[[f64; 2]]) -> Self {
        let cubic = |ends: &[[f64; 2]]| {
            let [[left, left_slope], [right, right_slope]] = [ends[0], ends[1]];
            let (left_slope, right_slope, rise) = (left_slope / NODES, right_slope / NODES, right - left);
            Cubic([
                left,
                left_slope,
                3.0 * rise - 2.0 * left_slope - right_slope,
                left_slope + right_slope - 2.0 * rise,
            ])
        };
        Self { cubics: nodes.windows(2).map(cubic).collect() }
    }

    /// The draw with the rank of a standard normal.
    #[must_use]
    pub fn at(&self, z: f64) -> f64 {
        let mut draw = [z];
        self.apply(&mut draw);
        draw[0]
    }

    /// Replaces standard normals by the draws with their ranks.
    pub fn apply(&self, normals: &mut [f64]) {
        read(&self.cubics, normals);
    }

    /// Replaces uniforms by the values below which these shares of the law lie.
    pub fn quantiles(&self, shares: &mut [f64]) {
        normals(shares);
        self.apply(shares);
    }

    /// The value below which a share `p` of the law lies.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.at(normal_quantile(p))
    }
}

/// Values read at once: what lies between the two steps stays in the first-level cache.
const CHUNK: usize = 128;

/// Replaces standard normals by the value of the cubic of their interval at their share of the way across it.
fn read(cubics: &[Cubic], normals: &mut [f64]) {
    let Some(last) = cubics.len().checked_sub(1) else { return };
    let mut intervals = [0; CHUNK];
    for chunk in normals.chunks_mut(CHUNK) {
        locate(chunk, &mut intervals);
        // One by one, for no version of a processor: many have an instruction that loads several values from anywhere,
        // and take longer for it than for so many loads.
        for (value, interval) in chunk.iter_mut().zip(&intervals) {
            let t = *value;
            let Cubic([a, b, c, d]) = cubics[(*interval as u32 as usize).min(last)];
            *value = a + t * (b + t * (c + t * d));
        }
    }
}

/// Replaces standard normals by their shares of the way across their intervals, and says in its low half which these are.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn locate(normals: &mut [f64], intervals: &mut [u64; CHUNK]) {
    for (normal, interval) in normals.iter_mut().zip(intervals) {
        let across = (normal.clamp(-END, END) + END) * NODES;
        // Added to 2⁵², the number without its fraction stands in the low bits.
        let shifted = (across - 0.5).max(0.0) + TWO_52;
        *normal = across - (shifted - TWO_52);
        *interval = shifted.to_bits();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exponential() -> Transform {
        Transform::of_law(0.7, |x| -libm::expm1(-x), |x| libm::exp(-x), |x| libm::exp(-x))
    }

    #[test]
    fn a_function_of_a_law_and_its_mirror_image_are_read_at_the_same_ranks() {
        let law = exponential();
        let squares = law.map(|value, slope| [value * value, 2.0 * value * slope]);
        let mirrored = law.reversed();
        for step in -500..=500 {
            let z = f64::from(step) * 0.01;
            assert!((squares.at(z) / law.at(z).powi(2) - 1.0).abs() < 1e-8, "{z}");
            assert!((mirrored.at(z) / law.at(-z) - 1.0).abs() < 1e-12, "{z}");
        }
        let mut shares = [0.1, 0.5, 0.999];
        law.quantiles(&mut shares);
        assert_eq!(shares, [0.1, 0.5, 0.999].map(|p| law.quantile(p)));
    }

    #[test]
    fn an_exponential_law_is_read_back() {
        let found = exponential();
        for step in 1..1000 {
            let p = f64::from(step) / 1000.0;
            let exact = -libm::log1p(-p);
            assert!((found.quantile(p) / exact - 1.0).abs() < 1e-9, "{p}");
        }
    }
}
