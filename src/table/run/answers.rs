//! Shares of paths: answers to questions, milestones reached, checks broken.

use crate::metric::{Sides, sides};
use crate::scenario::{Scenario, short_name};
use crate::summary::{Probability, Summary};
use crate::table::declared;
use crate::table::typed::{Field, Table};

/// Names of the gap's regions as readers know them.
fn names(scenario: &Scenario) -> [String; 2] {
    [scenario.gap().lead(), scenario.gap().follow()].map(|region| short_name(scenario.regions()[region].name()))
}

/// Names in place of the words of the regions.
fn named<'a>(words: Sides, names: &'a [String; 2]) -> Sides<'a> {
    Sides { lead: &names[0], follow: &names[1], follow_leads: words.follow_leads }
}

/// `probabilities.csv`: the built-in questions, then those of the scenario.
#[must_use]
pub fn probabilities(scenario: &Scenario, summary: &Summary) -> Table {
    let mut table = Table::new(&declared::PROBABILITIES);
    let (words, names) = (sides(scenario), names(scenario));
    let named = named(words, &names);
    let mut push = |question: &str, definition: &str, year: i32, p: &Probability| {
        let about = [Field::from(scenario.name()), question.into(), definition.into(), year.into()];
        let shares = [p.value, p.standard_error, p.low, p.high, p.spread_from_assumptions].map(Field::from);
        table.push(about.into_iter().chain(shares).chain([Field::from(p.paths)]));
    };
    for row in &summary.probabilities {
        let definition = row.question.definition(named, scenario.base_year());
        push(&row.question.name(words), &definition, row.year, &row.probability);
    }
    for (place, question) in scenario.questions().iter().enumerate() {
        for row in summary.question(place) {
            push(question.name(), &question.that().text, row.year, &row.probability);
        }
    }
    table
}

/// `checks.csv`: what must hold, and the share of paths that break it in some year.
#[must_use]
pub fn checks(scenario: &Scenario, summary: &Summary) -> Table {
    let mut table = Table::new(&declared::CHECKS);
    for (place, check) in scenario.checks().iter().enumerate() {
        let (broken, paths) = summary.broken(scenario, place);
        table.push([
            Field::from(scenario.name()),
            (check.name()).into(),
            (&check.that().text).into(),
            check.severity().name().into(),
            check.allow().into(),
            (broken as f64 / paths as f64).into(),
            paths.into(),
            check.why().into(),
            check.source().into(),
        ]);
    }
    table
}

/// `milestones.csv`: the share of paths that have reached a milestone by each year, and, without a year, the share
/// that never reaches it within the horizon.
#[must_use]
pub fn milestones(scenario: &Scenario, summary: &Summary) -> Table {
    let mut table = Table::new(&declared::MILESTONES);
    let (words, names) = (sides(scenario), names(scenario));
    let named = named(words, &names);
    for row in &summary.milestones {
        let definition = row.milestone.definition(named, scenario.base_year());
        let (name, p) = (row.milestone.name(words.follow_leads), &row.reached_by);
        let mut push = |name: &str, definition: &str, year: Option<i32>, shares: [f64; 3]| {
            let about = [Field::from(scenario.name()), name.into(), definition.into(), year.into()];
            table.push(about.into_iter().chain(shares.map(Field::from)));
        };
        push(name, &definition, Some(row.year), [p.value, p.low, p.high]);
        if row.year == scenario.horizon() {
            let never = format!("not by {}: {definition}", scenario.horizon());
            push(&format!("{name}-never"), &never, None, [1.0 - p.value, 1.0 - p.high, 1.0 - p.low]);
        }
    }
    table
}
