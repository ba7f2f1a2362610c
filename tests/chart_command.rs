//! `aigap chart` draws a stored run again: the same bytes in the same style, other layouts in other styles, and a reason
//! and a cure where it cannot.

use std::path::{Path, PathBuf};

use crate::support::program::aigap;

fn scenario(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

/// A scenario of made-up figures.
fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)
}

/// A run in a folder of its own.
fn run(scenario_file: &Path, flags: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut arguments = vec!["simulate", scenario_file.to_str().unwrap(), "--out", "run", "--paths", "2000", "--quiet"];
    arguments.extend(flags);
    let output = aigap(folder.path(), &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

#[test]
fn a_chart_drawn_from_a_stored_run_is_the_chart_of_the_run_byte_for_byte() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(scenario("")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    assert!(!files.is_empty());
    // A market so small that on some paths China has no deal: logs and ratios without an end.
    files.push(case("tiny.toml"));
    for file in files {
        // Made-up figures have one source, and their scenario extends one of another folder.
        let source: &[&str] = if file.ends_with("tiny.toml") { &["--allow-outside"] } else { &["--source", "all"] };
        let folder = run(&file, &[source, &["--hairlines", "3", "--pdf"]].concat());
        let output = aigap(folder.path(), &["chart", "run", "--hairlines", "3", "--pdf"]);
        assert!(output.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
        let mut compared = 0;
        for entry in std::fs::read_dir(folder.path().join("run/charts")).unwrap() {
            let path = entry.unwrap().path();
            let again = folder.path().join("run-charts").join(path.file_name().unwrap());
            assert!(
                std::fs::read(&path).unwrap() == std::fs::read(&again).unwrap(),
                "{} differs from {}",
                again.display(),
                path.display()
            );
            compared += 1;
        }
        assert!(compared >= 20, "{}: {compared} files", file.display());
    }
}

#[test]
fn a_title_and_a_style_of_ones_own_leave_the_run_as_it_was() {
    let folder = run(&scenario("base.toml"), &[]);
    let before = std::fs::read(folder.path().join("run/charts/gap.png")).unwrap();
    let flags = ["--kind", "gap", "--preset", "slide", "--theme", "dark", "--title", "A title < of & my own"];
    let output = aigap(folder.path(), &[&["chart", "run"], flags.as_slice()].concat());
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().contains("gap-slide-dark.png"));
    let svg = std::fs::read_to_string(folder.path().join("run-charts/gap-slide-dark.svg")).unwrap();
    assert!(svg.contains(">A title &lt; of &amp; my own</title>"), "the title is in the file");
    assert!(svg.contains("Title from the numbers: "), "and the generated one too");
    // As large as a slide in PowerPoint and LibreOffice, which is 13.33 by 7.5 inches.
    assert!(svg.contains(" width=\"13.33in\" height=\"7.50in\" viewBox=\"0 0 1600 900\""), "{}", &svg[..300]);
    let png = std::fs::read(folder.path().join("run-charts/gap-slide-dark.png")).unwrap();
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((number(16), number(20)), (3200, 1800));
    assert_eq!(std::fs::read(folder.path().join("run/charts/gap.png")).unwrap(), before);
}

#[test]
fn what_cannot_be_drawn_has_a_reason_and_a_cure() {
    let folder = run(&scenario("base.toml"), &["--no-charts"]);
    for (arguments, code, said) in [
        (&["chart", "run", "--kind", "sources"][..], 2, "--source all"),
        (&["chart", "run", "--kind", "gaps"], 2, "it has funding, "),
        (&["chart", "run", "--hairlines", "3"], 1, "--keep-paths 4"),
        (&["chart", "elsewhere"], 3, "not the folder of a run"),
        (&["chart", "run", "--out", "all.png"], 2, "--kind"),
        (&["chart", "run", "--kind", "gap", "--out", "gap.docx"], 2, ".png"),
        (&["chart", "run", "--preset", "poster"], 2, "half-slide"),
        (&["chart", "run", "--title", "US und 中国 2030, 中国"], 2, "has no 中国: write the title in Latin letters"),
    ] {
        let output = aigap(folder.path(), arguments);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
        assert!(text.contains(said), "{arguments:?}: {text}");
    }
    std::fs::write(folder.path().join("run/fan.csv"), "scenario,metric\nbase,gap\n").unwrap();
    let output = aigap(folder.path(), &["chart", "run"]);
    assert_eq!(output.status.code(), Some(6));
    assert!(String::from_utf8(output.stderr).unwrap().contains("fan.csv was changed since aigap wrote it"));
}

#[test]
fn one_file_is_written_where_it_is_wanted() {
    let folder = run(&scenario("base.toml"), &["--no-charts"]);
    let output = aigap(folder.path(), &["chart", "run", "--kind", "gap", "--out", "pictures/gap.pdf"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let pdf = std::fs::read(folder.path().join("pictures/gap.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    assert!(!pdf.windows(12).any(|window| window == b"CreationDate"), "a file without a clock");
    let output = aigap(folder.path(), &["chart", "run", "--kind", "funding", "--svg-text", "--out", "f.svg"]);
    assert!(output.status.success());
    let svg = std::fs::read_to_string(folder.path().join("f.svg")).unwrap();
    assert!(svg.contains("<text ") && svg.contains("United States</text>") && !svg.contains("base64"));
    let output = aigap(folder.path(), &["chart", "run", "--kind", "funding", "--preset", "web", "--out", "w.svg"]);
    assert!(output.status.success());
    let svg = std::fs::read_to_string(folder.path().join("w.svg")).unwrap();
    assert!(svg.contains("United States</text>") && svg.contains("font/woff2;base64"));
}
