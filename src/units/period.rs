//! Parts of years as tables write them, such as `2023-Q4` and `Mar 2023`: a model of years must not take one for the whole.

use super::year;

/// A part of a calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// The calendar year.
    pub year: i32,
    /// What part it is: `quarter`, `month`.
    pub kind: &'static str,
}

impl Period {
    /// What to do about it: parts are added up, and a year under the name of its last month is called by its number.
    pub(crate) fn cure(self) -> String {
        let Self { year, kind } = self;
        let parts = match kind {
            "half-year" => "two half-years",
            "quarter" => "four quarters",
            "month" => "twelve months",
            "week" => "weeks",
            _ => "parts",
        };
        format!(
            "add the {parts} of {year} up and write {year}; if the figure is of the whole year, write {year} for it"
        )
    }
}

/// Names of months by their first three letters.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The part of a year that a text names; `None` for a whole year, a day and anything else.
pub(crate) fn period(text: &str) -> Option<Period> {
    let lower = text.trim().to_lowercase();
    let mut found: Option<i32> = None;
    let mut kinds: Vec<&'static str> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    for token in lower.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()) {
        match split(token) {
            // Two years are a span of them.
            (Some(_), _) if found.is_some() => return None,
            (Some(own), rest) => {
                found = Some(own);
                kinds.extend(kind(rest));
            }
            (None, rest) if rest.bytes().all(|it| it.is_ascii_digit()) => numbers.push(rest.parse().ok()?),
            (None, rest) => kinds.extend(kind(rest)),
        }
    }
    let year = found?;
    match (kinds.as_slice(), numbers.as_slice()) {
        // `Quarter 4 2023` has its number apart, and `31 Dec 2023` is a day.
        ([kind], []) => Some(Period { year, kind }),
        ([kind], [_]) if *kind != "month" => Some(Period { year, kind }),
        ([_, _, ..], _) => Some(Period { year, kind: "part of a year" }),
        ([], [month @ 1..=12]) if is_a_month(&lower, year, *month) => Some(Period { year, kind: "month" }),
        _ => None,
    }
}

/// The year at one end of a word, and what stands beside it: `2023q4`, `4q2023`, `fy2023`.
fn split(token: &str) -> (Option<i32>, &str) {
    let ends = [token.split_at_checked(4), token.len().checked_sub(4).and_then(|at| token.split_at_checked(at))];
    let [front, back] = [ends[0], ends[1].map(|(rest, year)| (year, rest))];
    let of = |(number, rest): (&str, &str)| Some((year(number).ok()?, rest.len()));
    let no_digit = |rest: &str, before: bool| {
        let beside = if before { rest.chars().next_back() } else { rest.chars().next() };
        beside.is_none_or(|it| !it.is_ascii_digit())
    };
    if let Some((own, rest)) = front.filter(|(_, rest)| no_digit(rest, false)).and_then(of) {
        return (Some(own), &token[token.len() - rest..]);
    }
    if let Some((own, rest)) = back.filter(|(_, rest)| no_digit(rest, true)).and_then(of) {
        return (Some(own), &token[..rest]);
    }
    (None, token)
}

/// What part of a year a word names.
fn kind(word: &str) -> Option<&'static str> {
    let numbered = |letter: char, most: u32| {
        let number = word.strip_prefix(letter).or_else(|| word.strip_suffix(letter));
        number.and_then(|it| it.parse::<u32>().ok()).is_some_and(|it| (1..=most).contains(&it))
    };
    let is_month = word.get(..3).is_some_and(|start| MONTHS.contains(&start))
        && ["", "t", "uary", "ruary", "ch", "il", "e", "y", "ust", "tember", "ober", "ember"].contains(&&word[3..]);
    match word {
        _ if numbered('q', 4) => Some("quarter"),
        "quarter" | "quarters" | "qtr" => Some("quarter"),
        _ if numbered('h', 2) => Some("half-year"),
        "half" | "semester" => Some("half-year"),
        _ if is_month || numbered('m', 12) => Some("month"),
        "month" => Some("month"),
        _ if numbered('w', 53) => Some("week"),
        "week" => Some("week"),
        "ytd" => Some("part of a year"),
        _ => None,
    }
}

/// Whether a year and a number are a month: `2023-12`, not `2023.0`, and not `2011/12`, which is a year from one spring to the next.
fn is_a_month(text: &str, year: i32, number: u32) -> bool {
    let spans_two = text.contains('/') && text.starts_with(&year.to_string()) && (year + 1) % 100 == number as i32;
    let plain = text.chars().all(|it| it.is_ascii_digit() || matches!(it, '-' | '/' | '.' | ' '));
    plain && !spans_two
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_years_are_known_however_they_are_written() {
        for (kind, texts) in [
            ("quarter", ["2023-Q4", "Q4 2023", "2023Q4", "4Q2023", "2023 (Q1)", "Quarter 4 2023"].as_slice()),
            ("half-year", &["2023-H1", "1H2023", "H2 2023"]),
            (
                "month",
                &["2023-12", "12/2023", "2023.03", "Mar 2023", "December 2023", "Sept 2023", "2023M03", "2023 03"],
            ),
            ("week", &["2023-W05", "2023W5"]),
            ("part of a year", &["2023 (Jan-Jun)", "Q1-Q3 2023", "2023 YTD"]),
        ] {
            for text in texts {
                assert_eq!(period(text), Some(Period { year: 2023, kind }), "{text}");
            }
        }
        for text in [
            "2023",
            "2023.0",
            "FY2023",
            "2019 [YR2019]",
            "2023-12-31",
            "31 Dec 2023",
            "December 31, 2023",
            "2023/3/7",
            "2011/12",
            "2022/23",
            "2022-2023",
            "2023 estimate",
            "2023e",
            "Total",
            "Q4",
            "12",
            "",
        ] {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
