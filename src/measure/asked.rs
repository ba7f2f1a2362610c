//! Names of the questions that every run asks, which no question of a scenario may bear.

/// Names in `probabilities.csv`, in the order of its rows; `{follow}` stands for the word of the follow region.
const NAMES: [&str; 13] = [
    "wider-in-dollars",
    "wider-as-ratio",
    "wider-in-both",
    "wider-in-dollars-only",
    "wider-as-ratio-only",
    "wider-in-neither",
    "ratio-more-than-double",
    "ratio-less-than-half",
    "ratio-unchanged",
    "dollars-more-than-double",
    "dollars-less-than-half",
    "{follow}-ahead",
    "{follow}-ahead-so-far",
];

/// Name of the question at a place of the list.
#[must_use]
pub fn name_of_asked(place: usize, follow: &str) -> String {
    NAMES[place].replace("{follow}", follow)
}

/// Whether every run asks a question of this name.
#[must_use]
pub fn is_always_asked(name: &str, follow: &str) -> bool {
    (0..NAMES.len()).any(|place| name_of_asked(place, follow) == name)
}
