//! Text measured and outlined with the embedded face, so that a chart is the same picture on every machine.

use std::borrow::Cow;
use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::coordinate;

/// Weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
}

static REGULAR: LazyLock<FontRef<'static>> = LazyLock::new(|| {
    FontRef::new(include_bytes!("../../data/fonts/Inter-400Regular.ttf")).expect("the embedded face is a font")
});
static SEMI_BOLD: LazyLock<FontRef<'static>> = LazyLock::new(|| {
    FontRef::new(include_bytes!("../../data/fonts/Inter-600SemiBold.ttf")).expect("the embedded face is a font")
});

impl Weight {
    fn font(self) -> &'static FontRef<'static> {
        match self {
            Self::Regular => &REGULAR,
            Self::SemiBold => &SEMI_BOLD,
        }
    }
}

/// Whether the embedded face can write every sign of a text.
pub(crate) fn is_legible(text: &str) -> bool {
    let charmap = Weight::Regular.font().charmap();
    text.chars().all(|c| glyph(&charmap, c).is_some())
}

/// Signs of a text that the embedded face lacks, each once, in their order.
#[cfg(feature = "cli")]
pub(crate) fn lacking(text: &str) -> String {
    let charmap = Weight::Regular.font().charmap();
    let mut found = String::new();
    for c in text.chars().filter(|c| glyph(&charmap, *c).is_none()) {
        if !found.contains(c) {
            found.push(c);
        }
    }
    found
}

/// A text without signs that the face lacks: each run of them gives way to an ellipsis, which says that something is
/// left out, where empty boxes would say nothing. Alt texts and tables keep the words as they are.
pub(crate) fn legible(text: &str) -> Cow<'_, str> {
    if is_legible(text) {
        return Cow::Borrowed(text);
    }
    let charmap = Weight::Regular.font().charmap();
    let mut out = String::new();
    for c in text.chars() {
        if glyph(&charmap, c).is_some() {
            out.push(c);
        } else if !out.ends_with('…') {
            out.push('…');
        }
    }
    Cow::Owned(out.replace("… …", "…"))
}

/// Width of a text.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let font = weight.font();
    let metrics = font.glyph_metrics(Size::new(size as f32), LocationRef::default());
    let charmap = font.charmap();
    let advance = |c: char| glyph(&charmap, c).and_then(|glyph| metrics.advance_width(glyph)).map_or(0.0, f64::from);
    text.chars().map(advance).sum()
}

fn glyph(charmap: &skrifa::charmap::Charmap, c: char) -> Option<GlyphId> {
    // A space that does not break a line looks like any other.
    let c = if c == '\u{a0}' { ' ' } else { c };
    charmap.map(c).filter(|glyph| glyph.to_u32() != 0)
}

/// The outline of a text from a baseline point, as the data of an SVG path.
pub(crate) fn outline(text: &str, size: f64, weight: Weight, x: f64, y: f64) -> String {
    let font = weight.font();
    let metrics = font.glyph_metrics(Size::new(size as f32), LocationRef::default());
    let (charmap, outlines) = (font.charmap(), font.outline_glyphs());
    let mut pen = Pen { path: String::new(), x, y };
    for c in text.chars() {
        let Some(glyph) = glyph(&charmap, c) else { continue };
        if let Some(outline) = outlines.get(glyph) {
            // A glyph that cannot be drawn leaves its space, as it would anywhere else.
            let _ = outline.draw(DrawSettings::unhinted(Size::new(size as f32), LocationRef::default()), &mut pen);
        }
        pen.x += f64::from(metrics.advance_width(glyph).unwrap_or(0.0));
    }
    pen.path
}

struct Pen {
    path: String,
    x: f64,
    y: f64,
}

impl Pen {
    fn write<const N: usize>(&mut self, command: char, points: [(f32, f32); N]) {
        self.path.push(command);
        let at = points.map(|(x, y)| (self.x + f64::from(x), self.y - f64::from(y)));
        coordinate::push_points(&mut self.path, &at);
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.write('M', [(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.write('L', [(x, y)]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.write('Q', [(cx, cy), (x, y)]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.write('C', [(ax, ay), (bx, by), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}

/// Lines of at most a width; a word that is wider stands alone. A separator never ends a line.
pub(crate) fn wrap(text: &str, size: f64, weight: Weight, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, weight) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    for line in &mut lines {
        if let Some(rest) = line.strip_suffix(" ·") {
            *line = rest.to_owned();
        }
    }
    lines
}

/// Lines that are as even as they can be without being more: the narrowest width that still takes as few.
pub(crate) fn balanced(text: &str, size: f64, weight: Weight, limit: f64) -> Vec<String> {
    let mut best = wrap(text, size, weight, limit);
    let most = best.len();
    let mut narrower = limit;
    while most > 1 && narrower > limit / 2.0 {
        narrower -= 8.0;
        let lines = wrap(text, size, weight, narrower);
        if lines.len() > most || lines.iter().any(|line| width(line, size, weight) > narrower) {
            break;
        }
        best = lines;
    }
    best
}

/// A text cut to a width with an ellipsis.
pub(crate) fn fitted(text: &str, size: f64, weight: Weight, limit: f64) -> String {
    if width(text, size, weight) <= limit {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let shorter = format!("{}…", kept.iter().collect::<String>().trim_end());
        if width(&shorter, size, weight) <= limit {
            return shorter;
        }
    }
    String::new()
}

/// A text in so many lines of at most a width, the last of them cut with an ellipsis if that is not enough.
pub(crate) fn wrapped_within(text: &str, (size, weight): (f64, Weight), limit: f64, most: usize) -> Vec<String> {
    let mut lines = balanced(text, size, weight, limit);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| fitted(line, size, weight, limit)).collect()
}

/// A list in so many lines of at most a width: as many of its names as they hold, and how many more there are.
pub(crate) fn listed(
    before: &str,
    (names, comma): (&[&str], &str),
    most: usize,
    (size, weight): (f64, Weight),
    limit: f64,
) -> Vec<String> {
    let lines = |shown: usize| {
        let rest = names.len() - shown;
        let more = if rest == 0 { String::new() } else { format!("{comma}and {rest} more") };
        let words = format!("{before}{}{more}", names[..shown].join(comma));
        wrap(&words, size, weight, limit)
    };
    let held = (1..=names.len()).rev().map(lines).find(|lines| lines.len() <= most);
    let lines = held.unwrap_or_else(|| lines(names.len().min(1)));
    lines.iter().take(most).map(|line| fitted(line, size, weight, limit)).collect()
}
