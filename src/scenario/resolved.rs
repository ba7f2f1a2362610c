//! The resolved scenario: everything that was merged, in canonical order, as a file that parses to the same scenario.

use std::fmt::Write;

use crate::counting::Count;
use crate::event::Effect;
use crate::growth::Growth;
use crate::regime::Start;
use crate::shock::{Law, Tail};

use super::check::Check;
use super::model::{
    Assumption, AssumptionId, Counting, Event, JumpRisk, Measurement, Money, Origin, Quantity, Regimes, Region,
    Scenario, Series, SeriesKind, Shocks, WrittenPair,
};

impl Scenario {
    /// The scenario as TOML: what a run folder keeps and a manifest hashes.
    ///
    /// It does not depend on the order of the files it came from, nor on whether a value was set in a file or on
    /// the command line.
    #[must_use]
    pub fn resolved_toml(&self) -> String {
        let mut text = String::new();
        let name = |region: usize| text_of(&self.regions[region].name);
        let _ = writeln!(text, "title = {}", text_of(&self.title));
        let _ = writeln!(text, "summary = {}", text_of(&self.summary));
        let _ = writeln!(text, "horizon = {}", self.horizon);
        let _ = writeln!(text, "data = {}", text_of(&self.data.name));
        if let Some(sources) = &self.measurement.sources {
            let names: Vec<String> = sources.names.iter().map(|name| text_of(name)).collect();
            let _ = writeln!(text, "source = [{}]", names.join(", "));
        } else if let Some(source) = &self.source {
            let _ = writeln!(text, "source = {}", text_of(source));
        }
        let _ = writeln!(text, "gap = [{}, {}]", name(self.gap.lead), name(self.gap.follow));
        for region in &self.regions {
            region.series().for_each(|series| self.write_series(&mut text, series));
            if let Some(counting) = &region.counting {
                self.write_counting(&mut text, region, counting);
            }
        }
        if let Some(regimes) = &self.regimes {
            self.write_regimes(&mut text, regimes);
        }
        self.write_shocks(&mut text, &self.shocks);
        self.written_pairs().iter().for_each(|pair| write_pair(&mut text, pair));
        self.jumps.iter().for_each(|jump| self.write_jump(&mut text, jump));
        for event in &self.events {
            self.write_event(&mut text, event);
        }
        self.write_measurement(&mut text, &self.measurement);
        self.write_money(&mut text, &self.money);
        for it in &self.questions {
            let _ = writeln!(text, "\n[[questions]]\nname = {}\nthat = {}", text_of(&it.name), text_of(&it.that.text));
        }
        for it in &self.checks {
            let _ = writeln!(text, "\n[[checks]]\nname = {}\nthat = {}", text_of(&it.name), text_of(&it.that.text));
            let _ = writeln!(text, "severity = \"{}\"\nallow = \"{}%\"", it.severity.name(), it.allow * 100.0);
            for (word, words) in [("why", &it.why), ("source", &it.source)] {
                if let Some(words) = words {
                    let _ = writeln!(text, "{word} = {}", text_of(words));
                }
            }
        }
        text
    }

    fn write_series(&self, text: &mut String, series: &Series) {
        let _ = write!(text, "\n[{}]\nmodel = \"{}\"\n", series.address, series.growth.name());
        if let Growth::Path(path) = &series.growth {
            let levels: Vec<String> =
                path.levels.iter().map(|(year, level)| format!("{year} = {}", self.quantity(level))).collect();
            let _ = writeln!(text, "levels = {{ {} }}", levels.join(", "));
            return;
        }
        if let (Growth::Regime(regime), Some(regimes)) = (&series.growth, &self.regimes) {
            for (place, word) in ["growth", "volatility"].into_iter().enumerate() {
                let by_state = regimes.chain.states.iter().zip(&regime.states);
                let values =
                    by_state.map(|(state, numbers)| format!("{} = {}", text_of(state), self.quantity(&numbers[place])));
                let _ = writeln!(text, "{word} = {{ {} }}", values.collect::<Vec<_>>().join(", "));
            }
            return;
        }
        series.growth.map(|quantity| {
            let address = &self.assumptions[quantity.first].address;
            let word = address.rsplit('.').next().unwrap_or(address);
            let _ = writeln!(text, "{word} = {}", self.quantity(quantity));
        });
    }

    fn quantity(&self, quantity: &Quantity) -> String {
        let first = inline(&self.assumptions[quantity.first], None);
        if quantity.changes.is_empty() {
            return first;
        }
        let later = quantity.changes.iter().map(|(year, id)| inline(&self.assumptions[*id], Some(*year)));
        format!("[{}]", std::iter::once(first).chain(later).collect::<Vec<_>>().join(", "))
    }

    fn number(&self, id: AssumptionId) -> String {
        inline(&self.assumptions[id], None)
    }

    fn write_event(&self, text: &mut String, event: &Event) {
        let _ = writeln!(text, "\n[[events]]\nname = {}", text_of(&event.name));
        self.write_targets(text, &event.targets);
        let _ = writeln!(text, "year = {}", self.number(event.year));
        let effect = &event.effect;
        let mut parts = vec![format!("{} = {}", effect.name(), self.number(*effect.size()))];
        match effect {
            Effect::Step { over, .. } => parts.push(format!("over = {over}")),
            Effect::Pulse { half_life, .. } => parts.push(format!("half-life = {}", self.number(*half_life))),
            _ => parts.extend(effect.until().map(|until| format!("until = {}", self.number(*until)))),
        }
        let _ = writeln!(text, "effect = {{ {} }}", parts.join(", "));
        for (word, chance) in [("chance", event.chance), ("chance-per-year", event.yearly_chance)] {
            if let Some(chance) = chance {
                let _ = writeln!(text, "{word} = {}", self.number(chance));
            }
        }
        let _ = writeln!(text, "kind = \"{}\"", Check::word_of(event.role));
    }

    fn write_targets(&self, text: &mut String, targets: &[(usize, SeriesKind)]) {
        let mut regions: Vec<String> = targets.iter().map(|(region, _)| text_of(&self.regions[*region].name)).collect();
        regions.dedup();
        let mut kinds: Vec<_> = targets.iter().map(|(_, kind)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let kinds: Vec<String> = kinds.into_iter().map(|kind| text_of(kind.name())).collect();
        let list = |names: &[String]| match names {
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        let _ = writeln!(text, "region = {}\nseries = {}", list(&regions), list(&kinds));
    }

    fn write_jump(&self, text: &mut String, risk: &JumpRisk) {
        let _ = writeln!(text, "\n[[jumps]]\nname = {}", text_of(&risk.name));
        self.write_targets(text, &risk.targets);
        let jump = &risk.jump;
        for (word, id) in [("chance-per-year", jump.chance), ("size", jump.size), ("spread", jump.spread)] {
            let _ = writeln!(text, "{word} = {}", self.number(id));
        }
        let _ = writeln!(text, "duration = \"{}\"\nkind = \"{}\"", jump.duration(), Check::word_of(risk.role));
    }

    fn write_counting(&self, text: &mut String, region: &Region, counting: &Counting) {
        let deals = match &counting.count {
            Count::Expected => "\"expected\"".to_owned(),
            Count::Poisson => "\"poisson\"".to_owned(),
            Count::NegativeBinomial { dispersion } => {
                format!("{{ negative-binomial = {} }}", self.number(*dispersion))
            }
        };
        let _ = writeln!(text, "\n[{}.counting]\ndeals = {deals}", region.name);
        if let Some(sizes) = &counting.sizes {
            let mut parts = vec![format!("sigma = {}", self.number(sizes.sigma))];
            parts.extend(sizes.tail_share.map(|id| format!("tail-share = {}", self.number(id))));
            parts.extend(sizes.cap.map(|id| format!("cap = {}", self.number(id))));
            let _ = writeln!(text, "sizes = {{ {} }}", parts.join(", "));
        }
    }

    fn write_regimes(&self, text: &mut String, regimes: &Regimes) {
        let chain = &regimes.chain;
        let states: Vec<String> = chain.states.iter().map(|state| text_of(state)).collect();
        let start = match chain.start {
            Start::Stationary => "\"stationary\"".to_owned(),
            Start::In(state) => states[state].clone(),
        };
        let _ = writeln!(
            text,
            "\n[regimes]\nstates = [{}]\nstart = {start}\nshared = {}",
            states.join(", "),
            regimes.shared
        );
        let _ = writeln!(text, "\n[regimes.transitions]");
        for (from, row) in states.iter().zip(&chain.moves) {
            let moves: Vec<String> = states
                .iter()
                .zip(row)
                .filter_map(|(to, chance)| chance.map(|id| format!("{to} = {}", self.number(id))))
                .collect();
            if !moves.is_empty() {
                let _ = writeln!(text, "{from} = {{ {} }}", moves.join(", "));
            }
        }
    }

    fn write_shocks(&self, text: &mut String, shocks: &Shocks) {
        if *shocks == Shocks::default() {
            return;
        }
        let law = match &shocks.law {
            Law::Gaussian => "\"gaussian\"".to_owned(),
            Law::Contaminated { share, times } => {
                format!("{{ contaminated = {}, times = {} }}", self.number(*share), self.number(*times))
            }
            Law::StudentT { freedom } => format!("{{ student-t = {} }}", self.number(*freedom)),
        };
        let _ = writeln!(text, "\n[shocks]\nlaw = {law}");
        if shocks.tail == Tail::Shared {
            let _ = writeln!(text, "tail = \"shared\"");
        }
        if !shocks.loadings.is_empty() {
            let _ = writeln!(text, "\n[shocks.factor]");
            for (series, id) in &shocks.loadings {
                let _ = writeln!(text, "{} = {}", text_of(series), self.number(*id));
            }
        }
    }

    fn write_measurement(&self, text: &mut String, measurement: &Measurement) {
        // The sources that are sampled stand at the top of the file.
        if (Measurement { sources: None, ..measurement.clone() }).is_off() {
            return;
        }
        let region = |place: &usize| self.regions[*place].name.as_str();
        let _ = writeln!(text, "\n[measurement]");
        if !measurement.rounding.is_empty() {
            // The intervals are the data set's.
            let _ = writeln!(text, "rounding = true");
        }
        if let Some(revisions) = &measurement.revisions {
            let mut parts = vec![
                format!("deals = {}", self.number(revisions.deals)),
                format!("funding = {}", self.number(revisions.funding)),
            ];
            parts.extend(
                revisions.regions.iter().map(|(place, id)| format!("{} = {}", region(place), self.number(*id))),
            );
            let _ = writeln!(text, "revisions = {{ {} }}", parts.join(", "));
        }
        if let Some(id) = measurement.definitions {
            let _ = writeln!(text, "definitions = {}", self.number(id));
        }
        if !measurement.sampling.is_empty() {
            let parts =
                measurement.sampling.iter().map(|(place, id)| format!("{} = {}", region(place), self.number(*id)));
            let _ = writeln!(text, "sampling = {{ {} }}", parts.collect::<Vec<_>>().join(", "));
        }
    }

    fn write_money(&self, text: &mut String, money: &Money) {
        if *money == Money::default() {
            return;
        }
        let _ = writeln!(text, "\n[money]\ncurrency = \"{}\"", money.currency.code());
        match money.exchange_rate.as_slice() {
            [] => {}
            [(year, id)] if *year == self.base_year => {
                let _ = writeln!(text, "exchange-rate = {}", self.number(*id));
            }
            years => {
                let values = years.iter().map(|(year, id)| format!("{year} = {}", self.number(*id)));
                let _ = writeln!(text, "exchange-rate = {{ {} }}", values.collect::<Vec<_>>().join(", "));
            }
        }
        if let Some(year) = money.prices {
            let _ = writeln!(text, "prices = {year}");
        }
        if let Some(inflation) = &money.inflation {
            let _ = writeln!(text, "inflation = {}", self.quantity(inflation));
        }
    }

    /// The pairs as written; after a repair, the pairs of the valid matrices.
    fn written_pairs(&self) -> Vec<WrittenPair> {
        if !self.repaired {
            return self.pairs.clone();
        }
        let series: Vec<String> = self.shocked_series().map(|series| series.address.clone()).collect();
        let (members, copula) = &self.assumption_correlations;
        let members: Vec<String> = members.iter().map(|id| self.assumptions[*id].address.clone()).collect();
        let mut pairs = Vec::new();
        for (names, matrix) in [(series, &self.shock_correlations.matrix), (members, &copula.as_ranks().matrix)] {
            for (i, first) in names.iter().enumerate() {
                for (j, second) in names.iter().enumerate().skip(i + 1) {
                    let mut between = [first.clone(), second.clone()];
                    between.sort();
                    let why = Some("nearest valid correlation to the one written".to_owned());
                    let rho = matrix[i * names.len() + j];
                    pairs.push(WrittenPair { between, rho, why, source: None, set_by: Origin::nowhere() });
                }
            }
        }
        pairs
    }
}

/// An assumption as an inline table with its reason, source and kind.
fn inline(assumption: &Assumption, from: Option<i32>) -> String {
    let mut parts = Vec::new();
    if let Some(year) = from {
        parts.push(format!("from = {year}"));
    }
    parts.push(assumption.written.clone());
    if assumption.role == super::model::Role::Lever {
        parts.push("kind = \"decision\"".to_owned());
    }
    for (word, words) in [("why", &assumption.why), ("source", &assumption.source)] {
        if let Some(words) = words {
            parts.push(format!("{word} = {}", text_of(words)));
        }
    }
    format!("{{ {} }}", parts.join(", "))
}

fn write_pair(text: &mut String, pair: &WrittenPair) {
    let [first, second] = &pair.between;
    let _ = write!(text, "\n[[correlations]]\nbetween = [\"{first}\", \"{second}\"]\nrho = {}\n", pair.rho);
    for (word, words) in [("why", &pair.why), ("source", &pair.source)] {
        if let Some(words) = words {
            let _ = writeln!(text, "{word} = {}", text_of(words));
        }
    }
}

/// A text in double quotes; TOML's basic strings escape as JSON does.
fn text_of(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}
