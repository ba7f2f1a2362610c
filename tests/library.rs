//! The library as a program of one's own uses it.

#[path = "../examples/own_run.rs"]
mod own_run;

#[test]
fn a_run_a_comparison_and_a_chart_need_no_command_line() {
    let [svg, story, comparison] = own_run::answers().unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("</svg>"), "{svg}");
    assert!(story.contains("2030") && story.contains('%'), "{story}");
    assert!(comparison.contains("median ratio"), "{comparison}");
    own_run::main().unwrap();
}
