//! Text measured and outlined with the embedded face, so that a chart is the same picture on every machine.

use std::borrow::Cow;

use super::face::{self, Face};

/// Weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
}

impl Weight {
    fn face(self) -> &'static Face {
        match self {
            Self::Regular => &face::REGULAR,
            Self::SemiBold => &face::SEMI_BOLD,
        }
    }
}

/// Whether the embedded face can write every sign of a text.
pub(crate) fn is_legible(text: &str) -> bool {
    let face = Weight::Regular.face();
    text.chars().all(|c| face.glyph(c).is_some())
}

/// Signs of a text that the embedded face lacks, each once, in their order.
#[cfg(feature = "cli")]
pub(crate) fn lacking(text: &str) -> String {
    let face = Weight::Regular.face();
    let mut found = String::new();
    for c in text.chars().filter(|c| face.glyph(*c).is_none()) {
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
    let face = Weight::Regular.face();
    let mut out = String::new();
    for c in text.chars() {
        if face.glyph(c).is_some() {
            out.push(c);
        } else if !out.ends_with('…') {
            out.push('…');
        }
    }
    Cow::Owned(out.replace("… …", "…"))
}

/// Width of a text.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let face = weight.face();
    text.chars().filter_map(|c| face.glyph(c)).map(|glyph| face.advance(glyph, size)).sum()
}

/// The outline of a text from a baseline point, as the data of an SVG path.
pub(crate) fn outline(text: &str, size: f64, weight: Weight, x: f64, y: f64) -> String {
    let face = weight.face();
    let (mut path, mut x) = (String::new(), x);
    for glyph in text.chars().filter_map(|c| face.glyph(c)) {
        face.outline(glyph, size, (x, y), &mut path);
        x += face.advance(glyph, size);
    }
    path
}

/// Lines of at most a width; a word that is wider stands alone. A separator neither ends nor begins a line.
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
        let bare = line.trim_start_matches("· ").trim_end_matches(" ·");
        if bare.len() < line.len() {
            *line = bare.to_owned();
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
