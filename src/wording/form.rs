//! How a cell is written in prose: every form is a function of the cell's values alone, so that a page can be checked.

use crate::summary::{Estimate, Probability};

use super::chance::Chance;
use super::digits::{
    clear_percent, count_range_within, count_within, median_ratio_within, mixed_ratio, percent_within,
    ratio_range_within, ratio_within, ratios_beside,
};
use super::effect::{effect, effect_verb, effect_with_range, factor_label};
use super::input_values::{input_range, limit_value};
use super::money_unit::MoneyUnit;
use super::near::one_digit_more;
use super::number::{
    assumed_value, count, input_value, outgrow, paths, percent, percent_change, percent_range, points_error,
    significant, whole_points, yearly_rate,
};
use super::share::{probability, share_in_tenths, share_of_paths, spread_of_share, stated, stated_within};
use super::times::{observed_ratio, ratio};

/// Columns that a share of paths is written from: its digits depend on its error.
pub const PROBABILITY: [&str; 6] =
    ["probability", "standard_error", "sim_error_low", "sim_error_high", "spread_from_assumptions", "paths"];

/// What stands in a cell, as a form reads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// Fields as they stand in the file.
    pub fields: Vec<String>,
    /// The row's unit, if it has one.
    pub unit: String,
    /// Whether the row has infinite values, which a CSV leaves empty.
    pub infinite: bool,
    /// Simulation errors of the fields, where they are known.
    pub errors: Vec<Option<f64>>,
}

macro_rules! forms {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// How a cell is written in prose.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Form { $($(#[$doc])* $variant,)+ }

        impl Form {
            const ALL: &[(Self, &str)] = &[$((Self::$variant, $name),)+];
        }
    };
}

forms! {
    /// Share of paths with the digits that its error carries: of the columns [`PROBABILITY`].
    Share = "share",
    /// The share of the likelier side, likewise.
    SidedShare = "sided-share",
    /// The share of paths that answer no, likewise.
    OppositeShare = "opposite-share",
    /// Share of paths: of a share and `paths`.
    PathShare = "path-share",
    /// Share of paths with its error: of a share, its error and `paths`.
    ErrorShare = "error-share",
    /// A share in percent.
    Percent = "percent",
    /// A share with its error, in percent.
    PercentWithin = "percent-within",
    /// What is left of a share with its error, in percent.
    RestPercent = "rest-percent",
    /// `≈0` below two standard errors, else percent: of a share and its error.
    ClearPercent = "clear-percent",
    /// `±18`, in points: of the columns [`PROBABILITY`].
    Spread = "spread",
    /// Simulated ratio.
    Ratio = "ratio",
    /// Median with its 80% range: of `p50, p10, p90`.
    MedianRatio = "median-ratio",
    /// Median amount with its 80% range: of `p50, p10, p90`.
    MedianMoney = "median-money",
    /// Range of ratios: of two columns.
    RatioRange = "ratio-range",
    /// Range of amounts: of two columns.
    MoneyRange = "money-range",
    /// Observed ratio: of value, low, high.
    ObservedRatio = "observed-ratio",
    /// Observed amount: of value, low, high.
    ObservedMoney = "observed-money",
    /// Size of an observed amount without its sign: of value, low, high.
    ObservedSize = "observed-size",
    /// Simulated amount.
    Money = "money",
    /// Median and 80% range of a ratio at two figures each, beside which its table has no error.
    MixedRatio = "mixed-ratio",
    /// A simulated amount at two figures, beside which its table has no error.
    Amount = "amount",
    /// Size of a simulated amount without its sign.
    MoneySize = "money-size",
    /// Simulated number of deals.
    Count = "count",
    /// Range of simulated numbers of deals: of two columns.
    CountRange = "count-range",
    /// Observed number of deals.
    ObservedCount = "observed-count",
    /// Part of a change of an amount, rounded up or down so that parts add up to a rounded whole.
    MoneyPart = "money-part",
    /// One of two ratios that were rounded together.
    RatioBeside = "ratio-beside",
    /// Share of paths without its sign of per cent, likewise.
    ShareNumber = "share-number",
    /// What of a range of shares lies in it, in percent: of two columns.
    PercentRange = "percent-range",
    /// What an effect does: `÷4.5`.
    Effect = "effect",
    /// An effect as short as a bar's label, of a factor.
    FactorLabel = "factor",
    /// An effect with its 80% range: of `ratio_p50, ratio_p10, ratio_p90`.
    EffectRange = "effect-range",
    /// Size of an effect: `by 4.5`, `by 37%`: of a factor and the error of its log.
    EffectSize = "effect-size",
    /// Its verb: `cuts`, `divides`, `raises`, `multiplies`.
    EffectVerb = "effect-verb",
    /// `larger` or `smaller`.
    LargerSmaller = "larger-smaller",
    /// Hundredths of a share or of a log, rounded up or down so that parts add up to a rounded whole.
    Points = "points",
    /// An error in hundredths.
    PointsError = "points-error",
    /// Two significant figures.
    Figures = "figures",
    /// Four significant figures, which tell numbers apart that lie close together.
    FourFigures = "four-figures",
    /// A share in percent at four significant figures.
    FourPercent = "four-percent",
    /// A log change as a yearly one, with its sign.
    LogPercent = "log-percent",
    /// A log change as a yearly one, without a plus sign.
    PlainLogPercent = "plain-log-percent",
    /// A change of an amount with its sign.
    Change = "change",
    /// A change of an amount with its sign, with as many digits as its error allows.
    ChangeWithin = "change-within",
    /// Words of chance.
    Chance = "chance",
    /// `wider` or `no wider`.
    Wider = "wider",
    /// `widen` or `narrow`.
    Widen = "widen",
    /// `open` where it could go either way.
    Open = "open",
    /// A value of an input by its unit: `24%`, `$14m`, `2027`.
    InputValue = "input-value",
    /// A limit of a rule, by its unit, without a digit below a tenth of a per cent.
    LimitValue = "limit-value",
    /// Range of an input by its unit, whose ends are rounded already: `7.2–8.2%`; of two columns.
    InputRange = "input-range",
    /// What a scenario has for an input, by its unit: `7.25%`.
    AssumedValue = "assumed-value",
    /// A share with the ends of its interval, `≈0` where they hold zero; rounded up or down where parts add up.
    ShareBetween = "share-between",
    /// So many paths: `100,000 paths`.
    Paths = "paths",
    /// `narrower or lost` or `no narrower`: of a lead that a larger gap narrows.
    Narrower = "narrower",
    /// `higher`, and `lower` or `no higher`, of a ratio.
    Higher = "higher",
    /// How much a year the follow region must outgrow the lead to match it: of two ends of the ratio and years.
    Outgrow = "outgrow",
}

impl Form {
    /// Its word in the report.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(form, _)| *form == self).expect("every form has a name").1
    }

    /// Places of the columns that a reader needs for the number, out of so many; the others only decide its digits.
    #[must_use]
    pub fn reads(self, columns: usize) -> Vec<usize> {
        match self {
            Self::Spread => vec![0, 4],
            _ if columns == PROBABILITY.len() => vec![0],
            _ => (0..columns).collect(),
        }
    }

    /// The form of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(form, _)| *form)
    }

    /// What may be written for these values: one way of writing it, or, where parts were rounded to add up or a count may
    /// stand beside a share, several.
    #[must_use]
    pub fn written(self, values: &Values) -> Option<Vec<String>> {
        match self {
            Self::Share
            | Self::SidedShare
            | Self::OppositeShare
            | Self::PathShare
            | Self::ErrorShare
            | Self::ShareNumber
            | Self::Spread => self.share(values),
            Self::Chance | Self::Wider | Self::Narrower | Self::Higher | Self::LargerSmaller | Self::EffectVerb => {
                self.words(values)
            }
            Self::Percent
            | Self::PercentRange
            | Self::PercentWithin
            | Self::RestPercent
            | Self::ClearPercent
            | Self::ShareBetween
            | Self::LogPercent => self.percent(values),
            Self::Points => {
                let points = values.number(0)? * 100.0;
                Some([points.round(), points.floor(), points.ceil()].map(whole_points).to_vec())
            }
            Self::Ratio => {
                let it = values.estimate(0)?;
                Some(vec![ratio_within(it), ratio(it.value), one_digit_more(it)])
            }
            Self::RatioBeside => values.number(0).map(ratios_beside),
            Self::MedianRatio => {
                let [median, low, high] = [values.estimate(0)?, values.estimate(1)?, values.estimate(2)?];
                let beside = format!("{} ({})", one_digit_more(median), ratio_range_within(low, high));
                Some(vec![median_ratio_within(median, low, high), beside])
            }
            Self::MoneyPart => {
                let (money, value) = (MoneyUnit::of_unit(&values.unit), values.number(0)?);
                Some(MoneyUnit::DECIMALS.flat_map(|decimals| money.parts(value, decimals)).collect())
            }
            _ => self.number(values).map(|text| vec![text]),
        }
    }

    fn share(self, values: &Values) -> Option<Vec<String>> {
        let both = |p: &Probability| vec![probability(p), stated_within(p, true)];
        Some(match self {
            Self::SidedShare => vec![stated_within(&values.probability()?, Chance::of(values.number(0)?).1)],
            Self::OppositeShare => vec![stated_within(&values.probability()?, false)],
            Self::ShareNumber => vec![stated_within(&values.probability()?, true).replace('%', "")],
            Self::PathShare => {
                let paths = values.number(1)?;
                let hits = (values.number(0)? * paths).round() as u64;
                vec![share_of_paths(hits, paths as u64), stated(hits, paths as u64)]
            }
            Self::ErrorShare => {
                let (value, standard_error, paths) = (values.number(0)?, values.number(1)?, values.number(2)?);
                let hits = (value * paths).round() as u64;
                let (low, high, spread_from_assumptions) = (value, value, 0.0);
                both(&Probability {
                    hits,
                    paths: paths as u64,
                    value,
                    standard_error,
                    low,
                    high,
                    spread_from_assumptions,
                })
            }
            Self::Spread => vec![spread_of_share(&values.probability()?)?],
            _ => both(&values.probability()?),
        })
    }

    fn words(self, values: &Values) -> Option<Vec<String>> {
        let value = values.number(0)?;
        let itself = Chance::of(value).1;
        let word = match self {
            Self::Chance => return Some(vec![Chance::carried(&values.probability()?)?.words().to_owned()]),
            Self::Wider if itself => "wider",
            Self::Wider => "no wider",
            Self::Narrower if itself => "narrower or lost",
            Self::Narrower => "no narrower",
            Self::Higher if itself => "higher",
            Self::Higher => return Some(vec!["no higher".to_owned(), "lower".to_owned()]),
            Self::LargerSmaller if value < 1.0 => "smaller",
            Self::LargerSmaller => "larger",
            _ => effect_verb(value, values.number(1).unwrap_or(0.0))?.0,
        };
        Some(vec![word.to_owned()])
    }

    fn percent(self, values: &Values) -> Option<Vec<String>> {
        let value = values.number(0)?;
        let within = |share: f64| Some(percent_within(Estimate { value: share, error: values.number(1)? }));
        Some(match self {
            Self::Percent => vec![percent(value)],
            Self::PercentRange => vec![percent_range(value, values.number(1)?)],
            Self::PercentWithin => vec![within(value)?],
            Self::RestPercent => vec![within(1.0 - value)?],
            Self::ShareBetween => {
                let ends = values.number(1).zip(values.number(2));
                // Parts that add up to the whole may be rounded up or down.
                let either = |whole: bool| {
                    let unit = if whole { 10.0 } else { 1.0 };
                    let exact = 1e3 * value / unit;
                    let rounded = [exact.floor(), exact.ceil(), exact.round()];
                    rounded.map(|it| share_in_tenths(value, ends, unit * it, whole))
                };
                [either(false), either(true)].concat()
            }
            Self::ClearPercent => vec![clear_percent(Estimate { value, error: values.number(1)? })],
            _ => vec![percent_change(libm::expm1(value))],
        })
    }

    fn number(self, values: &Values) -> Option<String> {
        let money = MoneyUnit::of_unit(&values.unit);
        let (number, within) = (|place| values.number(place), |place| values.estimate(place));
        let value = number(0)?;
        // Deal sizes stand in millions.
        let billions = if values.unit.chars().nth(1) == Some('m') { 1e-3 } else { 1.0 };
        let amount = |place| values.estimate(place).map(|it| it.times(billions));
        let observed = |size: fn(f64) -> f64| {
            let [value, low, high] = [size(value), number(1)?, number(2)?].map(|it| it * billions);
            Some(money.observed_amount(value, low, high))
        };
        Some(match self {
            Self::MixedRatio => mixed_ratio([value, number(1)?, number(2)?]),
            Self::MedianMoney => money.median_within(within(0)?, within(1)?, within(2)?),
            Self::RatioRange => ratio_range_within(within(0)?, within(1)?),
            Self::MoneyRange => money.range_within(amount(0)?, amount(1)?),
            Self::ObservedRatio => observed_ratio(value, number(1)?, number(2)?),
            Self::ObservedMoney => observed(|value| value)?,
            Self::ObservedSize => observed(f64::abs)?,
            Self::ObservedCount => count(value),
            Self::Count => count_within(within(0)?),
            Self::CountRange => count_range_within(within(0)?, within(1)?),
            Self::MoneySize => money.amount(value.abs()),
            Self::Money => money.amount_within(amount(0)?),
            Self::Amount => money.amount(values.number(0)?),
            Self::Effect => effect(value),
            Self::FactorLabel => factor_label(value),
            Self::EffectRange => effect_with_range([value, number(1)?, number(2)?]),
            Self::EffectSize => effect_verb(value, number(1).unwrap_or(0.0))?.1,
            Self::PointsError => points_error(value),
            Self::ChangeWithin => money.change_within(Estimate { value, error: number(1)? }),
            Self::Figures => significant(value, 2),
            Self::FourFigures => significant(value, 4),
            Self::FourPercent => format!("{}%", significant(100.0 * value, 4)),
            Self::InputValue => input_value(value, &values.unit),
            Self::LimitValue => limit_value(value, &values.unit),
            Self::InputRange => input_range(value, number(1)?, &values.unit),
            Self::AssumedValue => assumed_value(value, &values.unit),
            Self::Paths => paths(value as u64),
            Self::PlainLogPercent => yearly_rate(libm::expm1(value)),
            Self::Change => money.change(value),
            Self::Outgrow => outgrow(value, number(1)?, number(2)?),
            _ => return None,
        })
    }
}

impl Values {
    fn number(&self, place: usize) -> Option<f64> {
        match self.fields.get(place)?.as_str() {
            "" => self.infinite.then_some(f64::INFINITY),
            field => field.parse().ok(),
        }
    }

    fn estimate(&self, place: usize) -> Option<Estimate> {
        let value = self.number(place)?;
        let error = self.errors.get(place).copied().flatten();
        Some(error.map_or(Estimate::certain(value), |error| Estimate { value, error }))
    }

    fn probability(&self) -> Option<Probability> {
        let numbers = [0, 1, 2, 3, 4, 5].map(|place| self.number(place)).into_iter().collect::<Option<Vec<f64>>>()?;
        let [value, standard_error, low, high, spread_from_assumptions, paths] = numbers.try_into().ok()?;
        let hits = (value * paths).round() as u64;
        Some(Probability { hits, paths: paths as u64, value, standard_error, low, high, spread_from_assumptions })
    }
}
