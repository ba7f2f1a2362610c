//! How colours look to eyes that lack a cone, and in grey: for the proof sheet and the test of the palette.

/// A way of seeing colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vision {
    /// All three cones.
    Normal,
    /// No long-wave cones: reds are dark.
    Protan,
    /// No middle-wave cones.
    Deutan,
    /// No short-wave cones.
    Tritan,
    /// A black and white print.
    Grey,
}

impl Vision {
    /// All kinds of colour vision that are simulated.
    pub const ALL: [Self; 5] = [Self::Normal, Self::Protan, Self::Deutan, Self::Tritan, Self::Grey];

    /// Word for it in the names of files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Protan => "protan",
            Self::Deutan => "deutan",
            Self::Tritan => "tritan",
            Self::Grey => "grey",
        }
    }

    /// What is seen of an sRGB colour: matrices of Machado, Oliveira and Fernandes (2009) at severity 1 on linear light.
    #[must_use]
    pub fn sees(self, (red, green, blue): (u8, u8, u8)) -> (u8, u8, u8) {
        let matrix = match self {
            Self::Normal => return (red, green, blue),
            Self::Protan => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Deutan => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Tritan => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
            Self::Grey => [[0.2126, 0.7152, 0.0722]; 3],
        };
        let light = [red, green, blue].map(linear);
        let [red, green, blue] = matrix.map(|row| row[0] * light[0] + row[1] * light[1] + row[2] * light[2]);
        (encoded(red), encoded(green), encoded(blue))
    }
}

/// Light of a part of an sRGB colour, from 0 to 1.
fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
}

fn encoded(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let part = if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 };
    (255.0 * part).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Theme;
    use crate::draw::theme::{Rgb, contrast};

    fn times(matrix: [[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
    }

    /// Coordinates in CAM02-UCS (Luo, Cui and Li, 2006) under the viewing conditions of sRGB: D65, adapting luminance
    /// 64/5π cd/m², background 20, average surround.
    fn ucs((red, green, blue): Rgb) -> [f64; 3] {
        let to_xyz = [[41.24, 35.76, 18.05], [21.26, 71.52, 7.22], [1.93, 11.92, 95.05]];
        let cat02 = [[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]];
        let to_hpe = [[0.741_0, 0.218_0, 0.041_0], [0.285_4, 0.624_2, 0.090_4], [-0.009_6, -0.005_7, 1.015_3]];
        let (la, yb, f, c, nc) = (64.0 / std::f64::consts::PI / 5.0, 20.0, 1.0, 0.69, 1.0);
        let k = 1.0 / (5.0 * la + 1.0);
        let fl =
            0.2 * libm::pow(k, 4.0) * 5.0 * la + 0.1 * libm::pow(1.0 - libm::pow(k, 4.0), 2.0) * libm::cbrt(5.0 * la);
        let n: f64 = yb / 100.0;
        let (nbb, z) = (0.725 * libm::pow(1.0 / n, 0.2), 1.48 + n.sqrt());
        let d = f * (1.0 - libm::exp((-la - 42.0) / 92.0) / 3.6);
        let white = times(cat02, times(to_xyz, [1.0; 3]));
        let respond = |xyz: [f64; 3]| {
            let sharp = times(cat02, xyz);
            let adapted = [0, 1, 2].map(|cone| sharp[cone] * (d * 100.0 / white[cone] + 1.0 - d));
            times(to_hpe, adapted).map(|cone| {
                let power = libm::pow(fl * cone.abs() / 100.0, 0.42);
                (400.0 * power / (power + 27.13)).copysign(cone) + 0.1
            })
        };
        let achromatic = |[r, g, b]: [f64; 3]| (2.0 * r + g + b / 20.0 - 0.305) * nbb;
        let [r, g, b] = respond(times(to_xyz, [red, green, blue].map(linear)));
        let (redness, yellowness) = (r - 12.0 * g / 11.0 + b / 11.0, (r + g - 2.0 * b) / 9.0);
        let hue = libm::atan2(yellowness, redness);
        let eccentricity = 0.25 * (libm::cos(hue + 2.0) + 3.8);
        let aw = achromatic(respond(times(to_xyz, [1.0; 3])));
        let lightness = 100.0 * libm::pow((achromatic([r, g, b]) / aw).max(0.0), c * z);
        let t = 50_000.0 / 13.0 * nc * nbb * eccentricity * libm::hypot(redness, yellowness) / (r + g + 1.05 * b);
        let chroma = libm::pow(t, 0.9) * (lightness / 100.0).sqrt() * libm::pow(1.64 - libm::pow(0.29, n), 0.73);
        let colourfulness = libm::log1p(0.0228 * chroma * libm::pow(fl, 0.25)) / 0.0228;
        [1.7 * lightness / (1.0 + 0.007 * lightness), colourfulness * libm::cos(hue), colourfulness * libm::sin(hue)]
    }

    fn distance(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (ucs(a), ucs(b));
        [0, 1, 2].map(|place| (a[place] - b[place]) * (a[place] - b[place])).iter().sum::<f64>().sqrt()
    }

    #[test]
    fn countries_and_gap_differ_to_every_eye() {
        // Known distances of the house colours: normal, protan, deutan, tritan (design of the charts, 2.4).
        let light = Theme::Light;
        let (us, china, gap) = (light.region(0), light.region(1), light.palette().gap);
        let known = [
            ((us, china), [62.0, 47.0, 57.0, 62.0]),
            ((us, gap), [36.0, 18.0, 18.0, 42.0]),
            ((china, gap), [41.0, 43.0, 46.0, 34.0]),
        ];
        for ((a, b), expected) in known {
            for (vision, expected) in Vision::ALL.into_iter().zip(expected) {
                let found = distance(vision.sees(a), vision.sees(b));
                assert!((found - expected).abs() < 2.5, "{a:?} {b:?} {}: {found:.1}, not {expected}", vision.name());
            }
        }
        for theme in Theme::ALL {
            let (wider, narrower) = (theme.palette().wider_text, theme.palette().narrower_text);
            let pairs = [(theme.region(0), theme.region(1)), (wider, narrower)];
            for (a, b) in pairs {
                for vision in &Vision::ALL[..4] {
                    let found = distance(vision.sees(a), vision.sees(b));
                    assert!(found >= 15.0, "{a:?} and {b:?} to {} eyes: {found:.1}", vision.name());
                }
            }
        }
        // In grey the countries still differ in luminance.
        assert!(contrast(Vision::Grey.sees(us), Vision::Grey.sees(china)) > 1.7);
    }

    #[test]
    fn text_and_marks_stand_out_from_the_ground() {
        for theme in Theme::ALL {
            let palette = theme.palette();
            let texts =
                [palette.ink, palette.sub, palette.mute, palette.wider_text, palette.narrower_text, palette.gap];
            let regions = (0..2).map(|place| theme.region_text(place));
            for colour in texts.into_iter().chain(regions) {
                assert!(contrast(colour, palette.ground) >= 4.5, "{theme:?}: {colour:?} as text");
            }
            let scenarios = (0..4).map(|place| theme.scenario(place));
            for colour in [palette.axis].into_iter().chain((0..4).map(|place| theme.region(place))).chain(scenarios) {
                assert!(contrast(colour, palette.ground) >= 3.0, "{theme:?}: {colour:?} as a mark");
            }
        }
    }
}
