//! What a goal would take, in words: the finding, the table of one thing at a time, and what the answer rests on.

use crate::study::{Attained, Need, Needed, Sought};
use crate::table::Cell;

use super::cited::Cited;
use super::columns::{columns, wrapped};
use super::goal::{capital, goal_words, input_name, target_words};
use super::number::paths;
use super::text::Text;

/// What a sentence on one input is made of.
struct Row<'a> {
    sought: &'a Sought,
    need: &'a Need,
}

impl Row<'_> {
    fn cell(&self, columns: &[&str]) -> Cell {
        Cell::new("seek.csv", &[("goal", &self.sought.goal.text), ("input", &self.need.varied.address)], columns)
    }

    fn name(&self) -> String {
        input_name(&self.sought.scenario, &self.need.varied.address)
    }

    /// A value of the input with its unit behind it: `24% a year`.
    fn value(&self, value: f64, column: &str) -> Text {
        let input = &self.sought.scenario.assumptions()[self.need.varied.id];
        let (value, unit) = input.in_unit(value);
        let behind = match unit {
            "share a year" => " a year",
            "years" => " years",
            "deals" => " deals",
            _ => "",
        };
        Text::from(Cited::new(value, self.cell(&[column])).input_value(unit)) + behind
    }

    /// A value of the target.
    fn target(&self, value: f64, column: &str) -> Text {
        let unit = crate::table::questions::target_unit(&self.sought.scenario, &self.sought.goal.target.asked);
        Cited::new(value, self.cell(&[column])).target_value(&unit).into()
    }

    fn chance(&self) -> Option<Text> {
        Some(Cited::new(self.need.chance?, self.cell(&["chance_under_scenario"])).chance_of_law().into())
    }

    /// `24% a year or more`.
    fn needed(&self, needed: &Needed) -> Text {
        let years = self.sought.scenario.assumptions()[self.need.varied.id].in_unit(0.0).1 == "year";
        let side = match (needed.above, years) {
            (true, false) => " or more",
            (false, false) => " or less",
            (true, true) => " or later",
            (false, true) => " or earlier",
        };
        self.value(needed.value, "needed") + side
    }

    /// What the scenario has for the input.
    fn own(&self) -> Text {
        self.value(self.need.varied.own(&self.sought.scenario), "own")
    }

    /// The sentence on what this one input would have to be, or that it cannot do it.
    fn sentence(&self) -> Text {
        let name = Text::own(capital(&self.name()));
        let need = self.need;
        let range =
            || self.value(need.varied.range.0, "range_low") + " and " + self.value(need.varied.range.1, "range_high");
        match (need.attained, &need.needed) {
            (Attained::Already, Some(needed)) => {
                let than = if needed.above { " is at least " } else { " is at most " };
                name + " may move: the goal stays met as long as it"
                    + than
                    + self.value(needed.value, "needed")
                    + " (the scenario has "
                    + self.own()
                    + ")."
            }
            (_, Some(needed)) => {
                let chance = match (self.chance(), need.varied.is_lever(&self.sought.scenario)) {
                    (Some(chance), _) => Text::from("; it gives that a chance of ") + chance,
                    (None, true) => Text::from(", and it is a decision"),
                    (None, false) => Text::from(", as certain"),
                };
                name + " would have to be "
                    + self.needed(needed)
                    + ", all else as assumed. The scenario has "
                    + self.own()
                    + chance
                    + "."
            }
            (Attained::Everywhere, None) => {
                name + " does not matter for it: the goal is met everywhere between " + range() + "."
            }
            (Attained::NoEffect, None) => name + " has no effect on it.",
            _ => {
                let best = self.target(need.best.1.value, "best_target");
                Text::from("Not attainable by ")
                    + Text::own(self.name())
                    + " between "
                    + range()
                    + ": even at "
                    + self.value(need.best.0, "best_value")
                    + " it is only "
                    + best
                    + "."
            }
        }
    }

    /// What vouches for the value: the target just below, at and just above it.
    fn certificate(&self, needed: &Needed) -> Text {
        let [low, at, high] = needed.certificate;
        let mut text = Text::from("Certificate: ");
        if needed.interval.is_some() {
            text += Text::from("at ")
                + self.value(low.0, "needed_low")
                + " it is "
                + self.target(low.1.value, "target_below");
            text += Text::from(", at ") + self.value(at.0, "needed") + " " + self.target(at.1.value, "target_at");
            text += Text::from(", at ")
                + self.value(high.0, "needed_high")
                + " "
                + self.target(high.1.value, "target_above");
            text += Text::from("; those two are the ends of the interval that ") + self.paths() + " leave. ";
        } else {
            text += Text::from("just below it is ") + self.target(low.1.value, "target_below");
            text += Text::from(", there ") + self.target(at.1.value, "target_at");
            text += Text::from(", just above ") + self.target(high.1.value, "target_above");
            text += Text::from(", on ") + self.paths() + ". ";
        }
        text += if self.need.monotone {
            "Along the values tried it only rises or only falls."
        } else {
            "Along the values tried it turns round, so this is the nearest answer and not the only one."
        };
        text
    }

    fn paths(&self) -> Text {
        Cited::new(self.sought.settings.paths, self.cell(&["paths"])).paths().into()
    }
}

/// Title of the chart along one input: the value it would have to have, or that none within the range does.
#[must_use]
pub fn seek_title(sought: &Sought, need: &Need) -> Text {
    let row = Row { sought, need };
    let own = |words: String| Text::own(words);
    match (&need.needed, need.attained) {
        (Some(needed), Attained::Already) => {
            Text::from("The goal is met; ") + own(row.name()) + " may go to " + row.value(needed.value, "needed")
        }
        (Some(needed), _) => own(capital(&row.name())) + " would have to be " + row.needed(needed),
        (None, Attained::Everywhere) => Text::from("The goal is met at every value of ") + own(row.name()),
        (None, Attained::NoEffect) => own(capital(&row.name())) + " does not move it",
        (None, _) => {
            let best = row.target(need.best.1.value, "best_target");
            own(capital(&row.name())) + " alone does not get there; the best is " + best
        }
    }
}

/// Title of the chart of every input alone: how many can do it, and the likeliest; or that none can.
#[must_use]
pub fn alone_title(sought: &Sought) -> Text {
    let row = |need| Row { sought, need };
    let able: Vec<&Need> = sought.needs.iter().filter(|need| need.attained == Attained::Yes).collect();
    match (able.first(), sought.needs.first()) {
        (Some(need), _) if need.chance.is_some() => {
            let needed = need.needed.as_ref().map_or_else(Text::default, |it| row(need).needed(it));
            Text::from("The likeliest way there by one input: ") + Text::own(row(need).name()) + " of " + needed
        }
        (Some(_), _) => "No uncertain assumption gets there alone".into(),
        (None, Some(need)) => {
            Text::from("No single assumption gets there: ")
                + Text::own(row(need).name())
                + " reaches "
                + row(need).target(need.best.1.value, "best_target")
        }
        (None, None) => "Nothing moves it".into(),
    }
}

/// Title of the frontier of two inputs.
#[must_use]
pub fn frontier_title(sought: &Sought) -> Text {
    let names: Vec<String> = sought.named.iter().map(|it| input_name(&sought.scenario, &it.address)).collect();
    Text::own(format!("What it takes of {} and {} together", names[0], names[1]))
}

/// The finding in two sentences.
#[must_use]
pub fn seek_finding(sought: &Sought) -> Vec<Text> {
    let Sought { scenario, goal, .. } = sought;
    let row = |need| Row { sought, need };
    let mut sentences = Vec::new();
    let Some(first) = sought.needs.first() else {
        return frontier_finding(sought);
    };
    let asked = target_words(scenario, &goal.target.asked);
    let now = row(first).target(sought.today.value, "target_now");
    sentences.push(Text::from("As the scenario stands, ") + asked + " is " + now + ".");
    if sought.met {
        let already = Text::from("The goal, to ") + goal_words(scenario, goal) + ", is met already.";
        sentences.push(already);
    }
    if let [_] = sought.named.as_slice() {
        let to = Text::from("To ") + goal_words(scenario, goal) + ": ";
        let sentence = row(first).sentence();
        sentences.push(if sought.met { sentence } else { to + sentence });
        return sentences;
    }
    if sought.met {
        return sentences;
    }
    sentences.push(alone(sought));
    sentences
}

/// The sentence on every input alone: what the likeliest would have to be, or that none suffices and the best there is.
fn alone(sought: &Sought) -> Text {
    let row = |need| Row { sought, need };
    let to = Text::from("To ") + goal_words(&sought.scenario, &sought.goal);
    let able = |need: &&Need| need.attained == Attained::Yes;
    let likeliest = sought.needs.iter().filter(able).find(|need| need.chance.is_some());
    if let Some(need) = likeliest {
        return to + ", " + row(need).sentence();
    }
    if let Some(need) = sought.needs.iter().find(able) {
        return to + ", no uncertain assumption suffices alone. " + row(need).sentence();
    }
    let Some(need) = sought.needs.iter().find(|need| need.attained == Attained::Nowhere) else {
        return to + ", no assumption of the scenario moves it.";
    };
    let certain = sought.scenario.assumptions()[need.varied.id].law().is_fixed();
    let best = if certain { "the best" } else { "the best of the uncertain ones" };
    to + format!(", no single assumption suffices: {best}, ")
        + Text::own(row(need).name())
        + " at "
        + row(need).value(need.best.0, "best_value")
        + ", brings it to "
        + row(need).target(need.best.1.value, "best_target")
        + "."
}

fn frontier_finding(sought: &Sought) -> Vec<Text> {
    let [first, second, ..] = sought.named.as_slice() else { return Vec::new() };
    let names = [first, second].map(|it| input_name(&sought.scenario, &it.address));
    let to = Text::from("To ") + goal_words(&sought.scenario, &sought.goal) + ", two things together: ";
    let needs = sought.frontier.iter().filter_map(|(value, need)| Some((*value, need.needed.as_ref()?, need)));
    let found: Vec<_> = needs.collect();
    let at = |(value, needed, need): &(f64, &Needed, &Need)| {
        let inputs = sought.scenario.assumptions();
        let own = inputs[first.id].in_unit(*value);
        let other = inputs[need.varied.id].in_unit(needed.value);
        let key = format!("{}", own.0);
        let cell = |columns: &[&str]| {
            Cell::new(
                "frontier.csv",
                &[("goal", &sought.goal.text), ("input_1", &first.address), ("value_1", &key)],
                columns,
            )
        };
        let per_year = |unit: &str| if unit == "share a year" { " a year" } else { "" };
        Text::from(format!("with {} at ", names[0]))
            + Cited::new(own.0, cell(&["value_1"])).input_value(own.1)
            + per_year(own.1)
            + format!(", {} has to be ", names[1])
            + Cited::new(other.0, cell(&["needed_2"])).input_value(other.1)
            + per_year(other.1)
            + if needed.above { " or more" } else { " or less" }
    };
    match (found.first(), found.last()) {
        (Some(low), Some(high)) if found.len() > 1 => vec![to + at(low) + "; " + at(high) + "."],
        (Some(one), _) => vec![to + at(one) + "."],
        _ => {
            let words = format!("no value of {} meets it at any value tried of {}.", names[1], names[0]);
            vec![to + words]
        }
    }
}

/// Rows of the table of one thing at a time: heading of each part, and its rows of name and cells.
#[must_use]
pub fn one_thing_at_a_time(sought: &Sought) -> Vec<(String, Vec<(String, Vec<Text>)>)> {
    let row = |need| Row { sought, need };
    let of = |wanted: &dyn Fn(&Need) -> bool, cells: &dyn Fn(&Row) -> Vec<Text>| -> Vec<(String, Vec<Text>)> {
        sought.needs.iter().filter(|need| wanted(need)).map(|need| (row(need).name(), cells(&row(need)))).collect()
    };
    let able = |need: &Need| need.needed.is_some();
    let certain = |need: &Need| {
        sought.scenario.assumptions()[need.varied.id].law().is_fixed() || need.varied.is_lever(&sought.scenario)
    };
    let needed = |row: &Row| row.need.needed.as_ref().map_or_else(Text::default, |it| row.needed(it));
    let best = |row: &Row| {
        let need = row.need;
        let best = row.target(need.best.1.value, "best_target");
        vec![best, row.value(need.best.0, "best_value"), row.own()]
    };
    let parts = [
        (
            "one thing at a time|would have to be|chance|now",
            of(&|need| able(need) && !certain(need), &|row| {
                vec![needed(row), row.chance().unwrap_or_default(), row.own()]
            }),
        ),
        (
            "held certain, or a decision|would have to be|now",
            of(&|need| able(need) && certain(need), &|row| vec![needed(row), row.own()]),
        ),
        ("cannot do it alone|best|at|now", of(&|need| !able(need) && need.attained == Attained::Nowhere, &best)),
    ];
    parts.into_iter().map(|(head, rows)| (head.to_owned(), rows)).filter(|(_, rows)| !rows.is_empty()).collect()
}

/// What the answer rests on.
#[must_use]
pub fn seek_basis(sought: &Sought) -> Vec<Text> {
    let mut sentences = Vec::new();
    if let ([need], true) = (sought.needs.as_slice(), sought.named.len() == 1) {
        sentences.extend(need.needed.as_ref().map(|needed| Row { sought, need }.certificate(needed)));
    }
    let still: Vec<String> = sought
        .needs
        .iter()
        .filter(|need| matches!(need.attained, Attained::NoEffect))
        .map(|need| input_name(&sought.scenario, &need.varied.address))
        .collect();
    if sought.named.is_empty() && !still.is_empty() {
        sentences.push(format!("No effect: {}.", still.join(", ")).into());
    }
    let moved = sought.needs.iter().chain(sought.frontier.iter().map(|(_, need)| need)).any(|need| !need.varied.fixed);
    let how = if moved {
        "Each value is the median of its input, whose spread stays; everything else is as assumed, and what is correlated \
         with it is not moved along."
    } else {
        "The input is held certain at each value; everything else is as assumed."
    };
    sentences.push(how.into());
    sentences
}

/// The story on the terminal, with what was written where and what to do next.
#[must_use]
pub fn seek_story(sought: &Sought, closing: &[String]) -> String {
    let mut story = wrapped(&Text::joined(seek_finding(sought), " ").text());
    story.push('\n');
    if sought.named.is_empty() {
        for (head, rows) in one_thing_at_a_time(sought) {
            let rows: Vec<Vec<String>> = rows
                .into_iter()
                .map(|(name, cells)| std::iter::once(name).chain(cells.iter().map(Text::text)).collect())
                .collect();
            story += &columns(&head, &rows);
            story.push('\n');
        }
    }
    if !sought.frontier.is_empty() {
        story += &columns(&frontier_head(sought).join("|"), &frontier_rows(sought));
        story.push('\n');
    }
    seek_basis(sought).iter().for_each(|words| story += &wrapped(&words.text()));
    story += &wrapped(&format!(
        "Stated assumptions, not a forecast. All candidates on the same luck, {}.",
        paths(sought.settings.paths)
    ));
    for line in closing {
        story += line;
        story.push('\n');
    }
    story
}

/// Heads of the frontier's columns.
#[must_use]
pub fn frontier_head(sought: &Sought) -> Vec<String> {
    let names = sought.named.iter().map(|it| input_name(&sought.scenario, &it.address).replace('|', " "));
    match names.collect::<Vec<_>>().as_slice() {
        [first, second, ..] => {
            vec![first.clone(), format!("{second} would have to be"), "simulation error".to_owned()]
        }
        _ => Vec::new(),
    }
}

/// Rows of the frontier: a value of the first input, what the second has to be, its interval.
#[must_use]
pub fn frontier_rows(sought: &Sought) -> Vec<Vec<String>> {
    let [first, second, ..] = sought.named.as_slice() else { return Vec::new() };
    let words = |id: usize, value: f64| {
        let (value, unit) = sought.scenario.assumptions()[id].in_unit(value);
        super::number::input_value(value, unit)
    };
    let row = |(value, need): &(f64, Need)| {
        let needed = need.needed.as_ref();
        let said = match (needed, need.attained) {
            (Some(it), _) => {
                format!("{}{}", words(second.id, it.value), if it.above { " or more" } else { " or less" })
            }
            (None, Attained::Everywhere) => "any value".to_owned(),
            (None, Attained::NoEffect) => "no effect".to_owned(),
            _ => "no value".to_owned(),
        };
        let interval = needed.and_then(|it| it.interval);
        let range = |(a, b): (f64, f64)| format!("{} to {}", words(second.id, a), words(second.id, b));
        vec![words(first.id, *value), said, interval.map_or("–".to_owned(), range)]
    };
    sought.frontier.iter().map(row).collect()
}
