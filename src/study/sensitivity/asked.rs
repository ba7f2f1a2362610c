//! A recipe for sensitivity, read with the names of its scenario.

use crate::distribution::Distribution;
use crate::measure::{Metric, Mistake, QuantityOfInterest, Statistic, Target};
use crate::metric::Measure;
use crate::scenario::Scenario;
use crate::summary::PathValue;

use super::super::exists::why_it_does_not_exist;
use super::super::named::{asked_twice, named_twice};
use super::super::recipe::{By, Sensitivity, SensitivityMethod};
use super::super::refused::Refused;
use super::super::varied::Varied;

/// Most uncertain inputs among which a variance is divided by Shapley's rule.
const MOST_PLAYERS: usize = 60;

/// What a target begins with that says no statistic, and one that says this one.
const MEDIAN: &str = "median of ";

/// A recipe for sensitivity, read with the names of its scenario.
#[derive(Clone, Debug)]
pub struct AskedSensitivity {
    /// The scenario, with the ranges that were laid over it.
    pub scenario: Scenario,
    /// Certain inputs that were given a range, each with its own.
    pub ranged: Vec<Varied>,
    /// What is asked of.
    pub targets: Vec<Target>,
}

impl Sensitivity {
    /// Reads its targets and ranges.
    ///
    /// # Errors
    /// The first mistake, with the flag it stands behind.
    pub fn asked(&self, scenario: &Scenario) -> Result<AskedSensitivity, Refused> {
        let (scenario, ranged) = self.with_ranges(scenario)?;
        let horizon = scenario.horizon();
        let usual = |text: &str| scenario.target(&format!("{text} in {horizon}")).ok();
        let mut targets = Vec::new();
        for text in &self.of {
            let wrong = |mistake| Refused::Asked { flag: "--of", text: text.clone(), mistake };
            let target = scenario.target(text).map_err(wrong)?;
            if let Some((what, cure)) = unfit(&scenario, (&target, text), self.method) {
                return Err(wrong(Mistake { span: 0..text.len(), what, cure }));
            }
            let target = self.named(target);
            if let Some(mistake) = asked_twice(&targets, &target, text) {
                return Err(wrong(mistake));
            }
            targets.push(target);
        }
        let divides = self.method != SensitivityMethod::Tornado && self.by != By::Layer;
        if let Some(drawn) = scenario.assumptions().iter().find_map(|it| it.drawn()).filter(|_| divides) {
            return Err(Refused::DrawnTogether { file: drawn.file.clone() });
        }
        let uncertain = (0..scenario.assumptions().len()).filter(|id| scenario.varies(*id)).count();
        if self.method == SensitivityMethod::Shapley && uncertain > MOST_PLAYERS {
            return Err(Refused::TooManyPlayers { uncertain, most: MOST_PLAYERS });
        }
        if targets.is_empty() {
            targets = match self.method {
                SensitivityMethod::Tornado => {
                    [usual("median of ratio"), usual("median of gap")].into_iter().flatten().collect()
                }
                SensitivityMethod::Sobol | SensitivityMethod::Shapley => {
                    usual("ratio").into_iter().map(|target| self.named(target)).collect()
                }
            };
        }
        Ok(AskedSensitivity { scenario, ranged, targets })
    }

    /// A target by its name in the answer: shares are those of the variance of a path's value, and not of its median.
    fn named(&self, target: Target) -> Target {
        let of_path = self.method != SensitivityMethod::Tornado;
        let value = target.text.strip_prefix(MEDIAN).filter(|_| of_path).map(str::to_owned);
        Target { text: value.unwrap_or(target.text), ..target }
    }

    /// The scenario with every range that was given in place of a certain value, and these.
    fn with_ranges(&self, scenario: &Scenario) -> Result<(Scenario, Vec<Varied>), Refused> {
        let mut changed = scenario.clone();
        let mut named: Vec<Varied> = Vec::new();
        for text in &self.also {
            let wrong = |span: std::ops::Range<usize>, what: String, cure: &str| Refused::Asked {
                flag: "--also",
                text: text.clone(),
                mistake: Mistake { span, what, cure: cure.to_owned() },
            };
            let Some((address, range)) = text.split_once('=') else {
                let cure = "write us.deals.volatility=15%:30%";
                return Err(wrong(0..text.len(), "this gives no range".to_owned(), cure));
            };
            let at = |start: usize, it: Mistake| wrong(it.span.start + start..it.span.end + start, it.what, &it.cure);
            let varied = Varied::of(scenario, address.trim(), true).map_err(|it| at(0, it))?;
            if varied.is_part() {
                let cure = "give the range to the input itself";
                return Err(wrong(
                    0..address.len(),
                    "a range is one of an input and not of a part of its law".to_owned(),
                    cure,
                ));
            }
            let varied = varied.between(scenario, range).map_err(|it| at(address.len() + 1, it))?;
            if let Some(mistake) = named_twice(named.iter(), &varied, address) {
                return Err(wrong(mistake.span, mistake.what, "give it one range"));
            }
            if !scenario.assumptions()[varied.id].law().is_fixed() {
                let [low, high] = [varied.range.0, varied.range.1].map(|it| varied.as_written(scenario, it));
                let what = format!("`{}` is uncertain already, and takes part by its own law", varied.address);
                let cure = format!(
                    "leave it out; another law is laid over it by --set '{} = {{ uniform = [{low}, {high}] }}'",
                    varied.address
                );
                return Err(wrong(0..address.len(), what, &cure));
            }
            named.push(varied.clone());
            let law = Distribution::Uniform { low: varied.range.0, high: varied.range.1 };
            let set = changed.set(&varied.address, law);
            changed = set.map_err(|problem| wrong(0..text.len(), problem.what.clone(), &problem.cure))?;
        }
        Ok((changed, named))
    }
}

/// Why a target, as it was written, has no variance, or is a number that does not exist.
fn unfit(
    scenario: &Scenario,
    (target, written): (&Target, &str),
    method: SensitivityMethod,
) -> Option<(String, String)> {
    let QuantityOfInterest::Statistic { statistic, metric, year, .. } = &target.asked else { return None };
    let value_of_a_path =
        *statistic == Statistic::Quantile(0.5) && !written.trim_start().starts_with(MEDIAN.trim_end());
    match method {
        SensitivityMethod::Tornado => {
            let what = why_it_does_not_exist(scenario, &target.asked)?;
            Some((what, "ask for the median or a quantile".to_owned()))
        }
        SensitivityMethod::Sobol | SensitivityMethod::Shapley if !value_of_a_path => {
            // `p90 of us.funding in 2028` is that of `us.funding in 2028`.
            let value = target
                .text
                .split_once(" of ")
                .map_or_else(|| format!("{} in {year}", metric.name()), |(_, value)| value.to_owned());
            Some((
                format!("`{}` is one number and has no variance to divide", target.text),
                format!("write the value of a path, \"{value}\", or P(…)"),
            ))
        }
        SensitivityMethod::Sobol | SensitivityMethod::Shapley => None,
    }
}

/// The value of a path whose variance a target names: in logs where it cannot be negative and is no share.
#[must_use]
pub fn path_value(target: &Target) -> PathValue {
    match &target.asked {
        QuantityOfInterest::Share { condition, year } => PathValue::Holds(condition.clone(), *year),
        QuantityOfInterest::Statistic { metric: Metric::Ratio, subject, year, .. } => {
            PathValue::Value(Measure { metric: Metric::LogRatio, subject: *subject }, *year)
        }
        QuantityOfInterest::Statistic { metric, subject, year, .. } => {
            let measure = Measure { metric: *metric, subject: *subject };
            let in_logs = metric.values() == crate::measure::Values::NotNegative;
            if in_logs { PathValue::Log(measure, *year) } else { PathValue::Value(measure, *year) }
        }
    }
}

/// Whether a target cannot be negative, so that its swings are factors.
pub(super) fn in_logs(target: &Target) -> bool {
    matches!(&target.asked, QuantityOfInterest::Statistic { metric, statistic, .. }
        if metric.values() == crate::measure::Values::NotNegative && *statistic != Statistic::Sd)
}
