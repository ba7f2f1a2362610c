//! The figures of a report: which chart stands where, how it is read, and everything that can be taken from it.

use base64::Engine;

use crate::chart::Chart;
use crate::draw::{Drawing, Preset, Style, TextMode, Theme};
use crate::scenario::short_title;
use crate::table::{Cell, Field};

use super::labels;
use super::sections::TITLES;

/// A chart with its place in the report.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its number, from 1.
    pub number: usize,
    /// Name of its files.
    pub name: String,
    /// Section it stands in.
    pub section: &'static str,
    /// Whether it takes the whole width.
    pub wide: bool,
    /// Whether it is folded away behind its caption.
    pub folded: bool,
    /// Whether it stands on the first page and in the note.
    pub leads: bool,
    /// Whether it stands there alone.
    pub alone: bool,
    /// The scenario that it shows, where others stand beside it.
    pub of: Option<String>,
    /// How to read it.
    pub caption: &'static str,
    /// The folder of the tables that it cites, with its slash; empty where it is that of the page.
    pub folder: String,
    /// The chart to be drawn.
    pub chart: Chart,
}

/// How effects are read where they have the picture for themselves, and where medians stand before them.
const EFFECTS: &str =
    "What-if over baseline on the same path: the dot is the median, bars hold 50%, 80% and 95% of paths.";
const MEDIANS_AND_EFFECTS: &str = "First the medians year by year, with bars for 50% and 80% of the paths of the last year; then \
     what-if over baseline on the same path, with bars for 50%, 80% and 95% of paths.";

/// Where a chart stands: section, whole width, folded, how to read it.
type Place = (&'static str, bool, bool, &'static str);

/// The place of a chart by its name; names may have a suffix for one of several.
fn place(name: &str) -> Place {
    let places: [(&str, Place); 21] = [
        (
            "gap",
            (
                "gap",
                true,
                false,
                "Half of all paths lie in the dark band in any one year, 80% within the lighter one; \
          no single path follows the median.",
            ),
        ),
        (
            "probability",
            (
                "gap",
                true,
                false,
                "Each column divides all paths of its year; the share above the line ends \
          the year above the level of the last observed one.",
            ),
        ),
        ("sources", ("gap", true, false, "Each row starts from the figures of one source; rows are not to be mixed.")),
        ("funding-linear", ("funding", true, true, "The same numbers on a linear scale, where distances are dollars.")),
        (
            "funding",
            (
                "funding",
                false,
                false,
                "On a log scale equal distances are equal factors; bands are shares of \
          paths, year by year.",
            ),
        ),
        ("deals", ("funding", false, false, "Deals above, average deal size below: funding is their product.")),
        (
            "distribution-histogram",
            ("last-year", true, true, "Columns are shares of paths; the tails are counted in words."),
        ),
        (
            "distribution",
            (
                "last-year",
                true,
                false,
                "Each dot is one of fifty equally likely futures; filled dots lie \
          above the level of the last observed year.",
            ),
        ),
        (
            "scenarios",
            ("scenarios", true, false, "One scale for all panels; the dashed line is the baseline’s median."),
        ),
        ("compare", ("scenarios", true, false, EFFECTS)),
        (
            "attribution",
            (
                "drivers",
                false,
                false,
                "Each bar is the mean effect of one input over all orders of switching \
          the inputs; the bars multiply to the whole.",
            ),
        ),
        (
            "uncertainty",
            (
                "drivers",
                true,
                false,
                "Shares of the spread of the ratio’s log by where it comes from; luck is what no assumption settles.",
            ),
        ),
        (
            "decomposition",
            (
                "drivers",
                true,
                false,
                "Each bar is what one part adds to the change of the gap; together they \
          make the whole of it.",
            ),
        ),
        (
            "tornado-goal",
            (
                "drivers",
                true,
                false,
                "Each bar is how far one input alone takes the target, all else as assumed; what reaches the dashed line meets the \
                 goal.",
            ),
        ),
        (
            "tornado",
            (
                "drivers",
                true,
                false,
                "Each bar moves one input between its tenth and ninetieth percentile, all \
          others held at their median.",
            ),
        ),
        (
            "shares",
            ("drivers", true, false, "Each bar is a share of the variance; luck is what no assumption settles."),
        ),
        (
            "seek",
            (
                "drivers",
                true,
                false,
                "Everything else is as assumed, and every value meets the same random numbers; the dashed line is the goal.",
            ),
        ),
        (
            "sweep",
            ("drivers", true, false, "Every value meets the same random numbers; everything else is as assumed."),
        ),
        (
            "box",
            (
                "futures",
                true,
                false,
                "Grey is where an input lies in all futures but the rarest at either end; the colour is where the rule lets it \
                 lie.",
            ),
        ),
        (
            "trajectory",
            (
                "futures",
                true,
                false,
                "Each dot is a rule: the further right, the more of such futures it covers; the higher, the likelier they are \
                 where it holds. All of it on draws that no rule has seen.",
            ),
        ),
        (
            "back-test",
            (
                "back-test",
                true,
                false,
                "Left: the share of outcomes that each band caught. Right: where in the \
          projection outcomes fell.",
            ),
        ),
    ];
    let found = places
        .into_iter()
        .find(|(known, _)| name == *known || name.strip_prefix(known).is_some_and(|rest| rest.starts_with('-')));
    found.map_or(("drivers", true, false, "The numbers on it are in its table."), |(_, place)| place)
}

/// Charts in the order of the report, numbered: first the two of the first page.
#[must_use]
pub fn figures(charts: Vec<(String, String, Chart)>) -> Vec<Figure> {
    let names: Vec<String> = charts.iter().map(|(_, name, _)| name.clone()).collect();
    let many = charts.iter().any(|(_, _, chart)| matches!(chart, Chart::Effects(effects) if !effects.has_medians()));
    let first = of_first_page(&names, many);
    let alone = first.len() == 1;
    let several = names.iter().any(|name| name.starts_with("gap-"));
    let mut figures: Vec<Figure> = charts
        .into_iter()
        .map(|(folder, name, mut chart)| {
            let (section, wide, folded, usual) = place(&name);
            let caption = match &chart {
                Chart::Effects(effects) if effects.has_medians() => MEDIANS_AND_EFFECTS,
                _ => usual,
            };
            let leads = first.contains(&name);
            let of = several.then(|| short_title(&chart.credits_mut().scenario));
            let alone = leads && alone;
            Figure { number: 0, name, section, wide, folded, leads, alone, of, caption, folder, chart }
        })
        .collect();
    let rank = |section: &str| TITLES.iter().position(|(known, _, _)| *known == section);
    // Within a section what is folded comes last; otherwise charts keep their order.
    let leads = |name: &str| first.iter().position(|known| known == name).unwrap_or(first.len());
    figures.sort_by_key(|figure| (leads(&figure.name), rank(figure.section), figure.folded));
    figures.iter_mut().zip(1..).for_each(|(figure, number)| figure.number = number);
    figures
}

/// The figures that stand on the first page and in the note: what compares the scenarios, else the gap of the first two runs,
/// else the gap and its chances. Of many scenarios the effects alone, since as many panels would be too small to be read there.
fn of_first_page(names: &[String], many: bool) -> Vec<String> {
    let compared = names.iter().any(|name| name == "compare");
    if compared && many {
        return vec!["compare".to_owned()];
    }
    let second = names.iter().find(|name| name.starts_with("gap-")).map_or("probability", String::as_str);
    let wanted = if compared { ["compare", "scenarios"] } else { ["gap", second] };
    wanted.into_iter().filter(|name| names.iter().any(|known| known == name)).map(str::to_owned).collect()
}

/// A figure as a page shows it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The figure's number.
    pub number: usize,
    /// Name of its files.
    pub name: String,
    /// Whether it has another picture for a telephone.
    pub wide: bool,
    /// Whether it is folded away.
    pub folded: bool,
    /// Whether it stands on the first page and in the note.
    pub of_note: bool,
    /// Whether it stands there alone.
    pub alone: bool,
    /// The scenario that it shows, where others stand beside it.
    pub of: Option<String>,
    /// Title on the picture.
    pub title: String,
    /// How to read it.
    pub caption: &'static str,
    /// The picture for a wide page, empty for a card of half the width.
    pub svg: Picture,
    /// The picture for a column.
    pub column: Picture,
    /// The picture for a column of the printed first page, empty for any other figure.
    pub print: Picture,
    /// What it shows, in words.
    pub alt: String,
    /// The plotted numbers as an address.
    pub csv_file: String,
    /// Width and height of the file.
    pub size: [f64; 2],
    /// Head of the table of plotted numbers.
    pub head: Vec<String>,
    /// Rows of the card's table.
    pub rows: Vec<Vec<String>>,
}

/// A picture of a page with the sum of what is written on it.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// The picture as SVG, for either theme.
    pub svg: String,
    /// The sum of its words.
    pub sum: String,
}

impl Picture {
    fn new(svg: String) -> Self {
        Self { sum: labels::sum(&svg), svg }
    }
}

impl Figure {
    /// The drawing, citing the tables of its run.
    fn drawn(&self, style: Style) -> Drawing {
        self.chart.draw(style).within(&self.folder)
    }

    /// Every cell that a label of it names, in the layouts of a page.
    #[must_use]
    pub fn cells(&self) -> Vec<Cell> {
        let drawn = |preset| self.drawn(Style { preset, ..Style::default() });
        let mut drawings = [Preset::Note, Preset::Column, Preset::Phone].map(drawn).to_vec();
        drawings.push(self.drawn(printed(Theme::Light, self.alone)));
        drawings.iter().flat_map(|drawing| drawing.cells().cloned()).collect()
    }
}

/// How a figure is drawn for the printed first page, alone or beside another one: with type of seven points and more.
#[must_use]
pub fn printed(theme: Theme, alone: bool) -> Style {
    let preset = if alone { Preset::HalfSlide } else { Preset::Phone };
    Style { preset, theme, bare: true, ..Style::default() }
}

/// Draws a figure for a page.
#[must_use]
pub fn card(figure: &Figure) -> Card {
    let of_note = figure.leads;
    let style = |preset, theme| Style { preset, theme, ..Style::default() };
    let themed = |style: &dyn Fn(Theme) -> Style, letter: &str| {
        let [light, dark] = [Theme::Light, Theme::Dark].map(|theme| figure.drawn(style(theme)));
        Picture::new(light.themable(&dark, &format!("f{}{letter}", figure.number), TextMode::Cited))
    };
    let picture = |preset, letter: &str| themed(&|theme| style(preset, theme), letter);
    // On the first page two columns stand side by side; on a telephone every picture has larger type.
    let preset = match (of_note && !figure.alone, figure.wide) {
        (true, _) => Preset::Column,
        (false, true) => Preset::Note,
        (false, false) => Preset::Phone,
    };
    let wide = preset != Preset::Phone;
    let drawing = figure.drawn(style(preset, Theme::Light));
    let (head, rows) = plotted(&drawing.table);
    Card {
        number: figure.number,
        name: figure.name.clone(),
        wide,
        folded: figure.folded,
        of_note,
        alone: figure.alone,
        of: figure.of.clone(),
        title: drawing.title.clone(),
        caption: figure.caption,
        svg: if wide { picture(preset, "w") } else { Picture::default() },
        column: picture(Preset::Phone, "c"),
        print: if of_note { themed(&|theme| printed(theme, figure.alone), "p") } else { Picture::default() },
        alt: drawing.alt.clone(),
        csv_file: address("text/csv;charset=utf-8", drawing.table.csv().as_bytes()),
        size: drawing.size(),
        head,
        rows,
    }
}

/// Bytes as an address that needs no network.
#[must_use]
pub fn address(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes))
}

/// The plotted numbers as readers read them: three significant figures, years and words as they are.
fn plotted(table: &crate::table::Table) -> (Vec<String>, Vec<Vec<String>>) {
    let shown = |field: Field, is_year: bool| match field {
        Field::Missing => "–".to_owned(),
        Field::Number(number) => labels::shown_number(number, is_year),
        Field::Count(count) => labels::shown_number(count as f64, is_year),
        Field::Year(_) | Field::Text(_) => field.text().into_owned(),
    };
    let row = |row: usize| {
        let is_year = table.row(row).any(|field| matches!(field, Field::Text(word) if word == labels::YEAR));
        table.row(row).map(|field| shown(field, is_year)).collect()
    };
    (table.names().map(str::to_owned).collect(), (0..table.rows()).map(row).collect())
}
