//! What parts the columns of a text: commas, semicolons, tabs or bars, by what its lines have in common.

use super::asked::Decimal;

/// A sign between columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    /// A semicolon, `;`.
    Semicolon,
    /// A tab between columns.
    Tab,
    /// An upright bar, `|`.
    Bar,
    /// A comma between columns, `,`.
    Comma,
}

impl Separator {
    /// Every sign; a comma is last, since it may also be a decimal mark.
    const ALL: [Self; 4] = [Self::Semicolon, Self::Tab, Self::Bar, Self::Comma];

    /// The letter that it is in a file.
    pub(super) fn sign(self) -> char {
        match self {
            Self::Semicolon => ';',
            Self::Tab => '\t',
            Self::Bar => '|',
            Self::Comma => ',',
        }
    }

    /// Its name for users.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Semicolon => "semicolons",
            Self::Tab => "tabs",
            Self::Bar => "bars",
            Self::Comma => "commas",
        }
    }
}

/// How a text is written, in words.
pub(super) fn described(separator: Separator, decimal: Decimal) -> String {
    let mark = if decimal == Decimal::Comma { "commas" } else { "points" };
    format!("{} between the columns, decimal {mark}", separator.name())
}

/// Lines from which the separator is told.
const MOST_LINES: usize = 60;

/// The sign that parts most columns in lines of one length; `None` if no sign parts any.
pub(super) fn separator(text: &str) -> Option<Separator> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(MOST_LINES).collect();
    let score = |separator: Separator| {
        let counts: Vec<usize> = lines.iter().map(|line| signs(line, separator.sign())).collect();
        let of = |count: usize| count * counts.iter().filter(|other| **other == count).count();
        counts.iter().map(|count| of(*count)).max().unwrap_or(0)
    };
    let mut best = None;
    for separator in Separator::ALL {
        let score = score(separator);
        if score > 0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, separator));
        }
    }
    best.map(|(_, separator)| separator)
}

/// How often a sign stands outside of quotes.
fn signs(line: &str, sign: char) -> usize {
    let mut quoted = false;
    let outside = |letter: &char| {
        quoted ^= *letter == '"';
        !quoted && *letter == sign
    };
    line.chars().filter(outside).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_told_from_what_lines_have_in_common() {
        for (text, expected) in [
            ("a,b,c\n1,2,3\n", Some(Separator::Comma)),
            ("a;b;c\n1,5;2,5;3,5\n", Some(Separator::Semicolon)),
            ("a\tb\n1,5\t2,5\n", Some(Separator::Tab)),
            ("a|b\n1|2\n", Some(Separator::Bar)),
            ("Data Source,WDI,\n\n\"a;b\",1,2\n\"c;d\",3,4\n", Some(Separator::Comma)),
            ("a b c\n1 2 3\n", None),
        ] {
            assert_eq!(separator(text), expected, "{text}");
        }
    }
}
