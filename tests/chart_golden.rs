//! Pictures that were looked at: every chart of the baseline in every preset, both themes in one file, with text as text;
//! and pictures in pixels, held against new ones by how much a reader sees of the difference.
//!
//! `AIGAP_UPDATE_GOLDEN=1 cargo test --test it chart_golden::` writes them anew: look at what changed before you commit it.

use std::path::PathBuf;

use crate::support;
use aigap::chart::Chart;
use aigap::chart::pictures;
use aigap::draw::{Drawing, Preset, Style, TextMode, Theme};

/// Most of the difference between two pictures, as a share of that between black and white.
const MOST: f64 = 0.005;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/charts")
}

fn updating() -> bool {
    std::env::var_os("AIGAP_UPDATE_GOLDEN").is_some()
}

fn charts() -> Vec<Chart> {
    let scenario = support::shipped_base();
    let mut charts = pictures::charts(&scenario, &support::run(&scenario, 4_000, 7));
    // What a release or an edit of the story changes is not what these pictures are about.
    for chart in &mut charts {
        let credits = chart.credits_mut();
        credits.version = "aigap 0.0.0".to_owned();
        credits.config.clear();
    }
    charts
}

fn drawn(chart: &Chart, preset: Preset, theme: Theme) -> Drawing {
    chart.draw(Style { preset, theme, ..Style::default() })
}

#[test]
fn every_chart_in_every_preset_and_theme_is_the_one_that_was_looked_at() {
    let mut wrong = Vec::new();
    for chart in charts() {
        for preset in Preset::ALL {
            let [light, dark] = Theme::ALL.map(|theme| drawn(&chart, preset, theme));
            let name = format!("{}-{}.svg", chart.name(), preset.name());
            let svg = light.themable(&dark, chart.name(), TextMode::Live);
            let path = folder().join(&name);
            if updating() {
                std::fs::create_dir_all(folder()).unwrap();
                std::fs::write(&path, &svg).unwrap();
            } else if std::fs::read_to_string(&path).unwrap_or_default() != svg {
                let new = std::env::temp_dir().join(&name);
                std::fs::write(&new, &svg).unwrap();
                wrong.push(format!("{name} differs; the new one is {}", new.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Pixels of a PNG, three bytes or one each, and its width.
fn pixels(png: &[u8]) -> (Vec<u8>, usize) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    // A picture of few colours lists them.
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    bytes.truncate(info.buffer_size());
    (bytes, info.width as usize)
}

/// A picture at half its size and in 32 greys: a golden picture of some forty kilobytes. Its colours are in the SVG.
fn small((bytes, width): &(Vec<u8>, usize)) -> (Vec<u8>, usize) {
    let (half, height) = (width / 2, bytes.len() / 3 / width / 2);
    let mut out = Vec::with_capacity(half * height);
    for y in 0..height {
        for x in 0..half {
            let luma = |dx: usize, dy: usize| {
                let at = 3 * ((2 * y + dy) * width + 2 * x + dx);
                299 * u32::from(bytes[at]) + 587 * u32::from(bytes[at + 1]) + 114 * u32::from(bytes[at + 2])
            };
            let mean = (luma(0, 0) + luma(1, 0) + luma(0, 1) + luma(1, 1)) / 4000;
            out.push((8 * ((mean + 4) / 8)).min(255) as u8);
        }
    }
    (out, half)
}

/// Mean difference in luma, as a share of that between black and white.
fn difference(a: &[u8], b: &[u8]) -> f64 {
    let sum: f64 = a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    sum / (255.0 * a.len() as f64)
}

#[test]
fn a_reader_sees_no_difference_to_the_pictures_that_were_looked_at() {
    for chart in charts() {
        for (preset, theme) in [(Preset::Note, Theme::Light), (Preset::Column, Theme::Dark)] {
            let new = small(&pixels(&drawn(&chart, preset, theme).png()));
            let path = folder().join(format!("{}-{}-{}.png", chart.name(), preset.name(), theme.name()));
            if updating() {
                std::fs::create_dir_all(folder()).unwrap();
                std::fs::write(&path, encoded(&new)).unwrap();
                continue;
            }
            let old = pixels(&std::fs::read(&path).unwrap_or_else(|_| panic!("there is no {}", path.display())));
            assert_eq!((old.1, old.0.len()), (new.1, new.0.len()), "{}: another size", path.display());
            let difference = difference(&old.0, &new.0);
            assert!(difference <= MOST, "{}: differs by {:.2}%", path.display(), 100.0 * difference);
        }
    }
}

fn encoded((bytes, width): &(Vec<u8>, usize)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, *width as u32, (bytes.len() / width) as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().unwrap().write_image_data(bytes).unwrap();
    out
}

#[test]
fn the_measure_sees_a_line_of_text_that_moved() {
    let chart = &charts()[0];
    let picture = small(&pixels(&drawn(chart, Preset::Note, Theme::Light).png()));
    assert!(difference(&picture.0, &picture.0) < 1e-12);
    // Thirty rows further down: everything is elsewhere.
    let moved: Vec<u8> = picture.0.iter().skip(picture.1 * 30).copied().collect();
    assert!(difference(&picture.0[..moved.len()], &moved) > MOST);
    let black = vec![0; 300];
    assert!((difference(&black, &vec![255; 300]) - 1.0).abs() < 0.01);
}
