//! Shapley effects: the variance divided among inputs and luck so that the parts add up to it, correlated inputs included.
//!
//! What a set of inputs explains of the variance is the correlation of a path's value with another one that shares these
//! inputs and draws the rest anew, given them (Song, Nelson and Staum, 2016). The effect of an input is its mean gain over all orders of
//! the inputs: over every set up to six of them, above over random orders, each beside its reverse.

use std::collections::BTreeMap;

use crate::engine::{Design, Settings};
use crate::measure::Target;
use crate::random::{Key, Numbers, Purpose};
use crate::scenario::Scenario;
use crate::summary::{PARTS, PathValue, Variant};

use super::super::passes::Passes;
use super::super::recipe::By;
use super::asked::path_value;
use super::found::{Answered, Interval, Player, Shares};
use super::parts::{Part, parts};

/// Most inputs and luck of which every set is simulated.
const MOST_EXACT: usize = 6;

/// Pairs of a random order and its reverse.
const PAIRS: usize = 16;

/// Sets that are simulated side by side with the plain run.
const TOGETHER: usize = 7;

pub(super) fn shapley(
    scenario: &Scenario,
    target: &Target,
    by: By,
    (settings, passes): (&Settings, &Passes),
    told: &(dyn Fn(u64) + Sync),
) -> Answered {
    let parts = parts(scenario, by, false);
    let orders = orders(parts.len(), settings.seed);
    let mut worth = Worth::new(scenario, &parts, path_value(target), (settings, passes));
    let wanted = orders.iter().flat_map(|order| (0..=order.len()).map(|length| set(&order[..length])));
    worth.find(wanted.collect(), told);
    let all = effects(&orders, &|set| worth.of(set, None));
    let without_part = |part: usize| effects(&orders, &|set| worth.of(set, Some(part)));
    let without: Option<Vec<Vec<f64>>> = worth.has_parts.then(|| (0..PARTS).map(without_part).collect());
    let player = |(place, part): (usize, &Part)| Player {
        addresses: part.addresses.clone(),
        groups: part.groups.clone(),
        layer: part.layer,
        share: Interval::of(all[place], without.as_ref().map(|all| all.iter().map(|of| of[place]).collect())),
        total: None,
    };
    let mut players: Vec<Player> = parts.iter().enumerate().map(player).collect();
    players.sort_by(|a, b| b.share.value.total_cmp(&a.share.value));
    Answered::Shares(Shares { variance: worth.variance, players, undefined: worth.undefined })
}

/// Shares of the variance that add up to it, of up to six players, from what every set of them explains: bit `i` of a set says
/// whether player `i` is in it. The empty set is asked, too: what it seems to explain is the noise that is in all others.
///
/// # Panics
/// With more than six players, for which random orders stand.
#[must_use]
pub fn shapley_effects(players: usize, explained: &dyn Fn(u64) -> f64) -> Vec<f64> {
    assert!(players <= MOST_EXACT, "every order of {players} players is too many");
    effects(&orders(players, 0), explained)
}

/// Mean gain of each player over some orders, as a share of what all explain beyond the empty set. A player without effect has
/// exactly none, because the values with and without it are the same.
fn effects(orders: &[Vec<usize>], explained: &dyn Fn(u64) -> f64) -> Vec<f64> {
    let players = orders[0].len();
    let mut sums = vec![0.0; players];
    let weight = 1.0 / orders.len() as f64;
    for order in orders {
        for length in 0..order.len() {
            let gain = explained(set(&order[..=length])) - explained(set(&order[..length]));
            sums[order[length]] += weight * gain;
        }
    }
    let all = explained((1_u64 << players) - 1) - explained(0);
    sums.iter().map(|sum| sum / all).collect()
}

/// A set of players as bits.
fn set(players: &[usize]) -> u64 {
    players.iter().fold(0, |set, player| set | 1 << player)
}

/// All orders of a few players, or random ones of many, each beside its reverse.
fn orders(players: usize, seed: u64) -> Vec<Vec<usize>> {
    if players <= MOST_EXACT {
        let mut all = vec![Vec::new()];
        for player in 0..players {
            all = all
                .into_iter()
                .flat_map(|order: Vec<usize>| {
                    (0..=order.len()).map(move |place| {
                        let mut longer = order.clone();
                        longer.insert(place, player);
                        longer
                    })
                })
                .collect();
        }
        return all;
    }
    let (numbers, key) = (Numbers::new(seed), Key::new(Purpose::Assumption, "orders of players"));
    let random = |pair: usize| {
        let mut order: Vec<(f64, usize)> = (0..players)
            .map(|player| (numbers.uniform(pair as u64, 0, key, u32::try_from(player).expect("few")), player))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let order: Vec<usize> = order.into_iter().map(|(_, player)| player).collect();
        [order.clone(), order.into_iter().rev().collect()]
    };
    (0..PAIRS).flat_map(random).collect()
}

/// What sets of players explain: of all paths, and of all but each part of them.
struct Worth<'a> {
    plain: Variant<'a>,
    parts: &'a [Part],
    value: PathValue,
    settings: &'a Settings,
    passes: &'a Passes,
    known: BTreeMap<u64, Vec<f64>>,
    /// Of the plain run, over all paths.
    variance: f64,
    has_parts: bool,
    undefined: u64,
}

impl<'a> Worth<'a> {
    fn new(
        scenario: &'a Scenario,
        parts: &'a [Part],
        value: PathValue,
        (settings, passes): (&'a Settings, &'a Passes),
    ) -> Self {
        let plain = Variant::of(scenario);
        let known = BTreeMap::new();
        Self { plain, parts, value, settings, passes, known, variance: 0.0, has_parts: true, undefined: 0 }
    }

    /// Simulates sets of players; everything together explains the variance.
    fn find(&mut self, mut sets: Vec<u64>, told: &(dyn Fn(u64) + Sync)) {
        sets.sort_unstable();
        sets.dedup();
        let whole = (1_u64 << self.parts.len()) - 1;
        sets.retain(|set| *set != whole);
        let mut done = 0;
        for some in sets.chunks(TOGETHER) {
            let design = |set: &u64| {
                let others = self.parts.iter().enumerate().filter(|(player, _)| set >> player & 1 == 0);
                others.fold(Design::new(), |design, (_, part)| part.anew(design))
            };
            let under = |design: Design| self.plain.under(&design).expect("its own inputs can be drawn anew");
            let designs = std::iter::once(Design::new()).chain(some.iter().map(design));
            let variants: Vec<Variant> = designs.map(under).collect();
            let found = self.passes.products(&self.value, &variants, self.settings);
            let of = |design: usize| -> Vec<f64> {
                (0..=PARTS).map(|part| found.correlation((part < PARTS).then_some(part), 0, design)).collect()
            };
            self.known.insert(whole, of(0));
            for (place, set) in some.iter().enumerate() {
                self.known.insert(*set, of(place + 1));
            }
            self.variance = found.covariance(None, 0, 0);
            (self.has_parts, self.undefined) = (found.has_parts(), self.undefined.max(found.undefined));
            done += some.len() as u64;
            told(done);
        }
    }

    fn of(&self, set: u64, without: Option<usize>) -> f64 {
        self.known[&set][without.unwrap_or(PARTS)]
    }
}
