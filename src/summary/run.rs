//! A run from end to end: simulate, summarise, and look again where more is asked for.

use crate::engine::{self, Plan, Settings};
use crate::scenario::Scenario;

use super::{Collector, Summary, exact};

/// What is asked of a run besides its paths.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Quantiles as exact order statistics instead of from a histogram.
    pub exact: bool,
}

impl Summary {
    /// Simulates a scenario and says what it says, in the current thread pool.
    #[must_use]
    pub fn of(scenario: &Scenario, settings: Settings, wanted: Wanted, progress: &(dyn Fn(u64) + Sync)) -> Self {
        let plan = Plan::new(scenario);
        let mut collector =
            if wanted.exact { Collector::with_all_histograms(scenario) } else { Collector::new(scenario) };
        engine::simulate(&plan, settings, &mut collector, progress);
        let mut summary = collector.summary(settings);
        // Saturated paths mean nothing, and neither do their order statistics.
        if wanted.exact && summary.saturated == 0 {
            let histograms = collector.histograms();
            let quantiles = exact::quantiles(scenario, &plan, settings, &histograms, exact::CAPACITY, progress);
            let rows = summary.fan.iter_mut().filter_map(|row| row.simulated.as_mut());
            rows.zip(quantiles).for_each(|(spread, quantiles)| spread.quantiles = quantiles);
            summary.exact = true;
        }
        summary
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Block, Observer, PATHS_PER_BLOCK};
    use crate::metric::{Levels, Measure};
    use crate::summary::LEVELS;

    /// Deals counted in whole numbers, of which some years have none at all: ties, infinite ratios, undefined ones.
    const SPARSE: &str = r#"
title = "sparse"
horizon = 2026
[us.deals]
model = "random-walk"
growth = "-95%"
volatility = "60%"
[us.deal-size]
model = "random-walk"
growth = { p10 = "-7%", p90 = "11%", why = "a test", source = "none" }
volatility = "35%"
[us.counting]
deals = "poisson"
[china.deals]
model = "random-walk"
growth = "-93%"
volatility = "50%"
[china.deal-size]
model = "random-walk"
growth = "3%"
volatility = "45%"
[china.counting]
deals = "poisson"
"#;

    fn scenario(text: &str) -> Scenario {
        let read = |_: &std::path::Path| Ok(text.as_bytes().to_vec());
        let loaded = crate::scenario::load(std::path::Path::new("test.toml"), &Default::default(), None, &read);
        loaded.map_err(|rejected| rejected.problems).expect("a valid scenario").scenario
    }

    /// Keeps every value of every measure and year.
    struct All<'a>(&'a Scenario, Vec<Measure>, Vec<Vec<f64>>);

    impl Observer for All<'_> {
        type Counts = ();
        type Sums = Vec<Vec<f64>>;

        fn counts(&self) {}

        fn observe(&self, block: &Block, (): &mut ()) -> Vec<Vec<f64>> {
            let (mut levels, mut scratch) = (Levels::new(self.0), vec![0.0; PATHS_PER_BLOCK]);
            let years = self.0.years().len();
            let mut cells = vec![Vec::new(); self.1.len() * years];
            for year in 0..years {
                levels.enter(block, year);
                for (place, measure) in self.1.iter().enumerate() {
                    cells[place * years + year].extend_from_slice(levels.column(*measure, &mut scratch));
                }
            }
            cells
        }

        fn absorb(&mut self, cells: Vec<Vec<f64>>) {
            self.2.iter_mut().zip(cells).for_each(|(all, block)| all.extend(block));
        }

        fn finish(&mut self, (): ()) {}
    }

    /// Type 7 on the extended reals, by sorting everything.
    fn sorted_quantiles(values: &[f64]) -> Option<[f64; 9]> {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        sorted.sort_by(f64::total_cmp);
        (!sorted.is_empty()).then(|| {
            LEVELS.map(|level| {
                let rank = (sorted.len() - 1) as f64 * level;
                let (low, high) = (sorted[rank.floor() as usize], sorted[rank.ceil() as usize]);
                if low == high || low.is_infinite() {
                    low
                } else if high.is_infinite() {
                    high
                } else {
                    low + (high - low) * (rank - rank.floor())
                }
            })
        })
    }

    fn check(text: &str, paths: u64, capacity: u64) {
        let scenario = scenario(text);
        let (plan, settings) = (Plan::new(&scenario), Settings { paths, seed: 11 });
        let mut collector = Collector::with_all_histograms(&scenario);
        engine::simulate(&plan, settings, &mut collector, &|_| {});
        let found = exact::quantiles(&scenario, &plan, settings, &collector.histograms(), capacity, &|_| {});
        let measures = Measure::all(&scenario);
        let cells = measures.len() * scenario.years().len();
        let mut all = All(&scenario, measures, vec![Vec::new(); cells]);
        engine::simulate(&plan, settings, &mut all, &|_| {});
        assert_eq!(found.len(), all.2.len());
        for (cell, (found, values)) in found.iter().zip(&all.2).enumerate() {
            assert_eq!(*found, sorted_quantiles(values), "cell {cell} of {paths} paths, room for {capacity}");
        }
    }

    #[test]
    fn exact_quantiles_are_those_of_a_full_sort() {
        for paths in [2, 4, 1000, 20_000] {
            check(include_str!("../../scenarios/base.toml"), paths, exact::CAPACITY);
            check(SPARSE, paths, exact::CAPACITY);
        }
    }

    #[test]
    fn too_little_room_for_the_values_takes_more_passes_and_gives_the_same() {
        for capacity in [0, 1, 100, 5000] {
            check(include_str!("../../scenarios/base.toml"), 4000, capacity);
            check(SPARSE, 4000, capacity);
        }
    }

    #[test]
    fn the_sparse_scenario_has_what_makes_order_statistics_hard() {
        let scenario = scenario(SPARSE);
        let summary = Summary::of(&scenario, Settings { paths: 4000, seed: 11 }, Wanted { exact: true }, &|_| {});
        let spreads = || summary.fan.iter().filter_map(|row| row.simulated.as_ref());
        assert!(spreads().any(|spread| spread.undefined > 1000), "no undefined values");
        assert!(spreads().any(|spread| spread.infinite > 100), "no infinite values");
        assert!(spreads().any(|spread| spread.quantiles.is_some_and(|it| it[8] == f64::INFINITY)));
    }
}
