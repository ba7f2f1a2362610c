//! The tables that a report cites: parsed once, looked up by file, row and column.

use crate::table::{Cell, marked};
use crate::units::live::{as_written, inert};
use crate::wording::{Citation, Values};

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
    /// Of an excerpt: the line of each row in its file, and the rows of the whole.
    excerpt: Option<(Vec<usize>, usize)>,
}

/// A table as a page carries it.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Name of the file.
    pub name: &'a str,
    /// Its bytes; an excerpt begins with the column [`LINE`].
    pub bytes: &'a [u8],
    /// Of an excerpt: its rows, and those of the whole file.
    pub excerpt: Option<(usize, usize)>,
}

/// First column of an excerpt: the line of each row in its file.
pub const LINE: &str = "line";

/// Name of the table of simulation errors.
pub const ERRORS: &str = "fan_errors.csv";

/// Name of the table of errors beside the table of a cell, if that is a fan.
#[must_use]
pub fn beside(cell: &Cell) -> Option<String> {
    cell.file.strip_suffix("fan.csv").map(|folder| format!("{folder}{ERRORS}"))
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Line in the file, from 1.
    pub line: usize,
    /// Its values; simulation errors where the report has them beside the file.
    pub values: Values,
}

impl Data {
    /// Adds a table of the program's own.
    pub fn add_table(&mut self, name: &str, table: &crate::table::Table) {
        self.tables.push(Table {
            name: name.to_owned(),
            bytes: table.csv().into_bytes(),
            head: table.names().map(str::to_owned).collect(),
            rows: (0..table.rows()).map(|row| table.row(row).map(|it| it.text().into_owned()).collect()).collect(),
            excerpt: None,
        });
    }

    /// Adds a CSV as a page carries it; a text that is none is left out.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        self.tables.extend(Table::read(name, bytes));
    }

    /// Adds an excerpt as a page carries it; one without the lines of its rows is left out.
    pub fn add_excerpt(&mut self, name: &str, bytes: &[u8]) {
        let Some(mut table) = Table::read(name, bytes).filter(|table| table.head.first().is_some_and(|it| it == LINE))
        else {
            return;
        };
        table.head.remove(0);
        let lines: Option<Vec<usize>> = table.rows.iter_mut().map(|row| row.remove(0).parse().ok()).collect();
        // How long the whole is stands in the page, not in the excerpt.
        table.excerpt = lines.map(|lines| (lines, 0));
        self.tables.extend(Some(table).filter(|table| table.excerpt.is_some()));
    }

    /// All tables as a page carries them.
    pub fn files(&self) -> impl Iterator<Item = File<'_>> {
        self.tables.iter().map(|table| File {
            name: &table.name,
            bytes: &table.bytes,
            excerpt: table.excerpt.as_ref().map(|(lines, whole)| (lines.len(), *whole)),
        })
    }

    /// Where a table of the page disagrees with its file; nothing if the page has no such table.
    #[must_use]
    pub fn disagreement(&self, name: &str, file: &[u8]) -> Option<String> {
        let own = self.tables.iter().find(|table| table.name == name)?;
        let Some((lines, _)) = &own.excerpt else { return (own.bytes != file).then(|| name.to_owned()) };
        let whole = Table::read(name, file).filter(|whole| whole.head == own.head);
        let Some(whole) = whole else { return Some(format!("the head of {name}")) };
        let same =
            |(line, row): &(&usize, &Vec<String>)| line.checked_sub(2).and_then(|at| whole.rows.get(at)) == Some(row);
        let wrong = lines.iter().zip(&own.rows).find(|it| !same(it));
        wrong.map(|(line, _)| format!("line {line} of {name}"))
    }

    /// Cuts the tables of a kind, which is their name without a run's, down to the rows that are cited; a fan's rows
    /// take their simulation errors with them.
    pub fn cut(&mut self, kind: &str, cited: &[&Cell]) {
        for table in self.tables.iter_mut().filter(|table| kind_of(&table.name) == kind && table.excerpt.is_none()) {
            let own = |cell: &&&Cell| cell.file == table.name || beside(cell).is_some_and(|it| it == table.name);
            let mut kept: Vec<usize> = cited.iter().filter(own).flat_map(|cell| table.named(&cell.row)).collect();
            kept.sort_unstable();
            kept.dedup();
            table.keep(&kept);
        }
    }

    /// Whether there is such a table.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.tables.iter().any(|table| table.name == name)
    }

    /// Whether a field stands in a table of this kind, in whichever run; of tables that are cut down nobody can say.
    #[must_use]
    pub fn holds(&self, kind: &str, field: &str) -> bool {
        let mut own = self.tables.iter().filter(|table| kind_of(&table.name) == kind);
        own.any(|table| table.excerpt.is_some() || table.rows.iter().flatten().any(|it| it == field))
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
        let place = |column: &str| table.column(column).ok_or_else(|| format!("{} has no column {column}", cell.file));
        cell.row.iter().try_for_each(|(key, _)| place(key).map(|_| ()))?;
        let words = || cell.row.iter().map(|(key, word)| format!("{key} {word}")).collect::<Vec<_>>().join(", ");
        let mut rows = table.named(&cell.row);
        let at = rows.next().ok_or_else(|| format!("{} has no row with {}", cell.file, words()))?;
        if rows.next().is_some() {
            return Err(format!("{} has several rows with {}", cell.file, words()));
        }
        let row = &table.rows[at];
        let field = |column: &String| Ok(row.get(place(column)?).cloned().unwrap_or_default());
        let optional = |column: &str| place(column).ok().and_then(|at| row.get(at)).cloned().unwrap_or_default();
        let values = Values {
            fields: cell.columns.iter().map(field).collect::<Result<_, String>>()?,
            unit: match (optional("unit"), cell.columns.first()) {
                // A column of amounts names its money itself.
                (unit, Some(column)) if unit.is_empty() && column.starts_with("yuan") => "¥bn".to_owned(),
                (unit, _) => unit,
            },
            infinite: optional("n_infinite").parse::<u64>().is_ok_and(|number| number > 0),
            errors: self.errors(cell),
        };
        Ok(Found { line: table.line(at), values })
    }

    /// Line of a cell in its file, and what stands in these of its columns; line 0 if it is not there.
    #[must_use]
    pub fn stands(&self, cell: &Cell, columns: &[usize]) -> (usize, Vec<String>) {
        let of = |found: Found| {
            let fields = columns.iter().filter_map(|place| found.values.fields.get(*place).cloned());
            (found.line, fields.collect())
        };
        self.find(cell).map(of).unwrap_or_default()
    }

    /// Line of a cell in its file, and its first field; line 0 if it is not there.
    #[must_use]
    pub fn place(&self, cell: &Cell) -> (usize, String) {
        let first = |found: Found| (found.line, found.values.fields.into_iter().next().unwrap_or_default());
        self.find(cell).map(first).unwrap_or_default()
    }

    /// Whether the cell is there and nothing stands in it.
    fn is_empty(&self, cell: &Cell) -> bool {
        self.find(cell).is_ok_and(|found| found.values.fields.iter().all(String::is_empty))
    }

    /// The ways in which a citation may be written, and what stands in its cell.
    ///
    /// # Errors
    /// If the cell is not there or holds no number that has this form.
    pub fn written(&self, citation: &Citation) -> Result<(Vec<String>, Found), String> {
        let found = self.find(&citation.cell)?;
        let ways = citation.form.written(&found.values);
        let missing = || format!("{} holds nothing to write as {}", citation.cell.written(), citation.form.name());
        Ok((ways.ok_or_else(missing)?, found))
    }
}

impl Table {
    fn read(name: &str, bytes: &[u8]) -> Option<Self> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let head = reader.headers().ok()?.iter().map(str::to_owned).collect();
        let own = |row: csv::StringRecord| row.iter().map(|field| as_written(field).to_owned()).collect();
        let rows = reader.records().map_while(Result::ok).map(own).collect();
        Some(Self { name: name.to_owned(), bytes: bytes.to_vec(), head, rows, excerpt: None })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|known| known == name)
    }

    /// Places of the rows with these words under these columns.
    fn named<'a>(&'a self, words: &'a [(String, String)]) -> impl Iterator<Item = usize> + 'a {
        let keys: Vec<_> = words.iter().map(|(key, word)| (self.column(key), word)).collect();
        let fits = move |row: &Vec<String>| {
            keys.iter().all(|(at, word)| at.and_then(|at| row.get(at)).is_some_and(|field| field == *word))
        };
        self.rows.iter().enumerate().filter(move |(_, row)| fits(row)).map(|(at, _)| at)
    }

    /// Line of a row in its file, from 1.
    fn line(&self, at: usize) -> usize {
        self.excerpt.as_ref().map_or(at + 2, |(lines, _)| lines[at])
    }

    /// Becomes an excerpt of these rows.
    fn keep(&mut self, places: &[usize]) {
        let lines: Vec<usize> = places.iter().map(|at| at + 2).collect();
        let whole = self.rows.len();
        self.rows = places.iter().map(|at| std::mem::take(&mut self.rows[*at])).collect();
        let head = std::iter::once(LINE.to_owned()).chain(self.head.iter().cloned()).collect::<Vec<_>>().join(",");
        let rows = lines.iter().zip(&self.rows);
        let rows = rows.map(|(line, row)| std::iter::once(line.to_string()).chain(row.iter().cloned()).collect());
        self.bytes = text(&head, rows).into_bytes();
        self.excerpt = Some((lines, whole));
    }
}

/// The folder of a table's run, with its slash, or nothing.
pub fn folder_of(name: &str) -> &str {
    name.strip_suffix(kind_of(name)).unwrap_or_default()
}

/// Name of a table without the folder of its run.
pub fn kind_of(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

impl Data {
    /// Errors of a cell of the fan: the same row of the table of errors.
    fn errors(&self, cell: &Cell) -> Vec<Option<f64>> {
        let Some(file) = beside(cell).filter(|file| self.has(file)) else { return Vec::new() };
        let error = |column: &String| {
            let beside = Cell { file: file.clone(), row: cell.row.clone(), columns: vec![format!("se_{column}")] };
            let field = self.find(&beside).ok()?.values.fields.pop()?;
            // So few paths that they say nothing have an error without bound, for which a CSV has no number.
            if field.is_empty() { Some(f64::INFINITY) } else { field.parse().ok() }
        };
        cell.columns.iter().map(error).collect()
    }
}

/// Rows of fields to text, quoted where needed.
fn text(header: &str, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(false).from_writer(Vec::new());
    let write = |writer: &mut csv::Writer<Vec<u8>>, row: Vec<String>| {
        writer
            .write_record(row.iter().map(|field| inert(field).into_owned()))
            .expect("rows have the fields of the header and memory takes them");
    };
    write(&mut writer, header.split(',').map(str::to_owned).collect());
    rows.into_iter().for_each(|row| write(&mut writer, row));
    let bytes = writer.into_inner().expect("memory takes them");
    marked(String::from_utf8(bytes).expect("made of texts"))
}

/// Why a number or a word does not agree with its cell.
#[must_use]
pub fn disagreement(text: &str, citation: &Citation, data: &Data) -> Option<String> {
    match data.written(citation) {
        // What is infinite is an empty cell of a table.
        Err(_) if text == "∞" && data.is_empty(&citation.cell) => None,
        Err(why) => Some(format!("“{text}”: {why}")),
        Ok((ways, found)) if !ways.iter().any(|way| way == text) => {
            let cell = &citation.cell;
            let way = ways.last().map_or("nothing", String::as_str);
            Some(format!(
                "“{text}” disagrees with {}, line {}, {} ({}), which is written “{way}”",
                cell.file,
                found.line,
                cell.columns.join(", "),
                found.values.fields.join(", ")
            ))
        }
        Ok(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_keeps_what_is_cited_and_the_lines_of_its_file() {
        let fan = b"k,p50\nx,1\ny,\"2,5\"\nz,3\n";
        let mut data = Data::default();
        data.add("a/fan.csv", fan);
        data.add("a/fan_errors.csv", b"k,se_p50\ny,0.5\nz,\n");
        data.add("a/other.csv", fan);
        let cell = Cell::new("a/fan.csv", &[("k", "y")], &["p50"]);
        let whole = data.find(&cell);
        let errors = |key| data.find(&Cell::new("a/fan.csv", &[("k", key)], &["p50"])).map(|it| it.values.errors);
        // An empty error has no bound; a row without one is no estimate.
        assert_eq!(errors("y"), Ok(vec![Some(0.5)]));
        assert_eq!(errors("z"), Ok(vec![Some(f64::INFINITY)]));
        assert_eq!(errors("x"), Ok(vec![None]));
        data.cut("fan.csv", &[&cell]);
        data.cut("fan_errors.csv", &[&cell]);
        assert_eq!(data.find(&cell), whole);
        assert!(data.find(&Cell::new("a/fan.csv", &[("k", "z")], &["p50"])).is_err());
        let files: Vec<_> = data.files().map(|it| (it.bytes, it.excerpt)).collect();
        assert_eq!(files[0], (&b"line,k,p50\n3,y,\"2,5\"\n"[..], Some((1, 3))));
        assert_eq!(files[1], (&b"line,k,se_p50\n2,y,0.5\n"[..], Some((1, 2))));
        assert_eq!(files[2], (&fan[..], None));
        // As a page carries it, it is held against its file line by line.
        let mut read = Data::default();
        read.add_excerpt("a/fan.csv", files[0].0);
        assert_eq!(read.disagreement("a/fan.csv", fan), None);
        let wrong = read.disagreement("a/fan.csv", b"k,p50\nx,1\ny,2\nz,3\n");
        assert_eq!(wrong.as_deref(), Some("line 3 of a/fan.csv"));
        assert!(read.disagreement("a/fan.csv", b"k,p50\nx,1\n").is_some());
        assert!(read.disagreement("a/fan.csv", b"k,p10\nx,1\ny,\"2,5\"\n").is_some());
    }

    #[test]
    fn a_row_is_found_once_or_not_at_all() {
        let mut data = Data::default();
        data.add("a.csv", b"k,year,v,unit\nx,1,2,$bn\nx,2,3,$bn\n");
        let find = |row: &[(&str, &str)], column| data.find(&Cell::new("a.csv", row, &[column]));
        assert_eq!(
            find(&[("k", "x"), ("year", "2")], "v").map(|it| (it.line, it.values.fields)),
            Ok((3, vec!["3".to_owned()]))
        );
        assert!(find(&[("k", "x")], "v").is_err() && find(&[("k", "y")], "v").is_err());
        assert!(find(&[("year", "1")], "w").is_err());
    }
}
