//! Single numbers: from what is written, by what it measures, to the internal unit; never a bare rate.

use crate::diagnostic::{Place, Problem, invisible_in};
use crate::growth::Kind;
use crate::units::{self, Currency};

use super::check::Check;
use super::model::SeriesKind;
use super::text;
use super::tree::{Node, Value};

/// What a number measures and how far it may go.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub kind: Kind,
    /// The series whose unit a level has.
    pub series: SeriesKind,
    /// Accepted internal values, both ends included.
    pub range: (f64, f64),
}

impl Measured {
    pub(crate) fn new(kind: Kind, series: SeriesKind) -> Self {
        Self { kind, series, range: kind.range() }
    }

    /// Whether its uncertainty is lognormal, because it cannot be negative.
    pub(crate) fn is_positive(&self) -> bool {
        matches!(self.kind, Kind::Level | Kind::Volatility | Kind::Years | Kind::Spread | Kind::Number)
    }

    /// An example that would be accepted.
    pub(crate) fn example(&self) -> &'static str {
        match (self.kind, self.series) {
            (Kind::Growth, _) => "\"12%\"",
            (Kind::Volatility, _) => "\"20%\"",
            (Kind::Years, _) => "2.5",
            (Kind::Persistence, _) => "0.3",
            (Kind::Level, SeriesKind::Deals) => "1500",
            (Kind::Level, SeriesKind::DealSize) => "\"$20m\"",
            (Kind::Level, SeriesKind::Funding) => "\"$40bn\"",
            (Kind::Effect, _) => "\"+60%\"",
            (Kind::Chance, _) => "\"70%\"",
            (Kind::Year, _) => "2027",
            (Kind::Points, _) => "\"+12pp\"",
            (Kind::Spread, _) => "\"30%\"",
            (Kind::Share, _) => "\"10%\"",
            (Kind::Number, _) => "5",
            (Kind::Correlation, _) => "0.4",
        }
    }

    /// An internal value as a user would write it, for messages.
    pub(crate) fn shown(&self, value: f64) -> String {
        let percent = |share: f64| format!("{}%", (share * 1e4).round() / 1e2);
        let value = (value * 1e4).round() / 1e4;
        match (self.kind, self.series) {
            (Kind::Growth | Kind::Effect, _) => percent((libm::expm1(value) * 1e4).round() / 1e4),
            (Kind::Volatility | Kind::Chance | Kind::Spread | Kind::Share, _) => percent(value),
            (Kind::Points, _) => format!("{}pp", (value * 1e4).round() / 1e2),
            (Kind::Level, SeriesKind::DealSize) => format!("${value}m"),
            (Kind::Level, SeriesKind::Funding) => format!("${value}bn"),
            _ => format!("{value}"),
        }
    }
}

/// A number with its internal value and how it stands in a file.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub value: f64,
    /// As it stands in a file: the text `12%`, or the number 2.5.
    pub written: Value,
    /// As it is shown: `12%`.
    pub shown: String,
}

impl Check {
    /// Reads one number; `None` after reporting what is wrong with it.
    pub(crate) fn number(&mut self, node: &Node, measured: &Measured) -> Option<Number> {
        let number = match &node.value {
            Value::Text(text) => self.number_from_text(text, &node.place, measured)?,
            Value::Integer(number) => self.bare(*number as f64, &node.value, &node.place, measured)?,
            Value::Float(number) if measured.kind == Kind::Year && number.fract() != 0.0 => {
                self.error(&node.place, format!("{number} is not a whole year"), "write a year such as 2026");
                return None;
            }
            Value::Float(number) => self.bare(*number, &node.value, &node.place, measured)?,
            // A year that is computed may lie within one.
            Value::Internal(number) if number.is_finite() && measured.kind == Kind::Year => {
                self.bare(*number, &measured.written(*number), &node.place, measured)?
            }
            Value::Internal(number) if number.is_finite() => {
                return self.number(&Node { value: measured.written(*number), ..node.clone() }, measured);
            }
            Value::Internal(number) => self.bare(*number, &node.value, &node.place, measured)?,
            other => {
                let cure = format!("write a value such as {}", measured.example());
                self.error(&node.place, format!("a number belongs here, not {}", other.kind()), cure);
                return None;
            }
        };
        self.in_range(&number, &node.place, measured).then_some(number)
    }

    /// A standard deviation in the unit of the uncertainty: hundredths of a log point for rates.
    pub(crate) fn deviation(&mut self, node: &Node, measured: &Measured) -> Option<Number> {
        let number = match measured.kind {
            Kind::Growth
            | Kind::Effect
            | Kind::Volatility
            | Kind::Chance
            | Kind::Points
            | Kind::Spread
            | Kind::Share => {
                let written = match node.value {
                    Value::Internal(sd) if sd.is_finite() => &measured.written_deviation(sd),
                    _ => &node.value,
                };
                let Value::Text(text) = written else {
                    let cure = "write the standard deviation as a percentage: sd = \"7%\"";
                    self.error(&node.place, "a standard deviation needs its unit here", cure);
                    return None;
                };
                match units::percent(text).or_else(|_| units::percentage_points(text)) {
                    Ok(value) => quoted(value, text),
                    Err(_) => {
                        self.error(&node.place, format!("`{text}` is not a percentage"), "write it like \"7%\"");
                        return None;
                    }
                }
            }
            _ => {
                // A deviation has the unit of the value, but not its range.
                let kind = if measured.kind == Kind::Year { Kind::Number } else { measured.kind };
                let free = Measured { kind, range: (f64::MIN_POSITIVE, f64::MAX), ..measured.clone() };
                return self.number(node, &free);
            }
        };
        if number.value > 0.0 {
            return Some(number);
        }
        self.error(&node.place, "a standard deviation must be positive", "for a certain value write one number");
        None
    }

    fn number_from_text(&mut self, text: &str, place: &Place, measured: &Measured) -> Option<Number> {
        let hidden = |letter: char| !letter.is_whitespace() && invisible_in(letter.encode_utf8(&mut [0; 4])).is_some();
        if let Some(name) = text.chars().find(|letter| hidden(*letter)).and_then(|it| invisible_in(&it.to_string())) {
            self.error(place, format!("this value holds {name}, which cannot be seen"), "type it anew");
            return None;
        }
        let percent = units::percent(text);
        let value = match measured.kind {
            Kind::Growth | Kind::Effect => match percent {
                Ok(share) if share <= -1.0 => {
                    let cure = "a level cannot lose all of itself or more; write something above −100%";
                    self.error(place, format!("`{text}` is −100% or less"), cure);
                    return None;
                }
                other => other.map(libm::log1p),
            },
            Kind::Volatility | Kind::Chance | Kind::Spread | Kind::Share => percent,
            Kind::Points => units::percentage_points(text),
            Kind::Years => units::years(text).or_else(|_| units::count(text)),
            Kind::Year => units::year(text).map(f64::from),
            Kind::Persistence | Kind::Number | Kind::Correlation => units::count(text),
            Kind::Level => return self.level_from_text(text, place, measured),
        };
        match value {
            Ok(value) => Some(quoted(value, text)),
            Err(_) => {
                let unit = match measured.kind {
                    Kind::Growth | Kind::Effect | Kind::Volatility | Kind::Chance | Kind::Spread | Kind::Share => {
                        "a percentage"
                    }
                    Kind::Points => "a change in percentage points",
                    Kind::Years => "a number of years",
                    Kind::Year => "a year",
                    _ => "a number",
                };
                let like = || format!("write it like {}", measured.example());
                let cure = meant(text, measured.kind).map_or_else(like, |meant| format!("did you mean {meant}?"));
                self.error(place, format!("`{text}` is not {unit}"), cure);
                None
            }
        }
    }

    fn level_from_text(&mut self, text: &str, place: &Place, measured: &Measured) -> Option<Number> {
        let cure = format!("write it like {}", measured.example());
        if measured.series == SeriesKind::Deals && units::may_be_thousands(text) {
            let thousands = units::tidy(text).replace('.', "");
            self.error(
                place,
                format!("`{text}` may be {thousands} or a fraction"),
                format!("write {thousands} if thousands are meant"),
            );
            return None;
        }
        if measured.series != SeriesKind::Deals && units::lacks_scale(text) {
            let scale = if measured.series == SeriesKind::DealSize { "m" } else { "bn" };
            self.error(
                place,
                format!("`{text}` says no scale"),
                format!("did you mean \"{}{scale}\"?", units::tidy(text)),
            );
            return None;
        }
        if measured.series == SeriesKind::Deals {
            return match units::count(text) {
                Ok(value) => Some(quoted(value, text)),
                Err(_) => {
                    let cure = meant(text, Kind::Level).map_or(cure, |meant| format!("did you mean {meant}?"));
                    self.error(place, format!("`{text}` is not a number"), cure);
                    None
                }
            };
        }
        match units::money(text) {
            Ok((Currency::Dollar, amount)) => {
                let unit = if measured.series == SeriesKind::DealSize { 1e6 } else { 1e9 };
                Some(quoted(amount / unit, text))
            }
            Ok((Currency::Yuan, _)) => {
                self.error(place, "amounts in a scenario are US dollars", "convert it and say at which rate in `why`");
                None
            }
            Err(_) => {
                self.error(place, format!("`{text}` is not an amount of money"), cure);
                None
            }
        }
    }

    /// A number without quotes: fine for counts and years, refused for what has a unit.
    fn bare(&mut self, value: f64, written: &Value, place: &Place, measured: &Measured) -> Option<Number> {
        let text = text::value(written);
        if !value.is_finite() {
            self.error(
                place,
                format!("{text} is not a value"),
                format!("write a number such as {}", measured.example()),
            );
            return None;
        }
        match (measured.kind, measured.series) {
            (
                Kind::Growth
                | Kind::Effect
                | Kind::Volatility
                | Kind::Chance
                | Kind::Points
                | Kind::Spread
                | Kind::Share,
                _,
            ) => {
                let cure = rates_meant(value, measured);
                self.error(place, format!("{text} is a rate without its percent sign"), cure);
                None
            }
            (Kind::Level, SeriesKind::DealSize | SeriesKind::Funding) => {
                let cure = format!("write it with currency and scale, like {}", measured.example());
                self.error(place, format!("{text} is an amount without its unit"), cure);
                None
            }
            _ => Some(Number { value, written: written.clone(), shown: text }),
        }
    }

    fn in_range(&mut self, number: &Number, place: &Place, measured: &Measured) -> bool {
        let (low, high) = measured.range;
        // Written so that a value which is no number fails.
        if number.value >= low && number.value <= high {
            return true;
        }
        let what = if measured.kind == Kind::Volatility && number.value < 0.0 {
            format!("a volatility of {} is negative", number.shown)
        } else {
            format!("{} is out of range", number.shown)
        };
        let cure = if high >= f64::MAX {
            "it must be positive".to_owned()
        } else if measured.kind == Kind::Level && low > Kind::Level.range().0 {
            // A whole step above the base year is what a ceiling needs at least.
            format!(
                "it must lie above the level of the base year ({})",
                measured.shown((low / 1.001 * 100.0).round() / 100.0)
            )
        } else if low > 0.0 && low < 5e-5 && number.value <= high {
            // An end that only keeps zero out is not one to be written.
            format!("it must be above {}", measured.shown(0.0))
        } else {
            format!("it must be between {} and {}", measured.shown(low), measured.shown(high))
        };
        self.problems.push(Problem::error(place.clone(), what, cure));
        false
    }
}

/// What a rate without its percent sign may mean: a number of one and more is a percentage or, seldom, a multiple.
fn rates_meant(value: f64, measured: &Measured) -> String {
    let sign = if matches!(measured.kind, Kind::Effect | Kind::Points) && value > 0.0 { "+" } else { "" };
    let unit = if measured.kind == Kind::Points { "pp" } else { "%" };
    let fits = |percent: &f64| {
        let share = percent / 100.0;
        let is_growth = matches!(measured.kind, Kind::Growth | Kind::Effect);
        let internal = if is_growth { libm::log1p(share) } else { share };
        internal >= measured.range.0 && internal <= measured.range.1
    };
    let hundredfold = (value * 1e4).round() / 1e2;
    let read: &[f64] = if value.abs() < 1.0 { &[hundredfold] } else { &[value, hundredfold] };
    let words: Vec<String> =
        read.iter().filter(|it| fits(it)).map(|percent| format!("\"{sign}{percent}{unit}\"")).collect();
    let or = if words.len() > 1 { ", or " } else { "" };
    match words.as_slice() {
        [] => format!("write it like {}", measured.example()),
        [first, rest @ ..] => {
            format!("write {first}{or}{} if that is meant: nobody can tell whether 1 is 1% or 100%", rest.concat())
        }
    }
}

fn quoted(value: f64, text: &str) -> Number {
    let shown = units::tidy(text);
    Number { value, written: Value::text(shown.as_str()), shown }
}

/// Words behind a number that are a part of it, with what they make of one.
const WORDS_OF_SIZE: [(&[&str], f64); 5] = [
    (&["%", "percent", "per cent", "pct", "pc"], 1e-2),
    (&["hundred"], 1e2),
    (&["k", "thousand"], 1e3),
    (&["m", "mn", "mio", "million", "millions"], 1e6),
    (&["b", "bn", "billion", "billions"], 1e9),
];

/// Spans of time that are no years, as parts of one.
const SPANS: [(&[&str], f64); 5] = [
    (&["day", "days", "d"], 1.0 / 365.0),
    (&["week", "weeks", "w"], 7.0 / 365.0),
    (&["month", "months", "mo"], 1.0 / 12.0),
    (&["quarter", "quarters"], 0.25),
    (&["decade", "decades"], 10.0),
];

/// The number that a text begins with, as a file says it, where what stands behind it is a word: `5,5 percent`, `6 months`,
/// `7.1 CNY per USD`. A word that says how large the number is, is a part of it.
fn meant(text: &str, kind: Kind) -> Option<String> {
    let text = units::tidy(text);
    let written = |letter: &char| letter.is_ascii_digit() || ".,-+".contains(*letter);
    let number: String = text.chars().take_while(written).collect();
    let word = text[number.len()..].trim().to_lowercase();
    let number = number.replacen(',', ".", 1);
    let value = number.parse::<f64>().ok().filter(|value| value.is_finite())?;
    if word.chars().any(|letter| letter.is_ascii_digit()) {
        return None;
    }
    let times =
        |words: &[(&[&str], f64)]| words.iter().find(|(known, _)| known.contains(&word.as_str())).map(|it| it.1);
    let shown = |factor: f64| format!("{}", (value * factor * 1e4).round() / 1e4);
    match kind {
        Kind::Growth | Kind::Effect | Kind::Volatility | Kind::Chance | Kind::Spread | Kind::Share => {
            (word == "%%" || times(&WORDS_OF_SIZE[..1]).is_some()).then(|| format!("\"{number}%\""))
        }
        // A percentage is no change in percentage points, and nobody knows which one was meant.
        Kind::Points => None,
        Kind::Years if times(&SPANS).is_some() => times(&SPANS).map(shown),
        _ if times(&WORDS_OF_SIZE).is_some() => times(&WORDS_OF_SIZE).map(shown),
        _ => word.starts_with(char::is_alphabetic).then_some(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_behind_a_number_keep_their_size() {
        let is = |text: &str, kind: Kind, expected: &str| {
            let expected = Some(expected.to_owned()).filter(|it| !it.is_empty());
            assert_eq!(meant(text, kind), expected, "{text}");
        };
        is("6 months", Kind::Years, "0.5");
        is("18 months", Kind::Years, "1.5");
        is("52 weeks", Kind::Years, "0.9973");
        is("1 decade", Kind::Years, "10");
        is("2 yrs", Kind::Years, "2");
        is("30 percent", Kind::Persistence, "0.3");
        is("40%", Kind::Correlation, "0.4");
        is("335m", Kind::Level, "335000000");
        is("1.4 billion", Kind::Level, "1400000000");
        is("7.1 CNY per USD", Kind::Number, "7.1");
        is("5,5 percent", Kind::Growth, "\"5.5%\"");
        is("5%%", Kind::Growth, "\"5%\"");
        is("+12%", Kind::Points, "");
        is("5 thousand", Kind::Growth, "");
        is("1/20", Kind::Growth, "");
    }
}
