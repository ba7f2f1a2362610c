//! The resolved scenario: everything that was merged, in canonical order, as sections that read as the same scenario.

mod parts;
mod settings;

use super::model::{
    Assumption, AssumptionId, CompanionSeries, JointDraws, Quantity, Role, Scenario, Series, WrittenPair,
};
use super::sources::USUAL_WHY;
use super::text::{self, Names, Section};
use super::tree::{Node, Table, Value};
use crate::growth::Growth;

impl Scenario {
    /// The scenario as TOML: what a run folder keeps and a manifest hashes.
    ///
    /// It does not depend on the order of the files it came from, nor on whether a value was set in a file or on
    /// the command line.
    #[must_use]
    pub fn resolved_toml(&self) -> String {
        text::file(&self.sections())
    }

    /// The scenario as the tree that its file would be read into; its values stand nowhere.
    pub(super) fn tree(&self) -> Table {
        let mut tree = Table::default();
        for section in self.sections() {
            let mut table = &mut tree;
            let (last, above) =
                section.heading.split_last().map_or((None, &[][..]), |(last, above)| (Some(last), above));
            for name in above {
                table = table.below(name);
            }
            match last {
                None => table.entries.extend(section.table.entries),
                Some(name) if section.listed => table.list_below(name).push(Node::bare(Value::Table(section.table))),
                Some(name) => table.below(name).entries.extend(section.table.entries),
            }
        }
        tree
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![Section::below([], self.top())];
        for region in &self.regions {
            sections.extend(region.series().map(|series| self.series_section(&region.name, series)));
            let companions = region.companions.iter();
            sections.extend(companions.map(|it| self.companion_section(&region.name, it)));
            sections.extend(region.counting.as_ref().map(|counting| self.counting_section(&region.name, counting)));
        }
        sections.extend(self.draws.iter().map(draws_section));
        sections.extend(self.regimes.iter().flat_map(|regimes| self.regimes_sections(regimes)));
        sections.extend(self.shocks_sections());
        sections.extend(self.pairs.iter().map(|pair| self.pair_section(pair)));
        sections.extend(self.jumps.iter().map(|jump| self.jump_section(jump)));
        sections.extend(self.events.iter().map(|event| self.event_section(event)));
        sections.extend(self.measurement_section());
        sections.extend(self.money_section());
        sections.extend(self.inquiry_sections());
        sections
    }

    fn top(&self) -> Table {
        let name = |region: usize| Value::text(self.regions[region].name.as_str());
        let mut top = Table::of([
            ("title", Value::text(self.title.as_str())),
            ("summary", Value::text(self.summary.as_str())),
            ("horizon", Value::Integer(i64::from(self.horizon))),
            ("data", Value::text(self.data.name.as_str())),
        ]);
        if let Some(sources) = &self.measurement.sources {
            let names = Value::list(sources.names.iter().map(Value::text));
            let pick = &self.assumptions[sources.pick];
            let as_usual = pick.written.entries.len() == 1 && pick.why.as_deref() == Some(USUAL_WHY);
            top.add("source", if as_usual { names } else { self.number(sources.pick) });
        } else if let Some(source) = &self.source {
            top.add("source", Value::text(source.as_str()));
        }
        let of_gap = [self.gap.lead, self.gap.follow].map(|place| self.regions[place].name.as_str());
        if self.data.last_year(&of_gap) != Some(self.base_year) {
            top.add("base-year", Value::Integer(i64::from(self.base_year)));
        }
        top.add("gap", Value::list([name(self.gap.lead), name(self.gap.follow)]));
        top
    }

    fn series_section(&self, region: &str, series: &Series) -> Section {
        let mut table = Table::of([("model", Value::text(series.growth.name()))]);
        let mut names = Names::None;
        match (&series.growth, &self.regimes) {
            (Growth::Path(path), _) => {
                let levels = path.levels.iter().map(|(year, level)| (year.to_string(), self.quantity(level)));
                table.add("levels", Value::Table(Table::of(levels)));
            }
            (Growth::Regime(regime), Some(regimes)) => {
                names = Names::Inner;
                for (place, word) in ["growth", "volatility"].into_iter().enumerate() {
                    let by_state = regimes.chain.states.iter().zip(&regime.states);
                    let values = by_state.map(|(state, numbers)| (state.as_str(), self.quantity(&numbers[place])));
                    table.add(word, Value::Table(Table::of(values)));
                }
            }
            _ => {
                let _ = series.growth.map(|quantity| {
                    if self.is_drawn(quantity.first) {
                        return;
                    }
                    let address = &self.assumptions[quantity.first].address;
                    table.add(address.rsplit('.').next().unwrap_or(address), self.quantity(quantity));
                });
            }
        }
        Section { names, ..Section::below([region, series.kind.name()], table) }
    }

    fn companion_section(&self, region: &str, companion: &CompanionSeries) -> Section {
        let growth = self.quantity(&companion.growth);
        let table = Table::of([("figure", self.number(companion.figure)), ("growth", growth)]);
        Section::below([region, companion.companion.name()], table)
    }

    /// Whether rows of a file hold an assumption, which then stands nowhere else.
    fn is_drawn(&self, id: AssumptionId) -> bool {
        self.assumptions[id].drawn.is_some()
    }

    fn quantity(&self, quantity: &Quantity) -> Value {
        let first = self.number(quantity.first);
        if quantity.changes.is_empty() {
            return first;
        }
        let later = quantity.changes.iter().map(|(year, id)| {
            let mut dated = Table::of([("from", Value::Integer(i64::from(*year)))]);
            dated.entries.extend(words_of(&self.assumptions[*id], Role::Assumption).entries);
            Value::Table(dated)
        });
        Value::list(std::iter::once(first).chain(later))
    }

    fn number(&self, id: AssumptionId) -> Value {
        self.number_of(id, Role::Assumption)
    }

    /// A number that is part of something of a role, which it shares if it says nothing else.
    fn number_of(&self, id: AssumptionId, whole: Role) -> Value {
        Value::Table(words_of(&self.assumptions[id], whole))
    }

    /// A correlation: its number by itself where it is certain, with reason and source beside it.
    fn pair_section(&self, pair: &WrittenPair) -> Section {
        let between = Value::list(pair.between.iter().map(Value::text));
        let assumption = &self.assumptions[pair.rho];
        let (why, source) = (assumption.why.clone(), assumption.source.clone());
        let rho = words_of(&Assumption { why: None, source: None, ..assumption.clone() }, Role::Assumption);
        let rho = match rho.entries.as_slice() {
            [only] if only.key == "value" => only.node.value.clone(),
            _ => Value::Table(rho),
        };
        let mut table = Table::of([("between", between), ("rho", rho)]);
        table.add_words(&why, &source);
        Section::entry("correlations", table)
    }
}

/// An assumption as an inline table with its kind, reason and source.
fn words_of(assumption: &Assumption, whole: Role) -> Table {
    let mut table = assumption.written.clone();
    match (assumption.role, whole) {
        (Role::Lever, _) => table.add("kind", Value::text("decision")),
        (Role::Assumption, Role::Lever) => table.add("kind", Value::text("circumstance")),
        (Role::Assumption, Role::Assumption) => {}
    }
    table.add_words(&assumption.why, &assumption.source);
    table
}

/// Draws as a run folder keeps them: the file beside the scenario, in a folder of its own.
fn draws_section(draws: &JointDraws) -> Section {
    let of = Value::list(draws.of.iter().map(Value::text));
    let mut table = Table::of([("file", Value::text(format!("draws/{}", draws.file))), ("of", of)]);
    table.add_words(&draws.why, &draws.source);
    Section::entry("draws", table)
}
