//! A comparison in files and words: inputs first, then what they change on the same luck, then which input did it.

use crate::metric::{Measure, Metric, Question, Subject};
use crate::scenario::{Difference, Role, Scenario, Setting};
use crate::summary::{
    Attribution, EnsembleRow, IdentityTerm, LEVELS, PairedRow, Summary, observed_years, rounded_to_add_up,
};
use crate::wording::{self, Purse};

use super::chart::{Chart, Effects, Multiples, MultiplesPanel, Waterfall};
use super::csv::{maybe, number, text};
use super::pictures;
use super::story::{aligned_lines, wrapped};

/// A scenario with what its paths say.
#[derive(Clone, Debug)]
pub struct Side {
    /// The scenario.
    pub scenario: Scenario,
    /// What its paths say.
    pub summary: Summary,
}

/// A what-if, held against the baseline.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The what-if by itself.
    pub side: Side,
    /// Paired differences.
    pub rows: Vec<PairedRow>,
    /// Inputs that differ.
    pub differences: Vec<Difference>,
    /// What the two do not have in common, in words.
    pub notes: Vec<String>,
    /// Which input did it, if it was asked for.
    pub attribution: Option<Attribution>,
    /// The mean change of the log ratio along deals × deal size.
    pub identity: Vec<IdentityTerm>,
}

/// A baseline and its what-ifs.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The baseline.
    pub baseline: Side,
    /// The what-ifs, in the order given.
    pub what_ifs: Vec<Compared>,
    /// Weights and rows of the mixture, if weights were given.
    pub ensemble: Option<(Vec<f64>, Vec<EnsembleRow>)>,
}

impl Compared {
    /// The name of an input as readers know it: an event by its own, anything else by its address.
    fn readable(&self, name: &str) -> String {
        let scenario = &self.side.scenario;
        let event = scenario.events.iter().find(|event| event.address == name).map(|event| event.name.clone());
        let jump = || scenario.jumps.iter().find(|jump| jump.address == name).map(|jump| jump.name.clone());
        event.or_else(jump).unwrap_or_else(|| wording::readable(name))
    }

    /// What readers know it by.
    fn name(&self) -> String {
        wording::short_title(&self.side.scenario.title)
    }
}

impl Comparison {
    /// Last year that all scenarios have.
    #[must_use]
    pub fn horizon(&self) -> i32 {
        let horizons = self.what_ifs.iter().map(|it| it.side.scenario.horizon);
        horizons.fold(self.baseline.scenario.horizon, i32::min)
    }

    fn purse(&self) -> Purse {
        Purse::of(&self.baseline.scenario.money)
    }

    /// `compare.csv`: a row for each what-if, metric, region and year.
    #[must_use]
    pub fn csv(&self) -> String {
        let header = "what_if,metric,region,year,unit,baseline_median,what_if_median,median_change,median_change_percent,\
                      difference_mean,standard_error,unpaired_standard_error,narrowing,difference_p2.5,difference_p10,\
                      difference_p25,difference_p50,difference_p75,difference_p90,difference_p97.5,percent_p50,ratio_p2.5,\
                      ratio_p10,ratio_p25,ratio_p50,ratio_p75,ratio_p90,ratio_p97.5,greater,greater_standard_error,greater_low,greater_high,unchanged,unchanged_standard_error,paths";
        let base = &self.baseline.scenario;
        let rows = self.what_ifs.iter().flat_map(|it| {
            it.rows.iter().map(move |row| {
                let d = &row.difference;
                let change = row.baseline_median.zip(row.what_if_median);
                let narrowing = d.unpaired_error.zip(d.standard_error).map(|(unpaired, paired)| unpaired / paired);
                let mut fields = vec![
                    it.side.scenario.name.clone(),
                    row.measure.metric.name().to_owned(),
                    row.measure.region(base),
                    row.year.to_string(),
                    row.measure.unit(base),
                    maybe(row.baseline_median),
                    maybe(row.what_if_median),
                    maybe(change.map(|(before, after)| if after == before { 0.0 } else { after - before })),
                    maybe(
                        change
                            .filter(|(before, _)| *before > 0.0)
                            .map(|(before, after)| 100.0 * (after / before - 1.0)),
                    ),
                    maybe(d.mean),
                    maybe(d.standard_error),
                    maybe(d.unpaired_error),
                    maybe(narrowing),
                ];
                fields.extend(seven(d.quantiles));
                fields.push(maybe(row.ratio.map(|ratio| 100.0 * (ratio[3] - 1.0))));
                fields.extend(seven(row.ratio));
                let (greater, same) = (&row.greater, &row.unchanged);
                fields.extend([greater.value, greater.standard_error, greater.low, greater.high].map(number));
                fields.extend([same.value, same.standard_error].map(number));
                fields.push(greater.paths.to_string());
                fields
            })
        });
        text(header, rows)
    }

    /// `inputs_diff.csv`: which inputs differ, and who set them.
    #[must_use]
    pub fn inputs_csv(&self) -> String {
        let header = "what_if,address,kind,baseline,what_if_value,baseline_set_by,baseline_line,what_if_set_by,what_if_line,why,source";
        let rows = self.what_ifs.iter().flat_map(|it| {
            it.differences.iter().map(move |difference| {
                let value =
                    |setting: &Option<Setting>| setting.as_ref().map_or_else(String::new, |it| it.value.clone());
                let place = |setting: &Option<Setting>| {
                    let origin = setting.as_ref().map(|it| it.set_by.clone());
                    let line = origin.as_ref().and_then(|it| it.line).map_or_else(String::new, |line| line.to_string());
                    [origin.map_or_else(String::new, |it| it.file), line]
                };
                let mut fields = vec![
                    it.side.scenario.name.clone(),
                    difference.address.clone(),
                    role(difference.role).to_owned(),
                    value(&difference.base),
                    value(&difference.what_if),
                ];
                fields.extend(place(&difference.base));
                fields.extend(place(&difference.what_if));
                let words = difference.what_if.as_ref();
                fields.push(words.and_then(|it| it.why.clone()).unwrap_or_default());
                fields.push(words.and_then(|it| it.source.clone()).unwrap_or_default());
                fields
            })
        });
        text(header, rows)
    }

    /// `attribution.csv`: parts of the difference by input (Shapley), by assumptions and levers, and along the identity.
    ///
    /// `log_median_ratio` has parts that are factors, `mean_gap` and `wider_as_ratio` parts that add up; the identity
    /// divides the mean change of the log ratio.
    #[must_use]
    pub fn attribution_csv(&self) -> String {
        let header = "what_if,year,split,part,kind,factor_of_median_ratio,log_median_ratio,log_median_ratio_error,mean_gap,\
                      mean_gap_error,wider_as_ratio,wider_as_ratio_error,mean_log_ratio";
        let mut rows = Vec::new();
        for it in &self.what_ifs {
            let name = &it.side.scenario.name;
            let Some(found) = &it.attribution else { continue };
            let row =
                |split: &str, part: &str, kind: &str, v: crate::summary::Answer, e: Option<crate::summary::Answer>| {
                    let mut fields = vec![name.clone(), found.year.to_string(), split.into(), part.into(), kind.into()];
                    fields.push(number(libm::exp(v.log_median_ratio)));
                    let errors = e.map(|e| [e.log_median_ratio, e.mean_gap, e.wider]);
                    for (place, value) in [v.log_median_ratio, v.mean_gap, v.wider].into_iter().enumerate() {
                        fields.extend([number(value), maybe(errors.map(|errors| errors[place]))]);
                    }
                    fields.push(String::new());
                    fields
                };
            for part in &found.parts {
                rows.push(row("inputs", &part.name, role(part.role), part.value, part.error));
            }
            rows.push(row("inputs", "total", "", found.what_if.minus(found.base), None));
            if let Some(middle) = found.with_assumptions {
                rows.push(row("assumptions then levers", "assumptions", "assumption", middle.minus(found.base), None));
                rows.push(row("assumptions then levers", "levers", "lever", found.what_if.minus(middle), None));
                rows.push(row("assumptions then levers", "total", "", found.what_if.minus(found.base), None));
            }
            let sides = [self.baseline.scenario.gap.lead, self.baseline.scenario.gap.follow];
            let of_identity = |part: String, log: f64| {
                let mut fields = vec![name.clone(), found.year.to_string(), "identity".into(), part, String::new()];
                fields.extend(std::iter::repeat_n(String::new(), 7));
                fields.push(number(log));
                fields
            };
            for term in &it.identity {
                let side = &self.baseline.scenario.regions[sides[term.side]].name;
                rows.push(of_identity(format!("{side}.{}", term.component), term.log_points));
            }
            if !it.identity.is_empty() {
                rows.push(of_identity("total".into(), it.identity.iter().map(|term| term.log_points).sum()));
            }
        }
        text(header, rows)
    }

    /// `ensemble.csv`: the mixture of all scenarios with their weights.
    #[must_use]
    pub fn ensemble_csv(&self) -> Option<String> {
        let (_, rows) = self.ensemble.as_ref()?;
        let base = &self.baseline.scenario;
        let levels = LEVELS.map(|level| format!("p{}", (level * 1000.0).round() / 10.0)).join(",");
        let header = format!("metric,region,year,unit,{levels},log_variance_from_choice_of_scenario");
        let rows = rows.iter().map(|row| {
            let mut fields = vec![
                row.measure.metric.name().to_owned(),
                row.measure.region(base),
                row.year.to_string(),
                row.measure.unit(base),
            ];
            fields.extend(row.quantiles.map(number));
            fields.push(maybe(row.from_choice));
            fields
        });
        Some(text(&header, rows))
    }

    /// Which inputs differ, a paragraph for each what-if.
    fn inputs(&self) -> Vec<String> {
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
    fn effects(&self) -> Vec<String> {
        let year = self.horizon();
        let sentence = |it: &Compared| {
            let row = PairedRow::of_gap(&it.rows, 0, Metric::Ratio, year);
            row.map_or_else(String::new, |row| wording::effect_sentence(&it.name(), row))
        };
        self.what_ifs.iter().map(sentence).filter(|words| !words.is_empty()).collect()
    }

    /// Head and rows of the table: each scenario by itself, then its effect on the same paths.
    fn table(&self) -> (Vec<String>, Vec<(String, Vec<String>)>) {
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
                Some((spread.quantile(0.5)?, spread.quantile(0.1)?, spread.quantile(0.9)?))
            };
            let undefined = || "undefined".to_owned();
            let wider = side.summary.probability(Question::WiderAsRatio, year);
            let cells = vec![
                of(Metric::Ratio).map_or_else(undefined, |(m, l, h)| wording::median_ratio(m, l, h)),
                effect.and_then(|row| row.ratio).map_or("–".to_owned(), |q| {
                    format!("{} ({} to {})", wording::effect(q[3]), wording::effect(q[1]), wording::effect(q[5]))
                }),
                wider.map_or("–".to_owned(), |p| wording::stated(p.hits, p.paths)),
                of(Metric::Gap).map_or_else(undefined, |(m, l, h)| purse.median_money(m, l, h)),
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
    fn causes(&self) -> Vec<String> {
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
    fn pairing(&self) -> Option<String> {
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

    fn mixture(&self) -> Option<String> {
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

    /// `summary.md`.
    #[must_use]
    pub fn summary_md(&self, command: &str, charts: &[&str]) -> String {
        let escaped = super::summary_md::escaped;
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

    /// Small multiples, the comparison, and a waterfall for each what-if with several inputs.
    #[must_use]
    pub fn charts(&self) -> Vec<(String, Chart)> {
        let base = &self.baseline;
        let measure = Measure { metric: Metric::Ratio, subject: Subject::Gap };
        let (seen, _) = pictures::fan(&base.scenario, &base.summary, measure);
        let horizon = self.horizon();
        let panel = |side: &Side| {
            let bands = pictures::fan(&side.scenario, &side.summary, measure).1;
            MultiplesPanel {
                name: wording::short_title(&side.scenario.title),
                words: side.scenario.summary.clone(),
                bands: bands.into_iter().filter(|band| band.year <= horizon).collect(),
                events: pictures::events(&side.scenario).into_iter().filter_map(|event| event.year).collect(),
            }
        };
        let panels: Vec<MultiplesPanel> =
            std::iter::once(base).chain(self.what_ifs.iter().map(|it| &it.side)).map(panel).collect();
        let names: Vec<&str> = self.what_ifs.iter().map(|it| it.side.scenario.name.as_str()).collect();
        let credits = super::chart::Credits {
            scenario: format!("{} and {}", base.scenario.name, names.join(", ")),
            events: Vec::new(),
            ..pictures::credits(&base.scenario, &base.summary)
        };
        let region = |place: usize| wording::short_name(&base.scenario.regions[place].name);
        let regions = [region(base.scenario.gap.lead), region(base.scenario.gap.follow)];
        let base_year = observed_years(&base.scenario).last().unwrap_or(base.scenario.base_year);
        let mut charts = vec![(
            "scenarios".to_owned(),
            Chart::Multiples(Multiples {
                panels: panels.clone(),
                seen: seen.clone(),
                base_year,
                horizon,
                regions: regions.clone(),
                credits: credits.clone(),
            }),
        )];
        let effects: Vec<([f64; 7], String)> = self.what_ifs.iter().map(|it| self.effect(it)).collect();
        let largest = effects
            .iter()
            .zip(&panels[1..])
            .filter(|((q, _), _)| q[3].is_finite() && q[3] > 0.0)
            .max_by(|a, b| libm::log(a.0.0[3]).abs().total_cmp(&libm::log(b.0.0[3]).abs()));
        let title = largest.map_or_else(
            || format!("The scenarios side by side in {horizon}"),
            |((q, _), panel)| wording::effect_title(&panel.name, horizon, q[3]),
        );
        let chart = Effects {
            panels,
            effects,
            title,
            seen,
            base_year,
            horizon,
            regions: regions.clone(),
            credits: credits.clone(),
        };
        charts.push(("compare".to_owned(), Chart::Effects(chart)));
        for it in &self.what_ifs {
            let Some(found) = &it.attribution else { continue };
            let (first, last) = (libm::exp(found.base.log_median_ratio), libm::exp(found.what_if.log_median_ratio));
            let usable = [first, last].iter().all(|it| it.is_finite() && *it > 0.0);
            if found.parts.len() < 2 || !usable {
                continue;
            }
            let parts =
                found.parts.iter().map(|part| (it.readable(&part.name), libm::exp(part.value.log_median_ratio)));
            let chart = Waterfall {
                what_if: it.name(),
                first,
                last,
                parts: parts.collect(),
                year: found.year,
                regions: regions.clone(),
                credits: credits.clone(),
            };
            charts.push((format!("attribution-{}", it.side.scenario.name), Chart::Waterfall(chart)));
        }
        charts
    }

    /// Quantiles of the paired effect, and the words beside them.
    fn effect(&self, it: &Compared) -> ([f64; 7], String) {
        let Some(row) = PairedRow::of_gap(&it.rows, 0, Metric::Ratio, self.horizon()) else {
            return ([f64::NAN; 7], "not in common".to_owned());
        };
        let Some(q) = row.ratio else { return ([f64::NAN; 7], "undefined".to_owned()) };
        let paths = row.greater.paths;
        let smaller = paths - row.greater.hits - row.unchanged.hits;
        let share = match (row.greater.hits, smaller, row.unchanged.hits) {
            (0, 0, _) => String::new(),
            (0, _, 0) | (_, 0, 0) => String::new(),
            (0, _, same) | (_, 0, same) => format!(", no change in {}", wording::stated(same, paths)),
            (larger, _, _) if q[3] >= 1.0 => format!(", larger in {}", wording::stated(larger, paths)),
            (_, smaller, _) => format!(", smaller in {}", wording::stated(smaller, paths)),
        };
        (q, format!("median {}{share}", wording::effect(q[3])))
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

fn seven(quantiles: Option<[f64; 7]>) -> Vec<String> {
    quantiles.map_or_else(|| vec![String::new(); 7], |quantiles| quantiles.map(number).to_vec())
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Assumption => "assumption",
        Role::Lever => "lever",
    }
}
