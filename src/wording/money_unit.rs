//! The money that amounts are shown in: its sign, its name, and every format of an amount.

use crate::scenario::{Currency, Money};

use crate::summary::Estimate;

use super::{digits, number};

/// The money of a scenario, for sentences, tables and charts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoneyUnit {
    currency: Currency,
    prices: Option<i32>,
}

impl MoneyUnit {
    /// The money that a scenario is shown in.
    #[must_use]
    pub fn of(money: &Money) -> Self {
        Self { currency: money.currency(), prices: money.prices() }
    }

    /// The money of a unit as a CSV writes it: `$bn`, `¥bn of 2023`.
    #[must_use]
    pub fn of_unit(unit: &str) -> Self {
        let currency = if unit.starts_with('¥') { Currency::Cny } else { Currency::Usd };
        Self { currency, prices: unit.split_once(" of ").and_then(|(_, year)| year.parse().ok()) }
    }

    /// A change of an amount with its sign: `+$4.7bn`, `−$0.85bn`.
    #[must_use]
    pub fn change(self, billions: f64) -> String {
        match billions {
            0.0 => self.axis_amount(0.0),
            billions if billions > 0.0 => format!("+{}", self.amount(billions)),
            billions => self.amount(billions),
        }
    }

    /// A change of an amount with its sign, with as many digits as the simulation carries.
    #[must_use]
    pub fn change_within(self, amount: Estimate) -> String {
        let words = self.amount_within(amount);
        match words.strip_prefix('≈') {
            _ if amount.value <= 0.0 => words,
            Some(rough) => format!("≈+{rough}"),
            None => format!("+{words}"),
        }
    }

    fn sign(self) -> char {
        match self.currency {
            Currency::Usd => '$',
            Currency::Cny => '¥',
        }
    }

    fn turned(self, text: String) -> String {
        if self.currency == Currency::Usd { text } else { text.replace('$', &self.sign().to_string()) }
    }

    /// `dollars`, `yuan`, `constant dollars`: what stands behind "in".
    #[must_use]
    pub fn noun(self) -> String {
        let name = match self.currency {
            Currency::Usd => "dollars",
            Currency::Cny => "yuan",
        };
        self.prices.map_or_else(|| name.to_owned(), |_| format!("constant {name}"))
    }

    /// `the US lead in dollars`, `China’s lead in yuan`.
    #[must_use]
    pub fn lead_of(self, region: &str) -> String {
        let whose = match region {
            name if name.chars().all(char::is_uppercase) => format!("the {name}"),
            name if name.ends_with('s') => format!("{name}’"),
            name => format!("{name}’s"),
        };
        if self == Self::default() {
            format!("{whose} lead in dollars")
        } else {
            format!("{whose} lead in {}", self.noun())
        }
    }

    /// Decimals of a billion that parts of a change are shown with.
    pub const DECIMALS: std::ops::RangeInclusive<i32> = 0..=6;

    /// What a part may be printed as at so many decimals: rounded, or up or down so that parts add up.
    pub(super) fn parts(self, value: f64, decimals: i32) -> [String; 3] {
        let scale = libm::pow(10.0, f64::from(decimals));
        let scaled = value * scale;
        [scaled.round(), scaled.floor(), scaled.ceil()].map(|it| self.part(it / scale + 0.0, decimals))
    }

    /// A part of a change with its sign, as it was rounded to so many decimals of a billion: `+$4.6bn`, `−$17m`.
    #[must_use]
    pub fn part(self, rounded: f64, decimals: i32) -> String {
        let (factor, suffix, decimals) = if decimals > 2 { (1e3, "m", decimals - 3) } else { (1.0, "bn", decimals) };
        let size = number::fixed(rounded.abs() * factor, decimals);
        let sign = match rounded {
            rounded if rounded > 0.0 => "+",
            rounded if rounded < 0.0 => "−",
            _ => "",
        };
        self.turned(format!("{sign}${size}{suffix}"))
    }

    /// `current $`, `¥ of 2023`: what an axis is in.
    #[must_use]
    pub fn axis_unit(self) -> String {
        self.prices.map_or_else(|| format!("current {}", self.sign()), |year| format!("{} of {year}", self.sign()))
    }

    /// `$`, `¥`, `¥ of 2023`.
    #[must_use]
    pub fn short_unit(self) -> String {
        self.prices.map_or_else(|| self.sign().to_string(), |year| format!("{} of {year}", self.sign()))
    }

    /// A simulated amount, from bn, at two significant figures: `$84bn`.
    #[must_use]
    pub fn amount(self, billions: f64) -> String {
        self.turned(number::money(billions))
    }

    /// A simulated amount with as many digits as the simulation carries.
    #[must_use]
    pub fn amount_within(self, amount: Estimate) -> String {
        self.turned(digits::money_within(amount))
    }

    /// A range of simulated amounts with as many digits as the simulation carries.
    #[must_use]
    pub fn range_within(self, low: Estimate, high: Estimate) -> String {
        self.turned(digits::money_range_within(low, high))
    }

    /// Median with its 80% range, with as many digits as the simulation carries.
    #[must_use]
    pub fn median_within(self, median: Estimate, low: Estimate, high: Estimate) -> String {
        self.turned(format!("{} ({})", digits::money_within(median), digits::money_range_short_within(low, high)))
    }

    /// An amount on an axis, where steps are round: `$100bn`.
    #[must_use]
    pub fn axis_amount(self, billions: f64) -> String {
        self.turned(number::money_axis(billions))
    }

    /// An observed amount at the digits its rounding carries: `$27.2bn`.
    #[must_use]
    pub fn observed_amount(self, value: f64, low: f64, high: f64) -> String {
        self.turned(number::observed_money(value, low, high))
    }

    /// A range of amounts: `$9bn–$290bn`.
    #[must_use]
    pub fn range(self, low: f64, high: f64) -> String {
        self.turned(digits::money_range(low, high))
    }

    /// Median with its 80% range: `$50bn ($9–290bn)`.
    #[must_use]
    pub fn median(self, median: f64, low: f64, high: f64) -> String {
        self.turned(format!("{} ({})", number::money(median), digits::money_range_short(low, high)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_words_name_their_money() {
        let yuan = MoneyUnit { currency: Currency::Cny, prices: Some(2023) };
        assert_eq!(yuan.amount(84.3), "¥84bn");
        assert_eq!(yuan.median(50.0, 9.0, 290.0), "¥50bn (¥9–290bn)");
        assert_eq!(yuan.noun(), "constant yuan");
        assert_eq!(yuan.axis_unit(), "¥ of 2023");
        assert_eq!(MoneyUnit::default().lead_of("US"), "the US lead in dollars");
        assert_eq!(MoneyUnit::default().lead_of("China"), "China’s lead in dollars");
        assert_eq!(yuan.lead_of("US"), "the US lead in constant yuan");
        let part = |rounded, decimals| MoneyUnit::default().part(rounded, decimals);
        assert_eq!(
            [part(4.6, 1), part(-17.0, 0), part(0.036, 3), part(0.0, 1)],
            ["+$4.6bn", "−$17bn", "+$36m", "$0.0bn"]
        );
    }
}
