//! Numbers that a program gives in internal units, written as a user would write them.
//!
//! A scenario is what its file says, so a number that no text states is given the text that is read as that very number, or
//! where no decimal text is, the one read as the number next to it (a rate is a logarithm, and few logarithms are).

use crate::growth::Kind;
use crate::units;

use super::model::SeriesKind;
use super::tree::Value;
use super::value::Measured;

impl Measured {
    /// A value as it would stand in a file.
    pub(crate) fn written(&self, value: f64) -> Value {
        let money = |unit: f64, scale: &'static str| {
            let read = move |text: &str| units::money(text).ok().map(|(_, amount)| amount / unit);
            in_digits(value, value, |number| format!("${number}{scale}"), read)
        };
        Value::Text(match (self.kind, self.series) {
            (Kind::Growth | Kind::Effect, _) => {
                let read = |text: &str| units::percent(text).ok().map(libm::log1p);
                in_digits(libm::expm1(value) * 100.0, value, |number| format!("{number}%"), read)
            }
            (Kind::Volatility | Kind::Chance | Kind::Spread | Kind::Share, _) => percentage(value),
            (Kind::Points, _) => {
                let read = |text: &str| units::percentage_points(text).ok();
                in_digits(value * 100.0, value, |number| format!("{number}pp"), read)
            }
            (Kind::Level, SeriesKind::DealSize) => money(1e6, "m"),
            (Kind::Level, SeriesKind::Funding) => money(1e9, "bn"),
            _ => return Value::Float(value),
        })
    }

    /// A standard deviation as it would stand in a file: of rates in hundredths of a log point.
    pub(crate) fn written_deviation(&self, sd: f64) -> Value {
        match self.kind {
            Kind::Growth | Kind::Effect | Kind::Points => Value::Text(percentage(sd)),
            _ => self.written(sd),
        }
    }
}

fn percentage(share: f64) -> String {
    in_digits(share * 100.0, share, |number| format!("{number}%"), |text| units::percent(text).ok())
}

/// The shortest text that is read as a value; the one that comes next to it if none is.
///
/// `amount` is about the number in the text.
fn in_digits(amount: f64, value: f64, write: impl Fn(f64) -> String, read: impl Fn(&str) -> Option<f64>) -> String {
    let rounded = (14..=16).filter_map(|digits| format!("{amount:.digits$e}").parse::<f64>().ok());
    let neighbours = (1..=8u64).flat_map(|step| [amount.to_bits() + step, amount.to_bits().saturating_sub(step)]);
    // Zero has no sign in a file.
    let amounts = rounded.map(|it| it + 0.0).chain(neighbours.map(f64::from_bits));
    let mut best: Option<(f64, String)> = None;
    for text in amounts.map(write) {
        let Some(miss) = read(&text).map(|it| (it - value).abs()) else { continue };
        if best.as_ref().is_none_or(|(least, _)| miss < *least) {
            best = Some((miss, text));
        }
        if miss == 0.0 {
            break;
        }
    }
    best.map_or_else(|| format!("{value}"), |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_program_is_written_as_a_user_would_write_it() {
        let written =
            |kind, value| super::super::text::value(&Measured::new(kind, SeriesKind::DealSize).written(value));
        assert_eq!(written(Kind::Growth, libm::log1p(0.09)), "\"9%\"");
        assert_eq!(written(Kind::Growth, libm::log1p(-0.425)), "\"-42.5%\"");
        assert_eq!(written(Kind::Points, 0.12), "\"12pp\"");
        assert_eq!(written(Kind::Chance, 0.07), "\"7%\"");
        assert_eq!(written(Kind::Level, 23.4), "\"$23.4m\"");
        assert_eq!(written(Kind::Year, 2027.0), "2027");
        assert_eq!(written(Kind::Effect, -0.0), "\"0%\"");
    }

    #[test]
    fn what_is_written_is_read_as_the_same_number_or_the_next() {
        for step in 1..400 {
            let value = f64::from(step) * 0.007_31 - 1.3;
            let Value::Text(text) = Measured::new(Kind::Growth, SeriesKind::Deals).written(value) else {
                panic!("a rate")
            };
            let read = libm::log1p(units::percent(&text).expect("a percentage"));
            assert!((read - value).abs() <= 2.0 * f64::EPSILON * value.abs().max(0.1), "{text}: {read}, not {value}");
        }
    }
}
