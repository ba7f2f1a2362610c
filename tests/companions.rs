//! Funding over GDP, people and venture money: the metrics are what a pocket calculator says, in every money, and are
//! there only where a scenario states what to divide by.

use crate::support::program::{aigap, read, words};
use tempfile::TempDir;

/// A scenario without any doubt: funding grows by 20% and 10% a year, GDP by 5% and 7%.
const CERTAIN: &str = "title = \"x\"\nhorizon = 2025\n\
    [us.funding]\nmodel = \"random-walk\"\ngrowth = \"20%\"\nvolatility = \"0%\"\n\
    [china.funding]\nmodel = \"random-walk\"\ngrowth = \"10%\"\nvolatility = \"0%\"\n";
const GDP: &str = "[us.gdp]\ngrowth = \"5%\"\n[china.gdp]\ngrowth = [\"7%\", { from = 2025, value = \"-2%\" }]\n";
const PEOPLE: &str = "[us.population]\nfigure = 335000000\nsource = \"mine\"\ngrowth = \"0.5%\"\n";

/// `fan.csv` of a run of these few words.
fn fan(scenario: &str, flags: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("x.toml"), scenario).unwrap();
    let mut arguments = vec!["simulate", "x.toml", "--no-charts", "--paths", "64", "--out", "run"];
    arguments.extend(flags);
    let output = aigap(folder.path(), &arguments);
    assert!(output.status.success(), "{}", words(&output.stderr));
    let verified = aigap(folder.path(), &["verify", "run"]);
    assert!(verified.status.success(), "{}", words(&verified.stderr));
    read(folder.path().join("run/fan.csv"))
}

/// Median of a metric in a year.
fn median(fan: &str, metric: &str, region: &str, year: &str) -> f64 {
    let mut lines = fan.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let column = |name: &str| header.iter().position(|known| *known == name).unwrap();
    let of = |row: &[&str]| {
        [("metric", metric), ("region", region), ("year", year)].iter().all(|(name, value)| row[column(name)] == *value)
    };
    let rows = lines.map(|line| line.split(',').collect::<Vec<&str>>());
    let row = rows.into_iter().find(|row| of(row)).unwrap_or_else(|| panic!("{metric} {region} {year}\n{fan}"));
    row[column("p50")].parse().unwrap()
}

fn near(value: f64, expected: f64) {
    assert!((value / expected - 1.0).abs() < 1e-9, "{value} is not {expected}");
}

#[test]
fn funding_over_gdp_is_funding_over_a_gdp_that_grows() {
    let fan = fan(&(CERTAIN.to_owned() + GDP), &[]);
    let us = 31.0 * 1.2 * 1.2 / (27_720.7 * 1.05 * 1.05);
    let china = 2.0 * 1.1 * 1.1 / (17_794.8 * 1.07 * 0.98);
    near(median(&fan, "funding-per-gdp", "us", "2025"), us);
    near(median(&fan, "funding-per-gdp", "china", "2025"), china);
    near(median(&fan, "gap-per-gdp", "us-china", "2025"), us - china);
    near(median(&fan, "ratio-per-gdp", "us-china", "2025"), us / china);
    assert!(!fan.contains("per-population") && !fan.contains("per-venture-money"), "{fan}");
}

/// China's 2023: $2bn over 17,794.8 is 0.011%; the US 31 over 27,720.7 is 0.112%.
#[test]
fn a_share_of_gdp_is_the_same_in_every_money() {
    let text = CERTAIN.to_owned() + GDP;
    let dollars = fan(&text, &[]);
    let real_yuan = fan(&(text + "[money]\ncurrency = \"CNY\"\nprices = 2023\ninflation = \"3%\"\n"), &[]);
    for (metric, region) in [("funding-per-gdp", "us"), ("gap-per-gdp", "us-china"), ("ratio-per-gdp", "us-china")] {
        near(median(&real_yuan, metric, region, "2024"), median(&dollars, metric, region, "2024"));
    }
    assert!(median(&real_yuan, "funding", "us", "2024") > 6.0 * median(&dollars, "funding", "us", "2024"));
}

/// People are divided by in millions, so that $bn become $m per million people; a side without a figure has no gap.
#[test]
fn people_of_one_side_make_a_metric_of_that_side_alone() {
    let fan = fan(&(CERTAIN.to_owned() + PEOPLE), &[]);
    near(median(&fan, "funding-per-population", "us", "2024"), 1000.0 * 31.0 * 1.2 / (335.0 * 1.005));
    assert!(!fan.contains("gap-per-population") && !fan.contains("funding-per-population,china"), "{fan}");
}

/// 31 × 1.2 + 3 × 1.1 against 2 × 1.1 + 5 × 1.5, and the ratio as it is beside it.
#[test]
fn spending_outside_of_rounds_is_added_beside_funding_and_changes_none() {
    let outside = "[us.spending-outside]\nfigure = \"$3bn\"\ngrowth = \"10%\"\n\
                   [china.spending-outside]\nfigure = \"$5bn\"\ngrowth = \"50%\"\n";
    let (plain, with) = (fan(CERTAIN, &[]), fan(&(CERTAIN.to_owned() + outside), &[]));
    let (us, china) = (31.0 * 1.2 + 3.0 * 1.1, 2.0 * 1.1 + 5.0 * 1.5);
    near(median(&with, "funding-with-outside", "us", "2024"), us);
    near(median(&with, "gap-with-outside", "us-china", "2024"), us - china);
    near(median(&with, "ratio-with-outside", "us-china", "2024"), us / china);
    let rows =
        |fan: &str| fan.lines().filter(|row| !row.contains("-with-outside")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows(&plain), rows(&with));
}

/// Shipped packs over the shipped baseline say the ratio with and without in the summary.
#[test]
fn the_packs_say_the_ratio_with_and_without_what_they_count() {
    let folder = TempDir::new().unwrap();
    for (pack, words) in [
        ("per-gdp", "As shares of GDP the two stand at 9.9× in 2023"),
        ("state-funds-counted", "With spending outside of rounds counted the two stand at"),
    ] {
        let arguments = ["simulate", "base", "--with", pack, "--no-charts", "--paths", "512", "--out", pack];
        let output = aigap(folder.path(), &arguments);
        assert!(output.status.success(), "{}", crate::support::program::words(&output.stderr));
        let summary = read(folder.path().join(pack).join("summary.md"));
        assert!(summary.contains(words) && summary.contains("US ÷ China"), "{summary}");
        let verified = aigap(folder.path(), &["report", pack, "-o", "note.html"]);
        assert!(verified.status.success(), "{}", crate::support::program::words(&verified.stderr));
        let checked = aigap(folder.path(), &["report", "--check", "note.html", pack]);
        assert!(checked.status.success(), "{}", crate::support::program::words(&checked.stderr));
    }
}

#[test]
fn a_question_may_be_about_a_share_of_gdp_and_an_input_may_be_its_growth() {
    let asked = "[[questions]]\nname = \"q\"\nthat = \"us.funding-per-gdp in 2025 > 0.2%\"\n";
    let text = CERTAIN.to_owned() + GDP + asked;
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("x.toml"), &text).unwrap();
    for (growth, share) in [("5%", "0"), ("-15%", "1")] {
        let set = format!("us.gdp.growth={growth}");
        let arguments =
            ["simulate", "x.toml", "--no-charts", "--paths", "64", "--out", "run", "--force", "--set", &set];
        let output = aigap(folder.path(), &arguments);
        assert!(output.status.success(), "{}", words(&output.stderr));
        let answers = read(folder.path().join("run/probabilities.csv"));
        // 31 × 1.44 / 27,720.7 is 0.161% before growth: below 0.2% at +5%, above at −15%.
        let row = answers.lines().find(|line| line.starts_with("q,") || line.contains(",q,")).unwrap();
        assert!(row.split(',').any(|field| field == share), "{growth}: {row}");
    }
}
