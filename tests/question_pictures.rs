//! Pictures of questions asked backwards, of results as extreme as scenarios give: ratios without an end, one input, thirty inputs,
//! none that moves anything, signs that change. Every preset, both themes.

use aigap::chart::{Chart, questions};
use aigap::draw::{Drawing, Preset, Style, Theme};
use aigap::engine::Settings;
use aigap::scenario::{Layers, Scenario, load};
use aigap::study::{
    Change, Discover, Discovered, Findings, Seek, Sensitive, Sensitivity, SensitivityMethod, Sought, Sweep, Swept,
};

use crate::support;

const PATHS: u64 = 800;

/// A scenario of made-up figures.
fn case(name: &str) -> Scenario {
    let path = support::program::root().join("tests/cases").join(name);
    let read = |path: &std::path::Path| std::fs::read(path).map_err(|error| error.to_string());
    // It extends the shipped baseline, which lies in another folder.
    let layers = Layers { allow_outside: true, ..Layers::default() };
    load(&path, &layers, None, &read).expect("a valid scenario").scenario
}

fn changed(more: &str) -> Scenario {
    support::scenario(&format!("{}\n{more}", include_str!("../scenarios/base.toml")))
}

/// The baseline with so many events by chance, whose names are long.
fn with_events(count: usize) -> Scenario {
    let event = |place: usize| {
        let (region, series) = (["us", "china"][place % 2], ["deals", "deal-size"][place / 2 % 2]);
        format!(
            "[[events]]\nname = \"step {place} of a policy with a rather long name\"\nregion = \"{region}\"\nseries = \"{series}\"\n\
             year = {{ uniform = [2025, 2028] }}\nchance = {{ uniform = [\"20%\", \"80%\"] }}\n\
             effect = {{ step = {{ p10 = \"-{}%\", p90 = \"+{}%\" }} }}\n",
            5 + place,
            20 + 5 * place
        )
    };
    changed(&(0..count).map(event).collect::<String>())
}

fn named(scenario: &Scenario, text: &str) -> String {
    text.replace("{y}", &scenario.horizon().to_string()).replace("{b}", &scenario.base_year().to_string())
}

fn sensitive(scenario: &Scenario, of: &[&str], method: SensitivityMethod) -> Findings {
    let of = of.iter().map(|text| named(scenario, text)).collect();
    let asked = Sensitivity { scenario: "x.toml".into(), of, method, by: Default::default(), also: Vec::new() };
    let read = asked.asked(scenario).expect("targets");
    Findings::Sensitive(Box::new(Sensitive::of(read, &asked, &Settings::new(PATHS, 3), &|_| {})))
}

fn swept(scenario: &Scenario, over: &[&str], of: &[&str]) -> Findings {
    let of = of.iter().map(|text| named(scenario, text)).collect();
    let over = over.iter().map(|it| (*it).to_owned()).collect();
    let asked = Sweep { scenario: "x.toml".into(), over, of, precision: None };
    let read = asked.asked(scenario).expect("a sweep");
    Findings::Swept(Box::new(Swept::of(scenario, read, &Settings::new(PATHS, 3), &|_| {})))
}

fn sought(scenario: &Scenario, goal: &str, change: &[&str]) -> Findings {
    let change = change.iter().map(|it| Change { address: (*it).to_owned(), between: None, fixed: false });
    let asked =
        Seek { scenario: "x.toml".into(), so_that: named(scenario, goal), change: change.collect() }.asked(scenario);
    let asked = asked.expect("a goal");
    Findings::Sought(Box::new(Sought::seek(scenario, asked.goal, asked.named, &Settings::new(PATHS, 3), &|_| {})))
}

fn discovered(scenario: &Scenario, condition: &str) -> Findings {
    let asked = Discover { scenario: "x.toml".into(), condition: named(scenario, condition), of_box: None, keep: None };
    let found = Discovered::find(scenario, &asked, &Settings::new(4_000, 3), &|_| {});
    Findings::Discovered(Box::new(found.expect("enough paths of either kind")))
}

/// Draws every chart of an answer in every preset and both themes, holds it against the rules of layout, and the dark one against
/// the light one; returns the charts by name.
fn checked(what: &str, findings: &Findings) -> Vec<(String, Chart)> {
    let charts = questions::of(findings).unwrap_or_default();
    let mut wrong = Vec::new();
    for (name, chart) in &charts {
        for preset in Preset::ALL {
            let [light, dark] = [Theme::Light, Theme::Dark].map(|theme| {
                let drawing: Drawing = chart.draw(Style { preset, theme, ..Style::default() });
                let about = format!("{what}, {name} {} {}", preset.name(), theme.name());
                // Pixels take longer than drawing, and are looked at where a note prints them.
                let found = if preset == Preset::Note { drawing.lint() } else { drawing.lint_layout() };
                wrong.extend(found.into_iter().map(|it| format!("{about}: {it}")));
                wrong.extend(odd_words(&drawing).into_iter().map(|it| format!("{about}: {it}")));
                drawing
            });
            wrong.extend(light.moved(&dark).into_iter().map(|it| format!("{what}, {name} {}: {it}", preset.name())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    charts
}

/// Words that no reader of a picture has the key to: code, numbers of events without a line, another scenario's name for this one,
/// and half names.
fn odd_words(drawing: &Drawing) -> Vec<String> {
    let odd = ["P(", ">=", "<=", "(1)", "baseline", "…", "NaN", "as assumed"];
    let texts = drawing.texts.iter().map(|text| &text.words);
    let found = texts.flat_map(|words| odd.into_iter().filter(|it| words.contains(it)).map(move |it| (it, words)));
    found.map(|(it, words)| format!("\"{words}\" has {it}")).collect()
}

/// All words on a chart.
fn words(charts: &[(String, Chart)], name: &str) -> String {
    let (_, chart) = charts.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name}"));
    let texts = chart.draw(Style::default()).texts;
    texts.into_iter().map(|text| text.words).collect::<Vec<_>>().join(" ")
}

/// More cells than can be read: what is left out is said, and the row of the title is drawn.
#[test]
fn a_map_says_how_many_of_its_runs_it_draws_and_draws_the_row_it_is_about() {
    let found = swept(
        &changed(""),
        &["us.deal-size.growth=-10%:20%:13", "china.deal-size.growth=-20%:30%:11"],
        &["P(ratio in {y} < half of {b})"],
    );
    let charts = checked("more cells than can be read", &found);
    let Chart::Sweep(map) = &charts[0].1 else { panic!("a map") };
    assert_eq!((map.made, map.told < map.up.words.len()), (143, true));
    // 5% of −20%, −15%, … is nearest to the 7.25% of the baseline.
    assert_eq!(map.up.words[map.told], "5%");
    let said = words(&charts, &charts[0].0);
    let drawn: usize = map.cells.iter().map(Vec::len).sum();
    assert!(
        drawn < 143 && said.contains(&format!("143 runs on the same random numbers, {drawn} of them drawn")),
        "{said}"
    );
    assert!(said.contains("the title is about the row of 5%"), "{said}");
}

/// The baseline has a chance of 70% for an event, which lies between the cells of this map.
#[test]
fn a_baseline_between_cells_has_a_cross_that_keeps_off_the_numbers() {
    let read = |path: &std::path::Path| std::fs::read(path).map_err(|error| error.to_string());
    let path = support::program::root().join("scenarios/china-state-push.toml");
    let scenario = load(&path, &Layers::default(), None, &read).expect("a valid scenario").scenario;
    let over = ["us.deals.growth=-5%:10%:4", "events.state-ai-fund.chance=0%:100%:5"];
    let map = checked("cross", &swept(&scenario, &over, &["P(ratio in {y} < half of {b})"]));
    assert!(words(&map, "sweep").contains("Cross: the scenario"), "{}", words(&map, "sweep"));
    // With as many columns as a narrow sheet has no room for, it draws every second one, and the cross all the same.
    let over = ["us.deals.growth=-5%:10%:12", "events.state-ai-fund.chance=0%:100%:5"];
    let map = checked("cross on a thinned map", &swept(&scenario, &over, &["median of gap in {y}"]));
    let phone = map[0].1.draw(Style { preset: Preset::Phone, ..Style::default() });
    let said = phone.texts.iter().map(|text| text.words.as_str()).collect::<Vec<_>>().join(" ");
    assert!(said.contains("of them drawn") && said.contains("at the cross"), "{said}");
    // Outside of the values that were swept it has no place, and the footer says so.
    let over = ["us.deals.growth=5%:10%:3", "events.state-ai-fund.chance=0%:20%:3"];
    let map = checked("outside", &swept(&scenario, &over, &["ratio in {y}"]));
    let said = words(&map, "sweep");
    assert!(said.contains("The scenario lies outside the map") && !said.contains("Cross"), "{said}");
}

/// Next to the line a map had colours that nobody tells apart, and no value at the ends of its ramp.
#[test]
fn either_side_of_a_map_has_its_colour_and_the_ramp_has_values_at_its_ends() {
    let over = ["china.deals.growth=-5%:40%:6", "us.deals.growth=-15%:20%:6"];
    let map = checked("sides", &swept(&changed(""), &over, &["ratio in {y}"]));
    let Chart::Sweep(it) = &map[0].1 else { panic!("a map") };
    let all = || it.cells.iter().flatten().copied();
    let [low, high] = [all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max)];
    assert!(low < 1.0 && high > 15.5, "{low} to {high}");
    let said = words(&map, "sweep");
    for words in [aigap::wording::ratio(low), aigap::wording::ratio(high), "parity 1×".to_owned()] {
        assert!(said.contains(&words), "{words}: {said}");
    }
}

/// A frontier showed neither which side of it meets the goal nor what its numbers are.
#[test]
fn a_frontier_says_which_side_meets_the_goal_and_what_its_numbers_are() {
    let change = ["china.deals.growth", "us.deals.growth"];
    let found = sought(&changed(""), "P(ratio in {y} < half of {b}) >= 50%", &change);
    let Findings::Sought(answer) = &found else { panic!("a goal") };
    // Fewer deals in the US bring the two closer.
    assert!(answer.frontier.iter().filter_map(|(_, need)| need.needed.as_ref()).all(|it| !it.above));
    let charts = checked("frontier", &found);
    let said = words(&charts, "seek").split_whitespace().collect::<Vec<_>>().join(" ");
    for needed in
        ["US deals growth a year at which", "is just 50%; the goal is met below the line", "goal met", "goal missed"]
    {
        assert!(said.contains(needed), "{needed}: {said}");
    }
    assert!(!said.contains("Every point is a run"), "{said}");
    let height = |words: &str| {
        let texts = charts[0].1.draw(Style::default()).texts;
        texts.iter().find(|text| text.words == words).map(|text| text.area[1]).expect("the words")
    };
    assert!(height("goal met") > height("goal missed"));
}

/// The line of a goal was hidden behind the bars, and what meets it stood nowhere.
#[test]
fn a_tornado_of_a_goal_says_what_meets_it_on_every_sheet() {
    let found = sought(&changed(""), "P(ratio in {y} < half of {b}) >= 50%", &[]);
    let charts = checked("goal", &found);
    let Chart::Tornado(tornado) = &charts[0].1 else { panic!("a tornado") };
    let meets: Vec<&String> = tornado.bars.iter().filter_map(|bar| bar.meets.as_ref()).collect();
    assert!(meets.len() >= 4, "{tornado:?}");
    for preset in Preset::ALL {
        let texts = charts[0].1.draw(Style { preset, ..Style::default() }).texts;
        let says = |meets: &str| {
            texts.iter().any(|text| text.words == *meets || text.words.ends_with(&format!("goal at {meets}")))
        };
        assert!(meets[..4].iter().all(|it| says(it)), "{}: {meets:?}", preset.name());
        assert!(texts.iter().any(|text| text.words == "Goal 50%"));
    }
}

/// A probability begins at zero and need not end at one.
#[test]
fn axes_are_as_long_as_their_values_and_their_values_round() {
    let line = checked("axis", &swept(&changed(""), &["us.deals.growth=-7%:33%:9"], &["P(ratio in {y} < 1)"]));
    let texts = line[0].1.draw(Style::default()).texts;
    let said: Vec<&str> = texts.iter().map(|text| text.words.as_str()).collect();
    for words in ["0%", "10%", "20%", "30%", "the scenario 0%"] {
        assert!(said.contains(&words), "{words}: {said:?}");
    }
    assert!(!said.contains(&"100%") && !said.contains(&"33%"), "{said:?}");
    // A goal is said as the axis says it.
    let goal = sought(&changed(""), "median of gap in {y} <= 20bn USD", &["china.deal-size.growth"]);
    assert!(words(&checked("goal", &goal), "seek").contains("goal $20bn"));
}

/// A name that is cut off names nothing.
#[test]
fn names_of_axes_are_whole_on_every_sheet() {
    let names = ["correlations.us.deal-size.china.deal-size", "correlations.china.deals.china.deal-size"];
    let over = names.map(|it| format!("{it}=-0.2:0.6:3"));
    let both = swept(&support::shipped_base(), &[&over[0], &over[1]], &["sd of log-ratio in {y}"]);
    let one = swept(&support::shipped_base(), &[&over[0]], &["sd of log-ratio in {y}"]);
    for charts in [checked("names", &both), checked("names", &one)] {
        for preset in Preset::ALL {
            let texts = charts[0].1.draw(Style { preset, ..Style::default() }).texts;
            let said = texts.iter().map(|text| text.words.as_str()).collect::<Vec<_>>().join(" ");
            assert!(said.contains("correlation of US deal size with China deal size"), "{}: {said}", preset.name());
        }
    }
}

/// Two values of an axis are told apart where an answer hardly moves, and names that begin alike are written whole.
#[test]
fn correlations_are_named_whole_and_axes_tell_small_steps_apart() {
    let goal = sought(&support::shipped_base(), "sd of log-ratio in {y} <= 1", &[]);
    let said = words(&checked("correlations", &goal), "tornado-goal");
    assert!(said.contains("with China deal size") && !said.contains('…'), "{said}");
    let also = vec!["correlations.us.deals.china.deals=0.3:0.5".to_owned()];
    let of = vec![named(&support::shipped_base(), "sd of log-ratio in {y}")];
    let method = SensitivityMethod::Tornado;
    let asked = Sensitivity { scenario: "x.toml".into(), of, method, by: Default::default(), also };
    let read = asked.asked(&support::shipped_base()).expect("a range");
    let found = Sensitive::of(read, &asked, &Settings::new(PATHS, 3), &|_| {});
    checked("small steps", &Findings::Sensitive(Box::new(found)));
}

/// Of two deals a year China has none in many futures, and the ratio of those has no end.
#[test]
fn ratios_without_an_end_leave_the_plot_or_are_counted() {
    let tiny = case("tiny_market.toml");
    checked("tornado", &sensitive(&tiny, &["ratio in {y}", "P(ratio in {y} > 100)"], SensitivityMethod::Tornado));
    checked("shares", &sensitive(&tiny, &[], SensitivityMethod::Sobol));
    // A target that is infinite with every input at its median has no tornado.
    assert!(checked("p90", &sensitive(&tiny, &["p90 of ratio in {y}"], SensitivityMethod::Tornado)).is_empty());
    let line = checked("line", &swept(&tiny, &["china.deals.growth=-80%:40%:9"], &["ratio in {y}"]));
    let said = words(&line, "sweep-line");
    assert!(said.contains("open where it has no upper end"), "{said}");
    assert!(said.contains("At 5 more values it is no finite number."), "{said}");
    let over = ["china.deals.growth=-80%:40%:9", "us.deals.growth=-80%:40%:8"];
    let map = checked("map", &swept(&tiny, &over, &["ratio in {y}", "median of gap in {y}"]));
    // A ratio without an end is wider than any number, and no empty cell.
    assert!(words(&map, "sweep").contains(">999"));
    for (goal, change) in [
        ("ratio in {y} <= 5", &[][..]),
        ("p90 of ratio in {y} <= 50", &["china.deals.growth"][..]),
        ("ratio in {y} <= 5", &["china.deals.growth", "china.deal-size.growth"]),
    ] {
        let charts = checked(goal, &sought(&tiny, goal, change));
        // The scenario's own value has a mark only where it lies among the values that are drawn.
        let outside = change.len() == 1;
        assert!(charts.is_empty() || !outside || !words(&charts, "seek").contains("the scenario "), "{goal}");
    }
    let charts = checked("discovery", &discovered(&tiny, "ratio in {y} > 50"));
    assert_eq!(charts.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["box", "trajectory"]);
}

#[test]
fn many_inputs_with_long_names_have_room() {
    let many = with_events(12);
    assert!(many.assumptions().iter().filter(|it| !it.law().is_fixed()).count() >= 30);
    checked("tornado", &sensitive(&many, &["ratio in {y}", "P(ratio in {y} < 8)"], SensitivityMethod::Tornado));
    let charts = checked("goal", &sought(&many, "P(ratio in {y} < 1) >= 50%", &[]));
    let said = words(&charts, "tornado-goal");
    // What inputs do one by one adds up to no chance of a goal.
    assert!(!said.contains("smaller inputs") && said.contains(" more are in the table."), "{said}");
    checked("discovery", &discovered(&many, "ratio in {y} < 8"));
}

#[test]
fn one_input_and_none_are_drawn_too() {
    let certain =
        |input: &str, value: &str| format!("{input} = {{ value = \"{value}\", why = \"x\", source = \"y\" }}");
    let layer = |last: &str| {
        let base = include_str!("../scenarios/base.toml");
        let pack = format!(
            "[us.deals]\n{}\n[china.deals]\n{}\n[us.deal-size]\n{}\n{last}",
            certain("growth", "0%"),
            certain("growth", "0%"),
            certain("growth", "7%")
        );
        let files = [("base.toml", base.to_owned()), ("x.toml", format!("extends = \"base.toml\"\n{pack}"))];
        let read = move |path: &std::path::Path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let file = files.iter().find(|(known, _)| *known == name).expect("a file");
            Ok(file.1.clone().into_bytes())
        };
        load(std::path::Path::new("x.toml"), &Layers::default(), None, &read)
            .map_err(|it| it.problems)
            .unwrap()
            .scenario
    };
    let one = layer("");
    checked("one", &sensitive(&one, &["ratio in {y}", "median of gap in {y}"], SensitivityMethod::Tornado));
    checked("one", &sensitive(&one, &[], SensitivityMethod::Shapley));
    checked("one", &sought(&one, "P(ratio in {y} < half of {b}) >= 50%", &[]));
    checked("one", &discovered(&one, "ratio in {y} < 8"));
    let none = layer(&format!("[china.deal-size]\n{}\n", certain("growth", "7%")));
    assert!(checked("none", &sensitive(&none, &["ratio in {y}"], SensitivityMethod::Tornado)).is_empty());
    checked("none", &sensitive(&none, &[], SensitivityMethod::Shapley));
    checked("none", &sought(&none, "P(ratio in {y} < 1) >= 50%", &[]));
    // Inputs that move nothing.
    let target = ["P(us.funding in {y} > 100bn USD)"];
    let line = checked("still", &swept(&one, &["china.deals.growth={0%, 5%, 10%}"], &target));
    assert!(words(&line, "sweep-line").contains("China deals growth does not move it"));
    checked("still", &swept(&one, &["china.deals.growth={0%, 5%}", "china.deal-size.growth={0%, 5%}"], &target));
    let still = sensitive(&support::shipped_base(), &["p10 of log-ratio in {y}"], SensitivityMethod::Tornado);
    checked("log", &still);
}

#[test]
fn answers_that_change_their_sign_are_drawn_on_both_sides() {
    let of = ["median of gap in {y}", "ratio in {y}", "P(ratio in {y} < 1)", "log-ratio in {y}"];
    for scenario in [support::shipped_base(), case("china_ahead.toml"), case("almost_alike.toml")] {
        checked("line", &swept(&scenario, &["china.deals.growth=-30%:300%:9"], &of));
        let over = ["china.deals.growth=-30%:300%:12", "us.deals.growth=-30%:300%:10"];
        checked("map", &swept(&scenario, &over, &of[..3]));
        checked("tornado", &sensitive(&scenario, &of, SensitivityMethod::Tornado));
        checked("goal", &sought(&scenario, "ratio in {y} <= 0.5", &[]));
        checked("frontier", &sought(&scenario, "ratio in {y} <= 1", &["china.deals.growth", "us.deal-size.growth"]));
    }
}

/// An input that meets the goal is drawn however short its bar is, and the footer says where those are that are not drawn.
#[test]
fn what_meets_a_goal_is_drawn_before_what_only_moves_much() {
    let mut tornado = support::sample_charts::tornado(8);
    tornado.goal = Some(12.0);
    let last = tornado.bars.len() - 1;
    tornado.bars[last].meets = Some("1.07".to_owned());
    let name = "Small input 8";
    assert!(tornado.bars[last].name.starts_with(name));
    let words = |tornado: &aigap::chart::Tornado| {
        let texts = Chart::Tornado(tornado.clone()).draw(Style::default()).texts;
        texts.iter().map(|text| text.words.as_str()).collect::<Vec<_>>().join(" ")
    };
    let drawn = words(&tornado);
    assert!(drawn.contains(name) && drawn.contains(" more are in the table."), "{drawn}");
    tornado.bars[last].meets = None;
    assert!(!words(&tornado).contains(name));
}
