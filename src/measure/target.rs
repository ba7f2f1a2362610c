//! Targets: one number that is asked of a run, as an analyst writes it, such as `ratio in 2030` or
//! `P(gap in 2030 > $20bn)`.

use std::ops::Range;

use crate::diagnostic::did_you_mean;

use super::condition::{Words, mistake};
use super::{Condition, Metric, Mistake, Names, Statistic, Subject, When};

/// A number that is asked of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// As written, with single spaces and the statistic said.
    pub text: String,
    /// Statistic or share that is asked.
    pub asked: QuantityOfInterest,
}

/// What a target asks.
#[derive(Clone, Debug, PartialEq)]
pub enum QuantityOfInterest {
    /// A statistic of a metric over the paths of a year.
    Statistic {
        /// Which statistic.
        statistic: Statistic,
        /// What is measured.
        metric: Metric,
        /// Whose quantity it is.
        subject: Subject,
        /// Simulated year.
        year: i32,
    },
    /// Share of paths on which a condition holds in a year, or up to it.
    Share {
        /// What must hold.
        condition: Condition,
        /// Simulated year.
        year: i32,
    },
}

/// What a target may name: metrics of a scenario, and its own questions and checks.
#[derive(Clone, Copy)]
pub struct TargetNames<'a> {
    /// Regions, years and figures.
    pub names: Names<'a>,
    /// Questions and checks by name.
    pub questions: &'a [(&'a str, &'a Condition)],
}

pub(super) const EXAMPLE: &str =
    "write it like \"median of gap in 2030\", \"p90 of us.funding in 2028\" or \"P(ratio in 2030 < half of 2023)\"";

impl Target {
    /// Parses a target.
    ///
    /// # Errors
    /// The first mistake, with its place in the text.
    pub fn parse(text: &str, names: &TargetNames) -> Result<Self, Mistake> {
        Self::parse_part(text, 0..text.len(), names)
    }

    /// Parses a part of a text, in whose bytes mistakes are placed.
    pub(super) fn parse_part(text: &str, part: Range<usize>, names: &TargetNames) -> Result<Self, Mistake> {
        let start = part.start + (text[part.clone()].len() - text[part.clone()].trim_start().len());
        let part = start.min(part.end)..part.end;
        let whole = &text[part.clone()];
        let trimmed = whole.trim_end();
        let opened = trimmed.strip_prefix('P').map(str::trim_start).filter(|rest| rest.starts_with('('));
        if opened.is_some() {
            return share(text, part.start..part.start + trimmed.len(), names);
        }
        if trimmed.starts_with("question") {
            return question(text, part, names);
        }
        is_no_name(text, part.clone(), names)?;
        statistic(text, part, &names.names)
    }

    /// Parses a condition, `ratio in 2030 < half of 2023` or `question "…" in 2030`, into the share of paths on which it holds.
    ///
    /// # Errors
    /// The first mistake, with its place in the text.
    pub fn of_condition(text: &str, names: &TargetNames) -> Result<Self, Mistake> {
        if text.trim_start().starts_with("question") {
            let start = text.len() - text.trim_start().len();
            return question(text, start..text.len(), names);
        }
        if text.trim_start().strip_prefix('P').is_some_and(|rest| rest.trim_start().starts_with('(')) {
            return Self::parse(text, names);
        }
        let start = text.len() - text.trim_start().len();
        let is_statistic = |word: &str| ["median", "mean", "sd"].contains(&word) || percentile(word).is_some();
        if let Some((word, rest)) = text.trim_start().split_once(" of ").filter(|(word, _)| is_statistic(word)) {
            let value = rest.trim();
            let is_compared = Condition::parse(value, &names.names).is_ok();
            let example = format!("{value} < half of {}", names.names.base_year);
            let cure = match Condition::parse(&example, &names.names) {
                Ok(_) if !is_compared => format!("hold the value of a path against something: \"{example}\""),
                _ => format!("leave out \"{word} of\": \"{value}\""),
            };
            return Err(mistake(start..start + word.len(), format!("a single path has no {word}"), cure));
        }
        is_no_name(text, start..text.len(), names)?;
        holding(text, names)
    }

    /// The year that it is asked of.
    #[must_use]
    pub fn year(&self) -> i32 {
        match &self.asked {
            QuantityOfInterest::Statistic { year, .. } | QuantityOfInterest::Share { year, .. } => *year,
        }
    }

    /// Whether it is a share of paths.
    #[must_use]
    pub fn is_share(&self) -> bool {
        matches!(self.asked, QuantityOfInterest::Share { .. })
    }
}

/// `P(ratio in 2030 < half of 2023)`.
fn share(text: &str, part: Range<usize>, names: &TargetNames) -> Result<Target, Mistake> {
    let open = part.start + text[part.clone()].find('(').expect("a bracket opens it");
    let Some(inner) = text[open + 1..part.end].strip_suffix(')') else {
        let close = text[open..part.end].find(')').map(|at| open + at + 1);
        let (span, what) = close.map_or((part.clone(), "the bracket of P( is not closed".to_owned()), |close| {
            (close..part.end, format!("`{}` is not understood behind P(…)", text[close..part.end].trim()))
        });
        return Err(mistake(span, what, EXAMPLE));
    };
    let within = |it: Mistake| Mistake { span: it.span.start + open + 1..it.span.end + open + 1, ..it };
    holding(inner, names).map_err(within)
}

/// The share of paths on which a condition holds.
fn holding(text: &str, names: &TargetNames) -> Result<Target, Mistake> {
    let condition = Condition::parse(text, &names.names)?;
    let year = match condition.when {
        When::In(year) => year,
        When::SomeYear | When::EveryYear => names.names.horizon,
        When::EachYear => {
            let cure = format!("write a year, \"in {}\", or \"in some year\"", names.names.horizon);
            return Err(mistake(0..text.len(), "this asks of every year by itself, and one number is wanted", cure));
        }
    };
    Ok(Target { text: format!("P({})", condition.text), asked: QuantityOfInterest::Share { condition, year } })
}

/// Refuses the bare name of a question, with how it is asked.
fn is_no_name(text: &str, part: Range<usize>, names: &TargetNames) -> Result<(), Mistake> {
    let said = text[part.clone()].trim().trim_matches(['"', '“', '”']);
    match names.questions.iter().find(|(name, _)| said == *name || said.starts_with(&format!("{name} in "))) {
        Some((name, _)) => {
            let cure = format!("write it with its year: question \"{name}\" in {}", names.names.horizon);
            Err(mistake(part, "this is the name of a question", cure))
        }
        None => Ok(()),
    }
}

/// `question "China back at its level of 2022" in 2030`.
fn question(text: &str, part: Range<usize>, names: &TargetNames) -> Result<Target, Mistake> {
    let known: Vec<&str> = names.questions.iter().map(|(name, _)| *name).collect();
    let cure = || match known.as_slice() {
        [] => "this scenario asks no question; write P(…) with a condition".to_owned(),
        names => format!("write question \"{}\" in a year", names.join("\" or \"")),
    };
    let quotes = ['"', '“', '”', '\''];
    let said = &text[part.clone()];
    let pieces: Vec<(usize, char)> = said.char_indices().filter(|(_, c)| quotes.contains(c)).collect();
    let [(from, first), .., (to, last)] = pieces[..] else {
        return Err(mistake(part, "the name of the question stands in quotes", cure()));
    };
    let span = part.start + from + first.len_utf8()..part.start + to;
    let name = &text[span.clone()];
    let Some((_, condition)) = names.questions.iter().find(|(known, _)| *known == name) else {
        let cure =
            did_you_mean(name, known.iter().copied()).map_or_else(cure, |meant| format!("did you mean \"{meant}\"?"));
        return Err(mistake(span, format!("there is no question or check \"{name}\""), cure));
    };
    let mut rest = Words::new(text, part.start + to + last.len_utf8()..part.end);
    let year = match (rest.when(&names.names)?, condition.when) {
        (When::In(year), When::In(own)) if own != year => {
            let what = format!("this question is about {own}");
            return Err(mistake(part, what, format!("write in {own}")));
        }
        (When::In(year), _) | (When::EachYear, When::In(year)) => year,
        (When::EachYear, When::SomeYear | When::EveryYear) => names.names.horizon,
        _ => return Err(mistake(part, "in which year?", format!("write in {} behind the name", names.names.horizon))),
    };
    rest.end()?;
    let asked = QuantityOfInterest::Share { condition: (*condition).clone(), year };
    Ok(Target { text: format!("question \"{name}\" in {year}"), asked })
}

/// `ratio in 2030`, `p90 of us.funding in 2028`.
fn statistic(text: &str, part: Range<usize>, names: &Names) -> Result<Target, Mistake> {
    let mut words = Words::new(text, part.clone());
    let Some(first) = words.peek(0) else { return Err(mistake(part, "this asks for nothing", EXAMPLE)) };
    let mut said = "median".to_owned();
    let mut found = Statistic::Quantile(0.5);
    if words.peek(1) == Some("of") {
        let (span, word) = words.take().expect("two words are left");
        found = match word {
            "median" => Statistic::Quantile(0.5),
            "mean" => Statistic::Mean,
            "sd" => Statistic::Sd,
            _ => percentile(word).ok_or_else(|| {
                mistake(
                    span,
                    format!("`{word}` is not a statistic"),
                    "write median, mean, sd or a quantile such as p90",
                )
            })?,
        };
        said = word.to_owned();
        let _ = words.take();
    } else if (percentile(first).is_some() || ["median", "mean", "sd"].contains(&first)) && words.peek(1).is_some() {
        let behind = text[part.clone()].trim_start().trim_start_matches(first).trim();
        let cure = format!("write \"{first} of {behind}\"");
        return Err(mistake(part, format!("behind `{first}` an `of` is missing"), cure));
    } else if first == "of" {
        return Err(mistake(part, "which statistic?", "write median, mean, sd or p90 before `of`"));
    }
    let (metric, subject) = words.subject(names)?;
    // Of some year or every year there is no one number.
    let one_year = |it: Mistake| Mistake { cure: it.cure.replace(", or \"some year\"", ""), ..it };
    let when = words.when(names).map_err(one_year)?;
    if words.peek(0).is_some_and(|word| word.starts_with(['<', '>', '=', '≤', '≥'])) {
        let whole = text[part.clone()].trim();
        let cure = format!("leave the comparison out, or ask for its chance: P({whole})");
        return Err(mistake(part, "a target is one number, held against nothing", cure));
    }
    words.end()?;
    let When::In(year) = when else {
        let cure = format!("write in {} behind it", names.horizon);
        return Err(mistake(part, "in which year? A number of one year is wanted", cure));
    };
    let plain = |word: &str| word.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = plain(&text[part]);
    let of = all.strip_prefix(&format!("{said} of ")).unwrap_or(&all);
    Ok(Target {
        text: format!("{said} of {of}"),
        asked: QuantityOfInterest::Statistic { statistic: found, metric, subject, year },
    })
}

/// `p90` is the quantile at 0.9.
fn percentile(word: &str) -> Option<Statistic> {
    let number = crate::units::count(word.strip_prefix('p')?).ok()?;
    (number > 0.0 && number < 100.0).then_some(Statistic::Quantile(number / 100.0))
}
