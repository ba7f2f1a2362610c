//! Tables of what a history of figures teaches, and of what past forecasts were worth.

use super::columns::SCENARIO;
use crate::table::declaration::{Column, Declaration, UNIT_OF_ROW};

const BY_FIT: &str = "aigap fit";
const BY_BACK_TEST: &str = "aigap backtest";

/// Quantiles of what is not yet seen, by a law and not by paths.
const QUANTILES_OF_LAW: &[Column] = &[
    Column::number("p2.5", UNIT_OF_ROW, "quantile of the law: 2.5% of it lie below"),
    Column::number("p5", UNIT_OF_ROW, "quantile of the law: 5% of it lie below"),
    Column::number("p10", UNIT_OF_ROW, "quantile of the law: 10% of it lie below"),
    Column::number("p25", UNIT_OF_ROW, "quantile of the law: 25% of it lie below"),
    Column::number("p50", UNIT_OF_ROW, "median of the law: half of it lies below"),
    Column::number("p75", UNIT_OF_ROW, "quantile of the law: 75% of it lie below"),
    Column::number("p90", UNIT_OF_ROW, "quantile of the law: 90% of it lie below"),
    Column::number("p95", UNIT_OF_ROW, "quantile of the law: 95% of it lie below"),
    Column::number("p97.5", UNIT_OF_ROW, "quantile of the law: 97.5% of it lie below"),
];

/// Prior and posterior of each parameter.
pub static FIT: Declaration = Declaration {
    files: &["fit.csv"],
    written_by: BY_FIT,
    holds: "a row per parameter: what was believed before the figures were seen, and after; growth as shares, so 0.24 is 24%",
    keys: &["parameter"],
    groups: &[&[
        SCENARIO,
        Column::text("parameter", "address of the input that it is in the scenario that fit writes"),
        Column::text("unit", "unit of the values: share a year for growth, share for all else"),
        Column::number("prior_p10", UNIT_OF_ROW, "quantile before the figures were seen: 10% lie below"),
        Column::number("prior_p50", UNIT_OF_ROW, "median before the figures were seen"),
        Column::number("prior_p90", UNIT_OF_ROW, "quantile before the figures were seen: 90% lie below"),
        Column::number("posterior_p10", UNIT_OF_ROW, "quantile after the figures were seen: 10% lie below"),
        Column::number("posterior_p50", UNIT_OF_ROW, "median after the figures were seen"),
        Column::number("posterior_p90", UNIT_OF_ROW, "quantile after the figures were seen: 90% lie below"),
        Column::number(
            "shrunk",
            "share",
            "part of its 80% range that the figures took away, growth in logs; negative where it grew",
        ),
        Column::count("changes", "years", "yearly changes that were learned from"),
        Column::year("first_year", "first year of the figures"),
        Column::year("last_year", "last year of the figures"),
    ]],
};

/// What the closed form expects of the years ahead.
pub static FIT_AHEAD: Declaration = Declaration {
    files: &["fit_ahead.csv"],
    written_by: BY_FIT,
    holds: "a row per number and year ahead: its law in closed form, which simulating fitted.toml comes to",
    keys: &["of", "year"],
    groups: &[
        &[
            SCENARIO,
            Column::text("of", "a region, whose funding it is, or ratio: the first region over the second"),
            Column::year("year", "year that the row is about"),
            Column::count("horizon", "years", "years from the last figure"),
            Column::text("unit", "unit of the row's values: $bn or times"),
        ],
        QUANTILES_OF_LAW,
    ],
};

const MODEL: Column = Column::text("model", "who made the forecast: fit, random-walk, drift, drift-t, theta");
const SERIES: Column =
    Column::text("series", "a region, whose funding it is, or ratio: the first region over the second");
const ORIGIN: Column = Column::year("origin", "year of the last figure that the forecast was made from");
const TARGET: Column = Column::year("target_year", "year that the forecast is about");
const AHEAD: Column = Column::count("horizon", "years", "years between the two");

/// What the models were worth together.
pub static BACK_TEST_MODELS: Declaration = Declaration {
    files: &["models.csv"],
    written_by: BY_BACK_TEST,
    holds: "a row per model: what its forecasts were worth together",
    keys: &["model"],
    groups: &[&[
        SCENARIO,
        MODEL,
        Column::count("forecasts", "forecasts", "forecasts that were held against what came"),
        Column::count("origins", "years", "years that forecasts were made from"),
        Column::count("inside_50", "forecasts", "outcomes inside the band that was to hold half of them"),
        Column::count("inside_80", "forecasts", "outcomes inside the band that was to hold 80% of them"),
        Column::count("inside_95", "forecasts", "outcomes inside the band that was to hold 95% of them"),
        Column::number("crps", "natural log", "mean continuous ranked probability score of the log: smaller is better"),
        Column::number("log_score", "nats", "mean of minus the log of the density at what came: smaller is better"),
        Column::number(
            "better_than_drift",
            "share",
            "part by which its crps is below that of drift; negative if above",
        ),
        Column::number(
            "better_than_random_walk",
            "share",
            "part by which its crps is below that of random-walk; negative if above",
        ),
    ]],
};

/// Every score, in the long form of scoringutils.
pub static SCORES: Declaration = Declaration {
    files: &["scores.csv"],
    written_by: BY_BACK_TEST,
    holds: "a row per forecast and score, all of the log: the long form that scoringutils reads",
    keys: &["model", "series", "origin", "horizon", "metric"],
    groups: &[&[
        MODEL,
        SERIES,
        ORIGIN,
        TARGET,
        AHEAD,
        Column::text(
            "metric",
            "crps, log_score, interval_score_80 and interval_coverage_80 of 50, 80 and 95: coverage is 1 inside, 0 outside",
        ),
        Column::number("value", UNIT_OF_ROW, "value of the score: smaller is better, but for coverage"),
    ]],
};

/// Every forecast and what came.
pub static BACK_TEST: Declaration = Declaration {
    files: &["backtest.csv"],
    written_by: BY_BACK_TEST,
    holds: "a row per forecast: its quantiles, what came, and where in the forecast that fell; all in logs",
    keys: &["model", "series", "origin", "horizon"],
    groups: &[
        &[MODEL, SERIES, ORIGIN, TARGET, AHEAD],
        QUANTILES_OF_LAW,
        &[
            Column::number("observed", UNIT_OF_ROW, "log of what came"),
            Column::share("pit", "probability that the forecast gave to at most what came"),
        ],
    ],
};

/// Numbers of the chart of prior and posterior.
pub static CHART_FIT: Declaration = Declaration {
    files: &["charts/fit.csv"],
    written_by: BY_FIT,
    holds: "a row per parameter of the chart: its range before and after",
    keys: &["parameter"],
    groups: &[&[
        Column::text("parameter", "name of the parameter as the chart has it"),
        Column::number("prior_p10", UNIT_OF_ROW, "quantile before the figures were seen: 10% lie below"),
        Column::number("prior_p50", UNIT_OF_ROW, "median before the figures were seen"),
        Column::number("prior_p90", UNIT_OF_ROW, "quantile before the figures were seen: 90% lie below"),
        Column::number("posterior_p10", UNIT_OF_ROW, "quantile after the figures were seen: 10% lie below"),
        Column::number("posterior_p50", UNIT_OF_ROW, "median after the figures were seen"),
        Column::number("posterior_p90", UNIT_OF_ROW, "quantile after the figures were seen: 90% lie below"),
        Column::number("shrunk", "share", "part of its 80% range that the figures took away; negative where it grew"),
    ]],
};
