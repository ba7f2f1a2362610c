//! A scenario of a report and where its tables are.

use crate::scenario::short_title;
use crate::wording::{self, Lookup, Text};

/// A scenario of a report: what it says, and the folder of its tables.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub folder: &'a str,
    pub run: Lookup<'a>,
}

impl Entry<'_> {
    /// Its title as the user wrote it.
    pub(crate) fn short(&self) -> String {
        short_title(self.run.scenario.title())
    }

    /// A text with the citations of this run.
    pub(crate) fn own(&self, text: Text) -> Text {
        text.within(self.folder)
    }

    /// Texts with the citations of this run.
    pub(crate) fn all(&self, texts: Vec<Text>) -> Vec<Text> {
        texts.into_iter().map(|text| self.own(text)).collect()
    }

    /// What its run found, in a sentence.
    pub(crate) fn finding(&self) -> Text {
        self.own(wording::finding(self.run.scenario, self.run.summary))
    }
}
