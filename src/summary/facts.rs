//! Where the paths of a block stand in a year, a bit for each fact, and how many of them answer yes to what is made of it.
//!
//! Thirteen events and four milestones are put together from eleven comparisons. Each comparison is made once, its answer
//! is one of sixteen bits of a path, and so is what is made of several; counting an event is counting a bit.

use crate::engine::{Column, PATHS_PER_BLOCK};
use crate::metric::{Base, Milestone, Question, Standing};

use super::probability::Tally;

/// Facts of a year, each of them a question or a milestone of its own.
mod fact {
    pub(crate) const WIDER_IN_DOLLARS: u16 = 1;
    pub(crate) const WIDER_AS_RATIO: u16 = 1 << 1;
    pub(crate) const RATIO_MORE_THAN_DOUBLE: u16 = 1 << 2;
    pub(crate) const RATIO_LESS_THAN_HALF: u16 = 1 << 3;
    pub(crate) const RATIO_UNCHANGED: u16 = 1 << 4;
    pub(crate) const DOLLARS_MORE_THAN_DOUBLE: u16 = 1 << 5;
    pub(crate) const DOLLARS_LESS_THAN_HALF: u16 = 1 << 6;
    pub(crate) const TRAILER_AHEAD: u16 = 1 << 7;
    pub(crate) const PARITY: u16 = 1 << 8;
    pub(crate) const RATIO_HALVED: u16 = 1 << 9;
    pub(crate) const RATIO_DOUBLED: u16 = 1 << 10;
    /// Parity in this year and in the one before.
    pub(crate) const SUSTAINED_PARITY: u16 = 1 << 11;
    pub(crate) const WIDER_IN_BOTH: u16 = 1 << 12;
    pub(crate) const WIDER_IN_DOLLARS_ONLY: u16 = 1 << 13;
    pub(crate) const WIDER_AS_RATIO_ONLY: u16 = 1 << 14;
    pub(crate) const WIDER_IN_NEITHER: u16 = 1 << 15;
    /// Facts that stay true once they were.
    pub(crate) const REACHED: u16 = TRAILER_AHEAD | PARITY | RATIO_HALVED | RATIO_DOUBLED | SUSTAINED_PARITY;
}

/// Facts of all paths of a block.
#[derive(Debug)]
pub(super) struct Facts {
    rows: usize,
    /// Facts of the next year, as the comparisons write them.
    next: Column<u16>,
    /// Facts of the year entered last.
    now: Column<u16>,
    /// Facts of any year so far.
    reached: Column<u16>,
}

impl Facts {
    pub(crate) fn new() -> Self {
        Self { rows: 0, next: Column::default(), now: Column::default(), reached: Column::default() }
    }

    /// Begins a block of paths: in the base year each stands where its base does, and has reached nothing.
    ///
    /// `own` are gap and ratio of the base year by path, where the figures are not taken as given.
    pub(crate) fn restart(&mut self, rows: usize, base: &Base, own: Option<[&[f64]; 2]>) {
        self.rows = rows;
        self.reached.fill(0);
        let parity = |base: &Base| if Milestone::Parity.is_met(base.ratio, f64::NAN, base) { fact::PARITY } else { 0 };
        self.now.fill(parity(base));
        if let Some([_, ratios]) = own {
            let parity = |ratio: &f64| parity(&Base { ratio: *ratio, ..*base });
            self.now.iter_mut().zip(ratios).for_each(|(now, ratio)| *now = parity(ratio));
        }
    }

    /// Takes the gap and the ratio of the next year, held against one base or each path against its own.
    pub(crate) fn enter(&mut self, gap: &[f64], ratio: &[f64], base: &Base, own: Option<[&[f64]; 2]>) {
        let next = &mut self.next[..self.rows];
        match own {
            None => compare(gap, ratio, base, next),
            Some(own) => compare_own(gap, ratio, base, own, next),
        }
        remember(next, &mut self.now, &mut self.reached);
    }

    /// Paths that answer yes to a question in the year entered last.
    pub(crate) fn ask(&self, question: Question) -> Tally {
        use Question as Q;
        let fact = match question {
            Q::WiderInDollars => fact::WIDER_IN_DOLLARS,
            Q::WiderAsRatio => fact::WIDER_AS_RATIO,
            Q::WiderInBoth => fact::WIDER_IN_BOTH,
            Q::WiderInDollarsOnly => fact::WIDER_IN_DOLLARS_ONLY,
            Q::WiderAsRatioOnly => fact::WIDER_AS_RATIO_ONLY,
            Q::WiderInNeither => fact::WIDER_IN_NEITHER,
            Q::RatioMoreThanDouble => fact::RATIO_MORE_THAN_DOUBLE,
            Q::RatioLessThanHalf => fact::RATIO_LESS_THAN_HALF,
            Q::RatioUnchanged => fact::RATIO_UNCHANGED,
            Q::DollarsMoreThanDouble => fact::DOLLARS_MORE_THAN_DOUBLE,
            Q::DollarsLessThanHalf => fact::DOLLARS_LESS_THAN_HALF,
            Q::TrailerAhead => fact::TRAILER_AHEAD,
            Q::TrailerAheadSoFar => return count(&self.reached[..self.rows], fact::TRAILER_AHEAD),
        };
        count(&self.now[..self.rows], fact)
    }

    /// Paths that have reached a milestone by the year entered last.
    pub(crate) fn reached(&self, milestone: Milestone) -> Tally {
        let fact = match milestone {
            Milestone::Parity => fact::PARITY,
            Milestone::SustainedParity => fact::SUSTAINED_PARITY,
            Milestone::RatioHalved => fact::RATIO_HALVED,
            Milestone::RatioDoubled => fact::RATIO_DOUBLED,
        };
        count(&self.reached[..self.rows], fact)
    }
}

/// The facts of a path in a year, by the definitions of the questions and milestones themselves.
#[inline(always)]
fn facts_of(gap: f64, ratio: f64, base: &Base) -> u64 {
    let standing = Standing { gap, ratio, lowest_lead: base.lead_of(gap) };
    let fact = |holds: bool, fact: u16| if holds { u64::from(fact) } else { 0 };
    let question = |question: Question, bit: u16| fact(question.holds(standing, base), bit);
    let milestone = |milestone: Milestone, bit: u16| fact(milestone.is_met(ratio, f64::NAN, base), bit);
    question(Question::WiderInDollars, fact::WIDER_IN_DOLLARS)
        | question(Question::WiderAsRatio, fact::WIDER_AS_RATIO)
        | question(Question::RatioMoreThanDouble, fact::RATIO_MORE_THAN_DOUBLE)
        | question(Question::RatioLessThanHalf, fact::RATIO_LESS_THAN_HALF)
        | question(Question::RatioUnchanged, fact::RATIO_UNCHANGED)
        | question(Question::DollarsMoreThanDouble, fact::DOLLARS_MORE_THAN_DOUBLE)
        | question(Question::DollarsLessThanHalf, fact::DOLLARS_LESS_THAN_HALF)
        | question(Question::TrailerAhead, fact::TRAILER_AHEAD)
        | milestone(Milestone::Parity, fact::PARITY)
        | milestone(Milestone::RatioHalved, fact::RATIO_HALVED)
        | milestone(Milestone::RatioDoubled, fact::RATIO_DOUBLED)
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn compare(gap: &[f64], ratio: &[f64], base: &Base, facts: &mut [u16]) {
    for ((facts, gap), ratio) in facts.iter_mut().zip(gap).zip(ratio) {
        *facts = facts_of(*gap, *ratio, base) as u16;
    }
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn compare_own(gap: &[f64], ratio: &[f64], base: &Base, own: [&[f64]; 2], facts: &mut [u16]) {
    for ((((facts, gap), ratio), own_gap), own_ratio) in facts.iter_mut().zip(gap).zip(ratio).zip(own[0]).zip(own[1]) {
        *facts = facts_of(*gap, *ratio, &Base { gap: *own_gap, ratio: *own_ratio, ..*base }) as u16;
    }
}

/// What two facts say together.
#[inline(always)]
fn combined(facts: u16) -> u16 {
    const { assert!(fact::WIDER_IN_DOLLARS == 1) };
    // Each stands in the lowest bit.
    let (dollars, ratio) = (facts, facts >> fact::WIDER_AS_RATIO.ilog2());
    let bit_if = |holds: u16, bit: u16| (holds & 1) << bit.ilog2();
    bit_if(dollars & ratio, fact::WIDER_IN_BOTH)
        | bit_if(dollars & !ratio, fact::WIDER_IN_DOLLARS_ONLY)
        | bit_if(ratio & !dollars, fact::WIDER_AS_RATIO_ONLY)
        | bit_if(!dollars & !ratio, fact::WIDER_IN_NEITHER)
}

/// Moves on to the facts of the next year, and adds them to what has been reached.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn remember(next: &[u16], now: &mut [u16], reached: &mut [u16]) {
    for ((next, now), reached) in next.iter().zip(now).zip(reached) {
        let facts = *next;
        let sustained = (facts & *now & fact::PARITY) * (fact::SUSTAINED_PARITY / fact::PARITY);
        *now = facts | combined(facts);
        *reached |= (facts | sustained) & fact::REACHED;
    }
}

fn count(facts: &[u16], fact: u16) -> Tally {
    debug_assert!(fact.is_power_of_two());
    count_bit(facts, fact.ilog2())
}

/// Counts the paths of which a fact holds: even paths in the first half, the odd ones of the same draws in the second. A
/// block is small enough for its counts to fit the lanes of the facts.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn count_bit(facts: &[u16], bit: u32) -> Tally {
    const { assert!(PATHS_PER_BLOCK <= u16::MAX as usize) };
    let (even, odd) = facts.split_at(facts.len() / 2);
    let (mut one, mut both) = (0_u16, 0_u16);
    for (even, odd) in even.iter().zip(odd) {
        one += (even ^ odd) >> bit & 1;
        both += (even & odd) >> bit & 1;
    }
    Tally { yes: u64::from(one) + 2 * u64::from(both), both: both.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(gap: f64, ratio: f64, follow_leads: bool) -> Base {
        Base { gap, ratio, log_deals_and_size: None, funding: [31.0, 2.0], follow_leads }
    }

    /// Every question and milestone, path by path, by its own definition.
    #[test]
    fn bits_count_what_the_definitions_say() {
        let value = |i: usize, step: f64| libm::sin(i as f64 * step);
        let gaps: Vec<f64> = (0..100).map(|i| 20.0 + value(i, 0.3)).collect();
        let ratios: Vec<f64> = (0..100).map(|i| 1.5 + value(i, 0.7)).collect();
        let starts = [None, Some([&gaps[..], &ratios[..]])];
        for (own, follow_leads) in starts.into_iter().flat_map(|own| [(own, false), (own, true)]) {
            let common = base(20.0, 1.5, follow_leads);
            let base_of = |row: usize| own.map_or(common, |[gap, ratio]| base(gap[row], ratio[row], follow_leads));
            let mut facts = Facts::new();
            facts.restart(100, &common, own);
            let mut lowest = [f64::INFINITY; 100];
            let mut before: Vec<f64> = (0..100).map(|row| base_of(row).ratio).collect();
            let mut reached = [[false; 100]; 4];
            for year in 0..5 {
                let gap: Vec<f64> = (0..100).map(|i| 25.0 * value(i + year * 37, 1.1) + 12.0).collect();
                let mut ratio: Vec<f64> = (0..100).map(|i| libm::exp(1.5 * value(i + year * 11, 2.3))).collect();
                (ratio[7], ratio[8]) = (f64::NAN, f64::INFINITY);
                facts.enter(&gap, &ratio, &common, own);
                lowest.iter_mut().zip(&gap).for_each(|(lowest, gap)| *lowest = lowest.min(common.lead_of(*gap)));
                let tally = |yes: &dyn Fn(usize) -> bool| Tally {
                    yes: (0..100).filter(|row| yes(*row)).count() as u64,
                    both: (0..50).filter(|draw| yes(*draw) && yes(50 + draw)).count() as u64,
                };
                for question in Question::ALL {
                    let yes = |row: usize| {
                        let standing = Standing { gap: gap[row], ratio: ratio[row], lowest_lead: lowest[row] };
                        question.holds(standing, &base_of(row))
                    };
                    assert_eq!(facts.ask(question), tally(&yes), "{question:?} in year {year}");
                }
                for (place, milestone) in Milestone::ALL.into_iter().enumerate() {
                    for row in 0..100 {
                        reached[place][row] |= milestone.is_met(ratio[row], before[row], &base_of(row));
                    }
                    assert_eq!(facts.reached(milestone), tally(&|row| reached[place][row]), "{milestone:?}");
                }
                before = ratio;
            }
            assert!(reached.iter().all(|rows| rows.iter().any(|it| *it) && rows.iter().any(|it| !*it)));
        }
    }

    #[test]
    fn parity_that_was_there_before_is_sustained_in_the_first_year() {
        let start = base(-1.0, 0.9, false);
        let mut facts = Facts::new();
        facts.restart(2, &start, None);
        facts.enter(&[-1.0, 1.0], &[0.8, 1.2], &start, None);
        assert_eq!(facts.reached(Milestone::SustainedParity), Tally { yes: 1, both: 0 });
    }
}
