//! The threads of a command.

/// As many threads as were asked for, or one for each processor.
#[cfg(not(target_family = "wasm"))]
pub(super) struct Threads(rayon::ThreadPool);

#[cfg(not(target_family = "wasm"))]
impl Threads {
    pub fn new(number: Option<u16>) -> Result<Self, String> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(number.map_or(0, usize::from)).build();
        pool.map(Self).map_err(|error| format!("cannot start threads: {error}"))
    }

    /// Does some work on these threads.
    pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.0.install(work)
    }
}

/// WebAssembly has one thread, in which rayon does all work as it comes, whatever was asked for.
#[cfg(target_family = "wasm")]
pub(super) struct Threads;

#[cfg(target_family = "wasm")]
impl Threads {
    pub fn new(_: Option<u16>) -> Result<Self, String> {
        Ok(Self)
    }

    /// Does some work here and now.
    pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        work()
    }
}
