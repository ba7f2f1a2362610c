//! What an interrupted command leaves behind.

use crate::store::RunDirectory;

/// Ctrl-C removes what is half written and leaves the old run as it was.
#[cfg(not(target_family = "wasm"))]
pub(super) fn leave_no_half_run(directory: &RunDirectory) {
    let abandon = directory.abandoning();
    // Without a handler Ctrl-C still leaves the old run whole; only the leftovers stay until the next run.
    let _ = ctrlc::set_handler(move || {
        abandon();
        std::process::exit(130);
    });
}

/// WebAssembly has no signals: the leftovers stay until the next run.
#[cfg(target_family = "wasm")]
pub(super) fn leave_no_half_run(_: &RunDirectory) {}
