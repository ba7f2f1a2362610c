//! What went in, for the workbook: every assumption with its law in numbers, and every source with what it gives.

use crate::data::{Dataset, Role};
use crate::growth::Kind;
use crate::scenario::{Assumption, Scenario};
use crate::table::csv;

use super::About;

/// Name of the table of assumptions, which stands in no folder in this form.
pub(super) const ASSUMPTIONS: &str = "assumptions";
/// Name of the table of sources, likewise.
pub(super) const SOURCES: &str = "sources";

impl About {
    /// Takes over what went into the scenarios, the baseline first.
    #[must_use]
    pub fn of<'a>(mut self, scenarios: impl Iterator<Item = &'a Scenario>) -> Self {
        let scenarios: Vec<&Scenario> = scenarios.collect();
        let tables = [(ASSUMPTIONS, assumptions(&scenarios)), (SOURCES, sources(&scenarios))];
        self.tables.extend(tables.map(|(name, text)| (name.to_owned(), text.into_bytes())));
        self
    }
}

/// A row for each input of each scenario: its value in words, then median and 80% range in its unit.
fn assumptions(scenarios: &[&Scenario]) -> String {
    let several = scenarios.len() > 1;
    let head = "address,value,p10,p50,p90,unit,kind,why,source,set_by,line";
    let rows = scenarios.iter().flat_map(|scenario| {
        scenario.assumptions.iter().map(move |it| {
            let of_scenario = several.then(|| [scenario.name.clone(), against(scenarios[0], scenario, it).to_owned()]);
            let [low, middle, high] = [0.1, 0.5, 0.9].map(|p| shown(it, it.law.quantile(p)));
            // What is certain has no range.
            let end = |value: f64| if low < high { csv::number(value) } else { String::new() };
            let numbers = [end(low), csv::number(middle), end(high)];
            let [address, value, unit, kind, source, why, set_by, line] =
                csv::assumption(it).try_into().expect("an input has eight fields");
            let fields = [address, value].into_iter().chain(numbers).chain([unit, kind, why, source, set_by, line]);
            of_scenario.into_iter().flatten().chain(fields).collect()
        })
    });
    let head = if several { format!("scenario,against_baseline,{head}") } else { head.to_owned() };
    csv::text(&head, rows)
}

/// What a scenario does with an input of the baseline.
fn against(base: &Scenario, scenario: &Scenario, it: &Assumption) -> &'static str {
    if std::ptr::eq(base, scenario) {
        return "baseline";
    }
    match base.assumptions.iter().find(|own| own.address == it.address) {
        None => "added",
        Some(own) if own.value == it.value => "same",
        Some(_) => "changed",
    }
}

/// A value in the unit that its row names: shares and rates as parts of one, which a percent format shows.
fn shown(assumption: &Assumption, value: f64) -> f64 {
    let places = |value: f64| (value * 1e6).round() / 1e6;
    match assumption.kind {
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
fn sources(scenarios: &[&Scenario]) -> String {
    let mut found: Vec<Given> = Vec::new();
    for scenario in scenarios {
        figures(scenario, &mut found);
    }
    for it in scenarios.iter().flat_map(|scenario| &scenario.assumptions) {
        let source = it.source.clone().unwrap_or_else(|| "none named".to_owned());
        add(&mut found, [source, String::new()], "reason of assumptions", (it.address.clone(), None, &it.set_by.file));
    }
    let rows = found.into_iter().map(|it| {
        let years = [it.years.iter().min(), it.years.iter().max()];
        let [first, last] = years.map(|year| year.map_or_else(String::new, i32::to_string));
        let count = it.gives.len().to_string();
        let given = [it.source, it.edition, it.used_as.to_owned(), count, first, last];
        given.into_iter().chain([it.gives.join("; "), it.stands_in.join(", ")]).collect()
    });
    csv::text("source,edition,used_as,entries,first_year,last_year,gives,stands_in", rows)
}

/// What the data set of a scenario rests on, and the other counts that a reader is told of.
fn figures(scenario: &Scenario, found: &mut Vec<Given>) {
    let data: &Dataset = &scenario.data;
    let name = |region: usize| scenario.regions[region].name.as_str();
    let sides = [name(scenario.gap.lead), name(scenario.gap.follow)];
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
