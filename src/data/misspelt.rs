//! Regions of a file of figures that are a letter off one that every scenario knows.

use crate::diagnostic::Problem;

use super::fact::Fact;

/// Words that every scenario knows and that are long enough: of `us` a letter makes another country.
const KNOWN: [&str; 2] = ["china", "world"];

/// A warning for each region that is a letter off: its figures would be those of another region.
pub(super) fn misspelt(facts: &[Fact]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for fact in facts {
        let word = fact.region.as_str();
        let lower = word.to_lowercase();
        let meant = KNOWN.into_iter().find(|known| strsim::damerau_levenshtein(&lower, known) == 1);
        if let Some(own) = meant.filter(|_| !seen.contains(&word)) {
            seen.push(word);
            let what = format!("`{word}` is a letter off `{own}`, and its figures are those of a region of its own");
            problems.push(Problem::warning(fact.place.clone(), what, format!("did you mean {own}?")));
        }
    }
    problems
}
