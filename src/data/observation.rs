//! One figure that scenarios start from, with its source and what its rounding leaves open.

/// One figure: stated in the source, or derived from stated ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// `us`, `china`, `world`, `rest`, any other.
    pub region: String,
    /// Calendar year of the figure.
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
    /// Whether it rests on an assumption because no figure was stated.
    pub assumed: bool,
    /// Who said the figure.
    pub source: String,
    /// Edition it was said in.
    pub vintage: String,
}
