//! Tables: what a run says in rows and columns, as CSV and as a workbook.

mod cell;
mod comparison;
pub(crate) use comparison::quantile_name;
pub mod csv;
mod digest;
pub mod workbook;

pub use cell::Cell;
pub use digest::sha256;
