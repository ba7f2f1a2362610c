//! `workbook.xlsx`: the tables of a run for people who live in Excel, a sheet each, numbers as numbers.
//!
//! It is made from the very tables that the CSV files are written from, so that the two cannot disagree; assumptions and
//! sources are told in full, in numbers and in words. What users wrote is written as
//! text and never becomes a formula; a missing value is an empty cell; no clock is asked, so the bytes are stable.

mod charted;
mod front;
mod inputs;
mod look;
mod pivot;
mod plot;
mod rows;

use crate::parallel;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::declared::{self, Declaration};
use super::typed::Table;

use self::look::Looks;
use self::pivot::{Grid, Pivot};
use self::rows::{cell_text, write_table};

pub use charted::Charted;
pub use front::About;
pub use plot::{Plot, Series, Shape, Stroke};

/// Name of the file in a run folder.
pub const NAME: &str = "workbook.xlsx";

/// A sheet: the table it shows, its name, what it holds, and how its years stand across (none: rows as in the file).
struct Sheet {
    table: &'static Declaration,
    name: &'static str,
    holds: &'static str,
    pivot: Option<Pivot>,
}

const BY_MEASURE: &[&str] = &["metric", "region", "unit"];

static SHEETS: [Sheet; 22] = [
    Sheet {
        table: &declared::FAN,
        name: "Fan",
        holds: "observed values, then mean, sd and quantiles of all paths, years across",
        pivot: Some(Pivot { keys: BY_MEASURE, leave_out: &["scenario"] }),
    },
    Sheet {
        table: &declared::PROBABILITIES,
        name: "Probabilities",
        holds: "share of paths for each question, years across",
        pivot: Some(Pivot { keys: &["question", "definition"], leave_out: &["scenario"] }),
    },
    Sheet {
        table: &declared::MILESTONES,
        name: "Milestones",
        holds: "share of paths that have got there by each year",
        pivot: Some(Pivot { keys: &["milestone", "definition"], leave_out: &["scenario"] }),
    },
    Sheet {
        table: &declared::DECOMPOSITION,
        name: "Decomposition",
        holds: "what moved the gap, by side and component; terms add up",
        pivot: None,
    },
    Sheet {
        table: &declared::UNCERTAINTY,
        name: "Spread",
        holds: "how much of the spread comes from which layer of chance",
        pivot: None,
    },
    Sheet {
        table: &declared::COMPARE,
        name: "Effects",
        holds: "each what-if against the baseline, path by path on the same luck",
        pivot: None,
    },
    Sheet { table: &declared::INPUTS_DIFF, name: "Inputs changed", holds: "every input that differs", pivot: None },
    Sheet { table: &declared::ATTRIBUTION, name: "Attribution", holds: "which input did it", pivot: None },
    Sheet { table: &declared::ENSEMBLE, name: "Ensemble", holds: "the scenarios mixed by their weights", pivot: None },
    Sheet {
        table: &declared::SEEK,
        name: "What it takes",
        holds: "the value of each input at which the goal is just met",
        pivot: None,
    },
    Sheet {
        table: &declared::FRONTIER,
        name: "Frontier",
        holds: "what is needed of the second input for each value of the first",
        pivot: None,
    },
    Sheet { table: &declared::SEEK_SCAN, name: "First look", holds: "the target along each input", pivot: None },
    Sheet { table: &declared::SENSITIVITY, name: "Sensitivity", holds: "which input matters most", pivot: None },
    Sheet {
        table: &declared::SENSITIVITY_POINTS,
        name: "Five points",
        holds: "the target at five points of each input",
        pivot: None,
    },
    Sheet { table: &declared::SWEEP, name: "Sweep", holds: "targets over a grid of inputs", pivot: None },
    Sheet {
        table: &declared::BREAK_EVEN,
        name: "Break-even",
        holds: "where each target crosses its level",
        pivot: None,
    },
    Sheet {
        table: &declared::SHEET_ASSUMPTIONS,
        name: "Assumptions",
        holds: "every input: its law, its median and 80% range, its reason, its source and who set it",
        pivot: None,
    },
    Sheet {
        table: &declared::SHEET_SOURCES,
        name: "Sources",
        holds: "who said what: figures as they were stated, and the assumptions that rest on each source",
        pivot: None,
    },
    Sheet {
        table: &declared::OBSERVATIONS,
        name: "Observations",
        holds: "the figures used, with source and edition",
        pivot: None,
    },
    Sheet {
        table: &declared::SOURCES,
        name: "By source",
        holds: "the projection from the figures of each source",
        pivot: Some(Pivot { keys: &["source", "vintage", "metric", "region", "unit"], leave_out: &["scenario"] }),
    },
    Sheet { table: &declared::CHECKS, name: "Checks", holds: "what must hold of a plausible projection", pivot: None },
    Sheet {
        table: &declared::DISTRIBUTION,
        name: "Last year",
        holds: "ratio and gap of the last year: fifty futures and a histogram",
        pivot: None,
    },
];

/// The workbook of a run from its tables and its charts.
#[must_use]
pub fn workbook(about: &About, tables: &[Table], charted: &[Charted]) -> Vec<u8> {
    written(about, tables, charted)
        .expect("names are short, cells are within Excel's limits, and memory takes the bytes")
}

fn written(about: &About, tables: &[Table], charted: &[Charted]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Half of the time of the usual 6, for a file that is a tenth larger.
    book.set_zip_compression_level(2);
    let midnight = ExcelDateTime::from_ymd(2024, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(cell_text(&about.title))
        .set_comment(concat!("aigap ", env!("CARGO_PKG_VERSION")))
        .set_creation_datetime(&midnight);
    book.set_properties(&properties);
    let looks = Looks::new();
    let table = |wanted: &Declaration| about.tables.iter().chain(tables).find(|table| table.declaration() == wanted);
    let found: Vec<(&Sheet, &Table)> =
        SHEETS.iter().filter_map(|sheet| table(sheet.table).map(|table| (sheet, table))).collect();
    let plotted = charted.iter().any(|it| !it.plots.is_empty());
    let own = found.iter().map(|(sheet, _)| (sheet.name, sheet.holds));
    let front = plotted.then_some((charted::PLOTS, "charts to copy and change, drawn from the cells of Charted"));
    let back = (!charted.is_empty()).then_some((charted::NAME, "the numbers on each chart"));
    let sheets_of_book: Vec<(&str, &str)> = front.into_iter().chain(own).chain(back).collect();
    front::write(book.add_worksheet(), about, &sheets_of_book)?;
    if plotted {
        charted::plots(book.add_worksheet(), charted)?;
    }
    let sheets: Result<Vec<Worksheet>, XlsxError> =
        parallel::map(found.len(), |sheet| filled(found[sheet].0, found[sheet].1, &looks)).into_iter().collect();
    sheets?.into_iter().for_each(|sheet| {
        book.push_worksheet(sheet);
    });
    if !charted.is_empty() {
        charted::write(book.add_worksheet(), charted, &looks)?;
    }
    book.save_to_buffer()
}

/// A sheet with its table.
fn filled(sheet: &Sheet, table: &Table, looks: &Looks) -> Result<Worksheet, XlsxError> {
    let mut worksheet = Worksheet::new();
    worksheet.set_name(sheet.name)?;
    let grid = Grid::of(table).without_empty();
    match &sheet.pivot {
        Some(pivot) => {
            let turned = pivot.of(&grid);
            let keys = turned.column("quantity").map_or(0, |at| at + 1);
            write_table(&mut worksheet, &turned, looks, keys)?;
        }
        None => write_table(&mut worksheet, &grid, looks, 0)?,
    }
    Ok(worksheet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::typed::Field;

    fn about() -> About {
        About {
            title: "=1+1".into(),
            headline: "+cmd".into(),
            command: "aigap simulate a.toml".into(),
            paths: 10,
            seed: 1,
            caveats: vec!["@sum".into()],
            tables: Vec::new(),
        }
    }

    /// An input with these words.
    fn assumptions(words: [&str; 7]) -> Vec<Table> {
        let mut table = Table::new(&declared::ASSUMPTIONS);
        table.push(words.map(Field::from).into_iter().chain([Field::Count(4)]));
        let mut sheet = Table::new(&declared::OBSERVATIONS);
        let [a, b, c, d, ..] = words.map(Field::from);
        let (year, number) = (Field::Year(2023), Field::Number(1.0));
        sheet.push([a, year, b, number.clone(), number.clone(), number, c, d, "=1+1".into(), "-2".into()]);
        vec![table, sheet]
    }

    #[test]
    fn nothing_that_a_user_wrote_becomes_a_formula_and_the_bytes_are_stable() {
        let tables = assumptions(["=2+3", "=HYPERLINK(\"x\")", "-", "@a", "+b", "", "c.toml"]);
        let book = workbook(&about(), &tables, &[]);
        assert_eq!(book, workbook(&about(), &tables, &[]));
        // Whatever a text begins with, it stays one: only what is a number may be written as a number.
        let grid = Grid::of(&tables[0]);
        assert_eq!(grid.rows[0].iter().filter_map(Field::number).collect::<Vec<_>>(), [4.0]);
        let mut plain = Workbook::new();
        write_table(plain.add_worksheet(), &grid, &Looks::new(), 0).expect("within limits");
    }

    #[test]
    fn a_cell_takes_no_more_than_excel_allows() {
        let long = "界".repeat(40_000);
        assert!(!workbook(&about(), &assumptions([&long, "1", "", "", "", "", ""]), &[]).is_empty());
    }
}
