//! How each layout is told from its headings, or from what the user says of its columns.

use crate::diagnostic::Problem;
use crate::units;

use super::asked::Asked;
use super::deals;
use super::grid::{Grid, Line};
use super::heads::{
    CODE, Head, MEASURE, REGION, UNIT, VALUE, YEAR, column, is_numeric, is_own_head, names_regions, no_column, plain,
};
use super::layout::Layout;
use super::region;
use super::shape::{Is, Shape, Values};
use super::year;

/// What a file is read as.
pub(super) enum Recognised {
    /// A file in the project's own columns.
    Own,
    /// A table of figures.
    Table(Layout, Shape),
    /// Deals, with the columns that matter.
    Deals(deals::Columns),
}

/// The heading of a file of figures.
const OWN: &str = "region,year,metric,value,unit,source,vintage";

/// Lines among which the headings are looked for.
const MOST_ABOVE: usize = 30;

/// The layout of a file, told from its headings or asked for.
pub(super) fn recognised(grid: &Grid, asked: &Asked) -> Result<Recognised, Vec<Problem>> {
    if !asked.map.is_empty() {
        return mapped(grid, asked);
    }
    let tried = Layout::ALL.into_iter().filter(|it| asked.layout.is_none_or(|asked| asked == *it));
    for layout in tried {
        for (at, line) in grid.lines.iter().enumerate().take(MOST_ABOVE) {
            if layout == Layout::Own && is_own_head(&line.fields) {
                return Ok(Recognised::Own);
            }
            if let Some(shape) = shape(layout, (grid, at), line, asked) {
                return Ok(Recognised::Table(layout, shape));
            }
        }
    }
    Err(vec![unknown(grid, asked)])
}

fn shape(layout: Layout, (grid, at): (&Grid, usize), line: &Line, asked: &Asked) -> Option<Shape> {
    let head = Head::new(line);
    let shape = match layout {
        Layout::WorldBank => world_bank(&head),
        Layout::Iamc => iamc(&head),
        Layout::Hubverse => hubverse(&head),
        Layout::Sdmx => sdmx(&head),
        Layout::OurWorldInData => our_world_in_data(grid, at, &head),
        Layout::Table => table((grid, at), &head, asked),
        Layout::Own | Layout::Deals => None,
    };
    shape.map(|shape| Shape { head: at, ..shape })
}

fn years(head: &Head) -> Vec<Values> {
    head.years().into_iter().map(|(column, year)| Values { column, is: Is::Year(year) }).collect()
}

fn world_bank(head: &Head) -> Option<Shape> {
    let region = head.find(&["countryname"])?;
    let measure = head.find(&["indicatorname", "seriesname"])?;
    let values = years(head);
    let code = head.find(&["countrycode"]);
    (!values.is_empty()).then(|| Shape {
        region: Some(region),
        code,
        measure: Some(measure),
        values,
        ..Shape::default()
    })
}

fn iamc(head: &Head) -> Option<Shape> {
    let [model, scenario, region, variable] =
        ["model", "scenario", "region", "variable"].map(|name| head.find(&[name]));
    let shape = Shape {
        region: Some(region?),
        measure: Some(variable?),
        unit: head.find(&["unit"]),
        said_by: vec![model?, scenario?],
        ..Shape::default()
    };
    match (head.find(&["year"]), head.find(&["value"])) {
        (Some(year), Some(value)) => {
            Some(Shape { year: Some(year), values: vec![Values { column: value, is: Is::Measure }], ..shape })
        }
        _ => Some(Shape { values: years(head), ..shape }).filter(|shape| !shape.values.is_empty()),
    }
}

fn hubverse(head: &Head) -> Option<Shape> {
    let value = head.find(&["observation", "oraclevalue"])?;
    let year = head.find(&["targetenddate", "targetdate", "date"])?;
    Some(Shape {
        region: Some(head.find(&["location"])?),
        year: Some(year),
        measure: head.find(&["target"]),
        edition: head.find(&["asof"]),
        values: vec![Values { column: value, is: Is::Measure }],
        ..Shape::default()
    })
}

fn sdmx(head: &Head) -> Option<Shape> {
    let code = head.find(&["refarea", "location", "cou"])?;
    let year = head.find(&["timeperiod", "time"])?;
    let value = head.find(&["obsvalue", "value"])?;
    // What has only these is any other table.
    head.find(&["obsvalue", "structure", "structureid", "dataflow", "powercodecode"])?;
    Some(Shape {
        region: head.find(&["referencearea", "country"]),
        code: Some(code),
        year: Some(year),
        // Codes stand in front of words, under the same heading in capitals.
        measure: head.find_last(&["measure", "indicator", "variable"]),
        unit: head.find_last(&["unitofmeasure", "unitmeasure", "unit"]),
        power: head.find(&["unitmult", "powercodecode"]),
        values: vec![Values { column: value, is: Is::Measure }],
        ..Shape::default()
    })
}

fn our_world_in_data(grid: &Grid, at: usize, head: &Head) -> Option<Shape> {
    let region = head.find(&["entity"])?;
    let year = head.find(&["year", "day"])?;
    let mut values = figures(grid, at, head);
    if values.is_empty() {
        // Fields that are no numbers are mistakes of the rows, not another layout.
        let others = (0..head.len()).filter(|column| !head.is_about(*column));
        values = others.map(|column| Values { column, is: Is::Measure }).collect();
    }
    (!values.is_empty()).then(|| Shape {
        region: Some(region),
        code: head.find(&["code"]),
        year: Some(year),
        values,
        ..Shape::default()
    })
}

/// Columns of numbers that say nothing about their row but a figure.
fn figures(grid: &Grid, at: usize, head: &Head) -> Vec<Values> {
    if let Some(column) = head.find(&VALUE) {
        return vec![Values { column, is: Is::Measure }];
    }
    let is_figure = |column: &usize| !head.is_about(*column) && is_numeric(grid, at, *column);
    (0..head.len()).filter(is_figure).map(|column| Values { column, is: Is::Measure }).collect()
}

fn table((grid, at): (&Grid, usize), head: &Head, asked: &Asked) -> Option<Shape> {
    if grid.lines.len() == at + 1 {
        return None;
    }
    let values = years(head);
    let (region, code, year) = (head.find(&REGION), head.find(&CODE), head.find(&YEAR));
    let unit = head.find(&UNIT);
    if values.len() >= 2 {
        let first = (0..values[0].column).find(|column| names_regions(grid, at, *column));
        let region = region.or(first).or_else(|| code.is_none().then_some(0))?;
        let measure = head.find(&MEASURE);
        let others = others(grid, at, head, &values);
        return (region < values[0].column).then(|| Shape {
            region: Some(region),
            code,
            measure,
            unit,
            others: others.into_iter().filter(|column| *column > region).collect(),
            values,
            ..Shape::default()
        });
    }
    if let (Some(year), true) = (year, region.is_some() || code.is_some()) {
        let values = figures(grid, at, head);
        let measure = head.find(&VALUE).and(head.find(&MEASURE));
        return (!values.is_empty()).then(|| Shape {
            region,
            code,
            year: Some(year),
            measure,
            unit,
            values,
            ..Shape::default()
        });
    }
    let is_asked = |column: &usize| asked.regions.iter().any(|it| plain(it) == plain(head.heading(*column)));
    let mut regions = head.regions();
    if regions.is_empty() {
        return None;
    }
    let year = year.or_else(|| years_without_a_name((grid, at), head, &regions))?;
    regions.extend((0..head.len()).filter(is_asked));
    regions.sort_unstable();
    regions.dedup();
    let values: Vec<Values> = regions.into_iter().map(|column| Values { column, is: Is::Region }).collect();
    let others = others(grid, at, head, &values).into_iter().filter(|column| *column != year).collect();
    Some(Shape { year: Some(year), values, others, ..Shape::default() })
}

/// Columns of numbers beside those of years or regions, which must not be left out without a word.
fn others(grid: &Grid, at: usize, head: &Head, values: &[Values]) -> Vec<usize> {
    let is_taken = |column: &usize| values.iter().any(|it| it.column == *column);
    figures(grid, at, head).into_iter().map(|it| it.column).filter(|column| !is_taken(column)).collect()
}

/// The column of years beside columns of countries, where its heading is another word, such as `Quarter` or `Jahr`.
fn years_without_a_name((grid, at): (&Grid, usize), head: &Head, regions: &[usize]) -> Option<usize> {
    let is_time = |field: &str| year::date(field).is_some() || units::period::period(field).is_some();
    let below = |column: usize| grid.lines[at + 1..].iter().map(move |line| line.field(column));
    let holds_years = |column: &usize| {
        let fields: Vec<&str> = below(*column).filter(|it| !it.is_empty()).take(200).collect();
        2 * fields.iter().filter(|field| is_time(field)).count() > fields.len()
    };
    // A number of a row may be called ID, which is Indonesia, too; and a list of deals has a date and a country as well.
    let is_a_name = |column: &usize| {
        let heading = head.heading(*column);
        heading.len() > 3 || ["us", "china", "uk", "eu"].contains(&region::named(heading, "").word())
    };
    let is_table = regions.iter().any(is_a_name)
        && regions.iter().all(|column| is_numeric(grid, at, *column))
        && deals::suggested(head, &grid.lines[at]).is_none();
    let may_be = |column: &usize| !regions.contains(column) && !is_time(head.heading(*column));
    (0..head.len()).filter(|_| is_table).find(|column| may_be(column) && holds_years(column))
}

/// A file whose columns the user names.
fn mapped(grid: &Grid, asked: &Asked) -> Result<Recognised, Vec<Problem>> {
    let holds = |line: &Line| asked.map.iter().filter(|(_, name)| column(line, name).is_some()).count();
    let lines = || grid.lines.iter().enumerate().take(MOST_ABOVE);
    let (at, line) = lines().max_by_key(|(at, line)| (holds(line), std::cmp::Reverse(*at))).expect("a grid has a line");
    let of = |key: &str| asked.map.iter().find(|(known, _)| known == key).and_then(|(_, name)| column(line, name));
    let mut problems: Vec<Problem> =
        asked.map.iter().filter(|(_, name)| column(line, name).is_none()).map(|it| no_column(grid, line, it)).collect();
    if asked.map.iter().any(|(key, _)| ["date", "amount"].contains(&key.as_str())) {
        problems.extend(deals::missing(asked));
        return if problems.is_empty() { Ok(Recognised::Deals(deals::Columns::new(at, &of))) } else { Err(problems) };
    }
    for key in ["region", "year", "value"] {
        if !asked.map.iter().any(|(known, _)| known == key) {
            let cure = "write --map region=COLUMN year=COLUMN value=COLUMN, or for deals --map date=COLUMN amount=COLUMN country=COLUMN";
            problems.push(Problem::error(None, format!("--map does not say which column is the {key}"), cure));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let values = of("value").map(|column| Values { column, is: Is::Measure }).into_iter().collect();
    let [region, year, measure, unit, edition] = ["region", "year", "measure", "unit", "vintage"].map(of);
    Ok(Recognised::Table(
        Layout::Table,
        Shape { head: at, region, year, measure, unit, edition, values, ..Shape::default() },
    ))
}

/// Columns that are called by quarters or months, where a table has years.
fn parts_of_years(grid: &Grid) -> Option<Problem> {
    grid.lines.iter().take(MOST_ABOVE).find_map(|line| {
        let parts = || line.fields.iter().filter_map(|field| Some((field, units::period::period(field)?)));
        let years = line.fields.iter().filter(|field| year::of_heading(field).is_some()).count();
        let (field, part) = parts().next().filter(|_| parts().count() + years >= 2)?;
        let what = format!("`{field}` is a {}, and the model counts years", part.kind);
        Some(Problem::error(grid.place(line), what, part.cure()))
    })
}

/// A file of no layout that is known: one mistake, whatever its lines hold.
fn unknown(grid: &Grid, asked: &Asked) -> Problem {
    let widest = grid.lines.iter().take(MOST_ABOVE).rev().max_by_key(|line| line.filled()).expect("a grid has a line");
    if let Some(layout) = asked.layout.filter(|it| *it != Layout::Deals) {
        let what = format!("no line of this file has the columns of {}", layout.title());
        return Problem::error(grid.place(widest), what, format!("it needs {}", layout.needs()));
    }
    if let Some(map) = deals::suggested(&Head::new(widest), widest) {
        let cure = format!("say which columns to read: {map}");
        return Problem::error(grid.place(widest), "this looks like a list of deals", cure);
    }
    // One year and an amount in the fullest line: a row, with no heading above it. Many years are a heading themselves.
    let numbers = || widest.fields.iter().filter(|field| field.parse::<f64>().is_ok_and(f64::is_finite));
    let years = numbers().filter(|field| units::year(field).is_ok()).count();
    if years == 1 && numbers().count() > years {
        let cure = format!("write them above its rows, in their order, such as {OWN}");
        return Problem::error(grid.place(widest), "no line of this file names its columns", cure);
    }
    if let Some(problem) = parts_of_years(grid) {
        return problem;
    }
    let cure = "name the columns: --map region=COLUMN year=COLUMN value=COLUMN, or for deals --map date=COLUMN amount=COLUMN country=COLUMN";
    let tables = Layout::ALL.map(|layout| format!("{}: {}", layout.title(), layout.needs()));
    Problem::error(grid.place(widest), "the columns of this file are those of no layout that is known", cure)
        .note(format!("known are {}", tables.join("; ")))
}
