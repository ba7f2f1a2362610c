//! A table of a run folder by the names of its columns, and what may be wrong with it.

/// Why a run cannot be read back: the file, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// Name of the file below the run folder.
    pub file: String,
    /// What is wrong.
    pub why: String,
}

impl std::fmt::Display for Damaged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}; simulate again", self.file, self.why)
    }
}

/// A CSV by the names of its columns.
pub(super) struct Table {
    file: String,
    head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Returns the text of a file of the run folder.
pub(super) type Read<'a> = &'a dyn Fn(&str) -> Option<String>;

pub(super) fn missing(file: &str) -> Damaged {
    damaged(file, "is missing")
}

pub(super) fn damaged(file: &str, why: &str) -> Damaged {
    Damaged { file: file.to_owned(), why: why.to_owned() }
}

impl Table {
    pub fn read(read: Read, file: &str) -> Result<Self, Damaged> {
        let text = read(file).ok_or_else(|| missing(file))?;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let broken = |error: csv::Error| damaged(file, &format!("is damaged ({error})"));
        let head = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.map(|row| row.iter().map(str::to_owned).collect()));
        Ok(Self { file: file.to_owned(), head, rows: rows.collect::<Result<_, _>>().map_err(broken)? })
    }

    /// Position of a column.
    fn column(&self, name: &str) -> Result<usize, Damaged> {
        let found = self.head.iter().position(|known| known == name);
        found.ok_or_else(|| damaged(&self.file, &format!("has no column {name}")))
    }

    pub fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N], Damaged> {
        let mut places = [0; N];
        for (place, name) in places.iter_mut().zip(names) {
            *place = self.column(name)?;
        }
        Ok(places)
    }

    /// A number that must be there.
    pub fn number<T: std::str::FromStr>(&self, row: usize, column: usize) -> Result<T, Damaged> {
        let text = &self.rows[row][column];
        // The first line holds the names.
        text.parse().map_err(|_| damaged(&self.file, &format!("line {}: \"{text}\" is no number", row + 2)))
    }

    /// A number that may be missing.
    pub fn maybe(&self, row: usize, column: usize) -> Result<Option<f64>, Damaged> {
        if self.rows[row][column].is_empty() { Ok(None) } else { self.number(row, column).map(Some) }
    }

    pub fn stranger(&self, row: usize, what: &str) -> Damaged {
        damaged(&self.file, &format!("line {}: \"{what}\" is unknown to this version", row + 2))
    }
}
