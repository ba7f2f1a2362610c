//! The CSV files of a run: UTF-8, `\n`, shortest round-trip numbers, a fixed order; an empty field is a missing value.

/// Rows of fields to text, quoted where needed.
pub(crate) fn text(header: &str, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(false).from_writer(Vec::new());
    let write = |writer: &mut csv::Writer<Vec<u8>>, row: Vec<String>| {
        writer.write_record(&row).expect("rows have the fields of the header and memory takes them");
    };
    write(&mut writer, header.split(',').map(str::to_owned).collect());
    rows.into_iter().for_each(|row| write(&mut writer, row));
    let bytes = writer.into_inner().expect("memory takes them");
    String::from_utf8(bytes).expect("made of texts")
}

/// The shortest digits that read back as the same number; empty for what is missing, infinite or undefined.
pub(crate) fn number(value: f64) -> String {
    match value {
        value if !value.is_finite() => String::new(),
        0.0 => "0".to_owned(),
        value => format!("{value}"),
    }
}
