//! Which inputs are exchanged together when a difference is divided among them.

use std::collections::BTreeSet;

use crate::scenario::{Difference, Role};

/// Positions of the groups of inputs that are taken over from a what-if.
pub(super) type Taken = BTreeSet<usize>;

/// Most groups for which every subset is simulated.
pub const MOST_EXACT: usize = 6;

/// Inputs that are exchanged together.
pub(super) struct Group {
    pub name: String,
    /// Positions among the differences.
    pub places: Vec<usize>,
    pub role: Role,
}

/// Into how many groups differences fall for attribution.
#[must_use]
pub fn number_of_groups(differences: &[Difference]) -> usize {
    groups(differences).len()
}

/// Each difference by itself, except those that can only be exchanged together. If there are too many: events and jumps
/// by themselves, the rest by region or kind, assumptions and levers apart.
pub(super) fn groups(differences: &[Difference]) -> Vec<Group> {
    let together = |name: &dyn Fn(&Difference) -> String| {
        let mut groups: Vec<Group> = Vec::new();
        for (place, difference) in differences.iter().enumerate() {
            let name = name(difference);
            match groups.iter_mut().find(|known| known.name == name) {
                Some(group) => {
                    group.places.push(place);
                    group.role = if difference.role == Role::Lever { Role::Lever } else { group.role };
                }
                None => groups.push(Group { name, places: vec![place], role: difference.role }),
            }
        }
        groups
    };
    let single = together(&Difference::exchanged_as);
    if single.len() <= MOST_EXACT {
        return single;
    }
    // Events and jumps stay by name: they are what a reader asks about.
    let coarse = together(&|difference| {
        let name = difference.exchanged_as();
        let kind = name.split(['.', ' ']).next().unwrap_or(&name).to_owned();
        match (kind.as_str(), difference.role) {
            ("events" | "jumps", _) => name,
            (_, Role::Lever) => format!("{kind} levers"),
            (_, Role::Assumption) => kind,
        }
    });
    if coarse.len() < single.len() { coarse } else { single }
}
