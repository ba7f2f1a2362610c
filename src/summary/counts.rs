//! Everything that is counted of a range of paths: whole numbers and exact sums, which add up to the same in any order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::metric::Milestone;

use super::edge_counts::EdgeCounts;
use super::histogram::Histogram;
use super::layout::Layout;
use super::moments::Moments;
use super::probability::Tally;
use super::terms::TermSums;

/// Answers of paths, by question and year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Tallies {
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
    /// Answers of no path.
    pub(crate) fn none(layout: &Layout) -> Self {
        let of = |asked: usize| vec![Tally::default(); asked * layout.years];
        Self {
            questions: of(layout.questions.len()),
            reached: of(Milestone::ALL.len()),
            conditions: of(layout.conditions.len()),
            saturated: 0,
        }
    }

    /// Adds the answers of other paths.
    pub(crate) fn merge(&mut self, other: &Self) {
        let add = |total: &mut [Tally], more: &[Tally]| total.iter_mut().zip(more).for_each(|(t, m)| t.merge(m));
        add(&mut self.questions, &other.questions);
        add(&mut self.reached, &other.reached);
        add(&mut self.conditions, &other.conditions);
        self.saturated += other.saturated;
    }

    fn lengths(&self) -> [usize; 3] {
        [self.questions.len(), self.reached.len(), self.conditions.len()]
    }

    fn can_be_of(&self, paths: u64) -> bool {
        let mut all = self.questions.iter().chain(&self.reached).chain(&self.conditions);
        self.saturated <= paths && all.all(|it| it.yes <= paths && it.both <= it.yes / 2)
    }
}

/// All counts of some paths.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Counts {
    /// Answers by replicate of the points; of paths that are no points all under 0.
    pub answers: BTreeMap<u64, Tallies>,
    /// By cell; empty for metrics without a mean.
    pub moments: Vec<Moments>,
    /// Of the change of the gap.
    pub terms: TermSums,
    /// By cell; empty for measures that follow from another's.
    pub histograms: Vec<Histogram>,
    /// By cell, what each replicate of the points says near the quantiles; none for paths that are no points.
    pub edges: Vec<EdgeCounts>,
}

impl Counts {
    /// Counts of no path.
    pub(crate) fn none(layout: &Layout) -> Self {
        Self {
            answers: BTreeMap::new(),
            moments: vec![Moments::default(); layout.cells()],
            terms: TermSums::default(),
            histograms: vec![Histogram::default(); layout.cells()],
            edges: Vec::new(),
        }
    }

    /// The answers of all paths together.
    pub(crate) fn all_answers(&self, layout: &Layout) -> Tallies {
        let mut all = Tallies::none(layout);
        self.answers.values().for_each(|answers| all.merge(answers));
        all
    }

    /// Whether what was counted has the shape of a layout.
    pub(crate) fn fits(&self, layout: &Layout) -> bool {
        let none = Tallies::none(layout);
        let cells = layout.cells();
        [self.moments.len(), self.histograms.len()] == [cells; 2]
            && self.edges.len() == if layout.scenario.points().is_some() { cells } else { 0 }
            && self.answers.values().all(|answers| answers.lengths() == none.lengths())
    }

    /// Whether the numbers can be those of so many paths.
    pub(crate) fn can_be_of(&self, paths: u64) -> bool {
        !self.answers.is_empty()
            && self.answers.values().all(|answers| answers.can_be_of(paths))
            && self.moments.iter().all(|moments| moments.can_be_of(paths))
            && self.terms.is_sound()
            && self.histograms.iter().all(|histogram| histogram.can_be_of(paths))
            && self.edges.iter().all(|edges| edges.can_be_of(paths))
    }

    /// Whether other counts are of the same things.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let lengths = |counts: &Self| [counts.moments.len(), counts.histograms.len(), counts.edges.len()];
        let mut answers = self.answers.values().chain(other.answers.values()).map(Tallies::lengths);
        let first = answers.next();
        lengths(self) == lengths(other)
            && answers.all(|lengths| Some(lengths) == first)
            && self.edges.iter().zip(&other.edges).all(|(edges, other)| edges.edges() == other.edges())
    }

    /// Adds answers of paths of a replicate.
    pub(crate) fn take_answers(&mut self, replicate: u64, answers: &Tallies) {
        match self.answers.get_mut(&replicate) {
            Some(total) => total.merge(answers),
            None => _ = self.answers.insert(replicate, answers.clone()),
        }
    }

    /// Adds what a worker has summed.
    pub(crate) fn take_sums(&mut self, moments: &[Moments], terms: &TermSums) {
        self.moments.iter_mut().zip(moments).for_each(|(total, more)| total.merge(more));
        self.terms.merge(terms);
    }

    /// Adds the counts of other paths.
    pub(crate) fn merge(&mut self, other: &Self) {
        other.answers.iter().for_each(|(replicate, answers)| self.take_answers(*replicate, answers));
        self.take_sums(&other.moments, &other.terms);
        self.histograms.iter_mut().zip(&other.histograms).for_each(|(total, more)| total.merge(more));
        self.edges.iter_mut().zip(&other.edges).for_each(|(total, more)| total.merge(more));
    }
}
