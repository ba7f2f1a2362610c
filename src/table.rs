//! Tables: what a run says in rows and columns, as CSV and as a workbook.

mod comparison;
pub(crate) use comparison::quantile_name;
pub mod csv;
mod digest;
pub mod workbook;

pub use digest::sha256;
