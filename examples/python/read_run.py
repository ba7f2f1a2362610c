"""Reads a run folder with pandas, prints the band of the ratio, and draws it with matplotlib.

    pip install pandas matplotlib
    aigap simulate scenarios/base.toml
    python examples/python/read_run.py output/base ratio.png
"""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.ticker import ScalarFormatter


def ratio(folder):
    """The ratio of a run by year: what was observed, and quantiles over its paths."""
    fan = pd.read_csv(folder / "fan.csv")
    return fan[fan["metric"] == "ratio"].set_index("year")


def main(folder, picture):
    rows = ratio(Path(folder))
    simulated = rows.dropna(subset=["p50"])
    print(simulated[["p10", "p50", "p90"]].to_string())

    figure, axes = plt.subplots(figsize=(7, 4))
    axes.fill_between(simulated.index, simulated["p10"], simulated["p90"], alpha=0.25, label="8 of 10 paths")
    axes.plot(simulated.index, simulated["p50"], label="median")
    axes.plot(rows.index, rows["observed"], "o", label="observed")
    axes.set(yscale="log", title=f"US ÷ China, {rows['scenario'].iloc[0]}", ylabel="times")
    axes.yaxis.set_major_formatter(ScalarFormatter())
    axes.legend(frameon=False)
    figure.savefig(picture, dpi=150, bbox_inches="tight")


if __name__ == "__main__":
    main(*sys.argv[1:3])
