//! How a chart is drawn: where it is going to stand, its colours, and what is shown besides.

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Size and layout.
    pub preset: Preset,
    /// Colours.
    pub theme: Theme,
    /// Whether every band has an edge, because neighbouring tints alone differ too little for some eyes.
    pub high_contrast: bool,
    /// Whether fans show their median.
    pub median: bool,
    /// How many single simulated paths are drawn as thin lines, out of those that the run has kept.
    pub hairlines: usize,
}

/// Where a chart is going to stand; each is a layout of its own, never a scaled one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Full width of a Word page, 6.5 × 4.06 in.
    Note,
    /// One column of a two-column note, 3.5 in wide.
    Column,
    /// A 16:9 slide, 13.33 × 7.5 in.
    Slide,
    /// Beside the text of a slide, 6.3 × 5.6 in.
    HalfSlide,
    /// The body of an article, 850 pixels wide.
    Web,
    /// A link card, 1200 × 675 px.
    Social,
}

/// Colours on a light or a dark ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// White ground.
    Light,
    /// Dark ground.
    Dark,
}

impl Default for Style {
    fn default() -> Self {
        Self { preset: Preset::Note, theme: Theme::Light, high_contrast: false, median: true, hairlines: 0 }
    }
}

impl Preset {
    /// Every preset, the default first.
    pub const ALL: [Self; 6] = [Self::Note, Self::Column, Self::Slide, Self::HalfSlide, Self::Web, Self::Social];

    /// Its word on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Column => "column",
            Self::Slide => "slide",
            Self::HalfSlide => "half-slide",
            Self::Web => "web",
            Self::Social => "social",
        }
    }

    /// Canvas in units, and the factor on all type. A column is as high as its chart asks for.
    pub(crate) fn canvas(self) -> (f64, f64, f64) {
        match self {
            Self::Note => (1200.0, 750.0, 1.0),
            Self::Column => (646.0, 700.0, 1.0),
            Self::Slide => (1600.0, 900.0, 1.25),
            Self::HalfSlide => (1160.0, 1030.0, 1.25),
            Self::Web => (1200.0, 882.0, 1.0),
            Self::Social => (1200.0, 675.0, 1.0),
        }
    }

    /// Whether a chart has about half the usual width: short names, fewer years, labels above their bars.
    pub(crate) fn is_narrow(self) -> bool {
        self == Self::Column
    }

    /// Whether two panels stand one above the other.
    pub(crate) fn stacks_panels(self) -> bool {
        matches!(self, Self::Column | Self::HalfSlide)
    }

    /// Physical width in inches.
    #[must_use]
    pub fn inches(self) -> f64 {
        match self {
            Self::Note => 6.5,
            Self::Column => 3.5,
            Self::Slide => 13.33,
            Self::HalfSlide => 6.3,
            // 96 pixels of a style sheet are an inch.
            Self::Web => 850.0 / 96.0,
            Self::Social => 12.5,
        }
    }

    /// Pixels of the PNG to a canvas unit.
    pub(crate) fn pixels(self) -> f64 {
        if self == Self::Web { 1700.0 / 1200.0 } else { 2.0 }
    }

    /// Pixels a metre in the PNG: it places the picture at its physical size.
    pub(crate) fn pixels_per_metre(self) -> u32 {
        let (width, _, _) = self.canvas();
        // Rounded down to whole pixels, as the format wants.
        (self.pixels() * width / (self.inches() * 0.0254)) as u32
    }
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
