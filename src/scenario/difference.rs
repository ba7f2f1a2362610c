//! What differs between two scenarios, and the scenarios in between that take only some of the differences.

mod hybrid;

use std::collections::{BTreeMap, BTreeSet};

use crate::growth::Growth;

use super::model::{AssumptionId, Event, JumpRisk, Numbered, Origin, Quantity, Role, Scenario, Series};
use hybrid::Hybrid;

/// One input that differs between a base scenario and a what-if.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Address of a parameter (`china.deals.growth`), a whole model (`china.deals`), an event
    /// (`events.state-ai-fund`), or `correlations`.
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
    /// `horizon`, `data`, `source`, or `regions`.
    pub what: &'static str,
    /// What the base has; of regions, those that the other lacks.
    pub base: String,
    /// What the what-if has.
    pub what_if: String,
}

/// How a scenario sets an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The value in words.
    pub value: String,
    /// Who set it.
    pub set_by: Origin,
    /// Why.
    pub why: Option<String>,
    /// The figure it rests on.
    pub source: Option<String>,
}

/// The part of a scenario that a difference exchanges.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// A parameter of a series whose model is the same in both: address of the series, place among its parameters.
    Parameter(String, usize),
    /// A series whole, because the models differ.
    Series(String),
    /// An event, by address.
    Event(String),
    /// The correlations of shocks.
    ShockCorrelations,
    /// The correlations of assumptions.
    AssumptionCorrelations,
    /// The law of shocks and the loadings of their factor.
    Shocks,
    /// The chain, and every series that follows it in either scenario and cannot follow the other's.
    Regimes,
    /// A jump, by address.
    Jump(String),
    /// The counting of a region, by name.
    Counting(String),
    /// What is unknown about the figures.
    Measurement,
    /// What amounts are shown in.
    Money,
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

    /// What is compared to a common part, or not at all: horizon, data set, source of the figures, regions.
    #[must_use]
    pub fn apart(&self, what_if: &Self) -> Vec<Apart> {
        let source = |scenario: &Self| scenario.source.clone().unwrap_or_else(|| "the data set’s own".to_owned());
        let lonely = |own: &Self, other: &Self| {
            let known = |name: &String| other.regions.iter().any(|region| region.name == *name);
            let names = own.regions.iter().map(|region| region.name.clone()).filter(|name| !known(name));
            names.collect::<Vec<String>>().join(", ")
        };
        let pairs = [
            ("horizon", self.horizon.to_string(), what_if.horizon.to_string()),
            ("data", self.data.name.clone(), what_if.data.name.clone()),
            ("source", source(self), source(what_if)),
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
            format!("{} starts from {} and {} from {}", self.name, self.base_year, what_if.name, what_if.base_year)
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

    /// A setting made of words and of the assumptions that stand behind them.
    fn setting_from(&self, value: String, ids: &[AssumptionId]) -> Setting {
        let first = ids.first().map(|id| &self.assumptions[*id]);
        Setting {
            value,
            set_by: first.map_or_else(Origin::nowhere, |it| it.set_by.clone()),
            why: first.and_then(|it| it.why.clone()),
            source: first.and_then(|it| it.source.clone()),
        }
    }

    fn words(&self, id: AssumptionId) -> &str {
        self.assumptions[id].value.as_str()
    }

    fn setting_of_jump(&self, risk: &JumpRisk) -> Setting {
        let targets = self.targets_in_words(&risk.targets);
        let words = risk.jump.map(|id| self.words(*id)).in_words();
        self.setting_from(format!("{targets} {words}"), &risk.assumptions())
    }

    fn setting_of_counting(&self, counting: &super::model::Counting) -> Option<Setting> {
        let mut words = counting.count.map(|id| self.words(*id)).in_words();
        if let Some(sizes) = &counting.sizes {
            words += &format!(", {}", sizes.map(|id| self.words(*id)).in_words());
        }
        Some(self.setting_from(words, &counting.assumptions()))
    }

    fn setting_of_part(&self, what: &What) -> Option<Setting> {
        match what {
            What::Shocks => {
                let mut words = self.shocks.law.map(|id| self.words(*id)).in_words(self.shocks.tail);
                for (series, id) in &self.shocks.loadings {
                    words += &format!(", {series} loads {}", self.words(*id));
                }
                Some(self.setting_from(words, &self.shocks.assumptions()))
            }
            What::Regimes => {
                let regimes = self.regimes.as_ref()?;
                let words = regimes.chain.map(|id| self.words(*id)).in_words(regimes.shared);
                Some(self.setting_from(words, &regimes.assumptions()))
            }
            What::Measurement if !self.measurement.is_off() => {
                let ids = self.measurement.assumptions();
                let words: Vec<String> = ids
                    .iter()
                    .map(|id| {
                        let assumption = &self.assumptions[*id];
                        let address = assumption.address.trim_start_matches("measurement.");
                        format!("{address} {}", assumption.value)
                    })
                    .collect();
                Some(self.setting_from(words.join(", "), &ids))
            }
            What::Money if !self.money.is_plain() => {
                let ids = self.money.assumptions();
                let prices = self.money.prices.map_or("nominal".to_owned(), |year| format!("prices of {year}"));
                let mut words = format!("{}, {prices}", self.money.currency.code());
                for id in &ids {
                    let assumption = &self.assumptions[*id];
                    words += &format!(", {} {}", assumption.address.trim_start_matches("money."), assumption.value);
                }
                Some(self.setting_from(words, &ids))
            }
            _ => None,
        }
    }

    fn targets_in_words(&self, targets: &[(usize, super::model::SeriesKind)]) -> String {
        let names = targets.iter().map(|(region, kind)| format!("{}.{}", self.regions[*region].name, kind.name()));
        names.collect::<Vec<_>>().join(" and ")
    }

    /// Whether a series cannot be exchanged without the chain it follows.
    fn hangs_on_the_chain(&self, what_if: &Self, base: &Series, other: &Series) -> bool {
        let follows = |series: &Series| matches!(series.growth, Growth::Regime(_));
        let states = |scenario: &Self| scenario.regimes.as_ref().map(|regimes| regimes.chain.states.clone());
        (follows(base) || follows(other)) && (follows(base) != follows(other) || states(self) != states(what_if))
    }

    fn event(&self, address: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.address == address)
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

    fn correlation_differences(&self, what_if: &Self, found: &mut Vec<Difference>) {
        let mut compare = |address: &str, base: String, other: String, what: What| {
            if base != other {
                let setting = |value: String| Setting { value, set_by: Origin::nowhere(), why: None, source: None };
                let (base, what_if) = (Some(setting(base)), Some(setting(other)));
                found.push(Difference { address: address.to_owned(), base, what_if, role: Role::Assumption, what });
            }
        };
        compare(
            "correlations of shocks",
            self.shock_correlations.in_words(&addresses_of_shocks(self)),
            what_if.shock_correlations.in_words(&addresses_of_shocks(what_if)),
            What::ShockCorrelations,
        );
        compare(
            "correlations of assumptions",
            self.assumption_correlations.1.as_ranks().in_words(&addresses_of_copula(self)),
            what_if.assumption_correlations.1.as_ranks().in_words(&addresses_of_copula(what_if)),
            What::AssumptionCorrelations,
        );
    }

    /// A parameter with all its dated values, in words.
    fn setting(&self, quantity: &Quantity) -> Setting {
        let first = &self.assumptions[quantity.first];
        let mut value = first.value.clone();
        for (year, id) in &quantity.changes {
            value += &format!(", {} from {year}", self.assumptions[*id].value);
        }
        // The last change is the one that the newest layer made.
        let last = quantity.changes.last().map_or(first, |(_, id)| &self.assumptions[*id]);
        Setting { value, set_by: last.set_by.clone(), why: last.why.clone(), source: last.source.clone() }
    }

    fn setting_of_model(&self, series: &Series) -> Setting {
        let mut value = format!("model {}", series.growth.name());
        let mut first: Option<Origin> = None;
        for quantity in parameters(&series.growth) {
            let setting = self.setting(quantity);
            let address = &self.assumptions[quantity.first].address;
            // What stands behind the series' own address: `volatility`, `growth boom`.
            let name = address.strip_prefix(&format!("{}.", series.address)).unwrap_or(address).replace('.', " ");
            value += &format!(", {name} {}", setting.value);
            first.get_or_insert(setting.set_by);
        }
        Setting { value, set_by: first.unwrap_or_else(Origin::nowhere), why: None, source: None }
    }

    fn setting_of(&self, event: &Event) -> Setting {
        let mut value = self.targets_in_words(&event.targets);
        value += &format!(" {}", event.effect.map(|id| self.assumptions[*id].value.as_str()).in_words());
        value += &format!(" in {}", self.assumptions[event.year].value);
        if let Some(chance) = event.chance {
            value += &format!(", chance {}", self.assumptions[chance].value);
        }
        if let Some(chance) = event.yearly_chance {
            value += &format!(" or later, chance {} a year", self.assumptions[chance].value);
        }
        let year = &self.assumptions[event.year];
        Setting { value, set_by: year.set_by.clone(), why: year.why.clone(), source: year.source.clone() }
    }
}

fn addresses_of_shocks(scenario: &Scenario) -> Vec<String> {
    scenario.shocked_series().map(|series| series.address.clone()).collect()
}

fn addresses_of_copula(scenario: &Scenario) -> Vec<String> {
    scenario.assumption_correlations.0.iter().map(|id| scenario.assumptions[*id].address.clone()).collect()
}

/// Parameters of a model in their order.
fn parameters(growth: &Growth<Quantity>) -> Vec<&Quantity> {
    let mut found = Vec::new();
    growth.map(|quantity| found.push(quantity));
    found
}

/// Pairs of parameters of two series with the same model; `None` if the models differ.
fn same_parameters<'a>(base: &'a Series, other: &'a Series) -> Option<Vec<(&'a Quantity, &'a Quantity)>> {
    let same_years = match (&base.growth, &other.growth) {
        (Growth::Path(a), Growth::Path(b)) => {
            a.levels.iter().map(|(year, _)| year).eq(b.levels.iter().map(|(year, _)| year))
        }
        (Growth::Regime(a), Growth::Regime(b)) => a.states.len() == b.states.len(),
        (a, b) => a.name() == b.name(),
    };
    same_years.then(|| parameters(&base.growth).into_iter().zip(parameters(&other.growth)).collect())
}
