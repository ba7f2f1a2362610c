//! All integration tests in one program, because each program of its own would link the whole library again.
//!
//! A file is a module: `cargo test --test it compare::` runs those of `compare.rs`.
#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

mod accuracy;
mod architecture;
mod bad_input;
mod chart_command;
mod chart_golden;
mod charts;
mod cli;
mod companions;
mod compare;
mod compare_command;
mod cures;
mod discover;
mod editor;
mod errors;
mod events;
mod figures;
mod folders;
mod fresh;
mod fuzz;
mod golden;
mod history;
mod installed;
mod kinds;
mod library;
mod limits;
mod metrics;
mod next;
mod options;
mod own_figures;
mod parts;
mod process;
mod question_laws;
mod randomness;
mod readme;
mod reference;
mod report;
mod report_questions;
mod scenarios;
mod score;
mod seek;
mod sensitivity;
mod sobol;
mod streams;
mod supply_chain;
mod support;
mod tables;
mod uncertainty;
mod update;
mod verify;
mod widths;
mod words;
mod workbook;
