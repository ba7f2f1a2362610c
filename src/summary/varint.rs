//! Whole numbers in as few bytes as they need (LEB128), written as text: how stored parts keep millions of counts.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Why a text is no list of numbers of the kind that is expected.
pub(super) type Broken = &'static str;

/// Writes numbers one after the other.
#[derive(Debug, Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    /// Writes a number: seven bits a byte, the lowest first.
    pub(crate) fn put(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// Everything that was written, as text.
    pub(crate) fn text(&self) -> String {
        STANDARD_NO_PAD.encode(&self.0)
    }
}

/// Reads numbers in the order in which they were written.
#[derive(Debug)]
pub(super) struct Reader {
    bytes: Vec<u8>,
    place: usize,
}

impl Reader {
    /// Begins to read a text.
    pub(crate) fn new(text: &str) -> Result<Self, Broken> {
        let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| "it is not base64")?;
        Ok(Self { bytes, place: 0 })
    }

    /// The next number.
    pub(crate) fn number(&mut self) -> Result<u64, Broken> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.bytes.get(self.place).ok_or("it ends too early")?;
            self.place += 1;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                break;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err("a number is too large")
    }

    /// The next number, which says how many more there are: no more than there are bytes.
    pub(crate) fn length(&mut self) -> Result<usize, Broken> {
        let length = usize::try_from(self.number()?).map_err(|_| "a list is too long")?;
        if length > self.bytes.len() { Err("a list is too long") } else { Ok(length) }
    }

    /// Whether everything was read.
    pub(crate) fn end(&self) -> Result<(), Broken> {
        if self.place == self.bytes.len() { Ok(()) } else { Err("it goes on too long") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_nothing_else_does() {
        let numbers = [0, 1, 127, 128, 300, 1 << 32, u64::MAX];
        let mut writer = Writer::default();
        numbers.iter().for_each(|number| writer.put(*number));
        let mut reader = Reader::new(&writer.text()).expect("text");
        assert!(numbers.iter().all(|number| reader.number() == Ok(*number)));
        assert_eq!((reader.end(), reader.number()), (Ok(()), Err("it ends too early")));
        // Ten bytes of ones are more than 64 bits.
        let mut reader = Reader { bytes: vec![0xff; 12], place: 0 };
        assert_eq!(reader.number(), Err("a number is too large"));
        assert_eq!(reader.end(), Err("it goes on too long"));
        assert!(Reader::new("*").is_err());
        let mut long = Writer::default();
        long.put(1000);
        assert_eq!(Reader::new(&long.text()).and_then(|mut reader| reader.length()), Err("a list is too long"));
    }
}
