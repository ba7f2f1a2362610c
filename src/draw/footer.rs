//! The footer of a chart: its pieces, and how they are packed into lines.

use super::sheet::Ink;
use super::text;

/// The pieces of a footer.
pub(crate) struct Footer {
    pub events: String,
    pub source: String,
    pub scenario: String,
    pub run: String,
    pub caveat: String,
}

impl Footer {
    /// Every piece with the scenario's name as its author wrote it, for metadata.
    pub(crate) fn whole(&self, scenario: &str) -> Vec<String> {
        let about =
            if self.scenario.is_empty() { self.run.clone() } else { format!("Scenario: {scenario} · {}", self.run) };
        let pieces = [&self.events, &self.source, &about, &self.caveat];
        pieces.into_iter().filter(|piece| !piece.is_empty()).cloned().collect()
    }

    /// The lines on the picture.
    pub(crate) fn lines(&self, ink: Ink, room: f64, narrow: bool) -> Vec<String> {
        let width = |words: &str| text::width(words, ink.size, ink.weight);
        if narrow {
            return self.flowing(ink, room);
        }
        let mut lines = Vec::new();
        if !self.events.is_empty() {
            lines.push(text::fitted(&self.events, ink.size, ink.weight, room));
        }
        let run = format!(" · {}", self.run);
        let name = text::fitted(&format!("Scenario: {}", self.scenario), ink.size, ink.weight, room - width(&run));
        let about = if self.scenario.is_empty() { self.run.clone() } else { name + &run };
        // The caveat stands behind what leaves room for it, or on a line of its own.
        let (with_about, with_source) =
            (format!("{about} · {}", self.caveat), format!("{} {}", self.source, self.caveat));
        if self.caveat.is_empty() || width(&with_about) <= room {
            let about = if self.caveat.is_empty() { about } else { with_about };
            lines.extend([self.source.clone(), about]);
        } else if width(&with_source) <= room {
            lines.extend([with_source, about]);
        } else {
            lines.extend([self.source.clone(), about]);
            lines.extend(text::wrap(&self.caveat, ink.size, ink.weight, room));
        }
        lines.iter().map(|line| text::fitted(line, ink.size, ink.weight, room)).collect()
    }

    /// All pieces as one paragraph; the name of the scenario gives way until it is four lines.
    fn flowing(&self, ink: Ink, room: f64) -> Vec<String> {
        // Of many events two lines' worth are told here; every one of them is in the metadata.
        let events = text::fitted(&self.events, ink.size, ink.weight, 1.8 * room);
        let paragraph = |name: &str| {
            let caveat = if self.caveat.is_empty() { String::new() } else { format!(" · {}", self.caveat) };
            let events = if self.events.is_empty() { String::new() } else { format!("{events}. ") };
            let scenario = if name.is_empty() { String::new() } else { format!("Scenario: {name} · ") };
            let words = format!("{events}{} {scenario}{}{caveat}", self.source, self.run);
            text::wrap(&words, ink.size, ink.weight, room)
        };
        let most = if self.events.is_empty() { 4 } else { 6 };
        let mut kept: Vec<char> = self.scenario.chars().collect();
        let mut lines = paragraph(&self.scenario);
        while lines.len() > most && kept.len() > 8 {
            kept.pop();
            lines = paragraph(&format!("{}…", kept.iter().collect::<String>().trim_end()));
        }
        lines.iter().map(|line| text::fitted(line, ink.size, ink.weight, room)).collect()
    }
}
