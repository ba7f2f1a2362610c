//! Terms that analysts know from elsewhere or meet here, each in two sentences with the command that it leads to.

/// A term, the other names it has, what it means, and the commands it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Names that it is known by, the usual one first, in lower case.
    pub names: &'static [&'static str],
    /// Meaning in a sentence or two.
    pub meaning: &'static str,
    /// Commands that it leads to, each as it is typed.
    pub commands: &'static [&'static str],
}

const SEEK: &str = "aigap seek scenarios/base.toml --so-that \"P(ratio in 2030 < half of 2023) >= 50%\"";
const SENSITIVITY: &str = "aigap sensitivity scenarios/base.toml";
const SHAPLEY: &str = "aigap sensitivity scenarios/base.toml --method shapley";
const SOBOL: &str = "aigap sensitivity scenarios/base.toml --method sobol";
const SWEEP: &str = "aigap sweep scenarios/base.toml --over us.deal-size.growth=-10%:30%:9";
const DISCOVER: &str = "aigap discover scenarios/base.toml --where \"ratio in 2030 < half of 2023\"";
const COMPARE: &str = "aigap compare scenarios/base.toml scenarios/china-state-push.toml";
const SIMULATE: &str = "aigap simulate scenarios/base.toml";

/// Every term, in the order in which a list tells them.
pub const TERMS: [Term; 46] = [
    Term {
        names: &[
            "goal seek",
            "seek",
            "goal seeking",
            "what would have to be true",
            "inverse question",
            "backsolve",
            "solver",
        ],
        meaning: "The value of an input at which a goal is just met, all else as assumed. Without --change every input is tried \
                  alone, and the answer says what chance the scenario itself gives to the value that is needed.",
        commands: &[SEEK],
    },
    Term {
        names: &["break-even", "breakeven", "threshold", "tipping point", "switching value"],
        meaning: "The value of an input at which a target crosses a level: one half of a chance, otherwise the level of the last \
                  observed year. A sweep shows the line on a grid; seek finds the value with its interval and a certificate.",
        commands: &[SWEEP, SEEK],
    },
    Term {
        names: &["data table", "what-if table", "sweep", "one-way analysis", "two-way analysis", "grid", "heat map"],
        meaning: "A target at every value of one input, or over two, as a spreadsheet's data table shows it. Every cell meets \
                  the same random numbers, so that differences between cells are the inputs and not the dice.",
        commands: &[SWEEP],
    },
    Term {
        names: &["tornado", "tornado chart", "tornado diagram", "sensitivity analysis", "one at a time", "sensitivity"],
        meaning: "Every uncertain input at its 10% and its 90% quantile, the others at their medians, the largest swing first. It \
                  says which assumption moves the answer most, given the ranges that the scenario gives them.",
        commands: &[SENSITIVITY],
    },
    Term {
        names: &[
            "sobol",
            "sobol’ index",
            "sobol’ indices",
            "sobol index",
            "sobol indices",
            "first order",
            "total order",
            "variance decomposition",
        ],
        meaning: "Shares of the variance: what an input explains by itself (first order), and what would be left if all else were \
                  known (total). Correlated inputs are taken together, and luck is one of the inputs.",
        commands: &[SOBOL],
    },
    Term {
        names: &["shapley", "shapley effects", "shapley value"],
        meaning: "The variance divided among all inputs and luck so that the shares add up to 100%, correlated inputs included: \
                  the mean gain of an input over all orders in which inputs become known.",
        commands: &[SHAPLEY],
    },
    Term {
        names: &["frontier", "trade-off", "iso-line"],
        meaning: "What is needed of one input for each value of another, so that a goal is just met. It is what seek answers when \
                  two inputs may change.",
        commands: &[
            "aigap seek scenarios/base.toml --so-that \"P(ratio in 2030 < 1) >= 50%\" --change china.deals.growth --change \
             china.deal-size.growth",
        ],
    },
    Term {
        names: &[
            "scenario discovery",
            "discover",
            "prim",
            "box",
            "rule",
            "coverage",
            "density",
            "trajectory",
            "peeling trajectory",
            "patient rule induction method",
        ],
        meaning: "What the futures have in common in which something happens, as limits on few inputs: how many of those futures the \
                  rule covers, and how likely they are where it holds. Of assumptions and not of causes.",
        commands: &[DISCOVER],
    },
    Term {
        names: &["quasi-p value", "quasi-p", "if chance", "reproducibility", "resamples"],
        meaning: "Whether a rule is more than chance. The quasi-p value of a limit is how often so many cases would fall within it \
                  if it did nothing; resamples are draws taken again, and say how often the same rule comes out.",
        commands: &[DISCOVER],
    },
    Term {
        names: &["fit", "prior", "posterior", "learning from figures"],
        meaning: "What a history of figures says of growth together with what was believed before (the prior): the posterior. Of \
                  few figures it is mostly prior, and fit says where. Its scenario is draws of it.",
        commands: &["aigap fit ai-index-2022"],
    },
    Term {
        names: &["back-test", "backtest", "hindcast", "rolling origin"],
        meaning: "Forecasts from past years, each from nothing but the figures up to its year, held against what came and against \
                  simpler rules. Few years rank nothing.",
        commands: &["aigap backtest ai-index-2022"],
    },
    Term {
        names: &["crps", "continuous ranked probability score", "proper score", "pit"],
        meaning: "How far a forecast was from what came, its whole spread counted: smaller is better, and bands that are too wide \
                  lose as much as bands that are too narrow. The pit is where in the forecast the outcome fell.",
        commands: &["aigap backtest ai-index-2022"],
    },
    Term {
        names: &["target", "quantity of interest"],
        meaning: "One number that is asked of a run: \"ratio in 2030\" (its median), \"p90 of us.funding in 2028\", or a chance, \
                  \"P(ratio in 2030 < half of 2023)\".",
        commands: &["aigap sensitivity scenarios/base.toml --of \"P(ratio in 2030 < half of 2023)\""],
    },
    Term {
        names: &["goal"],
        meaning: "A target held against a number: \"P(ratio in 2030 < half of 2023) >= 50%\" or \"median of gap in 2030 <= 20bn \
                  USD\". Amounts may be written without a dollar sign, which a shell would eat.",
        commands: &[SEEK],
    },
    Term {
        names: &["certificate"],
        meaning: "What vouches for a value that was sought: the target at the value, just below it and just above it, on the same \
                  paths. Whoever doubts the value simulates the three.",
        commands: &[SEEK],
    },
    Term {
        names: &["move or fix", "move", "fix", "fixed"],
        meaning: "An uncertain input is moved so that its median is the value and its spread stays. With \":fixed\" behind it, it \
                  is held certain at the value instead.",
        commands: &["aigap sweep scenarios/base.toml --over us.deals.growth=-5%:10%:4:fixed"],
    },
    Term {
        names: &["luck", "process uncertainty", "aleatory"],
        meaning: "What is left to chance when every assumption is known: shocks of the years, counts, whether events happen. More \
                  knowledge of the assumptions does not narrow it.",
        commands: &[SHAPLEY],
    },
    Term {
        names: &["assumption", "input", "parameter", "address"],
        meaning: "A named number that goes into a scenario, certain or uncertain; its address, such as china.deals.growth, is its \
                  place in the file. Each has a reason beside it.",
        commands: &["aigap params scenarios/base.toml"],
    },
    Term {
        names: &["lever", "decision"],
        meaning: "An input that somebody can set, such as the chance of a fund (kind = \"decision\"). It is sought like any other, \
                  and no chance is given to it.",
        commands: &["aigap params scenarios/china-state-push.toml"],
    },
    Term {
        names: &["path"],
        meaning: "One simulated future: a sample of all assumptions and a run of luck. --paths counts them. As a model of growth, \
                  model = \"path\", it is a series given year by year.",
        commands: &[SIMULATE],
    },
    Term {
        names: &["draw"],
        meaning: "One sample of all assumptions. Two paths share each draw and differ in luck, which is how the two kinds of \
                  uncertainty are told apart.",
        commands: &[SIMULATE],
    },
    Term {
        names: &["common random numbers", "same luck", "paired", "pairing"],
        meaning: "Scenarios, cells and candidates meet the same random numbers path by path, so that their differences are the \
                  change and not the dice.",
        commands: &[COMPARE],
    },
    Term {
        names: &["what-if", "scenario analysis", "scenario manager"],
        meaning: "A scenario that states only what differs from the one it extends. compare says what it changes path by path, and \
                  which of its changes did it.",
        commands: &["aigap new what-if --extends scenarios/base.toml", COMPARE],
    },
    Term {
        names: &["constant prices", "inflation", "real"],
        meaning: "Amounts without what inflation adds: --real 2023 shows every year in what money bought in 2023. It needs the \
                  inflation of the years ahead, money.inflation, which is an assumption like others; models stay in current dollars.",
        commands: &["aigap simulate scenarios/base.toml --real 2023 --set \"money.inflation=2%\""],
    },
    Term {
        names: &["exchange rate", "currency", "yuan"],
        meaning: "What amounts in dollars are multiplied by to be shown in yuan: the rate that the data state, the same in all years, \
                  unless the scenario gives another, by years or in doubt. Ratios and chances do not depend on it.",
        commands: &["aigap simulate scenarios/base.toml --currency CNY"],
    },
    Term {
        names: &["derived"],
        meaning: "Worked out from other stated figures and stated by nobody: funding of 2022 from that of 2023 and its growth. Such a \
                  figure carries the rounding of all it is made from, and is marked in tables and pictures.",
        commands: &["aigap facts"],
    },
    Term {
        names: &["attribution"],
        meaning: "Which of several changed inputs did it: Shapley values whose parts add up to the change of the median ratio.",
        commands: &[COMPARE],
    },
    Term {
        names: &["fan", "fan chart", "band"],
        meaning: "The median of each year with the range of 50%, 80% and 95% of paths. It is a projection under the assumptions \
                  that are written down, and no forecast.",
        commands: &[SIMULATE],
    },
    Term {
        names: &["simulation error", "monte carlo error", "standard error"],
        meaning: "How far a number would move with another seed; more paths make it smaller. It says nothing about how uncertain \
                  the world is.",
        commands: &["aigap simulate scenarios/base.toml --precision 1%"],
    },
    Term {
        names: &["volatility"],
        meaning: "Standard deviation of the yearly log change: at 20% a typical year lies between −18% and +22%.",
        commands: &["aigap params scenarios/base.toml"],
    },
    Term {
        names: &["growth"],
        meaning: "Yearly growth of the median path: 2% a year is ln 1.02 in logs. An uncertain growth says how sure the trend is, \
                  volatility how wild the years are around it.",
        commands: &["aigap params scenarios/base.toml"],
    },
    Term {
        names: &["event"],
        meaning: "A dated departure from trend that happens with a chance: a step, a pulse, a change of growth, dollars on top, a \
                  cap or a floor.",
        commands: &["aigap params scenarios/china-state-push.toml"],
    },
    Term {
        names: &["question", "check"],
        meaning: "A condition on a path, such as china.funding in 2030 > $6.7bn, that a scenario asks of every run ([[questions]]) \
                  or that must hold of a plausible one ([[checks]]).",
        commands: &[
            "aigap seek scenarios/base.toml --so-that 'question \"China back at its level of 2022\" in 2030 >= 50%'",
        ],
    },
    Term {
        names: &["variance", "spread"],
        meaning: "How widely a number differs from path to path: the mean of the squared distance from its mean, whose root is the \
                  standard deviation. Variances of independent causes add up, so its shares say what a spread rests on.",
        commands: &[SHAPLEY],
    },
    Term {
        names: &["points", "percentage points", "±"],
        meaning: "Steps between two percentages: from 30% to 32% is 2 points. The points behind ± in a run's last line are what \
                  simulation leaves open of its chances: nineteen of twenty such intervals hold.",
        commands: &["aigap simulate scenarios/base.toml --precision 1%"],
    },
    Term {
        names: &["≈", "last digit uncertain"],
        meaning: "Stands in front of a number whose last digit the simulation error leaves open: another seed may show the next one.",
        commands: &["aigap simulate scenarios/base.toml --precision 1%"],
    },
    Term {
        names: &["funding round", "round", "mega-round"],
        meaning: "A round in which a company sells a part of itself to investors, as a tracker counts it. Funding is the number of \
                  deals times their mean size; a mega-round is one above $100m.",
        commands: &["aigap facts"],
    },
    Term {
        names: &["projection", "forecast", "stated assumptions"],
        meaning: "What follows from assumptions that are written down, each with its range. A forecast would say that the assumptions \
                  are right, which two years of figures cannot tell.",
        commands: &["aigap params scenarios/base.toml"],
    },
    Term {
        names: &["judgement"],
        meaning: "A source that says: nobody published this number, somebody chose it. The reason stands beside it; ask whose it is.",
        commands: &["aigap params scenarios/base.toml"],
    },
    Term {
        names: &["pack", "layer"],
        meaning: "A small scenario file that lies over any other and changes what it names.",
        commands: &["aigap simulate scenarios/base.toml --with scenarios/packs/fat-tails.toml"],
    },
    Term {
        names: &["revision", "news", "lesson"],
        meaning: "What a new edition brings, taken apart: the old year's figures corrected (revision), what happened since (news), and \
                  what that teaches of the trends (lesson).",
        commands: &["aigap update scenarios/base.toml --observed cb-insights-2025-01"],
    },
    Term {
        names: &["persistence"],
        meaning: "How much of a year's growth above its trend is still there in the year after: 0 is none, 40% is four tenths.",
        commands: &["aigap fit ai-index-2022"],
    },
    Term {
        names: &["noise", "transient"],
        meaning: "The part of a year's level that does not stay: one large round that makes this year high and leaves the next as it \
                  was.",
        commands: &["aigap fit ai-index-2022"],
    },
    Term {
        names: &["brier score", "brier"],
        meaning: "The squared distance between a stated chance and what came, 1 or 0. Smaller is better; always saying one half earns \
                  0.25.",
        commands: &["aigap score output/base --observed cb-insights-2025-01"],
    },
    Term {
        names: &["recipe", "manifest", "verify"],
        meaning: "What a run is made again from: scenario, figures, question, seed and number of paths. The folder of a run keeps it in \
                  manifest.json, and verify holds every file against a run made anew.",
        commands: &["aigap verify output/base"],
    },
    Term {
        names: &["shard"],
        meaning: "A part of a run's paths, counted by itself, on another machine perhaps; merge makes the whole of all parts, to the \
                  same bytes.",
        commands: &["aigap simulate scenarios/base.toml --shard 1/2 --out a.part"],
    },
];
