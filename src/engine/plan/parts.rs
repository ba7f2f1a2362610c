//! What is known of a scenario before any path is simulated, part by part.

use std::sync::Arc;

use crate::counting::{Count, Sizes};
use crate::distribution::{Distribution, Scale};
use crate::engine::design::{Refused, Source};
use crate::engine::layer::Layer;
use crate::engine::stream::StreamKey;
use crate::event::{Effect, Jump};
use crate::growth::{Growth, Kind};
use crate::random::Key;
use crate::scenario::{AssumptionId, Quantity, SeriesKind};
use crate::shock::Mixing;
use crate::special::Transform;

/// How independent normals become shocks of the law.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) enum ShockShape {
    Gaussian,
    Separate(Transform),
    Shared(Mixing),
}

/// A jump: the keys of whether it strikes and how hard, its parameters, and what it acts on.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct PlannedJump {
    pub flag: Key,
    pub size_key: Key,
    pub jump: Jump<AssumptionId>,
    /// Positions in `Plan::series` whose levels it multiplies.
    pub series: Vec<usize>,
}

/// What a region has besides its series.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::engine) struct PlannedDetails {
    /// Its chain in `Plan::chain_keys`.
    pub chain: Option<usize>,
    pub counting: Option<PlannedCounting>,
    /// What moves the level of the base year: assumptions with their reference and weight, for deals and for funding.
    pub base: [Vec<Shift>; 2],
    /// Key and standard deviation of the luck of single deals in a total.
    pub sampling: Option<(Key, AssumptionId)>,
    /// Noise of funding that does not stay.
    pub transient: Option<PlannedTransient>,
    /// How much of it is in the funding of the base year.
    pub transient_in_base: Option<AssumptionId>,
    /// Positions in `Plan::events` of its limits, by quantity: floors first, then caps.
    pub limits: [Vec<usize>; 3],
    /// Positions in `Plan::events` of the money added.
    pub adds: Vec<usize>,
}

impl PlannedDetails {
    /// Whether nothing is done to what the models say but to multiply it.
    pub(crate) fn leaves_models_alone(&self) -> bool {
        self.limits.iter().all(Vec::is_empty)
            && self.counting.is_none()
            && self.sampling.is_none()
            && self.transient.is_none()
            && self.adds.is_empty()
    }

    /// Whether its deals are drawn one by one.
    pub(crate) fn draws_one_by_one(&self) -> bool {
        self.counting.as_ref().is_some_and(|counting| counting.sizes.is_some())
    }
}

/// A part of the log by which a figure is off: weight times value above reference, or what a table has at the value.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct Shift {
    pub value: AssumptionId,
    pub reference: f64,
    pub weight: f64,
    pub table: Vec<f64>,
}

impl Shift {
    /// The log for a value of the assumption.
    pub(crate) fn at(&self, value: f64) -> f64 {
        if self.table.is_empty() { self.weight * (value - self.reference) } else { self.table[value as usize] }
    }
}

/// Noise of a region's funding that does not stay.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct PlannedTransient {
    pub key: Key,
    pub sd: AssumptionId,
    /// Key of an earlier region's noise, and how far this one goes with it.
    pub with: Option<(Key, Together)>,
}

/// A correlation of two normals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::engine) enum Together {
    /// One number for all draws.
    Certain(f64),
    /// The number that an assumption has on each draw.
    Drawn(AssumptionId),
}

/// How the deals of a region are counted.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct PlannedCounting {
    pub key: Key,
    pub count: Count<AssumptionId>,
    pub sizes: Option<PlannedSizes>,
}

/// Sizes of single deals, and the keys of the largest ones and of the sum of the others.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct PlannedSizes {
    pub law: Sizes<AssumptionId>,
    pub tail_share: f64,
    pub spacings: Key,
    pub body: Key,
}

/// What turns nominal dollars into what is shown.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct PlannedMoney {
    /// Yuan per dollar by year; empty for dollars.
    pub rate: Vec<(i32, AssumptionId)>,
    pub inflation: Option<Quantity>,
    pub prices: Option<i32>,
}

/// An assumption: its law, and where its values come from.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct PlannedAssumption {
    pub address: String,
    pub key: Key,
    pub law: Distribution,
    pub kind: Kind,
    /// Least and greatest value that it may have.
    pub range: (f64, f64),
    /// Whether it shapes the plan itself, so that another value makes another plan.
    pub structural: bool,
    pub layer: Layer,
    pub stream: StreamKey,
    /// Values given row by row in place of its law.
    pub rows: Option<Arc<[f64]>>,
    /// Values in the rows of a file, of which its number picks one together with those of other assumptions.
    pub picked: Option<Arc<[f64]>>,
}

impl PlannedAssumption {
    /// Whether levels are written in their unit and used as logs.
    pub(crate) fn as_log(&self) -> bool {
        self.kind == Kind::Level
    }

    /// Whether all paths have the same value.
    pub(crate) fn is_certain(&self) -> bool {
        self.rows.is_none() && self.law.is_fixed()
    }

    /// Whether its values are drawn from its law.
    pub(crate) fn is_drawn(&self) -> bool {
        self.rows.is_none() && !self.law.is_fixed()
    }

    /// Least and greatest of its values.
    pub(crate) fn ends(&self) -> (f64, f64) {
        let (low, high) = match &self.rows {
            Some(rows) => rows.iter().fold((f64::MAX, f64::MIN), |(low, high), it| (low.min(*it), high.max(*it))),
            None => self.law.drawn_ends(),
        };
        (low.max(self.range.0), high.min(self.range.1))
    }

    /// Takes its values from a source.
    pub(crate) fn take(&mut self, source: Source) -> Result<(), Refused> {
        let address = || self.address.clone();
        if self.structural && !matches!(source, Source::A | Source::B) {
            // Its law is certain, and a median of what is certain is the value that it has.
            let same = matches!(source, Source::Fixed(value) if self.law == Distribution::Fixed(value));
            return if same { Ok(()) } else { Err(Refused::Structural { address: address() }) };
        }
        let (low, high) = self.range;
        let possible = |value: &f64| (low..=high).contains(value);
        let out = |value: f64| Refused::OutOfRange { address: address(), value, range: (low, high) };
        match source {
            Source::A => {}
            Source::B => self.stream = StreamKey::B,
            Source::Law(law) if law == self.law => {}
            Source::Law(law) => {
                self.picked = None;
                let (least, greatest) = law.support();
                if self.is_a_place() && !(possible(&least) && possible(&greatest)) {
                    return Err(out(least));
                }
                self.law = law;
            }
            Source::Fixed(value) => {
                if !possible(&value) {
                    return Err(out(value));
                }
                (self.law, self.picked) = (Distribution::Fixed(value), None);
            }
            Source::Median(median) => {
                let before = self.law.median();
                self.law = self.law.with_median(median, self.kind.scale(), self.range).ok_or_else(|| out(median))?;
                // Rows move as their law does, and go on with those of the other assumptions.
                let (low, high) = self.range;
                let moved = |value: &f64| match self.kind.scale() {
                    Scale::Shift => (value + (median - before)).clamp(low, high),
                    Scale::Factor => (value * (median / before)).clamp(low, high),
                };
                self.picked = self.picked.as_ref().map(|rows| rows.iter().map(moved).collect());
            }
            Source::Rows(rows) => {
                if rows.is_empty() {
                    return Err(Refused::NoRows { address: address() });
                }
                if let Some(value) = rows.iter().find(|value| !possible(value)) {
                    return Err(out(*value));
                }
                self.rows = Some(rows);
            }
        }
        Ok(())
    }

    /// Whether its value is a place in a table, which no other value may be.
    fn is_a_place(&self) -> bool {
        self.range != self.kind.range()
    }
}

/// A series: its growth model, where it starts and what shocks it has.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct PlannedSeries {
    pub shock: Key,
    /// Its row in the correlation of shocks, if it has shocks.
    pub row: Option<usize>,
    pub start: f64,
    pub growth: Growth<Quantity>,
    pub region: usize,
    pub kind: SeriesKind,
}

/// An event: whether and when it begins, and its effect.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct PlannedEvent {
    pub flag: Key,
    pub chance: Option<AssumptionId>,
    pub yearly_chance: Option<AssumptionId>,
    pub year: AssumptionId,
    pub effect: Effect<AssumptionId>,
    /// Positions in `Plan::series` whose levels it multiplies.
    pub series: Vec<usize>,
}

/// Where the three quantities of a region come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum PlannedRegion {
    DealsAndSize { deals: usize, size: usize },
    DealsAndFunding { deals: usize, funding: usize },
    SizeAndFunding { size: usize, funding: usize },
    FundingAlone { funding: usize },
}
