//! A picture of few colours as places in a list of them: a third of the bytes, and compressed in half of the time.

/// Most colours that a PNG can list.
const MOST: usize = 256;
/// Places of the table of colours; four times as many as colours, so that a search is short.
const PLACES: usize = 4 * MOST;
/// No colour of an opaque picture, whose last byte is 255.
const FREE: u32 = 0;

/// A picture as its colours, in the order in which they first appear, and the place of each pixel's among them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Indexed {
    /// Red, green and blue, colour by colour.
    pub colours: Vec<u8>,
    /// A byte for each pixel.
    pub pixels: Vec<u8>,
}

impl Indexed {
    /// Nothing is lost; none if an opaque picture has more than 256 colours.
    pub(crate) fn of(rgba: &[[u8; 4]]) -> Option<Self> {
        let mut known = Known { table: [(FREE, 0); PLACES], colours: Vec::with_capacity(3 * MOST), last: (FREE, 0) };
        let mut pixels = vec![0; rgba.len()];
        let (eights, rest) = rgba.as_chunks::<8>();
        let (to_eights, to_rest) = pixels.as_chunks_mut::<8>();
        for (from, to) in eights.iter().zip(to_eights) {
            // Most pixels are like those before.
            if from.map(u32::from_le_bytes).iter().fold(0, |other, colour| other | (colour ^ known.last.0)) == 0 {
                *to = [known.last.1; 8];
            } else {
                known.places(from, to)?;
            }
        }
        known.places(rest, to_rest)?;
        Some(Self { colours: known.colours, pixels })
    }
}

/// Colours that were met.
struct Known {
    /// Colours with their places in the list; a colour stands where its hash says or in the next free place.
    table: [(u32, u8); PLACES],
    colours: Vec<u8>,
    /// The last colour met, with its place.
    last: (u32, u8),
}

impl Known {
    fn places(&mut self, from: &[[u8; 4]], to: &mut [u8]) -> Option<()> {
        for (pixel, to) in from.iter().zip(to) {
            let colour = u32::from_le_bytes(*pixel);
            if colour != self.last.0 {
                let mut at = (colour.wrapping_mul(0x9e37_79b9) >> (32 - PLACES.ilog2())) as usize;
                while self.table[at].0 != colour && self.table[at].0 != FREE {
                    at = (at + 1) % PLACES;
                }
                if self.table[at].0 == FREE {
                    self.table[at] = (colour, u8::try_from(self.colours.len() / 3).ok()?);
                    self.colours.extend_from_slice(&pixel[..3]);
                }
                self.last = self.table[at];
            }
            *to = self.last.1;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As many different opaque colours, one after the other, each twice.
    fn picture(colours: u32) -> Vec<[u8; 4]> {
        let colour = |place: u32| [(place % 7) as u8, (place / 7) as u8, (place * 31) as u8, 255];
        (0..2 * colours).map(|row| colour(row % colours)).collect()
    }

    #[test]
    fn every_pixel_finds_its_colour_again() {
        for colours in [1, 2, 255, 256] {
            let picture = picture(colours);
            let indexed = Indexed::of(&picture).expect("few colours");
            assert_eq!(indexed.colours.len(), 3 * colours as usize);
            for (pixel, place) in picture.iter().zip(&indexed.pixels) {
                assert_eq!(indexed.colours[3 * usize::from(*place)..][..3], pixel[..3]);
            }
        }
    }

    #[test]
    fn a_picture_of_more_colours_has_no_list() {
        assert_eq!(Indexed::of(&picture(257)), None);
    }
}
