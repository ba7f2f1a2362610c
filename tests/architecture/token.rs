//! Rust source as words and signs, without comments and with every literal as one sign: what a search for imports needs.

/// A word, a sign of one character, or `::`, with its line.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

impl Token {
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    pub fn is_word(&self) -> bool {
        self.text.chars().next().is_some_and(begins_word)
    }
}

fn begins_word(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn continues_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl Reader<'_> {
    fn take(&mut self, bytes: usize) -> String {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken.to_owned()
    }

    /// Block comments nest.
    fn block_comment(&self) -> usize {
        let (mut depth, mut at) = (0, 0);
        while at < self.rest.len() {
            let rest = &self.rest[at..];
            if rest.starts_with("/*") {
                depth += 1;
                at += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        at
    }

    /// Length of the string, byte string or C string that begins here, raw or not.
    fn string(&self) -> Option<usize> {
        let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
            let rest = self.rest.strip_prefix(prefix);
            rest.is_some_and(|rest| {
                rest.trim_start_matches(if prefix.ends_with('r') { '#' } else { '"' }) != rest
                    && rest.trim_start_matches('#').starts_with('"')
                    || rest.starts_with('"')
            })
        })?;
        let rest = &self.rest[prefix.len()..];
        if prefix.ends_with('r') {
            let hashes = rest.len() - rest.trim_start_matches('#').len();
            let end = format!("\"{}", "#".repeat(hashes));
            let body = prefix.len() + hashes + 1;
            return self.rest[body..].find(&end).map(|found| body + found + end.len());
        }
        self.quoted(prefix.len(), '"')
    }

    /// Length up to and with the closing quote, where the opening one stands at `open`.
    fn quoted(&self, open: usize, quote: char) -> Option<usize> {
        let mut escaped = false;
        for (at, c) in self.rest[open..].char_indices().skip(1) {
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == quote {
                return Some(open + at + 1);
            }
        }
        None
    }

    /// Length of a character literal; `None` at a lifetime.
    fn character(&self) -> Option<usize> {
        let open = usize::from(self.rest.starts_with('b'));
        let mut after = self.rest[open..].strip_prefix('\'')?.chars();
        match (after.next()?, after.next()?) {
            ('\\', _) | (_, '\'') => self.quoted(open, '\''),
            _ => None,
        }
    }
}

/// All tokens of a file.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { rest: text, line: 1 };
    let mut found = Vec::new();
    while let Some(first) = reader.rest.chars().next() {
        let line = reader.line;
        let mut push = |text: String| found.push(Token { text, line });
        if first.is_whitespace() {
            reader.take(first.len_utf8());
        } else if reader.rest.starts_with("//") {
            let end = reader.rest.find('\n').unwrap_or(reader.rest.len());
            reader.take(end);
        } else if reader.rest.starts_with("/*") {
            let end = reader.block_comment();
            reader.take(end);
        } else if let Some(end) = reader.string().or_else(|| reader.character()) {
            reader.take(end);
            push("\"".to_owned());
        } else if begins_word(first) {
            // A raw word is the word without its mark.
            if reader.rest.starts_with("r#") {
                reader.take(2);
            }
            let end = reader.rest.find(|c| !continues_word(c)).unwrap_or(reader.rest.len());
            push(reader.take(end));
        } else if first.is_ascii_digit() {
            let end = reader.rest.find(|c| !continues_word(c)).unwrap_or(reader.rest.len());
            push(reader.take(end));
        } else {
            let end = if reader.rest.starts_with("::") { 2 } else { first.len_utf8() };
            push(reader.take(end));
        }
    }
    found
}

#[test]
fn comments_strings_characters_and_lifetimes_hide_no_code_and_are_none() {
    let text = r####"a /* b /* c */ d */ "e \" f" r#"g " h"# br"i" 'j' '\'' '"' 'k l<'m> b'n' b"o" r#p // q
r::s"####;
    let words: Vec<String> = tokens(text).into_iter().filter(Token::is_word).map(|token| token.text).collect();
    assert_eq!(words, ["a", "k", "l", "m", "p", "r", "s"]);
    let lines: Vec<usize> =
        tokens(text).into_iter().filter(|token| token.is("s") || token.is("::")).map(|t| t.line).collect();
    assert_eq!(lines, [2, 2]);
    assert_eq!(tokens("\"two\nlines\" x")[1].line, 2);
}
