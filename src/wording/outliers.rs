//! Scenarios so far from all others that an axis over them would press the others together: they leave it, and no title is theirs.

/// Least distance, as a log, of what leaves an axis: twentyfold.
const LEAST: f64 = 2.995_732_273_553_991;
/// How many times the greatest distance that stays an outlier's is.
const TIMES: f64 = 2.5;

/// Which of some distances, as logs, are left off the axis: at most a third of them, and only over a wide gap.
#[must_use]
pub fn outliers(distances: &[f64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..distances.len()).collect();
    order.sort_by(|a, b| distances[*b].total_cmp(&distances[*a]).then(a.cmp(b)));
    let is_gap = |few: &usize| {
        let (least, next) = (distances[order[*few - 1]], distances[order[*few]]);
        least >= LEAST && least >= TIMES * next
    };
    let few = (1..=distances.len() / 3).rev().find(is_gap).unwrap_or(0);
    let mut found = vec![false; distances.len()];
    order[..few].iter().for_each(|place| found[*place] = true);
    found
}

#[cfg(test)]
mod tests {
    use super::outliers;

    #[test]
    fn one_of_six_leaves_if_it_is_far_off_and_far_from_the_others() {
        // Effects of six what-ifs on the ratio; an extrapolated fall makes it seven thousand times as large.
        let distances = [7000.0, 4.5, 1.6, 2.0, 1.1, 3.0].map(libm::log);
        assert_eq!(outliers(&distances), [true, false, false, false, false, false]);
        assert_eq!(outliers(&[3.0, 2.9, 0.1]), [false; 3]);
        assert_eq!(outliers(&[2.0, 0.1, 0.1]), [false; 3]);
        assert_eq!(outliers(&[9.0, 0.1]), [false; 2]);
        assert_eq!(outliers(&[9.0, 8.0, 0.1, 0.2, 0.3, 0.1]), [true, true, false, false, false, false]);
        assert_eq!(outliers(&[]), [false; 0]);
    }
}
