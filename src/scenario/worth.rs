//! What a scenario costs and is worth: the money that amounts are shown in, and deals whose number or size has no end.

use crate::special;

use super::model::{AssumptionId, Currency, Scenario, log_rate};

impl Scenario {
    /// Whether the totals of a region's deals have no variance: a Pareto tail of exponent 2 or less without an end.
    #[must_use]
    pub fn has_infinite_variance(&self, region: usize) -> bool {
        let sizes = self.regions[region].counting.and_then(|counting| counting.sizes);
        sizes.is_some_and(|sizes| {
            let share = sizes.tail_share.map_or(0.0, |id| self.assumptions[id].law.median());
            let sigma = self.assumptions[sizes.sigma].law.support().1;
            sizes.cap.is_none() && !crate::counting::sizes::Shape::new(sigma, share, f64::INFINITY).has_moment(2)
        })
    }

    /// This scenario with the expected numbers of deals in place of counted ones and single deals, and without its questions,
    /// which may be about single deals: takes no time, however many deals there are.
    #[must_use]
    pub fn without_single_deals(&self) -> Self {
        let mut counted = self.clone();
        counted.regions.iter_mut().for_each(|region| region.counting = None);
        (counted.questions, counted.checks) = (Vec::new(), Vec::new());
        counted
    }

    /// Log of what a nominal dollar of an observed year is worth in the money shown.
    #[must_use]
    pub fn log_money(&self, year: i32) -> f64 {
        let rate = if self.money.currency == Currency::Usd {
            0.0
        } else {
            let log = |id: AssumptionId| special::ln(self.assumptions[id].law.median());
            log_rate(&self.money.exchange_rate, year, log)
        };
        rate - self.log_deflator(year)
    }

    /// Log of the prices of an observed year over those of the year shown, at the median inflation.
    #[must_use]
    pub fn log_deflator(&self, year: i32) -> f64 {
        let (Some(prices), Some(inflation)) = (self.money.prices, &self.money.inflation) else { return 0.0 };
        let of = |year: i32| self.assumptions[inflation.in_year(year)].law.median();
        if year >= prices { (prices + 1..=year).map(of).sum() } else { -(year + 1..=prices).map(of).sum::<f64>() }
    }
}
