//! The random numbers of one address as a generator that samplers of other crates take.

use super::{Key, Numbers, counter, philox4x32_10};

/// The numbers of one address as a generator for samplers that draw one after the other.
///
/// For what needs no pairing: how many numbers a sampler takes depends on what it draws, so the engine never uses it.
///
/// # Examples
/// ```
/// use aigap::random::{Key, Numbers, Purpose, Stream};
/// use rand_distr::{Distribution, LogNormal};
///
/// let mut stream = Stream::new(Numbers::new(7), Key::new(Purpose::Sampling, "sizes of my own"));
/// let size: f64 = LogNormal::new(2.0, 0.5).expect("the spread is positive").sample(&mut stream);
/// assert!(size > 0.0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    numbers: Numbers,
    key: Key,
    next: u64,
}

impl Stream {
    /// Generator of an address, from its first number on.
    #[must_use]
    pub fn new(numbers: Numbers, key: Key) -> Self {
        Self { numbers, key, next: 0 }
    }
}

impl rand::TryRng for Stream {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        self.try_next_u64().map(|bits| (bits >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let words = philox4x32_10(counter(self.next, 0, self.key, 0), self.numbers.seed);
        self.next += 1;
        Ok(u64::from(words[0]) | u64::from(words[1]) << 32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::super::{Purpose, uniform_from_bits};
    use super::*;

    #[test]
    fn the_numbers_of_a_stream_are_those_of_its_address_one_after_the_other() {
        let (numbers, key) = (Numbers::new(7), Key::new(Purpose::Sampling, "own"));
        let mut stream = Stream::new(numbers, key);
        for index in 0..5 {
            assert_eq!(uniform_from_bits(stream.next_u64()), numbers.uniform(index, 0, key, 0));
        }
        let mut bytes = [0; 12];
        stream.fill_bytes(&mut bytes);
        assert!(bytes[8..] != [0; 4] && bytes[..4] != bytes[8..]);
    }
}
