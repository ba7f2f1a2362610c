//! Answers of yes and no: built-in events, milestones and the scenario's own conditions, counted over paired paths.

use crate::measure::{Condition, When, Whose};
use crate::metric::{Base, Measure, Milestone, Question, Standing, Subject};
use crate::scenario::Scenario;

use super::Tally;

/// A condition of the scenario with the measure it looks at and the value of the base year.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// What is asked.
    pub condition: Condition,
    /// What it looks at.
    pub measure: Measure,
    /// The value of the base year, before the first one-year multiple.
    pub start: f64,
}

/// What the questions of a year look at, a value per path: even paths first, then the odd ones.
#[derive(Clone, Copy)]
pub(super) struct Paths<'a> {
    pub gap: &'a [f64],
    pub ratio: &'a [f64],
    pub lowest_gap: &'a [f64],
    /// The base of each path; empty where all have the same.
    pub bases: &'a [Base],
}

impl Paths<'_> {
    /// Counts the paths that answer yes.
    pub fn ask(&self, question: Question, base: &Base) -> Tally {
        if !self.bases.is_empty() {
            let answers = self.standings().zip(self.bases).map(|(path, base)| u64::from(question.holds(path, base)));
            return count_ones(&answers.collect::<Vec<u64>>());
        }
        ask_from(self, question, base)
    }

    /// The even paths and the odd paths of the same draws.
    fn halves(&self) -> [Self; 2] {
        let draws = self.gap.len() / 2;
        let (gap, ratio, lowest) =
            (self.gap.split_at(draws), self.ratio.split_at(draws), self.lowest_gap.split_at(draws));
        [
            Self { gap: gap.0, ratio: ratio.0, lowest_gap: lowest.0, bases: &[] },
            Self { gap: gap.1, ratio: ratio.1, lowest_gap: lowest.1, bases: &[] },
        ]
    }

    #[inline(always)]
    fn standings(&self) -> impl Iterator<Item = Standing> {
        let columns = self.gap.iter().zip(self.ratio).zip(self.lowest_gap);
        columns.map(|((gap, ratio), lowest_gap)| Standing { gap: *gap, ratio: *ratio, lowest_gap: *lowest_gap })
    }
}

/// Counts the paths that answer yes, all of them held against one base.
///
/// An arm for each question, so that each has a loop of its own with nothing left to decide inside.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn ask_from(paths: &Paths<'_>, question: Question, base: &Base) -> Tally {
    use Question as Q;
    match question {
        Q::WiderInDollars => count(paths, |path| Q::WiderInDollars.holds(path, base)),
        Q::WiderAsRatio => count(paths, |path| Q::WiderAsRatio.holds(path, base)),
        Q::WiderInBoth => count(paths, |path| Q::WiderInBoth.holds(path, base)),
        Q::WiderInDollarsOnly => count(paths, |path| Q::WiderInDollarsOnly.holds(path, base)),
        Q::WiderAsRatioOnly => count(paths, |path| Q::WiderAsRatioOnly.holds(path, base)),
        Q::WiderInNeither => count(paths, |path| Q::WiderInNeither.holds(path, base)),
        Q::RatioMoreThanDouble => count(paths, |path| Q::RatioMoreThanDouble.holds(path, base)),
        Q::RatioLessThanHalf => count(paths, |path| Q::RatioLessThanHalf.holds(path, base)),
        Q::RatioUnchanged => count(paths, |path| Q::RatioUnchanged.holds(path, base)),
        Q::DollarsMoreThanDouble => count(paths, |path| Q::DollarsMoreThanDouble.holds(path, base)),
        Q::DollarsLessThanHalf => count(paths, |path| Q::DollarsLessThanHalf.holds(path, base)),
        Q::FollowAhead => count(paths, |path| Q::FollowAhead.holds(path, base)),
        Q::FollowAheadSoFar => count(paths, |path| Q::FollowAheadSoFar.holds(path, base)),
    }
}

/// Counts in lanes as wide as the numbers compared, which is what the compiler can vectorise.
#[inline(always)]
fn count(paths: &Paths, holds: impl Fn(Standing) -> bool) -> Tally {
    let [even, odd] = paths.halves();
    let mut tally = Tally::default();
    for (even, odd) in even.standings().zip(odd.standings()) {
        let (even, odd) = (u64::from(holds(even)), u64::from(holds(odd)));
        tally.yes += even + odd;
        tally.both += even & odd;
    }
    tally
}

/// Marks the paths that reach a milestone in this year and counts all that have reached it so far.
pub(super) fn reach(milestone: Milestone, base: &Base, paths: &Paths, before: &[f64], reached: &mut [u64]) -> Tally {
    if paths.bases.is_empty() {
        mark(milestone, base, [paths.ratio, before], reached);
    } else {
        for (((reached, ratio), before), base) in reached.iter_mut().zip(paths.ratio).zip(before).zip(paths.bases) {
            *reached |= u64::from(milestone.is_met(*ratio, *before, base));
        }
    }
    count_ones(reached)
}

/// Marks the paths that meet a milestone, all of them held against one base.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn mark(milestone: Milestone, base: &Base, [ratio, before]: [&[f64]; 2], reached: &mut [u64]) {
    use Milestone as M;
    let mut mark = |milestone: Milestone| {
        for ((reached, ratio), before) in reached.iter_mut().zip(ratio).zip(before) {
            *reached |= u64::from(milestone.is_met(*ratio, *before, base));
        }
    };
    match milestone {
        M::Parity => mark(M::Parity),
        M::SustainedParity => mark(M::SustainedParity),
        M::RatioHalved => mark(M::RatioHalved),
        M::RatioDoubled => mark(M::RatioDoubled),
    }
}

/// Counts answers of 0 and 1: even paths in the first half, the odd ones of the same draws in the second.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn count_ones(answers: &[u64]) -> Tally {
    let (even, odd) = answers.split_at(answers.len() / 2);
    let mut tally = Tally::default();
    for (even, odd) in even.iter().zip(odd) {
        tally.yes += even + odd;
        tally.both += even & odd;
    }
    tally
}

/// Questions first, then checks, in the order of the scenario. What must hold must hold in every year.
pub(super) fn asked(scenario: &Scenario) -> Vec<Asked> {
    let checks = scenario.checks.iter().map(|check| {
        let mut condition = check.that.clone();
        if condition.when == When::EachYear {
            condition.when = When::EveryYear;
        }
        condition
    });
    let conditions = scenario.questions.iter().map(|question| question.that.clone()).chain(checks);
    let asked = conditions.map(|condition| {
        let subject = match condition.whose {
            Whose::Region(region) => Subject::Region(region),
            Whose::World => Subject::World,
            Whose::Gap => Subject::Gap,
        };
        let measure = Measure { metric: condition.metric, subject };
        // Conditions speak of nominal dollars, whatever money is shown.
        let worth = if measure.metric.is_money() { libm::exp(scenario.log_money(scenario.base_year)) } else { 1.0 };
        let start = measure.observed(scenario, scenario.base_year).map_or(f64::NAN, |it| it.value / worth);
        Asked { condition, measure, start }
    });
    asked.collect()
}
