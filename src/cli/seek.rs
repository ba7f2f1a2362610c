//! `aigap seek`: what would have to be true for a goal to be met.

use std::path::{Path, PathBuf};

use crate::store::write_whole;
use crate::study::{Attained, Change, Changes, Findings, Look, Need, Question, Recipe, Seek, Sought};
use crate::wording;

use super::Outcome;
use super::new::leads_out;
use super::next;
use super::outputs;
use super::print::Terminal;
use super::run_flags::RunFlags;
use super::seek_json::as_json;

/// Flags of `aigap seek`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  aigap seek scenarios/base.toml --so-that \"P(ratio in 2030 < half of 2023) >= 50%\"
  aigap seek scenarios/base.toml --so-that \"median of gap in 2030 <= 20bn USD\" \\
      --change china.deal-size.growth --between=-10%:40%

Exit code 0 if the goal can be met, 5 if it cannot.")]
pub(super) struct Arguments {
    /// Scenario file.
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// The goal: a chance, a median or another statistic, held against a number.
    #[arg(long, value_name = "GOAL")]
    so_that: String,
    /// The input that may change; named twice, the frontier of two; not named, every input alone. With ":fixed" behind it the
    /// input is held certain at each value instead of moved with its spread.
    #[arg(long, value_name = "ADDRESS")]
    change: Vec<String>,
    /// Between which values, one for each --change: -10%:40%. If not given, one input is tried over all it can be, and two from
    /// their first to their last percentile.
    #[arg(long, value_name = "LOW:HIGH", allow_hyphen_values = true, requires = "change")]
    between: Vec<String>,
    /// Write a what-if that extends the scenario with the value that was found.
    #[arg(long, value_name = "WHAT-IF.toml", requires = "change")]
    write: Option<PathBuf>,
    #[command(flatten)]
    run: RunFlags,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Outcome> {
    let recipe = arguments.recipe();
    arguments.check(&recipe, terminal)?;
    if let Some(path) = &arguments.write {
        outputs::are_free(&[path], &[&arguments.scenario], arguments.run.force, terminal)?;
    }
    let (findings, folder) = arguments.run.answer(&recipe, terminal)?;
    // A recipe to seek is answered by what was sought.
    let Findings::Sought(sought) = &findings else { return Ok(Outcome::Done) };
    let written = arguments.write_what_if(&recipe, sought, terminal)?;
    arguments.tell(&recipe, (sought, &folder), written, terminal);
    Ok(if sought.is_attained() { Outcome::Done } else { Outcome::NotMet })
}

impl Arguments {
    fn check(&self, recipe: &Recipe, terminal: &Terminal) -> Result<(), Outcome> {
        if let Some(path) = &self.write {
            outputs::ends_in(path, "toml", terminal)?;
        }
        let wrong = |why: &str| {
            terminal.error(why);
            Err(Outcome::Usage)
        };
        match (self.change.len(), self.between.len()) {
            (changes, _) if changes > 2 => wrong("--change is given more than twice; a frontier has two inputs"),
            (changes, betweens) if betweens > 0 && betweens != changes => {
                wrong("give --between once for each --change, in the same order, or not at all")
            }
            (2, _) if self.write.is_some() => wrong("--write needs one --change: a frontier has many answers"),
            _ if self.write.is_some() && lays_something_over(&recipe.changes) => {
                let file = self.scenario.display();
                wrong(&format!(
                    "--write makes a what-if that extends {file} as it is, without what --set, --with and other flags lay over it \
                     here: the goal might not be met there. Put these into a scenario that extends {file}, and seek with that one"
                ))
            }
            _ => Ok(()),
        }
    }

    /// What is asked, of what, and how; a random seed is chosen here.
    pub(crate) fn recipe(&self) -> Recipe {
        let change = self.change.iter().enumerate().map(|(place, written)| {
            let (address, fixed) = written.strip_suffix(":fixed").map_or((written.as_str(), false), |it| (it, true));
            Change { address: address.trim().to_owned(), between: self.between.get(place).cloned(), fixed }
        });
        let question =
            Seek { scenario: self.scenario.clone(), so_that: self.so_that.clone(), change: change.collect() };
        self.run.recipe(Question::Seek(question))
    }

    /// Writes the what-if with the value that was found, beside the scenario that it extends or anywhere else.
    fn write_what_if(&self, recipe: &Recipe, sought: &Sought, terminal: &Terminal) -> Result<Option<String>, Outcome> {
        let Some(path) = &self.write else { return Ok(None) };
        let found_by = wording::command(&Recipe { look: Look::default(), ..recipe.clone() });
        let Some(text) = sought.what_if(&extended(&self.scenario, path), &found_by) else {
            let why = why_not_written(sought);
            terminal.remark(&format!("{} is not written: {why}", path.display()));
            return Ok(None);
        };
        write_whole(path, text.as_bytes()).map_err(|error| {
            terminal.error(&format!("cannot write {}: {error}", path.display()));
            Outcome::CouldNot
        })?;
        Ok(Some(path.display().to_string()))
    }

    fn tell(&self, recipe: &Recipe, found: (&Sought, &Path), written: Option<String>, terminal: &Terminal) {
        let (sought, folder) = found;
        if self.run.answer.json {
            return terminal.answer(&as_json(sought, &folder.display().to_string()));
        }
        if self.run.answer.quiet {
            return;
        }
        let table = if sought.frontier.is_empty() { "seek.csv" } else { "frontier.csv" };
        let mut closing = vec![format!("{}/  summary.md  {table}  workbook.xlsx", folder.display())];
        let next = match &written {
            Some(path) => {
                let outside = leads_out(&extended(&self.scenario, Path::new(path)));
                let mut opened = recipe.clone();
                opened.changes.allow_outside |= outside;
                vec![next::compare(&opened, &self.scenario, Path::new(path))]
            }
            None => self.next(recipe, sought),
        };
        closing.extend(written.map(|path| {
            let value = sought.written().map(|(input, value)| input.as_written(&sought.scenario, value));
            let value = value.unwrap_or_default();
            let value = value.trim_matches('"');
            format!("{path} has {value}: the safe end of the interval, so that other paths meet the goal too")
        }));
        closing.push(next::lines(&next));
        terminal.answer(&wording::seek_story(sought, &closing));
    }

    /// What to do next: write what was found, or try two inputs where one does not suffice; otherwise ask what matters most.
    fn next(&self, recipe: &Recipe, sought: &Sought) -> Vec<String> {
        let so_that = |change| next::seek(recipe, &self.scenario, &self.so_that, change);
        let seek = |inputs: &[&str]| so_that(next::change(inputs));
        let named = match &recipe.question {
            Question::Seek(it) => it.change.clone(),
            _ => Vec::new(),
        };
        let matters = next::sensitivity(recipe, &self.scenario, Some(&sought.goal.target.text));
        let address = |place: usize| sought.needs[place].varied.address.as_str();
        let found = sought.needs.iter().find(|need| need.attained == Attained::Yes);
        // What is laid over the file would be missing from a what-if that extends it.
        let drawn = |need: &Need| sought.scenario.assumptions()[need.varied.id].drawn().is_some();
        let lost = lays_something_over(&recipe.changes) || found.is_some_and(drawn);
        let write = if lost { "" } else { " --write what-if.toml" };
        // Inputs that move nothing stand last.
        let moving = sought.needs.iter().filter(|need| need.attained != Attained::NoEffect).count();
        match (sought.named.len(), found) {
            (1, Some(_)) if write.is_empty() => vec![matters],
            // What was held certain or kept between two values stays so.
            (1, Some(_)) => vec![so_that(named) + write, matters],
            (0, Some(need)) => vec![seek(&[&need.varied.address]) + write, matters],
            (0, None) if !sought.met && moving > 1 => vec![seek(&[address(0), address(1)]), matters],
            (1, None) if !sought.met => vec![seek(&[]), matters],
            _ => vec![matters],
        }
    }
}

/// Why there is no what-if to write.
fn why_not_written(sought: &Sought) -> String {
    if sought.met {
        return "the goal is met as the scenario stands".to_owned();
    }
    let found = sought.needs.first().filter(|need| !sought.met && need.needed.is_some());
    let Some(need) = found else { return "no value was found that the scenario does not have".to_owned() };
    let address = &need.varied.address;
    match sought.scenario.assumptions()[need.varied.id].drawn() {
        Some(drawn) => format!(
            "{} draws {address} together with others, and beside it no file states a value; take {address} out of `of` in \
             [[draws]], and give it a distribution",
            drawn.file
        ),
        None => format!(
            "{address} has no line of its own in a what-if; --set \"{address}=VALUE\" lays one over any command"
        ),
    }
}

/// Whether the scenario is another one than its file alone gives.
fn lays_something_over(changes: &Changes) -> bool {
    *changes != Changes { allow_outside: changes.allow_outside, ..Changes::default() }
}

/// How a what-if names the scenario that it extends: by its name where the two stand in one folder.
fn extended(scenario: &Path, what_if: &Path) -> String {
    let folder = |path: &Path| path.parent().map(Path::to_owned).unwrap_or_default();
    let name = scenario.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match (folder(scenario), folder(what_if)) {
        (own, other) if own == other => name,
        (own, other) if other.as_os_str().is_empty() => own.join(name).display().to_string(),
        _ => std::path::absolute(scenario).map_or(name, |path| path.display().to_string()),
    }
}
