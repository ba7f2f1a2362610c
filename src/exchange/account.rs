//! The account of what was read: how many figures were used, and how many were left out for which reason.

/// Figures or lines that were left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Why it was left out, in words.
    pub why: String,
    /// How many were left out.
    pub count: usize,
    /// First line of the file where it happened.
    pub first_line: usize,
    /// Some of what was left out, by name.
    pub examples: Vec<String>,
}

/// The reason with its examples, in words.
pub(super) fn said_of(it: &LeftOut) -> String {
    let examples = if it.examples.is_empty() { String::new() } else { format!(", such as {}", it.examples.join("; ")) };
    format!("{}{examples}", it.why)
}

/// Most names that are given as examples.
const MOST_EXAMPLES: usize = 4;

/// The account while a file is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Account {
    reasons: Vec<LeftOut>,
}

impl Account {
    /// Counts something that is left out.
    pub(super) fn leave_out(&mut self, why: &str, line: usize, example: &str) {
        let known = self.reasons.iter().position(|it| it.why == why);
        let place = known.unwrap_or_else(|| {
            self.reasons.push(LeftOut { why: why.to_owned(), count: 0, first_line: line, examples: Vec::new() });
            self.reasons.len() - 1
        });
        let reason = &mut self.reasons[place];
        reason.count += 1;
        let is_new = !example.is_empty() && !reason.examples.iter().any(|known| known == example);
        if is_new && reason.examples.len() < MOST_EXAMPLES {
            reason.examples.push(example.to_owned());
        }
    }

    /// Everything that was left out, the most frequent reason first.
    pub(super) fn reasons(mut self) -> Vec<LeftOut> {
        self.reasons.sort_by(|a, b| b.count.cmp(&a.count).then(a.first_line.cmp(&b.first_line)));
        self.reasons
    }
}
