//! `report --check` on pictures: a label that is not what its table says is found, and so is a table that was edited.

use super::{baseline, check};
use crate::support::program::read;

#[test]
fn a_label_on_a_picture_is_held_against_its_table() {
    let folder = baseline();
    let page = read(folder.path().join("note.html"));
    // The median on the gap chart, in both of its layouts.
    let at = page.find("<tspan data-cell=\"fan.csv|metric=gap").unwrap();
    let label = &page[at..at + page[at..].find("</tspan>").unwrap()];
    let number = label.rsplit('>').next().unwrap();
    let (code, words) = check(folder.path(), &page.replacen(label, &label.replace(number, "$99bn"), 1));
    assert!(code == 5 && words.contains("“$99bn” disagrees with fan.csv"), "{words}");
    // A number that no longer says where it is from, a tick of the scale, a word.
    let bare = page.replacen(&format!("{label}</tspan>"), number, 1);
    let tick = page.replacen(">$100bn</text>", ">$200bn</text>", 1);
    let word = page.replacen(">Observed</text>", ">Simulated</text>", 1);
    for changed in [bare, tick, word] {
        assert_ne!(changed, page);
        let (code, words) = check(folder.path(), &changed);
        assert!(code == 5 && words.contains("is no longer what aigap wrote"), "{words}");
    }
}

#[test]
fn an_edited_table_is_found_by_the_pictures() {
    use base64::Engine;
    let folder = baseline();
    let page = read(folder.path().join("note.html"));
    let edited = |name: &str, edit: &dyn Fn(&str) -> String| {
        let at = page.find(&format!("download=\"{name}\"")).unwrap();
        let from = at + page[at..].find(";base64,").unwrap() + ";base64,".len();
        let text = &page[from..from + page[from..].find('"').unwrap()];
        let plain = ["&#43;", "&#47;", "&#61;"].into_iter().zip(["+", "/", "="]);
        let plain = plain.fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        let engine = base64::engine::general_purpose::STANDARD;
        let table = String::from_utf8(engine.decode(plain).unwrap()).unwrap();
        let other = edit(&table);
        assert_ne!(other, table);
        page.replacen(text, &engine.encode(other), 1)
    };
    // The median of the last year in the run's own table: the label on the gap chart disagrees, and so does the plotted
    // number.
    let doubled = |table: &str| {
        let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
        let place = head.iter().position(|column| *column == "p50").unwrap();
        let last = |line: &str| line.contains(",gap,us-china,2030,");
        let line = table.lines().find(|line| last(line)).unwrap();
        let mut fields: Vec<String> = line.split(',').map(str::to_owned).collect();
        fields[place] = (2.0 * fields[place].parse::<f64>().unwrap()).to_string();
        table.replace(line, &fields.join(","))
    };
    let (code, words) = check(folder.path(), &edited("fan.csv", &doubled));
    assert!(code == 5 && words.contains("Figure 1: “≈$"), "{words}");
    assert!(words.contains("stands in no fan.csv of the page"), "{words}");
    // The plotted numbers behind a picture.
    let (code, words) = check(folder.path(), &edited("gap.csv", &|table| table.replacen(",2030,", ",2029,", 1)));
    assert!(code == 5 && words.contains("the table of its numbers is not that of gap.csv"), "{words}");
}
