//! Pages of the book: their blocks of code, and the commands in them.

use std::ops::Range;

use crate::support::program::words_of;

/// A block of code between two fences.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// What stands behind the opening fence: a language, and the file that the block is written to.
    pub info: &'a str,
    pub body: &'a str,
    start: usize,
}

/// A command as the page shows it.
#[derive(Clone, Copy, Debug)]
pub struct Command<'a> {
    pub line: &'a str,
}

/// All blocks of a page, in order.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    let mut place = 0;
    for line in text.split_inclusive('\n') {
        if let Some(info) = line.strip_prefix("```") {
            open = match open {
                None => Some((info.trim(), place + line.len())),
                Some((info, start)) => {
                    found.push(Block { info, body: &text[start..place], start });
                    None
                }
            };
        }
        place += line.len();
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

impl<'a> Block<'a> {
    /// Where its body stands in the page.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.body.len()
    }

    /// The file that it is written to.
    pub fn file(&self) -> Option<&'a str> {
        self.info.split_whitespace().find_map(|word| word.strip_prefix("file="))
    }

    /// Whether it shows what its commands print.
    pub fn shows_output(&self) -> bool {
        self.language() == "console"
    }

    /// Its language.
    fn language(&self) -> &'a str {
        self.info.split_whitespace().next().unwrap_or_default()
    }

    /// Code that its last command ends with, which stands behind its language where it is not 0.
    pub fn exit_code(&self) -> i32 {
        let code = self.info.split_whitespace().find_map(|word| word.strip_prefix("exit="));
        code.map_or(0, |code| code.parse().unwrap())
    }

    /// Its commands.
    pub fn commands(self) -> impl Iterator<Item = Command<'a>> {
        let lines = self.body.lines().filter_map(move |line| match self.language() {
            "console" => line.strip_prefix("$ "),
            "sh" => Some(line).filter(|line| !line.is_empty() && !line.starts_with('#')),
            _ => None,
        });
        lines.map(|line| Command { line })
    }
}

impl Command<'_> {
    /// Its words, without what takes the first lines.
    pub fn words(&self) -> Vec<String> {
        let line = self.line.split_once(" | head -n ").map_or(self.line, |(line, _)| line);
        words_of(&line.replace("cargo run --release --", "aigap"))
    }

    /// What `| head -n N` leaves of what it prints.
    pub fn head(&self, printed: &str) -> String {
        match self.line.split_once(" | head -n ") {
            None => printed.to_owned(),
            Some((_, count)) => printed.split_inclusive('\n').take(count.trim().parse().unwrap()).collect(),
        }
    }
}

#[test]
fn a_block_knows_its_file_its_commands_and_how_they_end() {
    let text = "Text\n```toml file=a.toml\nx = 1\n```\n```console exit=3\n$ aigap check a.toml | head -n 1\nold\n```\n";
    let [file, console] = blocks(text)[..] else { panic!("two blocks") };
    assert_eq!((file.file(), file.body), (Some("a.toml"), "x = 1\n"));
    let [command] = console.commands().collect::<Vec<_>>()[..] else { panic!("one command") };
    assert_eq!((file.exit_code(), console.exit_code(), command.words().len()), (0, 3, 3));
    assert_eq!(&text[console.range()], console.body);
}
