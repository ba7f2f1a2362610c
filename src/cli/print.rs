//! Printing: answers to stdout, everything else to stderr, and a closed pipe is no accident.

use std::cell::Cell;
use std::io::{ErrorKind, IsTerminal, Write};

use crate::diagnostic::{Problem, Sources};

use super::outcome::Outcome;
use super::problem::all_rendered;

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where a command prints.
#[derive(Debug)]
pub(super) struct Terminal {
    colour: bool,
    colour_of_answers: bool,
    lost: Cell<bool>,
}

impl Terminal {
    pub(crate) fn new(colour: Colour) -> Self {
        let wanted = |is_terminal: bool| match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                is_terminal && !refused
            }
        };
        Self {
            colour: wanted(std::io::stderr().is_terminal()),
            colour_of_answers: wanted(std::io::stdout().is_terminal()),
            lost: Cell::new(false),
        }
    }

    /// Whether answers may have colour.
    pub(crate) fn colours_answers(&self) -> bool {
        self.colour_of_answers
    }

    /// Prints an answer; whoever closed the pipe has read enough.
    ///
    /// An answer that the disk refuses is an error that the command ends with: see [`Terminal::lost_an_answer`].
    pub(crate) fn answer(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe && !self.lost.replace(true) => {
                self.error(&format!("cannot write the answer: {error}"));
            }
            _ => {}
        }
    }

    /// Prints what is known of a topic, or why nothing is.
    pub(crate) fn told(&self, known: Result<String, String>) -> Outcome {
        match known {
            Ok(text) => {
                self.answer(&text);
                Outcome::Done
            }
            Err(why) => {
                self.error(&why);
                Outcome::Usage
            }
        }
    }

    /// Whether an answer could not be written.
    pub(super) fn lost_an_answer(&self) -> bool {
        self.lost.get()
    }

    /// Prints a remark.
    pub(crate) fn remark(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// Prints problems as pictures, then how many there are.
    pub(crate) fn problems(&self, problems: &[Problem], sources: &Sources) {
        let _ = write!(std::io::stderr().lock(), "{}", all_rendered(problems, sources, self.colour));
    }

    /// Prints an error that has no place in a file.
    pub(crate) fn error(&self, text: &str) {
        self.remark(&format!("error: {text}"));
    }
}
