//! The words at the top of a file: what is run, the two regions of the gap, base year, horizon, and which tables are regions.

use crate::data::Dataset;
use crate::diagnostic::{Place, Problem, did_you_mean, invisible_in};
use crate::random::{Key, Purpose};

use super::check::Check;
use super::keys;
use super::model::{Event, Gap, JumpRisk, Region, RunDefaults};
use super::series::Frame;
use super::tree::{Node, Table, Value};

/// Most paths: what a run of hours takes.
const MOST_PATHS: i64 = 4_000_000_000;

/// Letters of a title that has a name behind it: with three more it is still a title.
const MOST_WITH_NAME: usize = 290;

impl Check {
    /// Title and summary; a scenario without a title has its name, behind the title of what it extends. A what-if with a title of
    /// its own does not take over the summary of what it extends, which is about another one.
    pub(crate) fn titles(&mut self, table: &Table, name: &str) -> (String, String) {
        let title = match (self.text(table, "title"), table.get("title")) {
            // Files are read from the scenario down to what it extends, each of which has a name.
            (Some(title), Some(node))
                if node.place.file > 0
                    && self.is_of_a_file(&node.place)
                    && title.chars().count() + name.chars().count() < MOST_WITH_NAME =>
            {
                format!("{title} ({name})")
            }
            (title, _) => title.unwrap_or_else(|| name.to_owned()),
        };
        let summary = self.text(table, "summary").unwrap_or_default();
        let file = |key: &str| table.get(key).map(|node| node.place.file);
        let is_own = file("title").is_none() || file("title") == file("summary");
        (title, if is_own { summary } else { String::new() })
    }

    /// What `[run]` says.
    pub(crate) fn run(&mut self, table: &Table) -> RunDefaults {
        let mut run = RunDefaults::default();
        let Some(node) = table.get("run") else { return run };
        let Some(table) = self.table(node, "`run`", "write [run] and below it paths = 100000") else { return run };
        self.known_keys(table, &keys::words(&keys::RUN), "`run`");
        let mut whole = |key: &str, least: i64| {
            let node = table.get(key)?;
            match node.value {
                Value::Integer(number) if key == "paths" && number > MOST_PATHS => {
                    let cure = format!("write at most {MOST_PATHS}: that takes hours already");
                    self.error(&node.place, format!("{number} paths are too many"), cure);
                    None
                }
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

    /// The top of the scenario, for what stands nowhere in it; none where no file was read.
    fn top(&self) -> Option<Place> {
        (!self.files.is_empty()).then_some(Place { file: 0, span: 0..0 })
    }

    /// Names of the lead and the follow region.
    pub(crate) fn gap_names(&mut self, table: &Table) -> [String; 2] {
        let usual = ["us".to_owned(), "china".to_owned()];
        let Some(node) = table.get("gap") else { return usual };
        match <[String; 2]>::try_from(node.value.texts()) {
            Ok(names) if names.iter().any(|name| name == "world") => {
                let cure = "the world is the sum of its regions: name two of them, or ask about us.world-share";
                self.error(&node.place, "the world is no region to be held against another", cure);
                usual
            }
            Ok(names) if names[0] != names[1] => names,
            _ => {
                let cure = "write gap = [\"us\", \"china\"]: who leads, and who is held against it";
                self.error(&node.place, "`gap` names two different regions", cure);
                usual
            }
        }
    }

    /// Year that the run starts from: the one that is asked for, or the last in which the data have funding of both regions.
    pub(crate) fn base_year(&mut self, data: &Dataset, gap: &[String; 2], table: &Table) -> Option<i32> {
        let last = self.last_year(data, gap, table)?;
        let Some(node) = table.get("base-year") else {
            self.warn_of_later_years(data, gap, table, last);
            return Some(last);
        };
        let mut years = data.years_of(&gap[0], "funding");
        let of_other = data.years_of(&gap[1], "funding");
        years.retain(|year| of_other.contains(year));
        match node.value {
            Value::Integer(asked) => match years.iter().find(|year| i64::from(**year) == asked) {
                Some(year) => Some(*year),
                None => {
                    let what =
                        format!("data set {} has no funding of both {} and {} in {asked}", data.name, gap[0], gap[1]);
                    let words: Vec<String> = years.iter().map(i32::to_string).collect();
                    self.error(&node.place, what, format!("it has {}", words.join(", ")));
                    None
                }
            },
            _ => {
                let what = format!("`base-year` is {}, not a year", node.value.kind());
                self.error(&node.place, what, format!("write base-year = {last}"));
                None
            }
        }
    }

    /// Last year in which the data have funding of both regions.
    fn last_year(&mut self, data: &Dataset, gap: &[String; 2], table: &Table) -> Option<i32> {
        let found = data.last_year(&gap.each_ref().map(String::as_str));
        if found.is_none() && self.misspelt(data, gap, table) {
            return None;
        }
        let other_words: Vec<_> = gap.iter().filter_map(|own| Some((own, data.other_word_for(own)?))).collect();
        if found.is_none() && !other_words.is_empty() {
            for (own, (word, place)) in other_words {
                let what = format!("`{word}` is not the scenario's word for this region");
                self.error(&place, what, format!("write {own} in every row about it"));
            }
        } else if found.is_none() {
            let what = format!("data set {} has no year with funding of both {} and {}", data.name, gap[0], gap[1]);
            let cure = format!("it has {}", data.regions().join(", "));
            let place = table.get("gap").or_else(|| table.get("data")).map(|node| node.place.clone());
            self.problems.push(Problem::error(place, what, cure));
        }
        found
    }

    /// Whether `gap` has a word for a region that is a slip of one of the data's; says which is meant, where it is written.
    fn misspelt(&mut self, data: &Dataset, gap: &[String; 2], table: &Table) -> bool {
        let Some(place) = table.get("gap").map(|node| node.place.clone()) else { return false };
        let known = data.regions();
        let before = self.errors();
        for own in gap.iter().filter(|own| !known.contains(&own.as_str())) {
            // The words that every scenario has are right, and the data have another for them.
            let is_right = ["us", "china"].contains(&own.as_str());
            if is_right || known.iter().any(|word| word.to_lowercase() == own.to_lowercase()) {
                continue;
            }
            if did_you_mean(own, known.iter().copied()).is_none() {
                continue;
            }
            let sides: Vec<&str> = known.iter().copied().filter(|it| *it != "world").collect();
            let meant = did_you_mean(own, sides.iter().copied());
            let meant = meant.map_or_else(String::new, |meant| format!("did you mean `{meant}`? "));
            let what = format!("data set {} has no region `{own}`", data.name);
            self.error(&place, what, format!("{meant}it has {}", sides.join(", ")));
        }
        self.errors() > before
    }

    /// Says so where one side has later figures that the other lacks.
    fn warn_of_later_years(&mut self, data: &Dataset, gap: &[String; 2], table: &Table, base: i32) {
        let last = gap.iter().filter_map(|region| Some((data.last_year(&[region])?, region))).max();
        if let Some((year, region)) = last.filter(|(year, _)| *year > base) {
            let other = gap.iter().find(|other| *other != region).unwrap_or(region);
            let what = format!(
                "the run starts in {base}: data set {} has funding of {region} in {year} and none of {other}",
                data.name
            );
            let place = table.get("data").or_else(|| table.get("gap")).map(|node| node.place.clone());
            let cure = format!("add the funding of {other} in {year}, or take the later years out");
            self.problems.push(Problem::warning(place, what, cure));
        }
    }

    /// Last simulated year.
    pub(crate) fn horizon(&mut self, table: &Table, flag: Option<i32>, base_year: i32) -> Option<i32> {
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
                let place = self.top();
                self.problems.push(Problem::error(place, "the scenario has no horizon", cure));
                return None;
            }
        };
        let last = i64::from(base_year + keys::MOST_YEARS);
        if year > i64::from(base_year) && year <= last {
            return i32::try_from(year).ok();
        }
        let what = format!("the horizon {year} is out of range");
        let cure = format!("the data end in {base_year}: write a year from {} to {last}", base_year + 1);
        self.problems.push(Problem::error(place, what, cure));
        None
    }

    /// Regions in canonical order (lead, follow, others by name) and the place of the gap among them.
    pub(crate) fn regions(&mut self, table: &Table, gap: &[String; 2], frame: &Frame) -> (Vec<Region>, Option<Gap>) {
        let known: Vec<&str> = keys::words(&keys::TOP).into_iter().filter(|word| *word != "extends").collect();
        let mut regions = Vec::new();
        let mut seen = Vec::new();
        for entry in table.entries.iter().filter(|entry| !keys::TOP.iter().any(|key| key.word == entry.key)) {
            if !matches!(entry.node.value, Value::Table(_)) {
                let cure = match did_you_mean(&entry.key, known.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("known are {} and regions", known.join(", ")),
                };
                self.error(&entry.key_place, format!("unknown key `{}`", entry.key), cure);
                continue;
            }
            if let Some((what, cure)) = no_name(&entry.key) {
                self.error(&entry.key_place, what, cure);
                self.broken_regions.push(entry.key.clone());
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
            let place = table.get("gap").map(|node| node.place.clone()).or_else(|| self.top());
            self.problems.push(Problem::error(place, what, cure));
        }
        let rank = |region: &Region| gap.iter().position(|name| *name == region.name).unwrap_or(gap.len());
        regions.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name)));
        let both = gap.iter().all(|name| regions.iter().any(|region| region.name == *name));
        (regions, both.then_some(Gap { lead: 0, follow: 1 }))
    }

    /// Two addresses with one random key would share their luck: one pair in four billion, and refused.
    pub(crate) fn distinct_keys(
        &mut self,
        series: &[String],
        events: &[Event],
        jumps: &[JumpRisk],
        regions: &[Region],
    ) {
        let assumptions = self.assumptions.iter().map(|it| (Purpose::Assumption, it.number()));
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

/// Why a word cannot be the name of a region, and what to do.
fn no_name(word: &str) -> Option<(String, &'static str)> {
    if word.trim() != word || word.is_empty() || invisible_in(word).is_some() {
        return Some((
            format!("`{}` is no name of a region", word.trim()),
            "write it without spaces at its ends, in letters that can be seen",
        ));
    }
    if word.contains('.') {
        return Some((
            format!("the name `{word}` holds a point, which separates the parts of an address"),
            "write a hyphen",
        ));
    }
    (word.chars().count() > 60).then(|| (format!("the name `{word}` is too long"), "write at most 60 letters"))
}
