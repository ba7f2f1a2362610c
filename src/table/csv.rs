//! Numbers as the CSV files of a run have them.

/// The shortest digits that read back as the same number; empty for what is missing, infinite or undefined.
pub(crate) fn number(value: f64) -> String {
    match value {
        value if !value.is_finite() => String::new(),
        0.0 => "0".to_owned(),
        value => format!("{value}"),
    }
}
