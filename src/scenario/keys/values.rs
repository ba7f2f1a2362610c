//! Keys of an uncertain number, and which of them say its shape.

use crate::scenario::key::Holds::{Number, Numbers, Table, Text, Whole};
use crate::scenario::key::Used::Words;
use crate::scenario::key::{Key, key};

use super::kinds::KINDS;

/// What says which shape of distribution a value has; exactly one of them stands in a value. Their examples are those of
/// [`FORMS`](crate::scenario::FORMS).
pub(in crate::scenario) const LEADS: [Key; 9] = [
    key("p10", "Quantile at 10%, with p90.", Number, "").otherwise("another shape leads"),
    key("p5", "Quantile at 5%, with p95.", Number, "").otherwise("another shape leads"),
    key("mean", "Mean, with sd.", Number, "").otherwise("another shape leads"),
    key("uniform", "Lowest and highest.", Numbers, "").otherwise("another shape leads"),
    key("triangular", "Lowest, most likely, highest.", Numbers, "").otherwise("another shape leads"),
    key("pert", "Lowest, most likely, highest.", Numbers, "").otherwise("another shape leads"),
    key("lognormal", "p10 and p90, p5 and p95, or mean and sd.", Table(&LOGNORMAL), "")
        .otherwise("another shape leads"),
    key("one-of", "Values to choose from.", Numbers, "").otherwise("another shape leads"),
    key("value", "One certain value.", Number, "growth = { value = \"2%\" }").otherwise("another shape leads"),
];

/// What completes one of the [`LEADS`], with the one that it belongs to.
pub(in crate::scenario) const PARTS: [(Key, &str); 4] = [
    (key("p90", "Quantile at 90%.", Number, "").otherwise("p10 has to have it"), "p10"),
    (key("p95", "Quantile at 95%.", Number, "").otherwise("p5 has to have it"), "p5"),
    (key("sd", "Standard deviation: of the log for rates.", Number, "").otherwise("mean has to have it"), "mean"),
    (key("weights", "Their weights, which add up to 100%.", Numbers, "").otherwise("each is as likely"), "one-of"),
];

/// What moves a distribution and keeps its spread, over one that a file below states or beside it.
pub(in crate::scenario) const MEDIAN: Key = key(
    "median",
    "Where a distribution is moved to, with its spread kept.",
    Number,
    "growth = { mean = \"7%\", sd = \"10%\", median = \"9%\" }",
)
.otherwise("the distribution stays where it is");

/// What may stand beside any value.
const BESIDE: [Key; 4] = [
    key("why", "Why this value.", Text, "growth = { value = \"5%\", why = \"slower than 2023\" }").used(Words),
    key("source", "The figure it rests on, or judgement.", Text, "growth = { value = \"5%\", source = \"judgement\" }")
        .used(Words),
    key("kind", "Whether somebody decides it.", KINDS, "growth = { value = \"5%\", kind = \"decision\" }")
        .usually("\"circumstance\"")
        .used(Words),
    key(
        "from",
        "Year from which a later value holds.",
        Whole(1900),
        "growth = [{ value = \"5%\" }, { value = \"2%\", from = 2027 }]",
    )
    .otherwise("it holds in every year"),
];

pub(in crate::scenario) const LOGNORMAL: [Key; 6] = [
    key("p10", "Quantile at 10%.", Number, "volatility = { lognormal = { p10 = \"15%\", p90 = \"35%\" } }")
        .otherwise("p5, or mean"),
    key("p90", "Quantile at 90%.", Number, "volatility = { lognormal = { p10 = \"15%\", p90 = \"35%\" } }")
        .otherwise("p10 has to have it"),
    key("p5", "Quantile at 5%.", Number, "volatility = { lognormal = { p5 = \"12%\", p95 = \"40%\" } }")
        .otherwise("p10, or mean"),
    key("p95", "Quantile at 95%.", Number, "volatility = { lognormal = { p5 = \"12%\", p95 = \"40%\" } }")
        .otherwise("p5 has to have it"),
    key("mean", "Mean.", Number, "volatility = { lognormal = { mean = \"25%\", sd = \"8%\" } }")
        .otherwise("p10, or p5"),
    key("sd", "Standard deviation.", Number, "volatility = { lognormal = { mean = \"25%\", sd = \"8%\" } }")
        .otherwise("mean has to have it"),
];

/// Whether a word says which shape of distribution a value has.
pub(in crate::scenario) fn is_lead(word: &str) -> bool {
    LEADS.iter().any(|lead| lead.word == word)
}

/// The lead that a part belongs to; `None` if the word is no part.
pub(in crate::scenario) fn lead_of(word: &str) -> Option<&'static str> {
    PARTS.iter().find(|(part, _)| part.word == word).map(|(_, lead)| *lead)
}

/// Every key that a value may have.
pub(in crate::scenario) fn of_a_value() -> impl Iterator<Item = Key> {
    LEADS.into_iter().chain(PARTS.map(|(part, _)| part)).chain([MEDIAN]).chain(BESIDE)
}
