//! Flags without effect: what a user asks for and will not see is said aloud, with the reason.

use crate::study::{Look, Prepared, Question, Recipe};
use crate::wording;

use super::print::Terminal;

/// Warns of every flag of a command that changes nothing in its answer.
pub(super) fn warn(asked: &Recipe, prepared: &Prepared, terminal: &Terminal) {
    for flag in of_look(&asked.look) {
        terminal.remark(&format!("warning: {flag} does nothing with --no-charts"));
    }
    let paths = prepared.settings.paths;
    let kept = match &asked.question {
        Question::Simulate(it) => it.keep_paths,
        _ => None,
    };
    let drawn = Some(u64::from(asked.look.hairlines)).filter(|count| *count > 0);
    for (flag, count) in [("--keep-paths", kept), ("--hairlines", drawn)] {
        if let Some(count) = count.filter(|count| *count > paths) {
            let (asked, paths) = (wording::count(count as f64), wording::paths(paths));
            terminal.remark(&format!("warning: {flag} {asked} is more than there are: the run has {paths}"));
        }
    }
}

/// The flags that say how charts are drawn, where none is.
fn of_look(look: &Look) -> Vec<&'static str> {
    let usual = Look::default();
    let given = [
        ("--preset", look.preset != usual.preset),
        ("--theme", look.theme != usual.theme),
        ("--high-contrast", look.high_contrast),
        ("--no-median", !look.median),
        ("--svg-text", look.svg_text),
        ("--pdf", look.pdf),
    ];
    given.into_iter().filter(|(_, given)| *given && !look.charts).map(|(flag, _)| flag).collect()
}
