//! Files of figures as others publish them: a layout is recognised, what it does not say is asked for, and the figures
//! become rows of the project's own CSV, each with its source, edition and unit.
//!
//! Nothing is guessed silently: every decision is a line of [`Understood::said`], and every row that is read is either
//! used or counted in [`Understood::left_out`] with the reason.

mod account;
mod asked;
mod deals;
mod dialect;
mod encoding;
mod figures;
mod grid;
mod heads;
mod hints;
mod layout;
mod measures;
mod melt;
mod money;
#[cfg(not(feature = "read-xlsx"))]
mod no_workbook;
mod number;
mod own;
mod package;
mod recognise;
mod region;
mod shape;
mod understood;
#[cfg(feature = "read-xlsx")]
mod workbook;
mod year;

pub use account::LeftOut;
pub use asked::{Asked, Beside, Decimal, Encoding, Flag};
pub use layout::Layout;
pub use money::doubt_of_rate;
pub use package::{Package, Resource};
pub use understood::Understood;

#[cfg(not(feature = "read-xlsx"))]
use no_workbook as workbook;

use crate::diagnostic::{Problem, Sources};

use grid::Grid;
use recognise::Recognised;

/// Reads the bytes of a text file in one of the layouts of [`Layout`].
///
/// # Errors
/// What is wrong with the file, and what it does not say, with the flag that answers it.
pub fn read(name: &str, bytes: Vec<u8>, asked: &Asked, sources: &mut Sources) -> Result<Understood, Vec<Problem>> {
    let text = encoding::decoded(bytes, asked.encoding)
        .map_err(|(what, cure)| vec![Problem::error(None, format!("{name} {what}"), cure)])?;
    read_text(name, &text, asked, sources)
}

/// Reads a sheet of a workbook, the only one or that of [`Asked::sheet`].
///
/// # Errors
/// As [`read`], and if the workbook cannot be opened.
pub fn read_workbook(
    name: &str,
    bytes: Vec<u8>,
    asked: &Asked,
    sources: &mut Sources,
) -> Result<Understood, Vec<Problem>> {
    let (sheet, text) = workbook::sheet(bytes, asked.sheet.as_deref())
        .map_err(|(what, cure)| vec![Problem::error(None, format!("{name} {what}"), cure)])?;
    read_text(&format!("{name}, sheet {sheet}"), &text, asked, sources)
}

/// Reads the text of a file: [`read`] without its encoding.
///
/// # Errors
/// As [`read`].
pub fn read_text(name: &str, text: &str, asked: &Asked, sources: &mut Sources) -> Result<Understood, Vec<Problem>> {
    let file = sources.add(name, text);
    let grid = Grid::read(text, file)?;
    match recognise::recognised(&grid, asked)? {
        Recognised::Own => own::read(&grid, text, asked),
        Recognised::Deals(columns) => deals::read(&grid, &columns, name, asked),
        Recognised::Table(layout, shape) => {
            let melted = melt::melted(&grid, &shape, asked)?;
            let hints = hints::of(&grid, &shape, layout, name, asked);
            figures::understood((&grid, shape.head), layout, melted, &hints, asked)
        }
    }
}

/// Whether a text is the project's own CSV with commas, which needs no reading here.
#[must_use]
pub fn is_own(text: &str) -> bool {
    heads::is_own(text)
}
