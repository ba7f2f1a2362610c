//! A block of simulated paths, laid out as columns: one slice of logs for each quantity and year.

use crate::counting::logs_of_counts;
use crate::growth::{State, Step};
use crate::scenario::{SeriesKind, log_rate};
use crate::special;

use super::PATHS_PER_BLOCK;
use super::chains::Chains;
use super::deals::{DealColumns, Law, OneByOne};
use super::departures::Departures;
use super::draws::Draws;
use super::luck::{Layer, Luck};
use super::plan::{Plan, PlannedRegion};
use super::shocks::Shocks;
use super::yearly::{When, Yearly};

/// `ln 1000`: a deal size is in $m and funding in $bn.
pub const LN_1000: f64 = 6.907_755_278_982_137;

/// Largest absolute log of a level; a path beyond it is saturated and its numbers mean nothing (METHOD 2.5).
const MOST_LOG: f64 = 690.0;

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
    states: Vec<(Vec<f64>, Vec<f64>)>,
    departures: Departures,
    /// By region: whether its levels are those of its models, which then stand in its columns and nowhere else.
    plain: Vec<bool>,
    regions: Vec<RegionColumns>,
    extras: Vec<Extras>,
    one_by_one: OneByOne,
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
    base: Option<[Vec<f64>; 2]>,
    counts: Option<Yearly>,
    sampling: Option<Yearly>,
    noise: Vec<f64>,
    whole: Vec<f64>,
    /// Expected numbers of deals.
    means: Vec<f64>,
    added: Vec<f64>,
}

/// Natural logs of the quantities of a region, a column for each simulated year.
///
/// Units: deals a year, $m, $bn a year. A year without a deal has −∞ for deals and funding and no deal size (NaN).
#[derive(Debug)]
pub struct RegionColumns {
    rows: usize,
    deals: Option<Columns>,
    deal_size: Option<Columns>,
    funding: Columns,
    /// Log of funding over its modelled part, where an event adds money.
    added: Option<Columns>,
    one_by_one: Option<DealColumns>,
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

    /// The column of the year before and that of a year; before the first stands `start`.
    fn step<'a>(&'a mut self, index: usize, start: &'a [f64]) -> (&'a [f64], &'a mut [f64]) {
        let (before, now) = self.0.split_at_mut(index * PATHS_PER_BLOCK);
        (before.last_chunk::<PATHS_PER_BLOCK>().map_or(start, |column| column), now)
    }
}

impl RegionColumns {
    fn new(plan: &Plan, place: usize) -> Self {
        let whole = !matches!(plan.regions[place], PlannedRegion::FundingAlone { .. });
        let details = &plan.details[place];
        let drawn = details.counting.as_ref().is_some_and(|counting| counting.sizes.is_some());
        Self {
            rows: 0,
            deals: whole.then(|| Columns::new(plan.years)),
            deal_size: whole.then(|| Columns::new(plan.years)),
            funding: Columns::new(plan.years),
            added: (!details.adds.is_empty()).then(|| Columns::new(plan.years)),
            one_by_one: drawn.then(|| DealColumns::new(plan.years)),
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

    /// Log of funding over the part of it that deals and deal size make; `None` where no event adds money.
    #[must_use]
    pub fn added(&self, year: usize) -> Option<&[f64]> {
        self.added.as_ref().map(|columns| columns.year(year, self.rows))
    }

    /// What the single deals were; `None` where they are not simulated.
    #[must_use]
    pub fn one_by_one(&self) -> Option<&DealColumns> {
        self.one_by_one.as_ref()
    }
}

impl Block {
    pub(super) fn new(plan: &Plan, seed: u64) -> Self {
        let column = || vec![0.0; PATHS_PER_BLOCK];
        let extras = plan.details.iter().map(|details| {
            let moved = details.base.iter().any(|shifts| !shifts.is_empty());
            let counts = details.counting.as_ref().map(|counting| Yearly::new(counting.key));
            let sampling = details.sampling.map(|(key, _)| Yearly::new(key));
            Extras {
                base: moved.then(|| [column(), column()]),
                whole: if counts.is_some() { column() } else { Vec::new() },
                means: if counts.is_some() { column() } else { Vec::new() },
                counts,
                noise: if sampling.is_some() { column() } else { Vec::new() },
                sampling,
                added: if details.adds.is_empty() { Vec::new() } else { column() },
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
            assumptions: Draws::new(plan, PATHS_PER_BLOCK / 2),
            shocks: Shocks::new(plan, PATHS_PER_BLOCK),
            chains: Chains::new(&plan.chain_keys),
            states: plan.series.iter().map(|_| (column(), column())).collect(),
            plain: (0..plan.regions.len()).map(plain).collect(),
            departures,
            regions: (0..plan.regions.len()).map(|place| RegionColumns::new(plan, place)).collect(),
            extras: extras.collect(),
            one_by_one: OneByOne::new(),
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
                level_rows.iter_mut().zip(&extras.noise).for_each(|(level, noise)| *level -= noise);
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
            for half in 0..2 {
                let rows = half * draws..(half + 1) * draws;
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

    /// What departs from the models of a region beside multiplying: limits, whole deals, luck of single deals, money.
    fn depart(&mut self, plan: &Plan, place: usize, index: usize, when: When) {
        if plan.details[place].leaves_models_alone() {
            return;
        }
        self.limit(plan, place, index, when);
        self.count_deals(plan, place, index, when);
        self.add_noise(plan, place, index, when);
        self.add_money(plan, place, index, when);
        let region = &self.regions[place];
        self.suspect |= beyond(region.funding(index))
            | region.deals(index).is_some_and(beyond)
            | region.deal_size(index).is_some_and(beyond);
    }

    /// Floors and caps; the identity holds on, a limit on deals or deal size moving funding, one on funding the size.
    fn limit(&mut self, plan: &Plan, place: usize, index: usize, when: When) {
        let rows = self.rows();
        let [on_deals, on_size, on_funding] = &plan.details[place].limits;
        let columns = &mut self.regions[place];
        for (limits, of_size) in [(on_deals, false), (on_size, true)] {
            if !limits.is_empty() {
                let (n, s, f) = columns.all();
                let column = if of_size { s } else { n }.year_mut(index, rows);
                let before = column.to_vec();
                self.departures.limit(plan, &self.assumptions, limits.iter(), when, column);
                for ((funding, now), before) in f.year_mut(index, rows).iter_mut().zip(column).zip(before) {
                    *funding += *now - before;
                }
            }
        }
        if !on_funding.is_empty() {
            let column = columns.funding.year_mut(index, rows);
            let before = column.to_vec();
            self.departures.limit(plan, &self.assumptions, on_funding.iter(), when, column);
            if let Some(size) = &mut columns.deal_size {
                for ((size, now), before) in size.year_mut(index, rows).iter_mut().zip(column).zip(before) {
                    *size += *now - before;
                }
            }
        }
    }

    /// Whole numbers of deals, and their sum if they are drawn one by one.
    fn count_deals(&mut self, plan: &Plan, place: usize, index: usize, when: When) {
        let Some(counting) = &plan.details[place].counting else { return };
        let (rows, draws) = (self.rows(), self.draws);
        let numbers = self.luck.of(Layer::Process);
        let Extras { counts, whole, means, .. } = &mut self.extras[place];
        let uniforms = counts.as_mut().expect("a counted region has its numbers").of_year(numbers, when);
        let law = counting.count.map(|id| self.assumptions.column(*id, draws));
        let total_is_modelled = matches!(plan.regions[place], PlannedRegion::DealsAndFunding { .. });
        let columns = &mut self.regions[place];
        let one_by_one = &mut columns.one_by_one;
        let (n, s, f) = (columns.deals.as_mut(), columns.deal_size.as_mut(), &mut columns.funding);
        let (Some(n), Some(s)) = (n, s) else { unreachable!("only regions with deals count them") };
        let (n, s, f) = (n.year_mut(index, rows), s.year_mut(index, rows), f.year_mut(index, rows));
        whole[..rows].copy_from_slice(uniforms);
        special::normals(&mut whole[..rows]);
        for half in [0..draws, draws..rows] {
            let (uniforms, n) = (&uniforms[half.clone()], &n[half.clone()]);
            law.quantiles(uniforms, n, &mut means[half.clone()], &mut whole[half]);
        }
        logs_of_counts(&whole[..rows], n);
        let Some((sizes, tail_share, [spacings, body])) = &counting.sizes else {
            for ((n, s), f) in n.iter().zip(s).zip(f) {
                if *n == f64::NEG_INFINITY {
                    (*s, *f) = (f64::NAN, f64::NEG_INFINITY);
                } else if total_is_modelled {
                    *s = *f - n + LN_1000;
                } else {
                    *f = n + *s - LN_1000;
                }
            }
            return;
        };
        let law = Law {
            sigma: self.assumptions.column(sizes.sigma, draws),
            tail_share: *tail_share,
            cap: sizes.cap.map(|id| self.assumptions.column(id, draws)),
            spacings: *spacings,
            body: *body,
        };
        let out = &mut one_by_one.as_mut().expect("planned with its columns").years[index];
        self.one_by_one.draw(&law, (numbers, when), &whole[..rows], s, out, f);
        for ((n, s), f) in n.iter().zip(s).zip(f) {
            *f -= LN_1000;
            *s = if *n == f64::NEG_INFINITY { f64::NAN } else { *f - n + LN_1000 };
        }
    }

    /// The luck of single deals in a total that is not made of them.
    fn add_noise(&mut self, plan: &Plan, place: usize, index: usize, when: When) {
        let Some((_, sd)) = plan.details[place].sampling else { return };
        let rows = self.rows();
        let extras = &mut self.extras[place];
        let sampling = extras.sampling.as_mut().expect("planned with its numbers");
        let uniforms = sampling.of_year(self.luck.of(Layer::Process), when);
        noise(uniforms, self.assumptions.column(sd, self.draws), &mut extras.noise[..rows]);
        let columns = &mut self.regions[place];
        let sizes = columns.deal_size.as_mut().map(|columns| columns.year_mut(index, rows));
        let funding = columns.funding.year_mut(index, rows);
        for column in std::iter::once(funding).chain(sizes) {
            column.iter_mut().zip(&extras.noise).for_each(|(log, noise)| *log += noise);
        }
    }

    /// Money that events add on top of what deals make.
    fn add_money(&mut self, plan: &Plan, place: usize, index: usize, when: When) {
        let details = &plan.details[place];
        if details.adds.is_empty() {
            return;
        }
        let rows = self.rows();
        let sum = &mut self.extras[place].added[..rows];
        sum.fill(0.0);
        for event in &details.adds {
            self.departures.add_money(&self.assumptions, &plan.events[*event], *event, when, sum);
        }
        let columns = &mut self.regions[place];
        let added = columns.added.as_mut().expect("planned with its column").year_mut(index, rows);
        for ((funding, added), sum) in columns.funding.year_mut(index, rows).iter_mut().zip(added).zip(sum) {
            *added = 0.0;
            if *sum > 0.0 {
                let made = *funding;
                *funding = log_of(special::exp(made) + *sum);
                *added = *funding - made;
            }
        }
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

impl RegionColumns {
    /// The columns of a quantity that a series models.
    fn of(&mut self, kind: SeriesKind) -> &mut Columns {
        match kind {
            SeriesKind::Deals => self.deals.as_mut().expect("a region that models its deals has columns of them"),
            SeriesKind::DealSize => self.deal_size.as_mut().expect("a region that models sizes has columns of them"),
            SeriesKind::Funding => &mut self.funding,
        }
    }

    /// Deals, deal size and funding of a region that has all three.
    fn all(&mut self) -> (&mut Columns, &mut Columns, &mut Columns) {
        let deals = self.deals.as_mut().expect("a region with two modelled series has all three quantities");
        let size = self.deal_size.as_mut().expect("a region with two modelled series has all three quantities");
        (deals, size, &mut self.funding)
    }
}

/// Writes the logs of the quantity that follows from two others; whether any of the three is not inside.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn follow(first: &[f64], second: &[f64], third: &mut [f64], sign: f64, offset: f64) -> bool {
    let mut any = 0_u64;
    for ((third, first), second) in third.iter_mut().zip(first).zip(second) {
        *third = first + sign * second + offset;
        any |= u64::from(!inside(*first)) | u64::from(!inside(*second)) | u64::from(!inside(*third));
    }
    any > 0
}

/// Whether a log is one of a level that means something; a log which is no number is not.
#[inline(always)]
fn inside(log: f64) -> bool {
    log.abs() <= MOST_LOG
}

/// Whether any log of a column is not inside.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn beyond(column: &[f64]) -> bool {
    column.iter().fold(0_u64, |any, log| any | u64::from(!inside(*log))) > 0
}

/// `ln x`, with −∞ for nothing.
fn log_of(value: f64) -> f64 {
    if value > 0.0 { special::ln(value) } else { f64::NEG_INFINITY }
}

/// Normals of a standard deviation that each draw has its own of.
fn noise(uniforms: &[f64], sd: &[f64], out: &mut [f64]) {
    out.copy_from_slice(uniforms);
    special::normals(out);
    for half in out.chunks_mut(sd.len()) {
        half.iter_mut().zip(sd).for_each(|(noise, sd)| *noise *= sd);
    }
}
