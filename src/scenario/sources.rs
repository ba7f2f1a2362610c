//! `source`: whose funding figures a scenario starts from, one source or several to draw from.

use crate::data::{Dataset, Source};
use crate::diagnostic::Problem;
use crate::growth::Kind;
use crate::special;

use super::check::Check;
use super::keys;
use super::model::{AssumptionId, SampledSources, SeriesKind};
use super::tree::{Node, Table, Value};
use super::value::Measured;

/// Why one of several sources is drawn, where the file gives no reason.
pub(super) const USUAL_WHY: &str = "which source counts right is not known";

impl Check {
    /// The data set as the picked source sees it, and the sources to draw from if there are several.
    pub(crate) fn source(
        &mut self,
        data: Dataset,
        table: &Table,
        flag: Option<&str>,
        gap: &[String; 2],
    ) -> (Option<Dataset>, Option<SampledSources>) {
        let sources = data.sources(&gap[0], &gap[1]);
        let node = table.get("source");
        if let Some(name) = flag {
            let Some(found) = self.one_source(name, &sources, None) else { return (None, None) };
            return (Some(self.picked(&data, found)), None);
        }
        let Some(node) = node else { return (Some(data), None) };
        match &node.value {
            Value::Text(name) => match self.one_source(name, &sources, Some(node.place.clone())) {
                Some(found) => (Some(self.picked(&data, found)), None),
                None => (None, None),
            },
            Value::List(items) => {
                let pick = Node::words(&[("why", USUAL_WHY), ("source", "judgement")]);
                let sampled = self.sampled(items, &sources, node, pick.at(&node.place));
                (sampled.is_some().then_some(data), sampled)
            }
            Value::Table(table) if table.has("one-of") => {
                self.known_keys(table, &keys::words(&keys::DRAWN_SOURCES), "`source`");
                let cure = "write source = { one-of = [\"CB Insights\", \"AI Index\"], weights = [\"70%\", \"30%\"] }";
                let items = table.get("one-of").and_then(|node| self.list(node, "`one-of`", cure));
                let sampled = items.and_then(|items| self.sampled(items, &sources, node, node.clone()));
                (sampled.is_some().then_some(data), sampled)
            }
            other => {
                let what = format!("`source` is {}, not a name", other.kind());
                self.error(&node.place, what, "write source = \"CB Insights\"");
                (None, None)
            }
        }
    }

    /// Several sources of which one holds on a draw; `pick` says how likely each is, and why.
    fn sampled(&mut self, items: &[Node], sources: &[Source], node: &Node, pick: Node) -> Option<SampledSources> {
        let mut found: Vec<&Source> = Vec::new();
        for item in items {
            let Value::Text(name) = &item.value else {
                let what = format!("a source is named, and this is {}", item.value.kind());
                self.error(&item.place, what, "write source = [\"CB Insights\", \"AI Index\"]");
                continue;
            };
            match self.one_source(name, sources, Some(item.place.clone())) {
                Some(source) if found.iter().any(|known| known.name == source.name) => {
                    self.error(&item.place, format!("{} is named twice", source.name), "keep one of the two");
                }
                Some(source) => found.push(source),
                None => {}
            }
        }
        if found.len() != items.len() || found.len() < 2 {
            if found.len() == items.len() {
                let cure = "write source = \"CB Insights\", or name two";
                self.error(&node.place, "a list of sources has two or more", cure);
            }
            return None;
        }
        let names: Vec<String> = found.iter().map(|source| source.name.clone()).collect();
        let pick = self.pick(&names, pick)?;
        let own = sources.iter().find(|source| source.main).expect("a data set has a source of its own");
        let shift =
            |source: &&Source| [0, 1].map(|side| special::ln(source.funding[side].value / own.funding[side].value));
        Some(SampledSources { pick, names, shifts: found.iter().map(shift).collect() })
    }

    /// The input that says which source holds: a position in the model, a name in the file.
    fn pick(&mut self, names: &[String], mut node: Node) -> Option<AssumptionId> {
        let Value::Table(table) = &mut node.value else { return None };
        let positions = Value::list((0..names.len()).map(|place| Value::Integer(place as i64)));
        let positions = Node::bare(positions).at(&node.place);
        table.put("one-of", &node.place, positions);
        let mut measured = Measured::new(Kind::Number, SeriesKind::Deals);
        measured.range = (0.0, 1e3);
        let pick = self.assumption("source", &node, &measured)?;
        let assumption = &mut self.assumptions[pick];
        assumption.written.add("one-of", Value::list(names.iter().map(Value::text)));
        let weights = assumption.value.split_once(" with weights ").map(|(_, weights)| weights.to_owned());
        assumption.value = format!("one of {}", names.join(", "));
        if let Some(weights) = weights {
            assumption.value += &format!(" with weights {weights}");
        }
        Some(pick)
    }

    fn picked(&mut self, data: &Dataset, source: &Source) -> Dataset {
        self.picked_source = (!source.main).then(|| source.name.clone());
        data.of_source(source)
    }

    /// The one source whose name holds these words.
    fn one_source<'a>(
        &mut self,
        words: &str,
        sources: &'a [Source],
        place: Option<crate::diagnostic::Place>,
    ) -> Option<&'a Source> {
        let lower = words.to_lowercase();
        let found: Vec<&Source> = sources.iter().filter(|it| it.name.to_lowercase().contains(&lower)).collect();
        if let ([one], false) = (found.as_slice(), lower.trim().is_empty()) {
            return Some(one);
        }
        let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        let what = if found.is_empty() || lower.trim().is_empty() {
            format!("the data have no source `{words}`")
        } else {
            format!("`{words}` may be several sources")
        };
        self.problems.push(Problem::error(place, what, format!("sources are {}", names.join(", "))));
        None
    }
}
