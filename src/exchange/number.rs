//! Numbers as people write them in tables: thousands separators, decimal commas, currency signs, words for a missing one.

use crate::diagnostic::Problem;

use super::asked::Decimal;
use super::grid::{Grid, Line};
use super::money::{SIGNS, WORDS_OF_MONEY};

/// What tables write where they have no number.
const MISSING: [&str; 26] = [
    "",
    "-",
    "–",
    "—",
    "..",
    "...",
    "…",
    ".",
    "na",
    "n/a",
    "n.a.",
    "n.a",
    "nan",
    "null",
    "none",
    ":",
    "d",
    "x",
    "*",
    "undisclosed",
    "not disclosed",
    "unknown",
    "未透露",
    "未披露",
    "未公开",
    "未知",
];

/// A number of a field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    /// The field says that there is none.
    Missing,
    /// A number, with the currency of its sign.
    Number(f64, Option<&'static str>),
    /// Something else.
    NoNumber,
}

/// Reads the number of a field, with the sign of its currency.
pub(super) fn number(field: &str, decimal: Decimal) -> Found {
    let lower = field.trim().to_lowercase();
    if MISSING.contains(&lower.as_str()) {
        return Found::Missing;
    }
    let (text, currency) = without_sign(&lower.replace('\u{2212}', "-"));
    let (text, scale) = without_scale(&text);
    match plain(&text, decimal).and_then(|text| text.parse::<f64>().ok()) {
        Some(number) if number.is_finite() => Found::Number(number * scale, currency),
        _ => Found::NoNumber,
    }
}

/// Takes the sign or the code of a currency off either end.
fn without_sign(text: &str) -> (String, Option<&'static str>) {
    for (sign, code) in SIGNS {
        for sign in [code.to_lowercase(), format!("us{sign}"), sign.to_string()] {
            if let Some(rest) = text.strip_prefix(&sign).or_else(|| text.strip_suffix(&sign)) {
                return (rest.trim().to_owned(), Some(code));
            }
            if let Some(rest) = text.strip_prefix('-').and_then(|rest| rest.strip_prefix(&sign)) {
                return (format!("-{}", rest.trim()), Some(code));
            }
        }
    }
    let named = WORDS_OF_MONEY.iter().find_map(|(word, code)| Some((text.strip_suffix(word)?, *code)));
    named.map_or((text.to_owned(), None), |(rest, code)| (rest.trim().to_owned(), Some(code)))
}

/// Takes a word for a power of ten off the end: `1.5m`.
fn without_scale(text: &str) -> (String, f64) {
    let scales = [
        ("trillion", 1e12),
        ("billion", 1e9),
        ("million", 1e6),
        ("bn", 1e9),
        ("b", 1e9),
        ("mn", 1e6),
        ("m", 1e6),
        ("k", 1e3),
        ("万亿", 1e12),
        ("亿", 1e8),
        ("万", 1e4),
    ];
    for (word, scale) in scales {
        let rest = text.strip_suffix(word).map(str::trim_end);
        if let Some(rest) = rest.filter(|rest| rest.ends_with(|it: char| it.is_ascii_digit())) {
            return (rest.to_owned(), scale);
        }
    }
    (text.to_owned(), 1.0)
}

/// Digits with a decimal point, from digits with separators of thousands; `None` if they are in odd places.
fn plain(text: &str, decimal: Decimal) -> Option<String> {
    let (mark, others) = match decimal {
        Decimal::Point => ('.', [',', ' ', '\'']),
        Decimal::Comma => (',', ['.', ' ', '\'']),
    };
    let (whole, rest) = match text.split_once(mark) {
        Some((whole, rest)) => (whole, Some(rest)),
        None => match text.find(['e']) {
            Some(at) if text[..at].chars().all(|it| it.is_ascii_digit() || it == '-') => return Some(text.to_owned()),
            _ => (text, None),
        },
    };
    let digits = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let separator = others.into_iter().find(|it| digits.contains(*it));
    if let Some(separator) = separator {
        let mut groups = digits.split(separator);
        let first = groups.next().is_some_and(|it| (1..=3).contains(&it.len()) && is_digits(it));
        if !first || !groups.all(|it| it.len() == 3 && is_digits(it)) {
            return None;
        }
    } else if !digits.is_empty() && !is_digits(digits) {
        return None;
    }
    let exponent = |it: char| it.is_ascii_digit() || matches!(it, 'e' | '-' | '+');
    if rest.is_some_and(|rest| !rest.chars().all(exponent)) {
        return None;
    }
    let whole: String = whole.chars().filter(|it| !others.contains(it)).collect();
    Some(rest.map_or(whole.clone(), |rest| format!("{whole}.{rest}")))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_ascii_digit())
}

/// What one number says about the mark in front of decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Nothing,
    Point,
    Comma,
    /// `1,151` or `1.151`: thousands, or a number with three decimals.
    Either(char),
}

fn says(field: &str) -> Says {
    let number: String = field.chars().filter(|it| it.is_ascii_digit() || matches!(it, ',' | '.')).collect();
    if !field.chars().any(|it| it.is_ascii_digit()) {
        return Says::Nothing;
    }
    let last = number.rfind([',', '.']);
    let Some(at) = last else { return Says::Nothing };
    let mark = if number[at..].starts_with(',') { ',' } else { '.' };
    let (marks, others) = (number.matches(mark).count(), number.matches(if mark == ',' { '.' } else { ',' }).count());
    let of = |mark| if mark == ',' { Says::Comma } else { Says::Point };
    let opposite = |mark| if mark == ',' { Says::Point } else { Says::Comma };
    match (marks, others) {
        (1, 1..) => of(mark),
        (2.., _) => opposite(mark),
        _ if number.len() - at - 1 == 3 && !number.starts_with('0') && at <= 3 && at > 0 => Says::Either(mark),
        _ => of(mark),
    }
}

/// The mark in front of decimals in the columns of values, from all their numbers.
///
/// # Errors
/// If two numbers contradict each other, or none says which of two readings is meant.
pub(super) fn decimal(
    grid: &Grid,
    lines: &[&Line],
    columns: &[usize],
    asked: Option<Decimal>,
) -> Result<Decimal, Problem> {
    if let Some(asked) = asked {
        return Ok(asked);
    }
    let (mut point, mut comma, mut either) = (None, None, None);
    for line in lines {
        for column in columns {
            let slot = match says(line.field(*column)) {
                Says::Nothing => continue,
                Says::Point => &mut point,
                Says::Comma => &mut comma,
                Says::Either(mark) => {
                    either = either.or(Some((*line, *column, mark)));
                    continue;
                }
            };
            *slot = slot.or(Some((*line, *column)));
        }
    }
    match (point, comma, either) {
        (Some((a, left)), Some((b, right)), _) => {
            let what = format!(
                "decimal points and decimal commas: {} here, {} in line {}",
                b.field(right),
                a.field(left),
                a.number
            );
            let cure =
                "say which is meant with --decimal point or --decimal comma, or mend the numbers of the other kind";
            let problem = Problem::error(grid.place(b), what, cure);
            Err(if a.number == b.number { problem } else { problem.also(grid.place(a), "the other kind") })
        }
        (None, Some(_), _) => Ok(Decimal::Comma),
        (None, None, Some((line, column, mark))) if grid.separator.sign() == ';' => {
            let field = line.field(column);
            let digits: String = field.chars().filter(char::is_ascii_digit).collect();
            let what =
                format!("`{field}` may be {digits} or {}, and no other number says which", field.replace(mark, "."));
            let cure = "write --decimal comma if a comma stands in front of decimals in this file, --decimal point if a point does";
            Err(Problem::error(grid.place(line), what, cure))
        }
        _ => Ok(Decimal::Point),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let of = |text: &str, decimal| number(text, decimal);
        for (text, expected) in [
            ("1,151", 1151.0),
            ("31.5", 31.5),
            ("12,345,678.9", 12_345_678.9),
            ("1 234 567", 1_234_567.0),
            ("1'234", 1234.0),
            ("$1.5M", 1.5e6),
            ("US$31bn", 31e9),
            ("6.722e10", 6.722e10),
            ("\u{2212}5", -5.0),
            ("1e3", 1000.0),
            ("-$5", -5.0),
        ] {
            assert!(matches!(of(text, Decimal::Point), Found::Number(it, _) if it == expected), "{text}");
        }
        assert_eq!(of("1.151,5", Decimal::Comma), Found::Number(1151.5, None));
        assert_eq!(of("1200万美元", Decimal::Point), Found::Number(1.2e7, Some("USD")));
        assert_eq!(of("3.5亿人民币", Decimal::Point), Found::Number(3.5e8, Some("CNY")));
        assert_eq!(of("€31,5", Decimal::Comma), Found::Number(31.5, Some("EUR")));
        for text in ["", "..", "n/a", "–", "NA", "Undisclosed", "未透露"] {
            assert_eq!(of(text, Decimal::Point), Found::Missing, "{text}");
        }
        for text in ["1,15", "12,34,567", "31.5 deals", "about 2", "1.2.3", "inf", "(a)", "46%"] {
            assert_eq!(of(text, Decimal::Point), Found::NoNumber, "{text}");
        }
    }

    #[test]
    fn the_mark_of_decimals_is_told_from_the_numbers_that_say_it() {
        for (text, expected) in [
            ("31,5", Says::Comma),
            ("31.5", Says::Point),
            ("1.151,5", Says::Comma),
            ("1,151.5", Says::Point),
            ("12,345,678", Says::Point),
            ("12.345.678", Says::Comma),
            ("1,151", Says::Either(',')),
            ("0.125", Says::Point),
            ("0,125", Says::Comma),
            ("2023", Says::Nothing),
            ("n.a.", Says::Nothing),
        ] {
            assert_eq!(says(text), expected, "{text}");
        }
    }
}
