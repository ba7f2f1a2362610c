//! Which file takes something from which: every path is followed to the file that declares what it names.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Module, Named, modules};

/// Place of a module below the crate's root.
type Place = Vec<String>;

/// One file that names something of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    pub from: String,
    pub line: usize,
    pub to: String,
    /// Whether the thing is declared there; else the file is passed on the way to it, as a module or by handing it on.
    pub declared: bool,
    /// Whether the file hands the thing on under its own name (`pub use`) and does not use it itself.
    pub handed_on: bool,
}

/// All modules of a crate, and the file that each stands in.
pub struct Crate {
    modules: BTreeMap<Place, (String, Module)>,
}

/// What a path leads to.
enum Found {
    Module(Place),
    /// Something that this file declares.
    Item(String),
}

/// What following a path has seen.
#[derive(Default)]
struct Walk {
    /// Files of the modules on the way.
    files: BTreeSet<String>,
    /// Words that were looked for in all that a module imports by `*`, which need not be done twice.
    looked_for: BTreeSet<(Place, String)>,
    /// Modules all of which was wanted.
    held: BTreeSet<Place>,
}

/// Renaming imports that lead in a circle end somewhere.
const MOST_STEPS: usize = 32;

impl Crate {
    /// From the files of `src`, by their paths below it.
    pub fn new(files: &[(String, String)]) -> Self {
        let mut found = BTreeMap::new();
        for (file, text) in files {
            let root: Place = match file.strip_suffix(".rs") {
                Some("lib") => Vec::new(),
                Some(path) => path.split('/').map(str::to_owned).collect(),
                None => continue,
            };
            for (inner, module) in modules(text) {
                found.insert([root.clone(), inner].concat(), (file.clone(), module));
            }
        }
        Self { modules: found }
    }

    /// What every file names of others, in the order of files and lines.
    pub fn imports(&self) -> Vec<Import> {
        let mut found = BTreeSet::new();
        for (place, (from, module)) in &self.modules {
            for named in &module.named {
                let handed_on = named.handed_on.as_ref().is_some_and(|name| !module.words.contains(name));
                let mut walk = Walk::default();
                let declared = self.targets(place, named, &mut walk);
                walk.files.retain(|file| !declared.contains(file));
                let way = walk.files.into_iter().map(|to| (to, false));
                let both = declared.into_iter().map(|to| (to, true)).chain(way);
                for (to, declared) in both.filter(|(to, _)| to != from && to != "lib.rs") {
                    found.insert(Import { from: from.clone(), line: named.line, to, declared, handed_on });
                }
            }
        }
        found.into_iter().collect()
    }

    /// Files that declare what a path names: that of the item or, for all of a module, those of all that it holds. What
    /// is taken from a module that is named by itself is seen where it is used.
    fn targets(&self, place: &Place, named: &Named, walk: &mut Walk) -> BTreeSet<String> {
        match self.resolve(place, &named.path, MOST_STEPS, walk) {
            Some(Found::Item(file)) => BTreeSet::from([file]),
            Some(Found::Module(inner)) if named.glob => self.held(&inner, walk),
            Some(Found::Module(inner)) => {
                walk.files.extend(self.modules.get(&inner).map(|(file, _)| file.clone()));
                BTreeSet::new()
            }
            None => BTreeSet::new(),
        }
    }

    fn held(&self, place: &Place, walk: &mut Walk) -> BTreeSet<String> {
        let Some((file, module)) = self.modules.get(place).filter(|_| walk.held.insert(place.clone())) else {
            return BTreeSet::new();
        };
        let mut found = BTreeSet::from([file.clone()]);
        for named in module.bound.values().chain(&module.globs) {
            match self.resolve(place, &named.path, MOST_STEPS, walk) {
                Some(Found::Item(file)) => drop(found.insert(file)),
                Some(Found::Module(inner)) if named.glob => found.extend(self.held(&inner, walk)),
                Some(Found::Module(_)) | None => {}
            }
        }
        found
    }

    /// Follows a path that stands in a module, and notes the files on its way; `None` where it leads out of the crate.
    fn resolve(&self, place: &Place, path: &[String], steps: usize, walk: &mut Walk) -> Option<Found> {
        let (first, mut rest) = path.split_first()?;
        let mut current = match first.as_str() {
            "crate" => Found::Module(Vec::new()),
            "self" => Found::Module(place.clone()),
            "super" => {
                let mut outer = place.clone();
                outer.pop();
                while let Some((_, further)) = rest.split_first().filter(|(word, _)| *word == "super") {
                    outer.pop();
                    rest = further;
                }
                Found::Module(outer)
            }
            word => self.member(place, word, rest.is_empty(), steps, walk)?,
        };
        while let Some((word, further)) = rest.split_first() {
            let Found::Module(inner) = &current else {
                return Some(current);
            };
            let file = &self.modules.get(inner)?.0;
            walk.files.insert(file.clone());
            current = match self.member(inner, word, further.is_empty(), steps, walk) {
                Some(found) => found,
                None => Found::Item(file.clone()),
            };
            rest = further;
        }
        Some(current)
    }

    /// What a word means in a module; a module and an item may share one, and only the module has something inside.
    fn member(&self, place: &Place, word: &str, last: bool, steps: usize, walk: &mut Walk) -> Option<Found> {
        let (file, module) = self.modules.get(place)?;
        if module.items.contains(word) && (last || !module.children.contains(word)) {
            return Some(Found::Item(file.clone()));
        }
        let inner = [place.as_slice(), &[word.to_owned()]].concat();
        if module.children.contains(word) || self.modules.contains_key(&inner) {
            return Some(Found::Module(inner));
        }
        if steps == 0 {
            return None;
        }
        if let Some(named) = module.bound.get(word) {
            // `use word;` of another crate would be looked for in this module again.
            return if named.path.first().is_some_and(|first| first == word) {
                None
            } else {
                self.resolve(place, &named.path, steps - 1, walk)
            };
        }
        if !walk.looked_for.insert((place.clone(), word.to_owned())) {
            return None;
        }
        module.globs.iter().find_map(|named| match self.resolve(place, &named.path, steps - 1, walk)? {
            Found::Module(inner) if inner != *place => self.member(&inner, word, last, steps - 1, walk),
            Found::Module(_) | Found::Item(_) => None,
        })
    }
}

/// Circles of files that use each other's things; to hand a thing on is not to use it.
///
/// Pairs of files that import each other, and, when these are set aside, a shortest loop through each file that still
/// stands in one.
pub fn circles(imports: &[Import]) -> Vec<Vec<String>> {
    let edges: BTreeSet<(&str, &str)> = imports
        .iter()
        .filter(|import| import.declared && !import.handed_on)
        .map(|import| (import.from.as_str(), import.to.as_str()))
        .collect();
    let (mutual, single): (Vec<_>, Vec<_>) = edges.iter().partition(|(from, to)| edges.contains(&(to, from)));
    let pairs =
        mutual.iter().filter(|(from, to)| from < to).map(|(from, to)| vec![(*from).to_owned(), (*to).to_owned()]);
    let mut found: BTreeSet<Vec<String>> = pairs.collect();
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in &single {
        next.entry(from).or_default().push(to);
    }
    for start in next.keys() {
        if let Some(mut circle) = shortest(&next, start) {
            // The loop is one, wherever it was found from.
            let first = (0..circle.len()).min_by_key(|place| circle[*place].clone()).unwrap_or(0);
            circle.rotate_left(first);
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}

/// Shortest way from a file back to itself.
fn shortest(next: &BTreeMap<&str, Vec<&str>>, start: &str) -> Option<Vec<String>> {
    let mut ways: Vec<Vec<&str>> = vec![vec![start]];
    let mut seen = BTreeSet::new();
    let mut at = 0;
    while at < ways.len() {
        let way = ways[at].clone();
        for to in next.get(way.last()?).into_iter().flatten() {
            if *to == start {
                return Some(way.iter().map(|file| (*file).to_owned()).collect());
            }
            if seen.insert(*to) {
                ways.push([way.as_slice(), &[*to]].concat());
            }
        }
        at += 1;
    }
    None
}
