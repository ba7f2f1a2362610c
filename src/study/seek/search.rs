//! The search for one input: a first look over its range, and what is made of it.

use crate::engine::Settings;
use crate::growth::Kind;

use super::super::varied::Varied;
use super::bracket::{Bracket, Side};
use super::found::{Attained, Method, Need, Needed};
use super::look::{Looked, MISSING, Search};

/// Paths of the first look at every candidate; what is printed rests on all.
const FIRST_LOOK: u64 = 8_192;

/// Where more values are looked at, counted from the scenario's own to the needed one.
const CLOSER: [f64; 6] = [-0.5, 0.25, 0.5, 0.75, 1.25, 1.5];

/// Values that are looked at first.
const FIRST_VALUES: usize = 9;

impl Search<'_> {
    /// What is needed of an input.
    pub(crate) fn need(&self, varied: Varied) -> Need {
        let scenario = self.plain.scenario();
        let years = scenario.assumptions()[varied.id].kind() == Kind::Year;
        let first = self.first_look(years);
        let own = varied.own(scenario);
        let mut values = varied.grid(scenario, FIRST_VALUES);
        // A step of the grid that is the scenario's own value but for rounding is that value.
        let hair = 1e-9 * (varied.range.1 - varied.range.0);
        if let Some(step) = values.iter_mut().find(|value| (**value - own).abs() <= hair) {
            *step = own;
        } else if varied.range.0 < own && own < varied.range.1 {
            values.push(own);
            values.sort_by(f64::total_cmp);
        }
        let looked = self.at(&varied, &values, &first);
        let mut need = self.judged(varied, own, &looked);
        need.needed =
            if years { self.of_years(&need.varied, own, &looked) } else { self.refined(&need.varied, own, &looked) };
        self.settle(&mut need, own);
        need
    }

    /// Settings of a first look; whole years are looked at with all paths.
    pub(super) fn first_look(&self, years: bool) -> Settings {
        // On points a short run is not the beginning of a long one.
        let short = if years || self.settings.points().is_some() { self.settings.paths } else { FIRST_LOOK };
        self.settings.up_to(self.settings.paths.min(short))
    }

    /// Looks at more values between the scenario's own and the needed one, and a little beyond both, for whoever draws them.
    pub(crate) fn closer(&self, mut need: Need) -> Need {
        let scenario = self.plain.scenario();
        let (own, varied) = (need.varied.own(scenario), need.varied.clone());
        let years = scenario.assumptions()[varied.id].kind() == Kind::Year;
        let Some(needed) = need.needed.as_ref().filter(|_| !years) else { return need };
        let (least, greatest) = varied.range;
        let steps = CLOSER.map(|share| own + share * (needed.value - own));
        let fresh = |value: &f64| {
            let known = need.scan.iter().map(|(value, _)| *value).chain([needed.value]);
            (least..=greatest).contains(value) && known.into_iter().all(|it| it != *value)
        };
        let values: Vec<f64> = steps.into_iter().filter(fresh).collect();
        let looked = self.at(&varied, &values, &self.first_look(false));
        need.scan.extend(looked.iter().map(|it| (it.value, it.target)));
        need.scan.sort_by(|a, b| a.0.total_cmp(&b.0));
        need.scan.dedup_by(|a, b| a.0 == b.0);
        need
    }

    /// What the first look says, before the value is refined.
    fn judged(&self, varied: Varied, own: f64, looked: &[Looked]) -> Need {
        let best = looked.iter().copied().reduce(|best, it| if it.margin > best.margin { it } else { best });
        let moves = looked.windows(2).any(|pair| pair[0].target.differs_from(pair[1].target));
        // Steps within the simulation error of one of its ends are no turn.
        let steps: Vec<f64> = looked.windows(2).map(|pair| pair[1].target.value - pair[0].target.value).collect();
        let noise = looked.iter().map(|it| it.target.error).filter(|it| it.is_finite()).fold(0.0, f64::max);
        let turns = steps.iter().any(|step| *step > 0.5 * noise) && steps.iter().any(|step| *step < -0.5 * noise);
        let met = looked.iter().filter(|it| it.margin >= 0.0).count();
        let attained = match met {
            _ if !moves => Attained::NoEffect,
            0 => Attained::Nowhere,
            all if all == looked.len() => Attained::Everywhere,
            _ => Attained::Yes,
        };
        Need {
            attained,
            needed: None,
            chance: None,
            best: best.map_or((own, MISSING), |it| (it.value, it.target)),
            scan: looked.iter().map(|it| (it.value, it.target)).collect(),
            monotone: !turns,
            varied,
        }
    }

    /// Of whole years, the one nearest to the scenario's that meets the goal beside one that does not.
    fn of_years(&self, varied: &Varied, own: f64, looked: &[Looked]) -> Option<Needed> {
        let pair = nearest_pair(own, looked)?;
        let (met, not) = if pair[0].margin >= 0.0 { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
        let above = met.value > not.value;
        let beyond = looked.iter().filter(|it| if above { it.value > met.value } else { it.value < met.value });
        let next =
            beyond.min_by(|a, b| (a.value - met.value).abs().total_cmp(&(b.value - met.value).abs())).unwrap_or(&met);
        let certificate = if above { [not, met, *next] } else { [*next, met, not] };
        let _ = varied;
        Some(Needed {
            value: met.value,
            interval: None,
            above,
            certificate: certificate.map(|it| (it.value, it.target)),
            method: Method::Every,
        })
    }

    /// Where the goal begins to be met between two neighbouring values of the first look.
    fn refined(&self, varied: &Varied, own: f64, looked: &[Looked]) -> Option<Needed> {
        let pair = nearest_pair(own, looked)?;
        let values: Vec<f64> = looked.iter().map(|it| it.value).collect();
        let sides = if pair[0].margin >= 0.0 { [Side::Met, Side::Not] } else { [Side::Not, Side::Met] };
        let bracket = Bracket::whole(self, varied, [pair[0].value, pair[1].value], sides, &values)?;
        let found = bracket.solved()?;
        let (low, high) = found.interval.map_or_else(|| bracket.beside(found.value), |(a, b)| (a.min(b), a.max(b)));
        let certificate = self.at(varied, &[low, found.value, high], self.settings);
        let [low, at, high] = certificate[..] else { return None };
        Some(Needed {
            value: found.value,
            interval: found.interval.map(|(a, b)| (a.min(b), a.max(b))),
            above: sides[1] == Side::Met,
            certificate: [low, at, high].map(|it| (it.value, it.target)),
            method: found.method,
        })
    }

    /// What follows from the value: whether the scenario meets the goal already, and the chance it gives to that side.
    fn settle(&self, need: &mut Need, own: f64) {
        let scenario = self.plain.scenario();
        let assumption = &scenario.assumptions()[need.varied.id];
        let Some(needed) = &need.needed else {
            if need.attained == Attained::Yes {
                // All paths together do not bear out what the first look saw.
                need.attained = Attained::Nowhere;
            }
            if matches!(need.attained, Attained::Nowhere | Attained::Everywhere) {
                need.best.1 =
                    self.at(&need.varied, &[need.best.0], self.settings).first().map_or(MISSING, |it| it.target);
            }
            return;
        };
        let on_its_side = if needed.above { own >= needed.value } else { own <= needed.value };
        need.attained = if on_its_side { Attained::Already } else { Attained::Yes };
        let law = assumption.law();
        if !law.is_fixed() && !need.varied.is_lever(scenario) && !need.varied.is_part() {
            let below = law.cdf(needed.value);
            need.chance = Some(if needed.above { 1.0 - below } else { below });
        }
    }
}

/// The neighbours between which the goal begins or ceases to be met, nearest to the scenario's own value.
fn nearest_pair(own: f64, looked: &[Looked]) -> Option<[Looked; 2]> {
    let changes = looked.windows(2).filter(|pair| (pair[0].margin >= 0.0) != (pair[1].margin >= 0.0));
    let far = |pair: &[Looked]| (0.5 * (pair[0].value + pair[1].value) - own).abs();
    changes.min_by(|a, b| far(a).total_cmp(&far(b))).map(|pair| [pair[0], pair[1]])
}
