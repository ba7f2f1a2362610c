//! What a chart says of its numbers: their source, the run they come from, and the events they know of.

use super::footer::Footer;
use super::text;

/// What the footer says of a chart on which nothing is simulated.
pub(crate) const OBSERVED: &str = "Observed figures; nothing here is simulated.";

/// What the footer says of a chart of draws of what observed figures teach.
pub(crate) const LEARNED: &str = "Draws of what these figures teach; no path is simulated.";

/// Where the numbers on a chart come from: its footer and its metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credits {
    /// Source of the data, with vintage.
    pub source: String,
    /// Title of the scenario.
    pub scenario: String,
    /// Its file name without ending, which stands for a title that the embedded face cannot write.
    pub name: String,
    /// Hash of the resolved scenario.
    pub config: String,
    /// A title that the user wrote, in place of the one made from the numbers.
    pub title: Option<String>,
    /// Number of paths; none where nothing is simulated.
    pub paths: u64,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Version of the program: `aigap 0.1.0`.
    pub version: String,
    /// What the amounts are: `AI funding`, or `funding` alone where the figures are the user's own.
    pub counted: &'static str,
    /// Unit of amounts in the plotted numbers: `$bn`.
    pub unit: String,
    /// What amounts were brought to their money by: exchange rate, prices, inflation; empty for dollars as they were paid.
    pub money: String,
    /// What departs from trend, in the order of the scenario.
    pub events: Vec<EventMark>,
    /// Whether the numbers are draws of what observed figures teach.
    pub drawn: bool,
}

/// An event or a jump as a chart names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMark {
    /// Its year, if it is scheduled; what may come in any year has none and is words only.
    pub year: Option<i32>,
    /// The first and the last year in which it may begin.
    pub years: [i32; 2],
    /// Its name and what else a reader must know: `state AI fund, 2026 (chance 70%)`.
    pub words: String,
}

impl Credits {
    /// The credits of a chart of observed figures, which no path, seed or scenario has a part in.
    #[must_use]
    pub fn of_observed(self) -> Self {
        Self { paths: 0, ..self }
    }

    /// Years of scheduled events, each with the keys of those that begin then.
    pub(crate) fn marks(&self) -> Vec<(i32, String)> {
        let mut marks: Vec<(i32, String)> = Vec::new();
        let scheduled = self.events.iter().filter_map(|event| event.year).enumerate();
        for (key, year) in scheduled {
            let key = (key + 1).to_string();
            match marks.iter_mut().find(|(known, _)| *known == year) {
                Some((_, keys)) => *keys += &format!(", {key}"),
                None => marks.push((year, key)),
            }
        }
        marks
    }

    /// What the keys stand for, and what may come in several years, an event each.
    fn key(&self) -> Vec<String> {
        let mut parts = Vec::new();
        let scheduled = self.events.iter().filter(|event| event.year.is_some());
        for (key, event) in scheduled.enumerate() {
            parts.push(format!("({}) {}", key + 1, event.words));
        }
        parts.extend(self.events.iter().filter(|event| event.year.is_none()).map(|event| event.words.clone()));
        parts
    }

    /// The pieces of the footer; `caveat` is what this chart must say besides.
    pub(crate) fn footer(&self, caveat: &str) -> Footer {
        let caveat = format!("{}{}{caveat}", self.money, if self.money.is_empty() { "" } else { " " });
        if self.paths == 0 {
            return Footer {
                events: Vec::new(),
                source: format!("Source: {}. {}", self.source, if self.drawn { LEARNED } else { OBSERVED }),
                scenario: Vec::new(),
                run: self.version.clone(),
                caveat,
            };
        }
        // A title that is too long for its line gives way to its words before the colon, and these to the file's name.
        let names = [self.scenario.clone(), crate::scenario::short_title(&self.scenario), self.name.clone()];
        let names = names.into_iter().filter(|name| text::is_legible(name) && !name.ends_with('…')).collect();
        Footer {
            events: self.key(),
            source: format!("Source: {}; aigap simulation. Not a forecast.", self.source),
            scenario: names,
            run: format!("{} · seed {} · {}", crate::wording::paths(self.paths), self.seed, self.version),
            caveat,
        }
    }
}
