"""Runs job J in every program in turn, checks that they agree, and prints CPU time, wall time, memory and ratios.

Usage: measure.py PATHS RUNS [WORD], from the root of the repository; run.sh builds what it needs. With a WORD only peers whose
name holds it take part.
"""

import csv
import os
import random
import statistics
import subprocess
import sys
import time

OUT = "target/peers/out"
PYTHON = sys.executable
SLOW_SORT = "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR"
METRICS = {
    "us deals": ("deals", "us"), "china deals": ("deals", "china"), "us funding": ("funding", "us"),
    "china funding": ("funding", "china"), "gap": ("gap", ""), "ratio": ("ratio", ""), "share": ("share", ""),
    "deals gap": ("deals-gap", ""),
}


def commands(paths):
    every = ["target/release/aigap", "simulate", "benches/job-j.toml", "--paths", str(paths), "--no-charts", "--quiet"]
    # Funding, gap and ratio are counted in any case; these make the eight metrics of the job whole.
    aigap = every + ["--metrics", "deals,share,deals-gap"]
    plain = ["target/peers/rust/release/plain-rust", str(paths), f"{OUT}/plain-rust.csv"]
    usual = [PYTHON, "benches/peers/numpy_usual.py", str(paths), f"{OUT}/numpy-usual.csv"]
    tuned = [PYTHON, "benches/peers/numpy_tuned.py", str(paths), f"{OUT}/numpy-tuned.csv"]
    narrow = {"NPY_DISABLE_CPU_FEATURES": SLOW_SORT}
    return {
        "aigap": (aigap + ["--out", f"{OUT}/aigap"], {}),
        "aigap, one thread": (aigap + ["--threads", "1", "--out", f"{OUT}/aigap-1"], {}),
        "aigap, every metric": (every + ["--out", f"{OUT}/aigap-every"], {}),
        "plain Rust": (plain, {}),
        "NumPy tuned": (tuned, {}),
        "NumPy tuned, no AVX-512": (tuned, narrow),
        "NumPy usual": (usual, {}),
    }


def stolen():
    """Seconds that the host has taken from all processors so far; 0 where a system does not say."""
    try:
        with open("/proc/stat") as file:
            return int(file.readline().split()[8]) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError):
        return 0.0


def measure(command, extra):
    """CPU time, wall time and memory of a run; made again if a shared host took more than a hundredth of it, at most twice."""
    for _ in range(3):
        start, taken = time.perf_counter(), stolen()
        child = subprocess.Popen(
            command, env={**os.environ, **extra}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            raise SystemExit(f"{command[0]} failed with {child.returncode}")
        wall = time.perf_counter() - start
        if stolen() - taken < 0.01 * wall:
            break
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024


def aigap_rows():
    with open(f"{OUT}/aigap/fan.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    # The gap is of neither region; its rows name both.
    region = lambda row: row["region"] if row["region"] in ("us", "china") else ""
    found = {(row["metric"], region(row), row["year"]): row for row in rows}
    return lambda name, year: found[*METRICS[name], year]


def agree(paths, seen):
    """Medians of every metric and year, against each peer, within six standard errors of the difference."""
    of = aigap_rows()
    for name, peer in {"plain Rust": "plain-rust", "NumPy usual": "numpy-usual", "NumPy tuned": "numpy-tuned"}.items():
        if name not in seen:
            continue
        worst = 0.0
        with open(f"{OUT}/{peer}.csv", newline="") as file:
            for name, year, *values in csv.reader(file):
                if name == "wider":
                    continue
                row = of(name, year)
                quartiles = float(row["p75"]) - float(row["p25"])
                # Near the middle of any of these laws the standard error of a median is below a quartile range / √n.
                error = quartiles / paths**0.5 * 2**0.5
                worst = max(worst, abs(float(row["p50"]) - float(values[6])) / error)
        print(f"medians of {peer} agree: largest difference {worst:.1f} standard errors")
        assert worst < 6, peer


def main():
    paths, runs = int(sys.argv[1]), int(sys.argv[2])
    os.makedirs(OUT, exist_ok=True)
    word = sys.argv[3] if len(sys.argv) > 3 else ""
    programs = {name: it for name, it in commands(paths).items() if name.startswith("aigap") or word in name}
    seen = {name: [] for name in programs}
    for run in range(runs + 1):
        # What ran before leaves caches and free memory behind as it likes: in every round another order.
        order = random.Random(run).sample(sorted(programs), len(programs))
        for name in order:
            figures = measure(*programs[name])
            if run > 0:  # the first round warms caches
                seen[name].append(figures)
    agree(paths, seen)
    median = lambda name, place: statistics.median(run[place] for run in seen[name])
    print(f"\njob J, {paths:,} paths, median of {runs} interleaved runs; ratios of CPU time run by run")
    print(f"{'':26}{'CPU s':>8}{'wall s':>8}{'MB':>7}{'ns per path-year':>18}{'times aigap':>13}")
    for name in programs:
        ratio = statistics.median(peer[0] / own[0] for peer, own in zip(seen[name], seen["aigap"]))
        cpu = median(name, 0)
        print(f"{name:26}{cpu:8.2f}{median(name, 1):8.2f}{median(name, 2):7.0f}{cpu / paths / 10 * 1e9:18.1f}{ratio:13.1f}")
    both = statistics.median(one[1] / two[1] for one, two in zip(seen["aigap, one thread"], seen["aigap"]))
    print(f"two threads against one: {both:.2f} times as fast")


main()
