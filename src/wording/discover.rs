//! What futures have in common, in words: the rule, how much of them it covers, how surely, and how much is luck.

use crate::study::{Discovered, RESAMPLES, Restriction, RuleInput};
use crate::summary::Sampled;
use crate::table::Cell;
use crate::table::discover::condition;

use super::cited::Cited;
use super::columns::{columns, wrapped};
use super::goal::{capital, input_name, target_words};
use super::number::paths;
use super::text::Text;

/// Share of luck from which there is little to discover, so that it is said first.
const MOSTLY_LUCK: f64 = 0.8;

/// A quasi-p value above which a limit may be chance.
const CHANCE: f64 = 0.05;

/// Most inputs that a list names.
const MOST_NAMES: usize = 6;

/// A cell of `discover.csv`.
fn asked_cell(found: &Discovered, column: &str) -> Cell {
    Cell::new("discover.csv", &[("condition", condition(found))], &[column])
}

/// A cell of the shown box in `trajectory.csv`.
fn box_cell(found: &Discovered, column: &str) -> Cell {
    Cell::new("trajectory.csv", &[("box", &found.shown.to_string())], &[column])
}

/// A cell of the shown box's limits on an input in `boxes.csv`.
fn limit_cell(found: &Discovered, input: &RuleInput, column: &str) -> Cell {
    Cell::new("boxes.csv", &[("box", &found.shown.to_string()), ("input", &input.address)], &[column])
}

/// The condition as a sentence says it: `the US/China ratio in 2030 is below half of 2023`.
#[must_use]
pub fn discovered_condition(found: &Discovered) -> Text {
    target_words(&found.scenario, &found.target.asked).without_start("the chance that ")
}

/// An input of a rule as readers know it.
#[must_use]
pub fn rule_input(found: &Discovered, input: &RuleInput) -> String {
    let scenario = &found.scenario;
    match input.sampled {
        Sampled::Assumption(_) => input_name(scenario, &input.address),
        Sampled::Event(place) => super::short_title(scenario.events()[place].name()),
        Sampled::Jump(place) => super::short_title(scenario.jumps()[place].name()),
        Sampled::Regime { chain, state } => match regime(found, chain, state) {
            (state, Some(region)) => format!("regime {state} in {region}"),
            (state, None) => format!("regime {state}"),
        },
    }
}

/// A state of a chain, and the region that the chain is of, if each region has its own.
fn regime(found: &Discovered, chain: usize, state: usize) -> (String, Option<String>) {
    let Some(regimes) = found.scenario.regimes() else { return (String::new(), None) };
    let own = (!regimes.shared()).then(|| super::short_name(found.scenario.regions()[chain].name()));
    (regimes.chain().states[state].replace('-', " "), own)
}

/// A limit with what its unit says behind it: `12% a year`.
fn value(found: &Discovered, input: &RuleInput, limit: f64, column: &str) -> Text {
    let behind = match input.unit.as_str() {
        "share a year" => " a year",
        "years" if limit == 1.0 => " year",
        "years" => " years",
        "deals" => " deals",
        _ => "",
    };
    Text::from(Cited::new(limit, limit_cell(found, input, column)).limit_value(&input.unit)) + behind
}

/// Whether a limit on the year of an event lies behind the last year in which it can come, so that it tells only whether it does.
fn is_behind(found: &Discovered, event: usize, limit: f64) -> bool {
    let event = &found.scenario.events()[event];
    let last = found.scenario.assumptions()[event.year()].law().quantile(0.9999);
    event.yearly_chance().is_none() && limit >= last
}

/// The last year in which an event can come; `None` of what is no event.
#[must_use]
pub fn last_year(found: &Discovered, input: &RuleInput) -> Option<f64> {
    let Sampled::Event(place) = input.sampled else { return None };
    let (event, horizon) = (&found.scenario.events()[place], f64::from(found.scenario.horizon()));
    let last = found.scenario.assumptions()[event.year()].law().quantile(0.9999).round();
    Some(if event.yearly_chance().is_some() { horizon } else { last.min(horizon) })
}

/// What a rule says of one input: `China deal size growth is assumed to be above 12% a year`.
fn restriction_words(found: &Discovered, it: &Restriction) -> Text {
    let input = &found.inputs[it.input];
    let [low, high] = it.limits;
    let said = |limit: f64, upper: bool| value(found, input, limit, if upper { "high" } else { "low" });
    let subject = Text::own(rule_input(found, input));
    let never = f64::from(found.scenario.horizon() + 1);
    match (input.sampled, low, high) {
        (Sampled::Assumption(_), Some(low), None) => subject + " is assumed to be above " + said(low, false),
        (Sampled::Assumption(_), None, Some(high)) => subject + " is assumed to be below " + said(high, true),
        (Sampled::Assumption(_), Some(low), Some(high)) => {
            subject + " is assumed to be between " + said(low, false) + " and " + said(high, true)
        }
        (Sampled::Event(place), Some(low), high)
            if low >= never || (high.is_none() && is_behind(found, place, low)) =>
        {
            subject + " does not come by " + Text::own(found.scenario.horizon().to_string())
        }
        (Sampled::Event(_), Some(low), Some(high)) if high < never => {
            subject + " comes between " + said(low, false) + " and " + said(high, true)
        }
        (Sampled::Event(_), Some(low), _) => subject + " does not come before " + said(low, false),
        (Sampled::Event(place), None, Some(high)) if is_behind(found, place, high) => subject + " comes at all",
        (Sampled::Event(_), None, Some(high)) => subject + " comes by " + said(high, true),
        (Sampled::Jump(_), None, Some(0.0)) => subject + " never strikes",
        (Sampled::Jump(_), low, high) => subject + " strikes in " + how_many(found, input, [low, high]),
        (Sampled::Regime { chain, state }, low, high) => {
            let (state, region) = regime(found, chain, state);
            let of = region.map_or_else(String::new, |region| format!(" in {region}"));
            Text::own(format!("the regime{of} is {state} for ")) + how_many(found, input, [low, high])
        }
        (_, None, None) => subject + " is anything",
    }
}

/// `at least 3 years`, `at most 1 year`, `2 to 4 years`.
fn how_many(found: &Discovered, input: &RuleInput, limits: [Option<f64>; 2]) -> Text {
    match limits {
        [Some(low), None] => Text::from("at least ") + value(found, input, low, "low"),
        [None, Some(high)] => Text::from("at most ") + value(found, input, high, "high"),
        [Some(low), Some(high)] => {
            let low = Cited::new(low, limit_cell(found, input, "low")).limit_value(&input.unit);
            Text::from(low) + " to " + value(found, input, high, "high")
        }
        [None, None] => "any number of years".into(),
    }
}

/// The whole rule of the shown box: what it says of each input, joined.
fn rule_words(found: &Discovered) -> Text {
    let all: Vec<Text> = found.shown_box().rule.iter().map(|it| restriction_words(found, it)).collect();
    match all.split_last() {
        None => Text::from("nothing is limited"),
        Some((last, [])) => last.clone(),
        Some((last, before)) => Text::joined(before.to_vec(), ", ") + " and " + last.clone(),
    }
}

/// `9 of 10`: in how many resamples.
fn of_resamples(found: &Discovered, count: u32, cell: Cell) -> Text {
    let all = Cited::new(f64::from(RESAMPLES), asked_cell(found, "resamples"));
    Text::from(Cited::new(f64::from(count), cell).whole_number()) + " of " + all.whole_number()
}

/// The finding in a few sentences: luck first where it leaves little to discover, then the rule, then what it is worth.
#[must_use]
pub fn discover_finding(found: &Discovered) -> Vec<Text> {
    let it = found.shown_box();
    let struck = it.rule.iter().any(|it| !matches!(found.inputs[it.input].sampled, Sampled::Assumption(_)));
    let luck = (found.luck >= MOSTLY_LUCK).then(|| {
        let share = Cited::new(found.luck, asked_cell(found, "luck")).percent();
        let first = match struck {
            true => "Assumptions decide little of this; events and shocks tell more. With every assumption known, ",
            false => "Luck decides most of this, so there is little to discover: with every assumption known, ",
        };
        Text::from(first) + share + " of the variance of whether " + discovered_condition(found) + " would be left."
    });
    let share = |value: f64, column: &str| Cited::new(value, box_cell(found, column)).percent();
    if it.rule.is_empty() {
        let base = base_rate(found);
        // The first box holds all futures, even where others have a rule.
        let none = if found.chosen == found.shown {
            Text::from("No rule: nothing that is sampled goes with the futures where ")
                + discovered_condition(found)
                + ". "
        } else {
            Text::from("This box holds all futures and has no rule. ")
        };
        let none = none + "The chance is " + base + ".";
        return luck.into_iter().chain([none]).collect();
    }
    // Where each limit alone may be chance, the rule is not worth a headline.
    let doubtful = is_doubtful(found).then(|| {
        Text::from(match it.rule.len() {
            1 => "No rule is surely more than chance; the limit of the best one may be.",
            _ => "No rule is surely more than chance; each limit of the best one may be.",
        })
    });
    let rule = Text::from("In ")
        + share(it.held_out.coverage(), "coverage")
        + " of the futures where "
        + discovered_condition(found)
        + ", "
        + rule_words(found)
        + "; in all futures, "
        + share(it.held_out.mass(), "mass")
        + ".";
    let again = of_resamples(found, it.reproduced, box_cell(found, "rule_reproduced"));
    let worth = Text::from(if it.rule.len() == 1 {
        "Where it is so, the chance is "
    } else {
        "Where all of this is so, the chance is "
    }) + share(it.held_out.density(), "density")
        + " instead of "
        + base_rate(found)
        + "; in "
        + again
        + " resamples the rule comes out the same.";
    luck.into_iter().chain(doubtful).chain([rule, worth]).collect()
}

/// How likely the condition is on all paths that were looked at, as a run of the scenario has it too.
fn base_rate(found: &Discovered) -> Text {
    Cited::new(found.looked_at.density(), asked_cell(found, "share_of_cases")).percent().into()
}

/// Whether a limit may be chance.
fn may_be_chance(it: &Restriction) -> bool {
    it.quasi_p.iter().flatten().any(|p| *p > CHANCE)
}

/// Whether the shown rule has limits, each of which may be chance.
fn is_doubtful(found: &Discovered) -> bool {
    let rule = &found.shown_box().rule;
    !rule.is_empty() && rule.iter().all(may_be_chance)
}

/// The rule as a table: its head, parted by bars, and a row for each input.
#[must_use]
pub fn discover_table(found: &Discovered) -> (String, Vec<(String, Vec<Text>)>) {
    let row = |it: &Restriction| {
        let input = &found.inputs[it.input];
        let end = |upper: bool| {
            let column = if upper { "high" } else { "low" };
            // A year behind the last one in which it can come is a limit of the draws and none of the calendar.
            if let (Sampled::Event(place), Some(limit)) = (input.sampled, it.limits[usize::from(upper)])
                && is_behind(found, place, limit)
            {
                return Text::from(if upper { "comes" } else { "never" });
            }
            it.limits[usize::from(upper)].map_or("–".into(), |limit| value(found, input, limit, column))
        };
        let chance = |upper: bool| {
            let column = if upper { "qp_high" } else { "qp_low" };
            it.quasi_p[usize::from(upper)]
                .map(|p| (p, Text::from(Cited::new(p, limit_cell(found, input, column)).percent())))
        };
        let worst = [chance(false), chance(true)].into_iter().flatten().max_by(|a, b| a.0.total_cmp(&b.0));
        let again = of_resamples(found, it.reproduced, limit_cell(found, input, "reproduced"));
        (capital(&rule_input(found, input)), vec![end(false), end(true), worst.map_or("–".into(), |it| it.1), again])
    };
    ("the rule|from|to|if chance|resamples".to_owned(), found.shown_box().rule.iter().map(row).collect())
}

/// What the answer rests on.
#[must_use]
pub fn discover_basis(found: &Discovered) -> Vec<Text> {
    let mut sentences: Vec<Text> =
        vec!["This is of assumptions and not of causes: what such futures share need not bring them about.".into()];
    let it = found.shown_box();
    let names = |all: Vec<&RuleInput>| {
        let names: Vec<String> = all.iter().map(|input| rule_input(found, input)).collect();
        match names.len() {
            many if many > MOST_NAMES => format!("{}; and others", names[..MOST_NAMES].join("; ")),
            _ => names.join("; "),
        }
    };
    let doubtful: Vec<&RuleInput> =
        it.rule.iter().filter(|it| may_be_chance(it)).map(|it| &found.inputs[it.input]).collect();
    if !doubtful.is_empty() {
        sentences.push(Text::from("May be chance: ") + Text::own(names(doubtful)) + ".");
    }
    let free = (0..found.inputs.len()).filter(|place| it.rule.iter().all(|it| it.input != *place));
    let free: Vec<&RuleInput> = free.map(|place| &found.inputs[place]).collect();
    if !free.is_empty() {
        sentences.push(Text::from("Not in the rule: ") + Text::own(names(free)) + ".");
    }
    if found.shown != found.chosen {
        let cited = |place: usize, column: &str| Cited::new(place as f64, asked_cell(found, column)).whole_number();
        sentences.push(
            Text::from("This is box ")
                + cited(found.shown, "shown_box")
                + ", as asked; worth most for its number of inputs is box "
                + cited(found.chosen, "chosen_box")
                + ".",
        );
    }
    let looked_at = Cited::new(found.looked_at.rows, asked_cell(found, "looked_at")).paths();
    let held_out = Cited::new(it.held_out.total.rows, asked_cell(found, "held_out")).paths();
    let first = if found.looked_at.rows < found.settings.paths { "the first " } else { "" };
    sentences.push(
        Text::from(format!("Looked for on {first}"))
            + looked_at
            + ", half of whose draws were held out; all shares are those of the "
            + held_out
            + " held out, which the rule has not seen. “If chance” is how often so many cases would fall within a limit that does \
               nothing.",
    );
    sentences
}

/// The story on the terminal, with what was written where and what to do next.
#[must_use]
pub fn discover_story(found: &Discovered, closing: &[String]) -> String {
    let mut story = wrapped(&Text::joined(discover_finding(found), " ").text());
    let (head, rows) = discover_table(found);
    if !rows.is_empty() {
        let rows: Vec<Vec<String>> = rows
            .into_iter()
            .map(|(name, cells)| std::iter::once(name).chain(cells.iter().map(Text::text)).collect())
            .collect();
        story += &format!("\n{}", columns(&head, &rows));
    }
    story.push('\n');
    discover_basis(found).iter().for_each(|words| story += &wrapped(&words.text()));
    story += &wrapped(&format!("Stated assumptions, not a forecast: {}.", paths(found.settings.paths)));
    for line in closing {
        story += line;
        story.push('\n');
    }
    story
}

/// Title of the chart of the box: what it covers, and of how many.
#[must_use]
pub fn box_title(found: &Discovered) -> Text {
    let it = found.shown_box();
    let share = |value: f64, column: &str| Cited::new(value, box_cell(found, column)).percent();
    if it.rule.is_empty() {
        return "No rule tells such futures from others".into();
    }
    if is_doubtful(found) {
        return "No rule tells such futures from others more surely than chance".into();
    }
    let on = if it.rule.len() == 1 { "one input".to_owned() } else { format!("{} inputs", it.rule.len()) };
    Text::own(format!("A rule on {on} holds in "))
        + share(it.held_out.coverage(), "coverage")
        + " of such futures, and in "
        + share(it.held_out.mass(), "mass")
        + " of all"
}

/// Title of the chart of the trajectory: how many are such futures where the shown rule holds, and of all; it is no cause.
#[must_use]
pub fn trajectory_title(found: &Discovered) -> Text {
    let it = found.shown_box();
    let share = |value: f64, column: &str| Cited::new(value, box_cell(found, column)).percent();
    let (base, inside) = (found.looked_at.density(), it.held_out.density());
    if it.rule.is_empty() {
        return Text::from("No rule tells such futures from others: their chance is ") + base_rate(found);
    }
    // What was found on one half of the draws may be worth nothing on the other.
    let more = if inside > base { "instead of " } else { "and no more than " };
    Text::from("Where the rule holds, the chance is ") + share(inside, "density") + " " + more + base_rate(found)
}

/// What a rule takes of one input, for a chart: `above 12%`, `by 2027`.
#[must_use]
pub fn takes(found: &Discovered, it: &Restriction) -> String {
    let input = &found.inputs[it.input];
    let [low, high] = it.limits.map(|limit| limit.map(|limit| super::input_values::limit_value(limit, &input.unit)));
    let behind = |limit: f64| matches!(input.sampled, Sampled::Event(place) if is_behind(found, place, limit));
    let never = it.limits[0].is_some_and(|low| low > f64::from(found.scenario.horizon()) || behind(low));
    match (input.sampled, low, high) {
        (Sampled::Event(_), None, Some(_)) if it.limits[1].is_some_and(behind) => "comes at all".to_owned(),
        (Sampled::Event(_), ..) if never => format!("not by {}", found.scenario.horizon()),
        (Sampled::Event(_), Some(low), None) => format!("{low} or later, or never"),
        (Sampled::Event(_), None, Some(high)) => format!("by {high}"),
        (Sampled::Assumption(_), Some(low), None) => format!("above {low}"),
        (Sampled::Assumption(_), None, Some(high)) => format!("below {high}"),
        (_, Some(low), None) => format!("at least {low} {}", years(it.limits[0])),
        (_, None, Some(high)) => format!("at most {high} {}", years(it.limits[1])),
        (_, Some(low), Some(high)) => format!("{low} to {high}"),
        (_, None, None) => "anything".to_owned(),
    }
}

/// `year` of one, else `years`.
fn years(count: Option<f64>) -> &'static str {
    if count == Some(1.0) { "year" } else { "years" }
}
