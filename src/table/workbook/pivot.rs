//! Tables as sheets have them: as they stand, and turned so that years stand across.

use crate::table::declaration::Kind;
use crate::table::typed::{Field, Table};

/// A head and rows of fields, as a sheet has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid<'a> {
    pub head: Vec<String>,
    pub rows: Vec<Vec<Field<'a>>>,
}

/// How a table is turned: the columns that name a row; every other column but `year` becomes a row of its own.
pub(super) struct Pivot {
    pub keys: &'static [&'static str],
    pub leave_out: &'static [&'static str],
}

/// Counts of paths without a number, which have a row only where there are some.
const COUNTS: [&str; 2] = ["n_undefined", "n_infinite"];

/// Most characters of a line; longer texts take several.
pub(super) const WIDEST: usize = 60;

impl<'a> Grid<'a> {
    /// A table as it stands; what a scenario writes as a number is one.
    pub(crate) fn of(table: &'a Table) -> Self {
        let settings: Vec<bool> = table.columns().map(|column| column.kind == Kind::Setting).collect();
        let shown = |(field, setting): (Field<'a>, &bool)| match &field {
            // What Rust reads as infinite or no number is a word here.
            Field::Text(words) if *setting => match words.parse() {
                Ok(number) if f64::is_finite(number) => Field::Number(number),
                _ => field,
            },
            _ => field,
        };
        let row = |row: usize| table.row(row).zip(&settings).map(shown).collect();
        Self { head: table.names().map(str::to_owned).collect(), rows: (0..table.rows()).map(row).collect() }
    }

    /// The table without the columns in which nothing stands: scripts that read files want each of them, eyes do not.
    pub(crate) fn without_empty(mut self) -> Self {
        let stands = |column: usize| self.rows.is_empty() || self.rows.iter().any(|row| !row[column].is_missing());
        let kept: Vec<bool> = (0..self.head.len()).map(stands).collect();
        let mut kept_head = kept.iter();
        self.head.retain(|_| kept_head.next().is_none_or(|kept| *kept));
        for row in &mut self.rows {
            let mut kept = kept.iter();
            row.retain(|_| kept.next().is_none_or(|kept| *kept));
        }
        self
    }

    /// Whether numbers stand in a column, by the first field that holds something.
    pub(crate) fn is_of_numbers(&self, column: usize) -> bool {
        let first = self.rows.iter().map(|row| &row[column]).find(|field| !field.is_missing());
        first.is_some_and(|field| field.number().is_some())
    }

    /// Position of a column.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|known| known == name)
    }

    /// How wide a column is to be whose longest field has so many characters.
    pub(crate) fn width(&self, column: usize, longest: usize) -> f64 {
        longest.max(self.head[column].chars().count() + 3).clamp(8, WIDEST) as f64
    }
}

impl Pivot {
    /// The table with its years across, rows in the order they first appear.
    pub(crate) fn of<'a>(&self, table: &Grid<'a>) -> Grid<'a> {
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
        let mut years: Vec<&Field> = table.rows.iter().map(|row| &row[year]).collect();
        // The share that never gets there has no year and stands last.
        years.sort_by_key(|year| match year {
            Field::Year(year) => (false, *year),
            _ => (true, 0),
        });
        years.dedup();
        let mut subjects: Vec<Vec<&Field>> = Vec::new();
        for row in &table.rows {
            let subject: Vec<&Field> = keys.iter().map(|key| &row[*key]).collect();
            if subjects.last() != Some(&subject) && !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        let mut rows = Vec::new();
        for subject in subjects {
            let own: Vec<&Vec<Field>> = table
                .rows
                .iter()
                .filter(|row| keys.iter().zip(&subject).all(|(key, word)| row[*key] == **word))
                .collect();
            for quantity in &quantities {
                let cell = |wanted: &&Field| {
                    let row = own.iter().find(|row| row[year] == **wanted);
                    row.map_or(Field::Missing, |row| row[*quantity].clone())
                };
                let cells: Vec<Field> = years.iter().map(cell).collect();
                let counts_nothing = COUNTS.contains(&table.head[*quantity].as_str())
                    && cells.iter().all(|cell| cell.number().is_none_or(|count| count == 0.0));
                if counts_nothing || cells.iter().all(Field::is_missing) {
                    continue;
                }
                let mut row: Vec<Field> = subject.iter().map(|word| (*word).clone()).collect();
                row.push(table.head[*quantity].clone().into());
                row.extend(cells);
                rows.push(row);
            }
        }
        let mut head: Vec<String> = keys.iter().map(|key| table.head[*key].clone()).collect();
        head.push("quantity".to_owned());
        head.extend(
            years.into_iter().map(|year| if year.is_missing() { "never".into() } else { year.text().into_owned() }),
        );
        Grid { head, rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::declared;

    /// Two years of a gap: one observed, one simulated.
    fn fan(scenarios: [&str; 2]) -> Table {
        let mut table = Table::new(&declared::FAN);
        for (scenario, year, place, value) in [(scenarios[0], 2023, 5, 29.0), (scenarios[1], 2024, 14, 31.0)] {
            let mut row = vec![Field::from(scenario), "gap".into(), "x".into(), year.into(), "$bn".into()];
            row.resize(21, Field::Missing);
            row[place] = value.into();
            table.push(row);
        }
        table
    }

    fn words(grid: &Grid) -> Vec<String> {
        grid.rows.iter().map(|row| row.iter().map(Field::text).collect::<Vec<_>>().join(",")).collect()
    }

    #[test]
    fn years_stand_across_and_what_is_missing_stays_empty() {
        let table = fan(["b", "b"]);
        let turned = Pivot { keys: &["metric", "region", "unit"], leave_out: &["scenario"] }.of(&Grid::of(&table));
        assert_eq!(turned.head, ["metric", "region", "unit", "quantity", "2023", "2024"]);
        assert_eq!(words(&turned), ["gap,x,$bn,observed,29,", "gap,x,$bn,p50,,31"]);
        let table = fan(["b", "c"]);
        let turned = Pivot { keys: &["metric"], leave_out: &["scenario", "region", "unit"] }.of(&Grid::of(&table));
        assert_eq!(turned.head, ["scenario", "metric", "quantity", "2023", "2024"]);
        assert_eq!(words(&turned), ["b,gap,observed,29,", "c,gap,p50,,31"]);
    }

    #[test]
    fn a_setting_that_is_a_number_is_one_and_a_name_never_is() {
        let mut table = Table::new(&declared::INPUTS_DIFF);
        let fields = ["12", "us.deals", "lever", "0.5", "inf", "a.toml", "", "b.toml", "", "7", ""];
        table.push(fields.map(Field::from));
        let row = &Grid::of(&table).rows[0];
        let numbers: Vec<Option<f64>> = row.iter().map(Field::number).collect();
        assert_eq!(numbers.iter().flatten().collect::<Vec<_>>(), [&0.5]);
        assert_eq!(row[4], Field::from("inf"));
    }
}
