//! The page of questions, targets and goals, from the forms that their parsers read.

use std::fmt::Write;

use crate::measure::{AskedForm, CONDITION_FORMS, GOAL_FORMS, TARGET_FORMS, value_forms};
use crate::scenario::key_tables;

use super::pages::{code, keys_of, table, titled};

/// A scenario that asks a question and states a check.
const EXAMPLE: &str = include_str!("asked.toml");

/// How to ask: conditions, targets, goals.
pub(super) fn questions() -> String {
    let mut text = titled("Questions and targets", "questions");
    text += "\nThree things can be asked of a run. They are written the same on the command line and in a scenario.\n\n## A condition\n\n\
             A condition holds or does not on each path. It names a metric, a year, a sign (`<`, `<=`, `>` or `>=`) and a value. A \
             metric of one side has the region in front; [Metrics and milestones](metrics.md) lists them.\n\n";
    text += &forms("holds on a path if", &CONDITION_FORMS);
    text += "A value is written in the unit of its metric, or as a multiple of an observed year: `half of`, `twice`, `1.5 times`.\n\n";
    text += &table(["unit", "written"], value_forms().into_iter().map(|(unit, value)| [unit.to_owned(), code(value)]));
    text += "On a command line write amounts as `6.7bn USD`: a shell eats the `$` inside double quotes.\n\n\
             In a scenario a condition is a question, which every run answers, or a check, which a plausible run must not break:\n\n";
    let _ = writeln!(
        text,
        "```toml file=asked.toml\n{EXAMPLE}```\n\n```sh\naigap check asked.toml\naigap simulate asked.toml\n```\n"
    );
    for name in ["[[questions]]", "[[checks]]"] {
        let tables = key_tables();
        let found = tables.iter().find(|it| it.name == name).expect("a table of the scenario");
        let _ = writeln!(text, "`{name}`: {}\n", found.about);
        text += &keys_of(name, found.keys.iter());
    }
    text += "A check is broken where more paths break it than it allows. With `--strict` a broken check of severity `fail` ends the \
             command with exit code 5.\n\n## A target\n\nA target is one number of a run:\n\n";
    text += &forms("is", &TARGET_FORMS);
    text += "A mean that is infinite, or that a few paths decide, is refused with its reason.\n\n```sh\n\
             aigap sensitivity scenarios/base.toml --of \"P(ratio in 2030 < half of 2023)\"\n\
             aigap sweep scenarios/base.toml --over us.deals.growth=-5%:10%:4 --of \"p90 of us.funding in 2028\"\n```\n\n\
             ## A goal\n\nA goal is a target held against a number:\n\n";
    text += &forms("is met if", &GOAL_FORMS);
    text + "```sh\naigap seek scenarios/base.toml --so-that \"median of gap in 2030 <= 20bn USD\"\n```\n"
}

/// Ways to write something, each with its meaning.
fn forms(means: &str, forms: &[AskedForm]) -> String {
    table(["written", means], forms.iter().map(|form| [code(form.written), form.means.to_owned()]))
}
