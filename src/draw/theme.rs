//! Colours of the house style, by what they are for.

use super::style::Theme;

/// A colour: red, green, blue.
pub(crate) type Rgb = (u8, u8, u8);

/// Colours by what they are for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Palette {
    pub ground: Rgb,
    pub ink: Rgb,
    pub sub: Rgb,
    pub mute: Rgb,
    pub grid: Rgb,
    pub faint: Rgb,
    pub axis: Rgb,
    pub gap: Rgb,
    /// Opacity of the bands, from the outer to the inner.
    pub bands: [f64; 3],
    /// Wider: more than double, wider.
    pub wider: [Rgb; 2],
    /// Narrower: narrower, less than half, follow region ahead.
    pub narrower: [Rgb; 3],
    pub wider_text: Rgb,
    pub narrower_text: Rgb,
}

impl Theme {
    pub(crate) fn palette(self) -> Palette {
        match self {
            Self::Light => Palette {
                ground: (255, 255, 255),
                ink: (0x14, 0x17, 0x1f),
                sub: (0x45, 0x4d, 0x5b),
                mute: (0x5b, 0x64, 0x72),
                grid: (0xe4, 0xe7, 0xeb),
                faint: (0xf0, 0xf2, 0xf4),
                axis: (0x8a, 0x92, 0x9e),
                gap: (0x5f, 0x1f, 0x4f),
                bands: [0.12, 0.20, 0.30],
                wider: [(0x3f, 0x6f, 0x8f), (0xb4, 0xcd, 0xd9)],
                narrower: [(0xf0, 0xd9, 0xa8), (0xd9, 0xa2, 0x3c), (0x8a, 0x55, 0x0a)],
                wider_text: (0x2a, 0x5a, 0x7a),
                narrower_text: (0x8a, 0x55, 0x0a),
            },
            Self::Dark => Palette {
                ground: (0x14, 0x18, 0x1f),
                ink: (0xf2, 0xf4, 0xf7),
                sub: (0xc3, 0xca, 0xd4),
                mute: (0xa3, 0xac, 0xb8),
                grid: (0x2a, 0x30, 0x3a),
                faint: (0x20, 0x25, 0x2e),
                axis: (0x6f, 0x79, 0x87),
                gap: (0xe6, 0xc3, 0xdc),
                bands: [0.14, 0.22, 0.32],
                wider: [(0x6f, 0xa8, 0xc8), (0x33, 0x50, 0x60)],
                narrower: [(0x5a, 0x48, 0x22), (0xb0, 0x84, 0x35), (0xf0, 0xc0, 0x70)],
                wider_text: (0x8f, 0xc4, 0xe0),
                narrower_text: (0xf0, 0xc0, 0x70),
            },
        }
    }

    /// Colour of a region's marks, by its place: lead, follow, others.
    pub(crate) fn region(self, place: usize) -> Rgb {
        match (self, place) {
            (Self::Light, 0) => (0x0f, 0x4f, 0x97),
            (Self::Light, 1) => (0xcf, 0x4a, 0x1f),
            (Self::Light, 2) => (0x00, 0x85, 0x77),
            (Self::Light, _) => (0x7a, 0x5c, 0xc8),
            (Self::Dark, 0) => (0x5a, 0xa4, 0xf0),
            (Self::Dark, 1) => (0xff, 0x9a, 0x70),
            (Self::Dark, 2) => (0x4f, 0xc7, 0xb8),
            (Self::Dark, _) => (0xb9, 0xa5, 0xf5),
        }
    }

    /// Colour of a scenario in a comparison, by its place: the baseline is grey.
    pub(crate) fn scenario(self, place: usize) -> Rgb {
        const LIGHT: [Rgb; 7] = [
            (0x45, 0x4d, 0x5b),
            (0x00, 0x85, 0x77),
            (0xa8, 0x64, 0x00),
            (0x7a, 0x5c, 0xc8),
            (0xa6, 0x2a, 0x5b),
            (0x0f, 0x5f, 0xa8),
            (0x5a, 0x6b, 0x10),
        ];
        const DARK: [Rgb; 7] = [
            (0xc3, 0xca, 0xd4),
            (0x4f, 0xc7, 0xb8),
            (0xe5, 0xb4, 0x5a),
            (0xb9, 0xa5, 0xf5),
            (0xf0, 0x8f, 0xb4),
            (0x7d, 0xb8, 0xf5),
            (0xb5, 0xc9, 0x62),
        ];
        let colours = if self == Self::Light { LIGHT } else { DARK };
        if place == 0 { colours[0] } else { colours[1 + (place - 1) % 6] }
    }

    /// Colour of a region's text, which needs more contrast than its marks.
    pub(crate) fn region_text(self, place: usize) -> Rgb {
        match (self, place) {
            (Self::Light, 1) => (0xb9, 0x3e, 0x15),
            (Self::Light, 2) => (0x00, 0x73, 0x67),
            (Self::Dark, 0) => (0x7d, 0xb8, 0xf5),
            (Self::Dark, 1) => (0xff, 0xa8, 0x84),
            (theme, place) => theme.region(place),
        }
    }
}

/// A colour as SVG writes it.
pub(crate) fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A colour over a ground at some opacity.
pub(crate) fn mixed(ink: Rgb, ground: Rgb, alpha: f64) -> Rgb {
    let part = |ink: u8, ground: u8| (f64::from(ink) * alpha + f64::from(ground) * (1.0 - alpha)).round() as u8;
    (part(ink.0, ground.0), part(ink.1, ground.1), part(ink.2, ground.2))
}

/// How much two colours differ in luminance, from 1 to 21, as WCAG counts it.
pub(crate) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance((red, green, blue): Rgb) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
