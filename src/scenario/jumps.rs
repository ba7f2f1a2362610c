//! `[[jumps]]`: sudden changes that may come in any year.

use crate::event::Jump;
use crate::growth::Kind;

use super::check::Check;
use super::events::slug;
use super::keys;
use super::model::{JumpRisk, Region, Role, SeriesKind};
use super::tree::{Node, Table, Value};
use super::value::Measured;

impl Check {
    /// Reads the list of jumps.
    pub(crate) fn jumps(&mut self, node: &Node, regions: &[Region]) -> Vec<JumpRisk> {
        let mut jumps: Vec<JumpRisk> = Vec::new();
        for item in self.list(node, "`jumps`", "begin each jump with [[jumps]]").unwrap_or_default() {
            let Some(table) = self.table(item, "a jump", "begin each jump with [[jumps]]") else { continue };
            let Some(jump) = self.jump(table, item, regions) else { continue };
            if jumps.iter().any(|known| known.address == jump.address) {
                let cure = "give one of them another name: the name is the address of its numbers";
                self.error(&item.place, format!("there are two jumps `{}`", jump.name), cure);
                continue;
            }
            jumps.push(jump);
        }
        jumps.sort_by(|a, b| a.address.cmp(&b.address));
        jumps
    }

    fn jump(&mut self, table: &Table, item: &Node, regions: &[Region]) -> Option<JumpRisk> {
        if self.removes_nothing(table, "jump") {
            return None;
        }
        self.known_keys(table, &keys::words(&keys::JUMP), "a jump");
        let needed = ["name", "region", "series", "chance-per-year", "size"];
        for key in needed.into_iter().filter(|key| table.get(key).is_none()) {
            let cure = match key {
                "chance-per-year" => "write chance-per-year = \"10%\"",
                "size" => "write size = \"+100%\"",
                "series" => "write series = \"deals\", \"deal-size\" or \"funding\"",
                "region" => "write region = \"us\"",
                _ => "write name = \"…\"",
            };
            self.error(&item.place, format!("this jump has no `{key}`"), cure);
        }
        let name = self.text(table, "name")?;
        let address = self.address_of("jumps", &name, table)?;
        let role = self.role(table).unwrap_or(Role::Assumption);
        let words = (self.text(table, "why"), self.text(table, "source"), role);
        let targets = self.targets(table, regions);
        let permanent = match self.text(table, "duration").as_deref() {
            None | Some("permanent") => true,
            Some("transient") => false,
            Some(other) => {
                let place = table.get("duration").map_or(item.place.clone(), |node| node.place.clone());
                self.error(&place, format!("`{other}` is not a duration"), "write \"permanent\" or \"transient\"");
                true
            }
        };
        let mut number = |key: &str, kind: Kind| {
            let node = table.get(key)?;
            let measured = Measured::new(kind, SeriesKind::Deals);
            self.assumption_with(&format!("{address}.{key}"), node, &measured, words.clone())
        };
        let (chance, size) = (number("chance-per-year", Kind::Chance), number("size", Kind::Effect));
        // Without a spread every jump has its median size; the assumption says so where it is listed.
        let zero = Node { place: item.place.clone(), value: Value::text("0%") };
        let measured = Measured::new(Kind::Spread, SeriesKind::Deals);
        let spread = table.get("spread").unwrap_or(&zero);
        let spread = self.assumption_with(&format!("{address}.spread"), spread, &measured, words.clone());
        let jump = Jump { chance: chance?, size: size?, spread: spread?, permanent };
        Some(JumpRisk { name, address, targets: targets?, jump, role })
    }

    /// Whether an entry of a list asks to remove what is not there.
    pub(crate) fn removes_nothing(&mut self, table: &Table, what: &str) -> bool {
        let Some(entry) = table.entries.iter().find(|entry| entry.key == "remove") else { return false };
        let place = entry.key_place.clone();
        if matches!(entry.node.value, Value::Truth(true)) {
            let cure = match what {
                "series" if table.entries.len() > 1 => "write remove = true alone, or take it out".to_owned(),
                "series" => "take it out: the file it extends has no such series".to_owned(),
                "correlation" => "give the pair of a correlation of the file it extends".to_owned(),
                _ => format!("give the name of {} of the file it extends", article(what)),
            };
            self.error(&place, format!("there is no such {what} to remove"), cure);
        } else {
            self.error(&place, "`remove` can only be true", "write remove = true, or take the line out");
        }
        true
    }

    /// The address of a named entry of a list.
    pub(crate) fn address_of(&mut self, list: &str, name: &str, table: &Table) -> Option<String> {
        let slug = slug(name);
        if slug.is_empty() {
            let place = table.get("name")?.place.clone();
            self.error(&place, "this name has no letter in it", "write one that readers know");
            return None;
        }
        Some(format!("{list}.{slug}"))
    }
}

fn article(what: &str) -> String {
    let vowel = what.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {what}", if vowel { "an" } else { "a" })
}
