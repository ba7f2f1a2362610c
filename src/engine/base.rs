//! The base year on each path: figures that are not taken as given, the levels that the models start from, and what a
//! dollar is worth.

use crate::growth::State;
use crate::scenario::{SeriesKind, log_rate};
use crate::special;

use super::block::Block;
use super::column::Column;
use super::plan::Plan;
use super::scratch::RegionScratch;
use super::stream::{StreamKey, Streams, When};

/// Draws what the figures of the base year are on each path, where they are not taken as given.
///
/// The luck of single deals in a published total belongs to the figure: it is one number a draw, the same for its two paths,
/// and is drawn anew with the other doubts about the figures. That of later years is a matter of each path.
pub(super) fn measure(plan: &Plan, streams: &Streams, base: When, block: &mut Block, scratch: &mut [RegionScratch]) {
    let draws = base.draws;
    let regions = plan.details.iter().zip(&mut block.base).zip(scratch);
    for ((details, columns), scratch) in regions {
        for (shifts, column) in details.base.iter().zip(columns.iter_mut().flatten()) {
            let column = &mut column[..2 * draws];
            column.fill(0.0);
            for shift in shifts {
                let values = block.assumptions.column(shift.value, draws);
                for half in column.chunks_mut(draws) {
                    half.iter_mut().zip(values).for_each(|(total, value)| *total += shift.at(*value));
                }
            }
        }
        if let Some(counts) = &mut scratch.counts {
            counts.restart();
        }
        if let Some(transient) = &mut scratch.transient {
            transient.iter_mut().for_each(super::yearly::Yearly::restart);
        }
        if let (Some(sampling), Some((key, sd))) = (&mut scratch.sampling, details.sampling) {
            sampling.restart();
            let is_median = plan.luck.process == StreamKey::Median;
            let stream = if is_median { StreamKey::Median } else { plan.assumptions[sd].stream };
            let (of_draw, of_other_path) = scratch.noise[..2 * draws].split_at_mut(draws);
            // Without a year: other numbers than those of the years.
            streams.of(stream).fill_draws(key, base.first_draw(), of_draw);
            special::normals(of_draw);
            of_draw.iter_mut().zip(block.assumptions.column(sd, draws)).for_each(|(noise, sd)| *noise *= sd);
            of_other_path.copy_from_slice(of_draw);
        }
    }
}

/// Sets the growth models of all series to their levels of the base year.
pub(super) fn start(plan: &Plan, block: &Block, scratch: &[RegionScratch], states: &mut [(Column, Column)]) {
    let draws = block.draws;
    for (series, (level, memory)) in plan.series.iter().zip(states) {
        level.fill(series.start);
        let scratch = &scratch[series.region];
        let level_rows = &mut level[..2 * draws];
        if let Some([deals, funding]) = &block.base[series.region] {
            for (row, level) in level_rows.iter_mut().enumerate() {
                *level += match series.kind {
                    SeriesKind::Deals => deals[row],
                    SeriesKind::DealSize => funding[row] - deals[row],
                    SeriesKind::Funding => funding[row],
                };
            }
        }
        if let Some(id) = plan.details[series.region].transient_in_base {
            // What will not stay of the year's total is not in the level behind it.
            let noise = block.assumptions.column(id, draws);
            for half in level_rows.chunks_mut(draws) {
                half.iter_mut().zip(noise).for_each(|(level, noise)| *level -= noise);
            }
        }
        if scratch.sampling.is_some() && series.kind != SeriesKind::Deals {
            // The year's total has its luck in it; the level behind it does not.
            level_rows.iter_mut().zip(scratch.noise.iter()).for_each(|(level, noise)| *level -= noise);
        }
        let drawn = series.growth.map(|quantity| block.assumptions.column(quantity.first(), draws));
        for half in 0..2 {
            let rows = half * draws..(half + 1) * draws;
            drawn.start(&mut State { level: &mut level[rows.clone()], memory: &mut memory[rows] });
        }
    }
}

/// Computes what a dollar of each year is worth in the money shown: first its exchange rate, then its deflator.
pub(super) fn convert(plan: &Plan, block: &mut Block) {
    let (Some(money), Some(columns)) = (&plan.money, &mut block.money) else { return };
    let (draws, assumptions) = (block.draws, &block.assumptions);
    let rate_of = |draw: usize, year: i32| {
        let log = |id: usize| special::ln(assumptions.column(id, draws)[draw]);
        log_rate(&money.rate, year, log)
    };
    for draw in 0..draws {
        let growth =
            |year: i32| money.inflation.as_ref().map_or(0.0, |it| assumptions.column(it.in_year(year), draws)[draw]);
        let mut deflator = plan.log_deflator_of_base;
        for index in 0..plan.years {
            let year = plan.year(index);
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
