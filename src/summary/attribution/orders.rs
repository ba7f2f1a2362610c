//! Shapley values: mean effects of inputs over the orders of taking them over, all of them or some at random.

use crate::random::{Key, Numbers, Purpose};

use super::answer::Answer;
use super::groups::Taken;

/// Random orders where not every subset is simulated: pairs of an order and its reverse. Fewer pairs can agree by chance and
/// claim no error.
const ORDERS: usize = 32;

/// All subsets of so many groups.
pub(super) fn subsets(groups: usize) -> impl Iterator<Item = Taken> {
    (0..1_usize << groups).map(move |subset| (0..groups).filter(|group| subset >> group & 1 == 1).collect())
}

/// Mean effect over all orders, from all subsets.
pub(super) fn exact(groups: usize, answer: &dyn Fn(&Taken) -> Answer) -> Vec<Answer> {
    let values: Vec<Answer> = subsets(groups).map(|taken| answer(&taken)).collect();
    let factorial = |n: usize| (1..=n).map(|k| k as f64).product::<f64>();
    let weight = |size: usize| factorial(size) * factorial(groups - size - 1) / factorial(groups);
    let part = |group: usize| {
        let without = (0..values.len()).filter(|subset| subset >> group & 1 == 0);
        without.fold(Answer::default(), |sum, subset| {
            let gain = values[subset | 1 << group].minus(values[subset]);
            sum.plus(gain, weight(subset.count_ones() as usize))
        })
    };
    (0..groups).map(part).collect()
}

/// Random orders of so many groups, each beside its reverse.
pub(super) fn random_orders(groups: usize, seed: u64) -> Vec<[Vec<usize>; 2]> {
    let numbers = Numbers::new(seed);
    let key = Key::new(Purpose::Assumption, "orders of inputs");
    let pair = |pair: usize| {
        let mut order: Vec<(f64, usize)> = (0..groups)
            .map(|group| (numbers.uniform(pair as u64, 0, key, u32::try_from(group).expect("few")), group))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let order: Vec<usize> = order.into_iter().map(|(_, group)| group).collect();
        let reverse = order.iter().rev().copied().collect();
        [order, reverse]
    };
    (0..ORDERS / 2).map(pair).collect()
}

/// What is taken over before the first step of an order, and after each of its steps.
pub(super) fn steps(order: &[usize]) -> Vec<Taken> {
    (0..=order.len()).map(|step| order[..step].iter().copied().collect()).collect()
}

/// Mean effect over random orders; the ends are the same for all, so parts still add up.
pub(super) fn sampled(orders: &[[Vec<usize>; 2]], answer: &dyn Fn(&Taken) -> Answer) -> Vec<(Answer, Option<Answer>)> {
    let groups = orders.first().map_or(0, |[order, _]| order.len());
    let mut gains: Vec<Vec<Answer>> = vec![Vec::new(); groups];
    for pair in orders {
        let mut both = vec![Answer::default(); groups];
        for order in pair {
            let steps = steps(order);
            for (group, step) in order.iter().zip(steps.windows(2)) {
                both[*group] = both[*group].plus(answer(&step[1]).minus(answer(&step[0])), 0.5);
            }
        }
        gains.iter_mut().zip(both).for_each(|(gains, gain)| gains.push(gain));
    }
    let n = orders.len() as f64;
    let estimate = |gains: Vec<Answer>| {
        let mean = gains.iter().fold(Answer::default(), |sum, gain| sum.plus(*gain, 1.0 / n));
        let squares = gains.iter().fold(Answer::default(), |sum, gain| {
            let miss = gain.minus(mean);
            sum.plus(miss.map2(miss, |a, b| a * b), 1.0)
        });
        (mean, Some(squares.map2(squares, |square, _| (square / (n - 1.0) / n).sqrt())))
    };
    gains.into_iter().map(estimate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three inputs with interactions, worked by hand: v = a + 2b + 4ab + 8abc.
    #[test]
    fn parts_are_the_mean_effects_over_all_orders() {
        let value = |taken: &Taken| {
            let has = |group: usize| f64::from(u8::from(taken.contains(&group)));
            let (a, b, c) = (has(0), has(1), has(2));
            let v = a + 2.0 * b + 4.0 * a * b + 8.0 * a * b * c;
            Answer { log_median_ratio: v, mean_gap: -v, wider: 0.5 * v }
        };
        let parts = exact(3, &value);
        // The term of k inputs is shared equally by them: a: 1 + 4/2 + 8/3, b: 2 + 4/2 + 8/3, c: 8/3.
        for (part, expected) in parts.iter().zip([1.0 + 2.0 + 8.0 / 3.0, 4.0 + 8.0 / 3.0, 8.0 / 3.0]) {
            assert!((part.log_median_ratio - expected).abs() < 1e-12, "{part:?}");
            assert!((part.mean_gap + expected).abs() < 1e-12 && (part.wider - 0.5 * expected).abs() < 1e-12);
        }
    }

    /// Eight inputs: each by itself, each with the next, and two triples; the exact parts are shares of the terms.
    #[test]
    fn parts_of_random_orders_add_up_and_lie_within_their_error_of_the_exact_parts() {
        let value = |taken: &Taken| {
            let has = |group: usize| f64::from(u8::from(taken.contains(&group)));
            let alone: f64 = (0..8).map(|group| (1.0 + group as f64) * has(group)).sum();
            let pairs: f64 = (0..7).map(|group| (3.0 - group as f64) * has(group) * has(group + 1)).sum();
            let v = alone + pairs + 5.0 * has(0) * has(3) * has(6) - 4.0 * has(1) * has(4) * has(7);
            Answer { log_median_ratio: v, mean_gap: 2.0 * v, wider: -v }
        };
        let all: Taken = (0..8).collect();
        let exact = exact(8, &value);
        let sampled = sampled(&random_orders(8, 7), &value);
        let total: f64 = sampled.iter().map(|(part, _)| part.log_median_ratio).sum();
        assert!((total - value(&all).log_median_ratio).abs() < 1e-9, "parts of any orders add up");
        for (group, ((part, error), exact)) in sampled.iter().zip(&exact).enumerate() {
            let error = error.expect("orders were drawn").log_median_ratio;
            // An order and its reverse share the terms of two exactly; only the triples are left to chance.
            assert_eq!(error > 1e-9, ![2, 5].contains(&group), "{part:?} ± {error}");
            let miss = (part.log_median_ratio - exact.log_median_ratio).abs();
            // Beyond four errors of a t law with 15 degrees of freedom: once in a thousand.
            assert!(miss <= 4.0 * error + 1e-9, "{part:?} is not {exact:?} ± {error}");
        }
    }
}
