//! Tables: what a run says in rows and columns, as CSV and as a workbook.

mod cell;
pub mod comparison;
mod csv;
mod declaration;
pub mod declared;
pub mod dictionary;
mod digest;
pub mod discover;
pub mod history;
mod origin;
pub mod questions;
pub mod run;
pub mod score;
pub mod sensitivity;
pub mod sweep;
mod typed;
#[cfg(feature = "xlsx")]
pub mod workbook;
mod write;

pub use cell::Cell;
pub use digest::sha256;
pub use origin::{GIVEN, origin, set_by};
pub use typed::{Field, Table};
#[cfg(feature = "report")]
pub(crate) use write::marked;
