//! How a command ends, and the exit code that tells a shell so.

use std::process::ExitCode;

/// How a command ended, as the exit code tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Done = 0,
    CouldNot = 1,
    Usage = 2,
    Invalid = 3,
    NumericalFailure = 4,
    NotMet = 5,
    Mismatch = 6,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// How a command ended, whether it came to its end or stopped on its way.
pub(super) fn either(ended: Result<Outcome, Outcome>) -> Outcome {
    ended.unwrap_or_else(|stopped| stopped)
}
