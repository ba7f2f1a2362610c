//! What is declared of one key of a scenario file: what may stand behind it, and all that the documentation tells of it.

use crate::growth::Kind;

/// A key of a table: what the parser takes behind it, and what an editor and the documentation tell of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub word: &'static str,
    pub about: &'static str,
    pub holds: Holds,
    /// Lines of a file that hold it.
    pub example: &'static str,
    /// What the number behind it measures, where there is one.
    pub number: Option<Kind>,
    /// Bounds of the number where they are narrower than those of what it measures.
    pub range: Option<(f64, f64)>,
    pub without: Without,
    pub used: Used,
}

/// What holds where a key is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    /// It has to be written.
    Required,
    /// What this value says, as it stands in a file.
    Is(&'static str),
    /// In words, where no value says it.
    Told(&'static str),
}

/// What a key speaks to: the part of the program that uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// Figures that a run starts from.
    Figures,
    /// The simulation of paths.
    Simulation,
    /// What is counted on the paths.
    Questions,
    /// The unit of amounts.
    Amounts,
    /// What is said of it.
    Words,
}

impl Used {
    /// Every part, in the order in which a run comes to them.
    pub const ALL: [Self; 5] = [Self::Figures, Self::Simulation, Self::Questions, Self::Amounts, Self::Words];

    /// Name of the part, as the reference prints it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Simulation => "simulation",
            Self::Questions => "questions",
            Self::Amounts => "amounts",
            Self::Words => "words",
        }
    }

    /// What another value changes, and which commands show it.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Figures => {
                "what a run starts from: other observed figures, and so other paths, in every command that simulates; \
                 `aigap facts` shows them"
            }
            Self::Simulation => {
                "the paths: every command that simulates gives other numbers; `aigap params` lists the inputs"
            }
            Self::Questions => {
                "what is counted on the paths, which stay what they are: metrics, probabilities, checks, and what `seek`, \
                 `sweep` and `sensitivity` may be asked about"
            }
            Self::Amounts => "the unit of every amount in tables, words and charts; the paths stay what they are",
            Self::Words => "what tables, words, charts and reports say of it; no number moves",
        }
    }
}

/// What may stand behind a key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds {
    /// A text in double quotes.
    Text,
    /// A list of texts.
    Texts,
    /// One text, or a list of them.
    TextOrTexts,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A switch, true or false.
    Truth,
    /// A whole number, this or more.
    Whole(i64),
    /// A number between these two.
    Between(i32, i32),
    /// One number: a text with its unit, or bare where there is none.
    Number,
    /// Several numbers.
    Numbers,
    /// An assumption: a number, a distribution, a list of dated values, or a value for each state.
    Value,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A table whose keys are names, years or states, with this behind each.
    Named(&'static Holds),
    /// A table that is described by itself under this name.
    Defined(&'static str),
    /// A list of such tables.
    Entries(&'static str),
    /// Any one of several kinds.
    Either(&'static [Holds]),
}

/// A key that may be left out and that the simulation uses; what differs is said behind it.
pub(super) const fn key(word: &'static str, about: &'static str, holds: Holds, example: &'static str) -> Key {
    let (without, used) = (Without::Told("nothing"), Used::Simulation);
    Key { word, about, holds, example, number: None, range: None, without, used }
}

impl Key {
    /// The number behind it measures this.
    pub(super) const fn of(self, kind: Kind) -> Self {
        Self { number: Some(kind), ..self }
    }

    /// The number behind it lies between these, both included.
    pub(super) const fn within(self, range: (f64, f64)) -> Self {
        Self { range: Some(range), ..self }
    }

    /// It has to be written.
    pub(super) const fn required(self) -> Self {
        Self { without: Without::Required, ..self }
    }

    /// Without it this value holds, as it stands in a file.
    pub(super) const fn usually(self, written: &'static str) -> Self {
        Self { without: Without::Is(written), ..self }
    }

    /// Without it this holds, in words.
    pub(super) const fn otherwise(self, told: &'static str) -> Self {
        Self { without: Without::Told(told), ..self }
    }

    /// The part of the program that uses it.
    pub(super) const fn used(self, used: Used) -> Self {
        Self { used, ..self }
    }
}
