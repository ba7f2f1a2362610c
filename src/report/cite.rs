//! How a cited number or word is written: every form is a function of the cell alone, so that it can be checked.

use crate::summary::{Estimate, Probability};
use crate::wording::{self, Chance, Purse};

use super::data::{Data, Found};
use crate::table::Cell;

/// A number or a word with the place it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// Where it stands.
    pub cell: Cell,
    /// How it is written.
    pub form: Form,
}

/// Columns that a share of paths is written from: its digits depend on its error.
pub const PROBABILITY: [&str; 6] =
    ["probability", "standard_error", "sim_error_low", "sim_error_high", "spread_from_assumptions", "paths"];

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
    /// The field as it stands.
    Text = "text",
    /// Share of paths with the digits that its error carries: of the columns [`PROBABILITY`].
    Share = "share",
    /// The share of the likelier side, likewise.
    SidedShare = "sided-share",
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
    /// The same for amounts.
    MedianMoney = "median-money",
    /// Range of ratios: of two columns.
    RatioRange = "ratio-range",
    /// Range of amounts: of two columns.
    MoneyRange = "money-range",
    /// Observed ratio: of value, low, high.
    ObservedRatio = "observed-ratio",
    /// Observed amount: of value, low, high.
    ObservedMoney = "observed-money",
    /// Simulated amount.
    Money = "money",
    /// What an effect does: `÷4.5`.
    Effect = "effect",
    /// An effect with its 80% range: of `ratio_p50, ratio_p10, ratio_p90`.
    EffectRange = "effect-range",
    /// Size of an effect: `4.5-fold`, `by 37%`: of a factor and the error of its log.
    EffectSize = "effect-size",
    /// Its verb: `cuts`, `raises`.
    EffectVerb = "effect-verb",
    /// `larger` or `smaller`.
    LargerSmaller = "larger-smaller",
    /// Hundredths of a share or of a log, rounded up or down so that parts add up to a rounded whole.
    Points = "points",
    /// An error in hundredths.
    PointsError = "points-error",
    /// Two significant figures.
    Figures = "figures",
    /// A log change as a yearly one, with its sign.
    LogPercent = "log-percent",
    /// The same without a plus sign.
    PlainLogPercent = "plain-log-percent",
    /// A whole number.
    Count = "count",
    /// A change of an amount with its sign.
    Change = "change",
    /// The same with its error.
    ChangeWithin = "change-within",
    /// Words of chance.
    Chance = "chance",
    /// `wider` or `no wider`.
    Wider = "wider",
    /// `widen` or `narrow`.
    Widen = "widen",
    /// `open` where it could go either way.
    Open = "open",
    /// How much a year the follow region must outgrow the lead to match it: of two ends of the ratio and years.
    Outgrow = "outgrow",
}

impl Form {
    /// Its word in the report.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(form, _)| *form == self).expect("every form has a name").1
    }

    /// The form of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(form, _)| *form)
    }

    /// What may stand in the prose: one way of writing it, or, where parts were rounded to add up, two.
    fn written(self, found: &Found) -> Option<Vec<String>> {
        if self == Self::Text {
            return found.fields.first().filter(|field| !field.is_empty()).map(|field| vec![field.clone()]);
        }
        let number = |place: usize| -> Option<f64> {
            match found.fields.get(place)?.as_str() {
                "" => found.infinite.then_some(f64::INFINITY),
                field => field.parse().ok(),
            }
        };
        let (a, b, c) = (number(0)?, number(1), number(2));
        let within = |place: usize| -> Option<Estimate> {
            let error = found.errors.get(place).copied().flatten();
            Some(error.map_or(Estimate::certain(number(place)?), |error| Estimate {
                value: number(place).unwrap_or(f64::NAN),
                error,
            }))
        };
        let probability = || -> Option<Probability> {
            let [value, standard_error, low, high, spread_from_assumptions, paths] =
                [0, 1, 2, 3, 4, 5].map(number).into_iter().collect::<Option<Vec<f64>>>()?.try_into().ok()?;
            let hits = (value * paths).round() as u64;
            Some(Probability { hits, paths: paths as u64, value, standard_error, low, high, spread_from_assumptions })
        };
        let purse = Purse::of_unit(&found.unit);
        let hits = |share: f64, paths: f64| ((share * paths).round() as u64, paths as u64);
        let stated = |share: f64, paths: f64| {
            let (hits, paths) = hits(share, paths);
            vec![wording::share_of_paths(hits, paths), wording::stated(hits, paths)]
        };
        let one = |text: String| Some(vec![text]);
        match self {
            Self::Text => None,
            // With the count beside a share of nothing first, so that the longer way is taken where it stands.
            Self::Share => {
                let p = probability()?;
                Some(vec![wording::probability(&p), wording::stated_within(&p, true)])
            }
            Self::SidedShare => one(wording::stated_within(&probability()?, Chance::of(a).1)),
            Self::PathShare => Some(stated(a, b?)),
            Self::ErrorShare => {
                let ((hits, paths), standard_error) = (hits(a, c?), b?);
                let p = Probability {
                    hits,
                    paths,
                    value: a,
                    standard_error,
                    low: a,
                    high: a,
                    spread_from_assumptions: 0.0,
                };
                Some(vec![wording::probability(&p), wording::stated_within(&p, true)])
            }
            Self::Percent => {
                let bound = if a < 0.005 { "<1%" } else { ">99%" };
                let near = (!(0.005..=0.995).contains(&a)).then(|| bound.to_owned());
                Some(near.into_iter().chain([wording::percent(a)]).collect())
            }
            Self::PercentWithin => one(wording::percent_within(Estimate { value: a, error: b? })),
            Self::RestPercent => one(wording::percent_within(Estimate { value: 1.0 - a, error: b? })),
            Self::ClearPercent if a < 2.0 * b? => one("≈0".to_owned()),
            Self::ClearPercent => one(wording::percent_within(Estimate { value: a, error: b? })),
            Self::Spread => one(wording::spread_of_share(&probability()?)?),
            Self::Ratio => Some(vec![wording::ratio_within(within(0)?), wording::ratio(a)]),
            Self::MedianRatio => one(wording::median_ratio_within(within(0)?, within(1)?, within(2)?)),
            Self::MedianMoney => one(purse.median_money_within(within(0)?, within(1)?, within(2)?)),
            Self::RatioRange => one(wording::ratio_range_within(within(0)?, within(1)?)),
            Self::MoneyRange => one(purse.money_range_within(within(0)?, within(1)?)),
            Self::ObservedRatio => one(wording::observed_ratio(a, b?, c?)),
            Self::ObservedMoney => one(purse.observed_money(a, b?, c?)),
            Self::Money => one(purse.money_within(within(0)?)),
            Self::Effect => one(wording::effect(a)),
            Self::EffectRange => one(wording::effect_with_range([a, b?, a, a, a, c?, a])),
            Self::EffectSize => one(wording::effect_verb(a, b.unwrap_or(0.0))?.1),
            Self::EffectVerb => one(wording::effect_verb(a, b.unwrap_or(0.0))?.0.to_owned()),
            Self::LargerSmaller => one(if a < 1.0 { "smaller" } else { "larger" }.to_owned()),
            Self::Points => {
                let points = a * 100.0;
                Some([points.round(), points.floor(), points.ceil()].map(wording::whole_points).to_vec())
            }
            Self::PointsError => one(format!("{:.1}", a * 100.0)),
            Self::ChangeWithin => one(purse.change_within(Estimate { value: a, error: b? })),
            Self::Figures => one(wording::significant(a, 2)),
            Self::LogPercent => one(wording::percent_change(libm::expm1(a))),
            Self::PlainLogPercent => one(wording::percent_change(libm::expm1(a)).trim_start_matches('+').to_owned()),
            Self::Count => one(wording::count(a)),
            Self::Change => one(purse.change(a)),
            Self::Chance => {
                let words = Chance::of(a).0.words();
                Some(vec![words.to_owned(), words.replacen('c', "C", usize::from(words.starts_with('c')))])
            }
            Self::Wider => one(if Chance::of(a).1 { "wider" } else { "no wider" }.to_owned()),
            Self::Widen => one(if Chance::of(a).1 { "widen" } else { "narrow" }.to_owned()),
            Self::Open => (Chance::of(a).0 == Chance::EitherWay).then(|| vec!["open".to_owned()]),
            Self::Outgrow => one(wording::outgrow(a, b?, c?)),
        }
    }
}

impl Citation {
    /// A citation of a form in a cell.
    #[must_use]
    pub fn new(form: Form, cell: Cell) -> Self {
        Self { cell, form }
    }

    /// The ways it may be written, and what stands in its cell.
    ///
    /// # Errors
    /// If the cell is not there or holds no number that has this form.
    pub fn written(&self, data: &Data) -> Result<(Vec<String>, Found), String> {
        let found = data.find(&self.cell)?;
        let ways = self.form.written(&found);
        let ways =
            ways.ok_or_else(|| format!("{} holds nothing to write as {}", self.cell.written(), self.form.name()))?;
        Ok((ways, found))
    }
}
