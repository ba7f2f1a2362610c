//! Shares of paths: as many digits as the simulation carries, and the count where nothing or everything was hit.

use crate::special::beta_quantile;
use crate::summary::{Estimate, Probability, Z_95, wilson};

use super::digits::percent_within;
use super::number::count;

/// A share of paths, with the count beside it where nothing or everything was hit.
#[must_use]
pub fn share_of_paths(hits: u64, paths: u64) -> String {
    all_or_nothing(hits, paths).unwrap_or_else(|| percent_of_paths(hits as f64 / paths as f64, paths))
}

/// A share of so many paths with as many digits as that number of them carries.
#[must_use]
pub fn percent_of_paths(value: f64, paths: u64) -> String {
    // Two paths share a draw, so that there are at least half as many independent answers as paths.
    let error = (value * (1.0 - value) / (0.5 * paths as f64)).max(0.0).sqrt();
    percent_within(Estimate { value, error })
}

/// The words for no hit and for nothing but hits, with the count; `None` for everything between.
fn all_or_nothing(hits: u64, paths: u64) -> Option<String> {
    let all = count(paths as f64);
    let words = if hits == 0 {
        ["<0.01%", "<0.1%", "<1%", "<10%", "≈0%"]
    } else if hits == paths {
        [">99.99%", ">99.9%", ">99%", ">90%", "≈100%"]
    } else {
        return None;
    };
    // Upper end of the 95% interval where none of so many draws has answered otherwise.
    let (_, most) = wilson(0.0, 0.5 * paths as f64, Z_95);
    let place = [1e-4, 1e-3, 1e-2, 1e-1].iter().position(|step| most <= *step).unwrap_or(4);
    let hit = if hits == 0 { format!("0 of {all}") } else { format!("all {all}") };
    Some(format!("{} ({hit})", words[place]))
}

/// The share of a probability, or of its opposite, as [`share_of_paths`] writes it but without the count.
#[must_use]
pub fn stated(hits: u64, paths: u64) -> String {
    let words = share_of_paths(hits, paths);
    words.split(" (").next().unwrap_or_default().to_owned()
}

/// A share of paths with its simulation error, and the count beside it where nothing or everything was hit.
#[must_use]
pub fn probability(p: &Probability) -> String {
    all_or_nothing(p.hits, p.paths).unwrap_or_else(|| percent_within(p.estimate()))
}

/// The share of an event, or of its opposite, without the count.
#[must_use]
pub fn stated_within(p: &Probability, itself: bool) -> String {
    let opposite = Estimate { value: 1.0 - p.value, ..p.estimate() };
    let hits = if itself { p.hits } else { p.paths - p.hits };
    match all_or_nothing(hits, p.paths) {
        Some(words) => words.split(" (").next().unwrap_or_default().to_owned(),
        None => percent_within(if itself { p.estimate() } else { opposite }),
    }
}

/// `11–60%`: between which shares the chance lies under 80% of the assumptions; nothing where no assumption is uncertain,
/// the spread is below half a point, or simulation alone could have made it.
#[must_use]
pub fn spread_of_share(p: &Probability) -> Option<String> {
    let spread = p.spread()?.value;
    let [low, high] = range_over_assumptions(p.value, spread).map(|share| (share * 100.0).round());
    (spread >= 0.005).then(|| format!("{low:.0}–{high:.0}%"))
}

/// The 10% and 90% quantiles of a chance over the assumptions, from its mean and standard deviation: those of the beta law
/// that has both.
///
/// Two paths share a draw of the assumptions, which tells mean and spread of the chance but not its law. The beta law is
/// the usual one for a chance that differs from group to group (beta-binomial), and keeps it between 0 and 1.
fn range_over_assumptions(mean: f64, spread: f64) -> [f64; 2] {
    // A chance that is 0 or 1 by the assumptions alone has the largest spread there can be; its law has no shapes.
    let weight = (mean * (1.0 - mean) / (spread * spread) - 1.0).max(0.01);
    [0.1, 0.9].map(|level| beta_quantile(mean * weight, (1.0 - mean) * weight, level))
}

/// A share with the ends of its interval, rounded to so many tenths of a per cent, told as whole per cents where they are that;
/// `≈0` below two standard errors.
#[must_use]
pub(super) fn share_in_tenths(value: f64, ends: Option<(f64, f64)>, tenths: f64, whole: bool) -> String {
    // Half of the interval of Student's t with 15 degrees of freedom is 2.13 standard errors.
    let error = ends.map_or(0.0, |(low, high)| 0.5 * (high - low) / 2.131);
    if value == 0.0 {
        "0%".to_owned()
    } else if value < 2.0 * error {
        "≈0".to_owned()
    } else if whole && tenths < 5.0 {
        "<1%".to_owned()
    } else if tenths < 1.0 {
        "<0.1%".to_owned()
    } else if whole {
        format!("{:.0}%", 0.1 * tenths)
    } else {
        format!("{:.1}%", 0.1 * tenths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::{normal_cdf, normal_quantile};

    /// In a world of normal logs a chance over the assumptions is `Φ(a + b·z)`, whose quantiles are known.
    #[test]
    fn the_range_over_the_assumptions_is_that_of_a_world_of_normal_logs() {
        for (a, b) in [(-0.5_f64, 0.55_f64), (0.0, 0.5), (1.0, 0.8), (-1.6, 0.4), (0.2, 0.1)] {
            let n = 20_000;
            let at = |k: usize| normal_cdf(a + b * normal_quantile((k as f64 + 0.5) / f64::from(n)));
            let chances: Vec<f64> = (0..n as usize).map(at).collect();
            let mean = chances.iter().sum::<f64>() / f64::from(n);
            let variance = chances.iter().map(|chance| (chance - mean).powi(2)).sum::<f64>() / f64::from(n);
            let found = range_over_assumptions(mean, variance.sqrt());
            for (found, level) in found.into_iter().zip([0.1, 0.9]) {
                let exact = normal_cdf(a + b * normal_quantile(level));
                assert!((found - exact).abs() < 0.015, "{a} {b}: {found} for {exact}");
            }
        }
        let all = range_over_assumptions(0.3, (0.3_f64 * 0.7).sqrt());
        assert!(all[0] < 1e-6 && all[1] > 1.0 - 1e-6, "{all:?}");
    }

    #[test]
    fn a_share_of_nothing_or_everything_has_its_count_beside_it() {
        assert_eq!(share_of_paths(0, 100_000), "<0.01% (0 of 100,000)");
        assert_eq!(share_of_paths(0, 1_000), "<1% (0 of 1,000)");
        assert_eq!(share_of_paths(2, 2), "≈100% (all 2)");
        assert_eq!(share_of_paths(100_000, 100_000), ">99.99% (all 100,000)");
        assert_eq!(stated(0, 1_000), "<1%");
    }
}
