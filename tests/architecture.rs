//! The house plan, held against every file: rooms in one line, no two files that import each other, short files, each
//! with a sentence on top.

mod graph;
mod planted;
mod source;
mod token;

use std::path::{Path, PathBuf};

use graph::{Crate, circles};

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

/// Lines that a file may have, with its tests.
const MOST_LINES: usize = 400;

/// Breaches of before this test could see them. A line that no longer holds has to go, and none may be added.
const KNOWN: &str = include_str!("architecture/known.txt");

/// Files of Rust in a folder, each by its path below `root`.
fn read(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read(root, &path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push((name, std::fs::read_to_string(path).unwrap()));
        }
    }
}

fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// What breaks the plan, without the lines, and with them for whoever mends it.
fn breaches(files: &[(String, String)]) -> Vec<(String, String)> {
    let place = |file: &str| ROOMS.iter().position(|known| *known == room(file));
    let inside: Vec<(String, String)> = files.iter().filter(|(name, _)| name != "main.rs").cloned().collect();
    let imports = Crate::new(&inside).imports();
    let mut found = Vec::new();
    for (name, _) in inside.iter().filter(|(name, _)| name != "lib.rs" && place(name).is_none()) {
        let breach = format!("{name}: the room `{}` has no place in the line", room(name));
        found.push((breach.clone(), breach));
    }
    for import in imports.iter().filter(|import| place(&import.from) < place(&import.to) && import.from != "lib.rs") {
        let breach = format!("{} imports from {}, which stands to its right", import.from, import.to);
        found.push((breach.clone(), format!("line {}: {breach}", import.line)));
    }
    for circle in circles(&imports) {
        let breach = format!("circle: {}", circle.join(" → "));
        let next = |place: usize| &circle[(place + 1) % circle.len()];
        let lines = (0..circle.len()).filter_map(|place| {
            let import = imports.iter().find(|import| {
                import.from == circle[place] && import.to == *next(place) && import.declared && !import.handed_on
            })?;
            Some(format!("    src/{}:{} takes from {}", import.from, import.line, import.to))
        });
        let lines: Vec<String> = lines.collect();
        found.push((breach.clone(), format!("{breach}\n{}", lines.join("\n"))));
    }
    found.extend(shapes(files));
    found
}

/// Files that are too long or begin without a sentence.
fn shapes(files: &[(String, String)]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, text) in files {
        let lines = text.lines().count();
        if lines > MOST_LINES {
            let breach = format!("{name} has more than {MOST_LINES} lines");
            found.push((breach.clone(), format!("{breach}: {lines}")));
        }
        if text.strip_prefix("//! ").is_none_or(|sentence| sentence.lines().next().is_none_or(|line| line.len() <= 20))
        {
            let breach = format!("{name} does not begin with a sentence (`//! …`)");
            found.push((breach.clone(), breach));
        }
    }
    found
}

/// Breaches that are not known, and known ones that are none any more.
fn differences(found: &[(String, String)], known: &str) -> Vec<String> {
    let known: Vec<&str> = known.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let new = found.iter().filter(|(breach, _)| !known.contains(&breach.as_str())).map(|(_, told)| told.clone());
    let gone = known.iter().filter(|known| !found.iter().any(|(breach, _)| breach == *known));
    new.chain(gone.map(|line| format!("mended, so take it out of known.txt: {line}"))).collect()
}

#[test]
fn the_house_is_built_as_planned() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    read(&root.join("src"), &root.join("src"), &mut files);
    let mut found = breaches(&files);
    for folder in ["tests", "benches", "examples"] {
        let mut files = Vec::new();
        read(root, &root.join(folder), &mut files);
        found.extend(shapes(&files));
    }
    let differences = differences(&found, KNOWN);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
