//! The observer that asks one condition of every path and keeps what the path was sampled with: the table in which scenario
//! discovery looks for rules.

use crate::engine::{Block, Column, Observer};
use crate::measure::Condition;
use crate::metric::Levels;
use crate::scenario::{AssumptionId, Scenario};

use super::conditions::{ConditionOnPaths, count_ones};
use super::probability::Tally;
use super::within_draw::correlation;

/// What differs between paths and has a value on each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampled {
    /// An assumption, in its internal unit.
    Assumption(AssumptionId),
    /// The year that an event begins, by its position in the scenario; the year after the horizon stands for never.
    Event(usize),
    /// In how many years a jump struck, by its position in the scenario.
    Jump(usize),
    /// How many years a chain spent in a state.
    Regime {
        /// Position of the chain: one for all regions, or one for each.
        chain: usize,
        /// Position of the state.
        state: usize,
    },
}

/// The answers of paths, and what they were sampled with.
#[derive(Debug)]
pub struct Cases<'a> {
    scenario: &'a Scenario,
    asked: ConditionOnPaths,
    year: i32,
    sampled: &'a [Sampled],
    /// By path, whether the condition holds.
    pub answers: Vec<bool>,
    /// By what was asked for, a value for each path.
    pub values: Vec<Vec<f64>>,
    /// Paths on which it holds, and draws of which it holds on both.
    tally: Tally,
    /// Paths that left the range of numbers.
    pub saturated: u64,
}

/// What a block of paths says, in the order of its paths.
#[derive(Debug)]
pub struct CasesOfBlock {
    answers: Vec<bool>,
    values: Vec<Vec<f64>>,
    tally: Tally,
    saturated: u64,
}

impl<'a> Cases<'a> {
    /// Asks a condition in a year, or up to it.
    #[must_use]
    pub fn new(scenario: &'a Scenario, condition: &Condition, year: i32, sampled: &'a [Sampled]) -> Self {
        Self {
            scenario,
            asked: ConditionOnPaths::new(scenario, condition.clone()),
            year,
            sampled,
            answers: Vec::new(),
            values: vec![Vec::new(); sampled.len()],
            tally: Tally::default(),
            saturated: 0,
        }
    }

    /// How alike the answers of the two paths of a draw are: the share of the variance of the answer that assumptions decide, from
    /// 0, where luck is all, to 1.
    #[must_use]
    pub fn alike(&self) -> f64 {
        correlation(self.tally, self.answers.len() as u64)
    }

    fn value(&self, block: &Block, sampled: Sampled, row: usize) -> f64 {
        let struck = || block.struck().expect("the plan records what struck");
        match sampled {
            Sampled::Assumption(id) => block.assumption(id)[row % block.draws()],
            Sampled::Event(place) => struck().begins(place)[row].min(f64::from(self.scenario.horizon() + 1)),
            Sampled::Jump(place) => struck().strikes(place)[row],
            Sampled::Regime { chain, state } => struck().years_in(chain, state)[row],
        }
    }
}

impl Observer for Cases<'_> {
    type Counts = (Levels, Column, Column<u64>, Column);
    type Sums = CasesOfBlock;

    fn counts(&self) -> Self::Counts {
        let levels = Levels::in_dollars(self.scenario).only(std::iter::once(self.asked.measure));
        (levels, Column::default(), Column::default(), Column::default())
    }

    fn observe(&self, blocks: &[Block], (levels, scratch, answers, before): &mut Self::Counts) -> CasesOfBlock {
        let (block, rows) = (&blocks[0], blocks[0].rows());
        let (answers, before) = (&mut answers[..rows], &mut before[..rows]);
        levels.restart();
        self.asked.begin(answers, before);
        for (index, _) in self.scenario.years().enumerate().take_while(|(_, year)| *year <= self.year) {
            levels.enter(block, index);
            self.asked.answer(levels.column(self.asked.measure, scratch), answers, before);
        }
        let first = block.first_path();
        let in_order: Vec<usize> = (first..first + rows as u64).map(|path| block.row_of(path)).collect();
        let values = self.sampled.iter().map(|it| in_order.iter().map(|row| self.value(block, *it, *row)).collect());
        CasesOfBlock {
            answers: in_order.iter().map(|row| answers[*row] == 1).collect(),
            values: values.collect(),
            tally: count_ones(answers),
            saturated: block.saturated(),
        }
    }

    fn absorb(&mut self, block: CasesOfBlock) {
        self.answers.extend(block.answers);
        self.values.iter_mut().zip(block.values).for_each(|(all, more)| all.extend(more));
        self.tally.merge(&block.tally);
        self.saturated += block.saturated;
    }

    fn finish(&mut self, _: Self::Counts) {}
}
