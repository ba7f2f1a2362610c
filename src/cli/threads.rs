//! The threads of a command.

use super::{Outcome, Terminal};

/// Starts as many threads as were asked for, or one for each processor, for all that the command does.
///
/// The one that calls is among them and works too, so that a run does not begin with waking another. It is early, before
/// files are read, because threads take milliseconds to come up.
///
/// # Errors
/// If the system gives no threads, which has been said.
#[cfg(all(feature = "parallel", not(target_family = "wasm")))]
pub(super) fn start(number: Option<u16>, terminal: &Terminal) -> Result<(), Outcome> {
    // A system that gives no more threads gives this one.
    let alone = std::thread::Builder::new().spawn(|| ()).is_err();
    let most = MOST_FOR_EACH_PROCESSOR * std::thread::available_parallelism().map_or(1, usize::from);
    let number = if alone { 1 } else { number.map_or(0, |number| usize::from(number).min(most)) };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(number).use_current_thread();
    threads.build_global().map_err(|error| {
        terminal.error(&format!("cannot start threads: {error}; ask for fewer with --threads"));
        Outcome::CouldNot
    })
}

/// Threads for each processor beyond which no more are started, whatever was asked for: the result is the same.
#[cfg(all(feature = "parallel", not(target_family = "wasm")))]
const MOST_FOR_EACH_PROCESSOR: usize = 8;

/// Starts none: WebAssembly has one thread, and so has a program built without `parallel`, whatever was asked for.
#[cfg(not(all(feature = "parallel", not(target_family = "wasm"))))]
pub(super) fn start(_: Option<u16>, _: &Terminal) -> Result<(), Outcome> {
    Ok(())
}
