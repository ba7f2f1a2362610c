//! `[REGION.gdp]`, `[REGION.population]`, `[REGION.venture-money]`, `[REGION.spending-outside]`: what stands beside funding,
//! read and checked.

use crate::data::gdp;
use crate::growth::{Kind, Parameter};
use crate::measure::Companion;

use super::check::Check;
use super::keys;
use super::model::{AssumptionId, CompanionSeries, Role, SeriesKind};
use super::series::Frame;
use super::tree::{Node, Table, Value};
use super::value::Measured;

/// Fewest people of a region: fewer are thousands or millions that somebody left out.
const FEWEST_PEOPLE: f64 = 1e4;

/// A figure so many times the known one, or so small a part of it, is of another unit: thousands for all, millions for billions.
const ANOTHER_ORDER: f64 = 100.0;

/// People of the two regions that every scenario knows, about.
const PEOPLE: [(&str, f64); 2] = [("us", 3.3e8), ("china", 1.4e9)];

const GROWTH: Parameter =
    Parameter { name: "growth", kind: Kind::Growth, dated: true, meaning: "yearly growth of its level" };

impl Check {
    /// Every companion of a region, in the order of [`Companion::ALL`].
    pub(crate) fn companions(&mut self, region: &str, table: &Table, frame: &Frame) -> Vec<CompanionSeries> {
        let given = Companion::ALL.into_iter().filter_map(|it| Some((it, table.get(it.name())?)));
        given.filter_map(|(companion, node)| self.companion(region, companion, node, frame)).collect()
    }

    fn companion(&mut self, region: &str, companion: Companion, node: &Node, frame: &Frame) -> Option<CompanionSeries> {
        let address = format!("{region}.{}", companion.name());
        let cure = format!("write [{address}] and below it figure, source and growth");
        let table = self.table(node, &format!("`{address}`"), &cure)?;
        self.known_keys(table, &keys::words(&keys::COMPANION), &format!("`{address}`"));
        let figure = self.figure(&address, companion, (node, table), (region, frame));
        let Some(growth) = table.get(GROWTH.name) else {
            let what = format!("`{address}` says nothing of its growth");
            self.error(&node.place, what, "write growth = { p10 = \"2%\", p90 = \"6%\" }, or growth = \"0%\"");
            return None;
        };
        let measured = Measured::new(Kind::Growth, SeriesKind::Funding);
        let growth = self.quantity(&format!("{address}.growth"), growth, &GROWTH, &measured, frame);
        Some(CompanionSeries { companion, figure: figure?, growth: growth? })
    }

    /// The figure of the last observed year: as written, or the built-in one.
    fn figure(
        &mut self,
        address: &str,
        companion: Companion,
        (node, table): (&Node, &Table),
        (region, frame): (&str, &Frame),
    ) -> Option<AssumptionId> {
        let series = if companion.is_money() { SeriesKind::Funding } else { SeriesKind::Deals };
        let mut measured = Measured::new(Kind::Level, series);
        // From a small country to the world: $1m to $1,000trn, or one person to a trillion.
        measured.range = if companion.is_money() { (1e-3, 1e6) } else { (1.0, 1e12) };
        let (why, source) = (self.text(table, "why"), self.text(table, "source"));
        let written = table.get("figure").cloned().or_else(|| {
            let known = gdp(region, frame.base_year).filter(|_| companion == Companion::Gdp)?;
            let value = Table::of([
                ("value", Value::Text(format!("${}bn", known.value?))),
                ("why", Value::Text(format!("{} in {}", known.as_stated, known.year))),
                ("source", Value::text(known.source.as_str())),
            ]);
            Some(Node::bare(Value::Table(value)).at(&node.place))
        });
        let Some(written) = written else {
            let what = format!("`{address}` has no figure of {}", frame.base_year);
            let cure = match companion {
                Companion::Gdp => "write figure = \"$4,500bn\" and its source; 2023 of the US and China is built in",
                Companion::Population => "write figure = 335000000, the number of people, and its source",
                Companion::VentureMoney => "write figure = \"$170bn\" and its source",
                Companion::SpendingOutside => "write figure = { p10 = \"$2bn\", p90 = \"$20bn\" } and its source",
            };
            self.error(&node.place, what, cure);
            return None;
        };
        let words = (why, source, Role::Assumption);
        let id = self.assumption_with(&format!("{address}.figure"), &written, &measured, words)?;
        let people = self.assumptions[id].law.median();
        let is_village = !companion.is_money() && people < FEWEST_PEOPLE;
        if let Some((what, cure)) = of_another_order(companion, people, (region, frame)).filter(|_| !is_village) {
            self.error(&written.place, format!("`{address}` is {what}"), cure);
            return None;
        }
        if is_village {
            let what = format!("`{address}` has {people} people, which is a village");
            let cure = format!("write all of them: {} for {people} million", people * 1e6);
            self.error(&written.place, what, cure);
            return None;
        }
        if !companion.is_money() {
            "people".clone_into(&mut self.assumptions[id].unit);
        }
        Some(id)
    }
}

/// What is wrong with a figure of a region that is well known, where it is of another order than the known one.
fn of_another_order(companion: Companion, value: f64, (region, frame): (&str, &Frame)) -> Option<(String, String)> {
    let (known, said, written) = match companion {
        Companion::Gdp => {
            let near = (0..30).flat_map(|years| [frame.base_year - years, frame.base_year + years]);
            let (year, known) = near.into_iter().find_map(|year| Some((year, gdp(region, year)?.value?)))?;
            (known, format!("${value}bn, where that of {year} was ${known}bn"), format!("\"${known}bn\""))
        }
        Companion::Population => {
            let (_, known) = PEOPLE.iter().find(|(own, _)| *own == region)?;
            (*known, format!("{value} people, where about {known} live"), format!("{known}"))
        }
        Companion::VentureMoney | Companion::SpendingOutside => return None,
    };
    let is_odd = (value / known).max(known / value) >= ANOTHER_ORDER && value > 0.0;
    is_odd.then(|| (said, format!("is it in another unit? write it in full, such as {written}")))
}
