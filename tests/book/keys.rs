//! Every key of the reference held against the program: its example is read, what has to be written is asked for, what holds
//! without it does, and it moves what it is said to move.

use std::collections::BTreeSet;

use aigap::scenario::{KeyTable, Layers, ListedKey, Scenario, Used, Without, key_tables};
use aigap::table;

use crate::support::runs;

const HORIZON: &str = "horizon = 2030\n";
const US: &str = "[us.funding]\nmodel = \"random-walk\"\ngrowth = \"3%\"\nvolatility = \"20%\"\n";
const CHINA: &str = "[china.funding]\nmodel = \"random-walk\"\ngrowth = \"3%\"\nvolatility = \"20%\"\n";
const STATES: &str =
    "model = \"regime\"\ngrowth = { boom = \"20%\", bust = \"-10%\" }\nvolatility = { boom = \"9%\", bust = \"9%\" }\n";

/// A scenario with a place for the lines of one table.
struct Frame {
    before: String,
    /// Lines of the table that stand there where an example does not say the same.
    lines: Vec<&'static str>,
    behind: String,
}

/// Deals and deal size of both sides.
fn deals() -> String {
    let series = ["us.deals", "us.deal-size", "china.deals", "china.deal-size"];
    series.map(|it| format!("[{it}]\nmodel = \"random-walk\"\ngrowth = \"3%\"\nvolatility = \"20%\"\n")).concat()
}

/// Where the keys of a table stand; `None` for tables whose keys are tables themselves.
fn frame(of: &str, word: &str) -> Option<Frame> {
    let funding = format!("{HORIZON}{US}{CHINA}");
    let whole = format!("{HORIZON}{}", deals());
    let event = ["name = \"it\"", "region = \"china\"", "year = 2026", "effect = { step = \"+30%\" }"];
    let (before, lines): (String, Vec<&str>) = match (of, word) {
        ("top" | "source", _) => {
            return Some(Frame {
                before: String::new(),
                lines: vec!["horizon = 2030"],
                behind: format!("{US}{CHINA}"),
            });
        }
        ("[run]", _) => (funding + "[run]\n", vec![]),
        ("[REGION.SERIES]", "levels") => (format!("{HORIZON}{CHINA}[us.funding]\n"), vec!["model = \"path\""]),
        ("[REGION.SERIES]" | "value" | "lognormal", _) => (
            format!("{HORIZON}{CHINA}[us.funding]\n"),
            vec!["model = \"random-walk\"", "growth = \"3%\"", "volatility = \"20%\""],
        ),
        ("[REGION.gdp]", _) => (funding + "[us.gdp]\n", vec!["growth = \"4%\""]),
        ("[REGION.counting]", "deals") => (whole + "[us.counting]\n", vec!["sizes = true"]),
        ("[REGION.counting]", _) => (whole + "[us.counting]\n", vec!["deals = \"poisson\""]),
        ("deals" | "sizes", _) => (whole + "[us.counting]\n", vec![]),
        ("[shocks]", "tail") => (funding + "[shocks]\n", vec!["law = { student-t = 4 }"]),
        ("[shocks]" | "[shocks] law", _) => (funding + "[shocks]\n", vec![]),
        ("[[correlations]]", _) => {
            (whole + "[[correlations]]\n", vec!["between = [\"us.deals\", \"us.deal-size\"]", "rho = 0.2"])
        }
        ("[regimes]", _) => {
            let before = format!("{HORIZON}[us.funding]\n{STATES}[china.funding]\n{STATES}[regimes]\n");
            let moves = "transitions = { boom = { bust = \"40%\" }, bust = { boom = \"20%\" } }";
            (before, vec!["states = [\"boom\", \"bust\"]", moves])
        }
        ("[[events]]", "name") => {
            (whole + "[[events]]\n", [&event[..], &["series = \"deals\"", "chance = \"50%\""]].concat())
        }
        ("[[events]]", _) => (whole + "[[events]]\n", [&event[..], &["series = \"deal-size\""]].concat()),
        ("effect", _) => (funding + "[[events]]\n", [&event[..], &["series = \"funding\""]].concat()),
        ("[[jumps]]", _) => {
            let numbers = ["series = \"deal-size\"", "chance-per-year = \"20%\"", "size = \"-40%\""];
            (whole + "[[jumps]]\n", [&event[..2], &numbers].concat())
        }
        ("[measurement]", "transient-in-base") => (funding + "[measurement]\n", vec!["transient = { us = \"10%\" }"]),
        ("[measurement]", "transient") => (funding + "[measurement]\n", vec![]),
        ("[measurement]", _) => (whole + "[measurement]\n", vec![]),
        ("[measurement.rounding.REGION]", _) => (whole + "[measurement.rounding.us]\n", vec![]),
        ("[money]", "exchange-rate") => (funding + "[money]\n", vec!["currency = \"CNY\""]),
        ("[money]", "inflation") => (funding + "[money]\n", vec!["prices = 2022"]),
        ("[money]", "prices") => (funding + "[money]\n", vec!["inflation = \"2%\""]),
        ("[money]", _) => (funding + "[money]\n", vec![]),
        ("[[draws]]", _) => (
            format!("{HORIZON}[us.funding]\nmodel = \"random-walk\"\nvolatility = \"20%\"\n{CHINA}[[draws]]\n"),
            vec!["file = \"panel.csv\"", "of = [\"us.funding.growth\"]"],
        ),
        ("[[questions]]" | "[[checks]]", _) => {
            (format!("{funding}{of}\n"), vec!["name = \"it\"", "that = \"gap in 2030 > 20bn USD\""])
        }
        _ => return None,
    };
    Some(Frame { before, lines, behind: String::new() })
}

/// The key of a line.
fn key_of(line: &str) -> &str {
    line.split_once('=').unwrap().0.trim()
}

impl Frame {
    /// The scenario with these lines in the table, and without what it has of this key.
    fn with(&self, own: &str, dropped: &str) -> String {
        let mut text = self.before.clone();
        for line in self.lines.iter().filter(|line| key_of(line) != dropped) {
            text += &format!("{line}\n");
        }
        text + own + "\n" + &self.behind
    }
}

/// A scenario of its text, where it is accepted.
fn read(text: &str) -> Option<Scenario> {
    let rows: String = (0..200).map(|row| format!("{}\n", f64::from(row) / 4000.0)).collect();
    let panel = format!("us.funding.growth\nlog points\n{rows}");
    let base = format!("{HORIZON}{US}{CHINA}");
    let files = [("test.toml", text), ("panel.csv", panel.as_str()), ("base.toml", base.as_str())];
    runs::try_read(&files, &Layers::default()).ok().map(|it| it.scenario)
}

/// A line without the key inside its braces, or with another value of it; `None` where the key does not stand inside.
fn inside(line: &str, word: &str, value: Option<&str>) -> Option<String> {
    let start = line.find(&format!(" {word} = ")).filter(|at| line[..*at].contains('{'))? + 1;
    let mut depth = 0;
    let end = line[start..].char_indices().find(|(_, sign)| {
        match sign {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        depth < 0 || (depth == 0 && *sign == ',')
    });
    let end = start + end?.0;
    let entry = value.map_or_else(String::new, |value| format!("{word} = {value}"));
    let before = line[..start].trim_end();
    let behind = line[end..].trim_start();
    let (before, behind) = match value {
        Some(_) => (before, behind),
        None if before.ends_with(',') => (before.trim_end_matches(','), behind),
        None => (before, behind.trim_start_matches(',')),
    };
    Some(format!("{before} {entry} {behind}"))
}

/// Keys with the table that they stand in, and where that stands.
fn each(mut look: impl FnMut(&KeyTable, &ListedKey, &Frame)) {
    for table in key_tables() {
        for key in &table.keys {
            if let Some(frame) = frame(table.name, key.word).filter(|_| !key.example.starts_with('[')) {
                look(&table, key, &frame);
            }
        }
    }
}

/// Everything that a run says of its paths.
fn says(scenario: &Scenario) -> Vec<String> {
    let summary = runs::run(scenario, 512, 7);
    let tables = [table::run::fan(scenario, &summary), table::run::milestones(scenario, &summary)];
    let mut lines: Vec<String> =
        tables.iter().flat_map(|it| it.csv().lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    lines.sort();
    lines
}

/// Lines of a scenario in whatever order.
fn lines_of(text: &str) -> BTreeSet<&str> {
    text.lines().filter(|line| !line.is_empty()).collect()
}

/// Lines about a metric.
fn about(lines: &[String], metric: &str) -> Vec<String> {
    // A rate of exchange that both sides share leaves a quotient but for its last digit.
    let rounded = |field: &str| field.parse::<f64>().map_or(field.to_owned(), |number| format!("{number:.9e}"));
    let found = lines.iter().filter(|line| line.split(',').any(|field| field == metric));
    found.map(|line| line.split(',').map(rounded).collect::<Vec<_>>().join(",")).collect()
}

#[test]
fn every_example_of_a_key_is_read_and_holds_the_key() {
    let mut number = 0;
    each(|table, key, frame| {
        let text = frame.with(&key.example, key_of(&key.example));
        assert!(read(&text).is_some(), "{} {}: this is refused\n{text}", table.name, key.word);
        // The shortest way to write a certain number names no key.
        let holds = key.example.contains(&format!("{} = ", key.word));
        assert!(holds, "{} {}: {}", table.name, key.word, key.example);
        number += 1;
    });
    assert!(number > 100, "{number}");
}

#[test]
fn a_key_is_asked_for_where_it_is_said_to_be() {
    let mut required = 0;
    each(|table, key, frame| {
        let told_to_complete = matches!(key.without, Without::Told(told) if told.ends_with("has to have it"));
        if key_of(&key.example) != key.word || told_to_complete {
            return;
        }
        let needed = key.without == Without::Required;
        let text = frame.with("", key.word);
        assert_eq!(read(&text).is_none(), needed, "{} {}\n{text}", table.name, key.word);
        required += usize::from(needed);
    });
    assert!(required > 15, "{required}");
}

#[test]
fn what_is_told_to_hold_without_a_key_does() {
    let mut number = 0;
    each(|table, key, frame| {
        let Without::Is(value) = key.without else { return };
        let own = key_of(&key.example);
        let [with, without] = [Some(value), None].map(|value| {
            let nested = inside(&key.example, key.word, value);
            nested.unwrap_or_else(|| value.map_or_else(String::new, |value| format!("{} = {value}", key.word)))
        });
        let [with, without] = [with, without].map(|lines| {
            let text = frame.with(&lines, own);
            says(&read(&text).unwrap_or_else(|| panic!("{} {}: this is refused\n{text}", table.name, key.word)))
        });
        assert_eq!(with, without, "{} {} = {value}", table.name, key.word);
        number += 1;
    });
    assert!(number > 20, "{number}");
}

#[test]
fn a_key_moves_what_it_is_said_to_be_used_in() {
    let (mut number, mut wrong) = (0, Vec::new());
    each(|table, key, frame| {
        // How a run is made is no part of what a scenario says; a file that is extended here says the same.
        if table.name == "[run]" || key.word == "extends" {
            return;
        }
        let own = key_of(&key.example);
        let with = frame.with(&key.example, own);
        let nested = inside(&key.example, key.word, None);
        let nested = nested.map(|lines| frame.with(&lines, own)).filter(|text| read(text).is_some());
        let without = nested.unwrap_or_else(|| frame.with("", ""));
        let (Some(before), Some(after)) = (read(&without), read(&with)) else { return };
        if lines_of(&with) == lines_of(&without) {
            return;
        }
        let [before, after] = [before, after].map(|it| says(&it));
        let same = |metric| about(&before, metric) == about(&after, metric);
        let fits = match key.used {
            // Deals and deal size may move and leave their product as it is.
            Used::Figures | Used::Simulation => before != after,
            Used::Questions => same("funding"),
            Used::Amounts => same("ratio") && !same("funding"),
            Used::Words => before == after,
        };
        if !fits {
            wrong.push(format!("{} {} in {}:\n{with}\nbeside\n{without}", table.name, key.word, key.used.name()));
        }
        number += 1;
    });
    assert!(wrong.is_empty(), "these are not used so:\n{}", wrong.join("\n"));
    assert!(number > 70, "{number}");
}
