//! The figures a scenario starts from, each with its source, its vintage and the interval its rounding leaves.

mod agreement;
mod amount;
mod built_in;
mod derive;
mod differing;
mod fact;
mod gdp;
mod misspelt;
mod observation;
mod region;
mod rows;
mod scale;
mod source;
mod table;

pub use built_in::{BUILT_IN, BuiltIn};
pub use fact::{COLUMNS, Fact, Role, counted_by};
pub use gdp::gdp;
pub use observation::Observation;
pub(crate) use rows::{Rows, open_quote, rows};
pub use source::Source;
pub use table::{built_in_list, facts_json, facts_table};

use crate::diagnostic::{Problem, Severity, Sources};

/// A set of observations, and the facts they follow from.
///
/// # Examples
/// ```
/// use aigap::data::Dataset;
///
/// let data = Dataset::built_in();
/// let funding = data.find("us", "funding", 2023).expect("the built-in figures hold it");
/// assert_eq!((funding.value, funding.unit.as_str()), (31.0, "$bn"));
/// assert_eq!(data.last_year(&["us", "china"]), Some(2023));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Its name in a scenario: `cb-insights-2024-01`, or the file name of the user's own CSV.
    pub name: String,
    /// Observations, ordered by region, year and metric.
    pub observations: Vec<Observation>,
    /// Everything that was stated, in the order of the file.
    pub facts: Vec<Fact>,
    /// Whether funding and deals are of different sources, so that no deal size can be shown.
    pub mixes_sources: bool,
}

impl BuiltIn {
    /// Reads the figures of this set.
    #[must_use]
    pub fn read(&self) -> Dataset {
        let parsed = Dataset::parse(self.name, self.text, &mut Sources::default());
        parsed.expect("a built-in data set is valid: a test reads each")
    }
}

impl Dataset {
    /// The set that scenarios start from unless they name another: CB Insights' figures of January 2024 for 2022 and 2023.
    #[must_use]
    pub fn built_in() -> Self {
        BuiltIn::ALL[0].read()
    }

    /// Reads a data set from CSV with the columns of [`COLUMNS`].
    ///
    /// # Errors
    /// Every bad row, with its line; figures that mix sources or vintages within a series.
    pub fn parse(name: &str, text: &str, sources: &mut Sources) -> Result<Self, Vec<Problem>> {
        Self::parse_with_warnings(name, text, sources).map(|(data, _)| data)
    }

    /// Reads a data set from CSV, with what a user should know though nothing is wrong.
    ///
    /// # Errors
    /// As [`Dataset::parse`].
    pub fn parse_with_warnings(
        name: &str,
        text: &str,
        sources: &mut Sources,
    ) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let file = sources.add(name, text);
        let (facts, mut problems) = fact::parse(text, file);
        let (observations, mixed) = derive::observations(&facts);
        problems.extend(mixed);
        problems.extend(misspelt::misspelt(&facts));
        problems.extend(scale::odd(&facts, &observations));
        problems.sort_by_key(Problem::order);
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            return Err(problems);
        }
        Ok((Self { name: name.to_owned(), observations, facts, mixes_sources: false }, problems))
    }

    /// The observation of a region, metric and year.
    #[must_use]
    pub fn find(&self, region: &str, metric: &str, year: i32) -> Option<&Observation> {
        self.observations
            .iter()
            .find(|figure| figure.region == region && figure.metric == metric && figure.year == year)
    }

    /// Names of the regions that have observations, in alphabetical order.
    #[must_use]
    pub fn regions(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.observations.iter().map(|figure| figure.region.as_str()).collect();
        names.dedup();
        names
    }

    /// Last year in which every one of these regions has funding.
    #[must_use]
    pub fn last_year(&self, regions: &[&str]) -> Option<i32> {
        let years = self.observations.iter().map(|figure| figure.year);
        let whole = |year: &i32| regions.iter().all(|region| self.find(region, "funding", *year).is_some());
        years.filter(whole).max()
    }

    /// Years for which a region has a figure of a metric, in order.
    #[must_use]
    pub fn years_of(&self, region: &str, metric: &str) -> Vec<i32> {
        let of = |figure: &&Observation| figure.region == region && figure.metric == metric;
        self.observations.iter().filter(of).map(|figure| figure.year).collect()
    }

    /// Editions of its figures of the gap's money and deals, oldest first.
    #[must_use]
    pub fn editions(&self) -> Vec<&str> {
        let of = |fact: &&Fact| fact.metric == "funding" || fact.metric == "deals";
        let mut found: Vec<&str> = self.facts.iter().filter(of).map(|fact| fact.vintage.as_str()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The data set as one edition has it: its levels, and the year before by the growth that it states itself.
    ///
    /// Growth inside an edition is news; what another edition says of the same year is a revision. So nothing of the other
    /// editions is left.
    ///
    /// # Errors
    /// Figures of the edition that contradict each other, which nothing has looked at where they are context.
    pub fn of_edition(&self, vintage: &str) -> Result<Self, Vec<Problem>> {
        let known = |fact: &&Fact| fact::is_read(&fact.metric, &fact.unit);
        let facts = self.facts.iter().filter(|fact| fact.vintage == vintage);
        let facts: Vec<Fact> =
            facts.filter(known).map(|fact| Fact { role: Role::ModelInput, ..fact.clone() }).collect();
        let (observations, problems) = derive::observations(&facts);
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self { name: self.name.clone(), observations, facts, mixes_sources: false })
    }

    /// Factor by which the ratio of two regions' funding grew in a year, from their growth figures alone.
    ///
    /// The levels cancel, so their rounding does not matter: ×3.80 with 3.72 to 3.88 for the US against China in
    /// 2023 (golden A22–A24).
    #[must_use]
    pub fn growth_of_ratio(&self, lead: &str, follow: &str, year: i32) -> Option<[f64; 3]> {
        let growth = |region: &str| {
            let of = |fact: &&Fact| fact.region == region && fact.year == year && fact.metric == "funding growth";
            let fact = self.facts.iter().find(of)?;
            Some([1.0 + fact.value?, 1.0 + fact.low?, 1.0 + fact.high?])
        };
        let (lead, follow) = (growth(lead)?, growth(follow)?);
        Some([lead[0] / follow[0], lead[1] / follow[2], lead[2] / follow[1]])
    }
}

impl Dataset {
    /// Change of a region's funding from one year to the next: central value, lower and upper end of what rounding
    /// leaves. `worth` turns the amounts of the two years into the money shown.
    ///
    /// Where the earlier figure follows from the later one and its growth, the two are not rounded apart: the interval
    /// holds every pair of level and growth, and is far narrower than that of two levels.
    #[must_use]
    pub fn change_of_funding(&self, region: &str, years: [i32; 2], worth: [f64; 2]) -> Option<[f64; 3]> {
        let [before, after] = [self.find(region, "funding", years[0])?, self.find(region, "funding", years[1])?];
        let of = |fact: &&Fact| fact.region == region && fact.year == years[1] && fact.metric == "funding growth";
        let growth = self.facts.iter().find(of).and_then(|fact| Some([fact.value?, fact.low?, fact.high?]));
        let ends: Vec<f64> = match growth.filter(|_| before.derived.is_some() && years[1] == years[0] + 1) {
            Some([_, low, high]) => {
                let pairs = [after.low, after.high].into_iter().flat_map(|level| [(level, low), (level, high)]);
                pairs.map(|(level, growth)| level * (worth[1] - worth[0] / (1.0 + growth))).collect()
            }
            None => vec![after.low * worth[1] - before.high * worth[0], after.high * worth[1] - before.low * worth[0]],
        };
        let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
        let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Some([after.value * worth[1] - before.value * worth[0], low, high])
    }
}
