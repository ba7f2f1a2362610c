//! What every growth model is given to move all paths by a year: their levels, its memory, and the shocks.

/// What a model remembers of some paths between two years: columns of equal length.
#[derive(Debug)]
pub struct State<'a> {
    /// Natural log of the level.
    pub level: &'a mut [f64],
    /// What else the model needs: last growth (fade, ar1) or the log-odds of level over ceiling (logistic).
    pub memory: &'a mut [f64],
}

/// The step of one year: which year it ends in and the shocks of the paths.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// The calendar year that the step ends in.
    pub year: i32,
    /// Unit-variance shocks, a value per path.
    pub shock: &'a [f64],
    /// State of the region's chain, a value per path; empty without regimes.
    pub regime: &'a [u8],
    /// Whether every parameter of the model has one value for all paths.
    pub certain: bool,
}
