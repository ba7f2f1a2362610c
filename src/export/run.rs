//! A stored run as its tables have it: words and digits of each field, with the declaration of each column.

use crate::store::RunFolder;
use crate::table::declared::{ALL, Column, Declaration};
use crate::wording;

/// Why a run is not exported, in words for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotExported(pub String);

impl std::fmt::Display for NotExported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotExported {}

/// A run with the texts of its tables.
#[derive(Clone, Debug)]
pub struct Run {
    /// Name of its scenario, or of its scenarios.
    pub scenario: String,
    /// Version of the program that made it.
    pub version: String,
    /// The command that makes it again.
    pub command: String,
    /// Its tables, in the order of its manifest.
    pub tables: Vec<RunTable>,
}

/// A table of a run.
#[derive(Clone, Debug)]
pub struct RunTable {
    /// Path below the run folder.
    pub file: String,
    /// Bytes of the file.
    pub bytes: Vec<u8>,
    /// What the table is.
    pub declaration: &'static Declaration,
    /// Names of its columns.
    pub head: Vec<String>,
    /// Fields of its rows.
    pub rows: Vec<Vec<String>>,
}

impl Run {
    /// The tables of a run folder.
    ///
    /// # Errors
    /// If one is missing or was changed since the run was made.
    pub fn read(folder: &RunFolder) -> Result<Self, NotExported> {
        let manifest = &folder.manifest;
        let mut tables = Vec::new();
        for (file, _) in manifest.outputs.iter().filter(|(file, _)| file.ends_with(".csv")) {
            let Some(declaration) = ALL.into_iter().find(|it| it.is_of(file)) else { continue };
            let shown = folder.file(file);
            let Some(bytes) = folder.bytes(file) else {
                return Err(NotExported(format!("{} is missing; simulate again", shown.display())));
            };
            if !folder.is_as_made(file, &bytes) {
                let why = "was changed since the run was made; aigap verify says where, and simulate makes it again";
                return Err(NotExported(format!("{} {why}", shown.display())));
            }
            tables.push(RunTable::read(file, bytes, declaration)?);
        }
        Ok(Self {
            scenario: manifest.scenario.clone(),
            version: manifest.version.clone(),
            command: wording::command(&manifest.recipe),
            tables,
        })
    }

    /// A table by its file.
    ///
    /// # Errors
    /// If the run holds none, as another question does.
    pub(super) fn table(&self, file: &str) -> Result<&RunTable, NotExported> {
        self.tables.iter().find(|it| it.file == file).ok_or_else(|| {
            let why = "this format needs the folder of an aigap simulate of this version";
            NotExported(format!("the run holds no {file}; {why}"))
        })
    }
}

impl RunTable {
    fn read(file: &str, bytes: Vec<u8>, declaration: &'static Declaration) -> Result<Self, NotExported> {
        let broken = |error: csv::Error| NotExported(format!("{file} is damaged ({error}); simulate again"));
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let head = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
        let rows = reader.records().map(|record| Ok(record.map_err(broken)?.iter().map(str::to_owned).collect()));
        let rows = rows.collect::<Result<_, NotExported>>()?;
        Ok(Self { file: file.to_owned(), bytes, declaration, head, rows })
    }

    /// The declaration of each column.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&str, Option<&'static Column>)> {
        let declared = |name: &str| self.declaration.columns().find(|column| column.is(name));
        self.head.iter().map(move |name| (name.as_str(), declared(name)))
    }

    /// What stands in a row under a column; nothing if there is no such column.
    pub(super) fn field<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        let place = self.head.iter().position(|known| known == column);
        place.and_then(|place| row.get(place)).map_or("", String::as_str)
    }
}

/// Rows as CSV with `\n` at the end of each line.
pub(super) fn csv_text<I: IntoIterator<Item = S>, S: AsRef<[u8]>>(rows: impl IntoIterator<Item = I>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("memory takes rows of one length");
    }
    writer.into_inner().expect("memory takes it")
}

/// The last observed year of a fan.
pub(super) fn base_year(fan: &RunTable) -> Option<i32> {
    let observed = fan.rows.iter().filter(|row| !fan.field(row, "observed").is_empty());
    observed.filter_map(|row| fan.field(row, "year").parse().ok()).max()
}
