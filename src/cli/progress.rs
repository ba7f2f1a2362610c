//! A bar on stderr for what takes longer than half a second.

use std::sync::OnceLock;

use bar::Bar;

use crate::study::{MOST_PATHS_LOOKED_AT, Prepared, Question, Sought, Swept};

/// How far a command has come; the bar hides itself off a terminal.
pub(super) struct Progress {
    of_what: &'static str,
    /// How many there will be, if that is known.
    total: Option<u64>,
    silent: bool,
    started: std::time::Instant,
    bar: OnceLock<Bar>,
}

impl Progress {
    /// Progress through a study: paths of a run, what-ifs of a comparison.
    pub(crate) fn of(prepared: &Prepared, silent: bool) -> Self {
        match &prepared.recipe.question {
            Question::Simulate(it) => {
                let paths = it.precision.is_none().then_some(prepared.settings.paths);
                Self::through(paths, "paths", silent)
            }
            Question::Sensitivity(_) => Self::through(None, "runs", silent),
            Question::Sweep(it) => {
                let asked = it.asked(&prepared.scenarios[0].scenario);
                // How often cells are asked again until a precision holds is not known before.
                let cells = asked.ok().filter(|_| it.precision.is_none()).map(|asked| Swept::steps(&asked));
                Self::through(cells, "cells", silent)
            }
            Question::Seek(it) => {
                let scenario = &prepared.scenarios[0].scenario;
                let steps = it.asked(scenario).map(|asked| Sought::steps(scenario, &asked.named));
                Self::through(steps.ok(), "inputs", silent)
            }
            Question::Discover(_) => {
                Self::through(Some(prepared.settings.paths.min(MOST_PATHS_LOOKED_AT)), "paths", silent)
            }
            Question::Fit(_) | Question::BackTest(_) => Self::through(None, "years", true),
            Question::Compare(it) => Self::through(Some(it.scenarios.len() as u64 - 1), "what-ifs", silent),
        }
    }

    /// Progress through so many of something.
    #[expect(clippy::disallowed_methods, reason = "decides whether a bar is drawn, and no number")]
    fn through(total: Option<u64>, of_what: &'static str, silent: bool) -> Self {
        Self { of_what, total, silent, started: std::time::Instant::now(), bar: OnceLock::new() }
    }

    pub(crate) fn show(&self, done: u64) {
        if !self.silent && self.started.elapsed().as_millis() > 500 {
            self.bar.get_or_init(|| Bar::new(self.total, self.of_what)).show(done);
        }
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.clear();
        }
    }
}

#[cfg(not(target_family = "wasm"))]
mod bar {
    use indicatif::{ProgressBar, ProgressStyle};

    pub(super) struct Bar(ProgressBar);

    impl Bar {
        pub(crate) fn new(total: Option<u64>, of_what: &str) -> Self {
            let template = match total {
                Some(_) => format!("{{bar:40}} {{percent}}% of {{len}} {of_what}, {{eta}} left"),
                None => format!("{{human_pos}} {of_what}"),
            };
            let style = ProgressStyle::with_template(&template);
            let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
            Self(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
        }

        pub(crate) fn show(&self, done: u64) {
            self.0.set_position(done);
        }

        pub(crate) fn clear(&self) {
            self.0.finish_and_clear();
        }
    }
}

/// WebAssembly cannot ask how wide its terminal is, and draws no bar.
#[cfg(target_family = "wasm")]
mod bar {
    pub(super) struct Bar;

    impl Bar {
        pub fn new(_: Option<u64>, _: &str) -> Self {
            Self
        }

        pub fn show(&self, _: u64) {}

        pub fn clear(&self) {}
    }
}
