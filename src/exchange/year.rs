//! Years and dates as tables write them, and the day on which a list of deals ends.

use crate::units;

/// A date: year, month and day; month and day are missing where only the year is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    /// Calendar year of the date.
    pub year: i32,
    /// Month from 1, 0 where it is not said.
    pub month: u32,
    /// Day from 1, 0 where it is not said.
    pub day: u32,
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.month, self.day) {
            (0, _) => write!(f, "{}", self.year),
            (month, 0) => write!(f, "{}-{month:02}", self.year),
            (month, day) => write!(f, "{}-{month:02}-{day:02}", self.year),
        }
    }
}

/// Names of months by their first three letters.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The year of a heading: `2019`, `2019 [YR2019]`, `FY2019`, `2019.0`.
pub(super) fn of_heading(text: &str) -> Option<i32> {
    let text = text.trim();
    let text = text.strip_prefix("FY").or_else(|| text.strip_prefix("X")).unwrap_or(text).trim();
    let (head, rest) = text.split_at_checked(4)?;
    let plain = rest.is_empty() || rest == ".0" || rest.starts_with(" [") || rest.starts_with(" (");
    units::year(head).ok().filter(|_| plain && units::period::period(text).is_none())
}

/// A date, or the year of one: `2023-12-31`, `2023-12-31T00:00:00`, `12/31/2023`, `31.12.2023`, `31 Dec 2023`, `Dec 31, 2023`.
///
/// Of `3/4/2023` nobody knows the month; the year, which is all that is needed, is certain, and the month is left out.
pub(super) fn date(text: &str) -> Option<Date> {
    if let Some(year) = of_heading(text) {
        return Some(Date { year, month: 0, day: 0 });
    }
    let text = text.trim().split(['T']).next().unwrap_or_default();
    let parts: Vec<&str> = text
        .split(['-', '/', '.', ' ', ',', '年', '月', '日'])
        .filter(|part| !part.is_empty() && !part.contains(':'))
        .collect();
    let year_at = parts.iter().position(|part| units::year(part).is_ok())?;
    let year = units::year(parts[year_at]).ok()?;
    let rest: Vec<&str> = parts.iter().enumerate().filter(|(at, _)| *at != year_at).map(|(_, part)| *part).collect();
    let named = |part: &&str| {
        let lower = part.to_lowercase();
        let start = lower.get(..3)?;
        MONTHS.iter().position(|month| *month == start).map(|place| place as u32 + 1)
    };
    let number = |part: &&str| part.parse::<u32>().ok();
    let quarter =
        |part: &&str| part.to_lowercase().strip_prefix('q').and_then(|it| it.parse::<u32>().ok()).map(|it| it * 3);
    let (month, day) = match rest.as_slice() {
        [one] => (named(one).or_else(|| quarter(one)).or_else(|| number(one))?, 0),
        [a, b] => match (named(a), named(b), number(a), number(b)) {
            (Some(month), _, _, Some(day)) | (_, Some(month), Some(day), _) => (month, day),
            (.., Some(month), Some(day)) if year_at == 0 => (month, day),
            // Where points part a date, the day stands in front; with slashes it may be either.
            (.., Some(a), Some(b)) if a > 12 || text.contains('.') => (b, a),
            (.., Some(a), Some(b)) if b > 12 => (a, b),
            (.., Some(a), Some(b)) if a == b => (a, b),
            (.., Some(a), Some(b)) if a <= 12 && b <= 12 => (0, 0),
            _ => return None,
        },
        _ => return None,
    };
    (month <= 12 && day <= days_of(year, month)).then_some(Date { year, month, day })
}

/// Days of a month, or the most that any has where the month is not said.
fn days_of(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_however_they_are_written() {
        let of = |year, month, day| Some(Date { year, month, day });
        for (text, expected) in [
            ("2023", of(2023, 0, 0)),
            ("2023.0", of(2023, 0, 0)),
            ("2019 [YR2019]", of(2019, 0, 0)),
            ("2023-12-31", of(2023, 12, 31)),
            ("2023-12-31T00:00:00", of(2023, 12, 31)),
            ("2023-12-31 00:00:00", of(2023, 12, 31)),
            ("2023/3/7", of(2023, 3, 7)),
            ("12/31/2023", of(2023, 12, 31)),
            ("31.12.2023", of(2023, 12, 31)),
            ("04.12.2023", of(2023, 12, 4)),
            ("31 Dec 2023", of(2023, 12, 31)),
            ("December 31, 2023", of(2023, 12, 31)),
            ("2023-04", of(2023, 4, 0)),
            ("2023-Q2", of(2023, 6, 0)),
            ("Mar 2023", of(2023, 3, 0)),
            ("3/4/2023", of(2023, 0, 0)),
            ("23", None),
            ("Total", None),
            ("2023-13-01", None),
            ("2023-02-30", None),
            ("2023-02-29", None),
            ("2024-02-29", of(2024, 2, 29)),
            ("31.06.2023", None),
            ("", None),
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
    }
}
