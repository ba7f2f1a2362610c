//! The scenario that a fit writes, and the file of its draws: simulating it is what the closed form says.

use super::found::{Fit, HORIZON};
use super::rows::FitRow;

impl Fit {
    /// The scenario as TOML, which takes its draws from a file of this name; none for one region, since a scenario has two.
    ///
    /// `data` is how the scenario names its figures, `found_by` the command that made it.
    #[must_use]
    pub fn scenario_toml(&self, data: &str, draws: &str, found_by: &str) -> Option<String> {
        let [lead, follow] = self.history.regions.as_slice() else { return None };
        let (first, last) = (self.history.years[0], self.history.last_year());
        let changes = self.history.years.len() - 1;
        let source = format!("{}, edition {}", self.history.source, self.history.vintage);
        let mut text = format!(
            "# What {changes} yearly changes of funding taught, {first} to {last}: growth that persists more or less, noise that does\n\
             # not stay, and how the two sides go together. Written by: {found_by}\n\
             # Its numbers are draws of what prior and figures say together. Every draw is a row of {draws}.\n\n\
             title   = {title}\n\
             summary = {summary}\n\
             horizon = {horizon}\n\
             data    = {data}\n",
            title = quoted(&format!("Growth as {first}–{last} taught it")),
            summary = quoted(&format!(
                "Funding of both sides goes on as {changes} yearly changes and a prior say together: the past of these figures, \
                 and nothing that comes new."
            )),
            horizon = last + i32::try_from(HORIZON).unwrap_or_default(),
            data = quoted(data),
        );
        // Later figures, if there are any, are not what this was learned from.
        text += &format!("base-year = {last}\ngap     = [{}, {}]\n", quoted(lead), quoted(follow));
        for region in [lead, follow] {
            text += &format!("\n[{region}.funding]\nmodel = \"ar1\"\n");
        }
        let of: Vec<String> =
            self.columns().into_iter().map(|(address, ..)| format!("    {},\n", quoted(&address))).collect();
        text += &format!(
            "\n[[draws]]\nfile = {}\nof = [\n{}]\nwhy = {}\nsource = {}\n",
            quoted(draws),
            of.concat(),
            quoted(&format!("posterior from {changes} yearly changes {first}–{last}, prior {}", self.prior.name())),
            quoted(&source)
        );
        Some(text)
    }

    /// The draws as CSV: a line of addresses, a line of units, a row for each draw.
    #[must_use]
    pub fn draws_csv(&self) -> String {
        let columns = self.columns();
        let line = |of: &dyn Fn(&Column) -> String| columns.iter().map(of).collect::<Vec<String>>().join(",") + "\n";
        let mut text = line(&|column| column.0.clone()) + &line(&|column| column.1.to_owned());
        for row in &self.rows {
            text += &line(&|column| digits((column.2)(row, column.3)));
        }
        text
    }

    fn columns(&self) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        for (place, region) in self.history.regions.iter().enumerate() {
            let of = |parameter: &str| format!("{region}.funding.{parameter}");
            columns.push((of("long-run-growth"), "natural log", |row, place| row.growth[place], place));
            columns.push((of("initial-growth"), "natural log", |row, place| row.initial_growth[place], place));
            columns.push((of("persistence"), "share", |row, _| row.persistence, place));
            columns.push((of("volatility"), "natural log", |row, place| row.volatility[place], place));
            let noise = |word: &str| format!("measurement.{word}.{region}");
            columns.push((noise("transient"), "natural log", |row, place| row.transient[place], place));
            columns.push((noise("transient-in-base"), "natural log", |row, place| row.transient_in_base[place], place));
        }
        if self.history.regions.len() > 1 {
            columns.push(("shocks.correlation".to_owned(), "share", |row, _| row.correlation, 0));
        }
        columns
    }
}

/// Address, unit and value of a column, and the region that it is of.
type Column = (String, &'static str, fn(&FitRow, usize) -> f64, usize);

/// Nine decimals: far more than a posterior of ten numbers knows, few enough for a file of a megabyte.
fn digits(value: f64) -> String {
    let rounded = (value * 1e9).round() / 1e9;
    format!("{}", rounded + 0.0)
}

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
