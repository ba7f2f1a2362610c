//! When events begin on a path and what they do to its levels, year by year.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use super::slow::Slow;
use aigap::event::Effect;
use aigap::random::{Key, Purpose};
use aigap::scenario::{Event, SeriesKind};

impl Slow<'_> {
    /// The year in which an event begins on a path; infinite if it never does.
    pub fn begins(&self, event: &Event, path: u64, values: &[f64]) -> f64 {
        let u = self.numbers.uniform(path, 0, Key::new(Purpose::EventFlag, event.address()), 0);
        if event.chance().is_some_and(|chance| u >= values[chance]) {
            return f64::INFINITY;
        }
        let mut year = values[event.year()].floor();
        if let Some(chance) = event.yearly_chance() {
            // Year by year: the risk strikes in the first year whose share of the uniform it falls into.
            let mut survived = 1.0;
            while u >= 1.0 - survived * (1.0 - values[chance]) && year < 3000.0 {
                survived *= 1.0 - values[chance];
                year += 1.0;
            }
        }
        year
    }

    pub fn multiplied(&self, path: u64, place: usize, year: i32, values: &[f64]) -> f64 {
        let mut sum = 0.0;
        for event in self.scenario.events() {
            if !event.targets().iter().any(|(region, kind)| self.acts_on(*region, *kind, place)) {
                continue;
            }
            let elapsed = f64::from(year) - self.begins(event, path, values);
            if elapsed < 0.0 {
                continue;
            }
            sum += match event.effect() {
                Effect::Step { size, over } => values[*size] * ((elapsed + 1.0) / f64::from(*over)).min(1.0),
                Effect::Growth { points, until } => {
                    let end = until.map_or(f64::INFINITY, |id| values[id]);
                    let first = f64::from(year) - elapsed;
                    // Year by year, both ends included.
                    let active = (0..=elapsed as i32).filter(|passed| first + f64::from(*passed) <= end).count();
                    values[*points] * active as f64
                }
                Effect::Pulse { size, half_life } => values[*size] * 0.5f64.powf(elapsed / values[*half_life]),
                _ => 0.0,
            };
        }
        sum
    }

    /// An event on what is not modelled acts through the other: funding and deal size stand for each other.
    pub fn acts_on(&self, region: usize, kind: SeriesKind, place: usize) -> bool {
        let target = &self.scenario.regions()[region];
        let has = |kind| target.series().any(|series| series.kind() == kind);
        let through = match kind {
            _ if has(kind) => kind,
            SeriesKind::Funding => SeriesKind::DealSize,
            _ => SeriesKind::Funding,
        };
        let series = self.scenario.series().nth(place).unwrap();
        series.address() == format!("{}.{}", target.name(), through.name())
    }
}
