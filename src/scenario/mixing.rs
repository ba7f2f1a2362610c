//! How the normals behind shocks and assumptions are mixed: matrices of correlations, valid at every value they may have.

use crate::diagnostic::{Offer, Place, Problem};
use crate::distribution::Distribution;
use crate::growth::Kind;

use super::check::Check;
use super::correlation::{Named, Pair, address, is_a_series, row_order};
use super::model::{
    Assumption, AssumptionId, MOST_UNCERTAIN, Mixing, MixingEntry, Of, Origin, ROUNDING, Role, Scenario, WrittenPair,
    ends, smallest_eigenvector,
};
use super::nearest::nearest_correlation;
use super::tree::{Table, Value};

/// How far a correlation may lie from that of the market factor without a word: one is a refinement of the other.
const FAR: f64 = 0.5;

/// Reason of a correlation that took the place of one which contradicted others.
const NEAREST: &str = "nearest valid correlation to the one written";

impl Check {
    /// The mixing of the yearly shocks, and the pairs that were made to repair it.
    pub(super) fn shock_mixing(&mut self, pairs: &[Pair], named: &Named, nearest: bool) -> (Mixing, Vec<WrittenPair>) {
        let names = names_of(pairs).chain(named.shocked.to_vec());
        let rows = rows(names.collect(), named.series, &|row| named.shocked.contains(row));
        let start = of_factor(&rows, &|series| {
            let found = named.shocks.loadings.iter().find(|(known, _)| known == series);
            found.map(|(_, id)| self.value_of(*id))
        });
        self.against_the_factor(pairs, &rows, &start);
        self.mixing(rows, Of::Normals, start, (pairs, "yearly shocks"), nearest)
    }

    /// The mixing of correlated assumptions, and the pairs that were made to repair it.
    pub(super) fn copula(&mut self, pairs: &[Pair], named: &Named, nearest: bool) -> (Mixing, Vec<WrittenPair>) {
        let is_there = |row: &String| self.assumptions.iter().any(|it| it.address == *row);
        let rows = rows(names_of(pairs).collect(), named.series, &is_there);
        let start = of_factor(&rows, &|_| None);
        self.mixing(rows, Of::Ranks, start, (pairs, "assumptions"), nearest)
    }

    /// Warns of a pair whose correlation is far from what the market factor gives, which it takes the place of, and of a
    /// factor that gives nothing.
    fn against_the_factor(&mut self, pairs: &[Pair], rows: &[String], factor: &[f64]) {
        let size = rows.len();
        let is_paired =
            |i: usize, j: usize| pairs.iter().any(|it| it.names.contains(&rows[i]) && it.names.contains(&rows[j]));
        let mut acts = (0..size).flat_map(|i| (0..i).map(move |j| (i, j)));
        if let Some(place) = self.factor.clone()
            && self.errors() == 0
            && !acts.any(|(i, j)| factor[i * size + j] != 0.0 && !is_paired(i, j))
        {
            let what = "this market factor does nothing: no two of its series are without a correlation of their own";
            self.warning(&place, what, "give loadings to more series, or take out correlations between them");
        }
        for pair in pairs {
            let [i, j] = pair.names.each_ref().map(|name| rows.iter().position(|known| known == name));
            let (Some(i), Some(j)) = (i, j) else { continue };
            let (given, rho) = (factor[i * size + j], self.value_of(pair.rho));
            if given != 0.0 && (given - rho).abs() > FAR {
                let what =
                    format!("this correlation of {rho} takes the place of {given:.2}, which the market factor gives");
                self.warning(&pair.place, what, "take out the correlation or the loadings of these two");
            }
        }
    }

    /// The mixing of some rows; refused or, if that is asked for, replaced if no random numbers can have it.
    fn mixing(
        &mut self,
        rows: Vec<String>,
        of: Of,
        start: Vec<f64>,
        (pairs, of_what): (&[Pair], &str),
        nearest: bool,
    ) -> (Mixing, Vec<WrittenPair>) {
        let entries: Vec<MixingEntry> =
            pairs.iter().filter_map(|pair| entry_of(&rows, &pair.names, pair.rho)).collect();
        let mixing = Mixing::new(rows, of, start, entries, &|id| self.value_of(id));
        let (smallest, vector) = smallest_eigenvector(mixing.correlations());
        let certain = mixing.entries().iter().all(|it| self.assumptions[it.rho].law.is_fixed());
        if smallest < ROUNDING && nearest && certain {
            return self.repaired(&mixing, (&pairs[0].place, of_what));
        }
        if smallest < ROUNDING {
            self.contradict(&mixing, pairs, of_what, (smallest, &vector));
            return (Mixing::none(of), Vec::new());
        }
        self.contradict_at_ends(&mixing, pairs, of_what);
        (mixing, Vec::new())
    }

    /// Tells of correlations that contradict each other, with the pair to look at first.
    fn contradict(&mut self, mixing: &Mixing, pairs: &[Pair], of_what: &str, (smallest, vector): (f64, &[f64])) {
        // The pair that pulls the quadratic form down most is the one to look at first.
        let pull = |it: &&MixingEntry| vector[it.row] * vector[it.column] * self.value_of(it.rho);
        let worst = mixing.entries().iter().min_by(|a, b| pull(a).total_cmp(&pull(b)));
        let rho = worst.expect("without entries it is valid").rho;
        let worst = pairs.iter().find(|it| it.rho == rho).expect("entries are made of pairs");
        let what = format!("these correlations of {of_what} contradict each other");
        let cure = format!("look at {} and {} first (rho {})", worst.names[0], worst.names[1], self.value_of(rho));
        let note = format!(
            "the smallest eigenvalue of their matrix is {smallest:.3}; it must not be negative. Two things that each go \
             with a third cannot go strongly against each other"
        );
        let problem = Problem::error(worst.place.clone(), what, cure).note(note);
        let certain = self.assumptions[rho].law.is_fixed();
        self.problems.push(if certain { problem.offer(Offer::NearestCorrelation) } else { problem });
    }

    /// Tells of uncertain correlations that contradict each other at some of their values.
    fn contradict_at_ends(&mut self, mixing: &Mixing, pairs: &[Pair], of_what: &str) {
        let Some(found) = mixing.contradiction(&|id| ends(&self.assumptions[id].law)) else { return };
        let Some((first, _)) = found.values.first() else { return };
        let place = pairs.iter().find(|it| it.rho == *first).expect("entries are made of pairs").place.clone();
        let Some(smallest) = found.smallest else {
            let what = format!("{} correlations of {of_what} are uncertain", found.values.len());
            self.error(&place, what, format!("make at most {MOST_UNCERTAIN} of them uncertain"));
            return;
        };
        let at = |(id, value): &(AssumptionId, f64)| {
            format!("{} = {}", self.assumptions[*id].address.trim_start_matches("correlations."), short(*value))
        };
        let values: Vec<String> = found.values.iter().map(at).collect();
        let what = format!("some values that these correlations of {of_what} may have contradict each other");
        let cure = "keep them closer together: rho = { uniform = [0.2, 0.5] } has ends, mean and sd have none";
        let note = format!("at {} the smallest eigenvalue of their matrix is {smallest:.3}", values.join(", "));
        self.problems.push(Problem::error(place, what, cure).note(note));
    }

    /// The nearest valid mixing: its correlations take the place of those written, and pairs are added for all others.
    fn repaired(&mut self, mixing: &Mixing, (place, of_what): (&Place, &str)) -> (Mixing, Vec<WrittenPair>) {
        let size = mixing.rows().len();
        let before = mixing.correlations().matrix().to_vec();
        let after = nearest_correlation(size, &before);
        let moved = before.iter().zip(&after).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        let what = format!("these correlations of {of_what} contradict each other and were replaced");
        let cure = format!("the nearest valid ones differ by up to {moved:.3}; scenario.toml of the run has them");
        self.problems.push(Problem::warning(place.clone(), what, cure));
        let (mut entries, mut pairs) = (Vec::new(), Vec::new());
        for (row, column) in (0..size).flat_map(|row| (row + 1..size).map(move |column| (row, column))) {
            let value = mixing.of().written(after[row * size + column]);
            let known = mixing
                .entries()
                .iter()
                .find(|it| [it.row, it.column] == [row, column] || [it.column, it.row] == [row, column]);
            let names = [row, column].map(|row| mixing.rows()[row].clone());
            let rho = match known {
                Some(entry) => entry.rho,
                None => self.assume(nothing(&names)),
            };
            if known.is_none() {
                pairs.push(WrittenPair { between: names, rho });
            }
            let own = &mut self.assumptions[rho];
            own.law = Distribution::Fixed(value);
            own.written = Table::of([("value", Value::Float(value))]);
            own.value = value.to_string().replace('-', "−");
            (own.why, own.source) = (Some(NEAREST.to_owned()), None);
            entries.push(MixingEntry { row, column, rho });
        }
        let rows = mixing.rows().to_vec();
        let start = of_factor(&rows, &|_| None);
        (Mixing::new(rows, mixing.of(), start, entries, &|id| self.value_of(id)), pairs)
    }
}

impl Scenario {
    /// Works both mixings out anew, from the correlations, the loadings and the series that it has now.
    pub(super) fn mix(&mut self) {
        let series: Vec<String> = self.series().map(|it| it.address.clone()).collect();
        self.pairs.sort_by_key(|pair| pair.between.each_ref().map(|name| row_order(name, &series)));
        let shocked: Vec<String> = self.shocked_series().map(|it| it.address.clone()).collect();
        let median = |id: AssumptionId| self.assumptions[id].law.median();
        let loading = |row: &String| {
            let found = self.shocks.loadings.iter().find(|(known, _)| known == row);
            found.map(|(_, id)| median(*id))
        };
        let (of_shocks, of_assumptions): (Vec<&WrittenPair>, Vec<&WrittenPair>) =
            self.pairs.iter().partition(|it| it.between.iter().all(|name| is_a_series(name, &series)));
        let names = |pairs: &[&WrittenPair]| pairs.iter().flat_map(|it| it.between.clone()).collect::<Vec<String>>();
        let mixing = |rows: Vec<String>, of: Of, start: Vec<f64>, pairs: &[&WrittenPair]| {
            let entry = |pair: &&WrittenPair| entry_of(&rows, &pair.between, pair.rho);
            let entries = pairs.iter().filter_map(entry).collect();
            Mixing::new(rows, of, start, entries, &median)
        };
        let of_both = names(&of_shocks).into_iter().chain(shocked.clone()).collect();
        let own = rows(of_both, &series, &|row| shocked.contains(row));
        let start = of_factor(&own, &loading);
        let shock_mixing = mixing(own, Of::Normals, start, &of_shocks);
        let is_there = |row: &String| self.assumptions.iter().any(|it| it.address == *row);
        let own = rows(names(&of_assumptions), &series, &is_there);
        let start = of_factor(&own, &|_| None);
        let copula = mixing(own, Of::Ranks, start, &of_assumptions);
        (self.shock_mixing, self.copula) = (shock_mixing, copula);
    }
}

fn names_of(pairs: &[Pair]) -> impl Iterator<Item = String> {
    pairs.iter().flat_map(|pair| pair.names.clone())
}

/// The place of a correlation in a matrix; none where a row was left out, which moves nothing.
fn entry_of(rows: &[String], names: &[String; 2], rho: AssumptionId) -> Option<MixingEntry> {
    let [row, column] = names.each_ref().map(|name| rows.iter().position(|known| known == name));
    Some(MixingEntry { row: row?, column: column?, rho })
}

/// The matrix that loadings of one market factor give, row by row: `b_i b_j`, and ones on the diagonal.
pub(super) fn of_factor(rows: &[String], loading: &dyn Fn(&String) -> Option<f64>) -> Vec<f64> {
    let loadings: Vec<f64> = rows.iter().map(|row| loading(row).unwrap_or(0.0)).collect();
    let size = rows.len();
    let at = |(i, j): (usize, usize)| if i == j { 1.0 } else { loadings[i] * loadings[j] };
    (0..size * size).map(|place| at((place / size, place % size))).collect()
}

/// Rows of a matrix in their order. Behind the last that the scenario has, rows that it has not move nothing.
pub(super) fn rows(mut rows: Vec<String>, series: &[String], is_there: &dyn Fn(&String) -> bool) -> Vec<String> {
    rows.sort_by_key(|row| row_order(row, series));
    rows.dedup();
    let last = rows.iter().rposition(is_there).map_or(0, |last| last + 1);
    rows.truncate(last);
    rows
}

/// A correlation that nobody wrote, until it has a value.
fn nothing(names: &[String; 2]) -> Assumption {
    Assumption {
        address: address(names),
        kind: Kind::Correlation,
        unit: Kind::Correlation.unit().to_owned(),
        law: Distribution::Fixed(0.0),
        value: String::new(),
        written: Table::default(),
        role: Role::Assumption,
        why: None,
        source: None,
        set_by: Origin::Given,
        drawn: None,
    }
}

/// A correlation with the digits that tell where it lies.
fn short(value: f64) -> String {
    ((value * 1e3).round() / 1e3).to_string().replace('-', "−")
}
