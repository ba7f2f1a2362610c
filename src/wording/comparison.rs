//! The sentences of a comparison, and its story on the terminal.

use crate::metric::{Measure, Metric, Question, Subject};
use crate::scenario::Scenario;
use crate::summary::{Answer, Estimate, LEVELS, MOST_EXACT, PairedRow, Part, number_of_groups};
use crate::wording::{self, Purse};

use super::story::{WIDTH, aligned_lines, wrapped};
use crate::study::{Compared, Comparison, Side};

/// Most inputs named for a what-if, and most parts of its effect.
pub(crate) const MOST_NAMED: usize = 6;
/// With more what-ifs than this the terminal leaves causes to the files.
const MOST_EXPLAINED: usize = 3;
/// Narrowest and widest name in the table of the terminal.
const NARROWEST_NAME: usize = 12;
const WIDEST_NAME: usize = 26;

/// Head and labelled rows of a table.
pub(crate) type Table = (Vec<String>, Vec<(String, Vec<String>)>);

impl Side {
    /// The median ratio of a year, given by its log, with the simulation error of the run.
    pub(crate) fn median_ratio(&self, year: i32, log: f64) -> Estimate {
        let known = self.summary.gap(Metric::Ratio, year).and_then(|spread| spread.estimate(0.5));
        let value = libm::exp(log);
        known.map_or(Estimate::certain(value), |it| Estimate { value, ..it })
    }
}

impl Comparison {
    pub(crate) fn purse(&self) -> Purse {
        Purse::of(&self.baseline.scenario.money)
    }
}

impl Compared {
    /// What the two do not have in common, in sentences.
    pub(crate) fn notes(&self, base: &Scenario) -> Vec<String> {
        let what_if = &self.side.scenario;
        let mut notes = Vec::new();
        for it in base.apart(what_if) {
            let (ours, theirs) = (&it.base, &it.what_if);
            match it.what {
                "horizon" => {
                    let common = base.horizon.min(what_if.horizon);
                    notes.push(format!("It runs to {theirs}, the baseline to {ours}: compared to {common}."));
                }
                "data" => notes.push(format!("Its figures are {theirs}, the baseline’s {ours}.")),
                "source" => notes.push(format!("Its source is {theirs}, the baseline’s {ours}.")),
                _ => {
                    for (who, regions) in [("the baseline", ours), ("the what-if", theirs)] {
                        if !regions.is_empty() {
                            notes.push(format!("Only {who} has {regions}, which is not compared."));
                        }
                    }
                }
            }
        }
        let gap = Measure { metric: Metric::Gap, subject: Subject::Gap };
        if gap.unit(base) != gap.unit(what_if) {
            notes.push(format!(
                "Its amounts are in {}, the baseline’s in {}: only ratios, shares and numbers of deals are compared; give \
                 --currency or --real to bring both into the same money.",
                gap.unit(what_if),
                gap.unit(base)
            ));
        }
        notes
    }
}

impl Comparison {
    /// Which inputs differ, a paragraph for each what-if.
    pub(crate) fn inputs(&self) -> Vec<String> {
        let base = &self.baseline.scenario;
        self.what_ifs.iter().map(|it| it.inputs(base)).collect()
    }

    /// The same by name alone, for a terminal that would be full of them.
    fn inputs_in_brief(&self) -> Vec<String> {
        let base = &self.baseline.scenario;
        let named = |it: &Compared| {
            let called: Vec<String> = it.differences.iter().map(|input| it.called(base, &input.address)).collect();
            format!("“{}” {}.{}", it.name, wording::inputs_in_brief(&it.differences, &called), it.noted(base))
        };
        self.what_ifs.iter().map(named).collect()
    }

    /// What each what-if does to the ratio and to the gap, a paragraph each.
    pub(crate) fn effects(&self) -> Vec<String> {
        let year = self.horizon();
        let sentences = |it: &Compared| {
            let Some(ratio) = PairedRow::of_gap(&it.rows, Metric::Ratio, year) else {
                return format!("“{}” has no year in common with the baseline.", it.name);
            };
            let gap = PairedRow::of_gap(&it.rows, Metric::Gap, year);
            let gap = gap.and_then(|row| wording::gap_sentence(row, self.purse()));
            let gap = gap.map_or_else(String::new, |words| format!(" {words}"));
            format!("{}{gap}", wording::effect_sentence(&it.name, ratio))
        };
        self.what_ifs.iter().map(sentences).collect()
    }

    /// Each scenario by itself, then its effect on the same paths.
    pub(crate) fn table(&self) -> Table {
        let (year, purse) = (self.horizon(), self.purse());
        let head = vec![
            format!("{year} ratio (80%)"),
            "on the same path".to_owned(),
            format!("wider than {}", self.baseline.scenario.base_year),
            format!("{year} gap (80%)"),
        ];
        let row = |name: String, side: &Side, effect: Option<&PairedRow>| {
            let of = |metric| {
                let spread = side.summary.gap(metric, year)?;
                Some((spread.estimate(0.5)?, spread.estimate(0.1)?, spread.estimate(0.9)?))
            };
            let undefined = || "undefined".to_owned();
            let wider = side.summary.probability(Question::WiderAsRatio, year);
            let purse = if side.scenario.money == self.baseline.scenario.money { purse } else { side.purse() };
            let cells = vec![
                of(Metric::Ratio).map_or_else(undefined, |(m, l, h)| wording::median_ratio_within(m, l, h)),
                effect.and_then(|row| row.ratio).map_or("–".to_owned(), wording::effect_with_range),
                wider.map_or("–".to_owned(), |p| wording::stated_within(p, true)),
                of(Metric::Gap).map_or_else(undefined, |(m, l, h)| purse.median_money_within(m, l, h)),
            ];
            (name, cells)
        };
        let baseline = wording::short_title(&self.baseline.scenario.title);
        let mut rows = vec![row(baseline, &self.baseline, None)];
        for it in &self.what_ifs {
            let effect = PairedRow::of_gap(&it.rows, Metric::Ratio, year);
            rows.push(row(it.name.clone(), &it.side, effect));
        }
        (head, rows)
    }

    /// Which input did it, and how assumptions and levers divide, a paragraph for each what-if with several inputs.
    pub(crate) fn causes(&self) -> Vec<String> {
        self.what_ifs.iter().filter_map(|it| it.causes(&self.baseline)).collect()
    }

    /// What pairing is worth: by how much it narrowed the error of the mean gap's change.
    pub(crate) fn pairing(&self) -> Option<String> {
        let narrowing = |it: &Compared| PairedRow::of_gap(&it.rows, Metric::Gap, self.horizon())?.narrowing();
        let found: Vec<f64> = self.what_ifs.iter().filter_map(narrowing).collect();
        let least = found.iter().copied().fold(f64::INFINITY, f64::min);
        let least_words = if found.len() > 1 { "at least " } else { "" };
        (least.is_finite() && least > 1.05).then(|| {
            format!(
                "The same luck on both sides makes the simulation error of the change of the mean gap {least_words}{} \
                 times smaller.",
                wording::significant(least, 2)
            )
        })
    }

    pub(crate) fn mixture(&self) -> Option<String> {
        let (weights, rows) = self.ensemble.as_ref()?;
        let measure = Measure { metric: Metric::Ratio, subject: Subject::Gap };
        let row = rows.iter().find(|row| row.measure == measure && row.year == self.horizon())?;
        let at = |level: f64| LEVELS.iter().position(|known| *known == level).map(|place| row.quantiles[place]);
        let weights: Vec<String> = weights.iter().map(|weight| wording::percent(*weight)).collect();
        let choice = row.from_choice.map_or(String::new(), |share| {
            let share = if share < 0.005 { "under 1%".to_owned() } else { wording::percent(share) };
            format!("; {share} of the spread of its log comes from the choice of scenario")
        });
        Some(format!(
            "Mixed with weights {}, the {} ratio is {}{choice}.",
            weights.join(", "),
            row.year,
            wording::median_ratio(at(0.5)?, at(0.1)?, at(0.9)?)
        ))
    }

    /// The story on the terminal.
    #[must_use]
    pub fn story(&self, closing: &[String]) -> String {
        let mut story = String::new();
        let many = self.what_ifs.len() > MOST_EXPLAINED;
        let inputs = if many { self.inputs_in_brief() } else { self.inputs() };
        inputs.iter().for_each(|words| story += &wrapped(words));
        story.push('\n');
        self.effects().iter().for_each(|words| story += &wrapped(words));
        story.push('\n');
        let (mut head, rows) = self.table();
        // The last column is on the page to paste.
        let cells = |place: usize| rows.iter().map(move |(_, cells)| cells[place].chars().count());
        let widths = |head: &[String]| -> usize {
            let wide = |place: usize| cells(place).fold(head[place].chars().count(), usize::max) + 2;
            (0..3).map(wide).sum()
        };
        if widths(&head) + NARROWEST_NAME > WIDTH {
            head[2] = "wider".to_owned();
        }
        let room = WIDTH.saturating_sub(widths(&head)).clamp(NARROWEST_NAME, WIDEST_NAME);
        let rows: Vec<(String, Vec<String>)> =
            rows.into_iter().map(|(name, cells)| (cut(&name, room), cells[..3].to_vec())).collect();
        story += &aligned_lines(&head[..3], &rows);
        let mut causes = self.causes();
        if many && !causes.is_empty() {
            causes = vec!["Which input did it: summary.md and attribution.csv.".to_owned()];
        }
        for words in causes.into_iter().chain(self.pairing()).chain(self.mixture()) {
            story += &wrapped(&words);
        }
        story += &wrapped("Stated assumptions, not a forecast. Medians of paired ratios are not ratios of medians.");
        for line in closing {
            story += line;
            story.push('\n');
        }
        story
    }
}

impl Side {
    fn purse(&self) -> wording::Purse {
        wording::Purse::of(&self.scenario.money)
    }
}

impl Compared {
    /// Which inputs differ, with their values.
    fn inputs(&self, base: &Scenario) -> String {
        let named = self.differences.iter().take(MOST_NAMED);
        let mut changes: Vec<String> =
            named.map(|difference| wording::input_words(difference, &self.called(base, &difference.address))).collect();
        if self.differences.len() > MOST_NAMED {
            changes.push(format!("and {} more (inputs_diff.csv)", self.differences.len() - MOST_NAMED));
        }
        let changes = if changes.is_empty() { "changes no input".to_owned() } else { changes.join("; ") };
        format!("“{}” {changes}.{}", self.name, self.noted(base))
    }

    fn noted(&self, base: &Scenario) -> String {
        self.notes(base).iter().map(|note| format!(" {note}")).collect()
    }

    /// What a sentence about differing inputs calls one: events by name, the rest by the address that sets it.
    pub(crate) fn called(&self, base: &Scenario, address: &str) -> String {
        let named = address.starts_with("events.") || address.starts_with("jumps.");
        if named { self.readable(base, address) } else { address.to_owned() }
    }

    /// The largest parts by name, the rest as one.
    pub(crate) fn main_parts(&self, base: &Scenario, parts: &[Part]) -> Vec<(String, Answer)> {
        let shown = if parts.len() > MOST_NAMED { MOST_NAMED - 1 } else { parts.len() };
        let named = parts[..shown].iter().map(|part| (self.readable(base, &part.name), part.value));
        let mut named: Vec<(String, Answer)> = named.collect();
        let rest = &parts[shown..];
        if !rest.is_empty() {
            let sum = rest.iter().fold(Answer::default(), |sum, part| sum.plus(part.value, 1.0));
            named.push((format!("{} others", rest.len()), sum));
        }
        named
    }

    pub(crate) fn causes(&self, baseline: &Side) -> Option<String> {
        let base = &baseline.scenario;
        let Some(found) = &self.attribution else {
            let groups = number_of_groups(&self.differences);
            return (groups > MOST_EXACT).then(|| {
                format!(
                    "“{}” changes {} inputs: --attribute says which of them did it, from random orders.",
                    self.name,
                    self.differences.len()
                )
            });
        };
        let (first, last) = (found.base.log_median_ratio, found.what_if.log_median_ratio);
        if found.parts.len() < 2 || !first.is_finite() || !last.is_finite() {
            return None;
        }
        let parts = self.main_parts(base, &found.parts);
        let logs: Vec<f64> = parts.iter().map(|(_, value)| value.log_median_ratio).collect();
        if logs.iter().any(|log| !log.is_finite()) {
            return None;
        }
        let split = wording::log_points(first, last, &logs);
        let effect = |log: f64| wording::effect(libm::exp(log));
        let told: Vec<String> = parts
            .iter()
            .zip(&split.parts)
            .map(|((name, value), points)| match effect(value.log_median_ratio).as_str() {
                "same" => format!("{name} {points}"),
                factor => format!("{name} {points} ({factor})"),
            })
            .collect();
        // No digit below the simulation error, so that the sentence and the table beside it say the same.
        let median = |side: &Side, log: f64| wording::ratio_within(side.median_ratio(found.year, log));
        let mut words = format!(
            "“{}” takes the {} median ratio from {} to {} ({}, in log points {}): {}.",
            self.name,
            found.year,
            median(baseline, first),
            median(&self.side, last),
            effect(last - first),
            split.whole,
            told.join(", ")
        );
        if let Some(middle) = found.with_assumptions {
            let steps = [middle.log_median_ratio - first, last - middle.log_median_ratio];
            let split = wording::log_points(first, last, &steps);
            words += &format!(" Assumptions alone {}, levers on top {}.", split.parts[0], split.parts[1]);
        }
        let errors = found.parts.iter().filter_map(|part| part.error.map(|error| error.log_median_ratio));
        if let Some(largest) = errors.reduce(f64::max) {
            words += &format!(" Parts are from random orders, ±{:.1} log points.", 100.0 * largest);
        }
        let shares: Vec<f64> = parts.iter().map(|(_, value)| value.wider).collect();
        if let Some((ends, split)) = wording::percentage_points(found.base.wider, found.what_if.wider, &shares) {
            let told: Vec<String> = parts
                .iter()
                .zip(&split.parts)
                .filter(|(_, points)| *points != "0")
                .map(|((name, _), points)| format!("{name} {points}"))
                .collect();
            words += &format!(" Chance of a wider ratio {ends} ({} points: {}).", split.whole, told.join(", "));
        }
        Some(words)
    }
}

/// A name that fits its column.
fn cut(name: &str, room: usize) -> String {
    if name.chars().count() <= room {
        return name.to_owned();
    }
    name.chars().take(room - 1).collect::<String>().trim_end().to_owned() + "…"
}
