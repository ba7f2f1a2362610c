//! PRIM, the patient rule induction method: boxes of ever more cases and ever fewer rows (Friedman and Fisher, 1999), as
//! scenario discovery uses them (Bryant and Lempert, 2010).
//!
//! From the box of everything, the side is peeled off that raises the density of cases most for each row lost, five per cent at
//! a time, until a twentieth of the rows is left; then sides are pasted on again. Every box on the way is kept. The last
//! boxes leave out, one by one, the inputs that the best box loses least by.

use super::limits::{Counted, Limits, Rows};
use super::paste::paste;
use super::peel::{Peeling, orders};

/// How a box came out of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The box of everything.
    Everything,
    /// A side was taken off.
    Peel,
    /// A side was moved out.
    Paste,
    /// An input lost its limits.
    Drop,
}

impl Step {
    /// Its word in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Peel => "peel",
            Self::Paste => "paste",
            Self::Drop => "drop",
        }
    }
}

/// A box on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundBox {
    /// How it came to be.
    pub step: Step,
    /// Limits of the box on each input.
    pub limits: Limits,
    /// Rows inside, of those it was found on.
    pub inside: Counted,
}

/// All boxes on the way, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// The boxes; the first is that of everything.
    pub boxes: Vec<FoundBox>,
    /// Place of the box that is the answer.
    pub answer: usize,
}

/// A simpler box is the answer if it keeps this part of what the best one has.
const KEPT: f64 = 0.9;

impl Trajectory {
    /// Looks for boxes in which cases are dense.
    #[must_use]
    pub fn find(rows: Rows) -> Self {
        Self::find_in_order(rows, &orders(rows.columns))
    }

    /// Looks for boxes given the orders of all rows by each input, which do not depend on weights.
    pub(super) fn find_in_order(rows: Rows, orders: &[Vec<u32>]) -> Self {
        let limits = Limits::everything(rows.columns.len());
        let total = rows.inside(&limits);
        let mut boxes = vec![FoundBox { step: Step::Everything, limits, inside: total }];
        if total.rows > 0 {
            let mut peeling = Peeling::new(rows, orders);
            while let Some((limits, inside)) = peeling.next() {
                boxes.push(FoundBox { step: Step::Peel, limits, inside });
            }
            while let Some((limits, inside)) = boxes.last().and_then(|last| paste(rows, &last.limits, last.inside)) {
                boxes.push(FoundBox { step: Step::Paste, limits, inside });
            }
            drop_inputs(rows, &mut boxes);
        }
        let answer = answer(&boxes);
        Self { boxes, answer }
    }
}

/// Share of the cases that a box takes beyond its share of the rows: coverage less mass.
///
/// Times the base rate it is the weighted relative accuracy of subgroup discovery (Lavrač, Flach and Zupan, 1999). It is 0 for
/// everything and for a box in which cases are as frequent as elsewhere.
pub(super) fn excess(inside: Counted, total: Counted) -> f64 {
    inside.cases as f64 / total.cases.max(1) as f64 - inside.rows as f64 / total.rows.max(1) as f64
}

/// Leaves out inputs of the best box one by one, each time the one without which the box takes most cases beyond its share.
fn drop_inputs(rows: Rows, boxes: &mut Vec<FoundBox>) {
    let total = boxes[0].inside;
    let Some(best) = (0..boxes.len())
        .rev()
        .max_by(|a, b| excess(boxes[*a].inside, total).total_cmp(&excess(boxes[*b].inside, total)))
    else {
        return;
    };
    let mut limits = boxes[best].limits.clone();
    while limits.restricted().len() > 1 {
        let without = limits.restricted().into_iter().map(|input| {
            let fewer = limits.clone().without_input(input);
            (rows.inside(&fewer), fewer)
        });
        // The last of equal ones is kept by `max_by`, so they are looked at from behind.
        let all: Vec<(Counted, Limits)> = without.collect();
        let kept = all.into_iter().rev().max_by(|a, b| excess(a.0, total).total_cmp(&excess(b.0, total)));
        let Some((inside, fewer)) = kept else { return };
        boxes.push(FoundBox { step: Step::Drop, limits: fewer.clone(), inside });
        limits = fewer;
    }
}

/// Of the boxes that take nearly as many cases beyond their share as the best one does, that with the fewest inputs, then the
/// best; the box of everything if there is no other.
fn answer(boxes: &[FoundBox]) -> usize {
    let total = boxes[0].inside;
    let worth = |place: &usize| excess(boxes[*place].inside, total);
    let best = (0..boxes.len()).map(|place| worth(&place)).fold(0.0, f64::max);
    let near = (1..boxes.len()).filter(|place| worth(place) >= KEPT * best && best > 0.0);
    let inputs = |place: &usize| boxes[*place].limits.restricted().len();
    near.filter(|place| inputs(place) > 0)
        .min_by(|a, b| inputs(a).cmp(&inputs(b)).then(worth(b).total_cmp(&worth(a))))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Golden L05: on a grid of 20 × 20 the box of all cases is found, with nothing else in it.
    #[test]
    fn a_box_on_a_grid_is_found_exactly() {
        let cells = (0..400).map(|cell| (f64::from(cell % 20), f64::from(cell / 20)));
        let (x, y): (Vec<f64>, Vec<f64>) = cells.unzip();
        let cases: Vec<bool> =
            x.iter().zip(&y).map(|(x, y)| (7.0..13.0).contains(x) && (4.0..12.0).contains(y)).collect();
        let columns = [x, y];
        let found = Trajectory::find(Rows { columns: &columns, cases: &cases, weights: &[1; 400] });
        let answer = &found.boxes[found.answer];
        assert_eq!(answer.inside, Counted { rows: 48, cases: 48 });
        assert_eq!([answer.limits.of(0), answer.limits.of(1)], [[6.5, 12.5], [3.5, 11.5]]);
    }

    #[test]
    fn where_cases_do_not_depend_on_anything_there_is_no_rule() {
        let columns = [(0..400).map(|row| f64::from(row / 2)).collect::<Vec<f64>>()];
        let cases: Vec<bool> = (0..400).map(|row| row % 2 == 0).collect();
        let found = Trajectory::find(Rows { columns: &columns, cases: &cases, weights: &[1; 400] });
        assert!(found.boxes.iter().all(|it| (it.inside.density() - 0.5).abs() < 0.03));
        assert!(excess(found.boxes[found.answer].inside, found.boxes[0].inside) < 0.03);
        let constant = [vec![1.0; 400]];
        let nothing = Trajectory::find(Rows { columns: &constant, cases: &cases, weights: &[1; 400] });
        assert_eq!((nothing.boxes.len(), nothing.answer), (1, 0));
    }

    #[test]
    fn a_row_that_counts_twice_is_two_rows() {
        let value = |row: u32| f64::from(row * 37 % 101);
        let columns = [(0..200).map(value).collect::<Vec<f64>>()];
        let cases: Vec<bool> = (0..200).map(|row| row * 37 % 101 > 60 || row % 7 == 0).collect();
        let weights: Vec<u32> = (0..200).map(|row| row % 4).collect();
        let heavy = Trajectory::find(Rows { columns: &columns, cases: &cases, weights: &weights });
        let rows: Vec<usize> = (0..200).flat_map(|row| std::iter::repeat_n(row, weights[row] as usize)).collect();
        let columns = [rows.iter().map(|row| columns[0][*row]).collect::<Vec<f64>>()];
        let cases: Vec<bool> = rows.iter().map(|row| cases[*row]).collect();
        let light = Trajectory::find(Rows { columns: &columns, cases: &cases, weights: &vec![1; rows.len()] });
        assert_eq!(heavy, light);
        assert!(heavy.boxes.len() > 5);
    }

    #[test]
    fn an_event_and_its_year_are_limits_between_whole_numbers() {
        // Never stands behind the horizon; half of the paths are never struck, and early strikes make cases.
        let year = |row: usize| if row.is_multiple_of(2) { 2031.0 } else { 2024.0 + ((row / 2) % 7) as f64 };
        let columns = [(0..1400).map(year).collect::<Vec<f64>>()];
        let cases: Vec<bool> = columns[0].iter().map(|year| *year < 2026.0).collect();
        let found = Trajectory::find(Rows { columns: &columns, cases: &cases, weights: &vec![1; 1400] });
        let answer = &found.boxes[found.answer];
        assert_eq!(answer.limits.of(0), [f64::NEG_INFINITY, 2025.5]);
        assert_eq!(answer.inside, Counted { rows: 200, cases: 200 });
    }
}
