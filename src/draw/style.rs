//! How a chart is drawn: where it is going to stand, its colours, and what is shown besides.

use crate::study::Look;
pub use crate::study::{Preset, Theme};

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Size and layout.
    pub preset: Preset,
    /// Colours of ground and marks.
    pub theme: Theme,
    /// Whether every band has an edge, because neighbouring tints alone differ too little for some eyes.
    pub high_contrast: bool,
    /// Whether fans show their median.
    pub median: bool,
    /// How many single simulated paths are drawn as thin lines, out of those that the run has kept.
    pub hairlines: usize,
    /// Whether title, source and run are left to the page around it, so that the plot is as low as a printed page needs it.
    pub bare: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            preset: Preset::Note,
            theme: Theme::Light,
            high_contrast: false,
            median: true,
            hairlines: 0,
            bare: false,
        }
    }
}

impl Style {
    /// What a look says of how a chart is drawn.
    #[must_use]
    pub fn of(look: &Look) -> Self {
        let Look { preset, theme, high_contrast, median, hairlines, .. } = *look;
        Self { preset, theme, high_contrast, median, hairlines: usize::from(hairlines), bare: false }
    }
}

impl Preset {
    /// Canvas in units, and the factor on all type. A column is as high as its chart asks for.
    pub(crate) fn canvas(self) -> (f64, f64, f64) {
        match self {
            Self::Note => (1200.0, 750.0, 1.0),
            Self::Column => (646.0, 700.0, 1.0),
            // On a screen of 390 pixels its smallest type is 11 pixels.
            Self::Phone => (646.0, 800.0, 1.2),
            Self::Slide => (1600.0, 900.0, 1.25),
            Self::HalfSlide => (1160.0, 1030.0, 1.25),
            Self::Web => (1200.0, 882.0, 1.0),
            Self::Social => (1200.0, 675.0, 1.0),
        }
    }

    /// Whether a chart has about half the usual width: short names, fewer years, labels above their bars.
    pub(crate) fn is_narrow(self) -> bool {
        matches!(self, Self::Column | Self::Phone)
    }

    /// Whether two panels stand one above the other.
    pub(crate) fn stacks_panels(self) -> bool {
        matches!(self, Self::Column | Self::Phone | Self::HalfSlide)
    }

    /// Physical width in inches.
    #[must_use]
    pub fn inches(self) -> f64 {
        match self {
            Self::Note => 6.5,
            Self::Column | Self::Phone => 3.5,
            Self::Slide => 13.33,
            Self::HalfSlide => 6.3,
            // 96 pixels of a style sheet are an inch.
            Self::Web => 850.0 / 96.0,
            Self::Social => 12.5,
        }
    }
}
