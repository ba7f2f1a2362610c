//! Numbers of a fan as labels: each with the cell of the run's tables that it was made from.

use crate::metric::Observed;
use crate::summary::Estimate;
use crate::table::Cell;
use crate::wording::Cited;

use super::year::{Band, Seen};

/// Columns of the quantiles that a chart draws.
const COLUMNS: [&str; 7] = ["p2.5", "p10", "p25", "p50", "p75", "p90", "p97.5"];

/// Quantiles of a band at these places; `cell` names the row of the series but for the year.
fn quantiles<const N: usize>(cell: &Cell, band: &Band, places: [usize; N]) -> Cited<[Estimate; N]> {
    let columns = places.map(|place| COLUMNS[place]);
    Cited::new(places.map(|place| band.estimate(place)), cell.with("year", &band.year.to_string(), &columns))
}

/// The median of a band.
pub(crate) fn median(cell: &Cell, band: &Band) -> Cited<Estimate> {
    let Cited { value: [value], cell } = quantiles(cell, band, [3]);
    Cited { value, cell }
}

/// The range of 80% of paths.
pub(crate) fn range(cell: &Cell, band: &Band) -> Cited<[Estimate; 2]> {
    quantiles(cell, band, [1, 5])
}

/// What a star beside an observed value says, in the footer of a chart that has one.
pub(crate) const STAR: &str = "* worked out from other figures.";

/// An observed year.
pub(crate) fn observed(cell: &Cell, seen: &Seen) -> Cited<Observed> {
    let Seen { year, value, low, high, derived } = *seen;
    let columns = ["observed", "observed_low", "observed_high"];
    let figure = Observed { value, low, high, derived, assumed: false };
    Cited::new(figure, cell.with("year", &year.to_string(), &columns))
}
