//! The inputs of a report: what each scenario sets, why, and where.

use crate::scenario::Assumption;
use crate::table::set_by;
use crate::wording;

use super::{Input, Part};

/// Every input of the first scenario, and those that others add, with what others change.
#[must_use]
pub(crate) fn inputs(parts: &[Part]) -> Vec<Input> {
    let mut addresses: Vec<&str> =
        parts.iter().flat_map(|part| part.scenario.assumptions()).map(|it| it.address()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let find = |part: &Part, address: &str| -> Option<Assumption> {
        part.scenario.assumptions().iter().find(|it| it.address() == address).cloned()
    };
    let input = |address: &str| {
        let first = find(&parts[0], address);
        let others: Vec<Option<Assumption>> = parts[1..].iter().map(|part| find(part, address)).collect();
        let changes = |other: &Assumption| first.as_ref().is_none_or(|first| first.value() != other.value());
        let changed = |other: &Option<Assumption>| match (other, &first) {
            (Some(other), _) => changes(other).then(|| other.value().to_owned()),
            (None, first) => first.as_ref().map(|_| "left out".to_owned()),
        };
        // Whoever takes the value over from the first says no more about it.
        let own = others.iter().map(|other| other.as_ref().filter(|it| changes(it)));
        let told: Vec<(&Part, &Assumption)> = parts
            .iter()
            .zip(std::iter::once(first.as_ref()).chain(own))
            .filter_map(|(part, it)| Some((part, it?)))
            .collect();
        let (_, any) = told.first().expect("some scenario has the address");
        Input {
            address: address.to_owned(),
            unit: any.unit().to_owned(),
            others: others.iter().map(changed).collect(),
            reasons: reasons(&told),
            set_by: places(&told),
            first: first.as_ref().map(|it| it.value().to_owned()),
        }
    };
    addresses.into_iter().map(input).collect()
}

/// Sources and reasons, each once, with the name of its scenario where they differ.
fn reasons(told: &[(&Part, &Assumption)]) -> Vec<(Option<String>, String)> {
    let mut reasons: Vec<(Option<String>, String)> = Vec::new();
    for (part, it) in told {
        let words = [it.stated_source(), it.reason()].into_iter().flatten().collect::<Vec<_>>().join("; ");
        if !words.is_empty() && !reasons.iter().any(|(_, known)| *known == words) {
            reasons.push((Some(wording::short_title(part.scenario.title())), words));
        }
    }
    if let [(name, _)] = reasons.as_mut_slice() {
        *name = None;
    }
    reasons
}

/// The places that set an input, each once.
fn places(told: &[(&Part, &Assumption)]) -> Vec<String> {
    let mut places: Vec<String> = Vec::new();
    for (_, it) in told {
        let line = it.set_by().line().map_or_else(String::new, |line| format!(", line {line}"));
        let place = format!("{}{line}", set_by(it.set_by()));
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}
