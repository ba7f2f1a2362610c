//! How the gap spreads in the last year: fifty equally likely values and a histogram, from the run's own counts.

use crate::metric::Measure;

use super::histogram::{Histogram, Ranks};

/// Equally likely values that stand for a distribution, at ranks (k − ½)/50.
pub const FUTURES: usize = 50;

/// Columns of a histogram between the ends of most paths, before they are aligned with the threshold.
const COLUMNS: f64 = 24.0;

/// A measure of the last year over the paths.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// What is measured.
    pub measure: Measure,
    /// Calendar year of the values.
    pub year: i32,
    /// The level of the base year, which no column straddles.
    pub threshold: f64,
    /// Quantiles at (k − ½)/50, rising; infinite where that many paths are.
    pub quantiles: [f64; FUTURES],
    /// Columns of a histogram that touch each other, from the lowest.
    pub columns: Vec<Bin>,
    /// Share of the paths below the first column.
    pub below: f64,
    /// Share of the paths above the last column.
    pub above: f64,
}

/// A column of a histogram: a range of values and the share of the paths in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Lower edge of the bin.
    pub low: f64,
    /// Upper edge of the bin.
    pub high: f64,
    /// Share of the paths between them.
    pub share: f64,
}

impl Distribution {
    /// From the counts of a run; `None` if no path has a value.
    ///
    /// Columns are equal in logs for a measure that is never negative, else equal as they are. Their edges are set
    /// off from the threshold, so that none holds paths of both sides.
    #[must_use]
    pub fn new(measure: Measure, year: i32, threshold: f64, log: bool, histogram: &Histogram) -> Option<Self> {
        let mut ranks = Ranks::of(histogram);
        let quantiles = ranks.quantiles(futures())?;
        // Dollars have a long tail on one side, whose last percents would press all others into two columns.
        let tail = if log { 0.005 } else { 0.025 };
        let [low, high] = ranks.quantiles([tail, 1.0 - tail])?;
        let edges = edges(low, high, threshold, log);
        let share = |count: f64| count / ranks.defined() as f64;
        let reached: Vec<f64> = histogram.counts_up_to(&edges).into_iter().map(share).collect();
        let columns = edges.windows(2).zip(reached.windows(2));
        Some(Self {
            measure,
            year,
            threshold,
            quantiles,
            below: reached.first().copied().unwrap_or(0.0),
            above: reached.last().map_or(0.0, |share| 1.0 - share),
            columns: columns.map(|(e, s)| Bin { low: e[0], high: e[1], share: s[1] - s[0] }).collect(),
        })
    }
}

/// Probabilities below the equally likely values.
fn futures() -> [f64; FUTURES] {
    std::array::from_fn(|place| (place as f64 + 0.5) / FUTURES as f64)
}

/// Edges in equal steps from the threshold, to both ends of the middle of the paths.
fn edges(low: f64, high: f64, threshold: f64, log: bool) -> Vec<f64> {
    let into = |value: f64| if log { libm::log(value) } else { value };
    let back = |value: f64| if log { libm::exp(value) } else { value };
    let ends = [into(low), into(high), into(threshold)];
    if ends.iter().any(|end| !end.is_finite()) {
        return Vec::new();
    }
    let [low, high, middle] = ends;
    // A measure that hardly varies gets columns of a hundredth of itself.
    let step = ((high - low) / COLUMNS).max(if log { 0.01 } else { 0.01 * middle.abs().max(1e-3) });
    let first = ((low - middle) / step).floor();
    let count = ((high - middle) / step - first).ceil().max(1.0) as usize;
    (0..=count).map(|place| back(middle + (first + place as f64) * step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::{Metric, Subject};

    fn of(values: &[f64], threshold: f64, log: bool) -> Distribution {
        let mut histogram = Histogram::default();
        histogram.extend(values);
        let measure = Measure { metric: Metric::Ratio, subject: Subject::Gap };
        Distribution::new(measure, 2030, threshold, log, &histogram).expect("there are values")
    }

    #[test]
    fn columns_and_tails_hold_every_path_and_none_straddles_the_threshold() {
        let values: Vec<f64> = (0..5000).map(|k| libm::exp(f64::from(k) / 1000.0 - 1.0)).collect();
        let found = of(&values, 15.5, true);
        let inside: f64 = found.columns.iter().map(|column| column.share).sum();
        assert!((inside + found.below + found.above - 1.0).abs() < 1e-12);
        assert!(found.columns.len() <= 30 && found.below <= 0.005 && found.above <= 0.005);
        assert!(found.columns.windows(2).all(|pair| pair[0].high == pair[1].low));
        let straddles = |column: &&Bin| column.low < 15.4999 && column.high > 15.5001;
        assert_eq!(found.columns.iter().find(straddles), None);
        // The k-th of 5,000 values stands for itself: rank (k − ½)/50 of a uniform law of logs.
        for (place, value) in found.quantiles.iter().enumerate() {
            let exact = -1.0 + 4.999 * (place as f64 + 0.5) / 50.0;
            assert!((libm::log(*value) - exact).abs() < 1e-3, "{place}: {value}");
        }
    }

    #[test]
    fn no_doubt_and_no_bound_are_drawn_too() {
        let found = of(&[15.5; 100], 15.5, true);
        assert_eq!(found.quantiles, [15.5; FUTURES]);
        assert!(found.columns.len() <= 2, "{:?}", found.columns);
        let found = of(&[1.0, f64::INFINITY], 15.5, true);
        assert_eq!((found.columns.len(), found.quantiles[49]), (0, f64::INFINITY));
        let found = of(&[-3.0, 2.0, 40.0], 29.0, false);
        assert!(found.columns.len() <= 30);
    }
}
