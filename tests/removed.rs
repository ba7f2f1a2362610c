//! A series of the file that a scenario extends, taken out of it: funding takes the place of deals times their size.

use std::fs;

use crate::support::program::{done, folder_with, read, refused};

const FUNDING: &str = "extends = \"base.toml\"\ntitle = \"China's funding by itself\"\nsummary = \"s\"\n\n[china.deals]\nremove = true\n\n\
[china.deal-size]\nremove = true\n\n[china.funding]\nmodel = \"random-walk\"\n\
growth = { p10 = \"-10%\", p90 = \"20%\", why = \"w\", source = \"judgement\" }\n\
volatility = { value = \"40%\", why = \"w\", source = \"judgement\" }\n";

#[test]
fn funding_takes_the_place_of_deals_and_their_size_and_leaves_the_other_side_alone() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    // A check of the file below that is about what is gone is left out, and may be taken out with it.
    fs::write(here.join("left.toml"), FUNDING).unwrap();
    let said = refused(here, &["check", "--strict", "left.toml"], 3);
    assert!(said.contains("this check is left out: china.deals is not modelled here"), "{said}");
    done(here, &["check", "left.toml"]);
    let whole = format!("{FUNDING}\n[[checks]]\nname = \"deals are counted\"\nremove = true\n");
    fs::write(here.join("funding.toml"), whole).unwrap();
    done(here, &["check", "--strict", "funding.toml"]);
    for name in ["base", "funding"] {
        let scenario = format!("{name}.toml");
        done(here, &["simulate", &scenario, "--paths", "4000", "--no-charts", "--quiet", "--out", name]);
    }
    let rows = |name: &str| -> Vec<String> {
        let table = read(here.join(name).join("fan.csv"));
        let own = table.lines().filter(|line| line.contains(",us,"));
        own.map(|line| line.split_once(',').unwrap().1.to_owned()).collect()
    };
    assert!(rows("base").len() > 20);
    assert_eq!(rows("base"), rows("funding"));
    assert!(!read(here.join("funding/fan.csv")).contains(",deals,china,"));
    let story = done(here, &["compare", "base.toml", "funding.toml", "--paths", "4000", "--no-charts"]);
    assert!(story.contains("China"), "{story}");
    done(here, &["verify", "funding"]);
}

#[test]
fn what_is_not_there_and_what_says_more_is_not_removed() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let wrong = |text: String, said: &str| {
        fs::write(here.join("wrong.toml"), text).unwrap();
        let why = refused(here, &["check", "wrong.toml"], 3);
        assert!(why.contains(said), "{why}");
    };
    let head = "extends = \"base.toml\"\ntitle = \"t\"\nsummary = \"s\"\n";
    wrong(format!("{head}[china.funding]\nremove = true\n"), "there is no such series to remove");
    wrong(
        format!("{head}[china.deals]\nremove = true\ngrowth = \"3%\"\n"),
        "write remove = true alone, or take it out",
    );
    wrong(format!("{head}[china.deals]\nremove = false\n"), "`remove` can only be true");
    wrong(format!("{head}[china.deals]\nremove = true\n"), "region `china` models deal-size alone");
    let both = FUNDING.replace("[china.deals]\nremove = true\n\n[china.deal-size]\nremove = true\n\n", "");
    wrong(both, "remove = true to drop one of the file it extends");
}
