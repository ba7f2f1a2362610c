//! Runs that are killed, disks that are full, places where nothing can be written, and folders made by strangers.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use tempfile::TempDir;

use crate::support::program::{aigap, done, files, folder_with, program, words};
use crate::support::skipped;

type Files = BTreeMap<String, Vec<u8>>;

/// A small run of the baseline into `here/run`.
fn small(folder: &Path, seed: &str) -> Command {
    let mut command = program(folder);
    command.args([
        "simulate",
        "base.toml",
        "--paths",
        "64",
        "--no-charts",
        "--quiet",
        "--out",
        "here/run",
        "--seed",
        seed,
    ]);
    command
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// How many of something a long run tries, or as many as usual.
fn number(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// What runs of two seeds leave when nobody disturbs them.
fn undisturbed() -> [Files; 2] {
    ["1", "2"].map(|seed| {
        let folder = folder_with(&["base.toml"]);
        assert!(small(folder.path(), seed).status().unwrap().success());
        files(&folder.path().join("here/run"))
    })
}

/// `AIGAP_RACES=1000 cargo test --release --test it faults::` races a thousand times.
#[test]
fn two_writers_at_once_never_mix() {
    let whole = undisturbed();
    let folder = folder_with(&["base.toml"]);
    let (races, mut both) = (number("AIGAP_RACES", 24), 0);
    for race in 0..races {
        let start = |seed| small(folder.path(), seed).stderr(Stdio::piped()).spawn().unwrap();
        let children = [start("1"), start("2")].map(|child| child.wait_with_output().unwrap());
        let codes = children.each_ref().map(|output| output.status.code());
        assert!(
            codes.contains(&Some(0)) && codes.iter().all(|code| matches!(code, Some(0 | 1))),
            "race {race}: {codes:?}"
        );
        for output in children.iter().filter(|output| !output.status.success()) {
            assert!(words(&output.stderr).contains("another"), "race {race}: {}", words(&output.stderr));
        }
        both += usize::from(codes == [Some(0), Some(0)]);
        assert!(whole.contains(&files(&folder.path().join("here/run"))), "race {race} leaves a mixture");
        assert_eq!(names(&folder.path().join("here")), ["run"], "race {race}");
    }
    eprintln!("{races} races, in {both} of which both wrote, one after the other");
}

/// `AIGAP_KILLS=300` kills as many runs.
#[test]
#[expect(clippy::disallowed_methods, reason = "when a run is killed is a matter of the clock; what it leaves is not")]
fn a_killed_run_leaves_the_old_run_or_the_new_one() {
    let whole = undisturbed();
    let folder = folder_with(&["base.toml"]);
    let begin = Instant::now();
    assert!(small(folder.path(), "1").status().unwrap().success());
    let usual = begin.elapsed();
    let kills = number("AIGAP_KILLS", 12);
    for kill in 0..kills {
        let mut child = small(folder.path(), if kill % 2 == 0 { "2" } else { "1" }).spawn().unwrap();
        std::thread::sleep(usual.mul_f64((kill as f64 + 0.5) / kills as f64));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = files(&folder.path().join("here/run"));
        assert!(whole.contains(&found), "kill {kill} leaves {:?}", found.keys());
    }
    // What was left beside it goes with the next run.
    assert!(small(folder.path(), "2").status().unwrap().success());
    assert_eq!(names(&folder.path().join("here")), ["run"]);
    assert!(files(&folder.path().join("here/run")) == whole[1]);
}

/// A kill between any two steps leaves a folder that the next run takes away: without its mark yet, with its mark alone,
/// half written, half removed, under the first name or a later one.
#[test]
fn whatever_a_kill_leaves_beside_a_run_goes_with_the_next() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path().join("here");
    assert!(small(folder.path(), "1").status().unwrap().success());
    for (name, inside) in [
        (".run.aigap-partial", &[][..]),
        (".run.aigap-partial-2", &[".aigap-writes-here"]),
        (".run.aigap-partial-3", &[".aigap-writes-here", "fan.csv", "charts/gap.png"]),
        (".run.aigap-partial-17", &["charts/"]),
        (".run.aigap-old", &["charts/"]),
        (".run.aigap-old-2", &[]),
    ] {
        fs::create_dir_all(here.join(name)).unwrap();
        for file in inside {
            fs::create_dir_all(here.join(name).join(file).parent().unwrap()).unwrap();
            if file.ends_with('/') {
                fs::create_dir_all(here.join(name).join(file)).unwrap();
            } else {
                fs::write(here.join(name).join(file), "half").unwrap();
            }
        }
    }
    assert!(small(folder.path(), "2").status().unwrap().success());
    assert_eq!(names(&here), ["run"]);
}

/// Where two folders cannot be exchanged in one step, a kill can leave the only run under its hidden name, and under a later
/// one if somebody's folder has the first. It goes back to its place before anything is cleared away.
#[test]
fn the_only_run_is_not_cleared_away() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path().join("here");
    assert!(small(folder.path(), "1").status().unwrap().success());
    fs::write(here.join("run/summary.md"), "edited since").unwrap();
    fs::rename(here.join("run"), here.join(".run.aigap-old-2")).unwrap();
    fs::create_dir(here.join(".run.aigap-old")).unwrap();
    fs::write(here.join(".run.aigap-old/keep"), "somebody's").unwrap();
    // The run that is put back was edited, so that the next one is refused and leaves it there.
    let refused = small(folder.path(), "2").stderr(Stdio::piped()).output().unwrap();
    assert!(!refused.status.success(), "{}", words(&refused.stderr));
    assert_eq!(names(&here), [".run.aigap-old", "run"]);
    assert_eq!(fs::read_to_string(here.join("run/summary.md")).unwrap(), "edited since");
}

/// The program where no file may grow beyond so many blocks of 512 bytes: it is told that the disk takes no more.
fn on_a_short_disk(folder: &Path, blocks: u32, arguments: &[&str]) -> Output {
    let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_aigap")]).args(arguments).current_dir(folder);
    command.env("NO_COLOR", "1").output().unwrap()
}

#[test]
fn a_disk_that_takes_no_more_leaves_no_half_file() {
    let folder = folder_with(&["base.toml"]);
    let run = ["simulate", "base.toml", "--paths", "512", "--no-charts", "--quiet", "--out", "run"];
    done(folder.path(), &run);
    let before = files(folder.path());
    let again = [&run[..], &["--seed", "2"]].concat();
    for (blocks, arguments) in [
        (1, &again[..]),
        (8, &["simulate", "base.toml", "--paths", "512", "--no-charts", "--quiet", "--out", "new"]),
        (8, &["compare", "base.toml", "base.toml", "--paths", "512", "--no-charts", "--quiet", "--out", "held"]),
        (0, &["new", "mine"]),
        (1, &["chart", "run", "--kind", "gap", "--out", "gap.svg"]),
        (1, &["report", "run", "-o", "page.html", "--quiet"]),
        (1, &["export", "run", "--to", "iamc"]),
        (8, &["export", "run", "--to", "stata-csv"]),
    ] {
        let output = on_a_short_disk(folder.path(), blocks, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", words(&output.stderr));
        assert!(words(&output.stderr).contains("cannot write"), "{arguments:?}: {}", words(&output.stderr));
        assert!(files(folder.path()) == before, "{arguments:?} leaves {:?}", files(folder.path()).keys());
        assert_eq!(names(folder.path()), ["base.toml", "run"], "{arguments:?}");
    }
    done(folder.path(), &["verify", "run", "--quiet"]);
}

/// A disk of 64 kB, which only its own processes see.
#[test]
fn a_full_disk_is_named_and_left_empty() {
    let folder = folder_with(&["base.toml"]);
    fs::create_dir(folder.path().join("disk")).unwrap();
    let script = "mount -t tmpfs -o size=64k tmpfs disk || exit 77\n\"$0\" simulate base.toml --paths 512 --no-charts --quiet \
                  --out disk/run\necho \"code $?\"\nls -A disk";
    let output = Command::new("unshare")
        .args(["-m", "sh", "-c", script, env!("CARGO_BIN_EXE_aigap")])
        .current_dir(folder.path())
        .output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        skipped("a full disk", "no file system can be mounted here");
        return;
    };
    assert_eq!(words(&output.stdout).trim(), "code 1", "{}", words(&output.stderr));
    assert!(words(&output.stderr).contains("the disk is full"), "{}", words(&output.stderr));
}

#[test]
fn where_nothing_can_be_written_the_message_says_so() {
    let folder = folder_with(&["base.toml"]);
    fs::write(folder.path().join("file"), "mine").unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, std::os::unix::fs::PermissionsExt::from_mode(0o555)).unwrap();
    let mut places = vec!["file/run"];
    places.extend(cfg!(target_os = "linux").then_some("/proc/aigap"));
    // Whoever may do everything may write there too.
    if fs::write(closed.join("probe"), "").is_err() {
        places.push("closed/run");
    } else {
        fs::remove_file(closed.join("probe")).unwrap();
        skipped("a folder that may not be written to", "this user may write everywhere");
    }
    for place in places {
        let arguments = ["simulate", "base.toml", "--paths", "64", "--no-charts", "--quiet", "--out", place];
        let output = aigap(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(1), "{place}: {}", words(&output.stderr));
        assert!(words(&output.stderr).contains("cannot"), "{place}: {}", words(&output.stderr));
    }
    assert_eq!(fs::read_to_string(folder.path().join("file")).unwrap(), "mine");
    assert_eq!(names(&closed), Vec::<String>::new());
}

/// A run folder beside a secret that its manifest and its scenario want.
fn hostile(change: impl Fn(&mut serde_json::Value, &Path)) -> TempDir {
    let folder = folder_with(&["base.toml"]);
    done(folder.path(), &["simulate", "base.toml", "--paths", "64", "--no-charts", "--quiet", "--out", "run"]);
    fs::write(folder.path().join("secret.csv"), "password,hunter2\n").unwrap();
    fs::write(folder.path().join("secret.toml"), "title = \"hunter2\"\nhorizon = \"hunter2\"\n").unwrap();
    let path = folder.path().join("run/manifest.json");
    let mut manifest: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut manifest, &folder.path().join("run"));
    fs::write(&path, format!("{manifest:#}\n")).unwrap();
    folder
}

#[test]
fn a_strangers_folder_neither_reads_nor_writes_outside_itself() {
    let elsewhere = [
        "../secret.csv",
        "/etc/hostname",
        "a/../../secret.csv",
        ".",
        "..",
        "",
        "./fan.csv",
        "fan.csv\u{0}",
        "\\secret",
    ];
    let mut folders: Vec<(String, TempDir)> = Vec::new();
    for name in elsewhere {
        folders.push((format!("output {name:?}"), hostile(|it, _| it["outputs"][0]["name"] = name.into())));
    }
    for (place, value) in [
        ("/outputs/0/bytes", serde_json::json!(u64::MAX)),
        ("/outputs/0/sha256", "0".repeat(64).into()),
        ("/outputs/0/sha256", "../secret".into()),
        ("/paths", serde_json::json!(u64::MAX)),
        ("/recipe/paths", serde_json::json!(-1)),
        ("/recipe/changes/with", serde_json::json!(["../secret.toml"])),
        ("/recipe/changes/set", serde_json::json!(["data=../secret.csv"])),
        ("/inputs", serde_json::json!([{ "name": "../secret.toml", "bytes": 1, "sha256": "" }])),
        ("/outputs", serde_json::json!(vec![serde_json::json!({ "name": "x", "bytes": 1, "sha256": "" }); 20_000])),
    ] {
        let change = |it: &mut serde_json::Value, _: &Path| *it.pointer_mut(place).unwrap() = value.clone();
        folders.push((place.to_string(), hostile(change)));
    }
    for line in ["extends = \"../secret.toml\"\n", "data = \"../secret.csv\"\n", "data = \"/etc/hostname\"\n"] {
        let change = |_: &mut serde_json::Value, run: &Path| {
            let path = run.join("scenario.toml");
            let text = fs::read_to_string(&path).unwrap();
            let rest: String = text.lines().filter(|it| !it.starts_with("data")).map(|it| format!("{it}\n")).collect();
            fs::write(&path, format!("{line}{rest}")).unwrap();
        };
        folders.push((line.to_owned(), hostile(change)));
    }
    for (what, folder) in &folders {
        let outside = |folder: &Path| {
            let all = files(folder).into_iter();
            all.filter(|(name, _)| !name.starts_with("run/") && !name.starts_with("made/")).collect::<Files>()
        };
        let before = outside(folder.path());
        for command in [
            &["verify", "run"][..],
            &["report", "run", "-o", "made/page.html"],
            &["chart", "run", "--out", "made/charts"],
            &["export", "run", "--to", "datapackage", "--out", "made/package"],
        ] {
            fs::create_dir_all(folder.path().join("made")).unwrap();
            let output = aigap(folder.path(), command);
            let said = [words(&output.stdout), words(&output.stderr)].concat();
            assert!(!said.contains("hunter2"), "{what}: {command:?}: {said}");
            let code = output.status.code();
            assert!(code.is_some_and(|code| code <= 6), "{what}: {command:?}: {code:?} {said}");
            // Of the texts that a run was first made from the folder keeps none.
            let can_be_proven = command[0] == "verify" && what != "/inputs";
            assert!(!can_be_proven || code != Some(0), "{what} is believed: {said}");
            let hidden =
                files(&folder.path().join("made")).into_values().find(|it| it.windows(7).any(|it| it == b"hunter2"));
            assert!(hidden.is_none(), "{what}: {command:?} copies the secret");
        }
        assert!(outside(folder.path()) == before, "{what} writes elsewhere");
    }
}
