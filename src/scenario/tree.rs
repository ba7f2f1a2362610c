//! A scenario file as a tree in which every key and value remembers its place.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Place, Problem};

use super::slip;

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub place: Place,
    pub value: Value,
}

/// What a file can hold.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Integer(i64),
    Float(f64),
    /// A number that no text states, in the internal unit of what it measures.
    Internal(f64),
    Truth(bool),
    Date,
    List(Vec<Node>),
    Table(Table),
}

/// Keys with their values, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub key: String,
    pub key_place: Place,
    pub node: Node,
}

impl Node {
    /// A value that stands in no text.
    pub(crate) fn bare(value: Value) -> Self {
        Self { place: Place::nowhere(), value }
    }

    /// A table of texts that stand in no text of a user.
    pub(crate) fn words(words: &[(&str, &str)]) -> Self {
        Self::bare(Value::Table(Table::of(words.iter().map(|(key, text)| (*key, Value::text(*text))))))
    }

    /// This value with everything inside it at one place.
    pub(crate) fn at(self, place: &Place) -> Self {
        let value = match self.value {
            Value::List(list) => Value::List(list.into_iter().map(|node| node.at(place)).collect()),
            Value::Table(table) => {
                let moved = table.entries.into_iter();
                let moved = moved.map(|it| Entry { key_place: place.clone(), node: it.node.at(place), ..it });
                Value::Table(Table { entries: moved.collect() })
            }
            value => value,
        };
        Self { place: place.clone(), value }
    }
}

impl Table {
    /// A table that stands in no text.
    pub(crate) fn of<K: Into<String>>(entries: impl IntoIterator<Item = (K, Value)>) -> Self {
        let entry =
            |(key, value): (K, Value)| Entry { key: key.into(), key_place: Place::nowhere(), node: Node::bare(value) };
        Self { entries: entries.into_iter().map(entry).collect() }
    }

    /// Puts a value behind a key, in place of what is there.
    pub(crate) fn put(&mut self, key: &str, key_place: &Place, node: Node) {
        match self.entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => (entry.node, entry.key_place) = (node, key_place.clone()),
            None => self.entries.push(Entry { key: key.to_owned(), key_place: key_place.clone(), node }),
        }
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<Node> {
        let place = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(place).node)
    }
}

impl Table {
    /// Adds a value that stands in no text.
    pub(crate) fn add(&mut self, key: &str, value: Value) {
        self.put(key, &Place::nowhere(), Node::bare(value));
    }

    /// Adds a reason and a source, where there are any.
    pub(crate) fn add_words(&mut self, why: &Option<String>, source: &Option<String>) {
        for (key, words) in [("why", why), ("source", source)] {
            if let Some(words) = words {
                self.add(key, Value::text(words.as_str()));
            }
        }
    }

    fn entry_of(&mut self, key: &str, empty: Value) -> &mut Entry {
        if !self.has(key) {
            self.add(key, empty);
        }
        self.entries.iter_mut().find(|entry| entry.key == key).expect("it is there now")
    }

    /// The table behind a key.
    pub(crate) fn below(&mut self, key: &str) -> &mut Self {
        match &mut self.entry_of(key, Value::Table(Self::default())).node.value {
            Value::Table(table) => table,
            _ => unreachable!("a heading stands over tables only"),
        }
    }

    /// The list behind a key.
    pub(crate) fn list_below(&mut self, key: &str) -> &mut Vec<Node> {
        match &mut self.entry_of(key, Value::List(Vec::new())).node.value {
            Value::List(list) => list,
            _ => unreachable!("a doubled heading stands over lists only"),
        }
    }
}

impl Value {
    /// A list of values that stand in no text.
    pub(crate) fn list(values: impl IntoIterator<Item = Self>) -> Self {
        Self::List(values.into_iter().map(Node::bare).collect())
    }

    /// A value that is a text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The kind of value in words, for "is a number, not a text".
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Integer(_) | Self::Float(_) | Self::Internal(_) => "a number",
            Self::Truth(_) => "true or false",
            Self::Date => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }

    /// The texts of a list of texts; none of anything else.
    pub(crate) fn texts(&self) -> Vec<String> {
        let Self::List(list) = self else { return Vec::new() };
        let text = |node: &Node| if let Self::Text(text) = &node.value { Some(text.clone()) } else { None };
        list.iter().map(text).collect::<Option<_>>().unwrap_or_default()
    }
}

/// Parses a text; every syntax error in our own words.
pub(super) fn parse(text: &str, file: usize) -> Result<Table, Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut problems: Vec<Problem> = errors.iter().map(|error| syntax_problem(error, text, file)).collect();
    let table = convert_table(table.get_ref(), file, &mut problems);
    problems.sort_by_key(Problem::order);
    without_echoes(&mut problems, text);
    if problems.is_empty() { Ok(table) } else { Err(problems) }
}

/// Reads one value as it would stand in a file; what is none there is a text whose quotes the shell has eaten.
pub(super) fn parse_value(text: &str, place: &Place) -> Node {
    let mut problems = Vec::new();
    let read = DeValue::parse(text).ok().map(|value| convert(&value, place.file, &mut problems));
    match read {
        Some(node) if problems.is_empty() => node.at(place),
        _ => Node { place: place.clone(), value: Value::Text(text.to_owned()) },
    }
}

/// One slip often makes the reader stumble again at the same place, in the lines below it, or in all that follows.
fn without_echoes(problems: &mut Vec<Problem>, text: &str) {
    let line_of = |problem: &Problem| {
        let start = problem.place.as_ref().map_or(0, |place| place.span.start.min(text.len()));
        text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count()
    };
    // Behind a line that is not finished nothing is read as it was meant.
    if let Some(first) = problems.iter().position(|problem| problem.what == UNFINISHED) {
        problems.truncate(first + 1);
    }
    let mut last: Option<(usize, String)> = None;
    problems.retain(|problem| {
        let line = line_of(problem);
        let echo = last
            .as_ref()
            .is_some_and(|(before, what)| line == *before || (line == before + 1 && *what == problem.what));
        last = Some((line, problem.what.clone()));
        !echo
    });
}

fn convert_table(table: &DeTable, file: usize, problems: &mut Vec<Problem>) -> Table {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_place: Place { file, span: key.span() },
            node: convert(value, file, problems),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_place.span.start);
    Table { entries }
}

fn convert(value: &Spanned<DeValue>, file: usize, problems: &mut Vec<Problem>) -> Node {
    let place = Place { file, span: value.span() };
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => {
                problems.push(Problem::error(
                    place.clone(),
                    "this number is too large",
                    "write one of up to 18 digits",
                ));
                Value::Integer(0)
            }
        },
        DeValue::Float(number) => Value::Float(number.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Datetime(_) => Value::Date,
        DeValue::Array(list) => Value::List(list.iter().map(|item| convert(item, file, problems)).collect()),
        DeValue::Table(table) => Value::Table(convert_table(table, file, problems)),
    };
    Node { place, value }
}

/// What is wrong with a text without quotes.
const UNQUOTED: &str = "a text needs quotes";

/// What is wrong where a line goes on that should have ended.
const UNFINISHED: &str = "the entry above this line is not finished";

/// What the reader of the file format stumbled over, in words for people who do not know the format.
fn syntax_problem(error: &toml::de::Error, text: &str, file: usize) -> Problem {
    let span = error.span().unwrap_or(text.len()..text.len());
    let message = error.message();
    let known = [
        ("duplicate key", "this name is given twice in one table", "keep one of the two lines"),
        ("string values must be quoted", UNQUOTED, "write it in double quotes: model = \"random-walk\""),
        ("missing comma", "a comma is missing", "put a comma between the entries"),
        ("extra comma", "there is a comma too many", "remove it"),
        ("missing assignment", "a value is missing", "write NAME = VALUE"),
        ("key with no value", "a value is missing", "write NAME = VALUE"),
        ("missing value", "a value is missing", "write one after the ="),
        ("invalid value", "this is not a value", "write a number, or a text in double quotes such as \"12%\""),
        ("unclosed array table", "the brackets of this heading are not closed", "close it with ]]"),
        ("unclosed array", "this list is not closed", "close it with ]"),
        ("unclosed inline table", "this table is not closed", "close it with }"),
        ("unclosed table", "the bracket of this heading is not closed", "close it with ]"),
        ("unexpected leading zero", "a number cannot begin with 0", "remove the leading zero"),
        ("missing opening quote", "a quote is missing", "put the text in double quotes"),
        ("invalid basic string", "this text is not closed", "end it with a double quote on the same line"),
        ("invalid literal string", "this text is not closed", "end it with a quote on the same line"),
        ("cannot recurse further", "this is nested too deeply", "a scenario has at most four levels"),
        ("recursion limit", "this is nested too deeply", "a scenario has at most four levels"),
        ("invalid unquoted key", "this is not a name", "names consist of letters, digits and hyphens"),
        ("unquoted keys cannot be empty", "a name is missing before the =", "write NAME = VALUE"),
        ("extra `=`", "there is an = too many", "write NAME = VALUE"),
        ("extra assignment", "there is an = too many", "write NAME = VALUE"),
        ("missing escaped value", "a backslash stands alone in this text", "write \\\\ for a backslash"),
        ("`_` may only", "an underscore stands beside no digit", "write 100000 or 100_000"),
        ("carriage return", "a line ends in an unusual way", "save the file with ordinary line ends"),
    ];
    let found = known.iter().find(|(start, _, _)| message.starts_with(start));
    let unfinished = text.get(span.start..).is_none_or(str::is_empty);
    let line_start = text[..span.start.min(text.len())].rfind('\n').map_or(0, |newline| newline + 1);
    let before = text.get(line_start..span.start).unwrap_or_default();
    let here = text.get(span.start..).unwrap_or_default();
    // A new line that is read as a part of the one above it: that one lacks its end.
    let in_the_middle = !message.starts_with("duplicate") && line_start > 0 && before.trim().is_empty();
    let new_entry = here.lines().next().is_some_and(|line| line.contains('=') || line.starts_with('['));
    if let Some((what, cure)) = slip::at(text, span.start) {
        return Problem::error(Place { file, span }, what, cure);
    }
    if let (Some((_, what, _)), Some(cure)) = (found, slip::in_quotes(here))
        && *what == UNQUOTED
        && !(in_the_middle && new_entry)
    {
        return Problem::error(Place { file, span }, *what, cure);
    }
    let (what, cure) = match found {
        _ if in_the_middle && new_entry => (UNFINISHED, "close its list with ] or its table with }"),
        _ if before.trim_end().ends_with('=') && here.starts_with(['\n', '\r']) => {
            ("a value is missing", "write one after the =")
        }
        Some((_, what, cure)) => (*what, *cure),
        None if unfinished => ("the file ends in the middle of an entry", "finish or remove the last line"),
        None => ("this cannot be read", "write NAME = VALUE, with texts in double quotes such as \"12%\""),
    };
    Problem::error(Place { file, span }, what, cure)
}
