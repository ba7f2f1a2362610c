//! Counts of values of one sign, in buckets named by their leading bits.

/// Top mantissa bits that name a bucket.
const MANTISSA_BITS: u32 = 10;
/// Buckets of an octave.
pub(super) const PER_OCTAVE: usize = 1 << MANTISSA_BITS;
/// The greatest name: of numbers that are infinite.
pub(super) const MOST_NAME: usize = 0x7ff << MANTISSA_BITS;
/// Counts that are looked at together.
const TOGETHER: usize = 64;
/// Bits dropped from a float to name its bucket.
pub(super) const SHIFT: u32 = 52 - MANTISSA_BITS;

/// Counts of values of one sign; a window of whole octaves that grows when a value falls outside.
///
/// A histogram is fetched from memory whenever it counts, so its size in bytes decides the speed: a count is one byte, and
/// the overflows of that byte are kept apart, for the few octaves that have any.
#[derive(Clone, Debug, Default)]
pub(super) struct Buckets {
    /// Name of the first bucket.
    first: usize,
    /// Counts, less the 256 that each carry stands for.
    low: Vec<u8>,
    /// Overflows of the counts, octave by octave.
    carries: Vec<Carries>,
}

/// Overflows of each count of an octave: the lowest byte of their number, and where any needs it, the rest.
#[derive(Clone, Debug, Default)]
struct Carries {
    middle: Option<Box<[u8; PER_OCTAVE]>>,
    high: Option<Box<[u32; PER_OCTAVE]>>,
}

impl PartialEq for Buckets {
    /// Equal counts; how far the window reaches beyond them depends on the order of counting.
    fn eq(&self, other: &Self) -> bool {
        self.filled().eq(other.filled())
    }
}

impl Carries {
    /// Adds to how often a count was full.
    #[cold]
    #[inline(never)]
    fn add(&mut self, place: usize, times: u32) {
        let middle = &mut self.middle.get_or_insert_with(|| Box::new([0; PER_OCTAVE]))[place];
        let sum = u32::from(*middle) + times;
        *middle = (sum & 0xff) as u8;
        if sum >> 8 > 0 {
            self.high.get_or_insert_with(|| Box::new([0; PER_OCTAVE]))[place] += sum >> 8;
        }
    }

    /// Carries the counts of an octave that were full, and leaves none of them.
    fn take(&mut self, times: &mut [u16; PER_OCTAVE]) {
        let middle = self.middle.get_or_insert_with(|| Box::new([0; PER_OCTAVE]));
        if add_to_bytes(&mut middle[..], times) {
            let high = self.high.get_or_insert_with(|| Box::new([0; PER_OCTAVE]));
            high.iter_mut().zip(times).for_each(|(high, times)| *high += u32::from(std::mem::take(times)));
        }
    }

    /// Number of overflows of the count of a place.
    fn at(&self, place: usize) -> u64 {
        let Some(middle) = &self.middle else { return 0 };
        u64::from(middle[place]) + (self.high.as_ref().map_or(0, |high| u64::from(high[place])) << 8)
    }

    /// Number of overflows of neighbouring counts, all together.
    fn between(&self, from: usize, to: usize) -> u64 {
        let Some(middle) = &self.middle else { return 0 };
        let high = self.high.as_ref().map_or(0, |high| high[from..to].iter().map(|high| u64::from(*high)).sum());
        sum_bytes(&middle[from..to]) + (high << 8)
    }

    fn is_empty(&self) -> bool {
        self.middle.is_none()
    }
}

/// The window of some buckets while many values are counted.
#[derive(Debug)]
pub(super) struct Lanes<'a> {
    first: usize,
    low: &'a mut [u8],
    carries: &'a mut [Carries],
}

impl Lanes<'_> {
    /// Counts a value by the name of its bucket, if the window holds it.
    #[inline(always)]
    pub(crate) fn count(&mut self, name: usize) {
        let place = name.wrapping_sub(self.first);
        if let Some(count) = self.low.get_mut(place) {
            *count = count.wrapping_add(1);
            if *count == 0 {
                self.carries[place / PER_OCTAVE].add(place % PER_OCTAVE, 1);
            }
        }
    }
}

impl Buckets {
    /// Counts a magnitude.
    pub(crate) fn add(&mut self, magnitude: f64) {
        self.reserve(magnitude, magnitude);
        self.count_named(name(magnitude));
    }

    /// Counts a value by the name of its bucket, which the window holds.
    pub(crate) fn count_named(&mut self, name: usize) {
        self.lanes().count(name);
    }

    /// The window as plain slices: what a loop over many values keeps in registers, because a count it writes could
    /// otherwise be the window itself.
    #[inline(always)]
    pub(crate) fn lanes(&mut self) -> Lanes<'_> {
        Lanes { first: self.first, low: &mut self.low, carries: &mut self.carries }
    }

    /// Count of a bucket, by its place in the window; 0 outside.
    pub(crate) fn count(&self, place: usize) -> u64 {
        let Some(low) = self.low.get(place) else { return 0 };
        u64::from(*low) + (self.carries[place / PER_OCTAVE].at(place % PER_OCTAVE) << 8)
    }

    /// Values of at most each of some magnitudes in rising order; those of their own buckets in proportion.
    pub(crate) fn at_most(&self, rising: impl Iterator<Item = f64>) -> impl Iterator<Item = f64> {
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
    pub(crate) fn between(&self, mut from: usize, to: usize) -> u64 {
        let mut sum = 0;
        while from < to {
            let octave = from / PER_OCTAVE;
            let end = to.min((octave + 1) * PER_OCTAVE);
            let within = from % PER_OCTAVE;
            sum += sum_bytes(&self.low[from..end]) + (self.carries[octave].between(within, within + end - from) << 8);
            from = end;
        }
        sum
    }

    /// Widens the window to hold two magnitudes and all between them.
    pub(crate) fn reserve(&mut self, least: f64, greatest: f64) {
        let octave = |magnitude: f64| name(magnitude) - name(magnitude) % PER_OCTAVE;
        let (low, high) = (octave(least), octave(greatest) + PER_OCTAVE);
        if self.low.is_empty() {
            self.first = low;
        }
        if low < self.first {
            self.low.splice(0..0, std::iter::repeat_n(0, self.first - low));
            self.carries.splice(0..0, std::iter::repeat_n(Carries::default(), (self.first - low) / PER_OCTAVE));
            self.first = low;
        }
        if high > self.first + self.low.len() {
            self.low.resize(high - self.first, 0);
            self.carries.resize((high - self.first) / PER_OCTAVE, Carries::default());
        }
    }

    /// Adds the counts of another.
    pub(crate) fn merge(&mut self, other: &Self) {
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
        if full == 0 && other.carries[start / PER_OCTAVE].is_empty() {
            own.iter_mut().zip(counts).for_each(|(own, count)| *own += count);
            return;
        }
        for place in start..start + PER_OCTAVE {
            let (sum, full) = self.low[offset + place].overflowing_add(other.low[place]);
            self.low[offset + place] = sum;
            let times = (other.count(place) >> 8) as u32 + u32::from(full);
            if times > 0 {
                self.carries[(offset + place) / PER_OCTAVE].add(place % PER_OCTAVE, times);
            }
        }
    }

    /// Takes the counts of an octave that begins with a name and that the window holds, and leaves none.
    pub(crate) fn take_octave(&mut self, first: usize, counts: &mut [u16; PER_OCTAVE]) {
        let place = first - self.first;
        if add_to_bytes(&mut self.low[place..][..PER_OCTAVE], counts) {
            self.carries[place / PER_OCTAVE].take(counts);
        }
    }

    /// Names and counts of the buckets that hold anything, from the smallest magnitude up.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (usize, u64)> {
        (0..self.low.len()).map(|place| (self.first + place, self.count(place))).filter(|(_, count)| *count > 0)
    }

    /// Middles and counts of neighbouring buckets taken together, sixteen by sixteen, from the smallest magnitude up: values
    /// within 1% of each other, enough for what needs no exact quantile.
    pub(super) fn coarse(&self) -> impl Iterator<Item = (f64, u64)> {
        const TAKEN_TOGETHER: usize = 16;
        let groups = (0..self.low.len()).step_by(TAKEN_TOGETHER);
        groups.map(|place| (place, self.between(place, place + TAKEN_TOGETHER))).filter(|(_, count)| *count > 0).map(
            |(place, count)| {
                let [low, high] = [place, place + TAKEN_TOGETHER].map(|place| edge(self.first + place));
                (0.5 * (low + high), count)
            },
        )
    }

    /// Buckets with these counts, each below 2⁴⁰, by names that rise up to [`MOST_NAME`].
    pub(crate) fn of_filled(filled: &[(usize, u64)]) -> Self {
        let mut buckets = Self::default();
        if let (Some((first, _)), Some((last, _))) = (filled.first(), filled.last()) {
            buckets.reserve(edge(*first), edge(*last));
        }
        for (name, count) in filled {
            let place = name - buckets.first;
            buckets.low[place] = *count as u8;
            if count >> 8 > 0 {
                buckets.carries[place / PER_OCTAVE].add(place % PER_OCTAVE, (count >> 8) as u32);
            }
        }
        buckets
    }

    /// Number of values counted.
    pub(crate) fn total(&self) -> u64 {
        self.octaves().sum()
    }

    /// Numbers of values of the octaves of the window.
    pub(crate) fn octaves(&self) -> impl Iterator<Item = u64> {
        (0..self.carries.len()).map(|octave| self.between(octave * PER_OCTAVE, (octave + 1) * PER_OCTAVE))
    }

    /// Lower and upper edge of a bucket, by its place in the window.
    pub(crate) fn edges(&self, place: usize) -> [f64; 2] {
        [edge(self.first + place), edge(self.first + place + 1)]
    }
}

/// Adds counts to bytes and leaves of each how often its byte was full; whether any was.
///
/// Far from the middle of a law most places have nothing to add, and are left where they are.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add_to_bytes(bytes: &mut [u8], counts: &mut [u16; PER_OCTAVE]) -> bool {
    let (bytes, counts) = (bytes.as_chunks_mut::<TOGETHER>().0, counts.as_chunks_mut::<TOGETHER>().0);
    let mut full = 0;
    for (bytes, counts) in bytes.iter_mut().zip(counts) {
        if counts.iter().fold(0, |any, count| any | count) == 0 {
            continue;
        }
        for (byte, count) in bytes.iter_mut().zip(counts) {
            let sum = u16::from(*byte) + *count;
            *byte = (sum & 0xff) as u8;
            *count = sum >> 8;
            full |= *count;
        }
    }
    full > 0
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
pub(super) fn edge(name: usize) -> f64 {
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
        // 200 and 200 fill a byte, 70,000 two of them; all are beside a bucket that none fills.
        let mut merged = Buckets::default();
        for times in [200, 200, 70_000] {
            let mut part = Buckets::default();
            (0..times).for_each(|_| part.add(1.5));
            part.add(1.25);
            merged.merge(&part);
        }
        let place = |magnitude: f64| name(magnitude) - merged.first;
        assert_eq!((merged.count(place(1.5)), merged.count(place(1.25)), merged.total()), (70_400, 3, 70_403));
        let up_to: Vec<f64> = merged.at_most([1.0, 1.25, 1.3, 1.5, 1.9].into_iter()).collect();
        assert_eq!(up_to, [0.0, 0.0, 3.0, 3.0, 70_403.0]);
    }

    #[test]
    fn octaves_of_counts_add_up_through_all_three_places() {
        let mut buckets = Buckets::default();
        buckets.reserve(1.0, 1.9);
        let counts: [u16; PER_OCTAVE] =
            std::array::from_fn(|place| (place * place * 61 % 65_281) as u16 * u16::from(place % 5 > 0));
        for _ in 0..700 {
            let mut taken = counts;
            buckets.take_octave(buckets.first, &mut taken);
            assert_eq!(taken, [0; PER_OCTAVE]);
        }
        assert!(counts.iter().enumerate().all(|(place, count)| buckets.count(place) == 700 * u64::from(*count)));
        assert_eq!(buckets.total(), 700 * counts.iter().map(|count| u64::from(*count)).sum::<u64>());
    }
}
