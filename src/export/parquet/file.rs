//! A Parquet file of one table: a page for each column, then the head that says where they are.

use super::thrift::Value::{self, Bool, Byte, Int, List, Long, Struct, Words};
use super::thrift::varint;

/// What a file begins and ends with.
const MARK: &[u8] = b"PAR1";

/// Most rows whose columns stand together.
const ROWS_OF_A_GROUP: usize = 1 << 20;

/// A column: its name, its values and what a reader may ask about it.
pub(super) struct Field<'a> {
    /// Name of the column.
    pub name: String,
    /// What stands in its rows.
    pub values: Values<'a>,
    /// What is said about it, by word.
    pub about: Vec<(&'static str, &'static str)>,
}

/// The values of a column; nothing where one is missing.
pub(super) enum Values<'a> {
    /// Words of each row.
    Words(Vec<Option<&'a str>>),
    /// Calendar years.
    Years(Vec<Option<i32>>),
    /// Whole numbers of things.
    Counts(Vec<Option<i64>>),
    /// Numbers with a unit.
    Numbers(Vec<Option<f64>>),
}

impl Values<'_> {
    /// Number of the physical type, and what stands behind it in the schema: `converted_type` and `logicalType`.
    fn kind(&self) -> (i32, Vec<(i16, Value)>) {
        let whole = |bits: i8| Struct(vec![(10, Struct(vec![(1, Byte(bits)), (2, Bool(true))]))]);
        match self {
            Self::Words(_) => (6, vec![(6, Int(0)), (10, Struct(vec![(1, Struct(vec![]))]))]),
            Self::Years(_) => (1, vec![(6, Int(17)), (10, whole(32))]),
            Self::Counts(_) => (2, vec![(6, Int(18)), (10, whole(64))]),
            Self::Numbers(_) => (5, vec![]),
        }
    }

    /// Some rows as a page has them: which are there, then the values of those.
    fn page(&self, from: usize, to: usize) -> Vec<u8> {
        match self {
            Self::Words(own) => page(&own[from..to], |words, out| {
                out.extend(u32::try_from(words.len()).unwrap_or(u32::MAX).to_le_bytes());
                out.extend(words.as_bytes());
            }),
            Self::Years(own) => page(&own[from..to], |year, out| out.extend(year.to_le_bytes())),
            Self::Counts(own) => page(&own[from..to], |count, out| out.extend(count.to_le_bytes())),
            Self::Numbers(own) => page(&own[from..to], |number, out| out.extend(number.to_le_bytes())),
        }
    }
}

fn page<T>(values: &[Option<T>], write: impl Fn(&T, &mut Vec<u8>)) -> Vec<u8> {
    let mut levels = Vec::new();
    for run in values.chunk_by(|one, next| one.is_some() == next.is_some()) {
        varint((run.len() as u64) << 1, &mut levels);
        levels.push(u8::from(run[0].is_some()));
    }
    let mut out = u32::try_from(levels.len()).unwrap_or(u32::MAX).to_le_bytes().to_vec();
    out.extend(levels);
    values.iter().flatten().for_each(|value| write(value, &mut out));
    out
}

/// The bytes of a file.
pub(super) fn written(fields: &[Field], rows: usize, facts: &[(&str, String)], by: &str) -> Vec<u8> {
    let mut out = MARK.to_vec();
    let mut groups = Vec::new();
    for from in (0..rows).step_by(ROWS_OF_A_GROUP) {
        groups.push(group(fields, from, rows.min(from + ROWS_OF_A_GROUP), &mut out));
    }
    let root = Struct(vec![(4, Words("schema".to_owned())), (5, Int(whole(fields.len())))]);
    let pair = |key: &str, value: String| Struct(vec![(1, Words(key.to_owned())), (2, Words(value))]);
    let facts: Vec<Value> = facts.iter().map(|(key, value)| pair(key, value.clone())).collect();
    let head = Struct(vec![
        (1, Int(1)),
        (2, List(std::iter::once(root).chain(fields.iter().map(element)).collect())),
        (3, Long(rows as i64)),
        (4, List(groups)),
        (5, List(facts)),
        (6, Words(by.to_owned())),
    ]);
    let start = out.len();
    head.write(&mut out);
    let length = u32::try_from(out.len() - start).unwrap_or(u32::MAX);
    out.extend(length.to_le_bytes());
    out.extend(MARK);
    out
}

/// A column in the schema: type, optional, name, what its values stand for.
fn element(field: &Field) -> Value {
    let (kind, meaning) = field.values.kind();
    let mut known = vec![(1, Int(kind)), (3, Int(1)), (4, Words(field.name.clone()))];
    known.extend(meaning);
    Struct(known)
}

/// Writes the pages of some rows, and gives the part of the head about them.
fn group(fields: &[Field], from: usize, to: usize, out: &mut Vec<u8>) -> Value {
    let rows = to - from;
    let start = out.len();
    let mut columns = Vec::new();
    for field in fields {
        let page = field.values.page(from, to);
        let at = out.len();
        let size = Int(whole(page.len()));
        // Values as they are (0), and which are there in runs (3).
        let about = Struct(vec![(1, Int(whole(rows))), (2, Int(0)), (3, Int(3)), (4, Int(3))]);
        Struct(vec![(1, Int(0)), (2, size.clone()), (3, size), (5, about)]).write(out);
        out.extend(page);
        let length = Long((out.len() - at) as i64);
        let meta = Struct(vec![
            (1, Int(field.values.kind().0)),
            (2, List(vec![Int(0), Int(3)])),
            (3, List(vec![Words(field.name.clone())])),
            // Not compressed.
            (4, Int(0)),
            (5, Long(rows as i64)),
            (6, length.clone()),
            (7, length),
            (9, Long(at as i64)),
        ]);
        columns.push(Struct(vec![(2, Long(at as i64)), (3, meta)]));
    }
    Struct(vec![(1, List(columns)), (2, Long((out.len() - start) as i64)), (3, Long(rows as i64))])
}

/// A number of rows or bytes of one page, which stays far below two billion.
fn whole(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
