//! What reading a file comes to: its figures as the project's own CSV, with everything that was decided on the way.

use crate::diagnostic::Problem;

use super::account::LeftOut;
use super::layout::Layout;

/// What a file was understood as.
#[derive(Clone, Debug)]
pub struct Understood {
    /// Layout of the file.
    pub layout: Layout,
    /// How its text is written: `semicolons, decimal commas`.
    pub dialect: String,
    /// The figures as the project's own CSV.
    pub csv: String,
    /// What was taken for what, one decision a line, each with a word in front.
    pub said: Vec<(&'static str, String)>,
    /// Figures that the file holds.
    pub read: usize,
    /// Figures that the CSV holds.
    pub used: usize,
    /// Figures and lines that were left out, by reason.
    pub left_out: Vec<LeftOut>,
    /// What a user should know though nothing is wrong.
    pub warnings: Vec<Problem>,
}
