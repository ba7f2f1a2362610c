//! Work side by side: on the threads of the current pool, or one job after the other where the program is built without.
//!
//! The only place that names the library behind it. Results never depend on it: jobs share nothing that is written, and
//! what they return is taken in the order of the jobs.

/// Threads that jobs are shared among.
#[must_use]
pub(crate) fn workers() -> usize {
    #[cfg(feature = "parallel")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    1
}

/// Does some jobs, and returns what they gave in their order.
///
/// Jobs are handed out one by one: a thread that is done takes over what is left of another's, to the last job.
pub(crate) fn map<T: Send>(jobs: usize, job: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..jobs).into_par_iter().with_max_len(1).map(job).collect()
    }
    #[cfg(not(feature = "parallel"))]
    (0..jobs).map(job).collect()
}

/// Does a job with each item, which it may change.
pub(crate) fn each_mut<T: Send>(items: &mut [T], job: impl Fn(usize, &mut T) + Sync + Send) {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        items.par_iter_mut().enumerate().for_each(|(place, item)| job(place, item));
    }
    #[cfg(not(feature = "parallel"))]
    items.iter_mut().enumerate().for_each(|(place, item)| job(place, item));
}

/// Does two jobs, and returns what both gave.
#[cfg(any(feature = "store", test))]
pub(crate) fn join<A: Send, B: Send>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B + Send) -> (A, B) {
    #[cfg(feature = "parallel")]
    return rayon::join(first, second);
    #[cfg(not(feature = "parallel"))]
    (first(), second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_return_in_their_order_whoever_does_them() {
        assert_eq!(map(1000, |job| 3 * job), (0..1000).map(|job| 3 * job).collect::<Vec<usize>>());
        let mut items = vec![1; 1000];
        each_mut(&mut items, |place, item| *item += place);
        assert_eq!(items, (1..=1000).collect::<Vec<usize>>());
        assert_eq!(join(|| 1, || "b"), (1, "b"));
        assert!(workers() >= 1);
    }
}
