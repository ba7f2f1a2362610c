//! A chart that Excel or LibreOffice draws from cells: it can be copied, restyled and pointed to other numbers.

use std::ops::Range;

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartLineDashType, ChartMarker, ChartMarkerType, ChartRange, ChartSolidFill, ChartType, Color, XlsxError,
};

use crate::table::typed::Table;

/// What a spreadsheet is to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Title of the picture that shows the same.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// Below the plot: what stands across, then the source.
    pub across: String,
    /// Beside the plot: what is measured, and its unit.
    pub up: String,
    /// Number format of the scale.
    pub format: String,
    /// Lines or stacked columns.
    pub shape: Shape,
    /// What is drawn, by columns of the table.
    pub series: Vec<Series>,
}

/// How the numbers are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Lines over years; on a log axis between two powers of ten, if it has ends.
    Lines(Option<[f64; 2]>),
    /// Columns of shares that add up to one.
    Shares,
}

/// Some rows of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its words in the legend; none for a line that another one names too.
    pub name: Option<String>,
    /// Name of the column.
    pub column: &'static str,
    /// Its rows in the table.
    pub rows: Range<usize>,
    /// Red, green, blue.
    pub colour: (u8, u8, u8),
    /// How a line is drawn.
    pub stroke: Stroke,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// What was observed: with a mark for each year.
    Observed,
    /// The middle one.
    Median,
    /// An end of the band of half of all paths.
    Half,
    /// An end of the band of most paths.
    Most,
    /// A part of a stacked column.
    Filled,
}

/// Pixels of a chart.
const SIZE: [u32; 2] = [860, 440];

/// Rows of a sheet that a chart takes, with the space below it.
pub(super) const ROWS: u32 = 24;

fn colour((red, green, blue): (u8, u8, u8)) -> Color {
    Color::RGB(u32::from_be_bytes([0, red, green, blue]))
}

/// Most characters of a description in Excel.
const MOST: usize = 255;

/// As many sentences of a description as Excel takes; of a longer sentence its beginning.
fn in_short(alt: &str) -> String {
    let ends = alt.match_indices(". ").map(|(at, _)| at + 1).chain([alt.len()]);
    let whole = ends.filter(|end| alt[..*end].chars().count() <= MOST).last();
    whole.map_or_else(|| alt.chars().take(MOST - 1).chain(['…']).collect(), |end| alt[..end].to_owned())
}

/// The chart of a plot, whose table begins in a row of a sheet.
pub(super) fn drawn(plot: &Plot, table: &Table, sheet: &str, first: u32) -> Result<Chart, XlsxError> {
    let mut chart = match plot.shape {
        Shape::Lines(_) => Chart::new(ChartType::Line),
        Shape::Shares => Chart::new(ChartType::ColumnStacked),
    };
    chart.set_width(SIZE[0]).set_height(SIZE[1]).set_name(&plot.title).set_alt_text(in_short(&plot.alt));
    let small = || ChartFont::new().set_size(9).clone();
    chart.title().set_name(&plot.title).set_font(ChartFont::new().set_size(12).set_bold());
    chart.x_axis().set_name(&plot.across).set_name_font(small().unset_bold()).set_font(&small());
    // Below all numbers, also where some are negative.
    chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
    let grid = ChartLine::new().set_color(Color::RGB(0x00e4_e7eb)).set_width(0.75).clone();
    chart.y_axis().set_name(&plot.up).set_name_font(small().unset_bold()).set_font(&small());
    chart.y_axis().set_num_format(&plot.format).set_major_gridlines(true).set_major_gridlines_line(&grid);
    match plot.shape {
        Shape::Lines(Some([low, high])) => {
            chart.y_axis().set_log_base(10).set_min(low).set_max(high).set_crossing(ChartAxisCrossing::Min);
        }
        Shape::Lines(None) => {}
        Shape::Shares => {
            chart.y_axis().set_min(0).set_max(1).set_major_unit(0.25);
        }
    }
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&small());
    let row = |at: usize| first + u32::try_from(at).unwrap_or(0);
    let column = |name: &str| table.column(name).and_then(|at| u16::try_from(at).ok());
    let range = |name: &str, rows: &Range<usize>| {
        let column = column(name)?;
        let last = rows.end.checked_sub(1).filter(|last| *last >= rows.start)?;
        Some(ChartRange::new_from_range(sheet, row(rows.start), column, row(last), column))
    };
    for series in &plot.series {
        let (Some(values), Some(years)) = (range(series.column, &series.rows), range("year", &series.rows)) else {
            continue;
        };
        let drawn = chart.add_series();
        drawn.set_values(&values).set_categories(&years);
        match &series.name {
            Some(name) => drawn.set_name(name),
            None => drawn.set_name(series.column).delete_from_legend(true),
        };
        look(drawn, series);
    }
    Ok(chart)
}

fn look(drawn: &mut rust_xlsxwriter::ChartSeries, series: &Series) {
    let colour = colour(series.colour);
    let line = |width: f64, dash: ChartLineDashType| {
        ChartLine::new().set_color(colour).set_width(width).set_dash_type(dash).clone()
    };
    let without_marks = ChartMarker::new().set_none().clone();
    let (line, marker) = match series.stroke {
        Stroke::Filled => {
            drawn.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour))).set_gap(40);
            return;
        }
        Stroke::Observed => {
            let mut filled = ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)).clone();
            let marker =
                ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(7).set_format(&mut filled).clone();
            (line(1.5, ChartLineDashType::Solid), marker)
        }
        Stroke::Median => (line(2.5, ChartLineDashType::Solid), without_marks),
        Stroke::Half => (line(1.25, ChartLineDashType::Solid), without_marks),
        Stroke::Most => (line(1.25, ChartLineDashType::Dash), without_marks),
    };
    drawn.set_format(ChartFormat::new().set_line(&line)).set_marker(&marker);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_as_long_as_excel_takes() {
        let sentence = format!("{}. ", "x".repeat(120));
        assert_eq!(in_short("Short. Text."), "Short. Text.");
        assert_eq!(in_short(&sentence.repeat(4)).chars().count(), 2 * 122 - 1);
        assert_eq!(in_short(&"é".repeat(300)).chars().count(), MOST);
    }
}
