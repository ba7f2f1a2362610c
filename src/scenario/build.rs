//! From the merged tree to a [`Scenario`]: top-level words, data, regions, and the canonical order of everything.

use std::path::Path;
use std::sync::Arc;

use crate::data::{BUILT_IN, Dataset};
use crate::diagnostic::{Place, Problem, Sources, did_you_mean};
use crate::measure::Names;
use crate::random::{Key, Purpose};

use super::check::Check;
use super::correlation::Coupled;
use super::layer::{Layers, ReadFile};
use super::model::{Event, Gap, Inquiry, JumpRisk, Numbered, Plausibility, Region, RunDefaults, Scenario};
use super::series::Frame;
use super::tree::{Node, Table, Value};

/// Words at the top of a file; any other table is a region.
pub(super) const TOP: [&str; 17] = [
    "title",
    "summary",
    "horizon",
    "data",
    "source",
    "gap",
    "extends",
    "run",
    "shocks",
    "correlations",
    "regimes",
    "jumps",
    "events",
    "measurement",
    "money",
    "checks",
    "questions",
];

/// Longest horizon: beyond it nothing that rests on two years of data says anything.
const MOST_YEARS: i32 = 50;

/// A scenario with what the user should know about it.
pub(super) struct Built {
    pub scenario: Scenario,
    pub warnings: Vec<Problem>,
    /// The user's own data file, if the scenario names one.
    pub data_text: Option<String>,
}

/// Validates a tree; every problem at once.
pub(super) fn build(
    table: &Table,
    name: &str,
    horizon: Option<i32>,
    layers: &Layers,
    folder: &Path,
    read: ReadFile,
    sources: &mut Sources,
) -> Result<Built, Vec<Problem>> {
    let (data, data_text, data_problems) = data(table, folder, read, sources);
    let mut check = Check::new(sources);
    check.problems.extend(data_problems);
    let title = check.text(table, "title").unwrap_or_else(|| name.to_owned());
    let summary = check.text(table, "summary").unwrap_or_default();
    let run = check.run(table);
    let gap_names = check.gap_names(table);
    let (data, sampled) = match data {
        Some(data) => check.source(data, table, layers.source.as_deref(), &gap_names),
        None => (None, None),
    };
    let built = data.and_then(|data| {
        let base_year = check.base_year(&data, &gap_names, table)?;
        // Without a horizon everything else can still be looked at, so that all mistakes are reported at once.
        let horizon = check.horizon(table, horizon, base_year).unwrap_or(base_year + MOST_YEARS);
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
    let events = table.get("events").map_or_else(Vec::new, |node| check.events(node, &regions, &frame));
    let jumps = table.get("jumps").map_or_else(Vec::new, |node| check.jumps(node, &regions));
    let shocks = check.shocks(table.get("shocks"), &shocked);
    let mut measurement = check.measurement(table.get("measurement"), &regions, gap, &frame);
    measurement.sources = sampled;
    let money = check.money(table.get("money"), &layers.money, &frame);
    let coupled =
        check.correlations(table.get("correlations"), &shocked, &addresses, &shocks, layers.nearest_correlation);
    let (questions, checks) = inquiries(&mut check, table, &frame, &regions, gap);
    check.distinct_keys(&addresses, &events, &jumps, &regions);
    check.problems.sort_by_key(Problem::order);
    if check.errors() > 0 {
        return Err(check.problems);
    }
    let scenario = Scenario {
        name: name.to_owned(),
        title,
        summary,
        base_year,
        horizon,
        source: check.picked_source.clone(),
        data: Arc::new(data),
        gap: gap.expect("without the gap's regions there is an error"),
        regions,
        assumptions: Vec::new(),
        shock_correlations: coupled.shocks.clone(),
        assumption_correlations: (Vec::new(), coupled.copula.clone()),
        pairs: coupled.pairs.clone(),
        repaired: coupled.repaired,
        shocks,
        regimes,
        events,
        jumps,
        measurement,
        money,
        questions,
        checks,
        run,
        points: None,
    };
    Ok(Built {
        scenario: in_canonical_order(scenario, check.assumptions, &coupled),
        warnings: check.problems,
        data_text,
    })
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
    let observed = |region: &str, metric: &str, year: i32| frame.data.find(region, metric, year).map(|it| it.value);
    let names = Names {
        regions: &names,
        whole: &whole,
        single: &single,
        gap: [gap.lead, gap.follow],
        base_year: frame.base_year,
        horizon: frame.horizon,
        observed: &observed,
    };
    (check.questions(table.get("questions"), &names), check.checks(table.get("checks"), &names))
}

/// Sorts the table of assumptions by address and moves every reference along.
fn in_canonical_order(
    mut scenario: Scenario,
    assumptions: Vec<super::model::Assumption>,
    coupled: &Coupled,
) -> Scenario {
    let mut order: Vec<usize> = (0..assumptions.len()).collect();
    order.sort_by(|a, b| assumptions[*a].address.cmp(&assumptions[*b].address));
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    for region in &mut scenario.regions {
        for series in [&mut region.deals, &mut region.deal_size, &mut region.funding].into_iter().flatten() {
            series.growth = series.growth.map(|quantity| quantity.renumbered(&mut |id| place[id]));
        }
        region.counting = region.counting.map(|counting| counting.renumbered(&mut |id| place[id]));
    }
    let moved = &mut |id: usize| place[id];
    scenario.shocks = scenario.shocks.renumbered(moved);
    scenario.regimes = scenario.regimes.map(|regimes| regimes.renumbered(moved));
    scenario.events = scenario.events.iter().map(|event| event.renumbered(moved)).collect();
    scenario.jumps = scenario.jumps.iter().map(|jump| jump.renumbered(moved)).collect();
    scenario.measurement = scenario.measurement.renumbered(moved);
    scenario.money = scenario.money.renumbered(moved);
    scenario.assumptions = order.iter().map(|old| assumptions[*old].clone()).collect();
    let id = |address: &String| {
        scenario.assumptions.iter().position(|known| known.address == *address).expect("members are assumptions")
    };
    scenario.assumption_correlations.0 = coupled.members.iter().map(id).collect();
    scenario
}

/// The data set that the scenario names, built in or the user's own.
fn data(
    table: &Table,
    folder: &Path,
    read: ReadFile,
    sources: &mut Sources,
) -> (Option<Dataset>, Option<String>, Vec<Problem>) {
    let Some(node) = table.get("data") else { return (Some(Dataset::built_in()), None, Vec::new()) };
    let fail = |what: String, cure: String| (None, None, vec![Problem::error(node.place.clone(), what, cure)]);
    let own = format!("write data = \"{BUILT_IN}\", or the name of a CSV file of your own");
    let Value::Text(name) = &node.value else {
        return fail(format!("`data` is {}, not a name", node.value.kind()), own);
    };
    if name == BUILT_IN {
        return (Some(Dataset::built_in()), None, Vec::new());
    }
    if !name.to_lowercase().ends_with(".csv") {
        let cure = did_you_mean(name, [BUILT_IN]).map_or(own, |meant| format!("did you mean \"{meant}\"?"));
        return fail(format!("there is no data set `{name}`"), cure);
    }
    let bytes = match read(&folder.join(name)) {
        Ok(bytes) => bytes,
        Err(why) => return fail(format!("cannot read {name}: {why}"), "check the name and the folder".to_owned()),
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return fail(format!("{name} is not UTF-8 text"), "save it as CSV in UTF-8".to_owned());
    };
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let short = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match Dataset::parse(short, &text, sources) {
        Ok(data) => (Some(data), Some(text), Vec::new()),
        Err(problems) => (None, None, problems),
    }
}

impl Check {
    fn run(&mut self, table: &Table) -> RunDefaults {
        let mut run = RunDefaults::default();
        let Some(node) = table.get("run") else { return run };
        let Some(table) = self.table(node, "`run`", "write [run] and below it paths = 100000") else { return run };
        self.known_keys(table, &["paths", "seed", "sampler"], "`run`");
        let mut whole = |key: &str, least: i64| {
            let node = table.get(key)?;
            match node.value {
                Value::Integer(number) if number >= least => u64::try_from(number).ok(),
                _ => {
                    let cure = format!("write {key} = a whole number, at least {least}");
                    self.error(&node.place, format!("this is no `{key}`"), cure);
                    None
                }
            }
        };
        run.paths = whole("paths", 2);
        run.seed = whole("seed", 0);
        if let Some(node) = table.get("sampler") {
            match &node.value {
                Value::Text(word) if word == "sobol" => run.sobol = true,
                Value::Text(word) if word == "addressed" => {}
                _ => self.error(&node.place, "this is no `sampler`", "write sampler = \"sobol\", or leave it out"),
            }
        }
        if run.paths.is_some_and(|paths| paths % 2 == 1)
            && let Some(node) = table.get("paths")
        {
            self.error(&node.place, "the number of paths is odd", "write an even one: two paths share each draw");
        }
        run
    }

    fn gap_names(&mut self, table: &Table) -> [String; 2] {
        let usual = ["us".to_owned(), "china".to_owned()];
        let Some(node) = table.get("gap") else { return usual };
        match <[String; 2]>::try_from(node.value.texts()) {
            Ok(names) if names[0] != names[1] => names,
            _ => {
                let cure = "write gap = [\"us\", \"china\"]: who leads, and who is held against it";
                self.error(&node.place, "`gap` names two different regions", cure);
                usual
            }
        }
    }

    fn base_year(&mut self, data: &Dataset, gap: &[String; 2], table: &Table) -> Option<i32> {
        let found = data.last_year(&gap.each_ref().map(String::as_str));
        if found.is_none() {
            let what = format!("data set {} has no year with funding of both {} and {}", data.name, gap[0], gap[1]);
            let cure = format!("it has {}", data.regions().join(", "));
            let place = table.get("gap").or_else(|| table.get("data")).map(|node| node.place.clone());
            self.problems.push(Problem::error(place, what, cure));
        }
        let later = found.and_then(|base| {
            let last = gap.iter().filter_map(|region| Some((data.last_year(&[region])?, region)));
            last.max().filter(|(year, _)| *year > base).map(|(year, region)| (base, year, region))
        });
        if let Some((base, year, region)) = later {
            let other = gap.iter().find(|other| *other != region).unwrap_or(region);
            let what = format!(
                "the run starts in {base}: data set {} has funding of {region} in {year} and none of {other}",
                data.name
            );
            let place = table.get("data").or_else(|| table.get("gap")).map(|node| node.place.clone());
            let cure = format!("add the funding of {other} in {year}, or take the later years out");
            self.problems.push(Problem::warning(place, what, cure));
        }
        found
    }

    fn horizon(&mut self, table: &Table, flag: Option<i32>, base_year: i32) -> Option<i32> {
        let (year, place): (i64, Option<Place>) = match (flag, table.get("horizon")) {
            (Some(year), _) => (i64::from(year), None),
            (None, Some(Node { value: Value::Integer(year), place })) => (*year, Some(place.clone())),
            (None, Some(node)) => {
                let what = format!("`horizon` is {}, not a year", node.value.kind());
                self.error(&node.place, what, "write horizon = 2030");
                return None;
            }
            (None, None) => {
                let cure = "write horizon = 2030 at the top of the file";
                self.problems.push(Problem::error(None, "the scenario has no horizon", cure));
                return None;
            }
        };
        let last = i64::from(base_year + MOST_YEARS);
        if year > i64::from(base_year) && year <= last {
            return i32::try_from(year).ok();
        }
        let what = format!("the horizon {year} is out of range");
        let cure = format!("the data end in {base_year}: write a year from {} to {last}", base_year + 1);
        self.problems.push(Problem::error(place, what, cure));
        None
    }

    /// Regions in canonical order (lead, follow, others by name) and the place of the gap among them.
    fn regions(&mut self, table: &Table, gap: &[String; 2], frame: &Frame) -> (Vec<Region>, Option<Gap>) {
        let mut regions = Vec::new();
        let mut seen = Vec::new();
        for entry in table.entries.iter().filter(|entry| !TOP.contains(&entry.key.as_str())) {
            if !matches!(entry.node.value, Value::Table(_)) {
                let known = TOP.iter().copied().filter(|word| *word != "extends");
                let cure = match did_you_mean(&entry.key, known) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => {
                        format!(
                            "known are {} and regions",
                            TOP.into_iter().filter(|word| *word != "extends").collect::<Vec<_>>().join(", ")
                        )
                    }
                };
                self.error(&entry.key_place, format!("unknown key `{}`", entry.key), cure);
                continue;
            }
            seen.push(entry.key.as_str());
            match self.region(&entry.key, &entry.key_place, &entry.node, frame) {
                Some(region) => regions.push(region),
                None => self.broken_regions.push(entry.key.clone()),
            }
        }
        for name in gap.iter().filter(|name| !seen.contains(&name.as_str())) {
            let what = format!("the scenario says nothing about `{name}`");
            let cure = format!("write [{name}.deals] and [{name}.deal-size], each with a model");
            self.problems.push(Problem::error(table.get("gap").map(|node| node.place.clone()), what, cure));
        }
        let rank = |region: &Region| gap.iter().position(|name| *name == region.name).unwrap_or(gap.len());
        regions.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name)));
        let both = gap.iter().all(|name| regions.iter().any(|region| region.name == *name));
        (regions, both.then_some(Gap { lead: 0, follow: 1 }))
    }

    /// Two addresses with one random key would share their luck: one pair in four billion, and refused.
    fn distinct_keys(&mut self, series: &[String], events: &[Event], jumps: &[JumpRisk], regions: &[Region]) {
        let assumptions = self.assumptions.iter().map(|it| (Purpose::Assumption, it.address.as_str()));
        let shocks = series.iter().map(|address| (Purpose::Shock, address.as_str()));
        let flags = events.iter().map(|event| (Purpose::EventFlag, event.address.as_str()));
        let struck = jumps
            .iter()
            .flat_map(|jump| [(Purpose::JumpFlag, jump.address.as_str()), (Purpose::JumpSize, jump.address.as_str())]);
        let by_region = regions.iter().flat_map(|region| Purpose::OF_REGIONS.map(|it| (it, region.name.as_str())));
        let whole = [(Purpose::Regime, ""), (Purpose::Mixing, "")];
        let named = assumptions.chain(shocks).chain(flags).chain(struck).chain(by_region).chain(whole);
        let mut keys: Vec<(Key, &str)> =
            named.map(|(purpose, address)| (Key::new(purpose, address), address)).collect();
        keys.sort_unstable();
        // The same address twice is a mistake of its own, reported where it stands.
        if let Some(clash) = keys.windows(2).find(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1) {
            let what = format!("`{}` and `{}` would share their random numbers", clash[0].1, clash[1].1);
            self.problems.push(Problem::error(None, what, "rename an event, or write a year another way"));
        }
    }
}
