//! What a box is worth on draws that it was not found on, and whether each of its limits is more than chance.

use crate::special;

use super::limits::{Counted, Face, Limits, Rows};

/// A box on some rows: how many lie inside, and how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Judged {
    /// Rows that lie inside the box.
    pub inside: Counted,
    /// Rows inside or outside.
    pub total: Counted,
}

impl Judged {
    /// Share of the cases that lie inside.
    #[must_use]
    pub fn coverage(&self) -> f64 {
        self.inside.cases as f64 / self.total.cases as f64
    }

    /// Share of cases among what lies inside.
    #[must_use]
    pub fn density(&self) -> f64 {
        self.inside.density()
    }

    /// Share of all rows that lie inside.
    #[must_use]
    pub fn mass(&self) -> f64 {
        self.inside.rows as f64 / self.total.rows as f64
    }

    /// Share of cases among all rows.
    #[must_use]
    pub fn base_rate(&self) -> f64 {
        self.total.density()
    }
}

/// Draws with a path inside a box, and the sum of the shares of their paths inside that are cases.
#[derive(Clone, Copy, Default)]
struct Trials {
    draws: f64,
    hits: f64,
}

impl Trials {
    /// Adds a draw with so many paths inside, of which so many are cases.
    fn add(&mut self, [paths, cases]: [f64; 2], times: f64) {
        if paths > 0.0 {
            self.draws += times;
            self.hits += times * cases / paths;
        }
    }
}

/// Quasi-p value of each limit of a box: the chance of as many cases inside, or more, if this limit did nothing and cases were as
/// frequent as in the box without it (Bryant and Lempert, 2010).
///
/// `P(X ≥ H)` of a binomial with `T` trials is the regularised incomplete beta function `I_p(H, T − H + 1)`. Trials are draws, of
/// which each is two rows that follow each other: the two paths of a draw share its assumptions and are no two trials.
#[must_use]
pub fn quasi_p(rows: Rows, limits: &Limits) -> Vec<(Face, f64)> {
    let faces = limits.faces();
    let outside = |face: &Face, row: usize| {
        let ([low, high], value) = (limits.of(face.input), rows.columns[face.input][row]);
        if face.upper { value > high } else { value < low }
    };
    let mut inside = Trials::default();
    // What the box without each limit holds besides.
    let mut besides = vec![Trials::default(); faces.len()];
    for first in (0..rows.cases.len()).step_by(2).filter(|first| rows.weights[*first] > 0) {
        let mut own = [0.0; 2];
        let mut alone: [Option<usize>; 2] = [None; 2];
        for (alone, row) in alone.iter_mut().zip([first, first + 1]) {
            let mut keeping = (0..faces.len()).filter(|place| outside(&faces[*place], row));
            match (keeping.next(), keeping.next()) {
                (None, _) => own = [own[0] + 1.0, own[1] + if rows.cases[row] { 1.0 } else { 0.0 }],
                (place, None) => *alone = place,
                _ => {}
            }
        }
        inside.add(own, 1.0);
        let [a, b] = alone;
        for place in [a, b.filter(|_| a != b)].into_iter().flatten() {
            let more = [first, first + 1].into_iter().zip(alone).filter(|(_, kept)| *kept == Some(place));
            let wider = more
                .fold(own, |[paths, cases], (row, _)| [paths + 1.0, cases + if rows.cases[row] { 1.0 } else { 0.0 }]);
            besides[place].add(own, -1.0);
            besides[place].add(wider, 1.0);
        }
    }
    let p = |more: &Trials| {
        let (draws, hits) = (inside.draws + more.draws, inside.hits + more.hits);
        if inside.hits <= 0.0 {
            return 1.0;
        }
        special::beta_cdf(inside.hits, inside.draws - inside.hits + 1.0, hits / draws)
    };
    faces.iter().copied().zip(besides.iter().map(p)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten draws inside with eight cases of which two paths are alike, of twenty draws with ten: P(X ≥ 8) of a binomial with ten
    /// trials and p = 1/2 is 56/1024.
    #[test]
    fn the_quasi_p_value_is_the_tail_of_a_binomial_over_draws() {
        let draw = |row: usize| (row / 2) as f64;
        let columns = [(0..40).map(draw).collect::<Vec<f64>>()];
        let cases: Vec<bool> = (0..40).map(|row| [0, 1, 2, 3, 4, 5, 6, 7, 12, 13].contains(&(row / 2))).collect();
        let rows = Rows { columns: &columns, cases: &cases, weights: &[1; 40] };
        let face = Face { input: 0, upper: true };
        let limits = Limits::everything(1).with(face, 9.5);
        let [(side, p)] = quasi_p(rows, &limits)[..] else { panic!("one limit") };
        assert_eq!(side, face);
        assert!((p - 56.0 / 1024.0).abs() < 1e-12, "{p}");
        let judged = Judged { inside: rows.inside(&limits), total: rows.inside(&Limits::everything(1)) };
        assert_eq!(judged.inside, Counted { rows: 20, cases: 16 });
        assert!((judged.coverage() * judged.base_rate() - judged.density() * judged.mass()).abs() < 1e-15);
        assert_eq!(quasi_p(rows, &Limits::everything(1).with(face, -1.0)), [(face, 1.0)]);
    }
}
