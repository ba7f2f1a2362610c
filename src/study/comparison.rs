//! A comparison in files and words: inputs first, then what they change on the same luck, then which input did it.

use crate::engine::Settings;
use crate::scenario::{self, Difference, Scenario};
use crate::summary::{
    Attribution, EnsembleRow, IdentityTerm, MOST_EXACT, PairedRow, SeriesLuck, Summary, Uncertainty, Wanted,
    by_identity, ensemble, number_of_groups, shared_luck,
};

use super::passes::Passes;
use super::recipe::Attribute;

/// A scenario with what its paths say.
#[derive(Clone, Debug)]
pub struct Side {
    /// The scenario that was simulated.
    pub scenario: Scenario,
    /// What its paths say.
    pub summary: Summary,
}

/// A what-if, held against the baseline.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What readers know it by: its title's first part, with the scenario's name where two have the same.
    pub name: String,
    /// The what-if by itself.
    pub side: Side,
    /// Paired differences.
    pub rows: Vec<PairedRow>,
    /// Whether each series has the same luck as in the baseline.
    pub luck: Vec<SeriesLuck>,
    /// Inputs that differ.
    pub differences: Vec<Difference>,
    /// Which input did it, if it was asked for.
    pub attribution: Option<Attribution>,
    /// The mean change of the log ratio along deals × deal size.
    pub identity: Vec<IdentityTerm>,
}

/// A baseline and its what-ifs.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Scenario that the what-ifs are held against.
    pub baseline: Side,
    /// The what-ifs, in the order given.
    pub what_ifs: Vec<Compared>,
    /// Weights and rows of the mixture, if weights were given.
    pub ensemble: Option<(Vec<f64>, Vec<EnsembleRow>)>,
}

impl Comparison {
    /// Compares what-ifs with a baseline of the same base year and gap. Weights, if any, are of all scenarios.
    ///
    /// One what-if at a time, so that memory does not grow with their number. `told` hears of each one that is done.
    #[must_use]
    pub fn of(
        scenarios: &[&Scenario],
        settings: &Settings,
        weights: Option<Vec<f64>>,
        attribute: Attribute,
        told: &dyn Fn(u64),
    ) -> Self {
        Self::counted(scenarios, (settings, &Passes::Here), weights, attribute, told)
    }

    /// Compares, with passes that are counted here or elsewhere.
    pub(super) fn counted(
        scenarios: &[&Scenario],
        (settings, passes): (&Settings, &Passes),
        weights: Option<Vec<f64>>,
        attribute: Attribute,
        told: &dyn Fn(u64),
    ) -> Self {
        let side = |scenario: &Scenario| Side {
            scenario: scenario.clone(),
            summary: passes.summary(scenario, settings, Wanted::default(), &|_| {}),
        };
        let base = scenarios[0];
        let mut baseline = side(base);
        if baseline.summary.saturated == 0 {
            // As in a run by itself, so that both say the same of the luck that is left.
            let settings = settings.with_paths(baseline.summary.paths);
            baseline.summary.uncertainty = Uncertainty::of(base, &settings);
        }
        let mut what_ifs = Vec::new();
        for (place, what_if) in scenarios.iter().enumerate().skip(1) {
            let name = name_among(scenarios, place);
            what_ifs.push(Compared::of(name, [&baseline, &side(what_if)], (settings, passes), attribute));
            told(what_ifs.len() as u64);
        }
        let mixed = weights.map(|weights| {
            let rows = ensemble(scenarios, &weights, settings);
            (weights, rows)
        });
        Self { baseline, what_ifs, ensemble: mixed }
    }

    /// Last year that all scenarios have.
    #[must_use]
    pub fn horizon(&self) -> i32 {
        let horizons = self.what_ifs.iter().map(|it| it.side.scenario.horizon());
        horizons.fold(self.baseline.scenario.horizon(), i32::min)
    }

    /// Its scenarios, the baseline first.
    pub fn scenarios(&self) -> impl Iterator<Item = &Scenario> {
        std::iter::once(&self.baseline).chain(self.what_ifs.iter().map(|it| &it.side)).map(|side| &side.scenario)
    }
}

impl Compared {
    fn of(
        name: String,
        [baseline, side]: [&Side; 2],
        (settings, passes): (&Settings, &Passes),
        attribute: Attribute,
    ) -> Self {
        let (base, what_if) = (&baseline.scenario, &side.scenario);
        let rows = passes.pairs([base, what_if], settings, [&baseline.summary, &side.summary]);
        let luck = shared_luck(base, what_if, settings);
        let differences = base.differences(what_if);
        let asked = asks_attribution(attribute, &differences);
        let horizon = base.horizon().min(what_if.horizon());
        let attribution = asked.then(|| {
            Attribution::of(base, what_if, settings, &|objectives, variants, settings| {
                passes.evaluate(objectives, variants, settings)
            })
        });
        let identity = if asked { by_identity(base, what_if, horizon, settings) } else { Vec::new() };
        Self { name, rows, luck, differences, attribution, identity, side: side.clone() }
    }

    /// The name of an input as readers know it: an event by its own, anything else by its address.
    pub(crate) fn readable(&self, base: &Scenario, name: &str) -> String {
        // What a what-if leaves out has its name in the baseline.
        let scenarios = [&self.side.scenario, base];
        let events = scenarios.iter().flat_map(|it| it.events()).map(|it| (it.address(), it.name()));
        let jumps = scenarios.iter().flat_map(|it| it.jumps()).map(|it| (it.address(), it.name()));
        let named = events.chain(jumps).find(|(address, _)| *address == name);
        if let Some((_, name)) = named {
            return scenario::short_title(name);
        }
        let region = name.split_once('.').filter(|(first, _)| base.regions().iter().any(|it| it.name() == *first));
        region.map_or_else(
            || scenario::readable(name),
            |(region, input)| format!("{} {}", scenario::short_name(region), scenario::readable(input)),
        )
    }
}

/// Whether it is asked which of the inputs that differ did it.
pub(super) fn asks_attribution(attribute: Attribute, differences: &[Difference]) -> bool {
    match attribute {
        Attribute::Always => true,
        Attribute::Never => false,
        Attribute::WhereExact => number_of_groups(differences) <= MOST_EXACT,
    }
}

/// The first part of a scenario's title; with its name where another scenario has the same.
fn name_among(scenarios: &[&Scenario], place: usize) -> String {
    let title = |scenario: &Scenario| scenario::short_title(scenario.title());
    let own = title(scenarios[place]);
    let others = scenarios.iter().enumerate().filter(|(other, _)| *other != place);
    let shared = others.map(|(_, other)| title(other)).any(|other| other == own);
    if shared { format!("{own} ({})", scenarios[place].name()) } else { own }
}
