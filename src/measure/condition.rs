//! Conditions on metrics, as an analyst writes them, parsed into something that can be asked of a path.

use std::ops::Range;

use crate::diagnostic::did_you_mean;
use crate::units;

use super::names::Names;
use super::observed::{example, observed};
use super::{Comparison, Metric, Subject, Values};

/// A condition that holds on a path or does not: `china.funding in 2030 > $6.7bn`.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// As written, with single spaces.
    pub text: String,
    /// What is measured.
    pub metric: Metric,
    /// Subject quantity it is.
    pub subject: Subject,
    /// Whether the value is divided by that of the year before.
    pub one_year_multiple: bool,
    /// In which years it is asked.
    pub when: When,
    /// How the value compares.
    pub comparison: Comparison,
    /// Threshold of the comparison, in the unit of the metric.
    pub threshold: f64,
}

/// In which simulated years a condition is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Each year by itself.
    EachYear,
    /// It holds in this year.
    In(i32),
    /// It holds in some year so far.
    SomeYear,
    /// It holds in every year so far.
    EveryYear,
}

/// What is wrong with a condition: bytes of its text, what and cure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// The mistake, in words for the user.
    pub what: String,
    /// What to do about it.
    pub cure: String,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.what, self.cure)
    }
}

impl std::error::Error for Mistake {}

const EXAMPLE: &str = "write it like \"china.funding in 2030 > 6.7bn USD\" or \"ratio in 2030 < half of 2023\"";

impl Condition {
    /// Parses a condition.
    ///
    /// # Errors
    /// The first mistake, with its place in the text.
    pub fn parse(text: &str, names: &Names) -> Result<Self, Mistake> {
        let signs = [("<=", Comparison::AtMost), (">=", Comparison::AtLeast), ("≤", Comparison::AtMost)];
        let signs =
            signs.into_iter().chain([("≥", Comparison::AtLeast), ("<", Comparison::Below), (">", Comparison::Above)]);
        let found = signs.filter_map(|(sign, comparison)| text.find(sign).map(|at| (at, sign, comparison)));
        // The first sign; of two at one place the longer one, which comes first in the list.
        let first = found.reduce(|best, this| if this.0 < best.0 { this } else { best });
        let Some((at, sign, comparison)) = first else {
            return Err(mistake(0..text.len(), "this compares nothing", EXAMPLE));
        };
        let mut left = Words::new(text, 0..at);
        let right = Words::new(text, at + sign.len()..text.len());
        let one_year_multiple = left.skip(&["one-year", "multiple", "of"]);
        let (metric, subject) = left.subject(names)?;
        if one_year_multiple && metric.may_be_negative() {
            let what = format!("{} can change its sign, so a multiple of it says nothing", metric.name());
            return Err(mistake(
                left.whole.clone(),
                what,
                "ask about its level, or about a multiple of funding or ratio",
            ));
        }
        let when = left.when(names)?;
        left.end()?;
        let behind = right.all();
        let threshold = right.threshold(metric, subject, one_year_multiple, names)?;
        let range = if one_year_multiple { Values::NotNegative } else { metric.values() }.range();
        if let Some((what, cure)) = foregone(comparison, threshold, range) {
            let what = if one_year_multiple {
                format!("a multiple of {} {what}", metric.name())
            } else {
                format!("{} {what}", metric.name())
            };
            return Err(mistake(behind, what, cure));
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Self { text, metric, subject, one_year_multiple, when, comparison, threshold })
    }
}

/// Why a comparison has one answer on every path, if it has, and what could be asked instead.
pub(super) fn foregone(
    comparison: Comparison,
    threshold: f64,
    (low, high): (f64, f64),
) -> Option<(&'static str, &'static str)> {
    let limited = high.is_finite();
    let cure = if limited { "write a value between 0% and 100%" } else { "write a value above 0" };
    let never_below = "is never below 0, so this has the same answer on every path";
    let never_above = "is never above 100%, so this has the same answer on every path";
    let reached = matches!(comparison, Comparison::Below | Comparison::AtLeast) && threshold == low;
    if threshold < low || reached {
        return Some((never_below, cure));
    }
    let reached = matches!(comparison, Comparison::Above | Comparison::AtMost) && threshold == high;
    (limited && (threshold > high || reached)).then_some((never_above, cure))
}

pub(super) fn mistake(span: Range<usize>, what: impl Into<String>, cure: impl Into<String>) -> Mistake {
    Mistake { span, what: what.into(), cure: cure.into() }
}

/// Words of a part of the text with their places.
pub(super) struct Words<'a> {
    words: Vec<(Range<usize>, &'a str)>,
    next: usize,
    whole: Range<usize>,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str, part: Range<usize>) -> Self {
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in text[part.clone()].char_indices().chain([(part.len(), ' ')]) {
            match (c.is_whitespace(), start) {
                (false, None) => start = Some(at),
                (true, Some(from)) => {
                    let span = part.start + from..part.start + at;
                    words.push((span.clone(), &text[span]));
                    start = None;
                }
                _ => {}
            }
        }
        Self { words, next: 0, whole: part }
    }

    /// Bytes from the first word to the last.
    fn all(&self) -> Range<usize> {
        let first = self.words.first().map(|(span, _)| span.start);
        let last = self.words.last().map(|(span, _)| span.end);
        first.zip(last).map_or(self.whole.clone(), |(start, end)| start..end)
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<&'a str> {
        self.words.get(self.next + ahead).map(|(_, word)| *word)
    }

    /// Skips some words if they come next.
    pub(super) fn skip(&mut self, wanted: &[&str]) -> bool {
        let here = (0..wanted.len()).all(|ahead| self.peek(ahead) == Some(wanted[ahead]));
        self.next += if here { wanted.len() } else { 0 };
        here
    }

    pub(super) fn take(&mut self) -> Option<(Range<usize>, &'a str)> {
        let word = self.words.get(self.next).cloned();
        self.next += 1;
        word
    }

    pub(super) fn end(&mut self) -> Result<(), Mistake> {
        match self.take() {
            None => Ok(()),
            Some((span, word)) => Err(mistake(span, format!("`{word}` is not understood here"), EXAMPLE)),
        }
    }

    pub(super) fn subject(&mut self, names: &Names) -> Result<(Metric, Subject), Mistake> {
        let Some((span, word)) = self.take() else {
            return Err(mistake(self.whole.clone(), "nothing stands before the sign", EXAMPLE));
        };
        let (region, name) = word.split_once('.').map_or((None, word), |(region, name)| (Some(region), name));
        let Some(metric) = Metric::ALL.into_iter().find(|metric| metric.name() == name) else {
            let cure = match did_you_mean(name, Metric::ALL.map(Metric::name)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`aigap metrics` lists what may be named".to_owned(),
            };
            return Err(mistake(span, format!("there is no metric `{name}`"), cure));
        };
        let has_world = names.regions.iter().any(|known| known == "rest");
        if metric == Metric::WorldShare && !has_world {
            let what = format!("`{word}` needs a world to be a share of");
            return Err(mistake(span, what, "write [rest.funding] with a growth model, or ask about `share`"));
        }
        let subject = match region {
            None if metric.is_of_the_gap() => Subject::Gap,
            None => {
                let cure = format!("write {}.{name} or the like", names.regions[names.gap[1]]);
                return Err(mistake(span, format!("whose {name}?"), cure));
            }
            Some(_) if metric.is_of_the_gap() => {
                return Err(mistake(span, format!("{name} is a metric of the gap"), format!("write {name} alone")));
            }
            Some("world") if has_world && metric != Metric::WorldShare => Subject::World,
            Some(region) => match names.regions.iter().position(|known| known == region) {
                Some(place) => Subject::Region(place),
                None => {
                    let cure = match did_you_mean(region, names.regions.iter().map(String::as_str)) {
                        Some(meant) => format!("did you mean `{meant}.{name}`?"),
                        None => format!("this scenario has {}", names.regions.join(", ")),
                    };
                    return Err(mistake(span, format!("there is no region `{region}` here"), cure));
                }
            },
        };
        let all = |of: &[bool]| match subject {
            Subject::Region(place) => of[place],
            Subject::Gap => names.gap.iter().all(|place| of[*place]),
            Subject::World => of.iter().all(|it| *it),
        };
        if metric.needs_single_deals() && (subject == Subject::World || !all(names.single)) {
            let cure = "write [us.counting] and below it sizes = true, for each region it is about";
            return Err(mistake(span, format!("{word} needs deals that are simulated one by one"), cure));
        }
        if let Some(companion) = metric.companion() {
            let divided = |region: &usize| (names.accompanied)(*region, companion);
            let known = match subject {
                Subject::Region(place) => divided(&place),
                Subject::Gap => names.gap.iter().all(divided),
                Subject::World => false,
            };
            if !known {
                let lacking = |place: &&usize| !divided(place);
                let of_gap = names.gap.iter().find(lacking).copied().unwrap_or(names.gap[0]);
                let place = if let Subject::Region(place) = subject { place } else { of_gap };
                let (region, what) = (&names.regions[place], companion.name());
                let cure =
                    format!("write [{region}.{what}] and below it figure and growth, for each region it is about");
                return Err(mistake(
                    span,
                    format!("{word} needs the {} of both sides or of its region", companion.in_words()),
                    cure,
                ));
            }
        }
        if metric.needs_deals() && !all(names.whole) {
            return Err(mistake(span, format!("{word} is not modelled here"), "only funding is; ask about funding"));
        }
        Ok((metric, subject))
    }

    pub(super) fn when(&mut self, names: &Names) -> Result<When, Mistake> {
        if self.skip(&["in", "some", "year"]) {
            return Ok(When::SomeYear);
        }
        if self.skip(&["in", "every", "year"]) {
            return Ok(When::EveryYear);
        }
        if !self.skip(&["in"]) {
            return Ok(When::EachYear);
        }
        let years = format!("write a year from {} to {}, or \"some year\"", names.base_year + 1, names.horizon);
        let Some((span, word)) = self.take() else {
            return Err(mistake(self.whole.clone(), "`in` says no year", years));
        };
        match units::year(word) {
            Ok(year) if year > names.base_year && year <= names.horizon => Ok(When::In(year)),
            _ => Err(mistake(span, format!("`{word}` is not a simulated year"), years)),
        }
    }

    /// The level that a metric of the same unit has in an observed year: `china.funding of 2022`; the inner `None` where the data
    /// do not say it.
    fn level_of_year(&self, metric: Metric, names: &Names) -> Option<Option<f64>> {
        let [(_, _), (_, "of"), (_, year)] = self.words[..] else { return None };
        let (known, subject) =
            Words { words: self.words[..1].to_vec(), next: 0, whole: self.whole.clone() }.subject(names).ok()?;
        let year = year.parse().ok()?;
        (known.unit() == metric.unit()).then(|| observed(known, subject, year, names))
    }

    /// What stands behind the sign, in the unit of the metric.
    pub(super) fn threshold(
        mut self,
        metric: Metric,
        subject: Subject,
        multiple: bool,
        names: &Names,
    ) -> Result<f64, Mistake> {
        let whole = self.all();
        let text = self.words.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(" ");
        if let (Some(level), false) = (self.level_of_year(metric, names), multiple) {
            return level.ok_or_else(|| {
                let what = format!("the data do not say what \"{text}\" is");
                mistake(whole, what, format!("name an observed year, such as {}", names.base_year))
            });
        }
        let factor = if self.skip(&["half", "of"]) {
            Some(0.5)
        } else if self.skip(&["twice"]) {
            Some(2.0)
        } else if self.peek(1) == Some("times") {
            let factor = units::count(self.peek(0).unwrap_or_default()).ok();
            self.next += 2;
            factor
        } else if self.peek(1) == Some("level") {
            Some(1.0)
        } else {
            None
        };
        if let (Some(factor), false) = (factor, multiple) {
            if factor == 0.0 {
                return Err(mistake(whole, "0 times a year is nothing", "write 0, or a factor such as 1.5 times"));
            }
            let year = self.take().and_then(|(_, word)| units::year(word).ok());
            let _ = self.skip(&["level"]);
            let value = year.and_then(|year| observed(metric, subject, year, names));
            self.end()?;
            return value.map(|value| factor * value).ok_or_else(|| {
                let what = format!("the data do not say what \"{text}\" is");
                let base = names.base_year;
                let cure = match observed(metric, subject, base, names) {
                    Some(_) => format!("name an observed year: half of {base}, twice {base}"),
                    None => {
                        format!("{} is not observed: write a value such as {}", metric.name(), example(metric, false))
                    }
                };
                mistake(whole, what, cure)
            });
        }
        if let Some((what, cure)) = ambiguous(&text, if multiple { "times" } else { metric.unit() }) {
            return Err(mistake(whole, what, cure));
        }
        let value = match (multiple, metric.unit()) {
            (true, _) | (_, "times") => units::count(text.strip_suffix(['×', 'x']).unwrap_or(&text)).ok(),
            (_, "deals" | "natural log") => units::count(&text).ok(),
            (_, "share") => units::percent(&text).ok(),
            (_, unit) => {
                let scale = if unit == "$m" { 1e6 } else { 1e9 };
                units::money(&text)
                    .ok()
                    .filter(|(currency, _)| *currency == units::Currency::Dollar)
                    .map(|(_, it)| it / scale)
            }
        };
        value.ok_or_else(|| {
            let (base, example) = (names.base_year, example(metric, multiple));
            // In double quotes a shell puts its own variable in place of `$6`, which is empty.
            if text.starts_with('.') && metric.unit().starts_with('$') {
                let what = format!("`{text}` has lost its first digits: a shell took `$` and a digit for a variable");
                return mistake(
                    whole,
                    what,
                    "write 6.7bn USD, or 0.5bn USD for half a billion; or put the whole into single quotes",
                );
            }
            let what = if multiple {
                format!("`{text}` is no multiple of a value")
            } else {
                format!("`{text}` is no value of {}", metric.name())
            };
            let cure = if multiple || observed(metric, subject, base, names).is_none() {
                format!("write it like {example}")
            } else {
                format!("write it like {example}, or half of {base}, twice {base}, 1.5 times {base}")
            };
            mistake(whole, what, cure)
        })
    }
}

/// Why a value may mean two things, if it may, and how each of them is written.
fn ambiguous(text: &str, unit: &str) -> Option<(String, String)> {
    if unit == "deals" && units::may_be_thousands(text) {
        let [thousands, decimal] = [text.replace('.', ""), text.trim_end_matches('0').trim_end_matches('.').to_owned()];
        let what = format!("`{text}` may be {thousands} or {decimal}");
        return Some((what, format!("write {thousands} if thousands are meant, or {decimal}")));
    }
    if unit.starts_with('$') && units::lacks_scale(text) {
        let scale = unit.trim_start_matches('$');
        return Some((format!("`{text}` says no scale"), format!("did you mean {text}{scale}?")));
    }
    None
}

#[cfg(test)]
mod tests;
