//! What a scenario may say besides growth: laws of shocks, regimes, jumps, counting, measurement and money.
//!
//! Each part refers to assumptions by their position; [`Numbered::renumbered`] is the one way to move them.

use crate::counting::{Count, Sizes};
use crate::event::Jump;
use crate::regime::Chain;
use crate::shock::{Law, Tail};

use super::model::{AssumptionId, Event, Quantity, Role, Scenario, SeriesKind};

/// A part of a scenario that refers to assumptions.
pub trait Numbered: Sized {
    /// The same part with every assumption replaced.
    #[must_use]
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self;

    /// Every assumption it refers to.
    fn assumptions(&self) -> Vec<AssumptionId> {
        let mut found = Vec::new();
        let _ = self.renumbered(&mut |id| {
            found.push(id);
            id
        });
        found
    }
}

/// `[shocks]`: the law of the yearly shocks and the market factor behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct Shocks {
    /// Law of every series' shocks; its numbers are certain.
    pub law: Law<AssumptionId>,
    /// Whether the wild years are the same for all series.
    pub tail: Tail,
    /// Loadings of one market factor `G` by series: `ε_i = b_i G + √(1 − b_i²) e_i`, so that the shocks of two series
    /// correlate by `b_i b_j` and any loadings are possible; a written correlation of two series outranks it.
    pub loadings: Vec<(String, AssumptionId)>,
}

impl Default for Shocks {
    fn default() -> Self {
        Self { law: Law::Gaussian, tail: Tail::Separate, loadings: Vec::new() }
    }
}

impl Numbered for Shocks {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        let law = self.law.map(|id| place(*id));
        let loadings = self.loadings.iter().map(|(series, id)| (series.clone(), place(*id))).collect();
        Self { law, tail: self.tail, loadings }
    }
}

/// `[regimes]`: the chain behind every series of `model = "regime"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Regimes {
    /// States and moves.
    pub chain: Chain<AssumptionId>,
    /// Whether all regions are in one state; otherwise each region has a chain of its own with the same chances.
    pub shared: bool,
}

impl Numbered for Regimes {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self { chain: self.chain.map(|id| place(*id)), shared: self.shared }
    }
}

/// One of `[[jumps]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct JumpRisk {
    /// As written.
    pub name: String,
    /// `jumps.mega-round`: the name in lower case with hyphens.
    pub address: String,
    /// What it strikes, all at once: positions in [`Scenario::regions`](super::Scenario::regions) with a series each.
    pub targets: Vec<(usize, SeriesKind)>,
    /// How often and how hard.
    pub jump: Jump<AssumptionId>,
    /// A decision somebody takes, or a circumstance.
    pub role: Role,
}

impl Numbered for JumpRisk {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self { jump: self.jump.map(|id| place(*id)), ..self.clone() }
    }
}

impl Numbered for Event {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self {
            year: place(self.year),
            chance: self.chance.map(&mut *place),
            yearly_chance: self.yearly_chance.map(&mut *place),
            effect: self.effect.map(|id| place(*id)),
            ..self.clone()
        }
    }
}

/// `[REGION.counting]`: how a region's deals are counted and, if they are simulated one by one, how large they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    /// Law of the number of deals.
    pub count: Count<AssumptionId>,
    /// Law of the size of a deal; the total is the sum of the deals then.
    pub sizes: Option<Sizes<AssumptionId>>,
}

impl Numbered for Counting {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self {
            count: self.count.map(|id| place(*id)),
            sizes: self.sizes.as_ref().map(|sizes| sizes.map(|id| place(*id))),
        }
    }
}

/// `[measurement]`: what is unknown about the figures themselves; off unless named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measurement {
    /// Base-year levels anywhere within their rounding: region, deals or funding, level.
    pub rounding: Vec<(usize, SeriesKind, AssumptionId)>,
    /// First releases are revised: log change common to all regions' deals and funding, and one for each region.
    pub revisions: Option<Revisions>,
    /// Spread of the log ratio between sources, half on each side of the gap.
    pub definitions: Option<AssumptionId>,
    /// Sources that a draw picks from.
    pub sources: Option<SampledSources>,
    /// Standard deviation of the log of a year's total, from the luck of single deals, by region. Transient: it is on
    /// every year's total and not in the level behind it.
    pub sampling: Vec<(usize, AssumptionId)>,
}

/// How far a first release lies below what is known later, as logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revisions {
    /// Common to all regions' deals.
    pub deals: AssumptionId,
    /// Common to all regions' funding.
    pub funding: AssumptionId,
    /// Each region's own, on deals and funding alike.
    pub regions: Vec<(usize, AssumptionId)>,
}

/// Several sources of the funding figures, one of which holds on a draw.
#[derive(Clone, Debug, PartialEq)]
pub struct SampledSources {
    /// Which one: its position, from 0.
    pub pick: AssumptionId,
    /// Names, in the order written.
    pub names: Vec<String>,
    /// Log of the funding of lead and follow over that of the data set's own source.
    pub shifts: Vec<[f64; 2]>,
}

impl Measurement {
    /// Whether it changes anything.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.rounding.is_empty()
            && self.revisions.is_none()
            && self.definitions.is_none()
            && self.sources.is_none()
            && self.sampling.is_empty()
    }

    /// Whether the level of the base year differs between draws.
    #[must_use]
    pub fn moves_the_base(&self) -> bool {
        !self.rounding.is_empty() || self.revisions.is_some() || self.definitions.is_some() || self.sources.is_some()
    }
}

impl Numbered for Measurement {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        Self {
            rounding: self.rounding.iter().map(|(region, kind, id)| (*region, *kind, place(*id))).collect(),
            revisions: self.revisions.as_ref().map(|revisions| Revisions {
                deals: place(revisions.deals),
                funding: place(revisions.funding),
                regions: revisions.regions.iter().map(|(region, id)| (*region, place(*id))).collect(),
            }),
            definitions: self.definitions.map(&mut *place),
            sources: self
                .sources
                .as_ref()
                .map(|sources| SampledSources { pick: place(sources.pick), ..sources.clone() }),
            sampling: self.sampling.iter().map(|(region, id)| (*region, place(*id))).collect(),
        }
    }
}

/// In which money dollar amounts are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Currency {
    /// US dollars.
    #[default]
    Usd,
    /// Chinese yuan.
    Cny,
}

impl Currency {
    /// Its code.
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
    /// Currency of every amount shown.
    pub currency: Currency,
    /// The year whose prices amounts are shown in; nominal if none.
    pub prices: Option<i32>,
    /// Yuan per dollar in some years, in rising order; between them the log moves evenly, outside them it stays.
    pub exchange_rate: Vec<(i32, AssumptionId)>,
    /// Yearly inflation of the currency; none if it is taken as 0.
    pub inflation: Option<Quantity>,
}

impl Money {
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

impl Scenario {
    /// Whether the totals of a region's deals have no variance: a Pareto tail of exponent 2 or less without an end.
    #[must_use]
    pub fn has_infinite_variance(&self, region: usize) -> bool {
        let sizes = self.regions[region].counting.and_then(|counting| counting.sizes);
        sizes.is_some_and(|sizes| {
            let share = sizes.tail_share.map_or(0.0, |id| self.assumptions[id].law.median());
            let sigma = self.assumptions[sizes.sigma].law.support().1;
            sizes.cap.is_none() && !crate::counting::sizes::Shape::new(sigma, share, f64::INFINITY).has_moment(2)
        })
    }

    /// Log of what a nominal dollar of an observed year is worth in the money shown.
    #[must_use]
    pub fn log_money(&self, year: i32) -> f64 {
        let rate = if self.money.currency == Currency::Usd {
            0.0
        } else {
            let log = |id: AssumptionId| crate::special::ln(self.assumptions[id].law.median());
            log_rate(&self.money.exchange_rate, year, log)
        };
        rate - self.log_deflator(year)
    }

    /// Log of the prices of an observed year over those of the year shown, at the median inflation.
    #[must_use]
    pub fn log_deflator(&self, year: i32) -> f64 {
        let (Some(prices), Some(inflation)) = (self.money.prices, &self.money.inflation) else { return 0.0 };
        let of = |year: i32| self.assumptions[inflation.in_year(year)].law.median();
        if year >= prices { (prices + 1..=year).map(of).sum() } else { -(year + 1..=prices).map(of).sum::<f64>() }
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

impl Numbered for Quantity {
    fn renumbered(&self, place: &mut dyn FnMut(AssumptionId) -> AssumptionId) -> Self {
        let changes = self.changes.iter().map(|(year, id)| (*year, place(*id))).collect();
        Self { first: place(self.first), changes }
    }
}
