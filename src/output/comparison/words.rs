//! The words of a comparison: the story on the terminal and the page to paste, from the same sentences and table.

use crate::metric::{Measure, Metric, Question, Subject};
use crate::scenario::Role;
use crate::summary::{Attribution, LEVELS, PairedRow, rounded_to_add_up};
use crate::wording;

use super::super::story::{aligned_lines, wrapped};
use super::super::summary_md::escaped;
use super::{Compared, Comparison, Side};

impl Comparison {
    /// Which inputs differ, a paragraph for each what-if.
    pub(in crate::output) fn inputs(&self) -> Vec<String> {
        let shown = |it: &Compared| {
            let most = 4;
            let mut parts: Vec<String> = it
                .differences
                .iter()
                .take(most)
                .map(|difference| {
                    let lever = if difference.role == Role::Lever { " (lever)" } else { "" };
                    let address = &difference.address;
                    match (&difference.base, &difference.what_if) {
                        (None, Some(new)) => format!("{address}{lever}, new: {}", new.value),
                        (Some(_), None) => format!("{address}{lever}, left out"),
                        (Some(old), Some(new)) => format!("{address}{lever}: {} → {}", old.value, new.value),
                        (None, None) => format!("{address}{lever}"),
                    }
                })
                .collect();
            if it.differences.len() > most {
                parts.push(format!("{} more in inputs_diff.csv", it.differences.len() - most));
            }
            if parts.is_empty() {
                parts.push("no input".to_owned());
            }
            let mut words = format!("“{}” differs in {}.", it.name(), parts.join("; "));
            it.notes.iter().for_each(|note| words += &format!(" {note}"));
            words
        };
        self.what_ifs.iter().map(shown).collect()
    }

    /// What each what-if does to the ratio, a sentence each.
    pub(in crate::output) fn effects(&self) -> Vec<String> {
        let year = self.horizon();
        let sentence = |it: &Compared| {
            let row = PairedRow::of_gap(&it.rows, 0, Metric::Ratio, year);
            row.map_or_else(String::new, |row| wording::effect_sentence(&it.name(), row))
        };
        self.what_ifs.iter().map(sentence).filter(|words| !words.is_empty()).collect()
    }

    /// Head and rows of the table: each scenario by itself, then its effect on the same paths.
    pub(in crate::output) fn table(&self) -> (Vec<String>, Vec<(String, Vec<String>)>) {
        let (year, purse) = (self.horizon(), self.purse());
        let head = vec![
            format!("{year} ratio (80%)"),
            "on the same path".to_owned(),
            "wider".to_owned(),
            format!("{year} gap (80%)"),
        ];
        let row = |name: String, side: &Side, effect: Option<&PairedRow>| {
            let of = |metric| {
                let spread = side.summary.gap(metric, year)?;
                Some((spread.estimate(0.5)?, spread.estimate(0.1)?, spread.estimate(0.9)?))
            };
            let undefined = || "undefined".to_owned();
            let wider = side.summary.probability(Question::WiderAsRatio, year);
            let cells = vec![
                of(Metric::Ratio).map_or_else(undefined, |(m, l, h)| wording::median_ratio_within(m, l, h)),
                effect.and_then(|row| row.ratio).map_or("–".to_owned(), |q| {
                    format!("{} ({} to {})", wording::effect(q[3]), wording::effect(q[1]), wording::effect(q[5]))
                }),
                wider.map_or("–".to_owned(), |p| wording::stated_within(p, true)),
                of(Metric::Gap).map_or_else(undefined, |(m, l, h)| purse.median_money_within(m, l, h)),
            ];
            (name, cells)
        };
        let baseline = wording::short_title(&self.baseline.scenario.title);
        let mut rows = vec![row(baseline, &self.baseline, None)];
        for it in &self.what_ifs {
            let effect = PairedRow::of_gap(&it.rows, 0, Metric::Ratio, year);
            rows.push(row(it.name(), &it.side, effect));
        }
        (head, rows)
    }

    /// Which input did it, and how assumptions and levers divide, a paragraph for each what-if.
    pub(in crate::output) fn causes(&self) -> Vec<String> {
        let mut found = Vec::new();
        for it in &self.what_ifs {
            let Some(attribution) = &it.attribution else { continue };
            let (first, last) = (attribution.base.log_median_ratio, attribution.what_if.log_median_ratio);
            if attribution.parts.len() < 2 || !first.is_finite() || !last.is_finite() {
                continue;
            }
            let parts: Vec<String> = attribution
                .parts
                .iter()
                .take(6)
                .map(|part| {
                    let about = part.error.map_or(String::new(), |_| "about ".to_owned());
                    format!(
                        "{} {about}{}",
                        it.readable(&part.name),
                        wording::effect(libm::exp(part.value.log_median_ratio))
                    )
                })
                .collect();
            let mut words = format!(
                "Of the median ratio’s {} → {} under “{}” ({}): {}.",
                wording::ratio(libm::exp(first)),
                wording::ratio(libm::exp(last)),
                it.name(),
                wording::effect(libm::exp(last - first)),
                parts.join(", ")
            );
            if let Some(middle) = attribution.with_assumptions {
                words += &format!(
                    " Assumptions alone {}, levers on top {}.",
                    wording::effect(libm::exp(middle.log_median_ratio - first)),
                    wording::effect(libm::exp(last - middle.log_median_ratio))
                );
            }
            words += &format!(" Chance of a wider ratio: {}", points(it, attribution));
            found.push(words);
        }
        found
    }

    /// What pairing is worth: by how much it narrowed the error of the mean gap's change.
    pub(in crate::output) fn pairing(&self) -> Option<String> {
        let narrowings = self.what_ifs.iter().filter_map(|it| {
            let row = PairedRow::of_gap(&it.rows, 0, Metric::Gap, self.horizon())?;
            let (unpaired, paired) = row.difference.unpaired_error.zip(row.difference.standard_error)?;
            (paired > 0.0).then(|| unpaired / paired)
        });
        let least = narrowings.fold(f64::INFINITY, f64::min);
        (least.is_finite() && least > 1.05).then(|| {
            format!(
                "The same luck makes the error of the change of the mean gap at least {} times smaller.",
                wording::significant(least, 2)
            )
        })
    }

    pub(in crate::output) fn mixture(&self) -> Option<String> {
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
        self.inputs().iter().for_each(|words| story += &wrapped(words));
        story.push('\n');
        self.effects().iter().for_each(|words| story += &wrapped(words));
        story.push('\n');
        let (head, rows) = self.table();
        story += &aligned_lines(&head[..3], &short(&rows));
        for words in self.causes().into_iter().chain(self.pairing()).chain(self.mixture()) {
            story += &wrapped(&words);
        }
        story += &wrapped("Stated assumptions, not a forecast. Medians of paired ratios are not ratios of medians.");
        for line in closing {
            story += line;
            story.push('\n');
        }
        story
    }

    /// What the workbook says of the comparison.
    #[must_use]
    pub fn about(&self, command: &str) -> crate::output::workbook::About {
        crate::output::workbook::About {
            title: format!("{} and its what-ifs", wording::short_title(&self.baseline.scenario.title)),
            headline: self.effects().join(" "),
            command: command.to_owned(),
            paths: self.baseline.summary.paths,
            seed: self.baseline.summary.seed,
            caveats: wording::figures_as_given(&self.baseline.scenario).into_iter().collect(),
        }
    }

    /// `summary.md`.
    #[must_use]
    pub fn summary_md(&self, command: &str, charts: &[&str]) -> String {
        let mut out =
            format!("# {} and its what-ifs\n\n", escaped(&wording::short_title(&self.baseline.scenario.title)));
        self.effects().iter().for_each(|words| out += &format!("**{}**\n\n", escaped(words)));
        out += "Projection under stated assumptions, not a forecast.\n\n## What differs\n\n";
        self.inputs().iter().for_each(|words| out += &format!("- {}\n", escaped(words)));
        let (head, rows) = self.table();
        out += &format!("\n| | {} |\n|---|{}\n", head.join(" | "), "---|".repeat(head.len()));
        for (name, cells) in &rows {
            let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
            out += &format!("| {} | {} |\n", escaped(name), cells.join(" | "));
        }
        out += "\n“On the same path” is the median, with 80% of paths, of what-if over baseline path by path; the medians \
                beside it divide to another number.\n\n";
        let causes: Vec<String> = self.causes();
        if !causes.is_empty() {
            out += "## Which input did it\n\n";
            causes.iter().for_each(|words| out += &format!("{}\n\n", escaped(words)));
        }
        for words in self.pairing().into_iter().chain(self.mixture()) {
            out += &format!("{}\n\n", escaped(&words));
        }
        charts.iter().for_each(|chart| out += &format!("![{chart}](charts/{chart}.png)\n\n"));
        out += &format!(
            "Reproduce: `{command}` with aigap {} ({}, seed {}). Every number of this page is in `compare.csv` and \
             `attribution.csv`; every input that differs, with its reason, in `inputs_diff.csv`.\n",
            env!("CARGO_PKG_VERSION"),
            wording::paths(self.baseline.summary.paths),
            self.baseline.summary.seed
        );
        out
    }
}

/// Rows that fit a terminal: names of at most a third of it, and no gap.
fn short(rows: &[(String, Vec<String>)]) -> Vec<(String, Vec<String>)> {
    let cut = |name: &String| {
        if name.chars().count() <= 26 { name.clone() } else { name.chars().take(25).chain(['…']).collect() }
    };
    rows.iter().map(|(name, cells)| (cut(name), cells[..3].to_vec())).collect()
}

/// How the change of a probability divides, in points that add up.
fn points(it: &Compared, attribution: &Attribution) -> String {
    let shares: Vec<f64> = attribution.parts.iter().map(|part| 100.0 * part.value.wider).collect();
    let rounded = rounded_to_add_up(&shares, 1);
    let parts: Vec<String> = attribution
        .parts
        .iter()
        .zip(&rounded)
        .filter(|(_, value)| **value != 0.0)
        .map(|(part, value)| format!("{} {}", it.readable(&part.name), wording::points_as_they_are(*value)))
        .collect();
    let whole = wording::from_to(attribution.base.wider, attribution.what_if.wider);
    if parts.is_empty() { format!("{whole}.") } else { format!("{whole} (points: {}).", parts.join(", ")) }
}
