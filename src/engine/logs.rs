//! Logs of deals, deal size and funding: the identity between the three, and the range in which they mean something.

/// `ln 1000`: a deal size is in $m and funding in $bn.
pub const LN_1000: f64 = 6.907_755_278_982_137;

/// Largest absolute log of a level; a path beyond it is saturated and its numbers mean nothing: `exp(709.8)` overflows, and
/// sums over paths need room above the largest level.
const MOST_LOG: f64 = 690.0;

/// Whether a log is one of a level that means something; a log which is no number is not.
#[inline(always)]
pub(super) fn inside(log: f64) -> bool {
    magnitude(log) <= magnitude(MOST_LOG)
}

/// Whether any log of a column is not inside.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn beyond(column: &[f64]) -> bool {
    column.iter().fold(0, |most, log| most.max(magnitude(*log))) > magnitude(MOST_LOG)
}

/// Writes the logs of the quantity that follows from two others, `first + sign second + offset`; whether any log of the three
/// is not inside.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn follow(first: &[f64], second: &[f64], third: &mut [f64], sign: f64, offset: f64) -> bool {
    let mut most = 0;
    for ((third, first), second) in third.iter_mut().zip(first).zip(second) {
        *third = first + sign * second + offset;
        most = most.max(magnitude(*first)).max(magnitude(*second)).max(magnitude(*third));
    }
    most > magnitude(MOST_LOG)
}

/// Bits of a number without its sign: whole numbers in the order of the magnitudes, with NaN after all of them. With AVX-512 the greatest of many takes one instruction for each, where a comparison takes two slower ones.
#[inline(always)]
fn magnitude(log: f64) -> i64 {
    log.abs().to_bits().cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_log_out_of_range_is_found_wherever_it_stands() {
        for log in [690.0, -690.0, 0.0, -0.0, 1e-300] {
            assert!(inside(log) && !beyond(&[log; 40]), "{log}");
        }
        for log in [690.000_000_1, -690.000_000_1, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, -f64::NAN] {
            assert!(!inside(log), "{log}");
            for place in 0..40 {
                let (mut column, calm, mut third) = ([1.0; 40], [1.0; 40], [0.0; 40]);
                column[place] = log;
                assert!(beyond(&column), "{log} at {place}");
                assert!(follow(&column, &calm, &mut third, 1.0, 0.0), "{log} at {place} of the first");
                assert!(follow(&calm, &column, &mut third, -1.0, 0.0), "{log} at {place} of the second");
            }
        }
        // Two that are inside, and a third that is not.
        let mut third = [0.0; 9];
        assert!(follow(&[400.0; 9], &[400.0; 9], &mut third, 1.0, 0.0));
        assert!(!follow(&[400.0; 9], &[400.0; 9], &mut third, -1.0, 0.0) && third == [0.0; 9]);
    }
}
