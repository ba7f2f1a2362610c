//! Assumptions: named inputs with their law, reason and source, and what refers to them by position.

use super::draws::Drawn;
use crate::distribution::Distribution;
use crate::growth::Kind;
use crate::scenario::text;
use crate::scenario::tree::Table;

/// Position in [`Scenario::assumptions`](crate::scenario::Scenario::assumptions).
pub type AssumptionId = usize;

/// A named input: its address is its place in the file, what it is set by, its random-number key and its label.
#[derive(Clone, Debug)]
pub struct Assumption {
    pub(in crate::scenario) address: String,
    pub(in crate::scenario) kind: Kind,
    pub(in crate::scenario) unit: String,
    pub(in crate::scenario) law: Distribution,
    pub(in crate::scenario) value: String,
    pub(in crate::scenario) written: Table,
    pub(in crate::scenario) role: Role,
    pub(in crate::scenario) why: Option<String>,
    pub(in crate::scenario) source: Option<String>,
    pub(in crate::scenario) set_by: Origin,
    pub(in crate::scenario) drawn: Option<Drawn>,
}

impl Assumption {
    /// The rows that it is taken from together with others, if it is.
    #[must_use]
    pub fn drawn(&self) -> Option<&Drawn> {
        self.drawn.as_ref()
    }

    /// Name of the random number that it is drawn by: its address, or the file of the rows it is taken from.
    #[must_use]
    pub fn number(&self) -> &str {
        self.drawn.as_ref().map_or(&self.address, |drawn| &drawn.file)
    }

    /// `us.deals.growth`; a dated value is `us.deals.growth from 2027`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What it measures.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Unit of a level (`deals`, `$m`, `$bn`) or of its kind.
    #[must_use]
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// Its law, in the internal unit of the kind.
    #[must_use]
    pub fn law(&self) -> &Distribution {
        &self.law
    }

    /// The value as text in canonical form: `p10 −7%, p90 +11%`.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The value as it stands in a file, without braces: `p10 = "-7%", p90 = "11%"`.
    #[must_use]
    pub fn written(&self) -> String {
        text::pairs(&self.written)
    }

    /// Assumption about the world, or a lever that somebody holds.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// Why this value.
    #[must_use]
    pub fn why(&self) -> Option<&str> {
        self.why.as_deref()
    }

    /// Why this value, in the words of whoever set it; none for what `aigap new` left to be filled in.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.why().filter(|why| !is_placeholder(why))
    }

    /// The figure it rests on; none for what `aigap new` left to be filled in.
    #[must_use]
    pub fn stated_source(&self) -> Option<&str> {
        self.source().filter(|source| !is_placeholder(source))
    }

    /// The figure it rests on.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// File or flag that set it.
    #[must_use]
    pub fn set_by(&self) -> &Origin {
        &self.set_by
    }
}

/// Words that `aigap new` writes where somebody has to say something.
const PLACEHOLDERS: [&str; 3] = ["say why", "name it", "name the figure, or write judgement"];

/// Whether a text is one that somebody was to replace.
fn is_placeholder(text: &str) -> bool {
    PLACEHOLDERS.iter().any(|known| text.trim().eq_ignore_ascii_case(known))
}

/// Whether a number describes the world or a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Describes the world.
    Assumption,
    /// Set by a decision.
    Lever,
}

impl Role {
    /// The word for it in every file and on the terminal.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Assumption => "assumption",
            Self::Lever => "lever",
        }
    }
}

/// The place that set a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A line of a file.
    File {
        /// Its name without folders.
        name: String,
        /// Line in it, from 1.
        line: Option<usize>,
    },
    /// What was given beside the files.
    Given,
    /// Nobody: it has its usual value.
    Usual,
    /// Nobody knows any more.
    Unknown,
}

impl Origin {
    /// Name of the file, without folders.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::File { name, .. } => Some(name),
            _ => None,
        }
    }

    /// Line in the file, from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::File { line, .. } => *line,
            _ => None,
        }
    }

    /// For what no file set.
    #[must_use]
    pub fn nowhere() -> Self {
        Self::Unknown
    }
}

/// A parameter that may change its value from a year on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    pub(in crate::scenario) first: AssumptionId,
    pub(in crate::scenario) changes: Vec<(i32, AssumptionId)>,
}

impl Quantity {
    /// The value at the start.
    #[must_use]
    pub fn first(&self) -> AssumptionId {
        self.first
    }

    /// Later values with the year they hold from, in rising order.
    #[must_use]
    pub fn changes(&self) -> &[(i32, AssumptionId)] {
        &self.changes
    }

    /// The assumption in force in a year.
    #[must_use]
    pub fn in_year(&self, year: i32) -> AssumptionId {
        self.changes.iter().rev().find(|(from, _)| *from <= year).map_or(self.first, |(_, id)| *id)
    }
}

/// A part of a scenario that refers to assumptions.
pub trait Numbered: Sized {
    /// Replaces every assumption by what a function makes of it.
    #[must_use]
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self;

    /// Every assumption it refers to.
    fn assumptions(&self) -> Vec<AssumptionId> {
        let mut found = Vec::new();
        let _ = self.renumbered(&mut |id| {
            found.push(id);
            id
        });
        found
    }
}

impl Numbered for Quantity {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        let changes = self.changes.iter().map(|(year, id)| (*year, place(*id))).collect();
        Self { first: place(self.first), changes }
    }
}
