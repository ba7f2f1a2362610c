//! Where a target of a sweep crosses its level: on the straight lines between its cells, and how far that may be off.

use crate::measure::{QuantityOfInterest, Statistic, Target};
use crate::metric::{Measure, Metric};
use crate::summary::{Estimate, Z_95};

use super::{Ends, Swept};

/// A row of cells as far from the level of its target, at the values of the first input in the unit of tables.
struct Row {
    values: Vec<f64>,
    /// In logs for ratios; `None` where the answer is no number to draw a line through.
    far: Vec<Option<f64>>,
    /// Simulation error of each cell on the same scale.
    errors: Vec<f64>,
}

impl Swept {
    /// Where a target tips: one half of a chance, otherwise the level that its metric has in the base year.
    #[must_use]
    pub fn level(&self, target: &Target) -> Option<f64> {
        match &target.asked {
            QuantityOfInterest::Share { .. } => Some(0.5),
            QuantityOfInterest::Statistic {
                statistic: Statistic::Quantile(_) | Statistic::Mean,
                metric,
                subject,
                ..
            } => {
                let measure = Measure { metric: *metric, subject: *subject };
                measure.observed(&self.scenario, self.scenario.base_year()).map(|it| it.value)
            }
            QuantityOfInterest::Statistic { .. } => None,
        }
    }

    /// The value of the first input at which a target tips, in its unit in tables, along a row of cells: the first crossing,
    /// by straight interpolation, in logs for ratios.
    #[must_use]
    pub fn tips(&self, target: usize, row: usize) -> Option<f64> {
        self.crossings(target, row).first().copied()
    }

    /// Every value of the first input at which a target crosses its level along a row of cells.
    #[must_use]
    pub fn crossings(&self, target: usize, row: usize) -> Vec<f64> {
        let Some(row) = self.row(target, row) else { return Vec::new() };
        (1..row.values.len()).filter_map(|place| row.crossing(place)).collect()
    }

    /// Between which values of the first input a target crosses its level for the first time along a row of cells: what the 95%
    /// intervals of simulation and the straight lines between cells leave open, rounded outwards to digits that so wide a range
    /// carries.
    ///
    /// A line between two cells is off by `(x − a)(x − b)` times half the second derivative, which is estimated from the cells
    /// beside them; of a grid of two cells nothing is known but that it crosses between them.
    #[must_use]
    pub fn tips_between(&self, target: usize, row: usize) -> Option<Ends> {
        let row = self.row(target, row)?;
        let (place, tip) = (1..row.values.len()).find_map(|place| Some((place, row.crossing(place)?)))?;
        let off = row.off(place, tip);
        let (first, last) = (row.values.first()?, row.values.last()?);
        let (low, high) = ((tip - off).max(*first), (tip + off).min(*last));
        (low.is_finite() && high.is_finite()).then(|| outwards(low, high))
    }

    /// A row of cells of a target that has a level.
    fn row(&self, target: usize, row: usize) -> Option<Row> {
        let level = self.level(&self.targets[target])?;
        let ratio = matches!(&self.targets[target].asked, QuantityOfInterest::Statistic { metric: Metric::Ratio, .. });
        let input = &self.along[0].varied;
        // Of a ratio that is zero or infinite the log is no number to interpolate with.
        let far = |it: &Option<Estimate>| {
            it.map(|it| if ratio { libm::log(it.value / level) } else { it.value - level }).filter(|it| it.is_finite())
        };
        let error = |it: &Option<Estimate>| it.map_or(0.0, |it| if ratio { it.error / it.value } else { it.error });
        let cells = &self.cells[target][row];
        Some(Row {
            values: self.along[0].values.iter().map(|value| input.in_unit(&self.scenario, *value).0).collect(),
            far: cells.iter().map(far).collect(),
            errors: cells.iter().map(error).collect(),
        })
    }

    /// The values of the first input between which a target crosses its level along a row of cells although no line can be drawn
    /// through it, because one of the two cells is infinite; in the unit of tables, the first such pair.
    #[must_use]
    pub fn leaps(&self, target: usize, row: usize) -> Option<(f64, f64)> {
        let level = self.level(&self.targets[target])?;
        let input = &self.along[0].varied;
        let crosses = |pair: &[Option<Estimate>]| {
            let (a, b) = (pair[0]?.value, pair[1]?.value);
            Some((a.is_infinite() || b.is_infinite()) && ((a < level && b > level) || (a > level && b < level)))
        };
        let place = self.cells[target][row].windows(2).position(|pair| crosses(pair) == Some(true))?;
        let at = |place: usize| input.in_unit(&self.scenario, self.along[0].values[place]).0;
        Some((at(place), at(place + 1)))
    }
}

impl Row {
    /// Where the line from the cell before a place to the cell at it crosses the level.
    fn crossing(&self, place: usize) -> Option<f64> {
        let (a, b) = (self.far[place - 1]?, self.far[place]?);
        // A cell at the level belongs to the step that ends there, or begins the row.
        let crosses = a * b < 0.0 || (b == 0.0 && a != 0.0) || (a == 0.0 && b != 0.0 && place == 1);
        let (from, to) = (self.values[place - 1], self.values[place]);
        crosses.then(|| from + (to - from) * a / (a - b))
    }

    /// How far a crossing of that line may be off: its simulation error, and what the line is off by where the answer bends.
    fn off(&self, place: usize, tip: f64) -> f64 {
        let (from, to) = (self.values[place - 1], self.values[place]);
        let slope =
            self.far[place].zip(self.far[place - 1]).map_or(f64::INFINITY, |(b, a)| (b - a).abs() / (to - from));
        let error = self.errors[place - 1].max(self.errors[place]);
        let simulated = if error.is_finite() { Z_95 * error / slope } else { to - from };
        let bends =
            [place.checked_sub(2), place.checked_sub(1)].into_iter().flatten().filter_map(|first| self.bend(first));
        let bend = bends.fold(None, |most: Option<f64>, it| Some(most.map_or(it, |most| most.max(it))));
        let line = bend.map_or(to - from, |bend| ((tip - from) * (to - tip)).abs() * bend / slope);
        simulated + line.min(to - from)
    }

    /// Half the second derivative over three cells in a row.
    fn bend(&self, first: usize) -> Option<f64> {
        let at = |place: usize| Some((*self.values.get(place)?, (*self.far.get(place)?)?));
        let [(x, a), (y, b), (z, c)] = [at(first)?, at(first + 1)?, at(first + 2)?];
        Some((((c - b) / (z - y) - (b - a) / (y - x)) / (z - x)).abs())
    }
}

/// The ends of a range rounded away from each other, to the power of ten that goes at least twice into its width.
fn outwards(low: f64, high: f64) -> Ends {
    let step = libm::pow(10.0, libm::floor(libm::log10(0.5 * (high - low))));
    if !(step.is_normal() && step > 1e-12 * low.abs().max(high.abs())) {
        return (low, high);
    }
    // Of a step below one the steps are divided, so that decimal numbers stay decimal. What is a whole step but for rounding stays.
    let steps = |value: f64, up: bool| {
        let steps = value / step;
        let near = steps.round();
        if (steps - near).abs() < 1e-9 * near.abs().max(1.0) {
            return near;
        }
        if up { steps.ceil() } else { steps.floor() }
    };
    let whole = |steps: f64| if step < 1.0 { steps / (1.0 / step).round() } else { steps * step };
    (whole(steps(low, false)), whole(steps(high, true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_rounded_outwards_to_digits_that_its_width_carries() {
        assert_eq!(outwards(0.0727, 0.0813), (0.072, 0.082));
        assert_eq!(outwards(0.0712, 0.1043), (0.07, 0.11));
        assert_eq!(outwards(-0.0123, 0.0041), (-0.013, 0.005));
        assert_eq!(outwards(0.05, 0.1), (0.05, 0.1));
        assert_eq!(outwards(1234.0, 1266.0), (1230.0, 1270.0));
        assert_eq!(outwards(0.25, 0.25), (0.25, 0.25));
    }

    #[test]
    fn a_crossing_is_off_by_its_simulation_error_and_by_what_its_line_is() {
        let values: Vec<f64> = (0..5).map(f64::from).collect();
        let row = |of: fn(f64) -> f64, error: f64| Row {
            values: values.clone(),
            far: values.iter().map(|x| Some(of(*x))).collect(),
            errors: vec![error; values.len()],
        };
        let straight = row(|x| 2.0 * x - 3.0, 0.1);
        let tip = straight.crossing(2).expect("between 1 and 2");
        assert!((tip - 1.5).abs() < 1e-12);
        assert!((straight.off(2, tip) - Z_95 * 0.05).abs() < 1e-12);
        // Of a parabola the line is off by as much as the bend says: it crosses at the square root of two and a half.
        let bent = row(|x| x * x - 2.5, 0.0);
        let tip = bent.crossing(2).expect("between 1 and 2");
        let off = bent.off(2, tip);
        assert!((tip - 2.5_f64.sqrt()).abs() <= off && off < 0.1, "{tip} {off}");
        // Two cells say no more than that it crosses between them.
        let two = Row { values: vec![0.0, 1.0], far: vec![Some(-1.0), Some(1.0)], errors: vec![0.0; 2] };
        assert_eq!(two.off(1, 0.5), 1.0);
        assert_eq!(straight.crossing(1), None);
    }
}
