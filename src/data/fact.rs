//! Facts as stated: rows of a CSV with their provenance, and what can be wrong with a row.

use crate::diagnostic::{Place, Problem, Severity, did_you_mean};
use crate::units;

use super::rows::{Rows, rows};

/// Columns of a data set. `region`, `year`, `metric`, `value`, `unit`, `source` and `vintage` are required; without
/// `low` and `high` a value is taken as exact; without `role` it is a model input.
pub const COLUMNS: [&str; 13] = [
    "id",
    "region",
    "year",
    "metric",
    "value",
    "unit",
    "low",
    "high",
    "as_stated",
    "role",
    "source",
    "vintage",
    "note",
];

const REQUIRED: [&str; 7] = ["region", "year", "metric", "value", "unit", "source", "vintage"];

/// Metrics that the model starts from, each with its units and their factor to the unit of the model.
pub(super) const LEVELS: [(&str, &[(&str, f64)]); 3] = [
    ("deals", &[("count", 1.0), ("deals", 1.0)]),
    ("deal-size", &[("USD m", 1.0), ("$m", 1.0), ("USD bn", 1e3), ("$bn", 1e3)]),
    ("funding", &[("USD bn", 1.0), ("$bn", 1.0), ("USD m", 1e-3), ("$m", 1e-3)]),
];

/// Growth metrics: change against the year before, as a share.
pub(super) const GROWTHS: [(&str, &str); 2] = [("deal growth", "deals"), ("funding growth", "funding")];

/// Share of a region in the deals of the world.
const SHARE_OF_DEALS: &str = "share of world deals";

/// A growth of 300% a year is a percentage that was written as a number, in all figures that we have seen.
const PERCENT_OF_GROWTH: f64 = 3.0;

/// Most money of a year or a deal, in billions of dollars: ten times the product of the world.
const MOST_BILLIONS: f64 = 1e6;

/// What a fact is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The model starts from it.
    ModelInput,
    /// Nobody stated it; the model starts from an assumption with a range.
    Assumption,
    /// Shown, not used.
    Context,
}

impl Role {
    /// Its word in a CSV.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ModelInput => "model input",
            Self::Assumption => "assumption",
            Self::Context => "context",
        }
    }
}

/// A figure as stated, with who said it and in which edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// A word that names it.
    pub id: String,
    /// Region it is about.
    pub region: String,
    /// Calendar year it is about.
    pub year: i32,
    /// What it measures.
    pub metric: String,
    /// Central value, if one is stated.
    pub value: Option<f64>,
    /// Unit of the value.
    pub unit: String,
    /// Lower end of what its rounding leaves.
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
    /// The words of the source.
    pub as_stated: String,
    /// Whether the model starts from it or it is context.
    pub role: Role,
    /// Who said the figure.
    pub source: String,
    /// Edition it was said in.
    pub vintage: String,
    /// What to know about it.
    pub note: String,
    /// Its row in the file.
    pub(super) place: Place,
}

/// Region, year and metric.
pub(super) type Key = (String, i32, String);

/// Whether a metric is a level: deals, deal size or funding.
pub(super) fn is_level(metric: &str) -> bool {
    LEVELS.iter().any(|(name, _)| *name == metric)
}

/// Whether the model reads a metric in a unit, so that its figure can be one to start from.
pub(super) fn is_read(metric: &str, unit: &str) -> bool {
    let level = LEVELS.iter().any(|(name, units)| *name == metric && units.iter().any(|(known, _)| *known == unit));
    level || (unit == "share per year" && GROWTHS.iter().any(|(name, _)| *name == metric))
}

/// Who counted, behind a newspaper that passes figures on.
#[must_use]
pub fn counted_by(source: &str) -> &str {
    source.rsplit(" citing ").next().unwrap_or(source)
}

/// Whether two facts are of one edition: of one counter, whose figures a newspaper may pass on, and of one date.
pub(super) fn same_edition(a: &Fact, b: &Fact) -> bool {
    a.vintage == b.vintage && counted_by(&a.source) == counted_by(&b.source)
}

/// Facts of a CSV, and every problem in it.
pub(super) fn parse(text: &str, file: usize) -> (Vec<Fact>, Vec<Problem>) {
    let (Rows { mut header, header_span, rows }, mut problems) = rows(text, file);
    // Spreadsheets begin the names of columns with a capital.
    header.iter_mut().for_each(|name| *name = name.to_lowercase());
    let at = |span| Place { file, span };
    if header.is_empty() {
        if problems.is_empty() {
            let cure = format!("write a header line: {}", REQUIRED.join(","));
            problems.push(Problem::error(at(0..0), "the data file is empty", cure));
        }
        return (Vec::new(), problems);
    }
    let of_header = header_problems(&header, &at(header_span.clone()), text);
    // Rows below a header that is not understood would be judged by the wrong columns.
    if !of_header.is_empty() {
        return (Vec::new(), of_header);
    }
    let mut facts = Vec::new();
    for row in rows {
        let field =
            |name: &str| header.iter().position(|known| known == name).map_or("", |place| row.fields[place].as_str());
        let before = problems.len();
        let fact = Row { field: &field, place: at(row.span.clone()) }.read(&mut problems);
        facts.extend(fact.filter(|_| problems.len() == before));
    }
    if facts.is_empty() && !problems.iter().any(|problem| problem.severity == Severity::Error) {
        problems.push(Problem::error(at(header_span), "the data file has no rows", "write one row for each figure"));
    }
    (facts, problems)
}

fn header_problems(header: &[String], place: &Place, text: &str) -> Vec<Problem> {
    // A first line without any name of a column is a row: what is wrong is one thing, not every cell of it.
    if !header.iter().any(|name| COLUMNS.contains(&name.as_str()) || did_you_mean(name, COLUMNS).is_some()) {
        let names = |line: &str| line.split(',').filter(|cell| COLUMNS.contains(&cell.trim())).count() >= 3;
        let cure = match text.lines().position(names) {
            Some(above) => format!("they are named in line {}: take what stands above it out", above + 1),
            None => format!("write them above it: {}", REQUIRED.join(",")),
        };
        return vec![Problem::error(place.clone(), "the first line names no column", cure)];
    }
    let mut problems = Vec::new();
    for (column, name) in header.iter().enumerate() {
        if !COLUMNS.contains(&name.as_str()) {
            let hint =
                did_you_mean(name, COLUMNS).map_or_else(String::new, |known| format!("did you mean `{known}`? "));
            let cure = format!("{hint}the columns are {}", COLUMNS.join(", "));
            problems.push(Problem::error(place.clone(), format!("unknown column `{name}`"), cure));
        } else if header[..column].contains(name) {
            let cure = "take one of them out: only the first would be read";
            problems.push(Problem::error(place.clone(), format!("there are two columns `{name}`"), cure));
        }
    }
    // A column that is misspelt is asked about already.
    let meant = |name: &&&str| header.iter().any(|own| own == **name || did_you_mean(own, COLUMNS) == Some(**name));
    for name in REQUIRED.iter().filter(|name| !meant(name)) {
        problems.push(Problem::error(place.clone(), format!("column `{name}` is missing"), "add it to the header"));
    }
    problems
}

struct Row<'a> {
    field: &'a dyn Fn(&str) -> &'a str,
    place: Place,
}

impl Row<'_> {
    fn read(&self, problems: &mut Vec<Problem>) -> Option<Fact> {
        let text = |name: &str| (self.field)(name).to_owned();
        for name in ["region", "metric", "unit", "source", "vintage"] {
            // An exchange rate belongs to no region.
            let needed = name != "region" || text("metric") != "exchange rate";
            if needed && text(name).is_empty() {
                self.problem(problems, format!("`{name}` is empty"), "every figure needs it, or it cannot be traced");
            }
        }
        let region = text("region");
        if !region.is_empty() && !region.chars().any(char::is_alphabetic) {
            let what = format!("`{region}` is no name of a region");
            self.problem(problems, what, "write a word, such as us: sentences and addresses are made of it");
        }
        let year = units::year((self.field)("year")).ok();
        if year.is_none() {
            match units::period::period((self.field)("year")) {
                Some(part) => {
                    let what = format!("`{}` is a {}, and the model counts years", text("year"), part.kind);
                    self.problem(problems, what, &part.cure());
                }
                None => {
                    self.problem(problems, format!("`{}` is not a year", text("year")), "write a year such as 2023")
                }
            }
        }
        let role = match (self.field)("role") {
            "" | "model input" => Role::ModelInput,
            "assumption" => Role::Assumption,
            "context" => Role::Context,
            other => {
                let what = format!("`{other}` is not a role");
                self.problem(problems, what, "write model input, assumption or context");
                Role::Context
            }
        };
        let [value, low, high] = ["value", "low", "high"].map(|name| self.number(name, problems));
        if role != Role::Context {
            self.check_level(value, low, high, problems);
        }
        Some(Fact {
            id: text("id"),
            region: text("region"),
            year: year?,
            metric: text("metric"),
            value,
            unit: text("unit"),
            low: low.or(value),
            high: high.or(value),
            as_stated: text("as_stated"),
            role,
            source: text("source"),
            vintage: text("vintage"),
            note: text("note"),
            place: self.place.clone(),
        })
    }

    fn number(&self, name: &str, problems: &mut Vec<Problem>) -> Option<f64> {
        let text = (self.field)(name);
        if text.is_empty() {
            return None;
        }
        let value = units::decimal(text).ok();
        if value.is_none() {
            let cure = match units::percent(text) {
                Ok(share) => format!("write {text} as {}", shortest(share)),
                Err(_) => "write a plain number with a decimal point, without currency signs or thousands separators"
                    .to_owned(),
            };
            self.problem(problems, format!("`{name}` is `{text}`, which is not a number"), &cure);
        }
        value
    }

    /// What a figure must satisfy before the model may start from it.
    fn check_level(&self, value: Option<f64>, low: Option<f64>, high: Option<f64>, problems: &mut Vec<Problem>) {
        let (metric, unit) = ((self.field)("metric"), (self.field)("unit"));
        if value.is_none() && (self.field)("value").is_empty() {
            self.problem(problems, "`value` is empty".to_owned(), "write the figure, or give the row the role context");
        }
        if let (Some(value), low, high) = (value, low, high)
            && !(low.unwrap_or(value) <= value && value <= high.unwrap_or(value))
        {
            self.problem(problems, "the value is not between `low` and `high`".to_owned(), "put low ≤ value ≤ high");
        }
        if let Some((_, units)) = LEVELS.iter().find(|(name, _)| *name == metric) {
            if !units.iter().any(|(known, _)| *known == unit) {
                let known: Vec<&str> = units.iter().map(|(known, _)| *known).collect();
                self.problem(problems, format!("`{unit}` is not a unit of {metric}"), &known.join(" or "));
            }
            self.check_size(value, metric, unit, problems);
            if value.is_some_and(|value| value <= 0.0) || low.is_some_and(|low| low <= 0.0) {
                let cure = "the model works on logarithms and cannot start from zero or less";
                self.problem(problems, format!("{metric} must be positive"), cure);
            }
        } else if GROWTHS.iter().any(|(name, _)| *name == metric) {
            if unit != "share per year" {
                self.problem(problems, format!("`{unit}` is not a unit of {metric}"), "share per year, such as 0.14");
            }
            if [value, low].into_iter().flatten().any(|growth| growth <= -1.0) {
                self.problem(problems, format!("{metric} cannot be −100% or less"), "write −38% as -0.38");
            }
            if let Some(growth) = [value, high].into_iter().flatten().find(|growth| *growth >= PERCENT_OF_GROWTH) {
                let what = format!("{metric} of {growth} is {}% in a year", shortest(100.0 * growth));
                let cure = format!(
                    "did you mean {growth}%? write it as {}; for {}% give the levels of both years",
                    shortest(growth / 100.0),
                    shortest(100.0 * growth)
                );
                self.problem(problems, what, &cure);
            }
        } else if metric == SHARE_OF_DEALS {
            let beyond = |share: &f64| *share <= 0.0 || *share > 1.0;
            if let Some(share) = [value, low, high].into_iter().flatten().find(beyond) {
                let what = format!("a share of {share} is not between 0 and 1");
                let cure = if share > 1.0 && share <= 100.0 {
                    format!("did you mean {share}%? write it as {}", shortest(share / 100.0))
                } else {
                    "write 46% as 0.46".to_owned()
                };
                self.problem(problems, what, &cure);
            }
        } else if metric == "exchange rate" {
            if unit != "USD per CNY" {
                let one = value
                    .filter(|value| *value > 0.0)
                    .map_or(String::new(), |value| format!(": 1 / {value} is {}", (1e4 / value).round() / 1e4));
                self.problem(
                    problems,
                    format!("`{unit}` is not a unit of an exchange rate"),
                    &format!("write it in USD per CNY{one}"),
                );
            }
        } else {
            let known: Vec<&str> = LEVELS.iter().map(|it| it.0).chain(GROWTHS.iter().map(|it| it.0)).collect();
            let hint = did_you_mean(metric, known.iter().copied());
            let hint = hint.map_or_else(String::new, |known| format!("did you mean `{known}`? "));
            let cure = format!("{hint}the model reads {}; give other figures the role context", known.join(", "));
            self.problem(problems, format!("the model does not know the metric `{metric}`"), &cure);
        }
    }

    /// Deals are counted, and amounts are not larger than the economy of the world.
    fn check_size(&self, value: Option<f64>, metric: &str, unit: &str, problems: &mut Vec<Problem>) {
        let (Some(value), text) = (value, (self.field)("value")) else { return };
        if metric == "deals" && value.fract() != 0.0 {
            let cure = if units::may_be_thousands(text) {
                format!("write {} if thousands are meant: a point stands in front of decimals", text.replace('.', ""))
            } else {
                "write how many there were; what its rounding leaves stands in `low` and `high`".to_owned()
            };
            self.problem(problems, format!("{text} deals are no whole number of them"), &cure);
        }
        let factor = LEVELS.iter().find(|(name, _)| *name == metric);
        let factor = factor.and_then(|(_, units)| units.iter().find(|(known, _)| *known == unit)).map(|it| it.1);
        if let (Some(factor), true) = (factor, matches!(metric, "funding" | "deal-size")) {
            let billions = if metric == "funding" { value * factor } else { value * factor / 1e3 };
            if billions > MOST_BILLIONS {
                let what = format!("{metric} of {text} {unit} is ten times what the whole world makes in a year");
                let cure = format!("is it in single dollars? then write {} USD bn", shortest(value / 1e9));
                self.problem(problems, what, &cure);
            }
        }
    }

    fn problem(&self, problems: &mut Vec<Problem>, what: String, cure: &str) {
        problems.push(Problem::error(self.place.clone(), what, cure));
    }
}

/// A number without the noise of binary fractions: 0.14, not 0.14000000000000001.
fn shortest(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}
