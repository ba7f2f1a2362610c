//! Tables as a CSV file has them, and turned so that years stand across.

/// A head and rows of fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// How a table is turned: the columns that name a row; every other column but `year` becomes a row of its own.
pub(super) struct Pivot {
    pub keys: &'static [&'static str],
    pub leave_out: &'static [&'static str],
}

/// Columns whose fields are words even where they look like numbers.
const WORDS: [&str; 28] = [
    "scenario",
    "edition",
    "used_as",
    "gives",
    "stands_in",
    "what_if",
    "question",
    "definition",
    "milestone",
    "metric",
    "region",
    "unit",
    "side",
    "component",
    "source",
    "vintage",
    "address",
    "why",
    "set_by",
    "baseline_set_by",
    "what_if_set_by",
    "derived",
    "check",
    "that",
    "severity",
    "layer",
    "part",
    "split",
];

/// Most characters of a line; longer texts take several.
pub(super) const WIDEST: usize = 60;

impl Table {
    /// Reads a CSV; `None` if it is none, which a file of a run always is.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let head: Vec<String> = reader.headers().ok()?.iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.ok().map(|row| row.iter().map(str::to_owned).collect()));
        Some(Self { head, rows: rows.collect::<Option<_>>()? })
    }

    /// Position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|known| known == name)
    }

    /// Whether the fields of a column are words, whatever they look like; column by column.
    pub fn words(&self) -> Vec<bool> {
        self.head.iter().map(|name| WORDS.contains(&name.as_str())).collect()
    }

    /// How wide a column is to be whose longest field has so many characters.
    pub fn width(&self, column: usize, longest: usize) -> f64 {
        longest.max(self.head[column].chars().count() + 3).clamp(8, WIDEST) as f64
    }
}

/// The number in a field of a column that does not hold words.
pub(super) fn number(field: &str) -> Option<f64> {
    // What Rust reads as infinite or no number is a word here.
    field.parse().ok().filter(|number: &f64| number.is_finite())
}

impl Pivot {
    /// The table with its years across, rows in the order they first appear.
    pub fn of(&self, table: &Table) -> Table {
        let Some(year) = table.column("year") else { return table.clone() };
        // Several scenarios in one table are told apart.
        let scenario =
            table.column("scenario").filter(|at| table.rows.iter().any(|row| row[*at] != table.rows[0][*at]));
        let keys: Vec<usize> =
            scenario.into_iter().chain(self.keys.iter().filter_map(|key| table.column(key))).collect();
        let quantities: Vec<usize> = (0..table.head.len())
            .filter(|column| *column != year && !keys.contains(column))
            .filter(|column| !self.leave_out.contains(&table.head[*column].as_str()))
            .collect();
        let mut years: Vec<&String> = table.rows.iter().map(|row| &row[year]).collect();
        // The share that never gets there has no year and stands last.
        years.sort_by(|a, b| (a.is_empty(), a).cmp(&(b.is_empty(), b)));
        years.dedup();
        let mut subjects: Vec<Vec<&String>> = Vec::new();
        for row in &table.rows {
            let subject: Vec<&String> = keys.iter().map(|key| &row[*key]).collect();
            if subjects.last() != Some(&subject) && !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        let mut rows = Vec::new();
        for subject in subjects {
            let own: Vec<&Vec<String>> = table
                .rows
                .iter()
                .filter(|row| keys.iter().zip(&subject).all(|(key, word)| row[*key] == **word))
                .collect();
            for quantity in &quantities {
                let cell = |wanted: &&String| {
                    let row = own.iter().find(|row| row[year] == **wanted);
                    row.map_or_else(String::new, |row| row[*quantity].clone())
                };
                let cells: Vec<String> = years.iter().map(cell).collect();
                if cells.iter().all(String::is_empty) {
                    continue;
                }
                let mut row: Vec<String> = subject.iter().map(|word| (*word).clone()).collect();
                row.push(table.head[*quantity].clone());
                row.extend(cells);
                rows.push(row);
            }
        }
        let mut head: Vec<String> = keys.iter().map(|key| table.head[*key].clone()).collect();
        head.push("quantity".to_owned());
        head.extend(years.into_iter().map(|year| if year.is_empty() { "never".to_owned() } else { year.clone() }));
        Table { head, rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_stand_across_and_what_is_missing_stays_empty() {
        let text = "scenario,metric,region,year,unit,observed,p50\nb,gap,x,2023,$bn,29,\nb,gap,x,2024,$bn,,31\n";
        let table = Table::read(text.as_bytes()).expect("a table");
        let turned = Pivot { keys: &["metric", "region", "unit"], leave_out: &["scenario"] }.of(&table);
        assert_eq!(turned.head, ["metric", "region", "unit", "quantity", "2023", "2024"]);
        assert_eq!(turned.rows, [["gap", "x", "$bn", "observed", "29", ""], ["gap", "x", "$bn", "p50", "", "31"]]);
        let two = text.replacen("b,gap,x,2024", "c,gap,x,2024", 1);
        let turned = Pivot { keys: &["metric"], leave_out: &["scenario", "region", "unit"] }
            .of(&Table::read(two.as_bytes()).expect("a table"));
        assert_eq!(turned.head, ["scenario", "metric", "quantity", "2023", "2024"]);
        assert_eq!(turned.rows, [["b", "gap", "observed", "29", ""], ["c", "gap", "p50", "", "31"]]);
    }
}
