//! Scenarios in between as runs side by side: designs of one plan where only laws of assumptions are taken over, and plans of
//! their own where the structure is another one.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Design, Plan, Settings};
use crate::scenario::{Difference, Scenario};

use super::super::objective::Variant;
use super::answer::{Answer, Evaluate};
use super::groups::{Group, Taken};

/// The scenarios between a baseline and a what-if.
pub(super) struct Hybrids<'a> {
    base: &'a Scenario,
    what_if: &'a Scenario,
    differences: &'a [Difference],
    groups: &'a [Group],
    /// By group, the design that takes it over; none where it changes more than laws of assumptions: another model, an
    /// event, a correlation.
    designs: Vec<Option<Design>>,
}

impl<'a> Hybrids<'a> {
    pub(crate) fn new(
        base: &'a Scenario,
        what_if: &'a Scenario,
        differences: &'a [Difference],
        groups: &'a [Group],
    ) -> Self {
        let mut hybrids = Self { base, what_if, differences, groups, designs: Vec::new() };
        let plan = |taken: Taken| Plan::new(&hybrids.scenario(&taken));
        let none = plan(Taken::new());
        hybrids.designs = (0..groups.len()).map(|group| none.design_of(&plan(Taken::from([group])))).collect();
        hybrids
    }

    /// The baseline with some groups of inputs taken over.
    fn scenario(&self, taken: &Taken) -> Scenario {
        let of_group = |group: &usize| self.groups[*group].places.iter().map(|place| &self.differences[*place]);
        let differences: Vec<&Difference> = taken.iter().flat_map(of_group).collect();
        self.base.with(self.what_if, &differences)
    }

    /// The groups without a design, which make a plan of its own.
    fn structure(&self, taken: &Taken) -> Taken {
        taken.iter().copied().filter(|group| self.designs[*group].is_none()).collect()
    }

    /// The design that takes over all other groups.
    fn design(&self, taken: &Taken) -> Design {
        let designs = taken.iter().filter_map(|group| self.designs[*group].as_ref());
        designs
            .flat_map(Design::named)
            .fold(Design::new(), |design, (address, source)| design.with(address, source.clone()))
    }

    /// The runs of all scenarios that are asked for, by structure: each plan with its designs.
    fn variants<'b>(
        &self,
        plains: &'b BTreeMap<Taken, Scenario>,
        asked: &BTreeSet<Taken>,
    ) -> Vec<(Taken, Variant<'b>)> {
        let of_plan = |(structure, scenario): (&Taken, &'b Scenario)| {
            let plain = Variant::of(scenario);
            let members: Vec<&Taken> = asked.iter().filter(|taken| self.structure(taken) == *structure).collect();
            let under =
                |taken: &Taken| plain.under(&self.design(taken)).expect("laws of inputs that both scenarios have");
            members.into_iter().map(|taken| (taken.clone(), under(taken))).collect::<Vec<_>>()
        };
        plains.iter().flat_map(of_plan).collect()
    }

    /// What every scenario that is asked for answers in a year.
    pub(crate) fn answers(
        &self,
        asked: &BTreeSet<Taken>,
        year: i32,
        settings: &Settings,
        evaluate: Evaluate,
    ) -> BTreeMap<Taken, Answer> {
        let structures = asked.iter().map(|taken| self.structure(taken));
        let plains: BTreeMap<Taken, Scenario> = structures.map(|it| (it.clone(), self.scenario(&it))).collect();
        let (taken, variants): (Vec<Taken>, Vec<Variant>) = self.variants(&plains, asked).into_iter().unzip();
        taken.into_iter().zip(Answer::of(&variants, year, settings, evaluate)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::summary::attribution::groups::groups;

    fn scenario(name: &str) -> Scenario {
        let read = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        let loaded = crate::scenario::load(&path, &Default::default(), None, &read);
        loaded.map_err(|rejected| rejected.problems).expect("a shipped scenario").scenario
    }

    #[test]
    fn every_scenario_in_between_is_the_plan_that_it_would_have_by_itself() {
        let base = scenario("base.toml");
        let (mut by_design, mut by_plan) = (0, 0);
        let shipped =
            ["china-state-push", "convergence", "export-controls", "ai-winter", "deal-by-deal", "us-correction"];
        let mut what_ifs: Vec<(&str, Scenario)> =
            shipped.into_iter().map(|name| (name, scenario(&format!("{name}.toml")))).collect();
        let growth = base.set("us.deals.growth", "9%").expect("a growth rate");
        let other_laws = growth.set("china.deals.growth", "{ uniform = [\"-5%\", \"20%\"] }").expect("a law of growth");
        what_ifs.push(("other laws of growth", other_laws));
        for (name, what_if) in what_ifs {
            let differences = base.differences(&what_if);
            let groups = groups(&differences);
            let hybrids = Hybrids::new(&base, &what_if, &differences, &groups);
            let asked: BTreeSet<Taken> = (0..1_u32 << groups.len().min(6))
                .map(|bits| (0..groups.len()).filter(|group| bits >> (group % 6) & 1 == 1).collect())
                .collect();
            let plains: BTreeMap<Taken, Scenario> = asked
                .iter()
                .map(|taken| hybrids.structure(taken))
                .map(|structure| (structure.clone(), hybrids.scenario(&structure)))
                .collect();
            for (taken, variant) in hybrids.variants(&plains, &asked) {
                assert!(*variant.plan() == Plan::new(&hybrids.scenario(&taken)), "{name}: {taken:?}");
                let own = hybrids.structure(&taken);
                by_design += usize::from(taken.len() > own.len());
                by_plan += usize::from(!own.is_empty());
            }
        }
        assert!(by_design > 2 && by_plan > 10, "{by_design} by designs, {by_plan} with a structure of their own");
    }
}
