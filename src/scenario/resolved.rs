//! The resolved scenario: everything that was merged, in canonical order, as a file that parses to the same scenario.

use std::fmt::Write;

use crate::event::Effect;
use crate::growth::Growth;

use super::check::Check;
use super::model::{Assumption, AssumptionId, Event, Quantity, Scenario, Series};

impl Scenario {
    /// The scenario as TOML: what a run folder keeps and a manifest hashes.
    ///
    /// It does not depend on the order of the files it came from, nor on whether a value was set in a file or on
    /// the command line.
    #[must_use]
    pub fn resolved_toml(&self) -> String {
        let mut text = String::new();
        let name = |region: usize| text_of(&self.regions[region].name);
        let _ = writeln!(text, "title = {}", text_of(&self.title));
        let _ = writeln!(text, "summary = {}", text_of(&self.summary));
        let _ = writeln!(text, "horizon = {}", self.horizon);
        let _ = writeln!(text, "data = {}", text_of(&self.data.name));
        let _ = writeln!(text, "gap = [{}, {}]", name(self.gap.lead), name(self.gap.follow));
        for series in self.series() {
            self.write_series(&mut text, series);
        }
        let shocked: Vec<String> = self.shocked_series().map(|series| series.address.clone()).collect();
        write_pairs(&mut text, &shocked, |i, j| self.shock_correlations.matrix[i * shocked.len() + j]);
        let (members, copula) = &self.assumption_correlations;
        let members: Vec<String> = members.iter().map(|id| self.assumptions[*id].address.clone()).collect();
        let ranks = copula.as_ranks();
        write_pairs(&mut text, &members, |i, j| ranks.matrix[i * members.len() + j]);
        for event in &self.events {
            self.write_event(&mut text, event);
        }
        for it in &self.questions {
            let _ = writeln!(text, "\n[[questions]]\nname = {}\nthat = {}", text_of(&it.name), text_of(&it.that.text));
        }
        for it in &self.checks {
            let _ = writeln!(text, "\n[[checks]]\nname = {}\nthat = {}", text_of(&it.name), text_of(&it.that.text));
            let _ = writeln!(text, "severity = \"{}\"\nallow = \"{}%\"", it.severity.name(), it.allow * 100.0);
            for (word, words) in [("why", &it.why), ("source", &it.source)] {
                if let Some(words) = words {
                    let _ = writeln!(text, "{word} = {}", text_of(words));
                }
            }
        }
        text
    }

    fn write_series(&self, text: &mut String, series: &Series) {
        let _ = write!(text, "\n[{}]\nmodel = \"{}\"\n", series.address, series.growth.name());
        if let Growth::Path(path) = &series.growth {
            let levels: Vec<String> =
                path.levels.iter().map(|(year, level)| format!("{year} = {}", self.quantity(level))).collect();
            let _ = writeln!(text, "levels = {{ {} }}", levels.join(", "));
            return;
        }
        series.growth.map(|quantity| {
            let address = &self.assumptions[quantity.first].address;
            let word = address.rsplit('.').next().unwrap_or(address);
            let _ = writeln!(text, "{word} = {}", self.quantity(quantity));
        });
    }

    fn quantity(&self, quantity: &Quantity) -> String {
        let first = inline(&self.assumptions[quantity.first], None);
        if quantity.changes.is_empty() {
            return first;
        }
        let later = quantity.changes.iter().map(|(year, id)| inline(&self.assumptions[*id], Some(*year)));
        format!("[{}]", std::iter::once(first).chain(later).collect::<Vec<_>>().join(", "))
    }

    fn write_event(&self, text: &mut String, event: &Event) {
        let number = |id: &AssumptionId| inline(&self.assumptions[*id], None);
        let mut regions: Vec<String> =
            event.targets.iter().map(|(region, _)| text_of(&self.regions[*region].name)).collect();
        regions.dedup();
        let mut kinds: Vec<_> = event.targets.iter().map(|(_, kind)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let kinds: Vec<String> = kinds.into_iter().map(|kind| text_of(kind.name())).collect();
        let _ = writeln!(text, "\n[[events]]\nname = {}", text_of(&event.name));
        let _ = writeln!(text, "region = [{}]\nseries = [{}]", regions.join(", "), kinds.join(", "));
        let _ = writeln!(text, "year = {}", number(&event.year));
        let Effect::Step { size, over } = &event.effect;
        let _ = writeln!(text, "effect = {{ step = {}, over = {over} }}", number(size));
        if let Some(chance) = &event.chance {
            let _ = writeln!(text, "chance = {}", number(chance));
        }
        let _ = writeln!(text, "kind = \"{}\"", Check::word_of(event.role));
    }
}

/// An assumption as an inline table with its reason, source and kind.
fn inline(assumption: &Assumption, from: Option<i32>) -> String {
    let mut parts = Vec::new();
    if let Some(year) = from {
        parts.push(format!("from = {year}"));
    }
    parts.push(assumption.written.clone());
    if assumption.role == super::model::Role::Lever {
        parts.push("kind = \"decision\"".to_owned());
    }
    for (word, words) in [("why", &assumption.why), ("source", &assumption.source)] {
        if let Some(words) = words {
            parts.push(format!("{word} = {}", text_of(words)));
        }
    }
    format!("{{ {} }}", parts.join(", "))
}

fn write_pairs(text: &mut String, names: &[String], rho: impl Fn(usize, usize) -> f64) {
    for (i, first) in names.iter().enumerate() {
        for (j, second) in names.iter().enumerate().skip(i + 1) {
            let rho = rho(i, j);
            if rho != 0.0 {
                let pair = format!("between = [\"{first}\", \"{second}\"]");
                let _ = write!(text, "\n[[correlations]]\n{pair}\nrho = {rho}\n");
            }
        }
    }
}

/// A text in double quotes; TOML's basic strings escape as JSON does.
fn text_of(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}
