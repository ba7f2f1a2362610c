//! The numbers of one address as a generator that other people's samplers draw from, one number after the other.

use aigap::random::{Key, Numbers};

/// Generator of an address. How many numbers a sampler takes depends on what it draws, so the engine has no use for it.
pub struct Stream {
    numbers: Numbers,
    key: Key,
    next: u64,
}

impl Stream {
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
        let bits = self.numbers.bits(self.next, 0, self.key, 0);
        self.next += 1;
        Ok(bits)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}
