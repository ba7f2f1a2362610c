//! The title of a sweep's chart.

use crate::study::Swept;

use super::super::goal::capital;
use super::super::text::Text;
use super::{about, at, is_still, name, tipping};

/// Most words of a title.
const MOST_WORDS: usize = 20;

/// Title of the chart of a target: the value at which it tips, or that it does not.
#[must_use]
pub fn sweep_chart_title(found: &Swept, place: usize) -> Text {
    let target = &found.targets[place];
    let asked = if target.is_share() { "The chance".to_owned() } else { capital(&target.text) };
    if is_still(found, place) {
        let inputs: Vec<String> = (0..found.along.len()).map(|along| name(found, along)).collect();
        let verb = if inputs.len() == 1 { "does" } else { "do" };
        return Text::own(format!("{} {verb} not move it", capital(&inputs.join(" and "))));
    }
    let row = found.told_row(place);
    let with = match (found.along.len(), found.own_row()) {
        (1, _) => String::new(),
        (_, Some(own)) if own == row => String::new(),
        _ => format!(" ({} {})", name(found, 1), at(found, 1, row).1),
    };
    let level = if target.is_share() { "50%".to_owned() } else { format!("the {} level", found.scenario.base_year()) };
    match (tipping(found, place, row), found.level(target)) {
        (Some(tips), Some(_)) => {
            // A title of two inputs has no room for what the unit says.
            let long = tips.text().contains("% to ");
            let tips = if with.is_empty() && !long { tips } else { about(found, place, row, "").unwrap_or(tips) };
            let tips = if long { tips.without_start("about ") } else { tips };
            let at = if tips.text().starts_with("between") { "" } else { "at " };
            let start = Text::own(format!("{asked} crosses {level} with {} {at}", name(found, 0))) + tips;
            // The footer says which row it is, where the title has no room for it.
            let all = format!("{}{with}", start.text());
            let with = if all.split_whitespace().count() > MOST_WORDS { "" } else { with.as_str() };
            start + Text::own(with)
        }
        // Of two inputs no row has it.
        (None, Some(_)) if found.along.len() > 1 => Text::own(format!("{asked} crosses {level} nowhere on the map")),
        (None, Some(_)) => Text::own(format!("{asked} crosses {level} nowhere along {}", name(found, 0))),
        _ => Text::own(format!("{asked} along {}", name(found, 0))),
    }
}
