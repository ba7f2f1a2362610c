//! The rooms stand in one line, and a room imports only from the rooms to its left.
#![allow(clippy::unwrap_used, reason = "a failed read fails the test")]

use std::path::{Path, PathBuf};

/// The line, from left to right.
const ROOMS: [&str; 26] = [
    "parallel",
    "units",
    "diagnostic",
    "special",
    "random",
    "distribution",
    "shock",
    "regime",
    "growth",
    "counting",
    "event",
    "data",
    "measure",
    "scenario",
    "engine",
    "metric",
    "summary",
    "study",
    "table",
    "wording",
    "draw",
    "chart",
    "report",
    "store",
    "cli",
    "method",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Rooms that a line of code names through `crate::`, one or several in braces.
fn named(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices("crate::")
        .map(|(at, found)| &code[at + found.len()..])
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>())
        .filter(|room| !room.is_empty())
        .collect()
}

fn breaches(root: &Path, files: &[(PathBuf, String)]) -> Vec<String> {
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut breaches = Vec::new();
    for (path, text) in files {
        let inside = path.strip_prefix(root).unwrap();
        let room = inside.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        if ["lib", "main"].contains(&room.as_str()) {
            continue;
        }
        let Some(own) = place(&room) else {
            breaches.push(format!("{}: the room `{room}` has no place in the line", inside.display()));
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            for other in named(line) {
                match place(&other) {
                    Some(theirs) if theirs > own => breaches.push(format!(
                        "{}:{}: `{room}` imports from `{other}`, which stands to its right",
                        inside.display(),
                        number + 1
                    )),
                    Some(_) => {}
                    None => breaches.push(format!("{}:{}: there is no room `{other}`", inside.display(), number + 1)),
                }
            }
        }
    }
    breaches
}

#[test]
fn every_room_imports_only_from_its_left() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    let files: Vec<(PathBuf, String)> =
        paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect();
    let found = breaches(&root, &files);
    assert!(found.is_empty(), "{}", found.join("\n"));
    for (path, text) in &files {
        assert!(text.starts_with("//!"), "{} does not begin with a sentence", path.display());
    }
}

#[test]
fn a_breach_is_found_with_file_line_and_both_rooms() {
    let root = Path::new("src");
    let files = [
        (root.join("engine/plan.rs"), "//! x\nuse crate::summary::Summary;\n".to_owned()),
        (root.join("novel.rs"), String::new()),
        (root.join("cli.rs"), "use crate::engine::Plan; // crate::nothing\n".to_owned()),
    ];
    assert_eq!(
        breaches(root, &files),
        [
            "engine/plan.rs:2: `engine` imports from `summary`, which stands to its right",
            "novel.rs: the room `novel` has no place in the line",
        ]
    );
}
