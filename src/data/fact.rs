//! Facts as stated: rows of a CSV with their provenance, and what can be wrong with a row.

use crate::diagnostic::{Place, Problem, did_you_mean};

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
    /// Bytes of its row in the file.
    pub(super) span: std::ops::Range<usize>,
}

/// Facts of a CSV, and every problem in it.
pub(super) fn parse(text: &str, file: usize) -> (Vec<Fact>, Vec<Problem>) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let at = |span| Place { file, span };
    let header = match reader.headers() {
        Ok(header) if header.iter().any(|name| !name.is_empty()) => header.clone(),
        _ => {
            let cure = format!("write a header line: {}", REQUIRED.join(","));
            return (Vec::new(), vec![Problem::error(None, "the data file is empty", cure)]);
        }
    };
    let first_line = 0..text.find('\n').unwrap_or(text.len());
    let mut problems = header_problems(&header, &at(first_line));
    if !problems.is_empty() {
        return (Vec::new(), problems);
    }
    let mut facts = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(_) => {
                problems.push(Problem::error(None, "the data file is not UTF-8 text", "save it as CSV in UTF-8"));
                break;
            }
        }
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        // A record starts behind the line feed of the one before, which the reader counts as its own.
        let start = start + text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        let span = start..text[start..].find('\n').map_or(text.len(), |length| start + length);
        let before = problems.len();
        if record.len() != header.len() {
            let what = format!("this row has {} fields where the header has {}", record.len(), header.len());
            problems.push(Problem::error(at(span), what, "put text that holds a comma in double quotes"));
            continue;
        }
        let field =
            |name: &str| header.iter().position(|known| known == name).and_then(|i| record.get(i)).unwrap_or("");
        let fact = Row { field: &field, place: at(span.clone()) }.read(&mut problems);
        if let (Some(fact), true) = (fact, problems.len() == before) {
            facts.push(Fact { span, ..fact });
        }
    }
    if facts.is_empty() && problems.is_empty() {
        problems.push(Problem::error(None, "the data file has no rows", "write one row for each figure"));
    }
    (facts, problems)
}

fn header_problems(header: &csv::StringRecord, place: &Place) -> Vec<Problem> {
    let mut problems = Vec::new();
    for name in header.iter().filter(|name| !COLUMNS.contains(name)) {
        let hint = did_you_mean(name, COLUMNS).map_or_else(String::new, |known| format!("did you mean `{known}`? "));
        let cure = format!("{hint}the columns are {}", COLUMNS.join(", "));
        problems.push(Problem::error(place.clone(), format!("unknown column `{name}`"), cure));
    }
    for (column, name) in header.iter().enumerate() {
        if COLUMNS.contains(&name) && header.iter().take(column).any(|before| before == name) {
            let cure = "take one of them out: only the first would be read";
            problems.push(Problem::error(place.clone(), format!("there are two columns `{name}`"), cure));
        }
    }
    for name in REQUIRED.iter().filter(|name| !header.iter().any(|known| known == **name)) {
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
        let year = text("year").parse::<i32>().ok().filter(|year| (1900..=2200).contains(year));
        if year.is_none() {
            self.problem(problems, format!("`{}` is not a year", text("year")), "write a year such as 2023");
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
            span: 0..0,
        })
    }

    fn number(&self, name: &str, problems: &mut Vec<Problem>) -> Option<f64> {
        let text = (self.field)(name);
        if text.is_empty() {
            return None;
        }
        let value = text.parse::<f64>().ok().filter(|value| value.is_finite());
        if value.is_none() {
            let cure = "write a plain number with a decimal point, without currency signs or thousands separators";
            self.problem(problems, format!("`{name}` is `{text}`, which is not a number"), cure);
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
        } else if !["share of world deals", "exchange rate"].contains(&metric) {
            let known: Vec<&str> = LEVELS.iter().map(|it| it.0).chain(GROWTHS.iter().map(|it| it.0)).collect();
            let hint = did_you_mean(metric, known.iter().copied());
            let hint = hint.map_or_else(String::new, |known| format!("did you mean `{known}`? "));
            let cure = format!("{hint}the model reads {}; give other figures the role context", known.join(", "));
            self.problem(problems, format!("the model does not know the metric `{metric}`"), &cure);
        }
    }

    fn problem(&self, problems: &mut Vec<Problem>, what: String, cure: &str) {
        problems.push(Problem::error(self.place.clone(), what, cure));
    }
}
