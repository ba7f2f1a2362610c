//! `aigap data`: a file of figures in the layout of whoever publishes it becomes figures that a scenario can start from.

mod scenario;

use std::path::{Path, PathBuf};

use crate::data::{Dataset, facts_json, facts_table};
use crate::diagnostic::{Problem, Sources};
use crate::exchange::{self, Asked, Decimal, Encoding, Layout, Package, Understood};
use crate::store;
use crate::wording::quoted;

use super::outcome::Outcome;
use super::outputs;
use super::print::Terminal;

/// Flags of `aigap data`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap data private-investment-in-ai.csv --vintage 2024-04 -o own.csv --scenario own.toml
  aigap data table.xlsx --sheet \"Table 4\" --unit \"USD bn\" --source NCSES --vintage 2024 -o own.csv
  aigap data deals.csv --map date=Announced amount=\"Money Raised (in USD)\" country=Country
      --where Industry=\"Artificial Intelligence\" --source Crunchbase -o own.csv")]
pub(super) struct Arguments {
    /// A CSV, a workbook (.xlsx), or the datapackage.json beside CSVs.
    file: PathBuf,
    /// Write the figures as this program's own CSV.
    #[arg(short, long, value_name = "OWN.csv")]
    out: Option<PathBuf>,
    /// Write a scenario that starts from the figures, beside the file of --out.
    #[arg(long, value_name = "OWN.toml", requires = "out")]
    scenario: Option<PathBuf>,
    /// Replace the files of --out and --scenario.
    #[arg(long, requires = "out")]
    force: bool,
    /// Layout, where it is not to be recognised: own, owid, world-bank, iamc, hubverse, sdmx, table, deals.
    #[arg(long = "as", value_name = "LAYOUT", value_parser = layout)]
    layout: Option<Layout>,
    /// Columns by what they hold: date=…, amount=…, country=… [currency=…, id=…], or region=…, year=…, value=….
    #[arg(long, value_name = "WHAT=COLUMN", num_args = 1.., value_parser = pair)]
    map: Vec<(String, String)>,
    /// Which figure to take, and as what: funding="Private investment" (repeatable).
    #[arg(long, value_name = "METRIC=NAME")]
    measure: Vec<String>,
    /// Take the rows of this value alone (repeatable).
    #[arg(long = "where", value_name = "COLUMN=VALUE", value_parser = pair)]
    only: Vec<(String, String)>,
    /// Take these regions alone, groups of countries among them (repeatable).
    #[arg(long, value_name = "NAME")]
    region: Vec<String>,
    /// Unit of the values: "USD bn", "USD m", USD, deals.
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// Dollars for one unit of another currency: EUR=1.08 (repeatable).
    #[arg(long, value_name = "CODE=DOLLARS", value_parser = rate)]
    rate: Vec<(String, f64)>,
    /// Who says the figures.
    #[arg(long, value_name = "NAME", value_parser = filled)]
    source: Option<String>,
    /// Edition of the figures, best a date.
    #[arg(long, value_name = "DATE", value_parser = filled)]
    vintage: Option<String>,
    /// What to know about every figure, such as which deals count as AI.
    #[arg(long, value_name = "TEXT", value_parser = filled)]
    note: Option<String>,
    /// Sheet of a workbook, or table of a data package.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// How the bytes are letters: utf-8, utf-16, latin-1.
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// What stands in front of decimals: point, comma.
    #[arg(long, value_name = "MARK", value_parser = decimal)]
    decimal: Option<Decimal>,
    /// For programs: the figures, and what follows from them.
    #[arg(long)]
    json: bool,
}

fn layout(word: &str) -> Result<Layout, String> {
    let words = || Layout::ALL.map(Layout::word).join(", ");
    Layout::ALL.into_iter().find(|it| it.word() == word).ok_or_else(|| format!("write one of {}", words()))
}

fn pair(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
    parts
        .filter(|(a, b)| !a.is_empty() && !b.is_empty())
        .ok_or_else(|| "write two words with = between them".to_owned())
}

fn rate(text: &str) -> Result<(String, f64), String> {
    let (code, rate) = pair(text)?;
    let rate: Option<f64> = rate.parse().ok().filter(|it: &f64| it.is_finite() && *it > 0.0);
    let rate = rate.ok_or_else(|| "write the dollars for one unit: EUR=1.08".to_owned())?;
    let code = code.to_uppercase();
    exchange::doubt_of_rate(&code, rate).map_or(Ok((code, rate)), Err)
}

fn filled(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("it is empty".to_owned()) } else { Ok(text.to_owned()) }
}

fn encoding(word: &str) -> Result<Encoding, String> {
    match word.to_lowercase().as_str() {
        "utf-8" | "utf8" => Ok(Encoding::Utf8),
        "utf-16" | "utf16" => Ok(Encoding::Utf16),
        "latin-1" | "latin1" | "iso-8859-1" | "windows-1252" | "cp1252" => Ok(Encoding::Latin1),
        _ => Err("write utf-8, utf-16 or latin-1".to_owned()),
    }
}

fn decimal(word: &str) -> Result<Decimal, String> {
    match word {
        "point" | "." => Ok(Decimal::Point),
        "comma" | "," => Ok(Decimal::Comma),
        _ => Err("write point or comma".to_owned()),
    }
}

impl Arguments {
    fn asked(&self) -> Asked {
        Asked {
            layout: self.layout,
            map: self.map.clone(),
            measures: self.measure.clone(),
            only: self.only.clone(),
            regions: self.region.clone(),
            rates: self.rate.clone(),
            unit: self.unit.clone(),
            source: self.source.clone(),
            vintage: self.vintage.clone(),
            note: self.note.clone(),
            encoding: self.encoding,
            decimal: self.decimal,
            sheet: self.sheet.clone(),
            ..Asked::default()
        }
    }
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    for (path, ending) in [(&arguments.out, "csv"), (&arguments.scenario, "toml")] {
        if let Some(Err(outcome)) = path.as_ref().map(|path| outputs::ends_in(path, ending, terminal)) {
            return outcome;
        }
    }
    let written: Vec<&Path> = arguments.out.iter().chain(&arguments.scenario).map(PathBuf::as_path).collect();
    // Whether they are there is looked at when they are written.
    if let Err(outcome) = outputs::are_free(&written, &[&arguments.file], true, terminal) {
        return outcome;
    }
    let mut sources = Sources::default();
    let (understood, data) = match read(arguments, &mut sources) {
        Ok(both) => both,
        Err(problems) => {
            terminal.problems(&problems, &sources);
            return Outcome::Invalid;
        }
    };
    terminal.problems(&understood.warnings, &sources);
    let written = arguments
        .out
        .as_ref()
        .map_or(Ok(()), |path| write(path, &crate::table::marked(understood.csv.clone()), arguments.force));
    if let Err(why) = written.and_then(|()| write_scenario(arguments, &data)) {
        terminal.error(&why);
        return Outcome::CouldNot;
    }
    terminal.answer(&if arguments.json { facts_json(&data) } else { told(arguments, &understood, &data) });
    Outcome::Done
}

/// The figures of the file, checked as a scenario would check them.
fn read(arguments: &Arguments, sources: &mut Sources) -> Result<(Understood, Dataset), Vec<Problem>> {
    let mut understood = understood(arguments, sources)?;
    let shown = format!("{}, as read", arguments.file.display());
    let (mut data, warnings) = Dataset::parse_with_warnings(&shown, &understood.csv, sources)
        .map_err(|problems| understood.in_the_file(problems, sources))?;
    data.name = arguments.out.as_deref().unwrap_or(&arguments.file).display().to_string();
    let warnings = understood.in_the_file(warnings, sources);
    understood.warnings.extend(warnings);
    Ok((understood, data))
}

/// Reads the file as what it is: a package, a workbook or a text.
fn understood(arguments: &Arguments, sources: &mut Sources) -> Result<Understood, Vec<Problem>> {
    let (path, asked) = (&arguments.file, arguments.asked());
    let package = path.join("datapackage.json");
    let path = if path.is_dir() && package.is_file() { &package } else { path };
    let ending = path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = path.display().to_string();
    let bytes = bytes(path)?;
    match ending.as_str() {
        "json" => of_package(path, bytes, &asked, sources),
        "xlsx" | "xlsm" => exchange::read_workbook(&name, bytes, &asked, sources),
        "xls" | "ods" | "numbers" => {
            let cure = "save it as .xlsx, or the sheet as CSV";
            Err(vec![Problem::error(None, format!("{name} is a workbook of a kind that is not read"), cure)])
        }
        _ if asked.sheet.is_some() => {
            let cure = "leave --sheet out: it names a sheet of a workbook or a table of a data package";
            Err(vec![Problem::error(None, format!("{name} has no sheets"), cure)])
        }
        _ => exchange::read(&name, bytes, &asked, sources),
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Vec<Problem>> {
    let cure = "check the name and the folder";
    store::read(path).map_err(|why| vec![Problem::error(None, format!("cannot read {}: {why}", path.display()), cure)])
}

fn of_package(path: &Path, json: Vec<u8>, asked: &Asked, sources: &mut Sources) -> Result<Understood, Vec<Problem>> {
    let fail = |(what, cure): (String, String)| vec![Problem::error(None, format!("{} {what}", path.display()), cure)];
    let text =
        String::from_utf8(json).map_err(|_| fail(("is not UTF-8 text".to_owned(), "save it again".to_owned())))?;
    let package = Package::read(&text).map_err(fail)?;
    let resource =
        package.resource(asked.sheet.as_deref()).map_err(|(what, cure)| vec![Problem::error(None, what, cure)])?;
    let table = path.with_file_name("").join(&resource.path);
    exchange::read(&table.display().to_string(), bytes(&table)?, &package.answers(resource, asked), sources)
}

fn write(path: &Path, text: &str, force: bool) -> Result<(), String> {
    if path.exists() && !force && store::ordinary(path, 64 << 20).map_or(true, |bytes| bytes != text.as_bytes()) {
        return Err(format!("{} exists; choose another name, or replace it with --force", path.display()));
    }
    store::write_whole(path, text.as_bytes()).map_err(|why| format!("cannot write {}: {why}", path.display()))
}

/// Regions that are shown in full; the CSV has all.
const SHOWN: [&str; 6] = ["us", "china", "eu", "uk", "world", "rest"];

/// What was understood, the figures, and what to do next.
fn told(arguments: &Arguments, understood: &Understood, data: &Dataset) -> String {
    let mut text =
        format!("{} is read as {} ({}).\n\n", arguments.file.display(), understood.layout.title(), understood.dialect);
    let width = understood.said.iter().map(|(word, _)| word.chars().count()).max().unwrap_or(0);
    for (word, sentence) in &understood.said {
        text += &format!("  {word:<width$}  {sentence}\n");
    }
    text += &format!("\nFigures read: {}, used: {}\n", understood.read, understood.used);
    for it in &understood.left_out {
        let examples =
            if it.examples.is_empty() { String::new() } else { format!(", such as {}", it.examples.join("; ")) };
        text += &format!("  {:>6}  left out: {}{examples} (first in line {})\n", it.count, it.why, it.first_line);
    }
    text.push('\n');
    let mut shown = data.clone();
    shown.facts.retain(|fact| SHOWN.contains(&fact.region.as_str()));
    shown.observations.retain(|figure| SHOWN.contains(&figure.region.as_str()));
    if shown.facts.is_empty() {
        shown = data.clone();
    }
    text += &facts_table(&shown);
    text + &next(arguments, data)
}

fn next(arguments: &Arguments, data: &Dataset) -> String {
    let Some(path) = &arguments.out else {
        let file = quoted(&arguments.file.to_string_lossy());
        return format!(
            "\nNext: aigap data {file} … -o own.csv --scenario own.toml writes them, and a scenario that starts from them\n"
        );
    };
    let mut text = format!("\n{} is written.\n", path.display());
    let how = match &arguments.scenario {
        _ if scenario::last_year(data).is_none() => {
            "the figures have no year with funding of both us and china, which a run starts from".to_owned()
        }
        Some(file) => {
            text = format!("\n{} and {} are written.\n", path.display(), file.display());
            format!("aigap simulate {}", quoted(&file.to_string_lossy()))
        }
        None if scenario::has_deals(data) => {
            format!("aigap simulate base --set data={}", quoted(&path.to_string_lossy()))
        }
        None => "a scenario of funding alone; --scenario own.toml behind this command writes one".to_owned(),
    };
    text += &format!("Next: {how}\n");
    text
}

/// Writes the scenario beside the figures; says why not if it cannot.
fn write_scenario(arguments: &Arguments, data: &Dataset) -> Result<(), String> {
    let (Some(file), Some(figures)) = (&arguments.scenario, &arguments.out) else { return Ok(()) };
    if file.parent() != figures.parent() {
        return Err(
            "--scenario and --out name files of different folders; a scenario reads figures beside it".to_owned()
        );
    }
    match scenario::text(data, figures) {
        Some(text) => write(file, &text, arguments.force),
        None => Ok(()),
    }
}
