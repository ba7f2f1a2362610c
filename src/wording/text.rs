//! Text in pieces: words, words that a user wrote, and numbers and words of direction that know their cell.

use std::fmt;
use std::ops::{Add, AddAssign};

use crate::table::Cell;

use super::form::Form;

/// A cell with the form in which it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// Where the number stands.
    pub cell: Cell,
    /// How it is written.
    pub form: Form,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Words without a number.
    Words(String),
    /// Words and numbers that a user wrote, or asked for in the command.
    Own(String),
    /// A number or a word of direction.
    Cited {
        /// As it is written.
        text: String,
        /// Where it comes from.
        citation: Citation,
    },
}

impl Piece {
    /// The piece as it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Own(text) | Self::Cited { text, .. } => text,
        }
    }
}

/// A row of a table: its name, and its cells in words.
pub type NamedCells = (String, Vec<Text>);

/// A title, a sentence or a paragraph in pieces.
///
/// It is put together with `+`: `Text::from("ahead in ") + share + " of paths"`.
///
/// # Examples
/// Every number of a headline knows the cell of the table that it stands in:
/// ```
/// # use std::path::Path;
/// # let read = |_: &Path| Ok(include_bytes!("../../scenarios/base.toml").to_vec());
/// # let scenario = aigap::scenario::load(Path::new("base.toml"), &Default::default(), None, &read)?.scenario;
/// use aigap::engine::Settings;
/// use aigap::summary::{Summary, Wanted};
/// use aigap::wording::{self, Outlook, Piece};
///
/// let summary = Summary::of(&scenario, &Settings::new(2048, 7), Wanted::default(), &|_| {});
/// let outlook = Outlook::new(&scenario, &summary).expect("the data hold both sides");
/// let headline = wording::headline(&outlook);
/// assert!(headline.text().contains("2030"));
/// assert!(headline.pieces().iter().any(|piece| matches!(piece, Piece::Cited { .. })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    pieces: Vec<Piece>,
}

impl Text {
    /// Words that a user wrote: no cell explains the numbers in them.
    #[must_use]
    pub fn own(words: impl Into<String>) -> Self {
        Self::default() + Piece::Own(words.into())
    }

    /// The pieces in order; no two that follow each other are plain words.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The whole as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(Piece::text).collect()
    }

    /// Several texts with words between them.
    #[must_use]
    pub fn joined(texts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut all = Self::default();
        for (place, text) in texts.into_iter().enumerate() {
            if place > 0 {
                all += between;
            }
            all += text;
        }
        all
    }

    /// Whether the text ends with these words.
    #[must_use]
    pub fn ends_with(&self, words: &str) -> bool {
        self.pieces.last().is_some_and(|piece| piece.text().ends_with(words))
    }

    /// The text without the words it begins with, if it does.
    #[must_use]
    pub fn without_start(mut self, words: &str) -> Self {
        if let Some(Piece::Words(first)) = self.pieces.first_mut()
            && let Some(rest) = first.strip_prefix(words)
        {
            *first = rest.to_owned();
        }
        self
    }

    /// The text citing the tables of a run that stand in a folder: `base/fan.csv` for `fan.csv`.
    #[must_use]
    pub fn within(mut self, folder: &str) -> Self {
        for piece in &mut self.pieces {
            if let Piece::Cited { citation, .. } = piece {
                citation.cell.file.insert_str(0, folder);
            }
        }
        self
    }

    fn push(&mut self, piece: Piece) {
        match (self.pieces.last_mut(), piece) {
            (Some(Piece::Words(before)), Piece::Words(more)) => *before += &more,
            (_, piece) if piece.text().is_empty() => {}
            (_, piece) => self.pieces.push(piece),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| f.write_str(piece.text()))
    }
}

impl From<Piece> for Text {
    fn from(piece: Piece) -> Self {
        let mut text = Self::default();
        text.push(piece);
        text
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Piece::Words(words.to_owned()).into()
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Piece::Words(words).into()
    }
}

impl<T: Into<Text>> Add<T> for Text {
    type Output = Self;

    fn add(mut self, more: T) -> Self {
        self += more;
        self
    }
}

impl<T: Into<Text>> AddAssign<T> for Text {
    fn add_assign(&mut self, more: T) {
        more.into().pieces.into_iter().for_each(|piece| self.push(piece));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_pieces_and_cites_the_tables_of_its_run() {
        let cell = Cell::new("fan.csv", &[("year", "2030")], &["p50"]);
        let cited = Piece::Cited { text: "16×".to_owned(), citation: Citation { cell, form: Form::Ratio } };
        let text = Text::from("* In ") + "2030 " + Text::own("a name") + ": " + cited + "";
        assert_eq!(text.to_string(), "* In 2030 a name: 16×");
        assert_eq!(text.pieces().len(), 4);
        let moved = text.without_start("* ").within("base/");
        assert_eq!(moved.text(), "In 2030 a name: 16×");
        let Some(Piece::Cited { citation, .. }) = moved.pieces().last() else { panic!("the number is the last piece") };
        assert_eq!(citation.cell.file, "base/fan.csv");
        let three = Text::joined(["a", "b", "c"].map(Text::from), ", ");
        assert_eq!((three.text().as_str(), three.pieces().len()), ("a, b, c", 1));
    }
}
