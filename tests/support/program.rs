//! The program as its user runs it: command lines in a folder, what they print, and the files that they leave.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A shipped scenario by the name of its file.
pub fn shipped(name: &str) -> String {
    root().join("scenarios").join(name).to_string_lossy().into_owned()
}

/// A folder with the shipped scenarios of these names.
pub fn folder_with(names: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in names {
        std::fs::copy(shipped(name), folder.path().join(name)).unwrap();
    }
    folder
}

/// Copies all files of a folder, and those of the folders in it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// The program, about to start in a folder.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aigap"));
    command.current_dir(folder).env("NO_COLOR", "1");
    command
}

/// Runs the program in a folder.
pub fn aigap(folder: &Path, arguments: &[&str]) -> Output {
    program(folder).args(arguments).output().unwrap()
}

/// What the program said, as text.
pub fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Runs the program, which must succeed, and gives what it prints.
pub fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = aigap(folder, arguments);
    assert!(output.status.success(), "{arguments:?}\n{}", words(&output.stderr));
    words(&output.stdout)
}

/// Runs the program, which must refuse with this code and print no answer, and gives its message.
pub fn refused(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = aigap(folder, arguments);
    let message = words(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{message}");
    assert!(output.stdout.is_empty());
    message
}

/// The words of a command as a shell parts them: double and single quotes hold words together.
pub fn words_of(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            quote @ ('"' | '\'') => {
                let inside: String = letters.by_ref().take_while(|letter| *letter != quote).collect();
                *word.get_or_insert_default() += &inside;
            }
            letter if letter.is_whitespace() => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// The text of a file.
pub fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// All files of a folder and of those in it, by their paths below it.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

/// Rows of a CSV, each by column.
pub fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let record =
        |record: csv::StringRecord| head.iter().zip(record.iter()).map(|(a, b)| (a.into(), b.into())).collect();
    reader.records().map(|it| record(it.unwrap())).collect()
}

/// Every CSV has rows of one length, and no number that a spreadsheet does not know.
pub fn tables_can_be_read(found: &BTreeMap<String, Vec<u8>>) {
    for (name, bytes) in found.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let text = words(bytes);
        assert!(!text.contains("NaN") && !text.contains("inf,") && !text.contains('\r'), "{name}");
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        assert!(reader.records().all(|record| record.is_ok()), "{name} has rows of different lengths");
    }
}
