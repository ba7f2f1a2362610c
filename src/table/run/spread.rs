//! What moved the gap, how the last year is spread, and which layer of chance spreads it.

use crate::metric::{Measure, Metric};
use crate::scenario::Scenario;
use crate::summary::{Change, Decomposition, Distribution, FUTURES, Summary, Term};
use crate::table::declared;
use crate::table::typed::{Field, Table};

/// `decomposition.csv`: what moved the gap between two years, by side and component.
///
/// The amount of money adds up to the change of the gap (LMDI; Shapley beside it), `log_change` to the change of the log
/// ratio, of which `factor` is the exponential and `share` the part of the total (empty where the terms all but cancel).
/// For a simulated year every term is its mean over paths.
#[must_use]
pub fn decomposition(scenario: &Scenario, summary: &Summary) -> Table {
    let mut table = Table::new(&declared::DECOMPOSITION).named("{money}", &scenario.money().column());
    summary.decompositions.iter().for_each(|change| terms(&mut table, scenario, summary, change));
    table
}

fn terms(table: &mut Table, scenario: &Scenario, summary: &Summary, change: &Change) {
    let names = [scenario.gap().lead(), scenario.gap().follow()].map(|region| scenario.regions()[region].name());
    let total = change.decomposition.total();
    let moved: f64 = change.decomposition.terms.iter().map(|term| term.log_points.abs()).sum();
    // Where the terms all but cancel, a share of what is left of them says nothing.
    let divides = total.log_points.abs() > 0.1 * moved;
    let mut push = |side: &str, component: &str, [term, error]: [&Term; 2], share: f64| {
        table.push([
            Field::from(scenario.name()),
            change.from.into(),
            change.to.into(),
            side.into(),
            component.into(),
            term.dollars.into(),
            term.dollars_shapley.into(),
            libm::exp(term.log_points).into(),
            term.log_points.into(),
            divides.then_some(share).into(),
            error.dollars.into(),
            error.dollars_shapley.into(),
            error.log_points.into(),
        ]);
    };
    let none = Term { dollars: f64::NAN, dollars_shapley: f64::NAN, log_points: f64::NAN };
    let errors =
        change.errors.unwrap_or(Decomposition { terms: [none; 4], money: Some([none; 2]), added: Some([none; 2]) });
    for (place, (term, error)) in change.decomposition.terms.iter().zip(&errors.terms).enumerate() {
        let component = if place % 2 == 0 { "deals" } else { "deal-size" };
        push(names[place / 2], component, [term, error], term.log_points / total.log_points);
    }
    let (money, added) = ((change.decomposition.money, errors.money), (change.decomposition.added, errors.added));
    for (component, (pair, errors)) in [("money", money), ("added", added)] {
        let errors = errors.unwrap_or([none; 2]);
        for (side, (term, error)) in pair.iter().flatten().zip(&errors).enumerate() {
            push(names[side], component, [term, error], term.log_points / total.log_points);
        }
    }
    // From figures that are the same on every path, the change is off by what its end is off.
    let of_mean = |metric| {
        let spread = summary.gap(metric, change.to).filter(|_| change.simulated && scenario.measurement().is_off());
        spread.and_then(|spread| spread.moment_errors[0]).unwrap_or(f64::NAN)
    };
    let dollars = of_mean(Metric::Gap);
    let error = Term { dollars, dollars_shapley: dollars, log_points: of_mean(Metric::LogRatio) };
    push("total", "all", [&total, &error], 1.0);
}

/// `distribution.csv`: ratio and gap of the last year: the level of the base year, fifty equally likely values, and a
/// histogram whose columns and two tails hold every path. An empty value is one without bound.
#[must_use]
pub fn distribution(scenario: &Scenario, summary: &Summary) -> Table {
    let mut table = Table::new(&declared::DISTRIBUTION);
    summary.distributions.iter().for_each(|it| histogram(&mut table, scenario, it));
    table
}

fn histogram(table: &mut Table, scenario: &Scenario, it: &Distribution) {
    // Rank, low, high, value and share behind the kind; what is no number is left empty.
    let none = f64::NAN;
    let mut push = |kind: &str, numbers: [f64; 5]| {
        let about = [
            Field::from(scenario.name()),
            it.measure.metric.name().into(),
            it.measure.region(scenario).into(),
            it.year.into(),
            it.measure.unit(scenario).into(),
            kind.into(),
        ];
        table.push(about.into_iter().chain(numbers.map(Field::from)));
    };
    push("base-year", [none, none, none, it.threshold, none]);
    for (place, value) in it.quantiles.iter().enumerate() {
        let rank = (2 * place + 1) as f64 / (2 * FUTURES) as f64;
        push("future", [rank, none, none, *value, none]);
    }
    if let (Some(first), Some(last)) = (it.columns.first(), it.columns.last()) {
        push("below", [none, none, first.low, none, it.below]);
        for column in &it.columns {
            push("column", [none, column.low, column.high, none, column.share]);
        }
        push("above", [none, last.high, none, none, it.above]);
    }
}

/// `uncertainty.csv`: how much of the spread of a log comes from which layer of chance.
///
/// `share_alone` is the share of the variance that the layer explains by itself, `share_with_others` the share that would
/// be gone if the layer were known; what the shares alone leave to 1 is what layers do together.
#[must_use]
pub fn uncertainty(scenario: &Scenario, summary: &Summary) -> Table {
    let mut table = Table::new(&declared::UNCERTAINTY);
    for row in &summary.uncertainty.rows {
        let measure = Measure { metric: row.metric, subject: row.subject };
        table.push([
            Field::from(scenario.name()),
            row.metric.name().into(),
            measure.region(scenario).into(),
            row.year.into(),
            measure.unit(scenario).into(),
            "log".into(),
            row.layer.name().into(),
            row.layer.definition().into(),
            row.alone[0].into(),
            row.alone[1].into(),
            row.with_others[0].into(),
            row.with_others[1].into(),
            summary.uncertainty.paths.into(),
        ]);
    }
    table
}
