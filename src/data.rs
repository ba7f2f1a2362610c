//! The figures a scenario starts from, each with its source, its vintage and the interval its rounding leaves.

/// A set of observations of one source and vintage.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Its name in a scenario: `cb-insights-2024-01`, or the file name of the user's own CSV.
    pub name: String,
    /// Observations by region, year and metric, ordered by these.
    pub observations: Vec<Observation>,
}

/// One figure: stated in the source, or derived from stated ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// `us`, `china`, `world`, `rest`, any other.
    pub region: String,
    /// Calendar year.
    pub year: i32,
    /// `deals`, `deal-size` or `funding`.
    pub metric: String,
    /// Central value, in `unit`.
    pub value: f64,
    /// Lower end of the interval that rounding leaves.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
    /// `deals`, `$m` or `$bn`.
    pub unit: String,
    /// How it follows from stated figures, if it is not stated itself: `31 / 1.14`.
    pub derived: Option<String>,
    /// Whether it is an assumption because no figure was stated.
    pub assumed: bool,
    /// Who said it.
    pub source: String,
    /// Edition it was said in.
    pub vintage: String,
}

impl Dataset {
    /// The observation of a region, metric and year.
    #[must_use]
    pub fn find(&self, region: &str, metric: &str, year: i32) -> Option<&Observation> {
        self.observations
            .iter()
            .find(|figure| figure.region == region && figure.metric == metric && figure.year == year)
    }
}
