//! Factors and numbers with a middle and two ends, each with its cells.

use super::super::digits::mixed_ratio;
use super::super::effect::{effect_with_range, factor_label};
use super::super::form::Form;
use super::super::number::{outgrow, percent_change, yearly_rate};
use super::super::text::Piece;
use super::Cited;

impl Cited<f64> {
    /// A factor as short as a bar's label.
    #[must_use]
    pub fn factor_label(&self) -> Piece {
        self.cite(Form::FactorLabel, factor_label(self.value))
    }
}

impl Cited<[f64; 3]> {
    /// An effect with its 80% range.
    #[must_use]
    pub fn effect_range(&self) -> Piece {
        self.cite(Form::EffectRange, effect_with_range(self.value))
    }

    /// Median and 80% range of a ratio under a mixture, which has no error of its own.
    #[must_use]
    pub fn mixed_ratio(&self) -> Piece {
        self.cite(Form::MixedRatio, mixed_ratio(self.value))
    }

    /// The middle of a growth in logs as a yearly one.
    #[must_use]
    pub fn yearly(&self) -> Piece {
        let text = yearly_rate(libm::expm1(self.value[0]));
        self.cite_columns(0..1, Form::PlainLogPercent, text)
    }

    /// Its ends with their signs.
    #[must_use]
    pub fn yearly_ends(&self) -> [Piece; 2] {
        [1, 2]
            .map(|end| self.cite_columns(end..end + 1, Form::LogPercent, percent_change(libm::expm1(self.value[end]))))
    }

    /// Ends of a ratio and years to grow: how much faster the follow region must grow in each.
    #[must_use]
    pub fn outgrow(&self) -> Piece {
        let [low, high, years] = self.value;
        self.cite(Form::Outgrow, outgrow(low, high, years))
    }
}
