//! Where the passes of a study over its paths are counted: here and now, or by shards that were made before.
//!
//! A study is a fixed sequence of passes, so a shard that counts its share of each in their order, and a merger that takes
//! them in the same order, need no list of what belongs where.

use std::collections::VecDeque;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use crate::engine::Settings;
use crate::scenario::Scenario;
use crate::summary::{
    Estimate, Objective, PARTS, PairedPart, PairedRow, Pairing, Partial, PathValue, Products, ProductsPart, Summary,
    Variant, Wanted,
};

use super::shard::Shard;

/// Variants that one shard evaluates by itself before it is the next one's turn.
const TOGETHER: usize = 8;

/// Estimates by variant and objective; `None` where there is no such number.
pub(super) type Estimates = Vec<Vec<Option<Estimate>>>;

/// What a shard has counted of one pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Counted {
    /// All metrics of a range of paths.
    Paths(Box<Partial>),
    /// Pairs of a range of paths.
    Pairs(PairedPart),
    /// Objectives of some variants; empty if it was another shard's turn.
    Estimates(Estimates),
    /// Products of some parts of a run.
    Products(ProductsPart),
}

/// Where the passes of a study are counted.
pub(super) enum Passes {
    /// Counted here, all of them.
    Here,
    /// Here, as far as they are a shard's.
    Shard(Shard, Mutex<Recorded>),
    /// By shards, whose counts are merged.
    Merged(Mutex<Replayed>),
}

/// What a shard has counted so far.
#[derive(Debug, Default)]
pub(super) struct Recorded {
    counted: Vec<Counted>,
    /// Turns of evaluation so far.
    turns: u64,
}

/// What shards have counted, in their order, and what could not be merged.
#[derive(Debug)]
pub(super) struct Replayed {
    shards: Vec<VecDeque<Counted>>,
    turns: usize,
    fault: Option<String>,
}

/// A poisoned lock means that another thread panicked, and that panic is already on its way to the caller.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Passes {
    /// The passes of one shard.
    pub(super) fn of_shard(shard: Shard) -> Self {
        Self::Shard(shard, Mutex::default())
    }

    /// Passes that shards, in their order, have counted.
    pub(super) fn of_shards(shards: Vec<Vec<Counted>>) -> Self {
        let shards = shards.into_iter().map(VecDeque::from).collect();
        Self::Merged(Mutex::new(Replayed { shards, turns: 0, fault: None }))
    }

    /// What the shard has counted.
    pub(super) fn counted(self) -> Vec<Counted> {
        match self {
            Self::Shard(_, recorded) => {
                recorded.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).counted
            }
            Self::Here | Self::Merged(_) => Vec::new(),
        }
    }

    /// Why the shards do not make up the study, if they do not.
    pub(super) fn fault(&self) -> Option<String> {
        let Self::Merged(replayed) = self else { return None };
        let replayed = lock(replayed);
        let left = replayed.shards.iter().any(|it| !it.is_empty());
        replayed.fault.clone().or_else(|| left.then(|| "they counted more than this study asks for".to_owned()))
    }

    /// Counts a shard's range of the paths of a scenario.
    pub(super) fn record_paths(
        &self,
        scenario: &Scenario,
        settings: &Settings,
        wanted: Wanted,
        told: &(dyn Fn(u64) + Sync),
    ) {
        let Self::Shard(shard, recorded) = self else { return };
        let range = shard.range_of(settings);
        let part = Partial::of(scenario, settings, range, wanted, told).expect("a range of whole blocks of a run");
        lock(recorded).counted.push(Counted::Paths(Box::new(part)));
    }

    /// Counts a shard's range of the pairs of two scenarios; pairs on points are formed when shards are merged.
    pub(super) fn record_pairs(&self, [base, what_if]: [&Scenario; 2], settings: &Settings) {
        let Self::Shard(shard, recorded) = self else { return };
        if settings.points().is_none() {
            let part = PairedPart::of(base, what_if, settings, shard.range_of(settings));
            lock(recorded).counted.push(Counted::Pairs(part));
        }
    }

    /// What all paths of a scenario say.
    pub(super) fn summary(
        &self,
        scenario: &Scenario,
        settings: &Settings,
        wanted: Wanted,
        told: &(dyn Fn(u64) + Sync),
    ) -> Summary {
        let merged = self.merged(|counted| match counted {
            Counted::Paths(part) => Some(*part),
            _ => None,
        });
        let found = merged.map(|parts| {
            let merged = Partial::merge(parts).and_then(|whole| whole.summary(scenario, settings));
            merged.map_err(|why| why.to_string())
        });
        match found {
            Some(Ok(summary)) => summary,
            Some(Err(why)) => {
                self.blame(why);
                Summary::of(scenario, settings, wanted, told)
            }
            None => Summary::of(scenario, settings, wanted, told),
        }
    }

    /// What a what-if changes, path by path.
    pub(super) fn pairs(&self, both: [&Scenario; 2], settings: &Settings, sides: [&Summary; 2]) -> Vec<PairedRow> {
        let here = || Pairing::of(both[0], both[1], settings, sides);
        if settings.points().is_some() {
            return here();
        }
        let merged = self.merged(|counted| match counted {
            Counted::Pairs(part) => Some(part),
            _ => None,
        });
        let Some(parts) = merged else { return here() };
        let mut parts = parts.into_iter();
        let mut whole = parts.next().unwrap_or_default();
        parts.for_each(|part| whole.merge(&part));
        whole.rows(both, settings, sides).unwrap_or_else(|| {
            self.blame("they counted the pairs of other scenarios".to_owned());
            here()
        })
    }

    /// Objectives of variants, on all paths.
    pub(super) fn evaluate(&self, objectives: &[Objective], variants: &[Variant], settings: &Settings) -> Estimates {
        self.in_turn(objectives.len(), variants, &|variants| Objective::evaluate(objectives, variants, settings))
    }

    /// Objectives of variants, on all paths, with quantiles that are those of a full sort.
    pub(super) fn evaluate_exactly(
        &self,
        objectives: &[Objective],
        variants: &[Variant],
        settings: &Settings,
    ) -> Estimates {
        self.in_turn(objectives.len(), variants, &|variants| {
            Objective::evaluate_exactly(objectives, variants, settings)
        })
    }

    /// Products of a path's value under several designs.
    pub(super) fn products(&self, value: &PathValue, variants: &[Variant], settings: &Settings) -> Products {
        if let Self::Shard(shard, recorded) = self {
            let part = Products::of_parts(value, variants, settings, shard.range(PARTS as u64));
            lock(recorded).counted.push(Counted::Products(part.clone()));
            return Products::merged(variants.len(), [part]);
        }
        let merged = self.merged(|counted| match counted {
            Counted::Products(part) => Some(part),
            _ => None,
        });
        merged.map_or_else(|| Products::of(value, variants, settings), |parts| Products::merged(variants.len(), parts))
    }

    /// Evaluates a few variants at a time, each few by the shard whose turn it is.
    fn in_turn(
        &self,
        objectives: usize,
        variants: &[Variant],
        evaluate: &dyn Fn(&[Variant]) -> Estimates,
    ) -> Estimates {
        match self {
            Self::Here => evaluate(variants),
            Self::Shard(shard, recorded) => {
                let one = |some: &[Variant]| {
                    let turn = lock(recorded).turns;
                    let own = shard.has_turn(turn);
                    let found = if own { evaluate(some) } else { Vec::new() };
                    let mut recorded = lock(recorded);
                    recorded.turns += 1;
                    recorded.counted.push(Counted::Estimates(found.clone()));
                    if own { found } else { vec![vec![None; objectives]; some.len()] }
                };
                variants.chunks(TOGETHER).flat_map(one).collect()
            }
            Self::Merged(replayed) => {
                let one = |some: &[Variant]| {
                    let whole = self.merged(|counted| match counted {
                        Counted::Estimates(found) => Some(found),
                        _ => None,
                    });
                    let mut replayed = lock(replayed);
                    let place = replayed.turns % replayed.shards.len();
                    replayed.turns += 1;
                    let found = whole.and_then(|mut all| (place < all.len()).then(|| all.swap_remove(place)));
                    let fits = |it: &Estimates| it.len() == some.len() && it.iter().all(|row| row.len() == objectives);
                    found.filter(fits).unwrap_or_else(|| {
                        replayed.fault.get_or_insert_with(|| "they evaluated something else".to_owned());
                        vec![vec![None; objectives]; some.len()]
                    })
                };
                variants.chunks(TOGETHER).flat_map(one).collect()
            }
        }
    }

    /// What the next pass of each shard has counted; `None` if passes are counted here, or shards counted something else.
    fn merged<T>(&self, of: impl Fn(Counted) -> Option<T>) -> Option<Vec<T>> {
        let Self::Merged(replayed) = self else { return None };
        let mut replayed = lock(replayed);
        let all: Option<Vec<T>> = replayed.shards.iter_mut().map(|shard| shard.pop_front().and_then(&of)).collect();
        if all.is_none() {
            replayed.fault.get_or_insert_with(|| "they counted another study".to_owned());
        }
        all
    }

    fn blame(&self, why: String) {
        if let Self::Merged(replayed) = self {
            lock(replayed).fault.get_or_insert(why);
        }
    }
}
