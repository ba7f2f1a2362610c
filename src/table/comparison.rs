//! The tables of a comparison: paired differences, inputs that differ, what each input did, the mixture.

use crate::metric::{Metric, Subject};
use crate::scenario::{Scenario, Setting};
use crate::study::{Compared, Comparison};
use crate::summary::{Answer, Attribution, PairedRow, SeriesLuck, rounded_to_add_up};

use super::declared;
use super::origin::set_by;
use super::run::input;
use super::typed::{Field, Table};

/// Every table of the comparison, in the order of its files.
#[must_use]
pub fn tables(compared: &Comparison) -> Vec<Table> {
    let mut tables = vec![compare(compared), inputs_diff(compared), attribution(compared), assumptions(compared)];
    tables.extend(ensemble(compared));
    tables
}

/// `compare.csv`: a row for each what-if, metric, region and year.
///
/// Medians and their change are of each side by itself; everything behind is of the same paths under both.
#[must_use]
pub fn compare(compared: &Comparison) -> Table {
    let mut table = Table::new(&declared::COMPARE);
    for it in &compared.what_ifs {
        it.rows.iter().for_each(|row| table.push(pairs(&compared.baseline.scenario, it, row)));
    }
    table
}

/// `inputs_diff.csv`: which inputs differ, and who set them.
#[must_use]
pub fn inputs_diff(compared: &Comparison) -> Table {
    let mut table = Table::new(&declared::INPUTS_DIFF);
    for it in &compared.what_ifs {
        for difference in &it.differences {
            let value = |setting: &Option<Setting>| Field::from(setting.as_ref().map(|it| it.value.clone()));
            let [(base, base_line), (own, own_line)] =
                [&difference.base, &difference.what_if].map(|it| place(it.as_ref()));
            let words = difference.what_if.as_ref();
            table.push([
                Field::from(it.side.scenario.name()),
                (&difference.address).into(),
                difference.role.name().into(),
                value(&difference.base),
                value(&difference.what_if),
                base,
                base_line,
                own,
                own_line,
                words.and_then(|it| it.why.as_ref()).into(),
                words.and_then(|it| it.source.as_ref()).into(),
            ]);
        }
    }
    table
}

/// `assumptions.csv`: every input of every scenario, the baseline first.
#[must_use]
pub fn assumptions(compared: &Comparison) -> Table {
    let mut table = Table::of_several(&declared::ASSUMPTIONS);
    for scenario in compared.scenarios() {
        let name = Field::from(scenario.name());
        scenario.assumptions().iter().for_each(|it| table.push([name.clone()].into_iter().chain(input(it))));
    }
    table
}

/// `attribution.csv`: parts of the difference by input (Shapley), by assumptions and levers, and along the identity.
///
/// `log_median_ratio` has parts that are factors, `mean_gap` and `wider_as_ratio` parts that add up; the identity
/// divides the mean change of the log ratio. Every number is rounded to nine decimals so that parts add up to their
/// total in the digits of the file. The median of the paired ratios stands beside, because it is another number.
#[must_use]
pub fn attribution(compared: &Comparison) -> Table {
    let mut table = Table::new(&declared::ATTRIBUTION);
    for it in &compared.what_ifs {
        let Some(found) = &it.attribution else { continue };
        let mut parts = Parts { table: &mut table, what_if: it.side.scenario.name(), year: found.year };
        parts.of_inputs(found);
        if let Some(median) = PairedRow::of_gap(&it.rows, Metric::Ratio, found.year).and_then(|row| row.ratio) {
            let (log, none) = (rounded(libm::log(median[3])), f64::NAN);
            parts.push(("paired", "median of the paired ratios", "", &[]), [log, none, none], None);
        }
        along_the_identity(&compared.baseline.scenario, it, &mut parts);
    }
    table
}

fn along_the_identity(baseline: &Scenario, it: &Compared, parts: &mut Parts) {
    let sides = [baseline.gap().lead(), baseline.gap().follow()];
    let logs: Vec<[f64; 1]> = it.identity.iter().map(|term| [term.log_points]).collect();
    let (logs, [total]) = add_up(&logs, [logs.iter().map(|[log]| log).sum()]);
    for (term, [log]) in it.identity.iter().zip(logs) {
        let side = baseline.regions()[sides[term.side]].name();
        parts.push_identity(&format!("{side}.{}", term.component), log);
    }
    if !it.identity.is_empty() {
        parts.push_identity("total", total);
    }
}

/// `ensemble.csv`: the mixture of all scenarios with their weights.
#[must_use]
pub fn ensemble(compared: &Comparison) -> Option<Table> {
    let (_, rows) = compared.ensemble.as_ref()?;
    let base = &compared.baseline.scenario;
    let mut table = Table::new(&declared::ENSEMBLE);
    for row in rows {
        let about = [
            Field::from(row.measure.metric.name()),
            row.measure.region(base).into(),
            row.year.into(),
            row.measure.unit(base).into(),
        ];
        let from_choice = Field::from(row.from_choice);
        table.push(about.into_iter().chain(row.quantiles.map(Field::from)).chain([from_choice]));
    }
    Some(table)
}

/// Who set a value: file and line.
fn place(setting: Option<&Setting>) -> (Field<'_>, Field<'_>) {
    let origin = setting.map(|it| &it.set_by);
    (origin.map(set_by).into(), origin.and_then(|it| it.line()).map(|line| line as u64).into())
}

/// The rows of a what-if's attribution.
struct Parts<'a> {
    table: &'a mut Table,
    what_if: &'a str,
    year: i32,
}

impl Parts<'_> {
    /// A row: split, part, kind and inputs; log of the median ratio, mean gap and share that is wider, with their errors.
    fn push(&mut self, about: (&str, &str, &str, &[String]), values: [f64; 3], errors: Option<[f64; 3]>) {
        let errors = errors.unwrap_or([f64::NAN; 3]);
        let numbers = values.into_iter().zip(errors).flat_map(|(value, error)| [Field::from(value), error.into()]);
        let factor = Field::from(libm::exp(values[0]));
        self.push_fields(about, [factor].into_iter().chain(numbers).chain([Field::Missing]));
    }

    /// A row of the identity, which has a mean log ratio and nothing else.
    fn push_identity(&mut self, part: &str, log: f64) {
        let none = std::iter::repeat_n(Field::Missing, 7);
        self.push_fields(("identity", part, "", &[]), none.chain([Field::from(log)]));
    }

    fn push_fields<'b>(
        &mut self,
        (split, part, kind, inputs): (&str, &str, &str, &[String]),
        numbers: impl Iterator<Item = Field<'b>>,
    ) {
        let about = [Field::from(self.what_if.to_owned()), self.year.into()].into_iter();
        let words = [split, part, kind, &inputs.join("; ")].map(|words| Field::from(words.to_owned()));
        self.table.push(about.chain(words).chain(numbers));
    }

    /// Parts by input, then assumptions before levers.
    fn of_inputs(&mut self, found: &Attribution) {
        let whole = numbers(found.what_if.minus(found.base));
        let values = found.parts.iter().map(|part| numbers(part.value)).collect::<Vec<_>>();
        let (values, total) = add_up(&values, whole);
        for (part, values) in found.parts.iter().zip(values) {
            let about = ("inputs", part.name.as_str(), part.role.name(), part.addresses.as_slice());
            self.push(about, values, part.error.map(numbers));
        }
        self.push(("inputs", "total", "", &[]), total, None);
        if let Some(middle) = found.with_assumptions {
            let steps = [middle.minus(found.base), found.what_if.minus(middle)].map(numbers);
            let (steps, total) = add_up(&steps, whole);
            let split = "assumptions then levers";
            self.push((split, "assumptions", "assumption", &[]), steps[0], None);
            self.push((split, "levers", "lever", &[]), steps[1], None);
            self.push((split, "total", "", &[]), total, None);
        }
    }
}

/// Decimals of the numbers that must add up.
const DECIMALS: i32 = 9;

/// Columns of parts rounded so that each adds up to its rounded whole.
fn add_up<const N: usize>(parts: &[[f64; N]], whole: [f64; N]) -> (Vec<[f64; N]>, [f64; N]) {
    let mut rounded = parts.to_vec();
    for column in 0..N {
        let values: Vec<f64> = parts.iter().map(|row| row[column]).collect();
        let values = rounded_to_add_up(&values, whole[column], DECIMALS);
        rounded.iter_mut().zip(values).for_each(|(row, value)| row[column] = value);
    }
    (rounded, whole.map(self::rounded))
}

/// A number at those decimals.
fn rounded(value: f64) -> f64 {
    rounded_to_add_up(&[value], value, DECIMALS)[0]
}

fn numbers(answer: Answer) -> [f64; 3] {
    [answer.log_median_ratio, answer.mean_gap, answer.wider]
}

/// A row of `compare.csv`.
fn pairs<'a>(base: &Scenario, it: &'a Compared, row: &PairedRow) -> Vec<Field<'a>> {
    let d = &row.difference;
    let change = row.baseline_median.zip(row.what_if_median);
    let percent = |ratio: f64| 100.0 * (ratio - 1.0);
    let mut fields: Vec<Field> = vec![
        (it.side.scenario.name()).into(),
        row.measure.metric.name().into(),
        row.measure.region(base).into(),
        row.year.into(),
        row.measure.unit(base).into(),
        row.baseline_median.into(),
        row.what_if_median.into(),
        change.map(|(before, after)| if after == before { 0.0 } else { after - before }).into(),
        change.filter(|(before, _)| row.ratio.is_some() && *before > 0.0).map(|(a, b)| percent(b / a)).into(),
        d.mean.into(),
        d.standard_error.into(),
        d.unpaired_error.into(),
        row.narrowing().into(),
    ];
    fields.extend(seven(d.quantiles));
    fields.push(d.median_error.into());
    fields.extend([0, 1, 3, 5, 6].map(|place| Field::from(row.ratio.map(|ratio| percent(ratio[place])))));
    fields.extend(seven(row.ratio));
    fields.push(row.ratio_error.into());
    let (greater, smaller, same) = (&row.greater, &row.smaller, &row.unchanged);
    fields.extend([greater.value, greater.standard_error, greater.low, greater.high].map(Field::from));
    fields.extend([smaller.value, smaller.standard_error, same.value, same.standard_error].map(Field::from));
    fields.extend([row.undefined, greater.paths].map(Field::from));
    fields.push(same_luck(base, it, row).into());
    fields
}

/// Which series behind a row have the same luck under both: `all`, `none`, or their addresses.
fn same_luck(base: &Scenario, it: &Compared, row: &PairedRow) -> String {
    let of_region = |luck: &&SeriesLuck| match row.measure.subject {
        Subject::Region(region) => luck.series.starts_with(&format!("{}.", base.regions()[region].name())),
        _ => true,
    };
    let (same, other): (Vec<&SeriesLuck>, Vec<&SeriesLuck>) =
        it.luck.iter().filter(of_region).partition(|luck| luck.same);
    match (same.is_empty(), other.is_empty()) {
        (_, true) => "all".to_owned(),
        (true, false) => "none".to_owned(),
        _ => same.iter().map(|luck| luck.series.as_str()).collect::<Vec<&str>>().join("; "),
    }
}

fn seven(quantiles: Option<[f64; 7]>) -> [Field<'static>; 7] {
    quantiles.map_or_else(Default::default, |quantiles| quantiles.map(Field::from))
}
