//! The rows of a hub's table, from the tables of a run.

use super::super::run::RunTable;

/// What a hub writes where a kind of output has no level.
const NONE: &str = "NA";

/// A row of the table, in the order of its columns.
pub(super) type Row = [String; 9];

/// A row about a year after the base year, 31 December to 31 December.
fn row(base: i32, year: i32, [scenario, target, location]: [&str; 3], [kind, level, value]: [&str; 3]) -> Row {
    let horizon = 12 * (year - base);
    let fields = [
        &format!("{base}-12-31"),
        scenario,
        target,
        location,
        &format!("{year}-12-31"),
        &horizon.to_string(),
        kind,
        level,
        value,
    ];
    fields.map(str::to_owned)
}

/// Quantiles at the levels of hubs. A hub wants all levels of a target or none, so those that are infinite are written too:
/// below the first finite one of a target they are as low as can be, above it as high.
pub(super) fn of_quantiles(fine: &RunTable, base: i32) -> Vec<Row> {
    let mut found = Vec::new();
    let about = |row: &[String]| ["scenario", "metric", "region", "year"].map(|key| fine.field(row, key).to_owned());
    for of_target in fine.rows.chunk_by(|one, next| about(one) == about(next)) {
        let [scenario, metric, region, year] = about(&of_target[0]);
        let Ok(year) = year.parse() else { continue };
        let first = of_target.iter().position(|row| !fine.field(row, "value").is_empty());
        let Some(first) = first else { continue };
        for (place, it) in of_target.iter().enumerate() {
            let value = match fine.field(it, "value") {
                "" if place < first => "-Inf",
                "" => "Inf",
                value => value,
            };
            found.push(row(base, year, [&scenario, &metric, &region], ["quantile", fine.field(it, "level"), value]));
        }
    }
    found
}

/// Medians, and means where there are any.
pub(super) fn of_fan(fan: &RunTable, base: i32) -> Vec<Row> {
    let mut found = Vec::new();
    for it in &fan.rows {
        let of = |column| fan.field(it, column);
        let Some(year) = of("year").parse().ok().filter(|year| *year > base) else { continue };
        let what = [of("scenario"), of("metric"), of("region")];
        for (kind, value) in [("median", of("p50")), ("mean", of("mean"))] {
            if !value.is_empty() {
                found.push(row(base, year, what, [kind, NONE, value]));
            }
        }
    }
    found
}

/// Chances of yes and no, which add up to one.
pub(super) fn of_questions(table: &RunTable, fan: &RunTable, base: i32) -> Vec<Row> {
    let gap = fan.rows.iter().find(|row| fan.field(row, "metric") == "gap");
    let gap = gap.map_or("gap", |row| fan.field(row, "region"));
    let mut found = Vec::new();
    for it in &table.rows {
        let of = |column| table.field(it, column);
        let (Ok(year), Ok(yes), Ok(paths)) =
            (of("year").parse::<i32>(), of("probability").parse::<f64>(), of("paths").parse::<f64>())
        else {
            continue;
        };
        // Counted, since one less a share has digits that neither has.
        let no = (paths - (yes * paths).round()) / paths;
        let what = [of("scenario"), of("question"), gap];
        found.push(row(base, year, what, ["pmf", "yes", of("probability")]));
        found.push(row(base, year, what, ["pmf", "no", &no.to_string()]));
    }
    found
}

/// Paths that were kept, each a sample of all its years.
pub(super) fn of_paths(table: &RunTable, base: i32) -> Vec<Row> {
    let mut found = Vec::new();
    for it in &table.rows {
        let of = |column| table.field(it, column);
        let Some(year) = of("year").parse().ok().filter(|year| *year > base) else { continue };
        if of("region").is_empty() || of("value").is_empty() {
            continue;
        }
        found.push(row(base, year, [of("scenario"), of("metric"), of("region")], ["sample", of("path"), of("value")]));
    }
    found
}
