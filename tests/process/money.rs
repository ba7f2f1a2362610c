//! Amounts in another money, and money that is added.

use super::*;

#[test]
fn another_money_turns_amounts_and_nothing_else() {
    let n = 6_000;
    let plain = run(&scenario(SIDES), n, 6);
    let turned = run(
        &scenario(&format!(
            "{SIDES}[money]\ncurrency = \"CNY\"\nexchange-rate = 7\nprices = 2023\ninflation = \"2%\"\n"
        )),
        n,
        6,
    );
    for (a, b) in plain.fan.iter().zip(&turned.fan) {
        let (Some(before), Some(after)) = (&a.simulated, &b.simulated) else {
            continue;
        };
        let years = a.year - 2023;
        // Nominal dollars of the year, at the rate, in prices of 2023.
        let factor = if a.measure.metric.is_money() { 7.0 * 1.02f64.powi(-years) } else { 1.0 };
        let cumulative = a.measure.metric == Metric::CumulativeGap || a.measure.metric == Metric::CumulativeRatio;
        if cumulative {
            continue;
        }
        for (before, after) in before.quantiles.unwrap().iter().zip(after.quantiles.unwrap()) {
            assert!((after / (before * factor) - 1.0).abs() < 1.0 / 1024.0, "{:?}: {before} {after}", a.measure);
        }
    }
    // What does not depend on money answers the same.
    let hits = |summary: &Summary, question| summary.probability(question, 2030).unwrap().hits;
    for question in [Question::WiderAsRatio, Question::TrailerAhead, Question::RatioLessThanHalf] {
        assert_eq!(hits(&plain, question), hits(&turned, question));
    }
    // There and back: at a rate of 1 and no inflation, yuan are dollars.
    let back = run(
        &scenario(&format!(
            "{SIDES}[money]\ncurrency = \"CNY\"\nexchange-rate = 1\nprices = 2023\ninflation = \"0%\"\n"
        )),
        n,
        6,
    );
    assert_eq!(plain.probabilities, back.probabilities);
    for (a, b) in plain.fan.iter().zip(&back.fan) {
        assert_eq!(a.simulated, b.simulated);
    }
}

#[test]
fn added_money_is_a_term_of_its_own() {
    let event = "[[events]]\nname = \"fund\"\nregion = \"china\"\nseries = \"funding\"\nyear = 2028\neffect = { add = \"$3bn\" }\n";
    let still = SIDES.replace("20%", "0%").replace("25%", "0%").replace("30%", "0%").replace("40%", "0%");
    let (plain, added) = (run(&scenario(&still), 2, 1), run(&scenario(&format!("{still}{event}")), 2, 1));
    let [before, after] = [&plain, &added].map(|summary| summary.decompositions.last().unwrap().decomposition);
    assert_eq!(before.terms, after.terms, "deals and sizes are what they were");
    let [us, china] = after.added.unwrap();
    assert_eq!(us.dollars, 0.0);
    assert!((china.dollars + 3.0).abs() < 1e-12, "{china:?}");
    assert!((after.total().dollars - before.total().dollars + 3.0).abs() < 1e-12);
    let ratio = |summary: &Summary| summary.gap(Metric::LogRatio, 2030).unwrap().mean.unwrap();
    assert!((ratio(&added) - ratio(&plain) - china.log_points).abs() < 1e-12);
}
