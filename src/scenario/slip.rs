//! Slips of the keyboard that a file stumbles over: letters that nobody sees, dashes, curly quotes and lone backslashes.

use crate::diagnostic::invisible_in;

/// What stands at a place that cannot be read, and what to write instead, if it is one of the usual slips.
pub(super) fn at(text: &str, start: usize) -> Option<(String, String)> {
    let start = (0..=start.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let column = start - line_start;
    escape(line, column).or_else(|| {
        let here = line.get(column..)?;
        let letter = here.chars().next()?;
        if let Some(name) = invisible_in(letter.encode_utf8(&mut [0; 4])) {
            let cure = "delete it: go to the letter behind it and press backspace";
            return Some((format!("{name} stands here, which cannot be seen"), cure.to_owned()));
        }
        match letter {
            '“' | '”' | '„' | '«' | '»' | '‘' | '’' => {
                let words = token(here).trim_matches(|it| "“”„«»‘’\"'".contains(it));
                Some((format!("`{letter}` is a curly quote"), format!("write straight ones: \"{words}\"")))
            }
            '–' | '—' | '−' => {
                let number = format!("-{}", token(&here[letter.len_utf8()..]));
                let plain = number.parse::<f64>().is_ok();
                let cure = if plain { format!("write {number}") } else { format!("write \"{number}\"") };
                Some((format!("`{letter}` is a dash, and no minus sign here"), cure))
            }
            _ => None,
        }
    })
}

/// The value at the beginning of a text with quotes around it, if quotes are all that it lacks.
pub(super) fn in_quotes(here: &str) -> Option<String> {
    let value = token(here);
    let fine = !value.is_empty() && !value.contains(['"', '\'', '\\', '=']) && value.chars().count() <= 40;
    fine.then(|| format!("write it in double quotes: \"{value}\""))
}

/// What stands before the next sign that ends a value.
fn token(here: &str) -> &str {
    here.split([',', ']', '}', '#', '\n', '\r']).next().unwrap_or_default().trim()
}

/// A backslash in a text, where it begins no special sign that there is: `"C:\\Users"`.
fn escape(line: &str, column: usize) -> Option<(String, String)> {
    let written = line.trim_end();
    if written.ends_with("\\\"") && column >= written.len() && first_that_says_nothing(line).is_none() {
        let cure = "write two for one, or single quotes around the text";
        return Some(("the backslash before the last quote keeps this text from ending".to_owned(), cure.to_owned()));
    }
    let (opened, backslash) = first_that_says_nothing(line)?;
    // The reader stops at the backslash, or behind the digits of a number that it begins.
    if !(backslash..=backslash + LONGEST_ESCAPE).contains(&column) {
        return None;
    }
    let inside = line[opened + 1..].split('"').next().unwrap_or_default();
    let cure = if inside.contains('\'') {
        format!("write two for one: \"{}\"", inside.replace('\\', "\\\\"))
    } else {
        format!("write single quotes around it: '{inside}'")
    };
    Some(("a backslash between double quotes begins a special sign".to_owned(), cure))
}

/// Bytes of the longest special sign, `\UXXXXXXXX`.
const LONGEST_ESCAPE: usize = 10;

/// The first backslash between double quotes that begins no special sign, and where its text begins.
fn first_that_says_nothing(line: &str) -> Option<(usize, usize)> {
    let mut letters = line.char_indices();
    let mut quote: Option<(char, usize)> = None;
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some((letter, at)),
            (None, '#') => return None,
            (Some((open, _)), _) if letter == open => quote = None,
            (Some(('"', opened)), '\\') => {
                let (_, kind) = letters.next()?;
                let digits = match kind {
                    'u' => 4,
                    'U' => 8,
                    'x' => 2,
                    _ => 0,
                };
                let hex = line[at + 1..].chars().skip(1).take(digits).filter(char::is_ascii_hexdigit).count();
                if !"btnfre\"\\uUx".contains(kind) || hex < digits {
                    return Some((opened, at));
                }
            }
            _ => {}
        }
    }
    None
}
