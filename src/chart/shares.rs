//! Shares of variance: how much of the spread each input or layer of chance explains, alone and with the others.

use crate::summary::Estimate;
use crate::table::declared::CHART_UNCERTAINTY;
use crate::table::{Cell, Field, Table};
use crate::wording::{self, Cited, Text};

use super::final_year::hollow;
use crate::draw::Credits;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::drawing::Drawing;
use crate::draw::frame::{self, Frame};
use crate::draw::sheet::Ink;
use crate::draw::style::Style;
use crate::draw::text::{self, Weight};
use crate::draw::ticks::Scale;

/// Shares of the variance of the log ratio in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// The title; made from the largest bar if there is none.
    pub title: Option<Text>,
    /// What the variance is of; of the log ratio if it is not said.
    pub of: Option<String>,
    /// Year of the answer.
    pub year: i32,
    /// Short names of the lead and the follow region.
    pub regions: [String; 2],
    /// One bar each, in any order.
    pub bars: Vec<Share>,
    /// Where the numbers come from.
    pub credits: Credits,
}

/// What one input or layer explains.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// What readers know it by.
    pub name: String,
    /// A line on what it is; may be empty.
    pub words: String,
    /// The share by itself (Sobol’ of the first order, or Shapley), with its standard error.
    pub alone: [f64; 2],
    /// The share with all that it does together with others (Sobol’ total), with its standard error.
    pub with_others: Option<[f64; 2]>,
    /// Its row in the tables of the run.
    pub cell: Cell,
    /// Whether it is the luck that is left where all assumptions are fixed.
    pub is_luck: bool,
    /// What stands at its bar, where the text beside the chart has more digits than a chart would.
    pub label: Option<String>,
}

/// Most bars that can be read.
const MOST: usize = 8;

/// Most words of a text that stands for the picture.
const MOST_WORDS: usize = 120;

impl Shares {
    pub(crate) fn draw(&self, style: Style) -> Drawing {
        let scale = style.preset.canvas().2;
        let bars = self.sorted();
        let both = bars.iter().any(|bar| together(bar).is_some());
        let adds_up = self.bars.iter().all(|bar| bar.with_others.is_none());
        let how = if both {
            "A filled bar is what would be gone if that alone were known, the outline adds what it does together with others"
        } else if adds_up {
            "The bars add up to all of it"
        } else {
            "A bar is what of it would be gone, on average, if that were known"
        };
        let subtitle = [(format!("Share of the variance of {}, %. {how}", self.variance_of()), None)];
        let mut caveat = String::new();
        // Only what the picture shows is explained.
        let labelled = |sign: char| bars.iter().any(|bar| bar.label.as_ref().is_some_and(|label| label.contains(sign)));
        if labelled('(') {
            caveat += "In brackets: with what it does together with others. ";
        }
        let said = |bar: &&Share| bar.label.as_ref().map_or(known(bar.alone).is_none(), |label| label.contains('≈'));
        if bars.iter().any(said) {
            caveat += "Bars below two standard errors are shown as ≈0.";
        }
        let title = self.title.clone().unwrap_or_else(|| title(self.year, bars.first().copied()));
        let frame = Frame { title, subtitle: &subtitle, credits: &self.credits, caveat: &caveat, column: 720.0 };
        let (mut canvas, [left, top, right, bottom]) = frame::sheet(style, &frame);
        let area = [left, top + 24.0 * scale, right, bottom - 38.0 * scale];
        self.plot(&mut canvas, style, area, &bars);
        canvas.finish("uncertainty", self.alt(), self.table())
    }

    fn variance_of(&self) -> String {
        let [lead, follow] = &self.regions;
        self.of.clone().unwrap_or_else(|| format!("the log {lead}/{follow} ratio in {}", self.year))
    }

    fn sorted(&self) -> Vec<&Share> {
        let mut bars: Vec<&Share> = self.bars.iter().collect();
        bars.sort_by(|a, b| b.alone[0].total_cmp(&a.alone[0]).then(a.name.cmp(&b.name)));
        bars.truncate(MOST);
        bars
    }

    fn plot(&self, canvas: &mut Canvas, style: Style, [left, top, right, bottom]: [f64; 4], bars: &[&Share]) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let narrow = style.preset.is_narrow();
        let name = Ink::new(19.0 * scale, Weight::SemiBold, palette.ink).over(palette.ground);
        let plain = Ink::new(17.0 * scale, Weight::Regular, palette.mute).over(palette.ground);
        let labels = if narrow { 0.0 } else { 0.34 * (right - left) };
        let start = left + labels;
        let tail = text::width("100% (100%)", 19.0 * scale, Weight::SemiBold) + 12.0;
        let x = |share: f64| start + share.clamp(0.0, 1.0) * (right - tail - start);
        let axis =
            Scale { log: false, domain: (0.0, 1.0), labelled: vec![0.0, 0.25, 0.5, 0.75, 1.0], faint: Vec::new() };
        canvas.axis(&axis, 5, true);
        let ink = Ink::new(20.0 * scale, Weight::Regular, palette.mute);
        for share in &axis.labelled {
            canvas.line((x(*share), top), (x(*share), bottom), palette.grid, 1.5, "");
            let words = if *share == 1.0 { "100%".to_owned() } else { wording::count(100.0 * share) };
            canvas.text(&words, (x(*share), bottom + 29.0 * scale), Anchor::Middle, ink);
        }
        // Few bars stand at the top instead of far apart.
        let row = ((bottom - top) / bars.len().max(1) as f64).min(180.0 * scale);
        for (place, bar) in bars.iter().enumerate() {
            let upper = top + place as f64 * row;
            // On a narrow sheet name and words stand above their bar, as many lines of words as leave a bar below them.
            let above = text::wrap(&bar.words, plain.size, plain.weight, right - left - 8.0);
            let told = above.len().min(((row - 84.0 * scale).max(0.0) / (21.0 * scale)) as usize);
            let above = if narrow && told == above.len() { above } else { Vec::new() };
            let head = (30.0 + 21.0 * above.len() as f64 * scale).min(row);
            let thick = if narrow { (row - head - 4.0).min(34.0) } else { (0.5 * row).min(64.0 * scale) }.max(6.0);
            let middle = if narrow { upper + head + 0.5 * thick } else { upper + 0.5 * row };
            if narrow {
                let words = text::fitted(&bar.name, name.size, name.weight, right - left - 8.0);
                canvas.text(&words, (left + 8.0, upper + 20.0), Anchor::Start, name);
                canvas.is_name();
                for (place, line) in above.iter().enumerate() {
                    let y = upper + 20.0 + 21.0 * scale * (place + 1) as f64;
                    canvas.text(
                        &text::fitted(line, plain.size, plain.weight, right - left - 8.0),
                        (left + 8.0, y),
                        Anchor::Start,
                        plain,
                    );
                }
            } else {
                let room = labels - 20.0 * scale;
                let lines = text::wrap(&bar.words, plain.size, plain.weight, room);
                let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
                let named = text::wrapped_within(&bar.name, (name.size, name.weight), room, 2);
                let shown = ((row / scale - 26.0) / 21.0).max(0.0) as usize;
                let lines = &lines[..lines.len().min(shown.min(2))];
                let first = middle + (0.35 * 19.0 - 10.5 * (lines.len() + named.len() - 1) as f64) * scale;
                for (place, line) in named.iter().enumerate() {
                    canvas.text(line, (left, first + 21.0 * scale * place as f64), Anchor::Start, name);
                    canvas.is_name();
                }
                for (place, line) in lines.iter().enumerate() {
                    let y = first + 21.0 * scale * (place + named.len()) as f64;
                    canvas.text(&text::fitted(line, plain.size, plain.weight, room), (left, y), Anchor::Start, plain);
                }
            }
            self.bar(canvas, style, (&x, middle, thick), bar);
        }
        canvas.line((start, top), (start, bottom), palette.axis, 1.5, "");
    }

    fn bar(&self, canvas: &mut Canvas, style: Style, (x, middle, thick): (&dyn Fn(f64) -> f64, f64, f64), bar: &Share) {
        let palette = style.theme.palette();
        let scale = style.preset.canvas().2;
        let (upper, lower) = (middle - 0.5 * thick, middle + 0.5 * thick);
        let whole = together(bar);
        // Of luck the share that remains where all else is known, as the title and the text say it.
        let alone = known(bar.with_others.filter(|_| bar.is_luck && whole.is_none()).unwrap_or(bar.alone));
        let total = whole.or(alone).unwrap_or(0.0);
        if whole.is_some() {
            hollow(canvas, [x(0.0), upper, x(total), lower], palette.gap, palette.ground);
            canvas.rectangle([x(0.0), lower - 2.5, x(total), lower], palette.gap);
        }
        if let Some(alone) = alone {
            canvas.rectangle([x(0.0), upper, x(alone), lower], palette.gap);
        }
        let said = |share: Option<f64>| share.map_or("≈0".to_owned(), wording::percent);
        let words = match whole {
            Some(whole) => format!("{} ({})", said(alone), wording::percent(whole)),
            None => said(alone),
        };
        let words = bar.label.clone().unwrap_or(words);
        let ink = Ink::new(19.0 * scale, Weight::SemiBold, palette.gap).over(palette.ground);
        canvas.text(&words, (x(total) + 10.0, middle + 0.35 * ink.size), Anchor::Start, ink);
    }

    fn alt(&self) -> String {
        let mut alt = format!("Bars: shares of the variance of {}.", self.variance_of());
        let words = |text: &str| text.split_whitespace().count();
        for bar in self.sorted() {
            let share = known(bar.alone).map_or("about 0".to_owned(), wording::percent);
            let told = format!(" {}: {share} alone.", bar.name);
            // Who listens to it hears the largest; all are in the table.
            if words(&alt) + words(&told) > MOST_WORDS {
                break;
            }
            alt += &told;
        }
        alt
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&CHART_UNCERTAINTY);
        for bar in &self.bars {
            let others = bar.with_others.map_or([None; 2], |others| others.map(Some));
            let shares = bar.alone.map(Field::from).into_iter().chain(others.map(Field::from));
            table.push([Field::from(&bar.name), self.year.into()].into_iter().chain(shares));
        }
        table
    }
}

/// Of luck the share with others is told: what remains where all else is known.
fn title(year: i32, largest: Option<&Share>) -> Text {
    let named = largest.map(|bar| {
        let (share, columns) = match bar.with_others.filter(|_| bar.is_luck) {
            Some(whole) => (whole, ["share_with_others", "standard_error_with_others"]),
            None => (bar.alone, ["share_alone", "standard_error"]),
        };
        let cell = Cell { columns: columns.map(str::to_owned).to_vec(), ..bar.cell.clone() };
        let [value, error] = share;
        (bar.name.as_str(), Cited::new(Estimate { value, error }, cell))
    });
    wording::shares_title(year, named, largest.is_some_and(|bar| bar.is_luck))
}

/// The share with others where it is told from the share alone: what is smaller is the noise of either.
fn together(bar: &Share) -> Option<f64> {
    let [whole, error] = bar.with_others?;
    let [alone, its_error] = bar.alone;
    known([whole - alone, (error * error + its_error * its_error).sqrt()]).map(|_| whole)
}

/// A share that is told from nothing.
fn known([share, error]: [f64; 2]) -> Option<f64> {
    (share > 2.0 * error && share > 0.0).then_some(share)
}
