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
        let stored = |path: &Path| {
            let data = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) && !path.exists();
            if data { read(&folder.join("data.csv")) } else { read(path) }
        };
        scenario::load(&folder.join("scenario.toml"), &self.layers(), self.horizon, &stored)
    }

    pub fn try_load(&self, path: &Path) -> Result<Loaded, Box<Rejected>> {
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
            command += &format!(" --with {}", file_name(pack));
        }
        for setting in &self.set {
            command += &format!(" --set \"{setting}\"");
        }
        if let Some(year) = self.horizon {
            command += &format!(" --horizon {year}");
        }
        if let Some(source) = &self.source {
            command += &format!(" --source \"{source}\"");
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
