//! Tables of the questions asked backwards: what a goal would take.

use super::columns::SCENARIO;
use crate::table::declaration::{Column, Declaration, UNIT_OF_ROW};

const BY_SEEK: &str = "aigap seek";

const GOAL: Column = Column::text("goal", "what is sought, as the command says it");
const INPUT: Column = Column::text("input", "address of the input");
const TARGET_UNIT: &str = "see target_unit";

/// What a goal takes of each input.
pub static SEEK: Declaration = Declaration {
    files: &["seek.csv"],
    written_by: BY_SEEK,
    holds: "a row per input: the value at which the goal is just met, with its certificate; growth and effects as shares, so \
            0.24 is 24%",
    keys: &["goal", "input"],
    groups: &[
        &[
            SCENARIO,
            GOAL,
            INPUT,
            Column::text(
                "kind",
                "assumption, lever, certain: an assumption that the scenario holds to be certain, or part of a law",
            ),
            Column::text(
                "varied",
                "median: moved with its spread; value: held certain at each value; mean, sd, p10: a part of its law",
            ),
            Column::number(
                "own",
                UNIT_OF_ROW,
                "value that the scenario gives the input: its median, or the part of its law",
            ),
            Column::number("needed", UNIT_OF_ROW, "value at which the goal is just met; empty where none is"),
            Column::number("needed_low", UNIT_OF_ROW, "low end of the 95% interval that the number of paths leaves"),
            Column::number("needed_high", UNIT_OF_ROW, "high end of the 95% interval that the number of paths leaves"),
            Column::text("unit", "unit of the input: share a year, share, deals, $m, year"),
            Column::text("side", "above or below: on which side of the needed value the goal is met"),
            Column::share(
                "chance_under_scenario",
                "chance that the scenario's own law gives to that side; empty for levers and certain inputs",
            ),
            Column::text(
                "attained",
                "yes, already (met as it is, until the value), everywhere, no, or no effect, between range_low and range_high",
            ),
            Column::number("range_low", UNIT_OF_ROW, "lowest value that was tried"),
            Column::number("range_high", UNIT_OF_ROW, "highest value that was tried"),
            Column::number(
                "best_value",
                UNIT_OF_ROW,
                "value that comes nearest to the goal or goes farthest beyond it",
            ),
            Column::number(
                "best_target",
                TARGET_UNIT,
                "target at that value; on the first 8,192 paths where the goal is met",
            ),
            Column::number("target_now", TARGET_UNIT, "target under the scenario as it is"),
            Column::number("target_below", TARGET_UNIT, "target at needed_low, or just below needed"),
            Column::number("target_at", TARGET_UNIT, "target at needed"),
            Column::number("target_above", TARGET_UNIT, "target at needed_high, or just above needed"),
            Column::text("target_unit", "unit of the target: share, times, $bn"),
        ],
        &[
            Column::text("monotone", "whether the target only rises or only falls over the values tried: yes or no"),
            Column::text(
                "method",
                "path thresholds: an order statistic of the values at which single paths change; bisection; every value",
            ),
            Column::count("paths", "paths", "number of simulated paths that the needed value rests on"),
        ],
    ],
};

/// The target along each input.
pub static SEEK_SCAN: Declaration = Declaration {
    files: &["seek_scan.csv"],
    written_by: BY_SEEK,
    holds: "a row per input and value tried at first: the target there, on the first 8,192 paths",
    keys: &["goal", "input", "value"],
    groups: &[&[
        SCENARIO,
        GOAL,
        INPUT,
        Column::number("value", UNIT_OF_ROW, "value of the input"),
        Column::text("unit", "unit of the input: share a year, share, deals, $m, year"),
        Column::number("target", TARGET_UNIT, "target at that value"),
        Column::number("standard_error", TARGET_UNIT, "standard error of simulation of the target"),
        Column::text("target_unit", "unit of the target: share, times, $bn"),
    ]],
};

/// What is needed of one input for each value of another.
pub static FRONTIER: Declaration = Declaration {
    files: &["frontier.csv"],
    written_by: "aigap seek with two inputs",
    holds: "a row per value of the first input: the value of the second at which the goal is just met",
    keys: &["goal", "input_1", "value_1"],
    groups: &[&[
        SCENARIO,
        GOAL,
        Column::text("input_1", "address of the first input"),
        Column::number("value_1", "see unit_1", "value of the first input"),
        Column::text("unit_1", "unit of the first input"),
        Column::text("input_2", "address of the second input"),
        Column::number("needed_2", UNIT_OF_ROW, "its value at which the goal is just met; empty where none is"),
        Column::number("needed_2_low", UNIT_OF_ROW, "low end of the 95% interval that the number of paths leaves"),
        Column::number("needed_2_high", UNIT_OF_ROW, "high end of the 95% interval that the number of paths leaves"),
        Column::number("range_2_low", UNIT_OF_ROW, "lowest value of the second input that was tried"),
        Column::number("range_2_high", UNIT_OF_ROW, "highest value of the second input that was tried"),
        Column::text("unit", "unit of the second input"),
        Column::text("side", "above or below: on which side of the needed value the goal is met"),
        Column::text("attained", "yes, already, everywhere or no, over the values tried"),
    ]],
};

const BY_SENSITIVITY: &str = "aigap sensitivity";
const TARGET: Column = Column::text("target", "what is asked, as the command says it");
const TARGET_UNIT_COLUMN: Column =
    Column::text("target_unit", "unit of the target: share, times, $bn; of a variance empty");

/// Which input matters most.
pub static SENSITIVITY: Declaration = Declaration {
    files: &["sensitivity.csv"],
    written_by: BY_SENSITIVITY,
    holds: "a row per target and input, group of correlated inputs, or layer, and for luck: its tornado or its shares of the \
            variance",
    keys: &["target", "input"],
    groups: &[&[
        SCENARIO,
        TARGET,
        Column::text("method", "tornado, sobol or shapley"),
        Column::text("input", "address of the input, addresses of a group, a layer, or luck"),
        Column::text("kind", "assumption, lever, group, layer, luck, or held: certain and without a range"),
        Column::number("base_output", TARGET_UNIT, "of a tornado: target with every input at its median"),
        Column::number(
            "low_input",
            UNIT_OF_ROW,
            "of a tornado: 10% quantile of the input; growth and effects as shares",
        ),
        Column::number("high_input", UNIT_OF_ROW, "of a tornado: 90% quantile of the input"),
        Column::text("unit", "unit of the input: share a year, share, deals, $m, year"),
        Column::number("low_output", TARGET_UNIT, "target with the input at low_input, the others at their medians"),
        Column::number("high_output", TARGET_UNIT, "target with the input at high_input, the others at their medians"),
        Column::share("first_order", "of sobol: share of the variance that it explains by itself"),
        Column::share("first_order_low", "low end of the 95% interval that the number of paths leaves"),
        Column::share("first_order_high", "high end of the 95% interval that the number of paths leaves"),
        Column::share(
            "total",
            "of sobol, and of luck in a tornado: share of the variance that would be left if all else were known",
        ),
        Column::share("total_low", "low end of the 95% interval that the number of paths leaves"),
        Column::share("total_high", "high end of the 95% interval that the number of paths leaves"),
        Column::share("shapley", "of shapley: its part of the variance; all parts add up to one"),
        Column::share("shapley_low", "low end of the 95% interval that the number of paths leaves"),
        Column::share("shapley_high", "high end of the 95% interval that the number of paths leaves"),
        Column::text(
            "monotone",
            "of a tornado: whether the target only rises or only falls over five points: yes or no",
        ),
        TARGET_UNIT_COLUMN,
        Column::text("note", "no effect, held fixed, or empty"),
    ]],
};

/// The five points of each input of a tornado.
pub static SENSITIVITY_POINTS: Declaration = Declaration {
    files: &["sensitivity_points.csv"],
    written_by: BY_SENSITIVITY,
    holds: "a row per target, input and point of its law: the target there, the other inputs at their medians",
    keys: &["target", "input", "probability"],
    groups: &[&[
        SCENARIO,
        TARGET,
        INPUT,
        Column::share("probability", "probability below the value under the scenario's law: 0.1, 0.3, 0.5, 0.7 or 0.9"),
        Column::number("value", UNIT_OF_ROW, "value of the input"),
        Column::text("unit", "unit of the input: share a year, share, deals, $m, year"),
        Column::number("output", TARGET_UNIT, "target at that value"),
        Column::number("standard_error", TARGET_UNIT, "standard error of simulation of the target"),
        TARGET_UNIT_COLUMN,
    ]],
};

/// Targets over a grid of one input or two.
pub static SWEEP: Declaration = Declaration {
    files: &["sweep.csv"],
    written_by: "aigap sweep",
    holds: "a row per target and cell of the grid, all on the same random numbers",
    keys: &["target", "value_1", "value_2"],
    groups: &[&[
        SCENARIO,
        Column::text("input_1", "address of the first input"),
        Column::number("value_1", "see unit_1", "its value; growth and effects as shares"),
        Column::text("unit_1", "its unit: share a year, share, deals, $m, year"),
        Column::text("input_2", "address of the second input; empty along one input"),
        Column::number("value_2", "see unit_2", "value of the second input"),
        Column::text("unit_2", "unit of the second input"),
        TARGET,
        Column::number("value", UNIT_OF_ROW, "target in the cell; empty where it is no number"),
        Column::number("standard_error", UNIT_OF_ROW, "standard error of simulation of the target"),
        Column::text("unit", "unit of the target: share, times, $bn"),
    ]],
};

/// Where targets tip.
pub static BREAK_EVEN: Declaration = Declaration {
    files: &["break_even.csv"],
    written_by: "aigap sweep",
    holds: "a row per target and value of the second input: the value of the first at which the target crosses its level, one \
            half of a chance or the level of the base year",
    keys: &["target", "value_2"],
    groups: &[&[
        SCENARIO,
        TARGET,
        Column::number("level", "see target_unit", "where the target tips"),
        Column::text("target_unit", "unit of the target: share, times, $bn"),
        Column::text("input_2", "address of the second input; empty along one input"),
        Column::number("value_2", "see unit_2", "value of the second input"),
        Column::text("unit_2", "unit of the second input"),
        Column::text("input_1", "address of the first input"),
        Column::number(
            "crosses_at",
            UNIT_OF_ROW,
            "its value at which the target crosses its level; empty where it does not",
        ),
        Column::number(
            "crosses_low",
            UNIT_OF_ROW,
            "low end of where it crosses, as far as the number of paths (95%) and the straight lines of the grid leave it open; \
             rounded outwards",
        ),
        Column::number("crosses_high", UNIT_OF_ROW, "high end of where it crosses"),
        Column::text("unit", "unit of the first input: share a year, share, deals, $m, year"),
    ]],
};

const BY_DISCOVER: &str = "aigap discover";
const CONDITION: Column = Column::text("condition", "what holds on the paths that are cases, as the command says it");
const BOX: Column =
    Column::count("box", "number", "number of the box: 0 is everything, and every later one follows from one before");
const COVERAGE: Column =
    Column::share("coverage", "share of the cases that lie in the box, on draws that it was not found on");
const DENSITY: Column = Column::share("density", "share of the paths in the box that are cases, on the same draws");
const MASS: Column = Column::share("mass", "share of all paths that lie in the box, on the same draws");
const BASE_RATE: Column = Column::share("base_rate", "share of all paths that are cases, on the same draws");

/// What was asked of futures, and what was looked at.
pub static DISCOVER: Declaration = Declaration {
    files: &["discover.csv"],
    written_by: BY_DISCOVER,
    holds: "one row: the condition, the paths that were looked at, how much of the answer is luck, which box is shown",
    keys: &["condition"],
    groups: &[&[
        SCENARIO,
        CONDITION,
        Column::count("looked_at", "paths", "number of simulated paths that were looked at"),
        Column::count("cases", "paths", "number of them on which the condition holds"),
        Column::share("share_of_cases", "share of them on which the condition holds"),
        Column::share(
            "luck",
            "share of the variance of the answer, yes or no, that is left with every assumption known",
        ),
        Column::count("held_out", "paths", "number of paths that no box was found on, and on which all are judged"),
        Column::count("last_box", "number", "number of the last box"),
        Column::count("chosen_box", "number", "number of the box that is chosen for its worth"),
        Column::count(
            "shown_box",
            "number",
            "number of the box that is shown: the chosen one, or the one that --of-box asks for",
        ),
        Column::count(
            "resamples",
            "resamples",
            "how often the draws were drawn again to see whether the same rule comes out",
        ),
        Column::count("paths", "paths", "number of paths that were asked for"),
    ]],
};

/// The limits of each box.
pub static BOXES: Declaration = Declaration {
    files: &["boxes.csv"],
    written_by: BY_DISCOVER,
    holds: "a row per box and input that it limits; the names are those of the EMA Workbench",
    keys: &["box", "input"],
    groups: &[&[
        SCENARIO,
        CONDITION,
        BOX,
        Column::text(
            "input",
            "address of the assumption; with .begins the first year of an event, with .strikes the number of years in which a \
             jump struck, with .years the number of years in a regime",
        ),
        Column::number(
            "low",
            UNIT_OF_ROW,
            "least value in the box, growth and effects as shares; empty without one; a year after the horizon is never",
        ),
        Column::number("high", UNIT_OF_ROW, "greatest value in the box; empty without one"),
        Column::text("unit", "unit of the input: share a year, share, deals, $m, year, years"),
        Column::share(
            "qp_low",
            "quasi-p value of the lower limit: chance of as many cases in the box if it did nothing, over draws held out",
        ),
        Column::share("qp_high", "quasi-p value of the upper limit, likewise"),
        COVERAGE,
        DENSITY,
        MASS,
        BASE_RATE,
        Column::count("reproduced", "resamples", "in how many resamples the input is limited on the same sides"),
        Column::count(
            "rule_reproduced",
            "resamples",
            "in how many resamples all inputs of the box are limited on the same sides, and no other",
        ),
    ]],
};

/// Every box on the way.
pub static TRAJECTORY: Declaration = Declaration {
    files: &["trajectory.csv"],
    written_by: BY_DISCOVER,
    holds: "a row per box on the way from everything to few paths and back",
    keys: &["box"],
    groups: &[&[
        SCENARIO,
        CONDITION,
        BOX,
        Column::text(
            "step",
            "everything; peel: a side was taken off; paste: a side was moved out; drop: an input lost its limits, and the first such \
             box follows from the best one",
        ),
        Column::count("restricted", "inputs", "number of inputs that the box limits"),
        COVERAGE,
        DENSITY,
        MASS,
        BASE_RATE,
        Column::share("found_coverage", "share of the cases that lie in the box, on the draws that it was found on"),
        Column::share(
            "found_density",
            "share of the paths in the box that are cases, on the draws that it was found on",
        ),
        Column::share("found_mass", "share of all paths that lie in the box, on the draws that it was found on"),
        Column::count(
            "rule_reproduced",
            "resamples",
            "in how many resamples all inputs of the box are limited on the same sides, and no other",
        ),
        Column::text(
            "note",
            "shown: the box of the answer; chosen: the one that is worth most for its number of inputs",
        ),
    ]],
};
