//! What is counted of a scenario, and where: a cell for each measure and year, and the questions put to every path.

use crate::metric::{Base, Measure, Metrics, Question};
use crate::scenario::Scenario;

use super::conditions::{ConditionOnPaths, conditions};
use super::histogram::Signs;

/// The measures, questions and conditions of a scenario in the order in which all counts are kept.
#[derive(Clone, Debug)]
pub(super) struct Layout<'a> {
    pub scenario: &'a Scenario,
    /// What is measured, in the order of the fan's rows.
    pub measures: Vec<Measure>,
    /// Built-in questions that the data of the base year can answer.
    pub questions: Vec<Question>,
    /// The scenario's own questions and, behind them, its checks.
    pub conditions: Vec<ConditionOnPaths>,
    /// What the paths are held against.
    pub base: Base,
    /// Number of simulated years.
    pub years: usize,
    /// Whether every measure has a histogram of its own, which exact quantiles start from.
    all_histograms: bool,
}

impl<'a> Layout<'a> {
    /// Everything that a summary of these metrics says; those that the headline stands on are among them.
    pub(crate) fn new(scenario: &'a Scenario, metrics: Metrics) -> Self {
        let base = Base::new(scenario);
        Self {
            scenario,
            measures: Measure::wanted(scenario, metrics),
            questions: Question::ALL.into_iter().filter(|question| question.applies(&base)).collect(),
            conditions: conditions(scenario),
            base,
            years: scenario.years().len(),
            all_histograms: false,
        }
    }

    /// Counts also the measures whose quantiles follow from another's.
    pub(crate) fn with_all_histograms(self) -> Self {
        Self { all_histograms: true, ..self }
    }

    /// Number of cells: a measure in a year each.
    pub(crate) fn cells(&self) -> usize {
        self.measures.len() * self.years
    }

    /// Whether the values of a measure are counted, or follow from another's.
    pub(crate) fn is_counted(&self, measure: Measure) -> bool {
        self.all_histograms || measure.metric.rises_with().is_none()
    }

    /// Whether the values of a cell are counted.
    pub(crate) fn counts(&self, cell: usize) -> bool {
        self.is_counted(self.measures[cell / self.years])
    }

    /// Number of cells whose values are counted.
    pub(crate) fn cells_counted(&self) -> usize {
        (0..self.cells()).filter(|cell| self.counts(*cell)).count()
    }

    /// Which names the values of a cell are given.
    pub(crate) fn signs(&self, cell: usize) -> Signs {
        if self.measures[cell / self.years].metric.may_be_negative() { Signs::Both } else { Signs::Positive }
    }

    /// Place of a measure among all.
    pub(crate) fn place(&self, measure: Measure) -> usize {
        self.measures.iter().position(|known| *known == measure).expect("a measure of this scenario")
    }
}
