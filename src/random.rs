//! Random numbers with addresses: a number is named by seed, path, year, address and `k`, never "the next one".
//!
//! So threads and blocks do not matter, path 17 is path 17 in a run of any length, adding an assumption moves no
//! other, and two scenarios share their luck. The generator is Philox4x32-10 (Salmon et al., 2011), counter-based
//! and proof against a user who picks the seed; normals come from uniforms through the quantile function only.

pub(crate) mod bridge;
mod philox;
pub mod quasi;
mod rotation;
pub mod sobol;
#[cfg(feature = "rand")]
mod stream;
mod uniform;

pub use bridge::Bridge;
pub use philox::philox4x32_10;
pub use rotation::Rotation;
#[cfg(feature = "rand")]
pub use stream::Stream;
pub use uniform::uniform_from_bits;

/// What a random number is for; part of its name, so that two uses of one address never share a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The value of an assumption, one a draw.
    Assumption,
    /// The yearly shock of a series, one a path and year.
    Shock,
    /// Whether or when an event happens, one a path.
    EventFlag,
    /// The state of a chain, one a path and year.
    Regime,
    /// What widens all shocks of a year, one a path and year.
    Mixing,
    /// Whether a jump strikes, one a path and year.
    JumpFlag,
    /// How hard, one a path and year.
    JumpSize,
    /// How many deals there are, one a path and year.
    Count,
    /// The largest deals of a year, a run of them a path and year.
    DealSpacing,
    /// The sum of the other deals, a few a path and year.
    DealBody,
    /// The luck of single deals in a total that is not made of them, one a path and year.
    Sampling,
    /// Noise of a total that does not stay, one a path and year.
    Transient,
    /// What scrambles the points that may stand in for all of these.
    Scramble,
    /// Which draws are held out and which are drawn again, where a finding is held against other draws.
    Resample,
}

impl Purpose {
    /// Its fixed number, which is part of the promise of reproducibility.
    fn number(self) -> u8 {
        match self {
            Self::Assumption => 0,
            Self::Regime => 1,
            Self::Shock => 2,
            Self::Mixing => 3,
            Self::JumpFlag => 4,
            Self::JumpSize => 5,
            Self::EventFlag => 6,
            Self::Count => 8,
            Self::DealSpacing => 9,
            Self::DealBody => 10,
            Self::Sampling => 13,
            Self::Scramble => 14,
            Self::Resample => 15,
            Self::Transient => 16,
        }
    }

    /// Purposes whose address is the name of a region.
    pub const OF_REGIONS: [Self; 6] =
        [Self::Regime, Self::Count, Self::DealSpacing, Self::DealBody, Self::Sampling, Self::Transient];
}

/// A purpose and an address, folded into the 32 bits that stand in the generator's counter.
///
/// Two addresses of a scenario must not share a key; `scenario` refuses the pair (one in four billion).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(u32);

impl Key {
    /// FNV-1a over the purpose and the bytes of the address, with a final mix.
    #[must_use]
    pub fn new(purpose: Purpose, address: &str) -> Self {
        let bytes = std::iter::once(purpose.number()).chain(address.bytes());
        let hash = bytes.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        // FNV leaves similar words with similar low bits; murmur3's finaliser spreads them.
        let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
        let hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
        Self(hash ^ (hash >> 16))
    }
}

/// All random numbers of a seed.
///
/// Counter words: path (or draw) low 32 bits; its high 16 bits and half the year; key; `k`. A block of the
/// generator holds two numbers of 64 bits, which are two neighbouring years of one series, so that no half of the
/// work is thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    seed: [u32; 2],
}

impl Numbers {
    /// The numbers of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed: halves(seed) }
    }

    /// The uniform in (0, 1) with this name; `index` is a path or a draw, `year` is 0 for what has no year.
    #[must_use]
    pub fn uniform(&self, index: u64, year: i32, key: Key, k: u32) -> f64 {
        let words = philox4x32_10(counter(index, year, key, k), self.seed);
        let word = if year & 1 == 0 { [words[0], words[1]] } else { [words[2], words[3]] };
        uniform_from_bits(u64::from(word[0]) | u64::from(word[1]) << 32)
    }

    /// Fills two columns with the uniforms of an even year and of the year after it, for the indices
    /// `first, first + stride, …`; the same numbers as [`Numbers::uniform`] gives one by one.
    pub fn fill_years(&self, indices: Indices, even_year: i32, key: Key, even: &mut [f64], odd: &mut [f64]) {
        debug_assert!(even_year & 1 == 0 && even.len() == odd.len());
        philox::fill(self.seed, counter(indices.first, even_year, key, 0), indices.stride, even, odd);
    }

    /// 64 random bits of a run, as [`Numbers::run`] makes a uniform of.
    #[must_use]
    pub fn bits(&self, index: u64, year: i32, key: Key, k: u32) -> u64 {
        let words = philox4x32_10(run_counter(index, year, key, k / 2), self.seed);
        let word = if k & 1 == 0 { [words[0], words[1]] } else { [words[2], words[3]] };
        u64::from(word[0]) | u64::from(word[1]) << 32
    }

    /// The `k`-th uniform of a run that belongs to one path and year: two neighbours share a block of the generator.
    ///
    /// An address has either single numbers by year or runs, never both.
    #[must_use]
    pub fn run(&self, index: u64, year: i32, key: Key, k: u32) -> f64 {
        uniform_from_bits(self.bits(index, year, key, k))
    }

    /// Fills two columns with numbers `2 block` and `2 block + 1` of a run; the same as [`Numbers::run`] one by one.
    pub fn fill_run(&self, indices: Indices, year: i32, key: Key, block: u32, first: &mut [f64], second: &mut [f64]) {
        philox::fill(self.seed, run_counter(indices.first, year, key, block), indices.stride, first, second);
    }

    /// Fills two columns for scattered indices and blocks: each row adds its own offset to the index and its own step
    /// to the block.
    pub fn fill_run_at(&self, run: Run, scattered: (&[u32], &[u32]), first: &mut [f64], second: &mut [f64]) {
        let counter = run_counter(run.index, run.year, run.key, run.block);
        philox::fill_at(self.seed, counter, scattered, first, second);
    }

    /// Fills a column with the uniforms that have no year.
    pub fn fill(&self, indices: Indices, key: Key, column: &mut [f64]) {
        // They are those of year 0. The generator makes those of the odd year after it too, which are not used.
        let mut unused = [0.0; 256];
        let mut first = indices.first;
        for piece in column.chunks_mut(unused.len()) {
            let unused = &mut unused[..piece.len()];
            self.fill_years(Indices { first, ..indices }, 0, key, piece, unused);
            first += piece.len() as u64 * u64::from(indices.stride);
        }
    }
}

/// Consecutive paths or draws: a first index and a stride.
///
/// A block never crosses a multiple of 2³², so the high half of its indices is one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indices {
    /// Index of the first row of a column.
    pub first: u64,
    /// Distance between rows.
    pub stride: u32,
}

/// Where a run of numbers begins that belongs to one path and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The path that the numbers belong to.
    pub index: u64,
    /// The year that they belong to.
    pub year: i32,
    /// What they are for, and their address.
    pub key: Key,
    /// Half the place of the first number in the run.
    pub block: u32,
}

fn counter(index: u64, year: i32, key: Key, k: u32) -> [u32; 4] {
    let [low, high] = halves(index);
    [low, high << 16 | (year as u32 >> 1) & 0xffff, key.0, k]
}

fn run_counter(index: u64, year: i32, key: Key, block: u32) -> [u32; 4] {
    let [low, high] = halves(index);
    [low, high << 16 | (year as u32) & 0xffff, key.0, block]
}

fn halves(value: u64) -> [u32; 2] {
    [(value & 0xffff_ffff) as u32, (value >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::{Indices, Key, Numbers, Purpose, Run};

    #[test]
    fn columns_hold_the_numbers_that_their_names_give_one_by_one() {
        let numbers = Numbers::new(0xfeed_beef_dead_cafe);
        let key = Key::new(Purpose::Shock, "us.deals");
        // Columns are filled in parts side by side: every row of every part, and what is left of short ones.
        let starts = [0, 7, (1 << 32) - 4000, 5 << 32];
        for (first, length) in starts.into_iter().flat_map(|first| (0..21).chain([1001]).map(move |to| (first, to))) {
            let (mut even, mut odd) = (vec![0.0; length], vec![0.0; length]);
            numbers.fill_years(Indices { first, stride: 2 }, 2024, key, &mut even, &mut odd);
            for (row, (even, odd)) in (0..).zip(even.iter().zip(&odd)) {
                let index = first + 2 * row;
                assert_eq!(*even, numbers.uniform(index, 2024, key, 0), "path {index} of {length}");
                assert_eq!(*odd, numbers.uniform(index, 2025, key, 0), "path {index} of {length}");
            }
            numbers.fill(Indices { first, stride: 3 }, key, &mut even);
            for (row, even) in (0..).zip(&even) {
                let index = first + 3 * row;
                assert_eq!(*even, numbers.uniform(index, 0, key, 0), "draw {index} of {length}");
            }
        }
    }

    #[test]
    fn runs_of_scattered_paths_hold_the_numbers_that_their_names_give_one_by_one() {
        let (numbers, key) = (Numbers::new(11), Key::new(Purpose::DealBody, "us"));
        let offsets: Vec<u32> = (0..37).map(|row| row * row % 101).collect();
        let steps: Vec<u32> = (0..37).map(|row| row % 5).collect();
        let (mut first, mut second) = (vec![0.0; 37], vec![0.0; 37]);
        let run = Run { index: (3 << 32) + 70_000, year: 2027, key, block: 32 };
        numbers.fill_run_at(run, (&offsets, &steps), &mut first, &mut second);
        for row in 0..37 {
            let (index, k) = (run.index + u64::from(offsets[row]), 64 + 2 * steps[row]);
            assert_eq!([first[row], second[row]], [k, k + 1].map(|k| numbers.run(index, 2027, key, k)));
        }
    }

    #[test]
    fn every_part_of_the_name_changes_the_number() {
        let numbers = Numbers::new(1);
        let key = Key::new(Purpose::Shock, "us.deals");
        let base = numbers.uniform(5, 2024, key, 0);
        let others = [
            Numbers::new(2).uniform(5, 2024, key, 0),
            Numbers::new(1 << 32 | 1).uniform(5, 2024, key, 0),
            numbers.uniform(6, 2024, key, 0),
            numbers.uniform(5 | 1 << 32, 2024, key, 0),
            numbers.uniform(5, 2025, key, 0),
            numbers.uniform(5, 2026, key, 0),
            numbers.uniform(5, 2024, Key::new(Purpose::Assumption, "us.deals"), 0),
            numbers.uniform(5, 2024, Key::new(Purpose::Shock, "us.deal-size"), 0),
            numbers.uniform(5, 2024, key, 1),
        ];
        assert!(others.iter().all(|other| *other != base), "{base} among {others:?}");
    }
}
