//! Levels of a year in natural units, computed once for all metrics, and the columns of metrics made of them.

use crate::engine::{Block, Column, LN_1000};
use crate::scenario::{Scenario, SeriesKind};
use crate::special;

use super::kernels::{divide, hold_against, levels_and_held, round, share, subtract};
use super::{Companion, Measure, Metric, Sides, Subject};

/// Levels of a year for the paths of a block: deals, $m, $bn.
///
/// Years must be entered in order, because the cumulative sums run along.
#[derive(Debug)]
pub struct Levels {
    rows: usize,
    lead: usize,
    follow: usize,
    regions: Vec<RegionLevels>,
    world: Option<RegionLevels>,
    /// Lead minus follow, lead over follow and its log: what the questions look at too.
    gap: Column,
    ratio: Column,
    log_ratio: Column,
    /// Funding summed over the years so far: lead, follow.
    cumulative: [Column; 2],
    /// Which levels are asked for; others are not computed.
    needed: Needed,
    /// Whether amounts are turned into the money shown.
    converts: bool,
    worth: Column,
    /// Sums of the deals up to $100m in the year entered last: lead, follow.
    below_100m: [Column; 2],
}

/// Levels beside funding, which everything needs.
#[derive(Clone, Copy, Debug)]
struct Needed {
    deals: bool,
    deal_size: bool,
    cumulative: bool,
}

#[derive(Clone, Debug)]
struct RegionLevels {
    deals: Column,
    deal_size: Column,
    funding: Column,
    /// Whether its deals are whole numbers.
    counted: bool,
    /// Largest deal, share of the ten largest, deals above $100m and $1bn, sum up to $100m; empty without single deals.
    single: Vec<Column>,
    /// Levels of what its funding is divided by, in the order of [`Companion::ALL`]; empty without.
    companions: Vec<Column>,
}

impl RegionLevels {
    fn new(counted: bool, single: bool) -> Self {
        let column = Column::default;
        let single = (0..if single { 5 } else { 0 }).map(|_| column()).collect();
        Self { deals: column(), deal_size: column(), funding: column(), counted, single, companions: Vec::new() }
    }
}

/// What the years are held against: gap and ratio of the base year.
///
/// Computed with the arithmetic of the engine, so that a path that does not move equals it to the last bit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Base {
    /// Lead minus follow, $bn.
    pub gap: f64,
    /// Lead over follow.
    pub ratio: f64,
    /// Natural logs of deals and deal size of the lead and the follow region, where both have them.
    pub log_deals_and_size: Option<[[f64; 2]; 2]>,
    /// Funding of the lead and the follow region, $bn.
    pub funding: [f64; 2],
    /// Whether the follow region is ahead by the figures that the scenario starts from.
    pub follow_leads: bool,
}

impl Base {
    /// Gap and ratio from which a scenario starts.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let mut logs = [scenario.gap().lead(), scenario.gap().follow()].map(|region| base_logs(scenario, region));
        let worth = scenario.log_money(scenario.base_year());
        if worth != 0.0 {
            for [_, size, funding] in &mut logs {
                *size = size.map(|log| log + worth);
                *funding = funding.map(|log| log + worth);
            }
        }
        let funding = logs.map(|logs| special::level(logs[2].expect("every region has funding")));
        let deals_and_size = |logs: &[Option<f64>; 3]| Some([logs[0]?, logs[1]?]);
        Self {
            gap: funding[0] - funding[1],
            ratio: funding[0] / funding[1],
            log_deals_and_size: deals_and_size(&logs[0]).zip(deals_and_size(&logs[1])).map(|(a, b)| [a, b]),
            funding,
            follow_leads: funding[0] < funding[1],
        }
    }

    /// How far the region that is ahead in the base year is ahead at a gap; below zero where it no longer is.
    #[must_use]
    #[inline(always)]
    pub fn lead_of(&self, gap: f64) -> f64 {
        if self.follow_leads { -gap } else { gap }
    }
}

/// Words of the regions of a scenario's gap, and which of them is ahead in the base year.
#[must_use]
pub fn sides(scenario: &Scenario) -> Sides<'_> {
    let [lead, follow] = [scenario.gap().lead(), scenario.gap().follow()].map(|it| scenario.regions()[it].name());
    Sides { lead, follow, follow_leads: Base::new(scenario).follow_leads }
}

/// Logs of deals, deal size and funding of a region in the base year.
fn base_logs(scenario: &Scenario, region: usize) -> [Option<f64>; 3] {
    let mut logs = [None; 3];
    for series in scenario.regions()[region].series() {
        let place = match series.kind() {
            SeriesKind::Deals => 0,
            SeriesKind::DealSize => 1,
            SeriesKind::Funding => 2,
        };
        logs[place] = Some(special::ln(series.start()));
    }
    match logs {
        [Some(deals), Some(size), None] => logs[2] = Some(deals + size - LN_1000),
        [Some(deals), None, Some(funding)] => logs[1] = Some(funding - deals + LN_1000),
        [None, Some(size), Some(funding)] => logs[0] = Some(funding - size + LN_1000),
        _ => {}
    }
    logs
}

impl Base {
    /// The base of a path whose figures differ from the published ones by these logs of funding, lead and follow.
    #[must_use]
    pub fn moved(&self, lead: f64, follow: f64) -> Self {
        let funding = [self.funding[0] * special::level(lead), self.funding[1] * special::level(follow)];
        Self { gap: funding[0] - funding[1], ratio: funding[0] / funding[1], funding, ..*self }
    }
}

impl Levels {
    /// Empty columns for a scenario, in the money it is shown in.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        Self { converts: !scenario.money().is_plain(), ..Self::in_dollars(scenario) }
    }

    /// Empty columns for a scenario in nominal dollars, which is what its own conditions speak of.
    #[must_use]
    pub fn in_dollars(scenario: &Scenario) -> Self {
        let column = Column::default;
        let region = |region: &crate::scenario::Region| {
            let counting = region.counting();
            let single = counting.is_some_and(|counting| counting.sizes().is_some());
            let levels = RegionLevels::new(counting.is_some_and(|counting| counting.count().is_whole()), single);
            let divided = if region.companions().is_empty() { 0 } else { Companion::ALL.len() };
            RegionLevels { companions: (0..divided).map(|_| column()).collect(), ..levels }
        };
        Self {
            rows: 0,
            lead: scenario.gap().lead(),
            follow: scenario.gap().follow(),
            regions: scenario.regions().iter().map(region).collect(),
            world: scenario.has_world().then(|| RegionLevels::new(false, false)),
            needed: Needed { deals: true, deal_size: true, cumulative: true },
            converts: false,
            worth: column(),
            below_100m: [column(), column()],
            gap: column(),
            ratio: column(),
            log_ratio: column(),
            cumulative: [column(), column()],
        }
    }

    /// Computes only what some measures need; no other may be asked for.
    #[must_use]
    pub fn only(self, measures: impl Iterator<Item = Measure>) -> Self {
        use Metric as M;
        let mut needed = Needed { deals: false, deal_size: false, cumulative: false };
        for measure in measures {
            // The world's deal size is its funding over its deals.
            let of_world = measure.subject == Subject::World;
            needed.deals |= matches!(measure.metric, M::Deals | M::DealsGap | M::DealsRatio) || of_world;
            needed.deal_size |= matches!(measure.metric, M::DealSize | M::SizeRatio) || of_world;
            needed.cumulative |= matches!(measure.metric, M::CumulativeGap | M::CumulativeRatio);
        }
        Self { needed, ..self }
    }

    /// Forgets the sums of the last block.
    pub fn restart(&mut self) {
        self.cumulative.iter_mut().for_each(|sum| sum.fill(0.0));
    }

    /// Takes the logs of a simulated year, counted from 0.
    pub fn enter(&mut self, block: &Block, year: usize) {
        let rows = block.rows();
        self.rows = rows;
        for (region, levels) in self.regions.iter_mut().enumerate() {
            let logs = block.region(region);
            if let (Some(deals), Some(size)) = (logs.deals(year), logs.deal_size(year)) {
                if self.needed.deals {
                    special::exps(deals, &mut levels.deals[..rows]);
                }
                if self.needed.deal_size {
                    special::exps(size, &mut levels.deal_size[..rows]);
                }
                if levels.counted && self.needed.deals {
                    // A count went through its log; it comes back as the whole number it was.
                    round(&mut levels.deals[..rows]);
                }
            }
            if self.converts || (region != self.lead && region != self.follow) {
                special::exps(logs.funding(year), &mut levels.funding[..rows]);
            }
            if let Some(deals) = logs.one_by_one() {
                let columns = [
                    deals.largest(year),
                    deals.top_ten_share(year),
                    deals.above_100m(year),
                    deals.above_1bn(year),
                    deals.below_100m(year),
                ];
                levels.single.iter_mut().zip(columns).for_each(|(own, column)| own[..rows].copy_from_slice(column));
            }
        }
        if let (true, Some(worth)) = (self.converts, block.money(year)) {
            special::exps(worth, &mut self.worth[..rows]);
            let worth = &self.worth[..rows];
            for levels in &mut self.regions {
                let RegionLevels { deal_size, funding, single, .. } = levels;
                let amounts = [0, 4].into_iter().filter(|_| !single.is_empty()).collect::<Vec<_>>();
                special::multiply(deal_size, worth);
                special::multiply(funding, worth);
                amounts.into_iter().for_each(|place| special::multiply(&mut single[place], worth));
            }
        }
        self.hold_sides(block, year);
        self.enter_companions(block, year);
        for (sum, region) in self.below_100m.iter_mut().zip([self.lead, self.follow]) {
            if let Some(column) = self.regions[region].single.get(4) {
                sum[..rows].copy_from_slice(&column[..rows]);
            }
        }
        if let Some(world) = &mut self.world {
            sum_regions(&self.regions, world, rows);
        }
        for (sum, region) in self.cumulative.iter_mut().zip([self.lead, self.follow]).filter(|_| self.needed.cumulative)
        {
            special::add(&mut sum[..rows], &self.regions[region].funding);
        }
    }

    /// What funding is divided by, in the money shown and the unit in which it divides.
    fn enter_companions(&mut self, block: &Block, year: usize) {
        let (rows, converts, worth) = (self.rows, self.converts, &self.worth);
        for (region, levels) in self.regions.iter_mut().enumerate() {
            for (companion, column) in Companion::ALL.into_iter().zip(&mut levels.companions) {
                let Some(logs) = block.companion(region, companion, year) else { continue };
                let column = &mut column[..rows];
                special::exps(logs, column);
                if converts && companion.is_money() {
                    special::multiply(column, &worth[..rows]);
                }
                column.iter_mut().for_each(|level| *level /= companion.unit_size());
            }
        }
    }

    /// Funding of a region over one of its companions, or with it.
    fn with_companion(&self, out: &mut [f64], region: usize, companion: Companion) {
        let levels = &self.regions[region];
        let beside = &levels.companions[companion as usize];
        if companion.is_added() {
            out.copy_from_slice(&levels.funding[..out.len()]);
            special::add(out, &beside[..out.len()]);
        } else {
            divide(out, &levels.funding, beside);
        }
    }

    /// Funding with a companion: a region's, or one side's against the other's.
    fn accompanied(&self, out: &mut [f64], measure: Measure, companion: Companion) {
        if let Subject::Region(region) = measure.subject {
            return self.with_companion(out, region, companion);
        }
        let mut follow = Column::default();
        let follow = &mut follow[..out.len()];
        self.with_companion(follow, self.follow, companion);
        self.with_companion(out, self.lead, companion);
        for (lead, follow) in out.iter_mut().zip(follow) {
            *lead = if measure.metric.may_be_negative() { *lead - *follow } else { *lead / *follow };
        }
    }

    /// Funding of lead and follow, if it is not known in other money, and what they are against each other.
    fn hold_sides(&mut self, block: &Block, year: usize) {
        let (sides, rows) = ([self.lead, self.follow], self.rows);
        let logs = sides.map(|region| block.region(region).funding(year));
        let levels = self.regions.get_disjoint_mut(sides).expect("a gap lies between two regions");
        let levels = levels.map(|region| &mut region.funding[..rows]);
        let out = [&mut self.gap, &mut self.ratio, &mut self.log_ratio].map(|column| &mut column[..rows]);
        if self.converts {
            hold_against(logs, levels.map(|levels| &*levels), out);
        } else {
            levels_and_held(logs, levels, out);
        }
    }

    /// Lead minus follow funding in the year entered last, $bn.
    #[must_use]
    pub fn gap(&self) -> &[f64] {
        &self.gap[..self.rows]
    }

    /// Lead over follow funding in the year entered last.
    #[must_use]
    pub fn ratio(&self) -> &[f64] {
        &self.ratio[..self.rows]
    }

    /// Writes the column of a measure for the year entered last.
    ///
    /// # Panics
    /// If the scenario has no such measure ([`Measure::all`]), or `scratch` is shorter than the block.
    pub fn column<'a>(&'a self, measure: Measure, scratch: &'a mut [f64]) -> &'a [f64] {
        let rows = self.rows;
        let (lead, follow) = (&self.regions[self.lead], &self.regions[self.follow]);
        let scratch = &mut scratch[..rows];
        let of = |subject: Subject| match subject {
            Subject::Region(region) => &self.regions[region],
            _ => self.world.as_ref().expect("a measure of the world needs a world"),
        };
        match measure.metric {
            Metric::Deals => return &of(measure.subject).deals[..rows],
            Metric::DealSize => return &of(measure.subject).deal_size[..rows],
            Metric::Funding => return &of(measure.subject).funding[..rows],
            Metric::LargestDeal => return &of(measure.subject).single[0][..rows],
            Metric::TopTenShare => return &of(measure.subject).single[1][..rows],
            Metric::DealsAbove100m => return &of(measure.subject).single[2][..rows],
            Metric::DealsAbove1bn => return &of(measure.subject).single[3][..rows],
            Metric::FundingBelow100m => return &of(measure.subject).single[4][..rows],
            Metric::GapBelow100m => subtract(scratch, &self.below_100m[0], &self.below_100m[1]),
            Metric::RatioBelow100m => divide(scratch, &self.below_100m[0], &self.below_100m[1]),
            Metric::LogRatio => return &self.log_ratio[..rows],
            Metric::WorldShare => divide(scratch, &of(measure.subject).funding, &of(Subject::World).funding),
            Metric::Gap => return self.gap(),
            Metric::Ratio => return self.ratio(),
            Metric::Share => share(scratch, &lead.funding, &follow.funding),
            Metric::DealsGap => subtract(scratch, &lead.deals, &follow.deals),
            Metric::DealsRatio => divide(scratch, &lead.deals, &follow.deals),
            Metric::SizeRatio => divide(scratch, &lead.deal_size, &follow.deal_size),
            Metric::CumulativeGap => subtract(scratch, &self.cumulative[0], &self.cumulative[1]),
            Metric::CumulativeRatio => divide(scratch, &self.cumulative[0], &self.cumulative[1]),
            Metric::FundingPerGdp
            | Metric::GapPerGdp
            | Metric::RatioPerGdp
            | Metric::FundingPerPopulation
            | Metric::GapPerPopulation
            | Metric::RatioPerPopulation
            | Metric::FundingPerVentureMoney
            | Metric::GapPerVentureMoney
            | Metric::RatioPerVentureMoney
            | Metric::FundingWithOutside
            | Metric::GapWithOutside
            | Metric::RatioWithOutside => {
                self.accompanied(scratch, measure, measure.metric.companion().expect("these have one"));
            }
        }
        scratch
    }
}

fn sum_regions(regions: &[RegionLevels], world: &mut RegionLevels, rows: usize) {
    world.deals[..rows].fill(0.0);
    world.funding[..rows].fill(0.0);
    for region in regions {
        for row in 0..rows {
            world.deals[row] += region.deals[row];
            world.funding[row] += region.funding[row];
        }
    }
    for row in 0..rows {
        world.deal_size[row] = 1000.0 * world.funding[row] / world.deals[row];
    }
}
