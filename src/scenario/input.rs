//! Values of an input as a user writes them, beside the file: read for `--between` and ranges, and written in answers.

use crate::diagnostic::{Place, Sources};
use crate::growth::Kind;
use crate::measure::Mistake;

use super::check::Check;
use super::model::{Assumption, SeriesKind};
use super::tree::{Node, Value};
use super::value::Measured;

impl Assumption {
    fn measured(&self) -> Measured {
        let series = match self.unit.as_str() {
            "$m" => SeriesKind::DealSize,
            "$bn" => SeriesKind::Funding,
            _ => SeriesKind::Deals,
        };
        Measured::new(self.kind, series)
    }

    /// This input with values that are standard deviations of its log, which are written as percentages.
    #[must_use]
    pub(crate) fn as_spread(&self) -> Self {
        Self { kind: Kind::Spread, ..self.clone() }
    }

    /// Reads a value in the way a scenario writes it, into the internal unit: `24%` for a growth is ln 1.24.
    ///
    /// # Errors
    /// What is wrong with it, in its bytes.
    pub fn read(&self, text: &str) -> Result<f64, Mistake> {
        let mut check = Check::new(&Sources::default());
        let place = Place { file: 0, span: 0..text.len() };
        let node = Node { place, value: Value::Text(text.trim().to_owned()) };
        let number = check.number(&node, &self.measured());
        number.map(|number| number.value).ok_or_else(|| {
            let problem = check.problems.into_iter().next().expect("a number that is not read has a problem");
            Mistake { span: 0..text.len(), what: problem.what, cure: problem.cure }
        })
    }

    /// A value of the internal unit as a scenario writes it, with so many digits that it reads back as the same answer:
    /// `"24.13%"`, `"$14.2m"`, `2027`.
    #[must_use]
    pub fn as_written(&self, value: f64) -> String {
        let digits = |number: f64, scale: f64| {
            let rounded = (number * scale).round() / scale;
            format!("{}", rounded + 0.0)
        };
        let percent = |share: f64| format!("\"{}%\"", digits(100.0 * share, 1e6));
        match (self.kind, self.measured().series) {
            (Kind::Growth | Kind::Effect, _) => percent(libm::expm1(value)),
            (Kind::Volatility | Kind::Chance | Kind::Spread | Kind::Share, _) => percent(value),
            (Kind::Points, _) => format!("\"{}pp\"", digits(100.0 * value, 1e6)),
            (Kind::Level, SeriesKind::DealSize) => format!("\"${}m\"", digits(value, 1e6)),
            (Kind::Level, SeriesKind::Funding) => format!("\"${}bn\"", digits(value, 1e6)),
            _ => digits(value, 1e6),
        }
    }

    /// A value of the internal unit as tables have it, a growth of ln 1.24 as 0.24, with its unit.
    #[must_use]
    pub fn in_unit(&self, value: f64) -> (f64, &str) {
        // The logs of decimal numbers come back as these numbers.
        let share = |log: f64| (libm::expm1(log) * 1e12).round() / 1e12;
        match self.kind {
            Kind::Growth => (share(value), "share a year"),
            Kind::Effect => (share(value), "share of the level"),
            Kind::Points => (value, "points a year"),
            Kind::Volatility | Kind::Spread | Kind::Chance | Kind::Share | Kind::Persistence => (value, "share"),
            Kind::Years => (value, "years"),
            Kind::Year => (value, "year"),
            Kind::Level => (value, &self.unit),
            Kind::Number => (value, "number"),
            Kind::Correlation => (value, "correlation"),
        }
    }

    /// The value of the internal unit that tables have as this.
    #[must_use]
    pub fn from_unit(&self, value: f64) -> f64 {
        if matches!(self.kind, Kind::Growth | Kind::Effect) { libm::log1p(value) } else { value }
    }

    /// Least and greatest value that it may have, in the internal unit.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        self.kind.range()
    }
}
