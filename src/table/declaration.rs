//! What a table is: its files, what names a row, and its columns with unit, kind and meaning.

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words: names, addresses, sentences.
    Text,
    /// A name as somebody wrote it: a CSV has it in quotes, whatever is in it.
    Title,
    /// A value as a scenario writes it: a number in some rows, words in others.
    Setting,
    /// A calendar year.
    Year,
    /// A whole number of things.
    Count,
    /// A number with a unit.
    Number,
    /// A part of one, from 0 to 1.
    Share,
}

impl Kind {
    /// Its word in the data dictionary.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Setting => "setting",
            Self::Year => "year",
            Self::Count => "count",
            Self::Number => "number",
            Self::Share => "share",
        }
    }
}

/// A declared column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name; a part in braces, `{money}`, is filled in by the run.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Unit of its values; empty where they have none.
    pub unit: &'static str,
    /// What it says, in a sentence.
    pub meaning: &'static str,
    /// Whether it stands only in tables of several scenarios.
    pub of_several: bool,
}

/// The unit of a column whose rows name their own.
pub const UNIT_OF_ROW: &str = "see unit";

impl Column {
    pub(super) const fn new(name: &'static str, kind: Kind, unit: &'static str, meaning: &'static str) -> Self {
        Self { name, kind, unit, meaning, of_several: false }
    }

    /// A column of words.
    #[must_use]
    pub const fn text(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, Kind::Text, "", meaning)
    }

    pub(super) const fn title(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, Kind::Title, "", meaning)
    }

    pub(super) const fn setting(name: &'static str, unit: &'static str, meaning: &'static str) -> Self {
        Self::new(name, Kind::Setting, unit, meaning)
    }

    /// A column of calendar years.
    #[must_use]
    pub const fn year(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, Kind::Year, "year", meaning)
    }

    /// A column of whole numbers of things.
    #[must_use]
    pub const fn count(name: &'static str, unit: &'static str, meaning: &'static str) -> Self {
        Self::new(name, Kind::Count, unit, meaning)
    }

    /// A column of numbers with a unit.
    #[must_use]
    pub const fn number(name: &'static str, unit: &'static str, meaning: &'static str) -> Self {
        Self::new(name, Kind::Number, unit, meaning)
    }

    /// A column of parts of one.
    #[must_use]
    pub const fn share(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, Kind::Share, "share", meaning)
    }

    pub(super) const fn of_several(self) -> Self {
        Self { of_several: true, ..self }
    }

    /// Whether a column of a file is this one.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        fits(self.name, name)
    }
}

/// A declared table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Its files, below the folder they are written to; a part in braces is filled in by the run.
    pub files: &'static [&'static str],
    /// The command that writes it.
    pub written_by: &'static str,
    /// What a row of the table is.
    pub holds: &'static str,
    /// Columns that together name a row.
    pub keys: &'static [&'static str],
    /// Its columns, group by group.
    pub groups: &'static [&'static [Column]],
}

impl Declaration {
    /// Its columns in order.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> + use<> {
        self.groups.iter().flat_map(|group| group.iter())
    }

    /// Whether it declares a file.
    #[must_use]
    pub fn is_of(&self, file: &str) -> bool {
        self.files.iter().any(|own| fits(own, file))
    }
}

/// Whether a name is one that a pattern stands for: `{money}_shapley` for `dollars_shapley`.
fn fits(pattern: &str, name: &str) -> bool {
    match (pattern.split_once('{'), pattern.split_once('}')) {
        (Some((before, _)), Some((_, after))) => {
            name.len() > before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
        }
        _ => pattern == name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_for_names_with_something_in_its_braces() {
        assert!(
            fits("{money}_shapley", "yuan-of-2023_shapley")
                && fits("charts/attribution-{what_if}.csv", "charts/attribution-a.csv")
        );
        assert!(!fits("{money}_shapley", "_shapley") && !fits("p2.5", "p25") && fits("p2.5", "p2.5"));
    }
}
