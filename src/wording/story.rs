//! The story of a run in a dozen lines, at most 80 columns wide.

use crate::growth::Growth;
use crate::measure::When;
use crate::metric::{Measure, Metric, Observed, Subject};
use crate::scenario::{Inquiry, Plausibility, Region, Scenario, Severity};
use crate::summary::{Estimate, Spread, Summary, observed_years};
use crate::wording::{self, Outlook, Purse};

/// Widest line.
pub(super) const WIDTH: usize = 80;

/// A rounding interval wider than this share of its value is marked.
const WIDE: f64 = 0.1;

/// The three-number table: observed years, the middle year and the horizon, with 80% ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Column heads after the label.
    pub head: Vec<String>,
    /// Label and cells of each row.
    pub rows: Vec<(String, Vec<String>)>,
    /// Whether a cell carries the mark of a wide rounding interval.
    pub marked: bool,
}

/// The table of funding on both sides, gap and ratio.
#[must_use]
pub fn table(scenario: &Scenario, summary: &Summary) -> Table {
    let gap = scenario.gap;
    let purse = Purse::of(&scenario.money);
    let name = |region: usize| wording::short_name(&scenario.regions[region].name);
    let measures = [
        (name(gap.lead), Metric::Funding, Subject::Region(gap.lead)),
        (name(gap.follow), Metric::Funding, Subject::Region(gap.follow)),
        (format!("{} − {}", name(gap.lead), name(gap.follow)), Metric::Gap, Subject::Gap),
        (format!("{} ÷ {}", name(gap.lead), name(gap.follow)), Metric::Ratio, Subject::Gap),
    ];
    let observed: Vec<i32> = observed_years(scenario)
        .filter(|year| {
            let measure = Measure { metric: Metric::Gap, subject: Subject::Gap };
            measure.observed(scenario, *year).is_some()
        })
        .collect();
    // The last two observed years are what the reader compares with.
    let observed = &observed[observed.len().saturating_sub(2)..];
    let simulated = simulated_years(scenario);
    let mut head: Vec<String> = observed.iter().map(ToString::to_string).collect();
    head.extend(simulated.iter().map(|year| format!("{year}: median (80%)")));
    let mut marked = false;
    let rows = measures.into_iter().map(|(label, metric, subject)| {
        let measure = Measure { metric, subject };
        let mut cells = Vec::new();
        for year in observed {
            let cell = measure.observed(scenario, *year).map_or_else(|| "–".to_owned(), |it| seen(purse, metric, &it));
            marked |= cell.ends_with('*');
            cells.push(cell);
        }
        for year in &simulated {
            let row = summary.fan_row(measure, *year).and_then(|row| row.simulated.as_ref());
            cells.push(row.map_or_else(|| "–".to_owned(), |spread| simulated_cell(purse, metric, spread)));
        }
        (label, cells)
    });
    let rows = rows.collect();
    Table { head, rows, marked }
}

/// The middle year, if there is one, and the horizon.
fn simulated_years(scenario: &Scenario) -> Vec<i32> {
    let middle = scenario.base_year + (scenario.horizon - scenario.base_year + 1) / 2;
    let mut years = vec![middle, scenario.horizon];
    years.dedup();
    years
}

fn seen(purse: Purse, metric: Metric, figure: &Observed) -> String {
    let text = match metric {
        Metric::Ratio => wording::observed_ratio(figure.value, figure.low, figure.high),
        _ => purse.observed_money(figure.value, figure.low, figure.high),
    };
    let wide = (figure.high - figure.low).abs() > WIDE * figure.value.abs();
    if wide { format!("{text}*") } else { text }
}

fn simulated_cell(purse: Purse, metric: Metric, spread: &Spread) -> String {
    let quantile = |level| spread.estimate(level);
    let (Some(low), Some(median), Some(high)) = (quantile(0.1), quantile(0.5), quantile(0.9)) else {
        return "undefined".to_owned();
    };
    match metric {
        Metric::Ratio => wording::median_ratio_within(median, low, high),
        _ => purse.median_money_within(median, low, high),
    }
}

/// Paragraphs behind the table, in order: what the numbers rest on, then the scenario's own questions and checks.
#[must_use]
pub fn paragraphs(scenario: &Scenario, summary: &Summary) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(rounding(scenario));
    if let Some(outlook) = Outlook::new(scenario, summary) {
        let p = wording::probability;
        sentences.push(format!(
            "{} disagree in {} of paths. {} ahead in {}: {}; in some year by then: {}.{}",
            outlook.purse.gap_and_ratio(),
            wording::share_of_paths(outlook.disagree, outlook.wider_as_ratio.paths),
            outlook.follow,
            outlook.horizon,
            p(&outlook.follow_ahead),
            p(&outlook.follow_ahead_so_far),
            outlook.share_from_assumptions.map_or_else(String::new, |share| layers(scenario, share, &outlook))
        ));
    }
    sentences.extend(wording::rests_on(scenario));
    sentences.push(assumed(scenario));
    let mut paragraphs = vec![sentences.join(" ")];
    paragraphs.extend(asked(scenario, summary));
    paragraphs.extend(checked(scenario, summary));
    paragraphs.extend(summary.precision.as_ref().map(|it| wording::precision(it, summary.paths, scenario.horizon)));
    paragraphs.extend(rough(scenario, summary, &paragraphs));
    paragraphs
}

/// What the mark of rough numbers means, if any number of the story carries it.
fn rough(scenario: &Scenario, summary: &Summary, paragraphs: &[String]) -> Option<String> {
    let headline = Outlook::new(scenario, summary).map(|outlook| wording::headline(&outlook));
    let cells = table(scenario, summary).rows.into_iter().flat_map(|(_, cells)| cells);
    let marked =
        headline.into_iter().chain(cells).chain(paragraphs.iter().cloned()).any(|it| it.contains(wording::ROUGH));
    marked.then(|| {
        format!(
            "{}: {} leave the simulation error of this number above its last digit; more paths carry more digits.",
            wording::ROUGH,
            wording::paths(summary.paths)
        )
    })
}

/// Answers to the scenario's own questions, each in the last year it is asked in.
fn asked(scenario: &Scenario, summary: &Summary) -> Vec<String> {
    let answer = |(place, question): (usize, &Inquiry)| {
        let row = summary.question(place).last()?;
        let p = &row.probability;
        let year = match question.that.when {
            When::EachYear => format!(" in {}", row.year),
            _ => String::new(),
        };
        let share = wording::probability(p);
        let spread = wording::spread_of_share(p).map_or(String::new(), |it| format!(" ({it} over the assumptions)"));
        Some(format!("{} ({}{year}): {share}{spread}.", question.name, question.that.text))
    };
    scenario.questions.iter().enumerate().filter_map(answer).collect()
}

/// Checks that more paths break than are allowed to.
fn checked(scenario: &Scenario, summary: &Summary) -> Vec<String> {
    let broken = |(place, check): (usize, &Plausibility)| {
        let (broken, paths) = summary.broken(scenario, place);
        let share = broken as f64 / paths as f64;
        (share > check.allow).then(|| {
            let word = if check.severity == Severity::Fail { "Implausible" } else { "Look at this" };
            format!(
                "{word}: {} of paths break \"{}\" ({}).",
                wording::share_of_paths(broken, paths),
                check.name,
                check.that.text
            )
        })
    };
    scenario.checks.iter().enumerate().filter_map(broken).collect()
}

/// Whether a check that must not be broken is broken by more paths than are allowed to.
#[must_use]
pub fn is_implausible(scenario: &Scenario, summary: &Summary) -> bool {
    scenario.checks.iter().enumerate().any(|(place, check)| {
        let (broken, paths) = summary.broken(scenario, place);
        check.severity == Severity::Fail && broken as f64 / paths as f64 > check.allow
    })
}

/// How far the two shares of the headline would move if the assumptions did.
fn spread_of_shares(outlook: &Outlook) -> Option<String> {
    let of = wording::spread_of_share;
    let (ratio, money) = (of(&outlook.wider_as_ratio)?, of(&outlook.wider_in_dollars)?);
    Some(format!("assumptions move the two shares by {ratio} and {money} points"))
}

/// How the spread of the ratio divides into assumptions and luck.
fn layers(scenario: &Scenario, share: Estimate, outlook: &Outlook) -> String {
    if scenario.assumptions.iter().all(|assumption| assumption.law.is_fixed()) {
        return " All of the spread is luck: no assumption is uncertain.".to_owned();
    }
    if share.value < 2.0 * share.error {
        return " What the assumptions add to the ratio’s spread is too little to tell from simulation error."
            .to_owned();
    }
    let luck = wording::percent_within(Estimate { value: 1.0 - share.value, ..share });
    let spread = spread_of_shares(outlook).map_or(".".to_owned(), |it| format!("; {it}."));
    format!(" Of the ratio’s spread (in logs), {} is assumptions, {luck} luck{spread}", wording::percent_within(share))
}

/// What rounding alone leaves of the ratio, and what others count.
fn rounding(scenario: &Scenario) -> Option<String> {
    let measure = Measure { metric: Metric::Ratio, subject: Subject::Gap };
    let figure = measure.observed(scenario, scenario.base_year)?;
    if (figure.high - figure.low) <= WIDE * figure.value {
        return None;
    }
    let range = wording::ratio_range(figure.low, figure.high);
    let name = |region: usize| scenario.regions[region].name.as_str();
    let others = scenario.data.other_ratios(name(scenario.gap.lead), name(scenario.gap.follow));
    let mut sentence = format!("* Rounding alone leaves {range} for {}.", scenario.base_year);
    if !others.is_empty() {
        let ratios: Vec<String> = others.iter().map(|(_, ratio)| wording::ratio(*ratio)).collect();
        sentence += &format!(" Other sources: {} (not comparable).", ratios.join(", "));
    }
    Some(sentence)
}

/// What growth is assumed, because the data cannot tell.
fn assumed(scenario: &Scenario) -> String {
    let [lead, follow] = [scenario.gap.lead, scenario.gap.follow].map(|region| &scenario.regions[region]);
    let name = |region: &Region| wording::short_name(&region.name);
    match (growth(scenario, lead), growth(scenario, follow)) {
        (Some(a), Some(b)) if a == b => format!("Assumed, not estimated: both grow {a}."),
        (Some(a), Some(b)) => format!("Assumed, not estimated: {} grows {a}, {} {b}.", name(lead), name(follow)),
        _ => "The growth of both is assumed, not estimated: assumptions.csv says how and why.".to_owned(),
    }
}

/// Growth of a region's funding in logs: middle and the ends of its 80% range, where it follows from drifts that are
/// certain or normal and not dated.
#[must_use]
pub fn assumed_growth(scenario: &Scenario, region: &Region) -> Option<[f64; 3]> {
    let (mut mean, mut variance) = (0.0, 0.0);
    let series: Vec<_> =
        if region.funding.is_some() { vec![&region.funding] } else { vec![&region.deals, &region.deal_size] };
    for series in series {
        let Growth::RandomWalk(model) = &series.as_ref()?.growth else { return None };
        if !model.growth.changes.is_empty() {
            return None;
        }
        match scenario.assumptions[model.growth.first].law {
            crate::distribution::Distribution::Fixed(value) => mean += value,
            crate::distribution::Distribution::Normal { mean: middle, sd } => {
                mean += middle;
                variance += sd * sd;
            }
            _ => return None,
        }
    }
    let half = crate::distribution::Z90 * variance.sqrt();
    Some([mean, mean - half, mean + half])
}

/// The same in words.
fn growth(scenario: &Scenario, region: &Region) -> Option<String> {
    let [middle, low, high] = assumed_growth(scenario, region)?;
    let rate = |log: f64| wording::percent_change(libm::expm1(log));
    let words = rate(middle).trim_start_matches('+').to_owned();
    if low == high {
        return Some(format!("{words} a year on the median path"));
    }
    Some(format!("about {words} a year (80%: {} to {})", rate(low), rate(high)))
}

/// The whole story, with what was written where and what to do next.
#[must_use]
pub fn story(scenario: &Scenario, summary: &Summary, closing: &[String]) -> String {
    let mut text = String::new();
    let first = Outlook::new(scenario, summary).map_or_else(|| scenario.title.clone(), |it| wording::headline(&it));
    text += &wrapped(&format!("{first} Stated assumptions, not a forecast."));
    text.push('\n');
    text += &aligned(&table(scenario, summary));
    paragraphs(scenario, summary).iter().for_each(|paragraph| text += &wrapped(paragraph));
    for line in closing {
        text += line;
        text.push('\n');
    }
    text
}

/// The table in columns.
fn aligned(table: &Table) -> String {
    aligned_lines(&table.head, &table.rows)
}

/// A head and labelled rows in columns.
pub(super) fn aligned_lines(head: &[String], rows: &[(String, Vec<String>)]) -> String {
    let label = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().map(|(_, cells)| cells[column].chars().count());
        cells.chain([head[column].chars().count()]).max().unwrap_or(0)
    };
    let line = |first: &str, cells: &[String]| {
        let mut line = format!("{first:<label$}");
        for (column, cell) in cells.iter().enumerate() {
            line += &format!("  {cell:<width$}", width = width(column));
        }
        line.trim_end().to_owned() + "\n"
    };
    let mut text = line("", head);
    rows.iter().for_each(|(label, cells)| text += &line(label, cells));
    text
}

/// A paragraph in lines of at most [`WIDTH`] columns.
pub(super) fn wrapped(paragraph: &str) -> String {
    let mut text = String::new();
    let mut column = 0;
    for word in paragraph.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            text.push('\n');
            column = 0;
        }
        if column > 0 {
            text.push(' ');
            column += 1;
        }
        text += word;
        column += length;
    }
    text + "\n"
}
