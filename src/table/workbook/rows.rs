//! Rows of a sheet: words as words, numbers as numbers, each in its own format.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use crate::table::typed::Field;

use super::look::{Looks, Namers, for_print, lines};
use super::pivot::{Grid, WIDEST};

/// Most characters that a cell of Excel holds.
const MOST_CHARACTERS: usize = 32_767;

/// A head and its rows from the top of a sheet; `keys` columns stay in sight.
pub(super) fn write_table(sheet: &mut Worksheet, table: &Grid, looks: &Looks, keys: usize) -> Result<(), XlsxError> {
    let longest = write_rows(sheet, table, looks, 0)?;
    for (column, longest) in (0u16..).zip(longest) {
        sheet.set_column_width(column, table.width(usize::from(column), longest))?;
    }
    sheet.set_freeze_panes(1, u16::try_from(keys).unwrap_or(0))?;
    let last = (table.rows.len(), table.head.len().saturating_sub(1));
    if let (Ok(rows @ 1..), Ok(columns)) = (u32::try_from(last.0), u16::try_from(last.1)) {
        sheet.autofilter(0, 0, rows, columns)?;
    }
    for_print(sheet);
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// Characters of a cell with a number, whatever its format.
const OF_NUMBER: usize = 11;

/// A head and its rows from a row of a sheet on; how many characters the longest field of each column has.
pub(super) fn write_rows(
    sheet: &mut Worksheet,
    table: &Grid,
    looks: &Looks,
    first: u32,
) -> Result<Vec<usize>, XlsxError> {
    for (column, head) in (0u16..).zip(&table.head) {
        let look = if table.is_of_numbers(column.into()) { &looks.number_head } else { &looks.head };
        match head.parse::<i32>() {
            // A year that stands across.
            Ok(year) => sheet.write_number_with_format(first, column, year, look)?,
            Err(_) => sheet.write_string_with_format(first, column, cell_text(head), look)?,
        };
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
        let long = fields.iter().filter(|field| field.number().is_none()).map(|field| lines(&field.text(), WIDEST));
        if let Some(height) = long.max_by(f64::total_cmp).filter(|height| *height > lines("", 1)) {
            sheet.set_row_height(row, height)?;
        }
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

/// A text that a cell can hold.
pub(super) fn cell_text(text: &str) -> String {
    text.chars().take(MOST_CHARACTERS).collect()
}
