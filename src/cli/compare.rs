//! `aigap compare`: what each what-if changes, on the same luck, and which input did it.

use std::path::{Path, PathBuf};

use crate::chart::pictures;
use crate::engine::Settings;
use crate::scenario::{Loaded, Rejected, Scenario};
use crate::store::manifest;
use crate::study::{Attribute, Comparison};
use crate::table::workbook;
use crate::wording;

use super::Outcome;
use super::folder;
use super::load::{Changes, file_name, quoted};
use super::look;
use super::print::Terminal;
use super::progress::Progress;
use super::sampler::Sampler;
use super::simulate::Seed;
use super::stored::Stored;
use super::threads;

/// A comparison with every file of its folder.
type ComparedAgain = (Comparison, Vec<(String, Vec<u8>)>);

/// Flags of `aigap compare`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Arguments {
    /// The baseline, then the what-ifs: scenario files or folders of runs.
    #[arg(required = true, num_args = 2.., value_name = "BASE WHATIF")]
    scenarios: Vec<PathBuf>,
    /// Folder of the comparison; output/<base>-vs-<what-ifs> if not given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace an earlier run although its files were changed since.
    #[arg(long)]
    force: bool,
    /// Number of simulated futures, even.
    #[arg(long, value_name = "N", value_parser = super::simulate::paths)]
    paths: Option<u64>,
    /// Seed of all random numbers, or "random", which prints the one it chose.
    #[arg(long, value_name = "N", value_parser = super::simulate::seed)]
    seed: Option<Seed>,
    /// Where random numbers come from: addressed, or sobol for points that leave less simulation error.
    #[arg(long, value_enum, value_name = "NAME", hide_possible_values = true)]
    sampler: Option<Sampler>,
    /// Threads; never changes a number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Say which input did it, however many differ; on by itself for up to six inputs or groups of them.
    #[arg(long, conflicts_with = "no_attribute")]
    attribute: bool,
    /// Do not ask which input did it.
    #[arg(long)]
    no_attribute: bool,
    /// Mix all scenarios, the baseline first, with these weights, which add up to 1: 0.5,0.3,0.2 or 50%,30%,20%.
    #[arg(long, value_name = "W,W,…", value_delimiter = ',', value_parser = weight)]
    weights: Option<Vec<f64>>,
    /// Write tables only.
    #[arg(long)]
    no_charts: bool,
    /// Print the comparison for programs.
    #[arg(long, conflicts_with = "quiet")]
    json: bool,
    /// Print nothing.
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    look: look::Flags,
    #[command(flatten)]
    changes: Changes,
}

fn weight(text: &str) -> Result<f64, String> {
    let wrong = |_| "write shares that add up to 1, such as 0.5,0.3,0.2 or 50%,30%,20%".to_owned();
    match text.trim().strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().map(|percent| percent / 100.0).map_err(wrong),
        None => text.trim().parse().map_err(wrong),
    }
}

/// A scenario as it was asked for, with the seed and the paths of its run if it comes from one.
struct Asked {
    loaded: Loaded,
    stored: Option<(u64, u64)>,
}

impl Asked {
    /// Name, seed and paths of a stored run; prints why a folder is none.
    fn of_run(folder: &Path, terminal: &Terminal) -> Result<(String, (u64, u64), bool), Outcome> {
        let run = Stored::open(folder, terminal)?;
        let shown = folder.display();
        if !run.file("scenario.toml").exists() {
            terminal.error(&match run.file("scenarios").is_dir() {
                true => {
                    format!("{shown} holds a comparison: name one of its scenarios, which are in {shown}/scenarios/")
                }
                false => format!("{shown} has lost its scenario.toml; simulate again"),
            });
            return Err(Outcome::Invalid);
        }
        if run.version != env!("CARGO_PKG_VERSION") {
            terminal.remark(&format!(
                "{shown} was made by aigap {}; this is {}, and it is simulated again: its numbers may differ",
                run.version,
                env!("CARGO_PKG_VERSION")
            ));
        }
        // What a name would do to the folder of the comparison is not left to a file.
        let fine = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
        let name: String = run.scenario.chars().map(|c| if fine(c) { c } else { '-' }).collect();
        Ok((name.trim_start_matches('.').to_owned(), (run.seed, run.paths), run.command.contains(" --sampler sobol")))
    }
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Outcome {
    if let Err(outcome) = threads::start(arguments.threads, terminal) {
        return outcome;
    }
    let mut asked = Vec::new();
    for path in &arguments.scenarios {
        match arguments.read(path, terminal) {
            Ok(found) => asked.push(found),
            Err(outcome) => return outcome,
        }
    }
    let settings = match arguments.settings(&asked, terminal) {
        Ok(settings) => settings,
        Err(outcome) => return outcome,
    };
    let weights = match arguments.weights(asked.len()) {
        Ok(weights) => weights,
        Err(why) => {
            terminal.error(&why);
            return Outcome::Usage;
        }
    };
    name_apart(&mut asked);
    let settings = match arguments.lay_out(&mut asked, settings, terminal) {
        Ok(settings) => settings,
        Err(outcome) => return outcome,
    };
    let scenarios: Vec<&Scenario> = asked.iter().map(|it| &it.loaded.scenario).collect();
    for what_if in &scenarios[1..] {
        if let Some(why) = scenarios[0].comparable_with(what_if) {
            terminal.error(&format!("these cannot be held against each other year by year: {why}"));
            return Outcome::Invalid;
        }
    }
    let folder = arguments.out.clone().unwrap_or_else(|| PathBuf::from("output").join(folder_name(&scenarios)));
    let directory = match folder::open(&folder, arguments.force, terminal) {
        Ok(directory) => directory,
        Err(outcome) => return outcome,
    };
    let compared = arguments.compare(&scenarios, settings, weights);
    let sides = std::iter::once(&compared.baseline).chain(compared.what_ifs.iter().map(|it| &it.side));
    if let Some(side) = sides.clone().find(|side| side.summary.saturated > 0) {
        terminal.error(&format!(
            "{} of {} left the range of numbers (a level above 10^299 or below 10^−299), so no total means anything; \
             nothing was written. Lower the growth, the volatility or the horizon",
            wording::paths(side.summary.saturated),
            side.scenario.name
        ));
        return Outcome::NumericalFailure;
    }
    let sampler = Sampler::of(arguments.sampler, scenarios[0]);
    let files = arguments.files(&asked, &compared, settings, &arguments.command(settings, sampler));
    if let Err(error) = directory.write(&files) {
        return folder::refused(&error, terminal);
    }
    if arguments.json {
        terminal.answer(&compared.json(&folder.display().to_string()));
    } else if !arguments.quiet {
        let charts = if arguments.no_charts { "" } else { "  charts/compare.png" };
        let paths = wording::paths(settings.paths);
        let written = format!("{}/  summary.md  compare.csv{charts}  {paths} each", folder.display());
        terminal.answer(&compared.story(&[written]));
    }
    Outcome::Done
}

impl Arguments {
    /// The comparison that a folder holds, made again from the scenarios it stores: every file with its bytes.
    pub fn again(&self, stored: &Stored, terminal: &Terminal) -> Result<ComparedAgain, Outcome> {
        let mut asked = Vec::new();
        for name in stored.scenarios() {
            let [scenario, data] = ["toml", "csv"].map(|ending| stored.file(&format!("scenarios/{name}.{ending}")));
            let changes = self.changes.of_stored(&scenario, &data);
            let loaded = changes.load(&scenario, terminal).ok_or(Outcome::Invalid)?;
            asked.push(Asked { loaded, stored: None });
        }
        if asked.len() < 2 {
            terminal.error(&format!("{} does not hold the scenarios of its comparison", stored.folder.display()));
            return Err(Outcome::Invalid);
        }
        let settings = self.settings(&asked, terminal)?;
        let settings = self.lay_out(&mut asked, settings, terminal)?;
        let weights = self.weights(asked.len()).map_err(|why| {
            terminal.error(&why);
            Outcome::Invalid
        })?;
        let scenarios: Vec<&Scenario> = asked.iter().map(|it| &it.loaded.scenario).collect();
        let mut compared = self.compare(&scenarios, settings, weights);
        stored.restore_settings(&mut compared);
        let files = self.files(&asked, &compared, settings, &stored.command);
        Ok((compared, files))
    }

    /// A scenario file, or the scenario of a stored run.
    fn read(&self, path: &Path, terminal: &Terminal) -> Result<Asked, Outcome> {
        if !path.is_dir() {
            let loaded = self.changes.load(path, terminal).ok_or(Outcome::Invalid)?;
            return Ok(Asked { loaded, stored: None });
        }
        let (name, stored, sobol) = Asked::of_run(path, terminal)?;
        match self.changes.try_load_stored(path) {
            Ok(mut loaded) => {
                loaded.scenario.name = name;
                loaded.scenario.run.sobol = sobol;
                Ok(Asked { loaded, stored: Some(stored) })
            }
            Err(rejected) => {
                let Rejected { problems, sources } = *rejected;
                terminal.problems(&problems, &sources);
                Err(Outcome::Invalid)
            }
        }
    }

    /// Seed and paths: of the flags, then of the stored runs, then of the baseline.
    fn settings(&self, asked: &[Asked], terminal: &Terminal) -> Result<Settings, Outcome> {
        let stored: Vec<(&str, u64, u64)> = asked
            .iter()
            .filter_map(|it| it.stored.map(|(seed, paths)| (it.loaded.scenario.name.as_str(), seed, paths)))
            .collect();
        if let (None, Some((first, seed, _))) = (self.seed, stored.first())
            && let Some((other, theirs, _)) = stored.iter().find(|(_, other, _)| other != seed)
        {
            let (first, other) = if first == other { ("one run", "another") } else { (*first, *other) };
            terminal.error(&format!(
                "{first} was run with seed {seed} and {other} with seed {theirs}: on different luck their difference is mostly \
                 noise. Give --seed {seed} to run both on the same"
            ));
            return Err(Outcome::Invalid);
        }
        let base = asked[0].loaded.scenario.run;
        let asked_for = self.seed.map(|seed| seed.number(terminal));
        Ok(Settings {
            seed: asked_for.or(stored.first().map(|it| it.1)).or(base.seed).unwrap_or(Settings::DEFAULT_SEED),
            paths: self.paths.or(stored.iter().map(|it| it.2).min()).or(base.paths).unwrap_or(Settings::DEFAULT_PATHS),
        })
    }

    /// One layout of points for all scenarios, if they take their numbers from points: the baseline decides.
    fn lay_out(&self, asked: &mut [Asked], settings: Settings, terminal: &Terminal) -> Result<Settings, Outcome> {
        let sampler = Sampler::of(self.sampler, &asked[0].loaded.scenario);
        let mut scenarios: Vec<&mut Scenario> = asked.iter_mut().map(|it| &mut it.loaded.scenario).collect();
        sampler.lay_out(&mut scenarios, settings).map_err(|why| {
            terminal.error(&why);
            Outcome::Usage
        })
    }

    fn weights(&self, scenarios: usize) -> Result<Option<Vec<f64>>, String> {
        let Some(weights) = &self.weights else { return Ok(None) };
        let sum: f64 = weights.iter().sum();
        if weights.len() != scenarios {
            let plural = if weights.len() == 1 { "" } else { "s" };
            return Err(format!(
                "{} weight{plural} for {scenarios} scenarios: give one for each, the baseline first",
                weights.len()
            ));
        }
        // Written so that a weight which is no number fails.
        if let Some(wrong) = weights.iter().find(|weight| !(**weight >= 0.0 && weight.is_finite())) {
            return Err(format!("a weight is {wrong}: write shares from 0 to 1 that add up to 1, such as 0.5,0.3,0.2"));
        }
        if (sum - 1.0).abs() > 1e-6 {
            return Err(format!(
                "the weights add up to {}: write shares that add up to 1, such as 0.5,0.3,0.2",
                wording::significant(sum, 6).trim_end_matches('0').trim_end_matches('.')
            ));
        }
        Ok(Some(weights.iter().map(|weight| weight / sum).collect()))
    }

    fn compare(&self, scenarios: &[&Scenario], settings: Settings, weights: Option<Vec<f64>>) -> Comparison {
        let attribute = match (self.attribute, self.no_attribute) {
            (true, _) => Attribute::Always,
            (_, true) => Attribute::Never,
            _ => Attribute::WhereExact,
        };
        let progress = Progress::of(Some(scenarios.len() as u64 - 1), "what-ifs", self.quiet || self.json);
        let compared = Comparison::of(scenarios, settings, weights, attribute, &|done| progress.show(done as u64));
        progress.finish();
        compared
    }

    fn files(
        &self,
        asked: &[Asked],
        compared: &Comparison,
        settings: Settings,
        command: &str,
    ) -> Vec<(String, Vec<u8>)> {
        let charts = if self.no_charts { Vec::new() } else { compared.charts() };
        let names: Vec<&str> = charts.iter().map(|(name, _)| name.as_str()).collect();
        let tables = compared.tables();
        let mut texts = vec![("summary.md".to_owned(), compared.summary_md(command, &names))];
        texts.extend(tables.iter().map(|table| (table.file().to_owned(), table.csv())));
        for it in asked {
            let name = &it.loaded.scenario.name;
            texts.push((format!("scenarios/{name}.toml"), it.loaded.scenario.resolved_toml()));
            texts.extend(it.loaded.data_text.clone().map(|text| (format!("scenarios/{name}.csv"), text)));
        }
        let mut files: Vec<(String, Vec<u8>)> =
            texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
        let mut charted = Vec::new();
        for picture in pictures::drawn(&charts, self.look.look(0)) {
            files.extend(picture.files);
            charted.push((picture.name, picture.table));
        }
        files.push((workbook::NAME.to_owned(), workbook::workbook(&compared.about(command), &tables, &charted)));
        let mut inputs: Vec<(String, String)> = Vec::new();
        for file in asked.iter().flat_map(|it| it.loaded.sources.files()) {
            let input = (file_name(Path::new(&file.name)), file.text.clone());
            if !inputs.contains(&input) {
                inputs.push(input);
            }
        }
        let names: Vec<&str> = asked.iter().map(|it| it.loaded.scenario.name.as_str()).collect();
        let origin = manifest::Origin {
            command: command.to_owned(),
            scenario: names.join(" "),
            seed: settings.seed,
            paths: settings.paths,
            sampler: if compared.baseline.scenario.points.is_some() { "sobol" } else { "addressed" },
            inputs,
        };
        let manifest = manifest::manifest(&origin, &files);
        files.push((manifest::NAME.to_owned(), manifest.into_bytes()));
        files
    }

    /// The command that makes this comparison again.
    fn command(&self, settings: Settings, sampler: Sampler) -> String {
        let names: Vec<String> = self.scenarios.iter().map(|path| quoted(&file_name(path))).collect();
        let mut command = format!("aigap compare {}", names.join(" "));
        if settings.paths != Settings::DEFAULT_PATHS {
            command += &format!(" --paths {}", settings.paths);
        }
        command += &format!(" --seed {}", settings.seed);
        command += sampler.command();
        for (set, flag) in
            [(self.attribute, "attribute"), (self.no_attribute, "no-attribute"), (self.no_charts, "no-charts")]
        {
            if set {
                command += &format!(" --{flag}");
            }
        }
        if let Some(weights) = &self.weights {
            let weights: Vec<String> = weights.iter().map(ToString::to_string).collect();
            command += &format!(" --weights {}", weights.join(","));
        }
        command + &self.look.command() + &self.changes.command()
    }
}

/// Scenarios of the same name are told apart by a number.
fn name_apart(asked: &mut [Asked]) {
    for place in 1..asked.len() {
        let own = asked[place].loaded.scenario.name.clone();
        let taken = |name: &str, asked: &[Asked]| asked[..place].iter().any(|it| it.loaded.scenario.name == name);
        let mut name = own.clone();
        let mut number = 2;
        while taken(&name, asked) {
            name = format!("{own}-{number}");
            number += 1;
        }
        asked[place].loaded.scenario.name = name;
    }
}

fn folder_name(scenarios: &[&Scenario]) -> String {
    let names: Vec<&str> = scenarios[1..].iter().map(|it| it.name.as_str()).collect();
    match names.as_slice() {
        [_] | [_, _] => format!("{}-vs-{}", scenarios[0].name, names.join("-and-")),
        more => format!("{}-vs-{}-what-ifs", scenarios[0].name, more.len()),
    }
}
