//! From a drawing to the files that travel: PNG at its physical size with its facts inside, and a JSON beside it.

use resvg::{tiny_skia, usvg};
use serde_json::json;

use super::drawing::Drawing;

impl Drawing {
    /// The picture as PNG, opaque, with physical size, title, alt text and footer in its metadata.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        let preset = self.sheet.style.preset;
        let (rgb, [width, height]) = pixels(&self.svg, self.size(), preset.pixels());
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        // Flat areas and lines that repeat: a filter, made for photographs, costs time and a quarter more bytes.
        encoder.set_filter(png::Filter::NoFilter);
        let density = preset.pixels_per_metre();
        encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: density, yppu: density, unit: png::Unit::Meter }));
        let facts = [
            ("Title", &self.title),
            ("Generated title", &self.facts.generated),
            ("Description", &self.alt),
            ("Source", &self.facts.footer.join(" ")),
            ("Software", &self.facts.version),
            ("Scenario sha256", &self.facts.config),
        ];
        for (key, text) in facts.into_iter().filter(|(_, text)| !text.is_empty()) {
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
        let whole = json!({
            "chart": self.name, "title": self.title, "generated_title": self.facts.generated, "alt": self.alt,
            "footer": self.facts.footer, "scenario_sha256": self.facts.config,
        });
        format!("{whole:#}\n")
    }
}

/// A picture as rows of red, green and blue, and its size in pixels.
pub(super) fn pixels(svg: &str, [width, height]: [f64; 2], pixels: f64) -> (Vec<u8>, [u32; 2]) {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).expect("our own SVG is well formed");
    let size = [(width * pixels).round() as u32, (height * pixels).round() as u32];
    let mut picture = tiny_skia::Pixmap::new(size[0], size[1]).expect("a preset has a size");
    let scale = |side: usize, of: f64| (f64::from(size[side]) / of) as f32;
    let fitted = tiny_skia::Transform::from_scale(scale(0, width), scale(1, height));
    resvg::render(&tree, fitted, &mut picture.as_mut());
    // The ground is opaque, so the alpha channel carries nothing.
    let (rgba, _) = picture.data().as_chunks::<4>();
    let mut rgb = vec![0; 3 * rgba.len()];
    for (opaque, [red, green, blue, _]) in rgb.as_chunks_mut::<3>().0.iter_mut().zip(rgba) {
        *opaque = [*red, *green, *blue];
    }
    (rgb, size)
}
