//! `summary.md` of a goal that was sought: ready to paste.

use crate::study::Sought;
use crate::wording::{self, Text};

use super::summary_md::escaped;

/// `summary.md` of a goal that was sought.
#[must_use]
pub fn summary_md(sought: &Sought, command: &str, charts: &[&str]) -> String {
    let title = wording::short_title(sought.scenario.title());
    let mut out = format!("# {}: what it would take\n\n", escaped(&title));
    out += &format!("**{}**\n\n", escaped(&Text::joined(wording::seek_finding(sought), " ").text()));
    out += "Projection under stated assumptions, not a forecast.\n\n";
    if sought.named.is_empty() {
        out += "## What would have to be true, one thing at a time\n\n";
        for (head, rows) in wording::one_thing_at_a_time(sought) {
            let head: Vec<&str> = head.split('|').collect();
            out += &format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
            for (name, cells) in rows {
                let cells: Vec<String> = cells.iter().map(|cell| escaped(&cell.text())).collect();
                out += &format!("| {} | {} |\n", escaped(&name), cells.join(" | "));
            }
            out.push('\n');
        }
    }
    if !sought.frontier.is_empty() {
        let head = wording::frontier_head(sought);
        out += &format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
        for row in wording::frontier_rows(sought) {
            out += &format!("| {} |\n", row.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | "));
        }
        out.push('\n');
    }
    wording::seek_basis(sought).iter().for_each(|words| out += &format!("{}\n\n", escaped(&words.text())));
    charts.iter().for_each(|chart| out += &format!("![{chart}](charts/{chart}.png)\n\n"));
    let table = if sought.frontier.is_empty() { "seek.csv" } else { "frontier.csv" };
    out += &format!(
        "Reproduce: `{command}` with aigap {} ({}, seed {}). Every number of this page is in `{table}`.\n",
        env!("CARGO_PKG_VERSION"),
        wording::paths(sought.settings.paths),
        sought.settings.seed
    );
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::check;
    use super::super::data::{Data, disagreement};
    use crate::engine::Settings;
    use crate::scenario::{Layers, load};
    use crate::study::{Sought, Varied};
    use crate::table::questions;
    use crate::wording::{self, Piece, Text};

    #[test]
    fn every_number_of_a_sentence_stands_in_the_table_as_it_is_written() {
        let read = |_: &Path| Ok(include_bytes!("../../scenarios/base.toml").to_vec());
        let loaded = load(Path::new("base.toml"), &Layers::default(), None, &read).expect("a valid scenario");
        let scenario = loaded.scenario;
        let settings = Settings::new(2_000, 7);
        for (goal, named) in [
            ("P(ratio in 2030 < half of 2023) >= 50%", None),
            ("median of gap in 2030 <= $20bn", Some("china.deal-size.growth")),
            ("P(ratio in 2030 < 1) >= 90%", Some("us.deals.growth")),
            ("P(ratio in 2030 < 1000) >= 10%", Some("us.deals.growth")),
        ] {
            let named: Vec<Varied> =
                named.iter().map(|address| Varied::of(&scenario, address, false).expect("an input")).collect();
            let goal = scenario.goal(goal).expect("a goal");
            let sought = Sought::seek(&scenario, goal, named, &settings, &|_| {});
            let mut data = Data::default();
            for table in questions::tables(&sought) {
                data.add_table(table.file(), &table);
            }
            let cells = wording::one_thing_at_a_time(&sought).into_iter().flat_map(|(_, rows)| rows);
            let cells = cells.flat_map(|(_, cells)| cells);
            let texts: Vec<Text> =
                wording::seek_finding(&sought).into_iter().chain(wording::seek_basis(&sought)).chain(cells).collect();
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
            assert!(cited > 2, "{texts:?}");
        }
    }
}
