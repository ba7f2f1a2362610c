//! Parts of a resolved scenario that are not series: counting, regimes, shocks, events, measurement, money, questions.

use crate::counting::Count;
use crate::event::Effect;
use crate::regime::Start;
use crate::scenario::check::Check;
use crate::scenario::model::{
    Counting, Event, JumpRisk, Measurement, Money, Regimes, Role, Scenario, SeriesKind, Shocks,
};
use crate::scenario::text::{self, Names, Section};
use crate::scenario::tree::{Table, Value};
use crate::shock::{Law, Tail};

impl Scenario {
    pub(super) fn event_section(&self, event: &Event) -> Section {
        let mut table = Table::of([("name", Value::text(event.name.as_str()))]);
        self.add_targets(&mut table, &event.targets);
        let number = |id| self.number_of(id, event.role);
        table.add("year", number(event.year));
        let effect = &event.effect;
        let mut parts = Table::of([(effect.name(), number(*effect.size()))]);
        match effect {
            Effect::Step { over, .. } => parts.add("over", Value::Integer(i64::from(*over))),
            Effect::Pulse { half_life, .. } => parts.add("half-life", number(*half_life)),
            _ => effect.until().into_iter().for_each(|until| parts.add("until", number(*until))),
        }
        table.add("effect", Value::Table(parts));
        for (word, chance) in [("chance", event.chance), ("chance-per-year", event.yearly_chance)] {
            if let Some(chance) = chance {
                table.add(word, number(chance));
            }
        }
        table.add("kind", kind(event.role));
        Section::entry("events", table)
    }

    fn add_targets(&self, table: &mut Table, targets: &[(usize, SeriesKind)]) {
        let mut regions: Vec<&str> = targets.iter().map(|(region, _)| self.regions[*region].name.as_str()).collect();
        regions.dedup();
        let mut kinds: Vec<SeriesKind> = targets.iter().map(|(_, kind)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let kinds: Vec<&str> = kinds.into_iter().map(SeriesKind::name).collect();
        let list = |names: &[&str]| match names {
            [one] => Value::text(*one),
            several => Value::list(several.iter().map(|name| Value::text(*name))),
        };
        table.add("region", list(&regions));
        table.add("series", list(&kinds));
    }

    pub(super) fn jump_section(&self, risk: &JumpRisk) -> Section {
        let mut table = Table::of([("name", Value::text(risk.name.as_str()))]);
        self.add_targets(&mut table, &risk.targets);
        let jump = &risk.jump;
        for (word, id) in [("chance-per-year", jump.chance), ("size", jump.size), ("spread", jump.spread)] {
            table.add(word, self.number_of(id, risk.role));
        }
        table.add("duration", Value::text(jump.duration()));
        table.add("kind", kind(risk.role));
        Section::entry("jumps", table)
    }

    pub(super) fn counting_section(&self, region: &str, counting: &Counting) -> Section {
        let deals = match &counting.count {
            Count::Expected => Value::text("expected"),
            Count::Poisson => Value::text("poisson"),
            Count::NegativeBinomial { dispersion } => {
                Value::Table(Table::of([("negative-binomial", self.number(*dispersion))]))
            }
        };
        let mut table = Table::of([("deals", deals)]);
        if let Some(sizes) = &counting.sizes {
            let given = [("sigma", Some(sizes.sigma)), ("tail-share", sizes.tail_share), ("cap", sizes.cap)];
            let given = given.into_iter().filter_map(|(word, id)| id.map(|id| (word, self.number(id))));
            table.add("sizes", Value::Table(Table::of(given)));
        }
        Section::below([region, "counting"], table)
    }

    pub(super) fn regimes_sections(&self, regimes: &Regimes) -> [Section; 2] {
        let chain = &regimes.chain;
        let start = match chain.start {
            Start::Stationary => "stationary",
            Start::In(state) => chain.states[state].as_str(),
        };
        let states = Value::list(chain.states.iter().map(Value::text));
        let table =
            Table::of([("states", states), ("start", Value::text(start)), ("shared", Value::Truth(regimes.shared))]);
        let rows = chain.states.iter().zip(&chain.moves).filter_map(|(from, row)| {
            let moves = chain.states.iter().zip(row).filter_map(|(to, chance)| Some((to.as_str(), (*chance)?)));
            let moves = Table::of(moves.map(|(to, chance)| (to, self.number(chance))));
            (!moves.entries.is_empty()).then_some((from.as_str(), Value::Table(moves)))
        });
        let transitions = Section::below(["regimes", "transitions"], Table::of(rows));
        [Section::below(["regimes"], table), Section { names: Names::Own, ..transitions }]
    }

    pub(super) fn shocks_sections(&self) -> Vec<Section> {
        let shocks = &self.shocks;
        if *shocks == Shocks::default() {
            return Vec::new();
        }
        let law = match &shocks.law {
            Law::Gaussian => Value::text("gaussian"),
            Law::Contaminated { share, times } => {
                Value::Table(Table::of([("contaminated", self.number(*share)), ("times", self.number(*times))]))
            }
            Law::StudentT { freedom } => Value::Table(Table::of([("student-t", self.number(*freedom))])),
        };
        let mut table = Table::of([("law", law)]);
        if shocks.tail == Tail::Shared {
            table.add("tail", Value::text("shared"));
        }
        let loadings = Table::of(shocks.loadings.iter().map(|(series, id)| (series.as_str(), self.number(*id))));
        if let Some(id) = shocks.correlation.filter(|id| !self.is_drawn(*id)) {
            table.add("correlation", self.number(id));
        }
        let factor = (!loadings.entries.is_empty()).then(|| Section::below(["shocks", "factor"], loadings));
        std::iter::once(Section::below(["shocks"], table)).chain(factor).collect()
    }

    pub(super) fn measurement_section(&self) -> Option<Section> {
        let measurement = &self.measurement;
        // The sources that are sampled stand at the top of the file.
        if (Measurement { sources: None, ..measurement.clone() }).is_off() {
            return None;
        }
        let region = |place: usize| self.regions[place].name.as_str();
        let mut table = Table::default();
        if !measurement.rounding.is_empty() {
            table.add("rounding", self.rounding());
        }
        if let Some(revisions) = &measurement.revisions {
            let common = [("deals", revisions.deals), ("funding", revisions.funding)];
            let own = revisions.regions.iter().map(|(place, id)| (region(*place), *id));
            let parts = common.into_iter().chain(own).map(|(word, id)| (word, self.number(id)));
            table.add("revisions", Value::Table(Table::of(parts)));
        }
        if let Some(id) = measurement.definitions {
            table.add("definitions", self.number(id));
        }
        if !measurement.sampling.is_empty() {
            let parts = measurement.sampling.iter().map(|(place, id)| (region(*place), self.number(*id)));
            table.add("sampling", Value::Table(Table::of(parts)));
        }
        for (word, noise) in
            [("transient", &measurement.transient), ("transient-in-base", &measurement.transient_in_base)]
        {
            let own = noise.iter().filter(|(_, id)| !self.is_drawn(*id));
            let parts = Table::of(own.map(|(place, id)| (region(*place), self.number(*id))));
            if !parts.entries.is_empty() {
                table.add(word, Value::Table(parts));
            }
        }
        if table.entries.is_empty() {
            return None;
        }
        Some(Section::below(["measurement"], table))
    }

    /// The intervals that are not those of the data set, by region and series.
    fn rounding(&self) -> Value {
        let (mut by_region, mut drawn) = (Table::default(), false);
        for (place, kind, id) in &self.measurement.rounding {
            let region = &self.regions[*place].name;
            let figure = self.data.find(region, kind.name(), self.base_year).expect("it has an interval of its own");
            let usual = Check::interval(figure, *kind);
            if self.is_drawn(*id) {
                drawn = true;
                continue;
            }
            let own = self.number(*id);
            if text::value(&Value::Table(usual)) != text::value(&own) {
                by_region.below(region).add(kind.name(), own);
            }
        }
        if by_region.entries.is_empty() && !drawn { Value::Truth(true) } else { Value::Table(by_region) }
    }

    pub(super) fn money_section(&self) -> Option<Section> {
        let money = &self.money;
        if *money == Money::default() {
            return None;
        }
        let mut table = Table::of([("currency", Value::text(money.currency.code()))]);
        match money.exchange_rate.as_slice() {
            [] => {}
            [(_, id)] if self.assumptions[*id].address == "money.exchange-rate" => {
                table.add("exchange-rate", self.number(*id));
            }
            years => {
                let values = years.iter().map(|(year, id)| (year.to_string(), self.number(*id)));
                table.add("exchange-rate", Value::Table(Table::of(values)));
            }
        }
        if let Some(year) = money.prices {
            table.add("prices", Value::Integer(i64::from(year)));
        }
        if let Some(inflation) = &money.inflation {
            table.add("inflation", self.quantity(inflation));
        }
        Some(Section::below(["money"], table))
    }

    pub(super) fn inquiry_sections(&self) -> Vec<Section> {
        let inquiry = |name: &str, that: &str| Table::of([("name", Value::text(name)), ("that", Value::text(that))]);
        let questions = self.questions.iter();
        let questions = questions.map(|it| {
            let mut table = inquiry(&it.name, &it.that.text);
            table.add_words(&it.why, &None);
            Section::entry("questions", table)
        });
        let checks = self.checks.iter().map(|it| {
            let mut table = inquiry(&it.name, &it.that.text);
            table.add("severity", Value::text(it.severity.name()));
            table.add("allow", Value::Text(format!("{}%", it.allow * 100.0)));
            table.add_words(&it.why, &it.source);
            Section::entry("checks", table)
        });
        questions.chain(checks).collect()
    }
}

fn kind(role: Role) -> Value {
    Value::text(Check::word_of(role))
}
