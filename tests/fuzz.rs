//! Inputs made up by the thousand: whatever stands in a file, a flag or a condition, the answer is a result or a list of problems.
//!
//! Seeds are fixed, so that a fault is found again; `AIGAP_FUZZ_SECONDS=600 cargo test --release fuzz::` looks longer, on from
//! the same seed. `tests/README.md` says what was tried and found.

mod asked;

use std::path::Path;
use std::time::{Duration, Instant};

use aigap::cli::all_rendered;
use aigap::data::Dataset;
use aigap::diagnostic::Sources;
use aigap::scenario::{Layers, Loaded, Rejected, load};
use aigap::store::files;
use aigap::store::manifest::Manifest;
use aigap::study::{Input, Inputs, Prepared, Recipe};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

/// Tries so many inputs, or as many as fit into the time that was asked for, and says how many on stderr.
#[expect(clippy::disallowed_methods, reason = "how long to try is a matter of the clock; what is tried is not")]
fn tries(target: &str, usual: u64, mut attempt: impl FnMut(&mut ChaCha8Rng)) {
    let seconds = std::env::var("AIGAP_FUZZ_SECONDS").ok().and_then(|it| it.parse().ok()).map(Duration::from_secs);
    let begin = Instant::now();
    let mut tried = 0;
    while seconds.map_or(tried < usual, |time| begin.elapsed() < time) {
        // Each input has a seed of its own, which its failure names.
        let mut random = ChaCha8Rng::seed_from_u64(tried);
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| attempt(&mut random)));
        assert!(result.is_ok(), "{target}: input {tried} is a fault");
        tried += 1;
    }
    eprintln!("{target}: {tried} inputs");
}

fn one_of<'a>(random: &mut ChaCha8Rng, from: &[&'a str]) -> &'a str {
    from[random.random_range(0..from.len())]
}

/// Values that people write, and values that nobody should.
const VALUES: [&str; 48] = [
    "0",
    "1",
    "-1",
    "7",
    "0.5",
    "-0.0",
    "1e308",
    "-1e308",
    "nan",
    "inf",
    "-inf",
    "9007199254740993",
    "\"0%\"",
    "\"12%\"",
    "\"-99.9%\"",
    "\"-100%\"",
    "\"150%\"",
    "\"1e3%\"",
    "\"$31\"",
    "\"$31bn\"",
    "\"-$5bn\"",
    "\"$0bn\"",
    "\"¥14bn\"",
    "\"+60%\"",
    "\"+12pp\"",
    "\"2.5 years\"",
    "\"1.500\"",
    "\"1,500\"",
    "2023",
    "2026",
    "2026.5",
    "\"2,026\"",
    "\"2026\"",
    "9999",
    "true",
    "[]",
    "[1, 2]",
    "{}",
    "\"\"",
    "\"us\"",
    "\"random-walk\"",
    "{ p10 = \"-5%\", p90 = \"12%\" }",
    "{ p10 = \"0%\", p90 = \"30%\" }",
    "{ mean = \"20%\", sd = \"200%\" }",
    "{ uniform = [2025, 2028] }",
    "{ one-of = [2026, \"2027\"] }",
    "{ triangular = [\"0%\", \"5%\", \"9%\"] }",
    "[\"5%\", { from = 2026, value = \"9%\" }]",
];

/// Keys and headings of scenario files, and some that are none.
const LINES: [&str; 30] = [
    "[us.deals]",
    "[us.funding]",
    "[rest.funding]",
    "[china.counting]",
    "[measurement]",
    "[money]",
    "[shocks]",
    "[regimes]",
    "[[events]]",
    "[[jumps]]",
    "[[correlations]]",
    "[[questions]]",
    "[[checks]]",
    "[run]",
    "[\"South Korea\".funding]",
    "model = \"fade\"",
    "model = \"regime\"",
    "model = \"path\"",
    "growth = ",
    "volatility = ",
    "persistence = ",
    "name = \"x\"",
    "effect = { step = \"+10%\" }",
    "effect = { floor = \"$1000bn\" }",
    "year = ",
    "chance = ",
    "sizes = true",
    "paths = ",
    "exchange-rate = ",
    "remove = true",
];

/// A text with a few of its pieces cut, doubled, moved, or exchanged for others.
fn mutated(random: &mut ChaCha8Rng, text: &str, pieces: &[&str]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..random.random_range(1..6) {
        let place = random.random_range(0..lines.len());
        let other = random.random_range(0..lines.len());
        match random.random_range(0..7) {
            0 => drop(lines.remove(place)),
            1 => lines.insert(place, lines[other].clone()),
            2 => lines.swap(place, other),
            3 => lines.insert(place, format!("{}{}", one_of(random, &LINES), one_of(random, pieces))),
            4 => {
                let key = lines[place].split('=').next().unwrap_or_default().to_owned();
                lines[place] = format!("{key}= {}", one_of(random, pieces));
            }
            5 => {
                let mut letters: Vec<char> = lines[place].chars().collect();
                let at = random.random_range(0..=letters.len());
                letters.insert(
                    at,
                    ['"', '=', '[', '{', ',', '\\', '\u{feff}', '\u{1b}', '−', 'é', '#', '.']
                        [random.random_range(0..12)],
                );
                lines[place] = letters.into_iter().collect();
            }
            _ => {
                let at = lines[place].char_indices().map(|(at, _)| at).nth(random.random_range(0..40)).unwrap_or(0);
                lines[place].truncate(at);
            }
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
    }
    lines.join("\n")
}

fn shipped() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "toml"));
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// Reads a scenario of these texts; what is refused is told with its places.
fn read(text: &str, data: &str, layers: &Layers) -> Result<Loaded, Box<Rejected>> {
    let base = include_str!("../scenarios/base.toml");
    let file = |path: &Path| {
        Ok(match path.extension().and_then(|it| it.to_str()) {
            Some("csv") => data.into(),
            _ if path.ends_with("base.toml") => base.into(),
            _ => text.as_bytes().to_vec(),
        })
    };
    let loaded = load(Path::new("fuzz.toml"), layers, None, &file);
    match &loaded {
        Ok(loaded) => drop(all_rendered(&loaded.warnings, &loaded.sources, true)),
        Err(rejected) => {
            assert!(!rejected.problems.is_empty());
            drop(all_rendered(&rejected.problems, &rejected.sources, false));
        }
    }
    loaded
}

/// What a run folder keeps of a scenario is the same scenario.
fn stays_itself(loaded: &Loaded, data: &str) {
    let text = loaded.scenario.resolved_toml();
    let again = read(&text, data, &Layers::default());
    let again = again.unwrap_or_else(|it| panic!("{text}\n{}", all_rendered(&it.problems, &it.sources, false)));
    assert_eq!(again.scenario.resolved_toml(), text);
}

#[test]
fn texts_of_scenarios() {
    let texts = shipped();
    tries("scenario texts", 150, |random| {
        let text = &texts[random.random_range(0..texts.len())];
        let text = mutated(random, text, &VALUES);
        if let Ok(loaded) = read(&text, "", &Layers::default()) {
            stays_itself(&loaded, "");
        }
    });
}

#[test]
fn files_of_figures() {
    let data = include_str!("../data/cb-insights-2024-01.csv");
    let cells = [
        "",
        "0",
        "-1",
        "14",
        "1e308",
        "nan",
        "us",
        "United States",
        "funding",
        "share per year",
        "USD bn",
        "\"",
        "\"a\nb\"",
        ";",
        "2023.5",
    ];
    tries("files of figures", 400, |random| {
        let mut text = if random.random_range(0..4) == 0 { mutated(random, data, &cells) } else { data.to_owned() };
        for _ in 0..random.random_range(0..4) {
            let mut lines: Vec<&str> = text.lines().collect();
            let place = random.random_range(0..lines.len());
            let mut fields: Vec<&str> = lines[place].split(',').collect();
            let column = random.random_range(0..fields.len());
            fields[column] = one_of(random, &cells);
            let line = fields.join(",");
            lines[place] = &line;
            text = lines.join("\n");
        }
        let mut sources = Sources::default();
        if let Err(problems) = Dataset::parse("fuzz.csv", &text, &mut sources) {
            assert!(!problems.is_empty());
            drop(all_rendered(&problems, &sources, false));
        }
    });
}

#[test]
fn values_set_on_the_command_line() {
    let base = read(include_str!("../scenarios/base.toml"), "", &Layers::default()).expect("the baseline is valid");
    let addresses: Vec<String> = base.scenario.assumptions().iter().map(|it| it.address().to_owned()).collect();
    let others = [
        "horizon",
        "run.paths",
        "money.currency",
        "us.deals",
        "events.x.step",
        "",
        ".",
        "us..growth",
        "title",
        "data",
        "us.counting.sizes",
    ];
    tries("values set", 100, |random| {
        let address = match random.random_range(0..3) {
            0 => one_of(random, &others).to_owned(),
            _ => addresses[random.random_range(0..addresses.len())].clone(),
        };
        let from = one_of(random, &["", "", " from 2027", " from 1999", " from ", "\nhorizon = 2026"]);
        let set = vec![format!("{address}={}{from}", one_of(random, &VALUES))];
        if let Ok(loaded) = read("extends = \"base.toml\"\n", "", &Layers { set, ..Layers::default() }) {
            stays_itself(&loaded, "");
        }
    });
}

/// One line of figures with any cells, below their heading.
#[test]
fn rows_of_figures() {
    let cells = [
        "us",
        "china",
        "United States",
        "funding",
        "deals",
        "share",
        "2023",
        "2023.5",
        "USD bn",
        "number",
        "14",
        "1,151",
        "−0.38",
        "12%",
        "$31bn",
        "nan",
        "",
        "\"",
        "\"a\nb\"",
        ";",
        "about",
        "31",
        "0",
        "-1",
        "1e308",
        "per year",
        "x",
    ];
    let heading = include_str!("../data/cb-insights-2024-01.csv").lines().find(|line| !line.starts_with('#')).unwrap();
    tries("rows of figures", 5_000, |random| {
        let row: Vec<&str> = (0..random.random_range(1..12)).map(|_| one_of(random, &cells)).collect();
        let text = format!("{heading}\n{}\n", row.join(","));
        let mut sources = Sources::default();
        if let Err(problems) = Dataset::parse("fuzz.csv", &text, &mut sources) {
            assert!(!problems.is_empty());
            drop(all_rendered(&problems, &sources, false));
        }
    });
}

#[test]
fn manifests() {
    let prepared = prepared(include_str!("../scenarios/base.toml"), Vec::new()).expect("the baseline is valid");
    let made = files(&prepared, &prepared.run(&|_| {}).expect("a small run"));
    let (_, whole) = made.iter().find(|(name, _)| name == "manifest.json").expect("a manifest");
    let whole = String::from_utf8(whole.clone()).expect("text");
    assert!(Manifest::read(&whole).is_ok());
    let pieces = [
        "null",
        "[]",
        "{}",
        "-1",
        "1e99",
        "18446744073709551616",
        "\"../../x\"",
        "\"/etc/passwd\"",
        "\"\"",
        "\"aigap run 1\"",
        "true",
    ];
    tries("manifests", 400, |random| {
        let text = mutated(random, &whole.replace(": ", "="), &pieces).replace('=', ": ");
        if let Ok(manifest) = Manifest::read(&text) {
            assert!(manifest.outputs.iter().all(|(name, _)| !name.contains("..") && !name.starts_with('/')));
        }
    });
}

/// A run of four paths, without pictures but with all that they are made of.
fn prepared(text: &str, set: Vec<String>) -> Option<Prepared> {
    let mut recipe = Recipe { paths: Some(4), seed: Some(7), ..Recipe::simulate("fuzz.toml") };
    recipe.changes.set = set;
    let base = include_str!("../scenarios/base.toml");
    let file = |path: &Path| Ok(if path.ends_with("base.toml") { base.into() } else { text.as_bytes().to_vec() });
    let input = Input::read(Path::new("fuzz.toml"), &recipe.changes, &file).ok()?;
    Prepared::new(&recipe, Inputs { scenarios: vec![input] }).ok()
}

/// Valid scenarios with a few inputs set to others: simulated, written with charts, words and workbook, and made again.
#[test]
fn runs_of_valid_scenarios() {
    let texts = shipped();
    tries("runs", 6, |random| {
        let text = &texts[random.random_range(0..texts.len())];
        let Some(start) = prepared(text, Vec::new()) else { return };
        let assumptions = start.scenarios[0].scenario.assumptions();
        let set = (0..random.random_range(1..4)).map(|_| {
            let address = assumptions[random.random_range(0..assumptions.len())].address();
            format!("{address}={}", one_of(random, &VALUES))
        });
        let mut set: Vec<String> = set.collect();
        set.push(format!("horizon={}", random.random_range(2024..2060)));
        // An input that cannot have such a value is refused; the others stay.
        let Some(prepared) = (0..set.len()).find_map(|first| prepared(text, set[first..].to_vec())) else { return };
        let Ok(findings) = prepared.run(&|_| {}) else { return };
        let made = files(&prepared, &findings);
        for (name, bytes) in made.iter().filter(|(name, _)| name.ends_with(".csv") || name.ends_with(".md")) {
            let text = std::str::from_utf8(bytes).expect(name);
            assert!(!text.contains("NaN"), "{set:?}: {name}\n{text}");
        }
        assert!(files(&prepared, &prepared.run(&|_| {}).expect("as before")) == made, "{set:?}");
    });
}
