//! `aigap metrics`: what is computed on every path, and what is asked of it.

use crate::metric::{Metric, Milestone, Question};

use super::outcome::Outcome;
use super::print::Terminal;

pub(super) fn run(terminal: &Terminal) -> Outcome {
    let mut text = "Metrics, computed on every path and year\n".to_owned();
    for metric in Metric::ALL {
        let needs = if metric.needs_single_deals() { " (with deals one by one)" } else { "" };
        text += &format!("  {:<18}  {:<10}  {}{needs}\n", metric.name(), metric.unit(), metric.formula());
    }
    text += "\nBuilt-in events, by year, against the last observed year (here for the US, China and 2023)\n";
    for question in Question::ALL {
        text += &format!("  {:<24}  {}\n", question.name("china"), question.definition("US", "China", 2023));
    }
    text += "\nMilestones\n";
    for milestone in Milestone::ALL {
        text += &format!("  {:<24}  {}\n", milestone.name(), milestone.definition("US", "China", 2023));
    }
    terminal.answer(&text);
    Outcome::Done
}
