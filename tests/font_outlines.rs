//! The outlines that charts are lettered with are those of the font files beside them.

use std::fmt::Write;
use std::path::Path;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};

/// `AIGAP_UPDATE_GOLDEN=1` writes them anew.
#[test]
fn outlines_are_those_of_the_font_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/fonts");
    for name in ["Inter-400Regular", "Inter-600SemiBold"] {
        let font = std::fs::read(folder.join(name).with_extension("ttf")).unwrap();
        let found = outlines(&FontRef::new(&font).unwrap());
        let kept = folder.join(name).with_extension("outlines");
        if std::env::var_os("AIGAP_UPDATE_GOLDEN").is_some() {
            std::fs::write(&kept, &found).unwrap();
        }
        let kept = std::fs::read_to_string(&kept).unwrap();
        for (line, (kept, found)) in kept.lines().zip(found.lines()).enumerate() {
            assert_eq!(kept, found, "{name}, line {}", line + 1);
        }
        assert_eq!(kept.len(), found.len(), "{name}");
    }
}

/// Units in the height of the type, then for each sign its code, its width and its path in these units.
fn outlines(font: &FontRef) -> String {
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let units = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
    let mut out = format!("{units}\n");
    let mut signs: Vec<_> = font.charmap().mappings().filter(|(_, glyph)| glyph.to_u32() != 0).collect();
    signs.sort();
    for (sign, glyph) in signs {
        let mut pen = Pen(String::new());
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        font.outline_glyphs().get(glyph).unwrap().draw(settings, &mut pen).unwrap();
        let line = format!("{sign:04X} {} {}", metrics.advance_width(glyph).unwrap(), pen.0);
        writeln!(out, "{}", line.trim_end()).unwrap();
    }
    out
}

/// Writes an outline as the data of an SVG path, heights growing upwards.
struct Pen(String);

impl Pen {
    fn write<const N: usize>(&mut self, command: char, numbers: [f32; N]) {
        self.0.push(command);
        self.0.push_str(&numbers.map(|it| it.to_string()).join(" "));
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.write('M', [x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.write('L', [x, y]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.write('Q', [cx, cy, x, y]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.write('C', [ax, ay, bx, by, x, y]);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}
