//! Any of the growth models: the one list of them, and what each does when a series is built, translated and stepped.

use super::ar1::{self, Ar1};
use super::fade::{self, Fade};
use super::gompertz::{self, Gompertz};
use super::kind::Parameter;
use super::logistic::{self, Logistic};
use super::path::{self, Path};
use super::random_walk::{self, RandomWalk};
use super::regime::{self, Regime};
use super::step::{State, Step};

/// One of the growth models, with parameters of type `P`.
#[derive(Clone, Debug, PartialEq)]
pub enum Growth<P> {
    /// Logs move by a drift and a shock.
    RandomWalk(RandomWalk<P>),
    /// Growth fades from an initial to a long-run rate, with independent shocks.
    Fade(Fade<P>),
    /// Growth returns to its long-run rate and remembers its shocks.
    Ar1(Ar1<P>),
    /// Saturation at a ceiling that is never crossed.
    Logistic(Logistic<P>),
    /// Return of the level to an attractor, at a constant share of the log distance.
    Gompertz(Gompertz<P>),
    /// Levels written year by year.
    Path(Path<P>),
    /// A random walk whose drift and volatility depend on the state of a Markov chain.
    Regime(Regime<P>),
}

impl<P> Growth<P> {
    /// Names of all models as written after `model =`, in the order the documentation lists them.
    pub const NAMES: [&'static str; 7] = ["random-walk", "fade", "ar1", "logistic", "gompertz", "path", "regime"];

    /// The name of this model in a scenario file.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::RandomWalk(_) => "random-walk",
            Self::Fade(_) => "fade",
            Self::Ar1(_) => "ar1",
            Self::Logistic(_) => "logistic",
            Self::Gompertz(_) => "gompertz",
            Self::Path(_) => "path",
            Self::Regime(_) => "regime",
        }
    }

    /// The parameters a model takes, by its name; `None` if there is no such model.
    ///
    /// `path` has none of fixed name: its `levels` are a table from years to levels. Those of `regime` are tables too,
    /// from the states of the chain to values.
    #[must_use]
    pub fn parameters(model: &str) -> Option<&'static [Parameter]> {
        match model {
            "random-walk" => Some(&RandomWalk::<()>::PARAMETERS),
            "fade" => Some(&Fade::<()>::PARAMETERS),
            "ar1" => Some(&Ar1::<()>::PARAMETERS),
            "logistic" => Some(&Logistic::<()>::PARAMETERS),
            "gompertz" => Some(&Gompertz::<()>::PARAMETERS),
            "path" | "regime" => Some(&[]),
            _ => None,
        }
    }

    /// What a model does, in a sentence for people; `None` if there is no such model.
    #[must_use]
    pub fn meaning(model: &str) -> Option<&'static str> {
        Some(match model {
            "random-walk" => "grows by an assumed rate, and every year’s luck stays in the level for good.",
            "fade" => "begins with one rate of growth and fades to another over some years.",
            "ar1" => "remembers its growth: a good year is followed by better ones, until its rate is usual again.",
            "logistic" => "grows fast at first and ever slower towards a ceiling that it never crosses.",
            "gompertz" => "is drawn back to a level: each year it makes up a constant share of what is missing.",
            "path" => "takes the levels that are written year by year, without luck.",
            "regime" => "is a random walk whose growth and volatility change with a state such as boom or bust.",
            _ => return None,
        })
    }

    /// Builds a model of fixed parameters from its name, asking `of` for each of them by its declaration.
    ///
    /// `None` for an unknown name, for `path`, which is built from its years, and for `regime`, from its states.
    pub fn build(model: &str, mut of: impl FnMut(&'static Parameter) -> P) -> Option<Self> {
        Some(match model {
            "random-walk" => Self::RandomWalk(RandomWalk::build(&mut of)),
            "fade" => Self::Fade(Fade::build(&mut of)),
            "ar1" => Self::Ar1(Ar1::build(&mut of)),
            "logistic" => Self::Logistic(Logistic::build(&mut of)),
            "gompertz" => Self::Gompertz(Gompertz::build(&mut of)),
            _ => return None,
        })
    }

    /// This model with every parameter translated; stops at the first that cannot be.
    ///
    /// # Errors
    /// The error of `translate`.
    pub fn try_map<'a, Q, E>(&'a self, mut translate: impl FnMut(&'a P) -> Result<Q, E>) -> Result<Growth<Q>, E> {
        Ok(match self {
            Self::RandomWalk(model) => Growth::RandomWalk(model.try_map(&mut translate)?),
            Self::Fade(model) => Growth::Fade(model.try_map(&mut translate)?),
            Self::Ar1(model) => Growth::Ar1(model.try_map(&mut translate)?),
            Self::Logistic(model) => Growth::Logistic(model.try_map(&mut translate)?),
            Self::Gompertz(model) => Growth::Gompertz(model.try_map(&mut translate)?),
            Self::Path(model) => Growth::Path(model.try_map(&mut translate)?),
            Self::Regime(model) => Growth::Regime(model.try_map(&mut translate)?),
        })
    }

    /// This model with every parameter translated.
    pub fn map<'a, Q>(&'a self, mut translate: impl FnMut(&'a P) -> Q) -> Growth<Q> {
        let mapped: Result<_, std::convert::Infallible> = self.try_map(|parameter| Ok(translate(parameter)));
        match mapped {
            Ok(model) => model,
            Err(never) => match never {},
        }
    }

    /// Whether the model needs a shock each year.
    #[must_use]
    pub fn has_shocks(&self) -> bool {
        !matches!(self, Self::Path(_))
    }
}

impl Growth<&[f64]> {
    /// Fills what the model remembers at the start, from the level of the base year.
    pub fn start(&self, state: &mut State) {
        match self {
            Self::RandomWalk(_) | Self::Gompertz(_) | Self::Path(_) | Self::Regime(_) => {}
            Self::Fade(model) => state.memory.copy_from_slice(model.initial_growth),
            Self::Ar1(model) => state.memory.copy_from_slice(model.initial_growth),
            Self::Logistic(model) => model.start(state),
        }
    }

    /// Moves every path by one year, from a column of levels into that of the state.
    pub fn advance_from(&self, before: &[f64], state: &mut State, step: Step) {
        if let Self::RandomWalk(model) = self {
            random_walk::advance_from(model, before, state.level, step);
        } else {
            state.level.copy_from_slice(before);
            self.advance(state, step);
        }
    }

    /// Whether a year of all paths may be one step where parameters are the same on every path: a model that looks at no
    /// column of parameters then.
    pub fn steps_at_once(&self) -> bool {
        matches!(self, Self::RandomWalk(_))
    }

    /// Moves every path by one year. All columns have the length of the state; levels are natural logs.
    pub fn advance(&self, state: &mut State, step: Step) {
        match self {
            Self::RandomWalk(model) => random_walk::advance(model, state, step),
            Self::Fade(model) => fade::advance(model, state, step),
            Self::Ar1(model) => ar1::advance(model, state, step),
            Self::Logistic(model) => logistic::advance(model, state, step),
            Self::Gompertz(model) => gompertz::advance(model, state, step),
            Self::Path(model) => path::advance(model, state, step),
            Self::Regime(model) => regime::advance(model, state, step),
        }
    }
}
