//! An orthogonal mix of independent normals that puts what matters most on the first of them.
//!
//! Evenly spread points fill their first dimensions best. A rotation leaves the law of independent normals as it is,
//! and lets the first one alone say what a stated sum of them is (the linear transformation of Imai and Tan, 2006).

/// Residual of a direction, relative to its length, below which it is taken for a sum of those before it.
const DEPENDENT: f64 = 1e-6;

/// An orthogonal matrix whose first columns span stated directions, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Rotation {
    /// Columns of the matrix: how much of each mixed normal a coordinate is in.
    columns: Vec<Vec<f64>>,
}

impl Rotation {
    /// The rotation of so many normals that puts the sum with the weights of the first direction on coordinate 0, what
    /// the second has besides on coordinate 1, and so on; what no direction says follows in the order of the normals.
    #[must_use]
    pub fn new(size: usize, directions: &[Vec<f64>]) -> Self {
        let unit = |which: usize| (0..size).map(|place| f64::from(u8::from(place == which))).collect();
        let units: Vec<Vec<f64>> = (0..size).map(unit).collect();
        let mut columns: Vec<Vec<f64>> = Vec::new();
        for direction in directions.iter().chain(&units) {
            debug_assert_eq!(direction.len(), size);
            let length = length(direction);
            let mut rest = direction.clone();
            // Twice, because once leaves an error where the direction is almost a sum of those before it.
            for column in columns.iter().chain(&columns) {
                let along = dot(&rest, column);
                rest.iter_mut().zip(column).for_each(|(rest, column)| *rest -= along * column);
            }
            let left = self::length(&rest);
            if left > DEPENDENT * length {
                columns.push(rest.iter().map(|value| value / left).collect());
            }
        }
        debug_assert_eq!(columns.len(), size);
        Self { columns }
    }

    /// Number of normals.
    #[must_use]
    pub fn size(&self) -> usize {
        self.columns.len()
    }

    /// Weight of a coordinate in a mixed normal.
    #[must_use]
    pub fn weight(&self, normal: usize, coordinate: usize) -> f64 {
        self.columns[coordinate][normal]
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn length(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_orthogonal(rotation: &Rotation) {
        let size = rotation.size();
        for a in 0..size {
            for b in 0..size {
                let expected = f64::from(u8::from(a == b));
                let rows: f64 = (0..size).map(|k| rotation.weight(a, k) * rotation.weight(b, k)).sum();
                let columns: f64 = (0..size).map(|k| rotation.weight(k, a) * rotation.weight(k, b)).sum();
                assert!((rows - expected).abs() < 1e-14 && (columns - expected).abs() < 1e-14, "{a} {b}");
            }
        }
    }

    #[test]
    fn it_is_orthogonal_whatever_the_directions() {
        let nearly = vec![1.0, 2.0, 2.999_99, 4.0];
        for directions in [
            vec![],
            vec![vec![0.0; 4]],
            vec![vec![1.0, 2.0, 3.0, 4.0], vec![2.0, 4.0, 6.0, 8.0]],
            vec![vec![1.0, 2.0, 3.0, 4.0], nearly, vec![1e-9, 0.0, 0.0, 1e-9], vec![0.0, 0.0, 1.0, 0.0]],
            (0..7).map(|k| vec![1.0, f64::from(k), 0.5, f64::from(k * k)]).collect(),
        ] {
            let rotation = Rotation::new(4, &directions);
            assert_eq!(rotation.size(), 4);
            is_orthogonal(&rotation);
        }
        assert_eq!(Rotation::new(0, &[]).size(), 0);
    }

    #[test]
    fn a_direction_hangs_on_as_many_coordinates_as_its_place() {
        let directions = [vec![0.3, -1.0, 2.0], vec![1.0, 0.0, -0.2]];
        let rotation = Rotation::new(3, &directions);
        for (place, direction) in directions.iter().enumerate() {
            let on = |k: usize| (0..3).map(|normal| direction[normal] * rotation.weight(normal, k)).sum::<f64>();
            assert!((place + 1..3).all(|k| on(k).abs() < 1e-14));
            let explained: f64 = (0..=place).map(|k| on(k) * on(k)).sum();
            assert!((explained - dot(direction, direction)).abs() < 1e-14);
        }
        assert!(Rotation::new(3, &[]).weight(1, 1) == 1.0);
    }
}
