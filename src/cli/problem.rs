//! Problems as a terminal shows them: the line of the file, the place underlined, and the cure beside it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Problem, Severity, Sources, clamp};

impl Problem {
    /// The problem as a picture of the place with its cure, in colour or plain.
    #[must_use]
    pub fn render(&self, sources: &Sources, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.what.as_str());
        let mut group = match &self.place {
            None => Group::with_title(title).element(Level::HELP.message(self.cure.as_str())),
            Some(place) => {
                let file = &sources.files()[place.file];
                let start = clamp(&file.text, place.span.start);
                let end = clamp(&file.text, place.span.end).max(start);
                // A span over several lines would draw a bracket down the margin; its first line says enough.
                let end = file.text[start..end].find('\n').map_or(end, |newline| start + newline);
                let mark = AnnotationKind::Primary.span(start..end).label(self.cure.as_str());
                title.element(Snippet::source(file.text.as_str()).path(file.name.as_str()).annotation(mark))
            }
        };
        for note in &self.notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}
