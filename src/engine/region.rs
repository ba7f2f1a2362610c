//! The columns of a region: logs of deals, deal size and funding of a block of paths, year by year.

use crate::scenario::SeriesKind;

use super::column::Lines;
use super::deals::DealColumns;
use super::plan::{Plan, PlannedRegion};

/// `ln 1000`: a deal size is in $m and funding in $bn.
pub const LN_1000: f64 = 6.907_755_278_982_137;

/// Natural logs of the quantities of a region, a column for each simulated year.
///
/// Units: deals a year, $m, $bn a year. A year without a deal has −∞ for deals and funding and no deal size (NaN).
#[derive(Debug)]
pub struct RegionColumns {
    pub(super) rows: usize,
    pub(super) deals: Option<Columns>,
    pub(super) deal_size: Option<Columns>,
    pub(super) funding: Columns,
    /// Log of funding over its modelled part, where an event adds money.
    pub(super) added: Option<Columns>,
    pub(super) one_by_one: Option<DealColumns>,
}

/// Columns of all years, in one piece of memory: asked for one by one, each makes a thread go to the system.
#[derive(Clone, Debug)]
pub(super) struct Columns(Vec<Lines>);

impl Columns {
    pub fn new(years: usize) -> Self {
        Self(vec![Lines::of(0.0); years])
    }

    pub fn year(&self, index: usize, rows: usize) -> &[f64] {
        &self.0[index][..rows]
    }

    pub fn year_mut(&mut self, index: usize, rows: usize) -> &mut [f64] {
        &mut self.0[index][..rows]
    }

    /// The column of the year before and that of a year; before the first stands `start`.
    pub fn step<'a>(&'a mut self, index: usize, start: &'a [f64]) -> (&'a [f64], &'a mut [f64]) {
        let (before, now) = self.0.split_at_mut(index);
        (before.last().map_or(start, |column| column), &mut now[0])
    }
}

impl RegionColumns {
    pub(super) fn new(plan: &Plan, place: usize) -> Self {
        let whole = !matches!(plan.regions[place], PlannedRegion::FundingAlone { .. });
        let details = &plan.details[place];
        let drawn = details.draws_one_by_one();
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

    /// The columns of a quantity that a series models.
    pub(super) fn of(&mut self, kind: SeriesKind) -> &mut Columns {
        match kind {
            SeriesKind::Deals => self.deals.as_mut().expect("a region that models its deals has columns of them"),
            SeriesKind::DealSize => self.deal_size.as_mut().expect("a region that models sizes has columns of them"),
            SeriesKind::Funding => &mut self.funding,
        }
    }

    /// Deals, deal size and funding of a region that has all three.
    pub(super) fn all(&mut self) -> (&mut Columns, &mut Columns, &mut Columns) {
        let deals = self.deals.as_mut().expect("a region with two modelled series has all three quantities");
        let size = self.deal_size.as_mut().expect("a region with two modelled series has all three quantities");
        (deals, size, &mut self.funding)
    }
}
