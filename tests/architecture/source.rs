//! What a source file declares and what it names: its modules, items, imports and paths.

use std::collections::{BTreeMap, BTreeSet};

use super::token::{Token, tokens};

/// A path through modules, like `crate::engine::Plan`, with the line where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub path: Vec<String>,
    pub line: usize,
    /// Whether all that the path holds is meant: `path::*`.
    pub glob: bool,
    /// Name that `pub use` hands it on by.
    pub handed_on: Option<String>,
}

/// A module: a file, or a `mod name { … }` inside of one.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// Modules that it declares.
    pub children: BTreeSet<String>,
    /// Functions, types, constants and macros that it declares.
    pub items: BTreeSet<String>,
    /// What `use` binds, by name.
    pub bound: BTreeMap<String, Named>,
    /// All of `use … ::*`.
    pub globs: Vec<Named>,
    /// Every word of its code outside of `use`.
    pub words: BTreeSet<String>,
    /// Every path in it: those of `use`, and those of two words or more in code.
    pub named: Vec<Named>,
}

/// Words after which the name of an item follows.
const ITEMS: [&str; 8] = ["fn", "struct", "enum", "trait", "type", "const", "static", "union"];

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    /// Modules that are open, each with the depth of braces of what stands directly in it.
    open: Vec<(Vec<String>, usize)>,
    depth: usize,
    modules: BTreeMap<Vec<String>, Module>,
}

/// The modules of a file, each by its place below that of the file.
pub fn modules(text: &str) -> BTreeMap<Vec<String>, Module> {
    let open = vec![(Vec::new(), 0)];
    let modules = BTreeMap::from([(Vec::new(), Module::default())]);
    let mut reader = Reader { tokens: tokens(text), at: 0, open, depth: 0, modules };
    while reader.at < reader.tokens.len() {
        reader.step();
    }
    reader.modules
}

impl Reader {
    fn is(&self, ahead: usize, text: &str) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|token| token.is(text))
    }

    fn word(&self, ahead: usize) -> Option<String> {
        self.tokens.get(self.at + ahead).filter(|token| token.is_word()).map(|token| token.text.clone())
    }

    fn module(&mut self) -> &mut Module {
        let place = self.open.last().expect("the file's own module is never closed").0.clone();
        self.modules.entry(place).or_default()
    }

    fn step(&mut self) {
        let directly = self.open.last().is_some_and(|(_, depth)| *depth == self.depth);
        let token = self.tokens[self.at].clone();
        match token.text.as_str() {
            "{" => self.depth += 1,
            "}" => self.close(),
            "pub" if self.is(1, "(") && self.is(2, "in") => {
                // A visibility names a room without taking anything from it.
                while !self.is(0, ")") {
                    self.at += 1;
                }
            }
            "mod" if directly && self.word(1).is_some() => return self.open_module(),
            "macro_rules" if directly && self.is(1, "!") => {
                let name = self.word(2).expect("a macro has a name");
                self.module().items.insert(name);
            }
            "pub" if self.is(1, "use") => {
                self.at += 1;
                return self.import(true);
            }
            "pub" if self.is(1, "(") && self.is(4, "use") => {
                self.at += 4;
                return self.import(true);
            }
            "use" if !self.is(1, "<") => return self.import(false),
            word if directly && ITEMS.contains(&word) => {
                if let Some(name) = self.word(1).filter(|name| !["fn", "unsafe", "extern"].contains(&name.as_str())) {
                    self.module().items.insert(name);
                }
            }
            _ if token.is_word() => return self.path(),
            _ => {}
        }
        self.at += 1;
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.open.len() > 1 && self.open.last().is_some_and(|(_, depth)| *depth > self.depth) {
            self.open.pop();
        }
    }

    fn open_module(&mut self) {
        let name = self.word(1).expect("a module has a name");
        self.module().children.insert(name.clone());
        if self.is(2, "{") {
            self.depth += 1;
            let mut place = self.open.last().expect("the file's own module is never closed").0.clone();
            place.push(name);
            self.modules.entry(place.clone()).or_default();
            self.open.push((place, self.depth));
        }
        self.at += 3;
    }

    fn import(&mut self, public: bool) {
        self.at += 1;
        let mut found = Vec::new();
        self.tree(&[], &mut found);
        for (name, mut named) in found {
            named.handed_on = public.then(|| name.clone());
            let module = self.module();
            module.named.push(named.clone());
            if named.glob {
                module.globs.push(named);
            } else {
                module.bound.insert(name, named);
            }
        }
    }

    /// One branch of a `use`, after the words that lead to it: binds a name, all names, or goes on in braces.
    fn tree(&mut self, before: &[String], found: &mut Vec<(String, Named)>) {
        let mut path = before.to_vec();
        while self.at < self.tokens.len() {
            let line = self.tokens[self.at].line;
            if self.is(0, "{") {
                self.at += 1;
                while !self.is(0, "}") && self.at < self.tokens.len() {
                    self.tree(&path, found);
                    if self.is(0, ",") {
                        self.at += 1;
                    }
                }
                self.at += 1;
                return;
            }
            if self.is(0, "*") {
                self.at += 1;
                found.push((String::new(), Named { path, line, glob: true, handed_on: None }));
                return;
            }
            if let Some(word) = self.word(0) {
                // `{self, …}` is the module that the braces stand behind.
                if word != "self" || path.is_empty() {
                    path.push(word);
                }
                self.at += 1;
            }
            if self.is(0, "::") {
                self.at += 1;
                continue;
            }
            let mut name = path.last().cloned().unwrap_or_default();
            if self.is(0, "as") {
                name = self.word(1).expect("`as` is followed by a name");
                self.at += 2;
            }
            found.push((name, Named { path, line, glob: false, handed_on: None }));
            return;
        }
    }

    /// Words joined by `::` in code; one word alone is a name that was bound or declared before.
    fn path(&mut self) {
        let line = self.tokens[self.at].line;
        let outside = self.at > 0 && (self.tokens[self.at - 1].is("::") || self.tokens[self.at - 1].is("."));
        let mut path = vec![self.tokens[self.at].text.clone()];
        self.at += 1;
        while self.is(0, "::") {
            let Some(word) = self.word(1) else { break };
            path.push(word);
            self.at += 2;
        }
        self.module().words.insert(path[0].clone());
        if path.len() > 1 && !outside {
            self.module().named.push(Named { path, line, glob: false, handed_on: None });
        }
    }
}

#[test]
fn names_are_found_in_braces_over_lines_behind_other_names_in_macros_and_in_modules_inside() {
    let text = "
        use crate::{a::{B, c::{self, D as E}}, f::*,
            g};
        pub use super::h::I;
        mod j;
        pub(in crate::k) struct L;
        macro_rules! m { () => { $crate::n::o() } }
        fn p() -> impl Q + use<> { super::r::s::<crate::t::U>(v) }
        mod w { use super::*; const X: u8 = 0; }
    ";
    let found = modules(text);
    let file = &found[&Vec::new()];
    let paths: Vec<String> = file.named.iter().map(|named| named.path.join("::")).collect();
    assert_eq!(
        paths,
        [
            "crate::a::B",
            "crate::a::c",
            "crate::a::c::D",
            "crate::f",
            "crate::g",
            "super::h::I",
            "crate::n::o",
            "super::r::s",
            "crate::t::U"
        ]
    );
    assert_eq!(file.bound.keys().collect::<Vec<_>>(), ["B", "E", "I", "c", "g"]);
    assert_eq!(file.named[4].line, 3);
    assert_eq!(file.children.iter().collect::<Vec<_>>(), ["j", "w"]);
    assert_eq!(file.items.iter().collect::<Vec<_>>(), ["L", "m", "p"]);
    let inner = &found[&vec!["w".to_owned()]];
    assert_eq!(inner.named[0].path, ["super"]);
    assert!(inner.items.contains("X"));
}
