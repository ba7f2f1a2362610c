//! Sobol' shares of the variance: what each input explains by itself, and what would be left if all else were known.
//!
//! First orders by Saltelli and others (2010), and by Janon and others (2014) where a share is large; totals by Jansen
//! (1999), over the variance of the paths that are held against each other. Luck is one of the inputs: the same numbers,
//! or new ones.

use crate::engine::{Design, Luck, Settings};
use crate::measure::Target;
use crate::scenario::Scenario;
use crate::summary::{PARTS, Products, Variant};

use super::super::passes::Passes;
use super::super::recipe::By;
use super::asked::path_value;
use super::found::{Answered, Interval, Player, Shares};
use super::parts::parts;

/// Inputs that are simulated side by side with A and B.
const TOGETHER: usize = 6;

/// Above this share the estimator of Janon and others is the better one.
const LARGE: f64 = 0.3;

pub(super) fn sobol(
    scenario: &Scenario,
    target: &Target,
    by: By,
    (settings, passes): (&Settings, &Passes),
    told: &(dyn Fn(u64) + Sync),
) -> Answered {
    let plain = Variant::of(scenario);
    let value = path_value(target);
    let parts = parts(scenario, by, true);
    let under = |design: Design| plain.under(&design).expect("its own inputs can be drawn anew");
    let (mut players, mut variance, mut undefined) = (Vec::new(), 0.0, 0);
    for some in parts.chunks(TOGETHER) {
        let anew = some.iter().map(|part| under(part.anew(Design::new())));
        let variants: Vec<Variant> = [under(Design::new()), under(Design::all_b())].into_iter().chain(anew).collect();
        let found = passes.products(&value, &variants, settings);
        variance = spread(&found, None);
        undefined = found.undefined;
        for (place, part) in some.iter().enumerate() {
            let design = place + 2;
            let [share, total] = sobol_shares(&found, design);
            let (addresses, groups) = (part.addresses.clone(), part.groups.clone());
            players.push(Player { addresses, groups, layer: part.layer, share, total: Some(total) });
        }
        told(players.len() as u64);
    }
    players.sort_by(|a, b| {
        b.total.map(|it| it.value).unwrap_or(0.0).total_cmp(&a.total.map(|it| it.value).unwrap_or(0.0))
    });
    Answered::Shares(Shares { variance, players, undefined })
}

/// What an input explains by itself, and what would be left of the variance if all else were known, each as a share.
///
/// The first two designs of the products are A and B, which have no number in common; `design` has the input from B and all
/// else from A.
#[must_use]
pub fn sobol_shares(found: &Products, design: usize) -> [Interval; 2] {
    let small = first_order(found, None, design);
    let of = if small.abs() > LARGE { of_correlation } else { first_order };
    let alone = |without| of(found, without, design);
    let with_others = |without| total(found, without, design);
    let [first, all] = [estimated(found, alone), estimated(found, with_others)];
    if first.value > all.value {
        // Nothing explains more alone than with the others: where simulation says so, both are one number that it has seen
        // twice, and the surer of the two sights counts for more.
        let weight = match (first.error(), all.error()) {
            (Some(own), Some(other)) if own + other > 0.0 => other * other / (own * own + other * other),
            _ => 0.5,
        };
        return [estimated(found, |without| weight * alone(without) + (1.0 - weight) * with_others(without)); 2];
    }
    [first, all]
}

/// A share of all paths, with its interval from those without each part of them.
fn estimated(found: &Products, of: impl Fn(Option<usize>) -> f64) -> Interval {
    let without = found.has_parts().then(|| (0..PARTS).map(|part| of(Some(part))).collect());
    Interval::of(of(None), without)
}

/// Variance of a path's value, from A and B together.
fn spread(found: &Products, without: Option<usize>) -> f64 {
    0.5 * (found.covariance(without, 0, 0) + found.covariance(without, 1, 1))
}

/// `mean((f_B − m)(f_i − f_A)) / V`, where `f_i` has the input from B and all else from A.
fn first_order(found: &Products, without: Option<usize>, i: usize) -> f64 {
    let m = 0.5 * (found.mean(without, 0) + found.mean(without, 1));
    let product = found.product(without, 1, i) - found.product(without, 1, 0);
    (product - m * (found.mean(without, i) - found.mean(without, 0))) / spread(found, without)
}

/// Correlation of `f_B` and `f_i`.
fn of_correlation(found: &Products, without: Option<usize>, i: usize) -> f64 {
    found.correlation(without, 1, i)
}

/// Share of the variance of a path's value that would be left to luck if every assumption were known (Jansen, 1999), and the
/// paths whose value is no number; luck is drawn anew beside the same assumptions.
pub(super) fn left_to_luck(
    plain: &Variant,
    target: &Target,
    (settings, passes): (&Settings, &Passes),
) -> Option<(Interval, u64)> {
    let anew = plain.under(&Design::new().with_luck(Luck::B)).ok()?;
    let found = passes.products(&path_value(target), &[plain.clone(), anew], settings);
    let Interval { value, ends } = estimated(&found, |without| total(&found, without, 1));
    let within = |share: f64| share.clamp(0.0, 1.0);
    let share = Interval { value: within(value), ends: ends.map(|(low, high)| (within(low), within(high))) };
    Some((share, found.undefined))
}

/// `mean((f_A − f_i)²) / 2V`, with the variance V of `f_A` and `f_i` together: one less their correlation.
fn total(found: &Products, without: Option<usize>, i: usize) -> f64 {
    1.0 - found.correlation(without, 0, i)
}
