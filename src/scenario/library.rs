//! The scenarios, packs and figures that the program carries, so that an installed `aigap` needs no other file.

use std::path::{Path, PathBuf};

/// A file that the program carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Where it stands beside the others: `scenarios/base.toml`.
    pub path: &'static str,
    /// What it says, byte for byte as shipped.
    pub text: &'static str,
}

macro_rules! carried {
    ($($path:literal),* $(,)?) => {
        &[$(Carried { path: $path, text: include_str!(concat!("../../", $path)) }),*]
    };
}

/// Every file that is carried, in the order of its path.
pub const ALL: &[Carried] = carried![
    "data/ai-index-2022.csv",
    "data/ai-index-editions.csv",
    "data/cb-insights-2024-01.csv",
    "data/cb-insights-2025-01.csv",
    "data/scenario.schema.json",
    "data/world-bank-gdp-2023.csv",
    "scenarios/README.md",
    "scenarios/ai-winter.toml",
    "scenarios/base.toml",
    "scenarios/boom-and-bust.toml",
    "scenarios/capital-decoupling.toml",
    "scenarios/china-back-to-2022.toml",
    "scenarios/china-fall-continues.toml",
    "scenarios/china-state-push.toml",
    "scenarios/convergence.toml",
    "scenarios/deal-by-deal.toml",
    "scenarios/export-controls.toml",
    "scenarios/from-2025.toml",
    "scenarios/half-the-ratio.toml",
    "scenarios/open-models.toml",
    "scenarios/packs/calm.toml",
    "scenarios/packs/fat-tails.toml",
    "scenarios/packs/per-gdp.toml",
    "scenarios/packs/state-funds-counted.toml",
    "scenarios/packs/unknown-figures.toml",
    "scenarios/packs/us-slows.toml",
    "scenarios/us-correction.toml",
    "scenarios/us-mega-rounds.toml",
];

/// What stands in front of the name of a carried file in messages and in `assumptions.csv`.
const MARK: &str = "aigap:";

/// Names of the carried scenarios, as `aigap simulate NAME` takes them.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter()
        .filter_map(|file| file.path.strip_prefix("scenarios/")?.strip_suffix(".toml"))
        .filter(|name| !name.contains('/'))
}

/// The text of a carried file, if the path is one of [`found`] or [`beside`].
pub(super) fn text(path: &Path) -> Option<&'static str> {
    let name = path.to_str()?.strip_prefix(MARK)?;
    let same = |file: &&Carried| file.path.strip_prefix("scenarios/") == Some(name);
    ALL.iter().find(same).map(|file| file.text)
}

/// The carried scenario or pack of a bare name: `base`, `calm`.
pub(super) fn found(path: &Path) -> Option<PathBuf> {
    let name = path.to_str().filter(|name| !name.contains(['/', '\\', '.']))?;
    ["", "packs/"]
        .map(|folder| PathBuf::from(format!("{MARK}{folder}{name}.toml")))
        .into_iter()
        .find(|it| text(it).is_some())
}

/// What a carried file means by the name of another; nothing for a file of the disk.
pub(super) fn beside(path: &Path, name: &str) -> Option<PathBuf> {
    text(path).map(|_| PathBuf::from(format!("{MARK}{name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_file_is_carried_and_no_other() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut shipped = Vec::new();
        for folder in ["data", "scenarios", "scenarios/packs"] {
            let files = std::fs::read_dir(root.join(folder)).expect("a shipped folder");
            let files = files.map(|file| file.expect("a file").path()).filter(|path| path.is_file());
            shipped.extend(files.map(|path| format!("{folder}/{}", path.file_name().unwrap_or_default().display())));
        }
        shipped.sort();
        let mut carried: Vec<&str> = ALL.iter().map(|file| file.path).collect();
        carried.sort_unstable();
        assert_eq!(carried, shipped);
    }

    #[test]
    fn only_bare_names_are_looked_up() {
        assert_eq!(found(Path::new("base")), Some(PathBuf::from("aigap:base.toml")));
        assert_eq!(found(Path::new("calm")), Some(PathBuf::from("aigap:packs/calm.toml")));
        for name in ["base.toml", "scenarios/base", "./base", "..", "", "baseline"] {
            assert_eq!(found(Path::new(name)), None, "{name}");
        }
        assert!(beside(Path::new("base.toml"), "other.toml").is_none());
        assert!(beside(Path::new("aigap:base.toml"), "other.toml").is_some_and(|it| text(&it).is_none()));
    }
}
