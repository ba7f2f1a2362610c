//! `[money]`: the currency and the prices that amounts are shown in.

use crate::data::{Dataset, Fact};
use crate::diagnostic::{Place, Problem};
use crate::growth::{Kind, Parameter};
use crate::units;

use super::check::Check;
use super::keys;
use super::model::{AssumptionId, Currency, Money, SeriesKind};
use super::series::Frame;
use super::tree::{Node, Table, Value};
use super::value::Measured;

/// What the command line asks for; outranks the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoneyFlags {
    /// Currency that `--currency` asks for.
    pub currency: Option<Currency>,
    /// Year of the prices that `--real` asks for.
    pub prices: Option<i32>,
}

/// A rate so many times that of the data is one without its decimal point: the yuan moved by a factor of five in forty years.
const ANOTHER_ORDER: f64 = 30.0;

/// A rate so many times that of the data is asked about.
const DOUBTFUL: f64 = 3.0;

const INFLATION: Parameter =
    Parameter { name: "inflation", kind: Kind::Growth, dated: true, meaning: "yearly rise of prices" };

impl Check {
    /// Reads `[money]` and the flags over it.
    pub(crate) fn money(&mut self, node: Option<&Node>, flags: &MoneyFlags, frame: &Frame) -> Money {
        let mut money = Money::default();
        let empty = Table::default();
        let table = match node {
            Some(node) => {
                self.table(node, "`money`", "write [money] and below it currency = \"CNY\"").unwrap_or(&empty)
            }
            None => &empty,
        };
        self.known_keys(table, &keys::words(&keys::MONEY), "`money`");
        money.currency = match self.text(table, "currency").as_deref() {
            None | Some("USD") => Currency::Usd,
            Some("CNY") => Currency::Cny,
            Some(other) => {
                let place = table.get("currency").expect("its text was read").place.clone();
                self.error(&place, format!("amounts cannot be shown in `{other}`"), "write \"USD\" or \"CNY\"");
                Currency::Usd
            }
        };
        money.currency = flags.currency.unwrap_or(money.currency);
        let nominal = table.get("prices").is_none_or(|it| matches!(&it.value, Value::Text(word) if word == "nominal"));
        let idle = |key: &str| table.get(key).map(|node| node.place.clone());
        if let (Currency::Usd, Some(place), 0) = (money.currency, idle("exchange-rate"), self.errors()) {
            let cure = "write currency = \"CNY\" to show them in yuan, or take the rate out";
            self.warning(&place, "amounts are shown in dollars, so this rate does nothing", cure);
        }
        money.prices = self.prices(table, flags, frame);
        if let Some(node) = table.get("exchange-rate") {
            money.exchange_rate = self.exchange_rate(node, frame);
        } else if money.currency == Currency::Cny {
            money.exchange_rate = self.usual_rate(node, frame.data, frame.base_year);
        }
        if let (None, Some(place), true) = (flags.prices, idle("inflation"), nominal) {
            let cure =
                format!("write prices = {} to show them in its prices, or take the inflation out", frame.base_year);
            self.warning(&place, "amounts are nominal, so this inflation does nothing", cure);
        }
        if let Some(node) = table.get("inflation") {
            let measured = Measured::new(Kind::Growth, SeriesKind::Deals);
            money.inflation = self.quantity("money.inflation", node, &INFLATION, &measured, frame);
        } else if money.prices.is_some() {
            // Nominal amounts under the name of constant prices would be a false label on every page.
            let what = "amounts are asked for in the prices of a year, and no inflation is given";
            let cure = "give --set \"money.inflation=2%\" or write [money] inflation = \"2%\"; \"0%\" takes prices as constant";
            self.problems.push(Problem::error(node.map(|node| node.place.clone()), what, cure));
        }
        money
    }

    fn prices(&mut self, table: &Table, flags: &MoneyFlags, frame: &Frame) -> Option<i32> {
        let year = match (flags.prices, table.get("prices").map(|node| &node.value)) {
            (Some(year), _) => year,
            (None, None) => return None,
            (None, Some(Value::Text(word))) if word == "nominal" => return None,
            (None, Some(Value::Integer(year))) => i32::try_from(*year).unwrap_or(0),
            (None, Some(_)) => {
                let place = table.get("prices").expect("it was just read").place.clone();
                self.error(
                    &place,
                    "`prices` is neither a year nor \"nominal\"",
                    format!("write prices = {}", frame.base_year),
                );
                return None;
            }
        };
        // Prices of a simulated year would make every observed figure uncertain.
        if (frame.base_year - 30..=frame.base_year).contains(&year) {
            return Some(year);
        }
        let place = table.get("prices").filter(|_| flags.prices.is_none()).map(|node| node.place.clone());
        let what = format!("amounts cannot be shown in prices of {year}");
        let cure = format!("write a year up to the last observed one, {}", frame.base_year);
        self.problems.push(Problem::error(place, what, cure));
        None
    }

    /// One rate for all years, or rates by year.
    fn exchange_rate(&mut self, node: &Node, frame: &Frame) -> Vec<(i32, AssumptionId)> {
        let mut measured = Measured::new(Kind::Number, SeriesKind::Deals);
        measured.range = keys::EXCHANGE_RATE_RANGE;
        let by_year = match &node.value {
            Value::Table(table) if table.entries.iter().all(|entry| is_a_number(&entry.key)) => Some(table),
            _ => None,
        };
        let Some(table) = by_year else {
            let id = self.assumption("money.exchange-rate", node, &measured);
            self.is_yuan_per_dollar(id, node, frame.data);
            return id.map(|id| (frame.base_year, id)).into_iter().collect();
        };
        let mut found: Vec<(i32, AssumptionId)> = Vec::new();
        let mut stated: Vec<(i32, &Place)> = Vec::new();
        for entry in &table.entries {
            let Ok(year) = units::year(&entry.key) else {
                self.error(&entry.key_place, format!("`{}` is not a year", entry.key), "write a year such as 2025");
                continue;
            };
            if let Some((_, first)) = stated.iter().find(|(known, _)| *known == year) {
                let what = format!("the rate of {year} is given twice");
                let problem = Problem::error(entry.key_place.clone(), what, "keep one of the two");
                self.problems.push(problem.also((*first).clone(), "it is given here first"));
                continue;
            }
            stated.push((year, &entry.key_place));
            if year < frame.base_year - 30 || year > frame.horizon {
                let cure = format!("write years up to {}", frame.horizon);
                self.error(&entry.key_place, format!("{year} is neither observed nor simulated"), cure);
                continue;
            }
            let id = self.assumption(&format!("money.exchange-rate.{year}"), &entry.node, &measured);
            self.is_yuan_per_dollar(id, &entry.node, frame.data);
            if let Some(id) = id {
                if year <= frame.base_year && !self.assumptions[id].law.is_fixed() {
                    self.error(&entry.node.place, format!("the rate of {year} is known"), "write one number");
                }
                found.push((year, id));
            }
        }
        if found.is_empty() && table.entries.is_empty() {
            self.error(&node.place, "no exchange rate is given", "write exchange-rate = 7.14, in yuan per dollar");
        }
        found.sort_by_key(|(year, _)| *year);
        found
    }

    /// Refuses a rate that is dollars per yuan, as banks may write it, and one of another order than that of the data.
    fn is_yuan_per_dollar(&mut self, id: Option<AssumptionId>, node: &Node, data: &Dataset) {
        if let Some(id) = id {
            self.assumptions[id].unit = RATE.to_owned();
        }
        let Some(rate) = id.map(|id| self.assumptions[id].law.median()) else { return };
        if rate < 1.0 {
            let what = format!("{} is less than one yuan for a dollar", (rate * 1e4).round() / 1e4);
            let cure = format!("the rate is in yuan per dollar: did you mean {}?", (1e2 / rate).round() / 1e2);
            return self.error(&node.place, what, cure);
        }
        // Figures of one's own may state none; the yuan is worth much the same in all of them.
        let stated = stated_rate(data).map(|(_, value)| value);
        let Some(usual) = stated.or_else(|| stated_rate(&Dataset::built_in()).map(|(_, value)| value)) else { return };
        let usual = (1e2 / usual).round() / 1e2;
        let times = (rate / usual).max(usual / rate);
        let what =
            format!("{} yuan for a dollar is far from {usual}, which the data state", (rate * 1e4).round() / 1e4);
        let cure = "is the decimal point in its place? the rate is in yuan per dollar";
        if times >= ANOTHER_ORDER {
            self.error(&node.place, what, cure);
        } else if times >= DOUBTFUL {
            self.warning(&node.place, what, cure);
        }
    }

    /// The rate that the data state, held constant, and said so.
    fn usual_rate(&mut self, node: Option<&Node>, data: &Dataset, year: i32) -> Vec<(i32, AssumptionId)> {
        let Some((fact, value)) = stated_rate(data) else {
            let cure = "write [money] exchange-rate = 7.14, in yuan per dollar";
            self.problems.push(Problem::error(
                node.map(|node| node.place.clone()),
                "the data state no exchange rate",
                cure,
            ));
            return Vec::new();
        };
        let why = format!("the rate of the article, {}, held constant in all years", fact.as_stated);
        let rate = Table::of([
            ("value", Value::Float((1e2 / value).round() / 1e2)),
            ("why", Value::Text(why)),
            ("source", Value::text(fact.source.as_str())),
        ]);
        let place = node.map_or_else(crate::diagnostic::Place::nowhere, |node| node.place.clone());
        let rate = Node::bare(Value::Table(rate)).at(&place);
        let mut measured = Measured::new(Kind::Number, SeriesKind::Deals);
        measured.range = keys::EXCHANGE_RATE_RANGE;
        let id = self.assumption("money.exchange-rate", &rate, &measured);
        if let Some(id) = id {
            self.assumptions[id].set_by = crate::scenario::Origin::Usual;
            self.assumptions[id].unit = RATE.to_owned();
        }
        id.map(|id| (year, id)).into_iter().collect()
    }
}

/// Unit of exchange rates.
const RATE: &str = "CNY per USD";

/// The rate that the data state, in dollars per yuan, with its row.
fn stated_rate(data: &Dataset) -> Option<(&Fact, f64)> {
    let stated = data.facts.iter().find(|fact| fact.metric == "exchange rate" && fact.unit == "USD per CNY");
    stated.and_then(|fact| Some((fact, fact.value.filter(|value| *value > 0.0)?)))
}

/// Whether a key is meant as a year: a number, however it is written.
fn is_a_number(key: &str) -> bool {
    key.chars().any(|letter| letter.is_ascii_digit()) && key.chars().all(|letter| !letter.is_alphabetic())
}
