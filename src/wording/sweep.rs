//! A sweep in words: how the answer moves, where it tips, and its cells.

use crate::measure::Target;
use crate::study::Swept;
use crate::table::Cell;
use crate::table::questions::target_unit;

use super::cited::Cited;
use super::columns::{columns, wrapped};
use super::goal::{capital, input_name, target_words};
use super::number::{input_value, paths};
use super::text::Text;

/// Most columns of a map on the terminal.
const MOST_COLUMNS: usize = 8;

/// A value of an input with its unit, and the words behind a yearly one.
fn at(found: &Swept, along: usize, place: usize) -> (f64, String) {
    let it = &found.along[along];
    let (value, unit) = it.varied.in_unit(&found.scenario, it.values[place]);
    (value, input_value(value, unit))
}

fn name(found: &Swept, along: usize) -> String {
    input_name(&found.scenario, &found.along[along].varied.address)
}

/// The target in a cell.
fn value(found: &Swept, target: usize, (row, column): (usize, usize)) -> Text {
    let Some(estimate) = found.cells[target][row][column] else { return "–".into() };
    let text = &found.targets[target].text;
    let unit = target_unit(&found.scenario, &found.targets[target].asked);
    let first = format!("{}", at(found, 0, column).0);
    let mut keys = vec![("target", text.as_str()), ("value_1", first.as_str())];
    let second = found.along.get(1).map(|_| format!("{}", at(found, 1, row).0));
    keys.extend(second.as_ref().map(|second| ("value_2", second.as_str())));
    Cited::new(estimate.value, Cell::new("sweep.csv", &keys, &["value"])).target_value(&unit).into()
}

/// Where a target tips in a row: `about 12% a year`.
fn tipping(found: &Swept, target: usize, row: usize) -> Option<Text> {
    let unit = found.along[0].varied.in_unit(&found.scenario, 0.0).1;
    about(found, target, row, if unit == "share a year" { " a year" } else { "" })
}

/// Where a target tips in a row, with words behind the number.
fn about(found: &Swept, target: usize, row: usize, behind: &'static str) -> Option<Text> {
    let value = found.tips(target, row)?;
    let unit = found.along[0].varied.in_unit(&found.scenario, 0.0).1;
    let text = &found.targets[target].text;
    let second = found.along.get(1).map(|_| format!("{}", at(found, 1, row).0));
    let mut keys = vec![("target", text.as_str())];
    keys.extend(second.as_ref().map(|second| ("value_2", second.as_str())));
    let cell = Cell::new("break_even.csv", &keys, &["crosses_at"]);
    Some(Text::from("about ") + Cited::new(value, cell).input_value(unit) + behind)
}

/// The level at which a target tips, in words: `50%`, `its level of 2023, 16×`.
fn level_words(found: &Swept, target: &Target) -> Option<Text> {
    let level = found.level(target)?;
    if target.is_share() {
        return Some(Text::own("50%"));
    }
    let unit = target_unit(&found.scenario, &target.asked);
    let said =
        Cited::new(level, Cell::new("break_even.csv", &[("target", &target.text)], &["level"])).target_value(&unit);
    Some(
        Text::from("its level of ")
            + Text::own(format!("{}", found.scenario.base_year()))
            + " ("
            + Text::own(said.text().to_owned())
            + ")",
    )
}

/// The finding of each target.
#[must_use]
pub fn sweep_finding(found: &Swept) -> Vec<Text> {
    (0..found.targets.len())
        .map(|target| if found.along.len() == 1 { along_one(found, target) } else { over_two(found, target) })
        .collect()
}

fn along_one(found: &Swept, place: usize) -> Text {
    let target = &found.targets[place];
    let last = found.along[0].values.len() - 1;
    let asked = capital(&target_words(&found.scenario, &target.asked).text());
    let (from, to) = (at(found, 0, 0).1, at(found, 0, last).1);
    let moves = Text::own(asked)
        + " goes from "
        + value(found, place, (0, 0))
        + " to "
        + value(found, place, (0, last))
        + format!(" as {} goes from ", name(found, 0))
        + Text::own(from)
        + " to "
        + Text::own(to);
    match (tipping(found, place, 0), level_words(found, target)) {
        (Some(tips), Some(level)) => {
            // Only the first crossing is told; that there are others is not kept back.
            let again = found.crossings(place, 0).len() > 1;
            let first = if again { " more than once, first at " } else { " at " };
            moves + "; it crosses " + level + first + tips + "."
        }
        (None, Some(level)) => moves + "; it crosses " + level + " nowhere.",
        _ => moves + ".",
    }
}

fn over_two(found: &Swept, place: usize) -> Text {
    let target = &found.targets[place];
    let asked = Text::own(capital(&target_words(&found.scenario, &target.asked).text()));
    let rows = found.cells[place].len();
    let crossed: Vec<(usize, Text)> = (0..rows).filter_map(|row| Some((row, tipping(found, place, row)?))).collect();
    let Some(level) = level_words(found, target) else { return asked + " has no level to cross." };
    let with = |(row, tips): &(usize, Text)| {
        Text::from(format!("where {} is ", name(found, 0)))
            + tips.clone()
            + format!(" with {} at ", name(found, 1))
            + Text::own(at(found, 1, *row).1)
    };
    match (crossed.first(), crossed.last()) {
        (Some(low), Some(high)) if crossed.len() > 1 => {
            asked + " crosses " + level + " " + with(low) + ", and " + with(high) + "."
        }
        (Some(one), _) => asked + " crosses " + level + " only " + with(one) + ".",
        _ => {
            let words = asked + " crosses " + level + " nowhere on the grid: it goes from ";
            let (low, high) = ends(found, place);
            words + value(found, place, low) + " to " + value(found, place, high) + "."
        }
    }
}

/// Cells with the lowest and the highest answer.
fn ends(found: &Swept, place: usize) -> ((usize, usize), (usize, usize)) {
    let mut best = [((0, 0), f64::INFINITY), ((0, 0), f64::NEG_INFINITY)];
    for (row, cells) in found.cells[place].iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let Some(it) = cell else { continue };
            if it.value < best[0].1 {
                best[0] = ((row, column), it.value);
            }
            if it.value > best[1].1 {
                best[1] = ((row, column), it.value);
            }
        }
    }
    (best[0].0, best[1].0)
}

/// Cells as a table: its head, parted by bars, and rows of name and cells. Along one input a row for each value with every
/// target; over two a map of the first target, the second input going down.
#[must_use]
pub fn sweep_cells(found: &Swept) -> (String, Vec<(String, Vec<Text>)>) {
    let columns = found.along[0].values.len();
    if found.along.len() == 1 {
        let heads: Vec<String> = found.targets.iter().map(|it| it.text.replace('|', " ")).collect();
        let row = |column: usize| {
            let cells = (0..found.targets.len()).map(|target| value(found, target, (0, column)));
            (at(found, 0, column).1, cells.collect())
        };
        return (format!("{}|{}", name(found, 0), heads.join("|")), (0..columns).map(row).collect());
    }
    // As many columns as a page has room for, the first and the last among them.
    let step = columns.saturating_sub(1).div_ceil(MOST_COLUMNS - 1).max(1);
    let shown: Vec<usize> = (0..columns).filter(|column| column % step == 0 || column + 1 == columns).collect();
    let heads: Vec<String> = shown.iter().map(|column| at(found, 0, *column).1).collect();
    let row = |row: usize| (at(found, 1, row).1, shown.iter().map(|column| value(found, 0, (row, *column))).collect());
    let rows = (0..found.along[1].values.len()).rev().map(row).collect();
    (format!("{} ↓ {} →|{}", name(found, 1), name(found, 0), heads.join("|")), rows)
}

/// What the answer rests on.
#[must_use]
pub fn sweep_basis(found: &Swept) -> Vec<Text> {
    let fixed = found.along.iter().all(|it| it.varied.fixed);
    let how = if found.along.iter().any(|it| it.varied.is_part()) {
        "Each value is a part of the law of its input, whose other part stays; everything else is as assumed, and what is \
         correlated with it is not moved along."
    } else if fixed {
        "The input is held certain at each value; everything else is as assumed."
    } else {
        "Each value is the median of its input, whose spread stays; everything else is as assumed, and what is correlated \
         with it is not moved along."
    };
    vec![how.into()]
}

/// The story on the terminal, with what was written where and what to do next.
#[must_use]
pub fn sweep_story(found: &Swept, closing: &[String]) -> String {
    let mut story = wrapped(&Text::joined(sweep_finding(found), " ").text());
    story.push('\n');
    let (head, rows) = sweep_cells(found);
    if found.along.len() > 1 {
        story += &format!("{}\n", capital(&found.targets[0].text));
    }
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|(name, cells)| std::iter::once(name).chain(cells.iter().map(Text::text)).collect())
        .collect();
    story += &columns(&head, &rows);
    story.push('\n');
    sweep_basis(found).iter().for_each(|words| story += &wrapped(&words.text()));
    story += &wrapped(&format!(
        "Stated assumptions, not a forecast. Every cell on the same luck, {} each.",
        paths(found.settings.paths)
    ));
    for line in closing {
        story += line;
        story.push('\n');
    }
    story
}

/// Title of the chart of a target: the value at which it tips, or that it does not.
#[must_use]
pub fn sweep_chart_title(found: &Swept, place: usize) -> Text {
    let target = &found.targets[place];
    let asked = if target.is_share() { "The chance".to_owned() } else { capital(&target.text) };
    let row = found.own_row().unwrap_or(found.cells[place].len() / 2);
    let with = match (found.along.len(), found.own_row()) {
        (1, _) | (_, Some(_)) => String::new(),
        _ => format!(" ({} {})", name(found, 1), at(found, 1, row).1),
    };
    match (tipping(found, place, row), found.level(target)) {
        (Some(tips), Some(_)) => {
            // A title of two inputs has no room for what the unit says.
            let tips = if with.is_empty() { tips } else { about(found, place, row, "").unwrap_or(tips) };
            let level =
                if target.is_share() { "50%".to_owned() } else { format!("the {} level", found.scenario.base_year()) };
            Text::own(format!("{asked} crosses {level} at "))
                + tips
                + Text::own(format!(" of {}{with}", name(found, 0)))
        }
        (None, Some(_)) => Text::own(format!("{} alone does not tip it{with}", capital(&name(found, 0)))),
        _ => Text::own(format!("{asked} along {}", name(found, 0))),
    }
}
