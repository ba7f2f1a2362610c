//! `aigap metrics`: what is computed on every path, and what is asked of it.

use crate::metric::{Metric, Milestone, Question, Sides};

use super::outcome::Outcome;
use super::print::Terminal;

pub(super) fn run(terminal: &Terminal) -> Outcome {
    let mut text = "Metrics, computed on every path and year\n".to_owned();
    for metric in Metric::ALL {
        let needs = if metric.needs_single_deals() { " (with deals one by one)" } else { "" };
        text += &format!("  {:<18}  {:<10}  {}{needs}\n", metric.name(), metric.unit(), metric.formula());
    }
    text += "\nBuilt-in events, by year, against the last observed year (here for the US, China and 2023; where China is ahead in\nit, its lead is narrower instead of wider, it is the US that may be ahead, and parity is called overtakes)\n";
    let words = Sides { lead: "us", follow: "china", follow_leads: false };
    let sides = Sides { lead: "US", follow: "China", follow_leads: false };
    for question in Question::ALL {
        text += &format!("  {:<24}  {}\n", question.name(words), question.definition(sides, 2023));
    }
    text += "\nMilestones\n";
    for milestone in Milestone::ALL {
        text += &format!("  {:<24}  {}\n", milestone.name(false), milestone.definition(sides, 2023));
    }
    terminal.answer(&text);
    Outcome::Done
}
