//! The columns of a region: logs of deals, deal size and funding of a block of paths, year by year.

use crate::scenario::SeriesKind;

use super::column::YearlyColumns;
use super::deals::DealColumns;
use super::plan::{Plan, PlannedRegion};

/// Natural logs of the quantities of a region, a column for each simulated year.
///
/// Units: deals a year, $m, $bn a year. A year without a deal has −∞ for deals and funding and no deal size (NaN).
#[derive(Debug)]
pub struct RegionColumns {
    rows: usize,
    pub(super) deals: Option<YearlyColumns>,
    pub(super) deal_size: Option<YearlyColumns>,
    pub(super) funding: YearlyColumns,
    /// Log of funding over its modelled part, where an event adds money.
    pub(super) added: Option<YearlyColumns>,
    pub(super) one_by_one: Option<DealColumns>,
}

impl RegionColumns {
    pub(super) fn new(plan: &Plan, place: usize) -> Self {
        let whole = !matches!(plan.regions[place], PlannedRegion::FundingAlone { .. });
        let details = &plan.details[place];
        let drawn = details.draws_one_by_one();
        Self {
            rows: 0,
            deals: whole.then(|| YearlyColumns::new(plan.years)),
            deal_size: whole.then(|| YearlyColumns::new(plan.years)),
            funding: YearlyColumns::new(plan.years),
            added: (!details.adds.is_empty()).then(|| YearlyColumns::new(plan.years)),
            one_by_one: drawn.then(|| DealColumns::new(plan.years)),
        }
    }

    /// Makes room for so many paths.
    pub(super) fn restart(&mut self, rows: usize) {
        self.rows = rows;
        if let Some(deals) = &mut self.one_by_one {
            deals.restart(rows);
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
    pub(super) fn of(&mut self, kind: SeriesKind) -> &mut YearlyColumns {
        match kind {
            SeriesKind::Deals => self.deals.as_mut().expect("a region that models its deals has columns of them"),
            SeriesKind::DealSize => self.deal_size.as_mut().expect("a region that models sizes has columns of them"),
            SeriesKind::Funding => &mut self.funding,
        }
    }

    /// Deals, deal size and funding of a region that has all three.
    pub(super) fn all(&mut self) -> (&mut YearlyColumns, &mut YearlyColumns, &mut YearlyColumns) {
        let deals = self.deals.as_mut().expect("a region with two modelled series has all three quantities");
        let size = self.deal_size.as_mut().expect("a region with two modelled series has all three quantities");
        (deals, size, &mut self.funding)
    }
}
