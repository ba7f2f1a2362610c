//! `[measurement]`: what is unknown about the figures themselves, with sizes measured on editions and sources of the same year.

use crate::growth::Kind;

use super::check::Check;
use super::model::{AssumptionId, Gap, Measurement, Region, Revisions, SeriesKind};
use super::series::Frame;
use super::tree::{Node, Table, Value, parse_value};
use super::value::Measured;

const EXAMPLE: &str =
    "write [measurement] and below it rounding = true, revisions = true, definitions = true or sampling = true";

/// World figures by report vintage, January to April 2024, as logs +0.19 ± 0.03 and +0.30 ± 0.13.
const FUNDING: &str = "{ mean = \"20.924959766%\", sd = \"3%\", why = \"first release to first revision of world funding \
                       2020–2023: log change +0.19 ± 0.03\", source = \"CB Insights State of AI 2023 recap and State of AI \
                       Q1 2024\" }";
const DEALS: &str = "{ mean = \"34.985880758%\", sd = \"13%\", why = \"first release to first revision of world deals: log \
                     change +0.13 to +0.17 for earlier years and +0.41 for the latest, which moves most\", source = \"CB \
                     Insights State of AI 2023 recap and State of AI Q1 2024\" }";
const REGION: &str = "{ mean = \"0%\", sd = \"10%\", why = \"how unevenly revisions fall on regions is not published\", \
                      source = \"judgement\" }";
const DEFINITIONS: &str = "{ mean = \"0%\", sd = \"62%\", why = \"sd of the log of the 2023 ratio over three sources: 15.5, 8.7 \
                           and 4.5\", source = \"CB Insights; AI Index; CSET-based figures, all for 2023\" }";

/// Standard deviation of the log of a year's total from the luck of single deals, for the deals of 2023 and lognormal
/// sizes with σ = 1.83, which mean and median of 2023 give.
const SAMPLING: [(&str, &str); 2] = [("us", "14.4%"), ("china", "28.2%")];

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
        self.known_keys(table, &["rounding", "revisions", "definitions", "sampling"], "`measurement`");
        if table.get("rounding").is_some() && self.truth(table, "rounding") == Some(true) {
            found.rounding = self.rounding(table.get("rounding").unwrap_or(node), regions, frame);
        }
        if let Some(node) = table.get("revisions") {
            found.revisions = self.revisions(node, regions);
        }
        if let (Some(node), Some(_)) = (table.get("definitions"), gap) {
            found.definitions = match &node.value {
                Value::Truth(false) => None,
                Value::Truth(true) => self.default_number("measurement.definitions", Kind::Effect, DEFINITIONS, node),
                _ => self.assumption("measurement.definitions", node, &Measured::new(Kind::Effect, SeriesKind::Deals)),
            };
        }
        if let Some(node) = table.get("sampling") {
            found.sampling = self.sampling(node, regions);
        }
        found
    }

    fn default_number(&mut self, address: &str, kind: Kind, text: &str, node: &Node) -> Option<AssumptionId> {
        self.assumption(address, &parse_value(text, node.place.clone()), &Measured::new(kind, SeriesKind::Deals))
    }

    /// Levels of the base year anywhere within the interval that their rounding leaves.
    fn rounding(&mut self, node: &Node, regions: &[Region], frame: &Frame) -> Vec<(usize, SeriesKind, AssumptionId)> {
        let mut found = Vec::new();
        for (place, region) in regions.iter().enumerate() {
            for kind in [SeriesKind::Deals, SeriesKind::Funding] {
                if kind == SeriesKind::Deals && region.series().count() < 2 {
                    continue;
                }
                let Some(figure) = frame.data.find(&region.name, kind.name(), frame.base_year) else { continue };
                if figure.low >= figure.high {
                    continue;
                }
                let (amount, unit) = if kind == SeriesKind::Deals { ("", "") } else { ("$", "bn") };
                let end = |value: f64| {
                    if kind == SeriesKind::Deals { format!("{value}") } else { format!("\"{amount}{value}{unit}\"") }
                };
                let text = format!(
                    "{{ uniform = [{}, {}], why = \"the published figure is rounded\", source = {} }}",
                    end(figure.low),
                    end(figure.high),
                    serde_json::Value::String(figure.source.clone()),
                );
                let address = format!("measurement.rounding.{}.{}", region.name, kind.name());
                let measured = Measured::new(Kind::Level, kind);
                let id = self.assumption(&address, &parse_value(&text, node.place.clone()), &measured);
                found.extend(id.map(|id| (place, kind, id)));
            }
        }
        found
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
        let mut number = |word: &str, usual: &str| {
            let address = format!("measurement.revisions.{word}");
            match table.get(word) {
                Some(node) => self.assumption(&address, node, &Measured::new(Kind::Effect, SeriesKind::Deals)),
                None => self.default_number(&address, Kind::Effect, usual, node),
            }
        };
        let (deals, funding) = (number("deals", DEALS)?, number("funding", FUNDING)?);
        let own = names.iter().enumerate().map(|(place, name)| number(name, REGION).map(|id| (place, id)));
        Some(Revisions { deals, funding, regions: own.collect::<Option<_>>()? })
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
                if let Some(own) = own {
                    let what =
                        format!("the deals of {} are drawn one by one, which is this noise already", region.name);
                    self.error(&own.place, what, "leave one of the two out");
                }
                continue;
            }
            let usual = SAMPLING.iter().find(|(name, _)| *name == region.name);
            let id = match (own, usual) {
                (Some(node), _) => self.assumption(&address, node, &Measured::new(Kind::Spread, SeriesKind::Deals)),
                (None, Some((_, sd))) => {
                    let text = format!(
                        "{{ value = \"{sd}\", why = \"sd of the log of a total of as many deals as in 2023 with lognormal sizes, \
                         σ = 1.83\", source = \"CB Insights State of AI 2023 recap, mean and median deal size 2023\" }}"
                    );
                    self.default_number(&address, Kind::Spread, &text, node)
                }
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
