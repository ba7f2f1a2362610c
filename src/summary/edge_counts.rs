//! Errors of quantiles on points: how far replicates disagree about the share of paths below, over the density there.
//!
//! A quantile of all replicates together is far more exact than sixteen quantiles of a sixteenth of the paths, so the
//! spread of those says nothing of it. Shares are means, and those of the replicates add up: the share below a value
//! is off by the spread of the replicates' shares over the root of their number, and the quantile by what that is on
//! the scale of the values (Woodruff, 1952).
//!
//! So the values of each replicate are counted up to some edges of buckets around each quantile, most of them nearby and
//! fewer farther out. A bucket is never cut by its edges, so what is counted up to them is exact and adds up.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::histogram::{Histogram, whole};
use super::probability::Z_95;
use super::replicate_error::widening;
use super::varint::{Broken, Reader, Writer};

/// Steps in buckets from a quantile to the edges on each side of it.
const NEAR: [i64; 11] = [0, 1, 2, 3, 4, 6, 8, 11, 16, 23, 32];

/// Fewest neighbours on each side that the density is taken from: with fewer it would be that of their luck.
const NEIGHBOURS: f64 = 16.0;

/// A cell's numbers of values up to some edges of buckets, replicate by replicate.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct EdgeCounts {
    /// In rising order.
    edges: Vec<f64>,
    replicates: BTreeMap<u64, Replicate>,
}

/// What is counted of a replicate.
#[derive(Clone, Debug, Default, PartialEq)]
struct Replicate {
    /// Values up to each edge.
    up_to: Vec<u32>,
    /// All values that are defined.
    defined: u64,
}

/// What a histogram that goes on counting held when it was last looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Before {
    up_to: Vec<f64>,
    defined: u64,
}

impl EdgeCounts {
    /// Edges of the buckets of the quantiles themselves, where those are known.
    pub(crate) fn at(whole: &Histogram, levels: &[f64]) -> Self {
        let quantiles = whole.quantiles_at(levels);
        Self::new(quantiles.iter().flat_map(|value| Histogram::edges_near(*value, 0)).chain(whole.end_edges()))
    }

    /// Edges around the quantiles of some paths, which those of more paths will not be far from.
    pub(crate) fn around(some: &Histogram, levels: &[f64]) -> Self {
        let defined = some.defined() as f64;
        let mut shares = Vec::new();
        for level in levels {
            let mut step = 1.0 / defined;
            while step < level.min(1.0 - level) {
                shares.extend([level - step, level + step]);
                step *= 2.0;
            }
        }
        shares.sort_by(f64::total_cmp);
        let far = some.quantiles_at(&shares).into_iter().flat_map(|value| Histogram::edges_near(value, 0));
        let quantiles = some.quantiles_at(levels);
        let near =
            quantiles.iter().flat_map(|value| NEAR.into_iter().flat_map(|step| Histogram::edges_near(*value, step)));
        Self::new(far.chain(near).chain(some.end_edges()))
    }

    fn new(edges: impl Iterator<Item = f64>) -> Self {
        // Zero has no sign among the edges.
        let mut edges: Vec<f64> = edges.filter(|value| value.is_finite()).map(|value| value + 0.0).collect();
        edges.sort_by(f64::total_cmp);
        edges.dedup();
        Self { edges, replicates: BTreeMap::new() }
    }

    /// The edges, in rising order.
    pub(crate) fn edges(&self) -> &[f64] {
        &self.edges
    }

    /// Keeps what the next replicate says.
    pub(crate) fn see(&mut self, replicate: &Histogram) {
        self.see_more(self.replicates.len() as u64, replicate, &mut Before::default());
    }

    /// Adds to a replicate what a histogram has counted since it was last looked at.
    pub(crate) fn see_more(&mut self, replicate: u64, so_far: &Histogram, before: &mut Before) {
        before.up_to.resize(self.edges.len(), 0.0);
        let (all, defined) = (so_far.counts_up_to(&self.edges), so_far.defined());
        let up_to = all.iter().zip(&before.up_to).map(|(now, before)| (now - before) as u32).collect();
        self.add(replicate, &Replicate { up_to, defined: defined - before.defined });
        *before = Before { up_to: all, defined };
    }

    fn add(&mut self, replicate: u64, more: &Replicate) {
        let total = self.replicates.entry(replicate).or_default();
        total.up_to.resize(self.edges.len(), 0);
        total.up_to.iter_mut().zip(&more.up_to).for_each(|(total, more)| *total = total.saturating_add(*more));
        total.defined += more.defined;
    }

    /// Whether its counts can be those of so many values.
    pub(crate) fn can_be_of(&self, values: u64) -> bool {
        let possible =
            |it: &Replicate| it.defined <= values && it.up_to.iter().all(|count| u64::from(*count) <= it.defined);
        self.replicates.values().all(possible)
    }

    /// Adds what was counted up to the same edges of other paths.
    pub(crate) fn merge(&mut self, other: &Self) {
        other.replicates.iter().for_each(|(replicate, more)| self.add(*replicate, more));
    }

    /// Standard errors of quantiles of all replicates together, through a rising function of the values counted.
    ///
    /// `is_whole` is for values that are shown as whole numbers: their quantile is off by none or by whole ones, so the
    /// farther end of its interval counts. Otherwise the density is that of sixteen neighbours or more on
    /// each side. Infinite where the interval leaves the paths. `None` if no value is defined.
    pub(crate) fn errors<const N: usize>(
        &self,
        pooled: &Histogram,
        levels: [f64; N],
        rising: &dyn Fn(f64) -> f64,
        is_whole: bool,
    ) -> Option<[f64; N]> {
        let quantiles = pooled.quantiles(levels)?;
        let paths = pooled.defined() as f64;
        let widening = widening(self.replicates.len() as f64);
        let off: [f64; N] = std::array::from_fn(|place| widening * self.share_error(quantiles[place]));
        let reach: [f64; N] = std::array::from_fn(|place| {
            let most = levels[place].min(1.0 - levels[place]);
            let wide = if is_whole { 0.0 } else { (NEIGHBOURS / paths).min(most) };
            wide.max(Z_95 * off[place])
        });
        let end = |side: f64| {
            let shares: [f64; N] = std::array::from_fn(|place| (levels[place] + side * reach[place]).clamp(0.0, 1.0));
            pooled.quantiles(shares).map(|values| values.map(rising))
        };
        let (low, high) = (end(-1.0)?, end(1.0)?);
        Some(std::array::from_fn(|place| {
            if reach[place] > levels[place].min(1.0 - levels[place]) {
                return f64::INFINITY;
            }
            let (low, high) = (low[place], high[place]);
            if is_whole {
                let middle = whole(rising(quantiles[place]));
                return (middle - whole(low)).max(whole(high) - middle) / Z_95;
            }
            if low == high { 0.0 } else { (high - low) / (2.0 * reach[place]) * off[place] }
        }))
    }

    /// Standard error of the share of values up to a value, and of which value has a given share.
    ///
    /// Replicates that agree leave the distance to the neighbours: a quantile lies halfway between two values, and how
    /// far off each is varies by about the mean distance of neighbours, which is one over the number of paths.
    fn share_error(&self, value: f64) -> f64 {
        let place = self.edges.partition_point(|edge| *edge <= value);
        let (before, after) = (place.saturating_sub(1), place.min(self.edges.len().saturating_sub(1)));
        let between =
            self.edges.get(after).zip(self.edges.get(before)).map_or(0.0, |(high, low)| {
                if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 }
            });
        let up_to = |counts: &[u32]| match (counts.get(before), counts.get(after)) {
            (Some(low), Some(high)) => f64::from(*low) + (f64::from(*high) - f64::from(*low)) * between,
            _ => 0.0,
        };
        let seen: Vec<[f64; 2]> = self.replicates.values().map(|it| [up_to(&it.up_to), it.defined as f64]).collect();
        let [below, defined] = seen.iter().fold([0.0, 0.0], |[a, b], [c, d]| [a + c, b + d]);
        let (share, count) = (below / defined, seen.len() as f64);
        // Replicates may have different numbers of defined values: the share is a quotient of two sums.
        let squares: f64 = seen.iter().map(|[below, defined]| (below - share * defined).powi(2)).sum();
        let of_replicates = squares * count / (count - 1.0) / (defined * defined);
        (of_replicates + 0.5 / (defined * defined)).sqrt()
    }
}

impl EdgeCounts {
    /// The edges by their numbers and the counts between them, each list from the lowest edge up.
    fn text(&self) -> String {
        let mut writer = Writer::default();
        writer.put(self.edges.len() as u64);
        let mut before = i64::MIN;
        for number in self.edges.iter().map(|edge| Histogram::number_of_edge(*edge)) {
            writer.put(number.abs_diff(before));
            before = number;
        }
        writer.put(self.replicates.len() as u64);
        for (index, Replicate { up_to, defined }) in &self.replicates {
            [*index, *defined].into_iter().for_each(|number| writer.put(number));
            let mut before = 0;
            for count in up_to {
                writer.put(u64::from(count - before));
                before = *count;
            }
        }
        writer.text()
    }

    fn from_text(text: &str) -> Result<Self, Broken> {
        let mut reader = Reader::new(text)?;
        let (mut edges, mut number) = (Vec::new(), i64::MIN);
        for _ in 0..reader.length()? {
            number = number.checked_add_unsigned(reader.number()?).ok_or("an edge is out of range")?;
            edges.push(Histogram::edge_of_number(number).ok_or("an edge is out of range")?);
        }
        let mut counts = Self { edges, replicates: BTreeMap::new() };
        for _ in 0..reader.length()? {
            let (index, defined) = (reader.number()?, reader.number()?);
            let (mut up_to, mut count) = (Vec::new(), 0_u32);
            for _ in &counts.edges {
                let more = u32::try_from(reader.number()?).ok().and_then(|more| count.checked_add(more));
                count = more.ok_or("a count is too large")?;
                up_to.push(count);
            }
            if defined >> 40 > 0 || counts.replicates.insert(index, Replicate { up_to, defined }).is_some() {
                return Err("a replicate cannot be");
            }
        }
        reader.end()?;
        Ok(counts)
    }
}

impl Serialize for EdgeCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for EdgeCounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_text(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Numbers, Purpose};
    use crate::special;
    use crate::summary::LEVELS;

    /// Sixteen replicates of so many values each, from independent uniform numbers, and all of them together.
    fn replicates(seed: u64, each: u64, value: impl Fn(u64, f64) -> f64) -> (Vec<Histogram>, Histogram) {
        let numbers = Numbers::new(seed);
        let key = Key::new(Purpose::Shock, "");
        let mut whole = Histogram::default();
        let parts = (0..16).map(|replicate| {
            let mut part = Histogram::default();
            let uniform = |index: u64| numbers.uniform(replicate * each + index, 0, key, 0);
            let values: Vec<f64> = (0..each).map(|index| value(index, uniform(index))).collect();
            part.extend(&values);
            whole.merge(&part);
            part
        });
        (parts.collect(), whole)
    }

    fn counts_of(parts: &[Histogram]) -> EdgeCounts {
        let mut first = parts[0].clone();
        parts[1..4].iter().for_each(|part| first.merge(part));
        let mut counts = EdgeCounts::around(&first, &LEVELS);
        parts.iter().for_each(|part| counts.see(part));
        counts
    }

    fn errors(parts: &[Histogram], whole: &Histogram, is_whole: bool) -> [f64; 9] {
        counts_of(parts).errors(whole, LEVELS, &|value| value, is_whole).expect("defined")
    }

    #[test]
    fn independent_paths_have_the_errors_of_theory_at_every_level() {
        // Of normal values: √(p (1 − p)/n) over the density. Mean squares of 40 times 15 degrees of freedom.
        let (each, seeds) = (512, 40);
        let mut squares = [0.0; 9];
        for seed in 0..seeds {
            let (parts, whole) = replicates(seed, each, |_, uniform| 2.0 + special::normal_quantile(uniform));
            let errors = errors(&parts, &whole, false);
            squares.iter_mut().zip(errors).for_each(|(sum, error)| *sum += error * error / seeds as f64);
        }
        for (level, square) in LEVELS.into_iter().zip(squares) {
            let z = special::normal_quantile(level);
            let density = libm::exp(-0.5 * z * z) / (2.0 * std::f64::consts::PI).sqrt();
            let theory = level * (1.0 - level) / (16 * each) as f64 / (density * density) * widening(16.0).powi(2);
            assert!((0.75..1.35).contains(&(square / theory)), "{level}: {} for {}", square.sqrt(), theory.sqrt());
        }
    }

    #[test]
    fn replicates_that_agree_leave_the_distance_of_neighbours() {
        // One value in every stratum: the median lies between two of 8,192 values, whatever they are. Their logs are
        // uniform and so far from each other that buckets do not matter.
        let (each, width) = (512, 40.0);
        let value = |index: u64, uniform: f64| libm::exp(width * ((index as f64 + uniform) / each as f64 - 0.5));
        let (mut off, mut said, seeds) = (0.0, 0.0, 300);
        for seed in 0..seeds {
            let (parts, whole) = replicates(seed, each, value);
            off += libm::log(whole.quantile(0.5).expect("defined")).powi(2) / seeds as f64;
            let errors = counts_of(&parts).errors(&whole, LEVELS, &|value| libm::log(value), false).expect("defined");
            said += errors[4].powi(2) / seeds as f64;
        }
        // Half the variance of the least of sixteen uniform numbers, on the scale of a stratum.
        let theory = 0.5 * 16.0 / (17.0 * 17.0 * 18.0) * (width / each as f64).powi(2);
        assert!((0.7..1.4).contains(&(off / theory)), "seen {off} for {theory}");
        assert!((0.9..1.7).contains(&(said / theory)), "said {said} for {theory}");
    }

    #[test]
    fn what_is_kept_of_a_replicate_says_what_all_of_it_would() {
        let (parts, whole) = replicates(3, 512, |_, uniform| special::normal_quantile(uniform));
        let counts = counts_of(&parts);
        for quantile in whole.quantiles(LEVELS).expect("defined") {
            let shares: Vec<f64> = parts.iter().map(|part| part.share_below(quantile)).collect();
            let all = crate::summary::replicate_error::error(&shares) / widening(16.0);
            let kept = counts.share_error(quantile);
            assert!((kept / all - 1.0).abs() < 0.1, "{kept} for {all} at {quantile}");
        }
    }

    #[test]
    fn the_error_of_a_share_is_the_spread_of_replicates_and_half_the_distance_of_neighbours() {
        // Between the two values that there are, counts need no interpolation and the formula holds to the last digits.
        let (each, below) = (512_u64, |uniform: f64| uniform < 0.3);
        let (parts, _) = replicates(5, each, |_, uniform| if below(uniform) { 10.0 } else { 11.0 });
        let (numbers, key) = (Numbers::new(5), Key::new(Purpose::Shock, ""));
        let share = |replicate: u64| {
            let indices = replicate * each..(replicate + 1) * each;
            indices.filter(|index| below(numbers.uniform(*index, 0, key, 0))).count() as f64 / each as f64
        };
        let shares: Vec<f64> = (0..16).map(share).collect();
        let mean = shares.iter().sum::<f64>() / 16.0;
        let variance = shares.iter().map(|share| (share - mean) * (share - mean)).sum::<f64>() / 15.0;
        let all = (16 * each) as f64;
        let expected = (variance / 16.0 + 0.5 / (all * all)).sqrt();
        let found = counts_of(&parts).share_error(10.5);
        assert!((found / expected - 1.0).abs() < 1e-9, "{found} for {expected}");
    }

    #[test]
    fn a_whole_number_is_certain_within_its_atom_and_off_by_one_at_its_edge() {
        // Values 10, 11 and 12; the median sits inside of 11, and then at the edge between 10 and 11.
        let (parts, whole) = replicates(1, 512, |_, uniform| 10.0 + (3.0 * uniform).floor());
        assert_eq!(errors(&parts, &whole, true)[4], 0.0);
        let (parts, whole) = replicates(1, 512, |_, uniform| if uniform < 0.5 { 10.0 } else { 11.0 });
        assert!((errors(&parts, &whole, true)[4] - 1.0 / Z_95).abs() < 1e-12);
        let (parts, whole) = replicates(1, 512, |_, _| 7.0);
        assert_eq!((errors(&parts, &whole, true), errors(&parts, &whole, false)), ([0.0; 9], [0.0; 9]));
    }

    #[test]
    fn infinite_undefined_and_few_values_have_the_errors_they_can_have() {
        let odd = |_: u64, uniform: f64| match uniform {
            u if u < 0.2 => f64::NAN,
            u if u < 0.4 => -u,
            u if u < 0.5 => 0.0,
            u if u < 0.9 => u,
            _ => f64::INFINITY,
        };
        let (parts, whole) = replicates(2, 512, odd);
        let found = errors(&parts, &whole, false);
        // Of the defined values a quarter is negative, an eighth zero, an eighth infinite: 0.9 is infinite and so is
        // all around it; 0.25 is where negative values end.
        assert!(found[..6].iter().all(|error| error.is_finite()) && found[6..].iter().all(|error| *error == 0.0));
        // Uniform values of density 1/0.8 a unit.
        let theory = 0.8 * (0.1 * 0.9 / (0.8 * 8192.0f64)).sqrt();
        assert!((0.6..1.5).contains(&(found[2] / theory)), "{} for {theory}", found[2]);
        let (parts, whole) = replicates(2, 4, |_, uniform| uniform);
        let found = errors(&parts, &whole, false);
        assert!(found[0].is_infinite() && found[8].is_infinite() && found[4].is_finite());
        let (parts, whole) = replicates(2, 4, |_, _| f64::NAN);
        assert_eq!(counts_of(&parts).errors(&whole, LEVELS, &|value| value, false), None);
    }
}
