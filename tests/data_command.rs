//! `aigap data`: a file of each layout becomes figures that a scenario starts from, and every mistake is named with its cure.

use std::path::{Path, PathBuf};

use crate::support::program::{aigap, done, folder_with, read, refused, root, table, words, words_of};

fn layouts() -> PathBuf {
    root().join("tests/layouts")
}

/// Runs `aigap data` on a file of `tests/layouts`, and gives the rows that it writes: region, year, metric, value.
fn figures(file: &str, flags: &[&str]) -> Vec<(String, i32, String, f64)> {
    let folder = tempfile::TempDir::new().unwrap();
    let path = layouts().join(file);
    let out = folder.path().join("own.csv");
    let command = [&["data", path.to_str().unwrap(), "-o", out.to_str().unwrap()], flags].concat();
    done(folder.path(), &command);
    let rows = table(&read(out));
    assert!(rows.iter().all(|row| ["unit", "source", "vintage"].iter().all(|it| !row[*it].is_empty())), "{file}");
    let used = rows.iter().filter(|row| row.get("role").is_none_or(|role| role == "model input"));
    used.map(|it| {
        (it["region"].clone(), it["year"].parse().unwrap(), it["metric"].clone(), it["value"].parse().unwrap())
    })
    .collect()
}

fn holds(file: &str, flags: &[&str], expected: &[(&str, i32, &str, f64)]) {
    let found = figures(file, flags);
    for (region, year, metric, value) in expected {
        let row = (region.to_string(), *year, metric.to_string(), *value);
        assert!(found.contains(&row), "{file}: {row:?} is not in {found:?}");
    }
}

/// Expected values stand in the files; amounts in full become billions.
#[test]
fn every_layout_is_read_with_two_flags_at_most() {
    let private =
        [("us", 2023, "funding", 67.22), ("china", 2021, "funding", 21.19), ("world", 2023, "funding", 95.99)];
    holds("owid-private-investment-2024-04.csv", &[], &private);
    let several = ["--measure", "funding=Private", "--vintage", "2024"];
    holds("owid-several.csv", &several, &[("us", 2023, "funding", 67.22), ("china", 2022, "funding", 13.97)]);
    holds(
        "world-bank.csv",
        &["--measure", "funding=Venture capital"],
        &[("us", 2023, "funding", 27.360935), ("germany", 2020, "funding", 3.94014)],
    );
    let wide = ["--vintage", "2024", "--measure", "funding=Investment|AI"];
    holds("iamc-wide.csv", &wide, &[("us", 2023, "funding", 55.3), ("china", 2021, "funding", 18.3)]);
    holds("iamc-long.csv", &["--vintage", "2024", "--where", "scenario=SSP2"], &[("us", 2022, "funding", 41.2)]);
    let hub = [("us", 2022, "funding", 48.33), ("china", 2023, "funding", 7.76)];
    holds("hubverse.csv", &["--source", "AI Index", "--unit", "USD bn"], &hub);
    holds("package/datapackage.json", &[], &[("us", 2022, "funding", 48.33), ("china", 2023, "funding", 7.76)]);
    let total = ["--vintage", "2024", "--source", "OECD", "--where", "Venture stage=Total"];
    holds("sdmx.csv", &total, &[("us", 2022, "funding", 210.2345), ("china", 2023, "funding", 48.2109)]);
    let both = [("china", 2021, "funding", 24.512), ("us", 2023, "deals", 2871.0), ("eu", 2022, "deals", 1390.0)];
    holds("oecd-ai.csv", &["--vintage", "2024"], &both);
    let parts = ["--vintage", "2019", "--measure", "deals=Deals"];
    holds("ncses.csv", &parts, &[("china", 2014, "deals", 68.0), ("us", 2018, "deals", 1955.0)]);
    holds("figure.csv", &["--vintage", "2024"], &[("us", 2023, "funding", 67.2), ("rest", 2022, "funding", 34.6)]);
    holds("own-semicolons.csv", &[], &[("us", 2023, "funding", 31.0)]);
}

#[test]
fn the_product_of_a_country_is_not_its_funding() {
    let folder = tempfile::TempDir::new().unwrap();
    let text = read(layouts().join("world-bank.csv")).replace("Venture capital invested", "GDP");
    std::fs::write(folder.path().join("gdp.csv"), text).unwrap();
    for flags in [&[][..], &["--measure", "funding=GDP"], &["--measure", "gdp=GDP"], &["--unit", "USD"]] {
        let told = refused(folder.path(), &[&["data", "gdp.csv"], flags].concat(), 3);
        assert!(told.contains("[us.gdp]") && !told.contains("--measure funding="), "{flags:?}: {told}");
    }
}

/// The list holds the round of Weilai twice, one food company, one deal without a country and one without an amount.
#[test]
fn a_list_of_deals_is_added_up_by_year_and_region() {
    let map = [
        "--map",
        "date=Announced Date",
        "amount=Money Raised (in USD)",
        "country=Organization Location",
        "--source",
        "Crunchbase",
        "--where",
        "Organization Industries=Artificial Intelligence",
    ];
    let found = figures("crunchbase.csv", &map);
    let expected = [
        ("us", 2022, "deals", 2.0),
        ("us", 2023, "deals", 1.0),
        ("china", 2022, "deals", 1.0),
        ("china", 2023, "deals", 1.0),
        ("us", 2022, "funding", 0.012),
        ("us", 2023, "funding", 0.15),
        ("china", 2022, "funding", 0.045),
        ("china", 2023, "funding", 0.02),
    ];
    let rows: Vec<_> = expected.iter().map(|(a, b, c, d)| (a.to_string(), *b, c.to_string(), *d)).collect();
    assert_eq!(found.len(), rows.len(), "{found:?}");
    assert!(rows.iter().all(|row| found.contains(row)), "{found:?}");
    let folder = tempfile::TempDir::new().unwrap();
    let path = layouts().join("crunchbase.csv");
    let said = done(folder.path(), &[&["data", path.to_str().unwrap()], map.as_slice()].concat());
    for part in ["in the list twice", "without a country", "2024 is kept as context", "without an amount: 1"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let euros = [
        "--map",
        "date=Datum",
        "amount=Betrag",
        "country=Land",
        "currency=Währung",
        "--unit",
        "USD m",
        "--rate",
        "EUR=1.1",
        "--source",
        "Dealroom",
    ];
    // Amounts in millions; 1200万美元 is $12m, 3亿人民币 is CNY 300m, and 数千万人民币 is no number.
    let map = ["--map", "date=Deal Date", "amount=Deal Size", "country=Company Country/Territory/Region"];
    let millions = [map.as_slice(), &["--source", "PitchBook", "--unit", "USD m"]].concat();
    holds("pitchbook.csv", &millions, &[("us", 2023, "funding", 1.15), ("us", 2022, "deals", 2.0)]);
    let map = ["--map", "date=时间", "amount=金额", "country=国家", "currency=币种"];
    let yuan = [map.as_slice(), &["--source", "IT Juzi", "--rate", "CNY=0.14"]].concat();
    let expected = [("china", 2022, "funding", 0.054), ("china", 2023, "deals", 2.0), ("us", 2023, "funding", 0.05)];
    holds("it-juzi.csv", &yuan, &expected);
    for file in ["pitchbook.csv", "it-juzi.csv", "crunchbase.csv"] {
        let told = refused(folder.path(), &["data", layouts().join(file).to_str().unwrap()], 3);
        assert!(told.contains("this looks like a list of deals") && told.contains("--map date="), "{file}: {told}");
    }
    holds("dealroom.csv", &euros, &[("us", 2023, "funding", 1.1505), ("germany", 2022, "funding", 0.00352)]);
}

#[test]
fn the_same_table_is_read_from_every_dialect_encoding_and_workbook() {
    let folder = tempfile::TempDir::new().unwrap();
    let text = "Region,2021,2022\nUnited States,\"1,061.9\",48.3\nChina,21.2,14.25\nTürkiye,0.5,0.75\n";
    let german = "Region;2021;2022\nUnited States;1.061,9;48,3\nChina;21,2;14,25\nTürkiye;0,5;0,75\n";
    let latin: Vec<u8> = german.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let wide = |text: &str| [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let files: [(&str, Vec<u8>, &[&str]); 7] = [
        ("plain.csv", text.into(), &[]),
        ("mark.csv", format!("\u{feff}{}", text.replace('\n', ",,\r\n")).into(), &[]),
        ("german.csv", german.into(), &[]),
        ("latin.csv", latin, &["--encoding", "latin-1"]),
        ("wide.txt", wide(&german.replace(';', "\t")), &[]),
        ("bars.csv", german.replace(';', "|").into(), &[]),
        ("book.xlsx", workbook(text), &["--sheet", "Data"]),
    ];
    let mut written = Vec::new();
    for (name, bytes, flags) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let usual =
            ["data", name, "--source", "A", "--vintage", "2024", "--unit", "USD bn", "-o", "own.csv", "--force"];
        done(folder.path(), &[usual.as_slice(), flags].concat());
        let rows = table(&read(folder.path().join("own.csv")));
        written.push(
            rows.iter().map(|row| format!("{} {} {}", row["region"], row["year"], row["value"])).collect::<Vec<_>>(),
        );
    }
    assert_eq!(written[0].len(), 6);
    assert!(written[0].contains(&"us 2021 1061.9".to_owned()) && written[0].contains(&"turkey 2022 0.75".to_owned()));
    assert!(written.iter().all(|rows| *rows == written[0]), "{written:?}");
}

/// A workbook with the table on its second sheet, and remarks on the first.
fn workbook(text: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("About").unwrap().write(0, 0, "Remarks").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Data").unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for (row, record) in reader.records().enumerate() {
        for (column, field) in record.unwrap().iter().enumerate() {
            let (row, column) = (u32::try_from(row).unwrap() + 3, u16::try_from(column).unwrap());
            match field.replace(',', "").parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, field).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

/// What `aigap data` writes is what a scenario reads; a file that leaves nothing open needs no such step.
#[test]
fn a_scenario_starts_from_files_of_other_layouts() {
    let folder = folder_with(&[]);
    let scenario = "horizon = 2026\ndata = \"FILE\"\n[us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n\
                    [china.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n";
    let file = "owid-private-investment-2024-04.csv";
    std::fs::copy(layouts().join(file), folder.path().join(file)).unwrap();
    std::fs::write(folder.path().join("direct.toml"), scenario.replace("FILE", file)).unwrap();
    std::fs::write(folder.path().join("written.toml"), scenario.replace("FILE", "own.csv")).unwrap();
    done(folder.path(), &["data", file, "-o", "own.csv"]);
    let mut fans = Vec::new();
    for name in ["direct", "written"] {
        let scenario = format!("{name}.toml");
        let output = aigap(folder.path(), &["simulate", &scenario, "--paths", "2000", "--no-charts", "--out", name]);
        assert!(output.status.success(), "{}", words(&output.stderr));
        let said = words(&output.stderr);
        assert_eq!(said.contains("is read as Our World in Data"), name == "direct", "{said}");
        let fan = read(folder.path().join(name).join("fan.csv"));
        assert!(fan.contains("67.22"), "{fan}");
        fans.push(fan.replace(name, ""));
        done(folder.path(), &["verify", name]);
    }
    assert_eq!(fans[0], fans[1]);
    std::fs::copy(layouts().join("figure.csv"), folder.path().join("figure.csv")).unwrap();
    std::fs::write(folder.path().join("open.toml"), scenario.replace("FILE", "figure.csv")).unwrap();
    let message = refused(folder.path(), &["check", "open.toml"], 3);
    assert!(message.contains("--vintage") && message.contains("aigap data figure.csv -o own.csv"), "{message}");
}

#[test]
fn figures_come_with_a_scenario_that_starts_from_them() {
    let folder = tempfile::TempDir::new().unwrap();
    for (file, flags, holds) in [
        ("owid-private-investment-2024-04.csv", &[] as &[&str], "[us.funding]"),
        ("oecd-ai.csv", &["--vintage", "2024"], "extends = \"base\""),
    ] {
        let path = layouts().join(file);
        let usual = ["data", path.to_str().unwrap(), "-o", "own.csv", "--scenario", "own.toml", "--force"];
        let said = done(folder.path(), &[usual.as_slice(), flags].concat());
        assert!(said.contains("aigap simulate own.toml"), "{said}");
        assert!(read(folder.path().join("own.toml")).contains(holds), "{file}");
        done(folder.path(), &["simulate", "own.toml", "--paths", "2000", "--no-charts", "--out", "run", "--force"]);
        assert!(read(folder.path().join("run/fan.csv")).contains(",us,2023,"), "{file}");
    }
}

#[test]
fn a_file_of_the_user_is_not_replaced_unasked() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = layouts().join("owid-private-investment-2024-04.csv");
    std::fs::write(folder.path().join("own.csv"), "mine").unwrap();
    let command = ["data", path.to_str().unwrap(), "-o", "own.csv"];
    let output = aigap(folder.path(), &command);
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output.stderr).contains("--force") && read(folder.path().join("own.csv")) == "mine");
    done(folder.path(), &[command.as_slice(), &["--force"]].concat());
    // The file of before is the file of now.
    done(folder.path(), &command);
}

/// Every file of `tests/bad/data` is a command, and below a line `---` the file that it reads.
#[test]
fn every_mistake_in_a_file_of_others_is_explained_with_its_cure() {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad/data");
    let entries = std::fs::read_dir(&gallery).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|it| it == "txt")).collect();
    names.sort();
    assert!(names.len() >= 40);
    for path in names {
        let text = read(&path);
        let (command, file) = text.split_once("\n---\n").unwrap();
        let words = words_of(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let folder = tempfile::TempDir::new().unwrap();
        let named = if words[2] == "other.csv" { "mine.csv" } else { words[2] };
        std::fs::write(folder.path().join(named), file).unwrap();
        let output = aigap(folder.path(), &words[1..]);
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(matches!(output.status.code(), Some(2 | 3)), "{command}\n{message}");
        for foreign in ["unwrap", "ParseFloatError", "panicked", "serde"] {
            assert!(!message.contains(foreign), "{command}{message}");
        }
        insta::with_settings!({ snapshot_path => "bad/data", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), message);
        });
    }
}
