//! Who set a value, as tables name it, and read again from what they say.

use crate::scenario::Origin;

/// The word for a value that was given beside the files: the flag that gives it.
pub const GIVEN: &str = "--set";
/// The word for a value that nobody set.
const USUAL: &str = "default";

/// The file or flag that set a value.
#[must_use]
pub fn set_by(origin: &Origin) -> &str {
    match origin {
        Origin::File { name, .. } => name,
        Origin::Given => GIVEN,
        Origin::Usual => USUAL,
        Origin::Unknown => "",
    }
}

/// Who set a value, from the two columns that say so.
#[must_use]
pub fn origin(set_by: &str, line: &str) -> Origin {
    match set_by {
        GIVEN => Origin::Given,
        USUAL => Origin::Usual,
        "" => Origin::Unknown,
        name => Origin::File { name: name.to_owned(), line: line.parse().ok() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_set_a_value_is_read_as_it_was_written() {
        let line = |line| Origin::File { name: "base.toml".to_owned(), line };
        for known in [line(Some(7)), line(None), Origin::Given, Origin::Usual, Origin::Unknown] {
            let line = known.line().map_or_else(String::new, |line| line.to_string());
            assert_eq!(origin(set_by(&known), &line), known);
        }
    }
}
