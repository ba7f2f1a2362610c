//! A run from end to end: simulate, summarise, and go on or look again where more is asked for.

use crate::engine::{Plan, Settings};
use crate::metric::{Metric, Question};
use crate::scenario::Scenario;

use super::counts::Counts;
use super::estimate::{Estimate, Precision, out_of_reach};
use super::layout::Layout;
use super::partial::count;
use super::probability::Z_95;
use super::summarise::summary;
use super::wanted::Wanted;
use super::{PLACES, Spread, Summary, order_statistics};

/// Paths that a run of a stated precision starts from.
pub(crate) const FIRST_PATHS: u64 = 4096;

/// Most paths that a stated precision may take, unless more are allowed: minutes rather than hours.
pub const MOST_PATHS_OF_PRECISION: u64 = FIRST_PATHS << 14;

/// What a summary has reached of a stated precision.
fn precision_of(scenario: &Scenario, summary: &Summary, asked: f64) -> Precision {
    let year = scenario.horizon();
    let median = |metric| summary.gap(metric, year).and_then(|it| it.estimate(0.5)).filter(|it| it.value.is_finite());
    let lead = summary.region(Metric::Funding, scenario.gap().lead(), year).and_then(Spread::median);
    let half_width = |error: f64| Z_95 * error;
    let scale = |gap: Estimate| gap.value.abs().max(lead.filter(|lead| lead.is_finite()).unwrap_or(0.0));
    let share = |question| {
        let probability = summary.probability(question, year)?;
        let error = probability.standard_error;
        Some(if error > 0.0 { half_width(error) } else { 0.5 * (probability.high - probability.low) })
    };
    Precision {
        asked,
        ratio: median(Metric::Ratio).map(|it| half_width(it.error) / it.value.abs()),
        gap: median(Metric::Gap).map(|it| half_width(it.error) / scale(it)),
        shares: [Question::WiderAsRatio, Question::WiderInDollars].map(share),
    }
}

impl Summary {
    /// Simulates a scenario and says what it says, in the current thread pool.
    ///
    /// With a stated precision, paths are doubled until it holds and the interval is the plain one of the number at
    /// which it stops, which covers what it says from 4,096 paths on; they are not where all that may be taken would stay far
    /// from it ([`out_of_reach`]). Path 17 is path 17 in a run of any length, so each
    /// doubling adds to the paths before it; of points each replicate grows, so all of them are counted again.
    #[must_use]
    pub fn of(scenario: &Scenario, settings: &Settings, wanted: Wanted, progress: &(dyn Fn(u64) + Sync)) -> Self {
        let layout = Layout::new(scenario, wanted.metrics);
        let layout = if wanted.exact { layout.with_all_histograms() } else { layout };
        let most = settings.paths;
        let first = if wanted.precision.is_some() { most.min(FIRST_PATHS) } else { most };
        let mut settings = settings.with_paths(first);
        let mut counts = count(&layout, &settings, 0..first, progress);
        let mut said = summary(&layout, &counts, &settings);
        while let Some(asked) = wanted.precision {
            let reached = precision_of(scenario, &said, asked);
            let in_vain = out_of_reach(asked, reached.reached(), [settings.paths, most]).is_some();
            if reached.is_met() || settings.paths == most || said.saturated > 0 || in_vain {
                said.precision = Some(reached);
                break;
            }
            let done = settings.paths;
            settings = settings.with_paths(most.min(2 * done));
            if settings.points().is_some() {
                counts = count(&layout, &settings, 0..settings.paths, progress);
            } else {
                counts.merge(&count(&layout, &settings, done..settings.paths, progress));
            }
            said = summary(&layout, &counts, &settings);
        }
        // Saturated paths mean nothing, and neither do their order statistics.
        if wanted.exact && said.saturated == 0 {
            said.set_exact_quantiles(&layout, &counts, &settings, progress);
        }
        said
    }

    /// Replaces the quantiles of histograms by order statistics, from another look at all paths.
    fn set_exact_quantiles(
        &mut self,
        layout: &Layout,
        counts: &Counts,
        settings: &Settings,
        progress: &(dyn Fn(u64) + Sync),
    ) {
        let (what, room) = ((layout.scenario, &layout.measures[..]), order_statistics::CAPACITY);
        let plan = Plan::new(layout.scenario);
        let quantiles = order_statistics::quantiles(what, &plan, settings, &counts.histograms, room, progress);
        let rows = self.fan.iter_mut().filter_map(|row| row.simulated.as_mut());
        for (spread, fine) in rows.zip(quantiles) {
            spread.quantiles = fine.map(|fine| PLACES.map(|place| fine[place]));
            spread.fine = fine;
        }
        self.exact = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{self, Block, Column, Observer};
    use crate::metric::{Levels, Measure, Metrics};
    use crate::summary::{FINE_LEVELS, LEVELS};

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

        fn observe(&self, blocks: &[Block], (): &mut ()) -> Vec<Vec<f64>> {
            let block = &blocks[0];
            let (mut levels, mut scratch) = (Levels::new(self.0), Column::default());
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
    fn sorted_quantiles(values: &[f64]) -> Option<[f64; 23]> {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        sorted.sort_by(f64::total_cmp);
        (!sorted.is_empty()).then(|| {
            FINE_LEVELS.map(|level| {
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

    #[test]
    fn the_nine_levels_of_a_fan_are_among_the_fine_ones() {
        assert_eq!(PLACES.map(|place| FINE_LEVELS[place]), LEVELS);
    }

    fn check(text: &str, paths: u64, capacity: u64) {
        let scenario = scenario(text);
        let (plan, settings) = (Plan::new(&scenario), Settings::new(paths, 11));
        let layout = Layout::new(&scenario, Metrics::default()).with_all_histograms();
        let counts = count(&layout, &settings, 0..paths, &|_| {});
        let measures = Measure::all(&scenario);
        let run = (&scenario, &*measures);
        let found = order_statistics::quantiles(run, &plan, &settings, &counts.histograms, capacity, &|_| {});
        let cells = measures.len() * scenario.years().len();
        let mut all = All(&scenario, measures, vec![Vec::new(); cells]);
        engine::simulate(&[&plan], &settings, &mut all, &|_| {});
        assert_eq!(found.len(), all.2.len());
        for (cell, (found, values)) in found.iter().zip(&all.2).enumerate() {
            assert_eq!(*found, sorted_quantiles(values), "cell {cell} of {paths} paths, room for {capacity}");
        }
    }

    #[test]
    fn exact_quantiles_are_those_of_a_full_sort() {
        for paths in [2, 4, 1000, 20_000] {
            check(include_str!("../../scenarios/base.toml"), paths, order_statistics::CAPACITY);
            check(SPARSE, paths, order_statistics::CAPACITY);
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
    fn a_stated_precision_stops_at_the_first_doubling_that_holds_and_says_what_a_run_of_that_length_says() {
        let scenario = scenario(include_str!("../../scenarios/base.toml"));
        let most = Settings::new(1 << 20, 5);
        let wanted = Wanted { precision: Some(0.05), ..Wanted::default() };
        let mut found = Summary::of(&scenario, &most, wanted, &|_| {});
        let precision = found.precision.take().expect("asked for");
        assert!(precision.is_met() && found.paths > FIRST_PATHS && found.paths < most.paths, "{precision:?}");
        let run = |paths| Summary::of(&scenario, &Settings::new(paths, 5), Wanted::default(), &|_| {});
        assert_eq!(found, run(found.paths));
        let before = run(found.paths / 2);
        assert!(!precision_of(&scenario, &before, 0.05).is_met(), "it would have held before");
    }

    #[test]
    fn half_widths_on_points_are_those_of_sixteen_replicates() {
        let scenario = scenario(include_str!("../../scenarios/base.toml"));
        let settings = Settings::on_points(&[&scenario], 2048, 5).expect("base takes points");
        let found = Summary::of(&scenario, &settings, Wanted { precision: Some(1e-4), ..Wanted::default() }, &|_| {});
        let precision = found.precision.expect("asked for");
        let ratio = found.gap(Metric::Ratio, scenario.horizon()).and_then(|it| it.estimate(0.5)).expect("a ratio");
        // Errors of replicates are stated so that 1.96 of them are a half-width by Student's t.
        let expected = Z_95 * ratio.error / ratio.value;
        assert!((precision.ratio.expect("a ratio") / expected - 1.0).abs() < 1e-12);
        let share = found.probability(Question::WiderAsRatio, scenario.horizon()).expect("asked");
        assert!((precision.shares[0].expect("asked") / (Z_95 * share.standard_error) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_precision_far_out_of_reach_is_known_from_the_first_paths() {
        let scenario = scenario(include_str!("../../scenarios/base.toml"));
        let of = |precision| {
            let wanted = Wanted { precision: Some(precision), ..Wanted::default() };
            Summary::of(&scenario, &Settings::new(1 << 18, 5), wanted, &|_| {})
        };
        let found = of(1e-6);
        let reached = found.precision.expect("asked for").reached();
        assert_eq!(found.paths, FIRST_PATHS);
        // An eighth of what 4,096 paths leave is what 64 times as many do.
        let left = out_of_reach(1e-6, reached, [found.paths, 1 << 18]).expect("far away");
        let most = of(0.9 * left);
        let there = most.precision.expect("asked for").reached();
        assert!((there / left - 1.0).abs() < 0.3, "{left} was expected, and {there} is left");
        assert_eq!(out_of_reach(1e-6, f64::INFINITY, [4096, 1 << 30]), None);
        assert_eq!(out_of_reach(1e-6, 0.1, [1 << 15, 1 << 18]), None, "the end is near");
    }

    #[test]
    fn a_precision_out_of_reach_ends_at_the_limit() {
        let scenario = scenario(include_str!("../../scenarios/base.toml"));
        let wanted = Wanted { precision: Some(1e-4), ..Wanted::default() };
        let found = Summary::of(&scenario, &Settings::new(10_000, 5), wanted, &|_| {});
        let precision = found.precision.expect("asked for");
        assert!(!precision.is_met() && found.paths == 10_000 && precision.reached() > 0.01);
    }

    #[test]
    fn the_sparse_scenario_has_what_makes_order_statistics_hard() {
        let scenario = scenario(SPARSE);
        let summary =
            Summary::of(&scenario, &Settings::new(4000, 11), Wanted { exact: true, ..Wanted::default() }, &|_| {});
        let spreads = || summary.fan.iter().filter_map(|row| row.simulated.as_ref());
        assert!(spreads().any(|spread| spread.undefined > 1000), "no undefined values");
        assert!(spreads().any(|spread| spread.infinite > 100), "no infinite values");
        assert!(spreads().any(|spread| spread.quantiles.is_some_and(|it| it[8] == f64::INFINITY)));
    }
}
