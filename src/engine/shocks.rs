//! Yearly shocks: standard normals with addresses, correlated between the series.

use crate::random::quasi::Quasi;
use crate::random::{Key, Purpose};
use crate::scenario::{AssumptionId, Correlations};
use crate::special::{self, add_multiple, multiply};

use super::column::Column;
use super::correlate::{correlate, together};
use super::draws::Draws;
use super::factors::Factors;
use super::plan::{Plan, ShockShape};
use super::stream::{Stream, When};
use super::yearly::Yearly;

/// Shocks of all series for two neighbouring years, which one block of the generator gives together.
#[derive(Debug)]
pub(super) struct Shocks {
    even: Vec<Column>,
    odd: Vec<Column>,
    even_year: Option<i32>,
    /// How each draw mixes them, where their correlations are uncertain.
    factors: Factors,
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
        let columns = vec![Column::default(); plan.shocks.size()];
        let factors = Factors::new(&plan.shocks);
        let mixing = Mixing { numbers: Yearly::new(Key::new(Purpose::Mixing, "")), factors: Column::default() };
        let walks = luck.points().and_then(|points| Walks::new(plan, points));
        Self { even: columns.clone(), odd: columns, even_year: None, factors, mixing, walks, walked: None }
    }

    /// Forgets the last block, and mixes by the correlations of the next one.
    pub(super) fn restart<'a>(&mut self, plan: &Plan, values: &dyn Fn(AssumptionId) -> &'a [f64], draws: usize) {
        self.factors.fill(&plan.shocks, values, draws);
        (self.even_year, self.walked) = (None, None);
        if let Some(walks) = &mut self.walks {
            walks.first = None;
        }
    }

    /// Correlated shocks of a year, a column for each series that has shocks; the first half of a column are the
    /// even paths, the second half the odd ones.
    ///
    /// `draws` has the assumptions of the same paths, for a correlation that is one of them.
    pub(super) fn of_year(&mut self, plan: &Plan, luck: &Stream, draws: &Draws, when: When) -> &[Column] {
        if self.walked == Some(when.year) {
            return &self.even;
        }
        if self.walk(luck, when) {
            self.walked = Some(when.year);
            pair(plan, draws, &mut self.even, when.draws);
            shape(&plan.shock_shape, &mut self.mixing, (luck, when), &mut self.even);
            return &self.even;
        }
        let even_year = when.year & !1;
        if self.even_year != Some(even_year) {
            self.even_year = Some(even_year);
            self.fill(plan, luck, draws, When { year: even_year, ..when });
        }
        if when.year == even_year { &self.even } else { &self.odd }
    }

    /// Fills the shocks of an even year, which `when` is, and of the year after it.
    fn fill(&mut self, plan: &Plan, luck: &Stream, draws: &Draws, when: When) {
        let rows = 2 * when.draws;
        for (row, key) in plan.shocks.keys.iter().enumerate() {
            let (even, odd) = (&mut self.even[row], &mut self.odd[row]);
            for (half, indices) in when.halves() {
                luck.uniforms.fill_years(indices, when.year, *key, &mut even[half.clone()], &mut odd[half]);
            }
            special::normals(&mut even[..rows]);
            special::normals(&mut odd[..rows]);
        }
        for columns in [&mut self.even, &mut self.odd] {
            if self.factors.differ() {
                self.factors.correlate(columns, when.draws, rows);
            } else {
                correlate(plan.shocks.correlations(), columns, rows);
            }
            pair(plan, draws, columns, when.draws);
        }
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
        if self.factors.differ() {
            self.factors.correlate(&mut self.even, when.draws, 2 * when.draws);
        }
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
    /// Prepares the walks of all rows of the shocks; none if one of them has no walk.
    fn new(plan: &Plan, points: &Quasi) -> Option<Self> {
        let places: Option<Vec<usize>> = plan.shocks.keys.iter().map(|key| points.walk(*key)).collect();
        let (places, rotation, size) = (places?, points.rotation(), plan.shocks.size());
        // Where each draw has correlations of its own, walks stay independent and are mixed afterwards.
        let alone = || {
            Correlations::new(size, (0..size * size).map(|at| f64::from(u8::from(at / size == at % size))).collect())
        };
        let uncertain = !plan.shocks.uncertain.is_empty();
        let correlations = if uncertain { &alone() } else { plan.shocks.correlations() };
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

/// Correlates the shocks of the only two series by an assumption: `z₂ ← ρ z₁ + √(1 − ρ²) z₂`.
fn pair(plan: &Plan, draws: &Draws, columns: &mut [Column], count: usize) {
    let (Some(id), [first, second]) = (plan.pair, columns) else { return };
    together(draws.column(id, count), &first[..2 * count], &mut second[..2 * count]);
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
