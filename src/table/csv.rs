//! The CSV files of a run: UTF-8, `\n`, shortest round-trip numbers, a fixed order; an empty field is a missing value.

use crate::growth::Kind;
use crate::metric::{Measure, Metric, Observed};
use crate::scenario::{Assumption, Scenario};
use crate::summary::{Change, ConditionRow, FUTURES, KeptPath, Probability, Spread, Summary};

/// Rows of fields to text, quoted where needed.
pub(crate) fn text(header: &str, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(false).from_writer(Vec::new());
    let write = |writer: &mut csv::Writer<Vec<u8>>, row: Vec<String>| {
        writer.write_record(&row).expect("rows have the fields of the header and memory takes them");
    };
    write(&mut writer, header.split(',').map(str::to_owned).collect());
    rows.into_iter().for_each(|row| write(&mut writer, row));
    let bytes = writer.into_inner().expect("memory takes them");
    String::from_utf8(bytes).expect("made of texts")
}

/// The shortest digits that read back as the same number; empty for what is missing, infinite or undefined.
pub(crate) fn number(value: f64) -> String {
    match value {
        value if !value.is_finite() => String::new(),
        0.0 => "0".to_owned(),
        value => format!("{value}"),
    }
}

pub(crate) fn maybe(value: Option<f64>) -> String {
    value.map_or_else(String::new, number)
}

/// `fan.csv`: a row per metric, region and year; observed years hold what the data say, simulated years the spread.
#[must_use]
pub fn fan(scenario: &Scenario, summary: &Summary) -> String {
    let header = "scenario,metric,region,year,unit,observed,observed_low,observed_high,mean,sd,p2.5,p5,p10,p25,p50,\
                  p75,p90,p95,p97.5,n_undefined,n_infinite";
    let rows = summary.fan.iter().map(|row| {
        let mut fields = vec![
            scenario.name.clone(),
            row.measure.metric.name().to_owned(),
            row.measure.region(scenario),
            row.year.to_string(),
            row.measure.unit(scenario),
        ];
        fields.extend(observed(row.observed.as_ref()));
        fields.extend(spread(row.simulated.as_ref()));
        fields
    });
    text(header, rows)
}

fn observed(figure: Option<&Observed>) -> [String; 3] {
    figure.map_or_else(Default::default, |figure| [number(figure.value), number(figure.low), number(figure.high)])
}

fn spread(spread: Option<&Spread>) -> Vec<String> {
    let Some(spread) = spread else { return vec![String::new(); 13] };
    let mut fields = vec![maybe(spread.mean), maybe(spread.sd)];
    match spread.quantiles {
        Some(quantiles) => fields.extend(quantiles.map(number)),
        None => fields.extend(std::iter::repeat_n(String::new(), 9)),
    }
    fields.extend([spread.undefined.to_string(), spread.infinite.to_string()]);
    fields
}

/// `fan_errors.csv`: standard errors of simulation of the quantiles in `fan.csv`, and the share of the variance that
/// assumptions explain. Empty where so few paths say nothing.
#[must_use]
pub fn fan_errors(scenario: &Scenario, summary: &Summary) -> String {
    let header = "scenario,metric,region,year,se_p2.5,se_p5,se_p10,se_p25,se_p50,se_p75,se_p90,se_p95,se_p97.5,\
                  share_from_assumptions";
    let rows = summary.fan.iter().filter_map(|row| {
        let spread = row.simulated.as_ref()?;
        let mut fields = vec![
            scenario.name.clone(),
            row.measure.metric.name().to_owned(),
            row.measure.region(scenario),
            row.year.to_string(),
        ];
        fields.extend(errors(spread));
        fields.push(maybe(spread.share_from_assumptions));
        Some(fields)
    });
    text(header, rows)
}

fn errors(spread: &Spread) -> [String; 9] {
    spread.errors.map_or_else(Default::default, |errors| errors.map(number))
}

/// Names of the gap's regions as readers know them.
fn sides(scenario: &Scenario) -> [String; 2] {
    [scenario.gap.lead, scenario.gap.follow].map(|region| crate::scenario::short_name(&scenario.regions[region].name))
}

/// `probabilities.csv`: a row per question and year.
#[must_use]
pub fn probabilities(scenario: &Scenario, summary: &Summary) -> String {
    let header = "scenario,question,definition,year,probability,standard_error,sim_error_low,sim_error_high,\
                  spread_from_assumptions,paths";
    let [lead, follow] = sides(scenario);
    let word = &scenario.regions[scenario.gap.follow].name;
    let fields = |question: String, definition: String, year: i32, p: &Probability| {
        vec![
            scenario.name.clone(),
            question,
            definition,
            year.to_string(),
            number(p.value),
            number(p.standard_error),
            number(p.low),
            number(p.high),
            number(p.spread_from_assumptions),
            p.paths.to_string(),
        ]
    };
    let built_in = summary.probabilities.iter().map(|row| {
        let definition = row.question.definition(&lead, &follow, scenario.base_year);
        fields(row.question.name(word), definition, row.year, &row.probability)
    });
    let own = scenario.questions.iter().enumerate().flat_map(|(place, question)| {
        let row =
            |row: &ConditionRow| fields(question.name.clone(), question.that.text.clone(), row.year, &row.probability);
        summary.question(place).map(row).collect::<Vec<_>>()
    });
    text(header, built_in.chain(own))
}

/// `checks.csv`: what must hold, and the share of paths that break it in some year.
#[must_use]
pub fn checks(scenario: &Scenario, summary: &Summary) -> String {
    let rows = scenario.checks.iter().enumerate().map(|(place, check)| {
        let (broken, paths) = summary.broken(scenario, place);
        vec![
            scenario.name.clone(),
            check.name.clone(),
            check.that.text.clone(),
            check.severity.name().to_owned(),
            number(check.allow),
            number(broken as f64 / paths as f64),
            paths.to_string(),
            check.why.clone().unwrap_or_default(),
            check.source.clone().unwrap_or_default(),
        ]
    });
    text("scenario,check,that,severity,allowed,broken,paths,why,source", rows)
}

/// `milestones.csv`: the share of paths that have reached a milestone by each year, and, without a year, the share
/// that never reaches it within the horizon.
#[must_use]
pub fn milestones(scenario: &Scenario, summary: &Summary) -> String {
    let [lead, follow] = sides(scenario);
    let mut rows = Vec::new();
    for row in &summary.milestones {
        let definition = row.milestone.definition(&lead, &follow, scenario.base_year);
        let name = row.milestone.name().to_owned();
        let p = &row.reached_by;
        let fields = |name: String, definition: String, year: String, values: [f64; 3]| {
            let mut fields = vec![scenario.name.clone(), name, definition, year];
            fields.extend(values.map(number));
            fields
        };
        rows.push(fields(name.clone(), definition.clone(), row.year.to_string(), [p.value, p.low, p.high]));
        if row.year == scenario.horizon {
            let never = format!("not by {}: {definition}", scenario.horizon);
            let values = [1.0 - p.value, 1.0 - p.high, 1.0 - p.low];
            rows.push(fields(format!("{name}-never"), never, String::new(), values));
        }
    }
    text("scenario,milestone,definition,year,reached_by,sim_error_low,sim_error_high", rows)
}

/// `decomposition.csv`: what moved the gap between two years, by side and component.
///
/// `dollars` (or the money shown) adds up to the change of the gap (LMDI; Shapley beside it), `log_points` to the change of the log
/// ratio, of which `factor` is the exponential and `share` the part of the
/// total (empty where the terms all but cancel). For a simulated year every term
/// is its mean over paths.
#[must_use]
pub fn decomposition(scenario: &Scenario, summary: &Summary) -> String {
    let rows = summary.decompositions.iter().flat_map(|change| terms(scenario, change));
    let amount = scenario.money.column();
    text(&format!("scenario,from,to,side,component,{amount},{amount}_shapley,factor,log_points,share"), rows)
}

fn terms(scenario: &Scenario, change: &Change) -> Vec<Vec<String>> {
    let names = [scenario.gap.lead, scenario.gap.follow].map(|region| scenario.regions[region].name.clone());
    let total = change.decomposition.total();
    let moved: f64 = change.decomposition.terms.iter().map(|term| term.log_points.abs()).sum();
    // Where the terms all but cancel, a share of what is left of them says nothing.
    let divides = total.log_points.abs() > 0.1 * moved;
    let row = |side: &str, component: &str, term: &crate::summary::Term, share: Option<f64>| {
        vec![
            scenario.name.clone(),
            change.from.to_string(),
            change.to.to_string(),
            side.to_owned(),
            component.to_owned(),
            number(term.dollars),
            number(term.dollars_shapley),
            number(libm::exp(term.log_points)),
            number(term.log_points),
            maybe(share),
        ]
    };
    let mut rows = Vec::new();
    for (place, term) in change.decomposition.terms.iter().enumerate() {
        let component = if place % 2 == 0 { "deals" } else { "deal-size" };
        let share = divides.then(|| term.log_points / total.log_points);
        rows.push(row(&names[place / 2], component, term, share));
    }
    for (component, pair) in [("money", change.decomposition.money), ("added", change.decomposition.added)] {
        for (side, term) in pair.iter().flatten().enumerate() {
            rows.push(row(&names[side], component, term, divides.then(|| term.log_points / total.log_points)));
        }
    }
    rows.push(row("total", "all", &total, divides.then_some(1.0)));
    rows
}

/// `distribution.csv`: ratio and gap of the last year: the level of the base year, fifty equally likely values, and a
/// histogram whose columns and two tails hold every path. An empty value is one without bound.
#[must_use]
pub fn distribution(scenario: &Scenario, summary: &Summary) -> String {
    let rows = summary.distributions.iter().flat_map(|it| {
        let row = |kind: &str, fields: [String; 5]| {
            let mut row = vec![
                scenario.name.clone(),
                it.measure.metric.name().to_owned(),
                it.measure.region(scenario),
                it.year.to_string(),
                it.measure.unit(scenario),
                kind.to_owned(),
            ];
            row.extend(fields);
            row
        };
        let no = String::new;
        let mut rows = vec![row("base-year", [no(), no(), no(), number(it.threshold), no()])];
        for (place, value) in it.quantiles.iter().enumerate() {
            let rank = (2 * place + 1) as f64 / (2 * FUTURES) as f64;
            rows.push(row("future", [number(rank), no(), no(), number(*value), no()]));
        }
        if let (Some(first), Some(last)) = (it.columns.first(), it.columns.last()) {
            rows.push(row("below", [no(), no(), number(first.low), no(), number(it.below)]));
            for column in &it.columns {
                rows.push(row("column", [no(), number(column.low), number(column.high), no(), number(column.share)]));
            }
            rows.push(row("above", [no(), number(last.high), no(), no(), number(it.above)]));
        }
        rows
    });
    text("scenario,metric,region,year,unit,kind,rank,low,high,value,share", rows)
}

/// `uncertainty.csv`: how much of the spread of a log comes from which layer of chance.
///
/// `alone` is the share of the variance that the layer explains by itself, `with_others` the share that would be gone
/// if the layer were known; what the shares alone leave to 1 is what layers do together.
#[must_use]
pub fn uncertainty(scenario: &Scenario, summary: &Summary) -> String {
    let header = "scenario,metric,region,year,scale,layer,definition,share_alone,standard_error,share_with_others,\
                  standard_error_with_others,paths";
    let rows = summary.uncertainty.rows.iter().map(|row| {
        let measure = Measure { metric: row.metric, subject: row.subject };
        vec![
            scenario.name.clone(),
            row.metric.name().to_owned(),
            measure.region(scenario),
            row.year.to_string(),
            "log".to_owned(),
            row.layer.name().to_owned(),
            row.layer.definition().to_owned(),
            number(row.alone[0]),
            number(row.alone[1]),
            number(row.with_others[0]),
            number(row.with_others[1]),
            summary.uncertainty.paths.to_string(),
        ]
    });
    text(header, rows)
}

/// `sources.csv`: funding, gap and ratio from the figures of each source, never mixed.
#[must_use]
pub fn sources(found: &[crate::study::BySource]) -> String {
    let header = "scenario,source,vintage,metric,region,year,unit,observed,observed_low,observed_high,mean,sd,p2.5,p5,p10,p25,\
                  p50,p75,p90,p95,p97.5,n_undefined,n_infinite,se_p2.5,se_p5,se_p10,se_p25,se_p50,se_p75,se_p90,se_p95,\
                  se_p97.5";
    let rows = found.iter().flat_map(|it| {
        let wanted = [Metric::Funding, Metric::Gap, Metric::Ratio];
        let rows = it.summary.fan.iter().filter(move |row| wanted.contains(&row.measure.metric));
        rows.filter(|row| row.measure.subject != crate::metric::Subject::World).map(|row| {
            let mut fields = vec![
                it.scenario.name.clone(),
                it.source.name.clone(),
                it.source.vintage.clone(),
                row.measure.metric.name().to_owned(),
                row.measure.region(&it.scenario),
                row.year.to_string(),
                row.measure.unit(&it.scenario),
            ];
            fields.extend(observed(row.observed.as_ref()));
            fields.extend(spread(row.simulated.as_ref()));
            fields.extend(row.simulated.as_ref().map_or_else(Default::default, errors));
            fields
        })
    });
    text(header, rows)
}

/// Columns of an input.
pub(super) const ASSUMPTION: &str = "address,value,unit,kind,source,why,set_by,line";

/// An input with its reason, its source and who set it.
pub(crate) fn assumption(it: &Assumption) -> Vec<String> {
    vec![
        it.address.clone(),
        it.value.clone(),
        it.unit.clone(),
        it.role.name().to_owned(),
        it.source.clone().unwrap_or_default(),
        it.why.clone().unwrap_or_default(),
        it.set_by.file.clone(),
        it.set_by.line.map_or_else(String::new, |line| line.to_string()),
    ]
}

/// `assumptions.csv`: every input with its reason, its source and who set it.
#[must_use]
pub fn assumptions(scenario: &Scenario) -> String {
    text(ASSUMPTION, scenario.assumptions.iter().map(assumption))
}

/// `observations.csv`: the figures used.
#[must_use]
pub fn observations(scenario: &Scenario) -> String {
    let used = |region: &str| {
        let world = scenario.has_world() && region == "world";
        world || scenario.regions.iter().any(|known| known.name == region)
    };
    let rows = scenario.data.observations.iter().filter(|figure| used(&figure.region)).map(|figure| {
        let derived = match (&figure.derived, figure.assumed) {
            (Some(how), true) => format!("{how}; rests on an assumption"),
            (Some(how), false) => how.clone(),
            (None, true) => "assumption".to_owned(),
            (None, false) => String::new(),
        };
        vec![
            figure.region.clone(),
            figure.year.to_string(),
            figure.metric.clone(),
            number(figure.value),
            number(figure.low),
            number(figure.high),
            figure.unit.clone(),
            derived,
            figure.source.clone(),
            figure.vintage.clone(),
        ]
    });
    text("region,year,metric,value,low,high,unit,derived,source,vintage", rows)
}

/// `paths.csv`: single futures, a row for each assumption (without a year) and for each metric, region and year.
///
/// Assumptions stand in the unit they are used in: growth and effects as logs, volatilities and chances as shares,
/// levels in the unit of their series.
#[must_use]
pub fn paths(scenario: &Scenario, kept: &[KeptPath]) -> String {
    let measures = Measure::all(scenario);
    let regions: Vec<String> = measures.iter().map(|measure| measure.region(scenario)).collect();
    let mut rows = Vec::new();
    for path in kept {
        let row = |year: String, metric: &str, region: &str, unit: &str, value: f64| {
            let start = [scenario.name.clone(), path.path.to_string(), (path.path / 2).to_string(), year];
            let end = [metric.to_owned(), region.to_owned(), unit.to_owned(), number(value)];
            start.into_iter().chain(end).collect::<Vec<String>>()
        };
        for (assumption, value) in scenario.assumptions.iter().zip(&path.assumptions) {
            let level = assumption.kind == Kind::Level;
            let (unit, value) = match assumption.kind {
                Kind::Growth | Kind::Effect | Kind::Points => ("log points", *value),
                Kind::Volatility | Kind::Chance | Kind::Persistence | Kind::Spread | Kind::Share => ("share", *value),
                Kind::Number => ("number", *value),
                Kind::Years | Kind::Year => ("years", *value),
                Kind::Level => (assumption.unit.as_str(), *value),
            };
            let value = if level { libm::exp(value) } else { value };
            rows.push(row(String::new(), &assumption.address, "", unit, value));
        }
        for (place, measure) in measures.iter().enumerate() {
            for (year, value) in scenario.years().zip(&path.values[place]) {
                rows.push(row(
                    year.to_string(),
                    measure.metric.name(),
                    &regions[place],
                    &measure.unit(scenario),
                    *value,
                ));
            }
        }
    }
    text("scenario,path,draw,year,metric,region,unit,value", rows)
}
