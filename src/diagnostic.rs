//! Problems as data: where, what and what to do, in the user's own words. Whoever shows them makes pictures of them.

use std::ops::Range;

mod plain_text;

pub use plain_text::{invisible_in, plain_text};

/// A text that was read, by the name the user knows it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Name as the user wrote it; none for a value that was given beside the files.
    pub name: Option<String>,
    /// Text of the file, or the value.
    pub text: String,
}

/// All texts that were read, in order; a [`Place`] points into one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(Vec<SourceFile>);

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Position of the text in [`Sources`].
    pub file: usize,
    /// Bytes of the text.
    pub span: Range<usize>,
}

impl Place {
    /// The place of what no text says: a default.
    #[must_use]
    pub fn nowhere() -> Self {
        Self { file: usize::MAX, span: 0..0 }
    }
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Nothing can be computed.
    Error,
    /// Something is computed, but the user should know.
    Warning,
}

/// Something wrong with what a user wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether it is an error or a warning.
    pub severity: Severity,
    /// Where, if it has a place.
    pub place: Option<Place>,
    /// The mistake, in words for the user.
    pub what: String,
    /// What to do about it.
    pub cure: String,
    /// More that helps to understand it.
    pub notes: Vec<String>,
    /// Other places that it is about, each with a word on it: the first of two rows that say different things.
    pub also: Vec<(Place, String)>,
    /// What the program can do about it.
    pub offer: Option<Offer>,
}

/// What the program can do about a problem, if it is asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Replace correlations that contradict each other by the nearest ones that do not.
    NearestCorrelation,
}

impl Sources {
    /// Keeps a text and returns its position.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> usize {
        self.0.push(SourceFile { name: Some(name.into()), text: text.into() });
        self.0.len() - 1
    }

    /// Keeps a value that was given beside the files and returns its position.
    pub fn add_given(&mut self, text: impl Into<String>) -> usize {
        self.0.push(SourceFile { name: None, text: text.into() });
        self.0.len() - 1
    }

    /// The texts in the order read.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.0
    }

    /// Text, line and column (from 1, in characters) of a place.
    ///
    /// # Panics
    /// If the place is in none of these texts.
    #[must_use]
    pub fn locate(&self, place: &Place) -> (&SourceFile, usize, usize) {
        let file = &self.0[place.file];
        let before = &file.text[..clamp(&file.text, place.span.start)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (file, line, column)
    }
}

impl Problem {
    /// An error at a place.
    #[must_use]
    pub fn error(place: impl Into<Option<Place>>, what: impl Into<String>, cure: impl Into<String>) -> Self {
        let (what, cure) = (what.into(), cure.into());
        let (notes, also) = (Vec::new(), Vec::new());
        Self { severity: Severity::Error, place: place.into(), what, cure, notes, also, offer: None }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(place: impl Into<Option<Place>>, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(place, what, cure) }
    }

    /// This problem with a note below it.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Where it sorts: file by file, then by place, those without a place last.
    #[must_use]
    pub fn order(&self) -> (usize, usize) {
        self.place.as_ref().map_or((usize::MAX, 0), |place| (place.file, place.span.start))
    }

    /// The problem with another place that it is about.
    #[must_use]
    pub fn also(mut self, place: Place, word: impl Into<String>) -> Self {
        self.also.push((place, word.into()));
        self
    }

    /// The problem with something that the program can do about it, if it is asked to.
    #[must_use]
    pub fn offer(mut self, offer: Offer) -> Self {
        self.offer = Some(offer);
        self
    }
}

impl std::fmt::Display for Problem {
    /// What is wrong and what to do about it, without its place.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.what, self.cure)
    }
}

impl std::error::Error for Problem {}

/// The nearest character boundary at or below an offset.
pub(crate) fn clamp(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The known word that a mistyped one most likely means; `None` if none is close.
#[must_use]
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase().replace('_', "-");
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&wanted, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.8)
        // The first of equals, so that the answer does not depend on anything but the order of the list.
        .fold(None, |best: Option<(f64, &str)>, this| match best {
            Some(best) if best.0 >= this.0 => Some(best),
            _ => Some(this),
        })
        .map(|(_, candidate)| candidate)
}
