//! `summary.md` of a comparison: ready to paste.

use crate::metric::Metric;
use crate::summary::{PairedRow, rounded_to_add_up};
use crate::wording::{self, comparison, whole_points};

use super::summary_md::escaped;
use crate::study::{Compared, Comparison};

/// Text of a comparison's `summary.md`.
#[must_use]
pub fn summary_md(compared: &Comparison, command: &str, charts: &[&str]) -> String {
    let title = wording::short_title(compared.baseline.scenario.title());
    let mut out = format!("# {} and its what-ifs\n\n", escaped(&title));
    comparison::effects(compared).iter().for_each(|words| out += &format!("**{}**\n\n", escaped(&words.text())));
    out += "Projection under stated assumptions, not a forecast.\n\n## What differs\n\n";
    comparison::inputs(compared).iter().for_each(|words| out += &format!("- {}\n", escaped(&words.text())));
    let (head, rows) = comparison::table(compared);
    out += &format!("\n## What it changes\n\n| | {} |\n|---|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for (name, cells) in &rows {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(&cell.text())).collect();
        out += &format!("| {} | {} |\n", escaped(name), cells.join(" | "));
    }
    out += &format!("\n{}\n\n", comparison::MEDIANS);
    let causes: Vec<String> = compared.what_ifs.iter().filter_map(|it| cause(compared, it)).collect();
    if !causes.is_empty() {
        out += "## Which input did it\n\n";
        causes.iter().for_each(|words| out += words);
    }
    for words in comparison::pairing(compared).into_iter().chain(comparison::mixture(compared)) {
        out += &format!("{}\n\n", escaped(&words.text()));
    }
    charts.iter().for_each(|chart| out += &format!("![{chart}](charts/{chart}.png)\n\n"));
    out += &format!(
        "Made by `{command}` with aigap {} ({}, seed {}); `aigap verify .`, typed in this folder, makes it again and compares \
         every file. Effects are in `compare.csv`, their causes in `attribution.csv`, what each scenario gives by itself in \
         the `fan.csv` and `probabilities.csv` of its own folder; every input that differs, with its reason, is in \
         `inputs_diff.csv`.\n",
        env!("CARGO_PKG_VERSION"),
        wording::paths(compared.baseline.summary.paths),
        compared.baseline.summary.seed
    );
    out
}

/// The sentence on one what-if's causes, and the table of all its parts.
fn cause(compared: &Comparison, it: &Compared) -> Option<String> {
    let base = &compared.baseline.scenario;
    let sentence = wording::cause(it, &compared.baseline)?.text();
    let Some(found) = &it.attribution else { return Some(format!("{}\n\n", escaped(&sentence))) };
    let values = |of: &dyn Fn(&crate::summary::Answer) -> f64| -> Vec<f64> {
        found.parts.iter().map(|part| of(&part.value)).collect()
    };
    let ratio = wording::log_points(
        found.base.log_median_ratio,
        found.what_if.log_median_ratio,
        &values(&|value| value.log_median_ratio),
    );
    let error = PairedRow::of_gap(&it.rows, Metric::Gap, found.year).and_then(|row| row.difference.standard_error);
    let gap = amounts(found.what_if.mean_gap - found.base.mean_gap, &values(&|value| value.mean_gap), error);
    let wider = wording::percentage_points(found.base.wider, found.what_if.wider, &values(&|value| value.wider));
    let points = |place: usize| wider.as_ref().map_or("–".to_owned(), |split| whole_points(split.parts[place]));
    let mut out = format!(
        "{}\n\n| | | {} median ratio, log points | mean gap, {} | chance of a higher ratio, points |\n|---|---|---|---|---|\n",
        escaped(&sentence),
        found.year,
        crate::metric::Measure { metric: Metric::Gap, subject: crate::metric::Subject::Gap }.unit(base)
    );
    for (place, part) in found.parts.iter().enumerate() {
        let kind = part.role.name();
        let name = escaped(&it.readable(base, &part.name));
        out += &format!(
            "| {name} | {kind} | {} | {} | {} |\n",
            whole_points(ratio.parts[place]),
            gap.1[place],
            points(place)
        );
    }
    let all = wider.as_ref().map_or("–".to_owned(), |split| whole_points(split.whole));
    out += &format!("| **all** | | {} | {} | {all} |\n\n", whole_points(ratio.whole), gap.0);
    out += &format!(
        "Each part is the average effect of switching that input, over {} of switching them (a Shapley value), on the \
         difference of the two medians, which is not the median of the paired ratios.\n\n",
        if found.parts.iter().any(|part| part.error.is_some()) { "random orders" } else { "all orders" }
    );
    Some(out)
}

/// An amount and its parts at two figures of the whole, none below the simulation error, so that they add up.
fn amounts(whole: f64, parts: &[f64], error: Option<f64>) -> (String, Vec<String>) {
    if !whole.is_finite() || parts.iter().any(|part| !part.is_finite()) {
        return ("–".to_owned(), vec!["–".to_owned(); parts.len()]);
    }
    let place = |value: f64| libm::floor(libm::log10(value)) as i32;
    let largest = parts.iter().copied().map(f64::abs).fold(whole.abs(), f64::max);
    let wanted = if largest > 0.0 { 1 - place(largest) } else { 0 };
    let allowed = error.filter(|error| *error > 0.0).map_or(wanted, |error| libm::floor(-libm::log10(error)) as i32);
    let decimals = wanted.min(allowed).min(6);
    let shown = |value: f64| {
        let sign = if value < 0.0 { "−" } else { "+" };
        let digits = usize::try_from(decimals).unwrap_or(0);
        if value == 0.0 { "0".to_owned() } else { format!("{sign}{:.digits$}", value.abs()) }
    };
    let scale = libm::pow(10.0, f64::from(decimals));
    let parts = rounded_to_add_up(parts, whole, decimals).into_iter().map(shown).collect();
    (shown((whole * scale).round() / scale + 0.0), parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_show_no_digit_below_their_error_and_add_up() {
        let (whole, parts) = amounts(-13.27, &[-9.24, -4.03], Some(0.02));
        assert_eq!((whole.as_str(), parts), ("−13", vec!["−9".to_owned(), "−4".to_owned()]));
        let (whole, parts) = amounts(-1.327, &[-0.924, -0.403], Some(0.02));
        assert_eq!((whole.as_str(), parts), ("−1.3", vec!["−0.9".to_owned(), "−0.4".to_owned()]));
        let (whole, parts) = amounts(1.327, &[1.327, 0.0], Some(0.3));
        assert_eq!((whole.as_str(), parts), ("+1", vec!["+1".to_owned(), "0".to_owned()]));
        assert_eq!(amounts(f64::NAN, &[1.0], None).0, "–");
    }
}
