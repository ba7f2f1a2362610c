//! The proof sheet: the charts as eyes without one kind of cone see them, and in grey; and every chart in every preset.
//!
//! `cargo run --example proof_sheet -- FOLDER` writes `FOLDER/proof_sheet.png` and `FOLDER/<chart>-<preset>-<theme>.png`.

#[path = "../tests/support/sample_charts.rs"]
mod sample_charts;

use std::path::{Path, PathBuf};

use aigap::chart::Chart;
use aigap::chart::pictures;
use aigap::draw::{Preset, Style, Theme, Vision};
use aigap::engine::Settings;
use aigap::scenario::{Layers, load};
use aigap::summary::{Summary, Uncertainty, Wanted};
use resvg::{tiny_skia, usvg};

/// Charts on the sheet: a fan with two countries, classes by colour, dots, bars of both countries, directions, a ramp.
const SHOWN: [&str; 6] = ["funding", "probability", "distribution", "decomposition", "tornado", "sweep"];
/// A picture on the sheet, in pixels.
const SIZE: (u32, u32) = (600, 375);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "proofs".to_owned()));
    std::fs::create_dir_all(&folder)?;
    let charts = charts()?;
    for chart in &charts {
        for preset in Preset::ALL {
            for theme in Theme::ALL {
                let drawing = chart.draw(Style { preset, theme, ..Style::default() });
                let name = format!("{}-{}-{}.png", chart.name(), preset.name(), theme.name());
                std::fs::write(folder.join(name), drawing.png())?;
            }
        }
    }
    sheet(&charts, &folder.join("proof_sheet.png"))
}

/// Those of the shipped baseline, and samples of those whose commands come later.
fn charts() -> Result<Vec<Chart>, Box<dyn std::error::Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/base.toml");
    let read = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
    let loaded = load(&path, &Layers::default(), None, &read).map_err(|_| "the shipped baseline does not load")?;
    let settings = Settings::new(20_000, Settings::DEFAULT_SEED);
    let mut summary = Summary::of(&loaded.scenario, &settings, Wanted::default(), &|_| {});
    summary.uncertainty = Uncertainty::of(&loaded.scenario, &settings);
    let mut charts = pictures::charts(&loaded.scenario, &summary);
    charts.extend(sample_charts::all());
    Ok(charts)
}

/// A row for each way of seeing, a column for each chart.
fn sheet(charts: &[Chart], path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let shown: Vec<&Chart> =
        SHOWN.iter().filter_map(|name| charts.iter().find(|chart| chart.name() == *name)).collect();
    let (width, height) = (SIZE.0 * shown.len() as u32, SIZE.1 * Vision::ALL.len() as u32);
    let mut rgb = vec![255_u8; (3 * width * height) as usize];
    for (column, chart) in shown.iter().enumerate() {
        let pixels = pixels(&chart.draw(Style::default()).svg)?;
        for (row, vision) in Vision::ALL.into_iter().enumerate() {
            for (place, pixel) in pixels.iter().enumerate() {
                let (x, y) =
                    (place as u32 % SIZE.0 + SIZE.0 * column as u32, place as u32 / SIZE.0 + SIZE.1 * row as u32);
                let (red, green, blue) = vision.sees(*pixel);
                let at = (3 * (y * width + x)) as usize;
                rgb[at..at + 3].copy_from_slice(&[red, green, blue]);
            }
        }
    }
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(std::fs::File::create(path)?), width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&rgb)?;
    Ok(())
}

/// Red, green and blue.
type Pixel = (u8, u8, u8);

fn pixels(svg: &str) -> Result<Vec<Pixel>, Box<dyn std::error::Error>> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default())?;
    let mut picture = tiny_skia::Pixmap::new(SIZE.0, SIZE.1).ok_or("a picture has a size")?;
    let scale = SIZE.0 as f32 / tree.size().width();
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut picture.as_mut());
    Ok(picture.data().chunks_exact(4).map(|pixel| (pixel[0], pixel[1], pixel[2])).collect())
}
