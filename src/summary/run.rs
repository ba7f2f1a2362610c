//! A run from end to end: simulate, summarise, and go on or look again where more is asked for.

use crate::engine::{self, Plan, Settings};
use crate::metric::{Metric, Metrics, Question};
use crate::scenario::Scenario;

use super::{Collector, Estimate, Summary, Z_95, exact, replicates};

/// What is asked of a run besides its paths.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Quantiles as exact order statistics instead of from a histogram.
    pub exact: bool,
    /// Half-width that the headline's numbers shall have; the paths of the settings are then the most that are spent.
    pub precision: Option<f64>,
    /// Metrics that are counted; those of the headline are among them.
    pub metrics: Metrics,
}

/// Paths that a run of a stated precision starts from (METHOD 7.2).
pub const FIRST_PATHS: u64 = 4096;

/// Most paths that a stated precision may take, unless more are allowed: minutes rather than hours.
pub const MOST_PATHS_OF_PRECISION: u64 = FIRST_PATHS << 14;

/// How precise the numbers of the headline are: half-widths of their 95% intervals of simulation at the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// What was asked for.
    pub asked: f64,
    /// Of the median ratio, as a share of it; `None` where it is no finite number.
    pub ratio: Option<f64>,
    /// Of the median gap, as a share of it or of the lead's median funding, whichever is larger.
    pub gap: Option<f64>,
    /// Of the two shares of paths with a wider gap, as a ratio and in money, as a share of all paths.
    pub shares: [Option<f64>; 2],
}

impl Precision {
    /// What a summary has reached.
    fn of(scenario: &Scenario, summary: &Summary, asked: f64) -> Self {
        let year = scenario.horizon;
        let median =
            |metric| summary.gap(metric, year).and_then(|it| it.estimate(0.5)).filter(|it| it.value.is_finite());
        let lead = summary.region(Metric::Funding, scenario.gap.lead, year).and_then(super::Spread::median);
        // Sixteen replicates know their own spread less well than many paths do.
        let half_width = |error: f64| if scenario.points.is_some() { replicates::T_975 * error } else { Z_95 * error };
        let scale = |gap: Estimate| gap.value.abs().max(lead.filter(|lead| lead.is_finite()).unwrap_or(0.0));
        let share = |question| {
            let probability = summary.probability(question, year)?;
            let error = probability.standard_error;
            Some(if error > 0.0 { half_width(error) } else { 0.5 * (probability.high - probability.low) })
        };
        Self {
            asked,
            ratio: median(Metric::Ratio).map(|it| half_width(it.error) / it.value.abs()),
            gap: median(Metric::Gap).map(|it| half_width(it.error) / scale(it)),
            shares: [Question::WiderAsRatio, Question::WiderInDollars].map(share),
        }
    }

    /// The widest of all.
    #[must_use]
    pub fn reached(&self) -> f64 {
        let all = [self.ratio, self.gap].into_iter().chain(self.shares).flatten();
        all.fold(0.0, f64::max)
    }

    /// Whether the widest is as narrow as asked.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.reached() <= self.asked
    }
}

impl Summary {
    /// Simulates a scenario and says what it says, in the current thread pool.
    ///
    /// With a stated precision, paths are doubled until it holds and the interval is the plain one of the number at
    /// which it stops, which covers what it says from 4,096 paths on (METHOD 7.2). Path 17 is path 17 in a run of any
    /// length, so each doubling adds to the paths before it.
    #[must_use]
    pub fn of(scenario: &Scenario, settings: Settings, wanted: Wanted, progress: &(dyn Fn(u64) + Sync)) -> Self {
        let most = settings.paths;
        let (mut done, mut settings) = (0, settings);
        if wanted.precision.is_some() {
            settings.paths = most.min(FIRST_PATHS);
        }
        let fresh = || {
            let collector = Collector::of(scenario, wanted.metrics);
            if wanted.exact { collector.with_all_histograms() } else { collector }
        };
        let mut plan = Plan::new(scenario);
        let mut collector = fresh();
        let mut summary = loop {
            let mut summary = if scenario.points.is_some() {
                // Each replicate grows, so that a longer run is no longer the shorter one and more.
                let resized = scenario.with_paths(settings.paths);
                plan = Plan::new(&resized);
                let (whole, summary) = replicates::run(&resized, &plan, settings, fresh(), replicates::ROOM, progress);
                collector = whole;
                summary
            } else {
                engine::simulate_more(&plan, settings, done, &mut collector, progress);
                collector.summary(settings)
            };
            let Some(asked) = wanted.precision else { break summary };
            let precision = Precision::of(scenario, &summary, asked);
            if precision.is_met() || settings.paths == most || summary.saturated > 0 {
                summary.precision = Some(precision);
                break summary;
            }
            done = settings.paths;
            settings.paths = most.min(2 * done);
        };
        // Saturated paths mean nothing, and neither do their order statistics.
        if wanted.exact && summary.saturated == 0 {
            let histograms = collector.histograms();
            let measures = collector.measures();
            let quantiles =
                exact::quantiles((scenario, measures), &plan, settings, &histograms, exact::CAPACITY, progress);
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
    use crate::engine::{Block, Column, Observer};
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
        let mut collector = Collector::new(&scenario).with_all_histograms();
        engine::simulate(&plan, settings, &mut collector, &|_| {});
        let measures = Measure::all(&scenario);
        let run = (&scenario, &*measures);
        let found = exact::quantiles(run, &plan, settings, &collector.histograms(), capacity, &|_| {});
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
    fn a_stated_precision_stops_at_the_first_doubling_that_holds_and_says_what_a_run_of_that_length_says() {
        let scenario = scenario(include_str!("../../scenarios/base.toml"));
        let most = Settings { paths: 1 << 20, seed: 5 };
        let wanted = Wanted { precision: Some(0.05), ..Wanted::default() };
        let mut found = Summary::of(&scenario, most, wanted, &|_| {});
        let precision = found.precision.take().expect("asked for");
        assert!(precision.is_met() && found.paths > FIRST_PATHS && found.paths < most.paths, "{precision:?}");
        let run = |paths| Summary::of(&scenario, Settings { paths, seed: 5 }, Wanted::default(), &|_| {});
        assert_eq!(found, run(found.paths));
        let before = run(found.paths / 2);
        assert!(!Precision::of(&scenario, &before, 0.05).is_met(), "it would have held before");
    }

    #[test]
    fn half_widths_on_points_are_those_of_sixteen_replicates() {
        let mut scenario = scenario(include_str!("../../scenarios/base.toml"));
        let needs = crate::scenario::needs(&[&scenario]).expect("base takes points");
        let points = crate::random::quasi::Quasi::new(needs, 5, 2048);
        scenario.set_points(Some(std::sync::Arc::new(points)));
        let settings = Settings { paths: 2048, seed: 5 };
        let found = Summary::of(&scenario, settings, Wanted { precision: Some(1e-4), ..Wanted::default() }, &|_| {});
        let precision = found.precision.expect("asked for");
        let ratio = found.gap(Metric::Ratio, scenario.horizon).and_then(|it| it.estimate(0.5)).expect("a ratio");
        // 97.5% of Student's t with 15 degrees of freedom.
        let expected = 2.131_449_5 * ratio.error / ratio.value;
        assert!((precision.ratio.expect("a ratio") / expected - 1.0).abs() < 1e-7);
        let share = found.probability(Question::WiderAsRatio, scenario.horizon).expect("asked");
        assert!((precision.shares[0].expect("asked") / (2.131_449_5 * share.standard_error) - 1.0).abs() < 1e-7);
    }

    #[test]
    fn a_precision_out_of_reach_ends_at_the_limit() {
        let scenario = scenario(include_str!("../../scenarios/base.toml"));
        let wanted = Wanted { precision: Some(1e-4), ..Wanted::default() };
        let found = Summary::of(&scenario, Settings { paths: 10_000, seed: 5 }, wanted, &|_| {});
        let precision = found.precision.expect("asked for");
        assert!(!precision.is_met() && found.paths == 10_000 && precision.reached() > 0.01);
    }

    #[test]
    fn the_sparse_scenario_has_what_makes_order_statistics_hard() {
        let scenario = scenario(SPARSE);
        let summary = Summary::of(
            &scenario,
            Settings { paths: 4000, seed: 11 },
            Wanted { exact: true, ..Wanted::default() },
            &|_| {},
        );
        let spreads = || summary.fan.iter().filter_map(|row| row.simulated.as_ref());
        assert!(spreads().any(|spread| spread.undefined > 1000), "no undefined values");
        assert!(spreads().any(|spread| spread.infinite > 100), "no infinite values");
        assert!(spreads().any(|spread| spread.quantiles.is_some_and(|it| it[8] == f64::INFINITY)));
    }
}
