//! Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (2011).

use super::uniform::uniform_from_halves;

const MULTIPLIERS: [u64; 2] = [0xd251_1f53, 0xcd9e_8d57];
const WEYL: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];
const LOW_HALF: u64 = 0xffff_ffff;

/// A function of each of some values, in their order; `empty` only fills the room for them.
///
/// A loop of our own, because that of the standard library is no part of its caller: compiled apart, it would be called for
/// every few random numbers.
#[inline(always)]
fn each<const N: usize, T: Copy, U: Copy>(values: [T; N], empty: U, of: impl Fn(T) -> U) -> [U; N] {
    let mut found = [empty; N];
    for place in 0..N {
        found[place] = of(values[place]);
    }
    found
}

/// Ten rounds of Philox on a counter of four words under a key of two; known answers in (golden M13).
#[must_use]
pub fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [words] = rounds([each(counter, 0, u64::from)], round_keys(key));
    each(words, 0, |word| word as u32)
}

#[inline(always)]
fn round_keys(key: [u32; 2]) -> [[u64; 2]; 10] {
    let mut keys = [[0; 2]; 10];
    let mut current = key;
    for round in &mut keys {
        *round = each(current, 0, u64::from);
        current = [current[0].wrapping_add(WEYL[0]), current[1].wrapping_add(WEYL[1])];
    }
    keys
}

/// The counter and the keys of a column. The compiler must not know that their high halves are 0: it would add them to the
/// high halves of the products instead, before these are shifted down, and lose the instruction that adds two words and a
/// key at once; or take the product of two 32-bit numbers for one of 64 bits and put it together from four.
#[inline(always)]
fn start_of_column(seed: [u32; 2], counter: [u32; 4]) -> ([u64; 4], [[u64; 2]; 10]) {
    std::hint::black_box((each(counter, 0, u64::from), round_keys(seed)))
}

/// The words stand in 64-bit lanes because that is where the widening product of two 32-bit numbers lands. Their high
/// halves mean nothing, before and after: no round reads them, so no round clears them.
///
/// Every step waits for the one before it. Several counters go through a round side by side, so that a processor has
/// something to do in the meantime.
///
/// The rounds are written out: as a loop they are so long that the compiler unrolls them or not as the rest of the program
/// happens to be, and rolled up they are no longer one straight piece that vectorises.
#[inline(always)]
fn rounds<const N: usize>(counters: [[u64; 4]; N], keys: [[u64; 2]; 10]) -> [[u64; 4]; N] {
    let [first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth] = keys;
    let counters = round(round(counters, first), second);
    let counters = round(round(counters, third), fourth);
    let counters = round(round(counters, fifth), sixth);
    let counters = round(round(counters, seventh), eighth);
    round(round(counters, ninth), tenth)
}

#[inline(always)]
fn round<const N: usize>(counters: [[u64; 4]; N], [key_0, key_1]: [u64; 2]) -> [[u64; 4]; N] {
    each(counters, [0; 4], |[a, b, c, d]| {
        let product_0 = MULTIPLIERS[0] * (a & LOW_HALF);
        let product_1 = MULTIPLIERS[1] * (c & LOW_HALF);
        [(product_1 >> 32) ^ b ^ key_0, product_1, (product_0 >> 32) ^ d ^ key_1, product_0]
    })
}

/// The uniforms that ten rounds give for each of some counters.
#[inline(always)]
fn uniforms<const N: usize>(counters: [[u64; 4]; N], keys: [[u64; 2]; 10]) -> [[f64; 2]; N] {
    each(rounds(counters, keys), [0.0; 2], |[a, b, c, d]| {
        [uniform_from_halves(a & LOW_HALF, b & LOW_HALF), uniform_from_halves(c & LOW_HALF, d & LOW_HALF)]
    })
}

/// Whether the words of four counters, and what a round needs, fit into the registers of the surrounding function, a
/// version for some kind of processor.
macro_rules! has_many_registers {
    () => {
        multiversion::target::target_cfg_f!(target_feature = "avx512f")
    };
}

/// Uniforms of consecutive counters: the first word of the counter rises by `stride` a row, and the two halves
/// of each result go into two columns of one length.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
pub(super) fn fill(seed: [u32; 2], counter: [u32; 4], stride: u32, first: &mut [f64], second: &mut [f64]) {
    let ([mut start, b, c, d], keys) = start_of_column(seed, counter);
    let stride = u64::from(stride);
    let starts = |from: u64, length: usize| move |part: usize| from + (part * length) as u64 * stride;
    let mut left = (first, second);
    if has_many_registers!() {
        let ([one, two, three, four], rest) = parts(left);
        let length = one.0.len();
        let mut index = std::array::from_fn(starts(start, length));
        for (((one, two), three), four) in rows(one).zip(rows(two)).zip(rows(three)).zip(rows(four)) {
            let found = uniforms(each(index, [0; 4], |a| [a, b, c, d]), keys);
            [[*one.0, *one.1], [*two.0, *two.1], [*three.0, *three.1], [*four.0, *four.1]] = found;
            index = each(index, 0, |index| index + stride);
        }
        (start, left) = (starts(start, length)(4), rest);
    } else {
        let ([one, two], rest) = parts(left);
        let length = one.0.len();
        let mut index = std::array::from_fn(starts(start, length));
        for (one, two) in rows(one).zip(rows(two)) {
            [[*one.0, *one.1], [*two.0, *two.1]] = uniforms(each(index, [0; 4], |a| [a, b, c, d]), keys);
            index = each(index, 0, |index| index + stride);
        }
        (start, left) = (starts(start, length)(2), rest);
    }
    for (first, second) in rows(left) {
        [[*first, *second]] = uniforms([[start, b, c, d]], keys);
        start += stride;
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
    debug_assert!(offsets.len() == first.len() && steps.len() == first.len());
    let ([start, b, c, block], keys) = start_of_column(seed, counter);
    let counter = |(offset, step): (&u32, &u32)| [start + u64::from(*offset), b, c, block + u64::from(*step)];
    let counters = |from: usize| offsets[from..].iter().zip(&steps[from..]).map(counter);
    let ([near, far], last) = parts((first, second));
    let half = near.0.len();
    for (((near, far), near_counter), far_counter) in rows(near).zip(rows(far)).zip(counters(0)).zip(counters(half)) {
        [[*near.0, *near.1], [*far.0, *far.1]] = uniforms([near_counter, far_counter], keys);
    }
    for ((first, second), counter) in rows(last).zip(counters(2 * half)) {
        [[*first, *second]] = uniforms([counter], keys);
    }
}

/// Two columns that are filled together, or a part of both.
type Columns<'a> = (&'a mut [f64], &'a mut [f64]);

/// Parts of one length of two columns, whose rows are filled side by side, and the few last rows.
#[inline(always)]
fn parts<const N: usize>((mut first, mut second): Columns) -> ([Columns; N], Columns) {
    debug_assert_eq!(first.len(), second.len());
    let length = first.len() / N;
    let parts = std::array::from_fn(|_| {
        let (first_part, first_rest) = std::mem::take(&mut first).split_at_mut(length);
        let (second_part, second_rest) = std::mem::take(&mut second).split_at_mut(length);
        (first, second) = (first_rest, second_rest);
        (first_part, second_part)
    });
    (parts, (first, second))
}

#[inline(always)]
fn rows<'a>((first, second): Columns<'a>) -> impl Iterator<Item = (&'a mut f64, &'a mut f64)> {
    first.iter_mut().zip(second)
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
