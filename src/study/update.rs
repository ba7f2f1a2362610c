//! `update`: a scenario held against a new edition. What of the change is revision, what is news and what is learned, and
//! the scenario re-based on the new edition.

mod news;
mod trend;
mod written;

use std::path::Path;

use crate::diagnostic::Problem;
use crate::engine::Settings;
use crate::metric::{Metric, Metrics};
use crate::scenario::{Layers, Scenario, load};
use crate::summary::{Summary, Wanted};

use super::score::{Frozen, Reading, Scored, ScoredReading, SideNews, Silent};
pub use news::News;
pub use trend::{Matrix, NotLinear, Sides, Trend, Walk};
pub use written::Written;

/// A scenario held against a new edition.
#[derive(Clone, Debug)]
pub struct Updated {
    /// The scenario as it was.
    pub scenario: Scenario,
    /// Who states the new figures, in which edition.
    pub reading: String,
    /// By how much the edition restates the world's funding of the base year, where both state it.
    pub world_restated: Option<f64>,
    /// What the edition says.
    pub news: News,
    /// Where the news fell in the paths of the scenario; none for a revision alone.
    pub fell: Option<ScoredReading>,
    /// Trends and shocks as they were.
    pub walk: Walk,
    /// The trends now.
    pub learned: Trend,
    /// Medians of the ratio and the gap ($bn) at the horizon: as it was, with the base year restated, from the new level, and
    /// with what was learned.
    pub medians: [[f64; 2]; 4],
    /// The re-based scenario and its figures, as files.
    pub written: Written,
    /// How the medians were simulated.
    pub settings: Settings,
}

/// Why a scenario cannot be updated with an edition.
#[derive(Clone, Debug)]
pub enum NotUpdated {
    /// The edition says nothing of it.
    Silent(Silent),
    /// What it teaches is not known exactly.
    NotLinear(NotLinear),
    /// The edition has nothing that the scenario does not have.
    Known(String),
    /// The newest year is the horizon or lies behind it.
    BeyondHorizon {
        /// Newest year of the edition.
        year: i32,
        /// Last simulated year.
        horizon: i32,
    },
    /// The re-based scenario would be wrong.
    Rejected(Vec<Problem>),
}

impl std::error::Error for NotUpdated {}

impl std::fmt::Display for NotUpdated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Silent(why) => why.fmt(f),
            Self::NotLinear(why) => why.fmt(f),
            Self::Known(reading) => write!(f, "{reading} has nothing that the scenario does not have: no change"),
            Self::BeyondHorizon { year, horizon } => {
                write!(f, "the edition states {year}, and the scenario ends in {horizon}: ask with a later --horizon")
            }
            Self::Rejected(problems) => {
                let first = problems.first().map_or("", |problem| problem.what.as_str());
                write!(f, "the re-based scenario would be wrong: {first}")
            }
        }
    }
}

impl Updated {
    /// Holds a scenario against a new edition, which re-bases it; `name` is that of the file to be written, without ending.
    ///
    /// # Errors
    /// If the edition says nothing of it or nothing new, or what it teaches is not known exactly.
    pub fn of(
        scenario: &Scenario,
        reading: &Reading,
        as_source: bool,
        name: &str,
        settings: &Settings,
    ) -> Result<Self, NotUpdated> {
        let news = News::of(reading, scenario, as_source).map_err(NotUpdated::Silent)?;
        if news.is_known(scenario) {
            return Err(NotUpdated::Known(reading.name.clone()));
        }
        if news.year >= scenario.horizon() {
            return Err(NotUpdated::BeyondHorizon { year: news.year, horizon: scenario.horizon() });
        }
        let walk = Walk::of(scenario).map_err(NotUpdated::NotLinear)?;
        let years = news.years(scenario);
        let learned = if years > 0.0 { walk.learn(news.change(), years, news.doubt()) } else { walk.trend };
        let fell = (years > 0.0).then(|| fell(scenario, reading, as_source, settings)).transpose()?;
        let levels = |of: &dyn Fn(&SideNews) -> f64| news.sides.each_ref().map(of);
        let restated = |side: &SideNews| side.restated;
        let of = |year: i32, levels: Sides, trend: Trend| {
            let written = Written::bare(scenario, (year, levels), (trend, walk.shocks));
            medians(&written, scenario, settings)
        };
        let base_year = scenario.base_year();
        let medians = [
            of(base_year, levels(&|side| side.old), walk.trend)?,
            of(base_year, levels(&restated), walk.trend)?,
            of(news.year, levels(&|side| side.level), walk.trend)?,
            of(news.year, levels(&|side| side.level), learned)?,
        ];
        let written = Written::of(scenario, reading, (learned, walk.shocks), name);
        check(&written)?;
        Ok(Self {
            scenario: scenario.clone(),
            reading: reading.name.clone(),
            world_restated: reading.world_restated(scenario),
            news,
            fell,
            walk,
            learned,
            medians,
            written,
            settings: settings.clone(),
        })
    }

    /// Factors by which revision, news and learning move the median ratio, which multiply to the whole change.
    #[must_use]
    pub fn factors(&self) -> [f64; 3] {
        [0, 1, 2].map(|step: usize| self.medians[step + 1][0] / self.medians[step][0])
    }

    /// By how much revision, news and learning move the median gap, $bn, which add up to the whole change.
    #[must_use]
    pub fn differences(&self) -> [f64; 3] {
        [0, 1, 2].map(|step: usize| self.medians[step + 1][1] - self.medians[step][1])
    }
}

/// Where the news fell in the paths of the scenario.
fn fell(
    scenario: &Scenario,
    reading: &Reading,
    as_source: bool,
    settings: &Settings,
) -> Result<ScoredReading, NotUpdated> {
    let wanted = Wanted { metrics: Metrics::OF_THE_HEADLINE, ..Wanted::default() };
    let summary = Summary::of(scenario, settings, wanted, &|_| {});
    let frozen =
        Frozen { scenario: scenario.clone(), summary, made_again: Some(settings.clone()), version: String::new() };
    let scored = Scored::of(frozen, std::slice::from_ref(reading), as_source).map_err(NotUpdated::Silent)?;
    Ok(scored.readings.into_iter().next().expect("one reading was scored"))
}

/// Reads a written scenario back.
fn check(written: &Written) -> Result<Scenario, NotUpdated> {
    let read = |path: &Path| match path.extension().is_some_and(|ending| ending == "csv") {
        true => Ok(written.figures.clone().into_bytes()),
        false => Ok(written.scenario.clone().into_bytes()),
    };
    let path = Path::new("updated.toml");
    let loaded = load(path, &Layers::default(), None, &read);
    loaded.map(|loaded| loaded.scenario).map_err(|rejected| NotUpdated::Rejected(rejected.problems))
}

/// Medians of the ratio and the gap at the horizon of the old scenario.
fn medians(written: &Written, old: &Scenario, settings: &Settings) -> Result<[f64; 2], NotUpdated> {
    let scenario = check(written)?;
    let wanted = Wanted { metrics: Metrics::OF_THE_HEADLINE, ..Wanted::default() };
    let summary = Summary::of(&scenario, settings, wanted, &|_| {});
    let of = |metric| summary.gap(metric, old.horizon()).and_then(crate::summary::Spread::median).unwrap_or(f64::NAN);
    Ok([of(Metric::Ratio), of(Metric::Gap)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::BuiltIn;

    fn base() -> Scenario {
        let read = |_: &Path| Ok(include_bytes!("../../scenarios/base.toml").to_vec());
        load(Path::new("base.toml"), &Layers::default(), None, &read).expect("a valid scenario").scenario
    }

    fn reading(set: &str, edition: &str) -> Reading {
        let set = BuiltIn::named(set).expect("it is carried").read();
        Reading::new(set.of_edition(edition).expect("it agrees with itself")).expect("it states funding")
    }

    const SETTINGS: Settings = Settings::new(4_096, 7);

    #[test]
    fn a_new_edition_of_the_same_counter_is_split_and_learned_from() {
        let updated = Updated::of(&base(), &reading("cb-insights-2025-01", "2025-01"), false, "new", &SETTINGS);
        let updated = updated.expect("the baseline is linear");
        // Not restated: both sides by the same e^0.19, so the ratio of 2023 stays and the gap grows.
        assert!((updated.factors()[0] - 1.0).abs() < 1e-3, "{:?}", updated.factors());
        assert!(updated.differences()[0] > 0.0);
        let growth = libm::log(76.3 / 31.0) - 0.19;
        assert!((updated.news.change()[0] - growth).abs() < 1e-12);
        assert!(updated.learned.mean[0] > updated.walk.trend.mean[0]);
        assert!(updated.learned.sd()[0] < updated.walk.trend.sd()[0]);
        let whole: f64 = updated.factors().iter().product();
        assert!((whole - updated.medians[3][0] / updated.medians[0][0]).abs() < 1e-12);
        // What is written starts from the new edition, with the trends that were learned.
        let again = check(&updated.written).expect("a valid scenario");
        assert_eq!(again.base_year(), 2024);
        let walk = Walk::of(&again).expect("a walk");
        for side in 0..2 {
            assert!(
                (walk.trend.mean[side] - updated.learned.mean[side]).abs() < 1e-6,
                "{walk:?} {:?}",
                updated.learned
            );
            assert!((walk.trend.sd()[side] - updated.learned.sd()[side]).abs() < 1e-6);
            assert!((walk.shocks[side][side] - updated.walk.shocks[side][side]).abs() < 1e-6);
        }
        assert!((walk.trend.correlation() - updated.learned.correlation()).abs() < 1e-4);
        assert!((walk.shocks[0][1] - updated.walk.shocks[0][1]).abs() < 1e-4);
        // The same edition again is no change.
        let twice = Updated::of(&again, &reading("cb-insights-2025-01", "2025-01"), false, "new", &SETTINGS);
        assert!(matches!(twice, Err(NotUpdated::Known(_))), "{twice:?}");
    }

    #[test]
    fn another_count_is_refused_unless_the_user_says_that_it_is_the_same() {
        let index = reading("ai-index-editions", "2025-04");
        let refused = Updated::of(&base(), &index, false, "new", &SETTINGS);
        assert!(matches!(refused, Err(NotUpdated::Silent(Silent::OtherCount { .. }))), "{refused:?}");
        let updated = Updated::of(&base(), &index, true, "new", &SETTINGS).expect("it states 2023 by its growth");
        assert!((updated.news.change()[0] - libm::log(1.507)).abs() < 1e-12);
        // A base year alone is a revision, and a revision alone teaches nothing.
        let older = reading("ai-index-editions", "2024-04");
        let restated = Updated::of(&base(), &older, true, "new", &SETTINGS).expect("it states 2023");
        assert_eq!((restated.news.year, restated.learned), (2023, restated.walk.trend));
        assert!(restated.fell.is_none());
        let factors = restated.factors();
        assert!((factors[1] - 1.0).abs() < 1e-9 && (factors[2] - 1.0).abs() < 1e-9, "{factors:?}");
    }

    /// The AI Index edition by edition, each the base of the next: 55.05 for 47.36 of 2022 is revision and +22.1% news; China of
    /// 2024 is not restated in 2026, so its level is brought back by past revisions.
    #[test]
    fn editions_follow_each_other_one_by_one() {
        let first = reading("ai-index-editions", "2023-04");
        let walk = Walk::of(&base()).expect("the baseline is linear");
        let mut scenario = check(&Written::of(&base(), &first, (walk.trend, walk.shocks), "first")).expect("valid");
        assert_eq!(scenario.base_year(), 2022);
        let stated =
            [("2024-04", 2023, [true, true]), ("2025-04", 2024, [true, true]), ("2026-04", 2025, [true, false])];
        for (edition, year, both) in stated {
            let next = reading("ai-index-editions", edition);
            let updated = Updated::of(&scenario, &next, false, "next", &SETTINGS).expect(edition);
            assert_eq!(updated.news.year, year);
            assert_eq!(updated.news.sides.map(|side| side.stated), both, "{edition}");
            if edition == "2024-04" {
                let us = updated.news.sides[0];
                assert!((us.restated - 67.22 / 1.221).abs() < 1e-9 && (us.old - 47.36).abs() < 1e-9, "{us:?}");
            }
            scenario = check(&updated.written).expect("a valid scenario");
        }
        assert_eq!(scenario.base_year(), 2025);
    }

    #[test]
    fn what_is_not_linear_is_refused_with_the_cure() {
        let index = reading("cb-insights-2025-01", "2025-01");
        let refused = |address: &str, value: &str| {
            let scenario = base().set(address, value).expect("a valid value");
            Updated::of(&scenario, &index, false, "new", &SETTINGS).expect_err("it is not linear").to_string()
        };
        assert!(
            refused("us.deals.volatility", "{ p10 = \"10%\", p90 = \"30%\" }")
                .contains("us.deals.volatility is not one certain")
        );
        assert!(
            refused("china.deals.growth", "{ uniform = [\"-5%\", \"5%\"] }")
                .contains("china.deals.growth is not one normal")
        );
        assert!(refused("shocks.law", "{ student-t = 5 }").contains("shocks that are not normal"));
    }
}
