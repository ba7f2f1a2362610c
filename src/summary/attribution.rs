//! Which input caused the difference: Shapley values over the inputs that two scenarios differ in.
//!
//! For every subset of the changed inputs there is a scenario in between, simulated on the same luck; the part of an
//! input is its mean effect over all orders of taking the inputs over. The parts add up to the whole difference
//! (Shapley, 1953). Exact up to six groups of inputs; above, over random orders, with a standard error.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{self, Block, Column, Observer, Plan, Settings};
use crate::metric::{Base, Levels, Measure, Metric, Question, Standing, Subject};
use crate::random::{Key, Numbers, Purpose};
use crate::scenario::{Difference, Role, Scenario};

use super::{Histogram, Moments};

/// Most groups for which every subset is simulated.
pub const MOST_EXACT: usize = 6;
/// Random orders above that: pairs of an order and its reverse. Fewer pairs can agree by chance and claim no error.
const ORDERS: usize = 32;

/// Which answers are attributed, all at the last year that both scenarios have.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Answer {
    /// Natural log of the median ratio: parts of it are factors.
    pub log_median_ratio: f64,
    /// Mean gap, $bn; not a number where it has no mean.
    pub mean_gap: f64,
    /// Share of paths whose ratio is wider than in the base year.
    pub wider: f64,
}

impl Answer {
    fn map2(self, other: Self, of: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            log_median_ratio: of(self.log_median_ratio, other.log_median_ratio),
            mean_gap: of(self.mean_gap, other.mean_gap),
            wider: of(self.wider, other.wider),
        }
    }

    /// This one less another.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.map2(other, |a, b| a - b)
    }

    /// This one and another so many times.
    #[must_use]
    pub fn plus(self, other: Self, weight: f64) -> Self {
        self.map2(other, |a, b| a + weight * b)
    }
}

/// What one group of inputs contributes.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name: the address of its input, or what its inputs have in common.
    pub name: String,
    /// Addresses of its inputs.
    pub addresses: Vec<String>,
    /// A lever if a decision sets one of them.
    pub role: Role,
    /// Its part in each answer.
    pub value: Answer,
    /// Standard errors over the orders; none where every subset was simulated.
    pub error: Option<Answer>,
}

/// The difference between two scenarios, divided among their inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Last year that both have.
    pub year: i32,
    /// Answers of the baseline.
    pub base: Answer,
    /// Answers of the what-if.
    pub what_if: Answer,
    /// With the changed assumptions alone, without the levers; none if only one of the two changed.
    pub with_assumptions: Option<Answer>,
    /// Parts in the order of their size; they add up to the difference.
    pub parts: Vec<Part>,
    /// Scenarios simulated.
    pub runs: usize,
}

impl Attribution {
    /// Divides the difference of a what-if from its baseline among the inputs that differ.
    ///
    /// Every scenario in between is simulated with all paths: up to 2^6 of them, and above six groups as many as
    /// random orders ask for. Equal sets of inputs are simulated once.
    #[must_use]
    pub fn of(base: &Scenario, what_if: &Scenario, settings: Settings) -> Self {
        let year = base.horizon.min(what_if.horizon);
        let differences = base.differences(what_if);
        let groups = groups(&differences);
        let mut known: BTreeMap<BTreeSet<usize>, Answer> = BTreeMap::new();
        let mut answer = |taken: &[usize]| {
            *known.entry(taken.iter().copied().collect()).or_insert_with(|| {
                let of_group = |group: &usize| groups[*group].places.iter().map(|place| &differences[*place]);
                let taken: Vec<&Difference> = taken.iter().flat_map(of_group).collect();
                Ends::of(&base.with(what_if, &taken), year, settings)
            })
        };
        let (first, mut last) = (answer(&[]), Ends::of(what_if, year, settings));
        let gap = Measure { metric: Metric::Gap, subject: Subject::Gap };
        if gap.unit(base) != gap.unit(what_if) {
            // Amounts in different money have no difference.
            last.mean_gap = f64::NAN;
        }
        let levers: Vec<usize> = (0..groups.len()).filter(|group| groups[*group].role == Role::Lever).collect();
        let others: Vec<usize> = (0..groups.len()).filter(|group| groups[*group].role != Role::Lever).collect();
        let with_assumptions = (!levers.is_empty() && !others.is_empty()).then(|| answer(&others));
        let all: Vec<usize> = (0..groups.len()).collect();
        // With all inputs taken over, what is left is what cannot be exchanged: the figures.
        let whole = if groups.is_empty() { first } else { answer(&all) };
        let values = if groups.len() <= MOST_EXACT {
            exact(groups.len(), first, whole, &mut answer).into_iter().map(|value| (value, None)).collect()
        } else {
            sampled(groups.len(), first, whole, settings.seed, &mut answer)
        };
        let mut parts: Vec<Part> = groups
            .iter()
            .zip(values)
            .map(|(group, (value, error))| Part {
                name: group.name.clone(),
                addresses: group.places.iter().map(|place| differences[*place].address.clone()).collect(),
                role: group.role,
                value,
                error,
            })
            .collect();
        parts.sort_by(|a, b| {
            // What has no size comes last.
            let size =
                |part: &Part| Some(part.value.log_median_ratio.abs()).filter(|size| !size.is_nan()).unwrap_or(-1.0);
            size(b).total_cmp(&size(a)).then_with(|| a.name.cmp(&b.name))
        });
        let rest = last.minus(whole);
        if base.data.name != what_if.data.name || base.source != what_if.source {
            let name = "figures".to_owned();
            parts.push(Part { addresses: vec![name.clone()], name, role: Role::Assumption, value: rest, error: None });
        }
        let runs = known.len() + 1;
        Self { year, base: first, what_if: last, with_assumptions, parts, runs }
    }

    /// The part of an input, if it is one.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }
}

/// Inputs that are exchanged together.
struct Group {
    name: String,
    /// Positions among the differences.
    places: Vec<usize>,
    role: Role,
}

/// Into how many groups differences fall for attribution.
#[must_use]
pub fn number_of_groups(differences: &[Difference]) -> usize {
    groups(differences).len()
}

/// Each difference by itself, except those that can only be exchanged together. If there are too many: events and jumps
/// by themselves, the rest by region or kind, assumptions and levers apart.
fn groups(differences: &[Difference]) -> Vec<Group> {
    let together = |name: &dyn Fn(&Difference) -> String| {
        let mut groups: Vec<Group> = Vec::new();
        for (place, difference) in differences.iter().enumerate() {
            let name = name(difference);
            match groups.iter_mut().find(|known| known.name == name) {
                Some(group) => {
                    group.places.push(place);
                    group.role = if difference.role == Role::Lever { Role::Lever } else { group.role };
                }
                None => groups.push(Group { name, places: vec![place], role: difference.role }),
            }
        }
        groups
    };
    let single = together(&Difference::exchanged_as);
    if single.len() <= MOST_EXACT {
        return single;
    }
    // Events and jumps stay by name: they are what a reader asks about.
    let coarse = together(&|difference| {
        let name = difference.exchanged_as();
        let kind = name.split(['.', ' ']).next().unwrap_or(&name).to_owned();
        match (kind.as_str(), difference.role) {
            ("events" | "jumps", _) => name,
            (_, Role::Lever) => format!("{kind} levers"),
            (_, Role::Assumption) => kind,
        }
    });
    if coarse.len() < single.len() { coarse } else { single }
}

/// Mean effect over all orders, from all subsets.
fn exact(groups: usize, first: Answer, whole: Answer, answer: &mut dyn FnMut(&[usize]) -> Answer) -> Vec<Answer> {
    let subsets = 1_usize << groups;
    let members = |subset: usize| (0..groups).filter(|group| subset >> group & 1 == 1).collect::<Vec<usize>>();
    let values: Vec<Answer> = (0..subsets)
        .map(|subset| match subset {
            0 => first,
            subset if subset == subsets - 1 => whole,
            subset => answer(&members(subset)),
        })
        .collect();
    let factorial = |n: usize| (1..=n).map(|k| k as f64).product::<f64>();
    let weight = |size: usize| factorial(size) * factorial(groups - size - 1) / factorial(groups);
    let part = |group: usize| {
        let without = (0..subsets).filter(|subset| subset >> group & 1 == 0);
        without.fold(Answer::default(), |sum, subset| {
            let gain = values[subset | 1 << group].minus(values[subset]);
            sum.plus(gain, weight(subset.count_ones() as usize))
        })
    };
    (0..groups).map(part).collect()
}

/// Mean effect over random orders, each beside its reverse; the ends are the same for all, so parts still add up.
fn sampled(
    groups: usize,
    first: Answer,
    whole: Answer,
    seed: u64,
    answer: &mut dyn FnMut(&[usize]) -> Answer,
) -> Vec<(Answer, Option<Answer>)> {
    let numbers = Numbers::new(seed);
    let key = Key::new(Purpose::Assumption, "orders of inputs");
    let mut gains: Vec<Vec<Answer>> = vec![Vec::new(); groups];
    for pair in 0..ORDERS / 2 {
        let mut order: Vec<(f64, usize)> = (0..groups)
            .map(|group| (numbers.uniform(pair as u64, 0, key, u32::try_from(group).expect("few")), group))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut both = vec![Answer::default(); groups];
        for reversed in [false, true] {
            let mut before = first;
            let mut taken = Vec::new();
            for step in 0..groups {
                let group = order[if reversed { groups - 1 - step } else { step }].1;
                taken.push(group);
                let after = if step + 1 == groups { whole } else { answer(&taken) };
                both[group] = both[group].plus(after.minus(before), 0.5);
                before = after;
            }
        }
        gains.iter_mut().zip(both).for_each(|(gains, gain)| gains.push(gain));
    }
    let n = (ORDERS / 2) as f64;
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

/// What a scenario answers in one year, and nothing else of it.
struct Ends<'a> {
    scenario: &'a Scenario,
    base: Base,
    year: usize,
    gap: Moments,
    counts: Option<EndCounts>,
}

struct EndCounts {
    levels: Levels,
    ratio: Histogram,
    wider: u64,
    columns: [Column; 2],
}

impl<'a> Ends<'a> {
    fn of(scenario: &'a Scenario, year: i32, settings: Settings) -> Answer {
        let year = usize::try_from(year - scenario.base_year - 1).expect("a simulated year");
        let base = Base::new(scenario);
        let mut ends = Self { scenario, base, year, gap: Moments::default(), counts: None };
        engine::simulate(&Plan::new(scenario), settings, &mut ends, &|_| {});
        let counts = ends.counts.expect("a run has at least one block");
        let gap = Measure { metric: Metric::Gap, subject: Subject::Gap };
        let mean = ends.gap.mean().filter(|_| gap.moments(scenario).mean);
        Answer {
            log_median_ratio: counts.ratio.quantile(0.5).map_or(f64::NAN, libm::log),
            mean_gap: mean.unwrap_or(f64::NAN),
            wider: counts.wider as f64 / settings.paths as f64,
        }
    }
}

impl Observer for Ends<'_> {
    type Counts = EndCounts;
    type Sums = Moments;

    fn counts(&self) -> EndCounts {
        EndCounts {
            levels: Levels::new(self.scenario),
            ratio: Histogram::default(),
            wider: 0,
            columns: [Column::default(), Column::default()],
        }
    }

    fn observe(&self, block: &Block, counts: &mut EndCounts) -> Moments {
        let EndCounts { levels, ratio: histogram, wider, columns: [first, second] } = counts;
        levels.restart();
        levels.enter(block, self.year);
        let of = |metric| Measure { metric, subject: Subject::Gap };
        let ratio = levels.column(of(Metric::Ratio), first);
        histogram.extend(ratio);
        let shifts = [self.scenario.gap.lead, self.scenario.gap.follow].map(|region| block.base_shift(region));
        for (row, ratio) in ratio.iter().enumerate() {
            let [lead, follow] = shifts.map(|shift| shift.map_or(0.0, |[_, funding]| funding[row]));
            let base = if lead == 0.0 && follow == 0.0 { self.base } else { self.base.moved(lead, follow) };
            let path = Standing { gap: f64::NAN, ratio: *ratio, lowest_gap: f64::NAN };
            *wider += u64::from(Question::WiderAsRatio.holds(path, &base));
        }
        Moments::of(levels.column(of(Metric::Gap), second))
    }

    fn absorb(&mut self, sums: Moments) {
        self.gap.absorb(&sums);
    }

    fn finish(&mut self, counts: EndCounts) {
        let Some(total) = &mut self.counts else {
            self.counts = Some(counts);
            return;
        };
        total.ratio.merge(&counts.ratio);
        total.wider += counts.wider;
    }
}

/// Parts rounded so that what is printed adds up to what is printed of the whole: the largest remainders give way.
///
/// The whole is rounded first, and may itself be the difference of two printed numbers.
#[must_use]
pub fn rounded_to_add_up(parts: &[f64], whole: f64, decimals: i32) -> Vec<f64> {
    let scale = libm::pow(10.0, f64::from(decimals));
    let mut rounded: Vec<f64> = parts.iter().map(|part| (part * scale).round()).collect();
    let mut missing = (whole * scale).round() - rounded.iter().sum::<f64>();
    // More than a step for each part is no rounding: the parts do not belong to this whole.
    let most = parts.len() as f64;
    while missing.abs() > 0.5 && missing.abs() <= most {
        let step = missing.signum();
        // The part that rounding has moved furthest the other way.
        let furthest = (0..parts.len()).max_by(|a, b| {
            let moved = |place: &usize| step * (parts[*place] * scale - rounded[*place]);
            moved(a).total_cmp(&moved(b)).then(b.cmp(a))
        });
        let Some(place) = furthest else { break };
        rounded[place] += step;
        missing -= step;
    }
    // Zero has no sign in any file.
    rounded.into_iter().map(|value| value / scale + 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three inputs with interactions, worked by hand: v = a + 2b + 4ab + 8abc.
    #[test]
    fn parts_are_the_mean_effects_over_all_orders() {
        let value = |taken: &[usize]| {
            let has = |group: usize| f64::from(u8::from(taken.contains(&group)));
            let (a, b, c) = (has(0), has(1), has(2));
            let v = a + 2.0 * b + 4.0 * a * b + 8.0 * a * b * c;
            Answer { log_median_ratio: v, mean_gap: -v, wider: 0.5 * v }
        };
        let mut answer = |taken: &[usize]| value(taken);
        let parts = exact(3, value(&[]), value(&[0, 1, 2]), &mut answer);
        // The term of k inputs is shared equally by them: a: 1 + 4/2 + 8/3, b: 2 + 4/2 + 8/3, c: 8/3.
        for (part, expected) in parts.iter().zip([1.0 + 2.0 + 8.0 / 3.0, 4.0 + 8.0 / 3.0, 8.0 / 3.0]) {
            assert!((part.log_median_ratio - expected).abs() < 1e-12, "{part:?}");
            assert!((part.mean_gap + expected).abs() < 1e-12 && (part.wider - 0.5 * expected).abs() < 1e-12);
        }
    }

    /// Eight inputs: each by itself, each with the next, and two triples; the exact parts are shares of the terms.
    #[test]
    fn parts_of_random_orders_add_up_and_lie_within_their_error_of_the_exact_parts() {
        let value = |taken: &[usize]| {
            let has = |group: usize| f64::from(u8::from(taken.contains(&group)));
            let alone: f64 = (0..8).map(|group| (1.0 + group as f64) * has(group)).sum();
            let pairs: f64 = (0..7).map(|group| (3.0 - group as f64) * has(group) * has(group + 1)).sum();
            let v = alone + pairs + 5.0 * has(0) * has(3) * has(6) - 4.0 * has(1) * has(4) * has(7);
            Answer { log_median_ratio: v, mean_gap: 2.0 * v, wider: -v }
        };
        let all: Vec<usize> = (0..8).collect();
        let mut answer = |taken: &[usize]| value(taken);
        let exact = exact(8, value(&[]), value(&all), &mut answer);
        let sampled = sampled(8, value(&[]), value(&all), 7, &mut answer);
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

    #[test]
    fn rounded_parts_add_up_to_the_rounded_whole() {
        for parts in [vec![0.333, 0.333, 0.334], vec![1.05, -0.55, 0.449], vec![2.5, 2.5, 2.5, 2.5], vec![-0.04, -0.04]]
        {
            let whole = (parts.iter().sum::<f64>() * 10.0).round() / 10.0;
            let rounded = rounded_to_add_up(&parts, whole, 1);
            assert!((rounded.iter().sum::<f64>() - whole).abs() < 1e-9, "{parts:?}: {rounded:?}");
            assert!(rounded.iter().zip(&parts).all(|(a, b)| (a - b).abs() <= 0.1 + 1e-9));
        }
        assert!(rounded_to_add_up(&[], 0.0, 1).is_empty());
        // The whole is what two printed numbers differ by, not what the parts round to.
        assert_eq!(rounded_to_add_up(&[-6.6, -3.6], -11.0, 0), [-7.0, -4.0]);
        assert!(rounded_to_add_up(&[f64::NAN, 1.0], 1.0, 0)[0].is_nan());
    }
}
