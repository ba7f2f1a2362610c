//! Figures of a table as rows of the project's own CSV: which are taken, in which unit, of which edition, from whom.

use std::collections::BTreeMap;

use crate::diagnostic::Problem;

use super::account::{Account, said_of};
use super::asked::{Asked, Flag, missing};
use super::dialect;
use super::grid::Grid;
use super::hints::Hints;
use super::layout::Layout;
use super::measures::{self, Chosen, Metric, amount};
use super::melt::{Melted, Stated};
use super::money::{self, Unit};
use super::own::{self, Row};
use super::region::{self, Named};
use super::understood::Understood;
use super::year;

/// The rows of a table as the project's own CSV.
pub(super) fn understood(
    (grid, head): (&Grid, usize),
    layout: Layout,
    melted: Melted,
    hints: &Hints,
    asked: &Asked,
) -> Result<Understood, Vec<Problem>> {
    let Melted { stated, mut account, read, decimal } = melted;
    if stated.is_empty() {
        let cure = "is the right sheet or file named, and are there numbers below the headings?";
        return Err(vec![Problem::error(None, "the table holds no figure", cure)]);
    }
    let chosen = measures::chosen(&stated, hints, asked);
    let mut problems = chosen.as_ref().err().cloned().unwrap_or_default();
    let has_editions = stated.iter().all(|it| it.edition.is_some());
    let says = stated.iter().all(|it| !it.said_by.is_empty());
    if hints.source.is_none() && !says {
        problems.push(missing(Flag::Source, "who says these figures", "\"AI Index\""));
    }
    if hints.vintage.is_none() && !has_editions {
        problems.push(missing(Flag::Vintage, "of which edition these figures are", "2024-04"));
    }
    let units = chosen.as_ref().map(|chosen| units(&stated, chosen, hints, layout, asked)).unwrap_or_default();
    problems.extend(units.iter().filter_map(|unit| unit.as_ref().err()).cloned());
    if !problems.is_empty() {
        return Err(problems);
    }
    let chosen = chosen.unwrap_or_default();
    let units: Vec<Money> = units.into_iter().flatten().collect();
    let regions = Regions::of(&stated, asked)?;
    let kept = kept((grid, head), &stated, &chosen, &regions, asked, &mut account)?;
    let mut warnings = misspelt(grid, &stated, &regions);
    let mut rows = Vec::new();
    let latest = kept.iter().filter_map(|it| it.edition.clone()).max();
    for it in &kept {
        let place = chosen.iter().position(|chosen| chosen.measure == it.measure).expect("others are left out");
        rows.push(row(grid, it, (&chosen[place], &units[place]), hints, latest.as_deref(), asked)?);
    }
    let mut said = said(&chosen, &units, hints, latest.as_deref(), asked);
    said.push(("regions", regions.said(&kept)));
    let used = rows.len();
    let left_out = account.reasons();
    warnings.extend(own::checked(&rows));
    let rows = own::sorted(rows);
    let above = std::iter::once(grid.place(&grid.lines[head]));
    let stated_at = above.chain(rows.iter().filter_map(|row| row.at.clone())).collect();
    Ok(Understood {
        layout,
        dialect: dialect::described(grid.separator, decimal),
        csv: own::csv(rows),
        said,
        read,
        used,
        left_out,
        warnings,
        stated_at,
    })
}

/// Unit of a figure and its factor to the unit of the CSV.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Money {
    /// Unit in the CSV.
    pub unit: &'static str,
    /// What a one of the file is in it.
    pub factor: f64,
    /// Where the unit was found.
    pub how: String,
    /// Year of constant prices.
    pub prices: Option<String>,
}

/// What a figure is called in sentences: by its name, or by the title of its table.
fn called(measure: &str, hints: &Hints) -> String {
    match (measure, hints.title.as_str()) {
        ("", "") => "what the table holds".to_owned(),
        ("", title) => format!("“{title}”"),
        (measure, _) => format!("“{measure}”"),
    }
}

/// The largest amount of a file in single dollars is at least a million of them.
const LEAST_IN_FULL: f64 = 1e6;

/// The units of the chosen figures.
fn units(
    stated: &[Stated],
    chosen: &[Chosen],
    hints: &Hints,
    layout: Layout,
    asked: &Asked,
) -> Vec<Result<Money, Problem>> {
    let unit = |chosen: &Chosen| {
        let own = || stated.iter().filter(|it| it.measure == chosen.measure);
        let called = called(&chosen.measure, hints);
        if chosen.metric == Metric::Deals {
            return Ok(Money { unit: "count", factor: 1.0, how: "counted".to_owned(), prices: None });
        }
        let flag = asked.unit.as_deref().map(|words| (money::unit_of_flag(words), format!("--unit {words}")));
        let column = own().find(|it| !it.unit.is_empty()).map(|it| (money::unit(&it.unit), format!("“{}”", it.unit)));
        let heading = money::unit(&chosen.measure).map(|unit| (Some(unit), "its heading".to_owned()));
        let around = hints.unit.as_ref().map(|(words, place)| (money::unit(words), format!("“{words}”, {place}")));
        let sign = own()
            .find_map(|it| it.currency)
            .map(|code| (money::unit(code), "the sign in front of its numbers".to_owned()));
        // Our World in Data hands amounts out in single dollars, whatever its charts show. Small numbers are none of these:
        // somebody has made billions of them.
        let in_full = own().any(|it| (it.value * it.power).abs() >= LEAST_IN_FULL);
        let usual = (layout == Layout::OurWorldInData && in_full)
            .then(|| (money::unit("USD"), "amounts there are dollars in full".to_owned()));
        let found = flag.or(column).or(heading).or(around).or(sign).or(usual);
        match found {
            Some((Some(Unit::Money { currency, scale, prices }), how)) => {
                amount(chosen.metric, &currency, scale, asked).map(|(unit, factor)| Money { unit, factor, how, prices })
            }
            Some((Some(_), how)) => {
                let what = format!("{called} is to be {}, and its unit is no money: {how}", chosen.metric.word());
                Err(Problem::error(None, what, "write --unit \"USD bn\", or take another figure with --measure"))
            }
            Some((None, how)) => {
                let cure = "write --unit \"USD bn\", \"USD m\", USD or another currency with --rate";
                Err(Problem::error(None, format!("{how} is not a unit that is known"), cure))
            }
            None => Err(missing(Flag::Unit, &format!("the unit of {called}"), "\"USD bn\"")),
        }
    };
    chosen.iter().map(unit).collect()
}

/// Which regions are taken.
struct Regions {
    asked: Vec<String>,
    takes_eu: bool,
}

impl Regions {
    fn of(stated: &[Stated], asked: &Asked) -> Result<Self, Vec<Problem>> {
        let wanted: Vec<String> = asked.regions.iter().map(|name| region::named(name, "").word().to_owned()).collect();
        let absent = |(name, word): (&String, &String)| {
            (!stated.iter().any(|it| it.region.word() == word)).then(|| {
                let mut known: Vec<&str> = stated.iter().map(|it| it.called.as_str()).collect();
                known.sort_unstable();
                known.dedup();
                known.truncate(12);
                Problem::error(None, format!("the file has no region `{name}`"), format!("it has {}", known.join(", ")))
            })
        };
        let problems: Vec<Problem> = asked.regions.iter().zip(&wanted).filter_map(absent).collect();
        // Beside its members the European Union would be counted twice.
        let takes_eu = !stated.iter().any(|it| region::is_member(it.region.word()));
        if problems.is_empty() { Ok(Self { asked: wanted, takes_eu }) } else { Err(problems) }
    }

    fn takes(&self, region: &Named) -> bool {
        match region {
            _ if !self.asked.is_empty() => self.asked.iter().any(|it| it == region.word()),
            Named::Group(word) => word == "eu" && self.takes_eu,
            Named::One(_) => true,
        }
    }

    fn said(&self, kept: &[&Stated]) -> String {
        let mut words: Vec<&str> = kept.iter().map(|it| it.region.word()).collect();
        words.sort_unstable();
        words.dedup();
        let first: Vec<&str> = ["us", "china", "world"]
            .into_iter()
            .filter(|it| words.contains(it))
            .chain(words.iter().copied().filter(|it| !["us", "china", "world"].contains(it)))
            .collect();
        let more = if first.len() > 8 { format!(" and {} more", first.len() - 8) } else { String::new() };
        first.iter().take(8).copied().collect::<Vec<_>>().join(", ") + &more
    }
}

/// Figures that are used: of the chosen measures and regions, above zero, each said once.
fn kept<'a>(
    (grid, head): (&Grid, usize),
    stated: &'a [Stated],
    chosen: &[Chosen],
    regions: &Regions,
    asked: &Asked,
    account: &mut Account,
) -> Result<Vec<&'a Stated>, Vec<Problem>> {
    let mut found: Vec<&Stated> = Vec::new();
    let mut seen: BTreeMap<(&str, &str, i32, Option<&str>), &Stated> = BTreeMap::new();
    let mut problems = Vec::new();
    let mut voices: Vec<String> = Vec::new();
    for it in stated {
        let number = grid.lines[it.line].number;
        if !chosen.iter().any(|chosen| chosen.measure == it.measure) {
            account.leave_out("figures that were not asked for", number, &it.measure);
        } else if !regions.takes(&it.region) {
            let why = if asked.regions.is_empty() {
                "groups of countries, or no country by ISO 3166: --region takes them"
            } else {
                "regions that --region does not name"
            };
            account.leave_out(why, number, &it.called);
        } else if it.value <= 0.0 {
            account.leave_out(
                "zero or less, which the model cannot start from",
                number,
                &format!("{} {}", it.called, it.year),
            );
        } else if let Some(part) = it.part {
            // One such row says what all of them have in common.
            if problems.is_empty() {
                let what =
                    format!("{} is stated of a {} of {}, and the model counts years", it.called, part.kind, it.year);
                problems.push(Problem::error(grid.place(&grid.lines[it.line]), what, part.cure()));
            }
        } else {
            let key = (it.measure.as_str(), it.region.word(), it.year, it.edition.as_deref());
            match seen.get(&key) {
                Some(first) if first.value == it.value && first.said_by == it.said_by => {
                    account.leave_out("said twice in the same words", number, &it.called);
                }
                // One such pair says what all of them have in common.
                Some(first) if first.said_by == it.said_by => {
                    if problems.is_empty() {
                        problems.push(twice(grid, head, it, first));
                    }
                }
                _ => {
                    voices.push(it.said_by.clone());
                    seen.insert(key, it);
                    found.push(it);
                }
            }
        }
    }
    voices.sort_unstable();
    voices.dedup();
    if voices.len() > 1 && asked.source.is_none() {
        let what = format!(
            "the file holds {} scenarios: {}",
            voices.len(),
            voices.iter().take(6).cloned().collect::<Vec<_>>().join("; ")
        );
        let one = voices[0].rsplit(", ").next().unwrap_or_default();
        let cure = format!("take one of them: --where \"Scenario={one}\", and --where \"Model=…\" if it needs that");
        problems.push(Problem::error(None, what, cure));
    }
    if found.is_empty() && problems.is_empty() {
        let most = account.clone().reasons().into_iter().next();
        let why = most.map_or_else(String::new, |it| format!(": {} left out, {}", it.count, said_of(&it)));
        let cure = "take fewer of the flags that leave rows out, or name regions with --region";
        problems.push(Problem::error(None, format!("no figure is left{why}"), cure));
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// A warning for each name that is a letter or two off a region that every scenario knows, and whose figures are left out.
fn misspelt(grid: &Grid, stated: &[Stated], regions: &Regions) -> Vec<Problem> {
    let mut seen: Vec<&str> = Vec::new();
    let mut warnings = Vec::new();
    for it in stated.iter().filter(|it| !regions.takes(&it.region)) {
        let name = it.called.as_str();
        let Some(meant) = region::meant(name).filter(|_| !seen.contains(&name)) else { continue };
        seen.push(name);
        let figures = stated.iter().filter(|other| other.called == it.called).count();
        let what = format!("`{name}` is no country, so figures under that name are left out: {figures}");
        warnings.push(Problem::warning(grid.place(&grid.lines[it.line]), what, format!("did you mean {meant}?")));
    }
    warnings
}

/// Two columns of one name.
fn columns_of_one_name(grid: &Grid, head: usize, it: &Stated) -> Problem {
    let what = format!("two columns are called `{}`, or are of one region", it.called);
    let cure = "leave one of them out, or save each part of the table as a file of its own with a heading that says what it holds";
    Problem::error(grid.place(&grid.lines[head]), what, cure)
}

/// Two figures for one region and year.
fn twice(grid: &Grid, head: usize, it: &Stated, first: &Stated) -> Problem {
    if it.line == first.line {
        return columns_of_one_name(grid, head, it);
    }
    let name = if it.measure.is_empty() { "the value".to_owned() } else { format!("“{}”", it.measure) };
    let what = format!("{name} of {} in {} is {} here and {} above", it.called, it.year, it.text, first.text);
    let (here, above) = (&grid.lines[it.line], &grid.lines[first.line]);
    let differs = |column: &usize| {
        let (own, other) = (here.field(*column), above.field(*column));
        own != other && own != it.text && year::date(own).is_none()
    };
    let head = &grid.lines[head];
    let cure = match (0..head.fields.len()).rev().find(differs) {
        Some(column) => {
            let (heading, value) = (head.field(column), above.field(column));
            format!("rows differ in “{heading}”: pick some, such as --where \"{heading}={value}\"")
        }
        None => "keep one of the two; parts of a year, such as months, have to be added up first".to_owned(),
    };
    Problem::error(grid.place(here), what, cure).also(grid.place(above), "the other one")
}

/// A figure as a row of the CSV.
fn row(
    grid: &Grid,
    it: &Stated,
    (chosen, money): (&Chosen, &Money),
    hints: &Hints,
    latest: Option<&str>,
    asked: &Asked,
) -> Result<Row, Vec<Problem>> {
    let value = own::rounded(it.value * it.power * money.factor);
    let edition = it.edition.clone().or_else(|| hints.vintage.as_ref().map(|(it, _)| it.clone())).unwrap_or_default();
    let is_older = it.edition.as_deref().is_some_and(|it| Some(it) != latest);
    let line = grid.lines[it.line].number;
    let mut note = vec![if it.measure.is_empty() { hints.title.clone() } else { it.measure.clone() }];
    note.extend(money.prices.as_ref().map(|year| format!("in prices of {year}")));
    note.extend(asked.rule());
    note.extend(asked.note.clone());
    note.push(format!("line {line} of the file"));
    note.retain(|it| !it.is_empty());
    let source =
        hints.source.as_ref().map(|(it, _)| it.clone()).filter(|_| it.said_by.is_empty() || asked.source.is_some());
    Ok(Row {
        region: it.region.word().to_owned(),
        year: it.year,
        metric: chosen.metric,
        value,
        unit: money.unit,
        as_stated: it.text.clone(),
        is_context: is_older,
        source: source.unwrap_or_else(|| it.said_by.clone()),
        vintage: if asked.vintage.is_some() { asked.vintage.clone().unwrap_or_default() } else { edition },
        note: note.join("; "),
        at: Some(grid.place(&grid.lines[it.line])),
    })
}

/// What was taken for what, in sentences.
fn said(
    chosen: &[Chosen],
    units: &[Money],
    hints: &Hints,
    latest: Option<&str>,
    asked: &Asked,
) -> Vec<(&'static str, String)> {
    let mut said = Vec::new();
    for (chosen, money) in chosen.iter().zip(units) {
        let measure = called(&chosen.measure, hints);
        let unit = match money.unit {
            "count" => "counted".to_owned(),
            unit => format!("written in {unit}; unit from {}", money.how),
        };
        said.push((chosen.metric.word(), format!("{measure}, {}; {unit}", chosen.why)));
        if let Some(year) = &money.prices {
            said.push(("", format!("these are prices of {year}, not of each year: do not mix them with others")));
        }
    }
    match &hints.source {
        Some((source, how)) => said.push(("source", format!("{source} ({how})"))),
        None => said.push(("source", "model and scenario of each row".to_owned())),
    }
    match (latest.filter(|_| asked.vintage.is_none()), &hints.vintage) {
        (Some(latest), _) => {
            said.push(("edition", format!("{latest}, the latest of the file; earlier ones are kept as context")))
        }
        (None, Some((vintage, how))) => said.push(("edition", format!("{vintage} ({how})"))),
        (None, None) => {}
    }
    said.extend(asked.rule().map(|rule| ("rows", rule)));
    said
}
