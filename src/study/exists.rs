//! Whether what is asked of is a number at all: means and deviations that a few paths would govern are none.

use crate::measure::{QuantityOfInterest, Statistic};
use crate::metric::Measure;
use crate::scenario::Scenario;

/// Why a quantity is a number that does not exist.
pub(super) fn why_it_does_not_exist(scenario: &Scenario, asked: &QuantityOfInterest) -> Option<String> {
    let QuantityOfInterest::Statistic { statistic, metric, subject, .. } = asked else { return None };
    let exists = Measure { metric: *metric, subject: *subject }.moments(scenario);
    let which = match statistic {
        Statistic::Mean => (!exists.mean).then_some("mean"),
        Statistic::Sd => (!exists.sd).then_some("standard deviation"),
        Statistic::Quantile(_) => None,
    };
    which.map(|which| format!("{} has no {which} that can be shown: a few paths would govern it", metric.name()))
}
