//! `aigap report`, as its reader meets it: every number has a cell, a changed one is found, no text becomes code.

mod browser;
mod first_page;
mod pictures;

use std::path::Path;
use std::process::Command;

use crate::support::program::{aigap, done, folder_with, read, shipped};
use crate::support::skipped;
use tempfile::TempDir;

/// A folder with `note.html` of a small run of the baseline.
fn baseline() -> TempDir {
    let folder = TempDir::new().unwrap();
    done(folder.path(), &["simulate", &shipped("base.toml"), "--paths", "8000", "--no-charts", "--quiet"]);
    done(folder.path(), &["report", "output/base", "-o", "note.html", "--quiet"]);
    folder
}

fn check(folder: &Path, page: &str) -> (i32, String) {
    std::fs::write(folder.join("changed.html"), page).unwrap();
    let output = aigap(folder, &["report", "--check", "changed.html"]);
    (output.status.code().unwrap(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

/// The first cited element written in this form, with its text.
fn cited<'a>(page: &'a str, form: &str) -> (&'a str, &'a str) {
    let at = page.find(&format!("data-as=\"{form}\"")).unwrap();
    let from = page[..at].rfind("<data ").unwrap();
    let element = &page[from..at + page[at..].find("</data>").unwrap()];
    (element, element.rsplit('>').next().unwrap())
}

#[test]
fn a_changed_number_rounding_direction_or_word_is_found_each_time() {
    let folder = baseline();
    let page = read(folder.path().join("note.html"));
    let (code, words) = check(folder.path(), &page);
    assert_eq!(code, 0, "{words}");
    let with = |form: &str, text: &str| {
        let (element, old) = cited(&page, form);
        assert_ne!(old, text);
        page.replacen(element, &format!("{}{text}", &element[..element.len() - old.len()]), 1)
    };
    // A number, a rounding, a word of chance, a direction.
    let (_, share) = cited(&page, "sided-share");
    let rounded = share.replace('%', ".0%");
    for (form, text) in [("median-ratio", "16× (1.7–140×)"), ("sided-share", rounded.as_str()), ("sided-share", "77%")]
    {
        let (code, words) = check(folder.path(), &with(form, text));
        assert!(code == 5 && words.contains("disagrees with"), "{form} {text}: {words}");
    }
    for (form, text) in [("chance", "likelier"), ("higher", "larger"), ("wider", "shrink")] {
        let (code, words) = check(folder.path(), &with(form, text));
        assert!(code == 5 && words.contains(text), "{form} {text}: {words}");
    }
    // A number without a cell, in a sentence and outside of all; a word between the numbers.
    let (element, _) = cited(&page, "sided-share");
    for changed in [
        page.replacen(element, &element.replacen("<data ", "12% or <data ", 1), 1),
        page.replacen("<p class=\"run\">", "<p>The ratio will be 99×.</p><p class=\"run\">", 1),
        page.replacen("of simulated paths end above", "of simulated paths do not end above", 1),
    ] {
        assert_ne!(changed, page);
        let (code, words) = check(folder.path(), &changed);
        assert_eq!(code, 5, "{words}");
    }
}

#[test]
fn a_page_that_carries_other_tables_than_its_run_is_found() {
    let folder = baseline();
    done(folder.path(), &["report", "--check", "note.html", "output/base", "--quiet"]);
    done(folder.path(), &["simulate", &shipped("base.toml"), "--paths", "4000", "--no-charts", "--quiet"]);
    let output = aigap(folder.path(), &["report", "--check", "note.html", "output/base"]);
    assert_eq!(output.status.code(), Some(5));
    assert!(String::from_utf8(output.stderr).unwrap().contains("fan.csv of the page is not that of output/base"));
}

/// Shipped what-ifs that may be held against the baseline.
fn shipped_what_ifs() -> Vec<String> {
    let scenarios = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")).unwrap();
    let names = scenarios.map(|it| it.unwrap().path().display().to_string());
    let mut names: Vec<String> =
        names.filter(|name| name.ends_with(".toml") && !name.ends_with("/base.toml")).collect();
    // It starts from another year, and is held against nothing that starts from 2023.
    names.retain(|name| !name.ends_with("/from-2025.toml"));
    names.sort();
    names
}

/// A folder with `held`, the comparison of the baseline with these what-ifs.
fn compared(what_ifs: &[String], paths: &str, more: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let base = shipped("base.toml");
    let mut words = vec!["compare", &base];
    words.extend(what_ifs.iter().map(String::as_str));
    words.extend(["--paths", paths, "--no-charts", "--quiet", "--out", "held", "--force"]);
    words.extend(more);
    done(folder.path(), &words);
    folder
}

#[test]
fn a_page_of_all_shipped_what_ifs_is_small_enough_to_send_and_names_the_lines_of_the_files() {
    let what_ifs = shipped_what_ifs();
    assert!(what_ifs.len() >= 11, "{what_ifs:?}");
    let folder = compared(&what_ifs, "600", &[]);
    done(folder.path(), &["report", "held", "--quiet"]);
    let page = read(folder.path().join("note.html"));
    assert!(page.len() <= 1_500_000, "{} bytes", page.len());
    assert!(page.contains("only the rows of its larger tables that it cites"));
    // What a number says of its line is so in the file of the folder, of which the page holds but some rows.
    assert!(page.contains("download=\"compare.cited.csv\""));
    let file = read(folder.path().join("held/compare.csv"));
    let (lines, head) = (file.lines().collect::<Vec<_>>(), file.lines().next().unwrap().split(',').collect::<Vec<_>>());
    let mut seen = 0;
    for element in page.split(" title=\"compare.csv, line ").skip(1) {
        let (place, _) = element.split_once('"').unwrap();
        let (line, rest) = place.split_once(", ").unwrap();
        let (columns, value) = rest.rsplit_once(": ").unwrap();
        let column = head.iter().position(|it| *it == columns.split(", ").next().unwrap()).unwrap();
        let row: Vec<&str> = lines[line.parse::<usize>().unwrap() - 1].split(',').collect();
        assert_eq!(row[column], value, "{place}");
        seen += 1;
    }
    assert!(seen > 30, "{seen}");
    // Held against the folder and against a scenario of it made by itself, as the page says.
    let command = page.split("makes them again").next().unwrap().rsplit("<code>").next().unwrap();
    let command = command.split("</code>").next().unwrap();
    let words: Vec<&str> = command.split(' ').skip(1).chain(["--no-charts", "--quiet", "--out", "../base"]).collect();
    done(&folder.path().join("held"), &words);
    done(folder.path(), &["report", "--check", "note.html", "held", "base", "--quiet"]);
    // A row of the excerpt that is not the file's, and a folder that has nothing to do with the page.
    std::fs::write(folder.path().join("held/compare.csv"), file.replace(",ratio,", ",ratio,9")).unwrap();
    let output = aigap(folder.path(), &["report", "--check", "note.html", "held"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.code() == Some(5) && told.contains(" of compare.csv of the page is not that of held"),
        "{told}"
    );
    std::fs::copy(shipped("base.toml"), folder.path().join("base.toml")).unwrap();
    std::fs::write(folder.path().join("other.toml"), "extends = \"base.toml\"").unwrap();
    done(folder.path(), &["simulate", "other.toml", "--paths", "600", "--no-charts", "--quiet"]);
    let output = aigap(folder.path(), &["report", "--check", "note.html", "output/other"]);
    assert_eq!(output.status.code(), Some(5));
    assert!(String::from_utf8(output.stderr).unwrap().contains("the page holds no table of output/other"));
}

#[test]
fn more_what_ifs_than_a_page_can_hold_are_told_in_words() {
    let folder = folder_with(&["base.toml"]);
    let what_ifs: Vec<String> = (0..60)
        .map(|place| {
            let path = folder.path().join(format!("w{place:02}.toml"));
            let growth = f64::from(place) / 10.0;
            let text = format!(
                "extends = \"base.toml\"\ntitle = \"What-if {place}, {}\"\nsummary = \"x\"\n[us.deal-size]\ngrowth = \"{growth}%\"\n[china.deals]\ngrowth = \"{growth}%\"\n",
                "with a long name ".repeat(8)
            );
            std::fs::write(&path, text).unwrap();
            path.display().to_string()
        })
        .collect();
    let some = compared(&what_ifs[..14], "200", &["--attribute"]);
    done(some.path(), &["report", "held", "--quiet"]);
    let page = read(some.path().join("note.html"));
    assert!(page.len() <= 1_500_000);
    assert!(page.contains("draws which input did it for the first twelve what-ifs only"));
    done(some.path(), &["report", "--check", "note.html", "held", "--quiet"]);
    let all = compared(&what_ifs, "200", &[]);
    let output = aigap(all.path(), &["report", "held", "--quiet"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.code() == Some(1) && told.contains("at most 1.5 MB: compare fewer of them at a time"),
        "{told}"
    );
    assert!(!all.path().join("note.html").exists());
}

#[test]
fn a_run_that_comes_out_differently_makes_no_page() {
    let folder = baseline();
    let fan = folder.path().join("output/base/fan.csv");
    let text = read(&fan);
    std::fs::write(&fan, text.replacen(",27.", ",28.", 1)).unwrap();
    let output = aigap(folder.path(), &["report", "output/base", "-o", "other.html"]);
    assert_eq!(output.status.code(), Some(6));
    assert!(!folder.path().join("other.html").exists());
    std::fs::remove_file(&fan).unwrap();
    let output = aigap(folder.path(), &["report", "output/base", "-o", "other.html"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(
        told.contains("output/base has lost its fan.csv, so no page is made of it: simulate or compare again"),
        "{told}"
    );
}

#[test]
fn a_sentence_on_one_what_if_cites_no_other() {
    let names = ["china-state-push", "us-correction", "open-models"];
    let what_ifs = names.map(|name| shipped(&format!("{name}.toml")));
    let folder = compared(&what_ifs, "600", &[]);
    done(folder.path(), &["report", "held", "--quiet"]);
    let page = read(folder.path().join("note.html"));
    let titles = ["China state push", "A US correction after a boom", "An open-model shock that favours China"];
    let mut seen = [0; 3];
    for sentence in page.split("<span class=\"s\"").skip(1).map(|it| it.split("</span>").next().unwrap()) {
        // The first title in quotes is whom it is about.
        let at = |title: &&str| sentence.find(&format!("“<i>{title}</i>”"));
        let Some((whom, _)) =
            titles.iter().enumerate().filter_map(|(place, it)| Some((place, at(it)?))).min_by_key(|it| it.1)
        else {
            continue;
        };
        for cell in sentence.split("data-cell=\"").skip(1).map(|it| it.split('"').next().unwrap()) {
            seen[whom] += 1;
            for (_, other) in names.iter().enumerate().filter(|(place, _)| *place != whom) {
                assert!(!cell.contains(other), "a sentence on {} cites {cell}", names[whom]);
            }
        }
    }
    assert!(seen.iter().all(|cells| *cells > 5), "{seen:?}");
}

#[test]
fn the_inputs_of_a_comparison_name_the_users_own_files_and_lines() {
    let what_ifs = [shipped("convergence.toml"), shipped("ai-winter.toml")];
    let folder = compared(&what_ifs, "400", &[]);
    done(folder.path(), &["report", "held", "--quiet"]);
    let page = read(folder.path().join("note.html"));
    let table =
        page.split("<table class=\"inputs").nth(1).unwrap().split("</table>").next().unwrap().replace("<wbr>", "");
    let row = |address: &str| {
        let head = format!("<th scope=\"row\">{address}</th>");
        table.split(&head).nth(1).unwrap_or_else(|| panic!("no {address}")).split("</tr>").next().unwrap()
    };
    let keeps = read(folder.path().join("held/assumptions.csv"));
    let mut rows = keeps.lines().skip(1).filter(|line| !line.starts_with("base,")).peekable();
    assert!(rows.peek().is_some());
    for line in rows {
        let address = line.split(',').nth(1).unwrap();
        let mut end = line.rsplit(',');
        let (line, file) = (end.next().unwrap(), end.next().unwrap());
        let changed = row(address).contains("changed:");
        assert!(!changed || row(address).contains(&format!("{file}, line {line}")), "{address}: {}", row(address));
    }
    // The same in both is set by the baseline, and its reason stands without a name; what differs names both.
    assert!(row("us.deals.growth").contains("<td>base.toml, line "), "{}", row("us.deals.growth"));
    assert!(!row("us.deals.growth").contains("<strong>Baseline"), "{}", row("us.deals.growth"));
    assert!(row("china.deals.ceiling").contains("<td>convergence.toml, line 15</td>"));
    done(folder.path(), &["report", "--check", "note.html", "held", "--quiet"]);
}

#[test]
fn the_same_run_gives_the_same_page_and_no_other_file_is_written_over() {
    let folder = baseline();
    let first = read(folder.path().join("note.html"));
    done(folder.path(), &["report", "output/base", "-o", "note.html", "--quiet"]);
    assert_eq!(first, read(folder.path().join("note.html")));
    assert!(first.len() < 1_500_000, "{} bytes", first.len());
    for word in ["http://", "https://"] {
        let others =
            first.matches(word).count() - first.matches("http://www.w3.org/").count() * usize::from(word == "http://");
        assert_eq!(others, 0, "{word}");
    }
    std::fs::write(folder.path().join("mine.md"), "my own").unwrap();
    let output = aigap(folder.path(), &["report", "output/base", "-o", "mine.html"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(read(folder.path().join("mine.md")), "my own");
    assert_eq!(aigap(folder.path(), &["report", "output/base", "-o", "mine.pdf"]).status.code(), Some(2));
    assert_eq!(aigap(folder.path(), &["report", "--check", "mine.md"]).status.code(), Some(3));
    assert_eq!(aigap(folder.path(), &["report", "nowhere"]).status.code(), Some(3));
}

#[test]
fn hostile_titles_and_names_stay_text() {
    let folder = folder_with(&["base.toml"]);
    let hostile = "</title></style><script>alert('1')</script>\\\" onload=x {{ 7*7 }} 中文 🚀 100% ".to_owned()
        + &"long ".repeat(40);
    let base = shipped("base.toml");
    let what_if = format!(
        "extends = \"base.toml\"\ntitle = \"{hostile}\"\nsummary = \"{hostile}\"\n[[events]]\nname = \"<img src=x onerror=alert(1)>\"\n\
         region = \"china\"\nseries = \"deals\"\nyear = 2026\neffect = {{ step = \"+60%\" }}\nkind = \"decision\"\n\
         why = \"</script><script>alert(2)</script>\"\nsource = \"a & b <i>\"\n[[questions]]\nname = \"=1+1 <b>\"\n\
         that = \"ratio in 2030 < 5\"\n"
    );
    std::fs::write(folder.path().join("a'b &.toml"), what_if).unwrap();
    done(folder.path(), &["simulate", "a'b &.toml", "--paths", "2000", "--quiet", "--out", "run"]);
    done(folder.path(), &["report", "run", "-o", "note.html", "--quiet"]);
    done(
        folder.path(),
        &["compare", &base, "a'b &.toml", "--paths", "2000", "--no-charts", "--quiet", "--out", "held"],
    );
    done(folder.path(), &["report", "held", "-o", "held.html", "--quiet"]);
    for page in ["note.html", "held.html"] {
        let text = read(folder.path().join(page));
        assert_eq!(text.matches("<script>").count(), 1, "{page}");
        // A comparison cuts a long title; what a template would have computed is 49.
        assert!(!text.contains("<img") && text.contains("{{ 7*") && !text.contains("{{ 49"), "{page}");
        assert!(text.contains("&lt;script&gt;") || text.contains("&#60;script&#62;"), "{page}");
        done(folder.path(), &["report", "--check", page, "--quiet"]);
    }
}

/// Every shipped what-if by itself, all of them compared, several runs, other money, other sources: no number is left
/// without a cell, or the report would have been refused.
#[test]
fn every_number_of_every_shipped_scenario_has_a_cell() {
    let folder = TempDir::new().unwrap();
    let scenarios = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")).unwrap();
    let mut names: Vec<String> = scenarios
        .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|it| it.ends_with(".toml"))
        .collect();
    names.sort();
    for name in &names {
        done(folder.path(), &["simulate", &shipped(name), "--paths", "1000", "--no-charts", "--quiet", "--out", name]);
        done(folder.path(), &["report", name, "-o", "one.html", "--quiet"]);
        done(folder.path(), &["report", "--check", "one.html", name, "--quiet"]);
        if !["base.toml", "deal-by-deal.toml", "from-2025.toml"].contains(&name.as_str()) {
            let sides = [shipped("base.toml"), shipped(name)];
            let flags = "--paths 600 --no-charts --quiet --out held --force".split(' ');
            let words: Vec<&str> = ["compare", &sides[0], &sides[1]].into_iter().chain(flags).collect();
            done(folder.path(), &words);
            done(folder.path(), &["report", "held", "-o", "one.html", "--quiet"]);
            done(folder.path(), &["report", "--check", "one.html", "--quiet"]);
        }
    }
    done(folder.path(), &["report", "base.toml", "ai-winter.toml", "-o", "one.html", "--quiet"]);
    done(folder.path(), &["report", "--check", "one.html", "--quiet"]);
    for flags in [
        &["--currency", "CNY", "--set", "money.inflation=2%", "--real", "2023"][..],
        &["--horizon", "2024"],
        &["--source", "all", "--exact"],
        &["--precision", "20%"],
        &["--with", &shipped("packs/unknown-figures.toml"), "--with", &shipped("packs/fat-tails.toml")],
        &[
            "--set",
            "us.deals.growth=2%",
            "--set",
            "us.deal-size.growth=1%",
            "--set",
            "china.deals.growth=60%",
            "--set",
            "china.deal-size.growth=90%",
        ],
    ] {
        let base = shipped("base.toml");
        let mut words = vec!["simulate", &base, "--no-charts", "--quiet", "--out", "run", "--force"];
        words.extend(flags);
        if !flags.contains(&"--precision") {
            words.extend(["--paths", "1000"]);
        }
        done(folder.path(), &words);
        done(folder.path(), &["report", "run", "-o", "one.html", "--quiet"]);
        done(folder.path(), &["report", "--check", "one.html", "--quiet"]);
    }
}
