//! Numbers B are independent of A and of the same laws, and without luck nothing but drift is left.

use crate::distribution::Distribution;
use crate::engine::{Design, Luck, Plan, Settings, Source};

use super::runs::{
    Paths, RICH, SETTINGS, base, correlation, id, on_points, paths, plain, plain_with, scenario, under, under_with,
};

#[test]
fn numbers_of_b_are_those_of_another_seed_independent_and_of_the_same_laws() {
    for scenario in [base(), scenario(RICH)] {
        let (a, b) = (plain(&scenario), under(&scenario, &Design::all_b()));
        // The golden ratio in 64 bits.
        let other = Settings::new(SETTINGS.paths, SETTINGS.seed ^ 0x9e37_79b9_7f4a_7c15);
        assert_eq!(b, paths(&scenario, &[&Plan::new(&scenario)], &other).remove(0));
        let draws = (SETTINGS.paths / 2) as f64;
        for (id, assumption) in scenario.assumptions().iter().enumerate().filter(|(_, it)| !it.law().is_fixed()) {
            let (a, b) = (a.values(id), b.values(id));
            assert!(correlation(&a, &b).abs() < 4.0 / draws.sqrt(), "{}", assumption.address());
            // Kolmogorov and Smirnov's distance of two samples: 1 in 10,000 is beyond 2.23 √(2/n).
            let (mut first, mut second) = (a.clone(), b.clone());
            first.sort_by(f64::total_cmp);
            second.sort_by(f64::total_cmp);
            let below = |value: f64, all: &[f64]| all.partition_point(|it| *it <= value) as f64 / draws;
            let distance = first.iter().map(|it| (below(*it, &first) - below(*it, &second)).abs()).fold(0.0, f64::max);
            assert!(distance < 2.23 * (2.0 / draws).sqrt(), "{}: {distance}", assumption.address());
        }
        let same = a.logs[0].iter().zip(&b.logs[0]).filter(|(a, b)| a == b).count();
        assert!(same * 100 < a.logs[0].len(), "{same} of {} values are the same", a.logs[0].len());
    }
}

#[test]
fn without_luck_a_random_walk_is_its_drift() {
    let text = RICH.replace("[china.counting]\ndeals = \"poisson\"\n", "");
    let rich = scenario(&text);
    let still = under(&rich, &Design::new().with_luck(Luck::Median));
    let growth = still.values(id(&rich, "china.deals.growth"));
    let region = rich.regions().iter().position(|it| it.name() == "china").expect("a region");
    let start = rich.regions()[region].deals().as_ref().expect("modelled").start();
    let start = libm::log(start);
    let years = rich.years().len();
    for (path, logs) in still.logs[region].chunks(3 * years).enumerate() {
        let deals = |year: usize| f64::from_bits(logs[3 * year]);
        // An event with a chance of at most a half does not happen in the median.
        let chance = still.values(id(&rich, "events.fund.chance"))[path / 2];
        if chance <= 0.5 {
            for year in 0..years {
                let expected = start + (year + 1) as f64 * growth[path / 2];
                assert!((deals(year) - expected).abs() < 1e-12, "path {path}, year {year}");
            }
        }
    }
    let both: Vec<&[u64]> = still.logs[region].chunks(3 * years).collect();
    assert!(both.chunks(2).all(|pair| pair[0] == pair[1]), "without luck the two paths of a draw are one");
    // All at their medians: every path is the same.
    let middle = under(&rich, &Design::new().at_medians().with_luck(Luck::Median));
    let all: Vec<&[u64]> = middle.logs[region].chunks(3 * years).collect();
    assert!(all.iter().all(|path| *path == all[0]));
}

#[test]
fn what_is_drawn_again_follows_what_is_correlated_with_it_and_stays() {
    let rich = scenario(RICH);
    let names = ["us.deals.growth", "china.deals.growth", "china.deal-size.growth"];
    let places = names.map(|name| id(&rich, name));
    let run = plain(&rich);
    let n = (SETTINGS.paths / 2) as f64;
    let of = |paths: &Paths| places.map(|place| paths.values(place));
    let a = of(&run);
    let again = of(&under(&rich, &Design::new().with(names[1], Source::B)));
    assert_eq!((&again[0], &again[2]), (&a[0], &a[2]), "what stays with A keeps its values");
    // A redrawn value has the correlations of the copula with what stays: ranks of 0.7 are 2 sin(0.7 π/6).
    let rho = |spearman: f64| 2.0 * libm::sin(std::f64::consts::PI * spearman / 6.0);
    for (other, spearman) in [(0, 0.7), (2, -0.3)] {
        let found = correlation(&again[1], &again[other]);
        assert!((found - rho(spearman)).abs() < 4.0 / n.sqrt(), "{found} and {}", rho(spearman));
    }
    // Given them, it is independent of the value it had: both are E + rest, so they correlate by the explained share.
    let (r, s) = (rho(0.7), rho(-0.3));
    let explained = r * r + s * s;
    let found = correlation(&again[1], &a[1]);
    assert!((found - explained).abs() < 4.0 / n.sqrt(), "{found} and {explained}");
    // What is set by hand says nothing of the others: given nothing, the new values have nothing of the old ones.
    let alone =
        Design::new().with(names[0], Source::Fixed(0.02)).with(names[1], Source::B).with(names[2], Source::Fixed(0.03));
    let found = correlation(&of(&under(&rich, &alone))[1], &a[1]);
    assert!(found.abs() < 4.0 / n.sqrt(), "{found}");
}

#[test]
fn on_points_b_has_dimensions_of_its_own() {
    let base = base();
    let points = on_points(&base);
    let (a, b) = (plain_with(&base, &points), under_with(&base, &Design::all_b(), &points));
    let draws = (SETTINGS.paths / 2) as usize;
    let mut stratified = 0;
    for (id, assumption) in base.assumptions().iter().enumerate().filter(|(_, it)| !it.law().is_fixed()) {
        let (a, b) = (a.values(id), b.values(id));
        assert!(correlation(&a, &b).abs() < 4.0 / (draws as f64).sqrt(), "{}", assumption.address());
        let Distribution::Normal { mean, sd } = assumption.law() else { continue };
        // Behind the first of a copula, a value is a mixture of coordinates.
        if base.copula().rows().iter().skip(1).any(|coupled| coupled == base.assumptions()[id].address()) {
            continue;
        }
        // In each of 16 replicates, one value of every stratum of its law.
        for replicate in b.chunks(draws / 16) {
            let strata = replicate.len() as f64;
            let rank = |value: &f64| (strata * crate::special::normal_cdf((value - mean) / sd)) as usize;
            let mut found: Vec<usize> = replicate.iter().map(rank).collect();
            found.sort_unstable();
            found.dedup();
            assert_eq!(found.len(), replicate.len(), "{}", assumption.address());
        }
        stratified += 1;
    }
    assert!(stratified > 0);
}
