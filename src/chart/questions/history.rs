//! What a history teaches and what past forecasts were worth, as charts.

use crate::chart::{BackTest, Chart, Learned, LearnedRow};
use crate::draw::Credits;
use crate::scenario::Scenario;
use crate::study::{BANDS, BackTested, Fit, FitParameter, Model};
use crate::wording;

use super::axes::credits;

/// Credits of a chart that rests on figures and on no simulated path.
fn of_figures(scenario: &Scenario) -> Credits {
    credits(scenario, 0, 0).of_observed()
}

/// The chart of a fit.
pub(super) fn of_fit(fit: &Fit) -> Vec<(String, Chart)> {
    let row = |it: &FitParameter| {
        let words = |value: f64| wording::input_value(value, it.unit);
        let after = it.posterior.map(words);
        LearnedRow {
            name: wording::capital(&it.name),
            prior: it.prior,
            posterior: it.posterior,
            ends: [
                if it.prior[0] <= it.posterior[0] { words(it.prior[0]) } else { String::new() },
                if it.prior[2] >= it.posterior[2] { words(it.prior[2]) } else { String::new() },
            ],
            words: format!("{} ({} to {})", after[1], after[0], after[2]),
            shrunk: it.shrunk(),
        }
    };
    let chart = Learned {
        title: wording::fit_title(fit),
        rows: fit.parameters.iter().map(row).collect(),
        credits: Credits { drawn: true, ..of_figures(&fit.scenario) },
    };
    vec![("fit".to_owned(), Chart::Learned(chart))]
}

/// The chart of a back-test: the bands of the fit.
pub(super) fn of_back_test(found: &BackTested) -> Vec<(String, Chart)> {
    let judged = found.judged(Model::Fit);
    let (first, last) = (found.origins.first().copied(), found.origins.last().copied());
    let chart = BackTest {
        forecasts: judged.forecasts,
        made: match (first, last) {
            (Some(first), Some(last)) if first < last => format!("made with data up to each year {first}–{last}"),
            (Some(first), _) => format!("made with data up to {first}"),
            _ => "made".to_owned(),
        },
        bands: BANDS.iter().zip(judged.inside).map(|((share, _), inside)| (*share, inside)).collect(),
        tenths: judged.tenths,
        overlapping: found.horizons.len() > 1 || found.history.regions.len() > 1,
        credits: of_figures(&found.scenario),
    };
    vec![("back-test".to_owned(), Chart::BackTest(chart))]
}
