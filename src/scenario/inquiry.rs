//! Questions and checks: conditions that a scenario asks of its own projection.

use crate::diagnostic::Place;
use crate::growth::Kind;
use crate::measure::{Condition, Names, is_always_asked, year_held_against};

use super::check::Check;
use super::keys;
use super::model::{Inquiry, Plausibility, SeriesKind, Severity};
use super::tree::{Node, Table, Value};
use super::value::Measured;

impl Check {
    /// Reads `[[questions]]`; `elsewhere` is whether the figures are others than those that the program carries.
    pub(crate) fn questions(&mut self, node: Option<&Node>, names: &Names, elsewhere: bool) -> Vec<Inquiry> {
        let mut found: Vec<Inquiry> = Vec::new();
        for (item, table) in self.named_tables(node, "questions") {
            self.known_keys(&table, &keys::words(&keys::QUESTION), "a question");
            let why = self.text(&table, "why");
            if self.is_of_other_data(&table, names, elsewhere) || self.is_of_a_dropped_series(&table, names, "question")
            {
                continue;
            }
            let (Some(name), Some(that)) = (self.text(&table, "name"), self.condition(&table, names)) else { continue };
            if found.iter().any(|known| known.name == name) {
                self.error(&item, format!("there are two questions `{name}`"), "give one of them another name");
                continue;
            }
            // probabilities.csv has both, and its rows are known by their names.
            let sides = names.gap.map(|place| names.regions[place].as_str());
            if is_always_asked(&name, sides) {
                let place = table.get("name").map_or(&item, |node| &node.place);
                let what = format!("`{name}` is a question that every run asks");
                self.error(place, what, "give this one another name; aigap metrics lists those that are taken");
                continue;
            }
            found.push(Inquiry { name, that, why });
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }

    /// Reads `[[checks]]`.
    pub(crate) fn checks(&mut self, node: Option<&Node>, names: &Names) -> Vec<Plausibility> {
        let mut found: Vec<Plausibility> = Vec::new();
        for (item, table) in self.named_tables(node, "checks") {
            self.known_keys(&table, &keys::words(&keys::CHECK), "a check");
            let severity = match self.text(&table, "severity").as_deref() {
                None | Some("warn") => Severity::Warn,
                Some("fail") => Severity::Fail,
                Some(other) => {
                    let place = table.get("severity").map_or(item.clone(), |node| node.place.clone());
                    self.error(&place, format!("`{other}` is not a severity"), "write \"warn\" or \"fail\"");
                    Severity::Warn
                }
            };
            let share = Measured::new(Kind::Chance, SeriesKind::Deals);
            let allow = table.get("allow").map_or(Some(0.0), |node| self.number(node, &share).map(|it| it.value));
            let (why, source) = (self.text(&table, "why"), self.text(&table, "source"));
            if self.is_of_a_dropped_series(&table, names, "check") {
                continue;
            }
            let (Some(name), Some(that)) = (self.text(&table, "name"), self.condition(&table, names)) else { continue };
            if found.iter().any(|known| known.name == name) {
                self.error(&item, format!("there are two checks `{name}`"), "give one of them another name");
                continue;
            }
            found.push(Plausibility { name, that, severity, allow: allow.unwrap_or(0.0), why, source });
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }

    /// Tables of a list that have a name and a condition, with their places.
    fn named_tables(&mut self, node: Option<&Node>, list: &str) -> Vec<(Place, Table)> {
        let one = list.trim_end_matches('s');
        let cure = format!("begin each {one} with [[{list}]]");
        let items = node.and_then(|node| self.list(node, &format!("`{list}`"), &cure)).unwrap_or_default();
        let mut tables = Vec::new();
        for item in items {
            let Some(table) = self.table(item, &format!("a {one}"), &cure) else { continue };
            if self.removes_nothing(table, one) {
                continue;
            }
            for key in ["name", "that"].into_iter().filter(|key| table.get(key).is_none()) {
                let example = if key == "name" { "\"…\"" } else { "\"ratio in 2030 < half of 2023\"" };
                self.error(&item.place, format!("this {one} has no `{key}`"), format!("write {key} = {example}"));
            }
            tables.push((item.place.clone(), table.clone()));
        }
        tables
    }

    /// Whether a question is held against a year that these figures do not have, and other figures would: it is not asked, which
    /// is said.
    fn is_of_other_data(&mut self, table: &Table, names: &Names, elsewhere: bool) -> bool {
        let Some(Value::Text(text)) = table.get("that").map(|node| &node.value).filter(|_| elsewhere) else {
            return false;
        };
        let Some(year) = year_held_against(text) else { return false };
        let is_mistaken = Condition::parse(text, names).is_err_and(|it| it.what.starts_with("the data do not say"));
        if let (Some(node), true) = (table.get("that"), is_mistaken) {
            let what = format!("this question is not asked: the data have no figures of {year} for it");
            self.warning(
                &node.place.clone(),
                what,
                format!("write one about a year of your data, such as {}", names.base_year),
            );
        }
        is_mistaken
    }

    /// Whether a question or check of a file below is about a series that is no longer modelled: it is left out, which is said.
    fn is_of_a_dropped_series(&mut self, table: &Table, names: &Names, what: &str) -> bool {
        let Some(node) = table.get("that").filter(|node| self.lies_below(&node.place)) else { return false };
        let Value::Text(text) = &node.value else { return false };
        let Err(mistake) = Condition::parse(text, names) else { return false };
        if !mistake.what.ends_with("is not modelled here") {
            return false;
        }
        let cure = format!("[[{what}s]] with its name and remove = true, in your own file, drops it without a word");
        self.warning(&node.place.clone(), format!("this {what} is left out: {}", mistake.what), cure);
        true
    }

    fn condition(&mut self, table: &Table, names: &Names) -> Option<Condition> {
        let text = self.text(table, "that")?;
        match Condition::parse(&text, names) {
            Ok(condition) => Some(condition),
            Err(mistake) => {
                let node = table.get("that")?;
                let mut place = node.place.clone();
                // Inside the quotes, where the text stands as it is written.
                let plain = matches!(&node.value, Value::Text(text) if text.len() + 2 == place.span.len());
                if plain {
                    let start = place.span.start + 1;
                    place.span = start + mistake.span.start..start + mistake.span.end.max(mistake.span.start + 1);
                }
                self.error(&place, mistake.what, mistake.cure);
                None
            }
        }
    }
}
