//! What past forecasts were worth: nothing is fitted to what it is scored on, and sentences say what their table says.

use crate::support::program::{done, folder_with, read, refused, table};

#[test]
fn a_back_test_says_what_its_tables_say() {
    let folder = folder_with(&[]);
    let story = done(folder.path(), &["backtest", "ai-index-2022", "--out", "out"]);
    let models = table(&read(folder.path().join("out/models.csv")));
    let fit = models.iter().find(|row| row["model"] == "fit").unwrap();
    // From 2018 over three years, 2019 over two, 2020 over one, for two sides and their ratio.
    assert_eq!((fit["forecasts"].as_str(), fit["origins"].as_str()), ("18", "3"));
    let words = story.replace('\n', " ");
    let held =
        format!("Over 3 past starting years, bands meant to hold 8 in 10 outcomes held {} of 18.", fit["inside_80"]);
    assert!(words.contains(&held) && words.contains("too few tests to rank"), "{story}");
    assert!(!words.contains("forecast is"), "{story}");
    let scores = table(&read(folder.path().join("out/scores.csv")));
    let of = |metric: &str| -> Vec<f64> {
        let rows = scores.iter().filter(|row| row["model"] == "fit" && row["metric"] == metric);
        rows.map(|row| row["value"].parse().unwrap()).collect()
    };
    let inside: f64 = of("interval_coverage_80").iter().sum();
    assert_eq!(format!("{inside}"), fit["inside_80"]);
    let mean = of("crps").iter().sum::<f64>() / 18.0;
    assert!((mean / fit["crps"].parse::<f64>().unwrap() - 1.0).abs() < 1e-12);
    assert_eq!(scores.len(), 5 * 18 * 8);
    done(folder.path(), &["verify", "out"]);
    let json: serde_json::Value =
        serde_json::from_str(&done(folder.path(), &["backtest", "ai-index-2022", "--out", "j", "--json"])).unwrap();
    assert_eq!(json["models"].as_array().unwrap().len(), 5);
}

/// Forecasts from a year are the same whatever came after it.
#[test]
fn nothing_is_fitted_to_what_it_is_scored_on() {
    let folder = folder_with(&[]);
    let file = |name: &str, last: f64| {
        let mut text = "region,year,metric,value,unit,source,vintage\n".to_owned();
        for (place, level) in [5.0, 6.0, 9.0, 8.0, 12.0, 15.0, 14.0, 20.0, last].into_iter().enumerate() {
            let year = 2013 + place;
            text +=
                &format!("us,{year},funding,{level},USD bn,A,1\nchina,{year},funding,{},USD bn,A,1\n", 30.0 / level);
        }
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    file("a.csv", 25.0);
    file("b.csv", 250.0);
    let forecasts = |name: &str| {
        done(folder.path(), &["backtest", &format!("{name}.csv"), "--out", name, "--no-charts", "--quiet"]);
        let rows = table(&read(folder.path().join(name).join("backtest.csv")));
        rows.into_iter()
            .map(|row| {
                (
                    row["model"].clone(),
                    row["series"].clone(),
                    row["origin"].clone(),
                    row["horizon"].clone(),
                    row["p10"].clone(),
                    row["p90"].clone(),
                    row["observed"].clone(),
                )
            })
            .collect::<Vec<_>>()
    };
    let (a, b) = (forecasts("a"), forecasts("b"));
    assert_eq!(a.len(), b.len());
    let mut moved = 0;
    for (one, other) in a.iter().zip(&b) {
        assert_eq!((&one.4, &one.5), (&other.4, &other.5), "{one:?}");
        moved += usize::from(one.6 != other.6);
    }
    // What they are held against did change: three forecasts of five models about the last year, for three series.
    assert_eq!(moved, 3 * 5 * 3);
}

#[test]
fn what_cannot_be_back_tested_is_refused() {
    let folder = folder_with(&[]);
    let message = refused(folder.path(), &["backtest", "cb-insights-2024-01"], 3);
    assert!(message.contains("2 years of funding") && message.contains("a back-test needs at least 8"), "{message}");
    let message = refused(folder.path(), &["backtest", "ai-index-2022", "--horizons", "0"], 2);
    assert!(message.contains("0"), "{message}");
    let one = done(folder.path(), &["backtest", "ai-index-2022", "--origins", "1", "--horizons", "1", "--out", "one"]);
    assert!(one.contains("From one past starting year"), "{one}");
}
