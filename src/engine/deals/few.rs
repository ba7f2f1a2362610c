//! Few deals between two sizes, drawn one by one: those of many rows side by side.

use crate::counting::sizes::FEW;
use crate::engine::stream::Uniforms;
use crate::random::Run;
use crate::special;

use super::bands::Edges;
use super::kernels::pick;

/// Lengths are rounded up to it, so that no kernel ends with a few values one by one.
pub(super) const LANES: usize = 8;

/// Pairs of deals of a row that are drawn one by one, at most.
const MOST_PAIRS: usize = FEW[0] as usize / 2;
const _: () = assert!(FEW[1] <= FEW[0]);
/// Numbers of the pairs of deals of a row.
const STEPS: [u32; MOST_PAIRS] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/// The deals of some rows, two by two as their numbers come.
#[derive(Debug, Default)]
pub(super) struct Few {
    /// Rows that have a few deals.
    rows: Vec<usize>,
    /// Row and number of each pair.
    places: Vec<u32>,
    steps: Vec<u32>,
    offsets: Vec<u32>,
    sigma: Vec<f64>,
    /// Shares of all deals below the band and below its upper edge.
    below: Vec<f64>,
    upper: Vec<f64>,
    /// First and second numbers, then normals, then logs of sizes.
    numbers: Vec<f64>,
    sizes: Vec<f64>,
}

impl Few {
    /// Adds up the deals of rows with fewer than `limit` of them; `run` holds their numbers for the first path.
    pub(crate) fn add_up(
        &mut self,
        (uniforms, run): (Uniforms, Run),
        (counts, limit): (&[f64], f64),
        (offsets, sigma): (&[u32], &[f64]),
        [low, high]: [&Edges; 2],
        sums: &mut [f64],
    ) {
        self.pair_up(counts, limit);
        if self.rows.is_empty() {
            return;
        }
        self.offsets.clear();
        self.offsets.extend(self.places.iter().map(|place| offsets[*place as usize]));
        // The moment of order 0 is a share of all deals.
        let columns = [(&mut self.sigma, sigma), (&mut self.below, &low.moments), (&mut self.upper, &high.moments)];
        for (to, from) in columns {
            to.resize(self.places.len(), 0.0);
            pick(&self.places, &from[..counts.len()], to);
        }
        self.draw(uniforms, run);
        let (firsts, seconds) = self.sizes.split_at(self.places.len());
        let mut sizes = firsts.iter().zip(seconds);
        for row in &self.rows {
            let count = counts[*row] as usize;
            let mut sum = 0.0;
            for (deal, (first, second)) in (0..count).step_by(2).zip(&mut sizes) {
                sum += first;
                sum += if deal + 1 < count { *second } else { 0.0 };
            }
            sums[*row] = sum;
        }
    }

    /// Lists the pairs of all rows with a few deals; the last one is repeated to fill the lanes.
    fn pair_up(&mut self, counts: &[f64], limit: f64) {
        debug_assert!(FEW.contains(&limit));
        self.rows.resize(counts.len(), 0);
        let mut found = 0;
        for (row, count) in counts.iter().enumerate() {
            // Branch-free: the branch would be mispredicted half of the time.
            self.rows[found] = row;
            found += usize::from((*count > 0.0) & (*count < limit));
        }
        self.rows.truncate(found);
        self.places.clear();
        self.steps.clear();
        for row in &self.rows {
            // As many as there could be, and then as many as there are.
            let pairs = self.places.len() + (counts[*row] as usize).div_ceil(2);
            self.places.extend_from_slice(&[*row as u32; MOST_PAIRS]);
            self.steps.extend_from_slice(&STEPS);
            self.places.truncate(pairs);
            self.steps.truncate(pairs);
        }
        if let Some(last) = self.places.last().copied() {
            let padded = self.places.len().next_multiple_of(LANES);
            self.places.resize(padded, last);
            self.steps.resize(padded, 0);
        }
    }

    /// Draws all of them, in units of the median.
    fn draw(&mut self, uniforms: Uniforms, run: Run) {
        let pairs = self.places.len();
        self.numbers.resize(2 * pairs, 0.0);
        self.sizes.resize(2 * pairs, 0.0);
        let (first, second) = self.numbers.split_at_mut(pairs);
        uniforms.fill_run_at(run, (&self.offsets, &self.steps), first, second);
        for column in [first, second] {
            place_inside(&self.below, &self.upper, column);
        }
        special::normals(&mut self.numbers);
        for normals in self.numbers.chunks_exact_mut(pairs) {
            special::multiply(normals, &self.sigma);
        }
        special::exps(&self.numbers, &mut self.sizes);
    }
}

/// Moves uniforms into the bands.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn place_inside(below: &[f64], upper: &[f64], uniforms: &mut [f64]) {
    for ((uniform, below), upper) in uniforms.iter_mut().zip(below).zip(upper) {
        *uniform = (below + (upper - below) * *uniform).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Numbers, Purpose};
    use crate::special::{normal_cdf, normal_quantile};

    #[test]
    fn few_deals_side_by_side_are_those_of_one_row_after_the_other() {
        let (counts, sigma) = ([0.0, 1.0, 24.0, 7.0, 23.0, 2.0], [1.4, 1.83, 1.83, 2.2, 1.0, 3.0]);
        let offsets = [0, 2, 4, 1, 3, 5];
        let shares = |z: [f64; 6]| {
            let mut edges = Edges::new(6);
            edges.moments.iter_mut().zip(z).for_each(|(share, z)| *share = normal_cdf(z));
            edges
        };
        let (low, high) = ([-40.0, -1.0, 0.0, 0.5, -40.0, 2.0], [1.0, 2.0, 3.0, 1.5, 2.0, 2.01]);
        let edges = [shares(low), shares(high)];
        let numbers = Numbers::new(5);
        let run = Run { index: 640, year: 2027, key: Key::new(Purpose::DealBody, "us"), block: 32 };
        let mut sums = [-1.0; 6];
        let both = [&edges[0], &edges[1]];
        Few::default().add_up((Uniforms::Random(numbers), run), (&counts, 24.0), (&offsets, &sigma), both, &mut sums);
        assert_eq!([sums[0], sums[2]], [-1.0; 2], "no deals, and many of them, are not touched");
        for row in [1, 3, 4, 5] {
            let path = 640 + u64::from(offsets[row]);
            let deal = |k: u32| {
                let (below, above) = (normal_cdf(low[row]), normal_cdf(high[row]));
                let u = below + (above - below) * numbers.run(path, 2027, run.key, 64 + k);
                libm::exp(sigma[row] * normal_quantile(u))
            };
            let expected: f64 = (0..counts[row] as u32).map(deal).sum();
            assert!((sums[row] / expected - 1.0).abs() < 1e-13, "row {row}: {} and {expected}", sums[row]);
        }
    }
}
