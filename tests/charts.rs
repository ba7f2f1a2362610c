//! Charts that an editor would print: no text off the sheet or over another, no words that nobody says, on the shipped
//! scenarios and on extreme ones.
#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

mod support;

use aigap::output::chart::{Drawing, Preset, Style, Theme};
use aigap::output::pictures;
use aigap::scenario::Scenario;

fn drawings(scenario: &Scenario, paths: u64) -> Vec<(Style, Drawing)> {
    let summary = support::run(scenario, paths, 7);
    let charts = pictures::charts(scenario, &summary);
    let mut found = Vec::new();
    for preset in Preset::ALL {
        for theme in Theme::ALL {
            let style = Style { preset, theme, ..Style::default() };
            found.extend(charts.iter().map(|chart| (style, chart.draw(style))));
        }
    }
    found
}

/// Everything that is wrong with a drawing.
fn lint(drawing: &Drawing) -> Vec<String> {
    let [width, height] = drawing.size();
    let mut wrong = Vec::new();
    for (place, text) in drawing.texts.iter().enumerate() {
        let [left, top, right, bottom] = text.area;
        if left < 8.0 || top < 8.0 || right > width - 8.0 || bottom > height - 4.0 {
            wrong.push(format!("\"{}\" leaves the sheet: {:?}", text.words, text.area));
        }
        if text.size < 16.0 {
            wrong.push(format!("\"{}\" is too small", text.words));
        }
        for other in &drawing.texts[place + 1..] {
            let [l, t, r, b] = other.area;
            // Descenders of one line and ascenders of the next may share a sliver.
            let apart = right <= l + 1.0 || r <= left + 1.0 || bottom <= t + 4.0 || b <= top + 4.0;
            if !apart {
                wrong.push(format!("\"{}\" and \"{}\" collide", text.words, other.words));
            }
        }
        for bad in ["NaN", "inf", "−0", "e-", "e+", "None"] {
            if text.words.contains(bad) && !text.words.contains("−0.") {
                wrong.push(format!("\"{}\" says {bad}", text.words));
            }
        }
    }
    let words = drawing.title.split_whitespace().count();
    // Prices of a year take one word more.
    if words > 16 {
        wrong.push(format!("the title has {words} words: {}", drawing.title));
    }
    let all: String = drawing.texts.iter().map(|text| text.words.as_str()).collect::<Vec<_>>().join("\n");
    for needed in ["Source: ", "Not a forecast", "paths", "seed ", "aigap 0."] {
        if !all.contains(needed) {
            wrong.push(format!("the footer lacks \"{needed}\""));
        }
    }
    if drawing.alt.is_empty() || drawing.alt.split_whitespace().count() > 125 {
        wrong.push("the alt text is empty or too long".to_owned());
    }
    wrong
}

fn check(name: &str, scenario: &Scenario, paths: u64) {
    for (style, drawing) in drawings(scenario, paths) {
        let wrong = lint(&drawing);
        assert!(wrong.is_empty(), "{name}, {} {style:?}:\n{}", drawing.name, wrong.join("\n"));
        assert!(drawing.svg.contains("role=\"img\"") && drawing.svg.contains("<title"));
    }
}

#[test]
fn the_charts_of_every_shipped_scenario_pass_the_lint() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|it| it == "toml")) {
        let read = |path: &std::path::Path| std::fs::read(path).map_err(|error| error.to_string());
        let loaded = aigap::scenario::load(path, &aigap::scenario::Layers::default(), None, &read).unwrap();
        check(&path.display().to_string(), &loaded.scenario, 4_000);
    }
}

#[test]
fn extreme_scenarios_are_drawn_too() {
    let base = support::BASE;
    let cases = [
        ("one year", base.replace("2035", "2024"), 2_000),
        ("fifty years", base.replace("2035", "2073"), 2_000),
        ("two paths", base.to_owned(), 2),
        ("china far ahead", base.replace("8.32870676749586%", "150%"), 2_000),
        ("china gone", base.replace("8.32870676749586%", "-90%"), 2_000),
        ("no doubt", base.replace("20%", "0%").replace("35%", "0%").replace("25%", "0%").replace("45%", "0%"), 200),
        (
            "a long name",
            base.replace(
                "BASE",
                "A scenario whose name is far longer than any footer of any chart could ever hold, twice",
            ),
            200,
        ),
        ("another script", base.replace("BASE", "基准情景 😀 <script> & \\\"quotes\\\""), 200),
    ];
    for (name, text, paths) in cases {
        check(name, &support::scenario(&text), paths);
    }
}

#[test]
fn events_sources_and_other_money_pass_the_lint() {
    let event = |name: &str, year: i32, rest: &str| {
        format!(
            "[[events]]\nname = \"{name}\"\nregion = \"china\"\nseries = \"funding\"\nyear = {year}\neffect = {{ step = \"+40%\" }}\n{rest}\n"
        )
    };
    let many: String =
        (2024..2034).map(|year| event(&format!("An event with a rather long name of {year}"), year, "")).collect();
    let base = support::BASE;
    let money = "[money]\ncurrency = \"CNY\"\nprices = 2023\ninflation = \"2%\"\n";
    let cases = [
        ("two in one year", format!("{base}{}{}", event("a", 2026, "chance = \"70%\""), event("b", 2026, ""))),
        ("next to the start", format!("{base}{}", event("a", 2024, ""))),
        ("at the horizon", format!("{base}{}", event("a", 2035, ""))),
        ("a yearly risk", format!("{base}{}", event("a", 2026, "chance-per-year = \"6%\""))),
        ("ten events", format!("{base}{many}")),
        ("yuan of 2023", format!("{base}{money}")),
        ("fat tails", format!("{base}[shocks]\nlaw = {{ student-t = 3 }}\ntail = \"shared\"\n")),
        ("one by one", format!("{base}[us.counting]\nsizes = true\n[china.counting]\nsizes = true\n")),
    ];
    for (name, text) in cases {
        let scenario = support::scenario(&text);
        check(name, &scenario, 2_000);
        let drawing = pictures::charts(&scenario, &support::run(&scenario, 200, 1))[0].draw(Style::default());
        let all: String = drawing.texts.iter().map(|text| text.words.as_str()).collect::<Vec<_>>().join("\n");
        assert_eq!(all.contains("Events: "), !scenario.events.is_empty(), "{name}");
    }
    // The same scenario from the figures of each source.
    for text in [support::BASE.to_owned(), format!("{}{money}", support::BASE)] {
        let own = support::scenario(&text);
        let found: Vec<pictures::BySource> = own
            .data
            .sources("us", "china")
            .into_iter()
            .map(|source| {
                let layers = aigap::scenario::Layers { source: Some(source.name.clone()), ..Default::default() };
                let scenario = support::try_read(&[("test.toml", &text)], &layers).unwrap().scenario;
                let summary = support::run(&scenario, 2_000, 1);
                pictures::BySource { source, scenario, summary }
            })
            .collect();
        let chart = pictures::sources(&found).unwrap();
        for preset in Preset::ALL {
            for theme in Theme::ALL {
                let style = Style { preset, theme, ..Style::default() };
                let wrong = lint(&chart.draw(style));
                assert!(wrong.is_empty(), "sources {style:?}:\n{}", wrong.join("\n"));
            }
        }
    }
}

#[test]
fn a_png_is_the_picture_at_its_size_and_the_same_bytes_again() {
    let (_, drawing) = drawings(&support::shipped_base(), 2_000).remove(0);
    let (first, second) = (drawing.png(), drawing.png());
    assert_eq!(first, second);
    assert_eq!(&first[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(first[at..at + 4].try_into().unwrap());
    assert_eq!((f64::from(number(16)), f64::from(number(20))), (2400.0, 1500.0));
    assert!(first.windows(4).any(|chunk| chunk == b"pHYs") && first.windows(4).any(|chunk| chunk == b"iTXt"));
}

/// Titles speak of the numbers beside them: direction, verb and percentage agree on whatever a run may say.
#[test]
fn titles_and_headlines_are_true_on_ten_thousand_results() {
    use aigap::wording::{Chance, Outlook, gap_title, headline, probability_title};
    let base = support::shipped_base();
    let outlook = Outlook::new(&base, &support::run(&base, 2_000, 1)).unwrap();
    let numbers = aigap::random::Numbers::new(9);
    let key = aigap::random::Key::new(aigap::random::Purpose::Shock, "titles");
    for case in 0..10_000 {
        let u = |k| numbers.uniform(case, 0, key, k);
        let probability = |p: f64| {
            let hits = (p * 100_000.0) as u64;
            aigap::summary::Probability { hits, paths: 100_000, value: hits as f64 / 1e5, ..outlook.wider_as_ratio }
        };
        let it = Outlook { wider_in_dollars: probability(u(0)), wider_as_ratio: probability(u(1)), ..outlook.clone() };
        let (ratio, dollars) = (it.wider_as_ratio.value, it.wider_in_dollars.value);
        let (title, story, chances) = (gap_title(&it), headline(&it), probability_title(&it));
        assert_eq!(story.contains("Could go either way"), (0.45..=0.55).contains(&ratio), "{ratio}: {story}");
        if ratio < 0.45 {
            assert!(story.contains("end 2030 no wider"), "{ratio}: {story}");
        }
        let sides = (Chance::of(ratio), Chance::of(dollars));
        if let ((a, true), (b, true)) = sides
            && a != Chance::EitherWay
            && b != Chance::EitherWay
        {
            assert!(title.contains("widen") && !title.contains("narrow"), "{ratio} {dollars}: {title}");
        }
        if let ((a, false), (b, false)) = sides
            && a != Chance::EitherWay
            && b != Chance::EitherWay
        {
            assert!(title.contains("narrow") && !title.contains("widen"), "{ratio} {dollars}: {title}");
        }
        assert!(title.split_whitespace().count() <= 15, "{title}");
        let stated = aigap::wording::stated_within(&it.wider_in_dollars, dollars >= 0.45);
        assert!(chances.contains(&stated), "{dollars}: {chances}");
    }
}
