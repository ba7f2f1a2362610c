"""Parquet, by pyarrow, pandas, DuckDB and polars: every field of every table is that of the CSV, and columns tell their units."""

import sys
from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow.parquet

from of_run import table

run, export = map(Path, sys.argv[1:3])
files = sorted(export.rglob("*.parquet"))
tables = sorted(run.rglob("*.csv"))
assert {file.relative_to(export).with_suffix("") for file in files} <= {it.relative_to(run).with_suffix("") for it in tables}
assert len(files) > 10, files


def same(read, text):
    """Whether a value that was read is the field of a CSV."""
    if text == "":
        return read is None or read != read
    return read == text if isinstance(read, str) else read == float(text)


def check(reader, name, columns, rows):
    """Compares columns of values with rows of text."""
    for column, values in columns.items():
        assert len(values) == len(rows), (reader, name, column)
        wrong = [(row[column], value) for row, value in zip(rows, values) if not same(value, row[column])]
        assert not wrong, (reader, name, column, wrong[:3])


numbers = 0
for file in files:
    name = file.relative_to(export).with_suffix(".csv")
    rows = table(run, name)
    read = pyarrow.parquet.read_table(file)
    assert read.column_names == list(rows[0] if rows else read.column_names), name
    check("pyarrow", name, read.to_pydict(), rows)
    check("pandas", name, {key: list(it) for key, it in pandas.read_parquet(file).items()}, rows)
    check("polars", name, polars.read_parquet(file).to_dict(as_series=False), rows)
    found = duckdb.execute("select * from read_parquet(?)", [str(file)])
    names = [column[0] for column in found.description]
    check("duckdb", name, dict(zip(names, zip(*found.fetchall()))) if rows else {}, rows)
    numbers += sum(str(field.type) in ("double", "int32", "int64") for field in read.schema) * len(rows)

schema = pyarrow.parquet.read_schema(export / "fan.parquet")
assert schema.field("year").type == "int32" and schema.field("p2.5").type == "double" and schema.field("metric").type == "string"
assert schema.field("n_infinite").type == "int64"
about = {key.decode(): words.decode() for key, words in schema.field("n_infinite").metadata.items()}
assert about["unit"] == "paths" and about["kind"] == "count" and "infinite" in about["description"], about
assert schema.metadata[b"created_with"].startswith(b"aigap simulate "), schema.metadata
median = duckdb.sql(f"""select "p50" from '{export}/fan.parquet' where metric = 'ratio' and year = 2030""").fetchall()[0][0]
expected = [row["p50"] for row in table(run, "fan.csv") if row["metric"] == "ratio" and row["year"] == "2030"]
assert median == float(expected[0])
print(f"{len(files)} files, {numbers} numbers")
