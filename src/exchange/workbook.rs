//! A sheet of a workbook as the text of a table, so that all that follows reads one kind of file.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx, XlsxError};

/// The sheet of a name, or the only one that holds something, as CSV whose lines are the rows of the sheet.
///
/// # Errors
/// What is wrong with the workbook, and what to do.
pub(super) fn sheet(bytes: Vec<u8>, name: Option<&str>) -> Result<(String, String), (String, String)> {
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|why: XlsxError| match why {
            XlsxError::Password => ("is locked with a password".to_owned(), "save it without one".to_owned()),
            _ => (
                "is not a workbook that can be opened".to_owned(),
                "save it again as .xlsx, or the sheet as CSV".to_owned(),
            ),
        })?;
    let names = book.sheet_names();
    let wanted = match name {
        Some(name) => names.iter().find(|it| it.eq_ignore_ascii_case(name.trim())).cloned().ok_or_else(|| {
            (format!("has no sheet `{name}`"), format!("write --sheet with one of {}", listed(&names)))
        })?,
        None => only(&mut book, &names)?,
    };
    let range = book
        .worksheet_range(&wanted)
        .map_err(|_| (format!("has a sheet `{wanted}` that cannot be read"), "save the sheet as CSV".to_owned()))?;
    Ok((wanted, text(&range)))
}

/// The only sheet with something in it.
fn only(book: &mut Xlsx<Cursor<Vec<u8>>>, names: &[String]) -> Result<String, (String, String)> {
    let mut filled = Vec::new();
    for name in names {
        if book.worksheet_range(name).is_ok_and(|range| !range.is_empty()) {
            filled.push(name.clone());
        }
    }
    match filled.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(("has no sheet with anything in it".to_owned(), "name another file".to_owned())),
        many => {
            Err((format!("has {} sheets", many.len()), format!("say which: --sheet NAME, one of {}", listed(many))))
        }
    }
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// Cells as CSV; rows above the first filled one are kept, so that line 7 is row 7.
fn text(range: &Range<Data>) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let written = "memory takes it";
    let above = range.start().map_or(0, |(row, _)| row);
    for _ in 0..above {
        writer.write_record([""]).expect(written);
    }
    for row in range.rows() {
        writer.write_record(row.iter().map(cell)).expect(written);
    }
    String::from_utf8(writer.into_inner().expect(written)).expect("texts in, text out")
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        // A line break within a cell would make two lines of a row.
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.replace(['\n', '\r'], " "),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => format!("{other:?}"),
    }
}
