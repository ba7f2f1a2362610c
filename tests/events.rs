//! When events begin: in the calendar year that their moment falls into, and never before.

use crate::support::{paths, scenario};

const STILL: &str = "model = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"0%\"\n";

/// Share of paths on which a step that begins at such a time has struck China by the end of each year from 2024 on.
fn begun(year: &str, n: u64) -> Vec<f64> {
    let series = ["us.deals", "us.deal-size", "china.deals", "china.deal-size"];
    let still: String = series.iter().map(|address| format!("[{address}]\n{STILL}")).collect();
    let event = format!(
        "[[events]]\nname = \"a step\"\nregion = \"china\"\nseries = \"deals\"\nyear = {year}\neffect = {{ step = \"+100%\" }}\n"
    );
    let all = paths(&scenario(&format!("horizon = 2029\n{still}{event}")), n, 11);
    // Nothing else happens, so the least level is the one before the step.
    let before = all.deals[1].iter().flatten().copied().fold(f64::INFINITY, f64::min);
    all.deals[1].iter().map(|year| year.iter().filter(|log| **log > before + 0.1).count() as f64 / n as f64).collect()
}

#[test]
fn a_moment_within_a_year_belongs_to_that_year() {
    let n = 40_000;
    // A triangle from the beginning of 2025 to that of 2028, highest at the beginning of 2026, has a third of its area
    // before 2026, the whole but a sixth before 2027, and all of it before 2028.
    let expected = [0.0, 1.0 / 3.0, 5.0 / 6.0, 1.0, 1.0, 1.0];
    for (place, (share, expected)) in
        begun("{ triangular = [2025, 2026, 2028] }", n).into_iter().zip(expected).enumerate()
    {
        let slack: f64 = 5.0 * f64::sqrt(expected * (1.0 - expected) / (0.5 * n as f64));
        assert!((share - expected).abs() <= slack, "by the end of {}: {share} for {expected}", 2024 + place);
    }
}

#[test]
fn whole_years_from_one_to_another_are_equally_likely_with_both_ends() {
    let n = 40_000;
    let expected = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0, 1.0, 1.0];
    for (place, (share, expected)) in begun("{ uniform = [2025, 2027] }", n).into_iter().zip(expected).enumerate() {
        let slack: f64 = 5.0 * f64::sqrt(expected * (1.0 - expected) / (0.5 * n as f64));
        assert!((share - expected).abs() <= slack, "by the end of {}: {share} for {expected}", 2024 + place);
    }
}
