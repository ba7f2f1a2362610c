//! Tables: what a run says in rows and columns, as CSV and as a workbook.

mod cell;
pub mod comparison;
mod declaration;
pub mod declared;
pub(crate) use comparison::quantile_name;
pub mod csv;
pub mod dictionary;
mod digest;
pub mod run;
mod typed;
pub mod workbook;
mod write;

pub use cell::Cell;
pub use digest::sha256;
pub use typed::{Field, Table};
