//! Run folders: written beside their place and renamed into it, with a manifest that says how to make them again.

mod about;
mod again;
pub mod charts;
pub mod difference;
mod files;
mod folder;
mod leftovers;
mod lock;
pub mod manifest;
mod name;
mod read;
mod run_directory;
pub mod stored;
mod whole_file;

pub use again::{Again, NotAgain};
pub use files::{Files, files};
pub use folder::{FolderError, RunFolder};
pub use name::folder_name;
pub use read::{ReadBelow, ordinary, read};
pub use run_directory::{Replace, RunDirectory, RunError};
pub use whole_file::write_whole;
