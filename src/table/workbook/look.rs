//! How cells look: amounts, ratios and shares in their own formats.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};

use crate::table::typed::Field;

use super::pivot::{Grid, WIDEST};

/// The formats of a workbook.
pub(super) struct Looks {
    /// What a table shows, above its heads.
    pub title: Format,
    /// Heads of columns of words.
    pub head: Format,
    /// Heads of columns of numbers, which stand at the right like these.
    pub number_head: Format,
    words: Format,
    long: Format,
    by_kind: Vec<(Kind, Format)>,
}

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    DollarsBn,
    DollarsM,
    YuanBn,
    YuanM,
    Ratio,
    Factor,
    Percent,
    FinePercent,
    Whole,
    Plain,
    Log,
    Number,
}

// A year keeps off the words in the next column by the width of a bracket.
const FORMATS: [(Kind, &str); 12] = [
    (Kind::DollarsBn, "\"$\"#,##0.0\"bn\";[Red]-\"$\"#,##0.0\"bn\""),
    (Kind::DollarsM, "\"$\"#,##0.0\"m\";[Red]-\"$\"#,##0.0\"m\""),
    (Kind::YuanBn, "\"¥\"#,##0.0\"bn\";[Red]-\"¥\"#,##0.0\"bn\""),
    (Kind::YuanM, "\"¥\"#,##0.0\"m\";[Red]-\"¥\"#,##0.0\"m\""),
    (Kind::Ratio, "#,##0.0\"×\""),
    (Kind::Factor, "0.00\"×\""),
    (Kind::Percent, "0.0%"),
    (Kind::FinePercent, "0.00%"),
    (Kind::Whole, "#,##0"),
    (Kind::Plain, "0_)"),
    (Kind::Log, "0.000"),
    (Kind::Number, "General"),
];

impl Looks {
    pub(crate) fn new() -> Self {
        let head = Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0x00f0_f2f4))
            .set_border_bottom(FormatBorder::Thin)
            .set_align(FormatAlign::Left);
        let number_head = head.clone().set_num_format("0").set_align(FormatAlign::Right);
        let number = |format| Format::new().set_num_format(format).set_align(FormatAlign::Top);
        let by_kind = FORMATS.map(|(kind, format)| (kind, number(format))).to_vec();
        let words = Format::new().set_align(FormatAlign::Left).set_align(FormatAlign::Top);
        let title = Format::new().set_bold();
        Self { title, head, number_head, long: words.clone().set_text_wrap(), words, by_kind }
    }

    /// The format of so many characters: what is longer than a column is wide takes several lines.
    pub(crate) fn of_words(&self, characters: usize) -> &Format {
        if characters > WIDEST { &self.long } else { &self.words }
    }

    /// Whether it is the format of words on several lines.
    pub(crate) fn is_long(&self, look: &Format) -> bool {
        std::ptr::eq(look, &self.long)
    }

    /// The format of a number in a row.
    pub(crate) fn of(&self, namers: &Namers, column: usize, row: &[Field]) -> &Format {
        let kind = namers.kind(column, row);
        let found = self.by_kind.iter().find(|(known, _)| *known == kind);
        &found.expect("every kind has a format").1
    }
}

/// Height in points of a row whose words are broken at so many characters. Cells of other widths than these characters would
/// have, and words that are not broken inside, take a line more than they would by their length alone.
pub(super) fn lines(words: &str, width: usize) -> f64 {
    let of = |line: &str| match line.chars().count() {
        short if short <= width => 1,
        long => long.div_ceil(width * 19 / 20),
    };
    let lines: usize = words.split('\n').map(of).sum();
    // Excel knows no higher row than 409 points.
    (15.0 * lines.max(1) as f64).min(405.0)
}

/// A sheet that is printed on A4, as wide as one page.
pub(super) fn for_print(sheet: &mut Worksheet) {
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&L&8&F · &A&R&8&P of &N");
}

/// What says what the numbers of a table are: the names of its columns, or of its rows where years stand across, and the
/// unit.
pub(super) struct Namers<'a> {
    head: &'a [String],
    quantity: Option<usize>,
    unit: Option<usize>,
    /// Whether it compares scenarios.
    compares: bool,
}

impl<'a> Namers<'a> {
    pub(crate) fn of(table: &'a Grid) -> Self {
        Self {
            head: &table.head,
            quantity: table.column("quantity"),
            unit: table.column("unit"),
            compares: table.column("difference_mean").is_some(),
        }
    }

    fn kind(&self, column: usize, row: &[Field]) -> Kind {
        let in_row = |place: Option<usize>| match place.map(|place| &row[place]) {
            Some(Field::Text(words)) => words.as_ref(),
            _ => "",
        };
        let quantity = match in_row(self.quantity) {
            "" => self.head[column].as_str(),
            quantity => quantity,
        };
        kind(quantity, in_row(self.unit), self.compares)
    }
}

fn kind(quantity: &str, unit: &str, compares: bool) -> Kind {
    match quantity {
        "year" | "from" | "to" | "line" | "baseline_line" | "what_if_line" | "first_year" | "last_year" => Kind::Plain,
        "p10" | "p50" | "p90" if unit.starts_with('%') => Kind::Percent,
        "p10" | "p50" | "p90" if unit == "year" => Kind::Plain,
        "paths" | "entries" | "n_undefined" | "n_infinite" => Kind::Whole,
        "probability"
        | "reached_by"
        | "share"
        | "share_alone"
        | "share_with_others"
        | "allowed"
        | "broken"
        | "greater"
        | "greater_low"
        | "greater_high"
        | "unchanged"
        | "sim_error_low"
        | "sim_error_high"
        | "spread_from_assumptions"
        | "wider_as_ratio"
        | "rank"
        | "follow_ahead"
        | "less_than_half"
        | "below"
        | "above"
        | "any_above"
        | "wider"
        | "more_than_double"
        | "lead_ahead"
        | "log_variance_from_choice_of_scenario" => Kind::Percent,
        "standard_error" if !compares => Kind::FinePercent,
        "standard_error_with_others"
        | "greater_standard_error"
        | "unchanged_standard_error"
        | "wider_as_ratio_error" => Kind::FinePercent,
        "dollars" | "dollars_shapley" | "mean_gap" | "mean_gap_error" => Kind::DollarsBn,
        "factor" | "factor_of_median_ratio" => Kind::Factor,
        name if name.starts_with("yuan") => Kind::YuanBn,
        name if name.starts_with("dollars-of") => Kind::DollarsBn,
        name if name.starts_with("ratio_p") => Kind::Factor,
        name if name.contains("log_") => Kind::Log,
        "narrowing" | "percent_p50" | "median_change_percent" => Kind::Log,
        _ => match unit {
            unit if unit.starts_with("$bn") => Kind::DollarsBn,
            unit if unit.starts_with("$m") => Kind::DollarsM,
            unit if unit.starts_with("¥bn") => Kind::YuanBn,
            unit if unit.starts_with("¥m") => Kind::YuanM,
            "times" => Kind::Ratio,
            "share" => Kind::Percent,
            "deals" => Kind::Whole,
            "natural log" => Kind::Log,
            _ => Kind::Number,
        },
    }
}
