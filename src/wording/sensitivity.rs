//! What matters most, in words: the finding of each target, its table, and what it rests on.

mod names;
mod shares;
mod tornado;

use crate::measure::{Metric, Subject, Target};
use crate::scenario::Scenario;
use crate::study::{Answered, Player, Sensitive, SensitivityMethod, Varied};
use crate::table::Cell;
use crate::table::sensitivity::player_name;

use super::columns::{labelled, wrapped};
use super::goal::{capital, input_name, target_words};
use super::number::{input_value, paths};
use super::text::{NamedCells, Text};
use names::cell;
pub use names::{player_words, variance_words};
use shares::{left_out, shares_finding};
pub use shares::{share_texts, shares_words};
pub use tornado::tornado_words;
use tornado::{luck_finding, tornado_finding, tornado_row};

/// Inputs that are held fixed and named one by one.
const MOST_HELD: usize = 12;

/// The finding of each target in a sentence or two.
#[must_use]
pub fn sensitivity_finding(found: &Sensitive) -> Vec<Text> {
    sensitivity_finding_beside(found, &mut Vec::new())
}

/// The finding of each target beside others, in which the share of luck of each variance is told once: `told` names those that
/// were told before, and takes up what is told here.
#[must_use]
pub fn sensitivity_finding_beside(found: &Sensitive, told: &mut Vec<String>) -> Vec<Text> {
    let mut sentences = Vec::new();
    for (target, answer) in found.targets.iter().zip(&found.answers) {
        let of = variance_words(found, target).text();
        let fresh = !told.contains(&of);
        let (own, luck) = match answer {
            Answered::Tornado(it) => (tornado_finding(found, target, it), luck_finding(found, target, it)),
            Answered::Shares(it) => (shares_finding(found, target, it, fresh), None),
        };
        let tells = fresh && (luck.is_some() || matches!(answer, Answered::Shares(_)));
        sentences.extend(std::iter::once(own).chain(luck.filter(|_| fresh)));
        told.extend(Some(of).filter(|_| tells));
    }
    sentences
}

/// The variance that a run divides into layers of chance, as sensitivities name it.
#[must_use]
pub fn variance_of_run(scenario: &Scenario) -> String {
    let name = super::goal::metric_name(scenario, Metric::Ratio, Subject::Gap);
    format!("the log of {name} in {}", scenario.horizon())
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
            let row = |(player, (own, all)): (&Player, (Text, Option<Text>))| {
                (capital(&player_words(found, player)), std::iter::once(own).chain(all).collect())
            };
            let texts = share_texts(found, target, it);
            let sobol = found.method == SensitivityMethod::Sobol;
            let head = if sobol { "share of the variance|alone|with the others" } else { "share of the variance|part" };
            (head.to_owned(), it.players.iter().zip(texts).map(row).collect())
        }
    })
    .collect()
}

/// What the answer rests on.
#[must_use]
pub fn sensitivity_basis(found: &Sensitive) -> Vec<Text> {
    let mut sentences: Vec<Text> = Vec::new();
    let names = |all: &[String]| all.iter().map(|it| input_name(&found.scenario, it)).collect::<Vec<_>>().join("; ");
    let several = found.targets.len() > 1;
    for (target, answer) in found.targets.iter().zip(&found.answers) {
        let it = match answer {
            Answered::Tornado(it) => it,
            Answered::Shares(it) => {
                sentences.extend(left_out(found, target, it));
                continue;
            }
        };
        if it.undefined > 0 {
            let of = variance_words(found, target);
            let words = " is no finite number, so it has no variance, and no share of luck is told.";
            sentences.push(Text::from("On some paths ") + of + words);
        }
        let turning: Vec<String> =
            it.swings.iter().filter(|it| !it.is_monotone()).map(|it| it.varied.address.clone()).collect();
        if !turning.is_empty() {
            let of = if several { Text::own(format!("{} does", capital(&target.text))) } else { "Does".into() };
            sentences.push(of + format!(" not only rise or fall along its input: {}.", names(&turning)));
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
        let rest = if found.held.len() > MOST_HELD { ", and others that sensitivity.csv lists" } else { "" };
        let first = names(&found.held[..found.held.len().min(MOST_HELD)]);
        sentences.push(
            format!("Held fixed, as certain and without a range: {first}{rest}. --also gives one a range.").into(),
        );
    }
    sentences.extend(ranges(found));
    if has_events(found) {
        let words = "By layer, whether and when events and jumps come is a part of its own; by input it is luck.";
        sentences.push(words.into());
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

/// The ranges that were given to certain inputs.
fn ranges(found: &Sensitive) -> Option<Text> {
    let said = |it: &Varied| {
        let [low, high] = [it.range.0, it.range.1].map(|value| {
            let (value, unit) = it.in_unit(&found.scenario, value);
            input_value(value, unit)
        });
        Text::own(format!("{} from {low} to {high}", input_name(&found.scenario, &it.address)))
    };
    let all: Vec<Text> = found.ranged.iter().map(said).collect();
    (!all.is_empty())
        .then(|| Text::from("Given a range, and as likely anywhere in it: ") + Text::joined(all, "; ") + ".")
}

/// Whether events are a part of their own, which are luck where inputs are asked for.
fn has_events(found: &Sensitive) -> bool {
    let events = |it: &Player| it.layer == Some(crate::engine::Layer::Events);
    found.answers.iter().any(|answer| matches!(answer, Answered::Shares(it) if it.players.iter().any(events)))
}

/// Whether a row is of several inputs.
fn stand_together(found: &Sensitive) -> bool {
    let several = |it: &Player| it.addresses.len() > 1 && it.layer.is_none();
    found.answers.iter().any(|answer| matches!(answer, Answered::Shares(it) if it.players.iter().any(several)))
}

/// What a table is about: the target, or the value of a path whose variance is divided.
#[must_use]
pub fn target_head(found: &Sensitive, target: &Target) -> String {
    match found.method {
        SensitivityMethod::Tornado => capital(&target.text),
        SensitivityMethod::Sobol | SensitivityMethod::Shapley => capital(&variance_words(found, target).text()),
    }
}

/// The story on the terminal, with what was written where and what to do next.
#[must_use]
pub fn sensitivity_story(found: &Sensitive, closing: &[String]) -> String {
    let mut story = wrapped(&Text::joined(sensitivity_finding(found), " ").text());
    for (target, (head, rows)) in found.targets.iter().zip(sensitivity_tables(found)) {
        if rows.is_empty() {
            continue;
        }
        story += &format!("\n{}\n", target_head(found, target));
        story += &labelled(&head, rows);
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

/// Where the numbers of a player stand.
#[must_use]
pub fn player_cell(target: &Target, player: &Player) -> Cell {
    cell(target, &player_name(player), &[])
}
