//! A study in shards: what each has counted, with all that it was made from, and the whole study made of them.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::scenario::ReadFile;
use crate::summary::{Attribution, Partial, ReadError, SealedKind, Wanted};

use super::comparison::asks_attribution;
use super::inputs::Inputs;
use super::passes::{Counted, Passes};
use super::prepared::Prepared;
use super::recipe::{Question, Recipe, Simulate, Sweep};
use super::refused::Refused;
use super::run::{Findings, Told};
use super::sensitivity::Sensitive;
use super::shard::Shard;
use super::sweep::Swept;

const KIND: SealedKind = SealedKind { name: "aigap-shard", version: 1 };

/// What a shard has counted, and everything that the study is made of: files travel with it, so that shards can be merged
/// where their scenario is not at hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedShard {
    /// Version of aigap that made it.
    version: String,
    shard: Shard,
    /// The recipe as it was asked, as JSON.
    recipe: String,
    /// Files that were read, by the name they were asked for, with their bytes as base64.
    files: Vec<(PathBuf, String)>,
    counted: Vec<Counted>,
}

/// Why shards do not make up a study.
#[derive(Clone, Debug, PartialEq)]
pub enum NotMerged {
    /// No shard is given at all.
    Nothing,
    /// A shard is of another study: its place among those given, and in what it differs.
    Foreign(usize, &'static str),
    /// A shard is given twice: its number, and the places of both.
    Twice(Shard, [usize; 2]),
    /// Shards are missing.
    Missing(Vec<Shard>),
    /// A shard was made by another version of the program.
    Version(usize, String),
    /// A shard's recipe cannot be read: why.
    Recipe(usize, String),
}

impl Prepared {
    /// Counts one shard of the study. `recipe` and `files` are what it was prepared from.
    ///
    /// # Errors
    /// If the study cannot be counted in shards, or in so many.
    pub fn shard(
        &self,
        shard: Shard,
        (recipe, files): (&Recipe, Vec<(PathBuf, Vec<u8>)>),
        told: Told,
    ) -> Result<CountedShard, Refused> {
        self.can_be_sharded(shard)?;
        let passes = Passes::of_shard(shard);
        let scenario = &self.scenarios[0].scenario;
        match &self.recipe.question {
            Question::Simulate(it) => {
                let wanted = Wanted { metrics: it.counted(), ..Wanted::default() };
                passes.record_paths(scenario, &self.settings, wanted, told);
                for (_, on_source, settings) in &self.by_source {
                    passes.record_paths(on_source, settings, wanted, told);
                }
            }
            Question::Compare(it) => {
                passes.record_paths(scenario, &self.settings, Wanted::default(), &|_| {});
                for (done, what_if) in self.scenarios[1..].iter().map(|it| &it.scenario).enumerate() {
                    passes.record_paths(what_if, &self.settings, Wanted::default(), &|_| {});
                    passes.record_pairs([scenario, what_if], &self.settings);
                    if asks_attribution(it.attribution, &scenario.differences(what_if)) {
                        // What it says is of no use before the others have counted.
                        let _ =
                            Attribution::of(scenario, what_if, &self.settings, &|objectives, variants, settings| {
                                passes.evaluate(objectives, variants, settings)
                            });
                    }
                    told(done as u64 + 1);
                }
            }
            Question::Sensitivity(it) => {
                Sensitive::counted(it.asked(scenario)?, it, (&self.settings, &passes), told);
            }
            Question::Sweep(it) => {
                Swept::counted(scenario, it.asked(scenario)?, (&self.settings, &passes), told);
            }
            Question::Seek(_) | Question::Discover(_) | Question::Fit(_) | Question::BackTest(_) => {}
        }
        let encoded = |(path, bytes): (PathBuf, Vec<u8>)| (path, STANDARD.encode(bytes));
        Ok(CountedShard {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            shard,
            recipe: recipe.to_json(),
            files: files.into_iter().map(encoded).collect(),
            counted: passes.counted(),
        })
    }

    /// Answers the study from what its shards have counted.
    ///
    /// # Errors
    /// If they counted something else, or numbers left their range.
    pub fn merged(&self, shards: Vec<CountedShard>, told: Told) -> Result<Findings, Refused> {
        let passes = Passes::of_shards(shards.into_iter().map(|it| it.counted).collect());
        let findings = self.answered(&passes, told);
        passes.fault().map_or(findings, |why| Err(Refused::Shards(why)))
    }

    fn can_be_sharded(&self, shard: Shard) -> Result<(), Refused> {
        let refused = |why: &str| Err(Refused::NotSharded(why.to_owned()));
        match &self.recipe.question {
            Question::Simulate(it) if it.exact => {
                return refused(
                    "exact quantiles look at all paths twice, and a shard sees only its own: leave out --exact",
                );
            }
            Question::Simulate(Simulate { precision: Some(_), .. })
            | Question::Sweep(Sweep { precision: Some(_), .. }) => {
                return refused(
                    "a precision doubles the paths until it is reached, and no shard knows when that is: give --paths instead",
                );
            }
            Question::Fit(_) | Question::BackTest(_) => {
                return refused("it simulates no path; simulate, compare, sweep and sensitivity have shards");
            }
            Question::Seek(_) | Question::Discover(_) => {
                return refused(
                    "it asks again depending on what it found; simulate, compare, sweep and sensitivity have shards",
                );
            }
            Question::Simulate(_) | Question::Compare(_) => {}
            Question::Sensitivity(_) | Question::Sweep(_) => return Ok(()),
        }
        let paths = self.settings.paths;
        let blocks = paths.div_ceil(Partial::paths_of_a_block(&self.settings));
        if shard.of() > blocks {
            return refused(&format!("{paths} paths are counted in {blocks} blocks: at most --shard 1/{blocks}"));
        }
        Ok(())
    }
}

impl CountedShard {
    /// The shard as it is stored: the same work has the same bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        KIND.seal(self)
    }

    /// Reads a stored shard.
    ///
    /// # Errors
    /// If the bytes are none, one of another version of the format, or not those that were written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ReadError> {
        let shard: Self = KIND.open(bytes)?;
        let sound = shard.shard.is_sound()
            && shard.counted.iter().all(|it| match it {
                Counted::Paths(part) => part.is_sound(),
                _ => true,
            });
        let damaged = || ReadError::Damaged { why: "its counts cannot be those of its paths".to_owned() };
        if sound { Ok(shard) } else { Err(damaged()) }
    }

    /// Which of how many it is.
    #[must_use]
    pub fn shard(&self) -> Shard {
        self.shard
    }

    /// Puts shards in their order, if they are all of one study.
    ///
    /// # Errors
    /// What is missing, double, or of another study.
    pub fn in_order(shards: Vec<Self>) -> Result<Vec<Self>, NotMerged> {
        let Some(first) = shards.first() else { return Err(NotMerged::Nothing) };
        let of = first.shard.of();
        let mut places: Vec<Option<usize>> = vec![None; usize::try_from(of).unwrap_or(0)];
        for (place, it) in shards.iter().enumerate() {
            if it.version != env!("CARGO_PKG_VERSION") {
                return Err(NotMerged::Version(place, it.version.clone()));
            }
            if let Some(difference) = first.difference(it) {
                return Err(NotMerged::Foreign(place, difference));
            }
            let own = &mut places[usize::try_from(it.shard.number() - 1).unwrap_or(0)];
            if let Some(other) = own {
                return Err(NotMerged::Twice(it.shard, [*other, place]));
            }
            *own = Some(place);
        }
        let missing = places.iter().zip(1..).filter(|(place, _)| place.is_none());
        let missing: Vec<Shard> =
            missing.filter_map(|(_, number)| Shard::read(&format!("{number}/{of}")).ok()).collect();
        if !missing.is_empty() {
            return Err(NotMerged::Missing(missing));
        }
        let mut ordered = shards;
        ordered.sort_by_key(|it| it.shard.number());
        Ok(ordered)
    }

    /// In what another shard is of another study.
    fn difference(&self, other: &Self) -> Option<&'static str> {
        if self.shard.of() != other.shard.of() {
            return Some("it is one of another number of shards");
        }
        if self.recipe != other.recipe {
            return Some("it was asked something else: question, paths, seed or flags differ");
        }
        (self.files != other.files).then_some("its scenario or a file of it reads differently")
    }

    /// The recipe that the study was asked with.
    ///
    /// # Errors
    /// Why it is none.
    pub fn recipe(&self) -> Result<Recipe, NotMerged> {
        Recipe::from_json(&self.recipe).map_err(|why| NotMerged::Recipe(0, why.to_string()))
    }

    /// Reads the scenarios of its study from the files that travel with it.
    ///
    /// # Errors
    /// Everything that is wrong with them, as when they were first read.
    pub fn inputs(&self, recipe: &Recipe) -> Result<Inputs, Box<crate::scenario::Rejected>> {
        let read = |path: &Path| -> Result<Vec<u8>, String> {
            let found = self.files.iter().find(|(known, _)| known == path);
            let bytes = found.and_then(|(_, text)| STANDARD.decode(text).ok());
            bytes.ok_or_else(|| "there is no such file".to_owned())
        };
        let read: ReadFile = &read;
        Inputs::read(recipe, read)
    }
}
