"""Job J as most people write it in NumPy: whole arrays of paths, one after the other.

Usage: numpy_usual.py PATHS FILE. Writes metric,year,mean,sd,quantiles.
"""

import csv
import sys

import numpy as np

YEARS = 10
START = np.log([1151.0, 1000 * 31.0 / 1151, 232.0, 1000 * 2.0 / 232])  # deals and $m a deal: US, China
DRIFT = np.log([1.02, 1.05, 1.04, 1.08])
SIGMA = np.array([0.20, 0.35, 0.25, 0.45])
CORRELATION = np.array([[1, 0.2, 0.4, 0.1], [0.2, 1, 0.1, 0.3], [0.4, 0.1, 1, 0.2], [0.1, 0.3, 0.2, 1]])
LEVELS = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975]
NAMES = ["us deals", "china deals", "us funding", "china funding", "gap", "ratio", "share", "deals gap"]


def main():
    paths = int(sys.argv[1])
    rng = np.random.default_rng(20240515)
    shocks = rng.standard_normal((YEARS, paths, 4)) @ np.linalg.cholesky(CORRELATION).T
    logs = START + np.cumsum(DRIFT + SIGMA * shocks, axis=0)
    deals_us, size_us, deals_cn, size_cn = np.moveaxis(np.exp(logs), -1, 0)
    funding_us, funding_cn = deals_us * size_us / 1000, deals_cn * size_cn / 1000
    gap, ratio = funding_us - funding_cn, funding_us / funding_cn
    share = funding_us / (funding_us + funding_cn)
    metrics = [deals_us, deals_cn, funding_us, funding_cn, gap, ratio, share, deals_us - deals_cn]
    wider = np.mean(ratio > 15.5, axis=1)
    with open(sys.argv[2], "w", newline="") as file:
        out = csv.writer(file)
        for name, values in zip(NAMES, metrics):
            quantiles = np.quantile(values, LEVELS, axis=1)
            for year in range(YEARS):
                row = [values[year].mean(), values[year].std(ddof=1), *quantiles[:, year]]
                out.writerow([name, 2024 + year, *row])
        for year in range(YEARS):
            out.writerow(["wider", 2024 + year, wider[year]])


main()
