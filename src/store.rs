//! Run folders: written beside their place and renamed into it, with a manifest that says how to make them again.

pub mod difference;
mod leftovers;
mod lock;
pub mod manifest;
mod run_directory;
pub mod stored;

pub use run_directory::{Replace, RunDirectory, RunError};
