//! Names of regions, scenarios and inputs as readers know them.

/// Most letters of a name in a sentence.
const LONGEST_NAME: usize = 60;

/// The part of a title that readers know a scenario by: what stands before its colon.
///
/// A title is text of a user: no sign of it moves a cursor, and no length of it breaks a page.
#[must_use]
pub fn short_title(title: &str) -> String {
    let plain: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = Some(words(plain.split(':').next().unwrap_or_default())).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| words(&plain));
    match name.chars().count() {
        0 => "untitled".to_owned(),
        letters if letters > LONGEST_NAME => {
            name.chars().take(LONGEST_NAME - 1).collect::<String>().trim_end().to_owned() + "…"
        }
        _ => name,
    }
}

/// An address as readers read it: `china.deals.growth` is `china deals growth`.
#[must_use]
pub fn readable(address: &str) -> String {
    if let Some((one, other)) = address.strip_prefix("correlations.").and_then(two_names) {
        return format!("correlation of {} with {}", of_region(&one), of_region(&other));
    }
    let name = address.strip_prefix("events.").or_else(|| address.strip_prefix("jumps.")).unwrap_or(address);
    name.replace(['.', '-'], " ")
}

/// A name whose first part is a region, as readers know it.
fn of_region(name: &str) -> String {
    match name.split_once('.').filter(|(first, _)| !["events", "jumps"].contains(first)) {
        Some((region, input)) => format!("{} {}", short_name(region), readable(input)),
        None => readable(name),
    }
}

/// The two names in the address of a correlation: of two series or of two assumptions of series, which have as many parts, or
/// else as they stand.
fn two_names(rest: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = rest.split('.').collect();
    let (one, other) = parts.split_at_checked(parts.len() / 2).filter(|_| parts.len().is_multiple_of(2))?;
    Some((one.join("."), other.join(".")))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_move_no_cursor() {
        assert_eq!(short_title("China state push: a fund brings"), "China state push");
        assert_eq!(short_title(": what \u{1b}[31m\n is this"), ": what [31m is this");
        assert_eq!(readable("correlations.us.deals.china.deal-size"), "correlation of US deals with China deal size");
        assert_eq!(short_title(" \t "), "untitled");
        assert_eq!(short_title(&"long ".repeat(40)).chars().count(), 60);
    }
}
