//! A sweep in words: how the answer moves, where it tips, and its cells.

mod title;

use crate::measure::Target;
use crate::study::Swept;
use crate::table::Cell;
use crate::table::questions::target_unit;

use super::cited::Cited;
use super::columns::{labelled, wrapped};
use super::goal::{capital, input_name, target_words};
use super::number::{input_value, paths};
use super::precision::sweep_precision;
use super::text::{Piece, Text};
use super::times::observed_ratio;
pub use title::sweep_chart_title;

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

/// Where a target leaps over its level in a row, from or to what has no end: `between −20% and −5% a year`.
fn leaping(found: &Swept, target: usize, row: usize) -> Option<Text> {
    let (from, to) = found.leaps(target, row)?;
    let unit = found.along[0].varied.in_unit(&found.scenario, 0.0).1;
    let per_year = if unit == "share a year" { " a year" } else { "" };
    // Values of the input were asked for.
    let said = |value: f64| Text::own(input_value(value, unit));
    Some(Text::from("between ") + said(from) + " and " + said(to) + per_year)
}

/// Where a target tips in a row: `about 12% a year`, or `between −20% and −5% a year` where one side has no end.
fn tipping(found: &Swept, target: usize, row: usize) -> Option<Text> {
    let unit = found.along[0].varied.in_unit(&found.scenario, 0.0).1;
    about(found, target, row, if unit == "share a year" { " a year" } else { "" })
        .or_else(|| leaping(found, target, row))
}

/// Where a target tips in a row, with words behind: `about 12%` where the paths and the grid carry these digits, otherwise the
/// range that they leave, `about 7.2–8.2%`.
fn about(found: &Swept, target: usize, row: usize, behind: &'static str) -> Option<Text> {
    let value = found.tips(target, row)?;
    let (low, high) = found.tips_between(target, row)?;
    let unit = found.along[0].varied.in_unit(&found.scenario, 0.0).1;
    let text = &found.targets[target].text;
    let second = found.along.get(1).map(|_| format!("{}", at(found, 1, row).0));
    let mut keys = vec![("target", text.as_str())];
    keys.extend(second.as_ref().map(|second| ("value_2", second.as_str())));
    let cell = |columns: &[&str]| Cell::new("break_even.csv", &keys, columns);
    let said = input_value(value, unit);
    let at = if [low, high].iter().all(|end| input_value(*end, unit) == said) {
        Cited::new(value, cell(&["crosses_at"])).input_value(unit)
    } else {
        Cited::new([low, high], cell(&["crosses_low", "crosses_high"])).input_range(unit)
    };
    Some(Text::from("about ") + at + behind)
}

/// The level at which a target tips, in words: `50%`, `its level of 2023, 16×`.
fn level_words(found: &Swept, target: &Target) -> Option<Text> {
    let level = found.level(target)?;
    if target.is_share() {
        return Some(Text::own("50%"));
    }
    let unit = target_unit(&found.scenario, &target.asked);
    let cited = Cited::new(level, Cell::new("break_even.csv", &[("target", &target.text)], &["level"]));
    // A level of the base year is written as it is everywhere.
    let said = match unit.as_str() {
        "times" => Piece::Own(observed_ratio(level, level, level)),
        _ => cited.target_value(&unit),
    };
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

/// Whether a target is the same number in every cell, but for rounding.
pub(super) fn is_still(found: &Swept, place: usize) -> bool {
    let mut cells = found.cells[place].iter().flatten();
    let Some(Some(first)) = cells.next() else { return false };
    cells.all(|cell| cell.is_some_and(|it| !it.differs_from(*first)))
}

fn along_one(found: &Swept, place: usize) -> Text {
    let target = &found.targets[place];
    let cells = &found.cells[place][0];
    let asked = target_words(&found.scenario, &target.asked);
    let there: Vec<usize> = (0..cells.len()).filter(|column| cells[*column].is_some()).collect();
    let [first, .., last] = there[..] else {
        return Text::own(capital(&asked.text()))
            + format!(" has a number at one value of {} at most.", name(found, 0));
    };
    let ends = Text::own(at(found, 0, first).1) + " to " + Text::own(at(found, 0, last).1);
    if is_still(found, place) {
        return Text::own(capital(&name(found, 0)))
            + " has no effect on "
            + asked
            + ": it is "
            + value(found, place, (0, first))
            + " at every value from "
            + ends
            + ".";
    }
    let moves = Text::own(capital(&asked.text()))
        + moved(found, place, (first, last))
        + format!(" as {} goes from ", name(found, 0))
        + ends;
    match (tipping(found, place, 0), level_words(found, target)) {
        (Some(tips), Some(level)) => {
            // Only the first crossing is told; that there are others is not kept back.
            let again = found.crossings(place, 0).len() > 1;
            let first = match (again, tips.text().starts_with("between")) {
                (true, _) => " more than once, first at ",
                (false, true) => " ",
                (false, false) => " at ",
            };
            moves + "; it crosses " + level + first + tips + "."
        }
        (None, Some(level)) => moves + "; it crosses " + level + " nowhere.",
        _ => moves + ".",
    }
}

/// How a target goes from the first cell of a row to the last: by way of its turning point if it has one, and not at all where
/// no printed digit moves.
fn moved(found: &Swept, place: usize, (first, last): (usize, usize)) -> Text {
    let said = |column: usize| value(found, place, (0, column));
    if let Some(turn) = turning_point(found, place, (first, last)) {
        let way = Text::from(" goes from ") + said(first) + " to " + said(last) + " by way of " + said(turn) + " at ";
        return way + Text::own(at(found, 0, turn).1) + ",";
    }
    if said(first).text() == said(last).text() {
        return Text::from(" stays at ") + said(first);
    }
    Text::from(" goes from ") + said(first) + " to " + said(last)
}

/// The cell farthest outside what lies between the first and the last, if it reads differently from both and is no noise.
fn turning_point(found: &Swept, place: usize, (first, last): (usize, usize)) -> Option<usize> {
    let cells = &found.cells[place][0];
    let number = |column: usize| cells[column].map(|it| it.value);
    let (a, b) = (number(first)?, number(last)?);
    let outside = |column: usize| number(column).map(|it| (a.min(b) - it).max(it - a.max(b)));
    let noise = cells.iter().flatten().map(|it| it.error).filter(|it| it.is_finite()).fold(0.0, f64::max);
    let far = (first + 1..last).filter_map(|column| Some((column, outside(column)?)));
    let (turn, beyond) = far.reduce(|best, it| if it.1 > best.1 { it } else { best })?;
    let said = |column: usize| value(found, place, (0, column)).text();
    // All cells are on the same luck, so half a standard error tells two of them apart.
    (beyond > 0.5 * noise && said(turn) != said(first) && said(turn) != said(last)).then_some(turn)
}

fn over_two(found: &Swept, place: usize) -> Text {
    let target = &found.targets[place];
    let asked = Text::own(capital(&target_words(&found.scenario, &target.asked).text()));
    if is_still(found, place) {
        return asked + " is " + value(found, place, (0, 0)) + " in every cell: neither input moves it.";
    }
    let rows = found.cells[place].len();
    let crossed: Vec<(usize, Text)> = (0..rows).filter_map(|row| Some((row, tipping(found, place, row)?))).collect();
    let Some(level) = level_words(found, target) else {
        let (low, high) = ends(found, place);
        return asked
            + " goes from "
            + value(found, place, low)
            + " to "
            + value(found, place, high)
            + " over the grid.";
    };
    let with = |(row, tips): &(usize, Text)| {
        let is = if tips.text().starts_with("between") { "lies" } else { "is" };
        Text::from(format!("where {} {is} ", name(found, 0)))
            + tips.clone()
            + format!(" with {} at ", name(found, 1))
            + Text::own(at(found, 1, *row).1)
    };
    let (Some(first), Some(last)) = (crossed.first(), crossed.last()) else {
        let words = asked + " crosses " + level + " nowhere on the grid: it goes from ";
        let (low, high) = ends(found, place);
        return words + value(found, place, low) + " to " + value(found, place, high) + ".";
    };
    let start = asked + " crosses " + level + " ";
    // The row nearest to the scenario comes first: it is the one that the title of the chart tells of.
    let own = found.nearest_row();
    let as_scenario =
        if found.own_row().is_some() { ", as the scenario has it" } else { ", the nearest to what the scenario has" };
    let others: Vec<&(usize, Text)> = [first, last].into_iter().filter(|(row, _)| *row != own).collect();
    let both = |rows: &[&(usize, Text)]| match rows {
        [one] => with(one),
        [one, other] if one.0 != other.0 => with(one) + ", and " + with(other),
        [one, ..] => with(one),
        [] => Text::default(),
    };
    match crossed.iter().find(|(row, _)| *row == own) {
        Some(it) if others.is_empty() => start + "only " + with(it) + as_scenario + ".",
        Some(it) => start + with(it) + as_scenario + "; on the grid, " + both(&others) + ".",
        None => {
            let not = Text::from("not with ") + name(found, 1) + " at " + Text::own(at(found, 1, own).1) + as_scenario;
            start + not + ", but " + if crossed.len() == 1 { "only " } else { "" } + both(&others) + "."
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

/// Most letters of a row on the terminal.
const WIDEST: usize = 80;

/// A table of cells: the target that it is of where it is of one, its head, parted by bars, and rows of name and cells.
pub type SweepTable = (Option<String>, String, Vec<(String, Vec<Text>)>);

/// Cells as tables. Along one input a row for each value with as many targets as a line has room for; over two a map of each
/// target, the second input going down.
#[must_use]
pub fn sweep_tables(found: &Swept) -> Vec<SweepTable> {
    if found.along.len() > 1 {
        return (0..found.targets.len()).map(|target| map(found, target)).collect();
    }
    let head = |target: usize| found.targets[target].text.replace('|', " ");
    let letters = |target: usize| head(target).chars().count() + 2;
    let mut tables: Vec<Vec<usize>> = Vec::new();
    for target in 0..found.targets.len() {
        let room = |table: &&mut Vec<usize>| {
            let taken: usize = table.iter().map(|it| letters(*it)).sum();
            name(found, 0).chars().count() + taken + letters(target) <= WIDEST
        };
        match tables.last_mut().filter(room) {
            Some(table) => table.push(target),
            None => tables.push(vec![target]),
        }
    }
    let of = |targets: Vec<usize>| {
        let row = |column: usize| {
            let cells = targets.iter().map(|target| value(found, *target, (0, column)));
            (at(found, 0, column).1, cells.collect())
        };
        let heads: Vec<String> = targets.iter().map(|target| head(*target)).collect();
        let rows = (0..found.along[0].values.len()).map(row).collect();
        (None, format!("{}|{}", name(found, 0), heads.join("|")), rows)
    };
    tables.into_iter().map(of).collect()
}

/// A map of a target.
fn map(found: &Swept, target: usize) -> SweepTable {
    let columns = found.along[0].values.len();
    // As many columns as a page has room for, the first and the last among them.
    let step = columns.saturating_sub(1).div_ceil(MOST_COLUMNS - 1).max(1);
    let shown: Vec<usize> = (0..columns).filter(|column| column % step == 0 || column + 1 == columns).collect();
    let heads: Vec<String> = shown.iter().map(|column| at(found, 0, *column).1).collect();
    let row =
        |row: usize| (at(found, 1, row).1, shown.iter().map(|column| value(found, target, (row, *column))).collect());
    let rows = (0..found.along[1].values.len()).rev().map(row).collect();
    let head = format!("{} ↓ {} →|{}", name(found, 1), name(found, 0), heads.join("|"));
    (Some(capital(&found.targets[target].text)), head, rows)
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
    let reached = found.precision.as_ref().map(|it| Text::own(sweep_precision(it, found.settings.paths)));
    let ranged = (0..found.targets.len()).any(|target| {
        (0..found.cells[target].len()).any(|row| found.tips_between(target, row).is_some_and(|(low, high)| low < high))
    });
    let between = ranged.then(|| {
        Text::from("Where it crosses is read off straight lines between the cells, as far as so many paths tell; aigap seek finds the value.")
    });
    std::iter::once(how.into()).chain(between).chain(reached).collect()
}

/// The story on the terminal, with what was written where and what to do next.
#[must_use]
pub fn sweep_story(found: &Swept, closing: &[String]) -> String {
    let mut story = wrapped(&Text::joined(sweep_finding(found), " ").text());
    story.push('\n');
    for (title, head, rows) in sweep_tables(found) {
        story += &title.map_or_else(String::new, |title| format!("{title}\n"));
        story += &labelled(&head, rows);
        story.push('\n');
    }
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
