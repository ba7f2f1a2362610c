//! What the what-if page asks of the engine, and what it is told: JSON in, JSON out, with nothing kept in between.
//!
//! The page holds the texts of a scenario and a [`Recipe`], whose `changes.set` are the reader's sliders. Whatever it shows is
//! an [`answer`] to them, made by the rooms that make tables, sentences and charts for the command line; so the page and
//! `aigap simulate` with the same `--set` say the same to the last digit. Compiled to WebAssembly, this is all that a page
//! can call (`web/`).

mod inputs;
mod question;
mod run;
mod wanted;

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::study::{Inputs, Prepared, Recipe};

pub use inputs::Slider;
pub use question::Answered;
pub use run::{Fan, FanYear, Told};
pub use wanted::{Median, Wanted};

/// What is asked of the engine.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Name and text of every file that the recipe names or that one of them names.
    pub texts: Vec<(String, String)>,
    /// The question, with the reader's changes.
    pub recipe: Recipe,
    /// What is wanted of its answer.
    pub want: Want,
}

/// What is wanted of an answer.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Want {
    /// The inputs that can be moved.
    Inputs,
    /// Numbers, sentences and charts of one scenario.
    Run(Wanted),
    /// What a range of its paths has counted, to be merged with the others.
    Part {
        /// Which of the ranges, from 0.
        part: u64,
        /// How many ranges there are.
        of: u64,
    },
    /// As [`Want::Run`], from the counts of all ranges instead of from paths.
    Merged {
        /// What [`Want::Part`] has answered for each range.
        parts: Vec<String>,
        /// What is wanted of the whole.
        wanted: Wanted,
    },
    /// The answer to another question than where a scenario goes: what moved it, what drives it, what would have to be true.
    Question,
}

/// An answer of the engine.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The inputs that can be moved.
    Inputs(Vec<Slider>),
    /// What a run says.
    Run(Box<Told>),
    /// What a range of paths has counted.
    Part(String),
    /// What a question was answered.
    Question(Answered),
    /// Why there is no answer, in a sentence for the reader.
    Refused(String),
}

/// Answers a request that is JSON in JSON; what is wrong with it is an answer too.
#[must_use]
pub fn answer(request: &str) -> String {
    let answer = match serde_json::from_str::<Request>(request) {
        Ok(request) => answered(&request).unwrap_or_else(Answer::Refused),
        Err(error) => Answer::Refused(format!("the page asks for what the engine does not know: {error}")),
    };
    serde_json::to_string(&answer).expect("an answer has no map whose keys are not words")
}

/// Answers a request.
///
/// # Errors
/// Why it cannot be, in a sentence for the reader.
pub fn answered(request: &Request) -> Result<Answer, String> {
    let prepared = prepared(request)?;
    match &request.want {
        Want::Inputs => Ok(Answer::Inputs(inputs::sliders(&prepared.scenarios[0].scenario))),
        Want::Run(wanted) => run::run(&prepared, wanted).map(Box::new).map(Answer::Run),
        Want::Part { part, of } => run::part(&prepared, *part, *of).map(Answer::Part),
        Want::Merged { parts, wanted } => run::merged(&prepared, parts, wanted).map(Box::new).map(Answer::Run),
        Want::Question => question::answered(&prepared).map(Answer::Question),
    }
}

/// The recipe with its scenario in hand.
fn prepared(request: &Request) -> Result<Prepared, String> {
    let read = |path: &Path| {
        let found = request.texts.iter().find(|(name, _)| Path::new(name) == path);
        found.map(|(_, text)| text.clone().into_bytes()).ok_or_else(|| "the page does not hold it".to_owned())
    };
    let inputs = Inputs::read(&request.recipe, &read).map_err(|rejected| rejected.to_string())?;
    Prepared::new(&request.recipe, inputs).map_err(|refused| refused.to_string())
}
