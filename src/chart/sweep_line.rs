//! The sweep over one assumption: how the answer moves with it, and where it tips. Of two inputs the line on which a goal is just met.

mod plot;

use std::fmt::Write;

use crate::table::declared::CHART_SWEEP_LINE;
use crate::table::{Field, Table};
use crate::wording::Text;

use super::axis;
use super::sweep::{SweepAnswer, SweepAxis, SweepScale, ends, tips};
use crate::draw::Credits;
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::Weight;
use crate::draw::ticks::Scale;

/// An answer for every value of one input.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepLine {
    /// The title; made from the tipping point if there is none.
    pub title: Option<Text>,
    /// What the points are, as the subtitle says it.
    pub question: String,
    /// Whether the points are chances or ratios, which decides where they tip.
    pub answer: SweepAnswer,
    /// The input and its values.
    pub across: SweepAxis,
    /// What the band around the points is: `80% of paths`, `simulation error`; nothing where there is none.
    pub band: String,
    /// Low end, answer and high end at each value; ends that are not known are no numbers.
    pub points: Vec<[f64; 3]>,
    /// The scenario's value of the input, if it is within the sweep.
    pub baseline: Option<f64>,
    /// The value at which the answer tips, if it is known better than from the points.
    pub tipping: Option<f64>,
    /// Between which values it tips, where that is no one number.
    pub tipping_between: Option<(f64, f64)>,
    /// Of a line on which a goal is just met: whether it is met above it.
    pub met_above: Option<bool>,
    /// What a point is, as the footer says it: `Every point is a run of its own`.
    pub made: String,
    /// A sentence on the values that have no point; empty if there are none.
    pub not_drawn: String,
    /// Where the numbers come from.
    pub credits: Credits,
}

impl SweepLine {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let unit = match self.answer.scale {
            SweepScale::Chance => ", %",
            SweepScale::Ratio => ", log scale",
            SweepScale::Unit(_) => "",
        };
        let open = self.points.iter().any(|point| point[2] == f64::INFINITY);
        let open = if open { ", open where it has no upper end" } else { "" };
        let band = if self.band.is_empty() { String::new() } else { format!(". Band: {}{open}", self.band) };
        let side = match self.met_above {
            Some(true) => "; the goal is met above the line",
            Some(false) => "; the goal is met below the line",
            None => "",
        };
        let subtitle: [Span; 1] = [(format!("{}{unit}{side}{band}", self.question), None)];
        let not_drawn = if self.not_drawn.is_empty() { String::new() } else { format!(" {}", self.not_drawn) };
        let caveat = format!("{}{not_drawn}", self.made);
        let frame =
            Frame { title: self.title(), subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column: 680.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let strong = Ink::new(19.0 * scale, Weight::SemiBold, style.theme.palette().sub);
        let name = axis::lines(&self.across.name, strong, right - left - 60.0 * scale);
        let below = (48.0 + 24.0 * name.len() as f64) * scale;
        let area = self.plot(&mut canvas, style, [left, top + 52.0 * scale, right, bottom - below]);
        axis::write(&mut canvas, &name, (area[0], area[3] + 60.0 * scale), strong);
        canvas.finish("sweep-line", self.alt(), self.table())
    }

    fn tips(&self) -> Option<f64> {
        self.tipping.or_else(|| tips(&self.answer, &self.across.values, &self.answers()))
    }

    fn answers(&self) -> Vec<f64> {
        self.points.iter().map(|point| point[1]).collect()
    }

    fn title(&self) -> Text {
        if let Some(title) = &self.title {
            return title.clone();
        }
        let answers = self.answers();
        let rises = answers.first() < answers.last();
        let ends = self.across.words.first().zip(self.across.words.last());
        let tipping = self.tips();
        self.answer.title(&self.across.name, tipping, rises, ends.map(|(a, b)| (a.as_str(), b.as_str())))
    }

    /// The scale of the answers, which holds the level that matters.
    fn scale(&self) -> Scale {
        let level = (!self.answer.mark.is_empty()).then_some(self.answer.level);
        let all = self.points.iter().flatten().copied().chain(level).filter(|it| it.is_finite());
        let over = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)))
        };
        match self.answer.scale {
            // From zero, and only as far as there are chances.
            SweepScale::Chance => {
                let (_, high) = over(&mut all.chain([0.0]));
                let axis = Scale::linear(0.0, high.clamp(0.01, 1.0));
                let last = axis.domain.1.min(1.0);
                Scale {
                    domain: (0.0, last),
                    labelled: axis.labelled.into_iter().filter(|it| *it <= last).collect(),
                    ..axis
                }
            }
            SweepScale::Ratio => {
                let (low, high) = over(&mut all.filter(|it| *it > 0.0));
                Scale::log(low, high)
            }
            SweepScale::Unit(_) => {
                let (low, high) = over(&mut all.into_iter());
                Scale::linear(low, high)
            }
        }
    }

    fn alt(&self) -> String {
        let mut alt =
            format!("Line chart. {} for {} values of {}.", self.question, self.points.len(), self.across.name);
        let said = |value: f64| self.answer.said(value);
        for (words, point) in
            [self.across.words.first().zip(self.points.first()), self.across.words.last().zip(self.points.last())]
                .into_iter()
                .flatten()
        {
            let _ = write!(alt, " At {words}: {}.", said(point[1]));
        }
        match self.met_above {
            Some(true) => alt += " The goal is met above the line.",
            Some(false) => alt += " The goal is met below the line.",
            None => {}
        }
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_SWEEP_LINE).named("{input}", &self.across.name.replace([',', '"'], " "));
        for (value, point) in self.across.values.iter().zip(&self.points) {
            table.push(std::iter::once(Field::from(*value)).chain(point.map(Field::from)));
        }
        if let Some(tipping) = self.tips() {
            table.push([tipping.into(), Field::Missing, Field::Missing, Field::Missing]);
        }
        for end in ends(self.tipping_between) {
            table.push([end.into(), Field::Missing, Field::Missing, Field::Missing]);
        }
        table
    }
}
