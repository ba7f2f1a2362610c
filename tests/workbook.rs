//! `workbook.xlsx` as a spreadsheet reads it: its sheets, their heads, and numbers that are numbers.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use crate::support::program::shipped;
use tempfile::TempDir;

/// A cell with the number format it is shown in.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Words(String),
    Number(f64, String),
}

impl Cell {
    fn words(&self) -> &str {
        match self {
            Self::Words(words) => words,
            Self::Number(..) => "",
        }
    }
}

/// A sheet: rows of cells by column letter, and its XML.
struct Sheet {
    rows: Vec<BTreeMap<String, Cell>>,
    xml: String,
}

impl Sheet {
    /// The letter of the column with this head.
    fn letter(&self, head: &str) -> String {
        let is_head = |cell: &Cell| match cell {
            Cell::Words(words) => words == head,
            Cell::Number(year, _) => year.to_string() == head,
        };
        let found = self.rows[0].iter().find(|(_, cell)| is_head(cell));
        found.unwrap_or_else(|| panic!("no column {head}: {:?}", self.rows[0])).0.clone()
    }

    /// The cells of a column in the rows with these words under these heads.
    fn of(&self, words: &[(&str, &str)], head: &str) -> Vec<Option<&Cell>> {
        let fits = |row: &&BTreeMap<String, Cell>| {
            words.iter().all(|(head, word)| row.get(&self.letter(head)).is_some_and(|cell| cell.words() == *word))
        };
        let letter = self.letter(head);
        self.rows[1..].iter().filter(fits).map(|row| row.get(&letter)).collect()
    }
}

fn unescaped(text: &str) -> String {
    ["&lt;<", "&gt;>", "&quot;\"", "&amp;&"].iter().fold(text.to_owned(), |text, pair| {
        let (from, to) = pair.split_once(';').unwrap();
        text.replace(&format!("{from};"), to)
    })
}

fn attribute(element: &str, name: &str) -> Option<String> {
    Some(unescaped(element.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0))
}

/// The text of a file in a zip; none if there is no such file.
fn entry(archive: &[u8], name: &str) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).unwrap();
    Some(text)
}

/// Every sheet of a workbook by its name, in order.
fn read(path: &Path) -> Vec<(String, Sheet)> {
    let archive = std::fs::read(path).unwrap();
    let entry = |name: &str| entry(&archive, name).unwrap();
    let strings: Vec<String> = entry("xl/sharedStrings.xml")
        .split("<si>")
        .skip(1)
        .map(|it| unescaped(it.split_once('>').unwrap().1.split_once("</t>").unwrap().0))
        .collect();
    let styles = entry("xl/styles.xml");
    let codes: BTreeMap<String, String> = styles
        .split("<numFmt ")
        .skip(1)
        .map(|it| {
            (attribute(&format!(" {it}"), "numFmtId").unwrap(), attribute(&format!(" {it}"), "formatCode").unwrap())
        })
        .collect();
    let formats: Vec<String> = styles
        .split_once("<cellXfs")
        .unwrap()
        .1
        .split("<xf ")
        .skip(1)
        .map(|it| attribute(&format!(" {it}"), "numFmtId").unwrap())
        .collect();
    let names: Vec<String> = entry("xl/workbook.xml")
        .split("<sheet ")
        .skip(1)
        .map(|it| attribute(&format!(" {it}"), "name").unwrap())
        .collect();
    let sheets = names.into_iter().enumerate().map(|(place, name)| {
        let xml = entry(&format!("xl/worksheets/sheet{}.xml", place + 1));
        let row = |row: &str| {
            let cell = |it: &str| {
                let element = format!(" {it}");
                let letter: String = attribute(&element, "r")?.chars().take_while(char::is_ascii_alphabetic).collect();
                let value = it.split_once("<v>")?.1.split_once("</v>")?.0;
                let cell = match attribute(it.split_once('>')?.0, "t").as_deref() {
                    Some("s") => Cell::Words(strings[value.parse::<usize>().unwrap()].clone()),
                    _ => {
                        let format = &formats[attribute(it.split_once('>')?.0, "s")?.parse::<usize>().unwrap()];
                        Cell::Number(value.parse().unwrap(), codes.get(format).unwrap_or(format).clone())
                    }
                };
                Some((letter, cell))
            };
            row.split("<c ").skip(1).filter_map(cell).collect()
        };
        let rows = xml.split("<row ").skip(1).map(row).collect();
        (name, Sheet { rows, xml })
    });
    sheets.collect()
}

fn sheet<'a>(book: &'a [(String, Sheet)], name: &str) -> &'a Sheet {
    let names: Vec<&String> = book.iter().map(|(name, _)| name).collect();
    &book.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no sheet {name}: {names:?}")).1
}

fn made(words: &[&str]) -> (TempDir, Vec<(String, Sheet)>) {
    let folder = TempDir::new().unwrap();
    let common = ["--paths", "400", "--quiet", "--out", "run"];
    let output =
        Command::new(env!("CARGO_BIN_EXE_aigap")).current_dir(folder.path()).args(words).args(common).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let book = read(&folder.path().join("run/workbook.xlsx"));
    (folder, book)
}

/// Every sheet but the first has a head that stays, and columns that can be read.
fn stays_readable(book: &[(String, Sheet)]) {
    for (name, sheet) in book.iter().filter(|(name, _)| !["About", "Charts", "Charted"].contains(&name.as_str())) {
        assert!(sheet.xml.contains("ySplit=\"1\"") && sheet.xml.contains("state=\"frozen\""), "{name}: no frozen head");
        let widths = sheet.xml.split("<col ").skip(1).map(|it| attribute(&format!(" {it}"), "width").unwrap());
        let widths: Vec<f64> = widths.map(|it| it.parse().unwrap()).collect();
        assert!(!widths.is_empty() && widths.iter().all(|it| (7.0..=62.0).contains(it)), "{name}: {widths:?}");
        assert!(!sheet.xml.contains("<f>"), "{name} has a formula");
    }
}

#[test]
fn a_run_has_a_sheet_for_assumptions_and_one_for_sources_with_numbers_as_numbers() {
    let (_folder, book) = made(&["simulate", &shipped("us-correction.toml"), "--source", "all"]);
    stays_readable(&book);
    for name in ["Charts", "Fan", "Probabilities", "Charted", "Observations", "By source"] {
        sheet(&book, name);
    }
    // Years across are numbers too, and a row of noughts for paths without a ratio says nothing.
    assert_eq!(sheet(&book, "Fan").rows[0].values().last(), Some(&Cell::Number(2030.0, "0".to_owned())));
    assert!(sheet(&book, "Fan").of(&[("quantity", "n_undefined")], "quantity").is_empty());
    let inputs = sheet(&book, "Assumptions");
    let growth = [("address", "us.deal-size.growth")];
    let cell = |head: &str| inputs.of(&growth, head)[0].cloned();
    // "mean 7.25%, sd 10%": the log of growth is normal with mean ln 1.0725 and sd 0.10, whose 10% quantile lies
    // 1.2816 sd below.
    let low = 1.0725 * libm::exp(-0.128_155) - 1.0;
    let Some(Cell::Number(value, format)) = cell("p10") else { panic!("{:?}", cell("p10")) };
    assert!((value - low).abs() < 1e-5 && format == "0.0%", "{value} {format}");
    assert_eq!(cell("p50"), Some(Cell::Number(0.0725, "0.0%".to_owned())));
    assert_eq!(cell("value"), Some(Cell::Words("mean 7.25%, sd 10%".to_owned())));
    assert_eq!(cell("set_by"), Some(Cell::Words("base.toml".to_owned())));
    assert!(
        matches!(cell("line"), Some(Cell::Number(line, format)) if line > 1.0 && format == "0_)"),
        "{:?}",
        cell("line")
    );
    assert!(cell("why").is_some() && cell("source").is_some() && cell("unit").is_some());
    // What is certain has no range; a year is a year.
    assert_eq!(inputs.of(&[("address", "us.deals.volatility")], "p90"), [None]);
    assert_eq!(
        inputs.of(&[("address", "events.us-correction.year")], "p10"),
        [Some(&Cell::Number(2025.0, "0_)".to_owned()))]
    );
    let sources = sheet(&book, "Sources");
    let named = sources.of(&[("used_as", "figures of the model")], "source");
    let named: Vec<&str> = named.iter().map(|cell| cell.unwrap().words()).collect();
    assert_eq!(
        named,
        ["TMTPost 2024-02-19 citing CB Insights State of AI 2023 recap", "CB Insights State of AI 2023 recap"]
    );
    let own = [("source", named[0]), ("used_as", "figures of the model")];
    assert_eq!(sources.of(&own, "edition"), [Some(&Cell::Words("2024-01".to_owned()))]);
    assert!(sources.of(&own, "gives")[0].unwrap().words().contains("us funding 2023: $31 billion; "));
    assert!(matches!(sources.of(&own, "entries")[0], Some(Cell::Number(entries, _)) if *entries >= 8.0));
    // A count that the model does not use is told as such; every assumption rests on a row.
    assert_eq!(
        sources.of(&[("source", "Stanford AI Index 2024")], "used_as")[0].unwrap().words(),
        "another count, shown beside"
    );
    let reasons: String = sources
        .of(&[("used_as", "reason of assumptions")], "gives")
        .iter()
        .map(|cell| format!("{}; ", cell.unwrap().words()))
        .collect();
    for row in &inputs.rows[1..] {
        let address = row["A"].words();
        assert!(reasons.contains(&format!("{address}; ")), "{address} rests on no source: {reasons}");
    }
}

#[test]
fn a_comparison_tells_the_inputs_of_each_scenario_and_who_set_them() {
    let (folder, book) = made(&["compare", &shipped("base.toml"), &shipped("convergence.toml"), "--no-charts"]);
    stays_readable(&book);
    let inputs = sheet(&book, "Assumptions");
    let told = |scenario: &str, address: &str, head: &str| {
        inputs.of(&[("scenario", scenario), ("address", address)], head)[0].unwrap().words().to_owned()
    };
    assert_eq!(told("base", "us.deals.growth", "against_baseline"), "baseline");
    assert_eq!(told("convergence", "us.deals.growth", "against_baseline"), "same");
    assert_eq!(told("convergence", "china.deals.ceiling", "against_baseline"), "added");
    assert_eq!(told("convergence", "china.deals.ceiling", "set_by"), "convergence.toml");
    assert!(sheet(&book, "Sources").rows.len() > 5);
    let shares = sheet(&book, "Probabilities");
    let row = [("scenario", "convergence"), ("question", "wider-as-ratio"), ("quantity", "probability")];
    assert!(
        matches!(shares.of(&row, "2030")[..], [Some(Cell::Number(share, format))] if *share < 0.5 && format == "0.0%")
    );
    // The same inputs as in the table, which keeps the user's files and lines.
    let table = std::fs::read_to_string(folder.path().join("run/assumptions.csv")).unwrap();
    assert_eq!(table.lines().count(), inputs.rows.len());
    assert!(table.contains("base,us.deals.growth,") && table.contains(",convergence.toml,15\n"), "{table}");
}

/// A series of a chart: the columns and rows that it refers to, and the numbers that the chart keeps of them.
struct Plotted {
    column: String,
    rows: std::ops::RangeInclusive<usize>,
    kept: Vec<Option<f64>>,
}

/// What a chart draws: for each series its years and its values.
fn plotted(chart: &str) -> Vec<[Plotted; 2]> {
    let of = |series: &str, element: &str| {
        let part =
            series.split_once(&format!("<c:{element}>")).unwrap().1.split_once(&format!("</c:{element}>")).unwrap().0;
        let range = part.split_once("<c:f>").unwrap().1.split_once("</c:f>").unwrap().0;
        let range = range.strip_prefix("Charted!$").unwrap().replace(":$", "$");
        let words: Vec<&str> = range.split('$').collect();
        assert_eq!(words[0], words[2], "a series is one column: {range}");
        let rows: Vec<usize> = [words[1], words[3]].iter().map(|row| row.parse().unwrap()).collect();
        let count: usize = attribute(part.split_once("<c:ptCount").unwrap().1, "val").unwrap().parse().unwrap();
        let mut kept = vec![None; count];
        for point in part.split("<c:pt ").skip(1) {
            let place: usize = attribute(&format!(" {point}"), "idx").unwrap().parse().unwrap();
            kept[place] = Some(point.split_once("<c:v>").unwrap().1.split_once("</c:v>").unwrap().0.parse().unwrap());
        }
        Plotted { column: words[0].to_owned(), rows: rows[0]..=rows[1], kept }
    };
    chart.split("<c:ser>").skip(1).map(|series| [of(series, "cat"), of(series, "val")]).collect()
}

#[test]
fn charts_are_drawn_from_cells_that_hold_the_numbers_of_the_files() {
    let (folder, book) = made(&["simulate", &shipped("base.toml")]);
    let run = folder.path().join("run");
    let charted = sheet(&book, "Charted");
    let number = |column: &str, row: usize| match charted.xml.split_once(&format!("<c r=\"{column}{row}\"")) {
        Some((_, rest)) => {
            let cell = rest.split_once("</c>").map_or("", |it| it.0);
            cell.split_once("<v>").and_then(|it| it.1.split_once("</v>")).map(|it| it.0.parse::<f64>().unwrap())
        }
        None => None,
    };
    let archive = std::fs::read(run.join("workbook.xlsx")).unwrap();
    let files = ["funding", "gap", "gap", "probability", "probability"];
    for (place, file) in files.iter().enumerate() {
        let chart = entry(&archive, &format!("xl/charts/chart{}.xml", place + 1)).unwrap();
        let rows =
            crate::support::program::table(&crate::support::program::read(run.join(format!("charts/{file}.csv"))));
        let in_file = |value: &f64| {
            rows.iter().flat_map(|row| row.values()).any(|field| field.parse::<f64>().is_ok_and(|it| it == *value))
        };
        let series = plotted(&chart);
        assert!(series.len() >= 5, "{file}");
        for plotted in series.iter().flatten() {
            let cells: Vec<Option<f64>> = plotted.rows.clone().map(|row| number(&plotted.column, row)).collect();
            assert_eq!(cells, plotted.kept, "{file}");
            assert!(cells.iter().flatten().count() > 1, "{file}: {cells:?}");
            assert!(cells.iter().flatten().all(in_file), "{file}: {cells:?}");
        }
        let years = &series[0][0].kept;
        assert!(years.iter().flatten().all(|year| (2022.0..=2030.0).contains(year)), "{years:?}");
        // Titles of both axes, the source among them, and a log axis where the picture has one.
        assert_eq!(chart.matches("<c:title>").count(), 3, "{file}");
        assert!(chart.contains("Year. Source: CB Insights State of AI 2023 recap, edition 2024-01; aigap simulation."));
        assert_eq!(chart.contains("<c:logBase val=\"10\"/>"), [0, 2].contains(&place), "{file}");
    }
    assert_eq!(entry(&archive, "xl/charts/chart6.xml"), None);
    let drawing = entry(&archive, "xl/drawings/drawing1.xml").unwrap();
    assert_eq!(drawing.matches(" descr=\"").count(), files.len());
}

#[test]
fn a_comparison_draws_its_medians_and_a_run_without_charts_none() {
    let (folder, _) = made(&["compare", &shipped("base.toml"), &shipped("convergence.toml")]);
    let archive = std::fs::read(folder.path().join("run/workbook.xlsx")).unwrap();
    assert_eq!(plotted(&entry(&archive, "xl/charts/chart1.xml").unwrap()).len(), 3);
    let (_folder, book) = made(&["simulate", &shipped("base.toml"), "--no-charts"]);
    assert!(book.iter().all(|(name, _)| name != "Charts" && name != "Charted"));
}
