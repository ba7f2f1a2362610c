//! Which input matters most: tornado, Sobol' shares and Shapley effects, all on the same random numbers.

mod asked;
mod found;
mod parts;
mod shapley;
mod sobol;
mod tornado;

use crate::engine::Settings;

use super::passes::Passes;
use super::recipe::{Sensitivity, SensitivityMethod};
pub use asked::{AskedSensitivity, path_value};
pub use found::{Answered, Interval, POINTS, Player, Sensitive, Shares, Swing, Tornado};
pub use shapley::shapley_effects;
pub use sobol::sobol_shares;

impl Sensitive {
    /// Asks which input matters most.
    #[must_use]
    pub fn of(asked: AskedSensitivity, it: &Sensitivity, settings: &Settings, told: &(dyn Fn(u64) + Sync)) -> Self {
        Self::counted(asked, it, (settings, &Passes::Here), told)
    }

    /// Asks which input matters most, with passes that are counted here or elsewhere.
    pub(super) fn counted(
        asked: AskedSensitivity,
        it: &Sensitivity,
        work: (&Settings, &Passes),
        told: &(dyn Fn(u64) + Sync),
    ) -> Self {
        let AskedSensitivity { scenario, ranged, targets } = asked;
        let held = scenario.assumptions().iter().filter(|it| it.law().is_fixed()).map(|it| it.address().to_owned());
        let held = held.collect();
        let answers = match it.method {
            SensitivityMethod::Tornado => tornado::tornado(&scenario, &targets, work, told),
            SensitivityMethod::Sobol => {
                targets.iter().map(|target| sobol::sobol(&scenario, target, it.by, work, told)).collect()
            }
            SensitivityMethod::Shapley => {
                targets.iter().map(|target| shapley::shapley(&scenario, target, it.by, work, told)).collect()
            }
        };
        Self { scenario, method: it.method, targets, answers, held, ranged, settings: work.0.clone() }
    }
}
