//! What a goal would take, in words: the finding, the table of one thing at a time, and what the answer rests on.

mod frontier;
mod row;

use crate::study::{Attained, Need, Sought};

use super::columns::{columns, labelled, wrapped};
use super::goal::{capital, goal_words, input_name, target_words};
use super::number::paths;
use super::text::{NamedCells, Text};
use frontier::{frontier_finding, frontier_ranges};
pub use frontier::{frontier_head, frontier_rows, frontier_title};
use row::Row;

/// Title of the chart along one input: the value it would have to have, or that none within the range does.
#[must_use]
pub fn seek_title(sought: &Sought, need: &Need) -> Text {
    let row = Row { sought, need };
    let own = |words: String| Text::own(words);
    match (&need.needed, need.attained) {
        (Some(needed), Attained::Already) => {
            Text::from("The goal is met; ") + own(row.name()) + " may go to " + row.value(needed.value, "needed")
        }
        (Some(needed), _) => own(capital(&row.name())) + " would have to be " + row.needed(needed),
        (None, Attained::Everywhere) => Text::from("The goal is met at every value of ") + own(row.name()),
        (None, Attained::NoEffect) => own(capital(&row.name())) + " does not move it",
        (None, _) => {
            let best = row.best();
            own(capital(&row.name())) + " alone does not get there; the best is " + best
        }
    }
}

/// Title of the chart of every input alone: how many can do it, and the likeliest; that none can; or that it is done.
#[must_use]
pub fn alone_title(sought: &Sought) -> Text {
    let row = |need| Row { sought, need };
    let mut needs = sought.needs.iter();
    if sought.met {
        let tips = needs.find(|need| need.attained == Attained::Already);
        return match tips.and_then(|need| Some((need, need.needed.as_ref()?))) {
            Some((need, needed)) => {
                let than = if needed.above { " is at least " } else { " is at most " };
                Text::from("The goal is met, as long as ")
                    + Text::own(row(need).name())
                    + than
                    + row(need).value(needed.value, "needed")
            }
            None => "The goal is met, and no input alone undoes it".into(),
        };
    }
    let able: Vec<&Need> = sought.needs.iter().filter(|need| need.attained == Attained::Yes).collect();
    let nearest = needs.find(|need| need.attained == Attained::Nowhere);
    match (able.first(), nearest) {
        (Some(need), _) if need.chance.is_some() => {
            // With the values of both there would be no room for the names.
            if let [other] = as_likely(sought, need)[..] {
                let names = row(need).name() + " or " + &row(other).name();
                return Text::from("The likeliest ways there by one input: ") + Text::own(names);
            }
            Text::from("The likeliest way there by one input: ") + Text::own(row(need).name())
        }
        (Some(_), _) => "No uncertain assumption gets there alone".into(),
        (None, Some(need)) => {
            Text::from("No single assumption gets there within its range: ")
                + Text::own(row(need).name())
                + " reaches "
                + row(need).best()
        }
        (None, None) => "Nothing moves it".into(),
    }
}

/// The finding in two sentences.
#[must_use]
pub fn seek_finding(sought: &Sought) -> Vec<Text> {
    let Sought { scenario, goal, .. } = sought;
    let row = |need| Row { sought, need };
    let mut sentences = Vec::new();
    let Some(first) = sought.needs.first() else {
        return frontier_finding(sought);
    };
    let asked = target_words(scenario, &goal.target.asked);
    let now = row(first).target(sought.today.value, "target_now");
    sentences.push(Text::from("As the scenario stands, ") + asked + " is " + now + ".");
    if sought.met {
        let already = Text::from("The goal, to ") + goal_words(scenario, goal) + ", is met already.";
        sentences.push(already);
    }
    if let [_] = sought.named.as_slice() {
        let to = Text::from("To ") + goal_words(scenario, goal) + ": ";
        let sentence = row(first).sentence();
        sentences.push(match (sought.met, first.attained) {
            (false, _) => to + sentence,
            // The scenario's own value lies outside the range that was asked for.
            (true, Attained::Nowhere) => Text::from("But it is ") + sentence,
            (true, _) => sentence,
        });
        return sentences;
    }
    if sought.met {
        return sentences;
    }
    sentences.push(alone(sought));
    sentences
}

/// Other inputs whose needed value is given a chance that reads like that of the likeliest.
fn as_likely<'a>(sought: &'a Sought, likeliest: &Need) -> Vec<&'a Need> {
    let said = |need: &Need| Row { sought, need }.chance().map(|it| it.text());
    let others = sought.needs.iter().filter(|need| need.attained == Attained::Yes && need.varied != likeliest.varied);
    others.filter(|need| need.chance.is_some() && said(need) == said(likeliest)).collect()
}

/// The sentence on every input alone: what the likeliest would have to be, or that none suffices and the best there is.
fn alone(sought: &Sought) -> Text {
    let row = |need| Row { sought, need };
    let to = Text::from("To ") + goal_words(&sought.scenario, &sought.goal);
    let able = |need: &&Need| need.attained == Attained::Yes;
    let likeliest = sought.needs.iter().filter(able).find(|need| need.chance.is_some());
    if let Some(need) = likeliest {
        let others = as_likely(sought, need).into_iter().map(|need| {
            let needed = need.needed.as_ref().map_or_else(Text::default, |it| row(need).needed(it));
            Text::own(row(need).name()) + " of " + needed
        });
        let others = Text::joined(others, ", or ");
        let alike = if others.pieces().is_empty() { others } else { Text::from(" As likely: ") + others + "." };
        return to + ", " + row(need).sentence() + alike;
    }
    if let Some(need) = sought.needs.iter().find(able) {
        return to + ", no uncertain assumption suffices alone. " + row(need).sentence();
    }
    let Some(need) = sought.needs.iter().find(|need| need.attained == Attained::Nowhere) else {
        return to + ", no assumption of the scenario moves it.";
    };
    let certain = sought.scenario.assumptions()[need.varied.id].law().is_fixed();
    let best = if certain { "the best" } else { "the best of the uncertain ones" };
    let within = if certain { "" } else { " between its first and last percentile" };
    to + format!(", no single assumption suffices{within}: {best}, ")
        + Text::own(row(need).name())
        + " at "
        + row(need).value(need.best.0, "best_value")
        + ", brings it to "
        + row(need).best()
        + "."
}

/// Rows of the table of one thing at a time: heading of each part, and its rows of name and cells.
#[must_use]
pub fn one_thing_at_a_time(sought: &Sought) -> Vec<(String, Vec<NamedCells>)> {
    let row = |need| Row { sought, need };
    let of = |wanted: &dyn Fn(&Need) -> bool, cells: &dyn Fn(&Row) -> Vec<Text>| -> Vec<NamedCells> {
        sought.needs.iter().filter(|need| wanted(need)).map(|need| (row(need).name(), cells(&row(need)))).collect()
    };
    let able = |need: &Need| need.needed.is_some();
    let certain = |need: &Need| {
        sought.scenario.assumptions()[need.varied.id].law().is_fixed() || need.varied.is_lever(&sought.scenario)
    };
    let nowhere = |need: &Need| !able(need) && need.attained == Attained::Nowhere;
    let needed = |row: &Row| row.need.needed.as_ref().map_or_else(Text::default, |it| row.needed(it));
    let best = |row: &Row| {
        let need = row.need;
        vec![row.best(), row.value(need.best.0, "best_value"), row.own()]
    };
    let [alone, certain_or_decided] = if sought.met {
        ["one thing at a time|stays met at|chance|now", "held certain, or a decision|stays met at|now"]
    } else {
        ["one thing at a time|would have to be|chance|now", "held certain, or a decision|would have to be|now"]
    };
    let parts = [
        (
            alone,
            of(&|need| able(need) && !certain(need), &|row| {
                vec![needed(row), row.chance().unwrap_or_default(), row.own()]
            }),
        ),
        (certain_or_decided, of(&|need| able(need) && certain(need), &|row| vec![needed(row), row.own()])),
        ("not enough alone, within its range|best|at|now", of(&|need| nowhere(need) && !certain(need), &best)),
        ("certain or decided, not enough alone|best|at|now", of(&|need| nowhere(need) && certain(need), &best)),
    ];
    parts.into_iter().map(|(head, rows)| (head.to_owned(), rows)).filter(|(_, rows)| !rows.is_empty()).collect()
}

/// Between which values an answer was looked for.
fn looked_over(sought: &Sought) -> Option<Text> {
    if let ([_], [need]) = (sought.named.as_slice(), sought.needs.as_slice()) {
        // A sentence that no value suffices, or that every one does, says between which.
        need.needed.as_ref()?;
        let row = Row { sought, need };
        let ends = [(need.varied.range.0, "range_low"), (need.varied.range.1, "range_high")];
        let [low, high] = ends.map(|(value, column)| row.value(value, column));
        return Some(Text::from("It was looked for from ") + low + " to " + high + ".");
    }
    if !sought.named.is_empty() {
        return frontier_ranges(sought);
    }
    let certain = |need: &Need| sought.scenario.assumptions()[need.varied.id].law().is_fixed();
    let words = match (sought.needs.iter().any(certain), sought.needs.iter().all(certain)) {
        (true, true) => "Each input was tried over all that it can be.",
        (true, false) => {
            "Each uncertain input was tried from its first to its last percentile, each certain one over all that it can be."
        }
        (false, _) => "Each input was tried from its first to its last percentile.",
    };
    (!sought.needs.is_empty()).then(|| words.into())
}

/// What the answer rests on.
#[must_use]
pub fn seek_basis(sought: &Sought) -> Vec<Text> {
    let mut sentences = Vec::new();
    if let ([need], true) = (sought.needs.as_slice(), sought.named.len() == 1) {
        sentences.extend(need.needed.as_ref().map(|needed| Row { sought, need }.certificate(needed)));
    }
    let all = |attained: Attained| {
        let names = sought.needs.iter().filter(|need| sought.named.is_empty() && need.attained == attained);
        let names: Vec<String> = names.map(|need| input_name(&sought.scenario, &need.varied.address)).collect();
        (!names.is_empty()).then(|| names.join("; "))
    };
    sentences.extend(all(Attained::Everywhere).map(|names| format!("Met at every value of: {names}.").into()));
    sentences.extend(all(Attained::NoEffect).map(|names| format!("No effect: {names}.").into()));
    sentences.extend(looked_over(sought));
    let moved = sought.needs.iter().chain(sought.frontier.iter().map(|(_, need)| need)).any(|need| !need.varied.fixed);
    let still = sought.needs.iter().any(|need| need.varied.fixed && need.attained != Attained::NoEffect);
    let parts = sought.named.iter().any(crate::study::Varied::is_part);
    let how = if parts {
        "Each value is a part of the law of its input, whose other part stays; everything else is as assumed, and what is \
         correlated with it is not moved along."
    } else if moved && still {
        "Each value is the median of its input, whose spread stays, or what a certain input is held at; everything else is as \
         assumed, and what is correlated with it is not moved along."
    } else if moved {
        "Each value is the median of its input, whose spread stays; everything else is as assumed, and what is correlated \
         with it is not moved along."
    } else {
        "The input is held certain at each value; everything else is as assumed."
    };
    sentences.push(how.into());
    sentences
}

/// The story on the terminal, with what was written where and what to do next.
#[must_use]
pub fn seek_story(sought: &Sought, closing: &[String]) -> String {
    let mut story = wrapped(&Text::joined(seek_finding(sought), " ").text());
    story.push('\n');
    if sought.named.is_empty() {
        for (head, rows) in one_thing_at_a_time(sought) {
            story += &labelled(&head, rows);
            story.push('\n');
        }
    }
    if !sought.frontier.is_empty() {
        story += &columns(&frontier_head(sought).join("|"), &frontier_rows(sought));
        story.push('\n');
    }
    seek_basis(sought).iter().for_each(|words| story += &wrapped(&words.text()));
    story += &wrapped(&format!(
        "Stated assumptions, not a forecast. All candidates on the same luck, {}.",
        paths(sought.settings.paths)
    ));
    for line in closing {
        story += line;
        story.push('\n');
    }
    story
}
