//! Bounds before the work: what is too much is refused soon, in words and in little memory, with what would fit.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::support::program::{folder_with, words};

/// Memory that refusing takes at most, with the program itself: half a gigabyte of addresses.
const KILOBYTES: u64 = 512 * 1024;

/// Runs the program where it may have so many kilobytes of addresses.
fn within(kilobytes: u64, folder: &Path, arguments: &[&str]) -> Output {
    let limited = format!("ulimit -v {kilobytes}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_aigap")]).args(arguments).current_dir(folder);
    command.env("NO_COLOR", "1").output().unwrap()
}

/// The message of what must be refused in time and memory.
#[expect(clippy::disallowed_methods, reason = "how long a refusal takes is what is tested")]
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let begin = Instant::now();
    let output = within(KILOBYTES, folder, arguments);
    let told = words(&output.stderr);
    let code = output.status.code();
    assert!(code.is_some_and(|code| (1..=6).contains(&code)), "{arguments:?}: {code:?} {told}");
    assert!(begin.elapsed() < Duration::from_secs(10), "{arguments:?} took {:?}", begin.elapsed());
    assert!(told.len() < 30_000, "{arguments:?}: {} bytes of message", told.len());
    told
}

fn repeated(times: usize, entry: impl Fn(usize) -> String) -> String {
    (0..times).map(entry).collect()
}

/// A file of each kind that is larger than anybody writes.
fn large_files() -> Vec<(&'static str, String, &'static str)> {
    let extends = "extends = \"base.toml\"\n";
    let event = |name: usize| {
        format!("[[events]]\nname=\"e{name}\"\nregion=\"us\"\nseries=\"deals\"\nyear=2025\neffect={{step=\"1%\"}}\n")
    };
    let question =
        |name: usize| format!("[[questions]]\nname=\"q{name}\"\nthat=\"ratio in 2030 < {}\"\n", 2 + name % 50);
    let pair = |name: usize| format!("[[correlations]]\nbetween=[\"a{name}\",\"b{name}\"]\nrho=0.1\n");
    let later = repeated(20_000, |_| ", {from=2026,value=\"9%\"}".to_owned());
    vec![
        ("keys", extends.to_owned() + &repeated(90_000, |key| format!("k{key}=1\n")), "holds 9"),
        ("events", extends.to_owned() + &repeated(1_500, event), "at most 500 are simulated"),
        ("questions", extends.to_owned() + &repeated(4_000, question), "at most 500 are simulated"),
        ("correlations", extends.to_owned() + &repeated(2_000, pair), "at most 200 are simulated"),
        ("later", format!("{extends}[us.deals]\ngrowth=[\"5%\"{later}]\n"), "and at most 20000 are read"),
        ("deep", format!("{extends}a={}{}\n", "[".repeat(100_000), "]".repeat(100_000)), "nested too deeply"),
        ("dots", format!("{extends}{}=1\n", vec!["a"; 100_000].join(".")), "nested too deeply"),
        ("text", format!("{extends}title=\"{}\"\n", "y".repeat(900_000)), "has 900000 letters"),
        ("megabytes", format!("{extends}{}", "# a comment\n".repeat(200_000)), "a scenario is a page or two"),
        (
            "states",
            format!("{extends}[regimes]\nstates=[{}]\n", repeated(15_000, |it| format!("\"s{it}\","))),
            "two to eight different names",
        ),
    ]
}

#[test]
fn files_larger_than_anybody_writes_are_refused_soon_and_in_little_memory() {
    let folder = folder_with(&["base.toml"]);
    for (name, text, says) in large_files() {
        let file = format!("{name}.toml");
        std::fs::write(folder.path().join(&file), text).unwrap();
        let told = refused(folder.path(), &["check", &file]);
        assert!(told.contains(says), "{name}: {told}");
    }
}

#[test]
fn more_regions_than_can_be_correlated_are_refused() {
    let folder = folder_with(&[]);
    let series = "model=\"random-walk\"\ngrowth=\"0%\"\nvolatility=\"20%\"\n";
    let region = |place: usize| match place {
        0 => "us".to_owned(),
        1 => "china".to_owned(),
        place => format!("r{place}"),
    };
    for (regions, fine) in [(64, true), (65, false), (3_000, false)] {
        let rows = repeated(regions, |place| format!("{},2023,funding,2,USD bn,A,1\n", region(place)));
        let header = "region,year,metric,value,unit,source,vintage\n".to_owned();
        std::fs::write(folder.path().join("many.csv"), header + &rows).unwrap();
        let models = repeated(regions, |place| format!("[{}.funding]\n{series}", region(place)));
        std::fs::write(folder.path().join("many.toml"), format!("horizon=2025\ndata=\"many.csv\"\n{models}")).unwrap();
        if fine {
            assert!(within(KILOBYTES, folder.path(), &["check", "many.toml"]).status.success());
        } else {
            let told = refused(folder.path(), &["check", "many.toml"]);
            assert!(told.contains("more than 64 regions") || told.contains("at most 20000 are read"), "{told}");
        }
    }
}

/// What would take days is refused with the hours that it would take, and what is named instead is taken.
#[test]
fn work_is_estimated_before_it_is_done() {
    let folder = folder_with(&["base.toml", "china-state-push.toml"]);
    let most = |told: &str| {
        let digits = told.split("--paths ").nth(1).unwrap_or_else(|| panic!("{told}"));
        digits.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u64>().unwrap()
    };
    let paths = "4000000000";
    for arguments in [
        vec!["compare", "base.toml", "china-state-push.toml", "--attribute", "--set", "horizon=2073"],
        vec!["sensitivity", "base.toml", "--method", "sobol", "--horizon", "2073"],
        vec!["sweep", "base.toml", "--over", "us.deals.growth=-10%:30%:99"],
        vec!["seek", "base.toml", "--so-that", "P(ratio in 2030 < half of 2023) >= 50%"],
    ] {
        let told = refused(folder.path(), &[arguments.clone(), vec!["--paths", paths]].concat());
        assert!(told.contains("would take one processor about") && told.contains("hours"), "{told}");
        let fits = most(&told);
        assert!(fits.is_multiple_of(2) && (2..4_000_000_000).contains(&fits), "{told}");
        assert!(!folder.path().join("output").exists(), "nothing is written");
    }
}

/// Deals beyond all counting: with sizes they are refused soon, without them their number is a continuous one.
#[test]
fn deals_beyond_counting_are_refused_or_simulated_soon() {
    let folder = folder_with(&["base.toml"]);
    let text = |sizes: &str, floor: u64| {
        format!(
            "extends = \"base.toml\"\n[us.counting]\ndeals = \"poisson\"\n{sizes}\n[[events]]\nname = \"x\"\nregion = \"us\"\n\
             series = \"deals\"\nyear = 2025\neffect = {{ floor = {floor} }}\n"
        )
    };
    for floor in [20_000_000, 900_000_000] {
        std::fs::write(folder.path().join("one.toml"), text("sizes = { sigma = 1.9 }", floor)).unwrap();
        let run = ["--paths", "100000", "--no-charts", "--quiet", "--out", "run"];
        let told = refused(folder.path(), &[&["simulate", "one.toml"], &run[..]].concat());
        assert!(told.contains("deals one by one") && !folder.path().join("run").exists(), "{told}");
        std::fs::write(folder.path().join("all.toml"), text("", floor)).unwrap();
        let output = within(
            KILOBYTES,
            folder.path(),
            &["simulate", "all.toml", "--paths", "2000", "--no-charts", "--quiet", "--out", &floor.to_string()],
        );
        assert!(output.status.success(), "{}", words(&output.stderr));
    }
}

/// The usual run needs no more memory than this, whatever the machine has.
#[test]
fn the_usual_run_fits_into_half_a_gigabyte() {
    let folder = folder_with(&["base.toml"]);
    let output = within(
        KILOBYTES,
        folder.path(),
        &["simulate", "base.toml", "--paths", "4000", "--threads", "2", "--no-charts"],
    );
    assert!(output.status.success(), "{}", words(&output.stderr));
}

/// A manifest of somebody else may ask for more than anybody wants to wait for: what it costs is said before it is done.
#[test]
fn what_a_stored_run_costs_is_said_before_it_is_made_again() {
    use std::io::{BufRead, BufReader};
    let folder = folder_with(&["base.toml"]);
    let run = ["simulate", "base.toml", "--paths", "512", "--no-charts", "--quiet", "--out", "run"];
    assert!(within(KILOBYTES, folder.path(), &run).status.success());
    let manifest = folder.path().join("run/manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replace("\"paths\": 512", "\"paths\": 4000000000")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_aigap"))
        .args(["verify", "run"])
        .current_dir(folder.path())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.contains("4,000,000,000 paths are made again") && line.contains("minutes"), "{line}");
}
