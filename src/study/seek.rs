//! What it would take: the value of an input at which a goal is just met, of each input alone, or of two together.
//!
//! Every candidate runs on the same random numbers, so that an answer is that of these paths and not of their noise. A
//! goal on a share or a quantile is one on the paths that meet a condition; where each path changes at most once as the
//! input rises, the answer is an order statistic of the values at which the paths change, with its distribution-free
//! interval. Any other goal is met by bisection on the same paths.

mod asked;
mod bracket;
mod found;
mod ground;
mod look;
mod search;
mod what_if;

use crate::engine::{Design, Settings};
use crate::measure::Goal;
use crate::scenario::Scenario;
use crate::summary::Variant;

use super::varied::Varied;
pub use asked::Asked;
pub(crate) use asked::objective;
pub use found::{Attained, Method, Need, Needed, Sought};
use look::Search;

/// Values of the first of two inputs, for each of which the second is sought.
const FRONTIER: usize = 9;

impl Sought {
    /// Seeks a goal with the inputs that are named; with every input alone if none is.
    #[must_use]
    pub fn seek(
        scenario: &Scenario,
        goal: Goal,
        mut named: Vec<Varied>,
        settings: &Settings,
        told: &(dyn Fn(u64) + Sync),
    ) -> Self {
        let plain = Variant::of(scenario);
        let search = Search::new(&plain, &goal, Design::new(), settings);
        let today = search.target(&[Design::new()]).remove(0);
        let met = search.is_met(today);
        let (mut needs, mut frontier) = (Vec::new(), Vec::new());
        if let [first, second, ..] = named.as_slice() {
            named[0] = search.ground(first, second);
        }
        match named.as_slice() {
            [] => {
                for (place, varied) in Varied::all(scenario).into_iter().enumerate() {
                    needs.push(search.need(varied));
                    told(place as u64 + 1);
                }
                sort(scenario, &mut needs, &goal);
            }
            [first, second, ..] => {
                for (place, value) in first.grid(scenario, FRONTIER).into_iter().enumerate() {
                    let base = first.at(&Design::new(), value);
                    let need = Search::new(&plain, &goal, base, settings).need(second.clone());
                    frontier.push((value, need.of_frontier(&goal)));
                    told(place as u64 + 1);
                }
            }
            [one] => needs.push(search.closer(search.need(one.clone()))),
        }
        Self { scenario: scenario.clone(), goal, today, met, named, needs, frontier, settings: settings.clone() }
    }

    /// Whether the goal is met by anything that was tried.
    #[must_use]
    pub fn is_attained(&self) -> bool {
        let tried = self.needs.iter().chain(self.frontier.iter().map(|(_, need)| need));
        self.met || tried.into_iter().any(|need| need.needed.is_some() || need.attained == Attained::Everywhere)
    }

    /// Units of work that `told` hears of.
    #[must_use]
    pub fn steps(scenario: &Scenario, named: &[Varied]) -> u64 {
        match named {
            [] => Varied::all(scenario).len() as u64,
            [_] => 1,
            [first, ..] => first.grid(scenario, FRONTIER).len() as u64,
        }
    }
}

/// The likeliest first, then certain inputs and levers that can do it, then what cannot by how near it comes, the uncertain
/// before the certain, then what has no effect; ties in the order of the inputs.
fn sort(scenario: &Scenario, needs: &mut [Need], goal: &Goal) {
    let uncertain =
        |need: &Need| !scenario.assumptions()[need.varied.id].law().is_fixed() && !need.varied.is_lever(scenario);
    let group = |need: &Need| match (need.attained, need.chance) {
        (Attained::NoEffect, _) => 4,
        (Attained::Nowhere, _) if uncertain(need) => 2,
        (Attained::Nowhere, _) => 3,
        (_, None) => 1,
        _ => 0,
    };
    let best = |need: &Need| if goal.wants_more() { -need.best.1.value } else { need.best.1.value };
    needs.sort_by(|a, b| {
        let likelier = b.chance.unwrap_or(0.0).total_cmp(&a.chance.unwrap_or(0.0));
        group(a).cmp(&group(b)).then_with(|| match group(a) {
            0 => likelier,
            2 | 3 => best(a).total_cmp(&best(b)),
            _ => std::cmp::Ordering::Equal,
        })
    });
}
