//! Terms of the simulated change of the gap, path by path: deals, deal size, money and what events add.

use serde::{Deserialize, Serialize};

use crate::engine::Block;
use crate::metric::Base;
use crate::scenario::Scenario;
use crate::special;

use super::decomposition::{Decomposition, Term};
use super::exact_sum::ExactSum;

/// Terms of one side: deals, deal size, exchange rate and deflator, money added.
type Side = [Term; 4];

/// Sums of the terms over the paths seen so far: side by side and term by term, LMDI, Shapley and log points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct TermSums([[[ExactSum; 3]; 4]; 2]);

impl TermSums {
    /// Adds the terms of the change from the base year to the horizon on the paths of a block.
    pub(crate) fn add(&mut self, scenario: &Scenario, base: &Base, block: &Block) {
        for (total, side) in self.0.iter_mut().zip(sums_of_block(scenario, base, block)) {
            for (total, term) in total.iter_mut().zip(side) {
                let parts = [term.dollars, term.dollars_shapley, term.log_points];
                total.iter_mut().zip(parts).for_each(|(total, part)| total.add(part));
            }
        }
    }

    /// Adds the sums over other paths.
    pub(crate) fn merge(&mut self, other: &Self) {
        let own = self.0.iter_mut().flatten().flatten();
        own.zip(other.0.iter().flatten().flatten()).for_each(|(total, more)| total.merge(more));
    }

    /// Whether they can be sums.
    pub(crate) fn is_sound(&self) -> bool {
        self.0.iter().flatten().flatten().all(ExactSum::is_sound)
    }

    /// Means over so many paths, as shown; those in dollars only where their mean exists.
    pub(crate) fn decomposition(&self, scenario: &Scenario, paths: u64) -> Decomposition {
        let means = scenario.shocks().law().levels_have_means();
        let shown = |[dollars, dollars_shapley, log_points]: &[ExactSum; 3]| Term {
            dollars: if means { dollars.mean(paths) } else { f64::NAN },
            dollars_shapley: if means { dollars_shapley.mean(paths) } else { f64::NAN },
            log_points: log_points.mean(paths),
        };
        let [lead, follow] = self.0.each_ref().map(|side| side.each_ref().map(shown));
        let adds = scenario.events().iter().any(|event| matches!(event.effect(), crate::event::Effect::Add { .. }));
        Decomposition {
            terms: [lead[0], lead[1], follow[0], follow[1]],
            money: (!scenario.money().is_plain()).then_some([lead[2], follow[2]]),
            added: adds.then_some([lead[3], follow[3]]),
        }
    }
}

/// Sums over the paths of a block; nothing where deals are not known on both sides.
fn sums_of_block(scenario: &Scenario, base: &Base, block: &Block) -> [Side; 2] {
    let mut terms = [Side::default(); 2];
    let Some(logs) = base.log_deals_and_size else { return terms };
    let last = scenario.years().len() - 1;
    let worth_before = scenario.log_money(scenario.base_year());
    for (side, (region, sign)) in
        [(scenario.gap().lead(), 1.0), (scenario.gap().follow(), -1.0)].into_iter().enumerate()
    {
        let columns = block.region(region);
        let (deals, sizes) = (columns.deals(last).expect("known"), columns.deal_size(last).expect("known"));
        let (shift, added, worth) = (block.base_shift(region), columns.added(last), block.money(last));
        // A year without a deal needs its own limit; money that moves or is added, its own terms.
        let plain = added.is_none() && worth.is_none();
        // Every path is looked at, many at once, instead of one by one up to the first.
        if plain && deals.iter().fold(true, |all, deals| all & (*deals > f64::NEG_INFINITY)) {
            let before = [logs[side][0], logs[side][1] - worth_before];
            let [from_deals, from_size] = match shift {
                None => sums_of_two(deals, sizes, before, &[]),
                Some([off_deals, off_funding]) => {
                    // Figures that vary: changes from the base of each path, in units of its own funding.
                    let minus = |column: &[f64], off: &dyn Fn(usize) -> f64| {
                        column.iter().enumerate().map(|(row, log)| log - off(row)).collect::<Vec<f64>>()
                    };
                    let deals = minus(deals, &|row| off_deals[row]);
                    let sizes = minus(sizes, &|row| off_funding[row] - off_deals[row]);
                    let mut funding = vec![0.0; off_funding.len()];
                    special::exps(off_funding, &mut funding);
                    sums_of_two(&deals, &sizes, before, &funding)
                }
            };
            for (term, sum) in terms[side].iter_mut().zip([from_deals, from_size]) {
                term.dollars = sign * base.funding[side] * sum[0];
                term.dollars_shapley = sign * base.funding[side] * sum[1];
                term.log_points = sign * sum[2];
            }
            continue;
        }
        for (row, (deals, size)) in deals.iter().zip(sizes).enumerate() {
            let [off_deals, off_funding] = shift.map_or([0.0; 2], |shift| shift.map(|column| column[row]));
            let mut funding = base.funding[side];
            let mut change = [deals - logs[side][0], size - (logs[side][1] - worth_before), 0.0];
            if shift.is_some() {
                funding *= libm::exp(off_funding);
                change = [change[0] - off_deals, change[1] - (off_funding - off_deals), 0.0];
            }
            change[2] = worth.map_or(0.0, |column| column[row] - worth_before);
            let added = added.map_or(0.0, |column| column[row]);
            for (term, part) in terms[side].iter_mut().zip(of_path(change, funding, added)) {
                term.dollars += sign * part.dollars;
                term.dollars_shapley += sign * part.dollars_shapley;
                term.log_points += sign * part.log_points;
            }
        }
    }
    terms
}

/// Partial sums that fill a wide vector register or several narrow ones; their order is the same for all.
const LANES: usize = 8;

/// Sums over paths of the terms of deals and of deal size, per unit of funding: LMDI, Shapley, log points.
///
/// What [`of_path`] gives where nothing else moves, a column at a time. `funding` is that of each path before, in units
/// of which the dollars are; 1 for all paths if it is empty.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
fn sums_of_two(deals: &[f64], sizes: &[f64], before: [f64; 2], funding: &[f64]) -> [[f64; 3]; 2] {
    if special::has_fused_instruction!() {
        sums_fused::<true>(deals, sizes, before, funding)
    } else {
        sums_fused::<false>(deals, sizes, before, funding)
    }
}

#[inline(always)]
fn sums_fused<const INSTRUCTION: bool>(
    deals: &[f64],
    sizes: &[f64],
    before: [f64; 2],
    funding: &[f64],
) -> [[f64; 3]; 2] {
    let mut sums = [[0.0; LANES]; 6];
    let (deals, deals_rest) = deals.as_chunks::<LANES>();
    let (sizes, sizes_rest) = sizes.as_chunks::<LANES>();
    let (funding, funding_rest) = funding.as_chunks::<LANES>();
    let ones = [1.0; LANES];
    // Loops and not closures, which may be compiled for the processor at large.
    if funding.is_empty() {
        for (deals, sizes) in deals.iter().zip(sizes) {
            add_terms::<INSTRUCTION>(deals, sizes, before, &ones, &mut sums);
        }
    } else {
        for ((deals, sizes), funding) in deals.iter().zip(sizes).zip(funding) {
            add_terms::<INSTRUCTION>(deals, sizes, before, funding, &mut sums);
        }
    }
    if !deals_rest.is_empty() {
        // Lanes that the last paths leave empty do not change and add nothing.
        let mut last = [[before[0]; LANES], [before[1]; LANES], ones];
        last[0][..deals_rest.len()].copy_from_slice(deals_rest);
        last[1][..sizes_rest.len()].copy_from_slice(sizes_rest);
        last[2][..funding_rest.len()].copy_from_slice(funding_rest);
        add_terms::<INSTRUCTION>(&last[0], &last[1], before, &last[2], &mut sums);
    }
    let [weight_deals, shapley_deals, log_deals, weight_size, shapley_size, log_size] =
        sums.map(|lanes| lanes.iter().sum());
    [[weight_deals, shapley_deals, log_deals], [weight_size, shapley_size, log_size]]
}

/// Adds the terms of a few paths: LMDI, Shapley and log points of deals, then of deal size.
#[inline(always)]
fn add_terms<const INSTRUCTION: bool>(
    deals: &[f64; LANES],
    sizes: &[f64; LANES],
    before: [f64; 2],
    funding: &[f64; LANES],
    sums: &mut [[f64; LANES]; 6],
) {
    for lane in 0..LANES {
        let (deals, size) = (deals[lane] - before[0], sizes[lane] - before[1]);
        let made = deals + size;
        let weight = funding[lane] * if made == 0.0 { 1.0 } else { special::exp_minus_1::<INSTRUCTION>(made) / made };
        let grown = [special::exp_minus_1::<INSTRUCTION>(deals), special::exp_minus_1::<INSTRUCTION>(size)];
        sums[0][lane] += weight * deals;
        sums[1][lane] += funding[lane] * (grown[0] * (1.0 + 0.5 * grown[1]));
        sums[2][lane] += deals;
        sums[3][lane] += weight * size;
        sums[4][lane] += funding[lane] * (grown[1] * (1.0 + 0.5 * grown[0]));
        sums[5][lane] += size;
    }
}

/// Terms of one region on one path, from the log changes of its factors, the funding it started from and the log of
/// what is added at the end.
///
/// The same splits as [`super::lmdi`] and [`super::shapley`], written in the logs that the engine holds: LMDI gives a
/// factor `L(F₁, F₀)` times its log change, Shapley its mean effect over all orders of the three factors.
fn of_path(change: [f64; 3], funding: f64, added: f64) -> Side {
    if change[0] == f64::NEG_INFINITY {
        // No deal is left: deals explain the whole change.
        let gone = Term { dollars: -funding, dollars_shapley: -funding, log_points: f64::NEG_INFINITY };
        return [gone, Term::default(), Term::default(), Term::default()];
    }
    // The factors make what deals raise; added money comes on top of it.
    let made = change[0] + change[1] + change[2];
    let [deals, size, money] = change;
    // L(F₁, F₀) = F₀ (e^d − 1)/d, whose limit at d = 0 is F₀.
    let weight = if made == 0.0 { funding } else { funding * libm::expm1(made) / made };
    let shapley = |own: f64, other: f64, third: f64| {
        let (other, third) = (libm::expm1(other), libm::expm1(third));
        funding * libm::expm1(own) * (1.0 + 0.5 * (other + third) + other * third / 3.0)
    };
    let total = funding * libm::exp(made);
    let extra = total * libm::expm1(added);
    [
        Term { dollars: weight * deals, dollars_shapley: shapley(deals, size, money), log_points: deals },
        Term { dollars: weight * size, dollars_shapley: shapley(size, deals, money), log_points: size },
        Term { dollars: weight * money, dollars_shapley: shapley(money, deals, size), log_points: money },
        Term { dollars: extra, dollars_shapley: extra, log_points: added },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sums_of_columns_are_those_of_their_paths() {
        let column = |step: f64| (0..37).map(|row| libm::sin(f64::from(row) * step)).collect::<Vec<f64>>();
        let (deals, sizes) = (column(1.3), column(2.9));
        let funding: Vec<f64> = column(0.7).iter().map(|it| 2.0 + it).collect();
        for own in [&[][..], &funding] {
            let found = sums_of_two(&deals, &sizes, [0.2, -0.1], own);
            let mut expected = [Term::default(); 2];
            for (row, (deals, size)) in deals.iter().zip(&sizes).enumerate() {
                let path = of_path([deals - 0.2, size + 0.1, 0.0], own.get(row).copied().unwrap_or(1.0), 0.0);
                for (sum, term) in expected.iter_mut().zip(path) {
                    sum.dollars += term.dollars;
                    sum.dollars_shapley += term.dollars_shapley;
                    sum.log_points += term.log_points;
                }
            }
            for (sum, term) in found.iter().zip(expected) {
                for (sum, term) in sum.iter().zip([term.dollars, term.dollars_shapley, term.log_points]) {
                    assert!((sum - term).abs() < 1e-12, "{sum} instead of {term}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn terms_add_up_to_the_change(
            deals in -3.0..3.0f64, size in -3.0..3.0f64, money in -0.5..0.5f64, added in 0.0..2.0f64,
        ) {
            let terms = of_path([deals, size, money], 31.0, added);
            let sum = |of: fn(&Term) -> f64| terms.iter().map(of).sum::<f64>();
            let total = 31.0 * libm::expm1(deals + size + money + added);
            let scale = terms.iter().map(|term| term.dollars.abs().max(term.dollars_shapley.abs())).fold(31.0, f64::max);
            prop_assert!((sum(|term| term.dollars) - total).abs() <= 1e-12 * scale);
            prop_assert!((sum(|term| term.dollars_shapley) - total).abs() <= 1e-12 * scale);
            prop_assert!((sum(|term| term.log_points) - (deals + size + money + added)).abs() <= 1e-12);
        }
    }
}
