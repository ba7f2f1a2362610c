//! A text on a picture in pieces: words, and numbers with the cells they were made from, over the lines that it is broken
//! into.

use std::collections::VecDeque;

use crate::wording::{Citation, Piece, Text};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) text: String,
    /// Where it comes from, if it is a number or a word of direction.
    pub(crate) citation: Option<Citation>,
    /// Whether it is broken off here and goes on in the next line.
    pub(crate) goes_on: bool,
}

/// A text that is read off line by line, in the order in which the lines are drawn.
#[derive(Debug, Default)]
pub(crate) struct Pieces(VecDeque<Said>);

impl Pieces {
    pub(crate) fn of(text: &Text) -> Self {
        let said = |piece: &Piece| Said {
            text: piece.text().to_owned(),
            citation: match piece {
                Piece::Cited { citation, .. } if !citation.cell.file.is_empty() => Some(citation.clone()),
                _ => None,
            },
            goes_on: false,
        };
        Self(text.pieces().iter().map(said).collect())
    }

    /// The pieces of the next words; none where they are not those of the text, as in a line that was cut.
    pub(crate) fn take(&mut self, words: &str) -> Vec<Said> {
        let (mut left, mut taken) = (words, Vec::new());
        while let Some(mut next) = self.0.pop_front() {
            // The blank at which a line was broken stands in neither of its halves.
            if taken.is_empty() && !left.starts_with(' ') && next.text.starts_with(' ') {
                next.text.remove(0);
            }
            if next.text.is_empty() {
                continue;
            }
            if let Some(rest) = left.strip_prefix(next.text.as_str()) {
                left = rest;
                taken.push(next);
            } else if let Some(rest) = next.text.strip_prefix(left) {
                if !left.is_empty() {
                    let goes_on = next.citation.is_some();
                    taken.push(Said { text: left.to_owned(), citation: next.citation.clone(), goes_on });
                    left = "";
                }
                next.text = rest.to_owned();
                self.0.push_front(next);
            } else {
                self.0.clear();
                return Vec::new();
            }
            if left.is_empty() {
                return taken;
            }
        }
        if left.is_empty() { taken } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Cell;
    use crate::wording::Form;

    #[test]
    fn a_broken_line_keeps_the_cells_of_its_numbers() {
        let cited = |text: &str| Piece::Cited {
            text: text.to_owned(),
            citation: Citation { cell: Cell::new("fan.csv", &[], &["p50"]), form: Form::Ratio },
        };
        let text = Text::from("US lead ") + cited("more likely than not") + " to widen, " + cited("16×") + " in 2030";
        let mut pieces = Pieces::of(&text);
        let mut line = |words: &str| -> Vec<(String, bool, bool)> {
            let taken = pieces.take(words).into_iter();
            taken.map(|it| (it.text, it.citation.is_some(), it.goes_on)).collect()
        };
        let said = |text: &str, cited, goes_on| (text.to_owned(), cited, goes_on);
        assert_eq!(line("US lead more"), [said("US lead ", false, false), said("more", true, true)]);
        assert_eq!(line("likely than not to"), [said("likely than not", true, false), said(" to", false, false)]);
        assert_eq!(
            line("widen, 16× in 2030"),
            [said("widen, ", false, false), said("16×", true, false), said(" in 2030", false, false)]
        );
        assert!(line("more").is_empty());
        assert!(Pieces::of(&text).take("US lead mo…").is_empty());
    }
}
