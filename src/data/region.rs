//! Regions as people call them, where scenarios have one word for each.

use crate::diagnostic::{Place, did_you_mean};

use super::Dataset;

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
}
