//! From a summary to the charts of a run.

use crate::metric::{Measure, Metric, Question, Subject};
use crate::scenario::Scenario;
use crate::summary::{KeptPath, Summary};
use crate::wording::{self, Lookup, MoneyUnit, Outlook};

use crate::draw::Credits;

use super::figures;
use super::seen::{cell, credits, fan, source_cells};
use super::{Chart, Classes, Funding, FundingRegion, Gap, Probability, SourceRow, Sources};
use crate::study::BySource;

/// All charts of a run.
#[must_use]
pub fn charts(scenario: &Scenario, summary: &Summary) -> Vec<Chart> {
    let credits = credits(scenario, summary);
    let region = |place: usize| {
        let measure = Measure { metric: Metric::Funding, subject: Subject::Region(place) };
        let (seen, bands) = fan(scenario, summary, measure);
        let (name, cell) = (scenario.regions()[place].name().to_owned(), cell(scenario, measure));
        FundingRegion { name, cell, seen, bands, hairs: Vec::new() }
    };
    // Those that the gap is about; a world would press them to the bottom of a log scale.
    let gap = scenario.gap();
    let funding = Funding {
        regions: vec![region(gap.lead()), region(gap.follow())],
        money: MoneyUnit::of(scenario.money()),
        base_year: scenario.base_year(),
        horizon: scenario.horizon(),
        credits: credits.clone(),
    };
    let mut charts = vec![Chart::Funding(funding.clone()), Chart::FundingLinear(funding)];
    charts.extend(figures::deals(scenario, summary).map(Chart::Deals));
    let Some(outlook) = Outlook::new(scenario, summary) else { return charts };
    let of_gap = |metric| fan(scenario, summary, Measure { metric, subject: Subject::Gap });
    let ((dollars_seen, dollars), (ratio_seen, ratio)) = (of_gap(Metric::Gap), of_gap(Metric::Ratio));
    charts.push(Chart::Gap(Gap {
        cells: [Metric::Gap, Metric::Ratio].map(|metric| cell(scenario, Measure { metric, subject: Subject::Gap })),
        dollars_seen,
        dollars,
        ratio_seen,
        ratio,
        dollars_hairs: Vec::new(),
        ratio_hairs: Vec::new(),
        outlook: outlook.clone(),
        credits: credits.clone(),
    }));
    let run = Lookup::new(scenario, summary);
    let classes = |of_gap: bool| -> Vec<Classes> {
        scenario.years().filter_map(|year| classes(run, &outlook, year, of_gap)).collect()
    };
    if let Some(chart) = figures::final_year(summary, &outlook, &credits) {
        // Where one side has no funding on too many paths there are no columns, and the dots alone show it.
        let columns = (!chart.columns.is_empty()).then(|| Chart::Histogram(chart.clone()));
        charts.push(Chart::FinalYear(chart));
        charts.extend(columns);
    }
    charts.extend(figures::decomposition(scenario, summary, &credits).map(Chart::Decomposition));
    charts.extend(figures::shares(scenario, summary, &credits).map(Chart::Shares));
    charts.push(Chart::Probability(Probability { dollars: classes(true), ratio: classes(false), outlook, credits }));
    charts
}

/// The chart of sources; `None` if a source lacks the gap.
#[must_use]
pub fn sources(scenario: &Scenario, summary: &Summary, found: &[BySource]) -> Option<Chart> {
    let row = |it: &BySource| {
        let of = |metric| {
            let (seen, bands) = fan(&it.scenario, &it.summary, Measure { metric, subject: Subject::Gap });
            Some((*seen.last()?, *bands.last()?))
        };
        let (gap, ratio) = (of(Metric::Gap)?, of(Metric::Ratio)?);
        let (name, vintage) = (it.source.name.clone(), it.source.vintage.clone());
        let cells = source_cells(&it.scenario, &name);
        Some(SourceRow { name, vintage, cells, seen: [gap.0, ratio.0], bands: [gap.1, ratio.1] })
    };
    sources_of(scenario, summary, found.iter().map(row).collect::<Option<_>>()?)
}

/// The chart of sources from its rows; `None` without any.
#[must_use]
pub fn sources_of(scenario: &Scenario, summary: &Summary, rows: Vec<SourceRow>) -> Option<Chart> {
    let name = |region: usize| wording::short_name(scenario.regions()[region].name());
    let chart = Sources {
        rows,
        base_year: scenario.base_year(),
        horizon: scenario.horizon(),
        regions: [name(scenario.gap().lead()), name(scenario.gap().follow())],
        money: MoneyUnit::of(scenario.money()),
        credits: Credits { source: "each row its own".to_owned(), ..credits(scenario, summary) },
    };
    (!chart.rows.is_empty()).then_some(Chart::Sources(chart))
}

/// Gives the fans of a run its single paths, of which a style draws as many as it asks for.
pub fn with_paths(charts: &mut [Chart], scenario: &Scenario, paths: &[KeptPath]) {
    let measures = Measure::all(scenario);
    let of = |metric: Metric, subject: Subject| -> Vec<Vec<f64>> {
        let place = measures.iter().position(|known| *known == Measure { metric, subject });
        place.map_or_else(Vec::new, |place| paths.iter().map(|path| path.values[place].clone()).collect())
    };
    for chart in charts {
        match chart {
            Chart::Funding(chart) | Chart::FundingLinear(chart) => {
                for (region, place) in chart.regions.iter_mut().zip([scenario.gap().lead(), scenario.gap().follow()]) {
                    region.hairs = of(Metric::Funding, Subject::Region(place));
                }
            }
            Chart::Gap(chart) => {
                chart.dollars_hairs = of(Metric::Gap, Subject::Gap);
                chart.ratio_hairs = of(Metric::Ratio, Subject::Gap);
            }
            _ => {}
        }
    }
}

/// Shares of a year that add up to one, of the gap or of the ratio.
fn classes(run: Lookup, outlook: &Outlook, year: i32, of_gap: bool) -> Option<Classes> {
    use Question as Q;
    let p = |question| Some(run.probability_in(question, year)?.value.value);
    let ahead = p(Q::TrailerAhead)?;
    let above = run.probability_in(if of_gap { Q::WiderInDollars } else { Q::WiderAsRatio }, year)?;
    let wider = above.value.value;
    let shares = match (of_gap, outlook.is_follow_leading()) {
        // A lead that is not there cannot halve or double.
        (true, true) => {
            let passed = ahead.min(wider);
            [0.0, 0.0, 1.0 - wider, wider - passed, passed]
        }
        // Of a ratio below one the question is when it is above.
        (false, true) => {
            let (passed, half) = (ahead.min(wider), p(Q::RatioLessThanHalf)?);
            [0.0, half, 1.0 - wider - half, wider - passed, passed]
        }
        (of_gap, false) => {
            let [half, double] = if of_gap {
                [p(Q::DollarsLessThanHalf)?, p(Q::DollarsMoreThanDouble)?]
            } else {
                [p(Q::RatioLessThanHalf)?, p(Q::RatioMoreThanDouble)?]
            };
            // The follow region being ahead is a part of "less than half".
            let half_only = (half - ahead).max(0.0);
            [ahead, half_only, 1.0 - wider - ahead - half_only, wider - double, double]
        }
    };
    Some(Classes { year, shares, above })
}
