//! Counting one shard of a study, and reading the files of several.

use std::path::{Path, PathBuf};

use crate::store::{ordinary, write_whole};
use crate::study::{CountedShard, NotMerged, Recipe, Shard};

use super::load;
use super::next;
use super::outcome::Outcome;
use super::print::Terminal;
use super::progress::Progress;
use super::steps;

/// Largest file of a shard that is read.
const MOST_BYTES: u64 = 1 << 30;

/// Counts one shard of a study and writes its file, which the same work makes the same.
pub(super) fn count(
    recipe: &Recipe,
    (shard, out): (Shard, Option<&Path>),
    quiet: bool,
    terminal: &Terminal,
) -> Result<Outcome, Outcome> {
    let (inputs, files) = load::inputs_and_files(recipe, terminal)?;
    let prepared = steps::prepared(recipe, inputs, terminal)?;
    let usual =
        || Path::new("output").join(format!("{}.{}-of-{}.part", steps::name_of(&prepared), shard.number(), shard.of()));
    let file = out.map_or_else(usual, Path::to_owned);
    refuse_what_is_no_shard(&file, terminal)?;
    let progress = Progress::of(&prepared, true);
    let counted = prepared.shard(shard, (recipe, files), &|done| progress.show(done));
    let counted = counted.map_err(|why| steps::refused(&why, terminal))?;
    let bytes = counted.to_bytes();
    write_whole(&file, &bytes).map_err(|why| {
        terminal.error(&format!("{}: {why}; choose another file with --out", file.display()));
        Outcome::CouldNot
    })?;
    if !quiet {
        let name = file.display().to_string();
        let all = name.replace(&format!("{}-of-", shard.number()), "*-of-");
        let size = bytes.len().div_ceil(1000);
        let merge = next::merge(if all == name { "…" } else { &all });
        terminal.answer(&format!("{name}: shard {shard}, {size} kB.\n{}\n", next::lines(&[merge])));
    }
    Ok(Outcome::Done)
}

/// A file that is there may be replaced if it is a shard.
fn refuse_what_is_no_shard(file: &Path, terminal: &Terminal) -> Result<(), Outcome> {
    if !file.exists() {
        return Ok(());
    }
    let is_shard = ordinary(file, MOST_BYTES).is_ok_and(|bytes| CountedShard::from_bytes(&bytes).is_ok());
    if is_shard {
        return Ok(());
    }
    let name = file.display();
    terminal.error(&format!("{name} is there and is no shard of a study; choose another file with --out"));
    Err(Outcome::CouldNot)
}

/// Reads the shards of a study, in their order; says which is missing, double, damaged or of another study.
pub(super) fn read(files: &[PathBuf], terminal: &Terminal) -> Result<Vec<CountedShard>, Outcome> {
    let mut shards = Vec::new();
    for file in files {
        let name = file.display();
        let bytes = ordinary(file, MOST_BYTES).map_err(|why| {
            terminal.error(&format!("{name}: {why}"));
            Outcome::CouldNot
        })?;
        shards.push(CountedShard::from_bytes(&bytes).map_err(|why| {
            terminal.error(&format!("{name}: {why}"));
            Outcome::Invalid
        })?);
    }
    CountedShard::in_order(shards).map_err(|why| {
        terminal.error(&in_words(&why, files));
        Outcome::Invalid
    })
}

fn in_words(why: &NotMerged, files: &[PathBuf]) -> String {
    let name = |place: usize| files.get(place).map_or_else(String::new, |it| it.display().to_string());
    match why {
        NotMerged::Nothing => "there is no shard to merge".to_owned(),
        NotMerged::Foreign(place, difference) => format!(
            "{} is a shard of another study than {}: {difference}; leave it out, or count it again",
            name(*place),
            name(0)
        ),
        NotMerged::Twice(shard, [first, second]) => {
            format!("{} and {} are both shard {shard}; leave one out", name(*first), name(*second))
        }
        NotMerged::Missing(shards) => {
            let few: Vec<String> = shards.iter().take(5).map(Shard::to_string).collect();
            let more = if shards.len() > few.len() {
                format!(" and {} more", shards.len() - few.len())
            } else {
                String::new()
            };
            let verb = if shards.len() == 1 { "shard is" } else { "shards are" };
            format!("{} {verb} missing: {}{more}; count with --shard, then merge all", shards.len(), few.join(", "))
        }
        NotMerged::Version(place, version) => format!(
            "{} was counted by aigap {version}, and this is {}; count all shards with one version",
            name(*place),
            env!("CARGO_PKG_VERSION")
        ),
        NotMerged::Recipe(place, why) => format!("{} is damaged: its recipe {why}; count it again", name(*place)),
    }
}
