//! Runs: the numbers, sentences, charts and tables of one scenario, from its paths or from the counts of their ranges.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::chart::{Chart, pictures};
use crate::draw::{Style, TextMode, Theme};
use crate::measure::Metrics;
use crate::metric::{Measure, Metric};
use crate::scenario::Scenario;
use crate::study::Prepared;
use crate::summary::{self, Estimate, Partial, Spread, Summary, Uncertainty, observed_years};
use crate::table;
use crate::wording::{self, Lookup, MoneyUnit, of_gap, tiles};

use super::wanted::{Median, Wanted};

/// What a run says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told {
    /// Paths simulated.
    pub paths: u64,
    /// Seed of the run.
    pub seed: u64,
    /// Last observed year.
    pub base_year: i32,
    /// Last simulated year.
    pub horizon: i32,
    /// The finding in a sentence.
    pub title: String,
    /// What the changes do, if there is something to hold them against.
    pub changes: Option<String>,
    /// Four numbers to begin with: value, name, spread.
    pub tiles: Vec<[String; 3]>,
    /// The median ratio of the last year, to hold others against.
    pub median: Option<Median>,
    /// The gap year by year.
    pub fan: Fan,
    /// Charts by name, as SVG that follows the reader's theme.
    pub charts: BTreeMap<String, String>,
    /// Tables by file name, as CSV.
    pub tables: BTreeMap<String, String>,
}

/// The gap year by year, as a ratio and in money.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fan {
    /// What the ratio is of: `US/China`.
    pub of: String,
    /// Unit of the amounts: `$bn`.
    pub unit: String,
    /// Years with observations, then simulated ones.
    pub years: Vec<FanYear>,
}

/// One year of the gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FanYear {
    /// Calendar year of the values.
    pub year: i32,
    /// Observed ratio and gap.
    pub observed: Option<[f64; 2]>,
    /// Quantiles of the ratio at 10, 25, 50, 75 and 90%; none where one is infinite.
    pub ratio: Option<[f64; 5]>,
    /// Quantiles of the gap, likewise.
    pub gap: Option<[f64; 5]>,
    /// Ratio and gap in words, with their 80% ranges.
    pub words: [String; 2],
}

/// Simulates and tells.
pub(super) fn run(prepared: &Prepared, wanted: &Wanted) -> Result<Told, String> {
    let metrics = if wanted.brief { Metrics::OF_THE_HEADLINE } else { Metrics::default() };
    let asked = summary::Wanted { metrics, ..summary::Wanted::default() };
    let scenario = &prepared.scenarios[0].scenario;
    told(prepared, Summary::of(scenario, &prepared.settings, asked, &|_| {}), wanted)
}

/// Counts one of several ranges of paths.
pub(super) fn part(prepared: &Prepared, part: u64, of: u64) -> Result<String, String> {
    let (scenario, settings) = (&prepared.scenarios[0].scenario, &prepared.settings);
    if part >= of {
        return Err(format!("there is no part {part} of {of}"));
    }
    let range = Partial::range_of(settings, part, of);
    if range.is_empty() {
        return Ok(String::new());
    }
    let counted = Partial::of(scenario, settings, range, summary::Wanted::default(), &|_| {});
    let bytes = counted.map_err(|error| error.to_string())?.to_bytes();
    Ok(String::from_utf8(bytes).expect("a part is JSON"))
}

/// Puts the ranges together and tells.
pub(super) fn merged(prepared: &Prepared, parts: &[String], wanted: &Wanted) -> Result<Told, String> {
    let read = |text: &String| Partial::from_bytes(text.as_bytes()).map_err(|error| error.to_string());
    let parts = parts.iter().filter(|text| !text.is_empty()).map(read).collect::<Result<Vec<_>, _>>()?;
    let whole = Partial::merge(parts).map_err(|error| error.to_string())?;
    let summary =
        whole.summary(&prepared.scenarios[0].scenario, &prepared.settings).map_err(|error| error.to_string())?;
    told(prepared, summary, wanted)
}

fn told(prepared: &Prepared, mut summary: Summary, wanted: &Wanted) -> Result<Told, String> {
    let scenario = &prepared.scenarios[0].scenario;
    if summary.saturated > 0 {
        let paths = wording::count(summary.saturated as f64);
        return Err(format!(
            "with these values {paths} paths leave the range of numbers: move a growth or a volatility back"
        ));
    }
    if wanted.layers {
        summary.uncertainty = Uncertainty::of(scenario, &prepared.settings);
    }
    let run = Lookup::new(scenario, &summary);
    let year = scenario.horizon();
    let median = run.median(of_gap(Metric::Ratio), year).map(|it| it.value);
    let against = wanted.against.map(Estimate::from);
    let tile = |it: tiles::Tile| [it.value, it.label, it.detail].map(|text| text.text());
    Ok(Told {
        paths: summary.paths,
        seed: summary.seed,
        base_year: scenario.base_year(),
        horizon: year,
        title: wording::finding(scenario, &summary).text(),
        changes: against.zip(median).map(|(before, after)| wording::what_if_title(year, before, after)),
        tiles: tiles::tiles(run).into_iter().map(tile).collect(),
        median: median.filter(|it| it.value.is_finite()).map(|it| Median { value: it.value, error: it.error }),
        fan: fan(run),
        charts: charts(prepared, &summary, &wanted.charts),
        tables: tables(scenario, &summary, &wanted.tables),
    })
}

/// The gap in observed and simulated years.
fn fan(run: Lookup) -> Fan {
    let scenario = run.scenario;
    let money = MoneyUnit::of(scenario.money());
    let [ratio, gap] = [Metric::Ratio, Metric::Gap].map(of_gap);
    let [lead, follow] = [scenario.gap().lead(), scenario.gap().follow()];
    let name = |region: usize| wording::short_name(scenario.regions()[region].name());
    let seen = |year: i32| {
        let of = |measure: Measure| Some(measure.observed(scenario, year)?.value);
        Some([of(ratio)?, of(gap)?])
    };
    let words = |year: i32| {
        let of_ratio = run.median_and_range(ratio, year).map(|it| it.median_ratio().text().to_owned());
        let of_gap = run.median_and_range(gap, year).map(|it| it.median_money(money).text().to_owned());
        let observed = |measure: Measure| run.observed(measure, year);
        [
            of_ratio.or_else(|| Some(observed(ratio)?.ratio().text().to_owned())),
            of_gap.or_else(|| Some(observed(gap)?.money(money).text().to_owned())),
        ]
        .map(|words| words.unwrap_or_else(|| "–".to_owned()))
    };
    let bands = |measure: Measure, year: i32| {
        let spread: &Spread = run.summary.fan_row(measure, year)?.simulated.as_ref()?;
        let quantiles = spread.quantiles?;
        let drawn = [2, 3, 4, 5, 6].map(|place: usize| quantiles[place]);
        drawn.iter().all(|value| value.is_finite()).then_some(drawn)
    };
    let years = observed_years(scenario).chain(scenario.years());
    let of_year = |year: i32| FanYear {
        year,
        observed: seen(year),
        ratio: bands(ratio, year),
        gap: bands(gap, year),
        words: words(year),
    };
    Fan {
        of: format!("{}/{}", name(lead), name(follow)),
        unit: scenario.money().unit("$bn"),
        years: years.map(of_year).collect(),
    }
}

/// Charts by name, in the layout of the recipe, for a page that follows the reader's theme.
fn charts(prepared: &Prepared, summary: &Summary, names: &[String]) -> BTreeMap<String, String> {
    if names.is_empty() {
        return BTreeMap::new();
    }
    let all = pictures::charts(&prepared.scenarios[0].scenario, summary);
    let asked = all.iter().filter(|chart| names.iter().any(|name| name == chart.name()));
    asked.map(|chart| (chart.name().to_owned(), drawn(chart, chart.name(), prepared))).collect()
}

/// A chart as SVG with live text, in both themes.
pub(super) fn drawn(chart: &Chart, id: &str, prepared: &Prepared) -> String {
    let style = Style::of(&prepared.recipe.look);
    let [light, dark] = [Theme::Light, Theme::Dark].map(|theme| chart.draw(Style { theme, ..style }));
    light.themable(&dark, &format!("chart-{id}"), TextMode::Live)
}

fn tables(scenario: &Scenario, summary: &Summary, names: &[String]) -> BTreeMap<String, String> {
    if names.is_empty() {
        return BTreeMap::new();
    }
    let all = table::run::tables(scenario, summary, &[], None);
    let asked = all.iter().filter(|table| names.iter().any(|name| name == table.file()));
    asked.map(|table| (table.file().to_owned(), table.csv())).collect()
}
