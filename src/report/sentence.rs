//! Sentences whose numbers and words of direction know where they come from.
//!
//! The words come from the wording room, as everywhere; here each number in them is matched with a cell that writes it
//! that way. A number that no cell explains stays marked, and a report that has one is refused.

use super::cite::Citation;
use super::data::Data;
use crate::table::sha256;

/// A sentence in pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Plain words.
    Words(String),
    /// Words that a user wrote, whose numbers are his own.
    Own(String),
    /// A number or a word of direction.
    Cited {
        /// As it stands.
        text: String,
        /// Where it comes from.
        citation: Citation,
        /// Line of the file and the field, for readers.
        place: (usize, String),
    },
}

/// What a sentence may cite, and which of its words a user wrote.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    /// Numbers and words of direction.
    pub citations: Vec<Citation>,
    /// Names and values as the user wrote them.
    pub own: Vec<String>,
}

impl Pool {
    /// Adds citations.
    pub fn cite(&mut self, citations: impl IntoIterator<Item = Citation>) -> &mut Self {
        self.citations.extend(citations);
        self
    }

    /// Adds words of the user's.
    pub fn own(&mut self, words: impl IntoIterator<Item = String>) -> &mut Self {
        self.own.extend(words.into_iter().filter(|words| !words.is_empty()));
        self
    }

    /// A sentence with every number matched to its cell.
    #[must_use]
    pub fn sentence(&self, text: &str, data: &Data) -> Sentence {
        let mut ways: Vec<Way> = Vec::new();
        for citation in &self.citations {
            let Ok((written, found)) = citation.written(data) else { continue };
            let place = (found.line, found.fields.first().cloned().unwrap_or_default());
            ways.extend(written.into_iter().map(|text| Way {
                text,
                citation: Some((citation, place.clone())),
                used: false,
            }));
        }
        ways.extend(self.own.iter().map(|text| Way { text: text.clone(), citation: None, used: false }));
        let mut sentence = Sentence::default();
        let mut rest = 0;
        let mut at = 0;
        while at < text.len() {
            if !text.is_char_boundary(at) {
                at += 1;
                continue;
            }
            let fits = |way: &Way| text[at..].starts_with(&way.text) && stands_alone(text, at, at + way.text.len());
            let best = ways.iter().enumerate().filter(|(_, way)| !way.text.is_empty() && fits(way));
            // The longest way, and among equals one that has not stood here yet.
            let best = best.max_by_key(|(place, way)| (way.text.len(), !way.used, usize::MAX - place));
            let Some(place) = best.map(|(place, _)| place) else {
                at += 1;
                continue;
            };
            sentence.words(&text[rest..at]);
            let way = &mut ways[place];
            way.used = true;
            sentence.pieces.push(match &way.citation {
                None => Piece::Own(way.text.clone()),
                Some((citation, place)) => {
                    Piece::Cited { text: way.text.clone(), citation: (*citation).clone(), place: place.clone() }
                }
            });
            at += way.text.len();
            rest = at;
        }
        sentence.words(&text[rest..]);
        sentence
    }
}

/// One way of writing a citation, or words of the user's.
struct Way<'a> {
    text: String,
    citation: Option<(&'a Citation, (usize, String))>,
    used: bool,
}

/// Whether a piece is a whole number or word where it stands.
fn stands_alone(text: &str, from: usize, to: usize) -> bool {
    let inside = |c: char| c.is_alphanumeric();
    let (before, after) = (text[..from].chars().next_back(), text[to..].chars().next());
    let first = text[from..].chars().next();
    let last = text[..to].chars().next_back();
    // A sign before a number is a part of it, and so is a comparison.
    let signed = before.is_some_and(|c| matches!(c, '−' | '<' | '>' | '+' | '±' | '≈' | '÷'))
        && first.is_some_and(|c| c.is_ascii_digit() || matches!(c, '$' | '¥'));
    let within = before.is_some_and(|c| inside(c) || c == '.' || c == ',' || c == '$');
    let begins = !(signed || first.is_some_and(inside) && within);
    let mut behind = text[to..].chars();
    let more = behind.next().is_some_and(|c| c == '.' || c == ',') && behind.next().is_some_and(|c| c.is_ascii_digit());
    let ends = !(last.is_some_and(inside) && (after.is_some_and(|c| inside(c) || c == '%' || c == '×') || more));
    begins && ends
}

impl Sentence {
    /// Plain words without numbers.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { pieces: vec![Piece::Words(text.to_owned())] }
    }

    fn words(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Words(text.to_owned()));
        }
    }

    /// The sentence as text.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(Piece::text).collect()
    }

    /// Numbers that no cell explains.
    #[must_use]
    pub fn untraced(&self) -> Vec<String> {
        let words = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Words(words) => Some(numbers(words)),
            _ => None,
        });
        words.flatten().collect()
    }

    /// A sum of the words between the numbers: it changes if any of them does.
    #[must_use]
    pub fn sum(&self) -> String {
        let frame: String = self
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Cited { .. } => "\u{25a1}",
                piece => piece.text(),
            })
            .collect();
        sha256(frame.as_bytes())[..8].to_owned()
    }
}

impl Piece {
    /// As it stands.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Own(text) | Self::Cited { text, .. } => text,
        }
    }
}

/// Numbers in plain words that need a source: not years, not the levels of bands, not the number of a figure.
#[must_use]
pub fn numbers(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut token = String::new();
    let mut before = String::new();
    for c in words.chars().chain([' ']) {
        if c.is_ascii_digit() || (!token.is_empty() && matches!(c, '.' | ',' | '%' | '×')) {
            token.push(c);
            continue;
        }
        if !token.is_empty() {
            let number = token.trim_end_matches(['.', ',']);
            if !needs_no_source(number, &before) {
                found.push(number.to_owned());
            }
            before.clear();
            token.clear();
        }
        before.push(c);
    }
    found
}

fn needs_no_source(number: &str, before: &str) -> bool {
    let year = number.len() == 4 && number.parse::<u32>().is_ok_and(|year| (1900..=2200).contains(&year));
    let level = ["80%", "50%", "95%"].contains(&number);
    year || level || before.ends_with("Figure ") || before.chars().next_back().is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::cite::{Form, PROBABILITY};
    use crate::table::Cell;

    fn data() -> Data {
        let mut data = Data::default();
        let head = PROBABILITY.join(",");
        data.add(
            "p.csv",
            format!("q,{head}\na,0.712,0.001,0.71,0.714,0,100000\nb,0.5,0.001,0.498,0.502,0,100000\n").as_bytes(),
        );
        data
    }

    fn pool() -> Pool {
        let share = |q| Citation::new(Form::Share, Cell::new("p.csv", &[("q", q)], &PROBABILITY));
        let mut pool = Pool::default();
        pool.cite([share("a"), share("b"), Citation::new(Form::Chance, share("a").cell)]);
        pool
    }

    #[test]
    fn every_number_and_word_of_chance_finds_its_cell() {
        let sentence = pool().sentence("It is likely (71%) by 2030, 50% of paths else.", &data());
        assert_eq!(sentence.text(), "It is likely (71%) by 2030, 50% of paths else.");
        assert!(sentence.untraced().is_empty());
        let cited = sentence.pieces.iter().filter(|piece| matches!(piece, Piece::Cited { .. })).count();
        assert_eq!(cited, 3);
    }

    #[test]
    fn a_number_that_no_cell_writes_that_way_stays_untraced() {
        assert_eq!(pool().sentence("71.2% or 72% or 171%", &data()).untraced(), ["71.2%", "72%", "171%"]);
        assert!(pool().sentence("unlikely", &data()).pieces.iter().all(|piece| matches!(piece, Piece::Words(_))));
        assert!(numbers("in 2030, 80% of paths (Figure 3), p10").is_empty());
    }
}
