//! Goals: a target held against a number, such as `P(ratio in 2030 < half of 2023) >= 50%`.

use crate::units;

use super::condition::{Words, foregone, mistake};
use super::target::{QuantityOfInterest, Target, TargetNames};
use super::{Comparison, Mistake, Statistic};

/// A target and the number that it must reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// As written, with single spaces.
    pub text: String,
    /// What is asked of a run.
    pub target: Target,
    /// How it must compare.
    pub comparison: Comparison,
    /// With what, in the unit of the target: a share between 0 and 1, or the unit of its metric.
    pub bound: f64,
    /// The bound as it was written.
    pub bound_text: String,
}

const EXAMPLE: &str =
    "write it like \"P(ratio in 2030 < half of 2023) >= 50%\" or \"median of gap in 2030 <= 20bn USD\"";

/// What is wrong with a goal that is to be met to the last digit, and what to write.
const NO_EQUAL: (&str, &str) =
    ("a goal is not met to the last digit, so `=` cannot be sought", "write >= or <= in place of =");

impl Goal {
    /// Parses a goal as an analyst writes it.
    ///
    /// # Errors
    /// The first mistake, with its place in the text.
    pub fn parse(text: &str, names: &TargetNames) -> Result<Self, Mistake> {
        let Some((at, sign, comparison)) = last_sign(text) else {
            let open = text.matches('(').count() > text.matches(')').count();
            let what = match text.trim() {
                "" => "this is no goal",
                _ if open => "a bracket is not closed",
                text if has_equals(text) => return Err(mistake(0..text.len(), NO_EQUAL.0, NO_EQUAL.1)),
                _ => "this holds a number against nothing",
            };
            return Err(mistake(0..text.len(), what, EXAMPLE));
        };
        let target = Target::parse_part(text, 0..at, names)?;
        let right = at + sign.len()..text.len();
        let written = text[right.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let start = right.start + (text[right.clone()].len() - text[right.clone()].trim_start().len());
        let span = start.min(right.end)..right.end;
        let bound = match &target.asked {
            QuantityOfInterest::Share { .. } => {
                let share = units::percent(&written).map_err(|_| {
                    let what = if written.is_empty() {
                        "no chance is stated".to_owned()
                    } else {
                        format!("`{written}` is no chance")
                    };
                    mistake(span.clone(), what, "write a percentage, such as 50%")
                })?;
                if !(share > 0.0 && share < 1.0) {
                    let cure =
                        "write a percentage above 0% and below 100%: no number of paths can show never or always";
                    return Err(mistake(span, format!("a chance of {written} cannot be sought"), cure));
                }
                share
            }
            QuantityOfInterest::Statistic { statistic, metric, subject, .. } => {
                let behind = Words::new(text, right.clone());
                let bound = behind.threshold(*metric, *subject, false, &names.names)?;
                if *statistic == Statistic::Sd && bound < 0.0 {
                    return Err(mistake(span, "a standard deviation is never below zero", "write a positive number"));
                }
                if let (Some((what, cure)), false) =
                    (foregone(comparison, bound, metric.values().range()), *statistic == Statistic::Sd)
                {
                    return Err(mistake(span, format!("{} {what}", metric.name()), cure));
                }
                let (low, high) = metric.values().range();
                let at_its_end = match comparison {
                    Comparison::AtMost | Comparison::Above => bound == low,
                    Comparison::AtLeast | Comparison::Below => bound == high,
                };
                if at_its_end && *statistic != Statistic::Sd {
                    let (end, cure) = if bound == low {
                        ("0", "write a value above 0")
                    } else {
                        ("100%", "write a value below 100%")
                    };
                    let what = format!("{} of {end} is out of reach of every assumption", metric.name());
                    return Err(mistake(span, what, cure));
                }
                bound
            }
        };
        let sign = match comparison {
            Comparison::Below => "<",
            Comparison::AtMost => "<=",
            Comparison::Above => ">",
            Comparison::AtLeast => ">=",
        };
        Ok(Self { text: format!("{} {sign} {written}", target.text), target, comparison, bound, bound_text: written })
    }

    /// Whether a value of the target meets it.
    #[must_use]
    pub fn is_met(&self, value: f64) -> bool {
        self.comparison.holds(value, self.bound)
    }

    /// Whether larger values of the target are better.
    #[must_use]
    pub fn wants_more(&self) -> bool {
        matches!(self.comparison, Comparison::Above | Comparison::AtLeast)
    }
}

/// Whether `=` stands behind the last bracket or quote, where a goal has its comparison.
fn has_equals(text: &str) -> bool {
    text.rsplit([')', '"', '”']).next().is_some_and(|rest| rest.contains('='))
}

/// The last comparison that stands outside brackets and quotes: its place and its sign.
fn last_sign(text: &str) -> Option<(usize, &str, Comparison)> {
    let (mut depth, mut quoted, mut found) = (0_usize, false, None);
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            '"' | '“' | '”' => quoted = !quoted,
            _ => {}
        }
        if depth > 0 || quoted || at < skip {
            continue;
        }
        let signs = [("<=", Comparison::AtMost), (">=", Comparison::AtLeast), ("≤", Comparison::AtMost)];
        let signs =
            signs.into_iter().chain([("≥", Comparison::AtLeast), ("<", Comparison::Below), (">", Comparison::Above)]);
        if let Some((sign, comparison)) = signs.into_iter().find(|(sign, _)| text[at..].starts_with(sign)) {
            skip = at + sign.len();
            found = Some((at, &text[at..skip], comparison));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Condition, Metric, Names, Subject, When};
    use super::*;

    fn with_names<T>(of: impl FnOnce(&TargetNames) -> T) -> T {
        let regions = ["us".to_owned(), "china".to_owned()];
        let observed = |region: &str, metric: &str, year: i32| match (region, metric, year) {
            ("us", "funding", 2023) => Some(31.0),
            ("china", "funding", 2023) => Some(2.0),
            ("china", "funding", 2022) => Some(6.7),
            _ => None,
        };
        let names = Names {
            regions: &regions,
            whole: &[true, true],
            single: &[false, false],
            accompanied: &|_, _| false,
            gap: [0, 1],
            base_year: 2023,
            horizon: 2030,
            observed: &observed,
        };
        let condition = Condition::parse("china.funding > $6.7bn", &names).expect("a condition");
        of(&TargetNames { names, questions: &[("China back", &condition)] })
    }

    fn goal(text: &str) -> Result<Goal, Mistake> {
        with_names(|names| Goal::parse(text, names))
    }

    fn target(text: &str) -> Result<Target, Mistake> {
        with_names(|names| Target::parse(text, names))
    }

    #[test]
    fn targets_are_read_as_analysts_write_them() {
        let statistic = |text: &str| match target(text).expect(text).asked {
            QuantityOfInterest::Statistic { statistic, metric, subject, year } => (statistic, metric, subject, year),
            QuantityOfInterest::Share { .. } => panic!("{text} is no share"),
        };
        let (gap, median) = (Subject::Gap, Statistic::Quantile(0.5));
        assert_eq!(statistic("ratio in 2030"), (median, Metric::Ratio, gap, 2030));
        assert_eq!(statistic(" median  of gap in 2030"), (median, Metric::Gap, gap, 2030));
        assert_eq!(statistic("mean of share in 2030"), (Statistic::Mean, Metric::Share, gap, 2030));
        assert_eq!(statistic("sd of log-ratio in 2029"), (Statistic::Sd, Metric::LogRatio, gap, 2029));
        let quantile = (Statistic::Quantile(0.9), Metric::Funding, Subject::Region(0), 2028);
        assert_eq!(statistic("p90 of us.funding in 2028"), quantile);
        assert_eq!(target("ratio in  2030").expect("a target").text, "median of ratio in 2030");
        let share = |text: &str| match target(text).expect(text).asked {
            QuantityOfInterest::Share { condition, year } => {
                (condition.metric, condition.when, condition.threshold, year)
            }
            QuantityOfInterest::Statistic { .. } => panic!("{text} is a share"),
        };
        assert_eq!(share("P(ratio in 2030 < half of 2023)"), (Metric::Ratio, When::In(2030), 7.75, 2030));
        let some = (Metric::Funding, When::SomeYear, 6.7, 2030);
        assert_eq!(share("P (china.funding in some year > 6.7bn USD)"), some);
        assert_eq!(share("P(china.funding in 2030 > china.funding of 2022)").2, 6.7);
        assert_eq!(share("question \"China back\" in 2028"), (Metric::Funding, When::EachYear, 6.7, 2028));
    }

    #[test]
    fn goals_are_a_target_and_a_number_of_its_unit() {
        let read = |text: &str| goal(text).map(|it| (it.target.is_share(), it.comparison, it.bound));
        assert_eq!(read("P(ratio in 2030 < half of 2023) >= 50%"), Ok((true, Comparison::AtLeast, 0.5)));
        assert_eq!(read("median of gap in 2030 <= $20bn"), Ok((false, Comparison::AtMost, 20.0)));
        assert_eq!(read("ratio in 2030 < half of 2023"), Ok((false, Comparison::Below, 7.75)));
        assert_eq!(read("china.funding in 2030 ≥ china.funding of 2022"), Ok((false, Comparison::AtLeast, 6.7)));
        assert_eq!(read("question \"China back\" in 2030 > 60%"), Ok((true, Comparison::Above, 0.6)));
        assert_eq!(goal("ratio in 2030<8").expect("a goal").text, "median of ratio in 2030 < 8");
    }

    #[test]
    fn mistakes_say_where_and_what_to_do() {
        let wrong = |text: &str| {
            let found = goal(text).expect_err(text);
            (text[found.span.clone()].to_owned(), found.what, found.cure)
        };
        assert!(wrong("ratio in 2030").1.contains("against nothing"));
        assert_eq!(wrong("P(ration in 2030 < 8) >= 50%").0, "ration");
        assert_eq!(wrong("P(ratio in 2030 < 8) >= 50").0, "50");
        assert!(wrong("P(ratio in 2030 < 8) >= 100%").2.contains("below 100%"));
        assert_eq!(wrong("average of ratio in 2030 < 8").0, "average");
        assert!(wrong("ratio < 8").1.contains("in which year"));
        assert!(wrong("P(ratio < 8) > 50%").2.contains("in 2030"));
        assert!(wrong("ratio in 2023 < 8").2.contains("2024 to 2030"));
        assert!(wrong("P(china.funding in 2030 > .7bn) > 50%").1.contains("shell"));
        assert!(wrong("question \"China bak\" in 2030 > 50%").2.contains("China back"));
        assert!(wrong("P(ratio in 2030 < 8 >= 50%").1.contains("not closed"));
        assert_eq!(wrong("median of ratio in 2030 <= -3").0, "-3");
        assert_eq!(wrong("median of ratio in 2030 <= 0").1, "ratio of 0 is out of reach of every assumption");
        assert_eq!(wrong("p10 of us.funding in 2030 > 0").0, "0");
        assert!(wrong("median of gap in 2030 <= 20").2.contains("6.7bn USD"));
        for text in [
            "",
            ">",
            "> 5",
            "P() > 5%",
            "P( > 5%",
            "question > 5%",
            "of ratio in 2030 > 1",
            "p0 of ratio in 2030 > 1",
            "é in > ×",
        ] {
            assert!(goal(text).is_err(), "{text}");
        }
    }
}
