//! Tables whose columns have names that Stata and SQL take everywhere, `p2_5` for `p2.5`, with labels for Stata.

use std::fmt::Write;

use crate::store::Files;

use super::run::{Run, RunTable, csv_text};

/// Words that SQL or Stata keep for themselves and that a table of ours has as a column.
const RESERVED: [&str; 14] =
    ["from", "to", "check", "in", "if", "using", "with", "long", "int", "float", "double", "order", "group", "case"];

/// Longest name that Stata takes.
const MOST_LETTERS: usize = 32;

/// Longest label that Stata keeps.
const MOST_OF_A_LABEL: usize = 80;

/// The files of a run.
pub(super) fn files(run: &Run) -> Files {
    let mut labels = "* Reads the tables of the run and says what their columns mean.\nversion 13\n".to_owned();
    let mut files = Vec::new();
    for table in &run.tables {
        let names = names(&table.head);
        let rows = std::iter::once(names.clone()).chain(table.rows.iter().cloned());
        files.push((table.file.clone(), csv_text(rows)));
        labels += &labelled(table, &names);
    }
    files.push(("labels.do".to_owned(), labels.into_bytes()));
    files
}

/// Names of letters, digits and underscores, each once.
fn names(head: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in head {
        let plain: String =
            name.chars().map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '_' }).collect();
        let plain = if plain.starts_with(|it: char| it.is_ascii_digit()) { format!("_{plain}") } else { plain };
        let plain = if RESERVED.contains(&plain.as_str()) { format!("{plain}_") } else { plain };
        let plain: String = plain.chars().take(MOST_LETTERS - 2).collect();
        let mut own = plain.clone();
        let mut number = 2;
        while found.contains(&own) {
            own = format!("{plain}{number}");
            number += 1;
        }
        found.push(own);
    }
    found
}

fn labelled(table: &RunTable, names: &[String]) -> String {
    let stem = table.file.trim_end_matches(".csv");
    let mut text =
        format!("\nimport delimited using \"{}\", clear varnames(1) case(preserve) encoding(\"utf-8\")\n", table.file);
    for (name, (_, column)) in names.iter().zip(table.columns()) {
        let Some(column) = column else { continue };
        let unit = if column.unit.is_empty() { String::new() } else { format!(" ({})", column.unit) };
        let meaning = for_stata(column.meaning);
        let (label, is_whole) = shortened(&meaning, &for_stata(&unit));
        let _ = writeln!(text, "label variable {name} \"{label}\"");
        if !is_whole {
            let _ = writeln!(text, "notes {name}: {meaning}");
        }
    }
    text + &format!("save \"{stem}.dta\", replace\n")
}

/// A text without the signs that mean something to Stata: dollars by their code, `USD bn`, and quotes as apostrophes.
fn for_stata(text: &str) -> String {
    let mut plain = text.replace("$bn", "USD bn").replace("$m", "USD m").replace("$trn", "USD trn");
    for (sign, word) in [("$", "USD "), ("\"", "'"), ("`", "'"), ("“", "'"), ("”", "'")] {
        plain = plain.replace(sign, word);
    }
    plain
}

/// A meaning with its unit that fits into a label, cut between words, and whether nothing is missing.
fn shortened(meaning: &str, unit: &str) -> (String, bool) {
    let letters = |text: &str| text.chars().count();
    if letters(meaning) + letters(unit) <= MOST_OF_A_LABEL {
        return (format!("{meaning}{unit}"), true);
    }
    let room = MOST_OF_A_LABEL - letters(unit) - letters("...");
    let mut label = String::new();
    for word in meaning.split(' ') {
        let space = usize::from(!label.is_empty());
        if letters(&label) + space + letters(word) > room {
            break;
        }
        label += if space == 1 { " " } else { "" };
        label += word;
    }
    (format!("{}...{unit}", label.trim_end_matches([',', ';', ':'])), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_their_dollars_and_end_with_a_word() {
        assert_eq!(for_stata("in $bn, \"so\" of $31"), "in USD bn, 'so' of USD 31");
        assert_eq!(shortened("part in the change", " (bn)"), ("part in the change (bn)".to_owned(), true));
        let meaning = "the chance, by the end of the year, that the smaller side has caught up with the larger one";
        let (label, is_whole) = shortened(meaning, " (share)");
        assert!(!is_whole && label.chars().count() <= MOST_OF_A_LABEL, "{label}");
        let kept = label.strip_suffix("... (share)").expect("it is cut");
        assert!(meaning.starts_with(kept) && meaning[kept.len()..].starts_with([' ', ',']), "{label}");
    }

    #[test]
    fn names_are_taken_by_stata_and_sql() {
        let head = ["p2.5", "se_p2.5", "from", "2023", "a b", "a.b", "gap-below-100m"].map(str::to_owned);
        assert_eq!(names(&head), ["p2_5", "se_p2_5", "from_", "_2023", "a_b", "a_b2", "gap_below_100m"]);
        let long = names(&["x".repeat(50), "x".repeat(60)]);
        assert!(long.iter().all(|name| name.len() <= MOST_LETTERS) && long[0] != long[1]);
    }
}
