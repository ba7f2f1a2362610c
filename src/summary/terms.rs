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

/// Exact sums by side, term and kind: LMDI, Shapley and log points.
type Kinds = [[[ExactSum; 3]; 4]; 2];

/// Sums of the terms over the paths seen so far, and over draws the squares of the sums of their two paths.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct TermSums {
    sums: Kinds,
    squares: Kinds,
}

impl TermSums {
    /// Adds the terms of the change from the base year to the horizon on the paths of a block.
    pub(crate) fn add(&mut self, scenario: &Scenario, base: &Base, block: &Block) {
        let [sums, squares] = sums_of_block(scenario, base, block);
        for (total, sides) in [(&mut self.sums, sums), (&mut self.squares, squares)] {
            let parts = sides.iter().flatten().flat_map(kinds);
            total.iter_mut().flatten().flatten().zip(parts).for_each(|(total, part)| total.add(part));
        }
    }

    fn all(&self) -> impl Iterator<Item = &ExactSum> {
        [&self.sums, &self.squares].into_iter().flatten().flatten().flatten()
    }

    /// Adds the sums over other paths.
    pub(crate) fn merge(&mut self, other: &Self) {
        let own = [&mut self.sums, &mut self.squares].into_iter().flatten().flatten().flatten();
        own.zip(other.all()).for_each(|(total, more)| total.merge(more));
    }

    /// Whether they can be sums.
    pub(crate) fn is_sound(&self) -> bool {
        self.all().all(ExactSum::is_sound)
    }

    /// Means over so many paths, as shown; those in dollars only where their mean exists.
    pub(crate) fn decomposition(&self, scenario: &Scenario, paths: u64) -> Decomposition {
        shown(scenario, |side, term, kind| self.sums[side][term][kind].mean(paths))
    }

    /// Standard errors of those means over draws, whose two paths are not independent: those of the sums of the two.
    pub(crate) fn errors(&self, scenario: &Scenario, paths: u64) -> Decomposition {
        let draws = (paths / 2) as f64;
        shown(scenario, |side, term, kind| {
            let sum = self.sums[side][term][kind].value();
            let squares = self.squares[side][term][kind].value() - sum * (sum / draws);
            0.5 * (squares.max(0.0) / (draws - 1.0).max(1.0) / draws).sqrt()
        })
    }
}

/// The terms that a scenario has, each of three kinds, by side and place.
fn shown(scenario: &Scenario, of: impl Fn(usize, usize, usize) -> f64) -> Decomposition {
    let means = scenario.shocks().law().levels_have_means();
    let dollars = |side, term, kind| if means { of(side, term, kind) } else { f64::NAN };
    let term = |side: usize, term: usize| Term {
        dollars: dollars(side, term, 0),
        dollars_shapley: dollars(side, term, 1),
        log_points: of(side, term, 2),
    };
    let adds = scenario.events().iter().any(|event| matches!(event.effect(), crate::event::Effect::Add { .. }));
    Decomposition {
        terms: [term(0, 0), term(0, 1), term(1, 0), term(1, 1)],
        money: (!scenario.money().is_plain()).then(|| [term(0, 2), term(1, 2)]),
        added: adds.then(|| [term(0, 3), term(1, 3)]),
    }
}

/// The three kinds of a term.
fn kinds(term: &Term) -> [f64; 3] {
    [term.dollars, term.dollars_shapley, term.log_points]
}

/// A term of three kinds.
fn term([dollars, dollars_shapley, log_points]: [f64; 3]) -> Term {
    Term { dollars, dollars_shapley, log_points }
}

/// Sums over the paths of a block, and over its draws the squares of the sums of their two paths; nothing where deals are
/// not known on both sides.
fn sums_of_block(scenario: &Scenario, base: &Base, block: &Block) -> [[Side; 2]; 2] {
    let mut found = [[Side::default(); 2]; 2];
    let Some(logs) = base.log_deals_and_size else { return found };
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
            let terms = match shift {
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
            let scale = sign * base.funding[side];
            for place in 0..2 {
                let [sums, squares] = terms[place];
                found[0][side][place] = term([scale * sums[0], scale * sums[1], sign * sums[2]]);
                let scale = scale * scale;
                found[1][side][place] = term([scale * squares[0], scale * squares[1], squares[2]]);
            }
            continue;
        }
        let of_row = |row: usize| {
            let [off_deals, off_funding] = shift.map_or([0.0; 2], |shift| shift.map(|column| column[row]));
            let mut funding = base.funding[side];
            let mut change = [deals[row] - logs[side][0], sizes[row] - (logs[side][1] - worth_before), 0.0];
            if shift.is_some() {
                funding *= libm::exp(off_funding);
                change = [change[0] - off_deals, change[1] - (off_funding - off_deals), 0.0];
            }
            change[2] = worth.map_or(0.0, |column| column[row] - worth_before);
            of_path(change, funding, added.map_or(0.0, |column| column[row]))
        };
        for draw in 0..block.draws() {
            let pair = of_row(draw).into_iter().zip(of_row(block.draws() + draw));
            for (place, (even, odd)) in pair.enumerate() {
                let sum: [f64; 3] = std::array::from_fn(|kind| kinds(&even)[kind] + kinds(&odd)[kind]);
                let [sums, squares] = &mut found;
                add(&mut sums[side][place], sum.map(|sum| sign * sum));
                add(&mut squares[side][place], sum.map(|sum| sum * sum));
            }
        }
    }
    found
}

fn add(total: &mut Term, [dollars, dollars_shapley, log_points]: [f64; 3]) {
    total.dollars += dollars;
    total.dollars_shapley += dollars_shapley;
    total.log_points += log_points;
}

/// Partial sums that fill a wide vector register or several narrow ones; their order is the same for all.
const LANES: usize = 8;

/// Of the terms of deals and of deal size, per unit of funding, the sums over paths and the squares of the sums of the two
/// paths of a draw over draws: LMDI, Shapley, log points. Even paths come first, then as many odd ones.
///
/// What [`of_path`] gives where nothing else moves, a column at a time. `funding` is that of each path before, in units
/// of which the dollars are; 1 for all paths if it is empty.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
fn sums_of_two(deals: &[f64], sizes: &[f64], before: [f64; 2], funding: &[f64]) -> [[[f64; 3]; 2]; 2] {
    if special::has_fused_instruction!() {
        sums_fused::<true>(deals, sizes, before, funding)
    } else {
        sums_fused::<false>(deals, sizes, before, funding)
    }
}

/// A few values of a column, the even paths and the odd ones of as many draws; lanes beyond the last draw hold `rest`.
#[inline(always)]
fn lanes(column: &[f64], first: usize, rest: f64) -> [[f64; LANES]; 2] {
    let draws = column.len() / 2;
    let last = draws.min(first + LANES);
    let mut both = [[rest; LANES]; 2];
    both[0][..last - first].copy_from_slice(&column[first..last]);
    both[1][..last - first].copy_from_slice(&column[draws + first..draws + last]);
    both
}

#[inline(always)]
fn sums_fused<const INSTRUCTION: bool>(
    deals: &[f64],
    sizes: &[f64],
    before: [f64; 2],
    funding: &[f64],
) -> [[[f64; 3]; 2]; 2] {
    let (mut sums, mut squares) = ([[0.0; LANES]; 6], [[0.0; LANES]; 6]);
    // Loops and not closures, which may be compiled for the processor at large. Lanes that the last draws leave empty do
    // not change and add nothing.
    for first in (0..deals.len() / 2).step_by(LANES) {
        let funding = if funding.is_empty() { [[1.0; LANES]; 2] } else { lanes(funding, first, 1.0) };
        let (deals, sizes) = (lanes(deals, first, before[0]), lanes(sizes, first, before[1]));
        for lane in 0..LANES {
            let change = |path: usize| [deals[path][lane] - before[0], sizes[path][lane] - before[1]];
            let even = of_two::<INSTRUCTION>(change(0), funding[0][lane]);
            let odd = of_two::<INSTRUCTION>(change(1), funding[1][lane]);
            for term in 0..6 {
                let sum = even[term] + odd[term];
                sums[term][lane] += sum;
                squares[term][lane] += sum * sum;
            }
        }
    }
    let total = |lanes: [f64; LANES]| lanes.iter().sum::<f64>();
    let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (sums.map(total), squares.map(total));
    [[[a, b, c], [g, h, i]], [[d, e, f], [j, k, l]]]
}

/// Terms of a path: LMDI, Shapley and log points of deals, then of deal size.
#[inline(always)]
fn of_two<const INSTRUCTION: bool>([deals, size]: [f64; 2], funding: f64) -> [f64; 6] {
    let made = deals + size;
    let weight = funding * if made == 0.0 { 1.0 } else { special::exp_minus_1::<INSTRUCTION>(made) / made };
    let grown = [special::exp_minus_1::<INSTRUCTION>(deals), special::exp_minus_1::<INSTRUCTION>(size)];
    [
        weight * deals,
        funding * (grown[0] * (1.0 + 0.5 * grown[1])),
        deals,
        weight * size,
        funding * (grown[1] * (1.0 + 0.5 * grown[0])),
        size,
    ]
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
    fn sums_of_columns_are_those_of_their_paths_and_draws() {
        let column = |step: f64| (0..38).map(|row| libm::sin(f64::from(row) * step)).collect::<Vec<f64>>();
        let (deals, sizes) = (column(1.3), column(2.9));
        let funding: Vec<f64> = column(0.7).iter().map(|it| 2.0 + it).collect();
        for own in [&[][..], &funding] {
            let found = sums_of_two(&deals, &sizes, [0.2, -0.1], own);
            let path = |row: usize| {
                let funding = own.get(row).copied().unwrap_or(1.0);
                let [deals, size, ..] = of_path([deals[row] - 0.2, sizes[row] + 0.1, 0.0], funding, 0.0);
                [kinds(&deals), kinds(&size)]
            };
            let mut expected = [[[0.0; 3]; 2]; 2];
            for draw in 0..19 {
                let (even, odd) = (path(draw), path(19 + draw));
                for (term, kind) in (0..2).flat_map(|term| (0..3).map(move |kind| (term, kind))) {
                    let sum = even[term][kind] + odd[term][kind];
                    expected[term][0][kind] += sum;
                    expected[term][1][kind] += sum * sum;
                }
            }
            for (found, expected) in
                found.as_flattened().as_flattened().iter().zip(expected.as_flattened().as_flattened())
            {
                assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
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
