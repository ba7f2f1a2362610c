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

impl Outcome {
    /// Every way to end, in the order of the codes.
    pub(super) const ALL: [Self; 7] =
        [Self::Done, Self::CouldNot, Self::Usage, Self::Invalid, Self::NumericalFailure, Self::NotMet, Self::Mismatch];

    /// What the code tells a script.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Done => "it is done; a warning may stand on the second stream",
            Self::CouldNot => {
                "something outside of the program was in the way: a file that cannot be read or written, a full disk"
            }
            Self::Usage => "the command was typed in a way that means nothing, or asks for what does not exist",
            Self::Invalid => {
                "an input is wrong: a scenario, figures, a stored run, a shard; the message names the place and the cure"
            }
            Self::NumericalFailure => "the assumptions lead beyond what numbers can hold; nothing was written",
            Self::NotMet => {
                "an answer that is no: a goal out of reach, a check that fails under --strict, a precision not reached, a page or chart that breaks its rules"
            }
            Self::Mismatch => "what was verified is not what it claims to be",
        }
    }
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
