//! Dots of equal size in stacks: on a scale, and beside it where no place on the scale is theirs.

use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::dodge;
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::theme::Rgb;

/// Dots that no place on a log scale belongs to, since one side has no funding: at an end of their own, in columns.
pub(super) struct Apart {
    /// Left and right edge.
    pub edges: (f64, f64),
    pub dots: usize,
    pub wider: bool,
    /// Which side has none.
    pub name: String,
}

/// A stack of dots: its middle and how many.
pub(super) struct Stack {
    pub x: f64,
    pub dots: usize,
    pub wider: bool,
}

impl Apart {
    /// The dots in as few columns as the height allows, from the baseline up.
    pub(crate) fn draw(&self, canvas: &mut Canvas, style: Style, (bottom, height, size): (f64, f64, f64)) {
        let palette = style.theme.palette();
        let colour = if self.wider { palette.wider_text } else { palette.narrower_text };
        let tall = ((height / size) as usize).max(1);
        let columns = self.dots.div_ceil(tall).max(1);
        let first = 0.5 * (self.edges.0 + self.edges.1) - 0.5 * columns as f64 * size;
        for place in 0..self.dots {
            let (column, level) = ((place / tall) as f64, (place % tall) as f64);
            let at = (first + (column + 0.5) * size, bottom - (level + 0.5) * size);
            dot(canvas, at, size / 2.0 - 0.75, colour, self.wider);
        }
    }

    /// A baseline of their own, and below it which side has no funding.
    pub(crate) fn name(&self, canvas: &mut Canvas, style: Style, ([left, right], bottom, size): ([f64; 2], f64, f64)) {
        let (palette, scale) = (style.theme.palette(), style.preset.canvas().2);
        let (start, end) = self.edges;
        let (start, end) = if self.wider { (start + 0.8 * size, end) } else { (start, end - 0.8 * size) };
        canvas.line((start, bottom), (end, bottom), palette.axis, 1.5, "");
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        let half = 0.5 * text::width(&self.name, ink.size, ink.weight);
        let x = (0.5 * (self.edges.0 + self.edges.1)).clamp(left + half, right - half);
        canvas.text(&self.name, (x, bottom + 31.0 * scale), Anchor::Middle, ink);
    }
}

/// Stacks of one side, from the first value away from the threshold: Wilkinson's rule, then moved apart.
pub(super) fn side(values: &[f64], size: f64, limits: (f64, f64), wider: bool) -> Vec<Stack> {
    let mut stacks: Vec<(f64, f64, usize)> = Vec::new();
    for x in values {
        match stacks.last_mut() {
            Some((first, last, dots)) if (x - *first).abs() < size => {
                *last = *x;
                *dots += 1;
            }
            _ => stacks.push((*x, *x, 1)),
        }
    }
    let wanted: Vec<f64> = stacks.iter().map(|(first, last, _)| 0.5 * (first + last)).collect();
    let centres = dodge::apart(&wanted, &vec![size; wanted.len()], limits);
    stacks.iter().zip(centres).map(|((_, _, dots), x)| Stack { x, dots: *dots, wider }).collect()
}

/// A dot, filled or hollow.
pub(super) fn dot(canvas: &mut Canvas, (x, y): (f64, f64), radius: f64, shade: Rgb, filled: bool) {
    let colour = crate::draw::theme::hex(shade);
    let stroke = (radius * 0.12).clamp(1.0, 3.0);
    let look = if filled {
        format!("r=\"{radius:.2}\" fill=\"{colour}\"")
    } else {
        format!("r=\"{:.2}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{stroke:.2}\"", radius - stroke / 2.0)
    };
    canvas.mark([x - radius, y - radius, x + radius, y + radius], shade);
    canvas.raw(&format!("<circle cx=\"{x:.2}\" cy=\"{y:.2}\" {look}/>"));
}
