//! How a scenario sets each of its inputs, in words, with who set it and why.

use crate::scenario::model::{
    AssumptionId, CompanionSeries, Counting, Event, JumpRisk, Numbered, Origin, Quantity, Scenario, Series, SeriesKind,
};

use super::part::{What, parameters};

/// How a scenario sets an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The value in words.
    pub value: String,
    /// File or flag that set it.
    pub set_by: Origin,
    /// Reason that its author gives.
    pub why: Option<String>,
    /// The figure it rests on.
    pub source: Option<String>,
}

impl Scenario {
    /// A parameter with all its dated values, in words.
    pub(super) fn setting(&self, quantity: &Quantity) -> Setting {
        let first = &self.assumptions[quantity.first];
        let mut value = first.value.clone();
        for (year, id) in &quantity.changes {
            value += &format!(", {} from {year}", self.assumptions[*id].value);
        }
        // The last change is the one that the newest layer made.
        let last = quantity.changes.last().map_or(first, |(_, id)| &self.assumptions[*id]);
        Setting { value, set_by: last.set_by.clone(), why: last.why.clone(), source: last.source.clone() }
    }

    pub(super) fn setting_of_model(&self, series: &Series) -> Setting {
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

    pub(super) fn setting_of(&self, event: &Event) -> Setting {
        let effect = event.effect.map(|id| self.assumptions[*id].value.as_str());
        let mut value = effect.in_words(&self.targets_in_words(&event.targets));
        let year = &self.assumptions[event.year];
        // A year that is not certain is drawn on every path.
        let from =
            if year.law.is_fixed() || event.yearly_chance.is_some() { " from " } else { ", beginning in one year: " };
        value += &format!("{from}{}", year.value);
        if let Some(chance) = event.chance {
            value += &format!(", with a chance of {}", self.assumptions[chance].value);
        }
        if let Some(chance) = event.yearly_chance {
            value += &format!(" on, with a chance of {} in every year", self.assumptions[chance].value);
        }
        Setting { value, set_by: year.set_by.clone(), why: year.why.clone(), source: year.source.clone() }
    }

    fn words(&self, id: AssumptionId) -> &str {
        self.assumptions[id].value.as_str()
    }

    pub(super) fn setting_of_jump(&self, risk: &JumpRisk) -> Setting {
        let targets = self.targets_in_words(&risk.targets);
        let words = risk.jump.map(|id| self.words(*id)).in_words();
        self.setting_from(format!("{targets} {words}"), &risk.assumptions())
    }

    pub(super) fn setting_of_counting(&self, counting: &Counting) -> Option<Setting> {
        let mut words = counting.count.map(|id| self.words(*id)).in_words();
        if let Some(sizes) = &counting.sizes {
            words += &format!(", {}", sizes.map(|id| self.words(*id)).in_words());
        }
        Some(self.setting_from(words, &counting.assumptions()))
    }

    /// Figures and growth of everything that a region's funding is divided by; none if it is divided by nothing.
    pub(super) fn setting_of_companions(&self, companions: &Vec<CompanionSeries>) -> Option<Setting> {
        let words = companions.iter().map(|it| {
            let growth = self.setting(&it.growth).value;
            format!("{} {}, growth {growth}", it.companion.in_words(), self.words(it.figure))
        });
        let words = words.collect::<Vec<_>>().join("; ");
        (!companions.is_empty()).then(|| self.setting_from(words, &companions.assumptions()))
    }

    pub(super) fn setting_of_part(&self, what: &What) -> Option<Setting> {
        match what {
            What::Shocks => {
                let mut words = self.shocks.law.map(|id| self.words(*id)).in_words(self.shocks.tail);
                if let Some(id) = self.shocks.correlation {
                    words += &format!(", correlation {}", self.words(id));
                }
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

    fn targets_in_words(&self, targets: &[(usize, SeriesKind)]) -> String {
        let names = targets.iter().map(|(region, kind)| format!("{}.{}", self.regions[*region].name, kind.name()));
        names.collect::<Vec<_>>().join(" and ")
    }
}
