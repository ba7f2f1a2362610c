//! Bytes as letters: UTF-8 and UTF-16 by their marks, Latin-1 only where the user says so.

use crate::diagnostic::plain_text;

use super::asked::Encoding;

/// Letters of the bytes 0x80 to 0x9f in Windows-1252; five of them stand for nothing.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Text of a file's bytes.
///
/// # Errors
/// What is wrong with them, and what to do.
pub(super) fn decoded(bytes: Vec<u8>, asked: Option<Encoding>) -> Result<String, (String, String)> {
    let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    match asked {
        Some(Encoding::Latin1) if !marked => Ok(bytes.into_iter().map(latin).collect()),
        Some(Encoding::Utf16) => utf16(&bytes),
        None if marked => utf16(&bytes),
        _ if bytes.starts_with(b"PK\x03\x04") => {
            Err(("is a packed file, not a text".into(), "if it is a workbook, give it the ending .xlsx".into()))
        }
        _ if bytes.contains(&0) => Err((
            "holds bytes of zero, as no text in UTF-8 does".into(),
            "if it was saved as Unicode (UTF-16), write --encoding utf-16; else it is another kind of file".into(),
        )),
        _ => {
            let latin = std::str::from_utf8(&bytes).is_err();
            plain_text(bytes).map_err(|(what, cure)| {
                let cure = if latin {
                    "if it comes from an older spreadsheet, write --encoding latin-1; else save it as UTF-8"
                } else {
                    cure
                };
                (what.to_owned(), cure.to_owned())
            })
        }
    }
}

fn latin(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn utf16(bytes: &[u8]) -> Result<String, (String, String)> {
    let big = bytes.starts_with(&[0xfe, 0xff]);
    let units = bytes.chunks_exact(2).map(|pair| match big {
        true => u16::from_be_bytes([pair[0], pair[1]]),
        false => u16::from_le_bytes([pair[0], pair[1]]),
    });
    let text: Result<String, _> = char::decode_utf16(units).collect();
    let text = text.ok().filter(|_| bytes.len().is_multiple_of(2)).ok_or_else(|| {
        ("is damaged text in UTF-16".to_owned(), "save it again, best as plain text in UTF-8".to_owned())
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_come_out_of_every_encoding() {
        let words = "Türkiye – 31 €";
        let with_mark = |bytes: Vec<u8>, mark: [u8; 2]| [mark.to_vec(), bytes].concat();
        let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(words.into(), None).as_deref(), Ok(words));
        assert_eq!(decoded(format!("\u{feff}{words}").into_bytes(), None).as_deref(), Ok(words));
        assert_eq!(decoded(with_mark(little.clone(), [0xff, 0xfe]), None).as_deref(), Ok(words));
        assert_eq!(decoded(with_mark(big, [0xfe, 0xff]), None).as_deref(), Ok(words));
        assert_eq!(decoded(little, Some(Encoding::Utf16)).as_deref(), Ok(words));
        let old = [b"T\xfcrkiye ".as_slice(), &[0x96], b" 31 ", &[0x80]].concat();
        assert_eq!(decoded(old.clone(), Some(Encoding::Latin1)).as_deref(), Ok(words));
        assert!(decoded(old, None).is_err_and(|(_, cure)| cure.contains("--encoding latin-1")));
    }
}
