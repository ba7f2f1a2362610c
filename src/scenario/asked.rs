//! What may be asked of a scenario: targets and goals, read with the names of its regions, years, figures and questions.

use crate::measure::{Condition, Goal, Mistake, Names, Target, TargetNames};

use super::model::Scenario;

impl Scenario {
    /// Reads a target, such as `median of ratio in 2030`.
    ///
    /// # Errors
    /// The first mistake, with its place in the text.
    pub fn target(&self, text: &str) -> Result<Target, Mistake> {
        self.with_names(|names| Target::parse(text, names))
    }

    /// Reads a goal, such as `P(ratio in 2030 < half of 2023) >= 50%`.
    ///
    /// # Errors
    /// The first mistake, with its place in the text.
    pub fn goal(&self, text: &str) -> Result<Goal, Mistake> {
        self.with_names(|names| Goal::parse(text, names))
    }

    /// Reads a condition, such as `ratio in 2030 < half of 2023`, as the share of paths on which it holds.
    ///
    /// # Errors
    /// The first mistake, with its place in the text.
    pub fn condition(&self, text: &str) -> Result<Target, Mistake> {
        self.with_names(|names| Target::of_condition(text, names))
    }

    fn with_names<T>(&self, read: impl FnOnce(&TargetNames) -> T) -> T {
        let regions: Vec<String> = self.regions.iter().map(|region| region.name.clone()).collect();
        let whole: Vec<bool> = self.regions.iter().map(|region| region.series().count() == 2).collect();
        let single: Vec<bool> =
            self.regions.iter().map(|region| region.counting.is_some_and(|it| it.sizes.is_some())).collect();
        let observed = |region: &str, metric: &str, year: i32| self.data.find(region, metric, year).map(|it| it.value);
        let names = Names {
            regions: &regions,
            whole: &whole,
            single: &single,
            accompanied: &|region, companion| self.regions[region].companion(companion).is_some(),
            gap: [self.gap.lead, self.gap.follow],
            base_year: self.base_year,
            horizon: self.horizon,
            observed: &observed,
        };
        let questions = self.questions.iter().map(|it| (it.name.as_str(), &it.that));
        let checks = self.checks.iter().map(|it| (it.name.as_str(), &it.that));
        let questions: Vec<(&str, &Condition)> = questions.chain(checks).collect();
        read(&TargetNames { names, questions: &questions })
    }
}
