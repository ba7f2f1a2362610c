//! The Brownian bridge: independent normals, the most important first, become the yearly steps of a random walk.
//!
//! The first normal says where the walk ends, the next where its middle is, and so on (Moskowitz and Caflisch, 1996).
//! The steps are still independent standard normals, but most of what happens by the horizon now hangs on few numbers,
//! which is what evenly spread points are good at.

use crate::special::{add_multiple, scale};

/// How one point of the walk follows from two that are known.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    /// Which year it is, from 1.
    year: usize,
    /// The known years around it; 0 is the start, and no later one means none.
    earlier: usize,
    later: Option<usize>,
    /// Weight of the later one; the earlier one has the rest.
    weight: f64,
    sd: f64,
}

/// The order in which the years of a walk are filled in, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge(Vec<Point>);

impl Bridge {
    /// The bridge over some years, at least one.
    #[must_use]
    pub fn new(years: usize) -> Self {
        let mut points = vec![Point { year: years, earlier: 0, later: None, weight: 0.0, sd: (years as f64).sqrt() }];
        // Gaps between known years, halved breadth first, so that coarse features come before fine ones.
        let mut gaps = std::collections::VecDeque::from([(0, years)]);
        while let Some((earlier, later)) = gaps.pop_front() {
            if later - earlier < 2 {
                continue;
            }
            let year = earlier + (later - earlier).div_ceil(2);
            let (before, after) = ((year - earlier) as f64, (later - year) as f64);
            let weight = before / (before + after);
            points.push(Point {
                year,
                earlier,
                later: Some(later),
                weight,
                sd: (before * after / (before + after)).sqrt(),
            });
            gaps.extend([(earlier, year), (year, later)]);
        }
        Self(points)
    }

    /// Years of the walk, which is also the number of normals.
    #[must_use]
    pub fn years(&self) -> usize {
        self.0.len()
    }

    /// Turns columns of normals, in the order of the bridge, into columns of yearly steps, in the order of years.
    pub fn steps(&self, normals: &[Vec<f64>], steps: &mut [Vec<f64>], rows: usize) {
        for (point, normals) in self.0.iter().zip(normals) {
            let mut column = std::mem::take(&mut steps[point.year - 1]);
            column[..rows].copy_from_slice(&normals[..rows]);
            scale(&mut column[..rows], point.sd);
            for (year, weight) in [(point.earlier, 1.0 - point.weight), (point.later.unwrap_or(0), point.weight)] {
                if year > 0 {
                    add_multiple(&mut column[..rows], weight, &steps[year - 1][..rows]);
                }
            }
            steps[point.year - 1] = column;
        }
        // Levels of the walk so far; from the last year down, each becomes its difference to the year before.
        for year in (1..self.years()).rev() {
            let (before, now) = steps.split_at_mut(year);
            now[0][..rows].iter_mut().zip(&before[year - 1]).for_each(|(now, before)| *now -= before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_has_the_covariance_of_brownian_motion_exactly() {
        for years in [1, 2, 3, 7, 10, 16, 27] {
            let bridge = Bridge::new(years);
            assert_eq!(bridge.years(), years);
            // Row k of the normals is 1 for normal k: column k of the matrix from normals to steps.
            let normals: Vec<Vec<f64>> =
                (0..years).map(|k| (0..years).map(|row| f64::from(u8::from(row == k))).collect()).collect();
            let mut steps = vec![vec![0.0; years]; years];
            bridge.steps(&normals, &mut steps, years);
            let mut walk = steps.clone();
            for year in 1..years {
                let before = walk[year - 1].clone();
                walk[year].iter_mut().zip(before).for_each(|(now, before)| *now += before);
            }
            for (s, a) in walk.iter().enumerate() {
                for (t, b) in walk.iter().enumerate() {
                    let covariance: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
                    assert!((covariance - (s.min(t) + 1) as f64).abs() < 1e-12, "{years} years: {s} {t} {covariance}");
                }
            }
            // The first normal alone decides half or more of the end of the walk: all of it.
            assert!((walk[years - 1][0] - (years as f64).sqrt()).abs() < 1e-12);
        }
    }
}
