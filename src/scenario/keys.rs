//! Every key that a scenario file may hold, declared once: the parser knows no other, the JSON Schema lists them all, and the
//! documentation tells of each its meaning, unit, bounds, an example and what holds without it.
//!
//! Two kinds of words are declared elsewhere because they belong to a model of theirs: the parameters of a growth model
//! ([`Growth::parameters`](crate::growth::Growth::parameters)) and the names that a scenario gives (regions, states).

mod departures;
mod kinds;
mod values;

use crate::growth::{Growth, Kind};

use super::key::Holds::{
    Between, Defined, Either, Entries, Named, Numbers, Table, Text, TextOrTexts, Texts, Truth, Value, Whole, Word,
};
use super::key::Used::{Amounts, Figures, Questions, Words};
use super::key::{Holds, Key, key};

pub(super) use departures::{CHECK, EFFECT, EVENT, JUMP, QUESTION};
pub(super) use values::{LEADS, LOGNORMAL, MEDIAN, PARTS, is_lead, lead_of, of_a_value};

use kinds::KINDS;

/// Longest horizon: beyond it nothing that rests on two years of data says anything.
pub(super) const MOST_YEARS: i32 = 50;

/// Accepted values of numbers whose bounds are narrower than those of their kind, both ends included.
pub(super) const DISPERSION_RANGE: (f64, f64) = (5.0, 1e6);
pub(super) const TAIL_SHARE_RANGE: (f64, f64) = (0.0, 0.2);
pub(super) const SIGMA_RANGE: (f64, f64) = (0.2, 2.5);
pub(super) const EXCHANGE_RATE_RANGE: (f64, f64) = (0.1, 1000.0);
pub(super) const WILD_SHARE_RANGE: (f64, f64) = (0.0, 0.5);
pub(super) const WILD_TIMES_RANGE: (f64, f64) = (1.0, 20.0);
pub(super) const FREEDOM_RANGE: (f64, f64) = (3.0, 200.0);

/// The words of some keys, in their order.
pub(super) fn words(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.word).collect()
}

/// Words at the top of a file; any other table is a region.
pub(super) const TOP: [Key; 19] = [
    key("title", "One line for readers.", Text, "title = \"A fund for Chinese rounds\"")
        .otherwise("the name of the file")
        .used(Words),
    key("summary", "A sentence or two for readers.", Text, "summary = \"A state fund lifts the number of rounds.\"")
        .used(Words),
    key("horizon", "Last simulated year.", Whole(1900), "horizon = 2032")
        .of(Kind::Year)
        .within((1.0, MOST_YEARS as f64))
        .required(),
    key(
        "data",
        "A built-in data set, such as cb-insights-2024-01, or the name of a CSV of your own.",
        Text,
        "data = \"ai-index-2022\"",
    )
    .usually("\"cb-insights-2024-01\"")
    .used(Figures),
    key("base-year", "Observed year to start from.", Whole(1900), "base-year = 2022")
        .of(Kind::Year)
        .otherwise("the last year that both regions state")
        .used(Figures),
    key(
        "source",
        "Whose funding figures it starts from: one source, or several to draw from.",
        Either(&[TextOrTexts, Table(&DRAWN_SOURCES)]),
        "source = \"AI Index\"",
    )
    .otherwise("the source that comes first in the figures")
    .used(Figures),
    key("gap", "Lead region, follow region.", Texts, "gap = [\"china\", \"us\"]")
        .usually("[\"us\", \"china\"]")
        .used(Questions),
    key("extends", "Another scenario; this one states only what differs.", Text, "extends = \"base.toml\"")
        .otherwise("the file stands alone"),
    key("draws", "Files of draws: assumptions taken jointly, row by row.", Entries("draws"), "[[draws]]")
        .otherwise("each assumption is drawn by its own law"),
    key("run", "How it is run; flags outrank it.", Table(&RUN), "[run]").otherwise("what the flags say"),
    key("shocks", "The law of the yearly shocks.", Table(&SHOCKS), "[shocks]").otherwise("shocks are gaussian"),
    key("correlations", "How shocks or assumptions go together.", Entries("correlation"), "[[correlations]]")
        .otherwise("none goes with another"),
    key("regimes", "States of the market for series with model = \"regime\".", Table(&REGIMES), "[regimes]"),
    key("jumps", "Sudden changes that may come in any year.", Entries("jump"), "[[jumps]]").otherwise("none comes"),
    key("events", "Dated departures from trend.", Entries("event"), "[[events]]").otherwise("none comes"),
    key("measurement", "What is unknown about the figures themselves.", Table(&MEASUREMENT), "[measurement]")
        .otherwise("the figures are taken as stated"),
    key("money", "What amounts are shown in.", Table(&MONEY), "[money]").otherwise("dollars of the day").used(Amounts),
    key("checks", "What must hold of a plausible projection.", Entries("check"), "[[checks]]")
        .otherwise("nothing is checked")
        .used(Questions),
    key("questions", "What is reported besides the built-in questions.", Entries("question"), "[[questions]]")
        .otherwise("the built-in questions alone")
        .used(Questions),
];

/// Several sources, and how likely each is.
pub(super) const DRAWN_SOURCES: [Key; 5] = [
    key("one-of", "Their names.", Texts, "source = { one-of = [\"CB Insights\", \"AI Index\"] }")
        .required()
        .used(Figures),
    key(
        "weights",
        "Their weights, which add up to 100%.",
        Numbers,
        "source = { one-of = [\"CB Insights\", \"AI Index\"], weights = [\"70%\", \"30%\"] }",
    )
    .of(Kind::Share)
    .otherwise("each is as likely")
    .used(Figures),
    key(
        "kind",
        "Whether somebody decides it.",
        KINDS,
        "source = { one-of = [\"CB Insights\", \"AI Index\"], kind = \"decision\" }",
    )
    .usually("\"circumstance\"")
    .used(Words),
    key(
        "why",
        "Why these weights.",
        Text,
        "source = { one-of = [\"CB Insights\", \"AI Index\"], why = \"either may be right\" }",
    )
    .used(Words),
    key(
        "source",
        "The figure they rest on, or judgement.",
        Text,
        "source = { one-of = [\"CB Insights\", \"AI Index\"], source = \"judgement\" }",
    )
    .used(Words),
];

pub(super) const RUN: [Key; 3] = [
    key("paths", "Number of simulated futures, even.", Whole(2), "paths = 20000"),
    key("seed", "Seed of all random numbers.", Whole(0), "seed = 7"),
    key(
        "sampler",
        "Where random numbers come from: addresses, or Sobol' points for less simulation error.",
        Word(&["addressed", "sobol"]),
        "sampler = \"sobol\"",
    )
    .usually("\"addressed\""),
];

/// A region: two of its three series, or funding alone.
pub(super) const REGION: [Key; 8] = [
    key("deals", "Deals a year.", Defined("series"), "[us.deals]").otherwise("funding stands alone"),
    key("deal-size", "Mean deal size, $m.", Defined("series"), "[us.deal-size]").otherwise("funding stands alone"),
    key("funding", "Money raised a year, $bn.", Defined("series"), "[us.funding]").otherwise("deals × deal size"),
    key("counting", "How deals are counted.", Defined("counting"), "[us.counting]")
        .otherwise("the number of deals is smooth"),
    key("gdp", "Gross domestic product, which funding is divided by.", Defined("companion"), "[us.gdp]")
        .otherwise("no metric per GDP")
        .used(Questions),
    key("population", "Number of people, which funding is divided by.", Defined("companion"), "[us.population]")
        .otherwise("no metric per million people")
        .used(Questions),
    key("venture-money", "All venture money, which funding is divided by.", Defined("companion"), "[us.venture-money]")
        .otherwise("no metric per venture money")
        .used(Questions),
    key(
        "spending-outside",
        "Spending on AI outside of rounds, which is added to funding.",
        Defined("companion"),
        "[us.spending-outside]",
    )
    .otherwise("no metric with it")
    .used(Questions),
];

/// What funding is divided by, or what is added to it.
pub(super) const COMPANION: [Key; 4] = [
    key("figure", "Its level in the last observed year.", Value, "figure = \"$28,000bn\"")
        .of(Kind::Level)
        .otherwise("the built-in figure, where there is one")
        .used(Questions),
    key("growth", "Its yearly growth.", Value, "growth = { p10 = \"2%\", p90 = \"6%\" }")
        .of(Kind::Growth)
        .required()
        .used(Questions),
    key("why", "Why this figure.", Text, "why = \"current prices\"").used(Words),
    key("source", "Who states the figure.", Text, "source = \"World Bank\"").used(Words),
];

/// The growth model of a series; its parameters stand beside it.
pub(super) const MODEL: &str = "model";
/// What a path holds in place of parameters.
pub(super) const LEVELS: Key = key(
    "levels",
    "Levels by year, for the model path.",
    Named(&Value),
    "levels = { 2027 = \"$40bn\", 2030 = { p10 = \"$30bn\", p90 = \"$90bn\" } }",
)
.of(Kind::Level)
.otherwise("path has to have it");
/// Both, for the documentation.
pub(super) const SERIES: [Key; 2] =
    [key(MODEL, "How the level moves.", Word(&Growth::<()>::NAMES), "model = \"random-walk\"").required(), LEVELS];

pub(super) const COUNTING: [Key; 2] = [
    key(
        "deals",
        "Law of the number of deals.",
        Either(&[Word(&["expected", "poisson"]), Table(&NEGATIVE_BINOMIAL)]),
        "deals = { negative-binomial = 40 }",
    )
    .otherwise("poisson beside sizes, otherwise it has to be written"),
    key("sizes", "Simulates deals one by one.", Either(&[Truth, Table(&SIZES)]), "sizes = true")
        .otherwise("totals move as a whole"),
];
pub(super) const NEGATIVE_BINOMIAL: [Key; 1] = [key(
    "negative-binomial",
    "Dispersion: the larger, the nearer to a Poisson law.",
    Value,
    "deals = { negative-binomial = 40 }",
)
.of(Kind::Number)
.within(DISPERSION_RANGE)
.required()];
pub(super) const SIZES: [Key; 5] = [
    key("sigma", "sd of the log of a deal's size.", Value, "sizes = { sigma = 1.9 }")
        .of(Kind::Number)
        .within(SIGMA_RANGE)
        .usually("{ uniform = [1.7, 2.2] }"),
    key(
        "mean",
        "Mean deal; sigma follows from it and the median.",
        Text,
        "sizes = { mean = \"$23.4m\", median = \"$4.4m\" }",
    )
    .of(Kind::Level)
    .otherwise("sigma says it"),
    key("median", "Median deal, beside the mean one.", Text, "sizes = { mean = \"$23.4m\", median = \"$4.4m\" }")
        .of(Kind::Level)
        .otherwise("sigma says it"),
    key("tail-share", "Share of deals in a Pareto tail.", Value, "sizes = { tail-share = \"1%\", cap = \"$20bn\" }")
        .of(Kind::Share)
        .within(TAIL_SHARE_RANGE)
        .usually("\"0%\""),
    key("cap", "Largest deal.", Value, "sizes = { cap = \"$20bn\" }").of(Kind::Level).otherwise("no largest deal"),
];

/// Word of a value that stands in a row of a file; no user writes it.
pub(super) const DRAWN: &str = "draws";

pub(super) const DRAWS: [Key; 4] = [
    key("file", "A CSV: a line of addresses, a line of units, a row for each draw.", Text, "file = \"panel.csv\"")
        .required(),
    key("of", "Addresses of the assumptions that are taken from it.", Texts, "of = [\"us.funding.growth\"]").required(),
    key("why", "Why these draws.", Text, "why = \"answers of a panel\"").used(Words),
    key("source", "Where they come from.", Text, "source = \"the panel’s report\"").used(Words),
];

pub(super) const SHOCKS: [Key; 4] = [
    key("law", "Their law.", Either(&[Word(&["gaussian"]), Table(&LAW_OF_SHOCKS)]), "law = { student-t = 5 }")
        .usually("\"gaussian\""),
    key("tail", "Whether wild years are the same for all series.", Word(&["separate", "shared"]), "tail = \"shared\"")
        .usually("\"separate\""),
    key(
        "correlation",
        "Correlation of two series' shocks where it is not certain; of two series in all.",
        Value,
        "correlation = { uniform = [0.2, 0.6] }",
    )
    .of(Kind::Correlation)
    .otherwise("that of [[correlations]]"),
    key(
        "factor",
        "Loadings of one market factor by series.",
        Named(&Either(&[Value, Named(&Value)])),
        "factor = { us.funding = 0.6, china.funding = 0.5 }",
    )
    .of(Kind::Correlation)
    .otherwise("no common factor"),
];
pub(super) const LAW_OF_SHOCKS: [Key; 3] = [
    key("contaminated", "Share of wild years.", Value, "law = { contaminated = \"10%\", times = 3 }")
        .of(Kind::Share)
        .within(WILD_SHARE_RANGE)
        .otherwise("another law leads"),
    key("times", "How much wider a wild year is.", Value, "law = { contaminated = \"10%\", times = 3 }")
        .of(Kind::Number)
        .within(WILD_TIMES_RANGE)
        .otherwise("contaminated has to have it"),
    key("student-t", "Degrees of freedom.", Value, "law = { student-t = 5 }")
        .of(Kind::Number)
        .within(FREEDOM_RANGE)
        .otherwise("another law leads"),
];

pub(super) const REGIMES: [Key; 4] = [
    key("states", "Their names.", Texts, "states = [\"boom\", \"bust\"]").required(),
    key("start", "State of the last observed year, or \"stationary\".", Text, "start = \"bust\"")
        .usually("\"stationary\""),
    key("shared", "One state for all regions.", Truth, "shared = false").usually("true"),
    key(
        "transitions",
        "Yearly chances of leaving each state for another.",
        Named(&Named(&Value)),
        "transitions = { boom = { bust = \"25%\" }, bust = { boom = \"35%\" } }",
    )
    .of(Kind::Chance)
    .required(),
];

pub(super) const MEASUREMENT: [Key; 6] = [
    key(
        "rounding",
        "Figures anywhere within their rounding.",
        Either(&[Truth, Named(&Table(&ROUNDING))]),
        "rounding = true",
    )
    .usually("false"),
    key("revisions", "First releases are revised.", Either(&[Truth, Named(&Value)]), "revisions = true")
        .of(Kind::Effect)
        .usually("false"),
    key("definitions", "Sources count different things.", Either(&[Truth, Value]), "definitions = true")
        .of(Kind::Effect)
        .usually("false"),
    key("sampling", "The luck of single deals in a total.", Either(&[Truth, Named(&Value)]), "sampling = true")
        .of(Kind::Spread)
        .usually("false"),
    key(
        "transient",
        "Noise of a region's yearly funding that does not stay: sd of its log.",
        Named(&Value),
        "transient = { us = \"10%\" }",
    )
    .of(Kind::Spread),
    key(
        "transient-in-base",
        "How much of it is in the funding of the base year.",
        Named(&Value),
        "transient-in-base = { us = \"5%\" }",
    )
    .of(Kind::Effect),
];

/// The figures of a region whose rounding is not the data set's.
pub(super) const ROUNDING: [Key; 2] = [
    key("deals", "Deals of the last observed year.", Value, "deals = { uniform = [1100, 1200] }")
        .of(Kind::Level)
        .otherwise("the rounding of the figure"),
    key("funding", "Funding of the last observed year.", Value, "funding = { uniform = [\"$29bn\", \"$33bn\"] }")
        .of(Kind::Level)
        .otherwise("the rounding of the figure"),
];

pub(super) const MONEY: [Key; 4] = [
    key("currency", "Currency of every amount shown.", Word(&["USD", "CNY"]), "currency = \"CNY\"")
        .usually("\"USD\"")
        .used(Amounts),
    key(
        "exchange-rate",
        "Yuan per dollar, one value or values by year.",
        Either(&[Value, Named(&Value)]),
        "exchange-rate = { 2023 = 7.1, 2030 = { uniform = [6.5, 8] } }",
    )
    .of(Kind::Number)
    .within(EXCHANGE_RATE_RANGE)
    .otherwise("the rate that the figures state")
    .used(Amounts),
    key(
        "prices",
        "\"nominal\", or the year whose prices are shown.",
        Either(&[Whole(1900), Word(&["nominal"])]),
        "prices = 2023",
    )
    .usually("\"nominal\"")
    .used(Amounts),
    key("inflation", "Yearly rise of prices in that currency.", Value, "inflation = { p10 = \"1%\", p90 = \"4%\" }")
        .of(Kind::Growth)
        .otherwise("prices of a year has to have it")
        .used(Amounts),
];

/// A correlation, certain or not.
const RHO: Holds = Either(&[Between(-1, 1), Defined("law")]);

pub(super) const CORRELATION: [Key; 4] = [
    key("between", "Two series, or two assumptions.", Texts, "between = [\"us.deals\", \"china.deals\"]").required(),
    key("rho", "Correlation of shocks, or Spearman's rank correlation of assumptions.", RHO, "rho = 0.4")
        .of(Kind::Correlation)
        .required(),
    key("why", "Why this correlation.", Text, "why = \"shared cycles of venture money\"").used(Words),
    key("source", "The figure it rests on, or judgement.", Text, "source = \"judgement\"").used(Words),
];

/// What drops the entry of a list that the file below has; nothing is left of it for the parser.
pub(super) const REMOVE: Key =
    key("remove", "Drops the entry, or the series, of the file it extends.", Truth, "remove = true");
