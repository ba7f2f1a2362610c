//! Every command of the README runs, in a folder laid out as the repository is; its tables, and one of the book, are made again.

use std::path::Path;
use std::process::Command;

use aigap::data::{BuiltIn, Dataset};
use aigap::engine::Settings;
use aigap::metric::{Measure, Metric, Subject};
use aigap::study::{Frozen, Reading, Score, Scored, ScoredReading, Sought};
use aigap::summary::{Estimate, Summary, Wanted};
use aigap::wording;

use crate::support;
use crate::support::program::words_of;

/// Blocks of a language, in order.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    text.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// What stands between two marks of the README, with what stands before and behind.
fn marked<'a>(text: &'a str, mark: &str) -> (&'a str, &'a str, &'a str) {
    let (before, rest) = text.split_once(&format!("<!-- {mark} -->\n")).unwrap();
    let (inside, behind) = rest.split_once("<!-- end -->").unwrap();
    (before, inside, behind)
}

const MARK: &str = "what would have to be true";

/// The table of a goal, made again: each assumption that can do it alone with the scenario's own chance, or the best there is.
fn rows_of(label: &str, arguments: &[String]) -> String {
    let flag = |name: &str| {
        let place = arguments.iter().position(|it| it == name).unwrap_or_else(|| panic!("{name} in {arguments:?}"));
        arguments[place + 1].as_str()
    };
    let scenario = support::shipped_base();
    let goal = scenario.goal(flag("--so-that")).unwrap();
    // The commands leave both as they are by default.
    let settings = Settings::new(100_000, Settings::DEFAULT_SEED);
    let found = Sought::seek(&scenario, goal, Vec::new(), &settings, &|_| {});
    let today = wording::percent(found.today.value);
    let parts = wording::one_thing_at_a_time(&found);
    let part = |head: &str| parts.iter().find(|(known, _)| known.contains(head)).map(|(_, rows)| rows.as_slice());
    let mut rows = String::new();
    for (place, (name, cells)) in part("chance").unwrap_or_default().iter().enumerate() {
        let [needed, chance, now] = cells.as_slice() else { panic!("three cells") };
        let first = if place == 0 { format!("{label} | {today}") } else { " |".to_owned() };
        rows += &format!("| {first} | {name} {needed} (now {now}) | {chance} |\n");
    }
    if rows.is_empty() {
        let (name, cells) = &part("not enough alone").unwrap()[0];
        rows = format!(
            "| {label} | {today} | no single assumption does it between its first and last percentile; the best, {name} at {}, brings the chance to {} | – |\n",
            cells[1], cells[0]
        );
    }
    rows
}

/// The first thing that the README says, with its commands.
#[test]
fn the_table_of_what_would_have_to_be_true_is_made_by_its_commands() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, inside, behind) = marked(&text, MARK);
    let block = blocks(inside, "sh")[0];
    let lines: Vec<&str> = block.lines().collect();
    let mut table =
        "| so that, as likely as not, | chance today | one thing at a time, all else as assumed | chance of that |\n\
                     |---|---|---|---|\n"
            .to_owned();
    for pair in lines.chunks(2) {
        let [label, command] = pair else { panic!("a label and a command: {pair:?}") };
        table += &rows_of(label.strip_prefix("# ").unwrap(), &words_of(command));
    }
    assert_eq!(lines.len(), 6);
    let made = format!("{before}<!-- {MARK} -->\n{table}\n```sh\n{block}```\n<!-- end -->{behind}");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    assert_eq!(text, made, "run the test once with UPDATE_README=1");
}

/// Scores of funding of both sides, gap and ratio in the last year that an edition states.
fn of_the_gap(reading: &ScoredReading) -> Vec<&Score> {
    let measures = [
        (Metric::Funding, Subject::Region(0)),
        (Metric::Funding, Subject::Region(1)),
        (Metric::Gap, Subject::Gap),
        (Metric::Ratio, Subject::Gap),
    ];
    let row = |(metric, subject)| reading.row(Measure { metric, subject }, reading.last_year()).unwrap();
    measures.into_iter().map(row).collect()
}

/// An amount or a ratio as it is published.
fn stated(metric: Metric, value: f64) -> String {
    let exact = Estimate::certain(value);
    if metric == Metric::Ratio { wording::ratio_within(exact) } else { wording::money_within(exact) }
}

/// What rounding and revision leave of an outcome, and of the share of paths below it.
fn within(score: &Score) -> String {
    let [below_low, below_high] = [score.percentile[1], score.percentile[2]].map(wording::percent);
    if below_low == below_high {
        return String::new();
    }
    let [low, high] = [score.outcome.low, score.outcome.high].map(Estimate::certain);
    let range = match score.outcome.measure.metric {
        Metric::Ratio => wording::ratio_range_within(low, high),
        _ => wording::money_range_short_within(low, high),
    };
    format!(" ({range}; {}–{below_high})", below_low.trim_end_matches('%'))
}

/// The figures of an edition taken as they stand, and with both sides brought down by what the world's total was restated by:
/// how many of the four lie inside the bands then.
fn otherwise(run: &Scored, figures: &Dataset) -> String {
    let summary = &run.run.summary;
    let [us, china] = ["us", "china"].map(|it| figures.find(it, "funding", run.readings[0].last_year()).unwrap().value);
    let restated = run.readings[0].world_restated.unwrap();
    let named = [
        ("the first, as published and not adjusted".to_owned(), 1.0),
        (
            format!("the first, both sides down by the {} of the world’s total", wording::percent(restated)),
            1.0 + restated,
        ),
    ];
    let mut rows = String::new();
    for (name, factor) in named {
        let (us, china) = (us / factor, china / factor);
        let values = [us, china, us - china, us / china];
        let mut inside = 0;
        let mut cells = Vec::new();
        for (score, value) in of_the_gap(&run.readings[0]).into_iter().zip(values) {
            let row = summary.fan_row(score.outcome.measure, score.outcome.year).unwrap();
            let spread = row.simulated.as_ref().unwrap();
            let [low, high] = [0.1, 0.9].map(|level| spread.quantile(level).unwrap());
            let is_inside = (low..=high).contains(&value);
            inside += usize::from(is_inside);
            let place = if is_inside {
                "inside"
            } else if value > high {
                "above the band"
            } else {
                "below the band"
            };
            cells.push(format!("{}, {place}", stated(score.outcome.measure.metric, value)));
        }
        rows += &format!("| {name} | {} | {inside} of {} |\n", cells.join(" | "), values.len());
    }
    rows
}

const SCORED: &str = "how it did";
const SCORED_ON: &str = "docs/src/explanation/how-good.md";

/// How the baseline did on what came, in each reading, made again.
#[test]
fn the_table_of_how_the_baseline_did_is_made_by_its_commands() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(SCORED_ON);
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, _, behind) = marked(&text, SCORED);
    let scenario = support::shipped_base();
    let settings = Settings::new(100_000, Settings::DEFAULT_SEED);
    let summary = Summary::of(&scenario, &settings, Wanted::default(), &|_| {});
    let run = Frozen { scenario, summary, made_again: Some(settings), version: String::new() };
    let set = |name: &str| BuiltIn::named(name).unwrap().read();
    let editions = set("ai-index-editions").of_edition("2025-04").unwrap();
    let readings = [set("cb-insights-2025-01"), editions].map(|set| Reading::new(set).unwrap());
    let run = Scored::of(run, &readings, false).unwrap();
    let mut table =
        "| as told by | US | China | gap | ratio | inside the 80% bands |\n|---|---|---|---|---|---|\n".to_owned();
    let rows = wording::score_rows(&run);
    for ((name, cells), reading) in rows.iter().zip(&run.readings) {
        let mut cells: Vec<String> = cells.iter().map(wording::Text::text).collect();
        for (cell, measured) in cells.iter_mut().zip(of_the_gap(reading)) {
            *cell += &within(measured);
        }
        table += &format!("| {name} | {} |\n", cells.join(" | "));
    }
    table += &otherwise(&run, &readings[0].figures);
    let commands = "aigap simulate scenarios/base.toml\n\
                    aigap score output/base --observed cb-insights-2025-01 --observed ai-index-editions\n";
    let words = "Each cell: what came on the basis of the run, and above how many of its paths that lies; in brackets what rounding and \
                 the doubt about revisions leave of both (95%). The last two rows take the figures of the first in other ways.";
    let made = format!("{before}<!-- {SCORED} -->\n{table}\n{words}\n\n```sh\n{commands}```\n<!-- end -->{behind}");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    assert_eq!(text, made, "run the test once with UPDATE_README=1");
}

#[test]
fn every_command_of_the_readme_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("README.md")).unwrap();
    // Those of the first table are run by the test of its numbers.
    let (before, _, behind) = marked(&text, MARK);
    let text = format!("{before}{behind}");
    let folder = tempfile::tempdir().unwrap();
    for part in ["scenarios", "scenarios/packs"] {
        std::fs::create_dir(folder.path().join(part)).unwrap();
        for entry in std::fs::read_dir(root.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, folder.path().join(part).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    let mut commands = 0;
    for line in blocks(&text, "sh")
        .iter()
        .flat_map(|block| block.lines())
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let line = line.replace("cargo run --release --", "aigap");
        let all = words_of(&line);
        assert_eq!(all[0], "aigap", "{line}");
        let output =
            Command::new(env!("CARGO_BIN_EXE_aigap")).args(&all[1..]).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
        commands += 1;
    }
    assert!(commands >= 7);
    assert!(text.lines().count() <= 120, "the book has room for more");
    let picture = "examples/note/note-figures/gap.png";
    assert!(text.contains(picture) && root.join(picture).exists());
}
