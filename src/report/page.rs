//! From runs to a report in parts.

use crate::chart::Chart;
use crate::engine::Layer;
use crate::metric::Metric;
use crate::scenario::Scenario;
use crate::summary::Estimate;
use crate::wording;

use super::cite::{Citation, Form};
use super::data::Data;
use super::derived;
use super::figures::figures;
use super::inputs::inputs;
use super::sentence::{Pool, Sentence};
use super::side::Side;
use super::versus::Versus;
use super::{Material, Part, Report, Table};
use crate::table::Cell;

/// Tables that a report cites; whatever else a run holds stays in its folder.
const CITED: [&str; 10] = [
    "fan.csv",
    "probabilities.csv",
    "milestones.csv",
    "checks.csv",
    "decomposition.csv",
    "uncertainty.csv",
    "compare.csv",
    "attribution.csv",
    "ensemble.csv",
    "inputs_diff.csv",
];

/// Forms the report of one run, of a comparison or of several runs.
#[must_use]
pub fn report(material: &Material) -> Report {
    let several = material.parts.len() > 1;
    let prefixes: Vec<String> = material
        .parts
        .iter()
        .map(|part| if several { format!("{}/", part.scenario.name) } else { String::new() })
        .collect();
    let mut data = Data::default();
    for (prefix, part) in prefixes.iter().zip(&material.parts) {
        let cited = part.tables.iter().filter(|table| CITED.contains(&table.file()));
        cited.for_each(|table| data.add_table(&format!("{prefix}{}", table.file()), table));
        data.add(&format!("{prefix}{}", derived::NAME), derived::derived(&part.scenario, &part.summary).as_bytes());
        data.add(&format!("{prefix}{}", derived::ERRORS), derived::errors(&part.scenario, &part.summary).as_bytes());
    }
    for table in material.comparison.iter().flat_map(|(_, tables)| tables) {
        if CITED.contains(&table.file()) {
            data.add_table(table.file(), table);
        }
    }
    if let Some((comparison, _)) = &material.comparison {
        data.add(derived::PARTS, derived::parts(comparison).as_bytes());
    }
    let sides: Vec<Side> = prefixes
        .iter()
        .zip(&material.parts)
        .map(|(prefix, part)| Side { prefix, scenario: &part.scenario, summary: &part.summary })
        .collect();
    let base = sides[0];
    let versus = material.comparison.as_ref().map(|(comparison, _)| Versus { comparison, sides: &sides });
    let (charts, left) = charts(material);
    let figures = figures(charts);
    let number = |name: &str| figures.iter().find(|figure| figure.name == name).map(|figure| figure.number);
    let (title, headline) = base.headline(&data);
    let effects = versus.map(|versus| versus.effects(&data)).unwrap_or_default();
    let changed = base.changed(&data);
    let mut rests = base.paragraphs(&data);
    let first = if rests.is_empty() { Sentence::default() } else { rests.remove(0) };
    let drives = drives(&base, &versus, &data);
    let findings = findings(&base, &effects, &changed, &data, &number);
    let mut tables: Vec<Table> = versus.iter().map(|versus| versus.table(&data)).collect();
    // A comparison is read against its baseline; several runs by themselves each keep their table.
    let shown = if versus.is_some() { 1 } else { sides.len() };
    tables.extend(sides[..shown].iter().map(|side| side.table(&data)));
    let (title, lead) = match versus.and_then(|versus| versus.title(&data)) {
        Some(title) => (title, effects.iter().cloned().chain([labelled(&headline)]).collect()),
        None if several => (title, sides.iter().map(|side| named(side, &data)).collect()),
        None => (title, vec![headline]),
    };
    let mut true_if = base.true_if(&data);
    true_if.extend(rests);
    Report {
        title,
        lead,
        run_line: run_line(&sides, &base),
        tiles: base.tiles(&data, if several { " (baseline)" } else { "" }),
        findings,
        tables,
        inputs_changed: versus.map(|versus| versus.inputs(&data)).unwrap_or_default(),
        changed,
        drives,
        layers: base.layers(&data),
        true_if,
        rests: vec![first],
        limits: base.limits(&data),
        no_scenarios: versus.is_none().then(|| no_scenarios(several)),
        no_back_test: no_back_test(base.scenario),
        names: sides.iter().map(Side::short).collect(),
        inputs: inputs(&material.parts),
        sources: sources(base.scenario),
        origins: material.origins.clone(),
        without_own: without_own(material, &left),
        compared: versus.is_some(),
        by_itself: material.by_itself.clone(),
        figures,
        data,
    }
}

/// Most scenarios that have figures of their own beside those they share: a page is to be sent, and to be read.
const MOST_WITH_OWN: usize = 12;

/// Which scenarios have no figure of their own, if some have none: in a comparison those whose figures were `left`.
fn without_own(material: &Material, left: &[String]) -> Option<String> {
    let mut parts = material.parts.iter();
    let (left, what, by): (Vec<&Part>, _, _) = if material.comparison.is_some() {
        let is_left = |part: &&Part| left.contains(&part.scenario.name);
        (parts.filter(is_left).collect(), "which input did it for the first twelve what-ifs", "compare")
    } else {
        parts.by_ref().take(MOST_WITH_OWN).for_each(drop);
        (parts.collect(), "the gap of the first twelve runs", "chart")
    };
    let names = left.iter().map(|part| format!("“{}”", wording::short_title(&part.scenario.title)));
    let names = names.collect::<Vec<_>>().join(", ");
    (!left.is_empty())
        .then(|| format!("To stay small enough to send, this page draws {what} only; aigap {by} draws it for {names}."))
}

/// All charts: those of a comparison, behind the gap and the rest of its baseline; and the names of the what-ifs that
/// have none of their own.
fn charts(material: &Material) -> (Vec<(String, Chart)>, Vec<String>) {
    let mut charts: Vec<(String, Chart)> = Vec::new();
    for (place, part) in material.parts.iter().enumerate().take(MOST_WITH_OWN) {
        let compared = material.comparison.is_some();
        let wanted = part.charts.iter().filter(|(name, _)| {
            // One scenario is told whole; of several, each shows its gap, and only the first the rest.
            place == 0 || (!compared && name == "gap")
        });
        charts.extend(wanted.map(|(name, chart)| {
            let name = if place == 0 { name.clone() } else { format!("{name}-{}", part.scenario.name) };
            (name, chart.clone())
        }));
    }
    let compared = material.comparison.iter().flat_map(|(comparison, _)| comparison.charts());
    let of_one = |name: &str| name.strip_prefix("attribution-").map(str::to_owned);
    let (mut own, shared): (Vec<_>, Vec<_>) = compared.partition(|(name, _)| of_one(name).is_some());
    let left = own.split_off(own.len().min(MOST_WITH_OWN)).iter().filter_map(|(name, _)| of_one(name)).collect();
    charts.extend(shared);
    charts.extend(own);
    (charts, left)
}

/// The headline of the baseline, said to be its.
fn labelled(headline: &Sentence) -> Sentence {
    let mut sentence = headline.clone();
    sentence.pieces.insert(0, super::sentence::Piece::Words("The baseline by itself. ".to_owned()));
    sentence
}

/// The headline of one of several runs, behind its name.
fn named(side: &Side, data: &Data) -> Sentence {
    use super::sentence::Piece;
    let mut sentence = side.headline(data).1;
    let name = [Piece::Words("“".to_owned()), Piece::Own(side.short()), Piece::Words("”: ".to_owned())];
    sentence.pieces.splice(0..0, name);
    sentence
}

/// Three findings, each with its figure.
fn findings(
    base: &Side,
    effects: &[Sentence],
    changed: &[Sentence],
    data: &Data,
    number: &dyn Fn(&str) -> Option<usize>,
) -> Vec<(Sentence, Option<usize>)> {
    let mut findings: Vec<(Sentence, Option<usize>)> =
        base.shares(data).into_iter().map(|finding| (finding, number("gap"))).collect();
    if effects.is_empty() {
        findings.extend(changed.iter().take(2).map(|finding| (finding.clone(), number("decomposition"))));
    } else {
        findings.extend(changed.last().map(|finding| (finding.clone(), number("decomposition"))));
    }
    findings.truncate(3);
    findings
}

/// What drives the answer: the causes of a comparison, then the layers of chance.
fn drives(base: &Side, versus: &Option<Versus>, data: &Data) -> Vec<Sentence> {
    let mut drives = versus.map(|versus| versus.causes(data)).unwrap_or_default();
    let outlook = wording::Outlook::new(base.scenario, base.summary);
    if let Some(share) = outlook.and_then(|it| it.share_from_assumptions).filter(|it| it.value > 2.0 * it.error) {
        drives.push(base.luck(share, data));
    }
    drives
}

fn run_line(sides: &[Side], base: &Side) -> String {
    let names: Vec<String> = sides.iter().map(Side::short).collect();
    format!(
        "{} · {} · {}, seed {}",
        names.join(", "),
        base.span(),
        wording::paths(base.summary.paths),
        base.summary.seed
    )
}

fn no_scenarios(several: bool) -> String {
    if several {
        "These runs stand side by side and were not compared path by path: aigap compare pairs their luck, and a report of \
         its folder shows what each what-if changes."
            .to_owned()
    } else {
        "This report holds one scenario: aigap compare BASE WHATIF holds several against each other on the same luck, and a \
         report of its folder shows what each changes."
            .to_owned()
    }
}

/// Why the bands cannot be tested against what happened.
fn no_back_test(scenario: &Scenario) -> String {
    let (years, judged) = match super::side::years_of_gap(scenario).len() {
        1 => ("one observed year", "have nothing to be judged by"),
        2 => ("two observed years", "be judged by a single outcome"),
        _ => ("so few observed years", "be judged by a few outcomes"),
    };
    format!(
        "Not possible with {years}: a projection made from the first would {judged}. A back-test needs six yearly figures \
         or more from one source."
    )
}

/// Who said the figures, with the edition, each once.
fn sources(scenario: &Scenario) -> Vec<String> {
    let mut sources: Vec<String> =
        scenario.data.observations.iter().map(|it| format!("{}, edition {}", it.source, it.vintage)).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

impl Side<'_> {
    /// Where the spread of the ratio comes from; `None` where only one layer is left to chance.
    pub fn layers(&self, data: &Data) -> Option<Table> {
        let horizon = self.scenario.horizon;
        let found: Vec<_> =
            Layer::ALL.into_iter().filter_map(|layer| self.summary.uncertainty.of_ratio(layer, horizon)).collect();
        if found.len() < 2 {
            return None;
        }
        let region = Self::measure(Metric::Ratio).region(self.scenario);
        let rows = found.iter().map(|row| {
            let cell = |columns: [&str; 2], [share, error]: [f64; 2]| {
                let year = horizon.to_string();
                let keys = [("metric", "ratio"), ("region", &region), ("year", &year), ("layer", row.layer.name())];
                let cell = Cell::new(&self.file("uncertainty.csv"), &keys, &columns);
                let mut pool = Pool::default();
                pool.cite([Citation::new(Form::ClearPercent, cell)]);
                let words = if share < 2.0 * error {
                    "≈0".to_owned()
                } else {
                    wording::percent_within(Estimate { value: share, error })
                };
                pool.sentence(&words, data)
            };
            let alone = cell(["share_alone", "standard_error"], row.alone);
            let with = cell(["share_with_others", "standard_error_with_others"], row.with_others);
            (row.layer.definition().to_owned(), vec![alone, with])
        });
        Some(Table {
            caption: format!("Where the spread of the {horizon} ratio comes from: share of the variance of its log."),
            corner: "Layer of chance".to_owned(),
            head: vec!["alone".to_owned(), "with the others".to_owned()],
            rows: rows.collect(),
        })
    }

    /// How much of the spread would remain with every assumption settled.
    fn luck(&self, share: Estimate, data: &Data) -> Sentence {
        let mut pool = Pool::default();
        pool.cite([self.derived(Form::RestPercent, "spread from assumptions", &["value", "error"])]);
        pool.sentence(
            &wording::rest_of_ratio(&wording::percent_within(Estimate { value: 1.0 - share.value, ..share })),
            data,
        )
    }
}
