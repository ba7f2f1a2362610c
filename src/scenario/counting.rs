//! `[REGION.counting]`: how a region's deals are counted, and whether they are simulated one by one.

use crate::counting::sizes::{Shape, sigma_of};
use crate::counting::{Count, Sizes};
use crate::diagnostic::did_you_mean;
use crate::growth::Kind;

use super::check::Check;
use super::edit::or_usual;
use super::keys;
use super::model::{AssumptionId, Counting, SeriesKind};
use super::series::Frame;
use super::tree::{Node, Table, Value};
use super::value::Measured;

const COUNTS: &str = "write deals = \"expected\", \"poisson\" or { negative-binomial = 40 }";
const SIZES: &str = "write sizes = { sigma = 1.8 }, with tail-share = \"1%\" and cap = \"$20bn\" if you like";

/// What is not known better: a value between what mean and median of 2023 and the number of mega-rounds allow.
const DEFAULT_WHY: &str = "mean and median deal of 2023 give 1.83; the number of mega-rounds of 2022 fits any value in this \
                           range about equally";
const DEFAULT_SOURCE: &str = "CB Insights State of AI 2023 recap, mean and median deal size 2023";

/// The spread of sizes where none is given.
fn usual_sigma() -> Node {
    Node::bare(Value::Table(Table::of([
        ("uniform", Value::list([Value::Float(1.7), Value::Float(2.2)])),
        ("why", Value::text(DEFAULT_WHY)),
        ("source", Value::text(DEFAULT_SOURCE)),
    ])))
}

impl Check {
    /// Reads the counting of a region with this name.
    pub(crate) fn counting(&mut self, region: &str, node: &Node) -> Option<Counting> {
        let address = format!("{region}.counting");
        let table = self.table(node, &format!("`{address}`"), COUNTS)?;
        self.known_keys(table, &keys::words(&keys::COUNTING), &format!("`{address}`"));
        let sizes_node = table.get("sizes");
        let count = match table.get("deals") {
            Some(node) => self.count(&address, node)?,
            // Deals that are drawn one by one are counted.
            None if sizes_node.is_some() => Count::Poisson,
            None => {
                self.error(&node.place, format!("`{address}` says nothing about deals"), COUNTS);
                return None;
            }
        };
        let Some(sizes_node) = sizes_node else { return Some(Counting { count, sizes: None }) };
        if !count.is_whole() {
            let what = "deals that are drawn one by one must be counted";
            self.error(&sizes_node.place, what, "write deals = \"poisson\", or leave out `sizes`");
            return None;
        }
        let sizes = self.sizes(&address, sizes_node)?;
        Some(Counting { count, sizes: Some(sizes) })
    }

    /// A largest deal below the mean one cannot be: sizes would have to be equal, and larger than the largest.
    pub(crate) fn cap_above_mean(&mut self, region: &str, counting: Option<&Counting>, node: &Node, frame: &Frame) {
        let cap = counting.and_then(|counting| counting.sizes.as_ref()).and_then(|sizes| sizes.cap);
        let mean = frame.data.find(region, "deal-size", frame.base_year);
        let (Some(cap), Some(mean)) = (cap, mean) else { return };
        let most = self.assumptions[cap].law.support().1;
        if most <= mean.value {
            let shown =
                |value: f64| Measured::new(Kind::Level, SeriesKind::DealSize).shown((value * 10.0).round() / 10.0);
            let what = format!(
                "the largest deal, {}, is not above the mean deal of {region} in {}, {}",
                shown(most),
                frame.base_year,
                shown(mean.value)
            );
            self.error(&node.place, what, "write a larger one, such as cap = \"$20bn\", or leave it out");
        }
    }

    fn count(&mut self, address: &str, node: &Node) -> Option<Count<AssumptionId>> {
        match &node.value {
            Value::Text(word) => match word.as_str() {
                "expected" => Some(Count::Expected),
                "poisson" => Some(Count::Poisson),
                other => {
                    let known = ["expected", "poisson", "negative-binomial"];
                    let hint = did_you_mean(other, known).map_or_else(String::new, |it| format!("did you mean {it}? "));
                    self.error(&node.place, format!("`{other}` is not a way to count"), format!("{hint}{COUNTS}"));
                    None
                }
            },
            Value::Table(table) => {
                self.known_keys(table, &keys::words(&keys::NEGATIVE_BINOMIAL), "`deals`");
                let Some(dispersion) = table.get("negative-binomial") else {
                    self.error(&node.place, "this is no way to count", COUNTS);
                    return None;
                };
                let mut measured = Measured::new(Kind::Number, SeriesKind::Deals);
                measured.range = keys::DISPERSION_RANGE;
                let address = format!("{address}.negative-binomial");
                let dispersion = self.assumption(&address, dispersion, &measured)?;
                Some(Count::NegativeBinomial { dispersion })
            }
            other => {
                self.error(&node.place, format!("`deals` is {}, not a way to count", other.kind()), COUNTS);
                None
            }
        }
    }

    fn sizes(&mut self, address: &str, node: &Node) -> Option<Sizes<AssumptionId>> {
        let address = format!("{address}.sizes");
        let table = match &node.value {
            // sizes = true: everything as shipped.
            Value::Truth(true) => &Table::default(),
            _ => self.table(node, "`sizes`", SIZES)?,
        };
        self.known_keys(table, &keys::words(&keys::SIZES), "`sizes`");
        let sigma = self.sigma(&address, table, node)?;
        let mut measured = Measured::new(Kind::Share, SeriesKind::Deals);
        measured.range = keys::TAIL_SHARE_RANGE;
        let before = self.errors();
        let tail_share = table
            .get("tail-share")
            .and_then(|node| self.certain_number(&format!("{address}.tail-share"), node, &measured));
        let measured = Measured::new(Kind::Level, SeriesKind::DealSize);
        let cap = table.get("cap").and_then(|node| self.assumption(&format!("{address}.cap"), node, &measured));
        if self.errors() > before {
            return None;
        }
        if let (Some(share), None) = (tail_share, cap) {
            // The heaviest tail that may be drawn is the one with the largest sigma.
            let share = self.value_of(share);
            let largest = self.assumptions[sigma].law.support().1;
            if share > 0.0 && !Shape::new(largest, share, f64::INFINITY).has_moment(1) {
                let what = "this Pareto tail has no mean, so no total exists";
                self.error(&node.place, what, "add a largest deal: cap = \"$20bn\"");
                return None;
            }
        }
        Some(Sizes { sigma, tail_share, cap })
    }

    /// `sigma`, or the mean and the median that it follows from.
    fn sigma(&mut self, address: &str, table: &Table, node: &Node) -> Option<AssumptionId> {
        let mut measured = Measured::new(Kind::Number, SeriesKind::Deals);
        measured.range = keys::SIGMA_RANGE;
        let address = format!("{address}.sigma");
        match (table.get("sigma"), table.get("mean"), table.get("median")) {
            (sigma, None, None) => self.assumption(&address, &or_usual(sigma, usual_sigma(), &node.place), &measured),
            (None, Some(mean), Some(median)) => {
                let amount = Measured::new(Kind::Level, SeriesKind::DealSize);
                let (mean, median) = (self.number(mean, &amount), self.number(median, &amount));
                let (mean, median) = (mean?, median?);
                if mean.value <= median.value {
                    let what = "the mean deal is not above the median deal";
                    self.error(
                        &node.place,
                        what,
                        "a few large deals lift the mean: write mean = \"$23.4m\", median = \"$4.4m\"",
                    );
                    return None;
                }
                let why = format!("mean deal {} and median deal {}: √(2 ln(mean/median))", mean.shown, median.shown);
                let value = sigma_of(mean.value, median.value);
                let sigma = Table::of([("value", Value::Float(value)), ("why", Value::Text(why))]);
                self.assumption(&address, &Node::bare(Value::Table(sigma)).at(&node.place), &measured)
            }
            _ => {
                self.error(
                    &node.place,
                    "the spread of deal sizes is said in several ways",
                    "write sigma, or mean and median",
                );
                None
            }
        }
    }
}
