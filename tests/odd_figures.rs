//! Figures of another year, unit, region or kind of file than a user thinks: each is named at its place, with a cure that works.

use std::path::Path;

use aigap::data::Dataset;
use aigap::diagnostic::Sources;
use aigap::scenario::Layers;

use crate::support::program::{aigap, done, folder_with, read, refused, words};
use crate::support::{BASE, try_read};

const USUAL: [&str; 6] = ["--unit", "USD bn", "--source", "X", "--vintage", "2024"];

const HEAD: &str = "region,year,metric,value,unit,source,vintage\n";

/// A folder with one file, of which `aigap data` makes own.csv.
fn with(text: &str) -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("f.csv"), text).unwrap();
    folder
}

/// What `aigap data` says of a table, its warnings in front.
fn told(text: &str, flags: &[&str]) -> (bool, String) {
    let folder = with(text);
    let output = aigap(folder.path(), &[&["data", "f.csv", "-o", "own.csv"], flags].concat());
    (output.status.success(), words(&output.stderr) + &words(&output.stdout))
}

#[test]
fn a_part_of_a_year_is_not_taken_for_the_year() {
    for (part, name) in [
        ("2023-Q4", "quarter"),
        ("Q4 2023", "quarter"),
        ("2023Q1", "quarter"),
        ("2023-H1", "half-year"),
        ("2023-12", "month"),
        ("Mar 2023", "month"),
        ("2023-W05", "week"),
    ] {
        for heading in ["Year", "Quarter", "Jahr"] {
            let table = format!("{heading},United States,China\n2021,9,2\n2022,10,2\n{part},14,3\n");
            let (taken, said) = told(&table, &USUAL);
            assert!(!taken && said.contains(&format!("a {name} of 2023")), "{table}{said}");
            // The cure: it is the whole year after all, or the parts were added up.
            let (taken, said) = told(&table.replace(part, "2023"), &USUAL);
            assert!(taken && said.contains("used: 6"), "{said}");
        }
        let wide = format!("Country,2022-Q4,{part}\nUnited States,9,14\nChina,2,3\n");
        let (taken, said) = told(&wide, &USUAL);
        assert!(!taken && said.contains("the model counts years"), "{wide}{said}");
        let own = format!("{HEAD}us,{part},funding,31,USD bn,A,1\n");
        let problems = Dataset::parse("mine.csv", &own, &mut Sources::default()).unwrap_err();
        assert!(problems[0].what.contains(&format!("a {name}")) && problems[0].cure.contains("write 2023"), "{part}");
        // A column of a part beside columns of years is counted.
        let (taken, said) = told(&format!("Country,2021,2022,{part}\nUnited States,9,10,14\nChina,2,2,3\n"), &USUAL);
        assert!(taken && said.contains("Figures read: 6, used: 4") && said.contains(part), "{said}");
    }
    for whole in ["2023-12-31", "FY2023", "2023.0", "31.12.2023"] {
        assert!(told(&format!("Year,United States,China\n2022,10,2\n{whole},14,3\n"), &USUAL).0, "{whole}");
    }
}

#[test]
fn no_column_is_dropped_without_a_word() {
    for name in ["United Sates", "Unted States", "Total", "Rest"] {
        let table = format!("Year,{name},China\n2022,47,13\n2023,67,8\n");
        let (taken, said) = told(&table, &USUAL);
        assert!(taken && said.contains("Figures read: 4, used: 2") && said.contains(name), "{said}");
        assert_eq!(said.contains("did you mean United States?"), name.ends_with("ates"), "{said}");
        let (taken, said) = told(&table, &[USUAL.as_slice(), &["--region", name, "--region", "China"]].concat());
        assert!(taken && said.contains("used: 4"), "asked for by name: {said}");
    }
    // What the cure says is right.
    let (taken, said) = told("Year,United States,China\n2022,47,13\n2023,67,8\n", &USUAL);
    assert!(taken && said.contains("Figures read: 4, used: 4") && !said.contains("left out"), "{said}");
    let (_, said) = told("Year,US,China,US,China\n2021,52.9,17.2,500,120\n2022,47.4,13.4,542,160\n", &USUAL);
    assert!(said.contains("two columns are called `US`") && said.contains("f.csv:1:1"), "{said}");
    let (_, said) =
        told("Year,United States,China\n2022,47.4,13.4\n", &[USUAL.as_slice(), &["--decimal", "comma"]].concat());
    assert!(said.contains("leave --decimal comma out"), "{said}");
}

#[test]
fn amounts_of_another_order_are_asked_about() {
    let warned = |rows: &str| {
        let (_, warnings) =
            Dataset::parse_with_warnings("f.csv", &format!("{HEAD}{rows}"), &mut Sources::default()).unwrap();
        warnings.into_iter().map(|it| format!("{it}")).collect::<Vec<_>>().join("\n")
    };
    let row =
        |region: &str, metric: &str, value: &str, unit: &str| format!("{region},2023,{metric},{value},{unit},A,1\n");
    let good = row("us", "funding", "31", "USD bn") + &row("us", "deals", "1151", "count");
    assert_eq!(
        warned(&(good.clone() + &row("china", "funding", "2", "USD bn") + &row("china", "deals", "232", "count"))),
        ""
    );
    assert_eq!(warned(&row("us", "funding", "1", "USD m")), "");
    for (rows, says) in [
        (row("us", "funding", "0.000000007", "USD bn"), "funding of us in 2023 is $7: "),
        (row("china", "funding", "0.5", "USD m"), "funding of china in 2023 is $500,000"),
        (
            row("china", "funding", "2", "USD m") + &row("china", "deals", "232", "count"),
            "is $8,621: is the funding in USD m",
        ),
        (
            row("us", "funding", "31", "USD bn") + &row("us", "deals", "3", "count"),
            "mean deal of us in 2023 is $10.3bn",
        ),
        (row("us", "deal-size", "0.027", "USD m"), "mean deal of us in 2023 is $27,000"),
    ] {
        assert!(warned(&rows).contains(says), "{rows}{}", warned(&rows));
    }
    let (taken, said) = told(
        "Year,United States,China\n2022,47400,13400\n2023,67200,7800\n",
        &["--unit", "USD", "--source", "X", "--vintage", "2024"],
    );
    assert!(taken && said.contains("funding of us in 2022 is $47,400") && said.contains("f.csv:2:1"), "{said}");
}

#[test]
fn rates_and_economies_of_another_order_are_asked_about() {
    let folder = with("Year,United States,China\n2022,47,13\n");
    for (turned, meant) in
        [("CNY=7.1", "CNY=0.141"), ("JPY=150", "JPY=0.00667"), ("INR=83", "INR=0.012"), ("SEK=10.5", "SEK=0.0952")]
    {
        let said = refused(folder.path(), &["data", "f.csv", "--rate", turned], 2);
        assert!(said.contains(&format!("did you mean {meant}?")), "{said}");
        for good in [meant, "EUR=1.08", "GBP=1.3", "CHF=1.1"] {
            done(folder.path(), &[&["data", "f.csv", "--rate", good], USUAL.as_slice()].concat());
        }
    }
    let told = |more: &str| match try_read(&[("test.toml", &format!("{BASE}{more}"))], &Layers::default()) {
        Ok(loaded) => (true, loaded.warnings.iter().map(|it| format!("{it}\n")).collect::<String>()),
        Err(rejected) => (false, rejected.problems.iter().map(|it| format!("{it}\n")).collect()),
    };
    for (rate, taken, doubted) in
        [("714", false, true), ("71.4", true, true), ("7.14", true, false), ("10", true, false), ("2", true, true)]
    {
        let (is, said) = told(&format!("[money]\ncurrency = \"CNY\"\nexchange-rate = {rate}\n"));
        assert_eq!((is, said.contains("is far from 7.14")), (taken, doubted), "{rate}: {said}");
    }
    for (figure, taken) in [("$18bn", false), ("$17,794bn", true), ("$18trn", true), ("$1,000bn", true)] {
        let (is, said) = told(&format!("[china.gdp]\nfigure = \"{figure}\"\nsource = \"x\"\ngrowth = \"4%\"\n"));
        assert_eq!((is, said.contains("is it in another unit?")), (taken, !taken), "{figure}: {said}");
    }
    let (is, said) = told("[us.population]\nfigure = 335000\nsource = \"x\"\ngrowth = \"0%\"\n");
    assert!(!is && said.contains("330000000"), "{said}");
}

#[test]
fn a_file_holds_what_its_ending_says_or_is_not_written() {
    let folder = folder_with(&["base.toml"]);
    std::fs::write(
        folder.path().join("f.csv"),
        format!("{HEAD}us,2023,funding,31,USD bn,A,1\nchina,2023,funding,2,USD bn,A,1\n"),
    )
    .unwrap();
    for command in [
        ["data", "f.csv", "-o", "o.xlsx"].as_slice(),
        &["data", "f.csv", "-o", "o.toml"],
        &["data", "f.csv", "-o", "o"],
        &["data", "f.csv", "-o", "own.csv", "--scenario", "o.csv"],
        &["fit", "ai-index-2022", "-o", "o.csv"],
        &["seek", "base.toml", "--so-that", "ratio in 2030 < 3", "--change", "us.deals.growth", "--write", "o.csv"],
    ] {
        let said = refused(folder.path(), command, 2);
        assert!(said.contains("name a file that ends in ."), "{said}");
        assert!(
            ["o", "o.csv", "o.xlsx", "o.toml", "own.csv", "output"].iter().all(|it| !folder.path().join(it).exists())
        );
    }
    done(folder.path(), &["data", "f.csv", "-o", "own.CSV", "--scenario", "own.toml"]);
}

#[test]
fn an_error_points_into_the_file_that_the_user_has() {
    let rows = |row: &str| format!("{HEAD}us,2023,deals,1151,count,A,1\n\n{row}\n");
    for (text, place) in [
        (rows("china,2023,deals,\"1,151\",count,A,1"), "f.csv:4:1"),
        (rows("china,2023-Q4,funding,2,USD bn,A,1"), "f.csv:4:1"),
        (rows("china,2023,funding,2.0*,USD bn,A,1").replace(',', ";"), "f.csv:4:1"),
        (rows("x").replace("value", "val"), "f.csv:1:1"),
        ("Year,US,China\n2022,47.4,13.4\n2023,67000000,7.8\n".to_owned(), "f.csv:3:1"),
    ] {
        for out in [&["-o", "own.csv"][..], &[]] {
            let folder = with(&text);
            let flags = if text.starts_with("Year") { USUAL.as_slice() } else { &[] };
            let said = refused(folder.path(), &[&["data", "f.csv"], flags, out].concat(), 3);
            assert!(said.contains(place) && !said.contains("own.csv"), "{text}{said}");
        }
    }
    let folder = folder_with(&["base.toml"]);
    let base = read(folder.path().join("base.toml"));
    for (gap, meant) in [("[\"us\", \"chna\"]", "china"), ("[\"usa\", \"china\"]", "us"), ("[\"wrld\", \"china\"]", "")]
    {
        let lines: Vec<&str> = base.lines().map(|line| if line.starts_with("gap ") { "" } else { line }).collect();
        let text = format!("gap = {gap}\n{}", lines.join("\n"));
        std::fs::write(folder.path().join("x.toml"), text).unwrap();
        let said = refused(folder.path(), &["check", "x.toml"], 3);
        assert!(said.contains(meant) && said.contains("has no region") && said.contains("x.toml:1:7"), "{said}");
    }
    for regions in ["world,china", "world", "us,world"] {
        for command in ["fit", "backtest"] {
            let said = refused(folder.path(), &[command, "ai-index-2022", "--regions", regions], 3);
            assert!(said.contains("the world is the sum") && !said.contains("toml"), "{said}");
        }
    }
    let said = refused(folder.path(), &["fit", "ai-index-2022", "--regions", "us,chna"], 3);
    assert!(said.contains("did you mean china?") && !said.contains("us, world"), "{said}");
}

#[test]
fn every_command_says_the_same_of_what_is_no_file_of_figures() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    std::fs::create_dir(here.join("figures")).unwrap();
    for (name, bytes) in [
        ("book.xlsx", b"PK\x03\x04".as_slice()),
        ("packed.csv", b"PK\x03\x04\xff"),
        ("t.tsv", b"a\tb\n"),
        ("old.ods", b"PK"),
    ] {
        std::fs::write(here.join(name), bytes).unwrap();
    }
    for (name, says, code) in [
        ("book.xlsx", "aigap data book.xlsx -o own.csv", 3),
        ("packed.csv", "give it the ending .xlsx", 3),
        ("old.ods", "save it as .xlsx", 3),
        ("t.tsv", "aigap data t.tsv -o own.csv", 3),
        ("figures", "is a folder", 3),
        ("base.toml", "is a scenario", 3),
        ("absent.csv", "there is no such file", 3),
        ("cb-insight-2024-01", "did you mean cb-insights-2024-01?", 2),
    ] {
        let commands: [&[&str]; 4] =
            [&["facts", name], &["fit", name], &["backtest", name], &["update", "base.toml", "--observed", name]];
        let mut said: Vec<String> = commands.iter().map(|command| refused(here, command, code)).collect();
        assert!(said[0].contains(says), "{}", said[0]);
        said.dedup();
        assert_eq!(said.len(), 1, "{said:?}");
    }
}

#[test]
fn deals_of_impossible_days_and_amounts_are_named() {
    let map = ["--map", "date=Date", "amount=Amount", "country=Country", "--unit", "USD", "--source", "X"];
    let list = |row: &str| format!("Date,Amount,Country\n2022-03-05,5000000,US\n{row}\n2023-04-05,7000000,China\n");
    for (row, says) in [
        ("2022-02-30,1000000,US", "is not a date"),
        ("2023-06-31,1000000,US", "is not a date"),
        ("2023-02-29,1000000,US", "is not a date"),
        ("2023-03-01,-6000000,US", "is a negative amount"),
    ] {
        let (taken, said) = told(&list(row), &map);
        assert!(!taken && said.contains(says) && said.contains("f.csv:3:1"), "{row}: {said}");
    }
    for (row, flags, says) in [
        ("2032-03-01,6000000,US", &["--vintage", "2024"][..], Some("later than the edition")),
        ("2032-03-01,6000000,US", &[], Some("is the date of 2032 mistyped?")),
        ("2022-04-01,6000000,\"China, United States\"", &[], Some("names two countries")),
        ("2022-04-01,6000000,\"Atlanta, Georgia, United States\"", &[], None),
        ("2024-02-29,6000000,US", &[], None),
        ("2022-04-01,0,US", &[], None),
    ] {
        let (taken, said) = told(&list(row), &[map.as_slice(), flags].concat());
        assert_eq!(taken, flags.is_empty(), "{row}: {said}");
        let odd = ["later than the edition", "mistyped?", "two countries"].into_iter().find(|it| said.contains(it));
        assert_eq!(odd.is_some(), says.is_some(), "{row}: {said}");
        assert!(says.is_none_or(|says| said.contains(says)), "{row}: {said}");
    }
}

#[test]
fn columns_may_begin_with_capitals_and_a_misspelt_one_is_one_mistake() {
    let rows = "us,2023,funding,31,USD bn,A,1\n";
    let read = |head: &str| {
        Dataset::parse(Path::new("f.csv").to_str().unwrap(), &format!("{head}{rows}"), &mut Sources::default())
    };
    for head in ["Region,Year,Metric,Value,Unit,Source,Vintage\n", "REGION,YEAR,METRIC,VALUE,UNIT,SOURCE,VINTAGE\n"] {
        assert_eq!(read(head).unwrap().observations, read(HEAD).unwrap().observations);
    }
    let problems = read(&HEAD.replace("value", "Val")).unwrap_err();
    assert!(problems.len() == 1 && problems[0].cure.contains("did you mean `value`?"), "{problems:?}");
}
