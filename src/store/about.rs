//! What the first sheet of a workbook says of a run or a comparison.

use crate::engine::Settings;
use crate::scenario::Scenario;
use crate::study::{BackTested, Comparison, Discovered, Fit, Sensitive, Sought, Swept};
use crate::summary::Summary;
use crate::table::workbook::About;
use crate::table::{self, Table};
use crate::wording::{self, Text};

/// What the workbook says of the run.
pub(super) fn run(scenario: &Scenario, summary: &Summary, command: &str) -> About {
    About {
        title: scenario.title().to_owned(),
        headline: wording::Outlook::new(scenario, summary).map_or_else(String::new, |it| wording::headline(&it).text()),
        command: command.to_owned(),
        paths: summary.paths,
        seed: summary.seed,
        caveats: wording::rests_on(scenario)
            .into_iter()
            .chain(wording::figures_as_given(scenario))
            .map(|text| text.text())
            .chain(wording::lacks_mean(scenario).map(str::to_owned))
            .collect(),
        tables: Vec::new(),
    }
    .of(std::iter::once(scenario))
}

/// What the workbook says of the comparison.
pub(super) fn comparison(it: &Comparison, command: &str) -> About {
    About {
        title: format!("{} and its what-ifs", wording::short_title(it.baseline.scenario.title())),
        headline: Text::joined(wording::comparison::effects(it), " ").text(),
        command: command.to_owned(),
        paths: it.baseline.summary.paths,
        seed: it.baseline.summary.seed,
        caveats: wording::figures_as_given(&it.baseline.scenario).map(|text| text.text()).into_iter().collect(),
        tables: vec![each(it, table::run::fan), each(it, table::run::probabilities)],
    }
    .of(it.scenarios())
}

/// What the workbook says of a goal that was sought.
pub(super) fn sought(it: &Sought, command: &str) -> About {
    let texts = (wording::seek_finding(it), wording::seek_basis(it));
    question(&it.scenario, "what it would take", texts, &it.settings, command)
}

/// What the workbook says of what matters most.
pub(super) fn sensitive(it: &Sensitive, command: &str) -> About {
    let texts = (wording::sensitivity_finding(it), wording::sensitivity_basis(it));
    question(&it.scenario, "what matters most", texts, &it.settings, command)
}

/// What the workbook says of a sweep.
pub(super) fn swept(it: &Swept, command: &str) -> About {
    let texts = (wording::sweep_finding(it), wording::sweep_basis(it));
    question(&it.scenario, "along its inputs", texts, &it.settings, command)
}

/// What the workbook says of what futures have in common.
pub(super) fn discovered(it: &Discovered, command: &str) -> About {
    let texts = (wording::discover_finding(it), wording::discover_basis(it));
    question(&it.scenario, "what such futures share", texts, &it.settings, command)
}

/// What the workbook says of what a history teaches.
pub(super) fn fitted(it: &Fit, command: &str) -> About {
    let texts = (wording::fit_finding(it), wording::fit_basis(it));
    let settings = it.settings.up_to(it.rows.len() as u64);
    question(&it.scenario, "what the figures teach", texts, &settings, command)
}

/// What the workbook says of what past forecasts were worth.
pub(super) fn back_tested(it: &BackTested, command: &str) -> About {
    let texts = (wording::back_test_finding(it), wording::back_test_basis(it));
    let settings = it.settings.up_to(0);
    question(&it.scenario, "what past forecasts were worth", texts, &settings, command)
}

fn question(
    scenario: &Scenario,
    asked: &str,
    (finding, basis): (Vec<Text>, Vec<Text>),
    settings: &Settings,
    command: &str,
) -> About {
    About {
        title: format!("{}: {asked}", wording::short_title(scenario.title())),
        headline: Text::joined(finding, " ").text(),
        command: command.to_owned(),
        paths: settings.paths,
        seed: settings.seed,
        caveats: basis.iter().map(Text::text).collect(),
        tables: Vec::new(),
    }
    .of(std::iter::once(scenario))
}

/// The table of every scenario by itself, one below the other.
fn each(it: &Comparison, of_one: fn(&Scenario, &Summary) -> Table) -> Table {
    let mut all = of_one(&it.baseline.scenario, &it.baseline.summary);
    it.what_ifs.iter().for_each(|it| all.append(&of_one(&it.side.scenario, &it.side.summary)));
    all
}
