//! Breaches of every kind, planted in small houses of text: each must be found, with its place.

use super::{MOST_LINES, breaches};

/// What is found in a house of these files, each with a sentence on top.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(String, String)> = files
        .iter()
        .map(|(name, code)| ((*name).to_owned(), format!("//! A sentence for whoever is new here.\n{code}")))
        .collect();
    breaches(&files)
}

/// A house of two rooms, the right one of which declares `Summary`, with a file of the left one.
fn left(code: &str) -> Vec<String> {
    let root = "pub mod engine; pub mod summary; pub mod units;";
    let right = "mod run; pub use run::Run; pub struct Summary; pub mod inner { pub fn f() {} }";
    let run = "pub struct Run;";
    let units = "pub struct Money;";
    let room = "mod plan; pub use crate::units::Money;";
    found(&[
        ("lib.rs", root),
        ("units.rs", units),
        ("engine.rs", room),
        ("engine/plan.rs", code),
        ("summary.rs", right),
        ("summary/run.rs", run),
    ])
}

const TO_THE_RIGHT: &str = "line 2: engine/plan.rs imports from summary.rs, which stands to its right";
const TO_THE_RIGHT_INSIDE: &str = "line 2: engine/plan.rs imports from summary/run.rs, which stands to its right";

#[test]
fn what_only_looks_like_a_breach_is_none() {
    for code in [
        "use crate::units::Money;",
        "use super::Money; // crate::summary::Summary",
        "/* use crate::summary::Summary; */ /// [`crate::summary::Summary`]\nstruct A;",
        "const A: &str = \"use crate::summary::Summary;\"; const B: &str = r#\"\"crate::summary::\"#;",
        "pub(in crate::summary) struct A;",
        "use summary::Summary;",
        "fn f(summary: A) { ::summary::g(); summary.run::<u8>() }",
    ] {
        assert_eq!(left(code), Vec::<String>::new(), "{code}");
    }
}

#[test]
fn an_import_from_the_right_is_found_however_it_is_written() {
    for code in [
        "use crate::summary::Summary;",
        "use crate::{summary::Summary, units};",
        "use crate::{units::{self}, summary::{Summary as S}};",
        "use super::super::summary::Summary;",
        "use super::super::{units, summary::Summary};",
        "fn f() -> crate::summary::Summary { g() }",
        "fn f() { super::super::summary::inner::f() }",
        "pub use crate::summary::Summary;",
        "use crate::summary;",
        "macro_rules! m { () => { $crate::summary::Summary } }",
        "#[cfg(test)] mod tests { use super::super::super::summary::Summary; }",
        "fn f() { let a = '\"'; crate::summary::inner::f(); let b = '\"'; }",
    ] {
        assert_eq!(left(code), [TO_THE_RIGHT], "{code}");
    }
    for code in ["use crate::summary::Run;", "use crate::summary::*;", "use crate::{\n summary::\n  {Run}};"] {
        let found = left(code);
        assert!(found.iter().any(|told| told.contains(&TO_THE_RIGHT_INSIDE["line 2".len()..])), "{code}: {found:?}");
        assert!(found.iter().any(|told| told.contains(&TO_THE_RIGHT["line 2".len()..])), "{code}: {found:?}");
    }
}

#[test]
fn what_a_room_hands_on_from_its_right_is_found_there_and_where_it_is_used() {
    let files = [
        ("lib.rs", "pub mod engine; pub mod metric; pub mod summary;"),
        ("engine.rs", "pub use crate::summary::Summary;"),
        ("metric.rs", "use crate::engine::Summary;"),
        ("summary.rs", "pub struct Summary;"),
    ];
    assert_eq!(
        found(&files),
        [
            "line 2: engine.rs imports from summary.rs, which stands to its right",
            "line 2: metric.rs imports from summary.rs, which stands to its right"
        ]
    );
}

#[test]
fn a_room_without_a_place_is_found() {
    assert_eq!(found(&[("lib.rs", ""), ("novel.rs", "")]), ["novel.rs: the room `novel` has no place in the line"]);
}

#[test]
fn two_files_that_import_each_other_are_found_through_braces_super_and_re_exports() {
    for (room, one, two) in [
        ("mod one; mod two;", "use super::two::Two; pub struct One;", "use super::one::One; pub struct Two;"),
        ("mod one; mod two;", "use crate::engine::{two::{Two}}; pub struct One;", "struct Two(super::one::One);"),
        (
            "mod one; mod two; pub use one::One; pub use two::Two;",
            "use super::Two; pub struct One;",
            "use super::One; pub struct Two;",
        ),
        (
            "mod one; mod two; use one::One;",
            "use super::two; pub struct One; fn f() { two::g() }",
            "pub fn g() { super::One::h() }",
        ),
        ("mod one; mod two;", "use super::two::*; pub struct One;", "use super::one::*; pub struct Two;"),
    ] {
        let files = [("lib.rs", "mod engine;"), ("engine.rs", room), ("engine/one.rs", one), ("engine/two.rs", two)];
        assert_eq!(
            found(&files),
            ["circle: engine/one.rs → engine/two.rs\n    src/engine/one.rs:2 takes from engine/two.rs\n    \
              src/engine/two.rs:2 takes from engine/one.rs"],
            "{files:?}"
        );
    }
}

#[test]
fn a_file_and_the_room_that_it_stands_in_import_each_other_unless_the_room_only_hands_on() {
    let house = |room: &'static str| {
        found(&[("lib.rs", "mod engine;"), ("engine.rs", room), ("engine/one.rs", "use super::Whole; pub struct One;")])
    };
    assert_eq!(house("mod one; pub use one::One; pub struct Whole;"), Vec::<String>::new());
    for room in [
        "mod one; pub use one::One; pub struct Whole(One);",
        "mod one; use one::One; pub struct Whole;",
        "mod one; pub struct Whole(one::One);",
    ] {
        assert_eq!(house(room).len(), 1, "{room}");
    }
}

/// Following every `*` of every `*` would never end.
#[test]
fn modules_that_import_all_of_each_other_are_followed_once() {
    let all: String = (0..12).map(|other| format!("use super::m{other}::*;\n")).collect();
    let mut files = vec![("lib.rs".to_owned(), "mod engine;".to_owned())];
    files.push(("engine.rs".to_owned(), (0..12).map(|number| format!("mod m{number};\n")).collect()));
    files.extend((0..12).map(|number| (format!("engine/m{number}.rs"), format!("{all}fn f() {{ unknown::g() }}"))));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, code)| (name.as_str(), code.as_str())).collect();
    assert_eq!(found(&files).iter().filter(|told| told.starts_with("circle: ")).count(), 12 * 11 / 2);
}

#[test]
fn a_longer_loop_is_found_once() {
    let files = [
        ("lib.rs", "mod engine;"),
        ("engine.rs", "mod one; mod two; mod three; mod four;"),
        ("engine/one.rs", "use super::two::Two; pub struct One;"),
        ("engine/two.rs", "use super::three::Three; pub struct Two;"),
        ("engine/three.rs", "use super::one::One; pub struct Three;"),
        ("engine/four.rs", "use super::one::One;"),
    ];
    let found = found(&files);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("circle: engine/one.rs → engine/two.rs → engine/three.rs\n"), "{found:?}");
}

#[test]
fn a_file_of_401_lines_and_one_without_a_sentence_are_found() {
    let long = |lines: usize| ("engine.rs".to_owned(), "//! A sentence for whoever is new here.\n".repeat(lines));
    assert!(breaches(&[long(MOST_LINES)]).is_empty());
    assert_eq!(breaches(&[long(MOST_LINES + 1)])[0], "engine.rs has more than 400 lines: 401");
    for text in ["", "use std::fmt;\n", "//!\n//! A sentence that comes too late.\n", "//! Short.\n"] {
        let found = breaches(&[("engine.rs".to_owned(), text.to_owned())]);
        assert_eq!(found[0], "engine.rs does not begin with a sentence (`//! …`)", "{text}");
    }
}

#[test]
fn a_first_line_of_documentation_that_says_nothing_alone_is_found() {
    let found_in = |room: &str, code: &str| found(&[("lib.rs", ""), (room, code)]);
    for line in ["Its mean.", "The same for sums.", "What it is, then why.", "Of whom it is said."] {
        let code = format!("struct A {{\n    /// {line}\n    /// The unit is that of the metric.\n    a: f64,\n}}");
        assert_eq!(found_in("engine.rs", &code), [format!("engine.rs:3: `{line}` says nothing alone")]);
        assert_eq!(found_in("cli.rs", &code), Vec::<String>::new());
    }
    let code =
        "/// Mean of a metric over the paths of a year.\n///\n/// The same.\nfn f() { /* /// No. */ } // Its mean.\n";
    assert_eq!(found_in("engine.rs", code), Vec::<String>::new());
}
