//! Every run, comparison and report that was just made is found to be what it says, whatever its names and numbers.

use std::path::Path;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use crate::support::program::{aigap, words};

/// Names of files that shells, TOML, CSV, HTML or paths give a meaning to.
const NAMES: [&str; 16] = [
    "plain",
    "-dash",
    "--out",
    "two words",
    "中文",
    "é",
    "a.b",
    "v1.2-china",
    "a'b",
    "a\"b",
    "$HOME",
    "a&b",
    "a,b",
    "=1+1",
    "100%",
    "<b>",
];

/// Texts for titles, reasons and questions.
const TEXTS: [&str; 12] = [
    "A title",
    "=SUM(A1)",
    "+1 and -1",
    "@here",
    "\\\"quoted\\\" and 'so'",
    "a, b; c | d",
    "back\\\\slash",
    "</script><b>",
    "{{ 7*7 }} {% raw %}",
    "* star _ under #hash",
    "中文 🚀 é",
    "ends with a backslash \\\\",
];

/// Numbers at the ends of what is accepted, and some that are easily written otherwise than they were read.
const RHOS: [&str; 7] = ["-0.0", "0.0", "0.99", "-0.99", "1e-9", "0.30000000000000004", "+0.5"];
const GROWTHS: [&str; 8] = [
    "\"-0%\"",
    "\"+0.0%\"",
    "\"-94.9%\"",
    "\"500%\"",
    "\"0.1%\"",
    "{ p10 = \"-0.0000001%\", p90 = \"0.30000000000000004%\" }",
    "{ one-of = [\"1%\", \"2%\", \"3%\"], weights = [\"33.3%\", \"33.3%\", \"33.4%\"] }",
    "[\"3%\", { from = 2025, uniform = [\"-2%\", \"7%\"] }]",
];

fn one_of<'a>(random: &mut ChaCha8Rng, from: &[&'a str]) -> &'a str {
    from[random.random_range(0..from.len())]
}

/// A scenario on figures of its own, with a region and a state of any name, all texts taken from the lists.
fn scenario(random: &mut ChaCha8Rng) -> String {
    let [title, summary, why, question] = [0; 4].map(|_| one_of(random, &TEXTS));
    let (rho, state) = (one_of(random, &RHOS), one_of(random, &["boom", "a b", "中", "x.y", "it's", "1"]));
    let mut text = format!(
        "title = \"{title}\"\nsummary = \"{summary}\"\nhorizon = {}\ndata = \"mine.csv\"\n",
        random.random_range(2025..2031)
    );
    for region in ["us", "china", "\"South Korea\""] {
        let own = one_of(random, &GROWTHS);
        text += &format!(
            "[{region}.deals]\nmodel = \"random-walk\"\ngrowth = {own}\nvolatility = \"20%\"\n\
             [{region}.deal-size]\nmodel = \"regime\"\ngrowth = {{ \"{state}\" = \"5%\", calm = \"0%\" }}\n\
             volatility = {{ \"{state}\" = {{ value = \"30%\", why = \"{why}\" }}, calm = \"0%\" }}\n"
        );
    }
    text += &format!(
        "[regimes]\nstates = [\"{state}\", \"calm\"]\n[regimes.transitions]\n\"{state}\" = {{ calm = \"25%\" }}\n\
         calm = {{ \"{state}\" = \"0.1%\" }}\n[[correlations]]\nbetween = [\"us.deals\", \"china.deals\"]\nrho = {rho}\n\
         [[questions]]\nname = \"{question}\"\nthat = \"ratio > 3\"\nwhy = \"{why}\"\n[[events]]\nname = \"{title}\"\n\
         region = \"china\"\nseries = \"deals\"\nyear = 2024\nchance = \"{}%\"\neffect = {{ step = \"+60%\" }}\nwhy = \"{why}\"\n",
        random.random_range(1..100)
    );
    text
}

fn figures(random: &mut ChaCha8Rng) -> String {
    let mut text = "region,year,metric,value,unit,source,vintage\n".to_owned();
    for region in ["us", "china", "South Korea"] {
        let (deals, funding) = (random.random_range(1..2_000), random.random_range(0.01..90.0_f64));
        text += &format!(
            "{region},2023,deals,{deals},count,\"A, \"\"B\"\"\",1\n{region},2023,funding,{funding},USD bn,=A,1\n"
        );
    }
    text
}

/// Runs the program, which must succeed.
fn done(folder: &Path, arguments: &[&str], case: u64) {
    let output = aigap(folder, arguments);
    assert!(
        output.status.success(),
        "case {case}: {arguments:?}: {:?}\n{}{}",
        output.status.code(),
        words(&output.stdout),
        words(&output.stderr)
    );
}

#[test]
fn what_was_just_made_verifies_whatever_its_names_and_numbers() {
    for case in 0..12 {
        let mut random = ChaCha8Rng::seed_from_u64(case);
        let folder = tempfile::TempDir::new().unwrap();
        let name = one_of(&mut random, &NAMES);
        let file = format!("./{name}.toml");
        std::fs::write(folder.path().join("mine.csv"), figures(&mut random)).unwrap();
        std::fs::write(folder.path().join(&file), scenario(&mut random)).unwrap();
        std::fs::write(
            folder.path().join("other.toml"),
            format!("extends = '{name}.toml'\n[china.deals]\ngrowth = {}\n", one_of(&mut random, &GROWTHS[..5]))
                .replace("extends = 'a'b.toml'", "extends = \"a'b.toml\""),
        )
        .unwrap();
        let seed = random.random::<u64>().to_string();
        let run = format!("./{name}");
        let paths = ["2", "64", "600"][random.random_range(0..3)];
        let mut simulate = vec!["simulate", &file, "--quiet", "--paths", paths, "--seed", &seed, "--out", &run];
        // Charts of every kind, a sampler of its own, single paths: each on some of the cases.
        simulate.extend(if case % 4 == 0 { vec!["--pdf"] } else { vec!["--no-charts"] });
        simulate.extend(if case % 3 == 0 { vec!["--keep-paths", "2"] } else { vec![] });
        simulate.extend(if case % 5 == 1 { vec!["--exact"] } else { vec![] });
        done(folder.path(), &simulate, case);
        done(folder.path(), &["verify", &run, "--quiet"], case);
        let held = ["compare", &file, "other.toml", "--quiet", "--paths", paths, "--no-charts", "--out", "./held"];
        done(folder.path(), &held, case);
        done(folder.path(), &["verify", "./held", "--quiet"], case);
        if paths != "2" {
            for (made, page) in [(run.as_str(), "./page.html"), ("./held", "./held.html")] {
                done(folder.path(), &["report", made, "-o", page, "--quiet"], case);
                done(folder.path(), &["report", "--check", page, made, "--quiet"], case);
            }
        }
    }
}
