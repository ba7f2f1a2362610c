//! A finished drawing with everything that travels with it, and its SVG: outlines, live text, or both themes in one.

use std::fmt::Write;

use base64::Engine;
use serde_json::json;

use crate::table::{Cell, Table};
use crate::wording::Citation;

use super::said::Said;
use super::sheet::{Element, Facts, Sheet, TextBox};
use super::text::{self, Weight};
use super::theme::hex;

/// A finished drawing with everything that travels with it.
///
/// # Examples
/// ```
/// # use std::path::Path;
/// # let read = |_: &Path| Ok(include_bytes!("../../scenarios/base.toml").to_vec());
/// # let scenario = aigap::scenario::load(Path::new("base.toml"), &Default::default(), None, &read)?.scenario;
/// use aigap::chart::pictures;
/// use aigap::draw::{Style, TextMode, Theme};
/// use aigap::engine::Settings;
/// use aigap::summary::{Summary, Wanted};
///
/// let summary = Summary::of(&scenario, &Settings::new(2048, 7), Wanted::default(), &|_| {});
/// let drawing = pictures::charts(&scenario, &summary)[0].draw(Style { theme: Theme::Dark, ..Style::default() });
/// assert!(drawing.svg.starts_with("<svg") && drawing.alt.contains("2030"));
/// assert!(drawing.svg_with(TextMode::Live).contains("<text") && drawing.table.rows() > 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Name of its files.
    pub name: &'static str,
    /// The title on the picture.
    pub title: String,
    /// What the picture shows, for those who cannot see it.
    pub alt: String,
    /// The picture, text as outlines.
    pub svg: String,
    /// The plotted numbers.
    pub table: Table,
    /// Every text on the picture with its box.
    pub texts: Vec<TextBox>,
    pub(crate) facts: Facts,
    pub(crate) sheet: Sheet,
}

/// How the text of an SVG is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextMode {
    /// As outlines: the same picture everywhere, in Word and on slides.
    Outlines,
    /// As text in Inter, which the reader's machine must have: can be edited.
    Live,
    /// As text with the face inside: for the web.
    Embedded,
    /// As live text whose numbers name their cells: for a report, which can be checked.
    Cited,
}

/// The face for the web, by weight.
const FACES: [(u16, &[u8]); 2] = [
    (400, include_bytes!("../../data/fonts/Inter-400Regular.woff2")),
    (600, include_bytes!("../../data/fonts/Inter-600SemiBold.woff2")),
];

/// Families for live text: Inter, or what is nearest to it.
const FAMILIES: &str = "Inter, 'Helvetica Neue', Arial, sans-serif";

impl Drawing {
    pub(crate) fn new(name: &'static str, alt: String, table: Table, facts: Facts, sheet: Sheet) -> Self {
        let (title, texts) = (facts.title.clone(), sheet.texts.clone());
        let mut drawing = Self { name, title, alt, svg: String::new(), table, texts, facts, sheet };
        drawing.svg = drawing.svg_with(TextMode::Outlines);
        drawing
    }

    /// Width and height in canvas units.
    #[must_use]
    pub fn size(&self) -> [f64; 2] {
        self.sheet.size
    }

    /// The picture with its text written in another way.
    #[must_use]
    pub fn svg_with(&self, mode: TextMode) -> String {
        let head = if mode == TextMode::Embedded { style_of_faces() } else { String::new() };
        self.whole(self.name, mode, &head, &self.body(self.name, mode))
    }

    /// A picture that follows the reader's light or dark theme, for an HTML page: every colour that differs between
    /// the two drawings is a custom property, set by `prefers-color-scheme` and outranked by `data-theme` on the root.
    ///
    /// `prefix` begins every id, so that several pictures can stand on one page. With [`TextMode::Live`] the page itself
    /// must bring the face.
    ///
    /// # Panics
    /// If the other drawing is not the same chart in the other theme.
    #[must_use]
    pub fn themable(&self, dark: &Self, prefix: &str, mode: TextMode) -> String {
        let (light, other) = (self.body(prefix, mode), dark.body(prefix, mode));
        let mut colours: Vec<(String, String)> = Vec::new();
        let mut body = String::new();
        assert_eq!(light.lines().count(), other.lines().count(), "both themes draw the same marks");
        for (a, b) in light.lines().zip(other.lines()) {
            body += &merged(a, b, mode == TextMode::Cited, &mut colours);
            body.push('\n');
        }
        let set = |theme: fn(&(String, String)) -> &String| {
            let rules = colours.iter().enumerate().map(|(place, pair)| format!("--c{place}:{}", theme(pair)));
            rules.collect::<Vec<String>>().join(";")
        };
        let (light, dark) = (set(|pair| &pair.0), set(|pair| &pair.1));
        let face = if mode == TextMode::Embedded { style_of_faces() } else { String::new() };
        let head = format!(
            "{face}<style>#{prefix}{{{light}}}@media (prefers-color-scheme:dark){{#{prefix}{{{dark}}}}}\
             [data-theme=light] #{prefix}{{{light}}}[data-theme=dark] #{prefix}{{{dark}}}</style>\n"
        );
        self.whole(prefix, mode, &head, &body)
    }

    /// Caption and alt text for programs.
    #[must_use]
    pub fn json(&self) -> String {
        let whole = json!({
            "chart": self.name, "title": self.title, "generated_title": self.facts.generated, "alt": self.alt,
            "footer": self.facts.footer, "scenario_sha256": self.facts.config,
        });
        format!("{whole:#}\n")
    }

    /// The drawing citing the tables of a run that stand in a folder: `base/fan.csv` for `fan.csv`.
    #[must_use]
    pub fn within(mut self, folder: &str) -> Self {
        let said = self.sheet.texts.iter_mut().flat_map(|text| &mut text.said);
        said.filter_map(|said| said.citation.as_mut()).for_each(|it| it.cell.file.insert_str(0, folder));
        self
    }

    /// Every cell that a text on the picture names.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        let said = self.sheet.texts.iter().flat_map(|text| &text.said);
        said.filter_map(|said| said.citation.as_ref()).map(|it| &it.cell)
    }

    /// What is drawn, one element a line.
    pub(super) fn body(&self, prefix: &str, mode: TextMode) -> String {
        let mut body = String::new();
        for element in &self.sheet.elements {
            match element {
                Element::Raw(raw) => {
                    body += raw;
                    body.push('\n');
                }
                Element::Text(place) if mode == TextMode::Outlines => outlined(&mut body, &self.sheet.texts[*place]),
                Element::Text(place) => live(&mut body, &self.sheet.texts[*place], mode == TextMode::Cited),
                Element::Clip(id, [left, top, right, bottom]) => {
                    let (width, height) = (right - left, bottom - top);
                    let _ = writeln!(
                        body,
                        "<clipPath id=\"{prefix}-{id}\"><rect x=\"{left:.2}\" y=\"{top:.2}\" width=\"{width:.2}\" \
                         height=\"{height:.2}\"/></clipPath><g clip-path=\"url(#{prefix}-{id})\">"
                    );
                }
            }
        }
        body
    }

    /// The file: what is said of the picture, and around its elements.
    pub(super) fn whole(&self, id: &str, mode: TextMode, head: &str, body: &str) -> String {
        let [width, height] = self.sheet.size;
        let mut about = format!("{}; {}", self.facts.version, self.facts.footer.join(" "));
        if !self.facts.config.is_empty() {
            let _ = write!(about, " Scenario sha256: {}.", self.facts.config);
        }
        if self.facts.generated != self.facts.title {
            let _ = write!(about, " Title from the numbers: {}.", self.facts.generated);
        }
        // What all texts share stands once.
        let face = match mode {
            TextMode::Outlines => String::new(),
            _ => format!(" font-family=\"{FAMILIES}\" style=\"font-kerning:none\""),
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{id}\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\"{face}>\n\
             <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n<metadata>{}</metadata>\n{head}{body}</svg>\n",
            escaped(&self.facts.title),
            escaped(&self.alt),
            escaped(&about),
        )
    }
}

/// A text as outlines, its halo below it: no viewer has to know `paint-order`.
fn outlined(body: &mut String, text: &TextBox) {
    let (ink, (x, y)) = (text.ink, text.origin);
    let outline = text::outline(&text.words, ink.size, ink.weight, x, y);
    if outline.is_empty() {
        return;
    }
    if let Some(ground) = ink.halo {
        let _ = writeln!(
            body,
            "<path d=\"{outline}\" fill=\"none\" stroke=\"{}\" stroke-width=\"5\" stroke-linejoin=\"round\"/>",
            hex(ground)
        );
    }
    let _ = writeln!(body, "<path d=\"{outline}\" fill=\"{}\"/>", hex(ink.colour));
}

/// A text as text.
fn live(body: &mut String, text: &TextBox, cited: bool) {
    let (ink, (x, y)) = (text.ink, text.origin);
    let weight = if ink.weight == Weight::Regular { 400 } else { 600 };
    // What was measured has no kerning, and a reader's face may be a little wider: the length holds it in its box.
    let length = text.area[2] - text.area[0];
    let common = format!(
        "x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{:.2}\" font-weight=\"{weight}\" textLength=\"{length:.2}\"",
        ink.size
    );
    // Spaces at an edge are part of a line in two inks; browsers take this from the text itself only.
    let keeps = text.words.trim() != text.words || text.words.contains("  ");
    let common = if keeps { format!("{common} style=\"white-space:pre\"") } else { common };
    let words = escaped(&text.words);
    if let Some(ground) = ink.halo {
        let _ = writeln!(
            body,
            "<text {common} fill=\"none\" stroke=\"{}\" stroke-width=\"5\" stroke-linejoin=\"round\" \
             aria-hidden=\"true\">{words}</text>",
            hex(ground)
        );
    }
    let words = if cited { cited_words(text) } else { words };
    let _ = writeln!(body, "<text {common} fill=\"{}\">{words}</text>", hex(ink.colour));
}

/// Words with the cells of their numbers; a piece that goes on in the next line says so.
fn cited_words(text: &TextBox) -> String {
    if text.said.is_empty() {
        return escaped(&text.words);
    }
    let piece = |said: &Said| match &said.citation {
        None => escaped(&said.text),
        Some(Citation { cell, form }) => format!(
            "<tspan data-cell=\"{}\" data-as=\"{}\"{}>{}</tspan>",
            escaped(&cell.written()),
            form.name(),
            if said.goes_on { " data-more=\"yes\"" } else { "" },
            escaped(&said.text)
        ),
    };
    text.said.iter().map(piece).collect()
}

fn style_of_faces() -> String {
    format!("<style>{}</style>\n", faces())
}

/// The face for the web as style rules, for an HTML page that holds pictures with live text.
#[must_use]
pub fn faces() -> String {
    let mut style = String::new();
    for (weight, bytes) in FACES {
        let data = base64::engine::general_purpose::STANDARD.encode(bytes);
        let _ = write!(
            style,
            "@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        );
    }
    style
}

/// One element with the values of both themes: where an attribute differs, a custom property stands for it.
///
/// As a style, which every browser resolves; a presentation attribute need not take a property. In a report it keeps the light
/// colour, for readers that know no custom properties, such as word processors, which then leave the style aside.
fn merged(light: &str, dark: &str, is_kept: bool, colours: &mut Vec<(String, String)>) -> String {
    if light == dark {
        return light.to_owned();
    }
    let (mut out, mut styles) = (String::new(), Vec::new());
    // Attributes are `name="value"`: pieces at even places end in names, pieces at odd places are values.
    let (a, b): (Vec<&str>, Vec<&str>) = (light.split('"').collect(), dark.split('"').collect());
    for (place, piece) in a.iter().enumerate() {
        if place % 2 == 0 {
            out += piece;
            continue;
        }
        let other = b.get(place).copied().unwrap_or_default();
        let name = out.trim_end_matches('=').rsplit(' ').next().unwrap_or_default().to_owned();
        if *piece == other && name != "style" {
            let _ = write!(out, "\"{piece}\"");
            continue;
        }
        if name == "style" {
            out.truncate(out.len() - name.len() - 2);
            styles.push((*piece).to_owned());
            continue;
        }
        if is_kept {
            let _ = write!(out, "\"{piece}\"");
        } else {
            out.truncate(out.len() - name.len() - 2);
        }
        let pair = ((*piece).to_owned(), other.to_owned());
        let known = colours.iter().position(|known| *known == pair).unwrap_or_else(|| {
            colours.push(pair);
            colours.len() - 1
        });
        styles.push(format!("{name}:var(--c{known})"));
    }
    let at = out.find([' ', '/', '>']).unwrap_or(out.len());
    format!("{} style=\"{}\"{}", &out[..at], styles.join(";"), &out[at..])
}

/// Text as XML writes it.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
