"""The tables of a run, read without any of the tools under test."""

import csv
from pathlib import Path


def table(run, name):
    """Rows of a table by the names of their columns, as text."""
    with open(Path(run) / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def simulated(run):
    """Rows of the fan about simulated years."""
    return [row for row in table(run, "fan.csv") if row["n_undefined"]]


LEVELS = ["p2.5", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p97.5"]
