//! Keys of what happens at a time and of what is asked: events with their effects, jumps, questions and checks.

use crate::growth::Kind;
use crate::scenario::key::Holds::{Table, Text, TextOrTexts, Value, Whole, Word};
use crate::scenario::key::Used::{Questions, Words};
use crate::scenario::key::{Key, key};

use super::kinds::KINDS;

pub(in crate::scenario) const EVENT: [Key; 10] = [
    key("name", "Its name, and its address.", Text, "name = \"a fund\"").required(),
    key("region", "The region it happens to, or several.", TextOrTexts, "region = [\"us\", \"china\"]").required(),
    key("series", "What it acts on: deals, deal-size or funding.", TextOrTexts, "series = \"deals\"").required(),
    key("year", "When it begins.", Value, "year = { uniform = [2025, 2028] }").of(Kind::Year).required(),
    key("effect", "What it does.", Table(&EFFECT), "effect = { step = \"+60%\", over = 2 }").required(),
    key("chance", "Chance that it happens at all.", Value, "chance = \"70%\"").of(Kind::Chance).usually("\"100%\""),
    key(
        "chance-per-year",
        "Chance in each year from `year` on that it begins then.",
        Value,
        "chance-per-year = \"6%\"",
    )
    .of(Kind::Chance)
    .otherwise("it happens once, in its year"),
    key("kind", "Whether somebody decides it.", KINDS, "kind = \"decision\"").usually("\"circumstance\"").used(Words),
    key("why", "Why these numbers.", Text, "why = \"the size of the fund of 2014\"").used(Words),
    key("source", "The figure they rest on, or judgement.", Text, "source = \"judgement\"").used(Words),
];

/// One of [`Effect::NAMES`](crate::event::Effect::NAMES), with what may stand beside it.
pub(in crate::scenario) const EFFECT: [Key; 9] = [
    key(
        "step",
        "Relative change of the level, which stays; whole at once, or over some years.",
        Value,
        "effect = { step = \"+60%\", over = 2 }",
    )
    .of(Kind::Effect)
    .otherwise(ANOTHER),
    key(
        "growth",
        "Points that yearly log growth is higher by while the event lasts.",
        Value,
        "effect = { growth = \"+4pp\", until = 2029 }",
    )
    .of(Kind::Points)
    .otherwise(ANOTHER),
    key(
        "pulse",
        "Relative change at once, which fades: half of its log is left after each half-life.",
        Value,
        "effect = { pulse = \"-50%\", half-life = 2 }",
    )
    .of(Kind::Effect)
    .otherwise(ANOTHER),
    key(
        "add",
        "Dollars a year on top of the funding, while the event lasts; they belong to no deal.",
        Value,
        "effect = { add = \"$3bn\", until = 2029 }",
    )
    .of(Kind::Level)
    .otherwise(ANOTHER),
    key("cap", "Highest level while the event lasts.", Value, "effect = { cap = \"$10bn\" }")
        .of(Kind::Level)
        .otherwise(ANOTHER),
    key("floor", "Lowest level while the event lasts.", Value, "effect = { floor = \"$1bn\" }")
        .of(Kind::Level)
        .otherwise(ANOTHER),
    key("over", "Years until a step is whole.", Whole(1), "effect = { step = \"+60%\", over = 2 }").usually("1"),
    key("until", "Last year of growth, add, cap or floor.", Value, "effect = { growth = \"+4pp\", until = 2029 }")
        .of(Kind::Year)
        .otherwise("to the horizon"),
    key(
        "half-life",
        "Years until half of a pulse's log is left.",
        Value,
        "effect = { pulse = \"-50%\", half-life = 2 }",
    )
    .of(Kind::Years)
    .otherwise("pulse has to have it"),
];

/// What holds without one of the effects.
const ANOTHER: &str = "another effect leads";

pub(in crate::scenario) const JUMP: [Key; 10] = [
    key("name", "Its name, and its address.", Text, "name = \"one huge round\"").required(),
    key("region", "The region it strikes, or several.", TextOrTexts, "region = [\"us\", \"china\"]").required(),
    key("series", "What it strikes: deals, deal-size or funding.", TextOrTexts, "series = \"deals\"").required(),
    key("chance-per-year", "Chance that it strikes in a year.", Value, "chance-per-year = \"15%\"")
        .of(Kind::Chance)
        .required(),
    key("size", "Relative change of the level, median.", Value, "size = \"+40%\"").of(Kind::Effect).required(),
    key("spread", "sd of the log of its size, which differs each time.", Value, "spread = \"20%\"")
        .of(Kind::Spread)
        .usually("\"0%\""),
    key(
        "duration",
        "Whether the level keeps it or loses it in the next year.",
        Word(&["permanent", "transient"]),
        "duration = \"transient\"",
    )
    .usually("\"permanent\""),
    key("kind", "Whether somebody decides it.", KINDS, "kind = \"decision\"").usually("\"circumstance\"").used(Words),
    key("why", "Why these numbers.", Text, "why = \"two such rounds in ten years\"").used(Words),
    key("source", "The figure they rest on, or judgement.", Text, "source = \"judgement\"").used(Words),
];

pub(in crate::scenario) const QUESTION: [Key; 3] = [
    key("name", "Its name.", Text, "name = \"half the ratio\"").required().used(Questions),
    key("that", "A condition such as: ratio in 2030 < half of 2023", Text, "that = \"ratio < half of 2023\"")
        .required()
        .used(Questions),
    key("why", "Why it is asked.", Text, "why = \"the ministry’s aim\"").used(Words),
];

pub(in crate::scenario) const CHECK: [Key; 6] = [
    key("name", "Its name.", Text, "name = \"no market of trillions\"").required().used(Questions),
    key(
        "that",
        "A condition such as: ratio in 2030 < half of 2023",
        Text,
        "that = \"us.funding in every year < $1trn\"",
    )
    .required()
    .used(Questions),
    key(
        "severity",
        "What breaking it means: a warning, or a failure under --strict.",
        Word(&["warn", "fail"]),
        "severity = \"fail\"",
    )
    .usually("\"warn\"")
    .used(Questions),
    key("allow", "Share of paths that may break it.", Text, "allow = \"2%\"")
        .of(Kind::Chance)
        .usually("\"0%\"")
        .used(Questions),
    key("why", "Why it must hold.", Text, "why = \"beyond any market seen so far\"").used(Words),
    key("source", "The figure it rests on, or judgement.", Text, "source = \"judgement\"").used(Words),
];
