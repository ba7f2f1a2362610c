//! Inputs, targets and chances of questions asked backwards, each with its cell.

use super::super::form::Form;
use super::super::input_values::{input_range, limit_value};
use super::super::money_unit::MoneyUnit;
use super::super::number::{assumed_value, input_value, percent, significant};
use super::super::share::share_in_tenths;
use super::super::text::Piece;
use super::super::times::ratio;
use super::Cited;

impl Cited<f64> {
    /// A value of an input by its unit in the table.
    #[must_use]
    pub fn input_value(&self, unit: &str) -> Piece {
        self.cite(Form::InputValue, input_value(self.value, unit))
    }

    /// A limit of a rule, by its unit in the table.
    #[must_use]
    pub fn limit_value(&self, unit: &str) -> Piece {
        self.cite(Form::LimitValue, limit_value(self.value, unit))
    }

    /// What a scenario has for an input, by its unit in the table.
    #[must_use]
    pub fn assumed_value(&self, unit: &str) -> Piece {
        self.cite(Form::AssumedValue, assumed_value(self.value, unit))
    }

    /// A value of a target by its unit: a share of paths, a ratio, an amount, a number.
    #[must_use]
    pub fn target_value(&self, unit: &str) -> Piece {
        match unit {
            "share" => self.cite(Form::Percent, percent(self.value)),
            "times" => self.cite(Form::Ratio, ratio(self.value)),
            "$bn" => self.cite(Form::Amount, MoneyUnit::of_unit(unit).amount(self.value)),
            // The table has no currency in its column `unit`, which is the input's.
            _ if unit.contains("bn") => Piece::Own(MoneyUnit::of_unit(unit).amount(self.value)),
            _ => self.cite(Form::Figures, significant(self.value, 2)),
        }
    }

    /// A value of an input or a target at four figures, in pieces: what stands before the number, the number, and what behind.
    #[must_use]
    pub fn at_four_figures(&self, unit: &str) -> [Piece; 3] {
        let words = |text: &str| Piece::Words(text.to_owned());
        if unit.starts_with("share") {
            let text = format!("{}%", significant(100.0 * self.value, 4));
            return [words(""), self.cite(Form::FourPercent, text), words("")];
        }
        let number = self.cite(Form::FourFigures, significant(self.value, 4));
        let (before, behind) = match unit {
            "times" => ("", "×"),
            "$m" => ("$", "m"),
            _ if unit.starts_with("$bn") => ("$", "bn"),
            _ if unit.starts_with("¥bn") => ("¥", "bn"),
            _ => ("", ""),
        };
        [words(before), number, words(behind)]
    }

    /// A share rounded to so many tenths of a per cent, told in whole per cents if asked for, `≈0` where its interval says no more
    /// than that.
    #[must_use]
    pub fn share_in_tenths(&self, ends: Option<(f64, f64)>, tenths: f64, whole: bool) -> Piece {
        self.cite(Form::ShareBetween, share_in_tenths(self.value, ends, tenths, whole))
    }

    /// A chance that a law gives.
    #[must_use]
    pub fn chance_of_law(&self) -> Piece {
        self.cite(Form::Percent, percent(self.value))
    }
}

impl Cited<[f64; 2]> {
    /// A range of an input by its unit in the table, whose ends are rounded already.
    #[must_use]
    pub fn input_range(&self, unit: &str) -> Piece {
        self.cite(Form::InputRange, input_range(self.value[0], self.value[1], unit))
    }
}
