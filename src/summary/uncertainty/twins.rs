//! Futures of two plans side by side: the sums over both that say how much of the spread they share.

use crate::engine::{Block, Layer, Observer};
use crate::metric::{Metric, Subject};
use crate::scenario::Scenario;

use super::super::moments::total;
use super::super::replicate_error;
use super::share::LayerShare;

/// Draws that are summed together: as many batches as there are say how far off a share is, which few blocks could not.
const DRAWS_OF_A_BATCH: usize = 64;

/// Shares below this are the rounding of arithmetic.
const ROUNDING: f64 = 1e-12;

/// Partial sums that fill a wide vector register or several narrow ones.
const LANES: usize = 8;

/// Sums over the paths of a batch that both twins define: products of deviations need the means, which batches share.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pair {
    count: f64,
    first: f64,
    second: f64,
    squares: f64,
    products: f64,
    differences: f64,
}

/// Compares the first plan's futures with those of every other, quantity by quantity and year by year.
pub(super) struct Twins {
    quantities: Vec<(Metric, Subject)>,
    gap: [usize; 2],
    years: usize,
    plans: usize,
    /// For each batch of draws, the sums of every plan, quantity and year.
    batches: Vec<Vec<Pair>>,
    /// What few batches widen an error by.
    widening: f64,
}

impl Twins {
    pub(crate) fn new(scenario: &Scenario, plans: usize) -> Self {
        let regions = (0..scenario.regions().len()).map(|region| (Metric::Funding, Subject::Region(region)));
        Self {
            quantities: regions.chain([(Metric::Ratio, Subject::Gap)]).collect(),
            gap: [scenario.gap().lead(), scenario.gap().follow()],
            years: scenario.years().len(),
            plans,
            batches: Vec::new(),
            widening: 1.0,
        }
    }

    /// Logs of a quantity in a year, a row a path.
    fn column<'a>(&self, block: &'a Block, subject: Subject, year: usize, made: &'a mut Vec<f64>) -> &'a [f64] {
        let funding = |region: usize| block.region(region).funding(year);
        made.clear();
        if let Subject::Region(region) = subject {
            // In the money shown, whose rates and prices may be uncertain; a ratio is the same in any.
            let Some(worth) = block.money(year) else { return funding(region) };
            made.extend(funding(region).iter().zip(worth).map(|(funding, worth)| funding + worth));
            return made;
        }
        let [lead, follow] = self.gap.map(funding);
        made.extend(lead.iter().zip(follow).map(|(lead, follow)| lead - follow));
        made
    }

    fn cell(&self, plan: usize, quantity: usize, year: usize) -> usize {
        (plan * self.quantities.len() + quantity) * self.years + year
    }

    pub(crate) fn rows(&mut self, scenario: &Scenario, layers: &[Layer], pairs: &[[usize; 2]]) -> Vec<LayerShare> {
        self.widening = replicate_error::widening(self.batches.len() as f64);
        let mut rows = Vec::new();
        for (quantity, (metric, subject)) in self.quantities.iter().enumerate() {
            for (index, year) in scenario.years().enumerate() {
                for (layer, [others, own]) in layers.iter().zip(pairs) {
                    let cells = [self.cell(*others, quantity, index), self.cell(*own, quantity, index)];
                    let Some(alone) = self.share(cells[0], Pair::covariance) else { continue };
                    let Some(with_others) = self.share(cells[1], |pair, _| 0.5 * pair.differences) else { continue };
                    let [alone, with_others] = in_order([alone, with_others]);
                    rows.push(LayerShare {
                        subject: *subject,
                        metric: *metric,
                        year,
                        layer: *layer,
                        alone,
                        with_others,
                    });
                }
            }
        }
        rows
    }

    /// A part of the variance, with the standard error that the batches show.
    fn share(&self, cell: usize, part: impl Fn(&Pair, [f64; 2]) -> f64) -> Option<[f64; 2]> {
        let batches = || self.batches.iter().map(|batch| &batch[cell]);
        let total = |of: fn(&Pair) -> f64| batches().map(of).sum::<f64>();
        let count = total(|pair| pair.count);
        let means = [total(|pair| pair.first) / count, total(|pair| pair.second) / count];
        // Both twins have the law of the scenario, so both estimate its variance.
        let variance = |pair: &Pair| {
            0.5 * (pair.squares - 2.0 * (means[0] * pair.first + means[1] * pair.second)
                + pair.count * (means[0] * means[0] + means[1] * means[1]))
        };
        let whole: f64 = batches().map(variance).sum();
        if whole.is_nan() || whole <= 1e-12 * count {
            return None;
        }
        let share = batches().map(|batch| part(batch, means)).sum::<f64>() / whole;
        let miss = |batch: &Pair| part(batch, means) - share * variance(batch);
        let number = self.batches.len() as f64;
        let squares: f64 = batches().map(|batch| miss(batch) * miss(batch)).sum();
        let error = (squares * number / (number - 1.0).max(1.0)).sqrt() / whole * self.widening;
        // What a layer has no part in differs by the rounding of arithmetic.
        Some(if share.abs() < ROUNDING && error < ROUNDING { [0.0; 2] } else { [share.clamp(0.0, 1.0), error] })
    }
}

/// The share of a layer alone and with the others, each with its standard error, in the order that they have by law: what a
/// layer explains alone is a part of what it has a part in. Where simulation says the opposite, both are their mean, weighted
/// by their precision (isotonic regression; Barlow et al., 1972); its error is that of two estimates that err together.
fn in_order([alone, with_others]: [[f64; 2]; 2]) -> [[f64; 2]; 2] {
    if alone[0] <= with_others[0] {
        return [alone, with_others];
    }
    let precision = |[_, error]: [f64; 2]| 1.0 / (error * error).max(f64::MIN_POSITIVE);
    let weight = precision(alone) / (precision(alone) + precision(with_others));
    let mean = |place: usize| weight * alone[place] + (1.0 - weight) * with_others[place];
    [[mean(0), mean(1)]; 2]
}

impl Pair {
    /// Sums of two columns over the rows that both define.
    fn of(first: &[f64], second: &[f64]) -> Self {
        let [count, first, second, squares, products, differences] = sums(first, second);
        Self { count, first, second, squares, products, differences }
    }

    /// These sums and others.
    fn plus(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            first: self.first + other.first,
            second: self.second + other.second,
            squares: self.squares + other.squares,
            products: self.products + other.products,
            differences: self.differences + other.differences,
        }
    }

    /// Sum of the products of the deviations from the means.
    fn covariance(&self, means: [f64; 2]) -> f64 {
        self.products - means[1] * self.first - means[0] * self.second + self.count * means[0] * means[1]
    }
}

/// How many rows both columns define, and the sums over them of the one, the other, the squares of both, the products and
/// the squares of the differences; in eight lanes, whatever the processor has.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn sums(first: &[f64], second: &[f64]) -> [f64; 6] {
    let mut lanes = [[0.0; LANES]; 6];
    for (first, second) in first.chunks(LANES).zip(second.chunks(LANES)) {
        // The rows that fill no lanes are filled with what nothing defines.
        let (mut a, mut b) = ([f64::NAN; LANES], [f64::NAN; LANES]);
        a[..first.len()].copy_from_slice(first);
        b[..second.len()].copy_from_slice(second);
        for lane in 0..LANES {
            let defined = a[lane].is_finite() & b[lane].is_finite();
            let (a, b) = if defined { (a[lane], b[lane]) } else { (0.0, 0.0) };
            lanes[0][lane] += if defined { 1.0 } else { 0.0 };
            lanes[1][lane] += a;
            lanes[2][lane] += b;
            lanes[3][lane] += a * a + b * b;
            lanes[4][lane] += a * b;
            lanes[5][lane] += (a - b) * (a - b);
        }
    }
    lanes.map(total)
}

impl Observer for Twins {
    type Counts = ();
    type Sums = Vec<Vec<Pair>>;

    fn counts(&self) {}

    fn observe(&self, blocks: &[Block], (): &mut ()) -> Self::Sums {
        let draws = blocks[0].draws();
        let none = vec![Pair::default(); self.plans * self.quantities.len() * self.years];
        let mut batches = vec![none; draws.div_ceil(DRAWS_OF_A_BATCH)];
        let mut ratios = [Vec::new(), Vec::new()];
        for (quantity, (_, subject)) in self.quantities.iter().enumerate() {
            for year in 0..self.years {
                let [ratio, other] = &mut ratios;
                let first = self.column(&blocks[0], *subject, year, ratio);
                for plan in 0..self.plans {
                    // One layer alone is all of the variance: its twin shares everything.
                    let second = if plan == 0 { first } else { self.column(&blocks[plan], *subject, year, other) };
                    for (batch, sums) in batches.iter_mut().enumerate() {
                        let even = batch * DRAWS_OF_A_BATCH..draws.min((batch + 1) * DRAWS_OF_A_BATCH);
                        let odd = draws + even.start..draws + even.end;
                        sums[self.cell(plan, quantity, year)] = Pair::of(&first[even.clone()], &second[even])
                            .plus(Pair::of(&first[odd.clone()], &second[odd]));
                    }
                }
            }
        }
        batches
    }

    fn absorb(&mut self, sums: Self::Sums) {
        self.batches.extend(sums);
    }

    fn finish(&mut self, (): ()) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_explains_no_more_alone_than_with_the_others() {
        let kept = [[0.30, 0.01], [0.35, 0.02]];
        assert_eq!(in_order(kept), kept);
        // The more certain of two estimates that contradict each other counts for more: 0.2 of the weight and 0.8.
        let [alone, with_others] = in_order([[0.24, 0.02], [0.23, 0.01]]);
        assert_eq!(alone, with_others);
        assert!((alone[0] - 0.232).abs() < 1e-12 && (alone[1] - 0.012).abs() < 1e-12, "{alone:?}");
        assert_eq!(in_order([[1e-17, 0.0], [0.0, 0.0]])[0], in_order([[1e-17, 0.0], [0.0, 0.0]])[1]);
    }

    #[test]
    fn rows_that_one_twin_does_not_define_are_left_out() {
        let first: Vec<f64> = (0..21).map(|row| f64::from(row) * 0.3 - 2.0).collect();
        let mut second: Vec<f64> = first.iter().map(|value| 1.0 - 0.5 * value * value).collect();
        (second[3], second[20]) = (f64::NEG_INFINITY, f64::NAN);
        let both = || first.iter().zip(&second).filter(|(a, b)| a.is_finite() && b.is_finite());
        let slow = |of: fn(f64, f64) -> f64| both().map(|(a, b)| of(*a, *b)).sum::<f64>();
        let pair = Pair::of(&first, &second);
        assert_eq!(pair.count, 19.0);
        for (found, expected) in [
            (pair.first, slow(|a, _| a)),
            (pair.second, slow(|_, b| b)),
            (pair.squares, slow(|a, b| a * a + b * b)),
            (pair.products, slow(|a, b| a * b)),
            (pair.differences, slow(|a, b| (a - b) * (a - b))),
        ] {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }
}
