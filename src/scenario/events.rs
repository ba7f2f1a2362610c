//! Events: what happens to which series, when, how likely, and who decides it.

use crate::diagnostic::did_you_mean;
use crate::event::Effect;
use crate::growth::Kind;

use super::check::Check;
use super::model::{AssumptionId, Event, Region, Role, SeriesKind};
use super::series::{Frame, SERIES};
use super::tree::{Node, Table, Value};
use super::value::Measured;

const KEYS: [&str; 9] = ["name", "region", "series", "year", "effect", "chance", "kind", "why", "source"];

/// The part of an event's address that stands for its name: lower case, with hyphens.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

impl Check {
    /// Reads the list of events.
    pub fn events(&mut self, node: &Node, regions: &[Region], frame: &Frame) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        for item in self.list(node, "`events`", "begin each event with [[events]]").unwrap_or_default() {
            let Some(table) = self.table(item, "an event", "begin each event with [[events]]") else { continue };
            let Some(event) = self.event(table, item, regions, frame) else { continue };
            if events.iter().any(|known| known.address == event.address) {
                let cure = "give one of them another name: the name is the address of its numbers";
                self.error(&item.place, format!("there are two events `{}`", event.name), cure);
                continue;
            }
            events.push(event);
        }
        events.sort_by(|a, b| a.address.cmp(&b.address));
        events
    }

    fn event(&mut self, table: &Table, item: &Node, regions: &[Region], frame: &Frame) -> Option<Event> {
        if let Some(place) = table.entries.iter().find(|entry| entry.key == "remove").map(|entry| &entry.key_place) {
            let place = place.clone();
            self.error(&place, "there is no such event to remove", "give the name of an event of the file it extends");
            return None;
        }
        self.known_keys(table, &KEYS, "an event");
        for key in ["name", "region", "series", "year", "effect"].into_iter().filter(|key| table.get(key).is_none()) {
            let cure = match key {
                "effect" => "write effect = { step = \"+60%\", over = 2 }",
                "year" => "write year = 2026, or year = { uniform = [2025, 2028] }",
                "series" => "write series = \"deals\", \"deal-size\" or \"funding\"",
                "region" => "write region = \"china\"",
                _ => "write name = \"…\"",
            };
            self.error(&item.place, format!("this event has no `{key}`"), cure);
        }
        let name = self.text(table, "name")?;
        let address = format!("events.{}", slug(&name));
        if address.len() == "events.".len() {
            self.error(
                &table.get("name")?.place.clone(),
                "this name has no letter in it",
                "write one that readers know",
            );
            return None;
        }
        let role = self.role(table).unwrap_or(Role::Assumption);
        let words = (self.text(table, "why"), self.text(table, "source"), role);
        let targets = self.targets(table, regions);
        let year = table.get("year").and_then(|node| {
            let mut measured = Measured::new(Kind::Year, SeriesKind::Deals);
            measured.range = (f64::from(frame.base_year + 1), f64::from(frame.horizon));
            self.whole_year(node)?;
            self.assumption_with(&format!("{address}.year"), node, &measured, words.clone())
        });
        let effect = table.get("effect").and_then(|node| self.effect(&address, node, words.clone()));
        let mut complete = true;
        let chance = table.get("chance").and_then(|node| {
            let measured = Measured::new(Kind::Chance, SeriesKind::Deals);
            let found = self.assumption_with(&format!("{address}.chance"), node, &measured, words.clone());
            complete &= found.is_some();
            found
        });
        let event = Event { name, address, targets: targets?, year: year?, effect: effect?, chance, role };
        complete.then_some(event)
    }

    /// A year may be uncertain, but not in its fractions.
    fn whole_year(&mut self, node: &Node) -> Option<()> {
        if let Value::Float(year) = node.value {
            self.error(&node.place, format!("{year} is not a whole year"), "write a year such as 2026");
            return None;
        }
        Some(())
    }

    fn effect(
        &mut self,
        address: &str,
        node: &Node,
        words: (Option<String>, Option<String>, Role),
    ) -> Option<Effect<AssumptionId>> {
        let cure = "write effect = { step = \"+60%\", over = 2 }";
        let table = self.table(node, "`effect`", cure)?;
        self.known_keys(table, &["step", "over"], "`effect`");
        let Some(step) = table.get("step") else {
            self.error(&node.place, "this effect has no `step`", cure);
            return None;
        };
        let over = match table.get("over").map(|node| (&node.value, &node.place)) {
            None => Some(1),
            Some((Value::Integer(years), _)) if (1..=50).contains(years) => u32::try_from(*years).ok(),
            Some((_, place)) => {
                let place = place.clone();
                self.error(
                    &place,
                    "`over` is not a number of years",
                    "write over = 2: the effect is whole in the second year",
                );
                None
            }
        };
        let measured = Measured::new(Kind::Effect, SeriesKind::Deals);
        let size = self.assumption_with(&format!("{address}.step"), step, &measured, words);
        Some(Effect::Step { size: size?, over: over? })
    }

    /// Every region named with every series named.
    fn targets(&mut self, table: &Table, regions: &[Region]) -> Option<Vec<(usize, SeriesKind)>> {
        let region_names: Vec<&str> = regions.iter().map(|region| region.name.as_str()).collect();
        let series_names = SERIES.map(|(word, _)| word);
        let places = self.words(table, "region", &region_names)?;
        let kinds = self.words(table, "series", &series_names)?;
        let mut targets = Vec::new();
        for region in places {
            for kind in &kinds {
                let kind = SERIES[*kind].1;
                let alone = regions[region].series().count() == 1;
                if alone && kind != SeriesKind::Funding {
                    let place = table.get("series")?.place.clone();
                    let what = format!("{} models funding alone and has no {}", regions[region].name, kind.name());
                    self.error(&place, what, "write series = \"funding\"");
                    return None;
                }
                targets.push((region, kind));
            }
        }
        targets.sort_unstable();
        targets.dedup();
        Some(targets)
    }

    /// One word or a list of words out of a known set, as positions.
    fn words(&mut self, table: &Table, key: &str, known: &[&str]) -> Option<Vec<usize>> {
        let node = table.get(key)?;
        let items = match &node.value {
            Value::List(list) if !list.is_empty() => list.iter().collect(),
            _ => vec![node],
        };
        let mut places = Vec::new();
        for item in items {
            let word = match &item.value {
                Value::Text(word) => word.as_str(),
                other => {
                    let cure = format!("write {key} = \"{}\"", known.first().unwrap_or(&""));
                    self.error(&item.place, format!("`{key}` is {}, not a name", other.kind()), cure);
                    return None;
                }
            };
            let Some(place) = known.iter().position(|known| *known == word) else {
                if key == "region" && self.broken_regions.iter().any(|broken| broken == word) {
                    return None;
                }
                let cure = match did_you_mean(word, known.iter().copied()) {
                    Some(meant) => format!("did you mean \"{meant}\"?"),
                    None if known.is_empty() => format!("this scenario has no {key} that could be read"),
                    None => format!("this scenario has {}", known.join(", ")),
                };
                self.error(&item.place, format!("there is no {key} `{word}` here"), cure);
                return None;
            };
            places.push(place);
        }
        Some(places)
    }
}
