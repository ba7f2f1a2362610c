//! Problems as pictures of the place where they stand, with their cure and the flags that help.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Offer, Problem, Severity, SourceFile, Sources, clamp};

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
        let title = level.primary_title(self.what.as_str());
        let place = self.place.as_ref().and_then(|place| Some((place, sources.files().get(place.file)?)));
        let mut group = match place {
            None => Group::with_title(title).element(Level::HELP.message(self.cure.as_str())),
            Some((place, file)) => {
                let start = clamp(&file.text, place.span.start);
                let end = clamp(&file.text, place.span.end).max(start);
                // A span over several lines would draw a bracket down the margin; its first line says enough.
                let end = file.text[start..end].find('\n').map_or(end, |newline| start + newline);
                let mark = AnnotationKind::Primary.span(start..end).label(self.cure.as_str());
                title.element(Snippet::source(file.text.as_str()).path(name_of(file)).annotation(mark))
            }
        };
        let notes = notes(self);
        for note in &notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}
