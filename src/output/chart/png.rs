//! From a drawing to the files that travel: PNG at its physical size with its facts inside, and a JSON beside it.

use resvg::{tiny_skia, usvg};
use serde_json::json;

use super::canvas::Drawing;

/// Pixels to a canvas unit.
const PIXELS: f32 = 2.0;

impl Drawing {
    /// The picture as PNG, opaque, with physical size, title, alt text and footer in its metadata.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        let tree = usvg::Tree::from_str(&self.svg, &usvg::Options::default()).expect("our own SVG is well formed");
        let (width, height, _) = self.preset.canvas();
        let (width, height) = ((width as f32 * PIXELS) as u32, (height as f32 * PIXELS) as u32);
        let mut picture = tiny_skia::Pixmap::new(width, height).expect("a preset has a size");
        resvg::render(&tree, tiny_skia::Transform::from_scale(PIXELS, PIXELS), &mut picture.as_mut());
        // The ground is opaque, so the alpha channel carries nothing.
        let rgb: Vec<u8> = picture.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let density = self.preset.pixels_per_metre();
        encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: density, yppu: density, unit: png::Unit::Meter }));
        for (key, text) in [("Title", &self.title), ("Description", &self.alt), ("Source", &self.footer.join(" "))] {
            encoder.add_itxt_chunk(key.to_owned(), text.clone()).expect("the keys are Latin");
        }
        let mut writer = encoder.write_header().expect("memory takes it");
        writer.write_image_data(&rgb).expect("as many bytes as pixels");
        writer.finish().expect("memory takes it");
        bytes
    }

    /// Caption and alt text for programs.
    #[must_use]
    pub fn json(&self) -> String {
        let whole = json!({ "chart": self.name, "title": self.title, "alt": self.alt, "footer": self.footer });
        format!("{whole:#}\n")
    }
}
