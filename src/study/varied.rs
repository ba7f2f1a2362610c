//! Inputs that a question varies: which of a scenario's inputs can be, between which values, and how.

mod part;

use crate::diagnostic::did_you_mean;
use crate::distribution::Distribution;
use crate::engine::{Design, Layer, Plan, Refused as NotPlanned, Source};
use crate::growth::Kind;
use crate::measure::Mistake;
use crate::scenario::{Assumption, AssumptionId, Role, Scenario};

use part::Part;

/// An input that is varied.
#[derive(Clone, Debug, PartialEq)]
pub struct Varied {
    /// Place among the scenario's assumptions.
    pub id: AssumptionId,
    /// Address of the input, with the part of its law behind it if that is what is varied.
    pub address: String,
    /// Whether it is held certain at each value, instead of moved so that its median is the value and its spread stays.
    pub fixed: bool,
    /// Between which values, in the internal unit.
    pub range: (f64, f64),
    /// The part of its law that is varied, if it is not the input itself.
    part: Option<OfLaw>,
}

/// A part of an input's law, such as the standard deviation of a growth.
#[derive(Clone, Debug, PartialEq)]
struct OfLaw {
    part: Part,
    /// Address of the input itself.
    input: String,
    law: Distribution,
    /// Between which values the input may lie.
    bounds: (f64, f64),
    /// Whether it is the standard deviation of a log, which is written as a percentage.
    spread: bool,
}

/// How far out of its own law an uncertain input is varied: between its first and its last percentile.
const PERCENTILES: (f64, f64) = (0.01, 0.99);

/// A certain amount is varied up to so many times as large or as small.
const TIMES: f64 = 100.0;

/// A standard deviation is varied up to so many times as large or as small.
const SPREADS: f64 = 5.0;

impl Varied {
    /// The input of an address, as `china.deals.growth` or `china.deals.growth.median`, over all it can be; or a part of its law,
    /// as `china.deals.growth.sd`.
    ///
    /// # Errors
    /// If the scenario has no such input, or one that cannot be varied.
    pub fn of(scenario: &Scenario, address: &str, fixed: bool) -> Result<Self, Mistake> {
        let is_input = |address: &str| scenario.assumptions().iter().any(|it| it.address() == address);
        let named = address.rsplit_once('.').and_then(|(input, name)| Some((input, Part::named(name)?)));
        let part = named.filter(|(input, _)| is_input(input) && !is_input(address));
        let plain = part.map_or_else(|| address.strip_suffix(".median").unwrap_or(address), |(input, _)| input);
        let mistake = |what: String, cure: String| Mistake { span: 0..address.len(), what, cure };
        let Some(id) = scenario.assumptions().iter().position(|it| it.address() == plain) else {
            let never = match plain {
                "luck" => Some(("cannot be moved", "aigap sensitivity says how much of the answer it decides")),
                "horizon" | "currency" | "prices" | "paths" | "seed" => {
                    Some(("is never varied: it only moves the goalposts", "name an input that aigap params lists"))
                }
                _ => None,
            };
            if let Some((what, cure)) = never {
                return Err(mistake(format!("`{plain}` {what}"), cure.to_owned()));
            }
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
        if let Some((_, part)) = part {
            let found = Self::part_of(scenario, id, part).filter(|_| !fixed);
            return found.ok_or_else(|| {
                let what = format!("`{plain}` has no {} to vary", part.name());
                let cure = format!("a normal or lognormal law has one; `{plain}` itself can be varied");
                mistake(what, cure)
            });
        }
        let address = assumption.address().to_owned();
        let fixed = fixed || assumption.law().is_fixed();
        Ok(Self { id, address, fixed, range: possible(scenario, assumption), part: None })
    }

    /// A part of the law of an input; `None` where its law is not given by such parts.
    fn part_of(scenario: &Scenario, id: AssumptionId, part: Part) -> Option<Self> {
        let assumption = &scenario.assumptions()[id];
        let (law, bounds) = (assumption.law().clone(), possible(scenario, assumption));
        let own = part.of(&law)?;
        let beside = part.beside().of(&law)?;
        let range = match part {
            Part::Mean => bounds,
            Part::Sd => (own / SPREADS, own * SPREADS),
            // The two ends stay apart by a thousandth of what lies between them.
            Part::Quantile(p) if p < 0.5 => (bounds.0, beside - 1e-3 * (beside - own)),
            Part::Quantile(_) => (beside + 1e-3 * (own - beside), bounds.1),
        };
        let spread = part == Part::Sd && matches!(assumption.kind(), Kind::Growth | Kind::Effect | Kind::Points);
        let input = assumption.address().to_owned();
        let address = format!("{input}.{}", part.name());
        Some(Self { id, address, fixed: false, range, part: Some(OfLaw { part, input, law, bounds, spread }) })
    }

    /// Every input that can be varied, in the order of `params`: uncertain ones between their first and last percentile,
    /// certain ones over all they can be.
    #[must_use]
    pub fn all(scenario: &Scenario) -> Vec<Self> {
        let varied = scenario.assumptions().iter().enumerate().filter(|(_, it)| why_not(scenario, it).is_none()).map(
            |(id, it)| {
                let fixed = it.law().is_fixed();
                let range = if fixed { possible(scenario, it) } else { usual(scenario, it) };
                Self { id, address: it.address().to_owned(), fixed, range, part: None }
            },
        );
        varied.collect()
    }

    /// This input between the first and the last percentile of its own law, as far as it may lie there; over all it can be if it
    /// is certain, and as it was if it is a part of a law.
    #[must_use]
    pub fn as_likely(self, scenario: &Scenario) -> Self {
        let assumption = &scenario.assumptions()[self.id];
        if self.part.is_some() || assumption.law().is_fixed() {
            return self;
        }
        Self { range: usual(scenario, assumption), ..self }
    }

    /// This input between two values that a user wrote as `-10%:40%`.
    ///
    /// # Errors
    /// What is wrong with them, in their bytes.
    pub fn between(self, scenario: &Scenario, text: &str) -> Result<Self, Mistake> {
        let Some((low, high)) = text.split_once(':') else {
            let what = format!("`{text}` has no two ends");
            return Err(Mistake {
                span: 0..text.len(),
                what,
                cure: "write them with a colon between: -10%:40%".to_owned(),
            });
        };
        let at = |start: usize| move |it: Mistake| Mistake { span: it.span.start + start..it.span.end + start, ..it };
        let first = self.read(scenario, low)?;
        let second = self.read(scenario, high).map_err(at(low.len() + 1))?;
        if first >= second {
            let what = format!("{} is not below {}", low.trim(), high.trim());
            return Err(Mistake { span: 0..text.len(), what, cure: "write the lower end first".to_owned() });
        }
        let possible = match &self.part {
            Some(_) => self.range,
            None => possible(scenario, &scenario.assumptions()[self.id]),
        };
        let whole = Self { range: possible, ..self };
        if !whole.may_be(first) || !whole.may_be(second) {
            let (what, cure) = (format!("`{}` cannot be that", whole.address), whole.bounds_in_words(scenario));
            return Err(Mistake { span: 0..text.len(), what, cure });
        }
        Ok(Self { range: (first.max(possible.0), second.min(possible.1)), ..whole })
    }

    /// Whether a value lies in the range, but for the rounding of its last digits.
    #[must_use]
    pub fn may_be(&self, value: f64) -> bool {
        let (low, high) = self.range;
        (low - 1e-12 * low.abs()..=high + 1e-12 * high.abs()).contains(&value)
    }

    /// Between which values it must lie, in numbers that do.
    pub(super) fn bounds_in_words(&self, scenario: &Scenario) -> String {
        let bound = |bound: f64, up: bool| {
            let written = |value: f64| self.as_written(scenario, value).trim_matches('"').to_owned();
            let fits = |text: &String| self.read(scenario, text).is_ok_and(|value| self.may_be(value));
            let (in_unit, _) = self.in_unit(scenario, bound);
            // Rounded towards the inside, to as many figures as that takes.
            let rounded = (1..=6).map(|figures| {
                let steps = libm::pow(10.0, f64::from(figures) - libm::floor(libm::log10(in_unit.abs())));
                let steps = if steps.is_finite() { steps } else { 1.0 };
                let inside = if up { (in_unit * steps).ceil() } else { (in_unit * steps).floor() };
                written(self.from_unit(scenario, inside / steps))
            });
            std::iter::once(written(bound)).chain(rounded).find(fits).unwrap_or_else(|| written(bound))
        };
        format!("it must be between {} and {}", bound(self.range.0, true), bound(self.range.1, false))
    }

    /// Whether a decision sets it.
    #[must_use]
    pub fn is_lever(&self, scenario: &Scenario) -> bool {
        scenario.assumptions()[self.id].role() == Role::Lever
    }

    /// Whether it is a part of an input's law and not the input.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.part.is_some()
    }

    /// What is varied, in a word: the `value` of what is held certain, the `median` of what is moved, or a part such as `sd`.
    #[must_use]
    pub fn what(&self) -> String {
        match &self.part {
            Some(it) => it.part.name(),
            None if self.fixed => "value".to_owned(),
            None => "median".to_owned(),
        }
    }

    /// The value that the scenario gives it: its median, or the part of its law.
    #[must_use]
    pub fn own(&self, scenario: &Scenario) -> f64 {
        let of_part = self.part.as_ref().and_then(|it| it.part.of(&it.law));
        of_part.unwrap_or_else(|| scenario.assumptions()[self.id].law().median())
    }

    /// Whether its values are standard deviations of a log.
    fn is_spread(&self) -> bool {
        self.part.as_ref().is_some_and(|it| it.spread)
    }

    /// A value as tables have it, with its unit.
    #[must_use]
    pub fn in_unit<'a>(&self, scenario: &'a Scenario, value: f64) -> (f64, &'a str) {
        if self.is_spread() { (value, "share") } else { scenario.assumptions()[self.id].in_unit(value) }
    }

    /// The value that tables have as this.
    #[must_use]
    pub fn from_unit(&self, scenario: &Scenario, value: f64) -> f64 {
        if self.is_spread() { value } else { scenario.assumptions()[self.id].from_unit(value) }
    }

    /// Reads a value in the way a scenario writes it.
    ///
    /// # Errors
    /// What is wrong with it, in its bytes.
    pub fn read(&self, scenario: &Scenario, text: &str) -> Result<f64, Mistake> {
        let input = &scenario.assumptions()[self.id];
        if self.is_spread() { input.as_spread().read(text) } else { input.read(text) }
    }

    /// A value as a scenario writes it.
    #[must_use]
    pub fn as_written(&self, scenario: &Scenario, value: f64) -> String {
        let input = &scenario.assumptions()[self.id];
        if self.is_spread() { input.as_spread().as_written(value) } else { input.as_written(value) }
    }

    /// How a scenario writes the input at a value: `value = "5%"`, `median = "5%"`, or both numbers of its law.
    #[must_use]
    pub fn stated(&self, scenario: &Scenario, value: f64) -> String {
        let own = format!("{} = {}", self.what(), self.as_written(scenario, value));
        let Some(it) = &self.part else { return own };
        let beside = it.part.beside();
        let other = Self::part_of(scenario, self.id, beside).and_then(|other| {
            let value = beside.of(&it.law)?;
            Some(format!("{} = {}", beside.name(), other.as_written(scenario, value)))
        });
        std::iter::once(own).chain(other).collect::<Vec<_>>().join(", ")
    }

    /// A design with this input at a value.
    #[must_use]
    pub fn at(&self, design: &Design, value: f64) -> Design {
        if let Some(it) = &self.part {
            let (low, high) = it.bounds;
            let law = it.part.at(&it.law, value).and_then(|law| Some(law.truncated(low, high)?.0));
            // A value without a law is refused as one that is out of range.
            let source = law.map_or(Source::Fixed(f64::NAN), Source::Law);
            return design.clone().with(it.input.as_str(), source);
        }
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
    let id = scenario.assumptions().iter().position(|it| it.address() == assumption.address());
    let (low, high) = id.map_or_else(|| assumption.range(), |id| scenario.possible_range(id));
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
