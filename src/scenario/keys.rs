//! Every key that a scenario file may hold, declared once: the parser knows no other, and the JSON Schema lists them all.
//!
//! Two kinds of words are declared elsewhere because they belong to a model of theirs: the parameters of a growth model
//! ([`Growth::parameters`](crate::growth::Growth::parameters)) and the names that a scenario gives (regions, states).

/// A key of a table, with what an editor tells about it and what may stand behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub word: &'static str,
    pub about: &'static str,
    pub holds: Holds,
}

/// What may stand behind a key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds {
    /// A text in double quotes.
    Text,
    /// A list of texts.
    Texts,
    /// One text, or a list of them.
    TextOrTexts,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A switch, true or false.
    Truth,
    /// A whole number, this or more.
    Whole(i64),
    /// A number between these two.
    Between(i32, i32),
    /// One number: a text with its unit, or bare where there is none.
    Number,
    /// Several numbers.
    Numbers,
    /// An assumption: a number, a distribution, a list of dated values, or a value for each state.
    Value,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A table whose keys are names, years or states, with this behind each.
    Named(&'static Holds),
    /// A table that is described by itself under this name.
    Defined(&'static str),
    /// A list of such tables.
    Entries(&'static str),
    /// Any one of several kinds.
    Either(&'static [Holds]),
}

use Holds::{
    Between, Defined, Either, Entries, Named, Number, Numbers, Table, Text, TextOrTexts, Texts, Truth, Value, Whole,
    Word,
};

const fn key(word: &'static str, about: &'static str, holds: Holds) -> Key {
    Key { word, about, holds }
}

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

/// A decision or a circumstance; the older words mean the same.
const KINDS: Holds = Word(&["decision", "circumstance", "lever", "assumption"]);

/// Words at the top of a file; any other table is a region.
pub(super) const TOP: [Key; 19] = [
    key("title", "One line for readers.", Text),
    key("summary", "A sentence or two for readers.", Text),
    key("horizon", "Last simulated year.", Whole(1900)),
    key("data", "A built-in data set, such as cb-insights-2024-01, or the name of a CSV of your own.", Text),
    key("base-year", "Observed year to start from; the last one of both regions if it is not said.", Whole(1900)),
    key(
        "source",
        "Whose funding figures it starts from: one source, or several to draw from.",
        Either(&[TextOrTexts, Table(&DRAWN_SOURCES)]),
    ),
    key("gap", "Lead region, follow region.", Texts),
    key("extends", "Another scenario; this one states only what differs.", Text),
    key("draws", "Files of draws: assumptions taken jointly, row by row.", Entries("draws")),
    key("run", "How it is run; flags outrank it.", Table(&RUN)),
    key("shocks", "The law of the yearly shocks.", Table(&SHOCKS)),
    key("correlations", "How shocks or assumptions go together.", Entries("correlation")),
    key("regimes", "States of the market for series with model = \"regime\".", Table(&REGIMES)),
    key("jumps", "Sudden changes that may come in any year.", Entries("jump")),
    key("events", "Dated departures from trend.", Entries("event")),
    key("measurement", "What is unknown about the figures themselves.", Table(&MEASUREMENT)),
    key("money", "What amounts are shown in.", Table(&MONEY)),
    key("checks", "What must hold of a plausible projection.", Entries("check")),
    key("questions", "What is reported besides the built-in questions.", Entries("question")),
];

/// Several sources, and how likely each is.
pub(super) const DRAWN_SOURCES: [Key; 5] = [
    key("one-of", "Their names.", Texts),
    key("weights", "Their weights, which add up to 100%.", Numbers),
    key("kind", "Whether somebody decides it.", KINDS),
    key("why", "Why these weights.", Text),
    key("source", "The figure they rest on, or judgement.", Text),
];

pub(super) const RUN: [Key; 3] = [
    key("paths", "Number of simulated futures, even.", Whole(2)),
    key("seed", "Seed of all random numbers.", Whole(0)),
    key(
        "sampler",
        "Where random numbers come from: addresses, or Sobol' points for less simulation error.",
        Word(&["addressed", "sobol"]),
    ),
];

/// A region: two of its three series, or funding alone.
pub(super) const REGION: [Key; 8] = [
    key("deals", "Deals a year.", Defined("series")),
    key("deal-size", "Mean deal size, $m.", Defined("series")),
    key("funding", "Money raised a year, $bn.", Defined("series")),
    key("counting", "How deals are counted.", Defined("counting")),
    key("gdp", "Gross domestic product, which funding is divided by.", Defined("companion")),
    key("population", "Number of people, which funding is divided by.", Defined("companion")),
    key("venture-money", "All venture money, which funding is divided by.", Defined("companion")),
    key("spending-outside", "Spending on AI outside of rounds, which is added to funding.", Defined("companion")),
];

/// What funding is divided by, or what is added to it.
pub(super) const COMPANION: [Key; 4] = [
    key("figure", "Its level in the last observed year.", Value),
    key("growth", "Its yearly growth.", Value),
    key("why", "Why this figure.", Text),
    key("source", "Who states the figure.", Text),
];

/// The growth model of a series; its parameters stand beside it.
pub(super) const MODEL: &str = "model";
/// What a path holds in place of parameters.
pub(super) const LEVELS: Key = key("levels", "Levels by year, for the model path.", Named(&Value));

pub(super) const COUNTING: [Key; 2] = [
    key("deals", "Law of the number of deals.", Either(&[Word(&["expected", "poisson"]), Table(&NEGATIVE_BINOMIAL)])),
    key("sizes", "Simulates deals one by one.", Either(&[Truth, Table(&SIZES)])),
];
pub(super) const NEGATIVE_BINOMIAL: [Key; 1] =
    [key("negative-binomial", "Dispersion: the larger, the nearer to a Poisson law.", Value)];
pub(super) const SIZES: [Key; 5] = [
    key("sigma", "sd of the log of a deal's size.", Value),
    key("mean", "Mean deal, $m.", Text),
    key("median", "Median deal, $m.", Text),
    key("tail-share", "Share of deals in a Pareto tail.", Value),
    key("cap", "Largest deal.", Value),
];

/// Word of a value that stands in a row of a file; no user writes it.
pub(super) const DRAWN: &str = "draws";

pub(super) const DRAWS: [Key; 4] = [
    key("file", "A CSV: a line of addresses, a line of units, a row for each draw.", Text),
    key("of", "Addresses of the assumptions that are taken from it.", Texts),
    key("why", "Why these draws.", Text),
    key("source", "Where they come from.", Text),
];

pub(super) const SHOCKS: [Key; 4] = [
    key("law", "Their law.", Either(&[Word(&["gaussian"]), Table(&LAW_OF_SHOCKS)])),
    key("tail", "Whether wild years are the same for all series.", Word(&["separate", "shared"])),
    key("correlation", "Correlation of two series' shocks where it is not certain; of two series in all.", Value),
    key("factor", "Loadings of one market factor by series.", Named(&Either(&[Value, Named(&Value)]))),
];
pub(super) const LAW_OF_SHOCKS: [Key; 3] = [
    key("contaminated", "Share of wild years.", Value),
    key("times", "How much wider a wild year is.", Value),
    key("student-t", "Degrees of freedom.", Value),
];

pub(super) const REGIMES: [Key; 4] = [
    key("states", "Their names.", Texts),
    key("start", "State of the last observed year, or \"stationary\".", Text),
    key("shared", "One state for all regions.", Truth),
    key("transitions", "Yearly chances of leaving each state for another.", Named(&Named(&Value))),
];

pub(super) const MEASUREMENT: [Key; 6] = [
    key("rounding", "Figures anywhere within their rounding.", Either(&[Truth, Named(&Table(&ROUNDING))])),
    key("revisions", "First releases are revised.", Either(&[Truth, Named(&Value)])),
    key("definitions", "Sources count different things.", Either(&[Truth, Value])),
    key("sampling", "The luck of single deals in a total.", Either(&[Truth, Named(&Value)])),
    key("transient", "Noise of a region's yearly funding that does not stay: sd of its log.", Named(&Value)),
    key("transient-in-base", "How much of it is in the funding of the base year.", Named(&Value)),
];

/// The figures of a region whose rounding is not the data set's.
pub(super) const ROUNDING: [Key; 2] = [
    key("deals", "Deals of the last observed year.", Value),
    key("funding", "Funding of the last observed year.", Value),
];

pub(super) const MONEY: [Key; 4] = [
    key("currency", "Currency of every amount shown.", Word(&["USD", "CNY"])),
    key("exchange-rate", "Yuan per dollar, one value or values by year.", Either(&[Value, Named(&Value)])),
    key("prices", "\"nominal\", or the year whose prices are shown.", Either(&[Whole(1900), Word(&["nominal"])])),
    key("inflation", "Yearly rise of prices in that currency.", Value),
];

/// A correlation, certain or not.
const RHO: Holds = Either(&[Between(-1, 1), Defined("law")]);

pub(super) const CORRELATION: [Key; 4] = [
    key("between", "Two series, or two assumptions.", Texts),
    key("rho", "Correlation of shocks, or Spearman's rank correlation of assumptions.", RHO),
    key("why", "Why this correlation.", Text),
    key("source", "The figure it rests on, or judgement.", Text),
];

pub(super) const EVENT: [Key; 10] = [
    key("name", "Its name, and its address.", Text),
    key("region", "The region it happens to, or several.", TextOrTexts),
    key("series", "What it acts on: deals, deal-size or funding.", TextOrTexts),
    key("year", "When it begins.", Value),
    key("effect", "What it does.", Table(&EFFECT)),
    key("chance", "Chance that it happens at all.", Value),
    key("chance-per-year", "Chance in each year from `year` on that it begins then.", Value),
    key("kind", "Whether somebody decides it.", KINDS),
    key("why", "Why these numbers.", Text),
    key("source", "The figure they rest on, or judgement.", Text),
];

/// One of [`Effect::NAMES`](crate::event::Effect::NAMES), with what may stand beside it.
pub(super) const EFFECT: [Key; 9] = [
    key("step", "Relative change of the level.", Value),
    key("growth", "Change of yearly log growth, in pp.", Value),
    key("pulse", "Relative change that fades.", Value),
    key("add", "Dollars a year on top of the funding.", Value),
    key("cap", "Highest level.", Value),
    key("floor", "Lowest level.", Value),
    key("over", "Years until it is whole.", Whole(1)),
    key("until", "Last year of it.", Value),
    key("half-life", "Years until half of its log is left.", Value),
];

pub(super) const JUMP: [Key; 10] = [
    key("name", "Its name, and its address.", Text),
    key("region", "The region it strikes, or several.", TextOrTexts),
    key("series", "What it strikes: deals, deal-size or funding.", TextOrTexts),
    key("chance-per-year", "Chance that it strikes in a year.", Value),
    key("size", "Relative change of the level, median.", Value),
    key("spread", "sd of the log of its size.", Value),
    key("duration", "Whether the level keeps it.", Word(&["permanent", "transient"])),
    key("kind", "Whether somebody decides it.", KINDS),
    key("why", "Why these numbers.", Text),
    key("source", "The figure they rest on, or judgement.", Text),
];

pub(super) const QUESTION: [Key; 3] = [
    key("name", "Its name.", Text),
    key("that", "A condition such as: ratio in 2030 < half of 2023", Text),
    key("why", "Why it is asked.", Text),
];

pub(super) const CHECK: [Key; 6] = [
    key("name", "Its name.", Text),
    key("that", "A condition such as: ratio in 2030 < half of 2023", Text),
    key("severity", "What breaking it means.", Word(&["warn", "fail"])),
    key("allow", "Share of paths that may break it.", Text),
    key("why", "Why it must hold.", Text),
    key("source", "The figure it rests on, or judgement.", Text),
];

/// What drops the entry of a list that the file below has; nothing is left of it for the parser.
pub(super) const REMOVE: Key = key("remove", "Drops the entry of the file it extends.", Truth);

/// What says which shape of distribution a value has; exactly one of them stands in a value.
pub(super) const LEADS: [Key; 9] = [
    key("p10", "Quantile at 10%, with p90.", Number),
    key("p5", "Quantile at 5%, with p95.", Number),
    key("mean", "Mean, with sd.", Number),
    key("uniform", "Lowest and highest.", Numbers),
    key("triangular", "Lowest, most likely, highest.", Numbers),
    key("pert", "Lowest, most likely, highest.", Numbers),
    key("lognormal", "p10 and p90, p5 and p95, or mean and sd.", Table(&LOGNORMAL)),
    key("one-of", "Values to choose from.", Numbers),
    key("value", "One certain value.", Number),
];
/// What completes one of the [`LEADS`], with the one that it belongs to.
pub(super) const PARTS: [(Key, &str); 4] = [
    (key("p90", "Quantile at 90%.", Number), "p10"),
    (key("p95", "Quantile at 95%.", Number), "p5"),
    (key("sd", "Standard deviation: of the log for rates.", Number), "mean"),
    (key("weights", "Their weights, which add up to 100%.", Numbers), "one-of"),
];
/// What moves a distribution and keeps its spread, over one that a file below states or beside it.
pub(super) const MEDIAN: Key = key("median", "Where a distribution is moved to, with its spread kept.", Number);
/// What may stand beside any value.
pub(super) const BESIDE: [Key; 4] = [
    key("why", "Why this value.", Text),
    key("source", "The figure it rests on, or judgement.", Text),
    key("kind", "Whether somebody decides it.", KINDS),
    key("from", "Year from which a later value holds.", Whole(1900)),
];
pub(super) const LOGNORMAL: [Key; 6] = [
    key("p10", "Quantile at 10%.", Number),
    key("p90", "Quantile at 90%.", Number),
    key("p5", "Quantile at 5%.", Number),
    key("p95", "Quantile at 95%.", Number),
    key("mean", "Mean.", Number),
    key("sd", "Standard deviation.", Number),
];

/// Whether a word says which shape of distribution a value has.
pub(super) fn is_lead(word: &str) -> bool {
    LEADS.iter().any(|lead| lead.word == word)
}

/// The lead that a part belongs to; `None` if the word is no part.
pub(super) fn lead_of(word: &str) -> Option<&'static str> {
    PARTS.iter().find(|(part, _)| part.word == word).map(|(_, lead)| *lead)
}

/// Every key that a value may have.
pub(super) fn of_a_value() -> impl Iterator<Item = Key> {
    LEADS.into_iter().chain(PARTS.map(|(part, _)| part)).chain([MEDIAN]).chain(BESIDE)
}
