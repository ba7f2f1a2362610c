//! The currency and the prices that amounts are shown in.

use super::assumption::{AssumptionId, Numbered, Quantity};

/// In which money dollar amounts are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Currency {
    /// US dollars, the currency of the data.
    #[default]
    Usd,
    /// Chinese yuan, by an exchange rate.
    Cny,
}

impl Currency {
    /// Code of the currency: `USD`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Cny => "CNY",
        }
    }
}

/// `[money]`: what amounts are shown in. Models, data and the scenario's own amounts are nominal dollars throughout.
///
/// Order of conversion: dollars of the year, at that year's exchange rate into the currency, then by that currency's
/// deflator into the prices of a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Money {
    pub(in crate::scenario) currency: Currency,
    pub(in crate::scenario) prices: Option<i32>,
    pub(in crate::scenario) exchange_rate: Vec<(i32, AssumptionId)>,
    pub(in crate::scenario) inflation: Option<Quantity>,
}

impl Money {
    /// Currency of every amount shown.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The year whose prices amounts are shown in; nominal if none.
    #[must_use]
    pub fn prices(&self) -> Option<i32> {
        self.prices
    }

    /// Yuan per dollar in some years, in rising order; between them the log moves evenly, outside them it stays.
    #[must_use]
    pub fn exchange_rate(&self) -> &[(i32, AssumptionId)] {
        &self.exchange_rate
    }

    /// Yearly inflation of the currency; none if it is taken as 0.
    #[must_use]
    pub fn inflation(&self) -> Option<&Quantity> {
        self.inflation.as_ref()
    }

    /// A unit of dollars, `$bn`, in this money: `¥bn`, `$bn of 2023`.
    #[must_use]
    pub fn unit(&self, dollars: &str) -> String {
        if !dollars.starts_with('$') {
            return dollars.to_owned();
        }
        let unit = match self.currency {
            Currency::Usd => dollars.to_owned(),
            Currency::Cny => dollars.replace('$', "¥"),
        };
        self.prices.map_or(unit.clone(), |year| format!("{unit} of {year}"))
    }

    /// Name of a column of amounts: `dollars`, `yuan`, `yuan-of-2023`.
    #[must_use]
    pub fn column(&self) -> String {
        let name = if self.currency == Currency::Usd { "dollars" } else { "yuan" };
        self.prices.map_or_else(|| name.to_owned(), |year| format!("{name}-of-{year}"))
    }

    /// Whether amounts are nominal dollars, which need no conversion.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.currency == Currency::Usd && self.prices.is_none()
    }
}

impl Numbered for Money {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self {
            exchange_rate: self.exchange_rate.iter().map(|(year, id)| (*year, place(*id))).collect(),
            inflation: self.inflation.as_ref().map(|quantity| quantity.renumbered(place)),
            ..self.clone()
        }
    }
}

/// Log of the yuan per dollar in a year: even steps of the log between the years written, the same outside them.
pub fn log_rate(rates: &[(i32, AssumptionId)], year: i32, log: impl Fn(AssumptionId) -> f64) -> f64 {
    let after = rates.iter().position(|(known, _)| *known >= year);
    match after {
        Some(0) => log(rates[0].1),
        Some(place) => {
            let ((from, before), (to, next)) = (rates[place - 1], rates[place]);
            let share = f64::from(year - from) / f64::from(to - from);
            let (start, end) = (log(before), log(next));
            start + (end - start) * share
        }
        None => rates.last().map_or(0.0, |(_, id)| log(*id)),
    }
}
