//! Everything that is counted of a range of paths: whole numbers and exact sums, which add up to the same in any order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::Settings;
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
    pub(crate) questions: Vec<Tally>,
    /// Milestones reached by a year.
    pub(crate) reached: Vec<Tally>,
    /// The scenario's own questions and checks.
    pub(crate) conditions: Vec<Tally>,
    /// Paths that left the range of numbers.
    pub(crate) saturated: u64,
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

/// Answers, moments and terms of the paths of one replicate of the points, or of all paths that are no points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Sums {
    /// Answers to questions.
    pub(crate) answers: Tallies,
    /// By cell; empty for metrics without a mean.
    pub(crate) moments: Vec<Moments>,
    /// Of the change of the gap.
    pub(crate) terms: TermSums,
}

impl Sums {
    /// Sums of no path.
    pub(crate) fn none(layout: &Layout) -> Self {
        Self {
            answers: Tallies::none(layout),
            moments: vec![Moments::default(); layout.cells()],
            terms: TermSums::default(),
        }
    }

    /// Adds the sums of other paths.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.answers.merge(&other.answers);
        self.moments.iter_mut().zip(&other.moments).for_each(|(total, more)| total.merge(more));
        self.terms.merge(&other.terms);
    }

    fn lengths(&self) -> ([usize; 3], usize) {
        (self.answers.lengths(), self.moments.len())
    }

    fn can_be_of(&self, paths: u64) -> bool {
        self.answers.can_be_of(paths)
            && self.moments.iter().all(|moments| moments.can_be_of(paths))
            && self.terms.is_sound()
    }
}

/// All counts of some paths.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Counts {
    /// By replicate of the points; of paths that are no points all under 0.
    pub(crate) sums: BTreeMap<u64, Sums>,
    /// By cell; empty for measures that follow from another's.
    pub(crate) histograms: Vec<Histogram>,
    /// By cell, what each replicate of the points says near the quantiles; none for paths that are no points.
    pub(crate) edges: Vec<EdgeCounts>,
}

impl Counts {
    /// Counts of no path.
    pub(crate) fn none(layout: &Layout) -> Self {
        Self { sums: BTreeMap::new(), histograms: vec![Histogram::default(); layout.cells()], edges: Vec::new() }
    }

    /// The sums of all paths together.
    pub(crate) fn all_sums(&self, layout: &Layout) -> Sums {
        let mut all = Sums::none(layout);
        self.sums.values().for_each(|sums| all.merge(sums));
        all
    }

    /// Whether what was counted has the shape of a layout, in a run with such settings.
    pub(crate) fn fits(&self, layout: &Layout, settings: &Settings) -> bool {
        let none = Sums::none(layout);
        let cells = layout.cells();
        self.histograms.len() == cells
            && self.edges.len() == if settings.points().is_some() { cells } else { 0 }
            && self.sums.values().all(|sums| sums.lengths() == none.lengths())
    }

    /// Whether the numbers can be those of so many paths.
    pub(crate) fn can_be_of(&self, paths: u64) -> bool {
        !self.sums.is_empty()
            && self.sums.values().all(|sums| sums.can_be_of(paths))
            && self.histograms.iter().all(|histogram| histogram.can_be_of(paths))
            && self.edges.iter().all(|edges| edges.can_be_of(paths))
    }

    /// Whether other counts are of the same things.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let lengths = |counts: &Self| [counts.histograms.len(), counts.edges.len()];
        let mut sums = self.sums.values().chain(other.sums.values()).map(Sums::lengths);
        let first = sums.next();
        lengths(self) == lengths(other)
            && sums.all(|lengths| Some(lengths) == first)
            && self.edges.iter().zip(&other.edges).all(|(edges, other)| edges.edges() == other.edges())
    }

    /// Adds the sums of paths of replicates.
    pub(crate) fn take_sums(&mut self, more: BTreeMap<u64, Sums>) {
        for (replicate, sums) in more {
            match self.sums.get_mut(&replicate) {
                Some(total) => total.merge(&sums),
                None => _ = self.sums.insert(replicate, sums),
            }
        }
    }

    /// Adds the counts of other paths.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.take_sums(other.sums.clone());
        self.histograms.iter_mut().zip(&other.histograms).for_each(|(total, more)| total.merge(more));
        self.edges.iter_mut().zip(&other.edges).for_each(|(total, more)| total.merge(more));
    }
}
