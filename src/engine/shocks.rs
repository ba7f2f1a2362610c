//! Yearly shocks: standard normals with addresses, correlated between the series.

use crate::random::quasi::Quasi;
use crate::random::{Key, Purpose};
use crate::scenario::Correlations;
use crate::special::{self, add_multiple, multiply, scale};

use super::column::Column;
use super::plan::{Plan, ShockShape};
use super::stream::{Stream, When};
use super::yearly::Yearly;

/// Shocks of all series for two neighbouring years, which one block of the generator gives together.
#[derive(Debug)]
pub(super) struct Shocks {
    even: Vec<Column>,
    odd: Vec<Column>,
    even_year: Option<i32>,
    mixing: Mixing,
    /// Steps of the walks of all series and years, where the numbers are those of points.
    walks: Option<Walks>,
    /// Year whose steps stand in the columns of even years, where the numbers are those of points.
    walked: Option<i32>,
}

/// What widens all shocks of a year: its numbers, and the factors made of them.
#[derive(Debug)]
struct Mixing {
    numbers: Yearly,
    factors: Column,
}

impl Shocks {
    pub(super) fn new(plan: &Plan, luck: &Stream) -> Self {
        let columns = vec![Column::default(); plan.shock_factor.size()];
        let mixing = Mixing { numbers: Yearly::new(Key::new(Purpose::Mixing, "")), factors: Column::default() };
        let walks = luck.points().and_then(|points| Walks::new(plan, points));
        Self { even: columns.clone(), odd: columns, even_year: None, mixing, walks, walked: None }
    }

    /// Forgets the last block.
    pub(super) fn restart(&mut self) {
        (self.even_year, self.walked) = (None, None);
        if let Some(walks) = &mut self.walks {
            walks.first = None;
        }
    }

    /// Correlated shocks of a year, a column for each series that has shocks; the first half of a column are the
    /// even paths, the second half the odd ones.
    pub(super) fn of_year(&mut self, plan: &Plan, luck: &Stream, when: When) -> &[Column] {
        if self.walked == Some(when.year) {
            return &self.even;
        }
        if self.walk(luck, when) {
            self.walked = Some(when.year);
            shape(&plan.shock_shape, &mut self.mixing, (luck, when), &mut self.even);
            return &self.even;
        }
        let even_year = when.year & !1;
        if self.even_year != Some(even_year) {
            self.even_year = Some(even_year);
            self.fill(plan, luck, When { year: even_year, ..when });
        }
        if when.year == even_year { &self.even } else { &self.odd }
    }

    /// Fills the shocks of an even year, which `when` is, and of the year after it.
    fn fill(&mut self, plan: &Plan, luck: &Stream, when: When) {
        let rows = 2 * when.draws;
        for series in &plan.series {
            let Some(row) = series.row else { continue };
            let (even, odd) = (&mut self.even[row], &mut self.odd[row]);
            for (half, indices) in when.halves() {
                luck.uniforms.fill_years(indices, when.year, series.shock, &mut even[half.clone()], &mut odd[half]);
            }
            special::normals(&mut even[..rows]);
            special::normals(&mut odd[..rows]);
        }
        correlate(&plan.shock_factor, &mut self.even, rows);
        correlate(&plan.shock_factor, &mut self.odd, rows);
        self.mixing.numbers.restart();
        for (year, columns) in [(when.year, &mut self.even), (when.year + 1, &mut self.odd)] {
            shape(&plan.shock_shape, &mut self.mixing, (luck, When { year, ..when }), columns);
        }
    }

    /// Takes the correlated normals of a year from the walks of points; false where numbers are addressed.
    fn walk(&mut self, luck: &Stream, when: When) -> bool {
        let (Some(points), Some(walks)) = (luck.points(), &mut self.walks) else { return false };
        let Some(place) = points.place(when.year) else { return false };
        if walks.first != Some(when.first) {
            walks.fill(points, when);
            walks.first = Some(when.first);
        }
        walks.mix(place, &mut self.even, 2 * when.draws);
        true
    }
}

/// Yearly steps of the points' walks of a block, and how they become correlated normals of the series.
#[derive(Debug)]
struct Walks {
    /// First path of the block they belong to.
    first: Option<u64>,
    normals: Vec<Vec<f64>>,
    /// By walk of the points and year.
    steps: Vec<Vec<Vec<f64>>>,
    /// Row by row, weights of the points' walks in the shocks of a series: rotation, then correlation.
    weights: Vec<Vec<f64>>,
}

impl Walks {
    /// Prepares the walks of all series that have shocks; none if one of them has no walk.
    fn new(plan: &Plan, points: &Quasi) -> Option<Self> {
        let shocked = plan.series.iter().filter(|series| series.row.is_some());
        let places: Option<Vec<usize>> = shocked.map(|series| points.walk(series.shock)).collect();
        let (places, rotation, correlations) = (places?, points.rotation(), &plan.shock_factor);
        let weight = |row: usize, coordinate: usize| {
            let factors = &correlations.factor()[row * correlations.size()..][..=row];
            factors.iter().zip(&places).map(|(factor, place)| factor * rotation.weight(*place, coordinate)).sum()
        };
        let of_row = |row: usize| (0..rotation.size()).map(|coordinate| weight(row, coordinate)).collect();
        let columns = vec![Vec::new(); points.bridge().years()];
        Some(Self {
            first: None,
            normals: columns.clone(),
            steps: vec![columns; rotation.size()],
            weights: (0..correlations.size()).map(of_row).collect(),
        })
    }

    /// Draws the walks of a block.
    fn fill(&mut self, points: &Quasi, when: When) {
        let rows = 2 * when.draws;
        // As long as they are needed: replicates of few paths take a block each, and none of a full length.
        let columns = self.normals.iter_mut().chain(self.steps.iter_mut().flatten());
        columns.filter(|column| column.len() < rows).for_each(|column| column.resize(rows, 0.0));
        for (walk, steps) in self.steps.iter_mut().enumerate() {
            for (step, normals) in self.normals.iter_mut().enumerate() {
                points.fill_walk(walk, step, when.first_draw(), &mut normals[..rows]);
                special::normals(&mut normals[..rows]);
            }
            points.bridge().steps(&self.normals, steps, rows);
        }
    }

    /// Correlated normals of a year, a column for each series.
    fn mix(&self, place: usize, columns: &mut [Column], rows: usize) {
        for (column, weights) in columns.iter_mut().zip(&self.weights) {
            let column = &mut column[..rows];
            column.fill(0.0);
            for (steps, weight) in self.steps.iter().zip(weights) {
                if *weight != 0.0 {
                    add_multiple(column, *weight, &steps[place][..rows]);
                }
            }
        }
    }
}

/// Turns correlated normals of a year into shocks of the law.
fn shape(shape: &ShockShape, mixing: &mut Mixing, (luck, when): (&Stream, When), columns: &mut [Column]) {
    match shape {
        ShockShape::Gaussian => {}
        ShockShape::Separate(transform) => {
            for column in columns {
                transform.apply(&mut column[..2 * when.draws]);
            }
        }
        ShockShape::Shared(law) => {
            let Mixing { numbers: uniforms, factors } = mixing;
            let factors = &mut factors[..2 * when.draws];
            factors.copy_from_slice(uniforms.of_year(luck, when));
            law.factors(factors);
            columns.iter_mut().for_each(|column| multiply(column, factors));
        }
    }
}

/// Replaces independent normals by correlated ones: row `i` becomes `Σ_j L[i][j] z_j`.
///
/// From the last row up, so that every row still finds the independent numbers of the rows above it.
pub(super) fn correlate(correlations: &Correlations, columns: &mut [Column], rows: usize) {
    // A piece of all columns at a time, so that what a row is made of is still in the first-level cache.
    const PIECE: usize = 256;
    for start in (0..rows).step_by(PIECE) {
        let piece = start..rows.min(start + PIECE);
        for row in (0..correlations.size()).rev() {
            let factors = &correlations.factor()[row * correlations.size()..][..=row];
            let (above, this) = columns.split_at_mut(row);
            let this = &mut this[0][piece.clone()];
            let mut own = factors[row];
            let mut others = factors.iter().zip(above.iter()).filter(|(factor, _)| **factor != 0.0);
            let mut next = || others.next().map(|(factor, other)| (*factor, &other[piece.clone()]));
            // Three at a time: what they add up to stays in a register. The order of the sum is that of the rows.
            loop {
                match [next(), next(), next()] {
                    [Some(a), Some(b), Some(c)] => add_three(this, own, a, b, c),
                    [Some(a), Some(b), None] => break add_two(this, own, a, b),
                    [Some((factor, other)), ..] => break add_one(this, own, factor, other),
                    _ => {
                        break if own != 1.0 {
                            scale(this, own)
                        };
                    }
                }
                own = 1.0;
            }
        }
    }
}

/// Replaces a column by a multiple of it plus a multiple of another.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add_one(column: &mut [f64], own: f64, factor: f64, other: &[f64]) {
    for (value, other) in column.iter_mut().zip(other) {
        *value = own * *value + factor * other;
    }
}

/// Replaces a column by a multiple of it plus multiples of two others.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add_two(column: &mut [f64], own: f64, a: (f64, &[f64]), b: (f64, &[f64])) {
    for ((value, from_a), from_b) in column.iter_mut().zip(a.1).zip(b.1) {
        *value = own * *value + a.0 * from_a + b.0 * from_b;
    }
}

/// Replaces a column by a multiple of it plus multiples of three others.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add_three(column: &mut [f64], own: f64, a: (f64, &[f64]), b: (f64, &[f64]), c: (f64, &[f64])) {
    for (((value, from_a), from_b), from_c) in column.iter_mut().zip(a.1).zip(b.1).zip(c.1) {
        *value = own * *value + a.0 * from_a + b.0 * from_b + c.0 * from_c;
    }
}
