//! Which inputs a what-if sets otherwise, in sentences.

use crate::growth::Growth;
use crate::scenario::{Difference, Role};

use super::text::Text;

/// How a what-if sets an input otherwise: `adds “state AI fund” (a decision): …`, `changes us.deals.growth: 3% → 5%`.
#[must_use]
pub(crate) fn input_words(difference: &Difference, name: &str) -> Text {
    let verb = Text::from(verb(difference)) + " " + named(difference, name);
    match (&difference.base, &difference.what_if) {
        (None, Some(new)) => verb + ": " + Text::own(&new.value),
        (Some(old), Some(new)) => {
            let [old, new] = only_what_differs([&old.value, &new.value]);
            verb + ": " + old + " → " + new
        }
        _ => verb,
    }
}

fn verb(difference: &Difference) -> &'static str {
    match (&difference.base, &difference.what_if) {
        (None, Some(_)) => "adds",
        (Some(_), None) => "drops",
        _ => "changes",
    }
}

fn named(difference: &Difference, name: &str) -> Text {
    Text::own(name) + if difference.role == Role::Lever { " (a decision)" } else { "" }
}

/// All inputs by name alone: `adds state AI fund (a decision); changes us.deals.growth, us.deals.volatility`.
#[must_use]
pub(crate) fn inputs_in_brief(differences: &[Difference], names: &[String]) -> Text {
    let of = |wanted: &'static str| {
        let found = differences.iter().zip(names).filter(move |(difference, _)| verb(difference) == wanted);
        let found: Vec<Text> = found.map(|(difference, name)| named(difference, name)).collect();
        (!found.is_empty()).then(|| Text::from(wanted) + " " + Text::joined(found, ", "))
    };
    let told: Vec<Text> = ["adds", "drops", "changes"].into_iter().filter_map(of).collect();
    if told.is_empty() { "changes no input".into() } else { Text::joined(told, "; ") }
}

/// Two values without what they have in common: entries of a list, and the parameters of models that differ.
fn only_what_differs([old, new]: [&str; 2]) -> [Text; 2] {
    if old.starts_with("model ") && new.starts_with("model ") {
        let name = |value: &str| value.split(',').next().unwrap_or(value).to_owned();
        let meaning = Growth::<()>::meaning(name(new).trim_start_matches("model ")).unwrap_or_default();
        let meaning = meaning.split(':').next().unwrap_or(meaning).trim_end_matches('.');
        return [name(old), format!("{}, which {meaning}", name(new))].map(Text::own);
    }
    let (before, after): (Vec<&str>, Vec<&str>) = (old.split("; ").collect(), new.split("; ").collect());
    if before.len().max(after.len()) < 2 {
        return [old, new].map(Text::own);
    }
    let less = |own: &[&str], other: &[&str]| {
        let left: Vec<&str> = own.iter().filter(|entry| !other.contains(entry)).copied().collect();
        match left.len() {
            0 => "none".into(),
            number if number == own.len() => Text::own(own.join("; ")),
            _ => Text::joined(left.into_iter().map(Text::own), "; "),
        }
    };
    [less(&before, &after), less(&after, &before)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_lists_share_is_not_told_twice() {
        let differing = |old, new| only_what_differs([old, new]).map(|text| text.text());
        assert_eq!(differing("a: 0.2; b: 0.4", "a: 0.2; b: 0.1"), ["b: 0.4", "b: 0.1"]);
        assert_eq!(differing("a: 0.2; b: 0.4", "a: 0.2"), ["b: 0.4", "none"]);
        assert_eq!(differing("3%, 5% from 2027", "3%"), ["3%, 5% from 2027", "3%"]);
        assert_eq!(
            differing("model random-walk, growth 3%", "model path, 1"),
            ["model random-walk", "model path, which takes the levels that are written year by year, without luck"]
        );
    }
}
