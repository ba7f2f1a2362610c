//! aigap: what would have to be true for the US–China AI funding gap to close?
//!
//! A scenario and two years of figures go in; tables, charts and sentences come out. The rooms stand in one line, and
//! each uses only the rooms to its left (`tests/architecture.rs` sees to it):
//!
//! ```text
//! units  diagnostic      numbers as written; problems with place and cure
//! special  random        exp, ln, the normal law; random numbers with addresses
//! distribution           laws of uncertain numbers, as quantile functions
//! shock  regime          how far years swing; states that last
//! growth  counting       how levels move; how many deals, and how large
//! event                  what departs from the trend
//! data                   figures with source, vintage and rounding
//! measure                the metrics by name; conditions on them
//! scenario               text in, a Scenario that cannot be wrong out
//! ──────────────────────── every mistake a user can make is found above
//! engine                 blocks of paths, columns of logs
//! metric                 a value, a yes or no, a first year for each path
//! summary                fans, probabilities, decompositions, comparisons
//! wording                numbers into words
//! output                 CSV, charts, story: numbers in, text out
//! ──────────────────────── every file is written below
//! output::RunDirectory   files beside their place, renamed into it
//! cli                    reads, calls the row, prints one answer
//! ```
//!
//! [`method`] tells the statistics as a section of a paper.
//!
//! Three promises hold the line together. Nothing below the first rule fails because of what a user wrote. Nothing
//! between the rules touches a file, a clock or a terminal, and the same scenario, seed and number of paths give the
//! same bytes on any number of threads. And a run folder is the old run or the new one, never half of either.

pub mod cli;
pub mod counting;
pub mod data;
pub mod diagnostic;
pub mod distribution;
pub mod engine;
pub mod event;
pub mod growth;
pub mod measure;
pub mod method;
pub mod metric;
pub mod output;
pub mod random;
pub mod regime;
pub mod scenario;
pub mod shock;
pub mod special;
pub mod summary;
pub mod units;
pub mod wording;
