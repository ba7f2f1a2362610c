//! What a new edition says beside the figures of a scenario: what it restates, and how much each side grew since.

use crate::scenario::Scenario;
use crate::study::score::{Reading, SideNews, Silent};

use super::trend::{Matrix, Sides};

/// What a new edition says of both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct News {
    /// Newest year that it states for both.
    pub year: i32,
    /// What it says of the lead and the follow region.
    pub sides: [SideNews; 2],
}

impl News {
    /// What an edition says beside the figures of a scenario; the base year itself where it says nothing later.
    ///
    /// # Errors
    /// If it states neither the base year nor a later one for both sides, or it is another source's.
    pub fn of(reading: &Reading, scenario: &Scenario, as_source: bool) -> Result<Self, Silent> {
        let gap = [scenario.gap().lead(), scenario.gap().follow()];
        let base_year = scenario.base_year();
        let stated = |year: i32| {
            let of = |region: usize| reading.figures.find(scenario.regions()[region].name(), "funding", year);
            gap.into_iter().all(|region| of(region).is_some())
        };
        let newest =
            reading.figures.observations.iter().map(|it| it.year).filter(|year| *year >= base_year && stated(*year));
        let Some(year) = newest.max() else {
            let regions = gap.map(|place| scenario.regions()[place].name().to_owned());
            let years = [base_year, scenario.horizon()];
            return Err(Silent::NothingLater { reading: reading.name.clone(), regions, years });
        };
        if !as_source {
            reading.is_of_the_counter_of(scenario)?;
        }
        let side = |place: usize| reading.side_news(scenario, gap[place], year, as_source);
        Ok(Self { year, sides: [side(0)?, side(1)?] })
    }

    /// Years between the base year and the newest.
    #[must_use]
    pub fn years(&self, scenario: &Scenario) -> f64 {
        f64::from(self.year - scenario.base_year())
    }

    /// Log changes of both sides.
    #[must_use]
    pub fn change(&self) -> Sides {
        self.sides.map(|side| side.change)
    }

    /// Covariance of what is not known of the two changes.
    #[must_use]
    pub fn doubt(&self) -> Matrix {
        let [lead, follow] = self.sides.map(|side| side.doubt);
        let own = |doubt: [f64; 3]| doubt.iter().map(|sd| sd * sd).sum::<f64>();
        let common = lead[0] * follow[0];
        [[own(lead), common], [common, own(follow)]]
    }

    /// Whether it says nothing that the scenario does not have.
    #[must_use]
    pub fn is_known(&self, scenario: &Scenario) -> bool {
        let same = |side: &SideNews| (side.restated / side.old - 1.0).abs() < 1e-9;
        self.year == scenario.base_year() && self.sides.iter().all(same)
    }
}
