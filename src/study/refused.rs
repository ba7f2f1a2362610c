//! What a study refuses before or after it simulates: facts, for whoever asked to put into words.

use crate::measure::{Metric, Mistake};

use super::history::TooLittle;

/// Why a recipe has no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// The recipe asks for what cannot be, whatever the scenarios say.
    Recipe(String),
    /// It names another number of scenarios than were read.
    Scenarios {
        /// How many it names.
        named: usize,
        /// How many were read.
        read: usize,
    },
    /// Too few figures to learn from.
    TooLittle(TooLittle),
    /// A metric is asked for that the scenario does not have.
    NoMetric {
        /// Name of the scenario.
        scenario: String,
        /// The metric that was asked for.
        metric: Metric,
    },
    /// A text behind a flag that cannot be read.
    Asked {
        /// The flag, such as `--so-that`.
        flag: &'static str,
        /// What was written.
        text: String,
        /// What is wrong with it, in its bytes.
        mistake: Mistake,
    },
    /// A precision is asked for that all the paths that may be taken would be far from.
    OutOfReach {
        /// What was asked for, as a share.
        asked: f64,
        /// What the most paths would leave.
        left: f64,
        /// Most paths that may be taken.
        most: u64,
    },
    /// Too few paths meet a condition, or too few do not, for a rule on them.
    TooFewCases {
        /// Paths that meet it.
        cases: u64,
        /// Paths that were looked at.
        paths: u64,
        /// Whether nearly all paths meet it.
        nearly_all: bool,
        /// How many there must be on either side.
        least: u64,
    },
    /// Too few paths for an answer that is more than noise.
    TooFewPaths {
        /// Paths that are asked for.
        paths: u64,
        /// How many there must be.
        least: u64,
    },
    /// Nothing but luck differs between the paths of a scenario.
    OnlyLuck {
        /// Name of the scenario.
        scenario: String,
    },
    /// A box is asked for that is not there.
    NoBox {
        /// Number of the box that is asked for.
        asked: usize,
        /// Number of the last one.
        last: usize,
    },
    /// Inputs that come together in the rows of a file, among which no variance can be divided.
    DrawnTogether {
        /// Name of the file.
        file: String,
    },
    /// More uncertain inputs than a variance is divided among.
    TooManyPlayers {
        /// How many there are.
        uncertain: usize,
        /// How many there may be.
        most: usize,
    },
    /// More single paths are asked for than one file takes.
    TooManyKept {
        /// Name of the scenario.
        scenario: String,
        /// Paths that are asked for.
        kept: u64,
        /// Numbers of one of them.
        of_path: u64,
        /// Paths that fit.
        most: u64,
    },
    /// More deals would be drawn one by one than can be waited for.
    TooManyDeals {
        /// Name of the scenario.
        scenario: String,
        /// Deals of a path, over all its years.
        of_path: f64,
        /// Paths that are asked for.
        paths: u64,
        /// Paths that would fit; none if one alone is too much.
        most: u64,
    },
    /// More would be simulated than can be waited for.
    TooMuchWork {
        /// How often all paths would be simulated.
        runs: f64,
        /// Paths that are asked for.
        paths: u64,
        /// Hours that it would take one processor.
        hours: f64,
        /// Paths that would fit; none if one alone is too much.
        most: u64,
    },
    /// More would be counted than fits into memory.
    TooMuchMemory {
        /// Name of the scenario.
        scenario: String,
        /// Metrics times years that are counted at once.
        cells: usize,
        /// Bytes that they would take.
        bytes: f64,
        /// Bytes that a study may take.
        most: f64,
    },
    /// Weights for another number of scenarios.
    NumberOfWeights {
        /// How many weights.
        weights: usize,
        /// How many scenarios.
        scenarios: usize,
    },
    /// A weight is no share.
    Weight(f64),
    /// The weights add up to this.
    SumOfWeights(f64),
    /// Stored runs of different seeds, and none is asked for: name and seed of each.
    DifferentSeeds([(String, u64); 2]),
    /// Points cannot be laid out.
    Points(String),
    /// Points need more paths than there may be.
    PathsOfPoints(u64),
    /// Why the study is not counted in shards.
    NotSharded(String),
    /// Why shards do not make up the study.
    Shards(String),
    /// Two scenarios that have no years or no gap in common.
    NotComparable(String),
    /// Paths left the range of numbers, so that no total means anything.
    Saturated {
        /// Number of such paths.
        paths: u64,
        /// The scenario, where several were simulated.
        scenario: Option<String>,
    },
}

/// Whose mistake it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The recipe's: ask otherwise.
    Usage,
    /// The scenarios': they cannot be asked this.
    Invalid,
    /// The numbers': they left their range while they were simulated.
    Numbers,
}

impl Refused {
    /// Whose mistake it is.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::NotComparable(_)
            | Self::Shards(_)
            | Self::DifferentSeeds(_)
            | Self::Scenarios { .. }
            | Self::TooLittle(_) => Fault::Invalid,
            Self::Saturated { .. } => Fault::Numbers,
            _ => Fault::Usage,
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Recipe(why) => write!(f, "the recipe {why}"),
            Self::Scenarios { named, read } => {
                write!(f, "the recipe names {named} scenarios, and {read} were read")
            }
            Self::NoMetric { scenario, metric } => {
                write!(f, "{scenario} has no {}: it needs {}", metric.name(), metric.needs().in_words())
            }
            Self::TooManyPlayers { uncertain, most } => write!(
                f,
                "{uncertain} inputs are uncertain, and Shapley’s rule divides among at most {most}: ask for --method sobol --by layer"
            ),
            Self::OutOfReach { asked, left, most } => {
                write!(f, "a precision of {asked} is out of reach: {most} paths would leave about {left}")
            }
            Self::TooFewCases { cases, paths, nearly_all, least } => write!(
                f,
                "{cases} of {paths} paths meet the condition, and a rule needs at least {least} that {}",
                if *nearly_all { "do not" } else { "do" }
            ),
            Self::TooFewPaths { paths, least } => {
                write!(f, "an answer of {paths} paths is noise: this question takes --paths {least} or more")
            }
            Self::TooLittle(why) => why.fmt(f),
            Self::DrawnTogether { file } => write!(
                f,
                "the rows of {file} give several inputs together, and no share of the variance belongs to one of them: ask for \
                 --method tornado, or for shares --by layer"
            ),
            Self::OnlyLuck { scenario } => {
                write!(
                    f,
                    "no assumption of {scenario} is uncertain and nothing strikes by chance, so its paths differ by luck alone"
                )
            }
            Self::NoBox { asked, last } => {
                write!(f, "there is no box {asked}: the boxes are numbered from 0 to {last}")
            }
            Self::Asked { flag, text, mistake } => write!(f, "{flag} {text:?}: {}: {}", mistake.what, mistake.cure),
            Self::TooManyKept { scenario, kept, of_path, most } => write!(
                f,
                "{kept} single paths of {scenario} are too many for one file: each has {of_path} numbers; at most {most} paths"
            ),
            Self::TooManyDeals { scenario, of_path, paths, most } => {
                write!(
                    f,
                    "{scenario} would draw {of_path:.1e} deals one by one on each of {paths} paths, which takes many hours; "
                )?;
                match most {
                    0 => f.write_str("lower the number of deals, or leave `sizes` out of its counting"),
                    most => write!(f, "at most {most} paths, or leave `sizes` out of its counting"),
                }
            }
            Self::TooMuchWork { runs, paths, hours, most } => {
                write!(f, "{runs:.0} runs of {paths} paths would take one processor about {hours:.0} hours; ")?;
                match most {
                    0 => f.write_str("ask for less at a time"),
                    most => write!(f, "at most {most} paths"),
                }
            }
            Self::TooMuchMemory { scenario, cells, bytes, most } => write!(
                f,
                "{scenario} would count {cells} metrics by year at once, in about {:.0} GB of memory, and at most {:.0} GB are \
                 taken: shorten the horizon, or leave regions out",
                bytes / 1e9,
                most / 1e9
            ),
            Self::NumberOfWeights { weights, scenarios } => write!(
                f,
                "{weights} weight{} for {scenarios} scenarios: give one for each, the baseline first",
                if *weights == 1 { "" } else { "s" }
            ),
            Self::Weight(weight) => {
                write!(f, "a weight is {weight}: write shares from 0 to 1 that add up to 1, such as 0.5,0.3,0.2")
            }
            Self::SumOfWeights(sum) => {
                write!(f, "the weights add up to {sum}: write shares that add up to 1, such as 0.5,0.3,0.2")
            }
            Self::DifferentSeeds([(first, seed), (other, theirs)]) => write!(
                f,
                "{first} was run with seed {seed} and {other} with seed {theirs}: on different luck their difference is mostly \
                 noise"
            ),
            Self::Points(why) => f.write_str(why),
            Self::PathsOfPoints(paths) => {
                write!(f, "points come in powers of two, and {paths} paths are more than there may be")
            }
            Self::NotSharded(why) => write!(f, "this is not counted in shards: {why}"),
            Self::Shards(why) => write!(f, "these shards do not make up the study: {why}"),
            Self::NotComparable(why) => write!(f, "these cannot be held against each other year by year: {why}"),
            Self::Saturated { paths, scenario } => {
                let of = scenario.as_ref().map_or_else(String::new, |name| format!(" of {name}"));
                write!(f, "{paths} paths{of} left the range of numbers, so no total means anything")
            }
        }
    }
}

impl std::error::Error for Refused {}
