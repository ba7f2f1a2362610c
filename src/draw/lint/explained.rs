//! Signs and the words that explain them: neither stands without the other.

use super::super::drawing::Drawing;
use super::super::sheet::TextBox;
use super::rule::{Fault, Rule};

/// Signs that charts draw, each with the words that speak of it.
const SIGNS: [(&str, [&str; 2]); 2] =
    [("cross", ["Cross: ", "at the cross"]), ("outline", ["Outlined: ", "Outlined: "])];

/// How far from the end of a ramp its value may stand.
const BESIDE: f64 = 50.0;

impl Drawing {
    /// Signs without words, words without signs, and ramps of colours whose ends say nothing.
    pub(super) fn explained(&self) -> Vec<Fault> {
        let mut wrong = Vec::new();
        let footer = self.texts.iter().map(|text| text.words.as_str()).collect::<Vec<_>>().join(" ");
        for (sign, words) in SIGNS {
            let (drawn, told) = (self.sheet.drew.contains(&sign), words.iter().any(|it| footer.contains(it)));
            match (drawn, told) {
                (true, false) => wrong.push(Rule::SignsExplained.broken(format!("no word says what the {sign} is"))),
                (false, true) => {
                    wrong.push(Rule::SignsExplained.broken(format!("words speak of a {sign} that is not drawn")));
                }
                _ => {}
            }
        }
        // The footer may break its lines within the explanation.
        let shown = |text: &&TextBox| {
            text.words.contains('≈') && !text.words.contains("as ≈0") && !text.words.starts_with("≈0.")
        };
        if footer.contains("as ≈0") && !self.texts.iter().any(|text| shown(&text)) {
            wrong.push(Rule::SignsExplained.broken("the footer explains ≈0, which stands nowhere"));
        }
        for area in &self.sheet.legends {
            let [left, top, right, bottom] = *area;
            let upright = bottom - top > right - left;
            let ends = match upright {
                true => [[left, top, right, top], [left, bottom, right, bottom]],
                false => [[left, top, left, bottom], [right, top, right, bottom]],
            };
            let says = |end: &[f64; 4]| {
                self.texts.iter().any(|text| text.words.contains(char::is_numeric) && apart(text.area, *end) < BESIDE)
            };
            if !ends.iter().all(says) {
                wrong.push(Rule::LegendEnds.broken("the colours do not say what their ends are"));
            }
        }
        wrong
    }
}

/// Distance between two rectangles along the axis on which they are farther apart.
fn apart(a: [f64; 4], b: [f64; 4]) -> f64 {
    let gap = |from: usize| (a[from] - b[from + 2]).max(b[from] - a[from + 2]).max(0.0);
    gap(0).max(gap(1))
}
