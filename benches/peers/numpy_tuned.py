"""Job J tuned hard in NumPy: year by year, in place, buffers reused, one partition for all quantiles, two threads.

Usage: numpy_tuned.py PATHS FILE. NumPy leaves the interpreter's lock in its loops, so two threads do help: they make
the halves of each year's shocks, and then the metrics of the year side by side.
"""

import csv
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

YEARS = 10
START = np.log([1151.0, 1000 * 31.0 / 1151, 232.0, 1000 * 2.0 / 232])
DRIFT = np.log([1.02, 1.05, 1.04, 1.08])
SIGMA = np.array([0.20, 0.35, 0.25, 0.45])
CORRELATION = np.array([[1, 0.2, 0.4, 0.1], [0.2, 1, 0.1, 0.3], [0.4, 0.1, 1, 0.2], [0.1, 0.3, 0.2, 1]])
FACTOR = np.linalg.cholesky(CORRELATION)
LEVELS = np.array([0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975])
NAMES = ["us deals", "china deals", "us funding", "china funding", "gap", "ratio", "share", "deals gap"]


def summary(values):
    """Mean, sd and quantiles of type 7; reorders the values."""
    mean = values.mean()
    centred = values - mean
    sd = np.sqrt(np.dot(centred, centred) / (len(values) - 1))
    ranks = LEVELS * (len(values) - 1)
    below = np.floor(ranks).astype(int)
    above = np.minimum(below + 1, len(values) - 1)
    values.partition(np.unique(np.concatenate([below, above])))
    return [mean, sd, *(values[below] + (values[above] - values[below]) * (ranks - below))]


def main():
    paths = int(sys.argv[1])
    half = paths // 2
    generators = [np.random.Generator(np.random.SFC64(seed)) for seed in np.random.SeedSequence(20240515).spawn(2)]
    logs = np.repeat(START[:, None], paths, axis=1)
    shocks, levels = np.empty((4, paths)), np.empty((4, paths))
    scratch = np.empty((8, paths))
    rows, wider = {}, []

    def advance(part):
        rows = slice(0, half) if part == 0 else slice(half, paths)
        for start in range(rows.start, rows.stop, 16384):
            block = slice(start, min(start + 16384, rows.stop))
            drawn = generators[part].standard_normal((4, block.stop - block.start))
            for series in range(3, -1, -1):
                sum = drawn[series] * (SIGMA[series] * FACTOR[series, series])
                for other in range(series):
                    sum += drawn[other] * (SIGMA[series] * FACTOR[series, other])
                sum += DRIFT[series]
                logs[series, block] += sum
            np.exp(logs[:, block], out=levels[:, block])
            us, cn = scratch[2, block], scratch[3, block]
            scratch[0, block] = levels[0, block]
            scratch[1, block] = levels[2, block]
            np.multiply(levels[0, block], levels[1, block], out=us)
            us *= 1e-3
            np.multiply(levels[2, block], levels[3, block], out=cn)
            cn *= 1e-3
            np.subtract(us, cn, out=scratch[4, block])
            np.divide(us, cn, out=scratch[5, block])
            np.add(us, cn, out=scratch[6, block])
            np.divide(us, scratch[6, block], out=scratch[6, block])
            np.subtract(levels[0, block], levels[2, block], out=scratch[7, block])

    with ThreadPoolExecutor(2) as pool:
        for year in range(YEARS):
            list(pool.map(advance, range(2)))
            wider.append(np.count_nonzero(scratch[5] > 15.5) / paths)
            for metric, row in enumerate(pool.map(summary, scratch)):
                rows[metric, year] = row
    with open(sys.argv[2], "w", newline="") as file:
        out = csv.writer(file)
        for metric, name in enumerate(NAMES):
            for year in range(YEARS):
                out.writerow([name, 2024 + year, *rows[metric, year]])
        for year in range(YEARS):
            out.writerow(["wider", 2024 + year, wider[year]])


main()
