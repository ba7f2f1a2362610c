//! What matters most, in words: the finding of each target, its table, and what it rests on.

use crate::measure::{Metric, QuantityOfInterest, Statistic, Target};
use crate::study::{Answered, Player, Sensitive, SensitivityMethod, Shares, Swing, Tornado};
use crate::summary::PathValue;
use crate::table::Cell;
use crate::table::questions::target_unit;
use crate::table::sensitivity::player_name;

use super::cited::Cited;
use super::columns::{columns, wrapped};
use super::goal::{capital, input_name, target_words};
use super::number::paths;
use super::text::{NamedCells, Text};

/// A cell of `sensitivity.csv`.
fn cell(target: &Target, input: &str, columns: &[&str]) -> Cell {
    Cell::new("sensitivity.csv", &[("target", &target.text), ("input", input)], columns)
}

/// A player as readers know it.
#[must_use]
pub fn player_words(found: &Sensitive, player: &Player) -> String {
    match (player.layer, player.addresses.as_slice()) {
        (Some(layer), _) => super::basis::layer(layer).0.to_owned(),
        (None, []) => "luck".to_owned(),
        (None, addresses) => {
            let names: Vec<String> = addresses.iter().map(|it| input_name(&found.scenario, it)).collect();
            names.join(" and ")
        }
    }
}

/// What the variance is of, behind "the variance of".
#[must_use]
pub fn variance_words(found: &Sensitive, target: &Target) -> Text {
    let QuantityOfInterest::Statistic { metric, subject, year, .. } = &target.asked else {
        let words = target_words(&found.scenario, &target.asked).without_start("the chance that ");
        return Text::from("whether ") + words;
    };
    let name = super::goal::metric_name(&found.scenario, *metric, *subject);
    let log = matches!(crate::study::path_value(target), PathValue::Log(..)) || *metric == Metric::Ratio;
    let log = if log { "the log of " } else { "" };
    Text::from(format!("{log}{name} ")) + Text::own(format!("in {year}"))
}

/// The finding of each target in a sentence or two.
#[must_use]
pub fn sensitivity_finding(found: &Sensitive) -> Vec<Text> {
    let both = found.targets.iter().zip(&found.answers);
    both.flat_map(|(target, answer)| match answer {
        Answered::Tornado(it) => tornado_finding(found, target, it),
        Answered::Shares(it) => shares_finding(found, target, it),
    })
    .collect()
}

fn output(found: &Sensitive, target: &Target, value: f64, at: Cell) -> Text {
    Cited::new(value, at).target_value(&target_unit(&found.scenario, &target.asked)).into()
}

fn tornado_finding(found: &Sensitive, target: &Target, it: &Tornado) -> Vec<Text> {
    let name = target_words(&found.scenario, &target.asked);
    let Some(first) = it.swings.first() else {
        return vec![Text::from("No uncertain input moves ") + name + "."];
    };
    let at = |column: &str| cell(target, &first.varied.address, &[column]);
    let [low, .., high] = first.outputs;
    let baseline = output(found, target, it.baseline.value, at("base_output"));
    let most = Text::own(capital(&input_name(&found.scenario, &first.varied.address)))
        + " matters most for "
        + name
        + ", given these ranges: "
        + output(found, target, low.value, at("low_output"))
        + " at the low end of its range, "
        + output(found, target, high.value, at("high_output"))
        + " at the high end, "
        + baseline
        + " with every input at its median.";
    let luck = it.luck.map(|share| {
        let share = Cited::new(share, cell(target, "luck", &["first_order"])).chance_of_law();
        Text::from("Of its spread, ") + share + " is luck that no assumption settles."
    });
    std::iter::once(most).chain(luck).collect()
}

fn shares_finding(found: &Sensitive, target: &Target, it: &Shares) -> Vec<Text> {
    let share = |player: &Player| share_text(found, target, player, false);
    let of = variance_words(found, target);
    let is_luck = |player: &&Player| player.addresses.is_empty();
    let luck = it.players.iter().find(is_luck);
    // The largest by itself: Sobol' shares come in the order of their totals.
    let others = it.players.iter().filter(|player| !is_luck(player));
    let first = others.reduce(|best, player| if player.share.value > best.share.value { player } else { best });
    let Some(first) = first else {
        return vec![Text::from("Every assumption is certain: all of the variance of ") + of + " is luck."];
    };
    let mut text = Text::from("Of the variance of ") + of + ", ";
    if let Some(luck) = luck {
        text += share(luck) + " is luck; ";
    }
    text += Text::from("of the assumptions, ")
        + Text::own(player_words(found, first))
        + " has the largest part, "
        + share(first);
    vec![text + ", given these ranges."]
}

/// A share with its interval: by itself, or with all else.
fn share_text(found: &Sensitive, target: &Target, player: &Player, total: bool) -> Text {
    let (interval, columns) = match (total, found.method) {
        (true, _) => (player.total.unwrap_or(player.share), ["total", "total_low", "total_high"]),
        (false, SensitivityMethod::Shapley) => (player.share, ["shapley", "shapley_low", "shapley_high"]),
        _ => (player.share, ["first_order", "first_order_low", "first_order_high"]),
    };
    let at = cell(target, &player_name(player), &columns);
    Cited::new(interval.value, at).share_between(interval.ends).into()
}

/// Tables, one for each target: its head, parted by bars, and rows of name and cells.
#[must_use]
pub fn sensitivity_tables(found: &Sensitive) -> Vec<(String, Vec<NamedCells>)> {
    let both = found.targets.iter().zip(&found.answers);
    both.map(|(target, answer)| match answer {
        Answered::Tornado(it) => {
            let rows = it.swings.iter().map(|swing| tornado_row(found, target, swing));
            ("one at a time|from|to|at low|at high".to_owned(), rows.collect())
        }
        Answered::Shares(it) => {
            let row = |player: &Player| {
                let own = share_text(found, target, player, false);
                let all = player.total.map(|_| share_text(found, target, player, true));
                (capital(&player_words(found, player)), std::iter::once(own).chain(all).collect())
            };
            let sobol = found.method == SensitivityMethod::Sobol;
            let head = if sobol { "share of the variance|alone|with the others" } else { "share of the variance|part" };
            (head.to_owned(), it.players.iter().map(row).collect())
        }
    })
    .collect()
}

fn tornado_row(found: &Sensitive, target: &Target, swing: &Swing) -> (String, Vec<Text>) {
    let input = &found.scenario.assumptions()[swing.varied.id];
    let at = |column: &str| cell(target, &swing.varied.address, &[column]);
    let end = |place: usize, column: &str| -> Text {
        let (value, unit) = input.in_unit(swing.inputs[place]);
        Cited::new(value, at(column)).input_value(unit).into()
    };
    let cells = vec![
        end(0, "low_input"),
        end(4, "high_input"),
        output(found, target, swing.outputs[0].value, at("low_output")),
        output(found, target, swing.outputs[4].value, at("high_output")),
    ];
    (input_name(&found.scenario, &swing.varied.address), cells)
}

/// What the answer rests on.
#[must_use]
pub fn sensitivity_basis(found: &Sensitive) -> Vec<Text> {
    let mut sentences: Vec<Text> = Vec::new();
    let names = |all: &[String]| all.iter().map(|it| input_name(&found.scenario, it)).collect::<Vec<_>>().join(", ");
    for (target, answer) in found.targets.iter().zip(&found.answers) {
        let Answered::Tornado(it) = answer else { continue };
        let turning: Vec<String> =
            it.swings.iter().filter(|it| !it.is_monotone()).map(|it| it.varied.address.clone()).collect();
        if !turning.is_empty() {
            let words = format!("Does not only rise or fall along its input: {}.", names(&turning));
            sentences.push(words.into());
        }
        let still: Vec<String> = it.still.iter().map(|it| it.address.clone()).collect();
        if !still.is_empty() {
            let on = target_words(&found.scenario, &target.asked);
            sentences.push(Text::from("No effect on ") + on + format!(": {}.", names(&still)));
        }
        if it.explained.is_some_and(|share| share < 0.8) {
            let words = "One at a time the inputs explain less than four fifths of the variance from assumptions, so they \
                         do much together: --method shapley divides all of it.";
            sentences.push(words.into());
        }
    }
    if !found.held.is_empty() {
        let many = found.held.len() > 6;
        let words = if many { "see sensitivity.csv".to_owned() } else { names(&found.held) };
        sentences
            .push(format!("Held fixed, as certain and without a range: {words}. --also gives one a range.").into());
    }
    sentences.push(
        match found.method {
            SensitivityMethod::Tornado => {
                "Ends are the 10% and 90% quantiles of each input’s own law, the others at their \
                                       medians, luck as it is; what inputs do together is not shown."
            }
            SensitivityMethod::Sobol if stand_together(found) => {
                "Correlated assumptions are not independent inputs, so they stand together in one row. \
                                     Shares within two standard errors of zero are shown as ≈0."
            }
            SensitivityMethod::Sobol => "Shares within two standard errors of zero are shown as ≈0.",
            SensitivityMethod::Shapley => {
                "The parts add up to the whole variance, correlated assumptions included, and luck is \
                                       one of them. Parts within two standard errors of zero are shown as ≈0."
            }
        }
        .into(),
    );
    sentences
}

/// Whether a row is of several inputs.
fn stand_together(found: &Sensitive) -> bool {
    let several = |it: &Player| it.addresses.len() > 1 && it.layer.is_none();
    found.answers.iter().any(|answer| matches!(answer, Answered::Shares(it) if it.players.iter().any(several)))
}

/// The story on the terminal, with what was written where and what to do next.
#[must_use]
pub fn sensitivity_story(found: &Sensitive, closing: &[String]) -> String {
    let mut story = wrapped(&Text::joined(sensitivity_finding(found), " ").text());
    for (target, (head, rows)) in found.targets.iter().zip(sensitivity_tables(found)) {
        if rows.is_empty() {
            continue;
        }
        story += &format!("\n{}\n", capital(&target.text));
        let rows: Vec<Vec<String>> = rows
            .into_iter()
            .map(|(name, cells)| std::iter::once(name).chain(cells.iter().map(Text::text)).collect())
            .collect();
        story += &columns(&head, &rows);
    }
    story.push('\n');
    sensitivity_basis(found).iter().for_each(|words| story += &wrapped(&words.text()));
    story += &wrapped(&format!(
        "Stated assumptions, not a forecast. All runs on the same luck, {} each.",
        paths(found.settings.paths)
    ));
    for line in closing {
        story += line;
        story.push('\n');
    }
    story
}

/// Title of a tornado of any target.
#[must_use]
pub fn tornado_words(found: &Sensitive, target: &Target, it: &Tornado) -> Text {
    let year = target.year();
    let Some(first) = it.swings.first() else {
        return Text::own(format!("No input by itself moves the {year} {}", short_target(target)));
    };
    let points = ["0.1", "0.3", "0.5", "0.7", "0.9"];
    let all = (0..points.len()).filter(|place| first.outputs[*place].value.is_finite());
    let answer = |place: usize| first.outputs[place].value;
    let low = all.clone().min_by(|a, b| answer(*a).total_cmp(&answer(*b))).unwrap_or(0);
    let high = all.max_by(|a, b| answer(*a).total_cmp(&answer(*b))).unwrap_or(4);
    let said = |place: usize| {
        let row = [("target", &*target.text), ("input", &*first.varied.address), ("probability", points[place])];
        output(found, target, answer(place), Cell::new("sensitivity_points.csv", &row, &["output"]))
    };
    let name = capital(&input_name(&found.scenario, &first.varied.address));
    let lead = Text::own(format!("{name} matters most: {} {year} from ", short_target(target)));
    lead + said(low) + " to " + said(high)
}

/// Title of the shares of variance: whose part is the largest.
#[must_use]
pub fn shares_words(found: &Sensitive, target: &Target, it: &Shares) -> Option<Text> {
    let largest = it.players.iter().max_by(|a, b| a.share.value.total_cmp(&b.share.value))?;
    let part = if found.method == SensitivityMethod::Shapley {
        "is the largest part of"
    } else {
        "explains most by itself of"
    };
    let name = Text::own(capital(&player_words(found, largest)));
    Some(name + format!(" {part} the spread (") + share_text(found, target, largest, false) + ")")
}

/// Where the numbers of a player stand.
#[must_use]
pub fn player_cell(target: &Target, player: &Player) -> Cell {
    cell(target, &player_name(player), &[])
}

/// The target in two words.
fn short_target(target: &Target) -> String {
    match &target.asked {
        QuantityOfInterest::Share { .. } => "chance in".to_owned(),
        QuantityOfInterest::Statistic { metric, statistic, .. } => {
            let name = metric.name().replace('-', " ");
            match statistic {
                Statistic::Quantile(0.5) => format!("median {name}"),
                Statistic::Quantile(p) => format!("p{} {name}", 100.0 * p),
                Statistic::Mean => format!("mean {name}"),
                Statistic::Sd => format!("sd of {name}"),
            }
        }
    }
}
