//! `[regimes]`: the states of the market and the yearly chances of moving between them.

use crate::diagnostic::did_you_mean;
use crate::growth::{Growth, Kind, Regime};
use crate::regime::{Chain, Start};

use super::check::Check;
use super::keys;
use super::model::{AssumptionId, Quantity, Regimes, Series, SeriesKind};
use super::tree::{Node, Table};
use super::value::Measured;

/// What a file with regimes looks like.
const EXAMPLE: &str =
    "write [regimes] with states = [\"boom\", \"bust\"] and below [regimes.transitions] boom = { bust = \"25%\" }";

impl Check {
    /// Reads `[regimes]`.
    pub(crate) fn regimes(&mut self, node: Option<&Node>) -> Option<Regimes> {
        let node = node?;
        let table = self.table(node, "`regimes`", EXAMPLE)?;
        self.known_keys(table, &keys::words(&keys::REGIMES), "`regimes`");
        let states = self.states(table, node)?;
        let start = match self.text(table, "start").as_deref() {
            None | Some("stationary") => Start::Stationary,
            Some(name) => match states.iter().position(|state| state == name) {
                Some(state) => Start::In(state),
                None => {
                    let place = table.get("start").map_or(node.place.clone(), |node| node.place.clone());
                    let cure = format!("write \"stationary\", or one of {}", states.join(", "));
                    self.error(&place, format!("there is no state `{name}`"), cure);
                    Start::Stationary
                }
            },
        };
        let shared = self.truth(table, "shared").unwrap_or(true);
        let moves = self.moves(table.get("transitions"), node, &states)?;
        Some(Regimes { chain: Chain { states, moves, start }, shared })
    }

    /// Warns of regimes that no series follows.
    pub(crate) fn followed_regimes<'a>(&mut self, node: &Node, mut series: impl Iterator<Item = &'a Series>) {
        if self.errors() == 0
            && self.broken_regions.is_empty()
            && !series.any(|it| matches!(it.growth, Growth::Regime(_)))
        {
            let cure = "give a series model = \"regime\", or take the regimes out";
            self.warning(&node.place, "these regimes do nothing: no series follows them", cure);
        }
    }

    fn states(&mut self, table: &Table, node: &Node) -> Option<Vec<String>> {
        let Some(list) = table.get("states") else {
            self.error(&node.place, "these regimes have no states", EXAMPLE);
            return None;
        };
        self.list(list, "`states`", EXAMPLE)?;
        let names = list.value.texts();
        let mut distinct = names.clone();
        distinct.sort();
        distinct.dedup();
        let have_letters = names.iter().all(|name| !name.trim().is_empty());
        if have_letters && (2..=8).contains(&names.len()) && distinct.len() == names.len() {
            return Some(names);
        }
        self.error(&list.place, "`states` are two to eight different names", "write states = [\"boom\", \"bust\"]");
        None
    }

    fn moves(
        &mut self,
        node: Option<&Node>,
        whole: &Node,
        states: &[String],
    ) -> Option<Vec<Vec<Option<AssumptionId>>>> {
        let Some(node) = node else {
            self.error(&whole.place, "these regimes never change", EXAMPLE);
            return None;
        };
        let table = self.table(node, "`transitions`", EXAMPLE)?;
        let known: Vec<&str> = states.iter().map(String::as_str).collect();
        self.known_keys(table, &known, "`transitions`");
        let mut moves = vec![vec![None; states.len()]; states.len()];
        let measured = Measured::new(Kind::Chance, SeriesKind::Deals);
        let before = self.errors();
        for (from, name) in states.iter().enumerate() {
            let Some(node) = table.get(name) else { continue };
            let cure = format!("write {name} = {{ {} = \"25%\" }}", states[usize::from(from == 0)]);
            let Some(row) = self.table(node, &format!("`{name}`"), &cure) else { continue };
            self.known_keys(row, &known, &format!("the moves from {name}"));
            let mut most = 0.0;
            for (to, target) in states.iter().enumerate() {
                let Some(node) = row.get(target) else { continue };
                if from == to {
                    let what = format!("the chance to stay in {name} follows from the chances to leave it");
                    self.error(&node.place, what, "write the moves to other states only");
                    continue;
                }
                let address = format!("regimes.transitions.{name}.{target}");
                if let Some(id) = self.assumption(&address, node, &measured) {
                    most += self.assumptions[id].law.support().1;
                    moves[from][to] = Some(id);
                }
            }
            if most > 1.0 + 1e-9 {
                let what = format!("the chances to leave {name} may add up to {}%", (most * 1e4).round() / 1e2);
                self.error(&node.place, what, "keep their highest values within 100%: uniform or pert have ends");
            }
        }
        (self.errors() == before).then_some(moves)
    }

    /// The growth model of a series of `model = "regime"`: growth and volatility in each state.
    pub(crate) fn regime_model(
        &mut self,
        address: &str,
        kind: SeriesKind,
        table: &Table,
        node: &Node,
    ) -> Option<Growth<Quantity>> {
        self.known_keys(table, &["model", "growth", "volatility"], &format!("a regime (`{address}`)"));
        let Some(states) = self.regime_states.clone() else {
            if self.broken_regimes {
                return None;
            }
            self.error(&node.place, format!("`{address}` follows regimes, and there are none"), EXAMPLE);
            return None;
        };
        let mut columns = Vec::new();
        for (word, what) in [("growth", Kind::Growth), ("volatility", Kind::Volatility)] {
            let measured = Measured::new(what, kind);
            let values: Vec<String> = states.iter().map(|state| format!("{state} = {}", measured.example())).collect();
            let cure = format!("write {word} = {{ {} }}", values.join(", "));
            let Some(node) = table.get(word) else {
                self.error(&node.place, format!("`{address}` needs `{word}` in each state"), cure);
                continue;
            };
            let Some(by_state) = self.table(node, &format!("`{address}.{word}`"), &cure) else { continue };
            for entry in &by_state.entries {
                if !states.contains(&entry.key) {
                    let cure = match did_you_mean(&entry.key, states.iter().map(String::as_str)) {
                        Some(meant) => format!("did you mean {meant}?"),
                        None => format!("states are {}", states.join(", ")),
                    };
                    self.error(&entry.key_place, format!("there is no state `{}`", entry.key), cure);
                }
            }
            for state in &states {
                let Some(value) = by_state.get(state) else {
                    self.error(&node.place, format!("`{address}.{word}` says nothing about {state}"), cure.clone());
                    continue;
                };
                columns.extend(self.assumption(&format!("{address}.{word}.{state}"), value, &measured));
            }
        }
        if columns.len() != 2 * states.len() {
            return None;
        }
        let quantity = |id: AssumptionId| Quantity { first: id, changes: Vec::new() };
        let states = (0..states.len()).map(|state| [quantity(columns[state]), quantity(columns[states.len() + state])]);
        Some(Growth::Regime(Regime { states: states.collect() }))
    }
}
