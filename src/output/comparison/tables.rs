//! The files of a comparison: paired differences, inputs that differ, what each input did, the mixture.

use crate::scenario::{Role, Setting};
use crate::summary::LEVELS;

use super::super::csv::{maybe, number, text};
use super::Comparison;

impl Comparison {
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
