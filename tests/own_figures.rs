//! Files of one's own figures as spreadsheets and people write them: what is read, what is refused, and cures that work.

use std::path::Path;

use aigap::cli::all_rendered;
use aigap::data::Dataset;
use aigap::diagnostic::{Problem, Sources};
use aigap::scenario::{Layers, Loaded, Rejected, load};

const SCENARIO: &str = "horizon = 2030\ndata = \"mine.csv\"\n\
     [us.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n\
     [china.funding]\nmodel = \"random-walk\"\ngrowth = \"0%\"\nvolatility = \"20%\"\n";

const HEAD: &str = "region,year,metric,value,unit,low,high,source,vintage\n";

/// Rows that make a good file of figures.
const GOOD: &str = "us,2023,funding,31,USD bn,30.5,31.5,A,2024-01\nchina,2023,funding,2,USD bn,1.5,2.5,A,2024-01\n";

fn read_bytes(data: &[u8]) -> Result<Loaded, Box<Rejected>> {
    let read = |path: &Path| Ok(if path.ends_with("mine.csv") { data.to_vec() } else { SCENARIO.as_bytes().to_vec() });
    load(Path::new("own.toml"), &Layers::default(), None, &read)
}

fn read(data: &str) -> Result<Loaded, Box<Rejected>> {
    read_bytes(data.as_bytes())
}

/// Figures that a file is read as: region, year, metric, value.
fn figures(data: &str) -> Vec<(String, i32, String, f64)> {
    let loaded = read(data).unwrap_or_else(|rejected| panic!("{data}\n{}", message(&rejected)));
    let observations = &loaded.scenario.data().observations;
    observations.iter().map(|it| (it.region.clone(), it.year, it.metric.clone(), it.value)).collect()
}

fn message(rejected: &Rejected) -> String {
    all_rendered(&rejected.problems, &rejected.sources, false)
}

/// The only problem of a file that is refused.
fn refused(data: &str) -> Problem {
    let rejected = read(data).err().unwrap_or_else(|| panic!("this is taken for good:\n{data}"));
    assert_eq!(rejected.problems.len(), 1, "{}", message(&rejected));
    let problem = rejected.problems[0].clone();
    let place = problem.place.as_ref().expect("a place");
    assert!(rejected.sources.locate(place).0.name.as_deref() == Some("mine.csv"), "{}", message(&rejected));
    problem
}

#[test]
fn a_table_is_the_same_however_a_spreadsheet_saves_it() {
    let plain = figures(&format!("{HEAD}{GOOD}"));
    let text = format!("{HEAD}{GOOD}");
    let dialects = [
        text.replace('\n', ",\n"),
        text.replace('\n', ",,,\n"),
        text.replace('\n', "\r\n"),
        text.replace('\n', "\n,,,,,,,,\n"),
        text.replace('\n', "\n\n  \n"),
        text.replace(',', " , "),
        format!("\u{feff}{text}"),
        text.trim_end().to_owned(),
        text.lines()
            .map(|line| line.split(',').map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(",") + "\n")
            .collect(),
    ];
    for dialect in dialects {
        assert_eq!(figures(&dialect), plain, "{dialect}");
    }
    let warned = read(&text.replace('\n', ",\n")).expect("empty columns are no error").warnings;
    assert!(warned.iter().any(|it| it.what.contains("empty columns")), "{warned:?}");
}

#[test]
fn columns_that_other_signs_part_are_read_with_their_decimal_commas() {
    let text = format!("{HEAD}{GOOD}");
    for (separator, name) in [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")] {
        let foreign = text.replace('.', "·").replace(',', separator).replace('·', ",");
        assert_eq!(figures(&foreign), figures(&text), "{name}");
    }
}

#[test]
fn text_that_is_not_what_it_seems_is_refused() {
    let text = format!("{HEAD}{GOOD}");
    for (data, says) in [
        (format!("\u{feff}\u{feff}{text}").into_bytes(), "two byte order marks"),
        (text.encode_utf16().flat_map(u16::to_le_bytes).collect(), "bytes of zero"),
        (text.replace("31.5", "31.5\0").into_bytes(), "bytes of zero"),
    ] {
        let rejected = read_bytes(&data).expect_err(says);
        assert!(message(&rejected).contains(says), "{}", message(&rejected));
    }
    let wide = [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let loaded = read_bytes(&wide).expect("UTF-16 with its mark is text");
    assert_eq!(loaded.scenario.data().observations.len(), 2);
    for (letter, name) in [("\u{200b}", "U+200B"), ("\u{1b}[31m", "U+001B"), ("\u{ad}", "U+00AD")] {
        assert!(refused(&text.replace("china", &format!("china{letter}"))).what.contains(name));
    }
    let open = refused(&text.replacen("us,", "\"us,", 1));
    assert!(open.what.contains("never closes") && open.place.is_some_and(|it| it.span.start == HEAD.len()));
    let long = refused(
        &text.replace("A,", &format!("{},", "A".repeat(900_000))).lines().take(2).collect::<Vec<_>>().join("\n"),
    );
    assert!(long.what.contains("900000 letters"), "{}", long.what);
}

#[test]
fn a_first_line_that_names_no_column_is_one_mistake_with_a_cure_that_works() {
    let columns = "region,year,metric,value,unit,source,vintage\n";
    let rows = "us,2023,funding,31,USD bn,A,2024-01\nchina,2023,funding,2,USD bn,A,2024-01\n";
    // By itself, as `aigap facts` reads it, and as the figures of a scenario.
    let told = |text: &str| {
        let problems = Dataset::parse("mine.csv", text, &mut Sources::default()).unwrap_err();
        assert_eq!((problems.len(), problems[0].what.as_str()), (1, "the first line names no column"), "{text}");
        problems[0].cure.clone()
    };
    let of_scenario = refused(rows);
    assert_eq!(of_scenario.what, "no line of this file names its columns");
    for cure in [told(rows), of_scenario.cure] {
        let header = cure.rsplit(' ').next().unwrap();
        assert_eq!(figures(&format!("{header}\n{rows}")), figures(&format!("{columns}{rows}")));
    }
    for above in ["AI funding by side\n", "AI funding,,,\nfrom a note of 2024\n"] {
        let line = above.lines().count() + 1;
        let cure = format!("they are named in line {line}: take what stands above it out");
        assert_eq!(told(&format!("{above}{columns}{rows}")), cure);
    }
}

#[test]
fn a_region_that_is_a_letter_off_is_asked_about_once() {
    let told = |words: &[&str]| {
        let rows: Vec<String> =
            words.iter().map(|word| format!("{word},2023,funding,31,USD bn,,,A,2024-01\n")).collect();
        let loaded = read(&format!("{HEAD}{GOOD}{}", rows.concat())).expect("figures");
        let asked = loaded.warnings.into_iter().map(|it| it.cure).filter(|cure| cure.starts_with("did you mean"));
        asked.collect::<Vec<String>>()
    };
    for word in ["chna", "Chin", "chinaa", "cihna", "xhina"] {
        assert_eq!(told(&[word]), ["did you mean china?"], "{word}");
    }
    assert_eq!(told(&["worl", "chna"]), ["did you mean world?", "did you mean china?"]);
    assert!(told(&["uk", "chile", "eu", "france"]).is_empty());
}

#[test]
fn regions_by_other_words_are_told_the_scenarios_word() {
    for word in ["United States", "USA", "U.S.", "US", "Us"] {
        let data = format!("{HEAD}{GOOD}").replace("us,", &format!("{word},"));
        assert!(refused(&data).cure.contains("write us "), "{word}");
        assert_eq!(figures(&data.replace(&format!("{word},"), "us,")), figures(&format!("{HEAD}{GOOD}")));
    }
    assert!(refused(&format!("{HEAD}{GOOD}").replace("china", "PRC")).cure.contains("write china"));
}

#[test]
fn what_is_said_twice_is_shown_twice() {
    let growth = "us,2023,funding growth,0.14,share per year,,,A,2024-01\n";
    let again = "us,2023,funding growth,0.41,share per year,,,A,2024-01\n";
    for (first, second) in [(growth, again), (GOOD.lines().next().unwrap(), "us,2023,funding,35,USD bn,,,A,2024-01")] {
        let rest = if first == growth { GOOD } else { "china,2023,funding,2,USD bn,1.5,2.5,A,2024-01\n" };
        let data = format!("{HEAD}{rest}{}\n{}\n", first.trim(), second.trim());
        let problem = refused(&data);
        assert!(problem.what.contains("given twice") && problem.also.len() == 1, "{problem:?}");
        // The cure: one of the two alone.
        assert!(read(&data.replace(second.trim(), "")).is_ok());
    }
}

#[test]
fn a_growth_agrees_with_the_levels_of_both_years() {
    let with = |growth: f64| {
        let rows = "us,2022,funding,27.2,USD bn,27.15,27.25,A,2024-01\n";
        format!("{HEAD}{GOOD}{rows}us,2023,funding growth,{growth},share per year,,,A,2024-01\n")
    };
    // 31 / 27.2 is 14% more; a tenth either way, and what rounding leaves, is no contradiction.
    for growth in [0.14, 0.12, 0.05, 0.25] {
        assert!(read(&with(growth)).is_ok(), "{growth}");
    }
    for growth in [-0.14, -0.5, 0.0, 0.41, 2.0] {
        let problem = refused(&with(growth));
        assert!(problem.what.contains("grow by +14%") && problem.also.len() == 1, "{growth}: {}", problem.what);
    }
}

#[test]
fn shares_and_growth_that_were_meant_as_percentages_are_told_so() {
    let growth = |value: &str| format!("{HEAD}{GOOD}us,2023,funding growth,{value},share per year,,,A,2024-01\n");
    let share = |value: &str| format!("{HEAD}{GOOD}us,2023,share of world deals,{value},share,,,A,2024-01\n");
    for (wrong, right) in [("14", "0.14"), ("5", "0.05"), ("150", "1.5"), ("46%", "0.46")] {
        let problem = refused(&growth(wrong));
        assert!(problem.cure.contains(right), "{}", problem.cure);
        assert!(read(&growth(right)).is_ok());
    }
    for (wrong, right) in [("46", "0.46"), ("100", "1"), ("46%", "0.46"), ("2", "0.02")] {
        let problem = refused(&share(wrong));
        assert!(problem.cure.contains(right), "{}", problem.cure);
        assert!(read(&share(right)).is_ok());
    }
    for wrong in ["0", "-0.4", "4600"] {
        assert!(refused(&share(wrong)).what.contains("between 0 and 1"));
    }
}

#[test]
fn the_world_holds_its_parts_and_has_one_rest() {
    let with = |rows: &str| format!("{HEAD}{GOOD}{rows}");
    assert!(read(&with("world,2023,funding,42.5,USD bn,,,A,2024-01\n")).is_ok());
    // 31 and 2 are 33, at least 32 by what rounding leaves; a tenth less is still no contradiction.
    assert!(read(&with("world,2023,funding,32,USD bn,,,A,2024-01\n")).is_ok());
    for world in ["28", "3", "0.5"] {
        assert!(
            refused(&with(&format!("world,2023,funding,{world},USD bn,,,A,2024-01\n"))).what.contains("33 together")
        );
    }
    let both = "world,2023,funding,42.5,USD bn,,,A,2024-01\nrest,2023,funding,5,USD bn,,,A,2024-01\n";
    assert!(refused(&with(both)).what.contains("its rest"));
    for one in both.lines() {
        assert!(read(&with(&format!("{one}\n"))).is_ok(), "{one}");
    }
}

#[test]
fn one_source_is_not_another_whose_name_holds_its_own() {
    let with = |source: &str| {
        format!("{HEAD}{GOOD}us,2023,funding growth,0.14,share per year,,,{source},2024-01\n")
            .replace(",A,", ",AI Index,")
    };
    assert!(read(&with("AI Index")).is_ok());
    assert!(read(&with("The Times citing AI Index")).is_ok());
    for other in ["AI Index Report", "AI", "Index"] {
        assert!(refused(&with(other)).what.contains("mixes two editions"), "{other}");
    }
}

#[test]
fn years_are_four_digits_and_numbers_are_plain() {
    for year in ["2023.0", "+2023", "23", "2,023", "20230", "year", ""] {
        let problem = refused(&format!("{HEAD}{GOOD}us,\"{year}\",funding,30,USD bn,,,A,2024-01\n"));
        assert!(problem.what.contains("is not a year"), "{year}: {}", problem.what);
    }
    for number in ["nan", "inf", "-infinity", "1e999", "$30", "30 bn", "1,151", "0x1F"] {
        let problem = refused(&format!("{HEAD}{GOOD}us,2022,funding,\"{number}\",USD bn,,,A,2024-01\n"));
        assert!(problem.what.contains("not a number"), "{number}: {}", problem.what);
    }
}

#[test]
fn of_very_many_mistakes_twenty_are_shown() {
    let data = format!("{HEAD}{}", "us,2023,fundng,31,USD bn,,,A,2024-01\n".repeat(10_000));
    let rejected = read(&data).expect_err("no metric of that name");
    let text = message(&rejected);
    assert!(text.contains("10000 errors; the first 20 are shown") && text.len() < 20_000, "{} bytes", text.len());
}
