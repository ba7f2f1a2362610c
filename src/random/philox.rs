//! Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (2011).

use super::uniform_from_halves;

const MULTIPLIERS: [u64; 2] = [0xd251_1f53, 0xcd9e_8d57];
const WEYL: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];
const LOW_HALF: u64 = 0xffff_ffff;

/// Ten rounds of Philox on a counter of four words under a key of two; known answers in (golden M13).
#[must_use]
pub fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let words = rounds(counter.map(u64::from), round_keys(key));
    words.map(|word| word as u32)
}

#[inline(always)]
fn round_keys(key: [u32; 2]) -> [[u64; 2]; 10] {
    let mut keys = [[0; 2]; 10];
    let mut current = key;
    for round in &mut keys {
        *round = current.map(u64::from);
        current = [current[0].wrapping_add(WEYL[0]), current[1].wrapping_add(WEYL[1])];
    }
    keys
}

/// The keys of a column. The compiler must not know that their high halves are 0: it would add them to the high halves of
/// the products instead, before these are shifted down, and lose the instruction that adds two words and a key at once.
#[inline(always)]
fn keys_of_column(seed: [u32; 2]) -> [[u64; 2]; 10] {
    std::hint::black_box(round_keys(seed))
}

/// The words stand in 64-bit lanes because that is where the widening product of two 32-bit numbers lands. Their high
/// halves mean nothing, before and after: no round reads them, so no round clears them.
#[inline(always)]
fn rounds(counter: [u64; 4], keys: [[u64; 2]; 10]) -> [u64; 4] {
    let [mut a, mut b, mut c, mut d] = counter;
    for [key_0, key_1] in keys {
        let product_0 = MULTIPLIERS[0] * (a & LOW_HALF);
        let product_1 = MULTIPLIERS[1] * (c & LOW_HALF);
        a = (product_1 >> 32) ^ b ^ key_0;
        b = product_1;
        c = (product_0 >> 32) ^ d ^ key_1;
        d = product_0;
    }
    [a, b, c, d]
}

/// Uniforms of consecutive counters: the first word of the counter rises by `stride` a row, and the two halves
/// of each result go into two columns.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn fill(seed: [u32; 2], counter: [u32; 4], stride: u32, first: &mut [f64], second: &mut [f64]) {
    let keys = keys_of_column(seed);
    let [start, b, c, d] = counter.map(u64::from);
    for (row, (first, second)) in (0_u64..).zip(first.iter_mut().zip(second)) {
        let words = rounds([(start + row * u64::from(stride)) & LOW_HALF, b, c, d], keys);
        *first = uniform_from_halves(words[0] & LOW_HALF, words[1] & LOW_HALF);
        *second = uniform_from_halves(words[2] & LOW_HALF, words[3] & LOW_HALF);
    }
}

/// Uniforms of scattered counters: the first word of the counter rises by the row's offset, the last by its step.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn fill_at(
    seed: [u32; 2],
    counter: [u32; 4],
    (offsets, steps): (&[u32], &[u32]),
    first: &mut [f64],
    second: &mut [f64],
) {
    let keys = keys_of_column(seed);
    let [start, b, c, block] = counter.map(u64::from);
    for (((offset, step), first), second) in offsets.iter().zip(steps).zip(first).zip(second) {
        let [a, d] = [start + u64::from(*offset), block + u64::from(*step)];
        let words = rounds([a & LOW_HALF, b, c, d & LOW_HALF], keys);
        *first = uniform_from_halves(words[0] & LOW_HALF, words[1] & LOW_HALF);
        *second = uniform_from_halves(words[2] & LOW_HALF, words[3] & LOW_HALF);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Known answers of the Random123 distribution (`kat_vectors`), golden rows M13.
    #[test]
    fn the_known_answers_are_met() {
        let ones = [0xffff_ffff; 4];
        assert_eq!(philox4x32_10([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(philox4x32_10(ones, [0xffff_ffff; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let pi = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        assert_eq!(philox4x32_10(pi, [0xa409_3822, 0x299f_31d0]), [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }
}
