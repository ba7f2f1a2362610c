//! The data sets that the program carries, each with what its figures count and on what terms they may be used.

/// Name of the data set that scenarios start from unless they name another.
pub const BUILT_IN: &str = BuiltIn::ALL[0].name;

/// A data set that the program carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its name in a scenario: `cb-insights-2024-01`.
    pub name: &'static str,
    /// One line for readers.
    pub title: &'static str,
    /// What its figures count.
    pub definition: &'static str,
    /// On what terms its figures are used here.
    pub licence: &'static str,
    /// Its figures as CSV.
    pub(super) text: &'static str,
}

/// Terms of figures that a newspaper quotes from a tracker.
const QUOTED: &str =
    "single figures as the press quoted them, with their source; the tracker's tables are not included";

/// Terms of figures of the AI Index.
const AI_INDEX: &str =
    "single figures with their source; the report is under Creative Commons Attribution-NoDerivatives 4.0";

impl BuiltIn {
    /// Every data set that is carried; the one that scenarios start from unless they name another comes first.
    pub const ALL: [Self; 4] = [
        Self {
            name: "cb-insights-2024-01",
            title: "US and China in 2022 and 2023, the world since 2019",
            definition: "equity funding of private AI companies and its deals; first release of the year 2023",
            licence: QUOTED,
            text: include_str!("../../data/cb-insights-2024-01.csv"),
        },
        Self {
            name: "cb-insights-2025-01",
            title: "US, China and the world in 2024, with the world of 2023 restated",
            definition: "the same tracker a year on: it restated the world's 2023 and stated neither side's again",
            licence: QUOTED,
            text: include_str!("../../data/cb-insights-2025-01.csv"),
        },
        Self {
            name: "ai-index-2022",
            title: "US, China, the EU and the world from 2013 to 2021, all in one edition",
            definition: "private investment in AI companies that raised more than $1.5m; deals are newly funded companies",
            licence: AI_INDEX,
            text: include_str!("../../data/ai-index-2022.csv"),
        },
        Self {
            name: "ai-index-editions",
            title: "US and China as each edition from 2023 to 2026 stated its own year, with the growth it states",
            definition: "private investment in AI companies; a run starts from the newest edition, the others are context",
            licence: AI_INDEX,
            text: include_str!("../../data/ai-index-editions.csv"),
        },
    ];

    /// The carried data set of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        static ALL: [BuiltIn; 4] = BuiltIn::ALL;
        ALL.iter().find(|it| it.name == name)
    }

    /// Names of all carried data sets.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(|it| it.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Role;

    #[test]
    fn every_built_in_set_is_read_and_every_figure_has_source_edition_and_unit() {
        for carried in BuiltIn::ALL {
            let data = carried.read();
            assert!(!data.observations.is_empty(), "{}", carried.name);
            assert!(data.last_year(&["us", "china"]).is_some(), "{}", carried.name);
            for fact in &data.facts {
                let said = [&fact.source, &fact.vintage, &fact.unit];
                assert!(said.iter().all(|it| !it.is_empty()), "{} {}", carried.name, fact.id);
            }
        }
        assert_eq!(BuiltIn::named("ai-index-2022").map(|it| it.read().last_year(&["us", "china"])), Some(Some(2021)));
        assert_eq!(BuiltIn::named("ai-index-2023"), None);
    }

    /// An edition's growth belongs to its own restated year before: 67.22 / 1.221 = 55.05, where the edition before had 47.36.
    #[test]
    fn only_the_newest_edition_is_what_a_run_starts_from() {
        let data = BuiltIn::named("ai-index-editions").expect("carried").read();
        assert!(data.observations.iter().all(|figure| figure.vintage == "2026-04"));
        let before = data.find("us", "funding", 2024).expect("it follows from 285.9 and +162%");
        assert!((before.value - 285.9 / 2.62).abs() < 1e-12 && before.low < 109.1 && before.high > 109.1);
        let older = data.facts.iter().filter(|fact| fact.vintage != "2026-04");
        assert!(older.clone().all(|fact| fact.role == Role::Context) && older.count() > 15);
    }
}
