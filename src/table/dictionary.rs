//! The data dictionary: every table with its columns, as text for a terminal, as JSON, and as the page of the
//! documentation.

use std::fmt::Write;

use serde_json::{Value, json};

use super::declared::{ALL, Column, Declaration};

/// Declarations of a file, asked for by its name, with or without its folder.
#[must_use]
pub fn find(name: &str) -> Vec<&'static Declaration> {
    let short = |file: &str| file.rsplit('/').next().unwrap_or(file).to_owned();
    let exact: Vec<&Declaration> = ALL.into_iter().filter(|table| table.is_of(name)).collect();
    if exact.is_empty() && !name.contains('/') {
        return ALL.into_iter().filter(|table| table.files.iter().any(|file| short(file) == name)).collect();
    }
    exact
}

/// Every table in a line: its files and what a row of it is.
#[must_use]
pub fn list() -> String {
    let mut text = String::new();
    for command in commands() {
        let _ = writeln!(text, "Written by {command}");
        for table in ALL.into_iter().filter(|table| table.written_by == command) {
            let _ = writeln!(text, "  {}\n      {}", table.files.join(", "), table.holds);
        }
        text.push('\n');
    }
    text + "aigap tables FILE lists the columns of a file: aigap tables fan.csv\n"
}

/// Commands that write tables, in the order of the tables.
fn commands() -> Vec<&'static str> {
    let mut commands: Vec<&str> = Vec::new();
    for table in ALL {
        if !commands.contains(&table.written_by) {
            commands.push(table.written_by);
        }
    }
    commands
}

/// The columns of a table: name, kind and unit, meaning.
#[must_use]
pub fn columns(table: &Declaration) -> String {
    let mut text = format!("{}: {}\n", table.files.join(", "), table.holds);
    let _ = writeln!(text, "written by {}; a row is known by {}\n", table.written_by, table.keys.join(", "));
    let rows: Vec<[String; 3]> =
        table.columns().map(|column| [column.name.to_owned(), kind(column), meaning(column)]).collect();
    let width = |place: usize| rows.iter().map(|row| row[place].chars().count()).max().unwrap_or(0);
    let [names, kinds] = [width(0), width(1)];
    for [name, kind, meaning] in &rows {
        let _ = writeln!(text, "  {name:<names$}  {kind:<kinds$}  {meaning}");
    }
    text
}

/// `share`, `number, times`: the kind of a column with its unit, where the one does not say the other.
fn kind(column: &Column) -> String {
    let kind = column.kind.name();
    if column.unit.is_empty() || column.unit == kind { kind.to_owned() } else { format!("{kind}, {}", column.unit) }
}

fn meaning(column: &Column) -> String {
    let several = if column.of_several { " (in tables of several scenarios only)" } else { "" };
    format!("{}{several}", column.meaning)
}

/// Tables for programs.
#[must_use]
pub fn as_json<'a>(tables: impl IntoIterator<Item = &'a Declaration>) -> String {
    let column = |column: &Column| {
        json!({
            "name": column.name,
            "kind": column.kind.name(),
            "unit": column.unit,
            "meaning": column.meaning,
            "of_several_scenarios": column.of_several,
        })
    };
    let table = |table: &Declaration| {
        json!({
            "files": table.files,
            "written_by": table.written_by,
            "holds": table.holds,
            "keys": table.keys,
            "columns": table.columns().map(column).collect::<Vec<Value>>(),
        })
    };
    let tables: Vec<Value> = tables.into_iter().map(table).collect();
    format!("{:#}\n", Value::from(tables))
}

/// The page of the documentation.
#[must_use]
pub fn page() -> String {
    let mut text = "# Files and columns\n\nEvery table that aigap writes, column by column. This page is what `aigap tables --markdown` \
                    prints.\n\n\
                    All files are UTF-8 with `\\n` at the end of each line and a head in the first one. An empty field is a \
                    value that is missing, infinite or undefined; where that matters, `n_undefined` and `n_infinite` count \
                    the paths. Numbers are the shortest digits that read back as the same number. A part of a name in \
                    braces is filled in by the run: `{money}` is `dollars`, `yuan`, or with prices of a year \
                    `yuan-of-2023`. Where the unit is *see unit*, each row has its own in the column `unit`.\n\n\
                    Kinds: *text* is words, *title* a name as somebody wrote it, *setting* a value as a scenario writes it \
                    (a number in some rows, words in others), *year* a calendar year, *count* a whole number, *number* any \
                    number, *share* a part of one.\n\n\
                    Quantiles are named as analysts write them, `p2.5`. Where a program takes no point in a name, write the \
                    name in quotes (`\"p2.5\"` in SQL, `df[\"p2.5\"]` in pandas, `` d$`p2.5` `` in R with \
                    `check.names = FALSE`).\n"
        .to_owned();
    for command in commands() {
        let _ = write!(text, "\n## Written by {}\n", as_code(command));
        for table in ALL.into_iter().filter(|table| table.written_by == command) {
            let files: Vec<String> = table.files.iter().map(|file| format!("`{file}`")).collect();
            let _ = write!(text, "\n### {}\n\n{}.\n\n", files.join(", "), sentence(table.holds));
            let keys: Vec<String> = table.keys.iter().map(|key| format!("`{key}`")).collect();
            let _ = write!(text, "A row is known by {}.\n\n", keys.join(", "));
            text += "| column | kind | unit | what it says |\n|---|---|---|---|\n";
            for column in table.columns() {
                let (kind, meaning) = (column.kind.name(), sentence(&meaning(column)).replace('|', "\\|"));
                let _ = writeln!(text, "| `{}` | {kind} | {} | {meaning} |", column.name, column.unit);
            }
        }
    }
    text
}

/// Commands as a page writes them, so that no line breaks within a flag.
fn as_code(commands: &str) -> String {
    let marked = commands.split(", ").map(|it| match it.split_once(" with ") {
        Some((command, rest)) => format!("`{command}` with {rest}"),
        None if it.starts_with("aigap ") => format!("`{it}`"),
        None => it.to_owned(),
    });
    marked.collect::<Vec<String>>().join(", ")
}

/// Words with a capital letter in front.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_found_by_its_file_and_by_its_name_alone() {
        let files = |name: &str| find(name).iter().map(|table| table.files[0]).collect::<Vec<_>>();
        assert_eq!(files("fan.csv"), ["fan.csv"]);
        assert_eq!(files("charts/compare.csv"), ["charts/compare.csv"]);
        assert_eq!(files("gap.csv"), ["charts/gap.csv"]);
        assert_eq!(files("charts/attribution-boom.csv"), ["charts/attribution-{what_if}.csv"]);
        assert!(files("fans.csv").is_empty() && files("charts/fan.csv").is_empty());
    }

    #[test]
    fn every_column_stands_in_the_page_and_in_the_json() {
        let (page, json) = (page(), as_json(ALL));
        for table in ALL {
            let own = columns(table);
            for column in table.columns() {
                assert!(page.contains(&format!("| `{}` | {} |", column.name, column.kind.name())), "{}", column.name);
                assert!(json.contains(&format!("\"name\": \"{}\"", column.name)) && own.contains(column.meaning));
            }
        }
    }
}
