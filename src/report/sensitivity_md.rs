//! `summary.md` of what matters most, of a sweep, and of what futures have in common: ready to paste.

use crate::engine::Settings;
use crate::study::{Discovered, Sensitive, Swept};
use crate::wording;

use super::answer_md::AnswerPage;

/// What every page says before its tables.
const CAUTION: &str = "Projection under stated assumptions, not a forecast.";

/// How much was simulated: so many paths, in each run where there are several.
fn work(settings: &Settings, each: &str) -> String {
    format!("{}{each}, seed {}", wording::paths(settings.paths), settings.seed)
}

fn of_sensitivity(found: &Sensitive) -> AnswerPage<'_> {
    let titles = found.targets.iter().map(|target| wording::target_head(found, target));
    let tables = titles.zip(wording::sensitivity_tables(found)).map(|(title, (head, rows))| (Some(title), head, rows));
    AnswerPage {
        title: format!("{}: what matters most", wording::short_title(found.scenario.title())),
        finding: wording::sensitivity_finding(found),
        caution: Some(CAUTION),
        tables: tables.collect(),
        basis: wording::sensitivity_basis(found),
        files: "`sensitivity.csv`",
        work: work(&found.settings, " each run"),
    }
}

fn of_sweep(found: &Swept) -> AnswerPage<'_> {
    let title = |title: Option<String>| Some(title.unwrap_or_else(|| "Along the input".to_owned()));
    let tables = wording::sweep_tables(found).into_iter().map(|(of, head, rows)| (title(of), head, rows));
    AnswerPage {
        title: format!("{}: along its inputs", wording::short_title(found.scenario.title())),
        finding: wording::sweep_finding(found),
        caution: Some(CAUTION),
        tables: tables.collect(),
        basis: wording::sweep_basis(found),
        files: "`sweep.csv` and `break_even.csv`",
        work: work(&found.settings, " each run"),
    }
}

fn of_discovery(found: &Discovered) -> AnswerPage<'_> {
    let (head, rows) = wording::discover_table(found);
    AnswerPage {
        title: format!("{}: what such futures share", wording::short_title(found.scenario.title())),
        finding: wording::discover_finding(found),
        caution: Some(CAUTION),
        tables: vec![(Some("The rule".to_owned()), head, rows)],
        basis: wording::discover_basis(found),
        files: "`boxes.csv`, `trajectory.csv` and `discover.csv`",
        work: work(&found.settings, ""),
    }
}

/// `summary.md` of what futures have in common.
#[must_use]
pub fn discovery(found: &Discovered, command: &str, charts: &[&str]) -> String {
    of_discovery(found).written(command, charts)
}

/// `summary.md` of what matters most.
#[must_use]
pub fn sensitivity(found: &Sensitive, command: &str, charts: &[&str]) -> String {
    of_sensitivity(found).written(command, charts)
}

/// `summary.md` of a sweep.
#[must_use]
pub fn sweep(found: &Swept, command: &str, charts: &[&str]) -> String {
    of_sweep(found).written(command, charts)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::check;
    use super::super::data::{Data, disagreement};
    use crate::engine::Settings;
    use crate::scenario::{Layers, load};
    use crate::study::{Discover, Discovered};
    use crate::table::discover;
    use crate::wording::{self, Piece, Text};

    /// The baseline with an event by chance and a jump that matter more than anything else.
    const STRUCK: &str = r#"
extends = "base.toml"
[[events]]
name = "state fund"
region = "china"
series = "deals"
year = 2024
chance-per-year = "15%"
effect = { step = "+900%" }
[[jumps]]
name = "crash"
region = "us"
series = "deals"
chance-per-year = "15%"
size = "-90%"
spread = "10%"
duration = "permanent"
"#;

    /// Of several scenarios and conditions, whatever the rule is about: assumptions, an event, regimes; and of each of its boxes.
    #[test]
    fn every_number_of_a_discovery_stands_in_its_tables_as_it_is_written() {
        let read = |path: &Path| {
            if path.ends_with("struck.toml") {
                return Ok(STRUCK.as_bytes().to_vec());
            }
            std::fs::read(
                Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(path.file_name().expect("a file")),
            )
            .map_err(|error| error.to_string())
        };
        let settings = Settings::new(8_000, 7);
        for (file, condition) in [
            ("base.toml", "ratio in 2030 < half of 2023"),
            ("china-state-push.toml", "china.deals in 2030 > 300"),
            ("us-correction.toml", "us.funding in some year < $25bn"),
            ("boom-and-bust.toml", "us.funding in 2030 > $100bn"),
            ("struck.toml", "ratio in 2030 < half of 2023"),
            ("struck.toml", "ratio in 2030 > twice 2023"),
        ] {
            let loaded = load(Path::new(file), &Layers::default(), None, &read).expect("a valid scenario");
            let asked = Discover { scenario: file.into(), condition: condition.to_owned(), of_box: None, keep: None };
            let mut found = Discovered::find(&loaded.scenario, &asked, &settings, &|_| {}).expect("a rule");
            for shown in std::iter::once(found.chosen).chain((0..found.boxes.len()).step_by(7)) {
                found.shown = shown;
                let cited = holds(&found);
                let least = if found.shown_box().rule.is_empty() { 2 } else { 10 };
                assert!(cited >= least, "{file}: {cited}");
            }
        }
    }

    /// Holds every number against the tables; how many there are.
    fn holds(found: &Discovered) -> usize {
        let mut data = Data::default();
        for table in discover::tables(found) {
            data.add_table(table.file(), &table);
        }
        let cells = wording::discover_table(found).1.into_iter().flat_map(|(_, cells)| cells);
        let titles = [wording::box_title(found), wording::trajectory_title(found)];
        let sentences = wording::discover_finding(found).into_iter().chain(wording::discover_basis(found));
        let texts: Vec<Text> = sentences.chain(titles).chain(cells).collect();
        let mut cited = 0;
        for text in &texts {
            assert_eq!(check::untraced(text), Vec::<String>::new(), "{text}");
            for piece in text.pieces() {
                if let Piece::Cited { text: said, citation } = piece {
                    cited += 1;
                    assert_eq!(disagreement(said, citation, &data), None, "{text}");
                }
            }
        }
        cited
    }
}
