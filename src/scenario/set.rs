//! A scenario with one input set to another value, checked like a file.

use crate::diagnostic::{Place, Problem, Sources};
use crate::distribution::{Distribution, Z90};
use crate::special;

use super::build::{Given, validate};
use super::draws::file::DrawsFile;
use super::edit::{self, Setting};
use super::model::{JointDraws, Origin, Scenario};
use super::text;
use super::tree::{Node, Table, Value, parse_value};

/// What an input is set to.
#[derive(Clone, Debug, PartialEq)]
pub enum NewValue {
    /// A value as a user writes it: `9%`, `$20m`, `{ p10 = "-5%", p90 = "12%" }`.
    Text(String),
    /// A number in the internal unit of the input, held to be certain; behind `.median`, where the median is to be.
    Number(f64),
    /// A distribution in the internal unit of the input.
    Law(Distribution),
}

impl From<&str> for NewValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for NewValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for NewValue {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<Distribution> for NewValue {
    fn from(law: Distribution) -> Self {
        Self::Law(law)
    }
}

impl Scenario {
    /// This scenario with one input set to another value; everything is checked as if it stood in a file.
    ///
    /// `address` is the place of the input, as [`Assumption::address`](super::Assumption::address) has it. Its part
    /// `median` (`us.deals.growth.median`) moves the distribution of the input so that its median is the value, and keeps
    /// its spread ([`Distribution::with_median`]). What else a file can say has an address too: `us.deals.model`, `horizon`.
    ///
    /// A number or a distribution in internal units is written as a user would write it, so that the scenario is what its
    /// file says: a rate, which is a logarithm, may move by its last digit.
    ///
    /// # Errors
    /// The first thing that is wrong with the scenario it would be. The problem has no place: no text holds the value.
    pub fn set(&self, address: &str, to: impl Into<NewValue>) -> Result<Self, Problem> {
        let (to, nowhere) = (to.into(), Place::nowhere());
        let first = address.split('.').next().unwrap_or_default().trim();
        if first == "data" || (first == "source" && self.source.is_some()) {
            let what = format!("`{first}` is read with the files of a scenario");
            return Err(Problem::error(None, what, "read the scenario again with another one"));
        }
        let value = match &to {
            NewValue::Text(text) if text.contains(['\n', '\r']) => {
                let what = "a line ends in the middle of this value";
                return Err(Problem::error(None, what, "set one value at a time, on one line"));
            }
            NewValue::Text(text) => parse_value(text.trim(), &nowhere),
            NewValue::Number(number) => Node::bare(Value::Internal(*number)),
            NewValue::Law(law) => Node::bare(written(law)),
        };
        let mut tree = self.tree();
        if self.source.is_some() {
            // The figures in hand are that source's already.
            tree.remove("source");
        }
        let setting = Setting { address, value, from: None, places: [nowhere.clone(), nowhere] };
        edit::set(&mut tree, &setting).map_err(without_place)?;
        let given = Given { name: &self.name, draws: self.drawn_files(), ..Given::default() };
        let data = self.data.as_ref().clone();
        let built = validate(&tree, &given, data, &Sources::default());
        let mut scenario = built.map_err(|problems| without_place(first_of(problems)))?.scenario;
        scenario.run = self.run;
        scenario.source = scenario.source.or_else(|| self.source.clone());
        scenario.keep_origins(self);
        if let NewValue::Law(law) = &to {
            scenario.is_as_asked(address, law)?;
        }
        Ok(scenario)
    }

    /// The files of draws in use, read again.
    fn drawn_files(&self) -> Vec<std::sync::Arc<DrawsFile>> {
        let read = |draws: &JointDraws| DrawsFile::read(&draws.file, &draws.text, &mut Sources::default()).ok();
        self.draws.iter().filter_map(read).map(std::sync::Arc::new).collect()
    }

    /// Gives every value that is as it was in another scenario the place that set it there.
    fn keep_origins(&mut self, before: &Self) {
        for own in &mut self.assumptions {
            let known = before.assumptions.iter().find(|known| known.address == own.address);
            let same = known.filter(|known| text::pairs(&known.written) == text::pairs(&own.written));
            own.set_by = same.map_or_else(|| Origin::Given, |known| known.set_by.clone());
        }
    }

    /// Whether a distribution could be written: one that is cut off where its input has no bound cannot.
    fn is_as_asked(&self, address: &str, law: &Distribution) -> Result<(), Problem> {
        let Some(own) = self.assumptions.iter().find(|own| own.address == address) else { return Ok(()) };
        let near = |p: f64| {
            let (one, other) = (own.law.quantile(p), law.quantile(p));
            (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1e-3)
        };
        if [0.01, 0.1, 0.5, 0.9, 0.99].into_iter().all(near) {
            return Ok(());
        }
        let what = format!("no value of a scenario file says this distribution of `{address}`");
        Err(Problem::error(None, what, "take one that lies within what the input may be, and that files know"))
    }
}

/// The problem that a reader should look at first.
fn first_of(problems: Vec<Problem>) -> Problem {
    let error = |problem: &Problem| problem.severity == crate::diagnostic::Severity::Error;
    problems.into_iter().find(error).expect("a scenario is refused for an error")
}

fn without_place(problem: Problem) -> Problem {
    Problem { place: None, ..problem }
}

/// A distribution as it would stand in a file, its numbers in internal units.
fn written(law: &Distribution) -> Value {
    let numbers = |values: &[f64]| Value::list(values.iter().copied().map(Value::Internal));
    let one = |word: &str, value: Value| Value::Table(Table::of([(word, value)]));
    match law {
        Distribution::Fixed(value) => Value::Internal(*value),
        Distribution::Normal { mean, sd } => {
            Value::Table(Table::of([("mean", Value::Internal(*mean)), ("sd", Value::Internal(*sd))]))
        }
        Distribution::LogNormal { mu, sigma } => {
            let at = |z: f64| Value::Internal(special::exp(mu + z * sigma));
            one("lognormal", Value::Table(Table::of([("p10", at(-Z90)), ("p90", at(Z90))])))
        }
        Distribution::Uniform { low, high } => one("uniform", numbers(&[*low, *high])),
        Distribution::Triangular { low, mode, high } => one("triangular", numbers(&[*low, *mode, *high])),
        Distribution::Pert { low, mode, high } => one("pert", numbers(&[*low, *mode, *high])),
        Distribution::OneOf { values, weights } => {
            Value::Table(Table::of([("one-of", numbers(values)), ("weights", numbers(weights))]))
        }
        Distribution::Sample(values) => one("one-of", numbers(values)),
        // What an input may be cuts it off again.
        Distribution::Truncated { law, .. } => written(law),
    }
}

#[cfg(test)]
mod tests;
