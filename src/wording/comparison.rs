//! A comparison in sentences: which inputs differ, what they change on the same luck, and the table of its scenarios.

use std::collections::BTreeSet;

use crate::metric::{Metric, Question};
use crate::scenario::{Scenario, short_title};
use crate::study::{Compared, Comparison, Side};
use crate::summary::LEVELS;
use crate::table::Cell;

use super::cited::Cited;
use super::differing::{input_words, inputs_in_brief};
use super::event_words::When;
use super::goal::input_name;
use super::lookup::{Lookup, of_gap};
use super::money_unit::MoneyUnit;
use super::number::percent;
use super::outliers::outliers;
use super::paired::{Pair, effect_sentence, effect_title, gap_sentence, other_luck};
use super::text::Text;

/// Most inputs named for a what-if, and most parts of its effect.
pub(super) const MOST_NAMED: usize = 6;

/// Why the changes of a table and of the sentences above it are not differences of its medians.
pub const MEDIANS: &str = "“On the same path” is what-if over baseline path by path: its median, and the range of 80% of paths. \
    So is the change of the gap in the sentences above. The scenarios’ own medians lie on different paths, and their difference or \
    quotient is another number; so is the change of the mean gap, which a few paths with very large gaps decide.";

/// Head and labelled rows of a table.
pub type Rows = (Vec<String>, Vec<(String, Vec<Text>)>);

/// The folder of a scenario's own tables beside those of the comparison.
#[must_use]
pub fn folder_of(scenario: &Scenario) -> String {
    format!("{}/", scenario.name())
}

/// What two scenarios do not have in common, in sentences.
fn notes(it: &Compared, base: &Scenario) -> Vec<String> {
    let what_if = &it.side.scenario;
    let mut notes = Vec::new();
    for it in base.apart(what_if) {
        let (ours, theirs) = (&it.base, &it.what_if);
        match it.what {
            "horizon" => {
                let common = base.horizon().min(what_if.horizon());
                notes.push(format!("It runs to {theirs}, the baseline to {ours}: compared to {common}."));
            }
            "data" => notes.push(format!("Its figures are {theirs}, the baseline’s {ours}.")),
            "figures" => notes.push(format!("It starts from other figures: {theirs} (the baseline: {ours}).")),
            "source" => notes.push(format!("Its source is {theirs}, the baseline’s {ours}.")),
            _ => {
                for (who, regions) in [("the baseline", ours), ("the what-if", theirs)] {
                    if !regions.is_empty() {
                        notes.push(format!("Only {who} has {regions}, which is not compared."));
                    }
                }
            }
        }
    }
    let gap = of_gap(Metric::Gap);
    if gap.unit(base) != gap.unit(what_if) {
        notes.push(format!(
            "Its amounts are in {}, the baseline’s in {}: only ratios, shares and numbers of deals are compared; give \
             --currency or --real to bring both into the same money.",
            gap.unit(what_if),
            gap.unit(base)
        ));
    }
    notes
}

fn noted(it: &Compared, base: &Scenario) -> Text {
    notes(it, base).into_iter().fold(Text::default(), |all, note| all + " " + Text::own(note))
}

/// What a sentence about differing inputs calls one: events by name, the rest by the address that sets it.
fn called(it: &Compared, base: &Scenario, address: &str) -> String {
    let named = address.starts_with("events.") || address.starts_with("jumps.");
    if named { format!("“{}”", it.readable(base, address)) } else { address.to_owned() }
}

/// What is said of a what-if whose inputs are all those of the baseline: its figures may still be others.
fn none_changed(it: &Compared, base: &Scenario) -> Text {
    let figures = base.apart(&it.side.scenario).iter().any(|it| it.what == "figures");
    if figures { "changes the figures it starts from and no input" } else { "changes no input" }.into()
}

/// Which inputs differ, with their values: a paragraph for each what-if.
#[must_use]
pub fn inputs(comparison: &Comparison) -> Vec<Text> {
    let base = &comparison.baseline.scenario;
    let sentence = |it: &Compared| {
        let named = it.differences.iter().take(MOST_NAMED);
        let mut changes: Vec<Text> =
            named.map(|difference| input_words(difference, &called(it, base, &difference.address))).collect();
        if it.differences.len() > MOST_NAMED {
            changes.push(Text::own(format!("and {} more (inputs_diff.csv)", it.differences.len() - MOST_NAMED)));
        }
        let changes = if changes.is_empty() { none_changed(it, base) } else { Text::joined(changes, "; ") };
        quoted(&it.name) + " " + changes + "." + noted(it, base)
    };
    comparison.what_ifs.iter().map(sentence).collect()
}

/// Which inputs differ by name alone, events with their year and chance, for a page that would be full of them.
#[must_use]
pub fn in_brief(comparison: &Comparison) -> Vec<Text> {
    let base = &comparison.baseline.scenario;
    let name = |it: &Compared, address: &str| {
        let event = it.side.scenario.events().iter().find(|event| event.address() == address);
        // Readers of a page know inputs by name; whoever sets them finds the address in inputs_diff.csv.
        event.map_or_else(
            || {
                let own = called(it, base, address);
                if own == address { it.readable(base, address) } else { own }
            },
            |event| {
                let words = When::of(&it.side.scenario, event).words;
                words.replacen(event.name(), &format!("“{}”", event.name()), 1)
            },
        )
    };
    named(comparison, &name)
}

/// Which inputs differ by name alone, for a terminal.
#[must_use]
pub fn by_name(comparison: &Comparison) -> Vec<Text> {
    let base = &comparison.baseline.scenario;
    named(comparison, &|it, address| called(it, base, address))
}

/// A sentence for each what-if that names its inputs.
fn named(comparison: &Comparison, name: &dyn Fn(&Compared, &str) -> String) -> Vec<Text> {
    let base = &comparison.baseline.scenario;
    let named = |it: &Compared| {
        let names: Vec<String> = it.differences.iter().map(|input| name(it, &input.address)).collect();
        let changes = if names.is_empty() { none_changed(it, base) } else { inputs_in_brief(&it.differences, &names) };
        quoted(&it.name) + " " + changes + "." + noted(it, base)
    };
    comparison.what_ifs.iter().map(named).collect()
}

pub(super) fn quoted(name: &str) -> Text {
    Text::from("“") + Text::own(name) + "”"
}

/// What each what-if does to the ratio and to the gap, a paragraph each.
#[must_use]
pub fn effects(comparison: &Comparison) -> Vec<Text> {
    let (base, year) = (&comparison.baseline.scenario, comparison.horizon());
    let sentences = |it: &Compared| {
        let Some(ratio) = Pair::of(base, it, Metric::Ratio, year) else {
            return quoted(&it.name) + " has no year in common with the baseline.";
        };
        let gap = Pair::of(base, it, Metric::Gap, year);
        let gap = gap.and_then(|pair| gap_sentence(&pair, MoneyUnit::of(base.money())));
        let sentences = [Some(effect_sentence(&ratio)), gap, other_luck(it)];
        Text::joined(sentences.into_iter().flatten(), " ")
    };
    comparison.what_ifs.iter().map(sentences).collect()
}

/// Places of the what-ifs, the one with the largest effect on the ratio first; those far off all others come last.
#[must_use]
pub fn by_size(comparison: &Comparison) -> Vec<usize> {
    let (base, year) = (&comparison.baseline.scenario, comparison.horizon());
    let size = |place: &usize| {
        let row = Pair::of(base, &comparison.what_ifs[*place], Metric::Ratio, year).and_then(|pair| pair.row.ratio);
        row.map(|quantiles| libm::log(quantiles[3]).abs()).filter(|size| size.is_finite()).unwrap_or(-1.0)
    };
    let mut places: Vec<usize> = (0..comparison.what_ifs.len()).collect();
    let beyond = outliers(&places.iter().map(size).collect::<Vec<f64>>());
    places.sort_by(|a, b| beyond[*a].cmp(&beyond[*b]).then(size(b).total_cmp(&size(a))).then(a.cmp(b)));
    places
}

/// What the scenarios share of their luck, for the foot of a chart.
#[must_use]
pub fn luck(comparison: &Comparison) -> String {
    let measured = || comparison.what_ifs.iter().flat_map(|it| &it.luck);
    let other: BTreeSet<&str> = measured().filter(|luck| !luck.same).map(|luck| luck.series.as_str()).collect();
    if measured().next().is_none() {
        // Where no series has shocks under both, there is no luck to share.
        return "Each path is run under both scenarios.".to_owned();
    }
    if other.is_empty() {
        return "Each path is run under both scenarios with the same luck, so luck cancels.".to_owned();
    }
    let base = &comparison.baseline.scenario;
    let named = some_of(other.iter().map(|series| input_name(base, series)).collect(), "series");
    let differ: Vec<&Compared> =
        comparison.what_ifs.iter().filter(|it| it.luck.iter().any(|luck| !luck.same)).collect();
    if differ.len() == comparison.what_ifs.len() {
        return format!(
            "Paths are paired, but the luck of {named} is not the same in both: a part of the spread is chance."
        );
    }
    let who = some_of(differ.iter().map(|it| format!("“{}”", it.name)).collect(), "what-ifs");
    format!("Same luck on each path, but of {named} under {who}, where a part of the spread is chance.")
}

/// The first two names, and how many more there are of what they name.
fn some_of(names: Vec<String>, what: &str) -> String {
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, other, rest @ ..] => format!("{one}, {other} and {} more {what}", rest.len()),
    }
}

/// The largest effect on the ratio, as a title.
#[must_use]
pub fn title(comparison: &Comparison) -> Option<Text> {
    largest(comparison).map(|(title, _)| title)
}

/// The title of the largest effect on the ratio, with the place of its what-if.
#[must_use]
pub fn largest(comparison: &Comparison) -> Option<(Text, usize)> {
    let (base, year) = (&comparison.baseline.scenario, comparison.horizon());
    by_size(comparison).into_iter().find_map(|place| {
        let pair = Pair::of(base, &comparison.what_ifs[place], Metric::Ratio, year)?;
        let is_finite = pair.row.ratio.is_some_and(|quantiles| libm::log(quantiles[3]).is_finite());
        is_finite.then(|| (effect_title(&pair), place))
    })
}

/// Each scenario by itself, then its effect on the same paths.
#[must_use]
pub fn table(comparison: &Comparison) -> Rows {
    let (base, year) = (&comparison.baseline.scenario, comparison.horizon());
    let head = vec![
        format!("{year} ratio (80%)"),
        "on the same path".to_owned(),
        format!("ratio higher than {}", base.base_year()),
        format!("{year} gap (80%)"),
    ];
    let row = |name: String, side: &Side, effect: Option<Text>| {
        let run = Lookup::new(&side.scenario, &side.summary);
        let median = |metric| run.median_and_range(of_gap(metric), year);
        let wider = run.probability_in(Question::WiderAsRatio, year).map(|p| Text::from(p.share()));
        let ratio = median(Metric::Ratio).map(|it| Text::from(it.median_ratio()));
        let gap = median(Metric::Gap).map(|it| Text::from(it.median_money(MoneyUnit::of(side.scenario.money()))));
        let own = |text: Option<Text>, missing: &str| {
            text.map_or_else(|| missing.into(), |text| text.within(&folder_of(&side.scenario)))
        };
        let cells =
            vec![own(ratio, "undefined"), effect.unwrap_or_else(|| "–".into()), own(wider, "–"), own(gap, "undefined")];
        (name, cells)
    };
    let mut rows = vec![row(short_title(base.title()), &comparison.baseline, None)];
    for it in &comparison.what_ifs {
        let effect = Pair::of(base, it, Metric::Ratio, year).and_then(|pair| pair.effect_with_range());
        rows.push(row(it.name.clone(), &it.side, effect));
    }
    (head, rows)
}

/// What pairing is worth: by how much it narrowed the error of the mean gap's change.
#[must_use]
pub fn pairing(comparison: &Comparison) -> Option<Text> {
    let (base, year) = (&comparison.baseline.scenario, comparison.horizon());
    let narrowing = |it| {
        let pair = Pair::of(base, it, Metric::Gap, year)?;
        Some(pair.cited(pair.row.narrowing()?, &["narrowing"]))
    };
    let found: Vec<Cited<f64>> = comparison.what_ifs.iter().filter_map(narrowing).collect();
    let several = if found.len() > 1 { "at least " } else { "" };
    let least = found.into_iter().min_by(|a, b| a.value.total_cmp(&b.value))?;
    (least.value.is_finite() && least.value > 1.05).then(|| {
        let same = "Pairing the paths makes the simulation error of the change of the mean gap ";
        Text::from(same) + several + least.figures() + " times smaller."
    })
}

/// The ratio under the mixture of the scenarios, if weights were given.
#[must_use]
pub fn mixture(comparison: &Comparison) -> Option<Text> {
    let (weights, rows) = comparison.ensemble.as_ref()?;
    let (measure, year) = (of_gap(Metric::Ratio), comparison.horizon());
    let row = rows.iter().find(|row| row.measure == measure && row.year == year)?;
    let (region, of_year) = (measure.region(&comparison.baseline.scenario), year.to_string());
    let key = [("metric", "ratio"), ("region", region.as_str()), ("year", of_year.as_str())];
    let cell = |columns: &[&str]| Cell::new("ensemble.csv", &key, columns);
    let at = |level: f64| {
        let place = LEVELS.iter().position(|known| *known == level)?;
        Some(row.quantiles[place])
    };
    let ratio = Cited::new([at(0.5)?, at(0.1)?, at(0.9)?], cell(&["p50", "p10", "p90"]));
    let weights: Vec<String> = weights.iter().map(|weight| percent(*weight)).collect();
    let choice = row.from_choice.map(|share| {
        let share = if share < 0.005 {
            Text::own("under 1%")
        } else {
            Cited::new(share, cell(&["log_variance_from_choice_of_scenario"])).percent().into()
        };
        Text::from("; ") + share + " of the spread of its log comes from the choice of scenario"
    });
    let mixed = Text::from("Mixed with weights ") + Text::own(weights.join(", ")) + format!(", the {year} ratio is ");
    Some(mixed + ratio.mixed_ratio() + choice.unwrap_or_default() + ".")
}
