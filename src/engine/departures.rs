//! What departs from the growth models: events that begin on a path in some year, and jumps.

use crate::event::{Effect, years_until};
use crate::special;

use super::PATHS_PER_BLOCK;
use super::draws::Draws;
use super::luck::{Layer, Luck};
use super::plan::{Plan, PlannedEvent, PlannedJump};
use super::yearly::{When, Yearly};

/// Year in which each event begins on each path, and what each jump has done to it.
#[derive(Debug)]
pub(super) struct Departures {
    /// For each event, the year it begins; infinite where it never does.
    begins: Vec<Vec<f64>>,
    jumps: Vec<Jumped>,
    uniforms: Vec<f64>,
}

#[derive(Debug)]
struct Jumped {
    flags: Yearly,
    sizes: Yearly,
    /// Log change of the level this year.
    now: Vec<f64>,
    /// Sum of the permanent jumps so far.
    stayed: Vec<f64>,
}

impl Departures {
    pub fn new(plan: &Plan) -> Self {
        let column = || vec![0.0; PATHS_PER_BLOCK];
        let jumped = |jump: &PlannedJump| Jumped {
            flags: Yearly::new(jump.flag),
            sizes: Yearly::new(jump.size_key),
            now: column(),
            stayed: column(),
        };
        Self {
            begins: plan.events.iter().map(|_| column()).collect(),
            jumps: plan.jumps.iter().map(jumped).collect(),
            uniforms: column(),
        }
    }

    /// Decides when each event begins on each path: luck, so one number a path.
    pub fn start(&mut self, plan: &Plan, values: &Draws, luck: &Luck, when: When) {
        let draws = when.draws;
        let numbers = luck.of(Layer::Events);
        let uniforms = &mut self.uniforms[..2 * draws];
        for (event, begins) in plan.events.iter().zip(&mut self.begins) {
            if event.chance.is_some() || event.yearly_chance.is_some() {
                when.fill_once(numbers, event.flag, uniforms);
            }
            let years = values.column(event.year, draws);
            for (row, begins) in begins[..2 * draws].iter_mut().enumerate() {
                *begins = years[row % draws].floor();
            }
            if let Some(chance) = event.chance {
                let chance = values.column(chance, draws);
                for (row, begins) in begins[..2 * draws].iter_mut().enumerate() {
                    let u = uniforms[row];
                    if u >= chance[row % draws] {
                        *begins = f64::INFINITY;
                    }
                }
            }
            if let Some(chance) = event.yearly_chance {
                let chance = values.column(chance, draws);
                for (row, begins) in begins[..2 * draws].iter_mut().enumerate() {
                    let u = uniforms[row];
                    *begins += years_until(chance[row % draws], u);
                }
            }
        }
        for jumped in &mut self.jumps {
            jumped.flags.restart();
            jumped.sizes.restart();
            jumped.stayed[..2 * draws].fill(0.0);
        }
    }

    /// Strikes the jumps of a year.
    pub fn advance(&mut self, plan: &Plan, values: &Draws, luck: &Luck, when: When) {
        let draws = when.draws;
        let numbers = luck.of(Layer::Events);
        for (jump, jumped) in plan.jumps.iter().zip(&mut self.jumps) {
            let parameters = jump.jump.map(|id| values.column(*id, draws));
            let Jumped { flags, sizes, now, stayed } = jumped;
            let now = &mut now[..2 * draws];
            now.copy_from_slice(sizes.of_year(numbers, when));
            special::normals(now);
            let flags = flags.of_year(numbers, when);
            for (row, ((now, stayed), flag)) in now.iter_mut().zip(stayed.iter_mut()).zip(flags).enumerate() {
                let draw = row % draws;
                let strikes = *flag < parameters.chance[draw];
                let change = if strikes { parameters.size[draw] + parameters.spread[draw] * *now } else { 0.0 };
                if jump.jump.permanent {
                    *stayed += change;
                    *now = *stayed;
                } else {
                    *now = change;
                }
            }
        }
    }

    /// Whether anything multiplies the level of a series.
    pub fn act_on(&self, plan: &Plan, series: usize) -> bool {
        plan.events.iter().any(|event| event.effect.multiplies() && event.series.contains(&series))
            || plan.jumps.iter().any(|jump| jump.series.contains(&series))
    }

    /// Multiplies the level of a series by everything that multiplies it.
    pub fn multiply(&self, plan: &Plan, values: &Draws, series: usize, when: When, column: &mut [f64]) {
        for (event, begins) in plan.events.iter().zip(&self.begins) {
            if event.effect.multiplies() && event.series.contains(&series) {
                let effect = event.effect.map(|id| values.column(*id, when.draws));
                for (rows, _) in when.halves() {
                    Effect::add_to(&effect, &begins[rows.clone()], when.year, &mut column[rows]);
                }
            }
        }
        for (jump, jumped) in plan.jumps.iter().zip(&self.jumps) {
            if jump.series.contains(&series) {
                column.iter_mut().zip(&jumped.now).for_each(|(level, jump)| *level += jump);
            }
        }
    }

    /// Holds a quantity of a region within the floors and caps that last in a year; `None` if none does anywhere.
    pub fn limit<'a>(
        &self,
        plan: &'a Plan,
        values: &Draws,
        limits: impl Iterator<Item = &'a usize>,
        when: When,
        column: &mut [f64],
    ) {
        for place in limits {
            let event = &plan.events[*place];
            let effect = event.effect.map(|id| values.column(*id, when.draws));
            for (row, level) in column.iter_mut().enumerate() {
                let effect: Effect<f64> = effect.map(|values| values[row % when.draws]);
                if effect.lasts(self.begins[*place][row], when.year) {
                    match effect {
                        Effect::Cap { level: most, .. } => *level = level.min(most),
                        Effect::Floor { level: least, .. } => *level = level.max(least),
                        _ => {}
                    }
                }
            }
        }
    }

    /// Money that an event adds in a year, $bn a path.
    pub fn add_money(&self, values: &Draws, event: &PlannedEvent, place: usize, when: When, sum: &mut [f64]) {
        let effect = event.effect.map(|id| values.column(*id, when.draws));
        for (row, sum) in sum.iter_mut().enumerate() {
            let effect: Effect<f64> = effect.map(|values| values[row % when.draws]);
            if effect.lasts(self.begins[place][row], when.year) {
                *sum += special::exp(*effect.size());
            }
        }
    }
}
