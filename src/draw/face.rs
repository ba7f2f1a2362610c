//! The embedded face: how wide each of its signs is, and the lines and curves that it is drawn with.
//!
//! They are kept as text that is made from the font files (`tests/font_outlines.rs`): a library that reads fonts would be a
//! tenth of what building the program takes, for some two hundred signs that never change.

use std::sync::LazyLock;

use super::coordinate;

/// Signs of one weight.
pub(super) struct Face {
    /// Units of the design in the height of the type.
    units: f64,
    /// In the order of their signs.
    glyphs: Vec<(char, Glyph)>,
}

/// A sign, in units of the design; heights grow upwards.
pub(super) struct Glyph {
    advance: f64,
    /// Command of an SVG path and its points.
    path: Vec<(char, Vec<(f64, f64)>)>,
}

pub(super) static REGULAR: LazyLock<Face> =
    LazyLock::new(|| Face::read(include_str!("../../data/fonts/Inter-400Regular.outlines")));
pub(super) static SEMI_BOLD: LazyLock<Face> =
    LazyLock::new(|| Face::read(include_str!("../../data/fonts/Inter-600SemiBold.outlines")));

impl Face {
    /// Units in the first line, then a line for each sign: its code, its width and its path.
    fn read(text: &str) -> Self {
        let mut lines = text.lines();
        let units = number(lines.next().unwrap_or_default());
        let mut glyphs: Vec<(char, Glyph)> = lines.map(glyph).collect();
        glyphs.sort_by_key(|(sign, _)| *sign);
        Self { units, glyphs }
    }

    /// How a sign is drawn; a space that does not break a line looks like any other.
    pub(super) fn glyph(&self, sign: char) -> Option<&Glyph> {
        let sign = if sign == '\u{a0}' { ' ' } else { sign };
        let place = self.glyphs.binary_search_by_key(&sign, |(known, _)| *known).ok()?;
        Some(&self.glyphs[place].1)
    }

    /// Width of a sign in type of a size.
    pub(super) fn advance(&self, glyph: &Glyph, size: f64) -> f64 {
        glyph.advance * size / self.units
    }

    /// Adds the outline of a sign in type of a size, at a point of the baseline, to the data of an SVG path.
    pub(super) fn outline(&self, glyph: &Glyph, size: f64, (x, y): (f64, f64), path: &mut String) {
        let scale = size / self.units;
        for (command, points) in &glyph.path {
            path.push(*command);
            let at: Vec<(f64, f64)> = points.iter().map(|(dx, dy)| (x + dx * scale, y - dy * scale)).collect();
            if !at.is_empty() {
                coordinate::push_points(path, &at);
            }
        }
    }
}

fn glyph(line: &str) -> (char, Glyph) {
    let mut words = line.splitn(3, ' ');
    let code = words.next().and_then(|word| u32::from_str_radix(word, 16).ok());
    let sign = code.and_then(char::from_u32).expect("the code of a sign");
    let advance = number(words.next().unwrap_or_default());
    (sign, Glyph { advance, path: path(words.next().unwrap_or_default()) })
}

fn path(data: &str) -> Vec<(char, Vec<(f64, f64)>)> {
    let commands = data.char_indices().filter(|(_, sign)| sign.is_ascii_uppercase());
    let starts: Vec<(usize, char)> = commands.collect();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([data.len()]);
    starts.iter().zip(ends).map(|((start, command), end)| (*command, points(&data[start + 1..end]))).collect()
}

fn points(data: &str) -> Vec<(f64, f64)> {
    let numbers: Vec<f64> = data.split_ascii_whitespace().map(number).collect();
    numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

fn number(word: &str) -> f64 {
    word.parse().expect("a number")
}
