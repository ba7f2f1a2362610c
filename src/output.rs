//! Output: numbers in, text out; and the one small type that writes a run's files.

pub mod chart;
pub mod comparison;
pub mod csv;
pub mod difference;
mod figures;
pub mod manifest;
pub mod pictures;
pub mod report;
mod run_directory;
pub mod stored;
pub mod story;
pub mod summary_md;
pub mod terminal_picture;
pub mod workbook;

pub use run_directory::{RunDirectory, RunError};
