//! Variants: a scenario made ready to run, plainly or under a design.

use crate::engine::{Design, Plan, Refused};
use crate::scenario::Scenario;

/// A scenario made ready to run, plainly or under a design: one of several that are held side by side.
#[derive(Clone, Debug)]
pub struct Variant<'a> {
    scenario: &'a Scenario,
    plan: Plan,
}

impl<'a> Variant<'a> {
    /// A plain run of a scenario.
    #[must_use]
    pub fn of(scenario: &'a Scenario) -> Self {
        Self { scenario, plan: Plan::new(scenario) }
    }

    /// This variant, which must be a plain run, under a design.
    ///
    /// # Errors
    /// If the design does not fit the scenario.
    pub fn under(&self, design: &Design) -> Result<Self, Refused> {
        Ok(Self { scenario: self.scenario, plan: self.plan.under(design)? })
    }

    /// The scenario that is simulated.
    #[must_use]
    pub fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    /// The scenario prepared for the engine.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}
