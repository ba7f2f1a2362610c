//! Which values a metric can take.

/// Which values a metric can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Zero and above: a count, an amount, a quotient of two amounts.
    NotNegative,
    /// Shares, from 0 to 1.
    Share,
    /// Of either sign: a difference, or a log.
    Any,
}

impl Values {
    /// The least and the most that a value can be, both of which it may reach.
    #[must_use]
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::NotNegative => (0.0, f64::INFINITY),
            Self::Share => (0.0, 1.0),
            Self::Any => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }
}
