//! Errors of quantiles on points: how far replicates disagree about the share of paths below, over the density there.
//!
//! A quantile of all replicates together is far more exact than sixteen quantiles of a sixteenth of the paths, so the
//! spread of those says nothing of it. Shares are means, and those of the replicates add up: the share below a value
//! is off by the spread of the replicates' shares over the root of their number, and the quantile by what that is on
//! the scale of the values (Woodruff, 1952).
//!
//! The quantile is known only at the end, and sixteen histograms would take too much room. So the first replicates
//! choose marks around each quantile, every bucket nearby and fewer farther out, and of each replicate the numbers of
//! values up to its marks are kept.

use super::{Histogram, Z_95};

/// Buckets on each side of a quantile that all have their marks.
const NEAR: i64 = 4;

/// Fewest neighbours on each side that the density is taken from: with fewer it would be that of their luck.
const NEIGHBOURS: f64 = 16.0;

/// A cell's numbers of values up to some marks, replicate by replicate.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// In rising order.
    values: Vec<f64>,
    /// For each replicate, its values up to each mark, and all of them that are defined.
    counts: Vec<(Vec<f64>, f64)>,
}

impl Marks {
    /// Marks around the quantiles of the first replicates.
    pub fn around(first: &Histogram, levels: &[f64]) -> Self {
        let defined = first.defined() as f64;
        let mut shares = vec![0.0, 1.0];
        for level in levels {
            shares.push(*level);
            let mut step = 1.0 / defined;
            while step < level.min(1.0 - level) {
                shares.extend([level - step, level + step]);
                step *= 4.0;
            }
        }
        shares.sort_by(f64::total_cmp);
        let mut values = first.quantiles_at(&shares);
        let quantiles = first.quantiles_at(levels);
        values.extend(quantiles.iter().flat_map(|value| Histogram::edges_near(*value, NEAR)));
        values.retain(|value| value.is_finite());
        values.sort_by(f64::total_cmp);
        values.dedup();
        Self { values, counts: Vec::new() }
    }

    /// Keeps what a replicate says.
    pub fn see(&mut self, replicate: &Histogram) {
        self.counts.push((replicate.counts_up_to(&self.values), replicate.defined() as f64));
    }

    /// Standard errors of quantiles of all replicates together, through a rising function of the values counted.
    ///
    /// `whole` is for values that are shown as whole numbers: their quantile is off by none or by whole ones, so the
    /// ends of its interval are what is shown there. Otherwise the density is that of sixteen neighbours or more on
    /// each side. Infinite where the interval leaves the paths. `None` if no value is defined.
    pub fn errors<const N: usize>(
        &self,
        pooled: &Histogram,
        levels: [f64; N],
        rising: &dyn Fn(f64) -> f64,
        whole: bool,
    ) -> Option<[f64; N]> {
        let quantiles = pooled.quantiles(levels)?;
        let paths = pooled.defined() as f64;
        let off: [f64; N] = std::array::from_fn(|place| self.share_error(quantiles[place]));
        let reach: [f64; N] = std::array::from_fn(|place| {
            let most = levels[place].min(1.0 - levels[place]);
            let wide = if whole { 0.0 } else { (NEIGHBOURS / paths).min(most) };
            wide.max(Z_95 * off[place])
        });
        let end = |side: f64| {
            let shares: [f64; N] =
                std::array::from_fn(|place| (levels[place] + side * reach[place]).clamp(0.0, 1.0));
            pooled.quantiles(shares).map(|values| values.map(rising))
        };
        let (low, high) = (end(-1.0)?, end(1.0)?);
        Some(std::array::from_fn(|place| {
            if reach[place] > levels[place].min(1.0 - levels[place]) {
                return f64::INFINITY;
            }
            let (low, high) =
                if whole { (low[place].round(), high[place].round()) } else { (low[place], high[place]) };
            if low == high { 0.0 } else { (high - low) / (2.0 * reach[place]) * off[place] }
        }))
    }

    /// Standard error of the share of values up to a value, and of which value has a given share.
    ///
    /// Replicates that agree leave the distance to the neighbours: a quantile lies halfway between two values, and how
    /// far off each is varies by about the mean distance of neighbours, which is one over the number of paths.
    fn share_error(&self, value: f64) -> f64 {
        let place = self.values.partition_point(|mark| *mark <= value);
        let (before, after) = (place.saturating_sub(1), place.min(self.values.len().saturating_sub(1)));
        let between = self.values.get(after).zip(self.values.get(before)).map_or(0.0, |(high, low)| {
            if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 }
        });
        let up_to = |counts: &[f64]| match (counts.get(before), counts.get(after)) {
            (Some(low), Some(high)) => low + (high - low) * between,
            _ => 0.0,
        };
        let seen: Vec<[f64; 2]> = self.counts.iter().map(|(counts, defined)| [up_to(counts), *defined]).collect();
        let [below, defined] = seen.iter().fold([0.0, 0.0], |[a, b], [c, d]| [a + c, b + d]);
        let (share, count) = (below / defined, seen.len() as f64);
        // Replicates may have different numbers of defined values: the share is a quotient of two sums.
        let squares: f64 = seen.iter().map(|[below, defined]| (below - share * defined).powi(2)).sum();
        let of_replicates = squares * count / (count - 1.0) / (defined * defined);
        (of_replicates + 0.5 / (defined * defined)).sqrt()
    }
}
