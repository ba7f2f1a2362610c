//! All points of the grid with the figures seen, each weighed by how well it foresaw them.

use super::cell::{Cell, Conjugate};
use super::mixture::{Mixture, Part};
use super::prior::grids;
use crate::study::recipe::Prior;

/// What a prior and the growth seen say together.
#[derive(Clone, Debug)]
pub(in crate::study) struct Posterior {
    /// Points with their weights, which add up to one.
    pub cells: Vec<(f64, Cell)>,
}

impl Posterior {
    /// Takes in growth by region, each of the same years; every grid keeps its share of the weight.
    pub(in crate::study) fn new(prior: Prior, growths: &[Vec<f64>]) -> Self {
        let grids = grids(prior);
        let share = 1.0 / grids.len() as f64;
        let mut cells = Vec::new();
        for grid in &grids {
            let of_grid: Vec<(f64, Cell)> = grid
                .points()
                .iter()
                .map(|point| (point.weight, Cell::new(Conjugate::of(grid, point, growths.len()), growths)))
                .collect();
            let highest = of_grid.iter().map(|(_, cell)| cell.log_evidence).fold(f64::NEG_INFINITY, f64::max);
            let weigh = |(prior, cell): &(f64, Cell)| prior * libm::exp(cell.log_evidence - highest);
            let total: f64 = of_grid.iter().map(weigh).sum();
            cells.extend(of_grid.into_iter().map(|cell| (share * weigh(&cell) / total, cell.1)));
        }
        Self { cells }
    }

    /// What is believed of so many regions before any figure is seen.
    pub(in crate::study) fn prior(prior: Prior, regions: usize) -> Self {
        let grids = grids(prior);
        let share = 1.0 / grids.len() as f64;
        let of_grid = grids.iter().flat_map(|grid| {
            grid.points()
                .into_iter()
                .map(move |point| (share * point.weight, Cell::without_figures(Conjugate::of(grid, &point, regions))))
        });
        Self { cells: of_grid.collect() }
    }

    /// The law of a region's long-run growth, as a log.
    pub(in crate::study) fn growth(&self, region: usize) -> Mixture {
        let parts = self.cells.iter().map(|(weight, cell)| {
            let degrees = cell.degrees();
            let scale = (cell.scale[(region, region)] / (cell.kappa * degrees)).sqrt();
            Part { weight: *weight, degrees, location: cell.mean[region], scale }
        });
        Mixture::new(parts.collect())
    }

    /// The law of a sum of the regions' changes of log levels over so many years, with these weights: `[1, −1]` is the ratio.
    pub(in crate::study) fn ahead(&self, years: usize, of: &[f64]) -> Mixture {
        let parts = self.cells.iter().map(|(weight, cell)| {
            let (locations, variance) = cell.ahead(years);
            let location = locations.iter().zip(of).map(|(location, of)| location * of).sum();
            let mut squared = 0.0;
            for (i, a) in of.iter().enumerate() {
                for (j, b) in of.iter().enumerate() {
                    squared += a * b * cell.scale[(i, j)];
                }
            }
            let degrees = cell.degrees();
            Part { weight: *weight, degrees, location, scale: (variance * squared / degrees).sqrt() }
        });
        Mixture::new(parts.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::fit::prior::{Grid, Point};
    use nalgebra::DMatrix;

    /// The series of the reference values.
    const US: [f64; 12] = [4.1, 6.0, 9.2, 8.5, 13.9, 22.4, 25.2, 23.6, 52.9, 47.4, 67.2, 109.1];
    const CHINA: [f64; 12] = [1.1, 1.9, 3.4, 5.2, 8.8, 14.1, 11.0, 9.9, 17.2, 13.4, 7.8, 9.3];

    fn growth(levels: &[f64]) -> Vec<f64> {
        levels.windows(2).map(|pair| libm::log(pair[1] / pair[0])).collect()
    }

    fn near(own: f64, reference: f64) {
        assert!((own - reference).abs() <= 1e-10 * reference.abs(), "{own} is not {reference}");
    }

    /// Reference row N09: the tight prior at single points, by the density and the conditional law of a multivariate t.
    #[test]
    fn one_point_is_a_multivariate_student_law() {
        const TIGHT: Grid = Grid { kappas: &[7.0], nu: 4.0, spread: 0.36 };
        let cell = |phi: f64, q: f64| {
            let point = Point { phi, q, kappa: 7.0, weight: 1.0 };
            Cell::new(Conjugate::of(&TIGHT, &point, 1), &[growth(&US)])
        };
        let scale = |cell: &Cell| (cell.ahead(3).1 * cell.scale[(0, 0)] / cell.degrees()).sqrt();
        let plain = cell(0.0, 0.0);
        near(plain.log_evidence, -4.004_132_417_471_388);
        near(scale(&plain), 0.608_214_334_278_480_8);
        let other = cell(0.2, 0.1);
        near(other.ahead(3).0[0], 0.618_741_514_236_594_7);
        near(scale(&other), 0.684_006_086_436_618);
        assert_eq!(other.degrees(), 15.0);
        // N10: the mean of persistence over the grid, weighed by evidence; the reference goes up to 0.6.
        let cells: Vec<(f64, Cell)> = TIGHT
            .points()
            .iter()
            .filter(|point| point.phi < 0.7)
            .map(|point| (point.weight, Cell::new(Conjugate::of(&TIGHT, point, 1), &[growth(&US)])))
            .collect();
        let weigh = |(weight, cell): &(f64, Cell)| weight * libm::exp(cell.log_evidence);
        let total: f64 = cells.iter().map(weigh).sum();
        near(cells.iter().map(|it| weigh(it) * it.1.prior.phi).sum::<f64>() / total, -0.085_691_853_109_048_19);
    }

    /// Reference row N15: the mixture over the grid of 105 points.
    #[test]
    fn the_grid_is_a_mixture_of_student_laws() {
        let ahead = Posterior::new(Prior::Trend, &[growth(&US)]).ahead(3, &[1.0]);
        near(ahead.quantile(0.95), 1.552_835_975_656_471_5);
    }

    /// Reference rows N11 and N12: two regions of independent yearly growth.
    #[test]
    fn two_regions_share_what_they_tell() {
        let scale = DMatrix::from_row_slice(2, 2, &[0.39, 0.156, 0.156, 0.39]);
        let prior = Conjugate { phi: 0.0, q: 0.0, kappa: 7.0, nu: 6.0, scale };
        let cell = Cell::new(prior, &[growth(&US), growth(&CHINA)]);
        let s = &cell.scale;
        near(s[(0, 1)] / (s[(0, 0)] * s[(1, 1)]).sqrt(), 0.501_595_995_195_157_7);
        near(cell.mean[0], 0.213_404_328_840_486_83);
        let of_ratio = s[(0, 0)] + s[(1, 1)] - 2.0 * s[(0, 1)];
        assert_eq!(cell.degrees(), 16.0);
        near((cell.ahead(5).1 * of_ratio / 16.0).sqrt(), 0.849_986_585_285_600_2);
    }

    #[test]
    fn one_region_of_two_is_foreseen_by_the_same_degrees_as_alone() {
        let [us, china] = [growth(&US), growth(&CHINA)];
        let alone = Posterior::new(Prior::Pooled, std::slice::from_ref(&us)).ahead(1, &[1.0]);
        let both = Posterior::new(Prior::Pooled, &[us, china]).ahead(1, &[1.0, 0.0]);
        let degrees = |of: &Mixture| of.parts().iter().map(|part| part.degrees).fold(0.0, f64::max);
        assert_eq!((degrees(&alone), degrees(&both)), (15.0, 15.0));
        assert!((both.quantile(0.5) - alone.quantile(0.5)).abs() < 0.1);
    }
}
