//! The files of a comparison: paired differences, inputs that differ, what each input did, the mixture.

use crate::metric::Metric;
use crate::scenario::{Scenario, Setting};
use crate::summary::{Answer, LEVELS, PairedRow, rounded_to_add_up};

use super::csv::{self, maybe, number, text};
use crate::study::{Compared, Comparison};

impl Comparison {
    /// `compare.csv`: a row for each what-if, metric, region and year.
    ///
    /// Medians and their change are of each side by itself; everything behind is of the same paths under both.
    #[must_use]
    pub fn csv(&self) -> String {
        let header = "what_if,metric,region,year,unit,baseline_median,what_if_median,change_of_median,\
                      change_of_median_percent,difference_mean,difference_mean_error,unpaired_error,narrowing,\
                      difference_p2.5,difference_p10,difference_p25,difference_p50,difference_p75,difference_p90,\
                      difference_p97.5,difference_p50_error,percent_p2.5,percent_p10,percent_p50,percent_p90,\
                      percent_p97.5,ratio_p2.5,ratio_p10,ratio_p25,ratio_p50,ratio_p75,ratio_p90,ratio_p97.5,\
                      log_ratio_p50_error,greater,greater_error,greater_low,greater_high,smaller,smaller_error,\
                      unchanged,unchanged_error,n_undefined,paths";
        let base = &self.baseline.scenario;
        let rows = self.what_ifs.iter().flat_map(|it| it.rows.iter().map(move |row| pairs(base, it, row)));
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
                    difference.role.name().to_owned(),
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

    /// `assumptions.csv`: every input of every scenario, the baseline first.
    #[must_use]
    pub fn assumptions_csv(&self) -> String {
        let rows = self.scenarios().flat_map(|scenario| {
            let named = |fields: Vec<String>| std::iter::once(scenario.name.clone()).chain(fields).collect();
            scenario.assumptions.iter().map(csv::assumption).map(named)
        });
        text(&format!("scenario,{}", csv::ASSUMPTION), rows)
    }

    /// `attribution.csv`: parts of the difference by input (Shapley), by assumptions and levers, and along the identity.
    ///
    /// `log_median_ratio` has parts that are factors, `mean_gap` and `wider_as_ratio` parts that add up; the identity
    /// divides the mean change of the log ratio. Every number is rounded to nine decimals so that parts add up to their
    /// total in the digits of the file. The median of the paired ratios stands beside, because it is another number.
    #[must_use]
    pub fn attribution_csv(&self) -> String {
        let header = "what_if,year,split,part,kind,inputs,factor_of_median_ratio,log_median_ratio,\
                      log_median_ratio_error,mean_gap,mean_gap_error,wider_as_ratio,wider_as_ratio_error,\
                      mean_log_ratio";
        let rows = self.what_ifs.iter().flat_map(|it| self.attributed(it));
        text(header, rows)
    }

    fn attributed(&self, it: &Compared) -> Vec<Vec<String>> {
        let Some(found) = &it.attribution else { return Vec::new() };
        let whole = found.what_if.minus(found.base);
        let head = |split: &str, part: &str, kind: &str, inputs: &[String]| {
            let name = &it.side.scenario.name;
            vec![name.clone(), found.year.to_string(), split.into(), part.into(), kind.into(), inputs.join("; ")]
        };
        let row = |head: Vec<String>, [log, gap, wider]: [f64; 3], errors: Option<[f64; 3]>| {
            let mut fields = head;
            fields.push(number(libm::exp(log)));
            for (value, place) in [log, gap, wider].into_iter().zip(0..) {
                fields.extend([number(value), maybe(errors.map(|errors: [f64; 3]| errors[place]))]);
            }
            fields.push(String::new());
            fields
        };
        let mut rows = Vec::new();
        let parts = add_up(&found.parts.iter().map(|part| numbers(part.value)).collect::<Vec<_>>(), numbers(whole));
        for (part, values) in found.parts.iter().zip(&parts.0) {
            let head = head("inputs", &part.name, part.role.name(), &part.addresses);
            rows.push(row(head, *values, part.error.map(numbers)));
        }
        rows.push(row(head("inputs", "total", "", &[]), parts.1, None));
        if let Some(middle) = found.with_assumptions {
            let steps = [middle.minus(found.base), found.what_if.minus(middle)].map(numbers);
            let steps = add_up(&steps, numbers(whole));
            let split = "assumptions then levers";
            rows.push(row(head(split, "assumptions", "assumption", &[]), steps.0[0], None));
            rows.push(row(head(split, "levers", "lever", &[]), steps.0[1], None));
            rows.push(row(head(split, "total", "", &[]), steps.1, None));
        }
        if let Some(median) = PairedRow::of_gap(&it.rows, Metric::Ratio, found.year).and_then(|row| row.ratio) {
            let (log, none) = (rounded(libm::log(median[3])), f64::NAN);
            let head = head("paired", "median of the paired ratios", "", &[]);
            rows.push(row(head, [log, none, none], None));
        }
        let sides = [self.baseline.scenario.gap.lead, self.baseline.scenario.gap.follow];
        let logs: Vec<[f64; 1]> = it.identity.iter().map(|term| [term.log_points]).collect();
        let (logs, total) = add_up(&logs, [logs.iter().map(|[log]| log).sum()]);
        let of_identity = |part: &str, [log]: [f64; 1]| {
            let mut fields = head("identity", part, "", &[]);
            fields.extend(std::iter::repeat_n(String::new(), 7));
            fields.push(number(log));
            fields
        };
        for (term, log) in it.identity.iter().zip(logs) {
            let side = &self.baseline.scenario.regions[sides[term.side]].name;
            rows.push(of_identity(&format!("{side}.{}", term.component), log));
        }
        if !it.identity.is_empty() {
            rows.push(of_identity("total", total));
        }
        rows
    }

    /// `ensemble.csv`: the mixture of all scenarios with their weights.
    #[must_use]
    pub fn ensemble_csv(&self) -> Option<String> {
        let (_, rows) = self.ensemble.as_ref()?;
        let base = &self.baseline.scenario;
        let levels = LEVELS.map(quantile_name).join(",");
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
}

/// Decimals of the numbers that must add up.
const DECIMALS: i32 = 9;

/// Columns of parts rounded so that each adds up to its rounded whole.
fn add_up<const N: usize>(parts: &[[f64; N]], whole: [f64; N]) -> (Vec<[f64; N]>, [f64; N]) {
    let mut rounded = parts.to_vec();
    for column in 0..N {
        let values: Vec<f64> = parts.iter().map(|row| row[column]).collect();
        let values = rounded_to_add_up(&values, whole[column], DECIMALS);
        rounded.iter_mut().zip(values).for_each(|(row, value)| row[column] = value);
    }
    (rounded, whole.map(self::rounded))
}

/// A number at those decimals.
fn rounded(value: f64) -> f64 {
    rounded_to_add_up(&[value], value, DECIMALS)[0]
}

fn numbers(answer: Answer) -> [f64; 3] {
    [answer.log_median_ratio, answer.mean_gap, answer.wider]
}

/// A row of `compare.csv`.
fn pairs(base: &Scenario, it: &Compared, row: &PairedRow) -> Vec<String> {
    let d = &row.difference;
    let change = row.baseline_median.zip(row.what_if_median);
    let percent = |ratio: f64| 100.0 * (ratio - 1.0);
    let mut fields = vec![
        it.side.scenario.name.clone(),
        row.measure.metric.name().to_owned(),
        row.measure.region(base),
        row.year.to_string(),
        row.measure.unit(base),
        maybe(row.baseline_median),
        maybe(row.what_if_median),
        maybe(change.map(|(before, after)| if after == before { 0.0 } else { after - before })),
        maybe(change.filter(|(before, _)| row.ratio.is_some() && *before > 0.0).map(|(a, b)| percent(b / a))),
        maybe(d.mean),
        maybe(d.standard_error),
        maybe(d.unpaired_error),
        maybe(row.narrowing()),
    ];
    fields.extend(seven(d.quantiles));
    fields.push(maybe(d.median_error));
    fields.extend([0, 1, 3, 5, 6].map(|place| maybe(row.ratio.map(|ratio| percent(ratio[place])))));
    fields.extend(seven(row.ratio));
    fields.push(maybe(row.ratio_error));
    let (greater, smaller, same) = (&row.greater, &row.smaller, &row.unchanged);
    fields.extend([greater.value, greater.standard_error, greater.low, greater.high].map(number));
    fields.extend([smaller.value, smaller.standard_error, same.value, same.standard_error].map(number));
    fields.extend([row.undefined.to_string(), greater.paths.to_string()]);
    fields
}

fn seven(quantiles: Option<[f64; 7]>) -> Vec<String> {
    quantiles.map_or_else(|| vec![String::new(); 7], |quantiles| quantiles.map(number).to_vec())
}

/// `p2.5`, `p50`: the name of a quantile's column.
pub(crate) fn quantile_name(level: f64) -> String {
    format!("p{}", (level * 1000.0).round() / 10.0)
}
