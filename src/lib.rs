//! aigap: what would have to be true for the US–China AI funding gap to close?
//!
//! A scenario and two years of figures go in; tables, charts and sentences come out. The rooms stand in one line, and
//! each uses only the rooms to its left (`tests/architecture.rs` sees to it):
//!
//! ```text
//! parallel                work side by side, or one job after the other
//! units  diagnostic      numbers as written; problems with place and cure
//! special  random        exp, ln, the normal law; random numbers with addresses
//! distribution           laws of uncertain numbers, as quantile functions
//! shock  regime          how far years swing; states that last
//! growth  counting       how levels move; how many deals, and how large
//! event                  what departs from the trend
//! data                   figures with source, vintage and rounding
//! exchange               files of figures as others publish them, into our own CSV
//! measure                the metrics by name; conditions on them
//! scenario               text in, a Scenario that cannot be wrong out
//! ──────────────────────── every mistake a user can make is found above
//! engine                 blocks of paths, columns of logs
//! metric                 a value, a yes or no, a first year for each path
//! summary                fans, probabilities, decompositions, comparisons
//! study                  what is asked of scenarios, and what the paths answer
//! table                  rows and columns: CSV, workbook; a number's cell
//! wording                numbers into words
//! draw                   sheet, text, scales, rules of layout: SVG, PNG, PDF
//! chart                  what each figure shows
//! whatif                 what the what-if page asks, and what it is told
//! report                 pages and notes from tables, sentences and charts
//! ──────────────────────── every file is written below
//! store                  run folders, manifests, stored runs
//! export                 stored runs in the formats of other communities
//! cli                    reads, calls the row, prints one answer
//! ```
//!
//! [`method`] tells the statistics as a section of a paper.
//!
//! Three promises hold the line together. Nothing below the first rule fails because of what a user wrote. Nothing
//! between the rules touches a file, a clock or a terminal, and the same scenario, seed and number of paths give the
//! same bytes on any number of threads. And a run folder is the old run or the new one, never half of either.

// Here and not for the whole package: tests and examples are programs, of which nothing is public.
#![warn(unreachable_pub)]

pub mod chart;
#[cfg(feature = "cli")]
pub mod cli;
pub mod counting;
pub mod data;
pub mod diagnostic;
pub mod distribution;
pub mod draw;
pub mod engine;
pub mod event;
pub mod exchange;
#[cfg(feature = "store")]
pub mod export;
pub mod growth;
pub mod measure;
pub mod method;
pub mod metric;
pub(crate) mod parallel;
pub mod random;
pub mod regime;
#[cfg(feature = "report")]
pub mod report;
pub mod scenario;
pub mod shock;
pub mod special;
#[cfg(feature = "store")]
pub mod store;
pub mod study;
pub mod summary;
pub mod table;
pub(crate) mod units;
pub mod whatif;
pub mod wording;
