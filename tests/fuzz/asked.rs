//! What is asked of a scenario, in words in any order.

use super::*;

/// Words of conditions, targets and goals, and some that are none.
const ASKED: [&str; 54] = [
    "us.funding",
    "china.deals",
    "ratio",
    "gap",
    "share",
    "log-ratio",
    "deals-ratio",
    "world.funding",
    "one-year",
    "multiple",
    "of",
    "in",
    "some",
    "every",
    "year",
    "2030",
    "2023",
    "+2026",
    "2026.5",
    "<",
    ">",
    "<=",
    "≥",
    "half",
    "twice",
    "times",
    "1.5",
    "-3",
    "0",
    "150%",
    "50%",
    "$31",
    "$31bn",
    "3×",
    "3xx×",
    "1.500",
    "level",
    "é",
    "nan",
    "1e9",
    "",
    "P(",
    "median of",
    "p90 of",
    "mean of",
    "sd of",
    "chance of",
    ")",
    "\"",
    "us.deals",
    "china.funding",
    "- 2",
    "+",
    "=",
];

/// Words in any order.
fn sentence(random: &mut ChaCha8Rng) -> String {
    let words: Vec<&str> = (0..random.random_range(1..9)).map(|_| one_of(random, &ASKED)).collect();
    words.join(" ")
}

#[test]
fn questions_in_files() {
    tries("questions in files", 300, |random| {
        let that = sentence(random);
        let question = format!("extends = \"base.toml\"\n[[questions]]\nname = \"fuzz\"\nthat = {that:?}\n");
        if let Ok(loaded) = read(&question, "", &Layers::default()) {
            stays_itself(&loaded, "");
        }
    });
}

#[test]
fn conditions_targets_and_goals() {
    let base = read(include_str!("../../scenarios/base.toml"), "", &Layers::default()).expect("the baseline is valid");
    tries("conditions, targets and goals", 20_000, |random| {
        let text = sentence(random);
        let spans = [
            base.scenario.condition(&text).err().map(|it| it.span),
            base.scenario.target(&text).err().map(|it| it.span),
            base.scenario.goal(&text).err().map(|it| it.span),
        ];
        // A mistake is pointed at: whole letters of what was written.
        for span in spans.into_iter().flatten() {
            assert!(text.get(span.clone()).is_some(), "{text:?}: {span:?}");
        }
    });
}
