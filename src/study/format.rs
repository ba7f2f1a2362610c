//! Recipes as JSON: the format with its version, and what no recipe may say.

use serde_json::Value;

use super::look::Look;
use super::recipe::{BackTestAsked, Compare, Discover, Question, Recipe, Simulate};

/// What a recipe says of itself as JSON; another number is another format.
const FORMAT: &str = "aigap recipe 1";

/// Why a JSON text is no recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged(String);

impl std::fmt::Display for Damaged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Damaged {}

impl Recipe {
    /// The recipe as a JSON value, with the version of its format.
    ///
    /// # Panics
    /// If a path in it is no text, which [`Recipe::portable`] mends.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut value = serde_json::to_value(self).expect("paths are text");
        value["format"] = FORMAT.into();
        value
    }

    /// The recipe as JSON text.
    ///
    /// # Panics
    /// If a path in it is no text, which [`Recipe::portable`] mends.
    #[must_use]
    pub fn to_json(&self) -> String {
        format!("{:#}\n", self.to_value())
    }

    /// Reads a recipe from JSON text.
    ///
    /// # Errors
    /// What is wrong with the text, or with what it asks for.
    pub fn from_json(text: &str) -> Result<Self, Damaged> {
        let value: Value = serde_json::from_str(text).map_err(|error| Damaged(format!("is no JSON: {error}")))?;
        Self::from_value(value)
    }

    /// Reads a recipe from a JSON value.
    ///
    /// # Errors
    /// What is wrong with the value, or with what it asks for.
    pub fn from_value(mut value: Value) -> Result<Self, Damaged> {
        let fields = value.as_object_mut().ok_or_else(|| Damaged("is no JSON object".to_owned()))?;
        match fields.remove("format") {
            Some(Value::String(format)) if format == FORMAT => {}
            Some(Value::String(format)) => {
                return Err(Damaged(format!("has the format {format:?}, and this version of aigap reads {FORMAT:?}")));
            }
            _ => return Err(Damaged(format!("does not say that its format is {FORMAT:?}"))),
        }
        let recipe: Self = serde_json::from_value(value).map_err(|error| Damaged(error.to_string()))?;
        let weights = match &recipe.question {
            Question::Compare(it) => it.fault_of_weights(),
            _ => None,
        };
        recipe.fault().or(weights).map_or(Ok(recipe), |fault| Err(Damaged(fault)))
    }

    /// What it asks for that cannot be, whatever the scenarios say; weights are held against the scenarios.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        if let Some(paths) = self.paths.filter(|paths| !Self::can_take(*paths)) {
            return Some(format!("asks for {paths} paths, which must be an even number within what can be counted"));
        }
        if self.look.hairlines > Look::MOST_HAIRLINES {
            return Some(format!("draws {} single paths, and at most {}", self.look.hairlines, Look::MOST_HAIRLINES));
        }
        match &self.question {
            Question::Simulate(it) => it.fault(),
            Question::Compare(it) => (it.scenarios.len() < 2).then(|| "compares fewer than two scenarios".to_owned()),
            Question::Seek(it) => (it.change.len() > 2).then(|| "changes more than two inputs".to_owned()),
            Question::Sensitivity(_) | Question::Fit(_) => None,
            Question::Discover(it) => it.fault(),
            Question::BackTest(it) => it.fault(),
            Question::Sweep(it) => {
                let inputs = (1..=2).contains(&it.over.len());
                let wrong = (!inputs).then(|| "goes over more than two inputs, or none".to_owned());
                wrong.or_else(|| fault_of_precision(it.precision))
            }
        }
    }
}

impl Compare {
    fn fault_of_weights(&self) -> Option<String> {
        // Written so that a weight which is no number fails.
        let is_share = |weight: &f64| *weight >= 0.0 && weight.is_finite();
        let wrong = self.weights.as_ref().is_some_and(|weights| !weights.iter().all(is_share));
        wrong.then(|| "has a weight that is no share".to_owned())
    }
}

impl BackTestAsked {
    /// Most years ahead.
    pub const LONGEST: usize = 20;

    fn fault(&self) -> Option<String> {
        let possible = |years: &usize| (1..=Self::LONGEST).contains(years);
        if self.origins == 0 {
            return Some("asks for forecasts from no year".to_owned());
        }
        (self.horizons.is_empty() || !self.horizons.iter().all(possible))
            .then(|| format!("asks for forecasts over other years than 1 to {}", Self::LONGEST))
    }
}

impl Discover {
    fn fault(&self) -> Option<String> {
        let kept = self.keep.filter(|kept| !(1..=Self::MOST_KEPT).contains(kept));
        kept.map(|kept| {
            format!("keeps {kept} paths of the box, and they must be at least 1 and at most {}", Self::MOST_KEPT)
        })
    }
}

impl Simulate {
    fn fault(&self) -> Option<String> {
        if let Some(fault) = fault_of_precision(self.precision) {
            return Some(fault);
        }
        let kept = self.keep_paths.filter(|kept| !Recipe::can_take(*kept) || *kept > Self::MOST_KEPT);
        kept.map(|kept| format!("keeps {kept} paths, and they must be even and at most {}", Self::MOST_KEPT))
    }
}

/// Why a precision cannot be reached by any number of paths, or is none.
fn fault_of_precision(precision: Option<f64>) -> Option<String> {
    let wrong = precision.filter(|share| !(*share > 0.0 && *share <= 0.5));
    wrong.map(|share| format!("asks for a precision of {share}, which must be a share above 0 and at most 0.5"))
}

#[cfg(test)]
pub(crate) mod tests;
