//! The footer of a chart: its pieces, and how they are packed into lines.

use super::sheet::Ink;
use super::text;

/// The pieces of a footer.
pub(crate) struct Footer {
    /// What each event is, with its year and its chance.
    pub events: Vec<String>,
    pub source: String,
    /// What the scenario may be called, the longest name first; empty where there is none.
    pub scenario: Vec<String>,
    pub run: String,
    pub caveat: String,
}

/// Most lines that events take.
const MOST_OF_EVENTS: usize = 2;

impl Footer {
    /// Every piece with the scenario's name as its author wrote it, for metadata.
    pub(crate) fn whole(&self, scenario: &str) -> Vec<String> {
        let about =
            if self.scenario.is_empty() { self.run.clone() } else { format!("Scenario: {scenario} · {}", self.run) };
        let pieces = [self.told(self.events.len()), self.source.clone(), about, self.caveat.clone()];
        pieces.into_iter().filter(|piece| !piece.is_empty()).collect()
    }

    /// The first events in words, and how many more there are; empty without events.
    fn told(&self, shown: usize) -> String {
        if self.events.is_empty() {
            return String::new();
        }
        let more = match self.events.len() - shown {
            0 => String::new(),
            more => format!("; {more} more"),
        };
        format!("Events: {}{more}", self.events[..shown].join("; "))
    }

    /// As many events as two lines hold, each whole: half of an event says less than none. All are in the metadata.
    fn fitting(&self, ink: Ink, room: f64) -> String {
        let fits = |shown: &usize| {
            let lines = text::wrap(&self.told(*shown), ink.size, ink.weight, room);
            lines.len() <= MOST_OF_EVENTS && lines.iter().all(|line| text::width(line, ink.size, ink.weight) <= room)
        };
        (1..=self.events.len()).rev().find(fits).map_or_else(|| self.told(self.events.len().min(1)), |it| self.told(it))
    }

    /// The lines on the picture.
    pub(crate) fn lines(&self, ink: Ink, room: f64, narrow: bool) -> Vec<String> {
        let width = |words: &str| text::width(words, ink.size, ink.weight);
        if narrow {
            return self.flowing(ink, room);
        }
        let mut lines = Vec::new();
        if !self.events.is_empty() {
            lines.extend(text::wrap(&self.fitting(ink, room), ink.size, ink.weight, room));
            lines.truncate(MOST_OF_EVENTS);
        }
        let run = format!(" · {}", self.run);
        let names = || self.scenario.iter().map(|name| format!("Scenario: {name}"));
        let fitting = names().find(|name| width(name) + width(&run) <= room).or_else(|| names().next_back());
        let about = match fitting {
            Some(name) => text::fitted(&name, ink.size, ink.weight, room - width(&run)) + &run,
            None => self.run.clone(),
        };
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

    /// What only this chart says, its events and its caveat, where the page around it says the rest.
    pub(crate) fn own(&self, ink: Ink, room: f64) -> Vec<String> {
        let events = self.fitting(ink, room);
        let words = if events.is_empty() { self.caveat.clone() } else { format!("{events}. {}", self.caveat) };
        text::wrap(words.trim(), ink.size, ink.weight, room)
    }

    /// All pieces as one paragraph; a long name of the scenario gives way to a shorter one where it takes a line more.
    fn flowing(&self, ink: Ink, room: f64) -> Vec<String> {
        let events = self.fitting(ink, room);
        let paragraph = |name: &str| {
            let caveat = if self.caveat.is_empty() { String::new() } else { format!(" · {}", self.caveat) };
            let events = if events.is_empty() { String::new() } else { format!("{events}. ") };
            let scenario = if name.is_empty() { String::new() } else { format!("Scenario: {name} · ") };
            let words = format!("{events}{} {scenario}{}{caveat}", self.source, self.run);
            text::wrap(&words, ink.size, ink.weight, room)
        };
        let tried = self.scenario.iter().map(|name| paragraph(name));
        let shortest = tried.min_by_key(Vec::len).unwrap_or_else(|| paragraph(""));
        shortest.iter().map(|line| text::fitted(line, ink.size, ink.weight, room)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::Weight;
    use super::*;

    fn footer(events: usize, names: &[&str]) -> Footer {
        Footer {
            events: (0..events).map(|place| format!("({place}) fewer rounds, 2027 (chance 60%)")).collect(),
            source: "Source: CB Insights; aigap simulation. Not a forecast.".to_owned(),
            scenario: names.iter().map(|name| (*name).to_owned()).collect(),
            run: "100,000 paths · seed 20240515 · aigap 0.1.0".to_owned(),
            caveat: String::new(),
        }
    }

    #[test]
    fn no_event_and_no_name_is_cut_in_the_middle_where_a_shorter_one_says_it() {
        let ink = Ink::new(16.5, Weight::Regular, (0, 0, 0));
        let long = "Baseline: two years of data show no trend ".repeat(3);
        for narrow in [false, true] {
            let all = footer(9, &[&long, "Baseline", "base"]).lines(ink, 606.0, narrow).join(" ");
            assert!(!all.contains('…') && all.contains("Scenario: Baseline ·"), "{all}");
            let shown = all.matches("(chance 60%)").count();
            assert!((1..9).contains(&shown) && all.contains(&format!("; {} more", 9 - shown)), "{all}");
        }
        let words = footer(2, &["Baseline: no trend", "Baseline"]).lines(ink, 1120.0, false).join(" ");
        assert!(words.contains("Scenario: Baseline: no trend ·") && !words.contains("more"), "{words}");
    }
}
