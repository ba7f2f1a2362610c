//! Countries without the table of ISO 3166: whatever is named is taken for one.

/// Whether a name that is not found is no country.
pub(super) const KNOWS_ALL: bool = false;

/// No country is known by its code.
pub(super) fn country(_name: &str, _code: &str) -> Option<String> {
    None
}
