//! The house plan, held against every file: rooms in one line, no two files that import each other, short files, each
//! with a sentence on top, and documentation whose first lines make sense alone.

mod graph;
mod planted;
mod source;
mod token;

use std::path::{Path, PathBuf};

use graph::{Crate, Import, circles};

/// The line, from left to right.
const ROOMS: [&str; 29] = [
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
    "exchange",
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
    "whatif",
    "report",
    "store",
    "export",
    "cli",
    "method",
];

/// Lines that a file may have, with its tests.
const MOST_LINES: usize = 400;

/// Characters that the first line of a documentation has at least: an index shows it alone.
const LEAST_FIRST_LINE: usize = 15;

/// Beginnings of first lines that say nothing without the line above them or the name below them.
const RIDDLES: [&str; 7] = ["The same", "What it is", "Of whom", "Of what", "All of them", "Its own", "As above"];

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

/// What breaks the plan, each with its place.
fn breaches(files: &[(String, String)]) -> Vec<String> {
    let place = |file: &str| ROOMS.iter().position(|known| *known == room(file));
    let inside: Vec<(String, String)> = files.iter().filter(|(name, _)| name != "main.rs").cloned().collect();
    let imports = Crate::new(&inside).imports();
    let mut found = Vec::new();
    for (name, _) in inside.iter().filter(|(name, _)| name != "lib.rs" && place(name).is_none()) {
        found.push(format!("{name}: the room `{}` has no place in the line", room(name)));
    }
    for import in imports.iter().filter(|import| place(&import.from) < place(&import.to) && import.from != "lib.rs") {
        let Import { from, to, line, .. } = import;
        found.push(format!("line {line}: {from} imports from {to}, which stands to its right"));
    }
    for circle in circles(&imports) {
        let next = |place: usize| &circle[(place + 1) % circle.len()];
        let lines = (0..circle.len()).filter_map(|place| {
            let import = imports.iter().find(|import| {
                import.from == circle[place] && import.to == *next(place) && import.declared && !import.handed_on
            })?;
            Some(format!("    src/{}:{} takes from {}", import.from, import.line, import.to))
        });
        let lines: Vec<String> = lines.collect();
        found.push(format!("circle: {}\n{}", circle.join(" → "), lines.join("\n")));
    }
    found.extend(shapes(files));
    found.extend(riddles(files));
    found
}

/// Files that are too long or begin without a sentence.
fn shapes(files: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in files {
        let lines = text.lines().count();
        if lines > MOST_LINES {
            found.push(format!("{name} has more than {MOST_LINES} lines: {lines}"));
        }
        if text.strip_prefix("//! ").is_none_or(|sentence| sentence.lines().next().is_none_or(|line| line.len() <= 20))
        {
            found.push(format!("{name} does not begin with a sentence (`//! …`)"));
        }
    }
    found
}

/// First lines of documentation that say nothing where they stand alone. Those of `cli` are the help of flags, which stand
/// beside the flag's name.
fn riddles(files: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| room(name) != "cli") {
        let mut inside = false;
        for (number, line) in (1..).zip(text.lines()) {
            let documentation = line.trim_start().strip_prefix("///");
            let says_nothing = |first: &&str| {
                first.chars().count() < LEAST_FIRST_LINE || RIDDLES.iter().any(|riddle| first.starts_with(riddle))
            };
            if let Some(first) = documentation.filter(|_| !inside).map(str::trim).filter(says_nothing) {
                found.push(format!("{name}:{number}: `{first}` says nothing alone"));
            }
            inside = documentation.is_some();
        }
    }
    found
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
    assert!(found.is_empty(), "{}", found.join("\n"));
}
