//! What went in, for the workbook: every assumption with its law in numbers, and every source with what it gives.

use crate::data::{Dataset, Role};
use crate::growth::Kind;
use crate::scenario::{Assumption, Scenario};
use crate::table::declared;
use crate::table::origin::set_by;
use crate::table::run::input;
use crate::table::typed::{Field, Table};

use super::front::About;

impl About {
    /// Takes over what went into the scenarios, the baseline first.
    #[must_use]
    pub fn of<'a>(mut self, scenarios: impl Iterator<Item = &'a Scenario>) -> Self {
        let scenarios: Vec<&Scenario> = scenarios.collect();
        self.tables.extend([assumptions(&scenarios), sources(&scenarios)]);
        self
    }
}

/// A row for each input of each scenario: its value in words, then median and 80% range in its unit.
fn assumptions(scenarios: &[&Scenario]) -> Table {
    let several = scenarios.len() > 1;
    let declaration = &declared::SHEET_ASSUMPTIONS;
    let mut table = if several { Table::of_several(declaration) } else { Table::new(declaration) };
    for scenario in scenarios {
        for it in scenario.assumptions() {
            let of_scenario =
                several.then(|| [Field::from(scenario.name()), against(scenarios[0], scenario, it).into()]);
            let [low, middle, high] = [0.1, 0.5, 0.9].map(|p| shown(it, it.law().quantile(p)));
            // What is certain has no range.
            let end = |value: f64| (low < high).then_some(value);
            let [address, value, unit, kind, source, why, set_by, line] = input(it);
            let fields = [
                address,
                value,
                end(low).into(),
                middle.into(),
                end(high).into(),
                unit,
                kind,
                why,
                source,
                set_by,
                line,
            ];
            table.push(of_scenario.into_iter().flatten().chain(fields));
        }
    }
    table
}

/// What a scenario does with an input of the baseline.
fn against(base: &Scenario, scenario: &Scenario, it: &Assumption) -> &'static str {
    if std::ptr::eq(base, scenario) {
        return "baseline";
    }
    match base.assumptions().iter().find(|own| own.address() == it.address()) {
        None => "added",
        Some(own) if own.value() == it.value() => "same",
        Some(_) => "changed",
    }
}

/// A value in the unit that its row names: shares and rates as parts of one, which a percent format shows.
fn shown(assumption: &Assumption, value: f64) -> f64 {
    let places = |value: f64| (value * 1e6).round() / 1e6;
    match assumption.kind() {
        Kind::Growth | Kind::Effect => places(libm::expm1(value)),
        Kind::Points => places(value * 100.0),
        _ => places(value),
    }
}

/// A source with one of its uses.
struct Given {
    source: String,
    edition: String,
    used_as: &'static str,
    gives: Vec<String>,
    years: Vec<i32>,
    stands_in: Vec<String>,
}

/// A row for each source and use: the figures it states, then the assumptions that rest on it.
fn sources(scenarios: &[&Scenario]) -> Table {
    let mut found: Vec<Given> = Vec::new();
    for scenario in scenarios {
        figures(scenario, &mut found);
    }
    for it in scenarios.iter().flat_map(|scenario| scenario.assumptions()) {
        let source = it.source().map(str::to_owned).unwrap_or_else(|| "none named".to_owned());
        add(
            &mut found,
            [source, String::new()],
            "reason of assumptions",
            (it.address().to_owned(), None, set_by(it.set_by())),
        );
    }
    let mut table = Table::new(&declared::SHEET_SOURCES);
    for it in found {
        let [first, last] = [it.years.iter().min(), it.years.iter().max()].map(|year| year.copied());
        table.push([
            Field::from(it.source),
            it.edition.into(),
            it.used_as.into(),
            (it.gives.len() as u64).into(),
            first.into(),
            last.into(),
            it.gives.join("; ").into(),
            it.stands_in.join(", ").into(),
        ]);
    }
    table
}

/// What the data set of a scenario rests on, and the other counts that a reader is told of.
fn figures(scenario: &Scenario, found: &mut Vec<Given>) {
    let data: &Dataset = scenario.data();
    let name = |region: usize| scenario.regions()[region].name();
    let sides = [name(scenario.gap().lead()), name(scenario.gap().follow())];
    let others = data.sources(sides[0], sides[1]);
    for fact in &data.facts {
        let other = || {
            let own = |it: &&crate::data::Source| !it.main && it.vintage == fact.vintage && it.year == fact.year;
            let stated =
                sides.contains(&fact.region.as_str()) && fact.metric == "funding" && fact.unit.starts_with("USD");
            // A source is known by who counted, behind who passed it on, and by its edition where there are two.
            let counted =
                |it: &crate::data::Source| fact.source.ends_with(it.name.split(", edition ").next().unwrap_or(""));
            stated && others.iter().filter(own).any(counted)
        };
        let used_as = match fact.role {
            Role::ModelInput => "figures of the model",
            Role::Assumption => "assumed, with a range",
            Role::Context if other() => "another count, shown beside",
            Role::Context => continue,
        };
        let what = [fact.region.as_str(), fact.metric.as_str()].join(" ");
        let gives = format!("{} {}: {}", what.trim(), fact.year, fact.as_stated);
        let gives = gives.trim_end_matches(": ").to_owned();
        let source = [fact.source.clone(), fact.vintage.clone()];
        add(found, source, used_as, (gives, Some(fact.year), &data.name));
    }
}

/// Adds what a source gives to its row, once.
fn add(
    found: &mut Vec<Given>,
    [source, edition]: [String; 2],
    used_as: &'static str,
    (gives, year, place): (String, Option<i32>, &str),
) {
    let same = |it: &Given| it.source == source && it.edition == edition && it.used_as == used_as;
    let place_in_list = found.iter().position(same).unwrap_or_else(|| {
        let (gives, years, stands_in) = Default::default();
        found.push(Given { source, edition, used_as, gives, years, stands_in });
        found.len() - 1
    });
    let row = &mut found[place_in_list];
    if !row.gives.contains(&gives) {
        row.gives.push(gives);
    }
    if !row.stands_in.iter().any(|it| it == place) {
        row.stands_in.push(place.to_owned());
    }
    row.years.extend(year);
}
