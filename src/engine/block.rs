//! A block of simulated paths, laid out as columns: one slice of logs for each quantity and year.

mod depart;
mod range;

use crate::growth::{State, Step};
use crate::scenario::{SeriesKind, log_rate};
use crate::special;

use super::PATHS_PER_BLOCK;
use super::chains::Chains;
use super::column::Column;
use super::deals::OneByOne;
use super::departures::Departures;
use super::draws::Draws;
use super::luck::{Layer, Luck};
use super::plan::{Plan, PlannedRegion};
use super::region::{Columns, LN_1000, RegionColumns};
use super::shocks::Shocks;
use super::yearly::{When, Yearly};
use range::{beyond, follow, inside};

/// A block of paths with all its columns.
///
/// Rows `0..draws` are the even paths and rows `draws..2 draws` the odd ones, so that the two paths of draw `d`
/// are rows `d` and `draws + d`. Columns are reused from block to block.
#[derive(Debug)]
pub struct Block {
    luck: Luck,
    first_path: u64,
    draws: usize,
    base_year: i32,
    assumptions: Draws,
    shocks: Shocks,
    chains: Chains,
    /// What each growth model remembers: level and memory.
    states: Vec<(Column, Column)>,
    departures: Departures,
    /// By region: whether its levels are those of its models, which then stand in its columns and nowhere else.
    plain: Vec<bool>,
    regions: Vec<RegionColumns>,
    extras: Vec<Extras>,
    /// Where deals are drawn one by one.
    one_by_one: Option<OneByOne>,
    /// Log of what a nominal dollar of each year is worth in the money shown.
    money: Option<Columns>,
    /// Whether any log of this block may have left the range of numbers.
    suspect: bool,
    saturated: u64,
}

/// What a region's columns are made with besides its series.
#[derive(Debug)]
struct Extras {
    /// By how much deals and funding of the base year differ from the figures, as logs; none if they are taken as given.
    base: Option<[Column; 2]>,
    counts: Option<Yearly>,
    sampling: Option<Yearly>,
    noise: Column,
    whole: Column,
    /// Expected numbers of deals.
    means: Column,
    added: Column,
}

impl Block {
    pub(super) fn new(plan: &Plan, seed: u64) -> Self {
        let column = Column::default;
        let extras = plan.details.iter().map(|details| {
            let moved = details.base.iter().any(|shifts| !shifts.is_empty());
            let counts = details.counting.as_ref().map(|counting| Yearly::new(counting.key));
            let sampling = details.sampling.map(|(key, _)| Yearly::new(key));
            Extras {
                base: moved.then(|| [column(), column()]),
                whole: column(),
                means: column(),
                counts,
                noise: column(),
                sampling,
                added: column(),
            }
        });
        let departures = Departures::new(plan);
        let plain = |place: usize| {
            plan.details[place].leaves_models_alone()
                && plan.series_of(place).all(|series| !departures.act_on(plan, series))
        };
        Self {
            luck: Luck::new(seed, &plan.fresh),
            first_path: 0,
            draws: 0,
            base_year: plan.base_year,
            assumptions: Draws::new(plan),
            shocks: Shocks::new(plan),
            chains: Chains::new(&plan.chain_keys),
            states: plan.series.iter().map(|_| (column(), column())).collect(),
            plain: (0..plan.regions.len()).map(plain).collect(),
            departures,
            regions: (0..plan.regions.len()).map(|place| RegionColumns::new(plan, place)).collect(),
            extras: extras.collect(),
            one_by_one: plan.details.iter().any(|details| details.draws_one_by_one()).then(OneByOne::new),
            money: plan.money.is_some().then(|| Columns::new(plan.years)),
            suspect: false,
            saturated: 0,
        }
    }

    /// Index of the first path.
    #[must_use]
    pub fn first_path(&self) -> u64 {
        self.first_path
    }

    /// Number of draws of the assumptions; there are twice as many paths.
    #[must_use]
    pub fn draws(&self) -> usize {
        self.draws
    }

    /// Number of paths, which is the length of every column.
    #[must_use]
    pub fn rows(&self) -> usize {
        2 * self.draws
    }

    /// Row of a path of this block.
    #[must_use]
    pub fn row_of(&self, path: u64) -> usize {
        let offset = usize::try_from(path - self.first_path).expect("a path of this block");
        offset / 2 + if offset % 2 == 0 { 0 } else { self.draws }
    }

    /// Columns of a region, by its position in the scenario.
    #[must_use]
    pub fn region(&self, region: usize) -> &RegionColumns {
        &self.regions[region]
    }

    /// Values of an assumption in its internal unit (levels as logs), one a draw.
    #[must_use]
    pub fn assumption(&self, id: usize) -> &[f64] {
        self.assumptions.column(id, self.draws)
    }

    /// By how much deals and funding of a region in the base year differ from the figures, as logs; `None` where the
    /// figures are taken as given.
    #[must_use]
    pub fn base_shift(&self, region: usize) -> Option<[&[f64]; 2]> {
        let rows = self.rows();
        self.extras[region].base.as_ref().map(|[deals, funding]| [&deals[..rows], &funding[..rows]])
    }

    /// Log of what a nominal dollar of a simulated year is worth in the money shown; `None` for nominal dollars.
    #[must_use]
    pub fn money(&self, year: usize) -> Option<&[f64]> {
        self.money.as_ref().map(|columns| columns.year(year, self.rows()))
    }

    /// How many paths left the range of numbers; their values mean nothing.
    #[must_use]
    pub fn saturated(&self) -> u64 {
        self.saturated
    }

    /// Simulates the paths from `first` on. `paths` is even.
    pub(super) fn simulate(&mut self, plan: &Plan, first: u64, paths: usize) {
        debug_assert!(paths.is_multiple_of(2) && paths <= PATHS_PER_BLOCK);
        self.first_path = first;
        self.draws = paths / 2;
        for region in &mut self.regions {
            region.rows = paths;
            if let Some(deals) = &mut region.one_by_one {
                deals.rows = paths;
            }
        }
        self.assumptions.fill(plan, &self.luck, first / 2, self.draws);
        self.shocks.restart();
        self.suspect = false;
        let base = self.when(plan, self.base_year);
        self.chains.start(plan, &self.assumptions, &self.luck, base);
        self.departures.start(plan, &self.assumptions, &self.luck, base);
        self.measure_base(plan, base);
        self.start(plan);
        self.convert(plan);
        for index in 0..plan.years {
            let when =
                self.when(plan, self.base_year + 1 + i32::try_from(index).expect("a horizon is a calendar year"));
            self.chains.advance(plan, &self.assumptions, &self.luck, when);
            self.departures.advance(plan, &self.assumptions, &self.luck, when);
            self.advance(plan, index, when);
            for place in 0..plan.regions.len() {
                self.publish(plan, place, index, when);
            }
        }
        self.count_saturated(plan);
    }

    fn when<'p>(&self, plan: &'p Plan, year: i32) -> When<'p> {
        When { first: self.first_path, draws: self.draws, year, points: plan.points.as_deref() }
    }

    /// What the figures of the base year are on each path, where they are not taken as given.
    fn measure_base(&mut self, plan: &Plan, base: When) {
        let draws = self.draws;
        for (details, extras) in plan.details.iter().zip(&mut self.extras) {
            for (shifts, column) in details.base.iter().zip(extras.base.iter_mut().flatten()) {
                let column = &mut column[..2 * draws];
                column.fill(0.0);
                for shift in shifts {
                    let values = self.assumptions.column(shift.value, draws);
                    for half in column.chunks_mut(draws) {
                        half.iter_mut().zip(values).for_each(|(total, value)| *total += shift.at(*value));
                    }
                }
            }
            if let Some(counts) = &mut extras.counts {
                counts.restart();
            }
            if let (Some(sampling), Some((_, sd))) = (&mut extras.sampling, details.sampling) {
                sampling.restart();
                let uniforms = sampling.of_year(self.luck.of(Layer::Process), base);
                noise(uniforms, self.assumptions.column(sd, draws), &mut extras.noise[..2 * draws]);
            }
        }
    }

    fn start(&mut self, plan: &Plan) {
        let draws = self.draws;
        for (series, (level, memory)) in plan.series.iter().zip(&mut self.states) {
            level.fill(series.start);
            let extras = &self.extras[series.region];
            let level_rows = &mut level[..2 * draws];
            if let Some([deals, funding]) = &extras.base {
                for (row, level) in level_rows.iter_mut().enumerate() {
                    *level += match series.kind {
                        SeriesKind::Deals => deals[row],
                        SeriesKind::DealSize => funding[row] - deals[row],
                        SeriesKind::Funding => funding[row],
                    };
                }
            }
            if extras.sampling.is_some() && series.kind != SeriesKind::Deals {
                // The year's total has its luck in it; the level behind it does not.
                level_rows.iter_mut().zip(extras.noise.iter()).for_each(|(level, noise)| *level -= noise);
            }
            let drawn = series.growth.map(|quantity| self.assumptions.column(quantity.first, draws));
            for half in 0..2 {
                let rows = half * draws..(half + 1) * draws;
                drawn.start(&mut State { level: &mut level[rows.clone()], memory: &mut memory[rows] });
            }
        }
    }

    /// What a dollar of each year is worth in the money shown: first its exchange rate, then its deflator.
    fn convert(&mut self, plan: &Plan) {
        let (Some(money), Some(columns)) = (&plan.money, &mut self.money) else { return };
        let draws = self.draws;
        let rate_of = |draw: usize, year: i32| {
            let log = |id: usize| special::ln(self.assumptions.column(id, draws)[draw]);
            log_rate(&money.rate, year, log)
        };
        for draw in 0..draws {
            let growth = |year: i32| {
                money.inflation.as_ref().map_or(0.0, |it| self.assumptions.column(it.in_year(year), draws)[draw])
            };
            let mut deflator = plan.log_deflator_of_base;
            for index in 0..plan.years {
                let year = plan.base_year + 1 + i32::try_from(index).expect("a horizon is a calendar year");
                if money.prices.is_some() {
                    deflator += growth(year);
                }
                let worth = rate_of(draw, year) - deflator;
                let column = columns.year_mut(index, 2 * draws);
                column[draw] = worth;
                column[draws + draw] = worth;
            }
        }
    }

    /// Moves the growth models of all series by one year.
    fn advance(&mut self, plan: &Plan, index: usize, when: When) {
        let draws = self.draws;
        let shocks = self.shocks.of_year(plan, self.luck.of(Layer::Process), when);
        for (series, (level, memory)) in plan.series.iter().zip(&mut self.states) {
            let mut certain = true;
            let drawn = series.growth.map(|quantity| {
                let id = quantity.in_year(when.year);
                certain &= plan.assumptions[id].law.is_fixed();
                self.assumptions.column(id, draws)
            });
            let states = self.chains.states(plan.details[series.region].chain);
            let shocks = series.row.map_or(&[][..], |row| &shocks[row][..2 * draws]);
            // The two paths of a draw share its parameters, so each half of the rows has the column of all draws.
            let together = if certain && drawn.steps_at_once() { 2 * draws } else { draws };
            for first in (0..2 * draws).step_by(together) {
                let rows = first..first + together;
                let regime = if states.is_empty() { states } else { &states[rows.clone()] };
                let shock = if shocks.is_empty() { shocks } else { &shocks[rows.clone()] };
                let step = Step { year: when.year, shock, regime, certain };
                let memory = &mut memory[rows.clone()];
                if self.plain[series.region] {
                    let (before, now) = self.regions[series.region].of(series.kind).step(index, level);
                    drawn.advance_from(&before[rows.clone()], &mut State { level: &mut now[rows], memory }, step);
                } else {
                    drawn.advance(&mut State { level: &mut level[rows], memory }, step);
                }
            }
        }
    }

    /// Writes the levels of a region in a year, with everything that departs from the models, and what follows.
    fn publish(&mut self, plan: &Plan, place: usize, index: usize, when: When) {
        for series in plan.series_of(place).filter(|_| !self.plain[place]) {
            let column = self.regions[place].of(plan.series[series].kind).year_mut(index, 2 * when.draws);
            column.copy_from_slice(&self.states[series].0[..2 * when.draws]);
            self.departures.multiply(plan, &self.assumptions, series, when, column);
        }
        let columns = &mut self.regions[place];
        // Two modelled quantities, and the third that follows: `first + sign second + offset`.
        let ([first, second, third], sign, offset) = match plan.regions[place] {
            PlannedRegion::FundingAlone { .. } => {
                self.suspect |= beyond(columns.funding(index));
                return self.depart(plan, place, index, when);
            }
            PlannedRegion::DealsAndSize { .. } => {
                let (deals, size, funding) = columns.all();
                ([deals, size, funding], 1.0, -LN_1000)
            }
            PlannedRegion::DealsAndFunding { .. } => {
                let (deals, size, funding) = columns.all();
                ([funding, deals, size], -1.0, LN_1000)
            }
            PlannedRegion::SizeAndFunding { .. } => {
                let (deals, size, funding) = columns.all();
                ([funding, size, deals], -1.0, LN_1000)
            }
        };
        let [first, second, third] = [first, second, third].map(|columns| columns.year_mut(index, 2 * when.draws));
        self.suspect |= follow(first, second, third, sign, offset);
        self.depart(plan, place, index, when);
    }

    fn count_saturated(&mut self, plan: &Plan) {
        let rows = self.rows();
        // Saturation only grows or stays within a run, but a path may come back: count paths, not cells.
        self.saturated = 0;
        if self.suspect {
            // A year without a deal has raised nothing: −∞ for both, and no deal size.
            let out = |log: f64| !inside(log) && log != f64::NEG_INFINITY;
            let saturated = |row: usize| {
                self.regions.iter().any(|region| {
                    (0..plan.years).any(|year| {
                        let deals = region.deals(year).map(|column| column[row]);
                        let size = region.deal_size(year).map(|column| column[row]);
                        let idle = deals == Some(f64::NEG_INFINITY);
                        out(region.funding(year)[row])
                            || deals.is_some_and(out)
                            || size.is_some_and(|size| !(idle && size.is_nan()) && out(size))
                    })
                })
            };
            self.saturated = (0..rows).filter(|row| saturated(*row)).count() as u64;
        }
    }
}

/// Normals of a standard deviation that each draw has its own of.
fn noise(uniforms: &[f64], sd: &[f64], out: &mut [f64]) {
    out.copy_from_slice(uniforms);
    special::normals(out);
    for half in out.chunks_mut(sd.len()) {
        half.iter_mut().zip(sd).for_each(|(noise, sd)| *noise *= sd);
    }
}
