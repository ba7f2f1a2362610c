//! Inputs that a question varies: which of a scenario's inputs can be, between which values, and how.

use crate::diagnostic::did_you_mean;
use crate::engine::{Design, Layer, Plan, Refused as NotPlanned, Source};
use crate::growth::Kind;
use crate::measure::Mistake;
use crate::scenario::{Assumption, AssumptionId, Role, Scenario};

/// An input that is varied.
#[derive(Clone, Debug, PartialEq)]
pub struct Varied {
    /// Place among the scenario's assumptions.
    pub id: AssumptionId,
    /// Address of the input.
    pub address: String,
    /// Whether it is held certain at each value, instead of moved so that its median is the value and its spread stays.
    pub fixed: bool,
    /// Between which values, in the internal unit.
    pub range: (f64, f64),
}

/// How far out of its own law an uncertain input is varied: between its first and its last percentile.
const PERCENTILES: (f64, f64) = (0.01, 0.99);

/// A certain amount is varied up to so many times as large or as small.
const TIMES: f64 = 100.0;

impl Varied {
    /// The input of an address, as `china.deals.growth` or `china.deals.growth.median`, over all it can be.
    ///
    /// # Errors
    /// If the scenario has no such input, or one that cannot be varied.
    pub fn of(scenario: &Scenario, address: &str, fixed: bool) -> Result<Self, Mistake> {
        let plain = address.strip_suffix(".median").unwrap_or(address);
        let mistake = |what: String, cure: String| Mistake { span: 0..address.len(), what, cure };
        let Some(id) = scenario.assumptions().iter().position(|it| it.address() == plain) else {
            let known = || scenario.assumptions().iter().map(Assumption::address);
            let same_word = |it: &&str| {
                it.rsplit('.').next() == plain.rsplit('.').next() && it.split('.').next() == plain.split('.').next()
            };
            let alike: Vec<&str> = known().filter(same_word).collect();
            let cure = match (alike.as_slice(), did_you_mean(plain, known())) {
                ([_, ..], _) => format!("this scenario has {}", alike.join(" and ")),
                (_, Some(meant)) => format!("did you mean `{meant}`?"),
                _ => "aigap params lists every input of a scenario".to_owned(),
            };
            return Err(mistake(format!("the scenario has no input `{plain}`"), cure));
        };
        let assumption = &scenario.assumptions()[id];
        if let Some(why) = why_not(scenario, assumption) {
            return Err(mistake(format!("`{plain}` cannot be varied: {why}"), "name another input".to_owned()));
        }
        let address = assumption.address().to_owned();
        Ok(Self { id, address, fixed: fixed || assumption.law().is_fixed(), range: possible(scenario, assumption) })
    }

    /// Every input that can be varied, in the order of `params`: uncertain ones between their first and last percentile,
    /// certain ones over all they can be.
    #[must_use]
    pub fn all(scenario: &Scenario) -> Vec<Self> {
        let varied = scenario.assumptions().iter().enumerate().filter_map(|(id, assumption)| {
            why_not(scenario, assumption).is_none().then(|| {
                let fixed = assumption.law().is_fixed();
                let range = if fixed { possible(scenario, assumption) } else { usual(scenario, assumption) };
                Self { id, address: assumption.address().to_owned(), fixed, range }
            })
        });
        varied.collect()
    }

    /// This input between two values that a user wrote as `-10%:40%`.
    ///
    /// # Errors
    /// What is wrong with them, in their bytes.
    pub fn between(self, scenario: &Scenario, text: &str) -> Result<Self, Mistake> {
        let assumption = &scenario.assumptions()[self.id];
        let Some((low, high)) = text.split_once(':') else {
            let what = format!("`{text}` has no two ends");
            return Err(Mistake {
                span: 0..text.len(),
                what,
                cure: "write them with a colon between: -10%:40%".to_owned(),
            });
        };
        let at = |start: usize| move |it: Mistake| Mistake { span: it.span.start + start..it.span.end + start, ..it };
        let first = assumption.read(low)?;
        let second = assumption.read(high).map_err(at(low.len() + 1))?;
        if first >= second {
            let what = format!("{} is not below {}", low.trim(), high.trim());
            return Err(Mistake { span: 0..text.len(), what, cure: "write the lower end first".to_owned() });
        }
        let possible = possible(scenario, assumption);
        if first < possible.0 || second > possible.1 {
            let (low, high) = (assumption.as_written(possible.0), assumption.as_written(possible.1));
            let what = format!("`{}` cannot be that", self.address);
            let cure = format!("it must be between {} and {}", low.trim_matches('"'), high.trim_matches('"'));
            return Err(Mistake { span: 0..text.len(), what, cure });
        }
        Ok(Self { range: (first, second), ..self })
    }

    /// Whether a decision sets it.
    #[must_use]
    pub fn is_lever(&self, scenario: &Scenario) -> bool {
        scenario.assumptions()[self.id].role() == Role::Lever
    }

    /// The value that the scenario gives it: its median.
    #[must_use]
    pub fn own(&self, scenario: &Scenario) -> f64 {
        scenario.assumptions()[self.id].law().median()
    }

    /// A design with this input at a value.
    #[must_use]
    pub fn at(&self, design: &Design, value: f64) -> Design {
        let source = if self.fixed { Source::Fixed(value) } else { Source::Median(value) };
        design.clone().with(self.address.as_str(), source)
    }

    /// So many values from one end of the range to the other: whole years, amounts by equal factors, all else by equal steps.
    #[must_use]
    pub fn grid(&self, scenario: &Scenario, points: usize) -> Vec<f64> {
        let (low, high) = self.range;
        let kind = scenario.assumptions()[self.id].kind();
        if kind == Kind::Year {
            let (low, high) = (low.ceil() as i32, high.floor() as i32);
            return (low..=high).map(f64::from).collect();
        }
        let by_factors = matches!(kind, Kind::Level | Kind::Number) && low > 0.0;
        let step = |place: usize| {
            let share = place as f64 / (points - 1) as f64;
            match place {
                0 => low,
                last if last + 1 == points => high,
                _ if by_factors => low * libm::pow(high / low, share),
                _ => low + (high - low) * share,
            }
        };
        (0..points).map(step).collect()
    }
}

/// Why an input is never varied.
fn why_not(scenario: &Scenario, assumption: &Assumption) -> Option<&'static str> {
    let address = assumption.address();
    if Layer::of(assumption) == Layer::Measurement {
        return Some("it is about the figures that everything starts from");
    }
    if address.starts_with("money.") {
        return Some("it moves the amounts that are shown and not the market");
    }
    let probe = Design::new().with(address, Source::Fixed(assumption.law().median()));
    let other =
        Design::new().with(address, Source::Law(crate::distribution::Distribution::Uniform { low: 0.4, high: 0.6 }));
    match Plan::new(scenario).under(&probe).and_then(|_| Plan::new(scenario).under(&other)) {
        Err(NotPlanned::Structural { .. }) => Some("it shapes the scenario itself; set it with --set"),
        _ => None,
    }
}

/// Between which values an input may lie at all, in the internal unit.
fn possible(scenario: &Scenario, assumption: &Assumption) -> (f64, f64) {
    let (low, high) = assumption.range();
    let own = assumption.law().median();
    match assumption.kind() {
        Kind::Year => (f64::from(scenario.base_year() + 1), f64::from(scenario.horizon())),
        Kind::Level | Kind::Number => ((own / TIMES).max(low), (own * TIMES).min(high)),
        _ => (low, high),
    }
}

/// Between the first and the last percentile of its own law, as far as it may lie there.
fn usual(scenario: &Scenario, assumption: &Assumption) -> (f64, f64) {
    let (low, high) = possible(scenario, assumption);
    let law = assumption.law();
    (law.quantile(PERCENTILES.0).max(low), law.quantile(PERCENTILES.1).min(high))
}
