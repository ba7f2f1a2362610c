//! Whether two plans give a series the same luck: its yearly shocks and the draws of its inputs, number by number.

use super::column::PATHS_PER_BLOCK;
use super::draws::Draws;
use super::plan::Plan;
use super::settings::Settings;
use super::shocks::Shocks;
use super::stream::{Streams, When};

/// What two plans share of their luck, measured on the paths of one block; numbers have addresses, so that what is the
/// same there is the same on every path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedLuck {
    /// For each series of the first plan whether its shocks are the same numbers under both; `None` where one of the two
    /// has no such series or no shocks of it.
    pub series: Vec<Option<bool>>,
    /// Addresses of inputs with the same law in both that are drawn differently.
    pub redrawn: Vec<String>,
}

impl SharedLuck {
    /// Compares the shocks and the draws of two plans.
    #[must_use]
    pub fn of(plans: [&Plan; 2], settings: &Settings) -> Self {
        let [first, second] = plans.map(|plan| Luck::of(plan, settings));
        let series = plans[0].series.iter().enumerate().map(|(place, own)| {
            let other = plans[1].series.iter().position(|other| other.shock == own.shock)?;
            let (own, other) = (first.shocks[place].as_ref()?, second.shocks[other].as_ref()?);
            // Horizons may differ: the years that both have.
            Some(own.iter().zip(other).all(|(own, other)| own == other))
        });
        let redrawn = plans[0].assumptions.iter().enumerate().filter(|(place, own)| {
            let known = plans[1].assumptions.iter().position(|it| it.address == own.address && it.law == own.law);
            known.is_some_and(|other| first.draws[*place] != second.draws[other])
        });
        Self { series: series.collect(), redrawn: redrawn.map(|(_, own)| own.address.clone()).collect() }
    }
}

/// The luck of one block.
struct Luck {
    /// By series and year; none of a series without shocks.
    shocks: Vec<Option<Vec<Vec<f64>>>>,
    /// Values of each assumption, a draw each.
    draws: Vec<Vec<f64>>,
}

impl Luck {
    fn of(plan: &Plan, settings: &Settings) -> Self {
        let most = u64::try_from(PATHS_PER_BLOCK).unwrap_or(u64::MAX);
        let draws = usize::try_from(settings.paths.min(most) / 2).unwrap_or(1).max(1);
        let streams = Streams::of_run(settings, plan.draws_with_b());
        let mut values = Draws::new(plan);
        values.fill(plan, &streams, (0, draws), &|_| None);
        let stream = streams.of(plan.luck.process);
        let mut shocks = Shocks::new(plan, stream);
        let mut found: Vec<Option<Vec<Vec<f64>>>> =
            plan.series.iter().map(|series| series.row.map(|_| Vec::new())).collect();
        for index in 0..plan.years {
            let of_year = shocks.of_year(plan, stream, &values, When { first: 0, draws, year: plan.year(index) });
            for (series, found) in plan.series.iter().zip(&mut found) {
                if let (Some(row), Some(years)) = (series.row, found) {
                    years.push(of_year[row][..2 * draws].to_vec());
                }
            }
        }
        let draws = (0..plan.assumptions.len()).map(|id| values.column(id, draws).to_vec()).collect();
        Self { shocks: found, draws }
    }
}
