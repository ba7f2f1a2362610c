//! Sliders: every input of a scenario with its range, its steps and the reasons that stand beside it.

use serde::Serialize;

use crate::event::Effect;
use crate::growth::Kind;
use crate::scenario::{Assumption, Scenario};
use crate::wording;

/// Steps that a slider is divided into, or a few more.
const STEPS: f64 = 120.0;

/// An input that a reader can move: its median, whose spread is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Slider {
    /// Address of the input: `us.deals.growth`.
    pub address: String,
    /// The input as readers know it.
    pub label: String,
    /// What it measures, in a few words.
    pub unit: String,
    /// Which sliders it stands among.
    pub group: &'static str,
    /// `assumption` or `lever`.
    pub role: &'static str,
    /// Where it stands in a pack: the head of its table, none at the top.
    pub table: Option<String>,
    /// Its key in that table; none for what only `--set` can reach.
    pub key: Option<String>,
    /// What stands before the number: `$`.
    pub prefix: String,
    /// What stands behind the number: `%`.
    pub suffix: String,
    /// Where it stands in the scenario, in the unit it is written in.
    pub at: f64,
    /// Left end of the track.
    pub low: f64,
    /// Right end of the track.
    pub high: f64,
    /// One step of an arrow key.
    pub step: f64,
    /// Least and greatest value that is accepted.
    pub bounds: [f64; 2],
    /// The value with its spread, as tables have it.
    pub value: String,
    /// Whether draws differ in it.
    pub uncertain: bool,
    /// Why this value.
    pub why: Option<String>,
    /// The figure it rests on.
    pub source: Option<String>,
}

/// Every input of a scenario that a reader can picture, those of a kind together: correlations are left to `--set`.
pub(super) fn sliders(scenario: &Scenario) -> Vec<Slider> {
    let moved = scenario.assumptions().iter().filter(|it| it.kind() != Kind::Correlation);
    let mut sliders: Vec<Slider> = moved.map(|it| slider(scenario, it)).collect();
    let place = |group: &str| GROUPS.iter().position(|known| *known == group);
    sliders.sort_by_key(|it| place(it.group));
    sliders
}

/// Groups in the order of the page.
const GROUPS: [&str; 5] = ["Growth", "Uncertainty", "Events", "Starting point", "Other inputs"];

fn group(it: &Assumption) -> &'static str {
    let begins = |word: &str| it.address().starts_with(word);
    let place = match it.kind() {
        _ if begins("events.") || begins("jumps.") => 2,
        _ if begins("measurement") || begins("source") => 3,
        Kind::Growth => 0,
        Kind::Volatility | Kind::Persistence | Kind::Spread => 1,
        _ if begins("shocks") || begins("regimes") => 1,
        _ => 4,
    };
    GROUPS[place]
}

fn slider(scenario: &Scenario, it: &Assumption) -> Slider {
    let median = it.law().median();
    let (least, greatest) = it.range();
    let [low, high] = track(it, scenario);
    let [at, low, high] = [median, low.max(least), high.min(greatest)].map(|value| shown(it.kind(), value));
    let step = round_step((high - low) / STEPS).max(if it.kind() == Kind::Year { 1.0 } else { 0.0 });
    let bounds = [least, greatest].map(|value| shown(it.kind(), value));
    let written = it.as_written(median);
    let (prefix, suffix) = around(written.trim_matches('"'));
    let (table, key) = in_a_pack(scenario, it.address());
    Slider {
        table,
        key,
        address: it.address().to_owned(),
        label: wording::capital(&wording::input_name(scenario, it.address())),
        unit: it.unit().to_owned(),
        group: group(it),
        role: it.role().name(),
        prefix,
        suffix,
        at: tidy(at),
        low: tidy((libm::floor(low / step + 1e-9) * step).max(bounds[0]).min(at)),
        high: tidy((libm::ceil(high / step - 1e-9) * step).min(bounds[1]).max(at)),
        step: tidy(step),
        bounds: bounds.map(tidy),
        value: it.value().to_owned(),
        uncertain: !it.law().is_fixed(),
        why: it.reason().map(str::to_owned),
        source: it.stated_source().map(str::to_owned),
    }
}

/// Head of the table and key that a pack sets an input with.
fn in_a_pack(scenario: &Scenario, address: &str) -> (Option<String>, Option<String>) {
    if address.contains(" from ") {
        return (None, None);
    }
    let events = scenario.events().iter().map(|it| ("events", it.address(), it.name()));
    let mut named = events.chain(scenario.jumps().iter().map(|it| ("jumps", it.address(), it.name())));
    let found = named.find_map(|(list, own, name)| {
        let part = address.strip_prefix(own)?.strip_prefix('.')?;
        Some((list, name, part))
    });
    let Some((list, name, part)) = found else { return (None, Some(address.to_owned())) };
    let of_effect = Effect::<()>::NAMES.into_iter().chain(["over", "until", "half-life"]).any(|word| word == part);
    let key = if list == "events" && of_effect { format!("effect.{part}") } else { part.to_owned() };
    (Some(format!("[[{list}]]\nname = {}", serde_json::Value::from(name))), Some(key))
}

/// Both ends of the track in the internal unit: what 98% of draws lie between, or what is sensible for a certain value.
fn track(it: &Assumption, scenario: &Scenario) -> [f64; 2] {
    let middle = it.law().median();
    let around = |half: f64| [middle - half, middle + half];
    let [low, high] = match it.kind() {
        Kind::Growth => around(0.25),
        Kind::Effect => around(0.7),
        Kind::Points => around(0.15),
        Kind::Volatility | Kind::Spread => [0.0, (2.5 * middle).max(0.4)],
        Kind::Chance | Kind::Share => [0.0, 1.0],
        Kind::Persistence | Kind::Correlation => [-0.9, 0.9],
        Kind::Years => [0.05, (3.0 * middle).max(5.0)],
        Kind::Year => [f64::from(scenario.base_year()) + 1.0, f64::from(scenario.horizon())],
        Kind::Level | Kind::Number => [middle / 4.0, middle * 4.0],
    };
    if it.law().is_fixed() || matches!(it.kind(), Kind::Chance | Kind::Share) {
        return [low, high];
    }
    // A spread that is narrower than what is sensible leaves room beside it.
    [it.law().quantile(0.01).min(low), it.law().quantile(0.99).max(high)]
}

/// A value of the internal unit as it is written: a growth of ln 1.12 as 12.
fn shown(kind: Kind, value: f64) -> f64 {
    match kind {
        Kind::Growth | Kind::Effect => 100.0 * libm::expm1(value),
        Kind::Volatility | Kind::Spread | Kind::Chance | Kind::Share | Kind::Points => 100.0 * value,
        Kind::Years | Kind::Persistence | Kind::Correlation | Kind::Level | Kind::Year | Kind::Number => value,
    }
}

/// What stands before and behind the number of a written value.
fn around(written: &str) -> (String, String) {
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.');
    let start = written.find(of_number).unwrap_or(0);
    let end = written.rfind(of_number).map_or(written.len(), |place| place + 1);
    (written[..start].to_owned(), written[end..].to_owned())
}

/// The next of 1, 2, 5, 10, 20, … from a number on.
fn round_step(least: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(least.max(1e-9))));
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    steps.into_iter().find(|step| *step >= least * 0.999).unwrap_or(10.0 * power)
}

/// A number without the digits that only arithmetic has put there.
fn tidy(value: f64) -> f64 {
    let scale = 1e6;
    if value.abs() < 1e9 { (value * scale).round() / scale + 0.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(name: &str) -> Scenario {
        let read = |path: &std::path::Path| {
            let path = format!("scenarios/{}", path.display());
            let found = crate::scenario::library::ALL.iter().find(|file| file.path == path);
            Ok(found.expect("it is shipped").text.as_bytes().to_vec())
        };
        let loaded = crate::scenario::load(std::path::Path::new(name), &Default::default(), None, &read);
        loaded.map_err(|rejected| rejected.to_string()).expect("it is valid").scenario
    }

    #[test]
    fn every_input_has_a_track_that_holds_its_value() {
        let sliders = sliders(&shipped("base.toml"));
        assert_eq!(sliders[0].group, "Growth");
        for it in &sliders {
            assert!(it.low <= it.at && it.at <= it.high && it.low < it.high, "{it:?}");
            assert!(it.step > 0.0 && (it.high - it.low) / it.step <= 400.0, "{it:?}");
        }
        let growth = sliders.iter().find(|it| it.address == "us.deals.growth").expect("the baseline has it");
        assert_eq!((growth.at, growth.prefix.as_str(), growth.suffix.as_str()), (0.0, "", "%"));
    }

    #[test]
    fn steps_are_round() {
        assert_eq!([0.13, 0.2, 3.0, 60.0].map(round_step), [0.2, 0.2, 5.0, 100.0]);
    }
}
