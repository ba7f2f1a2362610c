//! A block of simulated paths, laid out as columns: one slice of logs for each quantity and year.

use crate::event::Effect;
use crate::growth::{State, Step};
use crate::random::Numbers;

use super::PATHS_PER_BLOCK;
use super::draws::Draws;
use super::plan::{Plan, PlannedEvent, PlannedRegion};
use super::shocks::Shocks;

/// `ln 1000`: a deal size is in $m and funding in $bn.
const LN_1000: f64 = 6.907_755_278_982_137;

/// Largest absolute log of a level; a path beyond it is saturated and its numbers mean nothing (METHOD 2.5).
const MOST_LOG: f64 = 690.0;

/// A block of paths with all its columns.
///
/// Rows `0..draws` are the even paths and rows `draws..2 draws` the odd ones, so that the two paths of draw `d`
/// are rows `d` and `draws + d`. Columns are reused from block to block.
#[derive(Debug)]
pub struct Block {
    numbers: Numbers,
    first_path: u64,
    draws: usize,
    base_year: i32,
    assumptions: Draws,
    shocks: Shocks,
    /// What each growth model remembers: level and memory.
    states: Vec<(Vec<f64>, Vec<f64>)>,
    /// Whether each event happens, as 0 or 1.
    happens: Vec<Vec<f64>>,
    regions: Vec<RegionColumns>,
    saturated: u64,
}

/// Natural logs of the quantities of a region, a column for each simulated year.
///
/// Units: deals a year, $m, $bn a year.
#[derive(Debug)]
pub struct RegionColumns {
    rows: usize,
    deals: Option<Columns>,
    deal_size: Option<Columns>,
    funding: Columns,
}

/// Columns of all years, in one allocation.
#[derive(Clone, Debug)]
struct Columns(Vec<f64>);

impl Columns {
    fn new(years: usize) -> Self {
        Self(vec![0.0; years * PATHS_PER_BLOCK])
    }

    fn year(&self, index: usize, rows: usize) -> &[f64] {
        &self.0[index * PATHS_PER_BLOCK..][..rows]
    }

    fn year_mut(&mut self, index: usize, rows: usize) -> &mut [f64] {
        &mut self.0[index * PATHS_PER_BLOCK..][..rows]
    }
}

impl RegionColumns {
    fn new(plan: &Plan, region: &PlannedRegion) -> Self {
        let whole = !matches!(region, PlannedRegion::FundingAlone { .. });
        Self {
            rows: 0,
            deals: whole.then(|| Columns::new(plan.years)),
            deal_size: whole.then(|| Columns::new(plan.years)),
            funding: Columns::new(plan.years),
        }
    }

    /// Log of the count of deals in a simulated year, counted from 0; `None` where funding is modelled alone.
    #[must_use]
    pub fn deals(&self, year: usize) -> Option<&[f64]> {
        self.deals.as_ref().map(|columns| columns.year(year, self.rows))
    }

    /// Log of the mean deal size in $m; `None` where funding is modelled alone.
    #[must_use]
    pub fn deal_size(&self, year: usize) -> Option<&[f64]> {
        self.deal_size.as_ref().map(|columns| columns.year(year, self.rows))
    }

    /// Log of the funding in $bn.
    #[must_use]
    pub fn funding(&self, year: usize) -> &[f64] {
        self.funding.year(year, self.rows)
    }
}

impl Block {
    pub(super) fn new(plan: &Plan, seed: u64) -> Self {
        let column = || vec![0.0; PATHS_PER_BLOCK];
        Self {
            numbers: Numbers::new(seed),
            first_path: 0,
            draws: 0,
            base_year: plan.base_year,
            assumptions: Draws::new(plan, PATHS_PER_BLOCK / 2),
            shocks: Shocks::new(plan, PATHS_PER_BLOCK),
            states: plan.series.iter().map(|_| (column(), column())).collect(),
            happens: plan.events.iter().map(|_| column()).collect(),
            regions: plan.regions.iter().map(|region| RegionColumns::new(plan, region)).collect(),
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
        self.regions.iter_mut().for_each(|region| region.rows = paths);
        self.assumptions.fill(plan, self.numbers, first / 2, self.draws);
        self.shocks.restart();
        self.draw_events(plan);
        self.start(plan);
        for year in 0..plan.years {
            self.advance(plan, year);
            self.publish(plan, year);
        }
        self.count_saturated(plan);
    }

    fn start(&mut self, plan: &Plan) {
        let draws = self.draws;
        for (series, (level, memory)) in plan.series.iter().zip(&mut self.states) {
            level.fill(series.start);
            let drawn = series.growth.map(|quantity| self.assumptions.column(quantity.first, draws));
            for half in 0..2 {
                let rows = half * draws..(half + 1) * draws;
                drawn.start(&mut State { level: &mut level[rows.clone()], memory: &mut memory[rows] });
            }
        }
    }

    /// Moves the growth models of all series by one year.
    fn advance(&mut self, plan: &Plan, index: usize) {
        let draws = self.draws;
        let year = self.year(index);
        let shocks = self.shocks.of_year(plan, self.numbers, self.first_path, draws, year);
        for (series, (level, memory)) in plan.series.iter().zip(&mut self.states) {
            let drawn = series.growth.map(|quantity| self.assumptions.column(quantity.in_year(year), draws));
            for half in 0..2 {
                let rows = half * draws..(half + 1) * draws;
                let mut state = State { level: &mut level[rows.clone()], memory: &mut memory[rows.clone()] };
                let shock = series.row.map_or(&[][..], |row| &shocks[row][rows]);
                drawn.advance(&mut state, Step { year, shock });
            }
        }
    }

    /// Writes the levels of a year, events included, and what follows from them.
    fn publish(&mut self, plan: &Plan, index: usize) {
        let (rows, draws, year) = (self.rows(), self.draws, self.year(index));
        for (planned, columns) in plan.regions.iter().zip(&mut self.regions) {
            let write = |series: usize, columns: &mut Columns| {
                let column = columns.year_mut(index, rows);
                column.copy_from_slice(&self.states[series].0[..rows]);
                for (event, happens) in plan.events.iter().zip(&self.happens) {
                    if event.series.contains(&series) {
                        add_event(event, &self.assumptions, happens, draws, year, column);
                    }
                }
            };
            match *planned {
                PlannedRegion::FundingAlone { funding } => write(funding, &mut columns.funding),
                PlannedRegion::DealsAndSize { deals, size } => {
                    let (n, s, f) = columns.all();
                    write(deals, n);
                    write(size, s);
                    combine(n.year(index, rows), s.year(index, rows), f.year_mut(index, rows), |n, s| n + s - LN_1000);
                }
                PlannedRegion::DealsAndFunding { deals, funding } => {
                    let (n, s, f) = columns.all();
                    write(deals, n);
                    write(funding, f);
                    combine(f.year(index, rows), n.year(index, rows), s.year_mut(index, rows), |f, n| f - n + LN_1000);
                }
                PlannedRegion::SizeAndFunding { size, funding } => {
                    let (n, s, f) = columns.all();
                    write(size, s);
                    write(funding, f);
                    combine(f.year(index, rows), s.year(index, rows), n.year_mut(index, rows), |f, s| f - s + LN_1000);
                }
            }
        }
    }

    /// Decides which uncertain events happen on which paths: luck, so one number a path.
    fn draw_events(&mut self, plan: &Plan) {
        let draws = self.draws;
        for (event, happens) in plan.events.iter().zip(&mut self.happens) {
            let Some(chance) = event.chance else {
                happens[..2 * draws].fill(1.0);
                continue;
            };
            let chance = self.assumptions.column(chance, draws);
            for (row, happens) in happens[..2 * draws].iter_mut().enumerate() {
                let path = self.first_path + 2 * (row % draws) as u64 + (row / draws) as u64;
                let u = self.numbers.uniform(path, 0, event.flag, 0);
                *happens = f64::from(u8::from(u < chance[row % draws]));
            }
        }
    }

    fn count_saturated(&mut self, plan: &Plan) {
        let rows = self.rows();
        // Counted as "not inside", so that a log which is no number is out of range too.
        let inside = |log: f64| log.abs() <= MOST_LOG;
        let beyond = |column: &[f64]| column.iter().fold(false, |any, log| any | !inside(*log));
        let columns = |region: &RegionColumns, year: usize| {
            beyond(region.funding(year))
                | region.deals(year).is_some_and(beyond)
                | region.deal_size(year).is_some_and(beyond)
        };
        // Saturation only grows or stays within a run, but a path may come back: count paths, not cells.
        let any = self.regions.iter().any(|region| (0..plan.years).any(|year| columns(region, year)));
        self.saturated = 0;
        if any {
            let out = |column: Option<&[f64]>, row: usize| column.is_some_and(|column| !inside(column[row]));
            let saturated = |row: usize| {
                self.regions.iter().any(|region| {
                    (0..plan.years).any(|year| {
                        out(Some(region.funding(year)), row)
                            || out(region.deals(year), row)
                            || out(region.deal_size(year), row)
                    })
                })
            };
            self.saturated = (0..rows).filter(|row| saturated(*row)).count() as u64;
        }
    }

    fn year(&self, index: usize) -> i32 {
        self.base_year + 1 + i32::try_from(index).expect("a horizon is a calendar year")
    }
}

impl RegionColumns {
    /// Deals, deal size and funding of a region that has all three.
    fn all(&mut self) -> (&mut Columns, &mut Columns, &mut Columns) {
        let deals = self.deals.as_mut().expect("a region with two modelled series has all three quantities");
        let size = self.deal_size.as_mut().expect("a region with two modelled series has all three quantities");
        (deals, size, &mut self.funding)
    }
}

#[inline(always)]
fn combine(left: &[f64], right: &[f64], out: &mut [f64], of: impl Fn(f64, f64) -> f64) {
    for ((out, left), right) in out.iter_mut().zip(left).zip(right) {
        *out = of(*left, *right);
    }
}

fn add_event(event: &PlannedEvent, values: &Draws, happens: &[f64], draws: usize, year: i32, column: &mut [f64]) {
    let begins = values.column(event.year, draws);
    let effect = event.effect.map(|id| values.column(*id, draws));
    for (row, level) in column.iter_mut().enumerate() {
        let draw = row % draws;
        let effect: Effect<f64> = effect.map(|values| values[draw]);
        *level += happens[row] * effect.log_effect(begins[draw].floor(), year);
    }
}
