//! A comparison in a report: which cells its sentences may cite.

use crate::metric::{Measure, Metric, Question, Subject};
use crate::study::{Compared, Comparison};
use crate::summary::PairedRow;
use crate::wording;
use crate::wording::comparison::MOST_NAMED;

use super::Table;
use super::cite::{Citation, Form};
use super::data::Data;
use super::derived::PARTS;
use super::sentence::{Pool, Sentence};
use super::side::Side;
use crate::table::Cell;

/// A comparison with its scenarios as sides, the baseline first.
#[derive(Clone, Copy, Debug)]
pub struct Versus<'a> {
    /// The comparison.
    pub comparison: &'a Comparison,
    /// Its scenarios, in its order.
    pub sides: &'a [Side<'a>],
}

impl Versus<'_> {
    fn paired(&self, form: Form, it: &Compared, metric: Metric, columns: &[&str]) -> Citation {
        let measure = Measure { metric, subject: Subject::Gap };
        let region = measure.region(&self.comparison.baseline.scenario);
        let year = self.comparison.horizon().to_string();
        let name = &it.side.scenario.name;
        let row = [("what_if", name.as_str()), ("metric", metric.name()), ("region", &region), ("year", &year)];
        Citation::new(form, Cell::new("compare.csv", &row, columns))
    }

    fn attributed(form: Form, it: &Compared, split: &str, part: &str, column: &str) -> Citation {
        let row = [("what_if", it.side.scenario.name.as_str()), ("split", split), ("part", part)];
        Citation::new(form, Cell::new("attribution.csv", &row, &[column]))
    }

    fn side_citations(&self, side: &Side) -> Vec<Citation> {
        let year = self.comparison.horizon();
        let measure = |metric| Measure { metric, subject: Subject::Gap };
        vec![
            side.fan(Form::MedianRatio, measure(Metric::Ratio), year, &["p50", "p10", "p90"]),
            side.fan(Form::MedianMoney, measure(Metric::Gap), year, &["p50", "p10", "p90"]),
            side.fan(Form::Ratio, measure(Metric::Ratio), year, &["p50"]),
            side.probability(Form::Share, Question::WiderAsRatio),
            side.probability(Form::Percent, Question::WiderAsRatio),
        ]
    }

    /// Names and values that users wrote.
    fn own(&self) -> Vec<String> {
        let base = &self.comparison.baseline.scenario;
        let mut own = vec![wording::short_title(&base.title)];
        for it in &self.comparison.what_ifs {
            own.push(it.name.clone());
            own.extend(it.notes(base));
            for difference in &it.differences {
                own.extend([difference.address.clone(), it.called(base, &difference.address)]);
                for setting in [&difference.base, &difference.what_if].into_iter().flatten() {
                    own.extend([setting.value.clone()]);
                    // A sentence leaves out what two lists have in common, and all but the name of a model.
                    own.extend(setting.value.split("; ").map(str::to_owned));
                    own.extend(setting.value.split(',').next().map(str::to_owned));
                }
            }
            if it.differences.len() > MOST_NAMED {
                own.push(format!("and {} more (inputs_diff.csv)", it.differences.len() - MOST_NAMED));
            }
            let parts = it.attribution.iter().flat_map(|found| it.main_parts(base, &found.parts));
            own.extend(parts.map(|(name, _)| name));
        }
        own
    }

    /// The what-if that a sentence names first, or all: the same digits may stand in the rows of several.
    fn whom(&self, words: &str) -> Vec<(&Compared, &Side<'_>)> {
        let all: Vec<_> = self.comparison.what_ifs.iter().zip(&self.sides[1..]).collect();
        let named = |(it, _): &(&Compared, _)| words.find(&format!("“{}”", it.name));
        let first = all.iter().filter_map(|it| Some((named(it)?, *it))).min_by_key(|(at, _)| *at);
        first.map_or(all, |(_, it)| vec![it])
    }

    /// The pool of a sentence on effects.
    fn pool_of_effects(&self, words: &str) -> Pool {
        let mut pool = Pool::default();
        pool.own(self.own());
        let with_error = ["ratio_p50", "log_ratio_p50_error"];
        for (it, _) in self.whom(words) {
            pool.cite([
                self.paired(Form::EffectVerb, it, Metric::Ratio, &with_error),
                self.paired(Form::EffectSize, it, Metric::Ratio, &with_error),
                self.paired(Form::Effect, it, Metric::Ratio, &["ratio_p50"]),
                self.paired(Form::LargerSmaller, it, Metric::Ratio, &["ratio_p50"]),
                self.paired(Form::ErrorShare, it, Metric::Ratio, &["smaller", "smaller_error", "paths"]),
                self.paired(Form::ErrorShare, it, Metric::Ratio, &["greater", "greater_error", "paths"]),
                self.paired(Form::ErrorShare, it, Metric::Ratio, &["unchanged", "unchanged_error", "paths"]),
                self.paired(Form::ChangeWithin, it, Metric::Gap, &["difference_p50", "difference_p50_error"]),
                self.paired(Form::Change, it, Metric::Gap, &["difference_p10"]),
                self.paired(Form::Change, it, Metric::Gap, &["difference_p90"]),
            ]);
        }
        pool
    }

    /// The largest effect, as a title.
    pub fn title(&self, data: &Data) -> Option<Sentence> {
        let year = self.comparison.horizon();
        let rows = self.comparison.what_ifs.iter().filter_map(|it| {
            let row = PairedRow::of_gap(&it.rows, Metric::Ratio, year)?;
            let log = libm::log(row.ratio?[3]).abs();
            log.is_finite().then_some((log, it, row))
        });
        let (_, it, row) = rows.max_by(|a, b| a.0.total_cmp(&b.0))?;
        let words = wording::effect_title(&it.name, row);
        Some(self.pool_of_effects(&words).sentence(&words, data))
    }

    /// What each what-if does to the ratio and the gap on the same luck.
    pub fn effects(&self, data: &Data) -> Vec<Sentence> {
        self.comparison.effects().iter().map(|words| self.pool_of_effects(words).sentence(words, data)).collect()
    }

    /// Which inputs differ.
    pub fn inputs(&self, data: &Data) -> Vec<Sentence> {
        let mut pool = Pool::default();
        pool.own(self.own());
        self.comparison.inputs().iter().map(|words| pool.sentence(words, data)).collect()
    }

    /// Each scenario by itself, then its effect on the same paths.
    pub fn table(&self, data: &Data) -> Table {
        let (head, rows) = self.comparison.table();
        let rows = rows.iter().enumerate().map(|(place, (name, cells))| {
            let mut pool = Pool::default();
            pool.cite(self.sides.get(place).map(|side| self.side_citations(side)).into_iter().flatten());
            if let Some(it) = place.checked_sub(1).and_then(|place| self.comparison.what_ifs.get(place)) {
                pool.cite([
                    self.paired(Form::EffectRange, it, Metric::Ratio, &["ratio_p50", "ratio_p10", "ratio_p90"]),
                    self.paired(Form::Effect, it, Metric::Ratio, &["ratio_p50"]),
                ]);
            }
            (name.clone(), cells.iter().map(|cell| pool.sentence(cell, data)).collect())
        });
        Table {
            caption:
                "Medians with the range of 80% of paths. “On the same path” divides what-if by baseline path by path; \
                      the medians beside it divide to another number."
                    .to_owned(),
            corner: "Scenario".to_owned(),
            head,
            rows: rows.collect(),
        }
    }

    /// Which input did it, what pairing is worth, and the mixture.
    pub fn causes(&self, data: &Data) -> Vec<Sentence> {
        let causes = self.comparison.causes().into_iter();
        let all = causes.chain(self.comparison.pairing()).chain(self.comparison.mixture());
        all.map(|words| self.pool_of_causes(&words).sentence(&words, data)).collect()
    }

    /// The pool of a sentence on causes.
    fn pool_of_causes(&self, words: &str) -> Pool {
        let mut pool = Pool::default();
        pool.own(self.own()).cite(self.side_citations(&self.sides[0]));
        let base = &self.comparison.baseline.scenario;
        let (factor, log, wider) = ("factor_of_median_ratio", "log_median_ratio", "wider_as_ratio");
        for (it, side) in self.whom(words) {
            pool.cite(self.side_citations(side));
            let found = it.attribution.iter();
            for (part, _) in found.clone().flat_map(|found| it.main_parts(base, &found.parts)) {
                let row = [("what_if", it.side.scenario.name.as_str()), ("part", part.as_str())];
                let cell = |column: &str| Cell::new(PARTS, &row, &[column]);
                pool.cite([
                    Citation::new(Form::Points, cell(log)),
                    Citation::new(Form::Effect, cell(factor)),
                    Citation::new(Form::Points, cell(wider)),
                ]);
            }
            pool.cite([
                Self::attributed(Form::Effect, it, "inputs", "total", factor),
                Self::attributed(Form::Points, it, "inputs", "total", log),
                Self::attributed(Form::Points, it, "inputs", "total", wider),
            ]);
            for part in ["assumptions", "levers"] {
                pool.cite([Self::attributed(Form::Points, it, "assumptions then levers", part, log)]);
            }
            for part in found.flat_map(|found| &found.parts) {
                pool.cite([Self::attributed(Form::PointsError, it, "inputs", &part.name, "log_median_ratio_error")]);
            }
            pool.cite([self.paired(Form::Figures, it, Metric::Gap, &["narrowing"])]);
        }
        if let Some((weights, _)) = &self.comparison.ensemble {
            let year = self.comparison.horizon().to_string();
            let measure = Measure { metric: Metric::Ratio, subject: Subject::Gap };
            let region = measure.region(&self.comparison.baseline.scenario);
            let row = [("metric", "ratio"), ("region", region.as_str()), ("year", &year)];
            let cell = |columns: &[&str]| Cell::new("ensemble.csv", &row, columns);
            pool.cite([
                Citation::new(Form::MedianRatio, cell(&["p50", "p10", "p90"])),
                Citation::new(Form::Percent, cell(&["log_variance_from_choice_of_scenario"])),
            ]);
            let weights: Vec<String> = weights.iter().map(|weight| wording::percent(*weight)).collect();
            pool.own([weights.join(", "), "under 1%".to_owned()]);
        }
        pool
    }
}
