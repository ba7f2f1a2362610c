//! One address of a tree set to a value: the addresses that a scenario lists are the places that it can be changed at.

use crate::diagnostic::{Place, Problem, did_you_mean};
use crate::event::Effect;
use crate::units;

use super::events::slug;
use super::keys::{self, MEDIAN};
use super::tree::{Entry, Node, Table, Value};

/// Where a reader finds what can be set.
const LISTED: &str = "`aigap params SCENARIO` lists the addresses";

/// Lists whose entries have names, which are parts of addresses.
const LISTS: [&str; 4] = ["events", "jumps", "questions", "checks"];

/// One value for one address.
#[derive(Clone, Debug)]
pub(super) struct Setting<'a> {
    /// `us.deals.growth`, `us.deals.growth from 2027`, `us.deals.growth.median`.
    pub address: &'a str,
    pub value: Node,
    /// Year from which it holds, if the value says one.
    pub from: Option<i64>,
    /// Place of the address, and of the whole.
    pub places: [Place; 2],
}

/// Sets an address of a tree.
pub(super) fn set(table: &mut Table, setting: &Setting) -> Result<(), Problem> {
    let [key_place, whole] = &setting.places;
    let address = setting.address.trim();
    if address.split('.').any(|part| part.trim().is_empty()) {
        let cure = "write the names of the parts with a point between them: us.deals.growth";
        return Err(Problem::error(whole.clone(), "the address has an empty part", cure));
    }
    if address == "extends" || address.starts_with("extends.") {
        let cure = "name the file that extends the other one, or lay a pack over it";
        return Err(Problem::error(whole.clone(), "`extends` is read before anything is set", cure));
    }
    let (path, year) = dated(address.strip_suffix(".median").unwrap_or(address));
    let moves = address.ends_with(".median") && moves_a_number(table, path);
    let (path, year) = if moves { (path, year) } else { dated(address) };
    let from = match (year, setting.from) {
        (Some(one), Some(other)) if one != other => {
            let what = format!("this says two years, {one} and {other}");
            return Err(Problem::error(whole.clone(), what, "keep one of them"));
        }
        (year, from) => year.or(from),
    };
    let (parent, key) = holder(table, path, whole)?;
    let own = if moves { median_of(setting.value.clone()) } else { setting.value.clone() };
    let before = parent.get(key).cloned();
    let after = match from {
        Some(year) => from_year(before, own, year, whole),
        None => in_place(before, own),
    };
    parent.put(key, key_place, after);
    Ok(())
}

/// An address without the year at its end, and the year.
fn dated(address: &str) -> (&str, Option<i64>) {
    match address.rsplit_once(" from ").and_then(|(path, year)| Some((path, i64::from(units::year(year).ok()?)))) {
        Some((path, year)) => (path.trim(), Some(year)),
        None => (address, None),
    }
}

/// Whether `median` behind a path moves a number, and is not a key of a table there.
fn moves_a_number(table: &Table, path: &str) -> bool {
    let mut copy = table.clone();
    let Ok((parent, key)) = holder(&mut copy, path, &Place::nowhere()) else { return false };
    match parent.get(key).map(|node| &node.value) {
        // Sizes of deals have a median of their own.
        _ if key == "sizes" => false,
        Some(Value::Table(table)) => is_a_number(table),
        // What is not written has a usual value, which is moved.
        _ => true,
    }
}

/// Whether a table describes a number.
fn is_a_number(table: &Table) -> bool {
    table.has(MEDIAN.word) || table.entries.iter().any(|entry| keys::is_lead(&entry.key))
}

/// Whether a value says no more than where the median of another is to be.
pub(super) fn only_moves(node: &Node) -> bool {
    let lead = |entry: &Entry| keys::is_lead(&entry.key);
    matches!(&node.value, Value::Table(table) if table.has(MEDIAN.word) && !table.entries.iter().any(lead))
}

/// Whether a value is a number, or a first number and later ones.
pub(super) fn can_be_moved(node: &Node) -> bool {
    match &node.value {
        Value::Table(table) => is_a_number(table),
        Value::List(list) => is_dated(list),
        Value::Text(_) | Value::Integer(_) | Value::Float(_) | Value::Internal(_) => true,
        Value::Truth(_) | Value::Date => false,
    }
}

fn median_of(value: Node) -> Node {
    let place = value.place.clone();
    let entry = Entry { key: MEDIAN.word.to_owned(), key_place: place.clone(), node: value };
    Node { place, value: Value::Table(Table { entries: vec![entry] }) }
}

/// A value in place of another; of a value that later ones follow, only the first is replaced.
fn in_place(before: Option<Node>, own: Node) -> Node {
    match before {
        None => own,
        Some(Node { value: Value::List(mut list), place })
            if !matches!(own.value, Value::List(_)) && is_dated(&list) =>
        {
            list[0] = over(list[0].clone(), own);
            Node { value: Value::List(list), place }
        }
        Some(before) => over(before, own),
    }
}

/// Whether a list is a first value and later ones.
fn is_dated(list: &[Node]) -> bool {
    list.len() > 1 && list[1..].iter().all(|node| year_of(node).is_some())
}

fn year_of(node: &Node) -> Option<i64> {
    let Value::Table(table) = &node.value else { return None };
    match table.get("from")?.value {
        Value::Integer(year) => Some(year),
        _ => None,
    }
}

/// A value that holds from a year on, among those that hold before and after.
fn from_year(before: Option<Node>, own: Node, year: i64, whole: &Place) -> Node {
    let place = own.place.clone();
    let mut list = match before {
        Some(Node { value: Value::List(list), .. }) => list,
        Some(node) => vec![node],
        None => Vec::new(),
    };
    let same = list.iter().position(|node| year_of(node) == Some(year));
    let in_force = list.iter().rev().find(|node| year_of(node).is_none_or(|from| from <= year));
    let own = match (same, in_force) {
        (Some(at), _) => over(list[at].clone(), own),
        (None, Some(node)) if only_moves(&own) => over(node.clone(), own),
        _ => own,
    };
    let mut entries = match own.value {
        Value::Table(table) => table.entries,
        value => {
            let node = Node { place: place.clone(), value };
            vec![Entry { key: "value".into(), key_place: whole.clone(), node }]
        }
    };
    entries.retain(|entry| entry.key != "from");
    let node = Node { place: whole.clone(), value: Value::Integer(year) };
    entries.push(Entry { key: "from".into(), key_place: whole.clone(), node });
    let dated = Node { place: place.clone(), value: Value::Table(Table { entries }) };
    match same {
        Some(at) => list[at] = dated,
        None => {
            let at = list.iter().position(|node| year_of(node).is_some_and(|from| from > year)).unwrap_or(list.len());
            list.insert(at, dated);
        }
    }
    Node { place, value: Value::List(list) }
}

/// A number laid over another: it takes its place, or moves it if it says no more than a median.
///
/// What kind of number it is stays, and so does the year from which it holds. Its reason and source do not: they are
/// those of another value.
pub(super) fn over(below: Node, own: Node) -> Node {
    let kept = |table: &Table, keys: &[&str]| -> Vec<Entry> {
        table.entries.iter().filter(|entry| keys.contains(&entry.key.as_str())).cloned().collect()
    };
    match (below.value, own.value) {
        (Value::List(mut list), value @ Value::Table(_)) if is_dated(&list) => {
            let own = Node { value, place: own.place };
            if !only_moves(&own) {
                return own;
            }
            list[0] = over(list[0].clone(), own);
            Node { value: Value::List(list), place: below.place }
        }
        (Value::Table(below), Value::Table(own_table)) if is_a_number(&below) && is_a_number(&own_table) => {
            let own_node = Node { value: Value::Table(own_table), place: own.place };
            let moves = only_moves(&own_node);
            let Value::Table(mut own_table) = own_node.value else { unreachable!("it was just made of a table") };
            let mut entries = if moves { below.entries.clone() } else { kept(&below, &["kind", "from"]) };
            entries.retain(|entry| !["why", "source"].contains(&entry.key.as_str()));
            let mut table = Table { entries };
            if moves && table.has("value") {
                rename(&mut own_table, MEDIAN.word, "value");
            }
            own_table.entries.into_iter().for_each(|entry| table.put(&entry.key, &entry.key_place, entry.node));
            Node { value: Value::Table(table), place: own_node.place }
        }
        (Value::Text(_) | Value::Integer(_) | Value::Float(_) | Value::Internal(_), Value::Table(mut table))
            if table.has(MEDIAN.word) && !table.entries.iter().any(|entry| keys::is_lead(&entry.key)) =>
        {
            rename(&mut table, MEDIAN.word, "value");
            Node { value: Value::Table(table), place: own.place }
        }
        (Value::Table(below), value) if is_a_number(&below) && !matches!(value, Value::List(_)) => {
            let mut entries = kept(&below, &["kind", "from"]);
            if entries.is_empty() {
                return Node { value, place: own.place };
            }
            let node = Node { value, place: own.place.clone() };
            entries.push(Entry { key: "value".to_owned(), key_place: own.place.clone(), node });
            Node { value: Value::Table(Table { entries }), place: own.place }
        }
        (_, value) => Node { value, place: own.place },
    }
}

/// What a user says of a number that has a usual value: nothing, where its median is to be, or another value.
pub(super) fn or_usual(own: Option<&Node>, usual: Node, place: &Place) -> Node {
    match own {
        None => usual.at(place),
        Some(node) if only_moves(node) => over(usual.at(place), node.clone()),
        Some(node) => node.clone(),
    }
}

fn rename(table: &mut Table, from: &str, to: &str) {
    table.entries.iter_mut().filter(|entry| entry.key == from).for_each(|entry| entry.key = to.to_owned());
}

/// The table that a path ends in, and its last key; tables on the way that are missing are made.
fn holder<'t, 'p>(table: &'t mut Table, path: &'p str, whole: &Place) -> Result<(&'t mut Table, &'p str), Problem> {
    if let Some(rest) = path.strip_prefix("correlations.") {
        return pair_of(table, rest, whole).map(|pair| (pair, "rho"));
    }
    if let Some((list, rest)) = path.split_once('.').filter(|(list, _)| LISTS.contains(list)) {
        let (name, part) = rest.split_once('.').unwrap_or((rest, ""));
        if !named_of(table, list).iter().any(|(known, _)| known == name) {
            return Err(unknown_entry(table, list, name, whole));
        }
        if part.is_empty() {
            let what = format!("`{path}` has parts, of which one is set at a time");
            return Err(Problem::error(whole.clone(), what, LISTED));
        }
        let entry = entry_table(table, list, name).expect("it is among the entries");
        let of_effect = Effect::<()>::NAMES.into_iter().chain(["over", "until", "half-life"]).any(|word| word == part);
        if list == "events" && of_effect && !entry.has(part) {
            return Ok((inner(entry, "effect", whole)?, part));
        }
        return descend(entry, part, whole);
    }
    descend(table, path, whole)
}

/// The entry of a correlation, `us.deals.china.deals`, its names in either order; one of two series or of two parameters that
/// no layer has yet is added.
fn pair_of<'t>(table: &'t mut Table, rest: &str, whole: &Place) -> Result<&'t mut Table, Problem> {
    let rest = rest.strip_suffix(".rho").unwrap_or(rest);
    let pairs = pairs_of(table);
    let same = |[a, b]: &[String; 2]| rest == format!("{a}.{b}") || rest == format!("{b}.{a}");
    let found = pairs.iter().position(|pair| pair.as_ref().is_some_and(same));
    let words: Vec<&str> = rest.split('.').collect();
    let place = match (found, words.len()) {
        (Some(place), _) => place,
        (None, 4 | 6) => {
            let halves = words.chunks(words.len() / 2).map(|half| Value::Text(half.join(".")));
            let own = |value: Value| Node { place: whole.clone(), value };
            let list = Value::List(halves.map(own).collect());
            let mut entry = Table::default();
            entry.put("between", whole, own(list));
            if !table.has("correlations") {
                table.put("correlations", whole, own(Value::List(Vec::new())));
            }
            let entries = table.entries.iter_mut().find(|it| it.key == "correlations").expect("it is there now");
            match &mut entries.node.value {
                Value::List(list) => list.push(own(Value::Table(entry))),
                _ => return Err(Problem::error(whole.clone(), "`correlations` is no list", LISTED)),
            }
            pairs.len()
        }
        (None, _) => {
            let known = pairs.iter().flatten().map(|[a, b]| format!("{a}.{b}")).collect::<Vec<_>>();
            let cure = did_you_mean(rest, known.iter().map(String::as_str)).map_or_else(
                || "name two series or two inputs: correlations.us.deals.china.deals".to_owned(),
                |known| format!("did you mean correlations.{known}?"),
            );
            return Err(Problem::error(whole.clone(), format!("there is no correlation `{rest}`"), cure));
        }
    };
    let entries = table.entries.iter_mut().find(|it| it.key == "correlations").expect("it has entries");
    let Value::List(list) = &mut entries.node.value else { unreachable!("its entries were read") };
    match &mut list[place].value {
        Value::Table(entry) => {
            // Reason and source are those of another value.
            entry.entries.retain(|it| !["why", "source"].contains(&it.key.as_str()));
            Ok(entry)
        }
        _ => Err(Problem::error(whole.clone(), "this correlation is no table", LISTED)),
    }
}

/// The names of each entry of `correlations`; none where it has no two.
fn pairs_of(table: &Table) -> Vec<Option<[String; 2]>> {
    let Some(Value::List(entries)) = table.get("correlations").map(|node| &node.value) else { return Vec::new() };
    let names = |node: &Node| match &node.value {
        Value::Table(entry) => <[String; 2]>::try_from(entry.get("between")?.value.texts()).ok(),
        _ => None,
    };
    entries.iter().map(names).collect()
}

fn descend<'t, 'p>(
    mut table: &'t mut Table,
    path: &'p str,
    whole: &Place,
) -> Result<(&'t mut Table, &'p str), Problem> {
    let (mut rest, mut above) = (path, "");
    loop {
        // Names of states and series may hold a point themselves.
        let known = table.entries.iter().map(|entry| entry.key.as_str());
        let step = known.filter(|key| rest == *key || rest.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')));
        let length = step.map(str::len).max().or_else(|| rest.find('.')).unwrap_or(rest.len());
        let (name, below) = rest.split_at(length);
        if above == "counting" && rest == "negative-binomial" {
            // The way to count is a word or this table; the address names the number alone.
            if !matches!(table.get("deals").map(|node| &node.value), Some(Value::Table(_))) {
                table.put("deals", whole, Node { place: whole.clone(), value: Value::Table(Table::default()) });
            }
            return Ok((inner(table, "deals", whole)?, rest));
        }
        if below.is_empty() {
            if above == "sizes" && name == "sigma" {
                // The spread follows from mean and median, unless it is set itself.
                table.entries.retain(|entry| !["mean", "median"].contains(&entry.key.as_str()));
            }
            return Ok((table, name));
        }
        table = inner(table, name, whole)?;
        (rest, above) = (&below[1..], name);
    }
}

/// The table behind a key; `true` stands for one in which everything is usual.
fn inner<'t>(table: &'t mut Table, name: &str, whole: &Place) -> Result<&'t mut Table, Problem> {
    if matches!(table.get(name).map(|node| &node.value), None | Some(Value::Truth(true))) {
        table.put(name, whole, Node { place: whole.clone(), value: Value::Table(Table::default()) });
    }
    let entry = table.entries.iter_mut().find(|entry| entry.key == name).expect("it is there now");
    match &mut entry.node.value {
        Value::Table(inner) => Ok(inner),
        other => {
            let what = format!("`{name}` is {}, which has no parts to set", other.kind());
            Err(Problem::error(whole.clone(), what, LISTED))
        }
    }
}

/// Addresses of the entries of a list, each with its place.
fn named_of(table: &Table, list: &str) -> Vec<(String, usize)> {
    let Some(Value::List(entries)) = table.get(list).map(|node| &node.value) else { return Vec::new() };
    let name = |node: &Node| match &node.value {
        Value::Table(entry) => match &entry.get("name")?.value {
            Value::Text(name) => Some(slug(name)),
            _ => None,
        },
        _ => None,
    };
    entries.iter().enumerate().filter_map(|(place, node)| Some((name(node)?, place))).collect()
}

fn entry_table<'a>(table: &'a mut Table, list: &str, name: &str) -> Option<&'a mut Table> {
    let (_, place) = named_of(table, list).into_iter().find(|(known, _)| known == name)?;
    let entries = &mut table.entries.iter_mut().find(|entry| entry.key == list)?.node.value;
    let Value::List(entries) = entries else { return None };
    let Value::Table(entry) = &mut entries[place].value else { return None };
    Some(entry)
}

fn unknown_entry(table: &Table, list: &str, name: &str, place: &Place) -> Problem {
    let known: Vec<String> = named_of(table, list).into_iter().map(|(name, _)| name).collect();
    let cure = match did_you_mean(name, known.iter().map(String::as_str)) {
        Some(known) => format!("did you mean {list}.{known}?"),
        None if known.is_empty() => format!("this scenario has no {list}"),
        None => format!("its {list} are {}", known.join(", ")),
    };
    Problem::error(place.clone(), format!("there is no {} `{name}`", list.trim_end_matches('s')), cure)
}
