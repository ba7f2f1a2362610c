//! What departs from the growth models: events that begin on a path in some year, and jumps.

use crate::event::{Effect, years_until};
use crate::special;

use super::column::Column;
use super::draws::Draws;
use super::plan::{Plan, PlannedEvent, PlannedJump};
use super::stream::{Stream, When};
use super::struck::Struck;
use super::yearly::Yearly;

/// Year in which each event begins on each path, and what each jump has done to it.
#[derive(Debug)]
pub(super) struct Departures {
    /// For each event, the year it begins; infinite where it never does.
    begins: Vec<Column>,
    jumps: Vec<Jumped>,
    uniforms: Column,
}

/// The jumps of one risk on every path.
#[derive(Debug)]
struct Jumped {
    flags: Yearly,
    sizes: Yearly,
    /// Log change of the level this year.
    now: Column,
    /// Sum of the permanent jumps so far.
    stayed: Column,
}

impl Departures {
    pub(crate) fn new(plan: &Plan) -> Self {
        let column = Column::default;
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
    pub(crate) fn start(&mut self, plan: &Plan, values: &Draws, luck: &Stream, when: When) {
        let draws = when.draws;
        let uniforms = &mut self.uniforms[..2 * draws];
        for (event, begins) in plan.events.iter().zip(&mut self.begins) {
            if event.chance.is_some() || event.yearly_chance.is_some() {
                luck.fill_once(event.flag, when, uniforms);
            }
            let years = values.column(event.year, draws);
            let chance = event.chance.map(|id| values.column(id, draws));
            let yearly_chance = event.yearly_chance.map(|id| values.column(id, draws));
            for (rows, _) in when.halves() {
                let (begins, uniforms) = (&mut begins[rows.clone()], &uniforms[rows]);
                for (begins, year) in begins.iter_mut().zip(years) {
                    *begins = year.floor();
                }
                for ((begins, u), chance) in begins.iter_mut().zip(uniforms).zip(chance.unwrap_or_default()) {
                    *begins = if u < chance { *begins } else { f64::INFINITY };
                }
                for ((begins, u), chance) in begins.iter_mut().zip(uniforms).zip(yearly_chance.unwrap_or_default()) {
                    *begins += years_until(*chance, *u);
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
    pub(crate) fn advance(&mut self, plan: &Plan, values: &Draws, luck: &Stream, when: When) {
        let draws = when.draws;
        for (jump, jumped) in plan.jumps.iter().zip(&mut self.jumps) {
            let parameters = jump.jump.map(|id| values.column(*id, draws));
            let Jumped { flags, sizes, now, stayed } = jumped;
            let now = &mut now[..2 * draws];
            now.copy_from_slice(sizes.of_year(luck, when));
            special::normals(now);
            let flags = flags.of_year(luck, when);
            for (rows, _) in when.halves() {
                strike([parameters.chance, parameters.size, parameters.spread], &flags[rows.clone()], &mut now[rows]);
            }
            if jump.jump.permanent {
                add_up(now, stayed);
            }
        }
    }

    /// Records the year that each event begins.
    pub(crate) fn record_start(&self, rows: usize, struck: &mut Struck) {
        struck.restart(rows);
        for (record, begins) in struck.begins.iter_mut().zip(&self.begins) {
            record[..rows].copy_from_slice(&begins[..rows]);
        }
    }

    /// Records which jumps struck in a year that has been advanced to.
    pub(crate) fn record(&mut self, plan: &Plan, values: &Draws, luck: &Stream, when: When, struck: &mut Struck) {
        for ((jump, jumped), counts) in plan.jumps.iter().zip(&mut self.jumps).zip(&mut struck.strikes) {
            let chance = values.column(jump.jump.chance, when.draws);
            let flags = jumped.flags.of_year(luck, when);
            for (rows, _) in when.halves() {
                let flags = flags[rows.clone()].iter().zip(chance);
                for (count, (flag, chance)) in counts[rows].iter_mut().zip(flags) {
                    *count += if flag < chance { 1.0 } else { 0.0 };
                }
            }
        }
    }

    /// Whether anything multiplies the level of a series.
    pub(crate) fn act_on(&self, plan: &Plan, series: usize) -> bool {
        plan.events.iter().any(|event| event.effect.multiplies() && event.series.contains(&series))
            || plan.jumps.iter().any(|jump| jump.series.contains(&series))
    }

    /// Multiplies the level of a series by everything that multiplies it.
    pub(crate) fn multiply(&self, plan: &Plan, values: &Draws, series: usize, when: When, column: &mut [f64]) {
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
                special::add(column, &jumped.now);
            }
        }
    }

    /// Holds a quantity of a region within the floors and caps that last in a year.
    pub(crate) fn limit<'a>(
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
            for (rows, _) in when.halves() {
                let columns = column[rows.clone()].iter_mut().zip(&self.begins[*place][rows]);
                for (draw, (level, begins)) in columns.enumerate() {
                    let effect: Effect<f64> = effect.map(|values| values[draw]);
                    if effect.lasts(*begins, when.year) {
                        match effect {
                            Effect::Cap { level: most, .. } => *level = level.min(most),
                            Effect::Floor { level: least, .. } => *level = level.max(least),
                            _ => {}
                        }
                    }
                }
            }
        }
    }

    /// Money that an event adds in a year, $bn a path.
    pub(crate) fn add_money(&self, values: &Draws, event: &PlannedEvent, place: usize, when: When, sum: &mut [f64]) {
        let effect = event.effect.map(|id| values.column(*id, when.draws));
        for (rows, _) in when.halves() {
            let columns = sum[rows.clone()].iter_mut().zip(&self.begins[place][rows]);
            for (draw, (sum, begins)) in columns.enumerate() {
                let effect: Effect<f64> = effect.map(|values| values[draw]);
                if effect.lasts(*begins, when.year) {
                    *sum += special::exp(*effect.size());
                }
            }
        }
    }
}

/// Turns normals into what jumps do to the logs of this year, where they strike: chance, size and spread by draw.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn strike([chance, size, spread]: [&[f64]; 3], flags: &[f64], normals: &mut [f64]) {
    for ((((normal, flag), chance), size), spread) in normals.iter_mut().zip(flags).zip(chance).zip(size).zip(spread) {
        let change = size + spread * *normal;
        *normal = if flag < chance { change } else { 0.0 };
    }
}

/// Adds the jumps of a year to those that stayed, and puts their sum in their place.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add_up(now: &mut [f64], stayed: &mut [f64]) {
    for (now, stayed) in now.iter_mut().zip(stayed) {
        *stayed += *now;
        *now = *stayed;
    }
}
