//! Bytes of a file as a text that people wrote: UTF-8 without marks in front, and letters that can be seen.

/// The text of a file's bytes.
///
/// One byte order mark in front, which some editors write, is taken off.
///
/// # Errors
/// What is wrong and what to do, in words for the user.
pub fn plain_text(bytes: Vec<u8>) -> Result<String, (&'static str, &'static str)> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(("is text in UTF-16", "save it as plain text in UTF-8"));
    }
    let text = String::from_utf8(bytes).map_err(|_| ("is not UTF-8 text", "save it as plain text in UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    if text.starts_with('\u{feff}') {
        return Err(("begins with two byte order marks", "save it as plain text in UTF-8, without such a mark"));
    }
    if text.contains('\0') {
        return Err(("holds bytes of zero, as no text does", "is it another kind of file?"));
    }
    Ok(text)
}

/// Name of the first letter of a text that cannot be seen and changes what it means, if there is one.
#[must_use]
pub fn invisible_in(text: &str) -> Option<String> {
    text.chars().find_map(|letter| {
        let name = match letter {
            '\t' | '\n' | '\r' => return None,
            '\u{1b}' => "escape",
            letter if letter.is_control() => "a control character",
            '\u{a0}' | '\u{202f}' | '\u{2007}' => "a space that does not break",
            '\u{ad}' => "a soft hyphen",
            '\u{200b}' | '\u{2060}' | '\u{feff}' => "a space of no width",
            '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a mark of direction",
            '\u{2028}' | '\u{2029}' => "a line separator",
            _ => return None,
        };
        Some(format!("{name} (U+{:04X})", u32::from(letter)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_named() {
        let fault = |bytes: &[u8]| plain_text(bytes.to_vec()).unwrap_err().0;
        assert_eq!(plain_text("\u{feff}a = 1".into()), Ok("a = 1".to_owned()));
        assert!(fault("\u{feff}\u{feff}a = 1".as_bytes()).contains("two byte order marks"));
        assert!(fault(&[0xff, 0xfe, b'a', 0]).contains("UTF-16"));
        assert!(fault(b"a\0b").contains("zero"));
        assert!(fault(&[b'a', 0xe9]).contains("UTF-8"));
    }

    #[test]
    fn letters_that_nobody_sees_are_named() {
        for (letter, name) in
            [('\u{1b}', "escape (U+001B)"), ('\u{200b}', "U+200B"), ('\u{a0}', "U+00A0"), ('\u{7}', "U+0007")]
        {
            assert!(invisible_in(&format!("us{letter}")).is_some_and(|it| it.contains(name)), "{letter:?}");
        }
        assert_eq!(invisible_in("South Korea, 中文, é\tand −5%\n"), None);
    }
}
