//! Tables of charts: the numbers that each picture shows, beside it.

use super::columns::{DRAWN, UNIT, YEAR};
use crate::table::declaration::{Column, Declaration, UNIT_OF_ROW};

const BY: &str = "aigap simulate";
const BY_COMPARE: &str = "aigap compare";
const BY_BACK_TEST: &str = "aigap backtest";

/// Observed and simulated funding.
pub static CHART_FUNDING: Declaration = Declaration {
    files: &["charts/funding.csv", "charts/funding-linear.csv"],
    written_by: BY,
    holds: "a row per region and year: funding on the chart",
    keys: &["region", "year"],
    groups: &[&[Column::text("region", "region that raises the money"), YEAR, UNIT], DRAWN],
};

/// Numbers of the chart of gap and ratio.
pub static CHART_GAP: Declaration = Declaration {
    files: &["charts/gap.csv"],
    written_by: BY,
    holds: "a row per panel and year: gap and ratio on the chart",
    keys: &["panel", "year"],
    groups: &[&[Column::text("panel", "gap, in money, or ratio, in times"), YEAR, UNIT], DRAWN],
};

/// Deals and deal sizes.
pub static CHART_DEALS: Declaration = Declaration {
    files: &["charts/deals.csv"],
    written_by: BY,
    holds: "a row per metric, region and year: deals and deal size on the chart",
    keys: &["metric", "region", "year"],
    groups: &[
        &[
            Column::text("metric", "deals or deal-size"),
            Column::text("region", "region whose deals they are"),
            YEAR,
            UNIT,
        ],
        DRAWN,
    ],
};

/// Classes of gap and ratio.
pub static CHART_PROBABILITY: Declaration = Declaration {
    files: &["charts/probability.csv"],
    written_by: BY,
    holds: "a row per panel and year: shares of paths by what has become of gap and ratio since the base year; all but the last \
            add up to one",
    keys: &["panel", "year"],
    groups: &[&[
        Column::text("panel", "gap or ratio"),
        YEAR,
        Column::share(
            "follow_ahead",
            "share of paths on which the follow region is ahead; zero where it is from the start",
        ),
        Column::share("less_than_half", "share of paths on which less than half of the base year's level is left"),
        Column::share(
            "below",
            "share of paths between half of that level and the whole; all below it where the follow region leads",
        ),
        Column::share(
            "above",
            "share of paths between that level and twice of it, or, where the follow region leads, parity",
        ),
        Column::share(
            "more_than_double",
            "share of paths above twice of that level; zero where the follow region leads",
        ),
        Column::share(
            "lead_ahead",
            "share of paths on which the lead region is ahead, where the follow region leads in the base year; zero elsewhere",
        ),
        Column::share("any_above", "share of paths above the level of the base year"),
    ]],
};

/// The ratio of the last year.
pub static CHART_DISTRIBUTION: Declaration = Declaration {
    files: &["charts/distribution.csv", "charts/distribution-histogram.csv"],
    written_by: BY,
    holds: "the ratio of the last year: its year, the level of the base year, fifty equally likely values and a histogram",
    keys: &["kind", "rank", "low", "high"],
    groups: &[&[
        Column::text("kind", "year, base-year, wider, future, or a part of the histogram: below, column, above"),
        Column::share("rank", "of a future: share of paths below it"),
        Column::number("low", "times", "of a part of the histogram: its low end; empty for none"),
        Column::number("high", "times", "of a part of the histogram: its high end; empty for none"),
        Column::number("value", "times", "ratio of the base year or the future; in the row `year` the year"),
        Column::share("share", "share of paths in the part"),
    ]],
};

/// What moved the gap.
pub static CHART_DECOMPOSITION: Declaration = Declaration {
    files: &["charts/decomposition.csv"],
    written_by: BY,
    holds: "a row per step of the waterfall: the gap before, what each side's deals and deal size added, the gap after",
    keys: &["part", "side", "year", "value"],
    groups: &[&[
        Column::text("part", "gap, a component such as deals, or share: what the caption states"),
        Column::text("side", "region whose component it is, or all"),
        YEAR,
        Column::number("value", "bn", "gap or change of it in billions of the money shown; a share in rows `share`"),
    ]],
};

/// Where the spread comes from.
pub static CHART_UNCERTAINTY: Declaration = Declaration {
    files: &["charts/uncertainty.csv", "charts/shares.csv", "charts/shares-{target}.csv"],
    written_by: BY,
    holds: "a row per layer of chance or input: how much of the variance of the log ratio in the last year comes from it",
    keys: &["input", "year"],
    groups: &[&[
        Column::title("input", "layer of chance or input, as the chart names it"),
        YEAR,
        Column::share("share_alone", "share of the variance that it explains by itself"),
        Column::share("standard_error", "standard error of simulation of share_alone"),
        Column::share("share_with_others", "share of the variance that would be gone if it were known"),
        Column::share("standard_error_with_others", "standard error of simulation of share_with_others"),
    ]],
};

/// The projection by source.
pub static CHART_SOURCES: Declaration = Declaration {
    files: &["charts/sources.csv"],
    written_by: "aigap simulate --source all",
    holds: "a row per source, measure and year: what each source's figures make of gap and ratio",
    keys: &["source", "measure", "year"],
    groups: &[&[Column::title("source", "who counted"), Column::text("measure", "gap or ratio"), YEAR, UNIT], DRAWN],
};

/// The ratio under each scenario.
pub static CHART_SCENARIOS: Declaration = Declaration {
    files: &["charts/scenarios.csv"],
    written_by: BY_COMPARE,
    holds: "a row per scenario and year: the ratio in each panel of the chart",
    keys: &["scenario", "year"],
    groups: &[&[Column::title("scenario", "scenario as the chart names it"), YEAR, UNIT], DRAWN],
};

/// The effect of each what-if.
pub static CHART_COMPARE: Declaration = Declaration {
    files: &["charts/compare.csv"],
    written_by: BY_COMPARE,
    holds: "a row per what-if: its ratio over the baseline's on the same path, in the last year",
    keys: &["what_if"],
    groups: &[&[
        Column::title("what_if", "what-if as the chart names it"),
        Column::number("ratio_p2.5", "times", "2.5% quantile over paths of what-if over baseline on the same path"),
        Column::number("ratio_p10", "times", "10% quantile over paths of what-if over baseline on the same path"),
        Column::number("ratio_p25", "times", "25% quantile over paths of what-if over baseline on the same path"),
        Column::number("ratio_p50", "times", "median over paths of what-if over baseline on the same path"),
        Column::number("ratio_p75", "times", "75% quantile over paths of what-if over baseline on the same path"),
        Column::number("ratio_p90", "times", "90% quantile over paths of what-if over baseline on the same path"),
        Column::number("ratio_p97.5", "times", "97.5% quantile over paths of what-if over baseline on the same path"),
    ]],
};

/// Which input did it.
pub static CHART_ATTRIBUTION: Declaration = Declaration {
    files: &["charts/attribution-{what_if}.csv"],
    written_by: BY_COMPARE,
    holds: "a row per step: the baseline's median ratio, the factor of each input, the what-if's median ratio",
    keys: &["input"],
    groups: &[&[
        Column::title("input", "input as the chart names it, or baseline and what-if"),
        Column::number(
            "factor",
            "times",
            "factor by which the input moves the median ratio; the ratio itself at both ends",
        ),
    ]],
};

/// What each input moves by itself.
pub static CHART_TORNADO: Declaration = Declaration {
    files: &["charts/tornado.csv", "charts/tornado-{target}.csv"],
    written_by: "aigap sensitivity",
    holds: "a row per input: the answer at its low and its high value, the others at their medians",
    keys: &["input"],
    groups: &[&[
        Column::title("input", "input as the chart names it, or baseline"),
        Column::title("base", "value of the input in the baseline"),
        Column::title("low_value", "low value of the input"),
        Column::number("ratio_at_low", "of the answer", "answer where the input has its low value"),
        Column::title("high_value", "high value of the input"),
        Column::number("ratio_at_high", "of the answer", "answer where the input has its high value"),
        YEAR,
    ]],
};

/// A sweep over two inputs.
pub static CHART_SWEEP: Declaration = Declaration {
    files: &["charts/sweep.csv", "charts/map-{target}.csv"],
    written_by: "aigap sweep",
    holds: "a row per cell of the map; rows without an answer have the value of the first input at which it tips, and \
            between which",
    keys: &["{first input}", "{second input}"],
    groups: &[&[
        Column::number("{first input}", UNIT_OF_ROW, "value of the first input; the column has its name"),
        Column::number("{second input}", UNIT_OF_ROW, "value of the second input; the column has its name"),
        Column::number("value", UNIT_OF_ROW, "answer in the cell: a share of paths or a median"),
    ]],
};

/// A sweep over one input.
pub static CHART_SWEEP_LINE: Declaration = Declaration {
    files: &["charts/sweep-line.csv", "charts/line-{target}.csv", "charts/seek.csv"],
    written_by: "aigap seek",
    holds: "a row per value of the input; rows without an answer have the value at which it tips, and between which",
    // The row where the answer tips has no interval, and may stand at a value that has a row of its own.
    keys: &["{input}", "low"],
    groups: &[&[
        Column::number("{input}", UNIT_OF_ROW, "value of the input; the column has its name"),
        Column::number("low", UNIT_OF_ROW, "low end of the answer's interval"),
        Column::number("value", UNIT_OF_ROW, "answer: a share of paths or a median"),
        Column::number("high", UNIT_OF_ROW, "high end of the answer's interval"),
    ]],
};

/// The rule that futures share.
pub static CHART_BOX: Declaration = Declaration {
    files: &["charts/box.csv"],
    written_by: "aigap discover",
    holds: "a row per input that the rule limits: what all futures have of it, and what the rule takes",
    keys: &["input"],
    groups: &[&[
        Column::title("input", "input as the chart names it"),
        Column::title("takes", "what the rule takes of it, in words"),
        Column::number("p1", "of the input", "first percentile of all paths"),
        Column::number("p50", "of the input", "median of all paths"),
        Column::number("p99", "of the input", "last percentile of all paths"),
        Column::number("low", "of the input", "least value that the rule takes; empty without one"),
        Column::number("high", "of the input", "greatest value that the rule takes; empty without one"),
        Column::share("coverage", "share of the cases that the rule covers"),
        Column::share("density", "share of cases where the rule holds"),
        Column::share("mass", "share of all paths where the rule holds"),
        Column::share("base_rate", "share of cases among all paths"),
    ]],
};

/// All rules on the way.
pub static CHART_TRAJECTORY: Declaration = Declaration {
    files: &["charts/trajectory.csv"],
    written_by: "aigap discover",
    holds: "a row per box on the way from everything to few paths",
    keys: &["box"],
    groups: &[&[
        Column::count("box", "number", "number of the box"),
        Column::text("step", "how it came out of the one before: peel, paste or drop"),
        Column::count("restricted", "inputs", "number of inputs that the box limits"),
        Column::share("coverage", "share of the cases that lie in the box"),
        Column::share("density", "share of the paths in the box that are cases"),
        Column::share("base_rate", "share of cases among all paths"),
        Column::text("note", "shown, for the box of the answer"),
    ]],
};

/// How often bands have held.
pub static CHART_BACK_TEST: Declaration = Declaration {
    files: &["charts/back-test.csv"],
    written_by: BY_BACK_TEST,
    holds: "a row per band and per tenth of the forecast: how often what happened fell into it",
    keys: &["kind", "promised"],
    groups: &[&[
        Column::text("kind", "band, or a tenth of the forecast by its number"),
        Column::share("promised", "share of outcomes that the band promises to hold"),
        Column::share("share", "share of outcomes that it held"),
        Column::share("low", "low end of the interval of share that the number of outcomes leaves"),
        Column::share("high", "high end of that interval"),
        Column::count("count", "outcomes", "number of outcomes in the band or tenth"),
    ]],
};
