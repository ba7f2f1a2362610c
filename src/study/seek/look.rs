//! Looks at candidates: the target and how far the goal is met, under designs side by side.

use crate::engine::{Design, Settings};
use crate::measure::Goal;
use crate::summary::{Estimate, Majority, Objective, Variant};

use super::super::varied::Varied;
use super::asked::{majority, objective};

/// Designs that are simulated side by side: their blocks stay in the cache together.
const TOGETHER: usize = 8;

/// No number at all.
pub(super) const MISSING: Estimate = Estimate { value: f64::NAN, error: f64::INFINITY };

/// What a search knows before it looks at an input.
pub(super) struct Search<'a> {
    pub(crate) plain: &'a Variant<'a>,
    pub(crate) goal: &'a Goal,
    /// The goal as a share of paths, if it is one.
    pub(crate) majority: Option<Majority>,
    /// What every candidate takes besides the input that is sought.
    pub(crate) base: Design,
    pub(crate) settings: &'a Settings,
    objectives: Vec<Objective>,
}

/// What a candidate gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looked {
    /// The value of the input.
    pub(crate) value: f64,
    /// Target at the value.
    pub(crate) target: Estimate,
    /// How far the goal is met: above zero it is. A share of paths, or an amount of the target.
    pub(crate) margin: f64,
}

impl<'a> Search<'a> {
    pub(crate) fn new(plain: &'a Variant<'a>, goal: &'a Goal, base: Design, settings: &'a Settings) -> Self {
        let majority = majority(goal, plain.scenario());
        let mut objectives = vec![objective(&goal.target.asked)];
        if let Some(it) = majority.as_ref().filter(|_| !goal.target.is_share()) {
            objectives.push(Objective::Condition { condition: it.condition.clone(), year: it.year });
        }
        Self { plain, goal, majority, base, settings, objectives }
    }

    /// The target under some designs.
    pub(crate) fn target(&self, designs: &[Design]) -> Vec<Estimate> {
        self.look(designs, self.settings).into_iter().map(|it| it.map_or(MISSING, |(target, _)| target)).collect()
    }

    /// Whether a value of the target meets the goal.
    pub(crate) fn is_met(&self, target: Estimate) -> bool {
        self.goal.is_met(target.value)
    }

    /// Target and margin under some designs; nothing under one that does not fit the scenario.
    pub(super) fn look(&self, designs: &[Design], settings: &Settings) -> Vec<Option<(Estimate, f64)>> {
        let mut found = Vec::with_capacity(designs.len());
        for some in designs.chunks(TOGETHER) {
            let variants: Vec<Option<Variant>> = some.iter().map(|design| self.plain.under(design).ok()).collect();
            let whole: Vec<Variant> = variants.iter().flatten().cloned().collect();
            let mut estimates = Objective::evaluate(&self.objectives, &whole, settings).into_iter();
            for variant in &variants {
                let of = |estimates: Vec<Option<Estimate>>| {
                    let target = estimates[0]?;
                    Some((target, self.margin(target, estimates.get(1).copied().flatten())))
                };
                found.push(variant.as_ref().and_then(|_| of(estimates.next()?)));
            }
        }
        found
    }

    fn margin(&self, target: Estimate, share: Option<Estimate>) -> f64 {
        // A goal on a share is one on the share itself.
        let share = share.or(self.goal.target.is_share().then_some(target));
        match (&self.majority, share) {
            (Some(it), Some(share)) => {
                let met = if it.fails { 1.0 - share.value } else { share.value };
                met - it.share
            }
            _ if self.goal.wants_more() => target.value - self.goal.bound,
            _ => self.goal.bound - target.value,
        }
    }

    /// Target and margin at some values of an input.
    pub(crate) fn at(&self, varied: &Varied, values: &[f64], settings: &Settings) -> Vec<Looked> {
        let designs: Vec<Design> = values.iter().map(|value| varied.at(&self.base, *value)).collect();
        let looked = self.look(&designs, settings).into_iter().zip(values);
        looked.filter_map(|(it, value)| it.map(|(target, margin)| Looked { value: *value, target, margin })).collect()
    }
}
