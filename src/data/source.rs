//! Several sources of one figure: which there are, and the data set as one of them sees it.

use super::fact::{LEVELS, counted_by};
use super::{Dataset, Fact, Observation, Role};

/// A source that states the funding of both sides of the gap in some year.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Who counted: `CB Insights State of AI 2023 recap`.
    pub name: String,
    /// Edition of the figures.
    pub vintage: String,
    /// Year of its figures.
    pub year: i32,
    /// Funding of the lead and of the follow region, $bn.
    pub funding: [Observation; 2],
    /// Whether the data set starts from it by itself.
    pub main: bool,
}

impl Dataset {
    /// Ratios of two regions' funding by other sources that the data set mentions as context: not comparable, but a
    /// reader should know that they exist. Each with its source, in the order of the file.
    #[must_use]
    pub fn other_ratios(&self, lead: &str, follow: &str) -> Vec<(String, f64)> {
        let others = self.sources(lead, follow).into_iter().filter(|source| !source.main);
        others.map(|it| (it.name, it.funding[0].value / it.funding[1].value)).collect()
    }

    /// Every source that states the funding of both regions in the last observed year, its own first.
    #[must_use]
    pub fn sources(&self, lead: &str, follow: &str) -> Vec<Source> {
        let Some(year) = self.last_year(&[lead, follow]) else { return Vec::new() };
        let own = |region: &str| self.find(region, "funding", year).cloned();
        let mut found = Vec::new();
        if let (Some(a), Some(b)) = (own(lead), own(follow)) {
            let name = counted_by(&a.source).to_owned();
            found.push(Source { name, vintage: a.vintage.clone(), year, funding: [a, b], main: true });
        }
        let context = |fact: &&Fact, region: &str| {
            fact.role == Role::Context && fact.region == region && fact.year == year && fact.metric == "funding"
        };
        for first in self.facts.iter().filter(|fact| context(fact, lead)) {
            let same = |fact: &&Fact| {
                context(fact, follow)
                    && fact.source == first.source
                    && fact.vintage == first.vintage
                    && fact.unit == first.unit
            };
            let second = self.facts.iter().find(same);
            if let Some((a, b)) = observation(first).zip(second.and_then(observation)) {
                let name = counted_by(&first.source).to_owned();
                found.push(Source { name, vintage: first.vintage.clone(), year, funding: [a, b], main: false });
            }
        }
        // Two editions of one source are told apart by their vintage.
        let names: Vec<String> = found.iter().map(|source| source.name.clone()).collect();
        for source in &mut found {
            if names.iter().filter(|name| **name == source.name).count() > 1 {
                source.name = format!("{}, edition {}", source.name, source.vintage);
            }
        }
        found
    }

    /// The data set with the funding of one source in place of its own.
    ///
    /// Levels of two sources never mix in a series: funding is the source's alone, in the years it states it, and
    /// what rests on other funding (the world, the rest) is gone. Deals stay, because no other source counts them;
    /// so deal sizes would divide one source by another, and are not shown.
    #[must_use]
    pub fn of_source(&self, source: &Source) -> Self {
        if source.main {
            return self.clone();
        }
        let mut data = self.clone();
        data.mixes_sources = true;
        data.observations.retain(|figure| figure.metric == "deals");
        for funding in &source.funding {
            let deals = self.find(&funding.region, "deals", funding.year).cloned();
            data.observations.push(funding.clone());
            if let Some(deals) = deals {
                data.observations.push(Observation {
                    metric: "deal-size".to_owned(),
                    value: funding.value * 1000.0 / deals.value,
                    low: funding.low * 1000.0 / deals.high,
                    high: funding.high * 1000.0 / deals.low,
                    unit: "$m".to_owned(),
                    derived: Some(format!(
                        "funding of {} / deals of {}; not shown",
                        source.name,
                        counted_by(&deals.source)
                    )),
                    ..funding.clone()
                });
            }
        }
        let key = |figure: &Observation| (figure.region.clone(), figure.year, figure.metric.clone());
        data.observations.sort_by_key(key);
        data
    }
}

/// A fact of funding as a figure of the model.
fn observation(fact: &Fact) -> Option<Observation> {
    let (metric, units) = LEVELS.iter().find(|(metric, _)| *metric == fact.metric)?;
    let (_, factor) = units.iter().find(|(unit, _)| *unit == fact.unit)?;
    let value = fact.value? * factor;
    (value > 0.0).then(|| Observation {
        region: fact.region.clone(),
        year: fact.year,
        metric: (*metric).to_owned(),
        value,
        low: fact.low.map_or(value, |low| low * factor),
        high: fact.high.map_or(value, |high| high * factor),
        unit: "$bn".to_owned(),
        derived: None,
        assumed: false,
        source: fact.source.clone(),
        vintage: fact.vintage.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_source_starts_from_its_own_ratio() {
        let data = Dataset::built_in();
        let sources = data.sources("us", "china");
        let ratios: Vec<f64> = sources.iter().map(|it| it.funding[0].value / it.funding[1].value).collect();
        assert_eq!(sources.len(), 3);
        assert!((ratios[0] - 15.5).abs() < 1e-9 && (ratios[1] - 8.66).abs() < 0.01 && (ratios[2] - 4.51).abs() < 0.01);
        let other = data.of_source(&sources[1]);
        assert_eq!(other.find("us", "funding", 2023).map(|it| it.value), Some(67.22));
        assert_eq!(other.find("us", "funding", 2022), None);
        assert_eq!(other.find("world", "funding", 2023), None);
        assert_eq!(other.find("us", "deals", 2022), data.find("us", "deals", 2022));
        assert_eq!(data.of_source(&sources[0]), data);
    }

    #[test]
    fn two_editions_of_one_source_are_two_sources() {
        let text = "region,year,metric,value,unit,source,vintage,role\n\
                    us,2023,funding,31,USD bn,A,2024-01,\nchina,2023,funding,2,USD bn,A,2024-01,\n\
                    us,2023,funding,38,USD bn,A,2024-04,context\nchina,2023,funding,2.6,USD bn,A,2024-04,context\n";
        let data = Dataset::parse("mine.csv", text, &mut crate::diagnostic::Sources::default()).expect("valid");
        let sources = data.sources("us", "china");
        let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, ["A, edition 2024-01", "A, edition 2024-04"]);
        assert_eq!(data.of_source(&sources[1]).find("china", "funding", 2023).map(|it| it.value), Some(2.6));
    }
}
