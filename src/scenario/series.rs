//! Regions and their series: which two of the three are modelled, by which growth model, with which parameters.

use crate::data::Dataset;
use crate::diagnostic::{Place, did_you_mean};
use crate::growth::{Growth, Kind, Parameter, Path};
use crate::units;

use super::check::Check;
use super::keys;
use super::model::{Quantity, Region, Role, Series, SeriesKind};
use super::tree::{Node, Table, Value};
use super::value::Measured;

/// The three series of a region by their words.
pub(super) const SERIES: [(&str, SeriesKind); 3] =
    [("deals", SeriesKind::Deals), ("deal-size", SeriesKind::DealSize), ("funding", SeriesKind::Funding)];

/// What the series of a scenario have in common.
pub(super) struct Frame<'a> {
    pub data: &'a Dataset,
    pub base_year: i32,
    pub horizon: i32,
}

impl Check {
    /// Reads a region; `None` after reporting what is wrong with it.
    pub(crate) fn region(&mut self, name: &str, key_place: &Place, node: &Node, frame: &Frame) -> Option<Region> {
        if name == "world" {
            let cure =
                "write [rest.deals] and so on: the world is us + china + the rest, so that parts never exceed it";
            self.error(key_place, "the world is a sum and has no model of its own", cure);
            return None;
        }
        let table = self.table(node, &format!("`{name}`"), &format!("write [{name}.deals] with a model in it"))?;
        self.known_keys(table, &keys::words(&keys::REGION), &format!("region `{name}`"));
        if !frame.data.regions().contains(&name) {
            let known = frame.data.regions();
            let cure = match did_you_mean(name, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("data set {} has {}", frame.data.name, known.join(", ")),
            };
            self.error(key_place, format!("`{name}` is neither a known word nor a region of the data"), cure);
            return None;
        }
        let mut region = Region {
            name: name.to_owned(),
            deals: None,
            deal_size: None,
            funding: None,
            counting: None,
            companions: Vec::new(),
        };
        let mut given = Vec::new();
        let before = self.errors();
        for (word, kind) in SERIES {
            let Some(entry) = table.entries.iter().find(|entry| entry.key == word) else { continue };
            given.push(word);
            let series = self.series(name, kind, &entry.node, frame);
            match kind {
                SeriesKind::Deals => region.deals = series,
                SeriesKind::DealSize => region.deal_size = series,
                SeriesKind::Funding => region.funding = series,
            }
        }
        if let Some(node) = table.get("counting") {
            if given == ["funding"] {
                let what = format!("{name} models funding alone and has no deals to count");
                self.error(&node.place, what, format!("write [{name}.deals] and [{name}.deal-size]"));
            } else {
                region.counting = self.counting(name, node);
                self.cap_above_mean(name, region.counting.as_ref(), node, frame);
            }
        }
        region.companions = self.companions(name, table, frame);
        let (what, cure) = match given.as_slice() {
            [_, _] | ["funding"] => return (self.errors() == before).then_some(region),
            [] => (
                format!("region `{name}` has no series"),
                format!("write [{name}.deals] and [{name}.deal-size]; funding is their product"),
            ),
            [one] => {
                let other = if *one == "deals" { "deal-size" } else { "deals" };
                (format!("region `{name}` models {one} alone"), format!("add [{name}.{other}], or model funding alone"))
            }
            _ => (
                format!("region `{name}` models all three series"),
                format!(
                    "leave one out, since funding = deals × deal size follows from the other two; write [{name}.deals] and below it \
                     remove = true to drop one of the file it extends"
                ),
            ),
        };
        self.error(key_place, what, cure);
        None
    }

    fn series(&mut self, region: &str, kind: SeriesKind, node: &Node, frame: &Frame) -> Option<Series> {
        let address = format!("{region}.{}", kind.name());
        let cure = format!("write [{address}] and below it model = \"random-walk\"");
        let table = self.table(node, &format!("`{address}`"), &cure)?;
        if self.removes_nothing(table, "series") {
            return None;
        }
        let start = frame.data.find(region, kind.name(), frame.base_year).map(|figure| figure.value);
        let Some(start) = start else {
            let what = format!("the data have no {} of {region} in {}", kind.name(), frame.base_year);
            self.error(&node.place, what, "the model starts from it: add the figure, or model another series");
            return None;
        };
        let growth = self.model(&address, kind, table, &node.place, (start, frame))?;
        Some(Series { address, kind, start, growth })
    }

    fn model(
        &mut self,
        address: &str,
        kind: SeriesKind,
        table: &Table,
        place: &Place,
        (start, frame): (f64, &Frame),
    ) -> Option<Growth<Quantity>> {
        let names = Growth::<()>::NAMES;
        let Some(node) = table.get("model") else {
            self.error(
                place,
                format!("`{address}` names no model"),
                format!("write model = one of {}", names.join(", ")),
            );
            return None;
        };
        let model = self.text(table, "model")?;
        let Some(parameters) = Growth::<()>::parameters(&model) else {
            let cure = match did_you_mean(&model, names) {
                Some(meant) => format!("did you mean \"{meant}\"?"),
                None => format!("models are {}", names.join(", ")),
            };
            self.error(&node.place, format!("there is no model `{model}`"), cure);
            return None;
        };
        if model == "path" {
            self.known_keys(table, &[keys::MODEL, keys::LEVELS.word], &format!("a path (`{address}`)"));
            return self.path(address, kind, table, place, frame);
        }
        if model == "regime" {
            return self.regime_model(address, kind, table, node);
        }
        let known: Vec<&str> = std::iter::once(keys::MODEL).chain(parameters.iter().map(|it| it.name)).collect();
        self.known_keys(table, &known, &format!("a {model} (`{address}`)"));
        let drawn = |parameter: &Parameter| self.named_by_draws.contains(&format!("{address}.{}", parameter.name));
        let missing: Vec<&Parameter> =
            parameters.iter().filter(|it| table.get(it.name).is_none() && !drawn(it)).collect();
        for parameter in missing {
            let measured = Measured::new(parameter.kind, kind);
            let what = format!("`{address}` needs `{}`: {}", parameter.name, parameter.meaning);
            self.error(place, what, format!("write {} = {}", parameter.name, measured.example()));
        }
        let mut complete = true;
        let growth = Growth::build(&model, |parameter: &'static Parameter| {
            let mut measured = Measured::new(parameter.kind, kind);
            if model == "logistic" && parameter.kind == Kind::Level {
                // A path approaches its ceiling from below; a level above it is a decline, which gompertz models.
                measured.range.0 = start * 1.001;
            }
            let found = table.get(parameter.name).and_then(|node| {
                self.quantity(&format!("{address}.{}", parameter.name), node, parameter, &measured, frame)
            });
            complete &= found.is_some();
            found.unwrap_or(Quantity { first: 0, changes: Vec::new() })
        })?;
        complete.then_some(growth)
    }

    /// A parameter: one value, or a first one and later ones with the years they hold from.
    pub(crate) fn quantity(
        &mut self,
        address: &str,
        node: &Node,
        parameter: &Parameter,
        measured: &Measured,
        frame: &Frame,
    ) -> Option<Quantity> {
        let Value::List(list) = &node.value else {
            return self.assumption(address, node, measured).map(|first| Quantity { first, changes: Vec::new() });
        };
        let cure = format!("write [{0}, {{ from = 2027, value = {0} }}]", measured.example());
        let Some((first, later)) = list.split_first() else {
            self.error(&node.place, format!("`{address}` is an empty list"), cure);
            return None;
        };
        if !later.is_empty() && !parameter.dated {
            let what = format!("`{}` cannot change over the years in this model", parameter.name);
            self.error(&node.place, what, "write one value for all years");
            return None;
        }
        let first = self.assumption(address, first, measured);
        let mut changes: Vec<(i32, usize)> = Vec::new();
        for change in later {
            let Some(year) = self.year_of_change(change, frame, &cure) else { continue };
            if let Some((last, _)) = changes.last().filter(|(last, _)| *last >= year) {
                let (what, cure) = match *last == year {
                    true => (format!("there are two values from {year}"), "keep one of them"),
                    false => (format!("the value from {year} stands after a later one"), "sort them by year"),
                };
                self.error(&change.place, what, cure);
                continue;
            }
            let undated = without_from(change);
            if let Some(id) = self.assumption(&format!("{address} from {year}"), &undated, measured) {
                changes.push((year, id));
            }
        }
        (changes.len() == later.len()).then_some(())?;
        Some(Quantity { first: first?, changes })
    }

    fn year_of_change(&mut self, change: &Node, frame: &Frame, cure: &str) -> Option<i32> {
        let from = match &change.value {
            Value::Table(table) => table.get("from"),
            _ => None,
        };
        let Some(from) = from else {
            self.error(&change.place, "a later value does not say from when", cure);
            return None;
        };
        let Value::Integer(year) = from.value else {
            self.error(&from.place, format!("`from` is {}, not a year", from.value.kind()), "write from = 2027");
            return None;
        };
        let year = i32::try_from(year).unwrap_or(i32::MAX);
        if year > frame.base_year && year <= frame.horizon {
            return Some(year);
        }
        let what = format!("{year} is not a simulated year");
        self.error(&from.place, what, format!("write one from {} to {}", frame.base_year + 1, frame.horizon));
        None
    }

    fn path(
        &mut self,
        address: &str,
        kind: SeriesKind,
        table: &Table,
        place: &Place,
        frame: &Frame,
    ) -> Option<Growth<Quantity>> {
        let measured = Measured::new(Kind::Level, kind);
        let cure = format!("write levels = {{ 2025 = {0}, 2030 = {0} }}", measured.example());
        let Some(node) = table.get("levels") else {
            self.error(place, format!("the path `{address}` has no levels"), cure);
            return None;
        };
        let years = self.table(node, "`levels`", &cure)?;
        let mut levels = Vec::new();
        for entry in &years.entries {
            let year = units::year(&entry.key).ok();
            let Some(year) = year.filter(|year| *year > frame.base_year && *year <= frame.horizon) else {
                let cure = format!("write years from {} to {}", frame.base_year + 1, frame.horizon);
                self.error(&entry.key_place, format!("`{}` is not a simulated year", entry.key), cure);
                continue;
            };
            if let Some(first) = self.assumption(&format!("{address}.levels.{year}"), &entry.node, &measured) {
                levels.push((year, Quantity { first, changes: Vec::new() }));
            }
        }
        if years.entries.is_empty() {
            self.error(&node.place, format!("the path `{address}` has no levels"), cure);
        }
        levels.sort_by_key(|(year, _)| *year);
        (levels.len() == years.entries.len() && !levels.is_empty()).then_some(Growth::Path(Path { levels }))
    }

    /// The word of a role for the resolved file.
    pub(crate) fn word_of(role: Role) -> &'static str {
        match role {
            Role::Lever => "decision",
            Role::Assumption => "circumstance",
        }
    }
}

/// A later value without its year.
fn without_from(change: &Node) -> Node {
    let mut change = change.clone();
    if let Value::Table(table) = &mut change.value {
        table.remove("from");
    }
    change
}
