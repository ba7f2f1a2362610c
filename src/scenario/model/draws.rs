//! Joint draws: assumptions whose values come together, a row of a file for each draw.

use std::sync::Arc;

/// `[[draws]]`: a file whose rows are draws of several assumptions at once.
#[derive(Clone, Debug, PartialEq)]
pub struct JointDraws {
    pub(in crate::scenario) file: String,
    pub(in crate::scenario) of: Vec<String>,
    pub(in crate::scenario) text: Arc<str>,
    pub(in crate::scenario) rows: usize,
    pub(in crate::scenario) why: Option<String>,
    pub(in crate::scenario) source: Option<String>,
}

impl JointDraws {
    /// Name of the file without folders.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Addresses of the assumptions that its rows hold.
    #[must_use]
    pub fn of(&self) -> &[String] {
        &self.of
    }

    /// The file as it was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }
}

/// Where an assumption takes its values from, if they come with those of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// Name of the file; one uniform of this name picks the row for all of its assumptions.
    pub file: String,
    /// Its values in the internal unit, by row; rows stand in the order of their first principal component.
    pub values: Arc<[f64]>,
}
