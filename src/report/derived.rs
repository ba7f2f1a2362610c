//! `derived.csv`: numbers of a report that stand in no other table, each with how it follows and from what.

use crate::metric::{Measure, Metric, Subject};
use crate::scenario::Scenario;
use crate::study::Comparison;
use crate::summary::{LEVELS, Summary};
use crate::table::csv::{maybe, number, text};
use crate::wording;
use crate::wording::story;

/// Name of the file in a report.
pub const NAME: &str = "derived.csv";

/// Name of the table of simulation errors.
pub const ERRORS: &str = "errors.csv";

/// Name of the table of errors beside the table of a cell, if that is a fan.
#[must_use]
pub fn beside(cell: &crate::table::Cell) -> Option<String> {
    cell.file.strip_suffix("fan.csv").map(|folder| format!("{folder}{ERRORS}"))
}

/// What stands for the error of so few paths that they say nothing.
pub const UNKNOWN: &str = "unknown";

/// `errors.csv`: the simulation error of every quantile, on which the digits that are shown depend.
#[must_use]
pub fn errors(scenario: &Scenario, summary: &Summary) -> String {
    let levels = LEVELS.map(|level| format!("p{}", (level * 1000.0).round() / 10.0)).join(",");
    let rows = summary.fan.iter().filter_map(|row| {
        let errors = row.simulated.as_ref()?.errors?;
        let mut fields = vec![row.measure.metric.name().to_owned(), row.measure.region(scenario), row.year.to_string()];
        let written = |error: f64| if error.is_infinite() { UNKNOWN.to_owned() } else { number(error) };
        fields.extend(errors.map(written));
        Some(fields)
    });
    text(&format!("metric,region,year,{levels}"), rows)
}

/// What is known about first releases, definitions and the luck of single deals (METHOD 1.2): name, log, source.
const ANCHORS: [(&str, f64, &str); 5] = [
    ("first revision of world funding", 0.19, "CB Insights, editions of January and April 2024, years 2020 to 2023"),
    ("first revision of deals of the latest year", 0.30, "the same editions; the mean of their revisions of deals"),
    ("spread of the log ratio over sources", 0.62, "CB Insights, AI Index and CSET on 2023"),
    ("luck of single deals, us", 0.144, "lognormal sizes with mean 23.4 and median 4.4 $m, 1151 deals"),
    ("luck of single deals, china", 0.282, "the same sizes, 232 deals"),
];

/// The table of a run.
#[must_use]
pub fn derived(scenario: &Scenario, summary: &Summary) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    // A number has years, an error or paths beside it, as it needs.
    let mut row = |name: String, values: [String; 3], (what, beside): (&str, String), unit: &str, how: String| {
        let mut fields = vec![name];
        fields.extend(values);
        fields.extend(["years", "error", "paths"].map(|it| if it == what { beside.clone() } else { String::new() }));
        fields.extend([unit.to_owned(), how]);
        rows.push(fields);
    };
    let none = String::new;
    let name = |region: usize| scenario.regions[region].name.as_str();
    let (lead, follow) = (scenario.gap.lead, scenario.gap.follow);
    let measure = Measure { metric: Metric::Ratio, subject: Subject::Gap };
    let years = scenario.horizon - scenario.base_year;
    if let Some(seen) = measure.observed(scenario, scenario.base_year) {
        let how = format!("ratio of {} as its rounding leaves it, and years to the horizon", scenario.base_year);
        // Columns in the order that the form reads them: low, high, years.
        row(
            "ratio to close".into(),
            [number(seen.value), number(seen.low), number(seen.high)],
            ("years", years.to_string()),
            "times",
            how,
        );
    }
    if let Some(outlook) = wording::Outlook::new(scenario, summary) {
        if let Some(share) = outlook.share_from_assumptions {
            let how =
                "covariance of the two paths of a draw over the variance of the log ratio in the last year".into();
            let error = ("error", number(share.error));
            row("spread from assumptions".into(), [number(share.value), none(), none()], error, "share", how);
        }
        let how = "wider-in-dollars-only plus wider-as-ratio-only in the last year".into();
        let share = outlook.disagree as f64 / summary.paths as f64;
        row(
            "dollars and ratio disagree".into(),
            [number(share), none(), none()],
            ("paths", summary.paths.to_string()),
            "share",
            how,
        );
    }
    for region in [lead, follow] {
        if let Some([middle, low, high]) = story::assumed_growth(scenario, &scenario.regions[region]) {
            let how = "sum of the drifts of deals and deal size, with the ends of its 80% range".into();
            row(
                format!("assumed growth, {}", name(region)),
                [middle, low, high].map(number),
                ("", none()),
                "log points",
                how,
            );
        }
    }
    for (source, ratio) in scenario.data.other_ratios(name(lead), name(follow)) {
        let how = format!("funding of {} over that of {}, as {source} counts", name(lead), name(follow));
        row(format!("ratio of {source}"), [number(ratio), none(), none()], ("", none()), "times", how);
    }
    if let Some(share) = share_of_follow(summary) {
        let how = "log points of its deals and deal size over the total, last observed change".into();
        row(
            format!("part of {} in the change of the log ratio", name(follow)),
            [maybe(Some(share)), none(), none()],
            ("", none()),
            "share",
            how,
        );
    }
    for (what, log, source) in ANCHORS {
        row(what.into(), [number(log), none(), none()], ("", none()), "log points", source.into());
    }
    text("number,value,low,high,years,error,paths,unit,how", rows)
}

/// Name of the table of a comparison's parts.
pub const PARTS: &str = "parts.csv";

/// `parts.csv`: the parts of each what-if's effect as its sentence groups them, small ones together.
#[must_use]
pub fn parts(comparison: &Comparison) -> String {
    let base = &comparison.baseline.scenario;
    let rows = comparison.what_ifs.iter().flat_map(|it| {
        let parts = it.attribution.iter().flat_map(|found| it.main_parts(base, &found.parts));
        parts.map(|(part, value)| {
            let numbers = [libm::exp(value.log_median_ratio), value.log_median_ratio, value.wider].map(number);
            [it.side.scenario.name.clone(), part].into_iter().chain(numbers).collect::<Vec<String>>()
        })
    });
    text("what_if,part,factor_of_median_ratio,log_median_ratio,wider_as_ratio", rows)
}

/// The follow region's part in the last observed change of the log ratio, where the terms do not all but cancel.
#[must_use]
pub fn share_of_follow(summary: &Summary) -> Option<f64> {
    let change = summary.decompositions.iter().rfind(|change| !change.simulated)?;
    let terms = &change.decomposition.terms;
    let total = change.decomposition.total().log_points;
    let moved: f64 = terms.iter().map(|term| term.log_points.abs()).sum();
    let share = (terms[2].log_points + terms[3].log_points) / total;
    (total.abs() > 0.1 * moved && (0.0..=1.0).contains(&share)).then_some(share)
}
