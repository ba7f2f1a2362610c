//! The command that makes a run again, as people are shown it: made from the recipe, and never read back.

use crate::study::{
    Attribute, BackTestAsked, By, Changes, Compare, Discover, FitAsked, Look, Preset, Prior, Question, Recipe, Sampler,
    Seek, Sensitivity, SensitivityMethod, Simulate, Sweep, Theme,
};

use super::precision::stated_precision;

/// `aigap simulate base.toml --seed 20240515`: every flag that changes a byte of the run's files.
#[must_use]
pub fn command(recipe: &Recipe) -> String {
    let mut command = Command::default();
    match &recipe.question {
        Question::Simulate(it) => command.simulate(recipe, it),
        Question::Compare(it) => command.compare(recipe, it),
        Question::Seek(it) => command.seek(recipe, it),
        Question::Sensitivity(it) => command.sensitivity(recipe, it),
        Question::Sweep(it) => command.sweep(recipe, it),
        Question::Discover(it) => command.discover(recipe, it),
        Question::Fit(it) => command.fit(recipe, it),
        Question::BackTest(it) => command.back_test(recipe, it),
    }
    command.look(&recipe.look);
    command.changes(&recipe.changes);
    command.0
}

/// A command line that grows word by word.
#[derive(Default)]
struct Command(String);

impl Command {
    fn flag(&mut self, set: bool, name: &str) {
        if set {
            self.0 += &format!(" --{name}");
        }
    }

    fn value(&mut self, name: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            self.0 += &format!(" --{name} {value}");
        }
    }

    fn simulate(&mut self, recipe: &Recipe, it: &Simulate) {
        self.0 = format!("aigap simulate {}", quoted(&it.scenario.to_string_lossy()));
        self.value("precision", it.precision.map(stated_precision));
        self.numbers(recipe);
        self.flag(it.exact, "exact");
        let names: Vec<&str> = it.metrics.iter().map(|metric| metric.name()).collect();
        self.value("metrics", (!names.is_empty()).then(|| names.join(",")));
        self.flag(!recipe.look.charts, "no-charts");
        self.value("keep-paths", it.keep_paths);
        self.value("hairlines", Some(recipe.look.hairlines).filter(|count| *count > 0));
    }

    fn compare(&mut self, recipe: &Recipe, it: &Compare) {
        let names: Vec<String> = it.scenarios.iter().map(|path| quoted(&path.to_string_lossy())).collect();
        self.0 = format!("aigap compare {}", names.join(" "));
        self.numbers(recipe);
        self.flag(it.attribution == Attribute::Always, "attribute");
        self.flag(it.attribution == Attribute::Never, "no-attribute");
        self.flag(!recipe.look.charts, "no-charts");
        let weights = it.weights.as_ref().map(|weights| weights.iter().map(f64::to_string).collect::<Vec<_>>());
        self.value("weights", weights.map(|weights| weights.join(",")));
    }

    fn seek(&mut self, recipe: &Recipe, it: &Seek) {
        self.0 = format!("aigap seek {} --so-that {}", quoted(&it.scenario.to_string_lossy()), in_quotes(&it.so_that));
        for change in &it.change {
            let fixed = if change.fixed { ":fixed" } else { "" };
            self.value("change", Some(quoted(&format!("{}{fixed}", change.address))));
            self.value("between", change.between.as_deref().map(quoted));
        }
        self.numbers(recipe);
        self.flag(!recipe.look.charts, "no-charts");
    }

    fn sensitivity(&mut self, recipe: &Recipe, it: &Sensitivity) {
        self.0 = format!("aigap sensitivity {}", quoted(&it.scenario.to_string_lossy()));
        it.of.iter().for_each(|target| self.value("of", Some(in_quotes(target))));
        self.value(
            "method",
            Some(it.method).filter(|it| *it != SensitivityMethod::Tornado).map(SensitivityMethod::name),
        );
        self.value("by", Some(it.by).filter(|it| *it != By::Input).map(By::name));
        it.also.iter().for_each(|range| self.value("also", Some(quoted(range))));
        self.numbers(recipe);
        self.flag(!recipe.look.charts, "no-charts");
    }

    fn sweep(&mut self, recipe: &Recipe, it: &Sweep) {
        self.0 = format!("aigap sweep {}", quoted(&it.scenario.to_string_lossy()));
        it.over.iter().for_each(|input| self.value("over", Some(quoted(input))));
        it.of.iter().for_each(|target| self.value("of", Some(in_quotes(target))));
        self.value("precision", it.precision.map(stated_precision));
        self.numbers(recipe);
        self.flag(!recipe.look.charts, "no-charts");
    }

    fn discover(&mut self, recipe: &Recipe, it: &Discover) {
        self.0 = format!("aigap discover {}", quoted(&it.scenario.to_string_lossy()));
        self.value("where", Some(in_quotes(&it.condition)));
        self.value("of-box", it.of_box);
        self.value("keep", it.keep);
        self.numbers(recipe);
        self.flag(!recipe.look.charts, "no-charts");
    }

    fn fit(&mut self, recipe: &Recipe, it: &FitAsked) {
        self.0 = format!("aigap fit {}", quoted(&it.data.to_string_lossy()));
        self.value("regions", Some(quoted(&it.regions.join(","))));
        self.value("until", it.until);
        self.value("prior", Some(it.prior).filter(|it| *it != Prior::Pooled).map(Prior::name));
        self.value("seed", recipe.seed);
        self.flag(!recipe.look.charts, "no-charts");
    }

    fn back_test(&mut self, recipe: &Recipe, it: &BackTestAsked) {
        self.0 = format!("aigap backtest {}", quoted(&it.data.to_string_lossy()));
        self.value("regions", Some(quoted(&it.regions.join(","))));
        self.value("origins", Some(it.origins));
        let horizons: Vec<String> = it.horizons.iter().map(usize::to_string).collect();
        self.value("horizons", Some(horizons.join(",")));
        self.value("prior", Some(it.prior).filter(|it| *it != Prior::Pooled).map(Prior::name));
        self.flag(!recipe.look.charts, "no-charts");
    }

    /// Paths, seed and sampler.
    fn numbers(&mut self, recipe: &Recipe) {
        self.value("paths", recipe.paths);
        self.value("seed", recipe.seed);
        self.value("sampler", recipe.sampler.map(Sampler::name));
    }

    fn look(&mut self, look: &Look) {
        self.value("preset", Some(look.preset).filter(|it| *it != Preset::Note).map(Preset::name));
        self.value("theme", Some(look.theme).filter(|it| *it != Theme::Light).map(Theme::name));
        self.flag(look.high_contrast, "high-contrast");
        self.flag(!look.median, "no-median");
        self.flag(look.svg_text, "svg-text");
        self.flag(look.pdf, "pdf");
    }

    fn changes(&mut self, changes: &Changes) {
        for pack in &changes.with {
            self.value("with", Some(quoted(&pack.to_string_lossy())));
        }
        for setting in &changes.set {
            self.value("set", Some(in_quotes(setting)));
        }
        self.value("horizon", changes.horizon);
        self.value("source", changes.source.as_deref().map(in_quotes));
        self.value("currency", changes.currency.map(|currency| currency.code()));
        self.value("real", changes.real);
        self.flag(changes.nearest_correlation, "nearest-correlation");
        self.flag(changes.allow_outside, "allow-outside");
    }
}

/// An argument as a shell takes it back: bare where it can be, else in quotes.
#[must_use]
pub fn quoted(text: &str) -> String {
    let bare = |c: char| c.is_alphanumeric() || "-_./:=,+%@".contains(c);
    if !text.is_empty() && text.chars().all(bare) { text.to_owned() } else { in_quotes(text) }
}

/// An argument in double quotes, or in single ones where a shell would read signs inside the double ones.
#[must_use]
pub fn in_quotes(text: &str) -> String {
    if text.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", text.replace('\'', r"'\''"))
    } else {
        format!("\"{text}\"")
    }
}
