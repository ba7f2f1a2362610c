//! The first page, which stands alone, and the page of a comparison.

use super::*;

/// The first page alone: finding, four numbers, two figures, and nothing of the appendix; every number holds as on the whole.
#[test]
fn the_first_page_stands_alone_and_a_comparison_is_about_its_differences() {
    let folder = baseline();
    done(folder.path(), &["report", "output/base", "--brief", "-o", "first.html", "--quiet"]);
    let page = read(folder.path().join("first.html"));
    let count = |page: &str, what: &str| page.matches(what).count();
    assert_eq!((count(&page, "<div class=\"tile\">"), count(&page, "<figure id=")), (4, 2));
    assert!(
        !page.contains("id=\"assumptions\"") && page.contains("What would have to be true") && page.contains("Caveats")
    );
    done(folder.path(), &["report", "--check", "first.html", "--quiet"]);
    // The whole report begins with it, and its appendix is closed.
    let whole = read(folder.path().join("note.html"));
    let first = |page: &str| page.split("<section").nth(1).unwrap().split("</section>").next().unwrap().len();
    assert_eq!(first(&page), first(&whole));
    assert!(count(&whole, "<details class=\"fold part\">") > 5 && !whole.contains("<details class=\"fold part\" open"));
    // A page of no other program is written over.
    std::fs::write(folder.path().join("mine.pdf"), "%PDF-1.4 mine").unwrap();
    let output = aigap(folder.path(), &["report", "output/base", "--brief", "-o", "mine.html"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let [base, push] = ["base.toml", "china-state-push.toml"].map(shipped);
    let words = ["compare", &base, &push, "--paths", "2000", "--no-charts", "--quiet", "--out", "held"];
    done(folder.path(), &words);
    done(folder.path(), &["report", "held", "--brief", "-o", "held.html", "--quiet"]);
    let page = read(folder.path().join("held.html"));
    let first = page.split("<div class=\"tile\">").nth(1).unwrap();
    assert!(first.contains("<i>China state push</i>") && first.contains("2030 ratio on the same path"), "{first}");
    let figures: Vec<&str> = page.split("<a download=\"").skip(1).map(|it| it.split('"').next().unwrap()).collect();
    assert_eq!(figures, ["compare.csv", "scenarios.csv"]);
    done(folder.path(), &["report", "--check", "held.html", "--quiet"]);
}

/// The share before these words in a note.
fn share_before<'a>(note: &'a str, words: &str) -> &'a str {
    let at = note.find(words).unwrap_or_else(|| panic!("no “{words}” in {note}"));
    note[..at].trim_end().rsplit(' ').next().unwrap()
}

#[test]
fn a_comparison_tells_the_luck_of_its_baseline_as_a_run_of_it_does() {
    let folder = TempDir::new().unwrap();
    let [base, push] = ["base.toml", "china-state-push.toml"].map(shipped);
    let few = ["--paths", "1000", "--no-charts", "--quiet"];
    done(folder.path(), &[&["simulate", &base, "--out", "run"], &few[..]].concat());
    done(folder.path(), &[&["compare", &base, &push, "--out", "held"], &few[..]].concat());
    done(folder.path(), &["report", "run", "-o", "run.html", "--quiet"]);
    done(folder.path(), &["report", "held", "-o", "held.html", "--quiet"]);
    let [run, held] = ["run.md", "held.md"].map(|note| read(folder.path().join(note)));
    let words = "of the spread of the ratio would remain, as";
    assert_eq!(share_before(&run, words), share_before(&held, words));
    // Beside what-ifs the baseline's caveats are called those of the baseline, once, and of one run nobody else's.
    let [alone, beside] = ["run.html", "held.html"].map(|page| read(folder.path().join(page)));
    assert_eq!((alone.matches("Of the baseline: ").count(), beside.matches("Of the baseline: ").count()), (0, 1));
    // The table below it has the number again, and nothing explains more alone than with the others.
    let shares = read(folder.path().join("run/uncertainty.csv"));
    for row in crate::support::program::table(&shares) {
        let number = |column: &str| row[column].parse::<f64>().unwrap();
        assert!(number("share_alone") <= number("share_with_others"), "{row:?}");
    }
    let luck = run.lines().find(|line| line.starts_with("| luck: ")).unwrap();
    assert!(luck.trim_end_matches(" |").ends_with(share_before(&run, words)), "{luck}");
    // Tables that stand in the page alone are called that, and a range of a chance has both of its numbers.
    assert!(run.contains("`derived.csv` and `parts.csv` hold what follows from the tables of the run"), "{run}");
    assert!(!run.contains("| parts.csv") && run.contains("| derived.csv |"), "{run}");
    assert!(run.contains("| probability, spread_from_assumptions |"), "{run}");
    // What happened before is told once on the page.
    let page = read(folder.path().join("run.html"));
    let plain =
        |html: &str| html.split('<').map(|part| part.split_once('>').map_or(part, |it| it.1)).collect::<String>();
    assert_eq!(plain(&page).matches("From 2022 to 2023 the gap went from").count(), 1);
    assert!(page.contains("<td>2030</td>") && !page.contains("<td>2,030</td>"));
    assert!(page.contains("<td>1,185</td>"), "a count is whole");
}
