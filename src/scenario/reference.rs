//! The keys of a scenario file as the documentation lists them: what each means, its unit, its bounds, and what holds without it.

use crate::growth::{Growth, Kind};

use super::key::{Holds, Key, Used, Without};
use super::keys;
use super::model::SeriesKind;
use super::value::Measured;

/// A table of a scenario file, with its keys.
#[derive(Clone, Debug)]
pub struct KeyTable {
    /// How it is written: `[money]`, or what it stands in.
    pub name: &'static str,
    /// Purpose of the table, in a sentence.
    pub about: &'static str,
    /// Its keys in the order in which they are declared.
    pub keys: Vec<ListedKey>,
}

/// A key as the documentation lists it.
#[derive(Clone, Debug)]
pub struct ListedKey {
    /// The word that stands in the file.
    pub word: &'static str,
    /// Meaning, in a sentence.
    pub about: &'static str,
    /// What may stand behind it.
    pub holds: String,
    /// Unit of the number behind it; empty where there is none.
    pub unit: &'static str,
    /// Bounds of the number behind it; empty where there is none.
    pub range: String,
    /// What holds without it.
    pub without: Without,
    /// Lines of a file that hold it; its own table is named where it is described by itself.
    pub example: String,
    /// The part of the program that uses it.
    pub used: Used,
}

/// Kinds of numbers with their bounds, as a user writes them.
#[derive(Clone, Debug)]
pub struct KindRange {
    /// Unit in tables.
    pub unit: &'static str,
    /// A value as it is written.
    pub example: &'static str,
    /// Lowest and highest accepted value.
    pub ends: [String; 2],
}

/// A way to write a number, certain or not.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Its word: the key that leads it.
    pub word: &'static str,
    /// What the example is a value of: growth, or volatility.
    pub of: &'static str,
    /// An example, as it stands in a file.
    pub example: &'static str,
    /// Meaning, in a sentence.
    pub meaning: &'static str,
}

const fn form(word: &'static str, example: &'static str, meaning: &'static str) -> Form {
    Form { word, of: "growth", example, meaning }
}

/// Every way to write a number.
pub const FORMS: [Form; 9] = [
    form("value", "\"2%\"", "certain; in a table with its reason: { value = \"2%\", why = \"…\", source = \"…\" }"),
    form(
        "p10",
        "{ p10 = \"-7%\", p90 = \"11%\" }",
        "one path in ten lies below the first, one in ten above the second",
    ),
    form("p5", "{ p5 = \"-10%\", p95 = \"15%\" }", "one path in twenty lies below, one in twenty above"),
    form(
        "mean",
        "{ mean = \"7%\", sd = \"10%\" }",
        "normal in the log for rates of growth; lognormal for volatilities, levels and spans of years; for chances and shares a \
         normal law cut to what is possible",
    ),
    form(
        "uniform",
        "{ uniform = [\"0%\", \"10%\"] }",
        "anything between the ends, equally likely, for growth and effects in logs; of years, whole years with both ends",
    ),
    form(
        "triangular",
        "{ triangular = [\"-5%\", \"2%\", \"10%\"] }",
        "lowest, most likely, highest; the density is a triangle",
    ),
    form(
        "pert",
        "{ pert = [\"-5%\", \"2%\", \"10%\"] }",
        "lowest, most likely, highest; a beta law that trusts the middle more than a triangle does",
    ),
    form(
        "one-of",
        "{ one-of = [\"0%\", \"12%\"], weights = [\"70%\", \"30%\"] }",
        "one of several values; equally likely without weights",
    ),
    Form {
        word: "lognormal",
        of: "volatility",
        example: "{ lognormal = { p10 = \"15%\", p90 = \"35%\" } }",
        meaning: "of what is always positive: the log is normal; by p10 and p90, p5 and p95, or mean and sd",
    },
];

/// Every kind of number, as the documentation lists them.
const KINDS: [Kind; 13] = [
    Kind::Growth,
    Kind::Volatility,
    Kind::Years,
    Kind::Persistence,
    Kind::Level,
    Kind::Effect,
    Kind::Chance,
    Kind::Year,
    Kind::Points,
    Kind::Spread,
    Kind::Share,
    Kind::Number,
    Kind::Correlation,
];

/// Bounds of every kind of number.
#[must_use]
pub fn kind_ranges() -> Vec<KindRange> {
    let of = |kind: Kind| {
        let measured = Measured::new(kind, SeriesKind::Funding);
        KindRange { unit: kind.unit(), example: measured.example(), ends: ends(&measured) }
    };
    KINDS.into_iter().map(of).collect()
}

/// The upper end of what has none that anybody meets.
const UNBOUNDED: &str = "no practical limit";

fn ends(measured: &Measured) -> [String; 2] {
    let (low, high) = measured.range;
    // Nobody reads a bound of a thousandth of a billionth.
    [low, high].map(|end| match end.abs() {
        tiny if tiny > 0.0 && tiny < 1e-4 => "above 0".to_owned(),
        large if large >= 1e6 => UNBOUNDED.to_owned(),
        // Growth and effects are bounded in logs: whole percents that are accepted say as much.
        _ if matches!(measured.kind, Kind::Growth | Kind::Effect) => whole_percent(libm::expm1(end)),
        _ => measured.shown(end).replace('-', "−"),
    })
}

/// Every table of a scenario file.
#[must_use]
pub fn key_tables() -> Vec<KeyTable> {
    let law: Vec<Key> = keys::of_a_value().collect();
    let tables: [(&str, &str, &[Key]); 24] = [
        ("top", "What stands at the top of a file; any table that is not named here is a region.", &keys::TOP),
        ("source", "Several sources of funding figures to draw from: source = { one-of = […] }.", &keys::DRAWN_SOURCES),
        ("[run]", "How a run is made where no flag says it.", &keys::RUN),
        (
            "[REGION]",
            "A region: two of its three series, or funding alone. The third follows: funding = deals × deal size.",
            &keys::REGION,
        ),
        (
            "[REGION.SERIES]",
            "How a series grows: [REGION.deals], [REGION.deal-size] or [REGION.funding]. The parameters of its model stand beside it.",
            &keys::SERIES,
        ),
        (
            "[REGION.gdp]",
            "What funding is divided by, or what is added to it: [REGION.gdp], [REGION.population], [REGION.venture-money], [REGION.spending-outside].",
            &keys::COMPANION,
        ),
        ("[REGION.counting]", "How the deals of a region are counted.", &keys::COUNTING),
        (
            "deals",
            "Counts that vary more than a Poisson law has it: deals = { … } in [REGION.counting].",
            &keys::NEGATIVE_BINOMIAL,
        ),
        ("sizes", "Deals drawn one by one: sizes = { … } in [REGION.counting].", &keys::SIZES),
        ("value", "What may stand in the table of an uncertain number: growth = { … }.", &law),
        (
            "lognormal",
            "The law of what is always positive: lognormal = { … } in an uncertain number.",
            &keys::LOGNORMAL,
        ),
        ("[shocks]", "The law of what single years bring.", &keys::SHOCKS),
        ("[shocks] law", "A law with wild years: law = { … }.", &keys::LAW_OF_SHOCKS),
        ("[[correlations]]", "How two series, or two assumptions, go together.", &keys::CORRELATION),
        ("[regimes]", "States of the market that last, for series with model = \"regime\".", &keys::REGIMES),
        ("[[events]]", "A dated departure from trend.", &keys::EVENT),
        ("effect", "What an event does: effect = { … }, one of step, growth, pulse, add, cap, floor.", &keys::EFFECT),
        ("[[jumps]]", "A sudden change that may come in any year.", &keys::JUMP),
        ("[measurement]", "Doubts about the figures themselves; all off unless named.", &keys::MEASUREMENT),
        (
            "[measurement.rounding.REGION]",
            "The rounding of a region's figures, where it is not that of the data.",
            &keys::ROUNDING,
        ),
        ("[money]", "What amounts are shown in.", &keys::MONEY),
        ("[[draws]]", "A file of joint samples of assumptions.", &keys::DRAWS),
        ("[[questions]]", "What is reported besides the built-in questions.", &keys::QUESTION),
        ("[[checks]]", "What must hold of a plausible projection.", &keys::CHECK),
    ];
    let listed = |(name, about, keys): (&'static str, &'static str, &[Key])| KeyTable {
        name,
        about,
        keys: keys.iter().map(listed).collect(),
    };
    tables.into_iter().map(listed).collect()
}

fn listed(key: &Key) -> ListedKey {
    let range = match (key.number, key.range) {
        (None, _) => String::new(),
        (Some(Kind::Year), Some((low, high))) => format!("{low} to {high} years after the base year"),
        (Some(Kind::Year), None) => "within the figures or the run".to_owned(),
        (Some(kind), own) => {
            let mut measured = Measured::new(kind, SeriesKind::Funding);
            measured.range = own.unwrap_or(measured.range);
            between(ends(&measured))
        }
    };
    ListedKey {
        word: key.word,
        about: key.about,
        holds: told(&key.holds),
        unit: key.number.map_or("", Kind::unit),
        range,
        without: key.without,
        example: example(key),
        used: key.used,
    }
}

/// Lines of a file that hold a key: its own, or those of the form of a number that it leads or completes.
fn example(key: &Key) -> String {
    let lead = keys::lead_of(key.word).unwrap_or(key.word);
    match FORMS.iter().find(|form| key.example.is_empty() && form.word == lead) {
        Some(form) => format!("{} = {}", form.of, form.example),
        None => key.example.to_owned(),
    }
}

/// What may stand behind a key, in words.
fn told(holds: &Holds) -> String {
    match holds {
        Holds::Text => "text".to_owned(),
        Holds::Texts => "list of texts".to_owned(),
        Holds::TextOrTexts => "text or list of texts".to_owned(),
        Holds::Word(words) => words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", "),
        Holds::Truth => "true or false".to_owned(),
        Holds::Whole(least) => format!("whole number, {least} or more"),
        Holds::Between(low, high) => format!("number from {low} to {high}"),
        Holds::Number => "number with its unit".to_owned(),
        Holds::Numbers => "list of numbers with units".to_owned(),
        Holds::Value => "assumption".to_owned(),
        Holds::Table(_) => "table".to_owned(),
        Holds::Named(each) => format!("table of names, each with: {}", told(each)),
        Holds::Defined(name) => format!("table: {name}"),
        Holds::Entries(_) => "entries in double brackets".to_owned(),
        Holds::Either(several) => several.iter().map(told).collect::<Vec<_>>().join("; or "),
    }
}

/// A parameter of a growth model as the documentation lists it.
#[derive(Clone, Debug)]
pub struct ListedParameter {
    /// The word that stands in the file.
    pub name: &'static str,
    /// Meaning, in a few words.
    pub meaning: &'static str,
    /// Unit of the number.
    pub unit: &'static str,
    /// Bounds of the number.
    pub range: String,
    /// A value that is accepted, as it stands in a file.
    pub example: &'static str,
}

/// The parameters of a growth model, beside their declaration: unit, bounds and an example.
#[must_use]
pub fn parameter_ranges(model: &str) -> Vec<ListedParameter> {
    let parameters = Growth::<()>::parameters(model).unwrap_or_default();
    let of = |it: &'static crate::growth::Parameter| {
        let measured = Measured::new(it.kind, SeriesKind::Funding);
        ListedParameter {
            name: it.name,
            meaning: it.meaning,
            unit: it.kind.unit(),
            range: between(ends(&measured)),
            example: measured.example(),
        }
    };
    parameters.iter().map(of).collect()
}

/// A share as a whole percentage that is nearer to nothing: `−95%`, `109,563%`.
fn whole_percent(share: f64) -> String {
    let digits = (100.0 * share).abs().trunc().to_string();
    let sign = if share < 0.0 { "−" } else { "" };
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{sign}{text}%")
}

/// Two ends in words.
fn between([low, high]: [String; 2]) -> String {
    match high == UNBOUNDED {
        true if low.starts_with("above") => low,
        true => format!("{low} or more"),
        false => format!("{low} to {high}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_led_by_a_key_and_every_leading_key_has_a_form() {
        let forms: Vec<&str> = FORMS.iter().map(|it| it.word).collect();
        for lead in keys::LEADS {
            assert!(forms.contains(&lead.word), "{}", lead.word);
        }
        assert_eq!(forms.len(), keys::LEADS.len());
    }
}
