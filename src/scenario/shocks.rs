//! `[shocks]`: the law of the yearly shocks, whether wild years are shared, and the loadings of one market factor.

use crate::diagnostic::{Place, Problem, did_you_mean};
use crate::growth::Kind;
use crate::shock::{Law, Tail};

use super::check::Check;
use super::keys;
use super::model::{AssumptionId, SeriesKind, Shocks};
use super::tree::{Node, Table, Value};
use super::value::Measured;

const LAWS: &str = "write law = \"gaussian\", { contaminated = \"10%\", times = 3 } or { student-t = 5 }";

impl Check {
    /// Reads `[shocks]`; `series` are the addresses of the series with shocks.
    pub(crate) fn shocks(&mut self, node: Option<&Node>, shocked: &[String]) -> Shocks {
        let mut shocks = Shocks::default();
        let Some(node) = node else { return shocks };
        let Some(table) = self.table(node, "`shocks`", &format!("write [shocks] and below it: {LAWS}")) else {
            return shocks;
        };
        self.known_keys(table, &keys::words(&keys::SHOCKS), "`shocks`");
        if let Some(law) = table.get("law").and_then(|node| self.law_of_shocks(node)) {
            shocks.law = law;
        }
        if let Some(word) = self.text(table, "tail") {
            shocks.tail = match word.as_str() {
                "shared" => Tail::Shared,
                "separate" => Tail::Separate,
                other => {
                    let place = table.get("tail").map_or(node.place.clone(), |node| node.place.clone());
                    let what = format!("`{other}` is not a kind of tail");
                    self.error(&place, what, "write \"shared\" or \"separate\"");
                    Tail::Separate
                }
            };
            if shocks.tail == Tail::Shared && matches!(shocks.law, Law::Gaussian) && self.errors() == 0 {
                let place = table.get("tail").map_or(node.place.clone(), |node| node.place.clone());
                self.warning(&place, "a gaussian law has no wild years to share", LAWS);
            }
        }
        if let Some(node) = table.get("factor") {
            self.factor = Some(node.place.clone());
            shocks.loadings = self.loadings(node, shocked);
        }
        if let Some(node) = table.get("correlation") {
            shocks.correlation = self.shock_correlation(node, table, shocked);
        }
        shocks
    }

    /// An uncertain correlation, of which there is one where there are two series.
    fn shock_correlation(&mut self, node: &Node, table: &Table, shocked: &[String]) -> Option<AssumptionId> {
        if shocked.len() != 2 {
            let what = format!("`correlation` is that of two series, and {} have shocks", shocked.len());
            self.error(&node.place, what, "write [[correlations]] for each pair, each with a certain rho");
            return None;
        }
        if table.has("factor") {
            self.error(&node.place, "the shocks have both a correlation and a factor", "keep one of the two");
            return None;
        }
        self.assumption("shocks.correlation", node, &Measured::new(Kind::Correlation, SeriesKind::Deals))
    }

    fn law_of_shocks(&mut self, node: &Node) -> Option<Law<AssumptionId>> {
        match &node.value {
            Value::Text(word) if word == "gaussian" => return Some(Law::Gaussian),
            Value::Text(word) => {
                if let "contaminated" | "student-t" = word.as_str() {
                    let what = format!("`{word}` alone does not say how wild its years are");
                    self.error(&node.place, what, LAWS);
                    return None;
                }
                let known = ["gaussian", "contaminated", "student-t"];
                let hint = did_you_mean(word, known).map_or_else(String::new, |it| format!("did you mean {it}? "));
                self.error(&node.place, format!("`{word}` is not a law of shocks"), format!("{hint}{LAWS}"));
                return None;
            }
            _ => {}
        }
        let table = self.table(node, "`law`", LAWS)?;
        if let Some(share) = table.get("contaminated") {
            self.known_keys(table, &["contaminated", "times"], "a contaminated law");
            let mut measured = Measured::new(Kind::Share, SeriesKind::Deals);
            measured.range = keys::WILD_SHARE_RANGE;
            let share = self.certain_number("shocks.law.contaminated", share, &measured);
            let Some(times) = table.get("times") else {
                self.error(&node.place, "this law does not say how much wider a wild year is", "add times = 3");
                return None;
            };
            let mut measured = Measured::new(Kind::Number, SeriesKind::Deals);
            measured.range = keys::WILD_TIMES_RANGE;
            let times = self.certain_number("shocks.law.times", times, &measured);
            return Some(Law::Contaminated { share: share?, times: times? });
        }
        if let Some(freedom) = table.get("student-t") {
            self.known_keys(table, &["student-t"], "a Student-t law");
            let mut measured = Measured::new(Kind::Number, SeriesKind::Deals);
            measured.range = keys::FREEDOM_RANGE;
            let freedom = self.certain_number("shocks.law.student-t", freedom, &measured)?;
            return Some(Law::StudentT { freedom });
        }
        self.known_keys(table, &keys::words(&keys::LAW_OF_SHOCKS), "`law`");
        self.error(&node.place, "this names no law of shocks", LAWS);
        None
    }

    fn loadings(&mut self, node: &Node, shocked: &[String]) -> Vec<(String, AssumptionId)> {
        let cure = "write [shocks.factor] and below it us.deals = 0.6";
        let Some(table) = self.table(node, "`factor`", cure) else { return Vec::new() };
        let mut entries: Vec<(String, &Node, &Place)> = Vec::new();
        for entry in &table.entries {
            match &entry.node.value {
                // us.deals = 0.6 is a table in a table; "us.deals" = 0.6 is a key.
                Value::Table(series) if series.get("value").is_none() => {
                    let inner = series.entries.iter();
                    entries.extend(inner.map(|it| (format!("{}.{}", entry.key, it.key), &it.node, &it.key_place)));
                }
                _ => entries.push((entry.key.clone(), &entry.node, &entry.key_place)),
            }
        }
        let mut found: Vec<(String, AssumptionId)> = Vec::new();
        let mut places: Vec<(String, &Place)> = Vec::new();
        let measured = Measured::new(Kind::Correlation, SeriesKind::Deals);
        for (series, node, place) in entries {
            if !shocked.contains(&series) {
                if self.errors() == 0 || !self.broken_regions.iter().any(|region| series.starts_with(region.as_str())) {
                    let cure = match did_you_mean(&series, shocked.iter().map(String::as_str)) {
                        Some(meant) => format!("did you mean {meant}?"),
                        None => format!("series with shocks are {}", shocked.join(", ")),
                    };
                    self.error(place, format!("`{series}` is no series with shocks"), cure);
                }
                continue;
            }
            if let Some((_, first)) = places.iter().find(|(known, _)| *known == series) {
                let problem = Problem::error(
                    place.clone(),
                    format!("the loading of `{series}` is given twice"),
                    "keep one of the two",
                );
                self.problems.push(problem.also((*first).clone(), "it is given here first"));
                continue;
            }
            places.push((series.clone(), place));
            if let Some(id) = self.certain_number(&format!("shocks.factor.{series}"), node, &measured) {
                found.push((series, id));
            }
        }
        found.sort();
        found
    }

    /// A number that must be certain, because the shape of a law is made once for all paths.
    pub(crate) fn certain_number(&mut self, address: &str, node: &Node, measured: &Measured) -> Option<AssumptionId> {
        let id = self.assumption(address, node, measured)?;
        if self.assumptions[id].law.is_fixed() {
            return Some(id);
        }
        self.error(&node.place, format!("`{address}` cannot be uncertain"), "write one number");
        None
    }

    /// The value of an assumption that is certain.
    pub(crate) fn value_of(&self, id: AssumptionId) -> f64 {
        self.assumptions[id].law.median()
    }

    /// A key of a table that must be true or false.
    pub(crate) fn truth(&mut self, table: &Table, key: &str) -> Option<bool> {
        let node = table.get(key)?;
        if let Value::Truth(truth) = node.value {
            return Some(truth);
        }
        let what = format!("`{key}` is {}, not true or false", node.value.kind());
        self.error(&node.place, what, format!("write {key} = true"));
        None
    }
}
