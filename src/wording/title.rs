//! Titles that are true: generated from the numbers on the chart, at the precision that is printed.

use crate::metric::{Metric, Observed, Question};
use crate::scenario::Scenario;
use crate::summary::{Estimate, Probability, Summary};

use super::chance::Chance;
use super::digits::{ratio_range_within, ratio_within, stated_within};
use super::number::{count, observed_ratio, ratio};
use super::purse::Purse;
use crate::scenario::short_name;

/// What titles and sentences need of a run, looked up once.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// Short name of the lead region.
    pub lead: String,
    /// Short name of the follow region.
    pub follow: String,
    /// The money that amounts are in.
    pub purse: Purse,
    /// Last observed year.
    pub base_year: i32,
    /// Last simulated year.
    pub horizon: i32,
    /// Observed gap of the base year, $bn.
    pub gap: Observed,
    /// Observed ratio of the base year.
    pub ratio: Observed,
    /// Chance that the gap in dollars is wider at the horizon.
    pub wider_in_dollars: Probability,
    /// Chance that the ratio is wider at the horizon.
    pub wider_as_ratio: Probability,
    /// Chance that the follow region is ahead in the last year.
    pub follow_ahead: Probability,
    /// Chance that it has been ahead in some simulated year.
    pub follow_ahead_so_far: Probability,
    /// Paths where one is wider and the other is not.
    pub disagree: u64,
    /// Share of the variance of the log ratio at the horizon that the assumptions explain.
    pub share_from_assumptions: Option<Estimate>,
}

impl Outlook {
    /// Looks up a run; `None` if the data do not hold the gap of the base year.
    #[must_use]
    pub fn new(scenario: &Scenario, summary: &Summary) -> Option<Self> {
        let name = |region: usize| short_name(&scenario.regions[region].name);
        let observed = |metric| {
            let measure = crate::metric::Measure { metric, subject: crate::metric::Subject::Gap };
            measure.observed(scenario, scenario.base_year)
        };
        let probability = |question| summary.probability(question, scenario.horizon).copied();
        let only = [Question::WiderInDollarsOnly, Question::WiderAsRatioOnly];
        Some(Self {
            lead: name(scenario.gap.lead),
            follow: name(scenario.gap.follow),
            purse: Purse::of(&scenario.money),
            base_year: scenario.base_year,
            horizon: scenario.horizon,
            gap: observed(Metric::Gap)?,
            ratio: observed(Metric::Ratio)?,
            wider_in_dollars: probability(Question::WiderInDollars)?,
            wider_as_ratio: probability(Question::WiderAsRatio)?,
            follow_ahead: probability(Question::FollowAhead)?,
            follow_ahead_so_far: probability(Question::FollowAheadSoFar)?,
            disagree: only.into_iter().filter_map(probability).map(|p| p.hits).sum(),
            share_from_assumptions: summary
                .gap(Metric::LogRatio, scenario.horizon)
                .and_then(|spread| spread.share_from_assumptions)
                // A correlation of n pairs is off by about (1 − ρ²)/√n.
                .map(|share| Estimate {
                    value: share,
                    error: (1.0 - share * share) / (0.5 * summary.paths as f64).sqrt(),
                }),
        })
    }

    fn is_lead_positive(&self) -> bool {
        self.gap.value > 0.0
    }
}

/// The first sentence of the story.
#[must_use]
pub fn headline(outlook: &Outlook) -> String {
    let Outlook { lead, follow, horizon, .. } = outlook;
    let (ratio, dollars) = (&outlook.wider_as_ratio, &outlook.wider_in_dollars);
    let (chance, itself) = Chance::of(ratio.value);
    let first = match chance {
        Chance::EitherWay => format!(
            "Could go either way: the {lead}/{follow} ratio ends {horizon} wider in {} of paths",
            stated_share(ratio, true)
        ),
        chance => {
            let word = if itself { "wider" } else { "no wider" };
            let words = chance.words();
            let share = stated_share(ratio, itself);
            format!("The {lead}/{follow} ratio is {words} to end {horizon} {word} ({share} of paths)")
        }
    };
    let (chance, itself) = Chance::of(dollars.value);
    let verb = if itself { "" } else { "no wider " };
    let leads = outlook.purse.lead_of(lead);
    format!("{first}; {leads} {verb}in {} ({}).", stated_share(dollars, itself), chance.words())
}

/// The share of paths for an event or against it.
fn stated_share(p: &Probability, itself: bool) -> String {
    stated_within(p, itself)
}

/// Title of the funding fan: it names the spread, because two medians side by side would read as a forecast.
#[must_use]
pub fn funding_title(
    horizon: i32,
    purse: Purse,
    lead: (&str, Option<(Estimate, Estimate)>),
    follow: (&str, Option<(Estimate, Estimate)>),
) -> String {
    match (lead.1, follow.1) {
        (Some(a), Some(b)) => format!(
            "{} funding in {horizon} may be {}, {} {}",
            short_name(lead.0),
            purse.money_range_within(a.0, a.1),
            possessive(follow.0),
            purse.money_range_within(b.0, b.1)
        ),
        _ => format!("AI funding of {} and {} to {horizon}", short_name(lead.0), short_name(follow.0)),
    }
}

fn possessive(region: &str) -> String {
    let name = short_name(region);
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}

/// Title of the gap chart: what happens to the ratio and to the dollars, with words of chance.
#[must_use]
pub fn gap_title(outlook: &Outlook) -> String {
    let Outlook { lead, horizon, .. } = outlook;
    let (ratio, ratio_wider) = Chance::of(outlook.wider_as_ratio.value);
    let (dollars, dollars_wider) = Chance::of(outlook.wider_in_dollars.value);
    let verb = |wider: bool| if wider { "widen" } else { "narrow" };
    let (by_ratio, by_dollars) = (verb(ratio_wider), verb(dollars_wider));
    let money = outlook.purse.noun();
    match (ratio, dollars) {
        (Chance::EitherWay, Chance::EitherWay) => {
            format!("The {lead} lead could go either way by {horizon}, in {money} and as a ratio")
        }
        (Chance::EitherWay, chance) => {
            format!("{lead} lead {} to {by_dollars} in {money} by {horizon}; ratio open", chance.words())
        }
        (chance, Chance::EitherWay) => {
            format!("{lead} lead {} to {by_ratio} as a ratio by {horizon}; {money} open", chance.words())
        }
        // One sentence for both must hold for the less likely of the two.
        (a, b) if ratio_wider == dollars_wider => {
            format!("{lead} lead {} to {by_ratio} by {horizon}, in {money} and ratio", a.min(b).words())
        }
        (a, b) => {
            format!("{lead} lead {} to {by_dollars} in {money}, {by_ratio} as ratio, by {horizon}", a.min(b).words())
        }
    }
}

/// Subtitle of the gap chart: both shares, with the level they are held against.
#[must_use]
pub fn gap_subtitle(outlook: &Outlook) -> [(String, bool); 4] {
    let observed = &outlook.ratio;
    let level = observed_ratio(observed.value, observed.low, observed.high);
    let gap = outlook.purse.observed_money(outlook.gap.value, outlook.gap.low, outlook.gap.high);
    [
        (format!("{} of simulated paths", stated_share(&outlook.wider_as_ratio, true)), true),
        (format!(" end above the {} ratio of about {level}; ", outlook.base_year), false),
        (stated_share(&outlook.wider_in_dollars, true), true),
        (format!(" end above the {} gap of {gap}", outlook.base_year), false),
    ]
}

/// Title of the chart of probabilities.
#[must_use]
pub fn probability_title(outlook: &Outlook) -> String {
    let Outlook { horizon, .. } = outlook;
    let money = outlook.purse.noun();
    let (dollars, ratio) = (&outlook.wider_in_dollars, &outlook.wider_as_ratio);
    if !outlook.is_lead_positive() {
        return format!("Chances of a wider ratio by {horizon}: {} of paths", stated_share(ratio, true));
    }
    let (chance, wider) = Chance::of(dollars.value);
    let noun = if wider { "Wider" } else { "Narrower" };
    let (of_ratio, ratio_wider) = Chance::of(ratio.value);
    match chance {
        Chance::EitherWay if of_ratio != Chance::EitherWay => format!(
            "{} ratio {} ({}\u{a0}by\u{a0}{horizon}), {money} open ({})",
            if ratio_wider { "Wider" } else { "Narrower" },
            of_ratio.words(),
            stated_share(ratio, ratio_wider),
            stated_share(dollars, ratio_wider)
        ),
        Chance::EitherWay => format!(
            "A wider gap could go either way: {} in {money}, {} as a ratio",
            stated_share(dollars, true),
            stated_share(ratio, true)
        ),
        chance => format!(
            "{noun} gap {} in {money} ({}\u{a0}by\u{a0}{horizon}), ratio {} ({})",
            chance.words(),
            stated_share(dollars, wider),
            weight(dollars.value, ratio.value, wider),
            stated_share(ratio, wider)
        ),
    }
}

/// How the ratio's chance of moving the same way compares with that of the dollars.
fn weight(dollars: f64, ratio: f64, wider: bool) -> &'static str {
    let (first, second) = if wider { (dollars, ratio) } else { (1.0 - dollars, 1.0 - ratio) };
    match second {
        second if (first - second).abs() < 0.05 && second > 0.55 => "too",
        second if (0.45..=0.55).contains(&second) => "open",
        second if second < 0.45 => "not",
        second if second < first => "less so",
        _ => "more so",
    }
}

/// Title of the chart of sources: the ratios of the base year that each of them states.
#[must_use]
pub fn sources_title(base_year: i32, regions: &[String; 2], ratios: &[f64]) -> String {
    let words: Vec<String> = ratios.iter().map(|value| ratio(*value)).collect();
    let [lead, follow] = regions;
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("The {base_year} {lead}/{follow} ratio is {} or {last}, by who counts", rest.join(", "))
        }
        _ => format!("The {base_year} {lead}/{follow} ratio by source"),
    }
}

/// Median with its 80% range: `16× (1.7–150×)`.
#[must_use]
pub fn median_ratio(median: f64, low: f64, high: f64) -> String {
    format!("{} ({})", ratio(median), super::number::ratio_range(low, high))
}

/// The same with as many digits as the simulation carries.
#[must_use]
pub fn median_ratio_within(median: Estimate, low: Estimate, high: Estimate) -> String {
    format!("{} ({})", ratio_within(median), ratio_range_within(low, high))
}

/// `100,000 paths`.
#[must_use]
pub fn paths(number: u64) -> String {
    format!("{} paths", count(number as f64))
}
