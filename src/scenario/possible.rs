//! Distributions cut to what is possible: what is lost is said, and a mean that was stated stays.

use crate::diagnostic::{Place, Problem};
use crate::distribution::Distribution;
use crate::special;

use super::check::Check;
use super::law::Law;
use super::tree::{Table, Value};
use super::value::Measured;

/// Probability that may be cut off by the range of a parameter without a word.
const SILENT_LOSS: f64 = 1e-3;

/// How far cutting a distribution to its range may move the mean that was stated for it.
const MOST_MOVED: f64 = 0.05;

/// The mean that a lognormal law was stated with.
fn stated_mean(law: &Law) -> Option<f64> {
    let states = |table: &Table| table.has("mean");
    let nested =
        |table: &Table| matches!(table.get("lognormal").map(|node| &node.value), Some(Value::Table(it)) if states(it));
    match law.law {
        Distribution::LogNormal { mu, sigma } if states(&law.written) || nested(&law.written) => {
            Some(special::exp(mu + sigma * sigma / 2.0))
        }
        _ => None,
    }
}

/// Mean of a law between its ends, from its quantiles.
fn mean_of(law: &Distribution) -> f64 {
    const STEPS: u32 = 20_000;
    (0..STEPS).map(|step| law.quantile((f64::from(step) + 0.5) / f64::from(STEPS))).sum::<f64>() / f64::from(STEPS)
}

impl Check {
    /// The law cut to what is possible; refused where nothing of it is, or where it no longer has the mean it was stated with.
    pub(super) fn within_range(&mut self, law: Law, address: &str, place: &Place, measured: &Measured) -> Option<Law> {
        let (low, high) = measured.range;
        let stated = stated_mean(&law);
        let Some((truncated, lost)) = law.law.truncated(low, high) else {
            let what = format!("{address} ({}) lies outside what is possible", law.shown);
            let cure = format!("it must be between {} and {}", measured.shown(low), measured.shown(high));
            self.error(place, what, cure);
            return None;
        };
        if let Some(stated) = stated {
            let kept = mean_of(&truncated);
            // A mean which is no number fails too.
            let moved = (kept / stated - 1.0).abs();
            if moved > MOST_MOVED || moved.is_nan() {
                let what = format!("{address}: so wide a spread leaves a mean of {}", measured.shown(kept));
                let cure = format!(
                    "values run from {} to {}, and most of this one lies near zero or beyond: state p10 and p90, or a smaller sd",
                    measured.shown(low),
                    measured.shown(high)
                );
                self.error(place, what, cure);
                return None;
            }
        }
        if lost > SILENT_LOSS {
            let what = format!("{address}: {:.1}% of this distribution is out of range and left out", lost * 100.0);
            let cure = format!("values run from {} to {}", measured.shown(low), measured.shown(high));
            let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|p| measured.shown(truncated.quantile(p)));
            let note = format!("what is left has a median of {p50} and an 80% range from {p10} to {p90}");
            self.problems.push(Problem::warning(place.clone(), what, cure).note(note));
        }
        Some(Law { law: truncated, ..law })
    }
}
