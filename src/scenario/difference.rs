//! What differs between two scenarios, and the scenarios in between that take only some of the differences.

mod hybrid;
mod pairs;
mod part;
mod settings;

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Role, Scenario, Series};
use hybrid::Hybrid;
use part::{What, same_parameters};

pub use settings::Setting;

/// One input that differs between a base scenario and a what-if.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Address of a parameter (`china.deals.growth`), a whole model (`china.deals`), an event
    /// (`events.state-ai-fund`), or a correlation (`correlations.us.deals.china.deals`).
    pub address: String,
    /// What the base has; `None` if it lacks the input.
    pub base: Option<Setting>,
    /// What the what-if has; `None` if it lacks the input.
    pub what_if: Option<Setting>,
    /// A lever if a decision sets it, in either scenario.
    pub role: Role,
    what: What,
}

impl Difference {
    /// What is exchanged when this difference is taken over: its address, or the name of the whole that it can only be
    /// exchanged with.
    #[must_use]
    pub fn exchanged_as(&self) -> String {
        if self.what == What::Regimes { "regimes".to_owned() } else { self.address.clone() }
    }
}

/// What two scenarios do not share, and no input can exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// `horizon`, `data`, `source`, `figures`, or `regions`.
    pub what: &'static str,
    /// What the base has; of regions, those that the other lacks.
    pub base: String,
    /// What the what-if has.
    pub what_if: String,
}

impl Scenario {
    /// Everything that differs between this scenario and a what-if, by address.
    ///
    /// Horizon, data set and regions are not inputs that can be exchanged one by one; see
    /// [`Scenario::comparable_with`].
    #[must_use]
    pub fn differences(&self, what_if: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        for base in self.series() {
            if let Some(other) = what_if.series().find(|series| series.address == base.address) {
                self.series_differences(base, what_if, other, &mut found);
            }
        }
        let names = self.events.iter().chain(&what_if.events).map(|event| event.address.as_str());
        for address in names.collect::<BTreeSet<_>>() {
            let (base, other) = (self.event(address), what_if.event(address));
            let (base_set, other_set) = (base.map(|it| self.setting_of(it)), other.map(|it| what_if.setting_of(it)));
            let values = |setting: &Option<Setting>| setting.as_ref().map(|setting| setting.value.clone());
            if values(&base_set) != values(&other_set) {
                let lever = [base, other].into_iter().flatten().any(|event| event.role == Role::Lever);
                let role = if lever { Role::Lever } else { Role::Assumption };
                let what = What::Event(address.to_owned());
                found.push(Difference { address: address.to_owned(), base: base_set, what_if: other_set, role, what });
            }
        }
        self.correlation_differences(what_if, &mut found);
        self.process_differences(what_if, &mut found);
        found.sort_by(|a, b| a.address.cmp(&b.address));
        found
    }

    /// What is compared to a common part, or not at all: horizon, data set, source of the figures, the figures themselves,
    /// regions.
    #[must_use]
    pub fn apart(&self, what_if: &Self) -> Vec<Apart> {
        let source = |scenario: &Self| scenario.source.clone().unwrap_or_else(|| "the data set’s own".to_owned());
        let lonely = |own: &Self, other: &Self| {
            let known = |name: &String| other.regions.iter().any(|region| region.name == *name);
            let names = own.regions.iter().map(|region| region.name.clone()).filter(|name| !known(name));
            names.collect::<Vec<String>>().join(", ")
        };
        let of_gap = [self.gap.lead, self.gap.follow].map(|place| self.regions[place].name.as_str());
        // Another source has other figures, and its name says so.
        let figures = self.data.differing(&what_if.data, &of_gap).filter(|_| self.source == what_if.source);
        let [figures, other_figures] = figures.unwrap_or_default();
        let pairs = [
            ("horizon", self.horizon.to_string(), what_if.horizon.to_string()),
            ("data", self.data.name.clone(), what_if.data.name.clone()),
            ("source", source(self), source(what_if)),
            ("figures", figures, other_figures),
            ("regions", lonely(self, what_if), lonely(what_if, self)),
        ];
        let differing = pairs.into_iter().filter(|(_, base, what_if)| base != what_if);
        differing.map(|(what, base, what_if)| Apart { what, base, what_if }).collect()
    }

    /// Why the paths of two scenarios cannot be held against each other year by year; `None` if they can.
    #[must_use]
    pub fn comparable_with(&self, what_if: &Self) -> Option<String> {
        let names = |scenario: &Self| -> Vec<String> {
            [scenario.gap.lead, scenario.gap.follow].map(|region| scenario.regions[region].name.clone()).to_vec()
        };
        if names(self) != names(what_if) {
            return Some(format!(
                "{} holds {} against {}, and {} holds {} against {}",
                self.name,
                names(self)[0],
                names(self)[1],
                what_if.name,
                names(what_if)[0],
                names(what_if)[1]
            ));
        }
        (self.base_year != what_if.base_year).then(|| {
            format!(
                "{} starts from {} and {} from {}; `aigap update` splits what a new edition changes into revision, news and \
                 learning",
                self.name, self.base_year, what_if.name, what_if.base_year
            )
        })
    }

    /// This scenario with some of its differences from a what-if taken over.
    ///
    /// With none it is this scenario, with all of them the what-if's inputs on this scenario's data and horizon.
    #[must_use]
    pub fn with(&self, what_if: &Self, taken: &[&Difference]) -> Self {
        let taken: BTreeSet<&What> = taken.iter().map(|difference| &difference.what).collect();
        Hybrid { base: self, what_if, taken, assumptions: BTreeMap::new() }.build()
    }

    /// Differences in what a scenario may say besides growth and events.
    fn process_differences(&self, what_if: &Self, found: &mut Vec<Difference>) {
        let mut compare = |address: String, base: Option<Setting>, other: Option<Setting>, role: Role, what: What| {
            let values = |setting: &Option<Setting>| setting.as_ref().map(|setting| setting.value.clone());
            if values(&base) != values(&other) {
                found.push(Difference { address, base, what_if: other, role, what });
            }
        };
        let names = self.jumps.iter().chain(&what_if.jumps).map(|jump| jump.address.as_str());
        for address in names.collect::<BTreeSet<_>>() {
            let of = |scenario: &Self| {
                let jump = scenario.jumps.iter().find(|jump| jump.address == address)?;
                Some((scenario.setting_of_jump(jump), jump.role))
            };
            let (base, other) = (of(self), of(what_if));
            let lever = [&base, &other].into_iter().flatten().any(|(_, role)| *role == Role::Lever);
            let role = if lever { Role::Lever } else { Role::Assumption };
            let what = What::Jump(address.to_owned());
            compare(address.to_owned(), base.map(|it| it.0), other.map(|it| it.0), role, what);
        }
        for region in &self.regions {
            let of = |scenario: &Self| {
                let region = scenario.regions.iter().find(|known| known.name == region.name)?;
                scenario.setting_of_counting(region.counting.as_ref()?)
            };
            let address = format!("{}.counting", region.name);
            compare(address, of(self), of(what_if), Role::Assumption, What::Counting(region.name.clone()));
        }
        for region in &self.regions {
            let of = |scenario: &Self| {
                let region = scenario.regions.iter().find(|known| known.name == region.name)?;
                scenario.setting_of_companions(&region.companions)
            };
            let address = format!("{}.companions", region.name);
            compare(address, of(self), of(what_if), Role::Assumption, What::Companions(region.name.clone()));
        }
        let parts = [
            ("shocks", What::Shocks),
            ("regimes", What::Regimes),
            ("measurement", What::Measurement),
            ("money", What::Money),
        ];
        for (address, what) in parts {
            let of = |scenario: &Self| scenario.setting_of_part(&what);
            compare(address.to_owned(), of(self), of(what_if), Role::Assumption, what.clone());
        }
    }

    fn series_differences(&self, base: &Series, what_if: &Self, other: &Series, found: &mut Vec<Difference>) {
        let whole = |what: What| Difference {
            address: base.address.clone(),
            base: Some(self.setting_of_model(base)),
            what_if: Some(what_if.setting_of_model(other)),
            role: Role::Assumption,
            what,
        };
        if self.hangs_on_the_chain(what_if, base, other) {
            found.push(whole(What::Regimes));
            return;
        }
        let Some(pairs) = same_parameters(base, other) else {
            found.push(whole(What::Series(base.address.clone())));
            return;
        };
        for (place, (own, theirs)) in pairs.into_iter().enumerate() {
            let (base_set, other_set) = (self.setting(own), what_if.setting(theirs));
            if base_set.value == other_set.value {
                continue;
            }
            let lever = self.assumptions[own.first].role == Role::Lever
                || what_if.assumptions[theirs.first].role == Role::Lever;
            found.push(Difference {
                address: self.assumptions[own.first].address.clone(),
                base: Some(base_set),
                what_if: Some(other_set),
                role: if lever { Role::Lever } else { Role::Assumption },
                what: What::Parameter(base.address.clone(), place),
            });
        }
    }
}
