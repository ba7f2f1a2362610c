//! `[measurement]`: what is unknown about the figures themselves, with sizes measured on editions and sources of the same year.

use crate::data::Observation;
use crate::growth::Kind;

use super::check::Check;
use super::edit::or_usual;
use super::keys;
use super::model::{AssumptionId, Gap, Measurement, Region, Revisions, SeriesKind};
use super::series::Frame;
use super::tree::{Node, Table, Value};
use super::value::Measured;

const EXAMPLE: &str =
    "write [measurement] and below it rounding = true, revisions = true, definitions = true or sampling = true";

/// A number as a user would write it, with its reason and source.
type Usual = [(&'static str, &'static str); 4];

/// World figures by report vintage, January to April 2024, as logs +0.19 ± 0.03 and +0.30 ± 0.13.
const FUNDING: Usual = [
    ("mean", "20.924959766%"),
    ("sd", "3%"),
    ("why", "first release to first revision of world funding 2020–2023: log change +0.19 ± 0.03"),
    ("source", "CB Insights State of AI 2023 recap and State of AI Q1 2024"),
];
const DEALS: Usual = [
    ("mean", "34.985880758%"),
    ("sd", "13%"),
    (
        "why",
        "first release to first revision of world deals: log change +0.13 to +0.17 for earlier years and +0.41 for the \
         latest, which moves most",
    ),
    ("source", "CB Insights State of AI 2023 recap and State of AI Q1 2024"),
];
const REGION: Usual = [
    ("mean", "0%"),
    ("sd", "10%"),
    ("why", "how unevenly revisions fall on regions is not published"),
    ("source", "judgement"),
];
const DEFINITIONS: Usual = [
    ("mean", "0%"),
    ("sd", "62%"),
    ("why", "sd of the log of the 2023 ratio over three sources: 15.5, 8.7 and 4.5"),
    ("source", "CB Insights; AI Index; CSET-based figures, all for 2023"),
];

/// Standard deviation of the log of a year's total from the luck of single deals, for the deals of 2023 and lognormal
/// sizes with σ = 1.83, which mean and median of 2023 give.
const SAMPLING: [(&str, &str); 2] = [("us", "13.9%"), ("china", "27%")];
const SAMPLING_WHY: &str = "sd of the log of a total of as many deals as in 2023 with lognormal sizes, σ = 1.83";

impl Check {
    /// Reads `[measurement]`.
    pub(crate) fn measurement(
        &mut self,
        node: Option<&Node>,
        regions: &[Region],
        gap: Option<Gap>,
        frame: &Frame,
    ) -> Measurement {
        let mut found = Measurement::default();
        let Some(node) = node else { return found };
        let Some(table) = self.table(node, "`measurement`", EXAMPLE) else { return found };
        self.known_keys(table, &keys::words(&keys::MEASUREMENT), "`measurement`");
        if let Some(node) = table.get("rounding") {
            found.rounding = self.rounding(node, table, regions, frame);
        }
        if let Some(node) = table.get("revisions") {
            found.revisions = self.revisions(node, regions);
        }
        if let (Some(node), Some(_)) = (table.get("definitions"), gap) {
            found.definitions = match &node.value {
                Value::Truth(false) => None,
                Value::Truth(true) => {
                    self.number_or("measurement.definitions", Kind::Effect, &DEFINITIONS, (None, node))
                }
                _ => self.number_or("measurement.definitions", Kind::Effect, &DEFINITIONS, (Some(node), node)),
            };
        }
        if let Some(node) = table.get("sampling") {
            found.sampling = self.sampling(node, regions);
        }
        if let Some(node) = table.get("transient") {
            found.transient = self.transient(node, "transient", Kind::Spread, regions);
        }
        if let Some(node) = table.get("transient-in-base") {
            found.transient_in_base = self.transient(node, "transient-in-base", Kind::Effect, regions);
        }
        found
    }

    /// A number that has a usual value; `node` is where it is asked for, if it is not written.
    fn number_or(
        &mut self,
        address: &str,
        kind: Kind,
        usual: &[(&str, &str)],
        (own, node): (Option<&Node>, &Node),
    ) -> Option<AssumptionId> {
        let value = or_usual(own, Node::words(usual), &node.place);
        self.assumption(address, &value, &Measured::new(kind, SeriesKind::Deals))
    }

    /// Levels of the base year anywhere within the interval that their rounding leaves, or where a table says.
    fn rounding(
        &mut self,
        node: &Node,
        measurement: &Table,
        regions: &[Region],
        frame: &Frame,
    ) -> Vec<(usize, SeriesKind, AssumptionId)> {
        let empty = Table::default();
        let table = match &node.value {
            Value::Table(table) => table,
            _ if self.truth(measurement, "rounding") == Some(true) => &empty,
            _ => return Vec::new(),
        };
        let names: Vec<&str> = regions.iter().map(|region| region.name.as_str()).collect();
        self.known_keys(table, &names, "`rounding`");
        let mut found = Vec::new();
        for (place, region) in regions.iter().enumerate() {
            let cure = format!("write {} = {{ funding = {{ uniform = [\"$30bn\", \"$32bn\"] }} }}", region.name);
            let own =
                table.get(&region.name).and_then(|node| self.table(node, "this rounding", &cure)).unwrap_or(&empty);
            self.known_keys(own, &keys::words(&keys::ROUNDING), "this rounding");
            for kind in [SeriesKind::Deals, SeriesKind::Funding] {
                if kind == SeriesKind::Deals && region.series().count() < 2 {
                    continue;
                }
                let Some(figure) = frame.data.find(&region.name, kind.name(), frame.base_year) else { continue };
                if figure.low >= figure.high && !own.has(kind.name()) {
                    continue;
                }
                let address = format!("measurement.rounding.{}.{}", region.name, kind.name());
                let usual = Node::bare(Value::Table(Self::interval(figure, kind)));
                let value = or_usual(own.get(kind.name()), usual, &node.place);
                let id = self.assumption(&address, &value, &Measured::new(Kind::Level, kind));
                found.extend(id.map(|id| (place, kind, id)));
            }
        }
        found
    }

    /// The interval that rounding leaves of a figure, as a user would write it.
    pub(crate) fn interval(figure: &Observation, kind: SeriesKind) -> Table {
        let end = |value: f64| match kind {
            SeriesKind::Deals if value.fract() == 0.0 => Value::Integer(value as i64),
            SeriesKind::Deals => Value::Float(value),
            _ => Value::Text(format!("${value}bn")),
        };
        Table::of([
            ("uniform", Value::list([end(figure.low), end(figure.high)])),
            ("why", Value::text("the published figure is rounded")),
            ("source", Value::text(figure.source.as_str())),
        ])
    }

    fn revisions(&mut self, node: &Node, regions: &[Region]) -> Option<Revisions> {
        let table = match &node.value {
            Value::Truth(false) => return None,
            Value::Truth(true) => &Table::default(),
            _ => self.table(node, "`revisions`", "write revisions = true, or a table with deals and funding")?,
        };
        let names: Vec<&str> = regions.iter().map(|region| region.name.as_str()).collect();
        let known: Vec<&str> = ["deals", "funding"].into_iter().chain(names.iter().copied()).collect();
        self.known_keys(table, &known, "`revisions`");
        let mut number = |word: &str, usual: &Usual| {
            let address = format!("measurement.revisions.{word}");
            self.number_or(&address, Kind::Effect, usual, (table.get(word), node))
        };
        let (deals, funding) = (number("deals", &DEALS)?, number("funding", &FUNDING)?);
        let own = names.iter().enumerate().map(|(place, name)| number(name, &REGION).map(|id| (place, id)));
        Some(Revisions { deals, funding, regions: own.collect::<Option<_>>()? })
    }

    /// Noise of yearly funding that does not stay, of regions that model funding alone.
    fn transient(&mut self, node: &Node, word: &str, kind: Kind, regions: &[Region]) -> Vec<(usize, AssumptionId)> {
        let cure = format!("write [measurement.{word}] and below it us = \"10%\"");
        let Some(table) = self.table(node, &format!("`{word}`"), &cure) else { return Vec::new() };
        let names: Vec<&str> = regions.iter().map(|region| region.name.as_str()).collect();
        self.known_keys(table, &names, &format!("`{word}`"));
        let mut found = Vec::new();
        for (place, region) in regions.iter().enumerate() {
            let Some(own) = table.get(&region.name) else { continue };
            if region.series().count() != 1 {
                let what = format!("{} models deals and deal size, and this noise is that of funding", region.name);
                self.error(&own.place, what, "model funding alone, or write `sampling`, the luck of single deals");
                continue;
            }
            let address = format!("measurement.{word}.{}", region.name);
            let id = self.assumption(&address, own, &Measured::new(kind, SeriesKind::Funding));
            found.extend(id.map(|id| (place, id)));
        }
        found
    }

    fn sampling(&mut self, node: &Node, regions: &[Region]) -> Vec<(usize, AssumptionId)> {
        let empty = Table::default();
        let table = match &node.value {
            Value::Truth(false) => return Vec::new(),
            Value::Truth(true) => &empty,
            _ => match self.table(node, "`sampling`", "write sampling = true, or a table of regions") {
                Some(table) => table,
                None => return Vec::new(),
            },
        };
        let names: Vec<&str> = regions.iter().map(|region| region.name.as_str()).collect();
        self.known_keys(table, &names, "`sampling`");
        let mut found = Vec::new();
        for (place, region) in regions.iter().enumerate() {
            let address = format!("measurement.sampling.{}", region.name);
            let own = table.get(&region.name);
            if region.counting.is_some_and(|counting| counting.sizes.is_some()) {
                let what = format!("the deals of {} are drawn one by one, which is this noise already", region.name);
                match own {
                    Some(own) => self.error(&own.place, what, "leave one of the two out"),
                    None => self.warning(&node.place, what, "nothing is added for this region"),
                }
                continue;
            }
            let usual = SAMPLING.iter().find(|(name, _)| *name == region.name);
            let id = match (own, usual) {
                (_, Some((_, sd))) => {
                    let usual = [
                        ("value", *sd),
                        ("why", SAMPLING_WHY),
                        ("source", "CB Insights State of AI 2023 recap, mean and median deal size 2023"),
                    ];
                    self.number_or(&address, Kind::Spread, &usual, (own, node))
                }
                (Some(own), None) => self.assumption(&address, own, &Measured::new(Kind::Spread, SeriesKind::Deals)),
                (None, None) => {
                    let what = format!("how much the luck of single deals moves {} is not known", region.name);
                    self.error(&node.place, what, format!("write sampling = {{ {} = \"15%\" }}", region.name));
                    None
                }
            };
            found.extend(id.map(|id| (place, id)));
        }
        found
    }
}
