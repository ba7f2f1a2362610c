//! What futures have in common: the rule on assumptions, and on what struck, that most of the futures follow in which a condition
//! holds, and few of the others.
//!
//! Boxes are found by PRIM on one half of the draws and judged on the other half, which they have not seen; drawn again with
//! replacement, the first half says whether the same rule would have come out. A rule tells which assumptions go with such
//! futures. It does not tell causes.

mod inputs;
mod judge;
mod limits;
mod paste;
mod peel;
mod resample;
mod trajectory;

use crate::engine::{self, Plan, Settings};
use crate::measure::{QuantityOfInterest, Target};
use crate::parallel;
use crate::scenario::Scenario;
use crate::summary::{Cases, KeptPath, PathKeeper, Sampled};

use super::recipe::Discover;
use super::refused::Refused;
pub use inputs::RuleInput;
pub use judge::{Judged, quasi_p};
pub use limits::{Counted, Face, Limits, Rows};
use peel::orders;
use resample::Halves;
pub use resample::RESAMPLES;
pub use trajectory::{FoundBox, Step, Trajectory};

/// Most paths that are looked at: all that are looked at are in memory.
pub const MOST_PATHS_LOOKED_AT: u64 = 1 << 17;

/// Fewest cases, and fewest paths that are none, from which a rule is made.
pub const FEWEST_CASES: u64 = 200;

/// What the futures of a condition have in common.
#[derive(Clone, Debug)]
pub struct Discovered {
    /// Scenario that was asked.
    pub scenario: Scenario,
    /// The condition, as the share of paths on which it holds.
    pub target: Target,
    /// Inputs that a rule may limit.
    pub inputs: Vec<RuleInput>,
    /// Paths that were looked at, and cases among them.
    pub looked_at: Counted,
    /// Share of the variance of the answer that is left with every assumption known.
    pub luck: f64,
    /// The boxes on the way, from the box of everything on.
    pub boxes: Vec<DiscoveredBox>,
    /// Place of the box that was chosen for its worth.
    pub chosen: usize,
    /// Place of the box that is shown: the one that was asked for, else the chosen one.
    pub shown: usize,
    /// Paths of the shown box, where they are asked for.
    pub kept: Vec<KeptPath>,
    /// Paths that were asked for, and seed.
    pub settings: Settings,
}

/// A box with what it is worth on draws that it was found on and on others.
#[derive(Clone, Debug, PartialEq)]
pub struct DiscoveredBox {
    /// How it came out of the one before.
    pub step: Step,
    /// On the draws that it was found on.
    pub found: Judged,
    /// On draws that it was not found on.
    pub held_out: Judged,
    /// Its limits, input by input.
    pub rule: Vec<Restriction>,
    /// In how many resamples the same inputs are limited on the same sides.
    pub reproduced: u32,
}

/// The limits of a box on one input.
#[derive(Clone, Debug, PartialEq)]
pub struct Restriction {
    /// Place of the input.
    pub input: usize,
    /// Least and greatest value inside, in the unit of the input.
    pub limits: [Option<f64>; 2],
    /// Quasi-p values of both limits.
    pub quasi_p: [Option<f64>; 2],
    /// In how many resamples this input is limited on the same sides.
    pub reproduced: u32,
}

impl Discover {
    /// Reads its condition.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn asked(&self, scenario: &Scenario) -> Result<Target, Refused> {
        let text = self.condition.clone();
        scenario.condition(&self.condition).map_err(|mistake| Refused::Asked { flag: "--where", text, mistake })
    }
}

impl Discovered {
    /// Looks for what the futures have in common in which a condition holds.
    ///
    /// # Errors
    /// If the condition cannot be read, holds on too few paths or on nearly all, or if nothing but luck differs between paths.
    pub fn find(
        scenario: &Scenario,
        asked: &Discover,
        settings: &Settings,
        told: &(dyn Fn(u64) + Sync),
    ) -> Result<Self, Refused> {
        let target = asked.asked(scenario)?;
        let mut inputs = inputs::all(scenario);
        let sampled: Vec<Sampled> = inputs.iter().map(|input| input.sampled).collect();
        if sampled.is_empty() {
            return Err(Refused::OnlyLuck { scenario: scenario.name().to_owned() });
        }
        let QuantityOfInterest::Share { condition, year } = &target.asked else {
            unreachable!("a condition is read as the share of paths on which it holds")
        };
        let looking = settings.up_to(settings.paths.min(MOST_PATHS_LOOKED_AT));
        let mut cases = Cases::new(scenario, condition, *year, &sampled);
        engine::simulate(&[&Plan::new(scenario).recording_what_struck()], &looking, &mut cases, told);
        if cases.saturated > 0 {
            return Err(Refused::Saturated { paths: cases.saturated, scenario: None });
        }
        let (luck, answers, columns) = (1.0 - cases.alike(), cases.answers, cases.values);
        let looked_at = Counted { rows: looking.paths, cases: answers.iter().filter(|it| **it).count() as u64 };
        enough(looked_at)?;
        for (input, column) in inputs.iter_mut().zip(&columns) {
            input.spread = spread(column).map(|value| input.in_unit(scenario, value));
        }
        let (boxes, chosen) = judged(scenario, &inputs, (&columns, &answers), looking.seed);
        let shown = asked.of_box.unwrap_or(chosen);
        if shown >= boxes.boxes.len() {
            return Err(Refused::NoBox { asked: shown, last: boxes.boxes.len() - 1 });
        }
        let limits = &boxes.boxes[shown].limits;
        let inside = (0..answers.len()).filter(|row| limits.holds(&columns, *row)).map(|row| row as u64);
        let kept: Vec<u64> = inside.take(asked.keep.unwrap_or(0) as usize).collect();
        let kept = kept_paths(scenario, kept, &looking);
        let boxes = boxes.judged;
        let scenario = scenario.clone();
        Ok(Self { scenario, target, inputs, looked_at, luck, boxes, chosen, shown, kept, settings: settings.clone() })
    }

    /// The box that is shown.
    #[must_use]
    pub fn shown_box(&self) -> &DiscoveredBox {
        &self.boxes[self.shown]
    }
}

/// Whether there are cases enough, and paths enough that are none.
fn enough(looked_at: Counted) -> Result<(), Refused> {
    let others = looked_at.rows - looked_at.cases;
    match looked_at.cases.min(others) {
        few if few < FEWEST_CASES => Err(Refused::TooFewCases {
            cases: looked_at.cases,
            paths: looked_at.rows,
            nearly_all: others < looked_at.cases,
            least: FEWEST_CASES,
        }),
        _ => Ok(()),
    }
}

/// First percentile, median and last percentile of some values.
fn spread(column: &[f64]) -> [f64; 3] {
    let mut values = column.to_vec();
    let last = values.len() - 1;
    [last / 100, last / 2, last - last / 100].map(|rank| *values.select_nth_unstable_by(rank, f64::total_cmp).1)
}

/// Boxes as they were found, and as they were judged.
struct Boxes {
    boxes: Vec<FoundBox>,
    judged: Vec<DiscoveredBox>,
}

/// Finds boxes on one half of the draws and on resamples of it, and judges them on the other half.
fn judged(
    scenario: &Scenario,
    inputs: &[RuleInput],
    (columns, cases): (&[Vec<f64>], &[bool]),
    seed: u64,
) -> (Boxes, usize) {
    let halves = Halves::new(cases.len() / 2, seed);
    let orders = orders(columns);
    let [own, held_out] = [false, true].map(|held_out| halves.weights(held_out));
    let found = parallel::map(1 + RESAMPLES as usize, |place| match place {
        0 => Trajectory::find_in_order(Rows { columns, cases, weights: &own }, &orders),
        again => {
            let weights = halves.resampled(again as u32 - 1);
            Trajectory::find_in_order(Rows { columns, cases, weights: &weights }, &orders)
        }
    });
    let (first, again) = found.split_first().expect("the first sample is one of them");
    let held_out = Rows { columns, cases, weights: &held_out };
    let total = held_out.inside(&Limits::everything(inputs.len()));
    let all = first.boxes[0].inside;
    let judge = |place: usize| {
        let it = &first.boxes[place];
        let others: Vec<&Limits> =
            again.iter().map(|other| &resample::counterpart(it, all.rows, other).limits).collect();
        let count = |same: &dyn Fn(&Limits) -> bool| others.iter().filter(|other| same(other)).count() as u32;
        let chances = quasi_p(held_out, &it.limits);
        let restriction = |input: usize| {
            let limits = it.limits.of(input);
            let side = |upper: bool| inputs[input].limit(scenario, limits[usize::from(upper)], upper);
            let p = |upper: bool| chances.iter().find(|it| it.0 == Face { input, upper }).map(|it| it.1);
            Restriction {
                input,
                limits: [side(false), side(true)],
                quasi_p: [p(false), p(true)],
                reproduced: count(&|other| resample::limits_alike(&it.limits, other, input)),
            }
        };
        DiscoveredBox {
            step: it.step,
            found: Judged { inside: it.inside, total: all },
            held_out: Judged { inside: held_out.inside(&it.limits), total },
            rule: it.limits.restricted().into_iter().map(restriction).collect(),
            reproduced: count(&|other| resample::same_rule(&it.limits, other)),
        }
    };
    let judged = parallel::map(first.boxes.len(), judge);
    (Boxes { boxes: first.boxes.clone(), judged }, first.answer)
}

/// Some paths, in rising order, with all that happens on them.
fn kept_paths(scenario: &Scenario, paths: Vec<u64>, looking: &Settings) -> Vec<KeptPath> {
    let Some(last) = paths.last() else { return Vec::new() };
    let settings = looking.up_to((last + 1).next_multiple_of(2));
    let mut keeper = PathKeeper::new(scenario).only(paths);
    engine::simulate(&[&Plan::new(scenario)], &settings, &mut keeper, &|_| {});
    keeper.paths()
}
