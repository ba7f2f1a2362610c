//! `[[draws]]`: assumptions that are taken jointly, row by row, from a CSV of draws: a posterior, or an expert panel's answers.

pub(super) mod file;

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Place, Problem, Sources, did_you_mean, plain_text};
use crate::distribution::Distribution;
use crate::growth::Kind;

use super::check::Check;
use super::edit::{self, Setting};
use super::keys;
use super::law::Law;
use super::layer::Reading;
use super::model::{Drawn, JointDraws};
use super::tree::{Node, Table, Value};
use super::value::Measured;
use file::DrawsFile;

/// Fewest rows: fewer leave the tails of a law to a handful of numbers.
const LEAST_ROWS: usize = 100;

/// Most rows out of range that are listed one by one.
const MOST_LISTED: usize = 3;

const EXAMPLE: &str =
    "write [[draws]] and below it file = \"posterior.csv\" and of = [\"us.deals.growth\", \"china.deals.growth\"]";

/// Reads the files of all `[[draws]]` of a tree.
pub(super) fn files(
    table: &Table,
    folder: &Path,
    reading: &mut Reading,
    sources: &mut Sources,
) -> Result<Vec<Arc<DrawsFile>>, Vec<Problem>> {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    let Some(Value::List(items)) = table.get("draws").map(|node| &node.value) else { return Ok(found) };
    for item in items {
        let Value::Table(entry) = &item.value else { continue };
        let Some((Node { value: Value::Text(name), place }, _)) = entry.get("file").map(|node| (node, ())) else {
            continue;
        };
        let named_in = sources.files().get(place.file).and_then(|file| file.name.clone());
        let path = named_in.as_deref().and_then(|file| Path::new(file).parent()).unwrap_or(folder).join(name);
        if let Some(namer) = &named_in
            && let Err(why) = reading.allows(Path::new(namer), &path, place)
        {
            problems.extend(why);
            continue;
        }
        let text = (reading.read)(&path)
            .map_err(|why| (format!("cannot read {name}: {why}"), "check the name and the folder".to_owned()))
            .and_then(|bytes| plain_text(bytes).map_err(|(what, cure)| (format!("{name} {what}"), cure.to_owned())));
        match text {
            Ok(text) => {
                let short = name.rsplit(['/', '\\']).next().unwrap_or(name);
                match DrawsFile::read(short, &text, sources) {
                    Ok(file) => found.push(Arc::new(file)),
                    Err(why) => problems.extend(why),
                }
            }
            Err((what, cure)) => problems.push(Problem::error(place.clone(), what, cure)),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

impl Check {
    /// Puts a value in the tree for every address that rows of a file hold, and says what is drawn.
    pub(crate) fn draws(&mut self, table: &mut Table, files: &[Arc<DrawsFile>]) -> Vec<JointDraws> {
        let Some(node) = table.get("draws").cloned() else { return Vec::new() };
        let mut found: Vec<JointDraws> = Vec::new();
        for item in self.list(&node, "`draws`", "begin each with [[draws]]").unwrap_or_default() {
            let Some(entry) = self.table(item, "a table of draws", "begin each with [[draws]]") else { continue };
            if self.removes_nothing(entry, "table of draws") {
                continue;
            }
            self.known_keys(entry, &keys::words(&keys::DRAWS), "`draws`");
            // What is to be drawn is not missing where the draws themselves are what is wrong.
            self.named_by_draws.extend(entry.get("of").map(|of| of.value.texts()).unwrap_or_default());
            let (Some(name), Some(of)) = (self.text(entry, "file"), entry.get("of")) else {
                self.error(&item.place, "these draws name no file, or nothing that is drawn", EXAMPLE);
                continue;
            };
            let short = name.rsplit(['/', '\\']).next().unwrap_or(&name).to_owned();
            let Some(file) = files.iter().find(|file| file.name == short) else {
                self.error(&item.place, format!("{short} was not read"), EXAMPLE);
                continue;
            };
            let addresses = of.value.texts();
            if addresses.is_empty() {
                self.error(&of.place, "`of` names no assumption", EXAMPLE);
                continue;
            }
            if file.rows() < LEAST_ROWS {
                let what = format!("{short} has {} rows of draws", file.rows());
                let cure = format!("give at least {LEAST_ROWS}: fewer leave the ends of a law to a handful of numbers");
                self.error(&of.place, what, cure);
                continue;
            }
            let (why, source) = (self.text(entry, "why"), self.text(entry, "source"));
            let mut drawn: Vec<String> = Vec::new();
            for address in addresses {
                let twice = drawn.contains(&address) || found.iter().any(|known| known.of.contains(&address));
                if twice {
                    self.error(&of.place, format!("`{address}` is drawn twice"), "keep one of the two");
                } else if self.put(table, &address, (file, &of.place), (&why, &source)) {
                    drawn.push(address);
                }
            }
            self.drawn_files.push((Arc::clone(file), file.order(&drawn)));
            let (text, rows) = (Arc::clone(&file.text), file.rows());
            found.push(JointDraws { file: short, of: drawn, text, rows, why, source });
        }
        found
    }

    /// Puts the value of one address in the tree; false if it is not drawn.
    fn put(
        &mut self,
        table: &mut Table,
        address: &str,
        (file, place): (&DrawsFile, &Place),
        (why, source): (&Option<String>, &Option<String>),
    ) -> bool {
        if file.column(address).is_none() {
            let cure = match did_you_mean(address, file.addresses()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("its columns are {}", file.addresses().collect::<Vec<_>>().join(", ")),
            };
            self.error(place, format!("{} has no column `{address}`", file.name), cure);
            return false;
        }
        if let Some(own) = at(table, address) {
            // What is set beside the files outranks them.
            if self.files.get(own.place.file).is_none_or(|(name, _)| name.is_none()) {
                return false;
            }
            let what = format!("`{address}` states a value, and {} draws it", file.name);
            let problem =
                Problem::error(own.place.clone(), what, "take the value out, or take the address out of `of`");
            self.problems.push(problem.also(place.clone(), "it is drawn here"));
            return false;
        }
        let mut value = Table::of([(keys::DRAWN, Value::text(file.name.as_str()))]);
        value.add_words(why, source);
        let setting = Setting {
            address,
            value: Node::bare(Value::Table(value)).at(place),
            from: None,
            places: [place.clone(), place.clone()],
        };
        match edit::set(table, &setting) {
            Ok(()) => true,
            Err(problem) => {
                self.problems.push(problem);
                false
            }
        }
    }

    /// Addresses that rows hold and no part of the scenario has a use for.
    pub(crate) fn idle_draws(&mut self, draws: &[JointDraws], node: Option<&Node>) {
        if self.errors() > 0 {
            return;
        }
        let place = node.map(|node| node.place.clone());
        for address in draws.iter().flat_map(|draws| &draws.of) {
            if !self.assumptions.iter().any(|known| known.address == *address) {
                let known: Vec<&str> = self.assumptions.iter().map(|it| it.address.as_str()).collect();
                let cure = match did_you_mean(address, known) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "take it out of `of`, or choose a model that has it".to_owned(),
                };
                let what = format!("the scenario has no input `{address}` that could be drawn");
                self.problems.push(Problem::error(place.clone(), what, cure));
            }
        }
    }

    /// The law of a value that stands in the rows of a file, and the rows.
    pub(super) fn drawn(&mut self, address: &str, place: &Place, measured: &Measured) -> Option<(Law, Drawn)> {
        let (file, order) = self.drawn_files.iter().rev().find(|(file, _)| file.column(address).is_some())?.clone();
        let column = file.column(address)?;
        let Some(convert) = conversion(&file.columns[column].unit, measured) else {
            let what = format!("`{}` is not a unit of `{address}`", file.columns[column].unit);
            self.error(&file.units_place(), what, format!("write {}", units_of(measured)));
            return None;
        };
        let values: Vec<f64> = file.columns[column].values.iter().map(|value| convert(*value)).collect();
        let (low, high) = range(measured);
        let outside = |row: &usize| !(low <= values[*row] && values[*row] <= high);
        let beyond: Vec<usize> = (0..values.len()).filter(outside).collect();
        for row in beyond.iter().take(MOST_LISTED) {
            let what = format!("{} is out of range for `{address}`", file.columns[column].values[*row]);
            let cure = format!("it must be between {} and {}", measured.shown(low), measured.shown(high));
            self.error(&file.place(*row), what, cure);
        }
        if beyond.len() > MOST_LISTED {
            let what = format!("{} more rows of `{address}` are out of range", beyond.len() - MOST_LISTED);
            self.error(place, what, "look at the unit in the second line of the file");
        }
        if !beyond.is_empty() {
            return None;
        }
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let law = match (sorted.first(), sorted.last()) {
            // A column of one number is that number.
            (Some(first), Some(last)) if first == last => Distribution::Fixed(*first),
            _ => Distribution::Sample(sorted.into()),
        };
        let [low, high] = [0.1, 0.9].map(|p| measured.shown(law.quantile(p)).replace('-', "−"));
        let shown = format!("{low} to {high} (80%), {} rows of {}", values.len(), file.name);
        let written = Table::of([(keys::DRAWN, Value::text(file.name.as_str()))]);
        let values = order.iter().map(|row| values[*row]).collect();
        Some((Law { law, written, shown }, Drawn { file: file.name.clone(), values }))
    }
}

/// The value at an address of a tree, if one stands there.
fn at<'t>(table: &'t Table, address: &str) -> Option<&'t Node> {
    let entry = table.entries.iter().filter(|entry| {
        address == entry.key || address.strip_prefix(entry.key.as_str()).is_some_and(|rest| rest.starts_with('.'))
    });
    let entry = entry.max_by_key(|entry| entry.key.len())?;
    match (&entry.node.value, address.strip_prefix(entry.key.as_str())?.strip_prefix('.')) {
        (_, None) => Some(&entry.node),
        (Value::Table(below), Some(rest)) => at(below, rest),
        _ => None,
    }
}

/// Accepted values of a row: wider than what a person would write for all draws, since a sample has tails.
fn range(measured: &Measured) -> (f64, f64) {
    match measured.kind {
        Kind::Growth | Kind::Effect | Kind::Points => (-10.0, 10.0),
        Kind::Volatility | Kind::Spread => (0.0, 10.0),
        _ => measured.range,
    }
}

/// From a number of the file to the internal unit.
fn conversion(unit: &str, measured: &Measured) -> Option<fn(f64) -> f64> {
    let of_growth = |percent: f64| if percent > -100.0 { libm::log1p(percent / 100.0) } else { f64::NAN };
    Some(match (measured.kind, unit) {
        (Kind::Growth | Kind::Effect, "%") => of_growth,
        // Files of earlier versions call it log points.
        (
            Kind::Growth | Kind::Effect | Kind::Points | Kind::Volatility | Kind::Spread,
            "natural log" | "log points",
        ) => |value| value,
        (Kind::Volatility | Kind::Spread | Kind::Chance | Kind::Share | Kind::Points, "%") => |value| value / 100.0,
        (Kind::Chance | Kind::Share | Kind::Persistence, "share") => |value| value,
        (Kind::Persistence | Kind::Number, "number") => |value| value,
        // `aigap fit` writes the correlation of shocks as a share.
        (Kind::Correlation, "number" | "correlation" | "share") => |value| value,
        (Kind::Years, "years") | (Kind::Year, "year") => |value| value,
        (Kind::Level, unit) if unit == measured.series.unit() => |value| value,
        _ => return None,
    })
}

/// Units that a column may be in.
fn units_of(measured: &Measured) -> String {
    match measured.kind {
        Kind::Growth | Kind::Effect | Kind::Volatility | Kind::Spread | Kind::Points => "% or natural log".to_owned(),
        Kind::Chance | Kind::Share => "% or share".to_owned(),
        Kind::Persistence => "share or number".to_owned(),
        Kind::Number | Kind::Correlation => "number".to_owned(),
        Kind::Years => "years".to_owned(),
        Kind::Year => "year".to_owned(),
        Kind::Level => measured.series.unit().to_owned(),
    }
}
