//! Charts in other looks: printed, in high contrast, without medians, in both themes at once.

use super::*;

/// On the printed first page two pictures stand beside each other in columns of 88 mm (A4), which is narrower than on Letter.
#[test]
fn pictures_of_a_printed_page_are_laid_out_for_it_and_no_letter_is_below_seven_points() {
    let base = include_str!("../../scenarios/base.toml");
    let mut charts = Vec::new();
    for (name, text) in [
        ("base.toml", base),
        ("us-correction.toml", include_str!("../../scenarios/us-correction.toml")),
        ("export-controls.toml", include_str!("../../scenarios/export-controls.toml")),
        ("china-fall-continues.toml", include_str!("../../scenarios/china-fall-continues.toml")),
    ] {
        let files = [(name, text), ("base.toml", base)];
        let scenario = support::try_read(&files, &Layers::default()).unwrap().scenario;
        let all = pictures::charts(&scenario, &support::run(&scenario, 2_000, 7));
        charts.extend(all.into_iter().filter(|chart| ["gap", "probability"].contains(&chart.name())));
    }
    assert_eq!(charts.len(), 8);
    charts.extend([2, 4].map(|count| Chart::Multiples(sample_charts::multiples(count))));
    charts.extend([2, 4, 7].map(|count| Chart::Effects(sample_charts::effects(count))));
    for chart in charts {
        for theme in Theme::ALL {
            let alone = matches!(&chart, Chart::Effects(effects) if !effects.has_medians());
            let drawing = chart.draw(aigap::report::figures::printed(theme, alone));
            let wrong = drawing.lint_layout();
            assert!(wrong.is_empty(), "{}:\n{}", drawing.name, wrong.join("\n"));
            let width = if alone { 182.0 } else { 88.0 };
            let points = |size: f64| size * (width / 25.4 * 72.0) / drawing.size()[0];
            for text in &drawing.texts {
                assert!(points(text.size) >= 7.0, "{}: {} at {:.1}", drawing.name, text.words, points(text.size));
                assert!(!text.words.contains("Source: ") && !text.words.contains("seed "), "{}", text.words);
            }
        }
    }
}

#[test]
fn high_contrast_no_median_and_single_paths_pass_the_lint() {
    let scenario = support::shipped_base();
    let settings = aigap::engine::Settings::new(6, 7);
    let mut keeper = aigap::summary::PathKeeper::new(&scenario);
    aigap::engine::simulate(&[&aigap::engine::Plan::new(&scenario)], &settings, &mut keeper, &|_| {});
    let mut charts = pictures::charts(&scenario, &support::run(&scenario, 2_000, 7));
    pictures::with_paths(&mut charts, &scenario, &keeper.paths());
    for preset in Preset::ALL {
        for theme in Theme::ALL {
            let style = Style { preset, theme, high_contrast: true, median: false, hairlines: 5, ..Style::default() };
            for chart in &charts {
                let wrong = chart.draw(style).lint_layout();
                assert!(wrong.is_empty(), "{} {style:?}:\n{}", chart.name(), wrong.join("\n"));
            }
        }
    }
    // And they are seen: five paths are five more lines in each fan.
    let lines = |hairlines: usize| {
        let style = Style { hairlines, ..Style::default() };
        charts[0].draw(style).svg.matches("stroke-width=\"1.25\"").count()
    };
    assert_eq!(lines(5) - lines(0), 10);
}

/// A scenario named in a script that the face lacks: no empty boxes, its file name in the footer, its own name in the
/// alt text's neighbours, the metadata.
#[test]
fn a_name_that_the_face_cannot_write_gives_way_to_the_name_of_the_file() {
    let scenario = support::scenario(&support::BASE.replace("BASE", "基准情景"));
    let drawing = pictures::charts(&scenario, &support::run(&scenario, 200, 1))[0].draw(Style::default());
    let footer = format!("Scenario: {} · 200 paths", scenario.name());
    assert!(drawing.texts.iter().any(|text| text.words.starts_with(&footer)), "{footer}");
    assert!(drawing.svg.contains("Scenario: 基准情景 · 200 paths"), "the metadata keep the name");
    assert!(drawing.json().contains("基准情景"));
}

#[test]
fn both_themes_in_one_picture_have_the_colours_of_each() {
    let scenario = support::shipped_base();
    for chart in pictures::charts(&scenario, &support::run(&scenario, 200, 1)) {
        let [light, dark] = Theme::ALL.map(|theme| chart.draw(Style { theme, ..Style::default() }));
        let both = light.themable(&dark, "a-1", aigap::draw::TextMode::Live);
        assert!(both.contains("id=\"a-1\"") && both.contains("prefers-color-scheme:dark"));
        // Grounds of both, as properties.
        assert!(both.contains("--c0:#ffffff") && both.contains("--c0:#14181f"), "{}", &both[..600]);
        assert!(!both.contains("\"\"") && both.matches("<svg").count() == 1);
        // Every colour that is left in the body is one that both themes share.
        // Browsers drop the space between two inks of one line unless the text itself keeps it.
        let eaten = both.lines().find(|line| {
            let edge = line.starts_with("<text") && (line.contains("> ") || line.contains(" </text>"));
            edge && !line.contains("white-space:pre")
        });
        assert_eq!(eaten, None);
        let doubled = both.lines().find(|line| line.matches(" style=\"").count() > 1);
        assert_eq!(doubled, None);
    }
}
