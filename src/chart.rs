//! Charts: plain numbers in, a drawing out; one layout engine for all of them.
//!
//! A new chart is one file, a variant and an arm here. Its struct holds plain numbers and [`Credits`]; its
//! `draw(&self, style)` does this:
//!
//! 1. `frame::sheet` makes the sheet from a `frame::Frame` (generated title, subtitle, credits, caveat, the height
//!    wanted in a column) and returns the canvas and the rectangle `[left, top, right, bottom]` that is left. Never
//!    count characters and never write a title by hand: the frame wraps, balances, shortens and packs the footer.
//! 2. Sizes of type are units of the note times `style.preset.canvas().2`; margins are `frame::margin(style)`.
//!    `style.preset.is_narrow()` asks for short names, few years and labels above their bars;
//!    `style.preset.stacks_panels()` for one panel above the other, which `frame::two_panels` and
//!    `frame::panel_head` do. `style.median` and `style.high_contrast` (an edge on every band) are to be heeded.
//! 3. Draw on the canvas: `text` (measured with the embedded face, `Ink::over` gives the halo), `line`, `polygon`,
//!    `polyline`, `rectangle`, `marker::draw`. A fan is a `fan::Panel`; scales are `ticks::Scale`; labels that
//!    would touch go through `dodge::apart`.
//! 4. Call `canvas.enter_plot(area)` before and `leave_plot()` after the marks of a plot, and `canvas.axis(scale,
//!    labels, bars)` for each axis: the lint holds marks and scales against them.
//! 5. `canvas.finish(name, alt, table)` is the [`Drawing`]: `svg` (outlines), `svg_with` live or embedded text, `png()`,
//!    `json()`, and [`Drawing::themable`] for an HTML page that follows the reader's theme.

mod attribution;
mod axis;
mod back_test;
mod broken;
mod cited;
pub mod comparison;
mod deals;
mod decomposition;
mod dots;
mod effects;
mod fan;
mod figures;
mod final_year;
mod funding;
mod funding_linear;
mod gap;
mod learned;
mod leaving;
mod multiples;
#[cfg(feature = "xlsx")]
pub mod native;
mod outturn;
pub mod pictures;
mod plotted;
mod probability;
pub mod questions;
mod rule;
mod scored;
pub(crate) mod seen;
mod shares;
mod sources;
mod sweep;
mod sweep_line;
pub mod terminal_picture;
mod tornado;
mod trajectory;
mod year;

pub use attribution::Waterfall;
pub use back_test::BackTest;
pub use deals::{Deals, DealsRegion};
pub use decomposition::{Decomposition, DecompositionPart, DecompositionSide};
pub use effects::Effects;
pub use final_year::FinalYear;
pub use funding::{Funding, FundingRegion};
pub use gap::Gap;
pub use learned::{Learned, LearnedRow};
pub use multiples::{Multiples, MultiplesPanel};
pub use outturn::{CameIn, Outturn};
pub use probability::{Classes, Probability};
pub use rule::{Rule, RuleBar};
pub use scored::outturn;
pub use shares::{Share, Shares};
pub use sources::{SourceRow, Sources};
pub use sweep::{Sweep, SweepAnswer, SweepAxis, SweepScale};
pub use sweep_line::SweepLine;
pub use tornado::{Tornado, TornadoBar};
pub use trajectory::{BoxPoint, Boxes};
pub use year::{Band, Seen};

use crate::draw::{Credits, Drawing, Style};

/// A chart, ready to be drawn in any style.
// A run has a dozen of them: what the smaller ones leave empty is nothing.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    /// Funding of all regions.
    Funding(Funding),
    /// Funding of all regions on a linear scale.
    FundingLinear(Funding),
    /// The gap in dollars and as a ratio.
    Gap(Gap),
    /// Chances of a wider or narrower gap by year.
    Probability(Probability),
    /// The ratio of the last year as fifty dots.
    FinalYear(FinalYear),
    /// The ratio of the last year as a histogram.
    Histogram(FinalYear),
    /// Deals and their average size.
    Deals(Deals),
    /// What moved the gap between two years.
    Decomposition(Decomposition),
    /// Where the spread comes from.
    Shares(Shares),
    /// Which assumption moves the answer most.
    Tornado(Tornado),
    /// An answer over two assumptions.
    Sweep(Sweep),
    /// An answer over one assumption.
    SweepLine(SweepLine),
    /// What futures have in common.
    Rule(Rule),
    /// All rules on the way to it.
    Boxes(Boxes),
    /// Whether past bands were honest.
    BackTest(BackTest),
    /// A stored fan with what came.
    Outturn(Outturn),
    /// What figures taught.
    Learned(Learned),
    /// The gap of one scenario as each source's figures start it.
    Sources(Sources),
    /// The ratio under several scenarios.
    Multiples(Multiples),
    /// What each what-if does to the ratio.
    Effects(Effects),
    /// Which input did it.
    Waterfall(Waterfall),
}

impl Chart {
    /// Name of its files.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Funding(_) => "funding",
            Self::FundingLinear(_) => "funding-linear",
            Self::Gap(_) => "gap",
            Self::Probability(_) => "probability",
            Self::FinalYear(_) => "distribution",
            Self::Histogram(_) => "distribution-histogram",
            Self::Deals(_) => "deals",
            Self::Decomposition(_) => "decomposition",
            Self::Shares(_) => "uncertainty",
            Self::Tornado(_) => "tornado",
            Self::Sweep(_) => "sweep",
            Self::SweepLine(_) => "sweep-line",
            Self::Rule(_) => "box",
            Self::Boxes(_) => "trajectory",
            Self::BackTest(_) => "back-test",
            Self::Outturn(_) => "outturn",
            Self::Learned(_) => "fit",
            Self::Sources(_) => "sources",
            Self::Multiples(_) => "scenarios",
            Self::Effects(_) => "compare",
            Self::Waterfall(_) => "attribution",
        }
    }

    /// Where its numbers come from, and the title that the user wrote, if he did.
    #[must_use]
    pub fn credits_mut(&mut self) -> &mut Credits {
        match self {
            Self::Funding(chart) | Self::FundingLinear(chart) => &mut chart.credits,
            Self::Gap(chart) => &mut chart.credits,
            Self::Probability(chart) => &mut chart.credits,
            Self::FinalYear(chart) | Self::Histogram(chart) => &mut chart.credits,
            Self::Deals(chart) => &mut chart.credits,
            Self::Decomposition(chart) => &mut chart.credits,
            Self::Shares(chart) => &mut chart.credits,
            Self::Tornado(chart) => &mut chart.credits,
            Self::Sweep(chart) => &mut chart.credits,
            Self::SweepLine(chart) => &mut chart.credits,
            Self::Rule(chart) => &mut chart.credits,
            Self::Boxes(chart) => &mut chart.credits,
            Self::BackTest(chart) => &mut chart.credits,
            Self::Outturn(chart) => chart.credits_mut(),
            Self::Learned(chart) => &mut chart.credits,
            Self::Sources(chart) => &mut chart.credits,
            Self::Multiples(chart) => &mut chart.credits,
            Self::Effects(chart) => &mut chart.credits,
            Self::Waterfall(chart) => &mut chart.credits,
        }
    }

    /// Draws the chart in a style.
    #[must_use]
    pub fn draw(&self, style: Style) -> Drawing {
        match self {
            Self::Funding(chart) => chart.draw(style),
            Self::FundingLinear(chart) => chart.draw_linear(style),
            Self::Gap(chart) => chart.draw(style),
            Self::Probability(chart) => chart.draw(style),
            Self::FinalYear(chart) => chart.draw(style),
            Self::Histogram(chart) => chart.draw_histogram(style),
            Self::Deals(chart) => chart.draw(style),
            Self::Decomposition(chart) => chart.draw(style),
            Self::Shares(chart) => chart.draw(style),
            Self::Tornado(chart) => chart.draw(style),
            Self::Sweep(chart) => chart.draw(style),
            Self::SweepLine(chart) => chart.draw(style),
            Self::Rule(chart) => chart.draw(style),
            Self::Boxes(chart) => chart.draw(style),
            Self::BackTest(chart) => chart.draw(style),
            Self::Outturn(chart) => chart.draw(style),
            Self::Learned(chart) => chart.draw(style),
            Self::Sources(chart) => chart.draw(style),
            Self::Multiples(chart) => chart.draw(style),
            Self::Effects(chart) => chart.draw(style),
            Self::Waterfall(chart) => chart.draw(style),
        }
    }
}
