//! Sentences and tables of a comparison say the numbers of its files, and parts add up as they are printed.

use std::collections::BTreeMap;

use super::{compared, with_step};
use crate::support::program::table;
use crate::support::{BASE, scenario};
use aigap::metric::Metric;
use aigap::study::Comparison;
use aigap::summary::PairedRow;
use aigap::table::comparison as of;
use proptest::prelude::*;

/// A printed number: a minus sign is a minus sign.
fn printed(text: &str) -> f64 {
    text.replace('−', "-").replace(['+', ','], "").trim().parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

/// A number of a file as a whole number of billionths, read from its digits.
fn billionths(text: &str) -> i128 {
    let negative = text.starts_with('-');
    let (whole, decimals) = text.trim_start_matches('-').split_once('.').unwrap_or((text.trim_start_matches('-'), ""));
    assert!(decimals.len() <= 9, "{text} has more than nine decimals");
    let value: i128 = format!("{whole}{decimals:0<9}").parse().unwrap();
    if negative { -value } else { value }
}

/// Every number in words is the number of the files, and what is printed of parts adds up to what is printed of the
/// whole.
pub fn agree(comparison: &Comparison) {
    let (pairs, parts) = (table(&of::compare(comparison).csv()), table(&of::attribution(comparison).csv()));
    let (page, story) = (
        aigap::report::comparison_md::summary_md(comparison, "aigap compare", &[]),
        aigap::wording::comparison_story(comparison, &[]),
    );
    let one_line = story.split_whitespace().collect::<Vec<_>>().join(" ");
    let year = comparison.horizon().to_string();
    for it in &comparison.what_ifs {
        let own = |row: &&BTreeMap<String, String>| row["what_if"] == it.side.scenario.name();
        let pair = pairs.iter().filter(own).find(|row| row["metric"] == "ratio" && row["year"] == year).unwrap();
        let number = |column: &str| pair[column].parse::<f64>().unwrap();
        let median = number("ratio_p50");
        let effect = aigap::wording::effect(median);
        let line = page.lines().find(|line| line.starts_with(&format!("| {} |", it.name.replace('_', "\\_")))).unwrap();
        assert!(line.split(" | ").nth(2).unwrap().starts_with(&effect), "{effect} is not in {line}");
        // Shocks are called identical only where they are.
        let named = ["raises", "multiplies", "cuts", "divides", "leaves"]
            .map(|verb| format!("“{}” {verb} the {year} ratio", it.name));
        let sentence = named.iter().find_map(|begins| Some(&one_line[one_line.find(begins.as_str())?..]));
        let same = it.luck.iter().all(|luck| luck.same);
        assert_eq!(one_line.contains(&format!("With the same luck in both, “{}”", it.name)), same, "{one_line}");
        let sentence = sentence.unwrap_or_else(|| panic!("no sentence on {}:\n{story}", it.name));
        let verb = if median >= 1.95 {
            "multiplies"
        } else if median > 1.05 {
            "raises"
        } else if median <= 1.0 / 1.95 {
            "divides"
        } else if median < 1.0 / 1.05 {
            "cuts"
        } else {
            "leaves"
        };
        assert!(sentence.contains(&format!("” {verb} the {year} ratio")), "{median}: {sentence}");
        if let Some(share) = sentence.split("larger in ").nth(1).filter(|_| number("smaller") > 0.0) {
            let row = PairedRow::of_gap(&it.rows, Metric::Ratio, comparison.horizon()).unwrap();
            assert_eq!(row.greater.value, number("greater"));
            let expected = aigap::wording::probability(&row.greater);
            assert!(share.starts_with(&expected), "{expected} is not in {sentence}");
        }
        // Shares that follow from the construction are not told.
        assert!(!sentence.contains("in 100%") && !sentence.contains("in 0%"), "{sentence}");
        for split in ["inputs", "assumptions then levers", "identity"] {
            let rows: Vec<_> = parts.iter().filter(own).filter(|row| row["split"] == split).collect();
            let columns = if split == "identity" {
                &["mean_log_ratio"][..]
            } else {
                &["log_median_ratio", "mean_gap", "wider_as_ratio"]
            };
            for column in columns {
                let of = |total: bool| {
                    rows.iter().filter(move |row| (row["part"] == "total") == total).map(|row| row[*column].as_str())
                };
                if rows.len() < 2 || of(true).chain(of(false)).any(str::is_empty) {
                    continue;
                }
                assert_eq!(
                    of(false).map(billionths).sum::<i128>(),
                    of(true).map(billionths).sum::<i128>(),
                    "{split} {column}"
                );
            }
        }
    }
    // Tables of parts on the page, column by column.
    for block in page.split("| | | ").skip(1) {
        let rows = block.lines().skip(2).take_while(|line| line.starts_with('|'));
        // Name, kind, and three columns of numbers between the strokes.
        let rows: Vec<Vec<&str>> = rows.map(|line| line.split('|').map(str::trim).skip(1).collect()).collect();
        let (total, parts) = rows.split_last().unwrap();
        assert_eq!(total[0], "**all**");
        for column in 2..5 {
            let cells: Vec<&str> = parts.iter().map(|row| row[column]).collect();
            if total[column] != "–" {
                let sum: f64 = cells.iter().map(|cell| printed(cell)).sum();
                let whole = printed(total[column]);
                assert!((sum - whole).abs() < 1e-9, "{cells:?} do not add up to {whole}\n{block}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn words_and_files_say_the_same_numbers(
        growth in -20.0..30.0f64, step in -60..150i32, chance in 1..100u32, swing in 5..90u32, gone in proptest::bool::ANY,
    ) {
        let base = scenario(&BASE.replace("horizon = 2035", "horizon = 2027"));
        let mut text = BASE.replace("horizon = 2035", "horizon = 2027").replace("4.08107741923882%", &format!("{growth:.2}%"));
        text = text.replace("volatility = \"45%\"", &format!("volatility = \"{swing}%\"")).replace("\"BASE\"", "\"What_if: other\"");
        if gone {
            let event = with_step("push", "china", "deals", &format!("{}{}%", if step < 0 { "" } else { "+" }, step));
            text += &event.replace("effect", &format!("chance = \"{chance}%\"\nkind = \"decision\"\neffect"));
        }
        let mut what_if = scenario(&text);
        what_if.rename("other");
        agree(&compared(&[&base, &what_if], 400, None));
    }
}
