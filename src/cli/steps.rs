//! The steps that every study takes from a recipe to a run folder, each saying what stops it.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Place, Problem, Sources};
use crate::engine::Settings;
use crate::store::{Again, NotAgain, RunDirectory, RunFolder, folder_name};
use crate::study::{Fault, Findings, Inputs, MOST_PATHS_LOOKED_AT, Prepared, Recipe, Refused};
use crate::wording;

use super::folder;
use super::idle;
use super::load;
use super::numbers::Seed;
use super::outcome::Outcome;
use super::print::Terminal;
use super::progress::Progress;

/// Seconds of one processor from which on it is said what a stored run costs before it is made again.
const LONG: f64 = 60.0;

/// Reads the scenarios of a recipe and decides what it leaves open; tells the seed if it was chosen at random.
pub(super) fn prepare(recipe: &Recipe, seed: Option<Seed>, terminal: &Terminal) -> Result<Prepared, Outcome> {
    let inputs = load::inputs(recipe, terminal)?;
    if let Some(seed) = seed {
        seed.tell(recipe, terminal);
    }
    prepared(recipe, inputs, terminal)
}

/// Decides what a recipe leaves open to scenarios that were read.
pub(super) fn prepared(recipe: &Recipe, inputs: Inputs, terminal: &Terminal) -> Result<Prepared, Outcome> {
    let prepared = Prepared::new(recipe, inputs).map_err(|why| refused(&why, terminal))?;
    idle::warn(recipe, &prepared, terminal);
    Ok(prepared)
}

/// What a study is called where it is written to no folder of its own.
pub(super) fn name_of(prepared: &Prepared) -> String {
    folder_name(prepared)
}

/// The folder that is asked for, or the usual one.
pub(super) fn folder_of(out: Option<&PathBuf>, prepared: &Prepared) -> PathBuf {
    out.cloned().unwrap_or_else(|| Path::new("output").join(folder_name(prepared)))
}

/// Simulates, with a bar on stderr unless it is to be silent.
pub(super) fn answer(prepared: &Prepared, silent: bool, terminal: &Terminal) -> Result<Findings, Outcome> {
    let progress = Progress::of(prepared, silent);
    let findings = prepared.run(&|done| progress.show(done));
    progress.finish();
    findings.map_err(|why| refused(&why, terminal))
}

/// Writes every file of the run.
pub(super) fn write(
    directory: &RunDirectory,
    prepared: &Prepared,
    findings: &Findings,
    terminal: &Terminal,
) -> Result<(), Outcome> {
    directory.write_findings(prepared, findings).map_err(|error| folder::refused(&error, terminal))
}

/// Makes a stored run again from its folder.
pub(super) fn again(folder: &RunFolder, terminal: &Terminal) -> Result<Again, Outcome> {
    let prepared = folder.prepared().map_err(|why| match why {
        NotAgain::Folder(error) => load::not_a_run(&error, terminal),
        NotAgain::Refused(why) => refused(&why, terminal),
    })?;
    for loaded in &prepared.scenarios {
        terminal.problems(&loaded.warnings, &loaded.sources);
    }
    // A manifest of somebody else may ask for a day's work.
    let seconds = prepared.cost().seconds;
    if seconds > LONG {
        let (paths, minutes) = (wording::paths(prepared.settings.paths), wording::count((seconds / 60.0).ceil()));
        terminal.remark(&format!(
            "{paths} are made again, which takes one processor about {minutes} minutes; Ctrl-C stops it"
        ));
    }
    let progress = Progress::of(&prepared, false);
    let again = folder.again(&prepared, &|done| progress.show(done));
    progress.finish();
    again.map_err(|why| refused(&why, terminal))
}

/// Prints why a study is refused, with the flags that mend it.
pub(super) fn refused(why: &Refused, terminal: &Terminal) -> Outcome {
    match why {
        Refused::Asked { flag, text, mistake } => {
            let mut sources = Sources::default();
            let file = sources.add(*flag, text.as_str());
            let place = Place { file, span: mistake.span.clone() };
            terminal.problems(&[Problem::error(place, mistake.what.as_str(), mistake.cure.as_str())], &sources);
        }
        _ => terminal.error(&in_words(why)),
    }
    match why.fault() {
        Fault::Usage => Outcome::Usage,
        Fault::Invalid => Outcome::Invalid,
        Fault::Numbers => Outcome::NumericalFailure,
    }
}

fn in_words(why: &Refused) -> String {
    match why {
        Refused::NoMetric { .. } => format!("{why}; leave it out of --metrics"),
        Refused::TooManyKept { scenario, kept, of_path, most } => format!(
            "--keep-paths {kept} is too much for one file: a path of {scenario} has {} numbers, {} in all; at most {} paths",
            wording::count(*of_path as f64),
            wording::count((kept * of_path) as f64),
            wording::count(*most as f64)
        ),
        Refused::TooManyDeals { scenario, of_path, paths, most } => format!(
            "{scenario} would draw about {} deals one by one on each of {}, which takes many hours; {}",
            wording::significant(*of_path, 2),
            wording::paths(*paths),
            match most {
                0 => "lower the number of deals, or leave sizes out of its counting".to_owned(),
                most => format!("ask for at most --paths {most}, or leave sizes out of its counting"),
            }
        ),
        Refused::TooMuchWork { runs, paths, hours, most } => format!(
            "{} of {} would take one processor about {} hours; {}",
            if *runs < 1.5 { "a run".to_owned() } else { format!("{} runs", wording::count(*runs)) },
            wording::paths(*paths),
            wording::count(*hours),
            match most {
                0 => "ask for less at a time".to_owned(),
                most => format!("ask for at most --paths {most}"),
            }
        ),
        Refused::OutOfReach { asked, left, most } => {
            // What is expected of the most paths, and a third more, since the first ones know it no better.
            let nearest = wording::stated_precision(two_digits_up(4.0 / 3.0 * left));
            let needed = *most as f64 * (left / asked).powi(2);
            let more = if needed < 0.5 * Settings::MOST_PATHS as f64 { ", or for more --paths" } else { "" };
            format!(
                "a precision of {} needs about {} paths; the most that are taken here, {}, would leave ±{}%: ask for --precision \
                 {nearest}{more}",
                wording::stated_precision(*asked),
                wording::about_count(needed),
                wording::count(*most as f64),
                wording::significant(100.0 * left, 2),
            )
        }
        Refused::TooFewCases { cases, paths, nearly_all, least } => {
            let meet = if *cases == 1 { "meets" } else { "meet" };
            let what = match cases {
                0 => format!("none of {} meets the condition", wording::paths(*paths)),
                cases => {
                    format!("{} of {} {meet} the condition", wording::count(*cases as f64), wording::paths(*paths))
                }
            };
            let (few, side) = if *nearly_all { (paths - cases, "that do not") } else { (*cases, "that do") };
            // Half as many again, since the next paths have luck of their own.
            let wanted = (1.5 * *least as f64 / few.max(1) as f64 * *paths as f64 / 1000.0).ceil() as u64 * 1000;
            let cure = match (few, nearly_all) {
                (1.., _) if wanted <= MOST_PATHS_LOOKED_AT => format!("ask for --paths {wanted} or more"),
                (_, true) => "ask about the opposite, or hold it against another number".to_owned(),
                _ => "ask for something that happens more often: a nearer number, or a later year".to_owned(),
            };
            format!("{what}, and a rule needs at least {least} {side}: {cure}")
        }
        Refused::OnlyLuck { .. } => {
            format!(
                "{why}: give an assumption a range, such as --set \"us.deals.growth={{ p10 = '0%', p90 = '20%' }}\""
            )
        }
        Refused::SumOfWeights(sum) => format!(
            "the weights add up to {}: write shares that add up to 1, such as 0.5,0.3,0.2",
            wording::significant(*sum, 6).trim_end_matches('0').trim_end_matches('.')
        ),
        Refused::DifferentSeeds([(_, seed), _]) => format!("{why}. Give --seed {seed} to run both on the same"),
        Refused::Saturated { paths, scenario } => format!(
            "{}{} left the range of numbers (a level above 10^299 or below 10^−299), so no total means anything; nothing was \
             written. Lower the growth, the volatility or the horizon",
            wording::paths(*paths),
            scenario.as_ref().map_or_else(String::new, |name| format!(" of {name}"))
        ),
        _ => why.to_string(),
    }
}

/// A share with two digits, rounded up.
fn two_digits_up(share: f64) -> f64 {
    let unit = libm::pow(10.0, libm::log10(share).floor() - 1.0);
    (share / unit).ceil() * unit
}
