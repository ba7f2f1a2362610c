//! `aigap facts`: every figure as stated, and what follows from it, as a table and as JSON.

use serde_json::{Value, json};

use super::amount::{amount, bare, digits, grouped};
use super::fact;
use super::{BuiltIn, Dataset, Fact, Observation, Role};

/// Years of a region from which on its figures stand in a table of years instead of a line each.
const HISTORY: usize = 4;

/// Data sets that the program carries, for a terminal.
#[must_use]
pub fn built_in_list() -> String {
    let mut text =
        String::from("Built-in data sets (data = \"NAME\" in a scenario; aigap facts NAME shows the figures)\n");
    for carried in BuiltIn::ALL {
        let data = carried.read();
        let mut editions: Vec<&str> = data.observations.iter().map(|figure| figure.vintage.as_str()).collect();
        editions.sort_unstable();
        editions.dedup();
        text += &format!("\n{}\n  {}\n  counts: {}\n", carried.name, carried.title, carried.definition);
        text += &format!("  edition: {}\n  terms: {}\n", editions.join(", "), carried.licence);
    }
    text
}

/// Facts and what follows from them, as text for a terminal of 100 columns.
#[must_use]
pub fn facts_table(data: &Dataset) -> String {
    let mut text = format!("Data set {}\n\nAs stated\n", data.name);
    let (used, shown): (Vec<&Fact>, Vec<&Fact>) = data.facts.iter().partition(|fact| fact.role != Role::Context);
    // Of a long history what is stated stands in the table of years already, but for what is rounded or no level.
    let long = is_long(data);
    let in_table = |fact: &&&Fact| long && fact.low == fact.high && fact::is_level(&fact.metric);
    let shown_below = used.iter().filter(in_table).count();
    text += &rows(&used.iter().filter(|fact| !in_table(fact)).map(|fact| fact_row(fact)).collect::<Vec<_>>());
    if shown_below > 0 {
        text += &format!("  {shown_below} figures without rounding, which stand in the tables below\n");
    }
    text += "\nWhat the model starts from (* = worked out from the figures above; † = rests on an assumption)\n";
    text += &starting_points(data);
    text += &consequences(data);
    if !shown.is_empty() {
        text += "\nContext: shown, not used\n";
        text += &rows(&shown.iter().map(|fact| fact_row(fact)).collect::<Vec<_>>());
    }
    text += "\nSources\n";
    let mut editions: Vec<String> =
        data.facts.iter().map(|fact| format!("  {}, edition {}\n", fact.source, fact.vintage)).collect();
    editions.sort();
    editions.dedup();
    text + &editions.concat()
}

/// Figures that the model starts from: a line each, or a table of years where some region but the world has many.
fn starting_points(data: &Dataset) -> String {
    if is_long(data) {
        return data.regions().iter().map(|region| history(data, region)).collect();
    }
    // Of the world only the years beside the others' are of use; the rest stands above, as stated.
    let others = data.observations.iter().filter(|figure| figure.region != "world").map(|figure| figure.year);
    let first = others.min().unwrap_or(i32::MIN);
    let kept = |figure: &&Observation| !(figure.region == "world" && figure.year < first);
    rows(&data.observations.iter().filter(kept).map(observation_row).collect::<Vec<_>>())
}

/// Whether some region but the world has so many years that its figures stand in a table of years.
fn is_long(data: &Dataset) -> bool {
    data.regions().iter().any(|region| *region != "world" && data.years_of(region, "funding").len() >= HISTORY)
}

/// A region's figures with a row for each year; marks say what follows from others and what rests on an assumption.
fn history(data: &Dataset, region: &str) -> String {
    let metrics = ["deals", "deal-size", "funding"];
    let mut years: Vec<i32> = metrics.iter().flat_map(|metric| data.years_of(region, metric)).collect();
    years.sort_unstable();
    years.dedup();
    let cell = |metric: &str, year: i32| match data.find(region, metric, year) {
        Some(figure) => {
            let mark = if figure.assumed { "†" } else { "" };
            let how = if figure.derived.is_some() { "*" } else { "" };
            format!("{}{how}{mark}", amount(figure.value, &figure.unit))
        }
        None => "–".to_owned(),
    };
    let mut text = format!("  {region:<8} {:>10} {:>12} {:>12}\n", "deals", "deal-size", "funding");
    for year in years {
        let [deals, size, funding] = metrics.map(|metric| cell(metric, year));
        text += &format!("    {year:<6} {deals:>10} {size:>12} {funding:>12}\n");
    }
    text
}

/// What the figures say together, in sentences that keep readers from the usual mistakes.
fn consequences(data: &Dataset) -> String {
    let mut text = String::new();
    let last = data.last_year(&["us", "china"]);
    if let Some((year, [factor, low, high])) =
        last.and_then(|year| Some((year, data.growth_of_ratio("us", "china", year)?)))
    {
        text += &format!(
            "\nThe US/China funding ratio grew ×{factor:.2} in {year} [{low:.2}–{high:.2}]: the levels cancel, so this is known\nfar better than the levels.\n"
        );
    }
    let share = data.facts.iter().find(|fact| fact.metric == "share of world deals" && fact.region == "us");
    let deals = share.and_then(|share| data.find("us", "deals", share.year));
    if let (Some(share), Some(deals)) = (share, deals)
        && let (Some(value), Some(low), Some(high)) = (share.value, share.low, share.high)
    {
        text += &format!(
            "{:.0}% is the US share of the world's DEALS, not of its dollars: {} / {value} = {} deals [{}–{}]",
            value * 100.0,
            grouped(deals.value),
            grouped(deals.value / value),
            grouped(deals.value / high),
            grouped(deals.value / low)
        );
        text += &match data.find("world", "deals", share.year) {
            Some(world) => format!(";\nthe series states {}.", grouped(world.value)),
            None => ".".to_owned(),
        };
        if let (Some(us), Some(world)) =
            (data.find("us", "funding", share.year), data.find("world", "funding", share.year))
        {
            text += &format!(" Of the dollars it is {:.0}%.", 100.0 * us.value / world.value);
        }
        text.push('\n');
    }
    text
}

fn fact_row(fact: &Fact) -> [String; 5] {
    let value = fact.value.map_or_else(String::new, |value| amount(value, &fact.unit));
    let interval = match (fact.low, fact.high) {
        (Some(low), Some(high)) => interval(low, high, &fact.unit),
        _ => String::new(),
    };
    let role = if fact.role == Role::Assumption { "assumption" } else { "" };
    let stated = if fact.as_stated.is_empty() { String::new() } else { format!("“{}”", fact.as_stated) };
    let region = if fact.region.is_empty() { "–".to_owned() } else { fact.region.clone() };
    // Context has too many kinds for its metric to tell them apart.
    let what = if fact.role == Role::Context && !fact.id.is_empty() {
        fact.id.clone()
    } else {
        format!("{region} {} {}", fact.metric, fact.year)
    };
    [what, value, interval, role.to_owned(), stated]
}

fn observation_row(figure: &Observation) -> [String; 5] {
    let unit = figure.unit.as_str();
    let interval = interval(figure.low, figure.high, unit);
    let mark = if figure.assumed { "†" } else { "" };
    let how = figure.derived.as_ref().map_or_else(String::new, |how| format!("* {how}"));
    let what = format!("{} {} {}", figure.region, figure.metric, figure.year);
    [what, amount(figure.value, unit), interval, mark.to_owned(), how]
}

/// An interval that its digits can show; empty for an exact figure.
fn interval(low: f64, high: f64, unit: &str) -> String {
    let ends = [low, high].map(|end| match unit {
        "count" | "deals" | "share per year" | "share" | "ratio minus one" => bare(end, unit),
        _ => fine(end, high - low),
    });
    let [low, high] = ends;
    if low == high { String::new() } else { format!("[{low}–{high}]") }
}

/// An end of an interval with the two decimals or more that tell where it lies: 7.755 to 7.765 is not 7.76 to 7.77.
fn fine(end: f64, width: f64) -> String {
    let rounded = |scale: f64| (end * scale).round() / scale;
    let scale = [1e2, 1e3, 1e4].into_iter().find(|scale| (rounded(*scale) - end).abs() <= 0.05 * width);
    let value = rounded(scale.unwrap_or(1e4));
    if value.abs() < 1.0 { digits(end) } else { format!("{value}") }
}

/// Rows with aligned columns; numbers to the right.
fn rows(rows: &[[String; 5]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..5).map(width).collect();
    let mut text = String::new();
    for [what, value, interval, mark, words] in rows {
        let line = format!(
            "  {what:<0$}  {value:>1$} {mark:<3$} {interval:<2$}  {words}",
            widths[0], widths[1], widths[2], widths[3]
        );
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// Facts and what follows from them as JSON, for programs.
#[must_use]
pub fn facts_json(data: &Dataset) -> String {
    let facts: Vec<Value> = data
        .facts
        .iter()
        .map(|fact| {
            json!({
                "id": fact.id, "region": fact.region, "year": fact.year, "metric": fact.metric, "value": fact.value,
                "unit": fact.unit, "low": fact.low, "high": fact.high, "as_stated": fact.as_stated,
                "role": fact.role.name(), "source": fact.source, "vintage": fact.vintage, "note": fact.note,
            })
        })
        .collect();
    let observations: Vec<Value> = data
        .observations
        .iter()
        .map(|figure| {
            json!({
                "region": figure.region, "year": figure.year, "metric": figure.metric, "value": figure.value,
                "unit": figure.unit, "low": figure.low, "high": figure.high, "derived": figure.derived,
                "assumed": figure.assumed, "source": figure.source, "vintage": figure.vintage,
            })
        })
        .collect();
    let whole = json!({ "data": data.name, "facts": facts, "observations": observations });
    format!("{whole:#}\n")
}
