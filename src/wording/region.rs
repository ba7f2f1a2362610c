//! Names of regions as readers know them.

/// Short name: `US`, `China`.
#[must_use]
pub fn short_name(region: &str) -> String {
    match region {
        "us" => "US".to_owned(),
        "eu" => "EU".to_owned(),
        "uk" => "UK".to_owned(),
        "rest" => "Rest of world".to_owned(),
        other => capitalised(other),
    }
}

/// Long name: `United States`, `China`.
#[must_use]
pub fn long_name(region: &str) -> String {
    match region {
        "us" => "United States".to_owned(),
        "eu" => "European Union".to_owned(),
        "uk" => "United Kingdom".to_owned(),
        other => short_name(other),
    }
}

fn capitalised(word: &str) -> String {
    let words = word.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    });
    words.collect::<Vec<String>>().join(" ")
}
