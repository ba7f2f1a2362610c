//! A block of simulated paths, laid out as columns: one slice of logs for each quantity and year.

use crate::measure::Companion;

use super::column::{Column, YearlyColumns};
use super::companions;
use super::draws::Draws;
use super::logs::inside;
use super::plan::Plan;
use super::region::RegionColumns;
use super::struck::Struck;

/// A block of paths with all its columns.
///
/// Rows `0..draws` are the even paths and rows `draws..2 draws` the odd ones, so that the two paths of draw `d`
/// are rows `d` and `draws + d`. Columns are reused from block to block.
#[derive(Debug)]
pub struct Block {
    pub(super) first_path: u64,
    pub(super) draws: usize,
    pub(super) assumptions: Draws,
    pub(super) regions: Vec<RegionColumns>,
    /// By region, by how much deals and funding of the base year differ from the figures, as logs; none if they are taken
    /// as given.
    pub(super) base: Vec<Option<[Column; 2]>>,
    /// Log of what a nominal dollar of each year is worth in the money shown.
    pub(super) money: Option<YearlyColumns>,
    /// By region, logs of what funding is divided by.
    pub(super) companions: Vec<companions::Columns>,
    pub(super) saturated: u64,
    /// What struck each path, where the plan records it.
    pub(super) struck: Option<Struck>,
}

impl Block {
    /// An empty block with room for the columns of a plan.
    pub(super) fn new(plan: &Plan) -> Self {
        let base = plan.details.iter().map(|details| {
            let moved = details.base.iter().any(|shifts| !shifts.is_empty());
            moved.then(|| [Column::default(), Column::default()])
        });
        Self {
            first_path: 0,
            draws: 0,
            assumptions: Draws::new(plan),
            regions: (0..plan.regions.len()).map(|place| RegionColumns::new(plan, place)).collect(),
            base: base.collect(),
            money: plan.money.is_some().then(|| YearlyColumns::new(plan.years)),
            companions: (0..plan.regions.len()).map(|place| companions::columns(plan, place)).collect(),
            saturated: 0,
            struck: plan.records_struck.then(|| Struck::new(plan)),
        }
    }

    /// Makes room for the paths from `first` on; `paths` is even.
    pub(super) fn restart(&mut self, first: u64, paths: usize) {
        self.first_path = first;
        self.draws = paths / 2;
        for region in &mut self.regions {
            region.restart(paths);
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
    ///
    /// # Panics
    /// If the path is before the block; a path behind it has a row that no column has.
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
        self.base[region].as_ref().map(|[deals, funding]| [&deals[..rows], &funding[..rows]])
    }

    /// Log of what a nominal dollar of a simulated year is worth in the money shown; `None` for nominal dollars.
    #[must_use]
    pub fn money(&self, year: usize) -> Option<&[f64]> {
        self.money.as_ref().map(|columns| columns.year(year, self.rows()))
    }

    /// Log of what a region's funding is divided by in a simulated year: $bn of that year, or people; `None` where the
    /// scenario does not state it.
    #[must_use]
    pub fn companion(&self, region: usize, wanted: Companion, year: usize) -> Option<&[f64]> {
        let columns = self.companions[region][wanted as usize].as_ref();
        columns.map(|columns| columns.year(year, self.rows()))
    }

    /// What struck each path; `None` unless the plan records it.
    #[must_use]
    pub fn struck(&self) -> Option<&Struck> {
        self.struck.as_ref()
    }

    /// How many paths left the range of numbers; their values mean nothing.
    #[must_use]
    pub fn saturated(&self) -> u64 {
        self.saturated
    }

    /// Counts the paths that left the range of numbers in any quantity and year.
    ///
    /// A path may come back into the range, so paths are counted and not single values.
    pub(super) fn count_saturated(&mut self, years: usize) {
        // A year without a deal has raised nothing: −∞ for both, and no deal size.
        let out = |log: f64| !inside(log) && log != f64::NEG_INFINITY;
        let saturated = |row: usize| {
            self.regions.iter().any(|region| {
                (0..years).any(|year| {
                    let deals = region.deals(year).map(|column| column[row]);
                    let size = region.deal_size(year).map(|column| column[row]);
                    let idle = deals == Some(f64::NEG_INFINITY);
                    out(region.funding(year)[row])
                        || deals.is_some_and(out)
                        || size.is_some_and(|size| !(idle && size.is_nan()) && out(size))
                })
            })
        };
        self.saturated = (0..self.rows()).filter(|row| saturated(*row)).count() as u64;
    }
}
