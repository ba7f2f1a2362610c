//! What varies in a scenario: inputs and luck, by themselves, in groups, or by layer of chance.

use crate::engine::{Chance, Design, Layer, Luck, Source};
use crate::scenario::Scenario;

use super::super::recipe::By;

/// What varies in a scenario: inputs and luck, by themselves or in groups.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Inputs; none for luck by itself.
    pub(crate) addresses: Vec<String>,
    /// What they belong to, where groups are asked for.
    pub(crate) groups: Vec<String>,
    /// Layer that it is, where layers are asked for.
    pub(crate) layer: Option<Layer>,
}

impl Part {
    /// A design with this part drawn anew.
    pub(crate) fn anew(&self, design: Design) -> Design {
        let design = self.addresses.iter().fold(design, |design, it| design.with(it.as_str(), Source::B));
        match self.layer {
            Some(Layer::Events) => design.with_luck_of(Chance::Events, Luck::B),
            Some(Layer::Process) => design.with_luck_of(Chance::Process, Luck::B),
            // Luck by itself is all of it, whether events happen included.
            None if self.addresses.is_empty() => design.with_luck(Luck::B),
            _ => design,
        }
    }
}

/// Uncertain inputs one by one; those that are correlated with each other together if asked to; luck behind them.
pub(super) fn parts(scenario: &Scenario, by: By, together: bool) -> Vec<Part> {
    let ids: Vec<usize> = (0..scenario.assumptions().len()).filter(|id| scenario.varies(*id)).collect();
    let address = |id: usize| scenario.assumptions()[id].address().to_owned();
    if by == By::Layer {
        let of = |layer: Layer| {
            let own = ids.iter().filter(|id| Layer::of(&scenario.assumptions()[**id]) == layer);
            Part { addresses: own.map(|id| address(*id)).collect(), groups: Vec::new(), layer: Some(layer) }
        };
        let chance = !scenario.events().is_empty() || !scenario.jumps().is_empty();
        let kept = |part: &Part| match part.layer {
            Some(Layer::Events) => chance,
            Some(Layer::Process) => true,
            _ => !part.addresses.is_empty(),
        };
        return Layer::ALL.into_iter().map(of).filter(kept).collect();
    }
    let tied = tied(scenario);
    let joins = |a: usize, b: usize| {
        let one_group = by == By::Group && group_of(scenario, a) == group_of(scenario, b);
        // What a correlation mixes has no value of its own while the correlation is drawn anew, so they stay together.
        let one_tie =
            tied.iter().any(|(ids, uncertain)| (together || *uncertain) && ids.contains(&a) && ids.contains(&b));
        one_group || one_tie
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for id in ids {
        let (joined, mut others): (Vec<Vec<usize>>, Vec<Vec<usize>>) =
            groups.into_iter().partition(|group| group.iter().any(|other| joins(*other, id)));
        let mut group: Vec<usize> = joined.into_iter().flatten().chain([id]).collect();
        group.sort_unstable();
        others.push(group);
        groups = others;
    }
    groups.sort();
    let of = |ids: &Vec<usize>| {
        let mut groups: Vec<String> = Vec::new();
        for group in ids.iter().map(|id| group_of(scenario, *id)).filter(|_| by == By::Group) {
            if !groups.iter().any(|known| known == group) {
                groups.push(group.to_owned());
            }
        }
        Part { addresses: ids.iter().map(|id| address(*id)).collect(), groups, layer: None }
    };
    groups.iter().map(of).chain([Part { addresses: Vec::new(), groups: Vec::new(), layer: None }]).collect()
}

/// Uncertain inputs that are correlated with each other, together with the correlations among them that are uncertain
/// themselves; and whether there are such correlations.
fn tied(scenario: &Scenario) -> Vec<(Vec<usize>, bool)> {
    let copula = scenario.copula();
    let member = |row: usize| {
        let id = scenario.assumptions().iter().position(|it| it.address() == copula.rows()[row]);
        id.filter(|id| scenario.varies(*id))
    };
    let mut tied: Vec<(Vec<usize>, bool)> = Vec::new();
    for entry in copula.entries() {
        let (Some(a), Some(b)) = (member(entry.row), member(entry.column)) else { continue };
        let uncertain = scenario.varies(entry.rho);
        if !uncertain && scenario.assumptions()[entry.rho].law().median() == 0.0 {
            continue;
        }
        let mut ids = vec![a, b];
        ids.extend(uncertain.then_some(entry.rho));
        let (joined, others): (Vec<_>, Vec<_>) =
            tied.into_iter().partition(|(known, _)| known.iter().any(|id| ids.contains(id)));
        let uncertain = uncertain || joined.iter().any(|(_, uncertain)| *uncertain);
        ids.extend(joined.into_iter().flat_map(|(known, _)| known));
        tied = others;
        tied.push((ids, uncertain));
    }
    tied
}

/// What an input belongs to: its region, or its event or jump, whose addresses go on behind its name.
fn group_of(scenario: &Scenario, id: usize) -> &str {
    let address = scenario.assumptions()[id].address();
    let events = scenario.events().iter().map(|it| it.address());
    let mut named = events.chain(scenario.jumps().iter().map(|it| it.address()));
    let own = named.find(|own| address.strip_prefix(own).is_some_and(|rest| rest.starts_with('.')));
    own.unwrap_or_else(|| address.split('.').next().unwrap_or(address))
}
