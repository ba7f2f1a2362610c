//! What titles and first sentences need of a run, looked up once.

use crate::growth::Kind;
use crate::metric::{Metric, Observed, Question};
use crate::scenario::{Scenario, Series, short_name};
use crate::summary::{Estimate, Probability, Summary, Z_95};

use super::cited::{Cited, Hits};
use super::lookup::{Lookup, of_gap};
use super::money_unit::MoneyUnit;
use super::number::significant;
use super::text::{Piece, Text};

/// What titles and sentences need of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// Short name of the lead region.
    pub lead: String,
    /// Short name of the follow region.
    pub follow: String,
    /// The money that amounts are in.
    pub money: MoneyUnit,
    /// Last observed year.
    pub base_year: i32,
    /// Last simulated year.
    pub horizon: i32,
    /// Observed gap of the base year, $bn.
    pub gap: Cited<Observed>,
    /// Observed ratio of the base year.
    pub ratio: Cited<Observed>,
    /// Chance that the gap in dollars is wider at the horizon.
    pub wider_in_dollars: Cited<Probability>,
    /// Chance that the ratio is wider at the horizon.
    pub wider_as_ratio: Cited<Probability>,
    /// Chance that the region behind in the base year is ahead in the last year.
    pub trailer_ahead: Cited<Probability>,
    /// Chance that it has been ahead in some simulated year.
    pub trailer_ahead_so_far: Cited<Probability>,
    /// Paths where one is wider and the other is not.
    pub disagree: Cited<Hits>,
    /// Whether the ratio moves on every path, so that what is not higher is lower.
    pub ratio_moves: bool,
    /// Share of the variance of the log ratio at the horizon that the assumptions explain.
    pub share_from_assumptions: Option<Cited<Estimate>>,
    /// Share of that variance that would remain as luck if all else were known.
    pub share_of_luck: Option<Cited<Estimate>>,
}

/// How much of the spread of the ratio would remain where the assumptions are known: the number of the picture of layers
/// where there is one, so that text and picture say the same.
#[must_use]
pub(super) fn remaining(from_assumptions: &Cited<Estimate>, of_luck: Option<&Cited<Estimate>>) -> Piece {
    of_luck.map_or_else(|| from_assumptions.rest(), Cited::<Estimate>::percent)
}

/// Whether the ratio has shocks of a continuous law in every year, so that no path leaves it exactly where it was: in
/// funding, in the size of deals, or in numbers of deals that are not counted one by one.
fn moves(scenario: &Scenario) -> bool {
    let shaken = |series: Option<&Series>| {
        let mut least = Vec::new();
        let _ = series.map(|series| {
            series.growth().map(|quantity| {
                let assumption = &scenario.assumptions()[quantity.first()];
                if assumption.kind() == Kind::Volatility {
                    // All but the last billionth of the law: one that only has no least value is above zero.
                    least.push(assumption.law().quantile(1e-9));
                }
            })
        });
        !least.is_empty() && least.iter().all(|volatility| *volatility > 0.0)
    };
    [scenario.gap().lead(), scenario.gap().follow()].into_iter().map(|place| &scenario.regions()[place]).any(|region| {
        let deals = region.counting().is_none() && shaken(region.deals());
        deals || shaken(region.deal_size()) || shaken(region.funding())
    })
}

impl Outlook {
    /// Looks up a run; `None` if the data do not hold the gap of the base year.
    #[must_use]
    pub fn new(scenario: &Scenario, summary: &Summary) -> Option<Self> {
        let run = Lookup::new(scenario, summary);
        let name = |region: usize| short_name(scenario.regions()[region].name());
        Some(Self {
            lead: name(scenario.gap().lead()),
            follow: name(scenario.gap().follow()),
            money: MoneyUnit::of(scenario.money()),
            base_year: scenario.base_year(),
            horizon: scenario.horizon(),
            gap: run.observed(of_gap(Metric::Gap), scenario.base_year())?,
            ratio: run.observed(of_gap(Metric::Ratio), scenario.base_year())?,
            wider_in_dollars: run.probability(Question::WiderInDollars)?,
            wider_as_ratio: run.probability(Question::WiderAsRatio)?,
            trailer_ahead: run.probability(Question::TrailerAhead)?,
            trailer_ahead_so_far: run.probability(Question::TrailerAheadSoFar)?,
            disagree: run.disagree(),
            ratio_moves: moves(scenario),
            share_from_assumptions: run.share_from_assumptions(),
            share_of_luck: run.share_of_luck(),
        })
    }

    /// Half of the 95% interval of simulation of the shares that the headline states, in points: that of the less certain one,
    /// since luck moves dollars more than ratios.
    #[must_use]
    pub fn error_of_shares(&self) -> String {
        let shares = [&self.wider_as_ratio, &self.wider_in_dollars];
        let error = shares.iter().map(|share| share.value.standard_error).fold(0.0, f64::max);
        significant(100.0 * Z_95 * error, 1)
    }

    /// The ratio of the base year, called about so much where its rounding leaves more than its last digit open.
    #[must_use]
    pub fn about_ratio(&self) -> Text {
        let Observed { value, low, high, .. } = self.ratio.value;
        let about = if (high - low).abs() < 0.05 * value.abs() { "" } else { "about " };
        Text::from(about) + self.ratio.ratio()
    }

    /// `higher`, or `lower`; `no higher` where the ratio may stay exactly where it is.
    #[must_use]
    pub fn higher(&self) -> Piece {
        if self.ratio_moves { self.wider_as_ratio.higher_or_lower() } else { self.wider_as_ratio.higher() }
    }

    /// Whether the follow region is ahead in the base year: direction words then are those of its lead.
    #[must_use]
    pub fn is_follow_leading(&self) -> bool {
        self.gap.value.value < 0.0
    }

    /// Short name of the region that is ahead in the base year.
    #[must_use]
    pub fn leader(&self) -> &str {
        if self.is_follow_leading() { &self.follow } else { &self.lead }
    }

    /// Short name of the other region of the gap.
    #[must_use]
    pub fn trailer(&self) -> &str {
        if self.is_follow_leading() { &self.lead } else { &self.follow }
    }
}
