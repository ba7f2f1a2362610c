//! From runs to a report in parts.

use crate::chart::{self, Chart};
use crate::scenario::{Scenario, short_title};
use crate::study::Comparison;
use crate::wording::{self, Lookup, Outlook, Text, comparison, note};

use super::data::Data;
use super::derived;
use super::entry::Entry;
use super::figures::{Figure, figures};
use super::inputs::inputs;
use super::questions;
use super::{FirstPage, Material, Part, Report, Table};
use crate::wording::tiles::{self, Tile};

/// Tables that a report cites; whatever else a run holds stays in its folder.
const CITED: [&str; 11] = [
    "fan.csv",
    "fan_errors.csv",
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
    let folder = |part: &Part| if several { comparison::folder_of(&part.scenario) } else { String::new() };
    let folders: Vec<String> = material.parts.iter().map(folder).collect();
    let entries: Vec<Entry> = folders
        .iter()
        .zip(&material.parts)
        .map(|(folder, part)| Entry { folder, run: Lookup::new(&part.scenario, &part.summary) })
        .collect();
    let base = entries[0];
    let compared = material.comparison.as_ref().map(|(comparison, _)| comparison);
    let (charts, left) = charts(material, &folders);
    let figures = figures(charts);
    let changed = base.all(note::moved(base.run));
    let effects = compared.map(comparison::effects).unwrap_or_default();
    let findings = findings(&base, compared.is_some(), &changed, &figures);
    let (title, lead) = title_and_lead(&entries, compared, effects);
    let mut rests = base.all(wording::paragraphs(base.run.scenario, base.run.summary));
    // The table of a page says by itself what its star means.
    let first = rests.remove(0).without_start(&format!("{} ", wording::STAR));
    let mut true_if: Vec<Text> = Vec::new();
    let mut driven = drives(&base, compared);
    let mut shared: Vec<Text> = Vec::new();
    let mut told: Vec<String> =
        note::rest_of_ratio(base.run).map(|_| wording::variance_of_run(base.run.scenario)).into_iter().collect();
    let mut asked_tables = Vec::new();
    for (place, asked) in material.questions.iter().enumerate() {
        let folder = questions::folder(place);
        // Two questions with one goal say once how likely it is.
        tell(&mut true_if, questions::true_if(asked, &material.questions), &folder);
        tell(&mut driven, questions::drives(asked, &mut told), &folder);
        tell(&mut shared, questions::shared(asked), &folder);
        asked_tables.extend(questions::tables(asked, &folder));
    }
    true_if.extend(base.all(note::true_if(base.run)));
    let inputs_changed = compared.map(comparison::inputs).unwrap_or_default();
    // Of many scenarios the first sentence, and one on all of them where no picture of the page has them.
    let many = entries.len() > 3;
    let in_one = if many && compared.is_none() { chances_in_one(&entries) } else { None };
    let first_page = FirstPage {
        lead: lead.iter().take(if many { 1 } else { lead.len() }).cloned().chain(in_one).collect(),
        // What happened before all of several runs is none of their findings.
        changed: compared
            .map_or_else(|| if many { Vec::new() } else { changed.clone() }, |it| brief_inputs(it, &inputs_changed)),
        true_if: true_if.clone(),
        caveats: base
            .all(vec![
                // Beside what-ifs the baseline's are not those of all.
                Text::from(if compared.is_some() { "Of the baseline: " } else { "" })
                    + Text::joined(
                        wording::broken_checks(base.run)
                            .into_iter()
                            .chain(wording::caveats(base.run.scenario, base.run.summary)),
                        " ",
                    ),
            ])
            .into_iter()
            .chain(limits(&base))
            .collect(),
    };
    true_if.extend(rests);
    let of_runs = tables(&entries, compared.is_some());
    Report {
        title,
        lead,
        run_line: run_line(&entries),
        tiles: tiles_of(&entries, compared),
        first: first_page.cut(),
        findings,
        tables: compared.map(comparison_table).into_iter().chain(of_runs).collect(),
        inputs_changed,
        changed,
        drives: driven,
        shared,
        layers: layers(&base),
        true_if,
        true_tables: asked_tables,
        rests: vec![first],
        limits: limits(&base),
        names: entries.iter().map(Entry::short).collect(),
        inputs: inputs(&material.parts),
        sources: sources(base.run.scenario),
        origins: material.origins.clone(),
        without_own: without_own(material, &left),
        compared: compared.is_some(),
        not_counted: super::not_counted(material.parts.iter().map(|part| &part.scenario)),
        by_itself: material.by_itself.clone(),
        what_if: None,
        figures,
        data: data(material, &folders),
    }
}

/// Puts the sentences of a question behind others, but for those that stand there already.
fn tell(before: &mut Vec<Text>, sentences: Vec<Text>, folder: &str) {
    let said: Vec<String> = before.iter().map(Text::text).collect();
    let fresh = sentences.into_iter().filter(|text| !said.contains(&text.text()));
    before.extend(fresh.map(|text| text.within(folder)));
}

/// The tables of all scenarios and of what compares them.
fn data(material: &Material, folders: &[String]) -> Data {
    let mut data = Data::default();
    for (folder, part) in folders.iter().zip(&material.parts) {
        let cited = part.tables.iter().filter(|table| CITED.contains(&table.file()));
        cited.for_each(|table| data.add_table(&format!("{folder}{}", table.file()), table));
        let derived = derived::derived(&part.scenario, &part.summary);
        data.add_table(&format!("{folder}{}", derived.file()), &derived);
    }
    for table in material.comparison.iter().flat_map(|(_, tables)| tables) {
        if CITED.contains(&table.file()) {
            data.add_table(table.file(), table);
        }
    }
    for (place, asked) in material.questions.iter().enumerate() {
        for table in questions::cited(asked) {
            data.add_table(&format!("{}{}", questions::folder(place), table.file()), &table);
        }
    }
    if let Some((comparison, _)) = &material.comparison {
        let parts = derived::parts(comparison);
        data.add_table(parts.file(), &parts);
    }
    data
}

/// The title, and the finding in full: of a comparison its effects, of several runs a sentence each.
fn title_and_lead(entries: &[Entry], compared: Option<&Comparison>, mut effects: Vec<Text>) -> (Text, Vec<Text>) {
    let base = entries[0];
    if let Some((title, which)) = compared.and_then(comparison::largest) {
        // The sentence that the title is short for comes first.
        effects.swap(0, which);
        effects[1..=which].rotate_right(usize::from(which > 0));
        let by_itself = Text::from("The baseline by itself. ") + base.finding();
        return (title, effects.into_iter().chain([by_itself]).collect());
    }
    let outlook = Outlook::new(base.run.scenario, base.run.summary);
    let title = outlook.map_or_else(|| base.finding(), |outlook| base.own(wording::gap_title(&outlook)));
    let named = |entry: &Entry| Text::from("“") + Text::own(entry.short()) + "”: " + entry.finding();
    let lead = if entries.len() > 1 { entries.iter().map(named).collect() } else { vec![base.finding()] };
    (title, lead)
}

/// The chances of a higher ratio of several runs in one sentence; `None` where they are not of the same years.
fn chances_in_one(entries: &[Entry]) -> Option<Text> {
    let of = |entry: &Entry| {
        let outlook = Outlook::new(entry.run.scenario, entry.run.summary)?;
        let words = Text::from("“") + Text::own(entry.short()) + "” " + outlook.wider_as_ratio.share();
        Some((entry.own(words), [outlook.base_year, outlook.horizon]))
    };
    let found: Vec<(Text, [i32; 2])> = entries.iter().filter_map(of).collect();
    let (_, years) = *found.first()?;
    let alike = found.iter().all(|(_, other)| *other == years);
    let [base, horizon] = years;
    alike.then(|| {
        let start = format!("Paths on which the ratio is higher in {horizon} than in {base}: ");
        Text::from(start) + Text::joined(found.into_iter().map(|(words, _)| words), ", ") + "."
    })
}

/// The three-number table of each scenario that has one; a comparison is read against its baseline.
fn tables(entries: &[Entry], compared: bool) -> Vec<Table> {
    let shown = if compared { 1 } else { entries.len() };
    let of_run = |entry: &Entry| {
        let table = wording::table(entry.run.scenario, entry.run.summary);
        let wide = if table.is_marked() { " An asterisk marks figures that are worked out from others." } else { "" };
        Table {
            caption: format!(
                "Funding, gap and ratio: observed, then median with the range of 80% of paths ({}).{wide}",
                entry.short()
            ),
            corner: String::new(),
            head: table.head,
            rows: table.rows.into_iter().map(|(label, cells)| (label, entry.all(cells))).collect(),
        }
    };
    entries[..shown].iter().map(of_run).collect()
}

/// Each scenario of a comparison with its effect on the same paths.
fn comparison_table(compared: &Comparison) -> Table {
    let (head, rows) = comparison::table(compared);
    Table {
        caption:
            "Medians with the range of 80% of paths. “On the same path” divides what-if by baseline path by path; the \
                  medians beside it divide to another number."
                .to_owned(),
        corner: "Scenario".to_owned(),
        head,
        rows,
    }
}

/// The four numbers of the first page: of a comparison its differences, of several runs one of each, of a run its own.
fn tiles_of(entries: &[Entry], compared: Option<&Comparison>) -> Vec<Tile> {
    let base = entries[0];
    if let Some(compared) = compared {
        return tiles::of_comparison(compared);
    }
    if entries.len() > 1 {
        let tile = |entry: &Entry| Some(tiles::of_run(entry.run, &entry.short())?.within(entry.folder));
        return entries.iter().filter_map(tile).take(4).collect();
    }
    tiles::tiles(base.run).into_iter().map(|tile| tile.within(base.folder)).collect()
}

/// What differs from the baseline in as many words as a page has room for: of many what-ifs the names alone.
fn brief_inputs(compared: &Comparison, whole: &[Text]) -> Vec<Text> {
    if whole.len() < 3 {
        whole.to_vec()
    } else {
        if whole.len() > 3 { comparison::by_name(compared) } else { comparison::in_brief(compared) }
    }
}

/// Most scenarios that have figures of their own beside those they share: a page is to be sent, and to be read.
const MOST_WITH_OWN: usize = 12;

/// Which scenarios have no figure of their own, if some have none: in a comparison those whose figures were `left`.
fn without_own(material: &Material, left: &[String]) -> Option<String> {
    let mut parts = material.parts.iter();
    let (left, what, by): (Vec<&Part>, _, _) = if material.comparison.is_some() {
        let is_left = |part: &&Part| left.iter().any(|name| name == part.scenario.name());
        (parts.filter(is_left).collect(), "which input did it for the first twelve what-ifs", "compare")
    } else {
        parts.by_ref().take(MOST_WITH_OWN).for_each(drop);
        (parts.collect(), "the gap of the first twelve runs", "chart")
    };
    let names = left.iter().map(|part| format!("“{}”", short_title(part.scenario.title())));
    let names = names.collect::<Vec<_>>().join(", ");
    (!left.is_empty())
        .then(|| format!("To stay small enough to send, this page draws {what} only; aigap {by} draws it for {names}."))
}

/// All charts: those of a comparison, behind the gap and the rest of its baseline; and the names of the what-ifs that
/// have none of their own.
fn charts(material: &Material, folders: &[String]) -> (Vec<(String, String, Chart)>, Vec<String>) {
    let mut charts: Vec<(String, String, Chart)> = Vec::new();
    for (place, part) in material.parts.iter().enumerate().take(MOST_WITH_OWN) {
        let compared = material.comparison.is_some();
        let wanted = part.charts.iter().filter(|(name, _)| {
            // One scenario is told whole; of several, each shows its gap, and only the first the rest.
            place == 0 || (!compared && name == "gap")
        });
        charts.extend(wanted.map(|(name, chart)| {
            let name = if place == 0 { name.clone() } else { format!("{name}-{}", part.scenario.name()) };
            (folders[place].clone(), name, chart.clone())
        }));
    }
    let compared = material.comparison.iter().flat_map(|(comparison, _)| chart::comparison::charts(comparison));
    let of_one = |name: &str| name.strip_prefix("attribution-").map(str::to_owned);
    let (mut own, shared): (Vec<_>, Vec<_>) = compared.partition(|(name, _)| of_one(name).is_some());
    let left = own.split_off(own.len().min(MOST_WITH_OWN)).iter().filter_map(|(name, _)| of_one(name)).collect();
    // What compares cites the tables of all scenarios by their folders already.
    charts.extend(shared.into_iter().chain(own).map(|(name, chart)| (String::new(), name, chart)));
    for (place, asked) in material.questions.iter().enumerate() {
        let known: Vec<String> = charts.iter().map(|(_, name, _)| name.clone()).collect();
        let own = questions::charts(asked, &known).into_iter();
        charts.extend(own.map(|(name, chart)| (questions::folder(place), name, chart)));
    }
    (charts, left)
}

/// Findings beside those of the first page, each with its figure.
fn findings(base: &Entry, compared: bool, changed: &[Text], figures: &[Figure]) -> Vec<(Text, Option<usize>)> {
    let number = |name: &str| figures.iter().find(|figure| figure.name == name).map(|figure| figure.number);
    let outlook = Outlook::new(base.run.scenario, base.run.summary);
    let shares = outlook.map(|outlook| {
        let parts = wording::gap_subtitle(&outlook).into_iter().map(|(words, _)| words);
        base.own(Text::joined(parts, "") + ".")
    });
    let mut findings: Vec<(Text, Option<usize>)> = shares.into_iter().map(|finding| (finding, number("gap"))).collect();
    // Of one run or several the first page says what moved the gap.
    if compared {
        findings.extend(changed.last().map(|finding| (finding.clone(), number("decomposition"))));
    }
    findings
}

/// What drives the answer: the causes of a comparison, then what luck leaves.
fn drives(base: &Entry, compared: Option<&Comparison>) -> Vec<Text> {
    let mut drives = Vec::new();
    if let Some(compared) = compared {
        drives.extend(wording::causes(compared));
        drives.extend(comparison::pairing(compared));
        drives.extend(comparison::mixture(compared));
    }
    drives.extend(note::rest_of_ratio(base.run).map(|text| base.own(text)));
    drives
}

/// What the bands leave out, with the sizes that are known.
fn limits(base: &Entry) -> Vec<Text> {
    let scenario = base.run.scenario;
    let given = wording::figures_as_given(scenario).into_iter();
    base.all(given.chain(wording::lacks_mean(scenario).map(Text::from)).collect())
}

/// Most scenarios that the line of the run names.
const MOST_NAMED: usize = 4;

fn run_line(entries: &[Entry]) -> String {
    let mut names: Vec<String> = entries.iter().map(Entry::short).collect();
    if names.len() > MOST_NAMED {
        let others = names.split_off(MOST_NAMED - 1).len();
        names.push(format!("{others} others"));
    }
    let Lookup { scenario, summary } = entries[0].run;
    let observed = wording::years_of_gap(scenario).first().copied().unwrap_or(scenario.base_year());
    format!(
        "{} · figures {observed}–{}, simulated {}–{} · {}, seed {}",
        names.join(", "),
        scenario.base_year(),
        scenario.base_year() + 1,
        scenario.horizon(),
        wording::paths(summary.paths),
        summary.seed
    )
}

/// Who said the figures, with the edition, each once.
fn sources(scenario: &Scenario) -> Vec<String> {
    let mut sources: Vec<String> =
        scenario.data().observations.iter().map(|it| format!("{}, edition {}", it.source, it.vintage)).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

/// Where the spread of the ratio comes from; `None` where only one layer is left to chance.
fn layers(base: &Entry) -> Option<Table> {
    let found = note::layers_of_spread(base.run);
    let rows: Vec<(String, Vec<Text>)> =
        found.into_iter().map(|(layer, shares)| (layer.definition().to_owned(), base.all(shares.to_vec()))).collect();
    (!rows.is_empty()).then(|| Table {
        caption: format!(
            "Where the spread of the {} ratio comes from: shares of the variance of its log. {}",
            base.run.scenario.horizon(),
            note::ALONE_AND_WITH
        ),
        corner: "Layer of chance".to_owned(),
        head: vec!["alone".to_owned(), "with the others".to_owned()],
        rows,
    })
}
