//! Correlations between the yearly shocks of two series, or between two assumptions, as a scenario states them.

use crate::diagnostic::{Place, Problem, did_you_mean};
use crate::growth::{Growth, Kind};

use super::check::Check;
use super::keys;
use super::model::{Assumption, AssumptionId, Mixing, Role, SeriesKind, Shocks, WrittenPair};
use super::tree::{Node, Table, Value};
use super::value::Measured;

/// One `[[correlations]]` entry that says what it should.
pub(super) struct Pair {
    /// Its names in the order of rows.
    pub names: [String; 2],
    pub rho: AssumptionId,
    pub place: Place,
}

/// What the pairs make: how shocks and how assumptions are mixed.
pub(super) struct Coupled {
    pub shocks: Mixing,
    pub copula: Mixing,
    pub pairs: Vec<WrittenPair>,
}

/// What a scenario has that correlations may name.
pub(super) struct Named<'a> {
    /// Addresses of the series with shocks, in the order of rows.
    pub shocked: &'a [String],
    /// Addresses of all series, in the order of rows.
    pub series: &'a [String],
    pub shocks: &'a Shocks,
}

/// What a correlation goes between.
enum Between {
    Shocks,
    Assumptions,
    Nothing,
}

impl Check {
    /// Reads the list of correlations.
    pub(crate) fn correlations(&mut self, node: Option<&Node>, named: &Named, nearest: bool) -> Coupled {
        // What other mistakes have kept from being read cannot be told from what is not there.
        let lenient = self.errors() > 0;
        let (mut shocks, mut copula): (Vec<Pair>, Vec<Pair>) = (Vec::new(), Vec::new());
        let items = node.and_then(|node| self.list(node, "`correlations`", "begin each with [[correlations]]"));
        for item in items.unwrap_or_default() {
            let Some(table) = self.table(item, "a correlation", "begin each with [[correlations]]") else { continue };
            let Some((names, place)) = self.pair_of(table, item, named.series) else { continue };
            if shocks.iter().chain(&copula).any(|known: &Pair| known.names == names) {
                self.error(&place, "this pair is correlated twice", "keep one of the two entries");
                continue;
            }
            let between = self.between(&names, &place, named, lenient);
            // It is read in any case, so that all its mistakes are told at once.
            let Some(rho) = self.rho(table, &names) else { continue };
            match between {
                Between::Shocks => shocks.push(Pair { names, rho, place }),
                Between::Assumptions => copula.push(Pair { names, rho, place }),
                Between::Nothing => {}
            }
        }
        let order = |name: &String| row_order(name, named.series);
        let written = |pair: &Pair| WrittenPair { between: pair.names.clone(), rho: pair.rho };
        let mut pairs: Vec<WrittenPair> = shocks.iter().chain(&copula).map(written).collect();
        let (shocks, first) = self.shock_mixing(&shocks, named, nearest);
        let (copula, second) = self.copula(&copula, named, nearest);
        pairs.extend(first.into_iter().chain(second));
        pairs.sort_by_key(|pair| pair.between.each_ref().map(order));
        Coupled { shocks, copula, pairs }
    }

    /// The two names of an entry in the order of rows, and where they stand.
    fn pair_of(&mut self, table: &Table, item: &Node, series: &[String]) -> Option<([String; 2], Place)> {
        if self.removes_nothing(table, "correlation") {
            return None;
        }
        self.known_keys(table, &keys::words(&keys::CORRELATION), "a correlation");
        let cure = "write between = [\"us.deals\", \"china.deals\"] and rho = 0.4";
        let (Some(between), Some(_)) = (table.get("between"), table.get("rho")) else {
            let missing = if table.get("between").is_none() { "between" } else { "rho" };
            self.error(&item.place, format!("this correlation has no `{missing}`"), cure);
            return None;
        };
        let Ok(mut names) = <[String; 2]>::try_from(between.value.texts()) else {
            self.error(&between.place, "`between` takes two names", cure);
            return None;
        };
        if names[0] == names[1] {
            self.error(&between.place, "this correlates something with itself", "name two different ones");
            return None;
        }
        names.sort_by_key(|name| row_order(name, series));
        Some((names, between.place.clone()))
    }

    /// The input that a correlation is, under its address.
    fn rho(&mut self, table: &Table, names: &[String; 2]) -> Option<AssumptionId> {
        let node = table.get("rho").expect("a pair without it is refused");
        let number = match node.value {
            Value::Integer(value) => Some(value as f64),
            Value::Float(value) => Some(value),
            Value::Text(_) | Value::Truth(_) | Value::List(_) | Value::Date => {
                let what = format!("`rho` is {}, not a number", node.value.kind());
                self.error(&node.place, what, "write rho = 0.4");
                return None;
            }
            _ => None,
        };
        if let Some(value) = number.filter(|value| !(-1.0..=1.0).contains(value)) {
            self.error(&node.place, format!("a correlation of {value} is impossible"), "it must be between −1 and 1");
            return None;
        }
        // A zero is written without a sign, and has none from the start.
        let plain = number.filter(|it| *it == 0.0).map(|_| Node { value: Value::Float(0.0), ..node.clone() });
        let words = (self.text(table, "why"), self.text(table, "source"), Role::Assumption);
        let measured = Measured::new(Kind::Correlation, SeriesKind::Deals);
        self.assumption_with(&address(names), plain.as_ref().unwrap_or(node), &measured, words)
    }

    /// What two names are, after telling what is wrong with them or does nothing.
    fn between(&mut self, names: &[String; 2], place: &Place, named: &Named, lenient: bool) -> Between {
        match names.each_ref().map(|name| is_a_series(name, named.series)) {
            [true, true] => {
                let silent = |name: &&String| !named.shocked.contains(name) && self.stands_below(name, place);
                if let Some(name) = names.iter().find(silent) {
                    let cure = if named.series.contains(name) {
                        "a path model follows its levels, so this correlation does nothing there"
                    } else {
                        "this scenario models other series of that region, so this correlation does nothing there"
                    };
                    self.warning(place, format!("`{name}` has no shocks to correlate"), cure);
                }
                Between::Shocks
            }
            _ if lenient => Between::Nothing,
            [false, false] if self.are_assumptions(names, place, named.series) => Between::Assumptions,
            [false, false] => Between::Nothing,
            _ => {
                let is_series = |name: &String| is_a_series(name, named.series);
                let other = names.iter().find(|name| !is_series(name)).expect("one is no series");
                if self.assumptions.iter().any(|it| it.address == *other) {
                    let what = "a correlation stands between a series and an assumption";
                    let cure = "name two series (their yearly shocks) or two assumptions such as us.deals.growth";
                    self.error(place, what, cure);
                } else {
                    self.nothing_named(other, place, named.series);
                }
                Between::Nothing
            }
        }
    }

    /// Whether two names are those of assumptions, or of parameters that other models have: these keep their rows.
    fn are_assumptions(&mut self, names: &[String; 2], place: &Place, all_series: &[String]) -> bool {
        for name in names {
            match self.assumptions.iter().find(|it| it.address == *name) {
                // Another layer gave the series a model without this parameter: what is said of it does nothing.
                None if is_a_parameter(name, all_series) && !self.stands_below(name, place) => {}
                None if is_a_parameter(name, all_series) => {
                    let what = format!("the model of this scenario has no `{name}`, so this correlation does nothing");
                    self.warning(place, what, "remove the correlation, or choose a model that has it");
                }
                None => {
                    self.nothing_named(name, place, all_series);
                    return false;
                }
                Some(Assumption { drawn: Some(drawn), .. }) => {
                    let what = format!("`{name}` is drawn from {}, whose rows say how it goes with others", drawn.file);
                    self.error(place, what, "take out the correlation, or draw the other one from the file too");
                    return false;
                }
                Some(Assumption { law, .. }) if law.is_fixed() && self.stands_below(name, place) => {
                    let what = format!("`{name}` is certain, so this correlation does nothing");
                    let cure = "give it a distribution, or remove the correlation";
                    // It stays a member: the other one sees the same numbers as where neither is certain, so that a
                    // what-if that fixes one leaves every path of the other alone.
                    self.problems.push(Problem::warning(place.clone(), what, cure));
                }
                Some(_) => {}
            }
        }
        true
    }

    /// Whether what a correlation names was set in its own layer or in one below: who lays another model or a certain value over
    /// a scenario has nothing to mend in the file below.
    fn stands_below(&self, name: &str, place: &Place) -> bool {
        let region = name.split('.').next().unwrap_or_default();
        let series = name.split('.').take(2).collect::<Vec<_>>().join(".");
        let below = |address: &str, above: &str| address.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'));
        let of = |above: &str| self.assumptions.iter().find(|it| it.address == above || below(&it.address, above));
        let setter = of(name).or_else(|| of(&series)).or_else(|| of(region));
        setter.is_none_or(|it| self.layer_of(&it.set_by) <= Some(self.layer(place.file)))
    }

    fn nothing_named(&mut self, name: &str, place: &Place, all_series: &[String]) {
        let known: Vec<String> =
            self.assumptions.iter().map(|it| it.address.clone()).chain(all_series.iter().cloned()).collect();
        let known = known.iter().map(String::as_str).filter(|known| !known.starts_with("correlations."));
        let cure = match did_you_mean(name, known) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => "name two series, or two assumptions such as us.deals.growth".to_owned(),
        };
        self.error(place, format!("there is no series or assumption `{name}`"), cure);
    }
}

/// Address of a correlation: its two names, those of the lead region first.
pub(super) fn address(names: &[String; 2]) -> String {
    format!("correlations.{}.{}", names[0], names[1])
}

/// The order of rows: by region as `gap` and the scenario name them, by series as they follow from each other, then by name.
pub(super) fn row_order(name: &str, series: &[String]) -> (usize, usize, String) {
    let mut parts = name.split('.');
    let region = parts.next().unwrap_or_default();
    let of_region = |known: &String| known.split('.').next() == Some(region);
    let kind = parts.next().and_then(|word| SeriesKind::ALL.into_iter().position(|kind| kind.name() == word));
    (series.iter().position(of_region).unwrap_or(usize::MAX), kind.unwrap_or(usize::MAX), name.to_owned())
}

/// Whether a name is that of a series of one of the regions, whether the scenario models it or not.
pub(super) fn is_a_series(name: &str, all_series: &[String]) -> bool {
    let Some((region, kind)) = name.split_once('.') else { return false };
    let known = |series: &String| series.split('.').next() == Some(region);
    SeriesKind::ALL.iter().any(|it| it.name() == kind) && all_series.iter().any(known)
}

/// Whether a name is that of a parameter which some growth model of one of these series could have.
fn is_a_parameter(name: &str, all_series: &[String]) -> bool {
    let Some((series, parameter)) = name.rsplit_once('.') else { return false };
    let known =
        |model: &&str| Growth::<()>::parameters(model).is_some_and(|it| it.iter().any(|it| it.name == parameter));
    is_a_series(series, all_series) && Growth::<()>::NAMES.iter().any(known)
}
