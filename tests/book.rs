//! The book: every command in it runs, what it shows is what the program prints, and no number stands in it by hand.
//!
//! A block `console` holds commands behind `$ ` and what they print; a block `sh` holds commands alone, which run with few
//! paths; a block with `file=NAME` behind its language is written to that file first, and the last command of one with
//! `exit=3` ends with that code. A page is a folder of its own, laid out
//! as the repository is. `UPDATE_BOOK=1 cargo test book::` writes anew what changed; look at it before you commit it.

mod by_hand;
mod constants;
mod figures;
mod keys;
mod laws;
mod numbers;
mod numerals;
mod page;
mod reference;
mod told;

use std::path::{Path, PathBuf};

use crate::support::program::{copy_folder, done, read, root};

use page::{Block, blocks};

/// Commands that take `--paths`, which get few of them where no output is shown.
const SIMULATING: [&str; 7] = ["simulate", "compare", "sensitivity", "sweep", "seek", "discover", "update"];
/// Programs of others, which the examples' own tests run.
const OF_OTHERS: [&str; 11] =
    ["cargo", "mkdir", "cd", "pip", "python3", "Rscript", "sbatch", "kubectl", "parallel", "sqlite3", ".ci/book"];

/// Every page of a folder and of those in it.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(pages(&path));
        } else if path.extension().is_some_and(|it| it == "md") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn source() -> PathBuf {
    root().join("docs/src")
}

/// Whether somebody asked for the pages to be written anew.
fn renews() -> bool {
    std::env::var_os("UPDATE_BOOK").is_some()
}

/// Holds a file of the book against what it has to say.
fn holds(path: &Path, made: &str) {
    if renews() {
        std::fs::write(path, made).unwrap();
    }
    let text = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(text, made, "{}: run the test once with UPDATE_BOOK=1", path.display());
}

/// Writes what stands between two marks of a page, or holds it against this.
fn marked(page: &str, mark: &str, made: &str) {
    let path = source().join(page);
    let text = read(&path);
    let (before, rest) = text.split_once(&format!("<!-- {mark} -->\n")).unwrap();
    let (_, behind) = rest.split_once("<!-- end -->").unwrap();
    holds(&path, &format!("{before}<!-- {mark} -->\n{made}<!-- end -->{behind}"));
}

/// Runs the commands of pages, each page in a folder of its own; gives how many commands ran.
fn runs(pages: &[PathBuf]) -> usize {
    pages.iter().map(|path| runs_page(path)).sum()
}

fn runs_page(path: &Path) -> usize {
    let text = read(path);
    let found = blocks(&text);
    let commands = found.iter().map(|block| block.commands().count()).sum();
    if commands == 0 {
        return 0;
    }
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("scenarios"), &folder.path().join("scenarios"));
    let mut made = text.clone();
    // From the end, so that places stay what they are while blocks in front of them are still to be replaced.
    let ran: Vec<(Block, String)> =
        found.into_iter().map(|block| (block, run_block(&block, folder.path(), path))).collect();
    for (block, body) in ran.into_iter().rev() {
        made.replace_range(block.range(), &body);
    }
    holds(path, &made);
    commands
}

/// Runs a block; gives it as it has to stand in the page.
fn run_block(block: &Block, folder: &Path, page: &Path) -> String {
    if let Some(name) = block.file() {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, block.body).unwrap();
    }
    let mut made = String::new();
    let last = block.commands().count();
    for (place, command) in block.commands().enumerate() {
        let ends = if place + 1 == last { block.exit_code() } else { 0 };
        let printed =
            run_command(&command, block, ends, folder).unwrap_or_else(|why| panic!("{}: {why}", page.display()));
        if block.shows_output() {
            made += &format!("$ {}\n{printed}", command.line);
        }
    }
    if block.shows_output() { made } else { block.body.to_owned() }
}

/// What a command prints, where it ends with the exit code that the page says.
fn run_command(command: &page::Command, block: &Block, ends: i32, folder: &Path) -> Result<String, String> {
    let mut words = command.words();
    if words[0] != "aigap" {
        let known = !block.shows_output() && OF_OTHERS.contains(&words[0].as_str());
        return if known { Ok(String::new()) } else { Err(format!("`{}` cannot be run here", command.line)) };
    }
    let takes_paths = SIMULATING.contains(&words[1].as_str()) && !words.iter().any(|it| it == "--paths");
    if takes_paths && !block.shows_output() {
        words.extend(["--paths".to_owned(), "4096".to_owned()]);
    }
    let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let output = crate::support::program::aigap(folder, &arguments);
    let [said, complained] = [&output.stdout, &output.stderr].map(|it| crate::support::program::words(it));
    if output.status.code() != Some(ends) {
        return Err(format!("`{}` ended with {:?}\n{said}{complained}", command.line, output.status.code()));
    }
    let all = if ends == 0 { said } else { said + &complained };
    Ok(command.head(&all))
}

/// Pages below a part of the book.
fn part(name: &str) -> Vec<PathBuf> {
    let path = source().join(name);
    if path.is_dir() { pages(&path) } else { vec![path] }
}

#[test]
fn the_tutorial_is_what_the_program_prints() {
    assert!(runs(&part("tutorial.md")) >= 10);
}

#[test]
fn every_command_of_the_guides_runs() {
    assert!(runs(&part("how-to")) >= 40);
}

#[test]
fn every_command_of_the_reference_and_the_gallery_runs() {
    runs(&[part("reference"), part("gallery.md"), part("index.md")].concat());
}

#[test]
fn every_command_of_the_explanation_runs() {
    assert!(runs(&part("explanation")) >= 4);
}

#[test]
fn every_page_is_listed_once() {
    let contents = read(source().join("SUMMARY.md"));
    for path in pages(&source()) {
        let name = path.strip_prefix(source()).unwrap().to_string_lossy().into_owned();
        let listed = contents.matches(&format!("]({name})")).count();
        assert_eq!(listed, usize::from(name != "SUMMARY.md"), "{name}");
    }
}

#[test]
fn no_amount_ratio_or_share_stands_in_the_text_by_hand() {
    // Pages that are made from declarations have no text of their own.
    let made = reference::PAGES.map(|(name, _)| source().join("reference").join(name));
    for path in pages(&source()).into_iter().filter(|path| !made.contains(path)) {
        let loose = numbers::loose(&read(&path));
        assert!(loose.is_empty(), "{}: no output on the page shows {loose:?}", path.display());
    }
}

#[test]
fn no_amount_ratio_or_share_stands_in_the_readme_by_hand() {
    // The figures that it tells of are those that the program carries.
    let facts = done(root(), &["facts"]);
    let loose = numbers::loose(&format!("{}\n```text\n{facts}```\n", read(root().join("README.md"))));
    assert!(loose.is_empty(), "neither a table nor `aigap facts` has {loose:?}");
}

#[test]
#[cfg(unix)]
fn pictures_of_the_book_are_what_the_script_draws() {
    use crate::support::program::files;

    let folder = tempfile::tempdir().unwrap();
    let script = std::process::Command::new(root().join("examples/gallery.sh"))
        .arg(folder.path())
        .env("AIGAP", env!("CARGO_BIN_EXE_aigap"))
        .output()
        .unwrap();
    assert!(script.status.success(), "{}", String::from_utf8_lossy(&script.stderr));
    let gallery = read(source().join("gallery.md")) + &read(source().join("reference/models.md"));
    let drawn = files(folder.path());
    assert!(drawn.len() >= 40, "{}", drawn.len());
    for (name, bytes) in drawn {
        assert!(name.ends_with("-dark.svg") || gallery.contains(&name), "no page shows {name}");
        holds(&source().join("pictures").join(&name), std::str::from_utf8(&bytes).unwrap());
    }
}
