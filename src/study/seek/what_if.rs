//! The what-if that a sought value makes: a scenario that extends the asked one and states what differs.

use crate::measure::QuantityOfInterest;
use crate::scenario::{Assumption, AssumptionId, Scenario};

use super::super::varied::Varied;

use super::found::{Needed, Sought};

impl Sought {
    /// The value that [`Self::what_if`] writes, with its input: the far end of its interval, rounded away from where the goal is
    /// not met.
    #[must_use]
    pub fn written(&self) -> Option<(&Varied, f64)> {
        let [need] = self.needs.as_slice() else { return None };
        let needed = need.needed.as_ref().filter(|_| !self.met)?;
        Some((&need.varied, chosen(&self.scenario, &need.varied, needed)))
    }

    /// The what-if with the value of the one input that was named, as TOML; `base` is the file that it extends, `found_by` the
    /// command that found the value. `None` where no value was found, the scenario meets the goal as it is, or a file can state no
    /// value of this input: it is drawn together with others, or has no line of its own.
    ///
    /// The value is the far end of its 95% interval, rounded away from where the goal is not met, so that the goal is met beyond
    /// the simulation error of another seed.
    #[must_use]
    pub fn what_if(&self, base: &str, found_by: &str) -> Option<String> {
        let (varied, value) = self.written()?;
        let assumption = &self.scenario.assumptions()[varied.id];
        if assumption.drawn().is_some() {
            return None;
        }
        let why = quoted(&format!("sought so that {}", self.goal.text));
        let source = quoted(found_by);
        let title =
            format!("{}, changed so that {}", crate::scenario::short_title(self.scenario.title()), self.goal.text);
        let head = format!("title = {}\nextends = {}\n", quoted(&title.replace(':', ",")), quoted(base));
        let stated = varied.stated(&self.scenario, value);
        if let Some([a, b]) = correlated(&self.scenario, varied.id) {
            let rho = stated.strip_prefix("value = ").map_or_else(|| format!("{{ {stated} }}"), str::to_owned);
            let between = format!("between = [{}, {}]", quoted(a), quoted(b));
            let stated = format!("\n[[correlations]]\n{between}\nrho = {rho}\nwhy = {why}\nsource = {source}\n");
            return Some(head + &stated + &self.question());
        }
        let stated = format!("{{ {stated}, why = {why}, source = {source} }}");
        Some(head + &placed(self, assumption, &stated)? + &self.question())
    }

    /// The condition whose chance was sought as a question of the what-if, so that a run of it tells the chance; nothing where the
    /// goal is no chance, or one of a question that the scenario has.
    fn question(&self) -> String {
        let QuantityOfInterest::Share { condition, .. } = &self.goal.target.asked else { return String::new() };
        if !self.goal.target.text.starts_with("P(") {
            return String::new();
        }
        let taken = |name: &String| self.scenario.questions().iter().any(|it| it.name() == name.as_str());
        let first = format!("sought that {}", condition.text);
        let mut names = std::iter::once(first.clone()).chain((2..).map(|again| format!("{first} ({again})")));
        let name = names.find(|name| !taken(name)).unwrap_or(first);
        format!("\n[[questions]]\nname = {}\nthat = {}\n", quoted(&name), quoted(&condition.text))
    }
}

/// The pair that a correlation is of, if the input is one.
fn correlated(scenario: &Scenario, id: AssumptionId) -> Option<[&str; 2]> {
    [scenario.shock_mixing(), scenario.copula()].into_iter().find_map(|mixing| {
        let entry = mixing.entries().iter().find(|entry| entry.rho == id)?;
        let pair = [entry.column, entry.row].map(|place| mixing.rows()[place].as_str());
        // In the order of its address, which is how a file that says so reads best.
        let is_first = |name: &str| scenario.assumptions()[id].address().starts_with(&format!("correlations.{name}."));
        Some(if is_first(pair[0]) { pair } else { [pair[1], pair[0]] })
    })
}

/// The end of the interval at which the goal is surely met, or the value where there is none, in three figures.
fn chosen(scenario: &Scenario, varied: &Varied, needed: &Needed) -> f64 {
    let (low, high) = needed.interval.unwrap_or((needed.value, needed.value));
    let exact = if needed.above { high } else { low };
    let (in_unit, unit) = varied.in_unit(scenario, exact);
    if unit == "year" {
        return exact;
    }
    let steps = libm::pow(10.0, 2.0 - libm::floor(libm::log10(in_unit.abs())));
    let rounded = if needed.above { (in_unit * steps).ceil() } else { (in_unit * steps).floor() } / steps;
    let rounded = varied.from_unit(scenario, rounded);
    if (varied.range.0..=varied.range.1).contains(&rounded) { rounded } else { exact }
}

/// A line of a file for an address; `None` for what has no line of its own, such as a dated value.
fn placed(sought: &Sought, assumption: &Assumption, stated: &str) -> Option<String> {
    let address = assumption.address();
    if address.contains(' ') {
        return None;
    }
    let events = sought.scenario.events().iter().map(|it| ("events", it.address(), it.name()));
    let named = events.chain(sought.scenario.jumps().iter().map(|it| ("jumps", it.address(), it.name())));
    for (list, own, name) in named {
        if let Some(key) = address.strip_prefix(own).and_then(|rest| rest.strip_prefix('.')) {
            let plain = !key.contains('.') && ["chance", "chance-per-year", "year", "size", "spread"].contains(&key);
            return plain.then(|| format!("\n[[{list}]]\nname = {}\n{key} = {stated}\n", quoted(name)));
        }
    }
    let (table, key) = address.rsplit_once('.')?;
    let region = table.split('.').next().unwrap_or_default();
    let known = sought.scenario.regions().iter().any(|it| it.name() == region);
    known.then(|| format!("\n[{table}]\n{key} = {stated}\n"))
}

/// A text in double quotes; TOML's basic strings escape as JSON does.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}
