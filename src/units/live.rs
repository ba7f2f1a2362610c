//! What a spreadsheet would compute: words of a CSV that begin like a formula, and how they stay words.

use std::borrow::Cow;

/// Signs by which a cell of a spreadsheet begins to be a formula; those of full width count in some languages.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Whether a spreadsheet would take words for a formula, or whether they look like words that are kept from it.
fn is_live(words: &str) -> bool {
    let plain = words.trim_start_matches('\'');
    plain.starts_with(SIGNS) && !(plain.len() == words.len() && is_harmless(words))
}

/// Whether words that begin with a sign are a number, or a dash alone.
fn is_harmless(words: &str) -> bool {
    let behind = words.strip_prefix(['+', '-']);
    let number = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') && rest.parse::<f64>().is_ok();
    behind.is_some_and(|rest| rest.is_empty() || number(rest.strip_suffix('%').unwrap_or(rest)))
}

/// Words as a CSV has them: what would be live stands behind an apostrophe, and is words then.
#[must_use]
pub(crate) fn inert(words: &str) -> Cow<'_, str> {
    if is_live(words) { Cow::Owned(format!("'{words}")) } else { Cow::Borrowed(words) }
}

/// What somebody wrote, from the field of a CSV in which it stands [`inert`].
#[must_use]
pub(crate) fn as_written(field: &str) -> &str {
    field.strip_prefix('\'').filter(|rest| is_live(rest)).unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_stands_behind_an_apostrophe_and_a_number_does_not() {
        let live =
            ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "\nx", "-x", "\u{ff1d}1", "-10% to 5%", "-inf", "'=1"];
        live.iter().for_each(|words| assert_eq!(inert(words), format!("'{words}")));
        for words in ["-10%", "-2.5", "+3", "-1e-3", "-.5", "-", "+", "a=b", "x", "", "'quoted'", "−5%"] {
            assert_eq!(inert(words), words);
        }
    }

    #[test]
    fn it_is_read_back_as_it_was_written() {
        for words in ["=1", "-x", "-5", "x", "", "'", "'x", "'-5", "'=1", "''=1"] {
            assert_eq!(as_written(&inert(words)), words);
        }
        // Also where somebody else has kept it from being computed.
        assert_eq!(as_written("'=1+1"), "=1+1");
    }
}
