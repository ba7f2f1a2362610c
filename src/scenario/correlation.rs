//! Correlations between the yearly shocks of two series, or between two assumptions.

use nalgebra::DMatrix;

use crate::diagnostic::{Offer, Place, Problem, did_you_mean};
use crate::growth::Growth;

use super::check::Check;
use super::keys;
use super::model::{Assumption, Correlations, Shocks, WrittenPair};
use super::nearest::nearest_correlation;
use super::tree::{Node, Table, Value};

/// One `[[correlations]]` entry that says what it should.
struct Pair {
    names: [String; 2],
    rho: f64,
    place: Place,
    written: WrittenPair,
}

/// Smallest eigenvalue that rounding may leave in a valid matrix.
const ROUNDING: f64 = -1e-10;

/// How far a correlation may lie from that of the market factor without a word: one is a refinement of the other.
const FAR: f64 = 0.5;

/// What the pairs make: the matrix of shocks, and the members and matrix of the copula.
pub(super) struct Coupled {
    pub shocks: Correlations,
    pub members: Vec<String>,
    pub copula: Correlations,
    pub pairs: Vec<WrittenPair>,
    /// Whether a matrix was replaced by the nearest valid one.
    pub repaired: bool,
}

impl Check {
    /// Reads the list of correlations; `shocked` are the addresses of the series with shocks, in canonical order.
    pub(crate) fn correlations(
        &mut self,
        node: Option<&Node>,
        shocked: &[String],
        all_series: &[String],
        shocks_of: &Shocks,
        nearest: bool,
    ) -> Coupled {
        // What other mistakes have kept from being read cannot be told from what is not there.
        let lenient = self.errors() > 0;
        let mut shocks = Vec::new();
        let mut copula: Vec<Pair> = Vec::new();
        let items = node.and_then(|node| self.list(node, "`correlations`", "begin each with [[correlations]]"));
        for item in items.unwrap_or_default() {
            let Some(table) = self.table(item, "a correlation", "begin each with [[correlations]]") else { continue };
            let Some(pair) = self.correlation(table, item) else { continue };
            if shocks.iter().chain(&copula).any(|known: &Pair| same_pair(known, &pair)) {
                self.error(&pair.place, "this pair is correlated twice", "keep one of the two entries");
                continue;
            }
            match pair.names.each_ref().map(|name| all_series.contains(name)) {
                [true, true] => {
                    let silent = pair.names.iter().find(|name| !shocked.contains(name));
                    if let Some(name) = silent {
                        let what = format!("`{name}` has no shocks to correlate");
                        let cure = "a path model follows its levels, so this correlation does nothing there";
                        self.warning(&pair.place, what, cure);
                    } else {
                        shocks.push(pair);
                    }
                }
                _ if lenient => {}
                [false, false] => {
                    if self.are_assumptions(&pair, all_series) {
                        copula.push(pair);
                    }
                }
                _ => {
                    let other = pair.names.iter().find(|name| !all_series.contains(name)).expect("one is no series");
                    if self.assumptions.iter().any(|it| it.address == *other) {
                        let what = "a correlation stands between a series and an assumption";
                        let cure = "name two series (their yearly shocks) or two assumptions such as us.deals.growth";
                        self.error(&pair.place, what, cure);
                    } else {
                        self.nothing_named(other, &pair.place, all_series);
                    }
                }
            }
        }
        // Spearman's rank correlation is what an assumption's reader can check; the copula needs Pearson's [M24].
        for pair in &mut copula {
            pair.rho = 2.0 * libm::sin(std::f64::consts::PI * pair.rho / 6.0);
        }
        let mut written: Vec<WrittenPair> = shocks.iter().chain(&copula).map(|pair| pair.written.clone()).collect();
        written.sort_by(|a, b| a.between.cmp(&b.between));
        let mut members: Vec<String> = copula.iter().flat_map(|pair| pair.names.clone()).collect();
        members.sort();
        members.dedup();
        let factor = self.matrix_of_factor(shocked, shocks_of);
        self.against_the_factor(&shocks, shocked, &factor);
        let independent = DMatrix::identity(members.len(), members.len());
        let (shocks, first) = self.matrix(shocked, &shocks, &factor, "yearly shocks", nearest);
        let (copula, second) = self.matrix(&members, &copula, &independent, "assumptions", nearest);
        Coupled { shocks, copula, members, pairs: written, repaired: first || second }
    }

    /// Warns of a pair whose correlation is far from what the market factor gives, which it takes the place of, and of a
    /// factor that gives nothing.
    fn against_the_factor(&mut self, pairs: &[Pair], shocked: &[String], factor: &DMatrix<f64>) {
        let is_paired = |i: usize, j: usize| {
            pairs.iter().any(|pair| pair.names.contains(&shocked[i]) && pair.names.contains(&shocked[j]))
        };
        let mut acts = (0..shocked.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
        if let Some(place) = self.factor.clone()
            && self.errors() == 0
            && !acts.any(|(i, j)| factor[(i, j)] != 0.0 && !is_paired(i, j))
        {
            let what = "this market factor does nothing: no two of its series are without a correlation of their own";
            self.warning(&place, what, "give loadings to more series, or take out correlations between them");
        }
        for pair in pairs {
            let [i, j] = pair.names.each_ref().map(|name| shocked.iter().position(|known| known == name));
            let (Some(i), Some(j)) = (i, j) else { continue };
            let given = factor[(i, j)];
            if given != 0.0 && (given - pair.rho).abs() > FAR {
                let what = format!(
                    "this correlation of {} takes the place of {given:.2}, which the market factor gives",
                    pair.rho
                );
                self.warning(&pair.place, what, "take out the correlation or the loadings of these two");
            }
        }
    }

    /// The matrix that the loadings of the market factor give: `b_i b_j`.
    fn matrix_of_factor(&self, shocked: &[String], shocks: &Shocks) -> DMatrix<f64> {
        let loading = |series: &String| {
            let found = shocks.loadings.iter().find(|(known, _)| known == series);
            found.map_or(0.0, |(_, id)| self.value_of(*id))
        };
        let loadings: Vec<f64> = shocked.iter().map(loading).collect();
        DMatrix::from_fn(loadings.len(), loadings.len(), |i, j| if i == j { 1.0 } else { loadings[i] * loadings[j] })
    }

    fn correlation(&mut self, table: &Table, item: &Node) -> Option<Pair> {
        if self.removes_nothing(table, "correlation") {
            return None;
        }
        self.known_keys(table, &keys::words(&keys::CORRELATION), "a correlation");
        let cure = "write between = [\"us.deals\", \"china.deals\"] and rho = 0.4";
        let (Some(between), Some(rho)) = (table.get("between"), table.get("rho")) else {
            let missing = if table.get("between").is_none() { "between" } else { "rho" };
            self.error(&item.place, format!("this correlation has no `{missing}`"), cure);
            return None;
        };
        let Ok(names) = <[String; 2]>::try_from(between.value.texts()) else {
            self.error(&between.place, "`between` takes two names", cure);
            return None;
        };
        if names[0] == names[1] {
            self.error(&between.place, "this correlates something with itself", "name two different ones");
            return None;
        }
        let value = match rho.value {
            Value::Integer(value) => value as f64,
            // A zero is written without a sign, and has none from the start.
            Value::Float(value) => value + 0.0,
            _ => {
                self.error(&rho.place, format!("`rho` is {}, not a number", rho.value.kind()), "write rho = 0.4");
                return None;
            }
        };
        if !(-1.0..=1.0).contains(&value) {
            self.error(&rho.place, format!("a correlation of {value} is impossible"), "it must be between −1 and 1");
            return None;
        }
        let mut sorted = names.clone();
        sorted.sort();
        let written = WrittenPair {
            between: sorted,
            rho: value,
            why: self.text(table, "why"),
            source: self.text(table, "source"),
            set_by: self.origin(&between.place),
        };
        Some(Pair { names, rho: value, place: between.place.clone(), written })
    }

    fn are_assumptions(&mut self, pair: &Pair, all_series: &[String]) -> bool {
        for name in &pair.names {
            match self.assumptions.iter().find(|it| it.address == *name) {
                // Another layer gave the series a model without this parameter: what is said of it does nothing.
                None if is_a_parameter(name, all_series) => {
                    let what = format!("the model of this scenario has no `{name}`, so this correlation does nothing");
                    self.warning(&pair.place, what, "remove the correlation, or choose a model that has it");
                    return false;
                }
                None => {
                    self.nothing_named(name, &pair.place, all_series);
                    return false;
                }
                Some(Assumption { drawn: Some(drawn), .. }) => {
                    let what = format!("`{name}` is drawn from {}, whose rows say how it goes with others", drawn.file);
                    self.error(&pair.place, what, "take out the correlation, or draw the other one from the file too");
                    return false;
                }
                Some(Assumption { law, .. }) if law.is_fixed() => {
                    let what = format!("`{name}` is certain, so this correlation does nothing");
                    let cure = "give it a distribution, or remove the correlation";
                    // It stays a member: the other one sees the same numbers as where neither is certain, so that a
                    // what-if that fixes one leaves every path of the other alone.
                    self.problems.push(Problem::warning(pair.place.clone(), what, cure));
                }
                Some(_) => {}
            }
        }
        true
    }

    fn nothing_named(&mut self, name: &str, place: &Place, all_series: &[String]) {
        let known: Vec<String> =
            self.assumptions.iter().map(|it| it.address.clone()).chain(all_series.iter().cloned()).collect();
        let cure = match did_you_mean(name, known.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => "name two series, or two assumptions such as us.deals.growth".to_owned(),
        };
        self.error(place, format!("there is no series or assumption `{name}`"), cure);
    }

    /// The matrix of some rows with its factor; refused or, if that is asked for, replaced if no random numbers can have it.
    fn matrix(
        &mut self,
        rows: &[String],
        pairs: &[Pair],
        start: &DMatrix<f64>,
        of_what: &str,
        nearest: bool,
    ) -> (Correlations, bool) {
        let size = rows.len();
        let mut matrix = start.clone();
        let row = |name: &String| rows.iter().position(|known| known == name).expect("pairs name rows");
        for pair in pairs {
            let [i, j] = pair.names.each_ref().map(row);
            matrix[(i, j)] = pair.rho;
            matrix[(j, i)] = pair.rho;
        }
        if size > 0 {
            let eigen = matrix.clone().symmetric_eigen();
            let smallest = eigen.eigenvalues.imin();
            let value = eigen.eigenvalues[smallest];
            if value < ROUNDING && nearest {
                let before: Vec<f64> = (0..size * size).map(|place| matrix[(place / size, place % size)]).collect();
                let after = nearest_correlation(size, &before);
                let moved = before.iter().zip(&after).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                let what = format!("these correlations of {of_what} contradict each other and were replaced");
                let cure =
                    format!("the nearest valid ones differ by up to {moved:.3}; scenario.toml of the run has them");
                self.problems.push(Problem::warning(pairs[0].place.clone(), what, cure));
                return (Correlations::new(size, after), true);
            }
            if value < ROUNDING {
                let vector = eigen.eigenvectors.column(smallest);
                // The pair that pulls the quadratic form down most is the one to look at first.
                let pull = |pair: &Pair| {
                    let [i, j] = pair.names.each_ref().map(row);
                    vector[i] * vector[j] * pair.rho
                };
                let worst = pairs.iter().min_by(|a, b| pull(a).total_cmp(&pull(b))).expect("without pairs it is valid");
                let what = format!("these correlations of {of_what} contradict each other");
                let cure = format!("look at {} and {} first (rho {})", worst.names[0], worst.names[1], worst.rho);
                let note = format!(
                    "the smallest eigenvalue of their matrix is {value:.3}; it must not be negative. Two things that each go \
                     with a third cannot go strongly against each other"
                );
                let problem = Problem::error(worst.place.clone(), what, cure);
                self.problems.push(problem.note(note).offer(Offer::NearestCorrelation));
                matrix = DMatrix::identity(size, size);
            }
        }
        let values: Vec<f64> = (0..size * size).map(|place| matrix[(place / size, place % size)]).collect();
        (Correlations::new(size, values), false)
    }
}

fn same_pair(a: &Pair, b: &Pair) -> bool {
    a.names == b.names || (a.names[0] == b.names[1] && a.names[1] == b.names[0])
}

/// Whether a name is that of a parameter which some growth model of one of these series could have.
fn is_a_parameter(name: &str, all_series: &[String]) -> bool {
    let Some((series, parameter)) = name.rsplit_once('.') else { return false };
    let known =
        |model: &&str| Growth::<()>::parameters(model).is_some_and(|it| it.iter().any(|it| it.name == parameter));
    all_series.iter().any(|known| known == series) && Growth::<()>::NAMES.iter().any(known)
}
