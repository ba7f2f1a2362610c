//! Pages of the documentation, each from the declarations that the program works with.

use std::fmt::Write;

use crate::engine::Settings;
use crate::growth::{Growth, MODEL_NOTES};
use crate::metric::{Metric, Milestone, Question, Sides};
use crate::scenario::{
    FORMS, KindRange, ListedKey, ListedParameter, Used, Without, key_tables, kind_ranges, parameter_ranges,
};
use crate::wording;

use super::super::outcome::Outcome;

/// A title, and what prints the page.
pub(super) fn titled(title: &str, command: &str) -> String {
    format!("# {title}\n\nThis page is what `aigap help {command}` prints.\n")
}

/// A table of Markdown.
pub(super) fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(&head.map(str::to_owned));
    text += &format!("|{}\n", "---|".repeat(N));
    rows.into_iter().for_each(|row| text += &line(&row.map(|cell| cell.replace('|', "\\|"))));
    text + "\n"
}

pub(super) fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{text}`") }
}

/// Keys of a scenario.
pub(super) fn keys() -> String {
    let mut text = titled("Keys of a scenario", "keys");
    text += "\nA scenario is a TOML file. `REGION` stands for a name such as `us` or `china`. An *assumption* is a number, certain or not: \
             see *Distributions*. What an assumption accepts follows from what it measures. Each entry in double brackets may be \
             written any number of times; `remove = true` in it drops the entry of that name in the file that is extended. A \
             series is dropped in the same way, by `[REGION.SERIES]` and `remove = true` alone below it.\n\n\
             The last column says what uses a key:\n\n";
    text += &table(
        ["used in", "another value changes"],
        Used::ALL.map(|it| [it.name().to_owned(), it.meaning().to_owned()]),
    );
    for listed in key_tables() {
        let name = if listed.name == "top" { "At the top".to_owned() } else { code(listed.name) };
        let _ = writeln!(text, "## {name}\n\n{}\n", listed.about);
        text += &keys_of(listed.name, listed.keys.iter());
    }
    text + "The parameters of each model of growth stand on the page *Growth models*.\n"
}

/// A table of keys of one table of a scenario.
pub(super) fn keys_of<'a>(of: &str, keys: impl IntoIterator<Item = &'a ListedKey>) -> String {
    let rows = keys.into_iter().map(|key| {
        let accepts = [key.unit, &key.range].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
        let (about, used) = (key.about.to_owned(), key.used.name().to_owned());
        [code(key.word), about, key.holds.clone(), accepts, without(of, key), code(&key.example), used]
    });
    table(["key", "meaning", "holds", "unit and bounds", "without it", "example", "used in"], rows)
}

/// What holds without a key; some of it is a setting of the engine.
fn without(table: &str, key: &ListedKey) -> String {
    match (table, key.word) {
        ("[run]", "paths") => Settings::DEFAULT_PATHS.to_string(),
        ("[run]", "seed") => Settings::DEFAULT_SEED.to_string(),
        _ => match key.without {
            Without::Required => "it has to be written".to_owned(),
            Without::Is(value) => code(value),
            Without::Told(said) => said.to_owned(),
        },
    }
}

/// How uncertain numbers are written, and what is accepted.
pub(super) fn distributions() -> String {
    let mut text = titled("Distributions", "distributions");
    text += "\nAny number of a scenario may be uncertain. A rate is written with its percent sign and an amount with its currency, because \
             nobody can tell whether `1` is one percent or certainty. Growth is the yearly growth of the median path. A law acts on \
             the scale on which a number is held: rates of growth and effects as logs.\n\n";
    let rows = FORMS.iter().map(|form| {
        let picture = format!("![Density of this example](../pictures/law-{}-light.svg)", form.word);
        [code(form.word), code(&format!("{} = {}", form.of, form.example)), form.meaning.to_owned(), picture]
    });
    text += &table(["form", "written", "means", "density of the example"], rows);
    text += "`median` beside or over any of them moves the law there and keeps its spread: `{ median = \"9%\" }`. `why` and `source` may \
             stand in any of them, and `from = 2027` makes a value of a list hold from a year on.\n\n## What is accepted\n\n\
             What lies outside of these bounds is left out of a law and the rest scaled up; a warning says so where that is a \
             thousandth or more.\n\n";
    text + &ranges()
}

/// Bounds of every kind of number.
pub(super) fn ranges() -> String {
    let row = |it: KindRange| {
        let [low, high] = it.ends;
        [it.unit.to_owned(), code(&it.example.replace('"', "")), low, high]
    };
    table(["number", "written", "lowest", "highest"], kind_ranges().into_iter().map(row))
}

/// Growth models.
pub(super) fn models() -> String {
    let mut text = titled("Growth models", "models");
    text += "\n`ℓ` is the natural log of the level `L`, `ε` a shock of variance one, `h` the years since the base year, `σ` the volatility. \
             A model is named below a series: `model = \"random-walk\"`.\n\n";
    for note in MODEL_NOTES {
        let does = Growth::<()>::meaning(note.name).unwrap_or_default();
        let _ = writeln!(text, "## `{}`\n\nA series that {does}\n", note.name);
        let _ = writeln!(
            text,
            "![Funding of two regions that grow by this model](../pictures/model-{}-light.svg)\n",
            note.name
        );
        let facts = [
            ("step", note.formula),
            ("follows", note.follows),
            ("good for", note.good_for),
            ("not for", note.not_for),
            ("source", note.source),
            ("the US in the picture", note.pictured),
        ];
        text += &table(["", ""], facts.map(|(label, fact)| [label.to_owned(), fact.to_owned()]));
        let parameters = parameter_ranges(note.name);
        if !parameters.is_empty() {
            let row = |it: ListedParameter| {
                let example = code(&format!("{} = {}", it.name, it.example));
                [code(it.name), it.meaning.to_owned(), it.unit.to_owned(), it.range, example]
            };
            text += &table(["parameter", "meaning", "unit", "accepts", "example"], parameters.into_iter().map(row));
        }
    }
    text.trim_end().to_owned() + "\n"
}

/// Metrics, built-in events and milestones.
pub(super) fn metrics() -> String {
    let mut text = titled("Metrics and milestones", "metrics");
    text += "\nA metric is computed on every path and in every year, and only then summarised: a median of the gap is no difference of \
             medians. A metric of the gap is asked for by its name (`ratio in 2030`), one of a region with the region in front \
             (`china.funding in 2030`).\n\n## Metrics\n\n";
    let rows = Metric::ALL.into_iter().map(|it| {
        let of = if it.is_of_the_gap() { "the gap" } else { "a region" };
        let needs = if it.needs_single_deals() {
            "deals one by one"
        } else if it.needs_deals() {
            "deals and deal size"
        } else {
            ""
        };
        let mean = if it.has_mean() { "" } else { "none" };
        [
            code(it.name()),
            it.unit().to_owned(),
            of.to_owned(),
            it.formula().to_owned(),
            needs.to_owned(),
            mean.to_owned(),
        ]
    });
    text += &table(["metric", "unit", "of", "formula", "needs", "mean"], rows);
    text += "A metric without a mean has an infinite one, or one that a few paths decide; its quantiles are there.\n\n## Built-in events\n\n\
             Their chance is counted in every year, against the last observed year (here of the US, China and 2023).\n\n";
    let words = Sides { lead: "us", follow: "china", follow_leads: false };
    let sides = Sides { lead: "US", follow: "China", follow_leads: false };
    let rows = Question::ALL.into_iter().map(|it| [code(&it.name(words)), it.definition(sides, 2023)]);
    text += &table(["event", "it holds if"], rows);
    text += "## Milestones\n\nA milestone has a year on each path, or none by the horizon.\n\n";
    let rows = Milestone::ALL.into_iter().map(|it| [code(it.name(false)), it.definition(sides, 2023)]);
    (text + &table(["milestone", "it is reached"], rows)).trim_end().to_owned() + "\n"
}

/// Exit codes.
pub(super) fn exit_codes() -> String {
    let rows = Outcome::ALL.map(|it| [(it as u8).to_string(), it.meaning().to_owned()]);
    titled("Exit codes", "exit-codes")
        + "\nA script can tell from them how a command ended.\n\n"
        + table(["code", "means"], rows).trim_end()
        + "\n"
}

/// Terms and glosses, by the alphabet.
pub(super) fn glossary() -> String {
    let mut text = titled("Glossary", "glossary");
    text += "\n`aigap explain TERM` says the same of one of them.\n\n";
    for (word, said) in wording::glossary_entries() {
        let _ = writeln!(text, "## {word}\n\n{said}\n");
    }
    text.trim_end().to_owned() + "\n"
}
