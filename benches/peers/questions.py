"""Sobol' indices by SALib and a rule by the EMA Workbench beside aigap: the same target, the same number of points, the same draws.

Usage: questions.py AIGAP [POINTS] [DRAWS], from the root of the repository; questions.sh builds and installs what it needs.
Times are CPU seconds: of aigap the whole command with its files, of the peers the sampling, the model and the method alone,
without the start of Python and its imports. The model of the peers is written on whole arrays.
"""

import csv
import math
import os
import resource
import subprocess
import sys
import time

import numpy as np
import pandas
from ema_workbench.analysis import prim
from SALib.analyze import sobol as analyse
from SALib.sample import sobol as sample

SCENARIO, OUT = "benches/peers/independent.toml", "target/peers/out"
NAMES = ["us.deals.growth", "us.deal-size.growth", "china.deals.growth", "china.deal-size.growth"]
MEANS = [math.log1p(mean) for mean in (0.0, 0.07, 0.0, 0.07)]
SDS, VOLATILITIES, SIGNS = [0.07, 0.10, 0.09, 0.14], [0.20, 0.35, 0.25, 0.45], [1, 1, -1, -1]
YEARS, RATIO_2023 = 7, 15.5
CONDITION = "ratio in 2030 < half of 2023"


def aigap(program, *arguments):
    """CPU seconds of a command on one thread."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, *arguments, "--threads", "1", "--no-charts", "--quiet", "--force"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def log_ratio(points):
    """Log ratio of 2030 of growth rates, and of a normal number for every series and year."""
    drift = YEARS * points[:, :4] @ np.array(SIGNS)
    scale = np.repeat(np.array(SIGNS) * np.array(VOLATILITIES), YEARS)
    return math.log(RATIO_2023) + drift + points[:, 4:] @ scale


def closed_form():
    parts = [(YEARS * sd) ** 2 for sd in SDS] + [YEARS * sum(it * it for it in VOLATILITIES)]
    return [part / sum(parts) for part in parts]


def sobol(program, points):
    """First orders by aigap and SALib; in a linear model the totals are the same."""
    paths = points * 8
    taken = aigap(program, "sensitivity", SCENARIO, "--method", "sobol", "--paths", str(paths), "--out", f"{OUT}/sobol")
    found = {row["input"]: row for row in rows(f"{OUT}/sobol/sensitivity.csv") if row["first_order"]}
    start = time.process_time()
    shocks = [f"shock {place}" for place in range(4 * YEARS)]
    problem = {
        "num_vars": 4 + len(shocks),
        "names": NAMES + shocks,
        "groups": NAMES + ["luck"] * len(shocks),
        "dists": ["norm"] * (4 + len(shocks)),
        "bounds": [list(it) for it in zip(MEANS, SDS)] + [[0.0, 1.0]] * len(shocks),
    }
    values = log_ratio(sample.sample(problem, paths, calc_second_order=False, seed=1))
    theirs = analyse.analyze(problem, values, calc_second_order=False, num_resamples=100, seed=1)
    peer = time.process_time() - start
    print(f"Sobol' shares of five groups, {paths} points: aigap {taken:.2f} s, SALib {peer:.2f} s ({peer / taken:.0f} times)")
    print("| input | closed form | aigap | SALib |\n|---|---|---|---|")
    # SALib names groups in the order in which they are first seen.
    groups = list(dict.fromkeys(problem["groups"]))
    for name, exact in zip(NAMES + ["luck"], closed_form()):
        own, place = found[name], groups.index(name)
        ends = float(own["first_order_high"]) - float(own["first_order_low"])
        print(
            f"| {name} | {exact:.4f} | {float(own['first_order']):.4f} ± {ends / 2:.4f} | "
            f"{theirs['S1'][place]:.4f} ± {theirs['S1_conf'][place]:.4f} |"
        )


def kept(program, draws):
    """Growth rates of paths and whether the condition holds, as aigap writes its paths."""
    aigap(program, "simulate", SCENARIO, "--paths", str(draws), "--keep-paths", str(draws), "--metrics", "ratio", "--out", f"{OUT}/kept")
    table = pandas.read_csv(f"{OUT}/kept/paths.csv")
    growths = table[table["metric"].isin(NAMES)].pivot(index="path", columns="metric", values="value")[NAMES]
    ratio = table[(table["metric"] == "ratio") & (table["year"] == 2030)].set_index("path")["value"]
    return growths.sort_index(), (ratio.sort_index() < RATIO_2023 / 2).to_numpy()


def discover(program, draws):
    """PRIM of the EMA Workbench on all paths; aigap finds on half of the draws, resamples ten times, and judges on the rest."""
    taken = aigap(program, "discover", SCENARIO, "--where", CONDITION, "--paths", str(draws), "--out", f"{OUT}/discover")
    about = rows(f"{OUT}/discover/discover.csv")[0]
    growths, cases = kept(program, draws)
    start = time.process_time()
    theirs = prim.Prim(growths, cases, threshold=0.5, peel_alpha=0.05, mass_min=0.05).find_box()
    peer = time.process_time() - start
    print(f"\nA rule on {draws} paths, {cases.sum()} of them cases: aigap {taken:.2f} s, EMA Workbench {peer:.2f} s ({peer / taken:.0f} times)")
    own = [row for row in rows(f"{OUT}/discover/boxes.csv") if row["box"] == about["chosen_box"]]
    trajectory = theirs.peeling_trajectory
    # Their box with nearly the coverage that aigap's chosen one has on the draws that it was found on.
    chosen = rows(f"{OUT}/discover/trajectory.csv")[int(about["chosen_box"])]
    place = int((trajectory["coverage"] - float(chosen["found_coverage"])).abs().idxmin())
    limits = theirs.box_lims[place]
    print("| | coverage | density | " + " | ".join(NAMES) + " |\n|---|---|---|" + "---|" * len(NAMES))
    found = {row["input"]: row for row in own}
    ours = [side(growths[name], logs(found.get(name))) for name in NAMES]
    print(line("aigap", float(chosen["found_coverage"]), float(chosen["found_density"]), ours))
    sides = [side(growths[name], tuple(limits[name])) for name in NAMES]
    print(line("EMA Workbench", trajectory["coverage"][place], trajectory["density"][place], sides))


def line(name, coverage, density, sides):
    return f"| {name} | {coverage:.3f} | {density:.3f} | " + " | ".join(sides) + " |"


def logs(row):
    """Limits of a row of boxes.csv in logs; infinite where there is none."""
    read = lambda column, otherwise: math.log1p(float(row[column])) if row and row[column] else otherwise
    return read("low", -math.inf), read("high", math.inf)


def side(values, ends):
    """Limits of an input in words, as far as they leave something out."""
    low = f"from {math.expm1(ends[0]):.1%}" if ends[0] > values.min() else ""
    high = f"to {math.expm1(ends[1]):.1%}" if ends[1] < values.max() else ""
    return " ".join(it for it in (low, high) if it) or "–"


def main():
    program = sys.argv[1]
    points, draws = (int(it) for it in (sys.argv[2:] + ["4096", "20000"][len(sys.argv) - 2 :])[:2])
    os.makedirs(OUT, exist_ok=True)
    sobol(program, points)
    discover(program, draws)


if __name__ == "__main__":
    main()
