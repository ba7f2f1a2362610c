//! The tables that a report cites: parsed once, looked up by file, row and column.

/// Tables by name, with the bytes they were read from.
#[derive(Clone, Debug, Default)]
pub struct Data {
    tables: Vec<Table>,
}

#[derive(Clone, Debug)]
struct Table {
    name: String,
    bytes: Vec<u8>,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The place of one or several numbers: a file, what names its row, and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Name of the CSV.
    pub file: String,
    /// Columns with the words that name the row.
    pub row: Vec<(String, String)>,
    /// Columns that are read.
    pub columns: Vec<String>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Line in the file, from 1.
    pub line: usize,
    /// Fields as they stand there.
    pub fields: Vec<String>,
    /// The row's unit, if it has one.
    pub unit: String,
    /// Whether the row has infinite values, which a CSV leaves empty.
    pub infinite: bool,
    /// Simulation errors of the fields, where the report has them beside the file.
    pub errors: Vec<Option<f64>>,
}

impl Data {
    /// Adds a CSV; a text that is none is left out.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let Ok(head) = reader.headers().map(|head| head.iter().map(str::to_owned).collect()) else { return };
        let rows = reader.records().map_while(Result::ok).map(|row| row.iter().map(str::to_owned).collect()).collect();
        self.tables.push(Table { name: name.to_owned(), bytes: bytes.to_vec(), head, rows });
    }

    /// Names and bytes of all tables.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.tables.iter().map(|table| (table.name.as_str(), table.bytes.as_slice()))
    }

    /// Whether there is such a table.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.tables.iter().any(|table| table.name == name)
    }

    /// Head and rows of a table.
    #[must_use]
    pub fn rows(&self, name: &str) -> Option<(&[String], &[Vec<String>])> {
        let table = self.tables.iter().find(|table| table.name == name)?;
        Some((&table.head, &table.rows))
    }

    /// What a cell holds.
    ///
    /// # Errors
    /// If the file, the row or a column is not there, or several rows answer to the name.
    pub fn find(&self, cell: &Cell) -> Result<Found, String> {
        let table = self.tables.iter().find(|table| table.name == cell.file);
        let table = table.ok_or_else(|| format!("there is no table {}", cell.file))?;
        let place = |column: &str| {
            let found = table.head.iter().position(|known| known == column);
            found.ok_or_else(|| format!("{} has no column {column}", cell.file))
        };
        let keys = cell.row.iter().map(|(key, word)| Ok((place(key)?, word))).collect::<Result<Vec<_>, String>>()?;
        let fits = |row: &&Vec<String>| keys.iter().all(|(at, word)| row.get(*at).is_some_and(|field| field == *word));
        let mut rows = table.rows.iter().enumerate().filter(|(_, row)| fits(row));
        let named = || cell.row.iter().map(|(key, word)| format!("{key} {word}")).collect::<Vec<_>>().join(", ");
        let (line, row) = rows.next().ok_or_else(|| format!("{} has no row with {}", cell.file, named()))?;
        if rows.next().is_some() {
            return Err(format!("{} has several rows with {}", cell.file, named()));
        }
        let field = |column: &String| Ok(row.get(place(column)?).cloned().unwrap_or_default());
        let optional = |column: &str| place(column).ok().and_then(|at| row.get(at)).cloned().unwrap_or_default();
        Ok(Found {
            line: line + 2,
            fields: cell.columns.iter().map(field).collect::<Result<_, String>>()?,
            unit: match (optional("unit"), cell.columns.first()) {
                // A column of amounts names its money itself.
                (unit, Some(column)) if unit.is_empty() && column.starts_with("yuan") => "¥bn".to_owned(),
                (unit, _) => unit,
            },
            infinite: optional("n_infinite").parse::<u64>().is_ok_and(|number| number > 0),
            errors: self.errors(cell),
        })
    }
}

impl Data {
    /// Errors of a cell of the fan: the same row of the table of errors.
    fn errors(&self, cell: &Cell) -> Vec<Option<f64>> {
        let Some(folder) = cell.file.strip_suffix("fan.csv") else { return Vec::new() };
        let beside = Cell { file: format!("{folder}{}", super::derived::ERRORS), ..cell.clone() };
        let error = |column: &String| {
            let one = Cell { columns: vec![column.clone()], ..beside.clone() };
            let field = self.find(&one).ok()?.fields.pop()?;
            // So few paths that they say nothing have no error that a CSV can hold.
            if field == super::derived::UNKNOWN { Some(f64::INFINITY) } else { field.parse().ok() }
        };
        if self.has(&beside.file) { cell.columns.iter().map(error).collect() } else { Vec::new() }
    }
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

    /// `probabilities.csv|question=wider-as-ratio;year=2030|probability,paths`.
    #[must_use]
    pub fn written(&self) -> String {
        let row: Vec<String> = self.row.iter().map(|(key, word)| format!("{key}={}", quoted(word))).collect();
        format!("{}|{}|{}", quoted(&self.file), row.join(";"), self.columns.join(","))
    }

    /// Reads it back.
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

    #[test]
    fn a_row_is_found_once_or_not_at_all() {
        let mut data = Data::default();
        data.add("a.csv", b"k,year,v,unit\nx,1,2,$bn\nx,2,3,$bn\n");
        let find = |row: &[(&str, &str)], column| data.find(&Cell::new("a.csv", row, &[column]));
        assert_eq!(
            find(&[("k", "x"), ("year", "2")], "v").map(|it| (it.line, it.fields)),
            Ok((3, vec!["3".to_owned()]))
        );
        assert!(find(&[("k", "x")], "v").is_err() && find(&[("k", "y")], "v").is_err());
        assert!(find(&[("year", "1")], "w").is_err());
    }
}
