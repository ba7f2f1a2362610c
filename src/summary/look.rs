//! What a worker sees in a block of paths: the column of every cell, answers to questions, moments and terms.

use std::collections::BTreeMap;

use crate::engine::{Block, Column};
use crate::metric::{Levels, Milestone};

use super::conditions::count_ones;
use super::counts::{Sums, Tallies};
use super::facts::Facts;
use super::layout::Layout;

/// What a worker looks with, and what it has counted and summed beside histograms.
#[derive(Debug)]
pub(super) struct Looking {
    levels: Levels,
    /// Nominal dollars, if something else is shown: what the scenario's own conditions speak of.
    dollars: Option<Levels>,
    scratch: Scratch,
    /// Answers and sums so far, by replicate of the points.
    pub(crate) sums: BTreeMap<u64, Sums>,
}

#[derive(Debug)]
struct Scratch {
    column: Column,
    /// Bases of the paths, where the figures are not taken as given.
    bases: Option<[Vec<f64>; 2]>,
    facts: Facts,
    /// For each condition, its answers so far as 0 or 1, and the values of the year before.
    answers: Vec<(Column<u64>, Column)>,
}

/// Two columns as slices.
fn columns(of: &Option<[Vec<f64>; 2]>) -> Option<[&[f64]; 2]> {
    of.as_ref().map(|[first, second]| [&first[..], &second[..]])
}

impl Looking {
    /// What a worker looks with, before it has seen anything.
    pub(crate) fn new(layout: &Layout) -> Self {
        let asked = || layout.conditions.iter().map(|asked| asked.measure);
        let needed = layout.measures.iter().copied().chain(asked());
        let scenario = layout.scenario;
        Self {
            levels: Levels::new(scenario).only(needed),
            dollars: (!scenario.money().is_plain()).then(|| Levels::in_dollars(scenario).only(asked())),
            scratch: Scratch {
                column: Column::default(),
                bases: None,
                facts: Facts::new(),
                answers: layout.conditions.iter().map(|_| (Column::default(), Column::default())).collect(),
            },
            sums: BTreeMap::new(),
        }
    }

    /// Looks at a block of a replicate: sums, answers, and the column of each cell (a measure in a year) that is counted.
    pub(crate) fn look(
        &mut self,
        layout: &Layout,
        (replicate, block): (u64, &Block),
        mut take: impl FnMut(usize, &[f64]),
    ) {
        let mut sums = self.sums.remove(&replicate).unwrap_or_else(|| Sums::none(layout));
        self.restart(layout, block);
        sums.answers.saturated += block.saturated();
        for year in 0..layout.years {
            self.levels.enter(block, year);
            if let Some(levels) = &mut self.dollars {
                levels.enter(block, year);
            }
            for (place, measure) in layout.measures.iter().enumerate() {
                let cell = place * layout.years + year;
                let column = self.levels.column(*measure, &mut self.scratch.column);
                if measure.metric.has_mean() {
                    sums.moments[cell].add(column);
                }
                if layout.is_counted(*measure) {
                    take(cell, column);
                }
            }
            self.ask(layout, year, &mut sums.answers);
            self.ask_conditions(layout, year, &mut sums.answers);
        }
        sums.terms.add(layout.scenario, &layout.base, block);
        self.sums.insert(replicate, sums);
    }

    /// Begins a block.
    fn restart(&mut self, layout: &Layout, block: &Block) {
        self.levels.restart();
        if let Some(levels) = &mut self.dollars {
            levels.restart();
        }
        let Scratch { facts, bases, .. } = &mut self.scratch;
        measure_bases(layout, block, bases);
        facts.restart(block.rows(), &layout.base, columns(bases));
        for (asked, (answers, before)) in layout.conditions.iter().zip(&mut self.scratch.answers) {
            asked.begin(answers, before);
        }
    }

    /// Questions and milestones of a year.
    fn ask(&mut self, layout: &Layout, year: usize, tallies: &mut Tallies) {
        let Self { levels, scratch, .. } = self;
        let Scratch { facts, bases, .. } = scratch;
        facts.enter(levels.gap(), levels.ratio(), &layout.base, columns(bases));
        for (place, question) in layout.questions.iter().enumerate() {
            tallies.questions[place * layout.years + year].merge(&facts.ask(*question));
        }
        for (place, milestone) in Milestone::ALL.into_iter().enumerate() {
            tallies.reached[place * layout.years + year].merge(&facts.reached(milestone));
        }
    }

    /// The scenario's own questions and checks.
    fn ask_conditions(&mut self, layout: &Layout, year: usize, tallies: &mut Tallies) {
        let Self { levels, dollars, scratch, .. } = self;
        let levels = dollars.as_ref().unwrap_or(levels);
        for (place, asked) in layout.conditions.iter().enumerate() {
            let (answers, before) = &mut scratch.answers[place];
            let column = levels.column(asked.measure, &mut scratch.column);
            let (answers, before) = (&mut answers[..column.len()], &mut before[..column.len()]);
            asked.answer(column, answers, before);
            tallies.conditions[place * layout.years + year].merge(&count_ones(answers));
        }
    }
}

/// Gap and ratio of the base year on each path, if the figures are not taken as given.
fn measure_bases(layout: &Layout, block: &Block, bases: &mut Option<[Vec<f64>; 2]>) {
    let of = |region: usize| block.base_shift(region).map(|[_, funding]| funding);
    let (lead, follow) = (of(layout.scenario.gap().lead()), of(layout.scenario.gap().follow()));
    if lead.is_none() && follow.is_none() {
        return;
    }
    let [gaps, ratios] = bases.get_or_insert_default();
    let at = |shift: Option<&[f64]>, row: usize| shift.map_or(0.0, |column| column[row]);
    let own = (0..block.rows()).map(|row| layout.base.moved(at(lead, row), at(follow, row)));
    (*gaps, *ratios) = own.map(|base| (base.gap, base.ratio)).unzip();
}
