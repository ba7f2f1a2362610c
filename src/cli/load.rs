//! Reading scenarios from the disk, for every command that takes one.

use std::path::{Path, PathBuf};

use crate::scenario::{self, Currency, Layers, Loaded, MoneyFlags, Rejected};

use super::print::Terminal;

/// Flags that change what a scenario says.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Changes {
    /// Lay a pack over the scenario (repeatable, left to right).
    #[arg(long, value_name = "PACK.toml")]
    with: Vec<PathBuf>,
    /// Set one value, from a year on if you add one: "us.deals.growth=12% from 2027" (repeatable, last).
    #[arg(long, value_name = "ADDRESS=VALUE")]
    set: Vec<String>,
    /// Last simulated year.
    #[arg(long, value_name = "YEAR")]
    horizon: Option<i32>,
    /// Start from the funding figures of this source; `simulate` also takes "all".
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Currency of every amount shown, at the scenario's exchange rate: USD or CNY.
    #[arg(long, value_name = "CODE", value_parser = currency)]
    currency: Option<Currency>,
    /// Show every amount in the prices of this year, by the scenario's inflation.
    #[arg(long, value_name = "YEAR")]
    real: Option<i32>,
    /// Replace correlations that contradict each other by the nearest ones that do not.
    #[arg(long)]
    nearest_correlation: bool,
    /// The resolved scenario of a run, and its own data, that are read instead: every change is in them already.
    #[arg(skip)]
    stored: Option<[PathBuf; 2]>,
}

/// What asks for every source instead of one.
const ALL_SOURCES: &str = "all";

fn currency(code: &str) -> Result<Currency, String> {
    match code.to_uppercase().as_str() {
        "USD" => Ok(Currency::Usd),
        "CNY" => Ok(Currency::Cny),
        _ => Err("write USD or CNY".to_owned()),
    }
}

impl Changes {
    /// The same changes on the figures of one source.
    pub fn with_source(&self, name: &str) -> Self {
        Self { source: Some(name.to_owned()), ..self.clone() }
    }

    /// What is left of these changes for the scenario that a run stored: all sources, if they were asked for.
    pub fn of_stored(&self, scenario: &Path, data: &Path) -> Self {
        let source = self.source.clone().filter(|name| name == ALL_SOURCES);
        Self { source, stored: Some([scenario, data].map(Path::to_owned)), ..Self::default() }
    }

    /// Whether every source is asked for.
    pub fn wants_all_sources(&self) -> bool {
        self.source.as_deref() == Some(ALL_SOURCES)
    }

    /// Reads a scenario with these changes; prints what is wrong with it.
    pub fn load(&self, path: &Path, terminal: &Terminal) -> Option<Loaded> {
        match self.try_load(path) {
            Ok(loaded) => {
                terminal.problems(&loaded.warnings, &loaded.sources);
                Some(loaded)
            }
            Err(rejected) => {
                terminal.problems(&rejected.problems, &rejected.sources);
                None
            }
        }
    }

    /// The same without warnings, for a scenario that was read before and told its warnings then.
    pub fn load_quietly(&self, path: &Path, terminal: &Terminal) -> Option<Loaded> {
        let read = self.try_load(path);
        read.map_err(|rejected| terminal.problems(&rejected.problems, &rejected.sources)).ok()
    }

    /// The resolved scenario of a stored run, with its own data file if it kept one.
    pub fn try_load_stored(&self, folder: &Path) -> Result<Loaded, Box<Rejected>> {
        self.load_as_stored(&folder.join("scenario.toml"), &folder.join("data.csv"))
    }

    fn load_as_stored(&self, scenario: &Path, data: &Path) -> Result<Loaded, Box<Rejected>> {
        let stored = |path: &Path| {
            let is_data = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
            read(if is_data { data } else { path })
        };
        scenario::load(scenario, &self.layers(), self.horizon, &stored)
    }

    pub fn try_load(&self, path: &Path) -> Result<Loaded, Box<Rejected>> {
        if let Some([scenario, data]) = &self.stored {
            return self.load_as_stored(scenario, data);
        }
        scenario::load(path, &self.layers(), self.horizon, &read)
    }

    fn layers(&self) -> Layers {
        Layers {
            with: self.with.clone(),
            set: self.set.clone(),
            source: self.source.clone().filter(|name| name != ALL_SOURCES),
            money: MoneyFlags { currency: self.currency, prices: self.real },
            nearest_correlation: self.nearest_correlation,
        }
    }

    /// The flags as they belong into the command that makes a run again.
    pub fn command(&self) -> String {
        let mut command = String::new();
        for pack in &self.with {
            command += &format!(" --with {}", quoted(&file_name(pack)));
        }
        for setting in &self.set {
            command += &format!(" --set {}", in_quotes(setting));
        }
        if let Some(year) = self.horizon {
            command += &format!(" --horizon {year}");
        }
        if let Some(source) = &self.source {
            command += &format!(" --source {}", in_quotes(source));
        }
        if let Some(currency) = self.currency {
            command += &format!(" --currency {}", currency.code());
        }
        if let Some(year) = self.real {
            command += &format!(" --real {year}");
        }
        if self.nearest_correlation {
            command += " --nearest-correlation";
        }
        command
    }
}

/// A file's name without its folders.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// An argument as a shell takes it back: bare where it can be, else in quotes.
pub(super) fn quoted(text: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || "-_./:=,+%@".contains(c);
    if !text.is_empty() && text.chars().all(bare) { text.to_owned() } else { in_quotes(text) }
}

/// An argument in double quotes, or in single ones where a shell would read signs inside the double ones.
fn in_quotes(text: &str) -> String {
    if text.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", text.replace('\'', r"'\''"))
    } else {
        format!("\"{text}\"")
    }
}

/// The words of a command as a shell would see them; `None` if a quote is left open.
pub(super) fn words(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = command.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => word.get_or_insert_default().push(letters.next()?),
            quote @ ('"' | '\'') => loop {
                word.get_or_insert_default();
                match letters.next()? {
                    letter if letter == quote => break,
                    letter => word.get_or_insert_default().push(letter),
                }
            },
            ' ' => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Some(words)
}

/// Largest file that is read; anything larger is another kind of file.
const MOST_BYTES: u64 = 16 << 20;

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let why = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    };
    let about = std::fs::metadata(path).map_err(why)?;
    if about.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if about.len() > MOST_BYTES {
        return Err(format!("it has {} MB, and a scenario is a page or two", about.len() >> 20));
    }
    std::fs::read(path).map_err(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_back_as_the_words_it_was_made_of() {
        for text in
            ["base.toml", "two words.toml", "x={ p10 = \"-7%\" }", "it's $5", "", "a=\"b's\"", "中.toml", "a\\b"]
        {
            assert_eq!(words(&format!("aigap {}", quoted(text))).expect("closed"), ["aigap", text]);
            assert_eq!(words(&format!("--set {}", in_quotes(text))).expect("closed"), ["--set", text]);
        }
        assert_eq!(words("aigap 'open"), None);
    }
}
