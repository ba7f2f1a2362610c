//! The state of a validation: problems and assumptions found so far, and the questions every part asks of a table.

use std::ops::Range;

use crate::diagnostic::{Place, Problem, did_you_mean};

use super::draws::file::DrawsFile;
use super::model::{Assumption, AssumptionId, Origin};
use super::tree::{Node, Table, Value};

/// Problems and assumptions found so far.
#[derive(Debug, Default)]
pub(super) struct Check {
    pub problems: Vec<Problem>,
    pub assumptions: Vec<Assumption>,
    /// Regions that stand in the file and could not be read: what refers to them is not a mistake of its own.
    pub broken_regions: Vec<String>,
    /// Source of the funding figures, if one is picked that is not the data set's own.
    pub picked_source: Option<String>,
    /// States of the regimes, once they have been read.
    pub regime_states: Option<Vec<String>>,
    /// Whether regimes stand in the file and could not be read.
    pub broken_regimes: bool,
    /// Place of the loadings of the market factor, if there are any.
    pub factor: Option<Place>,
    /// Files of draws in use, each with the order of its rows.
    pub drawn_files: Vec<(std::sync::Arc<DrawsFile>, Vec<usize>)>,
    /// Addresses that some `[[draws]]` names.
    pub named_by_draws: Vec<String>,
    /// Names and texts of the files, for the line of an assumption.
    pub files: Vec<(Option<String>, Vec<usize>)>,
    /// Places of the files that extend each other, the topmost first.
    pub chain: Range<usize>,
}

impl Check {
    pub(crate) fn new(sources: &crate::diagnostic::Sources) -> Self {
        let starts = |text: &str| {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect::<Vec<usize>>()
        };
        let files = sources.files().iter().map(|file| (file.name.clone(), starts(&file.text)));
        Self { files: files.collect(), ..Self::default() }
    }

    pub(crate) fn warning(&mut self, place: &Place, what: impl Into<String>, cure: impl Into<String>) {
        self.problems.push(Problem::warning(place.clone(), what, cure));
    }

    pub(crate) fn error(&mut self, place: &Place, what: impl Into<String>, cure: impl Into<String>) {
        self.problems.push(Problem::error(place.clone(), what, cure));
    }

    /// Errors found so far; warnings do not count.
    pub(crate) fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == crate::diagnostic::Severity::Error).count()
    }

    /// Who set a value: file name without folders and line.
    pub(crate) fn origin(&self, place: &Place) -> Origin {
        let Some((name, starts)) = self.files.get(place.file) else { return Origin::Usual };
        let Some(name) = name else { return Origin::Given };
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        let line = starts.partition_point(|start| *start <= place.span.start);
        Origin::File { name, line: Some(line) }
    }

    /// How high a file lies among the layers: what is extended lies below what extends it, and packs and settings above.
    pub(crate) fn layer(&self, file: usize) -> usize {
        if self.chain.contains(&file) { self.chain.start + self.chain.end - 1 - file } else { file }
    }

    /// Whether a place is in a file that another one extends, whose author is not the one to mend it.
    pub(crate) fn lies_below(&self, place: &Place) -> bool {
        self.chain.contains(&place.file) && place.file != self.chain.start
    }

    /// The layer of what has this origin; `None` where nobody set it.
    pub(crate) fn layer_of(&self, origin: &Origin) -> Option<usize> {
        let Some(own) = origin.file() else { return (*origin == Origin::Given).then_some(usize::MAX) };
        let is_own = |(name, _): &(Option<String>, Vec<usize>)| {
            name.as_deref().is_some_and(|name| name.rsplit(['/', '\\']).next() == Some(own))
        };
        self.files.iter().rposition(is_own).map(|file| self.layer(file))
    }

    /// Whether a place is of a file, and not of what was given beside it.
    pub(crate) fn is_of_a_file(&self, place: &Place) -> bool {
        self.files.get(place.file).is_some_and(|(name, _)| name.is_some())
    }

    pub(crate) fn assume(&mut self, assumption: Assumption) -> AssumptionId {
        self.assumptions.push(assumption);
        self.assumptions.len() - 1
    }

    /// Reports every key of a table that nobody knows, with the one that was most likely meant.
    pub(crate) fn known_keys(&mut self, table: &Table, known: &[&str], of_what: &str) {
        for entry in &table.entries {
            if known.contains(&entry.key.as_str()) {
                continue;
            }
            let cure = match did_you_mean(&entry.key, known.iter().copied()) {
                // Two quantiles say a law, and its middle with them.
                _ if entry.key == "p50" && (table.get("p10").is_some() || table.get("p5").is_some()) => {
                    "take it out: the two other quantiles say where the middle is".to_owned()
                }
                _ if entry.key == "p50" && known.contains(&"median") => "did you mean `median`?".to_owned(),
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("known are {}", known.join(", ")),
            };
            self.error(&entry.key_place, format!("unknown key `{}` in {of_what}", entry.key), cure);
        }
    }

    /// The text of a key; a problem if it is something else.
    pub(crate) fn text(&mut self, table: &Table, key: &str) -> Option<String> {
        let node = table.get(key)?;
        match &node.value {
            Value::Text(text) => {
                let place = node.place.clone();
                self.readable(key, text, &place).then(|| text.clone())
            }
            other => {
                let what = format!("`{key}` is {}, not a text", other.kind());
                self.error(&node.place, what, format!("write {key} = \"…\" in double quotes"));
                None
            }
        }
    }

    /// Whether a text is one that people can read: of bearable length, and without what a terminal would obey.
    pub(super) fn readable(&mut self, key: &str, text: &str, place: &Place) -> bool {
        let most = match key {
            "title" => 300,
            "name" => 100,
            _ => 10_000,
        };
        let letters = text.chars().count();
        if letters > most {
            let what = format!("`{key}` has {letters} letters");
            self.error(place, what, format!("write at most {most}; a file of notes has room for more"));
            return false;
        }
        let is_label = matches!(key, "title" | "name");
        if is_label && text.contains(['\n', '\r', '\t']) {
            self.error(place, format!("`{key}` holds the end of a line or a tab"), "write it on one line, with spaces");
            return false;
        }
        if is_label && text.trim().is_empty() {
            self.error(place, format!("`{key}` is empty"), "write a few words that say which one this is");
            return false;
        }
        let obeyed = text.chars().find(|letter| letter.is_control() && !matches!(letter, '\n' | '\t' | '\r'));
        if let Some(letter) = obeyed {
            let what = format!("`{key}` holds a control character (U+{:04X})", u32::from(letter));
            self.error(place, what, "take it out: a terminal would obey it");
            return false;
        }
        true
    }

    /// The table behind a key; a problem if it is something else.
    pub(crate) fn table<'a>(&mut self, node: &'a Node, what: &str, cure: &str) -> Option<&'a Table> {
        match &node.value {
            Value::Table(table) => Some(table),
            other => {
                self.error(&node.place, format!("{what} is {}, not a table", other.kind()), cure);
                None
            }
        }
    }

    /// The entries of a list; a problem if it is something else.
    pub(crate) fn list<'a>(&mut self, node: &'a Node, what: &str, cure: &str) -> Option<&'a [Node]> {
        match &node.value {
            Value::List(list) => Some(list),
            other => {
                self.error(&node.place, format!("{what} is {}, not a list", other.kind()), cure);
                None
            }
        }
    }
}
