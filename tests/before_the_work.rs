//! What is refused before any work is done: files that may not be written, numbers that are none, what is said twice, files that
//! are no scenarios.

use std::fs;

use crate::support::program::{aigap, done, folder_with, read, refused, words};

#[test]
fn what_a_command_reads_is_never_written_over_and_a_file_holds_what_its_name_says() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let seek = ["seek", "base.toml", "--so-that", "median of ratio in 2030 <= 10", "--change", "us.deals.growth"];
    let before = read(here.join("base.toml"));
    for flags in [&["--write", "base.toml"][..], &["--write", "./base.toml", "--force"]] {
        let why = refused(here, &[&seek[..], flags].concat(), 1);
        assert!(why.contains("is what this command reads; choose another name"), "{why}");
    }
    assert_eq!(read(here.join("base.toml")), before);
    fs::write(here.join("mine.toml"), "mine").unwrap();
    let why = refused(here, &[&seek[..], &["--write", "mine.toml"]].concat(), 1);
    assert!(why.contains("mine.toml exists; choose another name, or replace it with --force"), "{why}");
    assert_eq!(read(here.join("mine.toml")), "mine");
    let why = refused(here, &[&seek[..], &["--write", "mine.txt"]].concat(), 2);
    assert!(why.contains("name a file that ends in .toml"), "{why}");

    fs::write(here.join("own.csv"), "Entity,Code,Year,Funding\nUnited States,USA,2023,31\nChina,CHN,2023,2\n").unwrap();
    let data = ["data", "own.csv", "--unit", "USD bn", "--source", "S", "--vintage", "2024-01"];
    for (flags, said) in [
        (&["-o", "own.csv", "--force"][..], "is what this command reads"),
        (&["-o", "same.csv", "--scenario", "same.csv"], "name a file that ends in .toml"),
        (&["-o", "figures.txt"], "name a file that ends in .csv"),
    ] {
        let output = aigap(here, &[&data[..], flags].concat());
        let why = words(&output.stderr);
        assert!(!output.status.success() && why.contains(said), "{flags:?}: {why}");
    }
    assert!(!here.join("same.csv").exists() && !here.join("figures.txt").exists());
}

#[test]
fn numbers_that_are_none_are_refused_in_the_words_of_the_flag() {
    let folder = folder_with(&["base.toml"]);
    let discover = ["discover", "base.toml", "--where", "ratio in 2030 < 8"];
    let seek = ["seek", "base.toml", "--so-that", "ratio in 2030 < 8"];
    let sweep = ["sweep", "base.toml", "--over", "us.deals.growth=0%:5%:3"];
    let asked: [(&[&str], &[&str]); 9] = [
        (&["simulate", "base.toml"], &["--paths", "--seed", "--threads", "--hairlines", "--keep-paths"]),
        (&discover, &["--of-box", "--keep", "--paths", "--threads"]),
        (&["sensitivity", "base.toml"], &["--paths", "--seed", "--threads"]),
        (&seek, &["--paths", "--threads"]),
        (&sweep, &["--paths", "--threads"]),
        (&["verify", "output/base"], &["--threads"]),
        (&["whatif", "base.toml"], &["--paths", "--seed"]),
        (&["merge", "a.part"], &["--threads"]),
        (&["chart", "output/base"], &["--hairlines"]),
    ];
    for (command, flags) in asked {
        for flag in flags {
            for value in ["-1", "1.5", "many", ""] {
                let why = refused(folder.path(), &[command, &[*flag, value][..]].concat(), 2);
                let own = why.contains("write a") || why.contains("write an");
                assert!(own && !why.contains("tip:") && !why.contains("digit"), "{command:?} {flag} {value}: {why}");
            }
        }
    }
    let why = refused(folder.path(), &[&discover[..], &["--of-box", "999"]].concat(), 2);
    assert!(why.contains("999"), "{why}");
    let why = refused(folder.path(), &["whatif", "base.toml", "--paths", "1000002"], 2);
    assert!(why.contains("1,000,002 paths") && why.contains("--paths 1000000 or fewer"), "{why}");
}

#[test]
fn a_flag_and_a_setting_that_say_the_same_are_refused() {
    let folder = folder_with(&["base.toml"]);
    for (flags, setting) in [
        (["--horizon", "2028"], "horizon=2032"),
        (["--currency", "CNY"], "money.currency=USD"),
        (["--real", "2023"], "money.prices = 2022"),
        (["--source", "AI Index"], "source=CSET"),
    ] {
        for command in ["simulate", "params", "check"] {
            let output = aigap(folder.path(), &[&[command, "base.toml", "--set", setting], &flags[..]].concat());
            let why = words(&output.stderr);
            assert!(!output.status.success() && why.contains(flags[0]), "{command} {setting}: {why}");
            assert!(
                why.contains("say the same thing twice") && why.contains("keep one of them"),
                "{command} {setting}: {why}"
            );
        }
    }
    assert!(!folder.path().join("output").exists());
}

#[test]
fn what_is_no_scenario_is_called_what_it_is() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    done(here, &["init", "library"]);
    let mut packs = 0;
    for entry in fs::read_dir(here.join("library/scenarios/packs")).unwrap() {
        let path = entry.unwrap().path();
        let why = refused(here, &["simulate", path.to_str().unwrap()], 3);
        assert!(why.contains("part of a scenario") && why.contains("--with FILE"), "{why}");
        assert_eq!(why.matches("error:").count(), 1, "{why}");
        packs += 1;
    }
    assert!(packs > 3);
    for (name, kind) in
        [("a.csv", "a table"), ("a.XLSX", "a workbook"), ("a.json", "a file for programs"), ("a.html", "a page")]
    {
        fs::write(here.join(name), "x").unwrap();
        for command in ["simulate", "check"] {
            let why = refused(here, &[command, name], 3);
            assert!(why.contains(&format!("{name} is {kind}, not a scenario")), "{why}");
        }
    }
    done(here, &["simulate", "base.toml", "--paths", "100", "--no-charts", "--quiet"]);
    for command in ["simulate", "check", "params", "sensitivity"] {
        let why = refused(here, &[command, "output/base"], 3);
        assert!(why.contains("is a folder") && why.contains("output/base/scenario.toml"), "{command}: {why}");
    }
    done(here, &["check", "output/base/scenario.toml"]);

    let why = refused(here, &["new", "own", "--extends", "nothing.toml"], 3);
    assert!(why.contains("cannot read nothing.toml, which own is to extend"), "{why}");
    assert!(!here.join("own.toml").exists());
    done(here, &["new", "own", "--extends", "base.toml"]);
    done(here, &["new", "other", "--extends", "base"]);
    done(here, &["check", "other.toml"]);
}

#[test]
fn what_a_terminal_would_obey_is_no_figure() {
    let folder = folder_with(&["base.toml"]);
    let head = "id,region,year,metric,value,unit,low,high,as_stated,role,source,vintage,note\n";
    for letter in ['\u{1b}', '\u{7}', '\u{8}', '\u{9b}', '\u{7f}'] {
        let row = format!("a,us,2023,deals,5,count,,,5,stated,S,2024-01,{letter}[31mred\n");
        fs::write(folder.path().join("own.csv"), head.to_owned() + &row).unwrap();
        for command in ["facts", "data"] {
            let why = refused(folder.path(), &[command, "own.csv"], 3);
            assert!(why.contains("`note` holds a character that cannot be seen"), "{letter:?}: {why}");
            assert!(!why.contains(letter), "{letter:?}: {why:?}");
        }
    }
}

#[test]
fn a_region_has_a_name_that_sentences_can_be_made_of() {
    let folder = folder_with(&[]);
    for name in ["1", "2023", "--", "3.5"] {
        let text = format!("region,year,metric,value,unit,source,vintage\n{name},2023,funding,31,USD bn,A,2024-01\n");
        fs::write(folder.path().join("own.csv"), text).unwrap();
        let why = refused(folder.path(), &["facts", "own.csv"], 3);
        assert!(why.contains(&format!("`{name}` is no name of a region")) && why.contains("own.csv:2"), "{why}");
    }
}

#[test]
fn a_correlation_that_does_nothing_is_told_in_the_layer_that_wrote_it_and_in_none_above() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let pair = "[[correlations]]\nbetween = [\"us.deals.volatility\", \"china.deals.growth\"]\nrho = 0.4\nwhy = \"w\"\n\
                source = \"judgement\"\n";
    let above = format!("extends = \"base.toml\"\ntitle = \"t\"\nsummary = \"s\"\n{pair}");
    fs::write(here.join("above.toml"), &above).unwrap();
    fs::write(here.join("pack.toml"), pair).unwrap();
    let said = "`us.deals.volatility` is certain, so this correlation does nothing";
    for (command, code) in
        [(&["check", "--strict", "above.toml"][..], 3), (&["check", "--strict", "base.toml", "--with", "pack.toml"], 3)]
    {
        let why = refused(here, command, code);
        assert!(why.contains(said), "{why}");
    }
    // What lies below is not its author's to mend.
    let fixes = "extends = \"base.toml\"\ntitle = \"t\"\nsummary = \"s\"\n[us.deals]\ngrowth = { value = \"3%\", why = \"w\", \
                 source = \"judgement\" }\n";
    fs::write(here.join("fixes.toml"), fixes).unwrap();
    done(here, &["check", "--strict", "fixes.toml"]);
    done(here, &["check", "--strict", "base.toml", "--set", "us.deals.growth=3%"]);
}

#[test]
fn few_paths_have_counts_and_no_words_of_chance() {
    let folder = folder_with(&["base.toml"]);
    for paths in ["2", "20", "98"] {
        let flags = ["simulate", "base.toml", "--no-charts", "--force", "--paths", paths];
        let story = done(folder.path(), &flags).replace('\n', " ");
        let first = story.split(". ").next().unwrap();
        assert!(first.contains("of so few simulated futures, or paths"), "{story}");
        assert!(!first.contains("likely") && !first.contains("either way"), "{story}");
    }
    let story = done(folder.path(), &["simulate", "base.toml", "--no-charts", "--force", "--paths", "100"]);
    assert!(!story.contains("so few"), "{story}");
}

#[test]
fn seeds_that_readers_of_json_would_change_are_texts() {
    let folder = folder_with(&["base.toml"]);
    let seed = "18446744073709551615";
    let seek = ["seek", "base.toml", "--so-that", "median of ratio in 2030 <= 10", "--change", "us.deals.growth"];
    let discover = ["discover", "base.toml", "--where", "ratio in 2030 < 8"];
    let asked: [&[&str]; 6] = [
        &["simulate", "base.toml", "--paths", "2000"],
        &["sensitivity", "base.toml", "--paths", "200"],
        &["sweep", "base.toml", "--over", "us.deals.growth=0%:5%:2", "--paths", "200"],
        &[&seek[..], &["--paths", "2000"]].concat(),
        &[&discover[..], &["--paths", "4000"]].concat(),
        &["fit", "ai-index-2022"],
    ];
    for command in asked {
        let flags = ["--seed", seed, "--json", "--no-charts", "--force"];
        let answer = done(folder.path(), &[command, &flags].concat());
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["seed"], seed, "{command:?}");
    }
}
