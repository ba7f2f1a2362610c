//! From the merged tree to a [`Scenario`]: its data, its parts in turn, and the canonical order of everything.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::data::{BUILT_IN, Dataset};
use crate::diagnostic::{Problem, Sources};
use crate::measure::Names;

use super::check::Check;
use super::correlation::Named;
use super::draws::{self, file::DrawsFile};
use super::figures;
use super::keys::MOST_YEARS;
use super::layer::Reading;
use super::model::{Gap, Inquiry, Numbered, Plausibility, Region, Scenario};
use super::money::MoneyFlags;
use super::series::Frame;
use super::tree::{Node, Table, Value};

/// A scenario with what the user should know about it.
pub(super) struct Built {
    pub scenario: Scenario,
    pub warnings: Vec<Problem>,
    /// The user's own data file, if the scenario names one.
    pub data_text: Option<String>,
}

/// What is given beside the files; outranks them.
#[derive(Clone, Debug, Default)]
pub(super) struct Given<'a> {
    /// Short name of the scenario.
    pub name: &'a str,
    pub horizon: Option<i32>,
    pub money: MoneyFlags,
    pub source: Option<&'a str>,
    /// Whether correlations that contradict each other are replaced by the nearest ones that do not.
    pub nearest_correlation: bool,
    /// Files of draws that were read already.
    pub draws: Vec<Arc<DrawsFile>>,
    /// Places of the files that extend each other among the sources, the topmost first.
    pub chain: Range<usize>,
}

/// Validates a tree with the data that it names; every problem at once.
pub(super) fn build(
    table: &Table,
    given: &Given,
    folder: &Path,
    reading: &mut Reading,
    sources: &mut Sources,
) -> Result<Built, Vec<Problem>> {
    if let Some(problem) = fragment(table, given, reading) {
        return Err(vec![problem]);
    }
    let files = draws::files(table, folder, reading, sources);
    match (figures::named(table, folder, reading, sources), files) {
        (Ok((data, data_text, mut warnings)), Ok(draws)) => {
            let built =
                validate(table, &Given { draws, chain: reading.chain.clone(), ..given.clone() }, data, sources)?;
            warnings.extend(built.warnings);
            Ok(Built { data_text, warnings, ..built })
        }
        (data, draws) => {
            let mut problems: Vec<Problem> = [data.err(), draws.err()].into_iter().flatten().flatten().collect();
            // Without data nothing else is known to be wrong but the words at the top.
            let mut check = Check::new(sources);
            check.titles(table, given.name);
            check.run(table);
            check.gap_names(table);
            problems.extend(check.problems);
            problems.sort_by_key(Problem::order);
            Err(problems)
        }
    }
}

/// What is wrong with a file that is a part of scenarios, such as a pack: everything else that it lacks follows from that.
fn fragment(table: &Table, given: &Given, reading: &Reading) -> Option<Problem> {
    let stands_alone = reading.chain.len() == 1 && table.get("horizon").is_none() && given.horizon.is_none();
    // A pack changes numbers of series whose models others have named.
    let names_a_model =
        |node: Option<&Node>| matches!(node.map(|it| &it.value), Some(Value::Table(it)) if it.get("model").is_some());
    let is_whole = |node: &Node| match &node.value {
        Value::Table(region) => {
            ["funding", "deals", "deal-size"].iter().any(|series| names_a_model(region.get(series)))
        }
        _ => false,
    };
    let regions = table.entries.iter().filter(|entry| is_whole(&entry.node)).count();
    let place = table.entries.first()?.key_place.clone();
    (stands_alone && regions < 2).then(|| {
        let what = "this is a part of a scenario: it has no horizon, and does not say how both sides go on";
        let cure = "write extends = \"base.toml\" on its first line, or lay it over a scenario: aigap simulate base --with FILE";
        Problem::error(place, what, cure)
    })
}

/// Validates a tree whose data are in hand.
pub(super) fn validate(table: &Table, given: &Given, data: Dataset, sources: &Sources) -> Result<Built, Vec<Problem>> {
    let mut check = Check { chain: given.chain.clone(), ..Check::new(sources) };
    if !check.is_bounded(table) {
        return Err(check.problems);
    }
    let mut with_draws = table.clone();
    let draws = check.draws(&mut with_draws, &given.draws);
    let table = &with_draws;
    let (title, summary) = check.titles(table, given.name);
    let run = check.run(table);
    let gap_names = check.gap_names(table);
    let (data, sampled) = check.source(data, table, given.source, &gap_names);
    let built = data.and_then(|data| {
        let base_year = check.base_year(&data, &gap_names, table)?;
        // Without a horizon everything else can still be looked at, so that all mistakes are reported at once.
        let horizon = check.horizon(table, given.horizon, base_year).unwrap_or(base_year + MOST_YEARS);
        Some((data, base_year, horizon))
    });
    let Some((data, base_year, horizon)) = built else {
        check.problems.sort_by_key(Problem::order);
        return Err(check.problems);
    };
    let frame = Frame { data: &data, base_year, horizon };
    let regimes = check.regimes(table.get("regimes"));
    check.broken_regimes = regimes.is_none() && table.get("regimes").is_some();
    check.regime_states = regimes.as_ref().map(|regimes| regimes.chain.states.clone());
    let (regions, gap) = check.regions(table, &gap_names, &frame);
    let all = || regions.iter().flat_map(Region::series);
    let addresses: Vec<String> = all().map(|series| series.address.clone()).collect();
    let shocked: Vec<String> =
        all().filter(|series| series.growth.has_shocks()).map(|series| series.address.clone()).collect();
    if let (Some(node), true) = (table.get("regimes"), regimes.is_some()) {
        check.followed_regimes(node, all());
    }
    let events = table.get("events").map_or_else(Vec::new, |node| check.events(node, &regions, &frame));
    let jumps = table.get("jumps").map_or_else(Vec::new, |node| check.jumps(node, &regions));
    let shocks = check.shocks(table.get("shocks"), &shocked);
    let mut measurement = check.measurement(table.get("measurement"), &regions, gap, &frame);
    measurement.sources = sampled;
    let money = check.money(table.get("money"), &given.money, &frame);
    let named = Named { shocked: &shocked, series: &addresses, shocks: &shocks };
    let coupled = check.correlations(table.get("correlations"), &named, given.nearest_correlation);
    let (questions, checks) = inquiries(&mut check, table, &frame, &regions, gap);
    check.distinct_keys(&addresses, &events, &jumps, &regions);
    check.idle_draws(&draws, table.get("draws"));
    check.problems.sort_by_key(Problem::order);
    if check.errors() > 0 {
        return Err(check.problems);
    }
    let scenario = Scenario {
        name: given.name.to_owned(),
        title,
        summary,
        base_year,
        horizon,
        source: check.picked_source.clone(),
        data: Arc::new(data),
        draws,
        gap: gap.expect("without the gap's regions there is an error"),
        regions,
        assumptions: Vec::new(),
        shock_mixing: coupled.shocks,
        copula: coupled.copula,
        pairs: coupled.pairs,
        shocks,
        regimes,
        events,
        jumps,
        measurement,
        money,
        questions,
        checks,
        run,
    };
    Ok(Built { scenario: in_canonical_order(scenario, check.assumptions), warnings: check.problems, data_text: None })
}

/// Questions and checks, once it is known what they may name.
fn inquiries(
    check: &mut Check,
    table: &Table,
    frame: &Frame,
    regions: &[Region],
    gap: Option<Gap>,
) -> (Vec<Inquiry>, Vec<Plausibility>) {
    // Without the regions every condition would repeat the first mistake.
    let (Some(gap), true) = (gap, check.broken_regions.is_empty()) else { return (Vec::new(), Vec::new()) };
    let names: Vec<String> = regions.iter().map(|region| region.name.clone()).collect();
    let whole: Vec<bool> = regions.iter().map(|region| region.series().count() == 2).collect();
    let single: Vec<bool> = regions.iter().map(|region| region.counting.is_some_and(|it| it.sizes.is_some())).collect();
    // Figures after the base year are kept out of the run: what a condition is held against is known in that year.
    let known = |year: &i32| *year <= frame.base_year;
    let observed = |region: &str, metric: &str, year: i32| {
        frame.data.find(region, metric, year).filter(|it| known(&it.year)).map(|it| it.value)
    };
    let names = Names {
        regions: &names,
        whole: &whole,
        single: &single,
        accompanied: &|region, companion| regions[region].companion(companion).is_some(),
        gap: [gap.lead, gap.follow],
        base_year: frame.base_year,
        horizon: frame.horizon,
        observed: &observed,
    };
    let elsewhere = frame.data.name != BUILT_IN || check.picked_source.is_some();
    (check.questions(table.get("questions"), &names, elsewhere), check.checks(table.get("checks"), &names))
}

/// Sorts the table of assumptions by address and moves every reference along.
fn in_canonical_order(mut scenario: Scenario, assumptions: Vec<super::model::Assumption>) -> Scenario {
    let mut order: Vec<usize> = (0..assumptions.len()).collect();
    order.sort_by(|a, b| assumptions[*a].address.cmp(&assumptions[*b].address));
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    for region in &mut scenario.regions {
        for series in [&mut region.deals, &mut region.deal_size, &mut region.funding].into_iter().flatten() {
            series.growth = series.growth.map(|quantity| quantity.renumbered(&mut |id| place[id]));
        }
        region.counting = region.counting.map(|counting| counting.renumbered(&mut |id| place[id]));
        region.companions = region.companions.renumbered(&mut |id| place[id]);
    }
    let moved = &mut |id: usize| place[id];
    scenario.shocks = scenario.shocks.renumbered(moved);
    scenario.regimes = scenario.regimes.map(|regimes| regimes.renumbered(moved));
    scenario.events = scenario.events.iter().map(|event| event.renumbered(moved)).collect();
    scenario.jumps = scenario.jumps.iter().map(|jump| jump.renumbered(moved)).collect();
    scenario.measurement = scenario.measurement.renumbered(moved);
    scenario.money = scenario.money.renumbered(moved);
    scenario.shock_mixing = scenario.shock_mixing.renumbered(moved);
    scenario.copula = scenario.copula.renumbered(moved);
    scenario.pairs = scenario.pairs.iter().map(|pair| pair.renumbered(moved)).collect();
    scenario.assumptions = order.iter().map(|old| assumptions[*old].clone()).collect();
    scenario
}
