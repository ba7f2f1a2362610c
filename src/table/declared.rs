//! Every table that a command writes, declared once: its files, what names a row, and its columns with unit, kind and
//! meaning.
//!
//! CSV, workbook, report and the data dictionary (`aigap tables`) follow from these declarations.
//!
//! Names of columns are decided here for all formats: a quantile is `p2.5`, as analysts write it and as every file has
//! had it from the start. Readers of CSV (pandas, polars, R with `check.names = FALSE`, DuckDB) take the point in quotes;
//! a format that cannot, such as Stata's, writes `p2_5` on export and nowhere else.

mod charts;
mod columns;
mod comparison;
mod history;
mod questions;
mod report;
mod run;
mod score;
mod workbook;

pub use super::declaration::{Column, Declaration, Kind, UNIT_OF_ROW};
pub use charts::*;
pub use comparison::*;
pub use history::*;
pub use questions::*;
pub use report::*;
pub use run::*;
pub use score::*;
pub use workbook::*;

/// Every declared table.
pub const ALL: [&Declaration; 58] = [
    &FAN,
    &FAN_ERRORS,
    &FINE_QUANTILES,
    &PROBABILITIES,
    &MILESTONES,
    &CHECKS,
    &DECOMPOSITION,
    &DISTRIBUTION,
    &UNCERTAINTY,
    &SOURCES,
    &ASSUMPTIONS,
    &OBSERVATIONS,
    &PATHS,
    &COMPARE,
    &INPUTS_DIFF,
    &ATTRIBUTION,
    &ENSEMBLE,
    &SEEK,
    &SEEK_SCAN,
    &FRONTIER,
    &SENSITIVITY,
    &SENSITIVITY_POINTS,
    &SWEEP,
    &BREAK_EVEN,
    &DISCOVER,
    &BOXES,
    &TRAJECTORY,
    &SCORE,
    &SCORE_QUESTIONS,
    &SCORE_READINGS,
    &FIT,
    &FIT_AHEAD,
    &BACK_TEST_MODELS,
    &SCORES,
    &BACK_TEST,
    &CHART_FUNDING,
    &CHART_GAP,
    &CHART_DEALS,
    &CHART_PROBABILITY,
    &CHART_DISTRIBUTION,
    &CHART_DECOMPOSITION,
    &CHART_UNCERTAINTY,
    &CHART_SOURCES,
    &CHART_SCENARIOS,
    &CHART_COMPARE,
    &CHART_ATTRIBUTION,
    &CHART_TORNADO,
    &CHART_SWEEP,
    &CHART_SWEEP_LINE,
    &CHART_BOX,
    &CHART_TRAJECTORY,
    &CHART_BACK_TEST,
    &CHART_OUTTURN,
    &CHART_FIT,
    &REPORT_DERIVED,
    &REPORT_PARTS,
    &SHEET_ASSUMPTIONS,
    &SHEET_SOURCES,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_names_its_rows_by_its_own_columns_and_no_column_twice() {
        for table in ALL {
            let names: Vec<&str> = table.columns().map(|column| column.name).collect();
            assert!(table.keys.iter().all(|key| names.contains(key)), "{:?}: {:?}", table.files, table.keys);
            assert!(!table.keys.is_empty() && !table.files.is_empty());
            for (place, name) in names.iter().enumerate() {
                assert!(!names[..place].contains(name), "{:?} has {name} twice", table.files);
            }
            for column in table.columns() {
                assert!(
                    column.meaning.len() > 10 && !column.meaning.ends_with('.'),
                    "{}: {}",
                    column.name,
                    column.meaning
                );
                assert!(column.unit.is_empty() || !matches!(column.kind, Kind::Text | Kind::Title), "{}", column.name);
            }
        }
    }

    #[test]
    fn no_file_is_declared_twice() {
        let files: Vec<&str> = ALL.iter().flat_map(|table| table.files).copied().collect();
        for file in &files {
            assert_eq!(ALL.iter().filter(|table| table.is_of(file)).count(), 1, "{file}");
        }
    }
}
