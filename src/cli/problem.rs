//! Problems as pictures: the line a problem stands on, what is marked in it, and what to do.

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Offer, Place, Problem, Severity, SourceFile, Sources, clamp};

/// Most problems that are shown; who mends twenty sees the next twenty.
const MOST_SHOWN: usize = 20;

/// Longest line that is shown; longer ones are named by their number.
const MOST_OF_A_LINE: usize = 1_000;

/// Longest sentence about a problem, which may quote what a file says.
const MOST_OF_A_SENTENCE: usize = 400;

/// The name of a text as the user knows it: that of its file, or the flag it was given with.
pub(super) fn name_of(file: &SourceFile) -> &str {
    file.name.as_deref().unwrap_or("--set")
}

/// Notes of a problem with the flag that helps.
pub(super) fn notes(problem: &Problem) -> Vec<String> {
    let mut notes = problem.notes.clone();
    match problem.offer {
        None => {}
        Some(Offer::NearestCorrelation) => {
            let flag = "--nearest-correlation takes the nearest valid ones";
            match notes.last_mut() {
                Some(note) => *note += &format!(". {flag}"),
                None => notes.push(flag.to_owned()),
            }
        }
    }
    notes
}

impl Problem {
    /// The problem as a picture of the place with its cure, in colour or plain.
    #[must_use]
    pub fn render(&self, sources: &Sources, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let cure = shortened(&self.cure);
        let title = level.primary_title(shortened(&self.what));
        let file = |place: &Place| sources.files().get(place.file);
        let mut group = match self.place.as_ref().and_then(|place| Some((file(place)?, place))) {
            None => Group::with_title(title).element(Level::HELP.message(cure)),
            Some((file, place)) => match shown_line(file, place) {
                Ok(line) => title.element(line.snippet(file, AnnotationKind::Primary, cure)),
                Err(origin) => title.element(origin).element(Level::HELP.message(cure)),
            },
        };
        for (place, word) in &self.also {
            let Some(file) = file(place) else { continue };
            group = group.element(match shown_line(file, place) {
                Ok(line) => Element::from(line.snippet(file, AnnotationKind::Context, shortened(word))),
                Err(origin) => Element::from(origin),
            });
        }
        for note in notes(self) {
            group = group.element(Level::NOTE.message(shortened(&note)));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

/// Problems as pictures, and how many there are: the first twenty, errors before warnings if there are more.
#[must_use]
pub fn all_rendered(problems: &[Problem], sources: &Sources, colour: bool) -> String {
    let is_error = |problem: &&Problem| problem.severity == Severity::Error;
    let errors = problems.iter().filter(is_error).count();
    let warnings = problems.len() - errors;
    let shown: Vec<&Problem> = if problems.len() <= MOST_SHOWN {
        problems.iter().collect()
    } else {
        let (first, then): (Vec<&Problem>, Vec<&Problem>) = problems.iter().partition(is_error);
        first.into_iter().chain(then).take(MOST_SHOWN).collect()
    };
    let mut text = String::new();
    for problem in &shown {
        text += &problem.render(sources, colour);
        text += "\n\n";
    }
    let several = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    if shown.len() < problems.len() {
        let all = [(errors, "error"), (warnings, "warning")].into_iter().filter(|(count, _)| *count > 0);
        let all: Vec<String> = all.map(|(count, word)| several(count, word)).collect();
        text += &format!("{}; the first {MOST_SHOWN} are shown\n", all.join(", "));
    } else if errors > 1 {
        text += &format!("{errors} errors\n");
    }
    // The second set of control characters, which the picture of a line leaves as it is, and a terminal obeys.
    text.replace(|letter| ('\u{80}'..='\u{9f}').contains(&letter), "\u{fffd}")
}

/// A line of a file with what is marked in it.
struct ShownLine<'a> {
    number: usize,
    text: &'a str,
    marked: std::ops::Range<usize>,
}

/// The first line of a place, or its number alone where the line is too long to be shown.
fn shown_line<'a>(file: &'a SourceFile, place: &Place) -> Result<ShownLine<'a>, Origin<'a>> {
    let text = file.text.as_str();
    let start = clamp(text, place.span.start);
    let end = clamp(text, place.span.end).max(start);
    let begins = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let number = text[..begins].matches('\n').count() + 1;
    let ends = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let line = text[begins..ends].trim_end_matches('\r');
    if start - begins > MOST_OF_A_LINE / 2 && line.len() > MOST_OF_A_LINE {
        let column = text[begins..start].chars().count() + 1;
        return Err(Origin::path(name_of(file)).line(number).char_column(column));
    }
    let line = &line[..clamp(line, MOST_OF_A_LINE)];
    // A span over several lines would draw a bracket down the margin; its first line says enough.
    let marked = (start - begins).min(line.len())..(end.min(ends) - begins).min(line.len());
    Ok(ShownLine { number, text: line, marked })
}

impl<'a> ShownLine<'a> {
    fn snippet(self, file: &'a SourceFile, kind: AnnotationKind, label: String) -> Snippet<'a, Annotation<'a>> {
        let mark = kind.span(self.marked).label(label);
        Snippet::source(self.text).line_start(self.number).path(name_of(file)).annotation(mark)
    }
}

/// A sentence that may quote a file, in bearable length.
fn shortened(sentence: &str) -> String {
    match sentence.char_indices().nth(MOST_OF_A_SENTENCE) {
        Some((end, _)) => format!("{}…", &sentence[..end]),
        None => sentence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_problems_are_counted_and_twenty_are_shown() {
        let mut sources = Sources::default();
        let file = sources.add("many.toml", "x = 1\n".repeat(90_000));
        let at = |line: usize| Place { file, span: line * 6..line * 6 + 1 };
        let mut problems: Vec<Problem> = (0..90_000).map(|line| Problem::warning(at(line), "odd", "mend it")).collect();
        problems.extend((0..30).map(|line| Problem::error(at(line), "wrong", "mend it first")));
        let text = all_rendered(&problems, &sources, false);
        assert_eq!(text.matches("error: wrong").count(), MOST_SHOWN);
        assert!(
            !text.contains("warning: odd") && text.ends_with("30 errors, 90000 warnings; the first 20 are shown\n")
        );
        let few = all_rendered(&problems[..2], &sources, false);
        assert!(few.contains("many.toml:2:1") && !few.contains("shown"), "{few}");
    }

    #[test]
    fn a_line_without_end_is_named_and_not_printed() {
        let mut sources = Sources::default();
        let file = sources.add("long.toml", format!("a = 1\nb = \"{}\"\n", "é".repeat(900_000)));
        for (start, place) in [(6, "long.toml:2:1"), (900_001, "long.toml:2:450001"), (10, "long.toml:2:5")] {
            let problem =
                Problem::error(Place { file, span: start..start + 40_000 }, "é".repeat(900_000), "shorten it");
            let text = problem.render(&sources, false);
            assert!(
                text.len() < 8_000 && text.contains(place),
                "{start}: {} bytes, {}",
                text.len(),
                &text[text.len() - 300..]
            );
        }
    }

    #[test]
    fn a_problem_of_two_places_shows_both() {
        let mut sources = Sources::default();
        let file = sources.add("two.csv", "first\nsecond\nthird\n");
        let problem = Problem::error(Place { file, span: 13..18 }, "said twice", "keep one")
            .also(Place { file, span: 0..5 }, "said here first");
        let text = problem.render(&sources, false);
        for part in ["two.csv:3:1", "two.csv:1:1", "keep one", "said here first"] {
            assert!(text.contains(part), "{text}");
        }
    }
}
