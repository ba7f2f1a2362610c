//! The first sheet: what was found, how it was made, and a line on every other sheet with a link to it.

use rust_xlsxwriter::{Color, Format, FormatAlign, Url, Worksheet, XlsxError};

use crate::table::typed::Table;

use super::look::{for_print, lines};
use super::rows::cell_text;

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

/// Width of the words in characters.
const WIDTH: usize = 92;

/// Writes it; `sheets` are the others, each with what it holds.
pub(super) fn write(sheet: &mut Worksheet, about: &About, sheets: &[(&str, &str)]) -> Result<(), XlsxError> {
    sheet.set_name("About")?;
    sheet.set_column_width(0, 18)?;
    sheet.set_column_width(1, WIDTH as f64)?;
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Left).set_align(FormatAlign::Top);
    let finding = wrap.clone().set_bold();
    let whole = wrap.clone().set_num_format("0");
    let link = Format::new().set_font_color(Color::RGB(0x000f_4f97)).set_align(FormatAlign::Top);
    let mut row = 0;
    let mut line = |sheet: &mut Worksheet, head: &str, words: &str, look: &Format| {
        sheet.write_string_with_format(row, 0, head, &bold)?;
        sheet.write_string_with_format(row, 1, cell_text(words), look)?;
        sheet.set_row_height(row, lines(words, WIDTH))?;
        row += 1;
        Ok::<(), XlsxError>(())
    };
    line(sheet, "Title", &about.title, &wrap)?;
    line(sheet, "Finding", &about.headline, &finding)?;
    line(sheet, "Status", "Projection under stated assumptions, not a forecast.", &wrap)?;
    for caveat in &about.caveats {
        line(sheet, "Caveat", caveat, &wrap)?;
    }
    line(sheet, "Made by", concat!("aigap ", env!("CARGO_PKG_VERSION")), &wrap)?;
    line(sheet, "Command", &about.command, &wrap)?;
    for (head, number) in [("Paths", about.paths as f64), ("Seed", about.seed as f64)] {
        sheet.write_string_with_format(row, 0, head, &bold)?;
        sheet.write_number_with_format(row, 1, number, &whole)?;
        row += 1;
    }
    row += 1;
    for (name, holds) in sheets {
        let to = Url::new(format!("internal:'{name}'!A1")).set_text(*name);
        sheet.write_url_with_format(row, 0, to, &link)?;
        sheet.write_string_with_format(row, 1, *holds, &wrap)?;
        row += 1;
    }
    for_print(sheet);
    Ok(())
}
