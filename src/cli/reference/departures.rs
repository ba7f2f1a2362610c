//! The page of events and jumps, from the keys that a scenario takes.

use std::fmt::Write;

use crate::event::Effect;
use crate::scenario::{KeyTable, key_tables};

use super::pages::{code, keys_of, table, titled};

/// A scenario with one of each.
const EXAMPLE: &str = include_str!("events.toml");

/// Tables beside events that change what may happen, in the order of the page.
const MORE: [&str; 9] = [
    "[shocks]",
    "[shocks] law",
    "[regimes]",
    "[REGION.counting]",
    "sizes",
    "[measurement]",
    "source",
    "[[draws]]",
    "[money]",
];

/// Events, what they do, jumps, and what else a scenario may turn on.
pub(super) fn events() -> String {
    let tables = key_tables();
    let find = |name: &str| tables.iter().find(|it| it.name == name).expect("a table of the scenario");
    let mut text = titled("Events, jumps and what they do", "events");
    text += "\nAn event is a dated departure from trend. It happens once (`chance`, or for certain without it) or with a yearly risk \
             (`chance-per-year`), and does one of these:\n\n";
    let is_effect = |word: &str| Effect::<()>::NAMES.contains(&word);
    let (does, beside): (Vec<_>, Vec<_>) = find("effect").keys.iter().partition(|key| is_effect(key.word));
    let rows = does.iter().map(|key| [code(&key.example), key.about.to_owned()]);
    text += &table(["written", "means"], rows);
    text += "Beside them may stand:\n\n";
    text += &keys_of("effect", beside);
    text += "Events act beside the growth model and are not fed back into it. Several on one series multiply; then floors hold, then \
             caps; money is added last. Each number may be uncertain.\n\n";
    for (title, name) in [("Keys of an event", "[[events]]"), ("Jumps", "[[jumps]]")] {
        let found = find(name);
        let _ = writeln!(text, "## {title}\n\n{} Each begins with `{name}`.\n", found.about);
        text += &keys_of(name, found.keys.iter());
    }
    let _ = writeln!(
        text,
        "## One of each\n\n```toml file=events.toml\n{EXAMPLE}```\n\n```sh\naigap check events.toml\naigap simulate events.toml\n```\n"
    );
    text + "## What else a scenario may turn on\n\nEach part is off unless it is named. [Keys of a scenario](keys.md) lists all keys of \
            each.\n\n"
        + table(["table", "what it is", "for example"], MORE.into_iter().map(|name| row(find(name)))).trim_end()
        + "\n"
}

/// A table of the scenario with the example of its first key.
fn row(found: &KeyTable) -> [String; 3] {
    let first = found.keys.first().map_or_else(String::new, |key| code(&key.example));
    [code(found.name), found.about.to_owned(), first]
}
