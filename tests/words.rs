//! Words on figures of one's own: whoever leads, however near the two sides are, and however small the market is.

use std::path::Path;

use crate::support;
use crate::support::program::{aigap, done, folder_with, read, shipped};
use aigap::chart::{Chart, pictures};
use aigap::draw::{Preset, Style};
use aigap::engine::Settings;
use aigap::metric::{Measure, Metric, Subject};
use aigap::scenario::{Layers, Scenario, load};
use aigap::study::{Attribute, Comparison};
use aigap::wording::comparison::luck;
use aigap::wording::{Lookup, Outlook, note, of_gap, story, years_of_gap};
use tempfile::TempDir;

fn case(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/{name}.toml"));
    let read = |path: &Path| std::fs::read(path).map_err(|error| error.to_string());
    // It extends the shipped baseline, which lies in another folder.
    let layers = Layers { allow_outside: true, ..Layers::default() };
    load(&path, &layers, None, &read).unwrap().scenario
}

/// All words of a run in one line.
fn told(scenario: &Scenario, paths: u64) -> String {
    story(scenario, &support::run(scenario, paths, 7), &[]).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn where_china_is_ahead_words_tiles_and_panels_speak_of_its_lead() {
    let scenario = case("china_ahead");
    let summary = support::run(&scenario, 4_000, 7);
    let outlook = Outlook::new(&scenario, &summary).unwrap();
    assert!(outlook.is_follow_leading() && outlook.leader() == "China" && outlook.trailer() == "US");
    let told = told(&scenario, 4_000);
    assert!(told.starts_with("China led by $5.75bn in 2018. The 2030 US/China ratio "), "{told}");
    assert!(told.contains("China’s lead in dollars") && !told.contains("US lead in dollars"), "{told}");
    assert!(!told.contains("wider"), "{told}");
    // What the US would have to do, and not what China would.
    let catch_up = note::true_if(Lookup::new(&scenario, &summary)).remove(0).text();
    assert!(catch_up.starts_with("To catch up with China by "), "{catch_up}");
    assert!(catch_up.contains(", US funding would have to gain "), "{catch_up}");
    assert!(catch_up.contains("; the US is ahead in some year until then in "), "{catch_up}");
    for chart in pictures::charts(&scenario, &summary) {
        if let Chart::Probability(chart) = &chart {
            for classes in chart.dollars.iter().chain(&chart.ratio) {
                assert!((classes.shares.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{classes:?}");
                assert!(classes.shares.iter().all(|share| *share >= -1e-12), "{classes:?}");
            }
            assert_eq!(chart.dollars.len(), scenario.years().len());
        }
        for preset in Preset::ALL {
            let drawing = chart.draw(Style { preset, ..Style::default() });
            let wrong = drawing.lint_layout();
            assert!(wrong.is_empty(), "{} {}:\n{}", chart.name(), preset.name(), wrong.join("\n"));
            let words = drawing.texts.iter().map(|text| text.words.as_str()).collect::<Vec<_>>().join(" ");
            if ["distribution", "distribution-histogram", "probability"].contains(&chart.name()) {
                // The title of the scenario, which stands at the foot, says itself who led.
                let others = words.replace(scenario.title(), "");
                assert!(others.contains("US ahead in ") && !others.contains("China ahead in "), "{words}");
            }
        }
    }
}

#[test]
fn two_sides_almost_alike_have_the_digits_that_tell_them_apart() {
    let scenario = case("almost_alike");
    let summary = support::run(&scenario, 20_000, 7);
    let deals = pictures::charts(&scenario, &summary).into_iter().find(|chart| chart.name() == "deals").unwrap();
    let words: Vec<String> = deals.draw(Style::default()).texts.into_iter().map(|text| text.words).collect();
    // 1,151 and 1,149 deals, simulated within a few of a hundred: no median is rounded to hundreds.
    for name in ["US median 1,1", "China median 1,1"] {
        let label = words.iter().find(|words| words.starts_with(name)).unwrap_or_else(|| panic!("{words:?}"));
        assert!(!label.ends_with("00"), "{label}");
    }
    assert!(words.iter().all(|words| !words.contains("1,100–1,200")), "{words:?}");
}

#[test]
fn a_page_on_figures_of_ones_own_agrees_with_its_tables() {
    let folder = TempDir::new().unwrap();
    for name in ["china_ahead", "almost_alike", "tiny_market"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/{name}.toml"));
        let path = path.display().to_string();
        let simulate = ["simulate", &path, "--allow-outside", "--paths", "2000", "--no-charts", "--quiet"];
        done(folder.path(), &[&simulate[..], &["--out", name]].concat());
        done(folder.path(), &["report", name, "-o", "note.html", "--quiet"]);
        done(folder.path(), &["report", "--check", "note.html", name, "--quiet"]);
        let page = read(folder.path().join("note.html"));
        let ahead = name == "china_ahead";
        let [questions, milestones] =
            ["probabilities", "milestones"].map(|table| read(folder.path().join(format!("{name}/{table}.csv"))));
        for (table, rows) in [
            (&questions, [",wider-in-dollars,", ",narrower-in-dollars,"]),
            (&questions, [",china-ahead-so-far,", ",us-ahead-so-far,"]),
            (&milestones, [",parity,", ",overtakes,"]),
        ] {
            assert_eq!(rows.map(|row| table.contains(row)), [!ahead, ahead], "{name}: {rows:?}");
        }
        // No constant of somebody else's data, no line on what this page cannot do.
        for strange in ["14%", "28%", "tornado", "back-test"] {
            assert!(
                !page.contains(&format!(">{strange}<")) && !page.contains(&format!(" {strange} ")),
                "{name}: {strange}"
            );
        }
    }
    assert!(!years_of_gap(&case("tiny_market")).is_empty());
}

/// "Identical" is a measurement: who changes a correlation of China's has shuffled its dice, and is told so.
#[test]
fn luck_is_called_identical_only_where_it_is() {
    let folder = folder_with(&["base.toml"]);
    let base = shipped("base.toml");
    let what_if = |name: &str, text: &str| {
        std::fs::write(
            folder.path().join(name),
            format!("extends = \"base.toml\"\ntitle = \"{name}\"\nsummary = \"x\"\n{text}"),
        )
        .unwrap();
    };
    what_if("growth.toml", "[china.deals]\ngrowth = \"9%\"\n");
    what_if("dice.toml", "[[correlations]]\nbetween = [\"us.deals\", \"china.deals\"]\nrho = 0.0\nwhy = \"x\"\n");
    let sentence = |name: &str| {
        let output = aigap(folder.path(), &["compare", &base, name, "--paths", "600", "--no-charts", "--no-attribute"]);
        let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code(), told.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let (code, told) = sentence("growth.toml");
    assert!(code == Some(0) && told.contains("With the same luck in both, “growth.toml”"), "{told}");
    let table = read(folder.path().join("output/base-vs-growth/compare.csv"));
    assert!(table.lines().skip(1).all(|line| line.ends_with(",all")), "{table}");
    let (code, told) = sentence("dice.toml");
    assert!(
        code == Some(0) && !told.contains("same luck in both,") && told.contains("the luck is not the same"),
        "{told}"
    );
    let table = read(folder.path().join("output/base-vs-dice/compare.csv"));
    assert!(table.lines().skip(1).any(|line| !line.ends_with(",all")), "{table}");
}

/// The foot of a chart of two what-ifs names the one whose luck is another, and of which series.
#[test]
fn the_foot_of_a_chart_names_the_what_if_whose_luck_is_another() {
    let base = support::scenario(support::BASE);
    let changed = |title: &str, from: &str, to: &str| {
        support::scenario(&support::BASE.replace("title = \"BASE\"", &format!("title = \"{title}\"")).replace(from, to))
    };
    let growth = changed("Growth", "4.08107741923882%", "9%");
    let dice = changed("Dice", "rho = 0.4", "rho = 0.5");
    let foot = |scenarios: &[&Scenario]| {
        luck(&Comparison::of(scenarios, &Settings::new(400, 7), None, Attribute::Never, &|_| {}))
    };
    assert_eq!(foot(&[&base, &growth]), "Each path is run under both scenarios with the same luck, so luck cancels.");
    let all = foot(&[&base, &growth, &dice]);
    assert_eq!(
        all,
        "Same luck on each path, but of China deal size and China deals under “Dice”, where a part of the spread is chance."
    );
}

/// Half of the interval of simulation behind the shares is that of the share that is known less well.
#[test]
fn the_error_of_shares_is_that_of_the_less_certain_one() {
    let folder = folder_with(&["base.toml"]);
    let set = "china.deal-size.growth.median=60%";
    let run = ["simulate", "base.toml", "--paths", "2000", "--no-charts", "--set", set, "--out", "run"];
    let said = done(folder.path(), &run);
    let rows = support::program::table(&read(folder.path().join("run/probabilities.csv")));
    let error = |question: &str| {
        let row = rows.iter().find(|row| row["question"] == question && row["year"] == "2030").unwrap();
        row["standard_error"].parse::<f64>().unwrap()
    };
    let [ratio, dollars] = ["wider-as-ratio", "wider-in-dollars"].map(|it| 196.0 * error(it));
    // Far enough from each other to be told apart in the digit that is printed.
    assert!(dollars > 1.5 * ratio, "{ratio} {dollars}");
    assert!(said.contains(&format!(", shares ±{dollars:.0} points")) && dollars > 1.0, "{dollars} in {said}");
}

/// A run that breaks a check which must hold on many paths says so in its first words; a warning and what is allowed do not.
#[test]
fn an_implausible_run_says_so_first() {
    let said = |severity: &str, allow: &str| {
        let check = format!(
            "[[checks]]\nname = \"c\"\nthat = \"ratio > 1\"\nseverity = \"{severity}\"\nallow = \"{allow}\"\nwhy = \"x\"\n"
        );
        told(&support::scenario(&format!("{}\n{check}", support::BASE)), 2_000)
    };
    let words = " of paths by a check of its own. ";
    let first = said("fail", "0%");
    assert!(first.starts_with("Implausible on ") && first.contains(words), "{first}");
    for (severity, allow) in [("warn", "0%"), ("fail", "90%")] {
        assert!(!said(severity, allow).contains(words), "{severity} {allow}");
    }
}

#[test]
fn a_star_says_the_same_in_the_table_of_a_run_and_on_its_charts() {
    let scenario = support::shipped_base();
    let summary = support::run(&scenario, 500, 7);
    let table = aigap::wording::table(&scenario, &summary);
    let gap = scenario.gap();
    let funding = |region| Measure { metric: Metric::Funding, subject: Subject::Region(region) };
    let measures = [funding(gap.lead()), funding(gap.follow()), of_gap(Metric::Gap), of_gap(Metric::Ratio)];
    let mut starred = 0;
    for (measure, (label, cells)) in measures.into_iter().zip(&table.rows) {
        for (year, cell) in [2022, 2023].into_iter().zip(cells) {
            let is_derived = measure.observed(&scenario, year).unwrap().derived;
            assert_eq!(cell.text().ends_with('*'), is_derived, "{label} {year}: {}", cell.text());
            starred += usize::from(is_derived);
        }
    }
    assert!((4..8).contains(&starred), "the funding of 2023 is stated, the gap never: {starred}");
    let story = aigap::wording::story(&scenario, &summary, &[]);
    assert!(story.contains(aigap::wording::STAR), "{story}");
    let gloss = aigap::wording::STAR.to_lowercase();
    let charts = pictures::charts(&scenario, &summary);
    let gap = charts.iter().find(|chart| chart.name() == "gap").unwrap().draw(Style::default());
    let footer: Vec<&str> = gap.texts.iter().map(|text| text.words.as_str()).collect();
    assert!(footer.join(" ").contains(&gloss), "{footer:?}");
    // An assumption is no figure that was worked out, and is said in words.
    let deals = charts.iter().find(|chart| chart.name() == "deals").unwrap().draw(Style::default());
    let words: Vec<&str> = deals.texts.iter().map(|text| text.words.as_str()).collect();
    assert!(words.join(" ").contains("Assumed: US deals of 2022 (1,157–1,317)"), "{words:?}");
    assert!(!words.contains(&"1,185*"), "{words:?}");
}
