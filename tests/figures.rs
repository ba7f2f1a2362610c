//! Charts beyond the main three: they pass the lint in every preset and theme, and their titles are true.

use crate::support::{self, sample_charts};
use aigap::chart::Chart;
use aigap::chart::pictures;
use aigap::chart::terminal_picture;
use aigap::draw::{Preset, Style, Theme};
use aigap::engine::Settings;

/// The baseline as shipped.
const BASE: &str = include_str!("../scenarios/base.toml");

/// Everything that is wrong in any preset, theme and contrast; pixels are looked at in the preset of a note only, since
/// that takes longer than drawing.
fn check(chart: &Chart) -> Vec<String> {
    let mut wrong = Vec::new();
    // The width of a telephone leaves no room beside the short bars of a tornado.
    let fits = |preset: &Preset| *preset != Preset::Phone || chart.name() != "tornado";
    for preset in Preset::ALL.into_iter().filter(fits) {
        for theme in Theme::ALL {
            for high_contrast in [false, true] {
                let style = Style { preset, theme, high_contrast, ..Style::default() };
                let drawing = chart.draw(style);
                let found =
                    if preset == Preset::Note && !high_contrast { drawing.lint() } else { drawing.lint_layout() };
                wrong.extend(found.into_iter().map(|it| format!("{} {preset:?} {theme:?}: {it}", chart.name())));
            }
        }
    }
    wrong
}

#[test]
fn renderers_that_wait_for_their_commands_pass_the_lint() {
    let mut wrong: Vec<String> = sample_charts::awkward().iter().flat_map(check).collect();
    // Among the awkward ones are tornados and boxes of nothing.
    let of_nothing = |it: &str| it.starts_with("tornado ") || it.starts_with("box ");
    wrong.retain(|it| !(of_nothing(it) && it.ends_with("nothing is drawn between the axes")));
    wrong.extend(sample_charts::all().iter().flat_map(check));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// "2027, never" stood behind the bar of never, as if both were there.
#[test]
fn the_last_year_of_an_event_stands_at_the_end_of_its_years_and_never_at_its_own_place() {
    let mut rule = sample_charts::rule(1);
    rule.bars[0].never = true;
    rule.bars[0].ends = ["2025".to_owned(), "2027".to_owned()];
    rule.bars[0].spread = [2025.0, 2026.0, 2034.0];
    rule.bars[0].limits = [None, Some(2027.0)];
    for preset in Preset::ALL {
        let texts = Chart::Rule(rule.clone()).draw(Style { preset, ..Style::default() }).texts;
        let area =
            |words: &str| texts.iter().find(|text| text.words == words).map(|text| text.area).expect("the words");
        // The bar of never stands between them.
        assert!(area("2027")[2] + 20.0 < area("never")[0], "{preset:?}");
    }
}

#[test]
fn charts_of_a_run_beyond_the_main_three_pass_the_lint() {
    let new = ["deals", "funding-linear", "distribution", "distribution-histogram", "decomposition", "uncertainty"];
    // A third layer of chance: of two a sentence says as much as a picture.
    let event = "\n[[events]]\nname = \"fund\"\nregion = \"china\"\nseries = \"deals\"\nyear = 2026\n\
                 chance = \"50%\"\neffect = { step = \"+60%\" }\n";
    let scenario = support::scenario(&(BASE.to_owned() + event));
    let mut summary = support::run(&scenario, 4_000, 7);
    summary.uncertainty = aigap::summary::Uncertainty::of(&scenario, &aigap::engine::Settings::new(4_000, 7));
    let charts = pictures::charts(&scenario, &summary);
    let names: Vec<&str> = charts.iter().map(Chart::name).collect();
    assert!(new.iter().all(|name| names.contains(name)), "{names:?}");
    let wrong: Vec<String> = charts.iter().filter(|it| new.contains(&it.name())).flat_map(check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let base = support::shipped_base();
    let names: Vec<&str> = pictures::charts(&base, &support::run(&base, 2_000, 7)).iter().map(Chart::name).collect();
    assert!(!names.contains(&"uncertainty"), "{names:?}");
}

/// A what-if whose other inputs move nothing is the work of one input, and no bar says that it is none.
#[test]
fn a_waterfall_draws_what_has_an_effect_and_names_the_rest() {
    let mut chart = sample_charts::waterfall(3);
    chart.parts[1].1.value = 1.004;
    chart.parts[2].1.value = 0.998;
    let (all, drawing) =
        (Chart::Waterfall(sample_charts::waterfall(3)), Chart::Waterfall(chart.clone()).draw(Style::default()));
    assert!(drawing.title.starts_with(&format!("“{}” takes the", chart.parts[0].0)), "{}", drawing.title);
    assert!(drawing.texts.iter().all(|text| text.words != "no change"));
    let footer: Vec<&str> = drawing.texts.iter().map(|text| text.words.as_str()).collect();
    assert!(footer.join(" ").contains(&format!("Without visible effect: {}, {}", chart.parts[1].0, chart.parts[2].0)));
    assert!(all.draw(Style::default()).title.contains(": mostly “"));
    // Small is not nothing: beside the largest it has a bar of its own, or the bars would not lead to the end.
    chart.parts[1].1.value = 0.97;
    let drawing = Chart::Waterfall(chart.clone()).draw(Style::default());
    assert!(drawing.texts.iter().any(|text| text.words == "÷1.03"), "{}", drawing.alt);
    assert!(drawing.title.contains(": mostly “"), "{}", drawing.title);
}

/// Whoever cannot see the rate cannot read an amount in yuan.
#[test]
fn amounts_in_yuan_of_a_year_say_rate_and_inflation_on_every_picture() {
    let money = "\n[money]\ncurrency = \"CNY\"\nprices = 2023\nexchange-rate = 7.1\ninflation = \"2%\"\n";
    let scenario = support::scenario(&(BASE.to_owned() + money));
    let summary = support::run(&scenario, 2_000, 7);
    let of_money = ["gap", "funding", "funding-linear", "deals", "decomposition"];
    for chart in pictures::charts(&scenario, &summary).iter().filter(|it| of_money.contains(&it.name())) {
        for preset in Preset::ALL {
            let drawing = chart.draw(Style { preset, ..Style::default() });
            let words: Vec<&str> = drawing.texts.iter().map(|text| text.words.as_str()).collect();
            let words = words.join(" ");
            let stated = words.contains("¥7.10 a dollar.") && words.contains("Prices of 2023, inflation 2% a year.");
            assert!(stated, "{} {preset:?}: {words}", chart.name());
        }
        let wrong = check(chart);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn the_bars_of_a_decomposition_add_up_as_printed() {
    let scenario = support::shipped_base();
    let charts = pictures::charts(&scenario, &support::run(&scenario, 2_000, 7));
    let chart = charts.iter().find(|chart| chart.name() == "decomposition").unwrap();
    let drawing = chart.draw(Style::default());
    assert_eq!(drawing.title, "China’s slump explains about half (46–62%) of the 2023 widening in dollars");
    let printed: Vec<f64> = drawing
        .texts
        .iter()
        .filter_map(|text| text.words.replace('−', "-").replace('+', "").parse::<f64>().ok())
        .filter(|value| value.fract() != 0.0 || *value < 100.0)
        .collect();
    // First and last gap, then the four parts in their order.
    assert_eq!(printed, [20.5, 29.0, -0.8, 4.6, 1.9, 2.8]);
    assert!((20.5 - 0.8 + 4.6 + 1.9 + 2.8 - 29.0_f64).abs() < 1e-9);
    assert!(drawing.texts.iter().any(|text| text.words.contains("are an assumption")));
}

#[test]
fn the_picture_on_the_terminal_is_eight_lines_of_eighty_columns() {
    for text in [
        support::BASE.to_owned(),
        support::BASE.replace("2035", "2024"),
        support::BASE.replace("8.32870676749586%", "150%"),
    ] {
        let scenario = support::scenario(&text);
        let summary = support::run(&scenario, 2_000, 7);
        let plain = terminal_picture::picture(&scenario, &summary, false).unwrap();
        assert!(plain.lines().count() <= 8 && plain.lines().all(|line| line.chars().count() <= 80), "{plain}");
        assert!(
            plain.contains('━') && plain.contains('░') && plain.contains('●') && !plain.contains('\u{1b}'),
            "{plain}"
        );
        let last = plain.lines().last().unwrap();
        assert!(last.contains("2023") && last.contains(&scenario.horizon().to_string()), "{plain}");
        let coloured = terminal_picture::picture(&scenario, &summary, true).unwrap();
        assert_eq!(coloured.replace("\u{1b}[1;35m", "").replace("\u{1b}[0m", ""), plain);
    }
}

/// Titles of decompositions, futures, sweeps and back-tests agree with their numbers on whatever a run may say.
#[test]
fn titles_of_new_charts_are_true_on_ten_thousand_results() {
    use aigap::wording::{
        MoneyUnit, Moved, Mover, Outlook, back_test_title, decomposition_title, futures_title, histogram_title, mover,
        sweep_title,
    };
    let base = support::shipped_base();
    let outlook = Outlook::new(&base, &support::run(&base, 2_000, 1)).unwrap();
    let numbers = aigap::random::Numbers::new(11);
    let key = aigap::random::Key::new(aigap::random::Purpose::Shock, "new titles");
    for case in 0..10_000 {
        let u = |k| numbers.uniform(case, 0, key, k);
        // Futures: the number of dots is that of the quantiles above the threshold.
        let p = u(0);
        let hits = (p * 100_000.0) as u64;
        let both = (hits as f64 * hits as f64 / 2e5) as u64;
        let found = aigap::summary::Probability::new(aigap::summary::Tally { yes: hits, both }, 100_000, true);
        let value = found.value;
        let wider = (50.0 * value).round() as usize;
        let mut it = outlook.clone();
        it.wider_as_ratio.value = found;
        let (dots, columns) = (futures_title(&it, wider, 50).text(), histogram_title(&it).text());
        let open = aigap::wording::Chance::carried(&found) == Some(aigap::wording::Chance::EitherWay);
        assert_eq!(dots.contains("either way"), open, "{value}: {dots}");
        assert_eq!(columns.contains("either way"), open, "{value}: {columns}");
        if !open {
            assert_eq!(dots.contains("lower"), value < 0.45, "{value}: {dots}");
            assert_eq!(columns.contains("lower"), value < 0.45, "{value}: {columns}");
            let shown = if value < 0.45 { 50 - wider } else { wider };
            assert!(dots.contains(&format!("In {shown} of 50")), "{value}: {dots}");
        }
        // Decompositions: direction and share hold at both ends of the intervals.
        let moved = |name: &str, k: u32| {
            let (middle, spread) = (20.0 * (u(k) - 0.5), 3.0 * u(k + 1));
            // Either side may be ahead, or pass the other.
            let before = 5.0 + 30.0 * u(k + 20);
            Moved { name: name.to_owned(), before, change: [middle, middle - spread, middle + spread] }
        };
        let (lead, follow) = (moved("us", 1), moved("china", 3));
        let title = decomposition_title(2023, &lead, &follow, MoneyUnit::default()).text();
        let stated = match mover(&lead, &follow) {
            Mover::Mostly { share, .. } => share.to_vec(),
            _ => Vec::new(),
        };
        let before = lead.before - follow.before;
        let after = before + lead.change[0] - follow.change[0];
        let says = |word: &str| title.contains(word);
        if before * after < 0.0 {
            assert!(!says("widen") && !says("narrow"), "{lead:?} {follow:?}: {title}");
        } else {
            assert!(!says("widen") || after.abs() > before.abs(), "{lead:?} {follow:?}: {title}");
            assert!(!says("narrow") || after.abs() < before.abs(), "{lead:?} {follow:?}: {title}");
        }
        assert!(title.split_whitespace().count() <= 17, "{title}");
        if let [value, least, most] = stated[..] {
            assert!(0.0 <= least && least <= value && value <= most && most <= 1.0, "{stated:?}");
            for (fraction, words) in [
                (0.25, "a quarter"),
                (1.0 / 3.0, "a third"),
                (0.5, "half"),
                (2.0 / 3.0, "two thirds"),
                (0.75, "three quarters"),
            ] {
                assert!(!title.contains(words) || (least..=most).contains(&fraction), "{stated:?}: {title}");
            }
        }
        // Sweeps name a side only with a tipping value; back-tests a fault only where a promise is excluded.
        let title =
            sweep_title("the odds", "a, b", (u(5) > 0.5).then_some(u(6) - 0.5), u(7) > 0.5, Some(("0%", "9%"))).text();
        assert_eq!(title.contains("does not tip"), u(5) <= 0.5, "{title}");
        assert_eq!(title.contains("higher"), u(5) > 0.5 && u(7) > 0.5, "{title}");
        let forecasts = (u(8) * 200.0) as u64;
        let judged = [(0.5, u(9)), (0.8, u(10)), (0.95, u(11))];
        let judged = judged.map(|(promise, share)| (promise, share, aigap::summary::wilson(share, 200.0, 1.96)));
        let excluded = judged.iter().any(|(promise, _, (low, high))| promise < low || promise > high);
        let title = back_test_title(forecasts, 20, &judged).text();
        assert_eq!(title.contains("Too few"), forecasts < 20, "{title}");
        assert_eq!(title.contains("caught") && !title.contains("close to"), forecasts >= 20 && excluded, "{title}");
    }
}

/// The fan and outturn of the baseline in each number of readings, the third made up and far outside of the bands.
#[test]
fn what_came_is_drawn_on_the_stored_bands_in_every_preset() {
    use aigap::data::{BuiltIn, Dataset};
    use aigap::study::{Frozen, Reading, Scored};
    let set = |name: &str| BuiltIn::named(name).unwrap().read();
    let far = "region,year,metric,value,unit,source,vintage\nus,2023,funding,1,USD bn,X,1\nus,2025,funding,900,USD bn,X,1\n\
               china,2023,funding,1,USD bn,X,1\nchina,2025,funding,1,USD bn,X,1\n";
    let far = Dataset::parse("far.csv", far, &mut aigap::diagnostic::Sources::default()).unwrap();
    let sets = [set("cb-insights-2025-01"), set("ai-index-editions").of_edition("2025-04").unwrap(), far];
    let readings = sets.map(|set| Reading::new(set).unwrap());
    let scenario = support::shipped_base();
    let summary = support::run(&scenario, 2_000, 7);
    for number in 1..=3 {
        let (scenario, summary) = (scenario.clone(), summary.clone());
        let run = Frozen { scenario, summary, made_again: Some(Settings::new(2_000, 7)), version: String::new() };
        let scored = Scored::of(run, &readings[..number], false).unwrap();
        let wrong = check(&aigap::chart::outturn(&scored).unwrap());
        assert!(wrong.is_empty(), "{number}: {}", wrong.join("\n"));
    }
}
