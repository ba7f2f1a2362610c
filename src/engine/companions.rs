//! What funding is divided by, for each path and year: a figure of the base year and its growth since.

use crate::measure::Companion;

use super::column::YearlyColumns;
use super::draws::Draws;
use super::plan::Plan;

/// Logs of the companions of a region, in the order of [`Companion::ALL`]; none where it has no such companion.
pub(super) type Columns = [Option<YearlyColumns>; Companion::ALL.len()];

/// Empty columns for a region of a plan.
pub(super) fn columns(plan: &Plan, region: usize) -> Columns {
    Companion::ALL.map(|wanted| {
        let has = plan.companions[region].iter().any(|it| it.companion() == wanted);
        has.then(|| YearlyColumns::new(plan.years))
    })
}

/// Computes the companions of all years, which depend on assumptions alone.
pub(super) fn fill(plan: &Plan, (assumptions, draws): (&Draws, usize), regions: &mut [Columns]) {
    for (companions, columns) in plan.companions.iter().zip(regions) {
        for companion in companions {
            let place = companion.companion() as usize;
            let Some(columns) = &mut columns[place] else { continue };
            let figure = assumptions.column(companion.figure(), draws);
            for draw in 0..draws {
                let mut log = figure[draw];
                for index in 0..plan.years {
                    log += assumptions.column(companion.growth().in_year(plan.year(index)), draws)[draw];
                    let column = columns.year_mut(index, 2 * draws);
                    column[draw] = log;
                    column[draws + draw] = log;
                }
            }
        }
    }
}
