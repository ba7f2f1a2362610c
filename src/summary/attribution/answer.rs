//! The answers of a scenario whose difference is attributed.

use crate::engine::Settings;
use crate::metric::{Metric, Question};

use super::super::estimate::Estimate;
use super::super::objective::{Objective, Variant};

/// What evaluates objectives on variants: [`Objective::evaluate`], or another that says the same.
pub type Evaluate<'a> = &'a dyn Fn(&[Objective], &[Variant], &Settings) -> Vec<Vec<Option<Estimate>>>;

/// Which answers are attributed, all at the last year that both scenarios have.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Answer {
    /// Natural log of the median ratio: parts of it are factors.
    pub log_median_ratio: f64,
    /// Mean gap, $bn; not a number where it has no mean.
    pub mean_gap: f64,
    /// Share of paths whose ratio is wider than in the base year.
    pub wider: f64,
}

impl Answer {
    /// What each of several runs answers in a year, and nothing else of them.
    pub(super) fn of(variants: &[Variant], year: i32, settings: &Settings, evaluate: Evaluate) -> Vec<Self> {
        let objectives = [
            Objective::median_of_gap(Metric::Ratio, year),
            Objective::mean_of_gap(Metric::Gap, year),
            Objective::Question { question: Question::WiderAsRatio, year },
        ];
        let answer = |estimates: Vec<Option<Estimate>>| {
            let value = |place: usize| estimates[place].map_or(f64::NAN, |estimate| estimate.value);
            Self { log_median_ratio: libm::log(value(0)), mean_gap: value(1), wider: value(2) }
        };
        evaluate(&objectives, variants, settings).into_iter().map(answer).collect()
    }

    pub(super) fn map2(self, other: Self, of: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            log_median_ratio: of(self.log_median_ratio, other.log_median_ratio),
            mean_gap: of(self.mean_gap, other.mean_gap),
            wider: of(self.wider, other.wider),
        }
    }

    /// This one less another.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.map2(other, |a, b| a - b)
    }

    /// This one and another so many times.
    #[must_use]
    pub fn plus(self, other: Self, weight: f64) -> Self {
        self.map2(other, |a, b| a + weight * b)
    }
}
