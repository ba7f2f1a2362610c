"""Reads the Parquet files of a run with DuckDB and polars, and prints the band of the ratio.

    pip install duckdb polars
    aigap simulate scenarios/base.toml
    aigap export output/base --to parquet
    python examples/python/read_parquet.py output/base-parquet
"""

import sys
from pathlib import Path

import duckdb
import polars as pl


def main(folder):
    folder = Path(folder)
    # A point in a name, as in p2.5, is taken in double quotes.
    (widest,) = duckdb.sql(f"""
        select year, "p97.5" / "p2.5" as times from '{folder}/fan.parquet'
        where metric = 'ratio' and "p50" is not null order by times desc limit 1
    """).fetchall()
    print("widest 95% band: {}, {:.0f} times from end to end".format(*widest))

    ratio = pl.scan_parquet(folder / "fan.parquet").filter(pl.col("metric") == "ratio", pl.col("p50").is_not_null())
    for row in ratio.select("year", "p10", "p50", "p90").collect().iter_rows():
        print(*row)


if __name__ == "__main__":
    main(sys.argv[1])
