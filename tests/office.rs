//! What goes into an office: the note as a Word document, CSVs by a double click, a page through other programs.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use crate::support::program::{done, files, folder_with, read, refused, root, words};
use crate::support::skipped;

const RUN: [&str; 6] = ["--paths", "2000", "--quiet", "--out", "run", "--force"];

fn simulated(names: &[&str]) -> tempfile::TempDir {
    let folder = folder_with(names);
    done(folder.path(), &[&["simulate", names[0]], &RUN[..]].concat());
    folder
}

/// The files of a zip, and the dates that they have.
fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = BTreeMap::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        assert_eq!(file.last_modified().map(|date| date.year()), Some(1980), "no clock");
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        found.insert(file.name().unwrap().into_owned(), content);
    }
    found
}

/// Words of a document, and those of its paragraphs of a style.
fn said(xml: &str, style: Option<&str>) -> Vec<String> {
    let paragraphs = xml.split("<w:p>").skip(1).map(|it| it.split("</w:p>").next().unwrap());
    let of = |paragraph: &&str| style.is_none_or(|style| paragraph.contains(&format!("<w:pStyle w:val=\"{style}\"/>")));
    let text = |run: &str| run.split_once('>').unwrap().1.split("</w:t>").next().unwrap().to_owned();
    let words = |paragraph: &str| paragraph.split("<w:t").skip(1).map(text).collect::<String>();
    paragraphs.filter(of).map(words).collect()
}

fn has(program: &str, flag: &str) -> bool {
    let found = Command::new(program).arg(flag).output().is_ok();
    if !found {
        skipped(&format!("a note opened by {program}"), "it is not installed here");
    }
    found
}

#[test]
fn a_note_for_word_has_headings_tables_and_figures_that_are_such() {
    let folder = simulated(&["base.toml"]);
    let here = folder.path();
    let told = done(here, &["report", "run", "-o", "note.docx"]);
    assert!(told.contains("note.docx  "), "{told}");
    let bytes = std::fs::read(here.join("note.docx")).unwrap();
    let parts = unpacked(&bytes);
    let xml = words(&parts["word/document.xml"]);
    let headings = said(&xml, Some("Heading1"));
    let wanted =
        ["What changed", "What drives it", "What would have to be true", "How we know, and limits", "More figures"];
    assert_eq!(headings[..5], wanted);
    assert_eq!(headings.last().map(String::as_str), Some("Where each number comes from"));
    // Heads of tables stand on every page, and pictures have words in place of them.
    assert_eq!(xml.matches("<w:tblHeader/>").count(), xml.matches("<w:tbl>").count());
    let pictures = xml.matches("<w:drawing>").count();
    assert!(pictures >= 6 && parts.keys().filter(|name| name.ends_with(".png")).count() == pictures);
    assert_eq!(xml.matches(" descr=\"").count(), 2 * pictures);
    assert!(!xml.contains(" descr=\"\"") && said(&xml, Some("Caption")).len() == pictures);
    assert!(said(&xml, Some("Caption"))[0].starts_with("Figure 1. "), "{:?}", said(&xml, Some("Caption")));
    // It says what the note in Markdown says, number by number.
    done(here, &["report", "run", "-o", "note.html", "--quiet"]);
    let note = read(here.join("note.md")).replace('\\', "");
    let told = said(&xml, None);
    for paragraph in said(&xml, Some("Normal")).iter().chain(&said(&xml, Some("Lead"))) {
        let plain = paragraph.replace("&#39;", "'").replace("&#62;", ">").replace("&#60;", "<").replace("&#38;", "&");
        let own = plain.starts_with("derived.csv and parts.csv") || plain.starts_with("Deals and mean deal size");
        assert!(own || note.contains(&plain), "{plain}");
    }
    let numbers = note.split_once("## Where each number comes from").unwrap().1;
    for row in numbers.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| number")) {
        let first = row.trim_matches(['|', ' ']).split(" | ").next().unwrap();
        assert!(told.iter().any(|cell| cell == first), "{first}");
    }
    // The same bytes on one thread.
    done(here, &["report", "run", "-o", "again.docx", "--quiet"]);
    assert_eq!(std::fs::read(here.join("again.docx")).unwrap(), bytes);
}

#[test]
fn a_comparison_and_several_runs_are_documents_too() {
    let folder = folder_with(&["base.toml", "convergence.toml"]);
    let here = folder.path();
    let simulate = |name: &str, out: &str| {
        done(here, &["simulate", name, "--paths", "2000", "--no-charts", "--quiet", "--out", out]);
    };
    simulate("base.toml", "a");
    simulate("convergence.toml", "b");
    done(here, &[&["compare", "base.toml", "convergence.toml", "--no-charts"], &RUN[..]].concat());
    for (runs, name) in [(&["a", "b"][..], "two.docx"), (&["run"], "compared.DOCX")] {
        done(here, &[&["report"], runs, &["-o", name, "--quiet"]].concat());
        let xml = words(&unpacked(&std::fs::read(here.join(name)).unwrap())["word/document.xml"]);
        assert!(said(&xml, Some("TableHead")).iter().any(|head| head == "Convergence"), "{name}");
    }
}

#[test]
fn what_a_document_cannot_be_is_refused_with_its_cure() {
    let folder = simulated(&["base.toml"]);
    let here = folder.path();
    let report = |more: &[&str]| refused(here, &[&["report", "run"], more].concat(), 2);
    assert!(report(&["-o", "note.doc"]).contains("note.doc: name a file that ends in .html or .docx"));
    assert!(report(&["-o", "note.docx", "--brief"]).contains("or leave --brief out"));
    assert!(report(&["-o", "note.docx", "--whatif"]).contains("or leave --whatif out"));
    // What somebody has written is left alone, and so is a document that somebody has saved.
    std::fs::write(here.join("mine.docx"), "PK mine").unwrap();
    let message = refused(here, &["report", "run", "-o", "mine.docx"], 1);
    assert!(message.contains("mine.docx is not a report of aigap, so it is left alone"), "{message}");
    done(here, &["report", "run", "-o", "note.docx", "--quiet"]);
    done(here, &["report", "run", "-o", "note.docx", "--quiet"]);
    let message = refused(here, &["report", "--check", "note.docx"], 2);
    assert!(message.contains("a document carries no tables"), "{message}");
    assert!(files(here).keys().all(|name| !name.ends_with(".md") || name.starts_with("run/")), "nothing beside it");
}

#[test]
fn words_that_xml_cannot_hold_do_not_break_a_document() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    std::fs::write(here.join("odd.toml"), "extends = \"base\"\ntitle = \"A <b> & \\\"c\\\" ]]> 中国\"\n").unwrap();
    done(here, &[&["simulate", "odd.toml", "--no-charts"], &RUN[..]].concat());
    done(here, &["report", "run", "-o", "note.docx", "--quiet"]);
    let parts = unpacked(&std::fs::read(here.join("note.docx")).unwrap());
    for (name, bytes) in parts.iter().filter(|(name, _)| name.ends_with(".xml")) {
        let text = words(bytes);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{name}");
        assert!(!text.contains("<b>"), "{name}");
    }
}

#[test]
fn pandoc_reads_a_note_and_its_document_with_headings_tables_and_pictures() {
    if !has("pandoc", "--version") {
        return;
    }
    let folder = simulated(&["base.toml"]);
    let here = folder.path();
    done(here, &["report", "run", "-o", "note.html", "--quiet"]);
    done(here, &["report", "run", "-o", "note.docx", "--quiet"]);
    let pandoc = |arguments: &[&str]| {
        let output = Command::new("pandoc").current_dir(here).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", words(&output.stderr));
        words(&output.stdout)
    };
    let html = pandoc(&["note.docx", "-t", "html", "--wrap=none"]);
    assert!(html.contains("alt=\"Two fan charts of the US lead over China to 2030."), "{html}");
    assert!(html.contains("Figure 1. US lead in dollars"), "{html}");
    assert!(html.matches("<h1").count() >= 8 && html.contains(">What drives it</h1>"), "{html}");
    assert!(html.matches("<table").count() >= 3 && html.matches("<thead").count() >= 3, "{html}");
    // A picture of the note has one caption, its own, and no amount is taken for a formula.
    for reader in ["markdown", "commonmark_x", "gfm"] {
        let html = pandoc(&["note.md", "-f", reader, "-t", "html", "--wrap=none"]);
        assert!(!html.contains("<figcaption") && html.contains("<em>Figure 1. "), "{reader}");
        assert!(!html.contains("class=\"math") && html.contains("$31bn"), "{reader}");
    }
    pandoc(&["note.md", "-o", "from-note.docx"]);
}

#[test]
fn pages_are_valid_html_by_the_nu_checker() {
    let checker = root().join("tests/browser/node_modules/vnu-jar/build/dist/vnu.jar");
    if !checker.exists() {
        skipped("pages as HTML", "npm ci in tests/browser brings the checker");
        return;
    }
    if !has("java", "-version") {
        return;
    }
    let folder = simulated(&["base.toml", "convergence.toml"]);
    let here = folder.path();
    done(here, &["report", "run", "-o", "note.html", "--quiet"]);
    done(here, &["report", "run", "--brief", "-o", "brief.html", "--quiet"]);
    done(here, &["compare", "base.toml", "convergence.toml", "--paths", "2000", "--quiet", "--out", "both"]);
    done(here, &["report", "both", "-o", "both.html", "--quiet"]);
    done(here, &["whatif", "base.toml", "-o", "whatif.html"]);
    for page in ["note.html", "brief.html", "both.html", "whatif.html"] {
        let mut command = Command::new("java");
        let output = command.arg("-jar").arg(&checker).args(["--stdout", "--format", "gnu", page]).current_dir(here);
        let output = output.output().unwrap();
        assert!(output.status.success() && output.stdout.is_empty(), "{page}: {}", words(&output.stdout));
    }
}

/// Cells of a CSV that a spreadsheet would compute: begun like a formula, and no number.
fn live(csv: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    let cells: Vec<String> =
        reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    let begins = |cell: &&String| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    cells.iter().filter(begins).filter(|cell| cell.parse::<f64>().is_err() && *cell != "-").cloned().collect()
}

#[test]
fn nothing_that_somebody_wrote_is_computed_in_any_csv_and_all_of_it_is_read_back() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let rows = ["us,2022,30", "us,2023,40", "china,2022,9", "china,2023,8"].map(|row| {
        let (region, rest) = row.split_once(',').unwrap();
        let (year, value) = rest.split_once(',').unwrap();
        format!(
            "{region}-f-{year},{region},{year},funding,{value},USD bn,,,,model input,\"=HYPERLINK(\"\"x\"\")\",2024-01,\n\
             {region}-d-{year},{region},{year},deals,100,deals,,,+1+1,model input,@SUM(A1),2024-01,-1+2\n"
        )
    });
    let head = "id,region,year,metric,value,unit,low,high,as_stated,role,source,vintage,note\n";
    std::fs::write(here.join("own.csv"), format!("{head}{}", rows.concat())).unwrap();
    std::fs::write(
        here.join("mine.toml"),
        "extends = \"base\"\ntitle = \"=1+1\"\ndata = \"own.csv\"\n[us.deals]\n\
         growth = { value = \"-2%\", why = \"+cmd|' /C calc'!A0\", source = \"-1+1\" }\n",
    )
    .unwrap();
    done(here, &[&["simulate", "mine.toml"], &RUN[..]].concat());
    done(here, &["compare", "base.toml", "mine.toml", "--paths", "2000", "--quiet", "--out", "both"]);
    done(here, &["data", "own.csv", "-o", "again.csv"]);
    // The figures of a user are kept as they are: they are an input, which only their own spreadsheet opens.
    for (name, bytes) in files(here).iter().filter(|(name, _)| name.ends_with(".csv")) {
        let is_input = name == "own.csv" || name.ends_with("data.csv") || name.starts_with("both/scenarios/");
        assert!(is_input || live(bytes).is_empty(), "{name}: {:?}", live(bytes));
    }
    let observations = read(here.join("run/observations.csv"));
    assert!(
        observations.contains("\"'=HYPERLINK(\"\"x\"\")\"") && observations.contains("'@SUM(A1)"),
        "{observations}"
    );
    assert!(read(here.join("run/assumptions.csv")).contains("'+cmd|' /C calc'!A0"));
    assert!(read(here.join("again.csv")).contains("'+1+1,model input,'@SUM(A1),2024-01,'-1+2"));
    // Whoever reads them sees what was written.
    done(here, &["verify", "run", "--quiet"]);
    done(here, &["chart", "run", "--kind", "gap", "--out", "gap.png"]);
    done(here, &["report", "run", "-o", "note.html", "--quiet"]);
    done(here, &["report", "--check", "note.html", "run", "--quiet"]);
    let again = read(here.join("mine.toml")).replace("own.csv", "again.csv");
    std::fs::write(here.join("third.toml"), again).unwrap();
    done(here, &["simulate", "third.toml", "--no-charts", "--paths", "2000", "--quiet", "--out", "third"]);
    assert_eq!(read(here.join("third/observations.csv")), observations);
}

/// A page that LibreOffice has opened, as another format.
fn opened(folder: &Path, file: &str, format: &str) -> bool {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let output = Command::new("soffice")
        .current_dir(folder)
        .args([&profile, "--headless", "--convert-to", format, "--outdir", "opened"])
        .args(file.ends_with(".csv").then_some("--infilter=Text - txt - csv (StarCalc):44,34,0,1"))
        .env("LC_ALL", "C.UTF-8")
        .arg(file)
        .output()
        .unwrap();
    output.status.success()
}

#[test]
fn libreoffice_opens_the_document_and_tables_by_a_double_click() {
    if !has("soffice", "--version") {
        return;
    }
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    std::fs::write(
        here.join("mine.toml"),
        "extends = \"base\"\n[us.deals]\ngrowth = { value = \"10%\", why = \"=1+1\", source = \"2019–2023\" }\n",
    )
    .unwrap();
    done(here, &[&["simulate", "mine.toml", "--no-charts"], &RUN[..]].concat());
    done(here, &["report", "run", "-o", "note.docx", "--quiet"]);
    assert!(opened(here, "note.docx", "pdf"));
    assert!(std::fs::read(here.join("opened/note.pdf")).unwrap().starts_with(b"%PDF"));
    // With commas, quotes and the character set of the machine: without a window its filter asks no mark of a file, which its window
    // and Excel do. The mark is no part of the first head.
    assert!(opened(here, "run/assumptions.csv", "html"));
    let seen = read(here.join("opened/assumptions.html"));
    assert!(seen.contains("2019–2023") || seen.contains("2019&ndash;2023"), "{seen}");
    assert!(seen.contains("=1+1") && seen.contains(">address<"), "{seen}");
}
