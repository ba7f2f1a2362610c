//! What an editor would send back: a drawing held against the rules of the house.

mod explained;
mod numbers;
#[cfg(test)]
mod planted;
mod rule;

use super::credits::{LEARNED, OBSERVED};
use super::drawing::{Drawing, TextMode};
use super::place;
use super::png;
use super::sheet::{Element, Mark, Sheet, TextBox, ValueLabel};
use super::text;
use super::theme::{Rgb, contrast};
use rule::{Fault, Rule};

/// Smallest type: 6.2 pt in a picture as wide as its page.
const SMALLEST: f64 = 16.0;
/// Most labelled values of an axis.
const MOST_LABELS: usize = 7;
/// Most words of a title; it must fit its lines besides.
const MOST_WORDS: usize = 20;
/// Most words of an alt text.
const MOST_ALT: usize = 125;
/// Least contrast of a text with what is behind it, and of a mark with the ground (WCAG 2.2).
const LEAST_CONTRAST: (f64, f64) = (4.5, 3.0);

impl Drawing {
    /// Everything that is wrong with it, in words; empty for a drawing that may leave the house.
    #[must_use]
    pub fn lint(&self) -> Vec<String> {
        words(self.layout().into_iter().chain(self.contrasts()))
    }

    /// Breaches of the rules of layout alone: pixels, which take longer than drawing, are not looked at.
    #[must_use]
    pub fn lint_layout(&self) -> Vec<String> {
        words(self.layout())
    }

    fn layout(&self) -> Vec<Fault> {
        let mut wrong = Vec::new();
        for (place, text) in self.texts.iter().enumerate() {
            wrong.extend(self.text(text));
            wrong.extend(
                self.texts[place + 1..]
                    .iter()
                    .filter(|other| touch(text, other))
                    .map(|other| Rule::TextsApart.broken(format!("\"{}\" and \"{}\" touch", text.words, other.words))),
            );
        }
        wrong.extend(self.sheet.marks.iter().filter_map(|mark| self.mark(mark)));
        let shows = |mark: &Mark| mark.line.is_none() || mark.plot.is_some();
        if !self.sheet.marks.iter().any(shows) {
            wrong.push(Rule::SomethingDrawn.broken("nothing is drawn between the axes"));
        }
        wrong.extend(self.axes());
        wrong.extend(self.names());
        wrong.extend(self.explained());
        wrong.extend(self.value_labels());
        wrong.extend(self.title_footer_and_alt());
        wrong
    }

    /// Texts whose box differs from that of the same chart in the other theme.
    #[must_use]
    pub fn moved(&self, other: &Self) -> Vec<String> {
        if self.texts.len() != other.texts.len() || self.sheet.size != other.sheet.size {
            return vec!["the two themes have different texts or sizes".to_owned()];
        }
        let pairs = self.texts.iter().zip(&other.texts).filter(|(a, b)| a.words != b.words || a.area != b.area);
        pairs.map(|(text, _)| format!("\"{}\" stands elsewhere in the other theme", text.words)).collect()
    }

    fn text(&self, text: &TextBox) -> Vec<Fault> {
        let [width, height] = self.sheet.size;
        let [left, top, right, bottom] = text.area;
        let words = &text.words;
        let mut wrong = Vec::new();
        if left < 8.0 || top < 8.0 || right > width - 8.0 || bottom > height - 4.0 {
            wrong.push(Rule::TextOnSheet.broken(format!("\"{words}\" leaves the picture")));
        }
        if text.size < SMALLEST {
            wrong.push(
                Rule::LegibleSize
                    .broken(format!("\"{words}\" is set in {:.1} units; {SMALLEST} is the least", text.size)),
            );
        }
        if !text::is_legible(words) {
            wrong.push(Rule::KnownSigns.broken(format!("\"{words}\" has signs that the face lacks")));
        }
        wrong.extend(
            numbers::unprintable(words).map(|it| Rule::NumbersForPeople.broken(format!("\"{words}\" has {it}"))),
        );
        let may_cross = |mark: &&Mark| text.ink.halo.is_none() || mark.is_rule;
        if let Some(mark) = self.sheet.marks.iter().filter(may_cross).find(|mark| self.crosses(mark, text)) {
            wrong.push(
                Rule::NoLineThroughText
                    .broken(format!("a line through \"{words}\" at {:.0}, {:.0}", mark.area[0], mark.area[1])),
            );
        }
        wrong
    }

    /// Whether a line that can be seen runs through the letters of a text.
    fn crosses(&self, mark: &Mark, text: &TextBox) -> bool {
        let ground = self.sheet.style.theme.palette().ground;
        // Of a grid line only those that were told to keep off words are asked to.
        if mark.line.is_none() || (contrast(mark.colour, ground) < 1.6 && !mark.is_rule) {
            return false;
        }
        let [left, _, right, _] = text.area;
        // From the height of a small letter to the baseline.
        let core = [left + 1.0, text.origin.1 - 0.54 * text.size, right - 1.0, text.origin.1 - 0.08 * text.size];
        mark.points.windows(2).any(|ends| meets(ends[0], ends[1], core))
    }

    fn mark(&self, mark: &Mark) -> Option<Fault> {
        let [left, top, right, bottom] = mark.area;
        let outside = |[l, t, r, b]: [f64; 4], slack: f64| {
            left < l - slack || top < t - slack || right > r + slack || bottom > b + slack
        };
        if outside([0.0, 0.0, self.sheet.size[0], self.sheet.size[1]], 0.5)
            || !(left + top + right + bottom).is_finite()
        {
            return Some(Rule::MarkOnSheet.broken(format!("a mark leaves the picture at {left:.0}, {top:.0}")));
        }
        // A marker on the edge of a plot may stand half outside.
        if let Some(plot) = mark.plot
            && outside(plot, 10.0)
        {
            let words = format!("a mark leaves its plot at {left:.0}, {top:.0}, {right:.0}, {bottom:.0}");
            return Some(Rule::MarkInPlot.broken(words));
        }
        let palette = self.sheet.style.theme.palette();
        let drawn = mark.line.is_some_and(|width| width >= 2.0) && mark.colour != palette.ground;
        let is_grid = [palette.grid, palette.faint].contains(&mark.colour);
        (drawn && !is_grid && contrast(mark.colour, palette.ground) < LEAST_CONTRAST.1)
            .then(|| Rule::VisibleLine.broken(format!("a line at {left:.0}, {top:.0} is too pale")))
    }

    /// Values that a reader would take for those of another marker, or read as one number.
    fn value_labels(&self) -> Vec<Fault> {
        let mut wrong = Vec::new();
        let labels = &self.sheet.value_labels;
        for (place, label) in labels.iter().enumerate() {
            let text = &self.texts[label.text];
            let letters = place::letters(text);
            let at_home = match label.leader {
                Some(line) => place::passes_none(line, label.marker, &self.sheet.markers),
                None => place::is_nearest(letters, label.marker, &self.sheet.markers),
            };
            if !at_home {
                let words = format!("\"{}\" or its line stands at another marker", text.words);
                wrong.push(Rule::ValueAtItsMarker.broken(words));
            }
            if !place::keeps_order(letters, label.marker, &self.sheet.markers) {
                let words = format!("\"{}\" stands on the far side of another value of its year", text.words);
                wrong.push(Rule::ValuesInOrder.broken(words));
            }
            let crowded = |other: &&ValueLabel| !place::are_apart(letters, place::letters(&self.texts[other.text]));
            wrong.extend(labels[place + 1..].iter().filter(crowded).map(|other| {
                let words = &self.texts[other.text].words;
                Rule::ValuesApart.broken(format!("\"{}\" and \"{words}\" read as one", text.words))
            }));
        }
        wrong
    }

    /// Names of rows and axes that are cut off, so that nobody knows which of several is meant.
    fn names(&self) -> Vec<Fault> {
        let names = self.sheet.names.iter().filter_map(|place| self.texts.get(*place));
        let cut = names.filter(|text| text.words.ends_with('…'));
        cut.map(|text| Rule::WholeNames.broken(format!("the name \"{}\" is cut off", text.words))).collect()
    }

    fn axes(&self) -> Vec<Fault> {
        let mut wrong = Vec::new();
        for axis in &self.sheet.axes {
            if let Some(pair) = axis.says.windows(2).find(|pair| pair[0] == pair[1]) {
                wrong.push(Rule::LabelsDiffer.broken(format!("an axis says \"{}\" at two values", pair[0])));
            }
            let (low, high) = axis.domain;
            if axis.labels > MOST_LABELS {
                wrong.push(
                    Rule::FewLabels.broken(format!("an axis has {} labels; {MOST_LABELS} are the most", axis.labels)),
                );
            }
            if axis.log && low <= 0.0 {
                wrong.push(Rule::LogAboveZero.broken("a log scale begins at or below zero"));
            }
            if axis.bars && !axis.log && !(low <= 0.0 && high >= 0.0) {
                wrong.push(Rule::BarsFromZero.broken("bars do not begin at zero"));
            }
            if low >= high || (high - low).is_nan() {
                wrong.push(Rule::WideScale.broken("a scale without width"));
            }
        }
        wrong
    }

    fn title_footer_and_alt(&self) -> Vec<Fault> {
        let mut wrong = Vec::new();
        let title = &self.facts.title;
        let words = title.split_whitespace().count();
        if words > MOST_WORDS {
            wrong.push(Rule::ShortTitle.broken(format!("the title has {words} words; {MOST_WORDS} are the most")));
        }
        let most = if self.sheet.style.preset.is_narrow() { 3 } else { 2 };
        if self.facts.title_lines > most {
            wrong.push(
                Rule::FewTitleLines
                    .broken(format!("the title takes {} lines; {most} are the most", self.facts.title_lines)),
            );
        }
        if title.ends_with('.') {
            wrong.push(Rule::NoFullStop.broken("the title ends in a full stop"));
        }
        if *title == self.facts.generated {
            let stranger = |number: String| {
                Rule::TitleFromNumbers.broken(format!("the title says {number}, which the plotted numbers do not"))
            };
            // The last year may stand on the picture only, where the plotted numbers are all of that year.
            let shown =
                |number: &String| self.texts.iter().skip(self.facts.title_lines).any(|it| it.words.contains(number));
            let plotted: Vec<f64> = self.table.numbers().collect();
            // Parts that are rounded so that they add up are up to a whole step from their values.
            let add_up = self.name.starts_with("decomposition");
            let strangers = numbers::strangers(title, &plotted, add_up).into_iter();
            wrong.extend(strangers.filter(|it| it.len() != 4 || !shown(it)).map(stranger));
        }
        wrong.extend(self.directions());
        let footer = self.texts.iter().map(|text| text.words.as_str()).collect::<Vec<_>>().join(" ");
        let observed = footer.contains(OBSERVED) || footer.contains(LEARNED);
        let simulated = ["Not a forecast", "paths", "seed "].into_iter().filter(|_| !observed);
        // Where a page around the picture says them, they are no part of it.
        let bare = self.sheet.style.bare;
        for needed in ["Source: ", "aigap "].into_iter().chain(simulated).filter(|_| !bare) {
            if !footer.contains(needed) {
                wrong.push(Rule::WholeFooter.broken(format!("the footer lacks \"{needed}\"")));
            }
        }
        let starred = self.texts.iter().find(|text| text.words.ends_with('*'));
        if let Some(text) = starred.filter(|_| !footer.contains(" * ")) {
            wrong.push(
                Rule::StarExplained.broken(format!("the footer does not say what the star of \"{}\" is", text.words)),
            );
        }
        let is_in_yuan = self.texts.iter().any(|text| text.words.contains('¥'));
        let of_a_year = ["$ of 2", "¥ of 2"].into_iter().any(|unit| footer.contains(unit));
        let stated = [(is_in_yuan, " a dollar"), (of_a_year, "Prices of ")];
        for (_, words) in stated.into_iter().filter(|(needed, words)| *needed && !footer.contains(words)) {
            wrong.push(Rule::MoneyStated.broken(format!("the footer lacks \"{words}\" for its amounts")));
        }
        // A point within a number ends no clause.
        let sentences = self.alt.trim_end_matches('.').split(". ").flat_map(|it| it.split("; "));
        let clauses: Vec<&str> = sentences.flat_map(|it| it.split(", ")).collect();
        for pair in clauses.windows(2).filter(|it| repeats(it[0], it[1])) {
            wrong.push(Rule::AltOnce.broken(format!("the alt text says \"{}\" twice", pair[1])));
        }
        let alt = self.alt.split_whitespace().count();
        if alt == 0 || alt > MOST_ALT {
            wrong.push(Rule::AltText.broken(format!("the alt text has {alt} words; from 1 to {MOST_ALT} are right")));
        }
        wrong
    }

    /// Classes that are named by a direction alone, `Lead narrower`, and whose share is not that of the direction in the title.
    fn directions(&self) -> Vec<Fault> {
        let mut wrong = Vec::new();
        let title = &self.facts.title;
        for text in self.texts.iter().skip(self.facts.title_lines) {
            let direction =
                ["wider", "narrower", "higher", "lower"].into_iter().find(|word| text.words.ends_with(word));
            let Some(stated) = direction.and_then(|word| numbers::share_behind(title, word)) else { continue };
            let beside =
                |it: &&TextBox| it.origin.1 == text.origin.1 && (0.0..12.0).contains(&(it.area[0] - text.area[2]));
            let share = self.texts.iter().find(beside).and_then(|it| it.words.parse::<f64>().ok());
            if let Some(share) = share.filter(|share| (share - stated).abs() > 1.0) {
                let words = format!("\"{}\" has {share} and the title says {stated}% of it", text.words);
                wrong.push(Rule::OneShareADirection.broken(words));
            }
        }
        wrong
    }

    /// The picture without its texts, for those who look at what is behind them.
    fn svg_without_text(&self) -> String {
        let elements = self.sheet.elements.iter().filter(|element| !matches!(element, Element::Text(_)));
        let sheet = Sheet { elements: elements.cloned().collect(), texts: Vec::new(), ..self.sheet.clone() };
        let bare = Self { sheet, ..self.clone() };
        bare.whole(bare.name, TextMode::Outlines, "", &bare.body(bare.name, TextMode::Outlines))
    }

    /// Texts that are hard to tell from what is behind them, by the pixels there.
    fn contrasts(&self) -> Vec<Fault> {
        let (rows, [width, height]) = png::pixels(&self.svg_without_text(), self.sheet.size, 1.0);
        let mut wrong = Vec::new();
        for text in &self.texts {
            let least = match text.ink.halo {
                Some(halo) => contrast(text.ink.colour, halo),
                None => least_contrast(text, &rows, [width as usize, height as usize]),
            };
            if least < LEAST_CONTRAST.0 {
                wrong.push(Rule::Contrast.broken(format!(
                    "\"{}\" has a contrast of {least:.1}; {} is the least",
                    text.words, LEAST_CONTRAST.0
                )));
            }
        }
        wrong
    }
}

/// Whether a clause says a number and its words once more.
fn repeats(before: &str, clause: &str) -> bool {
    clause.contains(char::is_numeric) && clause.contains(' ') && before.ends_with(clause)
}

/// What is wrong, in words.
fn words(faults: impl IntoIterator<Item = Fault>) -> Vec<String> {
    faults.into_iter().map(|fault| fault.words).collect()
}

/// Contrast of a text with the pixels behind it, but for the worst few: those of a thin gridline do no harm.
fn least_contrast(text: &TextBox, rows: &[u8], [width, height]: [usize; 2]) -> f64 {
    let [left, top, right, bottom] = text.area.map(|edge| edge.max(0.0) as usize);
    let mut seen: Vec<f64> = Vec::new();
    for y in top..bottom.min(height) {
        for x in left..right.min(width) {
            let at = 3 * (y * width + x);
            let behind: Rgb = (rows[at], rows[at + 1], rows[at + 2]);
            seen.push(contrast(text.ink.colour, behind));
        }
    }
    seen.sort_by(f64::total_cmp);
    seen.get(seen.len() / 12).copied().unwrap_or(21.0)
}

/// Whether two texts overlap; descenders of one line and ascenders of the next may share a sliver.
fn touch(a: &TextBox, b: &TextBox) -> bool {
    let ([left, top, right, bottom], [l, t, r, e]) = (a.area, b.area);
    right > l + 1.0 && r > left + 1.0 && bottom > t + 4.0 && e > top + 4.0
}

/// Whether a line between two points meets a rectangle (Liang and Barsky).
fn meets((x0, y0): (f64, f64), (x1, y1): (f64, f64), [left, top, right, bottom]: [f64; 4]) -> bool {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (step, room) in [(-dx, x0 - left), (dx, right - x0), (-dy, y0 - top), (dy, bottom - y0)] {
        if step == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            from = from.max(room / step);
        } else {
            to = to.min(room / step);
        }
    }
    from <= to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_meets_a_box_only_where_it_passes_through() {
        let area = [10.0, 10.0, 20.0, 20.0];
        assert!(meets((0.0, 15.0), (30.0, 15.0), area));
        assert!(meets((0.0, 0.0), (30.0, 30.0), area));
        assert!(!meets((0.0, 5.0), (30.0, 5.0), area));
        assert!(!meets((0.0, 30.0), (10.0, 25.0), area));
    }
}
