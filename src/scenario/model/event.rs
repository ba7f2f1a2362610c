//! What happens to series besides growth: dated events, and jumps that may come in any year.

use crate::event::{Effect, Jump};

use super::assumption::{AssumptionId, Numbered, Role};
use super::region::SeriesKind;

/// A dated departure from trend.
#[derive(Clone, Debug)]
pub struct Event {
    pub(in crate::scenario) name: String,
    pub(in crate::scenario) address: String,
    pub(in crate::scenario) targets: Vec<(usize, SeriesKind)>,
    pub(in crate::scenario) year: AssumptionId,
    pub(in crate::scenario) effect: Effect<AssumptionId>,
    pub(in crate::scenario) chance: Option<AssumptionId>,
    pub(in crate::scenario) yearly_chance: Option<AssumptionId>,
    pub(in crate::scenario) role: Role,
}

impl Event {
    /// Name as written in the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `events.state-ai-fund`: the name in lower case with hyphens.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What it acts on: positions in [`Scenario::regions`](super::Scenario::regions) with a series each; it happens to all of them or to none.
    ///
    /// On a region's funding that is deals × deal size, it acts through the deal size.
    #[must_use]
    pub fn targets(&self) -> &[(usize, SeriesKind)] {
        &self.targets
    }

    /// First year, certain or uncertain.
    #[must_use]
    pub fn year(&self) -> AssumptionId {
        self.year
    }

    /// What it does to its series.
    #[must_use]
    pub fn effect(&self) -> &Effect<AssumptionId> {
        &self.effect
    }

    /// Chance that it happens at all; certain if none.
    #[must_use]
    pub fn chance(&self) -> Option<AssumptionId> {
        self.chance
    }

    /// Chance in each year from `year` on that it begins then, once; the year itself if none.
    #[must_use]
    pub fn yearly_chance(&self) -> Option<AssumptionId> {
        self.yearly_chance
    }

    /// A decision somebody takes, or a circumstance.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }
}

impl Numbered for Event {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self {
            year: place(self.year),
            chance: self.chance.map(&mut *place),
            yearly_chance: self.yearly_chance.map(&mut *place),
            effect: self.effect.map(|id| place(*id)),
            ..self.clone()
        }
    }
}

/// One of `[[jumps]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct JumpRisk {
    pub(in crate::scenario) name: String,
    pub(in crate::scenario) address: String,
    pub(in crate::scenario) targets: Vec<(usize, SeriesKind)>,
    pub(in crate::scenario) jump: Jump<AssumptionId>,
    pub(in crate::scenario) role: Role,
}

impl JumpRisk {
    /// Name as written in the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `jumps.mega-round`: the name in lower case with hyphens.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What it strikes, all at once: positions in [`Scenario::regions`](super::Scenario::regions)(super::Scenario::regions) with a series each.
    #[must_use]
    pub fn targets(&self) -> &[(usize, SeriesKind)] {
        &self.targets
    }

    /// How often and how hard.
    #[must_use]
    pub fn jump(&self) -> &Jump<AssumptionId> {
        &self.jump
    }

    /// A decision somebody takes, or a circumstance.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }
}

impl Numbered for JumpRisk {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self { jump: self.jump.map(|id| place(*id)), ..self.clone() }
    }
}
