//! What reading a file comes to: its figures as the project's own CSV, with everything that was decided on the way.

use crate::diagnostic::{Place, Problem, Sources, clamp};

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
    /// Where each line of the CSV stands in the file, its header first; empty where many lines of the file make one.
    pub stated_at: Vec<Place>,
}

impl Understood {
    /// Problems of the CSV, which was read last, at the lines of the user's file that its rows were made of.
    #[must_use]
    pub fn in_the_file(&self, problems: Vec<Problem>, sources: &Sources) -> Vec<Problem> {
        let csv = sources.files().len().saturating_sub(1);
        let there = |place: Place| {
            if place.file != csv {
                return place;
            }
            let line = self.csv[..clamp(&self.csv, place.span.start)].matches('\n').count();
            self.stated_at.get(line).cloned().unwrap_or(place)
        };
        let moved = |problem: Problem| Problem {
            place: problem.place.map(there),
            also: problem.also.into_iter().map(|(place, word)| (there(place), word)).collect(),
            ..problem
        };
        problems.into_iter().map(moved).collect()
    }
}
