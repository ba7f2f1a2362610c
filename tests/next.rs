//! What commands say to type next: it can be typed, and leads on.

use std::path::Path;
use std::process::Command;

use crate::support::program::{done, folder_with, words};

/// Commands that an answer names: behind "Next:" and "or:".
fn named(said: &str) -> Vec<String> {
    let commands = said.lines().filter_map(|line| line.strip_prefix("Next: ").or(line.strip_prefix("  or: ")));
    commands.map(str::to_owned).collect()
}

/// Types a command into a shell and gives what it prints; a goal out of reach is an answer, too.
fn typed(folder: &Path, command: &str) -> String {
    let program = env!("CARGO_BIN_EXE_aigap");
    // Pictures take most of the time, and nothing that is typed next depends on them.
    let plain =
        if command.starts_with("aigap report") || command.contains("--no-charts") { "" } else { " --no-charts" };
    let few = if plain.is_empty() || command.contains("--paths") { "" } else { " --paths 200" };
    let line = command.replacen("aigap", &format!("'{program}'"), 1) + plain + few;
    let output = Command::new("sh").arg("-c").arg(&line).current_dir(folder).env("NO_COLOR", "1").output().unwrap();
    assert!([0, 5].contains(&output.status.code().unwrap()), "{command}\n{}", words(&output.stderr));
    words(&output.stdout)
}

#[test]
fn what_is_to_be_typed_next_can_be_typed_and_leads_through_all_questions() {
    let folder = folder_with(&["base.toml", "china-state-push.toml"]);
    let here = folder.path();
    let mut ahead = vec!["aigap simulate base.toml --paths 200 --no-charts".to_owned()];
    let mut known: Vec<String> = Vec::new();
    while !ahead.is_empty() {
        let command = ahead.remove(0);
        let kind = command.split_whitespace().nth(1).unwrap().to_owned();
        // Each command with so many of its forms is enough.
        if known.contains(&command)
            || known.iter().filter(|it| it.split_whitespace().nth(1) == Some(&kind)).count() >= 3
        {
            continue;
        }
        ahead.extend(named(&typed(here, &command)));
        known.push(command);
    }
    for command in ["simulate", "seek", "compare", "sensitivity", "sweep", "report"] {
        assert!(known.iter().any(|it| it.starts_with(&format!("aigap {command} "))), "{command} is led to: {known:#?}");
    }
    assert!(known.iter().any(|it| it.contains("--write what-if.toml")), "{known:#?}");
}

#[test]
fn a_next_command_keeps_the_changes_and_no_shell_eats_its_dollars() {
    let folder = folder_with(&["base.toml"]);
    let here = folder.path();
    let said = done(
        here,
        &["simulate", "base.toml", "--paths", "400", "--no-charts", "--set", "us.deals.growth=2%", "--horizon", "2029"],
    );
    let next = &named(&said)[0];
    assert!(next.contains("P(ratio in 2029 < half of 2023) >= 50%"), "{next}");
    assert!(next.contains("--set \"us.deals.growth=2%\" --horizon 2029"), "{next}");
    let said = done(
        here,
        &[
            "seek",
            "base.toml",
            "--so-that",
            "P(china.funding in 2030 > $6.7bn) >= 50%",
            "--paths",
            "400",
            "--no-charts",
        ],
    );
    let next = &named(&said)[0];
    assert!(next.contains("\"P(china.funding in 2030 > 6.7bn USD) >= 50%\"") && !next.contains('$'), "{next}");
    typed(here, next);
}

/// A goal that a run meets already is not the one to seek next.
#[test]
fn the_goal_to_seek_next_is_one_that_is_open() {
    let folder = folder_with(&["base.toml"]);
    let run = |set: &str| {
        done(
            folder.path(),
            &["simulate", "base.toml", "--paths", "400", "--no-charts", "--set", set, "--out", "run", "--force"],
        )
    };
    let far = run("china.deal-size.growth.median=25%");
    assert!(named(&far)[0].contains("P(ratio in 2030 < 1) >= 50%"), "{far}");
    let ahead = run("china.deal-size.growth.median=90%");
    assert!(!named(&ahead)[0].contains("seek"), "{ahead}");
}

/// Along an input the goal to seek next is that of a narrower gap, of the same input, held certain where it was, and between the
/// values that were tried where it tips between them.
#[test]
fn the_goal_behind_a_sweep_is_a_narrower_gap_with_the_same_input() {
    let folder = folder_with(&["base.toml", "half-the-ratio.toml"]);
    let swept = |scenario: &str, over: &str, more: &[&str]| {
        let flags = ["sweep", scenario, "--over", over, "--paths", "2000", "--no-charts", "--force"];
        let said = done(folder.path(), &[&flags[..], more].concat());
        named(&said).remove(0)
    };
    // The narrower scenario has met the level of the base year already, and is not asked how to lose it.
    for scenario in ["base.toml", "half-the-ratio.toml"] {
        let next = swept(scenario, "china.deals.growth=-40%:20%:7:fixed", &[]);
        assert!(next.contains("--so-that \"median of ratio in 2030 <= 2023 level\""), "{next}");
        assert!(next.contains("--change china.deals.growth:fixed --between -40%:20%"), "{next}");
        typed(folder.path(), &next);
    }
    let next = swept("base.toml", "china.deals.growth=20%:40%:3", &["--of", "P(ratio in 2030 < 1)"]);
    assert!(next.contains(">= 50%") && !next.contains("--between"), "{next}");
}
