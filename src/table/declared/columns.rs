//! Columns that several tables share, and their groups.

use crate::table::declaration::{Column, UNIT_OF_ROW};

pub(super) const SCENARIO: Column = Column::text("scenario", "name of the scenario: that of its file");
pub(super) const WHAT_IF: Column = Column::text("what_if", "name of the scenario that is held against the baseline");
pub(super) const YEAR: Column = Column::year("year", "year that the row is about");
pub(super) const UNIT: Column =
    Column::text("unit", "unit of the row's values: $bn, $m, times, share, deals, natural log");
pub(super) const PATHS: Column = Column::count("paths", "paths", "number of simulated paths that the row rests on");
pub(super) const DEFINITION: Column = Column::text("definition", "what exactly is asked, in words");
/// What a row of a fan is about.
pub(super) const MEASURE: &[Column] = &[
    Column::text("metric", "name of the metric (aigap metrics lists them)"),
    Column::text("region", "region the metric belongs to: a region, world, or gap for lead against follow region"),
];
/// What the data say of an observed year.
pub(super) const OBSERVED: &[Column] = &[
    Column::number("observed", UNIT_OF_ROW, "value that the data state or imply for an observed year"),
    Column::number("observed_low", UNIT_OF_ROW, "low end of the interval that rounding in the source leaves"),
    Column::number("observed_high", UNIT_OF_ROW, "high end of the interval that rounding in the source leaves"),
];
pub(super) const MEAN_AND_SD: &[Column] = &[
    Column::number("mean", UNIT_OF_ROW, "mean over paths; empty where it is infinite or undefined"),
    Column::number("sd", UNIT_OF_ROW, "standard deviation over paths; empty where it is infinite or undefined"),
];
pub(super) const LEFT_OUT: &[Column] = &[
    Column::count("n_undefined", "paths", "paths on which the metric is undefined, such as a quotient 0/0"),
    Column::count("n_infinite", "paths", "paths on which the metric is infinite; its quantiles are then empty fields"),
];
/// Nine quantiles over paths.
pub(super) const QUANTILES: &[Column] = &[
    Column::number("p2.5", UNIT_OF_ROW, "quantile over paths: 2.5% of them lie below"),
    Column::number("p5", UNIT_OF_ROW, "quantile over paths: 5% of them lie below"),
    Column::number("p10", UNIT_OF_ROW, "quantile over paths: 10% of them lie below"),
    Column::number("p25", UNIT_OF_ROW, "quantile over paths: 25% of them lie below"),
    Column::number("p50", UNIT_OF_ROW, "median over paths: half of them lie below"),
    Column::number("p75", UNIT_OF_ROW, "quantile over paths: 75% of them lie below"),
    Column::number("p90", UNIT_OF_ROW, "quantile over paths: 90% of them lie below"),
    Column::number("p95", UNIT_OF_ROW, "quantile over paths: 95% of them lie below"),
    Column::number("p97.5", UNIT_OF_ROW, "quantile over paths: 97.5% of them lie below"),
];
/// Standard errors of simulation of the nine quantiles.
pub(super) const QUANTILE_ERRORS: &[Column] = &[
    Column::number(
        "se_p2.5",
        UNIT_OF_ROW,
        "standard error of simulation of p2.5; empty where there are too few paths to tell",
    ),
    Column::number(
        "se_p5",
        UNIT_OF_ROW,
        "standard error of simulation of p5; empty where there are too few paths to tell",
    ),
    Column::number(
        "se_p10",
        UNIT_OF_ROW,
        "standard error of simulation of p10; empty where there are too few paths to tell",
    ),
    Column::number(
        "se_p25",
        UNIT_OF_ROW,
        "standard error of simulation of p25; empty where there are too few paths to tell",
    ),
    Column::number(
        "se_p50",
        UNIT_OF_ROW,
        "standard error of simulation of p50; empty where there are too few paths to tell",
    ),
    Column::number(
        "se_p75",
        UNIT_OF_ROW,
        "standard error of simulation of p75; empty where there are too few paths to tell",
    ),
    Column::number(
        "se_p90",
        UNIT_OF_ROW,
        "standard error of simulation of p90; empty where there are too few paths to tell",
    ),
    Column::number(
        "se_p95",
        UNIT_OF_ROW,
        "standard error of simulation of p95; empty where there are too few paths to tell",
    ),
    Column::number(
        "se_p97.5",
        UNIT_OF_ROW,
        "standard error of simulation of p97.5; empty where there are too few paths to tell",
    ),
];
/// What a fan says of a simulated year is [`MEAN_AND_SD`], [`QUANTILES`] and [`LEFT_OUT`]; a chart draws seven quantiles.
pub(super) const DRAWN: &[Column] = &[
    Column::number("observed", UNIT_OF_ROW, "observed value"),
    Column::number("low", UNIT_OF_ROW, "low end of the interval that rounding in the source leaves"),
    Column::number("high", UNIT_OF_ROW, "high end of the interval that rounding in the source leaves"),
    Column::number("p2.5", UNIT_OF_ROW, "quantile over paths: 2.5% of them lie below"),
    Column::number("p10", UNIT_OF_ROW, "quantile over paths: 10% of them lie below"),
    Column::number("p25", UNIT_OF_ROW, "quantile over paths: 25% of them lie below"),
    Column::number("p50", UNIT_OF_ROW, "median over paths: half of them lie below"),
    Column::number("p75", UNIT_OF_ROW, "quantile over paths: 75% of them lie below"),
    Column::number("p90", UNIT_OF_ROW, "quantile over paths: 90% of them lie below"),
    Column::number("p97.5", UNIT_OF_ROW, "quantile over paths: 97.5% of them lie below"),
];
/// A probability with its error.
pub(super) const PROBABILITY: &[Column] = &[
    Column::share("probability", "share of paths on which the answer is yes"),
    Column::share("standard_error", "standard error of simulation of the share"),
    SIM_ERROR[0],
    SIM_ERROR[1],
    Column::share("spread_from_assumptions", "standard deviation of the share over draws of the assumptions"),
];
/// The interval of a share.
pub(super) const SIM_ERROR: &[Column; 2] = &[
    Column::share("sim_error_low", "low end of the 95% interval that the number of paths leaves"),
    Column::share("sim_error_high", "high end of the 95% interval that the number of paths leaves"),
];
