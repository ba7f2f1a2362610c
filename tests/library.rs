//! The library as a program of one's own uses it: what the examples do, without a command line.

#[path = "../examples/embed_chart.rs"]
mod embed_chart;
#[path = "../examples/own_scenario.rs"]
mod own_scenario;
#[path = "../examples/own_table.rs"]
mod own_table;

#[test]
fn a_run_a_comparison_and_a_chart_need_no_command_line() {
    let [svg, story, comparison] = own_scenario::answers().unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("</svg>"), "{svg}");
    assert!(story.contains("2030") && story.contains('%'), "{story}");
    assert!(comparison.contains("Chinese rounds grow") && comparison.contains("2030 ratio"), "{comparison}");
    own_scenario::main().unwrap();
}

#[test]
fn a_run_a_comparison_and_a_chart_take_thirty_lines() {
    let text = include_str!("../examples/own_scenario.rs");
    let body = text.split("pub fn answers()").nth(1).unwrap().split("\n}\n").next().unwrap();
    let lines = body.lines().skip(1).filter(|line| !line.trim().is_empty() && !line.trim().starts_with("//")).count();
    assert!((10..=30).contains(&lines), "{lines} lines");
}

#[test]
fn a_table_of_ones_own_counts_every_path() {
    let table = own_table::table().unwrap();
    assert_eq!(table.csv().lines().next(), Some("years,share_of_paths"));
    let shares = (0..table.rows()).map(|row| table.field(row, 1).number().unwrap());
    let all: f64 = shares.sum();
    assert!((all - 1.0).abs() < 1e-12 && table.rows() == 7, "{}", table.csv());
    own_table::main().unwrap();
}

#[test]
fn a_chart_stands_on_a_page_in_both_themes() {
    let page = embed_chart::page().unwrap();
    assert!(page.contains("prefers-color-scheme:dark") && page.contains("@font-face"), "{page}");
    assert!(page.contains("<figure><svg") && page.contains("year,"), "{page}");
    embed_chart::main().unwrap();
}
