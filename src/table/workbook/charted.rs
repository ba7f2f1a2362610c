//! The numbers on each chart, one table below the other, and a sheet of charts that are drawn from these very cells.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::table::typed::Table;

use super::look::{Looks, for_print};
use super::pivot::Grid;
use super::plot::{self, Plot};
use super::rows::write_rows;

/// Name of the sheet of numbers.
pub(super) const NAME: &str = "Charted";

/// Name of the sheet of charts.
pub(super) const PLOTS: &str = "Charts";

/// A chart of the run folder: its name, its numbers, and what a spreadsheet draws of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Charted {
    /// Name of its files.
    pub name: String,
    /// The plotted numbers.
    pub table: Table,
    /// Charts that the spreadsheet draws from the cells of these numbers; none for most pictures.
    pub plots: Vec<Plot>,
}

/// The row of the first number of each table: above it stand the name of the chart and the heads.
fn first_rows(charted: &[Charted]) -> Vec<u32> {
    let mut next = 2;
    let first = |it: &Charted| {
        let first = next;
        next += u32::try_from(it.table.rows()).unwrap_or(0) + 3;
        first
    };
    charted.iter().map(first).collect()
}

/// Writes the plotted numbers of every chart, one below the other.
pub(super) fn write(sheet: &mut Worksheet, charted: &[Charted], looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?;
    let mut widths: Vec<f64> = Vec::new();
    for (it, first) in charted.iter().zip(first_rows(charted)) {
        sheet.write_string_with_format(first - 2, 0, format!("charts/{}", it.name), &looks.title)?;
        let grid = Grid::of(&it.table);
        let longest = write_rows(sheet, &grid, looks, first - 1)?;
        widths.resize(widths.len().max(longest.len()), 0.0);
        for (column, longest) in longest.into_iter().enumerate() {
            widths[column] = grid.width(column, longest).max(widths[column]);
        }
    }
    for (column, width) in (0u16..).zip(widths) {
        sheet.set_column_width(column, width)?;
    }
    for_print(sheet);
    Ok(())
}

/// Draws the charts, one below the other.
pub(super) fn plots(sheet: &mut Worksheet, charted: &[Charted]) -> Result<(), XlsxError> {
    sheet.set_name(PLOTS)?;
    sheet.set_screen_gridlines(false);
    let mut row = 0;
    for (it, first) in charted.iter().zip(first_rows(charted)) {
        for plot in &it.plots {
            sheet.insert_chart(row, 0, &plot::drawn(plot, &it.table, NAME, first)?)?;
            row += plot::ROWS;
        }
    }
    for_print(sheet);
    // Two on a page, at a size by which both fit: where a sheet is fitted to its page, nobody can say where it breaks.
    sheet.set_portrait().set_print_scale(60);
    let breaks: Vec<u32> = (2 * plot::ROWS..row).step_by(2 * plot::ROWS as usize).collect();
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}
