//! Counts of values of one sign, in buckets named by their leading bits.

/// Top mantissa bits that name a bucket.
const MANTISSA_BITS: u32 = 10;
/// Buckets of an octave.
pub(super) const PER_OCTAVE: usize = 1 << MANTISSA_BITS;
/// Bits dropped from a float to name its bucket.
pub(super) const SHIFT: u32 = 52 - MANTISSA_BITS;

/// Counts of values of one sign; a window of whole octaves that grows when a value falls outside.
///
/// Counting visits buckets at random, so what matters is how many bytes there are to visit: a count is one byte, and
/// how often that byte was full is kept apart, for the few octaves in which any was.
#[derive(Clone, Debug, Default)]
pub(super) struct Buckets {
    /// Name of the first bucket.
    first: usize,
    /// Counts, less the 256 that each carry stands for.
    low: Vec<u8>,
    /// How often each count of an octave was full.
    carries: Vec<Option<Box<[u32; PER_OCTAVE]>>>,
}

/// The window of some buckets while many values are counted.
#[derive(Debug)]
pub(super) struct Lanes<'a> {
    first: usize,
    low: &'a mut [u8],
    carries: &'a mut [Option<Box<[u32; PER_OCTAVE]>>],
}

impl Lanes<'_> {
    /// Counts a value by the name of its bucket, if the window holds it.
    #[inline(always)]
    pub fn count(&mut self, name: usize) {
        let place = name.wrapping_sub(self.first);
        if let Some(count) = self.low.get_mut(place) {
            *count = count.wrapping_add(1);
            if *count == 0 {
                carry(self.carries, place, 1);
            }
        }
    }
}

/// Adds to how often a count was full.
#[cold]
#[inline(never)]
fn carry(carries: &mut [Option<Box<[u32; PER_OCTAVE]>>], place: usize, times: u32) {
    let octave = carries[place / PER_OCTAVE].get_or_insert_with(|| Box::new([0; PER_OCTAVE]));
    octave[place % PER_OCTAVE] += times;
}

impl Buckets {
    /// Counts a magnitude.
    pub fn add(&mut self, magnitude: f64) {
        self.reserve(magnitude, magnitude);
        self.count_named(name(magnitude));
    }

    /// Counts a value by the name of its bucket, which the window holds.
    pub fn count_named(&mut self, name: usize) {
        self.lanes().count(name);
    }

    /// The window as plain slices: what a loop over many values keeps in registers, because a count it writes could
    /// otherwise be the window itself.
    #[inline(always)]
    pub fn lanes(&mut self) -> Lanes<'_> {
        Lanes { first: self.first, low: &mut self.low, carries: &mut self.carries }
    }

    /// Adds to the carries of a bucket.
    fn carry(&mut self, place: usize, times: u32) {
        carry(&mut self.carries, place, times);
    }

    /// Count of a bucket, by its place in the window; 0 outside.
    pub fn count(&self, place: usize) -> u64 {
        let Some(low) = self.low.get(place) else { return 0 };
        let carries = self.carries[place / PER_OCTAVE].as_ref().map_or(0, |octave| octave[place % PER_OCTAVE]);
        u64::from(*low) + (u64::from(carries) << 8)
    }

    /// Values of at most each of some magnitudes in rising order; those of their own buckets in proportion.
    pub fn at_most(&self, rising: impl Iterator<Item = f64>) -> impl Iterator<Item = f64> {
        let (mut place, mut before) = (0, 0);
        rising.map(move |magnitude| {
            let bucket = name(magnitude);
            let Some(wanted) = bucket.checked_sub(self.first) else { return 0.0 };
            let wanted = wanted.min(self.low.len());
            before += self.between(place, wanted);
            place = wanted;
            let (low, high) = (edge(bucket), edge(bucket + 1));
            before as f64 + self.count(place) as f64 * ((magnitude - low) / (high - low)).clamp(0.0, 1.0)
        })
    }

    /// Values in the buckets from one place of the window to before another.
    pub fn between(&self, mut from: usize, to: usize) -> u64 {
        let mut sum = 0;
        while from < to {
            let octave = from / PER_OCTAVE;
            let end = to.min((octave + 1) * PER_OCTAVE);
            sum += sum_bytes(&self.low[from..end]);
            if let Some(carries) = &self.carries[octave] {
                let carries = &carries[from % PER_OCTAVE..][..end - from];
                sum += carries.iter().map(|times| u64::from(*times)).sum::<u64>() << 8;
            }
            from = end;
        }
        sum
    }

    /// Widens the window to hold two magnitudes and all between them.
    pub fn reserve(&mut self, least: f64, greatest: f64) {
        let octave = |magnitude: f64| name(magnitude) - name(magnitude) % PER_OCTAVE;
        let (low, high) = (octave(least), octave(greatest) + PER_OCTAVE);
        if self.low.is_empty() {
            self.first = low;
        }
        if low < self.first {
            self.low.splice(0..0, std::iter::repeat_n(0, self.first - low));
            self.carries.splice(0..0, std::iter::repeat_n(None, (self.first - low) / PER_OCTAVE));
            self.first = low;
        }
        if high > self.first + self.low.len() {
            self.low.resize(high - self.first, 0);
            self.carries.resize((high - self.first) / PER_OCTAVE, None);
        }
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Self) {
        if other.low.is_empty() {
            return;
        }
        self.reserve(edge(other.first), edge(other.first + other.low.len() - 1));
        let offset = other.first - self.first;
        for octave in 0..other.carries.len() {
            self.merge_octave(octave * PER_OCTAVE, offset, other);
        }
    }

    /// Adds the counts of an octave of another, which begins at a place of its window.
    fn merge_octave(&mut self, start: usize, offset: usize, other: &Self) {
        let counts = &other.low[start..][..PER_OCTAVE];
        let own = &mut self.low[offset + start..][..PER_OCTAVE];
        let full =
            own.iter().zip(counts).fold(0, |full, (own, count)| full | u8::from(own.checked_add(*count).is_none()));
        if full == 0 && other.carries[start / PER_OCTAVE].is_none() {
            own.iter_mut().zip(counts).for_each(|(own, count)| *own += count);
            return;
        }
        for place in start..start + PER_OCTAVE {
            let (sum, full) = self.low[offset + place].overflowing_add(other.low[place]);
            self.low[offset + place] = sum;
            let times = (other.count(place) >> 8) as u32 + u32::from(full);
            if times > 0 {
                self.carry(offset + place, times);
            }
        }
    }

    /// Takes the counts of an octave that begins with a name and that the window holds, and leaves none.
    pub fn take_octave(&mut self, first: usize, counts: &mut [u16; PER_OCTAVE]) {
        let place = first - self.first;
        let full = add_to_bytes(&mut self.low[place..][..PER_OCTAVE], counts);
        if full > 0 {
            let carries = self.carries[place / PER_OCTAVE].get_or_insert_with(|| Box::new([0; PER_OCTAVE]));
            take_carries(carries, counts, full);
        }
    }

    /// Number of values counted.
    pub fn total(&self) -> u64 {
        self.octaves().sum()
    }

    /// Numbers of values of the octaves of the window.
    pub fn octaves(&self) -> impl Iterator<Item = u64> {
        (0..self.carries.len()).map(|octave| self.between(octave * PER_OCTAVE, (octave + 1) * PER_OCTAVE))
    }

    /// Lower and upper edge of a bucket, by its place in the window.
    pub fn edges(&self, place: usize) -> [f64; 2] {
        [edge(self.first + place), edge(self.first + place + 1)]
    }
}

/// Counts that are looked at together: a cache line of bytes.
const TOGETHER: usize = 64;

/// Adds counts to bytes and leaves of each how often its byte was full; a bit for every line in which any was.
///
/// Far from the middle of a law most lines have nothing to add, and are left where they are.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add_to_bytes(bytes: &mut [u8], counts: &mut [u16; PER_OCTAVE]) -> u16 {
    const { assert!(PER_OCTAVE / TOGETHER == 16) };
    let (bytes, counts) = (bytes.as_chunks_mut::<TOGETHER>().0, counts.as_chunks_mut::<TOGETHER>().0);
    let mut full = 0;
    for (line, (bytes, counts)) in bytes.iter_mut().zip(counts).enumerate() {
        if counts.iter().fold(0, |any, count| any | count) == 0 {
            continue;
        }
        let mut any = 0;
        for (byte, count) in bytes.iter_mut().zip(counts) {
            let sum = u16::from(*byte) + *count;
            *byte = (sum & 0xff) as u8;
            *count = sum >> 8;
            any |= *count;
        }
        full |= u16::from(any > 0) << line;
    }
    full
}

/// Takes how often bytes were full, of the lines in which any was.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn take_carries(carries: &mut [u32; PER_OCTAVE], times: &mut [u16; PER_OCTAVE], full: u16) {
    let (carries, times) = (carries.as_chunks_mut::<TOGETHER>().0, times.as_chunks_mut::<TOGETHER>().0);
    for (line, (carries, times)) in carries.iter_mut().zip(times).enumerate() {
        if full >> line & 1 > 0 {
            for (carry, times) in carries.iter_mut().zip(times) {
                *carry += u32::from(std::mem::take(times));
            }
        }
    }
}

/// Sum of at most an octave of bytes: eight at once, neighbours in lanes of 16 bits that none can fill.
fn sum_bytes(bytes: &[u8]) -> u64 {
    const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
    let (eights, rest) = bytes.as_chunks::<8>();
    let lanes: u64 =
        eights.iter().map(|eight| u64::from_le_bytes(*eight)).map(|eight| (eight & EVEN) + (eight >> 8 & EVEN)).sum();
    let lanes: u64 = (0..4).map(|lane| lanes >> (16 * lane) & 0xffff).sum();
    lanes + rest.iter().map(|byte| u64::from(*byte)).sum::<u64>()
}

/// Name of the bucket of a positive number.
#[inline(always)]
pub(super) fn name(magnitude: f64) -> usize {
    (magnitude.to_bits() >> SHIFT) as usize
}

/// Lower edge of the bucket of a positive number, or of one so many buckets farther out.
pub(super) fn edge_after(magnitude: f64, buckets: i64) -> f64 {
    edge(name(magnitude).saturating_add_signed(buckets as isize))
}

/// Lower edge of a bucket.
fn edge(name: usize) -> f64 {
    f64::from_bits((name as u64) << SHIFT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_add_up_even_where_all_are_full() {
        assert_eq!(sum_bytes(&[255; PER_OCTAVE]), 255 * PER_OCTAVE as u64);
        let bytes: Vec<u8> = (0..PER_OCTAVE as u64).map(|place| (place * 37 % 251) as u8).collect();
        for range in [0..0, 3..4, 5..12, 1..900, 0..PER_OCTAVE] {
            let expected: u64 = bytes[range.clone()].iter().map(|byte| u64::from(*byte)).sum();
            assert_eq!(sum_bytes(&bytes[range]), expected);
        }
    }

    #[test]
    fn merged_counts_carry_where_a_byte_is_full() {
        // 200 and 200 fill a byte; 700 has carries of its own; both are beside a bucket that neither fills.
        let mut merged = Buckets::default();
        for times in [200, 200, 700] {
            let mut part = Buckets::default();
            (0..times).for_each(|_| part.add(1.5));
            part.add(1.25);
            merged.merge(&part);
        }
        let place = |magnitude: f64| name(magnitude) - merged.first;
        assert_eq!((merged.count(place(1.5)), merged.count(place(1.25)), merged.total()), (1100, 3, 1103));
        let up_to: Vec<f64> = merged.at_most([1.0, 1.25, 1.3, 1.5, 1.9].into_iter()).collect();
        assert_eq!(up_to, [0.0, 0.0, 3.0, 3.0, 1103.0]);
    }
}
