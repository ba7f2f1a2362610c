//! The command line: reads files, calls the row of rooms, prints one answer.

mod answer_flags;
mod backtest;
mod browser;
mod changed;
mod chart;
mod check;
mod compare;
mod compare_json;
mod data;
mod diff;
mod discover;
mod explain;
mod export;
mod facts;
mod fit;
mod folder;
mod help;
mod idle;
mod init;
mod interrupt;
mod load;
mod look;
mod merge;
mod metrics;
mod new;
mod next;
mod numbers;
mod one_page;
mod outcome;
mod outputs;
mod params;
mod print;
mod problem;
mod progress;
mod reference;
mod report;
mod report_check;
mod run_flags;
mod sampler;
mod score;
mod score_json;
mod seek;
mod seek_json;
mod sensitivity;
mod shards;
mod simulate;
mod steps;
mod sweep;
mod tables;
mod threads;
mod update;
mod verify;
mod whatif;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use outcome::{Outcome, either};
pub use problem::all_rendered;

use print::{Colour, Terminal};

/// Scenarios and what-ifs for the US–China gap in AI funding.
#[derive(Debug, Parser)]
#[command(name = "aigap", version, max_term_width = 90, disable_help_subcommand = true)]
#[command(after_help = "First: aigap simulate scenarios/base.toml")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Project a scenario forward and write tables, charts and a summary.
    Simulate(simulate::Arguments),
    /// Say what each what-if changes, on the same luck, and which input did it.
    Compare(compare::Arguments),
    /// Say which input matters most: a tornado, or shares of the variance.
    Sensitivity(sensitivity::Arguments),
    /// Say how the answer moves along one input or over two, and where it breaks even.
    Sweep(sweep::Arguments),
    /// Find what would have to be true for a goal to be met: one input at a time, one, or two together.
    Seek(seek::Arguments),
    /// Say what the futures have in common in which a condition holds, and how surely.
    Discover(discover::Arguments),
    /// Split a new edition into revision and news, learn from the news, and re-base the scenario on it.
    Update(update::Arguments),
    /// Hold stored runs against what came: percentiles, bands, scores, beside plain guesses.
    Score(score::Arguments),
    /// Learn from a history of figures how growth may go on, and write the scenario that says so.
    Fit(fit::Arguments),
    /// Hold forecasts from past years against what came.
    Backtest(backtest::Arguments),
    /// Write a report of runs or of a comparison: one page to send, one note to paste.
    Report(report::Arguments),
    /// Write a scenario as one page with sliders that simulates in the reader's browser.
    Whatif(whatif::Arguments),
    /// Make a stored run again from its own folder and say whether every file comes out the same.
    Verify(verify::Arguments),
    /// Write a stored run in the format of other tools: hubverse, IAMC, Data Package, Stata.
    Export(export::Arguments),
    /// Draw the charts of a stored run again, in another size, theme or title.
    Chart(chart::Arguments),
    /// Look for every mistake in scenario files; simulate nothing.
    Check(check::Arguments),
    /// List every assumption of a scenario with its reason, its source and who set it.
    Params(params::Arguments),
    /// Show what differs between two scenarios.
    Diff(diff::Arguments),
    /// Write the scenarios and figures that the program carries into a folder.
    Init(init::Arguments),
    /// Write a commented scenario to start from.
    New(new::Arguments),
    /// Show the figures that scenarios start from, as stated and as derived.
    Facts(facts::Arguments),
    /// Read a file of figures as others publish it, and write it as figures of one's own.
    Data(data::Arguments),
    /// List the metrics and the built-in events.
    Metrics,
    /// Say what a term, a metric, a model or a method means, and which command it leads to.
    Explain(explain::Arguments),
    /// List every table that is written, or the columns of one with kind, unit and meaning.
    Tables(tables::Arguments),
    /// Put the shards of a study together, which simulate, compare, sweep and sensitivity count with --shard.
    Merge(merge::Arguments),
    /// Print the JSON Schema of scenario files, for completion in an editor.
    Schema,
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
    /// Print the licences of the program, of the typeface on its charts and of its direction numbers.
    Licenses,
    /// Say what is known of a command, a key, a model, a metric or a term; without one, list the commands.
    Help(reference::Arguments),
}

/// Runs the command that was typed.
#[must_use]
pub fn main() -> ExitCode {
    let typed = help::grouped(help::with_own_words(Arguments::command())).try_get_matches();
    let arguments = match typed.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too, and are no mistakes.
            let mistaken = error.use_stderr();
            let lost = error.print().is_err_and(|why| why.kind() != std::io::ErrorKind::BrokenPipe);
            let outcome = match mistaken {
                true => Outcome::Usage,
                false if lost => Outcome::CouldNot,
                false => Outcome::Done,
            };
            return outcome.into();
        }
    };
    let terminal = Terminal::new(arguments.color);
    let outcome = answered(arguments.command, &terminal);
    if outcome == Outcome::Done && terminal.lost_an_answer() { Outcome::CouldNot.into() } else { outcome.into() }
}

/// Runs one command.
fn answered(command: Command, terminal: &Terminal) -> Outcome {
    match command {
        Command::Simulate(arguments) => either(simulate::run(&arguments, terminal)),
        Command::Compare(arguments) => either(compare::run(&arguments, terminal)),
        Command::Sensitivity(arguments) => either(sensitivity::run(&arguments, terminal)),
        Command::Sweep(arguments) => either(sweep::run(&arguments, terminal)),
        Command::Seek(arguments) => either(seek::run(&arguments, terminal)),
        Command::Discover(arguments) => either(discover::run(&arguments, terminal)),
        Command::Update(arguments) => either(update::run(&arguments, terminal)),
        Command::Score(arguments) => either(score::run(&arguments, terminal)),
        Command::Fit(arguments) => either(fit::run(&arguments, terminal)),
        Command::Backtest(arguments) => either(backtest::run(&arguments, terminal)),
        Command::Report(arguments) => report::run(&arguments, terminal),
        Command::Whatif(arguments) => either(whatif::run(&arguments, terminal)),
        Command::Verify(arguments) => verify::run(&arguments, terminal),
        Command::Export(arguments) => either(export::run(&arguments, terminal)),
        Command::Chart(arguments) => chart::run(&arguments, terminal),
        Command::Check(arguments) => check::run(&arguments, terminal),
        Command::Params(arguments) => params::run(&arguments, terminal),
        Command::Data(arguments) => data::run(&arguments, terminal),
        Command::Facts(arguments) => facts::run(&arguments, terminal),
        Command::Diff(arguments) => diff::run(&arguments, terminal),
        Command::Init(arguments) => init::run(&arguments, terminal),
        Command::New(arguments) => new::run(&arguments, terminal),
        Command::Merge(arguments) => either(merge::run(&arguments, terminal)),
        Command::Metrics => metrics::run(terminal),
        Command::Explain(arguments) => explain::run(&arguments, terminal),
        Command::Tables(arguments) => match arguments.answer() {
            Ok(text) => answer(terminal, &text),
            Err(why) => {
                terminal.error(&why);
                Outcome::Usage
            }
        },
        Command::Help(arguments) => {
            reference::run(&arguments, help::grouped(help::with_own_words(Arguments::command())), terminal)
        }
        Command::Schema => answer(terminal, &crate::scenario::schema()),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut help::with_own_words(Arguments::command()), "aigap", &mut text);
            answer(terminal, &String::from_utf8_lossy(&text))
        }
        Command::Man => {
            let mut text = Vec::new();
            let written = clap_mangen::Man::new(help::with_own_words(Arguments::command())).render(&mut text);
            written.expect("memory takes it");
            answer(terminal, &String::from_utf8_lossy(&text))
        }
        Command::Licenses => {
            let sobol = include_str!("../data/sobol/LICENSE.txt");
            let texts = [include_str!("../LICENSE"), include_str!("../data/fonts/OFL.txt"), sobol];
            answer(terminal, &texts.join("\n"))
        }
    }
}

fn answer(terminal: &Terminal, text: &str) -> Outcome {
    terminal.answer(text);
    Outcome::Done
}

#[cfg(test)]
mod tests;
