//! `workbook.xlsx`: the tables of a run for people who live in Excel, a sheet each, numbers as numbers.
//!
//! It is made from the very tables that the CSV files are written from, so that the two cannot disagree; assumptions and
//! sources are told in full, in numbers and in words. What users wrote is written as
//! text and never becomes a formula; a missing value is an empty cell; no clock is asked, so the bytes are stable.

mod inputs;
mod look;
mod pivot;

use crate::parallel;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::declared::{self, Declaration};
use super::typed::{Field, Table};

use self::look::{Looks, Namers};
use self::pivot::{Grid, Pivot};

/// Name of the file in a run folder.
pub const NAME: &str = "workbook.xlsx";

/// Most characters that a cell of Excel holds.
const MOST_CHARACTERS: usize = 32_767;

/// What the first sheet says.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// Title of the scenario or the comparison.
    pub title: String,
    /// The finding in one sentence.
    pub headline: String,
    /// The command that makes it again.
    pub command: String,
    /// Number of paths.
    pub paths: u64,
    /// Seed of the random numbers.
    pub seed: u64,
    /// What a reader must know besides.
    pub caveats: Vec<String>,
    /// Tables that stand in no file of the folder: what went in ([`About::of`]), scenarios by themselves.
    pub tables: Vec<Table>,
}

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

/// The workbook of a run from its tables, and those of its charts by name.
#[must_use]
pub fn workbook(about: &About, tables: &[Table], charted: &[(String, Table)]) -> Vec<u8> {
    written(about, tables, charted)
        .expect("names are short, cells are within Excel's limits, and memory takes the bytes")
}

fn written(about: &About, tables: &[Table], charted: &[(String, Table)]) -> Result<Vec<u8>, XlsxError> {
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
    about_sheet(book.add_worksheet(), about, &found, !charted.is_empty())?;
    let sheets: Result<Vec<Worksheet>, XlsxError> =
        parallel::map(found.len(), |sheet| filled(found[sheet].0, found[sheet].1, &looks)).into_iter().collect();
    sheets?.into_iter().for_each(|sheet| {
        book.push_worksheet(sheet);
    });
    if !charted.is_empty() {
        charted_sheet(book.add_worksheet(), charted, &looks)?;
    }
    book.save_to_buffer()
}

/// A sheet with its table.
fn filled(sheet: &Sheet, table: &Table, looks: &Looks) -> Result<Worksheet, XlsxError> {
    let mut worksheet = Worksheet::new();
    worksheet.set_name(sheet.name)?;
    let grid = Grid::of(table);
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

fn about_sheet(
    sheet: &mut Worksheet,
    about: &About,
    found: &[(&Sheet, &Table)],
    charted: bool,
) -> Result<(), XlsxError> {
    sheet.set_name("About")?;
    sheet.set_column_width(0, 18)?;
    sheet.set_column_width(1, 96)?;
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut lines: Vec<(&str, String)> = vec![
        ("Title", about.title.clone()),
        ("Finding", about.headline.clone()),
        ("Status", "Projection under stated assumptions, not a forecast.".to_owned()),
        ("Made by", concat!("aigap ", env!("CARGO_PKG_VERSION")).to_owned()),
        ("Command", about.command.clone()),
    ];
    lines.extend(about.caveats.iter().map(|caveat| ("Caveat", caveat.clone())));
    lines.extend(found.iter().map(|(sheet, _)| (sheet.name, sheet.holds.to_owned())));
    if charted {
        lines.push(("Charted", "the numbers on each chart".to_owned()));
    }
    for (row, (head, words)) in (0u32..).zip(&lines) {
        sheet.write_string_with_format(row, 0, *head, &bold)?;
        sheet.write_string_with_format(row, 1, cell_text(words), &wrap)?;
    }
    for (row, (head, number)) in
        (u32::try_from(lines.len()).unwrap_or(0)..).zip([("Paths", about.paths as f64), ("Seed", about.seed as f64)])
    {
        sheet.write_string_with_format(row, 0, head, &bold)?;
        let whole = Format::new().set_num_format("0").set_align(FormatAlign::Left);
        sheet.write_number_with_format(row, 1, number, &whole)?;
    }
    Ok(())
}

/// A head and its rows from the top of a sheet; `keys` columns stay in sight.
fn write_table(sheet: &mut Worksheet, table: &Grid, looks: &Looks, keys: usize) -> Result<(), XlsxError> {
    let longest = write_rows(sheet, table, looks, 0)?;
    for (column, longest) in (0u16..).zip(longest) {
        sheet.set_column_width(column, table.width(usize::from(column), longest))?;
    }
    sheet.set_freeze_panes(1, u16::try_from(keys).unwrap_or(0))?;
    let last = (table.rows.len(), table.head.len().saturating_sub(1));
    if let (Ok(rows @ 1..), Ok(columns)) = (u32::try_from(last.0), u16::try_from(last.1)) {
        sheet.autofilter(0, 0, rows, columns)?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// Characters of a cell with a number, whatever its format.
const OF_NUMBER: usize = 11;

/// A head and its rows from a row of a sheet on; how many characters the longest field of each column has.
fn write_rows(sheet: &mut Worksheet, table: &Grid, looks: &Looks, first: u32) -> Result<Vec<usize>, XlsxError> {
    for (column, head) in (0u16..).zip(&table.head) {
        sheet.write_string_with_format(first, column, cell_text(head), &looks.head)?;
    }
    let namers = Namers::of(table);
    let mut longest = vec![0; table.head.len()];
    for (row, fields) in (first + 1..).zip(&table.rows) {
        let cells = (0u16..).zip(fields).filter_map(|(column, field)| {
            let place = usize::from(column);
            let (characters, look) = match field {
                Field::Missing => return None,
                Field::Text(words) => {
                    let characters = words.chars().count();
                    (characters, looks.of_words(characters))
                }
                _ => (OF_NUMBER, looks.of(&namers, place, fields)),
            };
            if let Some(longest) = longest.get_mut(place) {
                *longest = characters.max(*longest);
            }
            Some((column, field, look))
        });
        let cells: Vec<(u16, &Field, &Format)> = cells.collect();
        // A format is looked up by all that it says, for each cell that names one: so a row has one, that of its last
        // number, and words that fit a line look the same in any.
        let number = cells.iter().rev().find(|(_, field, _)| field.number().is_some());
        let usual = number.map_or(looks.of_words(0), |(_, _, look)| *look);
        sheet.set_row_format(row, usual)?;
        for (column, field, look) in cells {
            let own = (!std::ptr::eq(look, usual)).then_some(look);
            match (field.number(), own) {
                (Some(number), None) => sheet.write_number(row, column, number)?,
                (Some(number), Some(look)) => sheet.write_number_with_format(row, column, number, look)?,
                (None, Some(look)) if looks.is_long(look) => {
                    sheet.write_string_with_format(row, column, cell_text(&field.text()), look)?
                }
                (None, _) => sheet.write_string(row, column, cell_text(&field.text()))?,
            };
        }
    }
    Ok(longest)
}

/// The plotted numbers of every chart, one below the other.
fn charted_sheet(sheet: &mut Worksheet, charted: &[(String, Table)], looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name("Charted")?;
    sheet.set_column_width(0, 24)?;
    let mut row = 0;
    for (chart, table) in charted {
        sheet.write_string_with_format(row, 0, format!("charts/{chart}"), &looks.head)?;
        write_rows(sheet, &Grid::of(table), looks, row + 1)?;
        row += u32::try_from(table.rows()).unwrap_or(0) + 3;
    }
    Ok(())
}

/// A text that a cell can hold.
fn cell_text(text: &str) -> String {
    text.chars().take(MOST_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
