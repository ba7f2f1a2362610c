//! Regions as people call them, where scenarios have one word for each.

use crate::diagnostic::{Place, Problem, did_you_mean};

use super::{Dataset, Fact};

/// What tables call the regions that every scenario knows.
const OTHER_WORDS: [(&str, &[&str]); 4] = [
    ("us", &["united states", "united states of america", "usa", "u.s.", "u.s.a.", "america", "the us"]),
    ("china", &["prc", "people's republic of china", "mainland china", "china (mainland)", "cn", "chn"]),
    ("world", &["global", "worldwide", "the world", "all"]),
    ("rest", &["rest of world", "rest of the world", "row", "others", "other"]),
];

impl Dataset {
    /// The word of the data for a region that they do not have under its own, and its first row: `United States` for `us`.
    #[must_use]
    pub fn other_word_for(&self, region: &str) -> Option<(&str, Place)> {
        let known = |word: &str| {
            let lower = word.to_lowercase();
            let others =
                OTHER_WORDS.iter().find(|(own, _)| *own == region).map_or(&[] as &[&str], |(_, others)| others);
            lower == region || others.contains(&lower.as_str())
        };
        let words = || self.facts.iter().map(|fact| fact.region.as_str());
        if words().any(|word| word == region) {
            return None;
        }
        let word = words().find(|word| known(word)).or_else(|| did_you_mean(region, words()))?;
        let first = self.facts.iter().find(|fact| fact.region == word)?;
        Some((word, first.place.clone()))
    }
}

/// Warnings of regions that are a letter off a word that every scenario knows: their figures would be those of another region.
pub(super) fn slips(facts: &[Fact]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for fact in facts {
        let word = fact.region.as_str();
        // Of words as short as `us` a letter makes another country.
        let mut long = OTHER_WORDS.iter().map(|(own, _)| *own).filter(|own| own.len() > 4);
        let meant = long.find(|own| strsim::damerau_levenshtein(&word.to_lowercase(), own) == 1);
        if let Some(own) = meant.filter(|_| !seen.contains(&word)) {
            seen.push(word);
            let what = format!("`{word}` is a letter off `{own}`, and its figures are those of a region of its own");
            problems.push(Problem::warning(fact.place.clone(), what, format!("did you mean {own}?")));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;

    #[test]
    fn a_region_is_found_by_what_people_call_it() {
        let named = |us: &str| {
            let text = format!("region,year,metric,value,unit,source,vintage\n\"{us}\",2023,funding,31,USD bn,A,1\n");
            Dataset::parse("mine.csv", &text, &mut Sources::default()).expect("one row")
        };
        for word in ["United States", "USA", "U.S.", "US", "united states of america"] {
            assert_eq!(named(word).other_word_for("us").map(|(found, _)| found.to_owned()).as_deref(), Some(word));
        }
        assert_eq!(named("us").other_word_for("us"), None);
        assert_eq!(named("Uruguay").other_word_for("china"), None);
    }

    #[test]
    fn a_region_that_is_a_letter_off_is_asked_about_once() {
        let told = |words: &[&str]| {
            let rows: Vec<String> = words
                .iter()
                .enumerate()
                .map(|(row, word)| format!("{word},{},funding,31,USD bn,A,1", 2020 + row))
                .collect();
            let text = format!("region,year,metric,value,unit,source,vintage\n{}\n", rows.join("\n"));
            let read = Dataset::parse_with_warnings("mine.csv", &text, &mut Sources::default());
            let warnings = read.expect("figures").1;
            warnings
                .into_iter()
                .filter_map(|it| it.cure.contains("did you mean").then_some(it.cure))
                .collect::<Vec<_>>()
        };
        for word in ["chna", "Chin", "chinaa", "cihna", "xhina"] {
            assert_eq!(told(&["china", word, word]), ["did you mean china?"], "{word}");
        }
        assert_eq!(told(&["worl"]), ["did you mean world?"]);
        assert!(told(&["china", "world", "uk", "chile", "us", "eu", "ROW"]).is_empty());
    }
}
