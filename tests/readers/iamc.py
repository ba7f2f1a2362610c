"""IAMC, by pyam: every quantile, median and mean is that of the fan, and what adds up does so."""

import math
import sys
from pathlib import Path

import pyam

from of_run import LEVELS, simulated, table

run, export = map(Path, sys.argv[1:3])


def same(value, text):
    """Whether pyam has the number of the file: pandas, which it reads CSV with, may be off by one in the last of 17 digits."""
    return math.isclose(value, float(text), rel_tol=2**-52)


regions = {"us": "United States", "china": "China", "world": "World"}
variables = {"funding": "AI Funding", "deals": "AI Deals", "ratio": "AI Funding Ratio", "gap": "AI Funding Gap"}
for name in ["iamc.csv", "iamc-long.csv"]:
    df = pyam.IamDataFrame(export / name)
    (both,) = [it for it in df.region if " and " in it]
    values = {(row.region, row.variable, row.year): row.value for row in df.data.itertuples()}
    compared = 0
    for row in simulated(run):
        if row["metric"] not in variables:
            continue
        region, variable = regions.get(row["region"], both), variables[row["metric"]]
        wanted = {f"{variable}|{float(level[1:])}th Percentile": row[level] for level in LEVELS}
        wanted[variable] = row["p50"]
        if row["mean"]:
            wanted[f"{variable}|Mean"] = row["mean"]
        for of, text in wanted.items():
            if text:
                assert same(values[region, of, int(row["year"])], text), (region, of, row["year"])
                compared += 1
    for row in table(run, "fan.csv"):
        if row["observed"] and row["metric"] in variables:
            region = regions.get(row["region"], both)
            assert same(values[region, variables[row["metric"]], int(row["year"])], row["observed"])
            compared += 1
    for variable in ["AI Funding|Mean", "AI Deals|Mean"]:
        assert df.filter(region=both).check_aggregate(variable) is None, variable
    assert compared > 300, compared
    print(f"{name}: {compared} numbers")
