//! A value with the cell it stands in: what writes the number also says where it comes from, so that the two cannot
//! disagree.

mod asked;
mod levels;

use crate::metric::Observed;
use crate::summary::{Estimate, Probability};
use crate::table::Cell;

use super::chance::Chance;
use super::digits::{
    clear_percent, count_range_within, count_within, median_ratio_within, percent_within, ratio_range_within,
    ratio_within,
};
use super::effect::{effect, effect_verb};
use super::form::Form;
use super::money_unit::MoneyUnit;
use super::near::{median_ratio_near, ratio_near};
use super::number::{count, paths, percent, percent_change, percent_range, points_error, significant, whole_points};
use super::share;
use super::text::{Citation, Piece};
use super::times::{observed_ratio, ratio, ratio_range};

/// A value with its cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited<T> {
    /// The value that is cited.
    pub value: T,
    /// Where it stands.
    pub cell: Cell,
}

/// Paths that were hit, of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hits {
    /// Paths that were hit.
    pub hits: u64,
    /// Paths that were asked.
    pub paths: u64,
}

impl<T> Cited<T> {
    /// A value with its cell.
    #[must_use]
    pub fn new(value: T, cell: Cell) -> Self {
        Self { value, cell }
    }

    /// The value in the tables of a run that stand in a folder.
    #[must_use]
    pub fn within(mut self, folder: &str) -> Self {
        self.cell.file.insert_str(0, folder);
        self
    }

    fn cite(&self, form: Form, text: impl Into<String>) -> Piece {
        Piece::Cited { text: text.into(), citation: Citation { cell: self.cell.clone(), form } }
    }

    /// The citation of some of the cell's columns.
    fn cite_columns(&self, columns: std::ops::Range<usize>, form: Form, text: impl Into<String>) -> Piece {
        let cell = Cell { columns: self.cell.columns[columns].to_vec(), ..self.cell.clone() };
        Piece::Cited { text: text.into(), citation: Citation { cell, form } }
    }
}

impl Cited<Probability> {
    /// The share of paths, with the count beside it where nothing or everything was hit.
    #[must_use]
    pub fn with_count(&self) -> Piece {
        self.cite(Form::Share, share::probability(&self.value))
    }

    /// The share of paths.
    #[must_use]
    pub fn share(&self) -> Piece {
        self.cite(Form::Share, share::stated_within(&self.value, true))
    }

    /// The share of paths without its sign of per cent, for a chart whose unit that is.
    #[must_use]
    pub fn share_number(&self) -> Piece {
        self.cite(Form::ShareNumber, share::stated_within(&self.value, true).replace('%', ""))
    }

    /// The share of paths in whole per cent, which differences in points are taken of.
    #[must_use]
    pub fn whole_percent(&self) -> Piece {
        self.cite_columns(0..1, Form::Percent, percent(self.value.value))
    }

    /// The share of the likelier side.
    #[must_use]
    pub fn sided_share(&self) -> Piece {
        self.cite(Form::SidedShare, share::stated_within(&self.value, Chance::of(self.value.value).1))
    }

    /// The share of paths that answer yes, or of those that answer no.
    #[must_use]
    pub fn share_of(&self, itself: bool) -> Piece {
        if itself { self.share() } else { self.cite(Form::OppositeShare, share::stated_within(&self.value, false)) }
    }

    /// The share of pairs of paths, with the count beside it where nothing or everything was hit.
    #[must_use]
    pub fn paired_share(&self) -> Piece {
        self.cite(Form::ErrorShare, share::probability(&self.value))
    }

    /// Its words of chance; `None` where so few paths carry none.
    #[must_use]
    pub fn chance(&self) -> Option<Piece> {
        Chance::carried(&self.value).map(|chance| self.cite(Form::Chance, chance.words()))
    }

    /// `wider` or `no wider`.
    #[must_use]
    pub fn wider(&self) -> Piece {
        self.cite(Form::Wider, if Chance::of(self.value.value).1 { "wider" } else { "no wider" })
    }

    /// `narrower or lost` or `no narrower`: of a lead of the follow region, which a larger gap narrows and at last ends.
    #[must_use]
    pub fn narrower(&self) -> Piece {
        self.cite(Form::Narrower, if Chance::of(self.value.value).1 { "narrower or lost" } else { "no narrower" })
    }

    /// `higher` or `no higher`, of a ratio that may stay exactly where it is.
    #[must_use]
    pub fn higher(&self) -> Piece {
        self.cite(Form::Higher, if Chance::of(self.value.value).1 { "higher" } else { "no higher" })
    }

    /// `higher` or `lower`, of a ratio that is the same on no path.
    #[must_use]
    pub fn higher_or_lower(&self) -> Piece {
        self.cite(Form::Higher, if Chance::of(self.value.value).1 { "higher" } else { "lower" })
    }

    /// Between which shares the assumptions move it; `None` where nothing of it can be told from simulation error.
    #[must_use]
    pub fn spread(&self) -> Option<Piece> {
        share::spread_of_share(&self.value).map(|text| self.cite(Form::Spread, text))
    }
}

impl Cited<u64> {
    /// Number of paths in words.
    #[must_use]
    pub fn paths(&self) -> Piece {
        self.cite(Form::Paths, paths(self.value))
    }
}

impl Cited<Hits> {
    /// The share of paths, with the count beside it where nothing or everything was hit.
    #[must_use]
    pub fn share(&self) -> Piece {
        self.cite(Form::PathShare, share::share_of_paths(self.value.hits, self.value.paths))
    }
}

impl Cited<Estimate> {
    /// A simulated ratio.
    #[must_use]
    pub fn ratio(&self) -> Piece {
        self.cite(Form::Ratio, ratio_within(self.value))
    }

    /// A simulated ratio beside the observed one.
    #[must_use]
    pub fn ratio_near(&self, seen: f64) -> Piece {
        self.cite(Form::Ratio, ratio_near(self.value, seen))
    }

    /// A simulated ratio as it was rounded together with the one beside it.
    #[must_use]
    pub fn ratio_beside(&self, rounded: Estimate) -> Piece {
        self.cite(Form::RatioBeside, ratio_within(rounded))
    }

    /// A simulated amount.
    #[must_use]
    pub fn money(&self, money: MoneyUnit) -> Piece {
        self.cite(Form::Money, money.amount_within(self.value))
    }

    /// A change of an amount, with its sign.
    #[must_use]
    pub fn change(&self, money: MoneyUnit) -> Piece {
        self.cite(Form::ChangeWithin, money.change_within(self.value))
    }

    /// A simulated number of deals.
    #[must_use]
    pub fn count(&self) -> Piece {
        self.cite(Form::Count, count_within(self.value))
    }

    /// A simulated amount that the table has in millions.
    #[must_use]
    pub fn millions(&self, money: MoneyUnit) -> Piece {
        self.cite(Form::Money, money.amount_within(self.value.times(1e-3)))
    }

    /// A share in percent.
    #[must_use]
    pub fn percent(&self) -> Piece {
        self.cite(Form::PercentWithin, percent_within(self.value))
    }

    /// What is left of a share, in percent.
    #[must_use]
    pub fn rest(&self) -> Piece {
        self.cite(Form::RestPercent, percent_within(Estimate { value: 1.0 - self.value.value, ..self.value }))
    }

    /// A share in percent; `≈0` below two standard errors.
    #[must_use]
    pub fn clear_percent(&self) -> Piece {
        self.cite(Form::ClearPercent, clear_percent(self.value))
    }

    /// What an effect does, as a verb and its size, given the error of its log; `None` within five per cent.
    #[must_use]
    pub fn effect_verb(&self) -> Option<[Piece; 2]> {
        let (verb, size) = effect_verb(self.value.value, self.value.error)?;
        Some([self.cite(Form::EffectVerb, verb), self.cite(Form::EffectSize, size)])
    }
}

impl Cited<[Estimate; 2]> {
    /// A range of simulated ratios.
    #[must_use]
    pub fn ratio_range(&self) -> Piece {
        self.cite(Form::RatioRange, ratio_range_within(self.value[0], self.value[1]))
    }

    /// A range of simulated amounts.
    #[must_use]
    pub fn money_range(&self, money: MoneyUnit) -> Piece {
        self.cite(Form::MoneyRange, money.range_within(self.value[0], self.value[1]))
    }

    /// A range of simulated amounts that the table has in millions.
    #[must_use]
    pub fn range_of_millions(&self, money: MoneyUnit) -> Piece {
        let [low, high] = self.value.map(|it| it.times(1e-3));
        self.cite(Form::MoneyRange, money.range_within(low, high))
    }

    /// A range of simulated numbers of deals.
    #[must_use]
    pub fn count_range(&self) -> Piece {
        self.cite(Form::CountRange, count_range_within(self.value[0], self.value[1]))
    }
}

impl Cited<[Estimate; 3]> {
    /// Median of a ratio with its 80% range.
    #[must_use]
    pub fn median_ratio(&self) -> Piece {
        let [median, low, high] = self.value;
        self.cite(Form::MedianRatio, median_ratio_within(median, low, high))
    }

    /// Median of a ratio with its 80% range, beside the observed one.
    #[must_use]
    pub fn median_ratio_near(&self, seen: f64) -> Piece {
        let [median, low, high] = self.value;
        self.cite(Form::MedianRatio, median_ratio_near(median, low, high, seen))
    }

    /// Median of an amount with its 80% range.
    #[must_use]
    pub fn median_money(&self, money: MoneyUnit) -> Piece {
        let [median, low, high] = self.value;
        self.cite(Form::MedianMoney, money.median_within(median, low, high))
    }
}

impl Cited<Observed> {
    /// An observed ratio.
    #[must_use]
    pub fn ratio(&self) -> Piece {
        self.cite(Form::ObservedRatio, observed_ratio(self.value.value, self.value.low, self.value.high))
    }

    /// An observed amount.
    #[must_use]
    pub fn money(&self, money: MoneyUnit) -> Piece {
        self.cite(Form::ObservedMoney, money.observed_amount(self.value.value, self.value.low, self.value.high))
    }

    /// The size of an observed amount, without its sign.
    #[must_use]
    pub fn money_size(&self, money: MoneyUnit) -> Piece {
        self.cite(Form::ObservedSize, money.observed_amount(self.value.value.abs(), self.value.low, self.value.high))
    }

    /// An observed amount that the table has in millions.
    #[must_use]
    pub fn millions(&self, money: MoneyUnit) -> Piece {
        let [value, low, high] = [self.value.value, self.value.low, self.value.high].map(|it| it / 1000.0);
        self.cite(Form::ObservedMoney, money.observed_amount(value, low, high))
    }

    /// An observed number of deals.
    #[must_use]
    pub fn count(&self) -> Piece {
        self.cite(Form::ObservedCount, count(self.value.value))
    }

    /// What its rounding leaves of an observed ratio.
    #[must_use]
    pub fn range_of_ratio(&self) -> Piece {
        self.cite_columns(1..3, Form::RatioRange, ratio_range(self.value.low, self.value.high))
    }
}

impl Cited<f64> {
    /// A ratio at two figures.
    #[must_use]
    pub fn ratio(&self) -> Piece {
        self.cite(Form::Ratio, ratio(self.value))
    }

    /// A factor as what it does to a level.
    #[must_use]
    pub fn effect(&self) -> Piece {
        self.cite(Form::Effect, effect(self.value))
    }

    /// `larger` or `smaller`, of a factor.
    #[must_use]
    pub fn larger_or_smaller(&self) -> Piece {
        self.cite(Form::LargerSmaller, if self.value < 1.0 { "smaller" } else { "larger" })
    }

    /// A change of an amount, with its sign.
    #[must_use]
    pub fn change(&self, money: MoneyUnit) -> Piece {
        self.cite(Form::Change, money.change(self.value))
    }

    /// A whole number of things.
    #[must_use]
    pub fn whole_number(&self) -> Piece {
        self.cite(Form::ObservedCount, count(self.value))
    }

    /// A share in percent.
    #[must_use]
    pub fn percent(&self) -> Piece {
        self.cite(Form::Percent, percent(self.value))
    }

    /// Two significant figures.
    #[must_use]
    pub fn figures(&self) -> Piece {
        self.cite(Form::Figures, significant(self.value, 2))
    }

    /// A change of a log as a yearly one, with its sign.
    #[must_use]
    pub fn log_percent(&self) -> Piece {
        self.cite(Form::LogPercent, percent_change(libm::expm1(self.value)))
    }

    /// A part of a change of an amount, as it was rounded so that parts add up.
    #[must_use]
    pub fn part(&self, money: MoneyUnit, rounded: f64, decimals: i32) -> Piece {
        self.cite(Form::MoneyPart, money.part(rounded, decimals))
    }

    /// Hundredths, as they were rounded so that parts add up.
    #[must_use]
    pub fn points(&self, rounded: f64) -> Piece {
        self.cite(Form::Points, whole_points(rounded))
    }

    /// An error in hundredths.
    #[must_use]
    pub fn points_error(&self) -> Piece {
        self.cite(Form::PointsError, points_error(self.value))
    }
}

impl Cited<[f64; 2]> {
    /// A range of shares in percent.
    #[must_use]
    pub fn percent_range(&self) -> Piece {
        self.cite(Form::PercentRange, percent_range(self.value[0], self.value[1]))
    }
}
