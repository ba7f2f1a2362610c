//! What a rule may be about: every assumption that is sampled, and what luck of its own strikes a path.

use crate::growth::Kind;
use crate::scenario::Scenario;
use crate::special;
use crate::summary::Sampled;

/// An input that a rule may limit.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleInput {
    /// The assumption, event, jump or regime that is sampled.
    pub sampled: Sampled,
    /// Its name: the address of the assumption, or that of what strikes with a word behind it.
    pub address: String,
    /// Unit of its values.
    pub unit: String,
    /// First percentile, median and last percentile of the paths, in the unit.
    pub spread: [f64; 3],
}

/// Every input that may differ between paths, in the order of `params`, then events, jumps and regimes.
///
/// The source that a draw picks its figures from is none: sources have no order.
pub(super) fn all(scenario: &Scenario) -> Vec<RuleInput> {
    let pick = scenario.measurement().sources().map(crate::scenario::SampledSources::pick);
    let assumptions = scenario.assumptions().iter().enumerate();
    let uncertain = assumptions.filter(|(id, it)| !it.law().is_fixed() && Some(*id) != pick);
    let assumptions = uncertain.map(|(id, it)| (Sampled::Assumption(id), it.address().to_owned(), it.in_unit(0.0).1));
    let by_chance = scenario.events().iter().enumerate();
    let by_chance = by_chance.filter(|(_, it)| it.chance().is_some() || it.yearly_chance().is_some());
    let events = by_chance.map(|(place, it)| (Sampled::Event(place), format!("{}.begins", it.address()), "year"));
    let jumps = scenario.jumps().iter().enumerate();
    let jumps = jumps.map(|(place, it)| (Sampled::Jump(place), format!("{}.strikes", it.address()), "years"));
    let inputs = assumptions.chain(events).chain(jumps).chain(regimes(scenario));
    let input = |(sampled, address, unit): (Sampled, String, &str)| RuleInput {
        sampled,
        address,
        unit: unit.to_owned(),
        spread: [f64::NAN; 3],
    };
    inputs.map(input).collect()
}

/// Years in each state, of one chain for all regions or of each region's own.
fn regimes(scenario: &Scenario) -> Vec<(Sampled, String, &'static str)> {
    let Some(regimes) = scenario.regimes() else { return Vec::new() };
    let chains: Vec<String> = match regimes.shared() {
        true => vec![String::new()],
        false => scenario.regions().iter().map(|region| format!("{}.", region.name())).collect(),
    };
    let of_chain = |(chain, region): (usize, &String)| {
        let states = regimes.chain().states.iter().enumerate();
        let of_state = |(state, name): (usize, &String)| {
            (Sampled::Regime { chain, state }, format!("{region}regimes.{name}.years"), "years")
        };
        states.map(of_state).collect::<Vec<_>>()
    };
    chains.iter().enumerate().flat_map(of_chain).collect()
}

impl RuleInput {
    /// Whether its values are whole numbers: years, and numbers of years.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !matches!(self.sampled, Sampled::Assumption(_))
    }

    /// A sampled value in the unit of the tables: a growth of ln 1.24 is 0.24.
    #[must_use]
    pub fn in_unit(&self, scenario: &Scenario, value: f64) -> f64 {
        let Sampled::Assumption(id) = self.sampled else { return value };
        let assumption = &scenario.assumptions()[id];
        // The engine has levels as logs.
        assumption.in_unit(if assumption.kind() == Kind::Level { special::exp(value) } else { value }).0
    }

    /// A limit of a box in the unit of the tables; of whole numbers the least or the greatest that lies inside. `None` where the
    /// box has none.
    pub(super) fn limit(&self, scenario: &Scenario, limit: f64, upper: bool) -> Option<f64> {
        limit.is_finite().then(|| match (self.is_whole(), upper) {
            (true, true) => limit.floor(),
            (true, false) => limit.ceil(),
            (false, _) => self.in_unit(scenario, limit),
        })
    }
}
