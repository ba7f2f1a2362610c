//! The keys of a scenario file as the documentation lists them: what each means, its unit, its bounds, and what holds without it.

use crate::growth::{Growth, Kind};

use super::keys::{self, Holds, Key};
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
    /// What holds without it; empty where it has to be written.
    pub without: &'static str,
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
        "anything between the ends, equally likely; of years, whole years with both ends",
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

/// What numbers behind a key are, by table and key, with what holds without it.
const NUMBERS: [(&str, &str, Kind, &str); 26] = [
    ("[[events]]", "year", Kind::Year, ""),
    ("[[events]]", "chance", Kind::Chance, "it happens"),
    ("[[events]]", "chance-per-year", Kind::Chance, "it happens once, in its year"),
    ("effect", "step", Kind::Effect, ""),
    ("effect", "growth", Kind::Points, ""),
    ("effect", "pulse", Kind::Effect, ""),
    ("effect", "add", Kind::Level, ""),
    ("effect", "cap", Kind::Level, ""),
    ("effect", "floor", Kind::Level, ""),
    ("effect", "until", Kind::Year, "to the horizon"),
    ("effect", "half-life", Kind::Years, ""),
    ("[[jumps]]", "chance-per-year", Kind::Chance, ""),
    ("[[jumps]]", "size", Kind::Effect, ""),
    ("[[jumps]]", "spread", Kind::Spread, "every jump has its size"),
    ("[shocks] law", "contaminated", Kind::Share, ""),
    ("[shocks] law", "times", Kind::Number, ""),
    ("[shocks] law", "student-t", Kind::Number, ""),
    ("[shocks]", "correlation", Kind::Correlation, "that of [[correlations]]"),
    ("[[correlations]]", "rho", Kind::Correlation, ""),
    ("sizes", "sigma", Kind::Number, "what the mean and the median deal of 2023 leave open"),
    ("sizes", "tail-share", Kind::Share, "no heavy tail"),
    ("sizes", "cap", Kind::Level, "no largest deal"),
    ("[money]", "exchange-rate", Kind::Number, "the rate of the figures"),
    ("[money]", "inflation", Kind::Growth, "prices of the day are shown"),
    ("[REGION.gdp]", "figure", Kind::Level, "the built-in figure, where there is one"),
    ("[REGION.gdp]", "growth", Kind::Growth, ""),
];

/// Bounds of numbers that are narrower than those of their kind.
const OWN_RANGES: [(&str, &str, (f64, f64)); 6] = [
    ("sizes", "sigma", keys::SIGMA_RANGE),
    ("sizes", "tail-share", keys::TAIL_SHARE_RANGE),
    ("[shocks] law", "contaminated", keys::WILD_SHARE_RANGE),
    ("[shocks] law", "times", keys::WILD_TIMES_RANGE),
    ("[shocks] law", "student-t", keys::FREEDOM_RANGE),
    ("[money]", "exchange-rate", keys::EXCHANGE_RATE_RANGE),
];

/// What holds without a key whose value is no uncertain number, by table and key.
const WITHOUT: [(&str, &str, &str); 15] = [
    ("top", "base-year", "the last year that both regions state"),
    ("top", "source", "the source that comes first in the figures"),
    ("top", "extends", "the file stands alone"),
    ("top", "title", "the name of the file"),
    ("[run]", "sampler", "addressed"),
    ("[shocks]", "law", "gaussian"),
    ("[shocks]", "tail", "separate"),
    ("[REGION.counting]", "deals", "poisson beside sizes, otherwise it has to be written"),
    ("[REGION.counting]", "sizes", "totals move as a whole"),
    ("[regimes]", "start", "stationary"),
    ("[regimes]", "shared", "true"),
    ("[money]", "currency", "USD"),
    ("[money]", "prices", "nominal"),
    ("[[jumps]]", "duration", "permanent"),
    ("effect", "over", "1: whole at once"),
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

fn ends(measured: &Measured) -> [String; 2] {
    let (low, high) = measured.range;
    // Nobody reads a bound of a thousandth of a billionth.
    [low, high].map(|end| match end.abs() {
        tiny if tiny > 0.0 && tiny < 1e-4 => "above 0".to_owned(),
        large if large >= 1e6 => "no practical limit".to_owned(),
        _ => measured.shown(end).replace('-', "−"),
    })
}

/// Every table of a scenario file.
#[must_use]
pub fn key_tables() -> Vec<KeyTable> {
    let law: Vec<Key> = keys::of_a_value().collect();
    let tables: [(&str, &str, &[Key]); 21] = [
        ("top", "What stands at the top of a file; any table that is not named here is a region.", &keys::TOP),
        ("source", "Several sources of funding figures to draw from: source = { one-of = […] }.", &keys::DRAWN_SOURCES),
        ("[run]", "How a run is made where no flag says it.", &keys::RUN),
        (
            "[REGION]",
            "A region: two of its three series, or funding alone. The third follows: funding = deals × deal size.",
            &keys::REGION,
        ),
        (
            "[REGION.gdp]",
            "What funding is divided by, or what is added to it: [REGION.gdp], [REGION.population], [REGION.venture-money], [REGION.spending-outside].",
            &keys::COMPANION,
        ),
        ("[REGION.counting]", "How the deals of a region are counted.", &keys::COUNTING),
        ("sizes", "Deals drawn one by one: sizes = { … } in [REGION.counting].", &keys::SIZES),
        ("value", "What may stand in the table of an uncertain number: growth = { … }.", &law),
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
        keys: keys.iter().map(|key| listed(name, key)).collect(),
    };
    tables.into_iter().map(listed).collect()
}

fn listed(table: &str, key: &Key) -> ListedKey {
    let number = NUMBERS.iter().find(|(of, word, ..)| *of == table && *word == key.word);
    let plain = WITHOUT.iter().find(|(of, word, _)| *of == table && *word == key.word);
    // A year lies between the base year and the horizon of the scenario, and a level has the unit of its series.
    let bounded = number.filter(|it| !matches!(it.2, Kind::Year | Kind::Level));
    let range = bounded.map_or_else(String::new, |(_, _, kind, _)| {
        let mut measured = Measured::new(*kind, SeriesKind::Funding);
        let own = OWN_RANGES.iter().find(|(of, word, _)| *of == table && *word == key.word);
        measured.range = own.map_or(measured.range, |it| it.2);
        let [low, high] = ends(&measured);
        format!("{low} to {high}")
    });
    let without = number.map(|it| it.3).or(plain.map(|it| it.2)).unwrap_or_default();
    ListedKey {
        word: key.word,
        about: key.about,
        holds: told(&key.holds),
        unit: number.map_or("", |it| it.2.unit()),
        range,
        without,
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

/// What the parameters of a growth model accept, beside their declaration: unit and bounds.
#[must_use]
pub fn parameter_ranges(model: &str) -> Vec<(&'static str, &'static str, &'static str, String)> {
    let parameters = Growth::<()>::parameters(model).unwrap_or_default();
    let of = |it: &'static crate::growth::Parameter| {
        let [low, high] = ends(&Measured::new(it.kind, SeriesKind::Funding));
        (it.name, it.meaning, it.kind.unit(), format!("{low} to {high}"))
    };
    parameters.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_told_of_a_key_is_told_of_one_that_exists() {
        let tables = key_tables();
        let exists = |table: &str, word: &str| {
            tables.iter().any(|it| it.name == table && it.keys.iter().any(|key| key.word == word))
        };
        for (table, word, ..) in NUMBERS {
            assert!(exists(table, word), "{table} {word}");
        }
        for (table, word, _) in WITHOUT {
            assert!(exists(table, word), "{table} {word}");
        }
    }

    #[test]
    fn every_form_is_led_by_a_key_and_every_leading_key_has_a_form() {
        let forms: Vec<&str> = FORMS.iter().map(|it| it.word).collect();
        for lead in keys::LEADS {
            assert!(forms.contains(&lead.word), "{}", lead.word);
        }
        assert_eq!(forms.len(), keys::LEADS.len());
    }
}
