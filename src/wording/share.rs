//! Shares of paths: as many digits as the simulation carries, and the count where nothing or everything was hit.

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

/// `22–46%`: the share one standard deviation over the assumptions below and above its mean, within what a share can be;
/// nothing where no assumption is uncertain, the spread is below half a point, or simulation alone could have made it.
#[must_use]
pub fn spread_of_share(p: &Probability) -> Option<String> {
    let spread = p.spread()?.value;
    let [low, high] = [p.value - spread, p.value + spread].map(|share| (share.clamp(0.0, 1.0) * 100.0).round());
    (spread >= 0.005).then(|| format!("{low:.0}–{high:.0}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_or_everything_has_its_count_beside_it() {
        assert_eq!(share_of_paths(0, 100_000), "<0.01% (0 of 100,000)");
        assert_eq!(share_of_paths(0, 1_000), "<1% (0 of 1,000)");
        assert_eq!(share_of_paths(2, 2), "≈100% (all 2)");
        assert_eq!(share_of_paths(100_000, 100_000), ">99.99% (all 100,000)");
        assert_eq!(stated(0, 1_000), "<1%");
    }
}
