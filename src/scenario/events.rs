//! Events: what happens to which series, when, how likely, and who decides it.

use crate::diagnostic::{Place, Problem, did_you_mean};
use crate::event::Effect;
use crate::growth::Kind;

use super::check::Check;
use super::keys;
use super::model::{AssumptionId, Event, Region, Role, SeriesKind};
use super::series::{Frame, SERIES};
use super::tree::{Node, Table, Value};
use super::value::Measured;

/// Why, source and role of what a number is part of.
type Words = (Option<String>, Option<String>, Role);

/// A cap or a floor of an event, with the widest span of years that it can hold in.
struct Limit {
    name: String,
    targets: Vec<(usize, SeriesKind)>,
    /// Smallest and largest level.
    level: (f64, f64),
    /// The level in words.
    shown: String,
    /// First and last year.
    years: (f64, f64),
    is_floor: bool,
}

/// The part of an event's address that stands for its name: lower case, with hyphens.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

impl Check {
    /// Reads the list of events.
    pub(crate) fn events(&mut self, node: &Node, regions: &[Region], frame: &Frame) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        let mut limits: Vec<(Limit, Place)> = Vec::new();
        for item in self.list(node, "`events`", "begin each event with [[events]]").unwrap_or_default() {
            let Some(table) = self.table(item, "an event", "begin each event with [[events]]") else { continue };
            let Some(event) = self.event(table, item, regions, frame) else { continue };
            if events.iter().any(|known| known.address == event.address) {
                let cure = "give one of them another name: the name is the address of its numbers";
                self.error(&item.place, format!("there are two events `{}`", event.name), cure);
                continue;
            }
            limits.extend(self.limit(&event).map(|limit| (limit, item.place.clone())));
            events.push(event);
        }
        self.floors_above_caps(&limits);
        events.sort_by(|a, b| a.address.cmp(&b.address));
        events
    }

    /// What a cap or a floor leaves, from when until when.
    fn limit(&self, event: &Event) -> Option<Limit> {
        let (level, until, is_floor) = match event.effect {
            Effect::Cap { level, until } => (level, until, false),
            Effect::Floor { level, until } => (level, until, true),
            _ => return None,
        };
        let law = |id: AssumptionId| self.assumptions[id].law.support();
        let years = (law(event.year).0, until.map_or(f64::INFINITY, |until| law(until).1));
        let shown = self.assumptions[level].value.clone();
        Some(Limit {
            name: event.name.clone(),
            targets: event.targets.clone(),
            level: law(level),
            shown,
            years,
            is_floor,
        })
    }

    /// A floor that always lies above a cap of the same series in some year: no level satisfies both.
    fn floors_above_caps(&mut self, limits: &[(Limit, Place)]) {
        for (floor, place) in limits.iter().filter(|(limit, _)| limit.is_floor) {
            let against = |cap: &Limit| {
                let same = cap.targets.iter().any(|target| floor.targets.contains(target));
                let meet = floor.years.0.max(cap.years.0) <= floor.years.1.min(cap.years.1);
                !cap.is_floor && same && meet && floor.level.0 > cap.level.1
            };
            let Some((cap, other)) = limits.iter().find(|(cap, _)| against(cap)) else { continue };
            let what = format!("the floor of {} lies above the cap of {}", floor.shown, cap.shown);
            let cure = format!("lower it, or let one of {} and {} end before the other begins", floor.name, cap.name);
            let problem = Problem::warning(place.clone(), what, cure);
            self.problems.push(problem.also(other.clone(), "the cap"));
        }
    }

    fn event(&mut self, table: &Table, item: &Node, regions: &[Region], frame: &Frame) -> Option<Event> {
        if self.removes_nothing(table, "event") {
            return None;
        }
        self.known_keys(table, &keys::words(&keys::EVENT), "an event");
        for key in ["name", "region", "series", "year", "effect"].into_iter().filter(|key| table.get(key).is_none()) {
            let cure = match key {
                "effect" => "write effect = { step = \"+60%\", over = 2 }",
                "year" => "write year = 2026, or year = { uniform = [2025, 2028] }",
                "series" => "write series = \"deals\", \"deal-size\" or \"funding\"",
                "region" => "write region = \"china\"",
                _ => "write name = \"…\"",
            };
            self.error(&item.place, format!("this event has no `{key}`"), cure);
        }
        let name = self.text(table, "name")?;
        let address = self.address_of("events", &name, table)?;
        let role = self.role(table).unwrap_or(Role::Assumption);
        let words = (self.text(table, "why"), self.text(table, "source"), role);
        let targets = self.targets(table, regions);
        let year = table.get("year").and_then(|node| {
            let mut measured = Measured::new(Kind::Year, SeriesKind::Deals);
            measured.range = (f64::from(frame.base_year + 1), f64::from(frame.horizon));
            self.assumption_with(&format!("{address}.year"), node, &measured, words.clone())
        });
        let effect = table.get("effect").and_then(|node| self.effect(&address, node, table, frame, &words));
        if let (Some(effect), Some(targets)) = (&effect, &targets) {
            self.fits(effect, targets, table, regions)?;
        }
        if let (Some(year), Some(until)) = (year, effect.as_ref().and_then(until)) {
            let ends = |id: AssumptionId| self.assumptions[id].law.support();
            let (first, last) = (ends(year).0, ends(until).1);
            if last < first {
                let what = format!("this event ends in {last}, before it begins in {first}");
                self.error(&item.place, what, format!("write until = {first} or a later year, or leave it out"));
            }
        }
        let mut complete = true;
        let mut chance = |key: &str| {
            let node = table.get(key)?;
            let measured = Measured::new(Kind::Chance, SeriesKind::Deals);
            let found = self.assumption_with(&format!("{address}.{key}"), node, &measured, words.clone());
            complete &= found.is_some();
            found
        };
        let (chance, yearly_chance) = (chance("chance"), chance("chance-per-year"));
        if let Some(key) = [("chance", chance), ("chance-per-year", yearly_chance)].into_iter().find_map(|(key, id)| {
            let never = self.assumptions[id?].law.support().1 <= 0.0;
            never.then_some(key)
        }) {
            let place = table.get(key).map_or(item.place.clone(), |node| node.place.clone());
            self.warning(&place, "with this chance the event never happens", "raise it, or leave the event out");
        }
        if chance.is_some() && yearly_chance.is_some() {
            let what = "this event has a chance and a chance per year";
            let cure = "keep `chance` for what happens once or not at all, `chance-per-year` for a yearly risk";
            self.error(&item.place, what, cure);
            return None;
        }
        let event =
            Event { name, address, targets: targets?, year: year?, effect: effect?, chance, yearly_chance, role };
        complete.then_some(event)
    }

    fn effect(
        &mut self,
        address: &str,
        node: &Node,
        event: &Table,
        frame: &Frame,
        words: &Words,
    ) -> Option<Effect<AssumptionId>> {
        let cure = "write effect = { step = \"+60%\", over = 2 }, or growth, pulse, add, cap or floor";
        let table = self.table(node, "`effect`", cure)?;
        let given: Vec<&str> = Effect::<()>::NAMES.into_iter().filter(|word| table.get(word).is_some()).collect();
        let word = match given.as_slice() {
            [word] => *word,
            [] => {
                self.known_keys(table, &keys::words(&keys::EFFECT), "`effect`");
                self.error(&node.place, "this effect has no `step`", cure);
                return None;
            }
            several => {
                self.error(
                    &node.place,
                    format!("this is several effects: {}", several.join(", ")),
                    "write an event for each",
                );
                return None;
            }
        };
        let beside: &[&str] = match word {
            "step" => &["step", "over"],
            "pulse" => &["pulse", "half-life"],
            _ => &[word, "until"],
        };
        self.known_keys(table, beside, "`effect`");
        // Amounts and levels have the unit of what they act on.
        let series = match event.get("series").map(|node| &node.value) {
            Some(Value::Text(name)) => SERIES.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind),
            _ => None,
        };
        let (kind, series) = match word {
            "step" | "pulse" => (Kind::Effect, SeriesKind::Deals),
            "growth" => (Kind::Points, SeriesKind::Deals),
            "add" => (Kind::Level, SeriesKind::Funding),
            _ => {
                let Some(series) = series else {
                    let cure = "give each series an event of its own: their levels have different units";
                    self.error(&node.place, format!("a {word} acts on one series"), cure);
                    return None;
                };
                (Kind::Level, series)
            }
        };
        let measured = Measured::new(kind, series);
        let value = table.get(word)?;
        let size = self.assumption_with(&format!("{address}.{word}"), value, &measured, words.clone());
        let until = match table.get("until") {
            None => Some(None),
            Some(node) => {
                let mut measured = Measured::new(Kind::Year, SeriesKind::Deals);
                measured.range = (f64::from(frame.base_year + 1), f64::from(frame.base_year + 100));
                self.assumption_with(&format!("{address}.until"), node, &measured, words.clone()).map(Some)
            }
        };
        match word {
            "step" => {
                let over = self.over(table);
                Some(Effect::Step { size: size?, over: over? })
            }
            "pulse" => {
                let Some(half_life) = table.get("half-life") else {
                    self.error(&node.place, "this pulse does not say how fast it fades", "add half-life = 2, in years");
                    return None;
                };
                let measured = Measured::new(Kind::Years, SeriesKind::Deals);
                let half_life =
                    self.assumption_with(&format!("{address}.half-life"), half_life, &measured, words.clone());
                Some(Effect::Pulse { size: size?, half_life: half_life? })
            }
            "growth" => Some(Effect::Growth { points: size?, until: until? }),
            "add" => Some(Effect::Add { amount: size?, until: until? }),
            "cap" => Some(Effect::Cap { level: size?, until: until? }),
            _ => Some(Effect::Floor { level: size?, until: until? }),
        }
    }

    /// Years until a step is whole.
    fn over(&mut self, table: &Table) -> Option<u32> {
        match table.get("over").map(|node| (&node.value, &node.place)) {
            None => Some(1),
            Some((Value::Integer(years), _)) if (1..=50).contains(years) => u32::try_from(*years).ok(),
            Some((_, place)) => {
                let place = place.clone();
                let cure = "write over = 2: the effect is whole in the second year";
                self.error(&place, "`over` is not a number of years", cure);
                None
            }
        }
    }

    /// Whether the targets can have such an effect.
    fn fits(
        &mut self,
        effect: &Effect<AssumptionId>,
        targets: &[(usize, SeriesKind)],
        table: &Table,
        regions: &[Region],
    ) -> Option<()> {
        if matches!(effect, Effect::Add { .. }) && targets.iter().any(|(_, kind)| *kind != SeriesKind::Funding) {
            let place = table.get("series")?.place.clone();
            self.error(&place, "money is added to funding", "write series = \"funding\"");
            return None;
        }
        let drawn = |region: usize| regions[region].counting.is_some_and(|counting| counting.sizes.is_some());
        let limits = matches!(effect, Effect::Cap { .. } | Effect::Floor { .. });
        if limits && targets.iter().any(|(region, _)| drawn(*region)) {
            let place = table.get("effect")?.place.clone();
            let what =
                "the deals of this region are drawn one by one, and the limit holds for what is expected of them";
            self.warning(&place, what, "a year may pass it by the luck of its deals");
        }
        Some(())
    }

    /// Every region named with every series named.
    pub(crate) fn targets(&mut self, table: &Table, regions: &[Region]) -> Option<Vec<(usize, SeriesKind)>> {
        let region_names: Vec<&str> = regions.iter().map(|region| region.name.as_str()).collect();
        let series_names = SERIES.map(|(word, _)| word);
        let places = self.words(table, "region", &region_names)?;
        let kinds = self.words(table, "series", &series_names)?;
        let mut targets = Vec::new();
        for region in places {
            for kind in &kinds {
                let kind = SERIES[*kind].1;
                let alone = regions[region].series().count() == 1;
                if alone && kind != SeriesKind::Funding {
                    let place = table.get("series")?.place.clone();
                    let what = format!("{} models funding alone and has no {}", regions[region].name, kind.name());
                    self.error(&place, what, "write series = \"funding\"");
                    return None;
                }
                targets.push((region, kind));
            }
        }
        targets.sort_unstable();
        targets.dedup();
        Some(targets)
    }

    /// One word or a list of words out of a known set, as positions.
    fn words(&mut self, table: &Table, key: &str, known: &[&str]) -> Option<Vec<usize>> {
        let node = table.get(key)?;
        let items = match &node.value {
            Value::List(list) if !list.is_empty() => list.iter().collect(),
            _ => vec![node],
        };
        let mut places = Vec::new();
        for item in items {
            let word = match &item.value {
                Value::Text(word) => word.as_str(),
                other => {
                    let cure = format!("write {key} = \"{}\"", known.first().unwrap_or(&""));
                    self.error(&item.place, format!("`{key}` is {}, not a name", other.kind()), cure);
                    return None;
                }
            };
            let Some(place) = known.iter().position(|known| *known == word) else {
                if key == "region" && self.broken_regions.iter().any(|broken| broken == word) {
                    return None;
                }
                let cure = match did_you_mean(word, known.iter().copied()) {
                    Some(meant) => format!("did you mean \"{meant}\"?"),
                    None if known.is_empty() => format!("this scenario has no {key} that could be read"),
                    None => format!("this scenario has {}", known.join(", ")),
                };
                self.error(&item.place, format!("there is no {key} `{word}` here"), cure);
                return None;
            };
            if places.contains(&place) {
                self.error(&item.place, format!("`{word}` stands twice in `{key}`"), "keep one of the two");
                return None;
            }
            places.push(place);
        }
        Some(places)
    }
}

/// The last year of an effect that has one.
fn until(effect: &Effect<AssumptionId>) -> Option<AssumptionId> {
    match effect {
        Effect::Growth { until, .. }
        | Effect::Add { until, .. }
        | Effect::Cap { until, .. }
        | Effect::Floor { until, .. } => *until,
        Effect::Step { .. } | Effect::Pulse { .. } => None,
    }
}
