//! Layers: a file that extends another, packs laid over it and values set on the command line, merged into one tree.
//!
//! Tables merge key by key; naming another model replaces the table of its series whole; entries of lists merge
//! by name (correlations by the pair they stand between); `remove = true` drops an entry.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Place, Problem, Severity, Sources, plain_text};
use crate::units;

use super::bounds;
use super::edit::{self, Setting};
use super::keys;
use super::library;
use super::reach::{Reach, plain};
use super::tree::{Node, Table, Value, parse, parse_value};

/// Reads a file by its path; the error says why it cannot, in words for the user.
pub type ReadFile<'a> = &'a dyn Fn(&Path) -> Result<Vec<u8>, String>;

/// Largest scenario file; a scenario is a page or two.
const MOST_BYTES: usize = 1 << 20;

/// What is laid over the file on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layers {
    /// Packs, left to right.
    pub with: Vec<PathBuf>,
    /// `ADDRESS=VALUE` or `ADDRESS=VALUE from 2027`, in order, after the packs.
    pub set: Vec<String>,
    /// What amounts are shown in, outranking `[money]`.
    pub money: super::money::MoneyFlags,
    /// Source of the funding figures, outranking the file's.
    pub source: Option<String>,
    /// Whether correlations that contradict each other are replaced by the nearest ones that do not.
    pub nearest_correlation: bool,
    /// Whether files may be opened that are not below the folder of the scenario, or of the pack, that names them.
    pub allow_outside: bool,
}

impl Layers {
    /// How far a scenario below these layers reaches.
    pub(super) fn reach(&self, scenario: &Path) -> Reach {
        Reach::of(std::iter::once(scenario).chain(self.with.iter().map(PathBuf::as_path)), self.allow_outside)
    }
}

/// Files that are read, and what is known of them so far.
pub(super) struct Reading<'a> {
    pub read: ReadFile<'a>,
    pub reach: Reach,
    /// Places of the files that extend each other among the sources, the topmost first.
    pub chain: Range<usize>,
    /// Files that were opened outside of the folder, because the user allows it.
    pub warnings: Vec<Problem>,
}

impl Reading<'_> {
    /// Whether a file may be opened that another one names.
    pub(super) fn allows(&mut self, namer: &Path, named: &Path, place: &Place) -> Result<(), Vec<Problem>> {
        match self.reach.problem(namer, named, place) {
            Some(problem) if problem.severity == Severity::Error => Err(vec![problem]),
            problem => {
                self.warnings.extend(problem);
                Ok(())
            }
        }
    }
}

/// Reads a scenario with everything it extends and everything laid over it.
pub(super) fn read(
    path: &Path,
    layers: &Layers,
    reading: &mut Reading,
    sources: &mut Sources,
) -> Result<Table, Vec<Problem>> {
    let mut chain = Vec::new();
    let (here, read) = (Path::new(""), reading.read);
    let first = sources.files().len();
    let mut table = read_chain(&meant(here, path, read), None, reading, sources, &mut chain)?;
    reading.chain = first..sources.files().len();
    for pack in &layers.with {
        table = merge(table, read_pack(&meant(here, pack, read), read, sources)?)?;
    }
    let mut problems = Vec::new();
    let mut known: Vec<(Set, &Place)> = Vec::new();
    let mut places = Vec::new();
    for setting in &layers.set {
        match set(&mut table, setting, sources) {
            Ok(it) => places.push(it),
            Err(problem) => problems.push(problem),
        }
    }
    for (it, place) in &places {
        if let Some((_, first)) = known.iter().find(|(earlier, _)| earlier == it) {
            let what = format!("`{}` is set twice, and the last one counts", it.0);
            let problem = Problem::warning(place.clone(), what, "keep one of the two");
            reading.warnings.push(problem.also((*first).clone(), "it is set here first"));
        }
        known.push((it.clone(), place));
    }
    if problems.is_empty() { Ok(table) } else { Err(problems) }
}

/// A pack says only what it changes: one that extends a file would lay all of that file over the scenario.
fn read_pack(path: &Path, read: ReadFile, sources: &mut Sources) -> Result<Table, Vec<Problem>> {
    let text = read_text(path, None, read, "say in it what it changes: [us.deals] and below it growth = \"3%\"")?;
    let file = sources.add(shown(path), text.as_str());
    let mut table = parse(&text, file)?;
    bounds::of_file(&table)?;
    let Some(node) = table.remove("extends") else { return Ok(table) };
    let what = format!("{} extends another file, which would be laid over the scenario with it", shown(path));
    let cure = "take `extends` out of a pack; a scenario of its own is compared with `aigap compare`";
    Err(vec![Problem::error(node.place, what, cure)])
}

fn read_chain(
    path: &Path,
    asked_at: Option<Place>,
    reading: &mut Reading,
    sources: &mut Sources,
    chain: &mut Vec<PathBuf>,
) -> Result<Table, Vec<Problem>> {
    if chain.iter().any(|earlier| plain(earlier) == plain(path)) {
        let names: Vec<String> = chain.iter().map(PathBuf::as_path).chain([path]).map(shown).collect();
        let what = format!("these scenarios extend each other in a circle: {}", names.join(" → "));
        return Err(vec![Problem::error(asked_at, what, "let one of them stand on its own")]);
    }
    chain.push(path.to_owned());
    let text = read_text(path, asked_at, reading.read, "aigap new NAME writes one to start from")?;
    let file = sources.add(shown(path), text.as_str());
    let mut table = parse(&text, file)?;
    bounds::of_file(&table)?;
    let Some(node) = table.remove("extends") else { return Ok(table) };
    let Value::Text(parent) = &node.value else {
        let what = format!("`extends` is {}, not a file name", node.value.kind());
        return Err(vec![Problem::error(node.place, what, "write extends = \"base.toml\"")]);
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let parent = library::beside(path, parent).unwrap_or_else(|| meant(folder, Path::new(parent), reading.read));
    if library::text(&parent).is_none() {
        reading.allows(path, &parent, &node.place)?;
    }
    let base = read_chain(&parent, Some(node.place), reading, sources, chain)?;
    merge(base, table)
}

/// The file that a name means, seen from a folder: the one of that name, with or without its ending, or else the one that the
/// program carries.
fn meant(folder: &Path, name: &Path, read: ReadFile) -> PathBuf {
    let file = folder.join(name);
    let Some(carried) = library::found(name) else { return file };
    let with_ending = file.with_extension("toml");
    [file, with_ending].into_iter().find(|file| read(file).is_ok()).unwrap_or(carried)
}

/// The text of a file; `write` is what to do if it is empty.
fn read_text(path: &Path, asked_at: Option<Place>, read: ReadFile, write: &str) -> Result<String, Vec<Problem>> {
    let fail = |what: String, cure: &str| vec![Problem::error(asked_at.clone(), what, cure)];
    let name = shown(path);
    if let Some(kind) = another_kind(path) {
        let cure = "a scenario is a .toml file; one that starts from figures of your own says data = \"FILE\"";
        return Err(fail(format!("{name} is {kind}, not a scenario"), cure));
    }
    let carried = library::text(path).map(|text| Ok(text.as_bytes().to_vec()));
    let bytes = carried.unwrap_or_else(|| read(path)).map_err(|why| {
        // A name without a folder and an ending may have been meant for one that is carried.
        let bare = path.extension().is_none() && path.components().count() == 1;
        let names: Vec<&str> = library::names().filter(|_| bare).collect();
        let carried = if bare { format!("; the program itself has {}", names.join(", ")) } else { String::new() };
        fail(format!("cannot read {name}: {why}"), &format!("check the name and the folder{carried}"))
    })?;
    if bytes.len() > MOST_BYTES {
        let what = format!("{name} has {} MB, and a scenario is a page or two", bytes.len() >> 20);
        return Err(fail(what, "is it another kind of file?"));
    }
    let text = plain_text(bytes).map_err(|(what, cure)| fail(format!("{name} {what}"), cure))?;
    if text.trim().is_empty() {
        return Err(fail(format!("{name} is empty"), write));
    }
    Ok(text)
}

/// What a file is by its ending that holds no scenario.
fn another_kind(path: &Path) -> Option<&'static str> {
    const KINDS: [(&str, &str); 9] = [
        ("csv", "a table"),
        ("tsv", "a table"),
        ("xlsx", "a workbook"),
        ("xls", "a workbook"),
        ("json", "a file for programs"),
        ("html", "a page"),
        ("md", "a text"),
        ("png", "a picture"),
        ("svg", "a picture"),
    ];
    let ending = path.extension()?.to_str()?;
    KINDS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known)).map(|(_, kind)| *kind)
}

fn shown(path: impl AsRef<Path>) -> String {
    path.as_ref().display().to_string()
}

/// Lays a table over another.
fn merge(mut base: Table, over: Table) -> Result<Table, Vec<Problem>> {
    if changes_a_number(&over) {
        base.entries.retain(|known| !["why", "source"].contains(&known.key.as_str()));
    }
    for entry in over.entries {
        let Some(place) = base.entries.iter().position(|known| known.key == entry.key) else {
            base.entries.push(entry);
            continue;
        };
        if removes(&entry.node) && matches!(base.entries[place].node.value, Value::Table(_)) {
            base.entries.remove(place);
            continue;
        }
        let known = &mut base.entries[place];
        if edit::only_moves(&entry.node) && edit::can_be_moved(&known.node) {
            known.node = edit::over(known.node.clone(), entry.node);
            known.key_place = entry.key_place;
            continue;
        }
        known.node = match (std::mem::replace(&mut known.node.value, Value::Date), entry.node.value) {
            (Value::Table(mut below), Value::Table(above)) => {
                let place = entry.node.place;
                if names_another_model(&below, &above) {
                    below = Table::default();
                } else if is_a_value(&entry.key, &above) {
                    // A distribution is one thing: p10 of one layer and p90 of another would be neither's, and a
                    // reason given for one value is no reason for another.
                    below.entries.retain(|known| known.key == "kind");
                }
                Node { place, value: Value::Table(merge(below, above)?) }
            }
            (Value::List(below), Value::List(above)) if is_named_list(&entry.key) => {
                Node { place: entry.node.place, value: Value::List(merge_lists(below, above)) }
            }
            (_, value) => Node { place: entry.node.place, value },
        };
        known.key_place = entry.key_place;
    }
    Ok(base)
}

/// Whether a table says nothing but that the one below it is to be dropped: `[china.deals]` with `remove = true`.
fn removes(node: &Node) -> bool {
    let Value::Table(table) = &node.value else { return false };
    table.entries.len() == 1
        && table.entries[0].key == "remove"
        && matches!(table.entries[0].node.value, Value::Truth(true))
}

fn names_another_model(below: &Table, above: &Table) -> bool {
    let model = |table: &Table| match table.get("model").map(|node| &node.value) {
        Some(Value::Text(name)) => Some(name.clone()),
        _ => None,
    };
    model(above).is_some_and(|above| model(below).is_some_and(|below| below != above))
}

/// Whether a table describes one thing instead of holding further tables: a number, or an effect or a law with the
/// numbers that belong to it.
fn is_a_value(key: &str, table: &Table) -> bool {
    ["effect", "law"].contains(&key) || table.entries.iter().any(|entry| keys::is_lead(&entry.key))
}

/// Whether a table says another part of a number that the one below has said: its reason is not one for this.
fn changes_a_number(table: &Table) -> bool {
    table
        .entries
        .iter()
        .any(|entry| [keys::MEDIAN.word, "rho"].contains(&entry.key.as_str()) || keys::lead_of(&entry.key).is_some())
}

fn is_named_list(key: &str) -> bool {
    ["events", "jumps", "correlations", "checks", "questions", "draws"].contains(&key)
}

fn merge_lists(mut below: Vec<Node>, above: Vec<Node>) -> Vec<Node> {
    let mut said: Vec<String> = Vec::new();
    for node in above {
        // What one layer says twice stays twice, and is reported where entries are read.
        let own = label(&node);
        if own.as_ref().is_some_and(|own| said.contains(own)) {
            below.push(node);
            continue;
        }
        said.extend(own);
        let removes = matches!(&node.value, Value::Table(table) if matches!(
            table.get("remove").map(|node| &node.value), Some(Value::Truth(true))));
        let same = |known: &Node| label(known).is_some_and(|known| label(&node).is_some_and(|own| own == known));
        match (below.iter().position(same), removes) {
            (Some(place), true) => {
                below.remove(place);
            }
            (Some(place), false) => {
                if let (Value::Table(known), Value::Table(own)) = (below[place].value.clone(), node.value) {
                    let merged = merge(known, own).unwrap_or_default();
                    below[place] = Node { place: node.place, value: Value::Table(merged) };
                }
            }
            // Removing what is not there is a mistake; the entry stays and is reported where entries are read.
            (None, _) => below.push(node),
        }
    }
    below
}

/// What names an entry of a list: its name, the file of its draws, or the pair it stands between in either order.
fn label(node: &Node) -> Option<String> {
    let Value::Table(table) = &node.value else { return None };
    for key in ["name", "file"] {
        if let Some(Value::Text(name)) = table.get(key).map(|node| &node.value) {
            return Some(name.clone());
        }
    }
    let mut names = table.get("between")?.value.texts();
    names.sort();
    (!names.is_empty()).then(|| names.join(" "))
}

/// What was set: an address, and from which year.
type Set = (String, Option<i64>);

/// Sets one value: `us.deals.growth=12%`, with quotes or without, dated or not.
fn set(table: &mut Table, setting: &str, sources: &mut Sources) -> Result<(Set, Place), Problem> {
    let file = sources.add_given(setting);
    let at = |span| Place { file, span };
    let whole = at(0..setting.len());
    let cure = "write us.deals.growth=12%, with \" from 2027\" at the end for a later year";
    if let Some(line_break) = setting.find(['\n', '\r']) {
        let what = "a line ends in the middle of this";
        return Err(Problem::error(at(line_break..line_break + 1), what, "set one value at a time, on one line"));
    }
    let (address, value) =
        setting.split_once('=').ok_or_else(|| Problem::error(whole.clone(), "this sets nothing", cure))?;
    let (value, from) = match value.rsplit_once(" from ") {
        Some((before, year)) => match units::year(year) {
            Ok(year) => (before, Some(i64::from(year))),
            Err(_) => (value, None),
        },
        None => (value, None),
    };
    let place = at(address.len() + 1..address.len() + 1 + value.len());
    let places = [at(0..address.len()), whole.clone()];
    edit::set(table, &Setting { address, value: parse_value(value.trim(), &place), from, places })?;
    Ok(((address.trim().to_owned(), from), whole))
}
