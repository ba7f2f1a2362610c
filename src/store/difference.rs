//! How two editions of a file differ, in words: the largest difference of a number with its place.

/// The difference between a stored file and the same file made again.
#[must_use]
pub fn in_words(name: &str, stored: &[u8], fresh: &[u8]) -> String {
    let text = |bytes| std::str::from_utf8(bytes).ok();
    let (Some(before), Some(after)) = (text(stored), text(fresh)) else {
        return format!("{} bytes, made again {}", stored.len(), fresh.len());
    };
    let csv = std::path::Path::new(name).extension().is_some_and(|ending| ending == "csv");
    csv.then(|| in_table(stored, fresh)).flatten().unwrap_or_else(|| in_lines(before, after))
}

/// The first line that differs.
fn in_lines(before: &str, after: &str) -> String {
    let (mut old, mut new) = (before.lines(), after.lines());
    let mut line = 0;
    loop {
        line += 1;
        match (old.next(), new.next()) {
            (Some(a), Some(b)) if a == b => {}
            (None, None) => return "only the ends of its lines differ".to_owned(),
            (a, b) => return format!("first in line {line}: {}, made again {}", quoted(a), quoted(b)),
        }
    }
}

fn quoted(line: Option<&str>) -> String {
    let Some(line) = line else { return "nothing".to_owned() };
    let short: String = line.chars().take(60).collect();
    if short.len() < line.len() { format!("“{short}…”") } else { format!("“{short}”") }
}

/// The largest relative difference of a number, and how many fields differ; `None` if the tables have other shapes.
fn in_table(stored: &[u8], fresh: &[u8]) -> Option<String> {
    let read = |bytes: &[u8]| -> Option<Vec<csv::StringRecord>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        reader.records().collect::<Result<_, _>>().ok()
    };
    let (before, after) = (read(stored)?, read(fresh)?);
    let head = before.first()?;
    if before.len() != after.len() || before.iter().zip(&after).any(|(a, b)| a.len() != b.len()) {
        return Some(format!("{} rows, made again {}", before.len() - 1, after.len().saturating_sub(1)));
    }
    let mut fields = 0_usize;
    let mut largest: Option<(f64, String)> = None;
    let mut words = None;
    for (row, (old, new)) in before.iter().zip(&after).enumerate() {
        for (column, (a, b)) in old.iter().zip(new).enumerate() {
            if a == b {
                continue;
            }
            fields += 1;
            let place = format!("row {} ({}), column {}", row + 1, label(old), head.get(column).unwrap_or("?"));
            let here = format!("{place}: {}, made again {}", shown(a), shown(b));
            match (a.parse::<f64>(), b.parse::<f64>()) {
                (Ok(x), Ok(y)) => {
                    let size = (x - y).abs() / x.abs().max(y.abs());
                    if largest.as_ref().is_none_or(|(most, _)| size > *most) {
                        largest = Some((size, format!("{here}, {} apart", percent(size))));
                    }
                }
                _ => words = words.or(Some(here)),
            }
        }
    }
    let first =
        largest.map(|(_, here)| format!("largest in {here}")).or(words.map(|here| format!("first in {here}")))?;
    let number = if fields == 1 { "1 field differs".to_owned() } else { format!("{fields} fields differ") };
    Some(format!("{number}, {first}"))
}

/// What names a row: its first fields.
fn label(row: &csv::StringRecord) -> String {
    row.iter().filter(|field| !field.is_empty()).take(4).collect::<Vec<_>>().join(" ")
}

fn shown(field: &str) -> &str {
    if field.is_empty() { "empty" } else { field }
}

fn percent(size: f64) -> String {
    if size < 1e-4 { format!("{size:.0e} of it") } else { format!("{:.2}%", size * 100.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_difference_of_a_number_is_told_with_its_place() {
        let before = b"scenario,year,p50\nb,2024,10\nb,2025,20\n";
        let after = b"scenario,year,p50\nb,2024,10.1\nb,2025,30\n";
        let words = in_words("fan.csv", before, after);
        assert!(
            words.starts_with("2 fields differ, largest in row 3 (b 2025 20), column p50: 20, made again 30"),
            "{words}"
        );
        assert!(in_words("fan.csv", before, b"scenario,year,p50\n").contains("2 rows, made again 0"));
        assert!(in_words("a.md", b"x\ny\n", b"x\nz\n").contains("line 2: “y”, made again “z”"));
        assert!(in_words("a.png", &[255, 1], &[255]).contains("2 bytes"));
    }
}
