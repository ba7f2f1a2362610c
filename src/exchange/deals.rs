//! Lists of deals, as Crunchbase, PitchBook, IT Juzi, Dealroom and others hand them out, added up to years and regions.
//!
//! A deal without an amount is a deal. Which deals count as AI is the user's rule, and stands in the note of every row.

mod odd;
mod usual;

pub(super) use usual::suggested;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Problem;
use crate::units;

use super::account::Account;
use super::asked::{self, Asked, Decimal, Flag};
use super::dialect;
use super::grid::{Grid, Line};
use super::layout::Layout;
use super::measures::{Metric, amount};
use super::melt;
use super::money::{self, Unit};
use super::number::{self, Found};
use super::own::{self, Row};
use super::region::{self, Named};
use super::understood::Understood;
use super::year::{self, Date};

/// Columns of a list of deals.
pub(super) struct Columns {
    head: usize,
    date: usize,
    amount: usize,
    country: usize,
    currency: Option<usize>,
    id: Option<usize>,
}

impl Columns {
    /// Columns by what they hold; [`missing`] has seen to it that the needed ones are there.
    pub(super) fn new(head: usize, of: &dyn Fn(&str) -> Option<usize>) -> Self {
        let needed = |key| of(key).expect("missing columns are problems");
        let [date, amount, country] = ["date", "amount", "country"].map(needed);
        Self { head, date, amount, country, currency: of("currency"), id: of("id") }
    }
}

/// What `--map` has to say of deals and does not.
pub(super) fn missing(asked: &Asked) -> Vec<Problem> {
    let absent = |key: &&&str| !asked.map.iter().any(|(known, _)| known == **key);
    let problem = |key: &str| {
        let what = format!("--map does not say which column is the {key}");
        Problem::error(None, what, "deals need three: --map date=COLUMN amount=COLUMN country=COLUMN")
    };
    ["date", "amount", "country"].iter().filter(absent).map(|key| problem(key)).collect()
}

/// Deals of a region in a year.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    deals: u32,
    with_amount: u32,
    dollars: f64,
}

struct Reader<'a> {
    grid: &'a Grid,
    columns: &'a Columns,
    asked: &'a Asked,
    decimal: Decimal,
    /// Currency and power of ten of amounts that do not say it themselves.
    unit: Option<(String, f64)>,
    account: Account,
    seen: BTreeSet<Vec<String>>,
    last: Option<Date>,
    /// Year of the edition, where its name begins with one.
    edition: Option<i32>,
    /// Cells that name the US or China in front of another country.
    several: Vec<(usize, String)>,
    /// Amounts that are said roughly.
    rough: Vec<String>,
    tallies: BTreeMap<(String, i32), Tally>,
    problems: Vec<Problem>,
    /// Currencies that have no rate, each complained of once.
    unknown: BTreeSet<String>,
}

/// Adds a list of deals up.
pub(super) fn read(grid: &Grid, columns: &Columns, name: &str, asked: &Asked) -> Result<Understood, Vec<Problem>> {
    let body: Vec<&Line> = grid.lines[columns.head + 1..].iter().collect();
    let decimal = number::decimal(grid, &body, &[columns.amount], asked.decimal).map_err(|problem| vec![problem])?;
    let kept = melt::kept(grid, columns.head, asked)?;
    let unit = unit(grid, columns, asked)?;
    let mut reader = Reader {
        grid,
        columns,
        asked,
        decimal,
        unit,
        account: Account::default(),
        seen: BTreeSet::new(),
        last: None,
        edition: asked.vintage.as_deref().and_then(|it| units::year(it.get(..4)?).ok()),
        several: Vec::new(),
        rough: Vec::new(),
        tallies: BTreeMap::new(),
        problems: Vec::new(),
        unknown: BTreeSet::new(),
    };
    for line in &body {
        if melt::is_kept(line, &kept) {
            reader.line(line);
        } else {
            reader.account.leave_out("deals that --where leaves out", line.number, "");
        }
    }
    if asked.source.is_none() {
        reader.problems.push(asked::missing(Flag::Source, "who keeps this list", "\"Crunchbase\""));
    }
    if reader.tallies.is_empty() && reader.problems.is_empty() {
        let cure = "look at --where and at the columns of --map";
        reader.problems.push(Problem::error(None, "no deal of the list has a date and a country", cure));
    }
    if reader.problems.is_empty() { Ok(reader.understood(name, body.len())) } else { Err(reader.problems) }
}

/// Currency and power of ten that amounts have by flag or heading.
fn unit(grid: &Grid, columns: &Columns, asked: &Asked) -> Result<Option<(String, f64)>, Vec<Problem>> {
    let heading = grid.lines[columns.head].field(columns.amount);
    let found = match &asked.unit {
        Some(words) => money::unit_of_flag(words),
        None => money::unit(heading),
    };
    match (found, &asked.unit) {
        (Some(Unit::Money { currency, scale, .. }), _) => Ok(Some((currency, scale))),
        (_, Some(words)) => {
            let cure = "write the currency and what its numbers count: --unit USD, --unit \"USD m\"";
            Err(vec![Problem::error(None, format!("--unit {words} is no unit of money that is known"), cure)])
        }
        _ => Ok(None),
    }
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a Line) {
        let (date, country) = (line.field(self.columns.date), line.field(self.columns.country));
        if line.filled() <= 1 || melt::is_remark(line.field(0)) {
            self.account.leave_out("lines of words, no deals", line.number, "");
            return;
        }
        let identity = match self.columns.id {
            Some(column) if !line.field(column).is_empty() => vec![line.field(column).to_owned()],
            _ => line.fields.clone(),
        };
        if !self.seen.insert(identity) {
            self.account.leave_out("deals that stand in the list twice", line.number, line.field(0));
            return;
        }
        if date.is_empty() {
            self.account.leave_out("deals without a date", line.number, line.field(0));
            return;
        }
        let Some(date) = year::date(date) else {
            self.problem(line, &format!("`{date}` is not a date"), "write it as 2023-12-31, or leave it empty");
            return;
        };
        if let Some(edition) = self.edition.filter(|edition| date.year > *edition) {
            let what = format!("a deal of {date} is later than the edition of the list, {edition}");
            self.problem(line, &what, "correct its date, take the row out, or write the edition with --vintage");
            return;
        }
        let Some(region) = region_of(country) else {
            self.account.leave_out("deals without a country that ISO 3166 knows", line.number, country);
            return;
        };
        if !self.asked.regions.is_empty() && !self.asked.regions.iter().any(|it| region::named(it, "").word() == region)
        {
            self.account.leave_out("deals of regions that --region does not name", line.number, country);
            return;
        }
        if odd::names_another(country, &region) {
            self.several.push((line.number, country.to_owned()));
        }
        let Some(amount) = self.amount(line) else { return };
        let later = self.last.is_none_or(|last| (date.year, date.month, date.day) > (last.year, last.month, last.day));
        self.last = if later { Some(date) } else { self.last };
        let tally = self.tallies.entry((region, date.year)).or_default();
        tally.deals += 1;
        if let Some(dollars) = amount {
            tally.with_amount += 1;
            tally.dollars += dollars;
        }
    }

    /// Dollars of a deal, `Some(None)` if it has no amount; `None` if something is wrong with it.
    fn amount(&mut self, line: &'a Line) -> Option<Option<f64>> {
        let text = line.field(self.columns.amount);
        let (value, sign) = match number::number(text, self.decimal) {
            Found::Missing => return Some(None),
            Found::Number(value, _) if value < 0.0 => {
                let cure = "write what was raised, leave the amount empty, or take the row out: a repayment is no deal";
                self.problem(line, &format!("`{text}` is a negative amount"), cure);
                return None;
            }
            Found::Number(0.0, _) => return Some(None),
            Found::Number(value, sign) => (value, sign),
            Found::NoNumber if odd::is_rough(text) => {
                self.rough.push(text.to_owned());
                return Some(None);
            }
            Found::NoNumber => {
                let cure = "write the amount alone, or leave it empty: a deal without an amount is a deal";
                self.problem(line, &format!("`{text}` is not an amount"), cure);
                return None;
            }
        };
        let column = self.columns.currency.map(|column| line.field(column)).filter(|it| !it.is_empty());
        let own = column.map(|words| match money::unit_of_flag(&words.to_uppercase()) {
            Some(Unit::Money { currency, .. }) => currency,
            _ => words.to_uppercase(),
        });
        let scale = self.unit.as_ref().map_or(1.0, |(_, scale)| *scale);
        let usual = self.unit.as_ref().map(|(currency, _)| currency.clone());
        let Some(currency) = own.or(sign.map(str::to_owned)).or(usual) else {
            let problem =
                asked::missing(Flag::Unit, "the currency of its amounts", "USD, or \"USD m\" if they are in millions");
            if self.unknown.insert(String::new()) {
                self.problems.push(problem);
            }
            return None;
        };
        match amount(Metric::Funding, &currency, scale, self.asked) {
            // What a flag or heading says of the scale is not said again by 1.5m.
            Ok((_, factor)) => Some(Some(value * factor)),
            Err(problem) => {
                if self.unknown.insert(currency) {
                    let cure = format!("{}; or leave these deals out with --where", problem.cure);
                    self.problems.push(Problem { place: Some(self.grid.place(line)), cure, ..problem });
                }
                None
            }
        }
    }

    fn problem(&mut self, line: &Line, what: &str, cure: &str) {
        self.problems.push(Problem::error(self.grid.place(line), what, cure));
    }

    fn understood(self, name: &str, read: usize) -> Understood {
        let last = self.last.expect("a tally has a date");
        let unfinished = (last.month > 0 && last.month < 12).then_some(last.year);
        let mut rule: Vec<String> = self.asked.rule().into_iter().chain(self.asked.note.clone()).collect();
        let mut warnings = Vec::new();
        if rule.is_empty() {
            rule.push("every deal of the list; no rule for AI was given".to_owned());
            let cure = "--where COLUMN=VALUE takes some of them; --note \"…\" says by which rule the list was made";
            warnings.push(Problem::warning(None, "every deal of the list counts as one in AI", cure));
        }
        let rule = rule.join("; ");
        let vintage = self.asked.vintage.clone().unwrap_or_else(|| last.to_string());
        let source = self.asked.source.clone().unwrap_or_else(|| name.to_owned());
        let mut rows = Vec::new();
        let mut used = 0;
        let mut without = 0;
        for ((region, year), tally) in &self.tallies {
            used += tally.deals as usize;
            without += (tally.deals - tally.with_amount) as usize;
            let is_context = unfinished == Some(*year);
            let mut note =
                format!("{} deals, {} of them without an amount; {rule}", tally.deals, tally.deals - tally.with_amount);
            if is_context {
                note += &format!("; a part of a year, until {last}");
            }
            let row = |metric, value: f64, unit| Row {
                region: region.clone(),
                year: *year,
                metric,
                value: own::rounded(value),
                unit,
                as_stated: String::new(),
                is_context,
                source: source.clone(),
                vintage: vintage.clone(),
                note: note.clone(),
                at: None,
            };
            rows.push(row(Metric::Deals, f64::from(tally.deals), "count"));
            if tally.with_amount > 0 {
                rows.push(row(Metric::Funding, tally.dollars, "USD bn"));
            }
        }
        let mut said = vec![
            (
                "deals",
                format!(
                    "{used}, added up to {} rows of one region and one year each; without an amount: {without}, which are deals all the same",
                    self.tallies.len()
                ),
            ),
            ("funding", "amounts added up, written in USD bn".to_owned()),
            ("source", format!("{source} (--source)")),
            (
                "edition",
                match self.asked.vintage {
                    Some(_) => format!("{vintage} (--vintage)"),
                    None => format!("{vintage} (the last deal of the list)"),
                },
            ),
            ("rule for AI", rule),
        ];
        if without > 0 {
            let words = "funding over all deals: too low where amounts are missing".to_owned();
            said.insert(2, ("deal-size", words));
        }
        said.extend(
            unfinished
                .map(|year| ("unfinished", format!("the list ends on {last}: {year} is kept as context and not used"))),
        );
        warnings.extend(own::checked(&rows));
        let years: BTreeSet<i32> = self.tallies.keys().map(|(_, year)| *year).collect();
        warnings.extend(odd::warnings(&years, &self.several, &self.rough));
        let dialect = dialect::described(self.grid.separator, self.decimal);
        Understood {
            layout: Layout::Deals,
            dialect,
            csv: own::csv(own::sorted(rows)),
            said,
            read,
            used,
            left_out: self.account.reasons(),
            warnings,
            stated_at: Vec::new(),
        }
    }
}

/// The region of a deal; of `San Francisco, California, United States` the country is the last part, and the last but one
/// where a continent follows.
fn region_of(country: &str) -> Option<String> {
    let mut parts = country.rsplit(',').map(str::trim);
    let last = parts.find(|part| !odd::is_continent(part)).unwrap_or(country);
    [country, last].into_iter().find_map(|name| match region::named(name, "") {
        Named::One(word) if !word.is_empty() => Some(word),
        _ => None,
    })
}
