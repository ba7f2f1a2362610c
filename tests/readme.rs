//! Every command of the README runs, in a folder laid out as the repository is.

use std::path::Path;
use std::process::Command;

/// Blocks of a language, in order.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    text.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// Words of a command line; double quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, part) in line.split('"').enumerate() {
        if place % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn every_command_of_the_readme_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("README.md")).unwrap();
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
    let what_if = blocks(&text, "toml")[0];
    std::fs::write(folder.path().join("what-if.toml"), what_if).unwrap();
    let mut commands = 0;
    for line in blocks(&text, "sh").iter().flat_map(|block| block.lines()).filter(|line| !line.is_empty()) {
        let line = line.replace("cargo run --release --", "aigap");
        let all = words(&line);
        assert_eq!(all[0], "aigap", "{line}");
        let output =
            Command::new(env!("CARGO_BIN_EXE_aigap")).args(&all[1..]).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
        commands += 1;
    }
    assert!(commands >= 7);
    let picture = "examples/note/note-figures/gap.png";
    assert!(text.contains(picture) && root.join(picture).exists());
}
