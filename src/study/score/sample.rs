//! The observer that keeps what paths say of a few measures in a few years, for rules that need every path.

use crate::engine::{Block, Column, Observer, Plan, Settings, simulate};
use crate::metric::{Levels, Measure};
use crate::scenario::Scenario;

/// Values of some measures over all paths of a run, in nominal dollars.
struct Sample<'a> {
    scenario: &'a Scenario,
    /// Measures with their years, counted from 0.
    wanted: &'a [(Measure, usize)],
    values: Vec<Vec<f64>>,
}

impl Observer for Sample<'_> {
    type Counts = ();
    type Sums = Vec<Vec<f64>>;

    fn counts(&self) {}

    fn observe(&self, blocks: &[Block], (): &mut ()) -> Vec<Vec<f64>> {
        let block = &blocks[0];
        let measures = self.wanted.iter().map(|(measure, _)| *measure);
        let mut levels = Levels::in_dollars(self.scenario).only(measures);
        let mut scratch = Column::default();
        let last = self.wanted.iter().map(|(_, year)| *year).max().unwrap_or(0);
        let mut found = vec![Vec::new(); self.wanted.len()];
        for year in 0..=last {
            levels.enter(block, year);
            let now = self.wanted.iter().zip(&mut found).filter(|((_, wanted), _)| *wanted == year);
            for ((measure, _), values) in now {
                values.extend_from_slice(levels.column(*measure, &mut scratch));
            }
        }
        found
    }

    fn absorb(&mut self, block: Vec<Vec<f64>>) {
        self.values.iter_mut().zip(block).for_each(|(all, more)| all.extend(more));
    }

    fn finish(&mut self, (): ()) {}
}

/// What every path of a run says of measures in calendar years, sorted; values that are no number are left out.
pub(super) fn sorted(scenario: &Scenario, wanted: &[(Measure, i32)], settings: &Settings) -> Vec<Vec<f64>> {
    let first = scenario.base_year() + 1;
    let place = |year: i32| usize::try_from(year - first).expect("outcomes are of simulated years");
    let wanted: Vec<(Measure, usize)> = wanted.iter().map(|(measure, year)| (*measure, place(*year))).collect();
    let values = vec![Vec::new(); wanted.len()];
    let mut sample = Sample { scenario, wanted: &wanted, values };
    simulate(&[&Plan::new(scenario)], settings, &mut sample, &|_| {});
    for values in &mut sample.values {
        values.retain(|value| !value.is_nan());
        values.sort_by(f64::total_cmp);
    }
    sample.values
}
