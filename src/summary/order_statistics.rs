//! Exact order statistics in bounded memory: the same futures once more, of which only what matters is kept.
//!
//! A histogram tells in which bucket a rank lies and how many values come before it. Because random numbers have
//! addresses, a second pass over the same paths sees the same values: it keeps those of the buckets that hold a wanted
//! rank and sorts them. Buckets that hold more than memory is given for are divided by a further pass instead, until
//! what is left fits or is one number. So memory does not grow with paths, and every quantile is that of a full sort.

use crate::engine::{self, Block, Column, Observer, Plan, Settings};
use crate::metric::{Levels, Measure};
use crate::scenario::Scenario;

use super::FINE_LEVELS;
use super::histogram::{Histogram, Located, Ranks};

/// Values that a pass may keep: eight megabytes.
pub(super) const CAPACITY: u64 = 1 << 20;

/// Parts into which a pass divides an interval that holds too many values.
const PARTS: u64 = 256;

/// Exact quantiles at [`FINE_LEVELS`] of each measure and year, in the order of the histograms: Hyndman and Fan's type 7 on
/// the extended reals, undefined values left out. `None` where no path is defined.
///
/// `histograms` are those of the same run, one for every measure and year.
pub(super) fn quantiles(
    (scenario, measures): (&Scenario, &[Measure]),
    plan: &Plan,
    settings: &Settings,
    histograms: &[Histogram],
    capacity: u64,
    progress: &(dyn Fn(u64) + Sync),
) -> Vec<Option<[f64; 23]>> {
    let mut cells: Vec<Cell> = histograms.iter().map(Cell::new).collect();
    while cells.iter().any(|cell| !cell.open.is_empty()) {
        let mut pass = Pass::new(scenario, measures, cells, capacity);
        engine::simulate(&[plan], settings, &mut pass, progress);
        cells = pass.closed();
    }
    cells.iter().map(Cell::quantiles).collect()
}

/// What is known of the wanted ranks of one measure and year.
#[derive(Debug)]
struct Cell {
    defined: u64,
    /// Values by rank, from 0 among the defined ones.
    known: Vec<(u64, f64)>,
    /// Intervals that hold ranks not known yet, in rising order.
    open: Vec<Interval>,
}

/// A run of neighbouring numbers, and how many of the values lie in it.
#[derive(Clone, Debug)]
struct Interval {
    first: u64,
    last: u64,
    /// Defined values below it.
    before: u64,
    count: u64,
    ranks: Vec<u64>,
}

/// The place of a number among all floats in rising order.
#[inline(always)]
fn key(value: f64) -> u64 {
    let bits = value.to_bits();
    // All ones for a negative number, whose bits fall as it rises; only the sign for a positive one.
    bits ^ ((bits as i64 >> 63) as u64 | 1 << 63)
}

fn number(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key ^ 1 << 63 } else { !key })
}

/// Ranks whose values a quantile of type 7 lies between, and its share of the way.
fn ranks(defined: u64, level: f64) -> (u64, u64, f64) {
    let last = defined - 1;
    let rank = last as f64 * level;
    let below = (rank.floor() as u64).min(last);
    (below, (below + 1).min(last), rank - rank.floor())
}

impl Cell {
    fn new(histogram: &Histogram) -> Self {
        let mut values = Ranks::of(histogram);
        let mut cell = Self { defined: values.defined(), known: Vec::new(), open: Vec::new() };
        if cell.defined == 0 {
            return cell;
        }
        let mut wanted: Vec<u64> = FINE_LEVELS
            .iter()
            .flat_map(|level| {
                let (below, above, _) = ranks(cell.defined, *level);
                [below, above]
            })
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        for rank in wanted {
            match values.locate(rank) {
                Located::Value(value) => cell.known.push((rank, value)),
                Located::Bucket { least, greatest, before, count } => {
                    cell.want(rank, key(least), key(greatest), before, count);
                }
            }
        }
        cell
    }

    /// Notes that a rank lies in an interval; ranks come in rising order.
    fn want(&mut self, rank: u64, first: u64, last: u64, before: u64, count: u64) {
        if first == last {
            self.known.push((rank, number(first)));
        } else if let Some(open) = self.open.iter_mut().find(|open| open.first == first) {
            open.ranks.push(rank);
        } else {
            self.open.push(Interval { first, last, before, count, ranks: vec![rank] });
        }
    }

    fn value(&self, rank: u64) -> f64 {
        let found = self.known.iter().find(|(known, _)| *known == rank);
        found.expect("every wanted rank has been found").1
    }

    fn quantiles(&self) -> Option<[f64; 23]> {
        (self.defined > 0).then(|| {
            FINE_LEVELS.map(|level| {
                let (below, above, share) = ranks(self.defined, level);
                let (low, high) = (self.value(below), self.value(above));
                if share == 0.0 || low == high || low.is_infinite() {
                    low
                } else if high.is_infinite() {
                    high
                } else {
                    low + (high - low) * share
                }
            })
        })
    }
}

/// One more look at the same futures.
#[derive(Debug)]
struct Pass<'a> {
    scenario: &'a Scenario,
    measures: &'a [Measure],
    years: usize,
    cells: Vec<Cell>,
    /// For each cell, what each of its open intervals is looked at for.
    plans: Vec<Vec<Look>>,
    found: Option<Found>,
}

/// Whether the values of an interval are kept, or only counted by part; with its place among those.
#[derive(Clone, Copy, Debug)]
enum Look {
    Keep(usize),
    Divide(usize, u32),
}

/// What a worker found, and its scratch columns.
#[derive(Debug)]
struct Found {
    levels: Levels,
    column: Column,
    kept: Vec<Vec<u64>>,
    parts: Vec<Vec<u32>>,
}

impl<'a> Pass<'a> {
    fn new(scenario: &'a Scenario, measures: &'a [Measure], cells: Vec<Cell>, capacity: u64) -> Self {
        let mut order: Vec<(u64, usize, usize)> = cells
            .iter()
            .enumerate()
            .flat_map(|(cell, it)| it.open.iter().enumerate().map(move |(place, open)| (open.count, cell, place)))
            .collect();
        order.sort_unstable();
        let mut plans: Vec<Vec<Look>> = cells.iter().map(|cell| vec![Look::Keep(0); cell.open.len()]).collect();
        let (mut kept, mut divided, mut room) = (0, 0, capacity);
        for (count, cell, place) in order {
            plans[cell][place] = if count <= room {
                room -= count;
                kept += 1;
                Look::Keep(kept - 1)
            } else {
                room = 0;
                divided += 1;
                Look::Divide(divided - 1, shift(&cells[cell].open[place]))
            };
        }
        Self { scenario, measures, years: scenario.years().len(), cells, plans, found: None }
    }

    /// The cells with what this pass found.
    fn closed(mut self) -> Vec<Cell> {
        let mut found = self.found.take().expect("a run has at least one block");
        found.kept.iter_mut().for_each(|values| values.sort_unstable());
        for (cell, looks) in self.cells.iter_mut().zip(&self.plans) {
            let open = std::mem::take(&mut cell.open);
            for (interval, look) in open.into_iter().zip(looks) {
                match *look {
                    Look::Keep(place) => {
                        for rank in interval.ranks {
                            let within = usize::try_from(rank - interval.before).expect("kept values fit in memory");
                            cell.known.push((rank, number(found.kept[place][within])));
                        }
                    }
                    Look::Divide(place, shift) => divide(cell, &interval, &found.parts[place], shift),
                }
            }
        }
        self.cells
    }
}

/// Bits by which a key is shifted so that an interval has at most [`PARTS`] parts.
fn shift(interval: &Interval) -> u32 {
    let width = interval.last - interval.first;
    (u64::BITS - width.leading_zeros()).saturating_sub(PARTS.ilog2())
}

/// Finds the part that each rank of an interval lies in.
fn divide(cell: &mut Cell, interval: &Interval, parts: &[u32], shift: u32) {
    for rank in &interval.ranks {
        let mut before = interval.before;
        for (part, count) in (0_u64..).zip(parts) {
            let count = u64::from(*count);
            if *rank < before + count {
                let first = interval.first + (part << shift);
                let last = (first + ((1 << shift) - 1)).min(interval.last);
                cell.want(*rank, first, last, before, count);
                break;
            }
            before += count;
        }
    }
}

/// Bits of a key below those that the first look at a value uses.
const GLANCE: u32 = 42;

/// Which keys can lie in one of some intervals, told by ten bits; false alarms are sorted out afterwards.
fn glance(open: &[Interval]) -> [bool; 1024] {
    let mut table = [false; 1024];
    for interval in open {
        for high in interval.first >> GLANCE..=interval.last >> GLANCE {
            table[(high & 1023) as usize] = true;
            if high - (interval.first >> GLANCE) > 1023 {
                break;
            }
        }
    }
    table
}

impl Observer for Pass<'_> {
    type Counts = Found;
    type Sums = ();

    fn counts(&self) -> Found {
        let looks = || self.plans.iter().flatten();
        Found {
            levels: Levels::new(self.scenario).only(self.measures.iter().copied()),
            column: Column::default(),
            kept: looks().filter(|look| matches!(look, Look::Keep(_))).map(|_| Vec::new()).collect(),
            parts: looks()
                .filter(|look| matches!(look, Look::Divide(..)))
                .map(|_| vec![0; usize::try_from(PARTS).expect("few parts")])
                .collect(),
        }
    }

    fn observe(&self, blocks: &[Block], found: &mut Found) {
        let block = &blocks[0];
        let Found { levels, column, kept, parts } = found;
        levels.restart();
        for year in 0..self.years {
            levels.enter(block, year);
            for (place, measure) in self.measures.iter().enumerate() {
                let cell = place * self.years + year;
                let (open, looks) = (&self.cells[cell].open, &self.plans[cell]);
                if open.is_empty() {
                    continue;
                }
                let table = glance(open);
                for value in levels.column(*measure, column) {
                    let key = key(*value);
                    if !table[(key >> GLANCE & 1023) as usize] {
                        continue;
                    }
                    let Some(which) = open.partition_point(|open| open.first <= key).checked_sub(1) else { continue };
                    if key > open[which].last {
                        continue;
                    }
                    match looks[which] {
                        Look::Keep(place) => kept[place].push(key),
                        Look::Divide(place, shift) => parts[place][((key - open[which].first) >> shift) as usize] += 1,
                    }
                }
            }
        }
    }

    fn absorb(&mut self, (): ()) {}

    fn finish(&mut self, found: Found) {
        let Some(total) = &mut self.found else {
            self.found = Some(found);
            return;
        };
        total.kept.iter_mut().zip(found.kept).for_each(|(total, more)| total.extend(more));
        for (total, more) in total.parts.iter_mut().zip(found.parts) {
            total.iter_mut().zip(more).for_each(|(total, more)| *total += more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_rise_with_the_numbers_and_lead_back_to_them() {
        let rising =
            [f64::NEG_INFINITY, -1e300, -2.0, -1.0, -1e-310, -0.0, 0.0, 5e-324, 1e-310, 1.0, 3.5, f64::INFINITY];
        assert!(rising.windows(2).all(|pair| key(pair[0]) < key(pair[1])));
        assert!(rising.iter().all(|value| number(key(*value)).to_bits() == value.to_bits()));
    }

    #[test]
    fn an_interval_has_at_most_as_many_parts_as_a_pass_counts() {
        for width in [1, 2, 255, 256, 257, 1023, 1 << 42, u64::MAX - 5] {
            let interval = Interval { first: 5, last: 5 + width, before: 0, count: 0, ranks: Vec::new() };
            let last_part = width >> shift(&interval);
            assert!(last_part < PARTS && last_part >= width.min(PARTS / 2 - 1), "{width}: {last_part}");
        }
    }
}
