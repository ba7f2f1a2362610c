//! What may be asked of a run as one number.

use crate::measure::Condition;
pub use crate::measure::Statistic;
use crate::metric::{Measure, Metric, Question, Subject};

/// A number that is asked of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Objective {
    /// A statistic of a measure over the paths of a year.
    Statistic {
        /// Which statistic.
        statistic: Statistic,
        /// Measure that the statistic is of.
        measure: Measure,
        /// Calendar year of the values.
        year: i32,
    },
    /// Share of paths on which a built-in question is answered with yes in a year.
    Question {
        /// The question that is asked.
        question: Question,
        /// Calendar year of the answer.
        year: i32,
    },
    /// Share of paths on which a condition holds in a year, or, if it asks for some or every year, up to that year.
    Condition {
        /// What must hold.
        condition: Condition,
        /// Calendar year of the answer.
        year: i32,
    },
}

impl Objective {
    /// The median of a metric of the gap in a year.
    #[must_use]
    pub fn median_of_gap(metric: Metric, year: i32) -> Self {
        let measure = Measure { metric, subject: Subject::Gap };
        Self::Statistic { statistic: Statistic::Quantile(0.5), measure, year }
    }

    /// The mean of a metric of the gap in a year.
    #[must_use]
    pub fn mean_of_gap(metric: Metric, year: i32) -> Self {
        Self::Statistic { statistic: Statistic::Mean, measure: Measure { metric, subject: Subject::Gap }, year }
    }

    /// Year that it is asked of.
    #[must_use]
    pub fn year(&self) -> i32 {
        match self {
            Self::Statistic { year, .. } | Self::Question { year, .. } | Self::Condition { year, .. } => *year,
        }
    }
}
