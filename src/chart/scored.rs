//! From a scored run to its chart.

use crate::metric::{Metric, Subject};
use crate::study::{Score, Scored, ScoredReading};
use crate::wording;

use super::Chart;
use super::outturn::{CameIn, Outturn};
use super::pictures;
use super::year::Seen;

/// The chart of fan and outturn; `None` where the run was shown in another money than dollars of the day, or holds no gap.
#[must_use]
pub fn outturn(run: &Scored) -> Option<Chart> {
    let (scenario, summary) = (&run.run.scenario, &run.run.summary);
    if !scenario.money().is_plain() {
        return None;
    }
    let fans = pictures::charts(scenario, summary).into_iter().find_map(|chart| match chart {
        Chart::Gap(gap) => Some(gap),
        _ => None,
    })?;
    let came = run.readings.iter().map(|reading| CameIn {
        reading: reading.name.clone(),
        gap: years(reading, Metric::Gap),
        ratio: years(reading, Metric::Ratio),
    });
    Some(Chart::Outturn(Outturn { fans, title: wording::outturn_title(run), came: came.collect() }))
}

fn years(reading: &ScoredReading, metric: Metric) -> Vec<(Seen, f64)> {
    let of_gap = |row: &&Score| row.outcome.measure.metric == metric && row.outcome.measure.subject == Subject::Gap;
    let seen = |row: &Score| {
        let it = &row.outcome;
        (Seen { year: it.year, value: it.value, low: it.low, high: it.high, derived: false }, row.percentile[0])
    };
    reading.rows.iter().filter(of_gap).map(seen).collect()
}
