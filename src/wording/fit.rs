//! What a history teaches, in words: how far each range moved, what the figures hardly moved, and what follows if it goes on so.

use crate::study::{Fit, FitParameter, Prior};
use crate::table::Cell;

use super::cited::Cited;
use super::columns::{columns, wrapped};
use super::goal::capital;
use super::text::{NamedCells, Text};

/// Said where the figures took less than a tenth of a range.
const HARDLY: &str = "the data hardly move it";

/// A cell of a parameter in `fit.csv`.
fn cell(it: &FitParameter, column: &str) -> Cell {
    Cell::new("fit.csv", &[("parameter", &it.address)], &[column])
}

/// A cell of what is ahead in `fit_ahead.csv`.
fn ahead_cell(of: &str, year: i32, column: &str) -> Cell {
    Cell::new("fit_ahead.csv", &[("of", of), ("year", &year.to_string())], &[column])
}

/// `24% (3.1% to 46%)`: median and 80% range, of the prior or the posterior.
fn range(it: &FitParameter, which: &str) -> Text {
    let values = if which == "prior" { it.prior } else { it.posterior };
    let one =
        |place: usize, end: &str| Cited::new(values[place], cell(it, &format!("{which}_{end}"))).input_value(it.unit);
    Text::from(one(1, "p50")) + " (" + one(0, "p10") + " to " + one(2, "p90") + ")"
}

/// What the figures did to a range.
fn moved(it: &FitParameter) -> Text {
    if it.is_hardly_moved() {
        return HARDLY.into();
    }
    if it.shrunk() < 0.1 {
        return "its range is as wide as before".into();
    }
    Text::from("its range is narrower by ") + Cited::new(it.shrunk(), cell(it, "shrunk")).percent()
}

/// Yearly changes, first and last year: `8 yearly changes, 2013 to 2021`.
fn figures(fit: &Fit) -> Text {
    let first = &fit.parameters[0];
    let changes = Cited::new(fit.history.years.len() as f64 - 1.0, cell(first, "changes")).whole_number();
    Text::from(changes)
        + Text::own(format!(" yearly changes of funding, {} to {}", fit.history.years[0], fit.history.last_year()))
}

/// What the figures themselves say: the growth of each side from the first to the last year, and their ratio in the last.
fn observed(fit: &Fit) -> Text {
    let history = &fit.history;
    let (first, last, years) = (history.years[0], history.last_year(), history.years.len() as f64 - 1.0);
    let grew = history.regions.iter().zip(&history.logs).filter_map(|(region, logs)| {
        let log = (logs.last()? - logs.first()?) / years;
        let yearly = super::percent_change(libm::expm1(log));
        Some(format!("{} {yearly}", super::short_name(region)))
    });
    let grew = grew.collect::<Vec<_>>().join(", ");
    let ratio = match history.logs.as_slice() {
        [lead, follow] => lead.last().zip(follow.last()).map(|(lead, follow)| {
            let [a, b] = [0, 1].map(|place| super::short_name(&history.regions[place]));
            format!("; the {a}/{b} ratio of {last} was {}", super::ratio(libm::exp(lead - follow)))
        }),
        _ => None,
    };
    Text::own(format!("Observed from {first} to {last}, on average a year: {grew}{}.", ratio.unwrap_or_default()))
}

/// The finding in a few sentences: growth of each side, then the years ahead.
#[must_use]
pub fn fit_finding(fit: &Fit) -> Vec<Text> {
    let mut sentences = Vec::new();
    let of = fit.history.regions.iter().filter_map(|it| fit.parameter(&format!("{it}.funding.long-run-growth")));
    for (place, it) in of.enumerate() {
        let start = if place == 0 { figures(fit) + ", put " } else { Text::from("They put ") };
        sentences.push(
            start
                + Text::own(it.name.clone())
                + " at "
                + range(it, "posterior")
                + " a year, after "
                + range(it, "prior")
                + " before them: "
                + moved(it)
                + ".",
        );
    }
    if let Some(it) = fit.ahead.iter().filter(|it| it.of == "ratio").nth(2) {
        let ratio =
            |level: usize, column: &str| Cited::new(it.quantiles[level], ahead_cell("ratio", it.year, column)).ratio();
        let [lead, follow] = [0, 1].map(|place| super::short_name(&fit.history.regions[place]));
        sentences.push(
            Text::own(format!("If the years ahead are of this kind, the {lead}/{follow} ratio of {} is ", it.year))
                + ratio(2, "p10")
                + " to "
                + ratio(6, "p90")
                + " in 8 of 10 futures, with "
                + ratio(4, "p50")
                + " in the middle.",
        );
    }
    sentences
}

/// Prior and posterior of every parameter: head, parted by bars, and a row for each.
#[must_use]
pub fn fit_table(fit: &Fit) -> (String, Vec<NamedCells>) {
    let row = |it: &FitParameter| {
        let shrunk = match it.is_hardly_moved() {
            true => Text::from("hardly moved"),
            false if it.shrunk() < 0.0 => "wider".into(),
            false => Cited::new(it.shrunk(), cell(it, "shrunk")).percent().into(),
        };
        (capital(&it.name), vec![range(it, "prior"), range(it, "posterior"), shrunk])
    };
    ("parameter|before the figures|after|narrower by".to_owned(), fit.parameters.iter().map(row).collect())
}

/// What the answer rests on.
#[must_use]
pub fn fit_basis(fit: &Fit) -> Vec<Text> {
    let kind = match fit.prior {
        Prior::Trend => "Prior “trend”: past growth may well go on, and a strong one is trusted after a few years.",
        Prior::Shrunk => "Prior “shrunk”: past growth says little of the next years, whatever it was.",
        Prior::Pooled => {
            "Prior “pooled”: half of the weight trusts a trend, half hardly. On histories of AI funding it was about as good as \
             assuming no trend where there was none, and not lost where there was one."
        }
    };
    let mut sentences: Vec<Text> = vec![
        Text::own(format!("Figures: {}, edition {}.", fit.history.source, fit.history.vintage)),
        observed(fit),
        kind.into(),
        "Medians with the range of 8 in 10 draws. The past of these figures is all that is in it: no event, no policy and no \
         judgement of what is new."
            .into(),
    ];
    let hardly: Vec<String> =
        fit.parameters.iter().filter(|it| it.is_hardly_moved()).map(|it| it.name.clone()).collect();
    if !hardly.is_empty() {
        sentences.push(
            Text::from("The data hardly move ") + Text::own(hardly.join(", ")) + ": what is said of it is the prior.",
        );
    }
    sentences
}

/// The story on the terminal, with what was written where and what to do next.
#[must_use]
pub fn fit_story(fit: &Fit, closing: &[String]) -> String {
    told(fit_finding(fit), fit_table(fit), fit_basis(fit), closing)
}

/// Finding, table and basis on the terminal, with lines behind.
pub(super) fn told(
    finding: Vec<Text>,
    (head, rows): (String, Vec<NamedCells>),
    basis: Vec<Text>,
    closing: &[String],
) -> String {
    let mut story = wrapped(&Text::joined(finding, " ").text());
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|(name, cells)| std::iter::once(name).chain(cells.iter().map(Text::text)).collect())
        .collect();
    story += &format!("\n{}\n", columns(&head, &rows));
    basis.iter().for_each(|words| story += &wrapped(&words.text()));
    for line in closing {
        story += line;
        story.push('\n');
    }
    story
}

/// Title of the chart of prior and posterior: which parameter the figures taught most about.
#[must_use]
pub fn fit_title(fit: &Fit) -> Text {
    let most = fit.parameters.iter().max_by(|a, b| a.shrunk().total_cmp(&b.shrunk()));
    match most.filter(|it| !it.is_hardly_moved()) {
        Some(it) => {
            Text::from("The figures teach most about ")
                + Text::own(it.name.clone())
                + ": "
                + Cited::new(it.shrunk(), cell(it, "shrunk")).percent()
                + " of its range is gone"
        }
        None => "The figures hardly move what was believed before them".into(),
    }
}
