//! The decomposition: did the gap change through the number of deals or their size, and on which side.

use std::fmt::Write;

use crate::table::Table;
use crate::table::declared::CHART_DECOMPOSITION;
use crate::wording::{self, MoneyUnit, Text};

use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame, Span};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::Rgb;
use crate::draw::ticks::Scale;

/// What moved the gap in money between two years.
#[derive(Clone, Debug, PartialEq)]
pub struct Decomposition {
    /// First and second year of the change.
    pub years: [i32; 2],
    /// The gap in both, bn.
    pub gaps: [f64; 2],
    /// Lead region, then follow region.
    pub sides: [DecompositionSide; 2],
    /// The title, which holds whatever rounding of the figures leaves open.
    pub title: Text,
    /// Numbers of the title that are no bars: the interval of a share.
    pub stated: Vec<f64>,
    /// What the chart must say besides.
    pub caveat: String,
    /// The money that amounts are in.
    pub money: MoneyUnit,
    /// Where the numbers come from.
    pub credits: Credits,
}

/// What one side adds.
#[derive(Clone, Debug, PartialEq)]
pub struct DecompositionSide {
    /// Its word: `us`.
    pub name: String,
    /// Its funding in both years, bn; the second one only where it is observed.
    pub funding: [Option<f64>; 2],
    /// Its parts, in drawing order.
    pub parts: Vec<DecompositionPart>,
}

/// A bar: what changed and what it did to the gap.
#[derive(Clone, Debug, PartialEq)]
pub struct DecompositionPart {
    /// `Deals`, `Deal size`.
    pub name: String,
    /// `374 → 232`; may be empty.
    pub change: String,
    /// What it adds to the gap, bn; negative where it narrows it.
    pub value: f64,
}

impl Decomposition {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let [lead, follow] = self.names();
        let [from, to] = self.years;
        let (unit, counted) = (self.unit(), self.credits.counted);
        let subtitle: [Span; 1] = [(
            format!(
                "What changed the {lead}–{follow} gap in {counted}, {from} to {to}, {unit}. Filled raises it, hollow lowers it"
            ),
            None,
        )];
        let frame = Frame {
            title: self.title.clone(),
            subtitle: &subtitle,
            credits: &self.credits,
            caveat: &self.caveat,
            column: 740.0,
        };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let foot = if style.preset.is_narrow() { 118.0 } else { 78.0 };
        self.plot(&mut canvas, style, [left, top + 20.0 * scale, right, bottom - foot * scale]);
        canvas.finish("decomposition", self.alt(), self.table())
    }

    fn names(&self) -> [String; 2] {
        self.sides.each_ref().map(|side| wording::short_name(&side.name))
    }

    /// Whether amounts are in millions: none of them reaches a billion.
    fn is_in_millions(&self) -> bool {
        let funding = self.sides.iter().flat_map(|side| side.funding).flatten();
        let parts = self.sides.iter().flat_map(|side| &side.parts).map(|part| part.value);
        let most = funding.chain(parts).chain(self.gaps).fold(0.0, |most: f64, value| most.max(value.abs()));
        most > 0.0 && most < 1.0
    }

    /// The unit of amounts: `$bn`, `$m of 2023`.
    fn unit(&self) -> String {
        let unit = &self.credits.unit;
        if self.is_in_millions() { unit.replacen("bn", "m", 1) } else { unit.clone() }
    }

    /// An amount in the unit.
    fn scaled(&self, billions: f64) -> f64 {
        if self.is_in_millions() { 1000.0 * billions } else { billions }
    }

    /// First gap and parts in the unit, rounded so that what is printed adds up to the last gap as printed.
    fn rounded(&self) -> (f64, Vec<f64>, i32) {
        let parts = self.sides.iter().flat_map(|side| &side.parts).map(|part| self.scaled(part.value));
        let parts: Vec<f64> = parts.collect();
        let it = wording::rounded_change(self.scaled(self.gaps[0]), &parts);
        (it.first, it.parts, it.decimals)
    }

    fn plot(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4]) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let (first, parts, decimals) = self.rounded();
        let mut levels = vec![first];
        parts.iter().for_each(|part| levels.push(levels[levels.len() - 1] + part));
        let last = levels[levels.len() - 1];
        let low = levels.iter().copied().fold(0.0, f64::min);
        let high = levels.iter().copied().fold(0.0, f64::max);
        let axis = Scale {
            log: false,
            domain: (low, if high > low { high } else { low + 1.0 }),
            labelled: Vec::new(),
            faint: Vec::new(),
        };
        canvas.axis(&axis, 0, true);
        let crown = top + 44.0 * scale;
        let (upper, lower) = (crown + 42.0 * scale, if low < 0.0 { bottom - 30.0 * scale } else { bottom });
        let y = |value: f64| lower - axis.place(value) * (lower - upper);
        let columns = parts.len() + 2;
        let step = (right - left) / columns as f64;
        let centre = |column: usize| left + (column as f64 + 0.5) * step;
        let half = 0.31 * step;
        let said = |value: f64| plain(value, decimals);
        let size = if style.preset.is_narrow() { 18.0 } else { 22.0 } * scale;
        let number = |colour: Rgb| Ink::new(size, Weight::SemiBold, colour).over(palette.ground);
        for (column, value) in [(0, first), (columns - 1, last)] {
            let x = centre(column);
            canvas.rectangle([x - half, y(value.max(0.0)), x + half, y(value.min(0.0))], palette.gap);
            let at = if value >= 0.0 { y(value) - 12.0 * scale } else { y(value) + 1.1 * size };
            canvas.text(&said(value), (x, at), Anchor::Middle, number(palette.gap));
        }
        let mut column = 0;
        for (place, side) in self.sides.iter().enumerate() {
            let (colour, text) = (style.theme.region(place), style.theme.region_text(place));
            let from = column + 1;
            for _ in &side.parts {
                let (before, after, x) = (levels[column], levels[column + 1], centre(column + 1));
                canvas.line((centre(column) + half, y(before)), (x - half, y(before)), palette.axis, 1.5, "");
                let bar =
                    [x - half, y(before.max(after)), x + half, y(before.min(after)).max(y(before.max(after)) + 3.0)];
                if after >= before {
                    canvas.rectangle(bar, colour)
                } else {
                    outlined(canvas, bar, colour, palette.ground)
                }
                let at = if after >= before { bar[1] - 12.0 * scale } else { bar[3] + 1.1 * size };
                canvas.text(&signed(after - before, decimals), (x, at), Anchor::Middle, number(text));
                column += 1;
            }
            let total: f64 = parts[from - 1..column].iter().sum();
            self.bracket(
                canvas,
                style,
                (centre(from) - half, centre(column) + half, crown),
                (&side.name, total, decimals),
                text,
            );
        }
        canvas.line((centre(column) + half, y(last)), (centre(column + 1) - half, y(last)), palette.axis, 1.5, "");
        canvas.line((left, y(0.0)), (right, y(0.0)), palette.ink, 1.75, "");
        self.feet(canvas, style, (&centre, step, bottom), decimals);
    }

    /// A country's bracket with its name and subtotal.
    fn bracket(
        &self,
        canvas: &mut Canvas,
        style: Style,
        (left, right, y): (f64, f64, f64),
        (name, total, decimals): (&str, f64, i32),
        colour: Rgb,
    ) {
        let scale = style.preset.canvas().2;
        let corners = [(left, y + 8.0), (left, y), (right, y), (right, y + 8.0)];
        canvas.polyline(&corners, colour, 2.0, "");
        let ink = Ink::new(if style.preset.is_narrow() { 18.0 } else { 20.0 } * scale, Weight::SemiBold, colour);
        let total = signed(total, decimals);
        let long = format!("{} {total}", wording::long_name(name));
        let fits = text::width(&long, ink.size, ink.weight) <= right - left;
        let words = if fits { long } else { format!("{} {total}", wording::short_name(name)) };
        canvas.text(&words, (0.5 * (left + right), y - 11.0 * scale), Anchor::Middle, ink);
    }

    /// Names under the bars and what changed.
    fn feet(
        &self,
        canvas: &mut Canvas,
        style: Style,
        (centre, step, bottom): (&dyn Fn(usize) -> f64, f64, f64),
        decimals: i32,
    ) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let narrow = style.preset.is_narrow();
        let bold = Ink::new(if narrow { 16.5 } else { 18.0 } * scale, Weight::SemiBold, palette.ink);
        let small = Ink::new(16.5 * scale, Weight::Regular, palette.mute);
        let [lead, follow] = self.names();
        let gap = |place: usize| {
            let funding = self.sides.each_ref().map(|side| side.funding[place]);
            match funding {
                [Some(a), Some(b)] => {
                    let [a, b] = [a, b].map(|amount| plain(self.scaled(amount), decimals));
                    format!("{lead} {a}, {follow} {b}")
                }
                _ => "mean of paths".to_owned(),
            }
        };
        let [from, to] = self.years;
        let mut feet = vec![(format!("{from} gap"), gap(0))];
        feet.extend(
            self.sides.iter().flat_map(|side| &side.parts).map(|part| (part.name.clone(), part.change.clone())),
        );
        feet.push((format!("{to} gap"), gap(1)));
        for (column, (name, change)) in feet.iter().enumerate() {
            let mut y = bottom + 28.0 * scale;
            let room = step - 6.0;
            for line in text::wrap(name, bold.size, bold.weight, room).iter().take(2) {
                canvas.text(
                    &text::fitted(line, bold.size, bold.weight, room),
                    (centre(column), y),
                    Anchor::Middle,
                    bold,
                );
                y += 1.25 * bold.size;
            }
            let lines = text::wrap(change, small.size, small.weight, room);
            for line in lines.iter().take(if narrow { 3 } else { 2 }).filter(|line| !line.is_empty()) {
                canvas.text(
                    &text::fitted(line, small.size, small.weight, room),
                    (centre(column), y),
                    Anchor::Middle,
                    small,
                );
                y += 1.22 * small.size;
            }
        }
    }

    fn alt(&self) -> String {
        let (first, parts, decimals) = self.rounded();
        let [from, to] = self.years;
        let [lead, follow] = self.names();
        let mut alt =
            format!("Waterfall of the gap in {}, {from} to {to}: from {}", self.unit(), plain(first, decimals));
        let sides = self.sides.iter().flat_map(|side| side.parts.iter().map(move |part| (side, part)));
        for ((side, part), value) in sides.zip(&parts) {
            let _ = write!(
                alt,
                ", {} {} {}",
                wording::short_name(&side.name),
                part.name.to_lowercase(),
                signed(*value, decimals)
            );
        }
        let last = first + parts.iter().sum::<f64>();
        let _ = write!(alt, ", to {}. Positive parts raise {lead} minus {follow}.", plain(last, decimals));
        alt
    }

    fn table(&self) -> Table {
        let [from, to] = self.years;
        let mut table = Table::new(&CHART_DECOMPOSITION);
        let one_word = |name: &str| name.to_lowercase().replace(", ", "-").replace(' ', "-");
        table.push(["gap".into(), "all".into(), from.into(), self.gaps[0].into()]);
        for side in &self.sides {
            for part in &side.parts {
                table.push([one_word(&part.name).into(), (&side.name).into(), to.into(), part.value.into()]);
            }
        }
        table.push(["gap".into(), "all".into(), to.into(), self.gaps[1].into()]);
        self.stated.iter().for_each(|share| table.push(["share".into(), "all".into(), to.into(), (*share).into()]));
        table
    }
}

/// `29.0`, `−3.1`: an amount whose unit stands in the subtitle.
fn plain(value: f64, decimals: i32) -> String {
    wording::fixed(value, decimals)
}

/// A number of so many decimals with its sign.
fn signed(value: f64, decimals: i32) -> String {
    let words = wording::fixed(value, decimals);
    if value > 0.0 && words.chars().any(|c| c.is_ascii_digit() && c != '0') { format!("+{words}") } else { words }
}

/// A bar with an edge all around and a tint inside.
fn outlined(canvas: &mut Canvas, [left, top, right, bottom]: [f64; 4], colour: Rgb, ground: Rgb) {
    canvas.rectangle([left, top, right, bottom], colour);
    if bottom - top > 6.0 {
        canvas.rectangle([left + 2.5, top + 2.5, right - 2.5, bottom - 2.5], ground);
        let inner = [
            (left + 2.5, top + 2.5),
            (right - 2.5, top + 2.5),
            (right - 2.5, bottom - 2.5),
            (left + 2.5, bottom - 2.5),
        ];
        canvas.polygon(&inner, colour, 0.18);
    }
}
