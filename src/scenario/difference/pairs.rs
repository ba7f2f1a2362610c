//! Correlations that differ between two scenarios: exchanged one by one where every mixture of both is possible, else together.

use std::collections::{BTreeMap, BTreeSet};

use crate::scenario::correlation::is_a_series;
use crate::scenario::mixing::{of_factor, rows};
use crate::scenario::model::{Mixing, MixingEntry, Of, Origin, Role, Scenario, WrittenPair, ends};

use super::part::What;
use super::{Difference, Setting};

impl Scenario {
    /// Adds the correlations that differ.
    pub(super) fn correlation_differences(&self, what_if: &Self, found: &mut Vec<Difference>) {
        let mut compare = |address: String, base: Option<Setting>, other: Option<Setting>, what: What| {
            let values = |setting: &Option<Setting>| setting.as_ref().map(|setting| setting.value.clone());
            if values(&base) != values(&other) {
                found.push(Difference { address, base, what_if: other, role: Role::Assumption, what });
            }
        };
        for of in [Of::Normals, Of::Ranks] {
            if self.exchanges_pairs(what_if, of) {
                let own = |scenario: &Self, address: &String| {
                    let pair = scenario.pairs_of(of).find(|it| scenario.address_of(it) == address)?;
                    Some(scenario.setting_of_pair(pair))
                };
                for address in self.addresses_of_pairs(what_if, of) {
                    let (base, other) = (own(self, &address), own(what_if, &address));
                    compare(address.clone(), base, other, What::Pair(address));
                }
            } else {
                let (address, what) = match of {
                    Of::Normals => ("correlations of shocks", What::ShockCorrelations),
                    Of::Ranks => ("correlations of assumptions", What::AssumptionCorrelations),
                };
                let all = |scenario: &Self| {
                    let value = scenario.pairs_in_words(of);
                    Some(Setting { value, set_by: Origin::nowhere(), why: None, source: None })
                };
                compare(address.to_owned(), all(self), all(what_if), what);
            }
        }
    }

    /// Whether correlations can be taken over one by one: whether every mixture of those of both scenarios is possible.
    pub(super) fn exchanges_pairs(&self, what_if: &Self, of: Of) -> bool {
        let addresses: Vec<String> = self.addresses_of_pairs(what_if, of).into_iter().collect();
        let series: BTreeSet<String> = self.series().chain(what_if.series()).map(|it| it.address.clone()).collect();
        let mut series: Vec<String> = series.into_iter().collect();
        // Regions in the order of this scenario, then those that only the other one has.
        let place = |name: &String| {
            let of_region = |region: &str| name.split('.').next() == Some(region);
            self.regions.iter().position(|it| of_region(&it.name)).unwrap_or(usize::MAX)
        };
        series.sort_by_key(|name| (place(name), name.clone()));
        let both = [self, what_if];
        let names = both
            .iter()
            .flat_map(|it| it.mixing(of).rows().to_vec())
            .chain(both.iter().flat_map(|it| it.pairs_of(of).flat_map(|pair| pair.between.clone())));
        let rows = rows(names.collect(), &series, &|_| true);
        let pairs: BTreeMap<&String, &WrittenPair> =
            both.iter().flat_map(|it| it.pairs_of(of).map(move |pair| (it.address_of(pair), pair))).collect();
        let row = |name: &String| rows.iter().position(|known| known == name).expect("rows are of all names");
        let entries: Vec<MixingEntry> = addresses
            .iter()
            .enumerate()
            .map(|(rho, address)| {
                let [row, column] = pairs[address].between.each_ref().map(row);
                MixingEntry { row, column, rho }
            })
            .collect();
        let starts = both.map(|it| match of {
            Of::Normals => of_factor(&rows, &|row| {
                let found = it.shocks.loadings.iter().find(|(known, _)| known == row);
                found.map(|(_, id)| it.assumptions[*id].law.median())
            }),
            Of::Ranks => of_factor(&rows, &|_| None),
        });
        let size = rows.len();
        let between = |id: usize| {
            let own = both.iter().zip(&starts).map(|(scenario, start)| {
                let pair = scenario.pairs_of(of).find(|it| *scenario.address_of(it) == addresses[id]);
                let usual = start[entries[id].row * size + entries[id].column];
                pair.map_or((usual, usual), |pair| ends(&scenario.assumptions[pair.rho].law))
            });
            own.fold((1.0, -1.0), |(low, high): (f64, f64), (own_low, own_high)| (low.min(own_low), high.max(own_high)))
        };
        let possible = |start: &Vec<f64>| {
            Mixing::new(rows.clone(), of, start.clone(), entries.clone(), &|id| between(id).0)
                .contradiction(&between)
                .is_none()
        };
        starts.iter().all(possible)
    }

    /// One of the two mixings.
    pub(super) fn mixing(&self, of: Of) -> &Mixing {
        match of {
            Of::Normals => &self.shock_mixing,
            Of::Ranks => &self.copula,
        }
    }

    /// Correlations of shocks, or of assumptions.
    pub(super) fn pairs_of(&self, of: Of) -> impl Iterator<Item = &WrittenPair> {
        let series: Vec<String> = self.series().map(|it| it.address.clone()).collect();
        let is_of_shocks = move |pair: &&WrittenPair| pair.between.iter().all(|name| is_a_series(name, &series));
        self.pairs.iter().filter(move |pair| is_of_shocks(pair) == (of == Of::Normals))
    }

    /// Address of a correlation of this scenario.
    pub(super) fn address_of(&self, pair: &WrittenPair) -> &String {
        &self.assumptions[pair.rho].address
    }

    fn addresses_of_pairs(&self, what_if: &Self, of: Of) -> BTreeSet<String> {
        let of_one = |it: &Self| it.pairs_of(of).map(|pair| it.address_of(pair).clone()).collect::<Vec<_>>();
        [self, what_if].into_iter().flat_map(of_one).collect()
    }

    fn setting_of_pair(&self, pair: &WrittenPair) -> Setting {
        let rho = &self.assumptions[pair.rho];
        let (why, source) = (rho.why.clone(), rho.source.clone());
        Setting { value: rho.value.clone(), set_by: rho.set_by.clone(), why, source }
    }

    /// Every correlation, in words.
    fn pairs_in_words(&self, of: Of) -> String {
        let one = |pair: &WrittenPair| {
            format!("{} and {}: {}", pair.between[0], pair.between[1], self.assumptions[pair.rho].value)
        };
        let all: Vec<String> = self.pairs_of(of).map(one).collect();
        if all.is_empty() { "none".to_owned() } else { all.join("; ") }
    }
}
