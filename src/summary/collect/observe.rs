//! What is looked at in a block of paths: columns for the histograms, answers to questions, moments and terms.

use crate::engine::{Block, Column, Observer};
use crate::metric::{Levels, Milestone};

use super::super::ask::count_ones;
use super::super::pending::Pending;
use super::super::standings::Standings;
use super::super::terms::Terms;
use super::super::{Moments, Tally};
use super::Collector;

/// Whole numbers of a worker, and what it looks with.
#[derive(Debug)]
pub struct Counts {
    looking: Looking,
    /// Values that no histogram has counted yet.
    pending: Pending,
}

/// What a worker looks with, and the answers that it has counted.
#[derive(Debug)]
pub struct Looking {
    levels: Levels,
    /// Nominal dollars, if something else is shown: what the scenario's own conditions speak of.
    dollars: Option<Levels>,
    scratch: Scratch,
    /// Answers so far.
    pub tallies: Tallies,
}

/// Counts of answers, by question and year.
#[derive(Clone, Debug)]
pub struct Tallies {
    /// Built-in questions.
    pub questions: Vec<Tally>,
    /// Milestones reached by a year.
    pub reached: Vec<Tally>,
    /// The scenario's own questions and checks.
    pub conditions: Vec<Tally>,
    /// Paths that left the range of numbers.
    pub saturated: u64,
}

impl Tallies {
    /// Adds other counts.
    pub fn merge(&mut self, other: &Self) {
        let add = |total: &mut [Tally], more: &[Tally]| total.iter_mut().zip(more).for_each(|(t, m)| t.merge(m));
        add(&mut self.questions, &other.questions);
        add(&mut self.reached, &other.reached);
        add(&mut self.conditions, &other.conditions);
        self.saturated += other.saturated;
    }
}

#[derive(Debug)]
struct Scratch {
    column: Column,
    /// Bases of the paths, where the figures are not taken as given.
    bases: Option<[Vec<f64>; 2]>,
    standings: Standings,
    /// For each condition, its answers so far as 0 or 1, and the values of the year before.
    answers: Vec<(Column<u64>, Column)>,
}

/// Two columns as slices.
fn columns(of: &Option<[Vec<f64>; 2]>) -> Option<[&[f64]; 2]> {
    of.as_ref().map(|[first, second]| [&first[..], &second[..]])
}

/// Floating-point sums of a block.
#[derive(Debug)]
pub struct Sums {
    moments: Vec<Moments>,
    terms: Terms,
    /// Paths of the block.
    pub paths: f64,
}

impl Observer for Collector<'_> {
    type Counts = Counts;
    type Sums = Sums;

    fn counts(&self) -> Counts {
        Counts { looking: self.looking(), pending: Pending::new(self.cells()) }
    }

    fn observe(&self, block: &Block, counts: &mut Counts) -> Sums {
        let Counts { looking, pending } = counts;
        self.look(block, looking, |cell, column| pending.add(cell, column, self.signs(cell), &self.histograms[cell]))
    }

    fn absorb(&mut self, sums: Sums) {
        self.moments.iter_mut().zip(&sums.moments).for_each(|(total, block)| total.absorb(block));
        self.blocks += sums.paths;
        let weight = sums.paths / self.blocks;
        self.terms.absorb(&sums.terms, weight);
    }

    fn settle(&self, counts: &mut Counts) {
        for (cell, histogram) in self.histograms.iter().enumerate() {
            counts.pending.count(cell, self.signs(cell), histogram);
        }
    }

    fn finish(&mut self, counts: Counts) {
        self.take_answers(&counts.looking.tallies);
    }
}

impl Collector<'_> {
    /// What a worker looks with, before it has seen anything.
    pub(in crate::summary) fn looking(&self) -> Looking {
        let asked = || self.conditions.iter().map(|asked| asked.measure);
        let needed = self.measures.iter().copied().chain(asked());
        Looking {
            levels: Levels::new(self.scenario).only(needed),
            dollars: (!self.scenario.money.is_plain()).then(|| Levels::in_dollars(self.scenario).only(asked())),
            scratch: Scratch {
                column: Column::default(),
                bases: None,
                standings: Standings::new(),
                answers: self.conditions.iter().map(|_| (Column::default(), Column::default())).collect(),
            },
            tallies: self.no_answers(),
        }
    }

    /// Counts of no answers.
    pub(in crate::summary) fn no_answers(&self) -> Tallies {
        let of = |asked: usize| vec![Tally::default(); asked * self.years];
        Tallies {
            questions: of(self.questions.len()),
            reached: of(Milestone::ALL.len()),
            conditions: of(self.conditions.len()),
            saturated: 0,
        }
    }

    /// Takes the answers of some paths.
    pub(in crate::summary) fn take_answers(&mut self, tallies: &Tallies) {
        match &mut self.tallies {
            Some(total) => total.merge(tallies),
            None => self.tallies = Some(tallies.clone()),
        }
    }

    /// Looks at a block: sums, answers, and the column of each cell (a measure in a year) that is counted.
    pub(in crate::summary) fn look(
        &self,
        block: &Block,
        looking: &mut Looking,
        mut take: impl FnMut(usize, &[f64]),
    ) -> Sums {
        looking.tallies.saturated += block.saturated();
        looking.levels.restart();
        if let Some(levels) = &mut looking.dollars {
            levels.restart();
        }
        let Scratch { standings, bases, .. } = &mut looking.scratch;
        self.measure_bases(block, bases);
        standings.restart(block.rows(), &self.base, columns(bases));
        for (asked, (answers, before)) in self.conditions.iter().zip(&mut looking.scratch.answers) {
            asked.begin(answers, before);
        }
        let mut moments = vec![Moments::default(); self.cells()];
        for year in 0..self.years {
            looking.levels.enter(block, year);
            if let Some(levels) = &mut looking.dollars {
                levels.enter(block, year);
            }
            for (place, measure) in self.measures.iter().enumerate() {
                let cell = place * self.years + year;
                let column = looking.levels.column(*measure, &mut looking.scratch.column);
                if measure.metric.has_mean() {
                    moments[cell] = Moments::of(column);
                }
                if self.is_counted(*measure) {
                    take(cell, column);
                }
            }
            self.ask(looking, year);
            self.ask_conditions(looking, year);
        }
        Sums { moments, terms: Terms::of(self.scenario, &self.base, block), paths: block.rows() as f64 }
    }

    /// Questions and milestones of a year.
    fn ask(&self, looking: &mut Looking, year: usize) {
        let Looking { levels, tallies, scratch, .. } = looking;
        let Scratch { standings, bases, .. } = scratch;
        standings.enter(levels.gap(), levels.ratio(), &self.base, columns(bases));
        for (place, question) in self.questions.iter().enumerate() {
            tallies.questions[place * self.years + year].merge(&standings.ask(*question));
        }
        for (place, milestone) in Milestone::ALL.into_iter().enumerate() {
            tallies.reached[place * self.years + year].merge(&standings.reached(milestone));
        }
    }

    /// Gap and ratio of the base year on each path, if the figures are not taken as given.
    fn measure_bases(&self, block: &Block, bases: &mut Option<[Vec<f64>; 2]>) {
        let of = |region: usize| block.base_shift(region).map(|[_, funding]| funding);
        let (lead, follow) = (of(self.scenario.gap.lead), of(self.scenario.gap.follow));
        if lead.is_none() && follow.is_none() {
            return;
        }
        let [gaps, ratios] = bases.get_or_insert_default();
        let at = |shift: Option<&[f64]>, row: usize| shift.map_or(0.0, |column| column[row]);
        let own = (0..block.rows()).map(|row| self.base.moved(at(lead, row), at(follow, row)));
        (*gaps, *ratios) = own.map(|base| (base.gap, base.ratio)).unzip();
    }

    /// The scenario's own questions and checks.
    fn ask_conditions(&self, looking: &mut Looking, year: usize) {
        let Looking { levels, dollars, tallies, scratch } = looking;
        let levels = dollars.as_ref().unwrap_or(levels);
        for (place, asked) in self.conditions.iter().enumerate() {
            let (answers, before) = &mut scratch.answers[place];
            let column = levels.column(asked.measure, &mut scratch.column);
            let (answers, before) = (&mut answers[..column.len()], &mut before[..column.len()]);
            asked.answer(column, answers, before);
            tallies.conditions[place * self.years + year].merge(&count_ones(answers));
        }
    }
}
