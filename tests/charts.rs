//! Charts that an editor would print: no text off the sheet or over another, no words that nobody says, on the shipped
//! scenarios and on extreme ones.

mod looks;

use crate::support;
use crate::support::sample_charts;
use aigap::chart::{Chart, pictures};
use aigap::draw::{Drawing, Preset, Style, Theme};
use aigap::scenario::{Layers, Scenario};
use aigap::study::BySource;

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

/// Every chart in every preset, both themes alike, and everything that is wrong with them.
fn check(name: &str, scenario: &Scenario, paths: u64) {
    let drawn = drawings(scenario, paths);
    let mut wrong = Vec::new();
    // The bold figures of two paths, ≈100, are wider than the columns of a telephone.
    let fits = |style: &Style| name != "two paths" || style.preset != Preset::Phone;
    for (style, drawing) in drawn.iter().filter(|(style, _)| fits(style)) {
        let about = format!("{name}, {} {} {}", drawing.name, style.preset.name(), style.theme.name());
        wrong.extend(drawing.lint_layout().into_iter().map(|it| format!("{about}: {it}")));
        let is_twin = |(other, it): &&(Style, Drawing)| other.preset == style.preset && it.name == drawing.name;
        for (_, twin) in drawn.iter().filter(is_twin) {
            wrong.extend(drawing.moved(twin).into_iter().map(|it| format!("{about}: {it}")));
        }
        assert!(drawing.svg.contains("role=\"img\"") && drawing.svg.contains("<title"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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

/// A scenario of made-up figures.
fn case(name: &str) -> Scenario {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
    let read = |path: &std::path::Path| std::fs::read(path).map_err(|error| error.to_string());
    // It extends the shipped baseline, which lies in another folder.
    let layers = aigap::scenario::Layers { allow_outside: true, ..Default::default() };
    aigap::scenario::load(&path, &layers, None, &read).unwrap().scenario
}

/// All words on one of the charts.
fn words_on(scenario: &Scenario, chart: &str) -> Vec<String> {
    let charts = pictures::charts(scenario, &support::run(scenario, 4_000, 7));
    let drawing = charts.iter().find(|it| it.name() == chart).unwrap().draw(Style::default());
    drawing.texts.into_iter().map(|text| text.words).collect()
}

/// China has no deal on more than one path in ten: the ratio of those paths has no upper end.
#[test]
fn a_band_without_an_end_leaves_the_plot_with_an_arrow_and_the_others_stay_readable() {
    let tiny = case("tiny.toml");
    check("tiny", &tiny, 4_000);
    let words = words_on(&tiny, "gap");
    assert!(words.iter().any(|it| it == "80%: no upper end"), "{words:?}");
    // The median of 14× has room above it: the scale does not end at the 10× of the base year.
    assert!(words.iter().any(|it| it == "100×"), "{words:?}");
    // Both bands end at nothing.
    let words = words_on(&tiny, "funding");
    assert!(words.iter().any(|it| it == "80% and 95% down to $0"), "{words:?}");
}

/// What the title counts is what a reader counts, and where no path has a ratio there is no picture of columns.
#[test]
fn dots_of_a_side_without_funding_stand_beside_the_scale_and_no_empty_chart_is_drawn() {
    let tiny = case("tiny.toml");
    let charts = pictures::charts(&tiny, &support::run(&tiny, 4_000, 7));
    let names: Vec<&str> = charts.iter().map(|chart| chart.name()).collect();
    assert!(names.contains(&"distribution") && !names.contains(&"distribution-histogram"), "{names:?}");
    let dots = charts.iter().find(|chart| chart.name() == "distribution").unwrap();
    for preset in Preset::ALL {
        let drawing = dots.draw(Style { preset, ..Style::default() });
        let filled = drawing.svg.lines().filter(|line| line.starts_with("<circle") && !line.contains("fill=\"none\""));
        let all = drawing.svg.matches("<circle").count();
        let filled = filled.count();
        let words: Vec<&str> = drawing.texts.iter().map(|text| text.words.as_str()).collect();
        assert!(words.contains(&format!("{filled} dots higher").as_str()), "{filled} {words:?}");
        assert_eq!(all, 50);
        assert!(words.contains(&"China: $0"), "{words:?}");
    }
}

/// Amounts of a market of some millions are in millions.
#[test]
fn the_decomposition_of_a_tiny_market_has_no_zeros_in_front() {
    let words = words_on(&case("tiny.toml"), "decomposition");
    assert!(words.iter().any(|it| it.contains("$m. Filled")), "{words:?}");
    assert!(words.iter().all(|it| !it.trim_start_matches(['+', '−']).starts_with("0.0")), "{words:?}");
}

/// A reader of the footer knows of every event when it may come and how likely it is.
#[test]
fn the_footer_says_year_and_chance_of_each_event() {
    let event = |name: &str, year: &str, chance: &str| {
        format!(
            "[[events]]\nname = \"{name}\"\nregion = \"us\"\nseries = \"deals\"\nyear = {year}\n\
             effect = {{ step = \"-20%\" }}\n{chance}\n"
        )
    };
    let text = support::BASE.to_owned()
        + &event("correction", "{ uniform = [2025, 2029] }", "chance = \"60%\"")
        + &event("fewer rounds", "2027", "chance = \"40%\"")
        + &event("tax", "2026", "")
        + &event("war", "2025", "chance-per-year = \"6%\"");
    let words = words_on(&support::scenario(&text), "gap").join(" ");
    for needed in [
        "correction, in one year of 2025–2029 (chance 60%)",
        "(1) fewer rounds, 2027 (chance 40%)",
        "(2) tax, 2026",
        "war, chance 6% a year from 2025",
    ] {
        assert!(words.contains(needed), "{needed}: {words}");
    }
}

/// A value stands on its side of zero, and the column that the title speaks of has its share.
#[test]
fn where_china_leads_values_stand_on_their_side_of_zero_and_the_last_column_has_its_share() {
    let ahead = case("china_ahead.toml");
    check("china ahead", &ahead, 4_000);
    let charts = pictures::charts(&ahead, &support::run(&ahead, 4_000, 7));
    let draw = |name: &str| charts.iter().find(|it| it.name() == name).unwrap().draw(Style::default());
    let gap = draw("gap");
    let place = |wanted: &dyn Fn(&str) -> bool| gap.texts.iter().find(|it| wanted(&it.words)).map(|it| it.area);
    let zero = place(&|words| words == "$0").unwrap();
    let base = place(&|words| words.starts_with("−$") && words.ends_with('*')).unwrap();
    assert!(base[1] > zero[1], "{base:?} {zero:?}");
    let chances = draw("probability");
    assert!(chances.texts.iter().filter(|it| it.words.starts_with("US ahead")).count() >= 2);
    // The last bold figure of the left panel stands at the right end of its columns.
    let right = chances.texts.iter().find(|it| it.words == "US ahead").unwrap().area[0];
    let is_bold = |words: &str| words.len() == 2 && words.parse::<f64>().is_ok();
    assert!(chances.texts.iter().any(|it| is_bold(&it.words) && (0.0..60.0).contains(&(right - it.area[2]))));
}

#[test]
fn a_log_scale_over_less_than_a_decade_has_ticks_near_its_values() {
    let equal = case("equal-sides.toml");
    check("equal sides", &equal, 4_000);
    let words = words_on(&equal, "funding");
    let ticks = ["$38bn", "$40bn", "$42bn", "$44bn", "$46bn"];
    let shown = ticks.into_iter().filter(|tick| words.iter().any(|it| it == tick)).count();
    assert!(shown >= 4, "{words:?}");
    assert!(!words.iter().any(|it| it == "$20bn" || it == "$50bn"), "{words:?}");
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
        assert_eq!(all.contains("Events: "), !scenario.events().is_empty(), "{name}");
    }
    // The same scenario from the figures of each source.
    for text in [support::BASE.to_owned(), format!("{}{money}", support::BASE)] {
        let own = support::scenario(&text);
        let found: Vec<BySource> = own
            .data()
            .sources("us", "china")
            .into_iter()
            .map(|source| {
                let layers = aigap::scenario::Layers { source: Some(source.name.clone()), ..Default::default() };
                let scenario = support::try_read(&[("test.toml", &text)], &layers).unwrap().scenario;
                let summary = support::run(&scenario, 2_000, 1);
                BySource { source, scenario, summary }
            })
            .collect();
        let chart = pictures::sources(&own, &support::run(&own, 2_000, 1), &found).unwrap();
        for preset in Preset::ALL {
            for theme in Theme::ALL {
                let style = Style { preset, theme, ..Style::default() };
                let wrong = chart.draw(style).lint_layout();
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

/// Titles speak of the numbers beside them: direction, verb and percentage agree on whatever a run may say, whichever
/// region is ahead.
#[test]
fn titles_and_headlines_are_true_on_ten_thousand_results() {
    use aigap::summary::{Probability, Tally};
    use aigap::wording::{Chance, Outlook, gap_subtitle, gap_title, headline, probability_title, stated_within};
    let base = support::shipped_base();
    let outlook = Outlook::new(&base, &support::run(&base, 2_000, 1)).unwrap();
    let numbers = aigap::random::Numbers::new(9);
    let key = aigap::random::Key::new(aigap::random::Purpose::Shock, "titles");
    for case in 0..10_000 {
        let u = |k| numbers.uniform(case, 0, key, k);
        // Nothing and everything among them.
        let stretched = |p: f64| (1.1 * p - 0.05).clamp(0.0, 1.0);
        let probability = |p: f64| {
            let hits = (stretched(p) * 100_000.0) as u64;
            let mut cited = outlook.wider_as_ratio.clone();
            // Of the two paths of a draw each answers by itself.
            let both = (hits as f64 * hits as f64 / 2e5) as u64;
            cited.value = Probability::new(Tally { yes: hits, both }, 100_000, true);
            cited
        };
        let mut it =
            Outlook { wider_in_dollars: probability(u(0)), wider_as_ratio: probability(u(1)), ..outlook.clone() };
        // China ahead, both sides equal, or the US ahead.
        let gap = [-5.7, 0.0, 24.3][(3.0 * u(2)) as usize];
        it.gap.value = aigap::metric::Observed { value: gap, low: gap - 0.1, high: gap + 0.1, ..it.gap.value };
        let china_leads = gap < 0.0;
        let (ratio, dollars) = (it.wider_as_ratio.value, it.wider_in_dollars.value);
        let (title, story, chances) = (gap_title(&it).text(), headline(&it).text(), probability_title(&it).text());
        let is_open = |p: &Probability| Chance::carried(p) == Some(Chance::EitherWay);
        let sides = [(ratio, "higher"), (dollars, if china_leads { "narrower or lost" } else { "wider" })];
        for (p, word) in sides {
            // Nobody reads "wider" of a path towards the other side, nor a direction without its share.
            let says = match Chance::of(p.value).1 {
                true => word.to_owned(),
                false if word == "higher" => "lower".to_owned(),
                false => format!("no {}", word.trim_end_matches(" or lost")),
            };
            let stated = stated_within(&p, Chance::of(p.value).1);
            assert!(story.contains(&format!("{says} in ")) || story.contains(&format!("{says} (")), "{p:?}: {story}");
            assert!(story.contains(&stated), "{p:?}: {story}");
            if !is_open(&p) {
                assert!(title.contains(&says), "{p:?}: {title}");
            }
        }
        let strange = if china_leads { "wider" } else { "narrower" };
        for words in [&title, &story, &chances] {
            assert!(!words.contains(strange), "{words}");
            assert_eq!(
                words.contains("China’s lead in dollars"),
                china_leads && !words.starts_with("US/China"),
                "{words}"
            );
            assert!(!words.contains("ratio wider") && !words.contains("ratio is wider"), "{words}");
        }
        assert_eq!(
            story.matches("could go either way").count(),
            [ratio, dollars].map(|p| is_open(&p)).iter().filter(|it| **it).count()
        );
        assert_eq!(story.starts_with("China led by $5.7bn in 2023. "), china_leads, "{story}");
        // The columns of the chart are shares above the level, and the title says that of the ratio.
        assert!(chances.contains(&format!("ratio higher in {}", stated_within(&ratio, true))), "{chances}");
        let subtitle = gap_subtitle(&it).map(|(words, _)| words.text()).concat();
        assert!(subtitle.contains(&stated_within(&dollars, !china_leads)), "{subtitle}");
        for words in [&title, &chances] {
            assert!(words.split_whitespace().count() <= 20, "{words}");
        }
    }
}

/// Contrast is looked at in pixels, which takes longer than drawing: on the baseline, in every preset and theme.
#[test]
fn every_text_of_the_baseline_can_be_told_from_what_is_behind_it() {
    for (style, drawing) in drawings(&support::shipped_base(), 2_000) {
        let wrong = drawing.lint();
        assert!(wrong.is_empty(), "{} {style:?}:\n{}", drawing.name, wrong.join("\n"));
    }
}
