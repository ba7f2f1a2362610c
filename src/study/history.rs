//! The yearly growth of regions in one edition, which fits and back-tests learn from, and why a data set has too little of it.

use crate::data::{Dataset, Observation};
use crate::diagnostic::did_you_mean;

/// Fewest observed years that anything is fitted to.
pub const LEAST_YEARS: usize = 6;

/// Logs of the funding of some regions in the same consecutive years, all of one edition.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Regions, the lead first.
    pub regions: Vec<String>,
    /// Observed years, in order and without gaps.
    pub years: Vec<i32>,
    /// Logs of funding in $bn by region and year.
    pub logs: Vec<Vec<f64>>,
    /// Who counted, in which edition.
    pub source: String,
    /// Edition of all figures.
    pub vintage: String,
}

/// Why nothing can be learned from a data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TooLittle {
    /// No region was named, or more than two.
    Regions(usize),
    /// A region was named twice.
    Twice(String),
    /// The world was named, which is a sum of regions.
    World,
    /// The data set lacks a region's funding.
    Unknown {
        /// Region that was asked for.
        region: String,
        /// Regions that have funding.
        known: Vec<String>,
    },
    /// A year is missing between two others.
    Gap {
        /// Region that lacks it.
        region: String,
        /// The year that is missing.
        year: i32,
    },
    /// Two regions are of different sources or editions.
    Editions([String; 2]),
    /// No year is so far behind the first forecast that it could be held against the figures.
    Ahead {
        /// Nearest horizon that was asked for, in years.
        asked: usize,
        /// Farthest that the figures allow.
        most: usize,
        /// How many years there are.
        years: usize,
    },
    /// Too few years are common to all regions.
    Years {
        /// Years that there are.
        years: Vec<i32>,
        /// Fewest years that are needed.
        least: usize,
        /// What needs them: a fit, a back-test.
        what: &'static str,
    },
}

impl std::fmt::Display for TooLittle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Regions(number) => {
                write!(f, "{number} regions are named: name one or two, such as --regions us,china")
            }
            Self::Twice(region) => write!(f, "{region} is named twice: name one or two different regions"),
            Self::World => write!(
                f,
                "the world is the sum of its regions, and no side that is held against another: name one or two of them, such \
                 as --regions us,china"
            ),
            Self::Unknown { region, known } => {
                let meant = did_you_mean(region, known.iter().map(String::as_str));
                let meant = meant.map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
                write!(f, "the data have no funding of {region}: they have that of {}{meant}", known.join(", "))
            }
            Self::Gap { region, year } => write!(
                f,
                "the data have no funding of {region} in {year}, between two years that they have: growth over a gap is not \
                 that of a year, so add the figure or leave out what is before it"
            ),
            Self::Editions([one, other]) => write!(
                f,
                "the regions are of two editions, {one} and {other}: growth is only comparable within one, so take both from \
                 the same"
            ),
            Self::Ahead { asked, most, years } => write!(
                f,
                "the data have {years} years, and a forecast needs {} of them: what comes {asked} years later is not among \
                 them; ask for --horizons of at most {most}",
                years - most
            ),
            Self::Years { years, least, what } => {
                let had = match years.as_slice() {
                    [] => "no year of funding that all regions have".to_owned(),
                    [one] => format!("one year of funding, {one}"),
                    [first, .., last] => format!("{} years of funding, {first} to {last}", years.len()),
                };
                write!(
                    f,
                    "the data have {had}, and a {what} needs at least {least} of one edition: take a longer history, such as \
                     ai-index-2022 (2013 to 2021)"
                )
            }
        }
    }
}

impl std::error::Error for TooLittle {}

impl History {
    /// The history of some regions up to a year, or to the last that all of them have.
    ///
    /// # Errors
    /// Why nothing can be learned from it; `least` years are needed for `what`.
    pub fn of(
        data: &Dataset,
        regions: &[String],
        until: Option<i32>,
        (least, what): (usize, &'static str),
    ) -> Result<Self, TooLittle> {
        if !(1..=2).contains(&regions.len()) {
            return Err(TooLittle::Regions(regions.len()));
        }
        if regions.len() == 2 && regions[0] == regions[1] {
            return Err(TooLittle::Twice(regions[0].clone()));
        }
        if regions.iter().any(|region| region == "world") {
            return Err(TooLittle::World);
        }
        let mut years: Option<Vec<i32>> = None;
        let mut editions: Vec<(String, String)> = Vec::new();
        for region in regions {
            let own: Vec<&Observation> = data.observations.iter().filter(|it| is_funding(it, region, until)).collect();
            if own.is_empty() {
                return Err(unknown(data, region, until).unwrap_or(TooLittle::Years {
                    years: Vec::new(),
                    least,
                    what,
                }));
            }
            if let Some(pair) = own.windows(2).find(|pair| pair[1].year != pair[0].year + 1) {
                return Err(TooLittle::Gap { region: region.clone(), year: pair[0].year + 1 });
            }
            let own_years: Vec<i32> = own.iter().map(|figure| figure.year).collect();
            years = Some(match years {
                None => own_years,
                Some(known) => known.into_iter().filter(|year| own_years.contains(year)).collect(),
            });
            editions.push((own[0].source.clone(), own[0].vintage.clone()));
        }
        let years = years.unwrap_or_default();
        if let [one, other] = editions.as_slice()
            && one != other
        {
            return Err(TooLittle::Editions([one, other].map(|(source, vintage)| format!("{source} of {vintage}"))));
        }
        if years.len() < least {
            return Err(TooLittle::Years { years, least, what });
        }
        let log =
            |region: &String, year: &i32| libm::log(data.find(region, "funding", *year).map_or(1.0, |it| it.value));
        let logs = regions.iter().map(|region| years.iter().map(|year| log(region, year)).collect()).collect();
        let (source, vintage) = editions.swap_remove(0);
        Ok(Self { regions: regions.to_vec(), years, logs, source, vintage })
    }

    /// Last observed year.
    #[must_use]
    pub fn last_year(&self) -> i32 {
        self.years.last().copied().unwrap_or_default()
    }

    /// The history as it was known after so many years.
    #[must_use]
    pub fn first(&self, years: usize) -> Self {
        let logs = self.logs.iter().map(|logs| logs[..years].to_vec()).collect();
        Self { years: self.years[..years].to_vec(), logs, ..self.clone() }
    }

    /// Yearly changes of the logs by region.
    #[must_use]
    pub fn growths(&self) -> Vec<Vec<f64>> {
        self.logs.iter().map(|logs| logs.windows(2).map(|pair| pair[1] - pair[0]).collect()).collect()
    }
}

fn is_funding(figure: &Observation, region: &str, until: Option<i32>) -> bool {
    figure.region == region && figure.metric == "funding" && until.is_none_or(|until| figure.year <= until)
}

/// A region without funding, if it has none in any year.
fn unknown(data: &Dataset, region: &str, until: Option<i32>) -> Option<TooLittle> {
    if until.is_some() && data.observations.iter().any(|it| is_funding(it, region, None)) {
        return None;
    }
    let mut known: Vec<String> =
        data.observations.iter().filter(|it| it.metric == "funding").map(|it| it.region.clone()).collect();
    known.dedup();
    known.retain(|region| region != "world");
    Some(TooLittle::Unknown { region: region.to_owned(), known })
}
