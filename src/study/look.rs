//! The look of a run's charts: where they are going to stand, in which colours, and which files are written of each.

use serde::{Deserialize, Serialize};

/// How the charts of a run are drawn and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Look {
    /// Whether there are charts at all.
    pub charts: bool,
    /// Size and layout.
    pub preset: Preset,
    /// Colours of ground and marks.
    pub theme: Theme,
    /// Whether every band has an edge.
    pub high_contrast: bool,
    /// Whether fans show their median.
    pub median: bool,
    /// How many single simulated paths are drawn as thin lines.
    pub hairlines: u16,
    /// Whether text stays text in the SVG, to be edited.
    pub svg_text: bool,
    /// Whether a PDF is written besides.
    pub pdf: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            charts: true,
            preset: Preset::Note,
            theme: Theme::Light,
            high_contrast: false,
            median: true,
            hairlines: 0,
            svg_text: false,
            pdf: false,
        }
    }
}

impl Look {
    /// Most single paths that are drawn: more of them hide the fan.
    pub const MOST_HAIRLINES: u16 = 100;
}

/// Where a chart is going to stand; each is a layout of its own, never a scaled one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// Full width of a Word page, 6.5 × 4.06 in.
    Note,
    /// One column of a two-column note, 3.5 in wide.
    Column,
    /// A column with larger type: a telephone, or half of a page.
    Phone,
    /// A 16:9 slide, 13.33 × 7.5 in.
    Slide,
    /// Beside the text of a slide, 6.3 × 5.6 in.
    HalfSlide,
    /// The body of an article, 850 pixels wide.
    Web,
    /// A link card, 1200 × 675 px.
    Social,
}

impl Preset {
    /// Every preset, the default first.
    pub const ALL: [Self; 7] =
        [Self::Note, Self::Column, Self::Phone, Self::Slide, Self::HalfSlide, Self::Web, Self::Social];

    /// Its word on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Column => "column",
            Self::Phone => "phone",
            Self::Slide => "slide",
            Self::HalfSlide => "half-slide",
            Self::Web => "web",
            Self::Social => "social",
        }
    }
}

/// Colours on a light or a dark ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Dark marks on white ground.
    Light,
    /// Light marks on dark ground.
    Dark,
}

impl Theme {
    /// Both themes, the default first.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Its word on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        if self == Self::Light { "light" } else { "dark" }
    }
}
