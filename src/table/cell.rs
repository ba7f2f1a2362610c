//! The place of a number in the tables of a run: by file, by what names its row, and by columns.
//!
//! Sentences carry the cells of their numbers, so that a report can cite them and a reader can look them up.

/// The place of one or several numbers: a file, what names its row, and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Name of the CSV.
    pub file: String,
    /// Columns with the words that name the row.
    pub row: Vec<(String, String)>,
    /// Columns that are read.
    pub columns: Vec<String>,
}

impl Cell {
    /// A cell by its file, its row's words and its columns.
    #[must_use]
    pub fn new(file: &str, row: &[(&str, &str)], columns: &[&str]) -> Self {
        Self {
            file: file.to_owned(),
            row: row.iter().map(|(key, word)| ((*key).to_owned(), (*word).to_owned())).collect(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        }
    }

    /// The cell in the tables of a run that stand in a folder.
    #[must_use]
    pub fn within(mut self, folder: &str) -> Self {
        self.file.insert_str(0, folder);
        self
    }

    /// A cell of the row that one more word names, in these columns; a cell of no file stays one.
    #[must_use]
    pub fn with(&self, key: &str, word: &str, columns: &[&str]) -> Self {
        let mut cell = self.clone();
        cell.row.push((key.to_owned(), word.to_owned()));
        cell.columns = columns.iter().map(|column| (*column).to_owned()).collect();
        cell
    }

    /// `probabilities.csv|question=wider-as-ratio;year=2030|probability,paths`.
    #[must_use]
    pub fn written(&self) -> String {
        let row: Vec<String> = self.row.iter().map(|(key, word)| format!("{key}={}", quoted(word))).collect();
        format!("{}|{}|{}", quoted(&self.file), row.join(";"), self.columns.join(","))
    }

    /// Reads a cell from its text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let [file, row, columns] = text.split('|').collect::<Vec<_>>().try_into().ok()?;
        let row = row.split(';').filter(|part| !part.is_empty());
        let row = row.map(|part| part.split_once('=').map(|(key, word)| (key.to_owned(), unquoted(word))));
        Some(Self {
            file: unquoted(file),
            row: row.collect::<Option<_>>()?,
            columns: columns.split(',').map(str::to_owned).collect(),
        })
    }
}

/// Signs that divide the parts of a written cell.
const SIGNS: [char; 6] = ['%', '|', ';', '=', ',', '\n'];

fn quoted(word: &str) -> String {
    let sign = |c: char| if SIGNS.contains(&c) { format!("%{:02x}", c as u32) } else { c.to_string() };
    word.chars().map(sign).collect()
}

fn unquoted(word: &str) -> String {
    SIGNS
        .iter()
        .rev()
        .fold(word.to_owned(), |text, sign| text.replace(&format!("%{:02x}", *sign as u32), &sign.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_written_and_read_back_whatever_its_words() {
        let cell = Cell::new("a b/fan.csv", &[("question", "a=b;c|d%2c,e"), ("year", "2030")], &["p50", "p10"]);
        assert_eq!(Cell::read(&cell.written()), Some(cell));
    }
}
