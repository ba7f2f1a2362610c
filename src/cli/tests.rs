//! The command that people are shown is the recipe: typed into a shell, it becomes the same recipe again.

use clap::{CommandFactory, Parser};
use proptest::prelude::*;

use super::{Arguments, Command, help};
use crate::study::{Recipe, any_recipe};
use crate::wording;

/// The words of a command as a shell sees them.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = command.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => word.get_or_insert_default().push(letters.next().expect("a letter behind the backslash")),
            quote @ ('"' | '\'') => {
                let inside: String = letters.by_ref().take_while(|letter| *letter != quote).collect();
                *word.get_or_insert_default() += &inside;
            }
            ' ' => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// The recipe that a command line becomes; `None` if it is mistyped.
fn typed(command: &str) -> Option<Recipe> {
    match Arguments::try_parse_from(words(command)).ok()?.command {
        Command::Simulate(arguments) => Some(arguments.recipe()),
        Command::Compare(arguments) => Some(arguments.recipe()),
        Command::Seek(arguments) => Some(arguments.recipe()),
        Command::Sensitivity(arguments) => Some(arguments.recipe()),
        Command::Sweep(arguments) => Some(arguments.recipe()),
        Command::Discover(arguments) => Some(arguments.recipe()),
        Command::Fit(arguments) => Some(arguments.recipe()),
        Command::Backtest(arguments) => Some(arguments.recipe()),
        _ => None,
    }
}

proptest! {
    #[test]
    fn the_command_shown_becomes_the_same_recipe(mut recipe in any_recipe()) {
        use crate::study::Question;
        match &mut recipe.question {
            Question::Simulate(it) if !it.metrics.is_empty() => recipe.look.charts = false,
            // Single paths are drawn of runs only.
            Question::Simulate(_) => {}
            _ => recipe.look.hairlines = 0,
        }
        // A file whose name begins like a flag is none that a shell can be given.
        let files = recipe.scenarios().iter().chain(&recipe.changes.with);
        prop_assume!(files.into_iter().all(|path| !path.to_string_lossy().starts_with('-')));
        let starts = recipe.changes.set.iter().chain(&recipe.changes.source);
        prop_assume!(starts.into_iter().all(|text| !text.starts_with('-')));
        let command = wording::command(&recipe);
        prop_assert_eq!(typed(&command), Some(recipe), "{}", command);
    }
}

#[test]
fn the_command_leaves_out_what_is_usual_and_quotes_what_a_shell_would_split() {
    assert_eq!(wording::command(&Recipe::simulate("base.toml")), "aigap simulate base.toml");
    let mut recipe = Recipe { seed: Some(7), paths: Some(200), ..Recipe::compare(["a b.toml", "it's.toml"]) };
    recipe.changes.set.push("us.deals.growth={ p10 = \"-7%\", p90 = \"11%\" }".to_owned());
    recipe.look.median = false;
    assert_eq!(
        wording::command(&recipe),
        "aigap compare \"a b.toml\" \"it's.toml\" --paths 200 --seed 7 --no-median --set 'us.deals.growth={ p10 = \
         \"-7%\", p90 = \"11%\" }'"
    );
}

#[test]
fn every_command_stands_below_one_question_of_the_help() {
    let mut command = Arguments::command();
    command.build();
    let listed = help::listed();
    for it in command.get_subcommands() {
        let times = listed.iter().filter(|name| **name == it.get_name()).count();
        assert_eq!(times, 1, "{}", it.get_name());
    }
    let text = help::grouped(command).render_help().to_string();
    let seek = text.find("What it would take\n  seek ").expect("seek below its question");
    assert!(text.find("What follows\n  simulate ").expect("the main job first") < seek, "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 90), "{text}");
}
