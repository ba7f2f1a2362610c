"""Counts the shards of a study on a Dask cluster and merges them: the bytes are those of one run.

    pip install distributed
    python with_dask.py --shards 8 -- simulate base.toml --paths 10000000

Without --scheduler it starts four worker processes on this machine. A worker that dies costs its shard: Dask counts it
again elsewhere, and the same work makes the same file. All workers must see the folder that this is started in.
"""

import argparse
import os
import subprocess

from distributed import Client, LocalCluster, as_completed


def count(program, command, shard, file):
    """Counts one shard into a file and gives its name."""
    subprocess.run([program, *command, "--shard", shard, "--out", file, "--quiet"], check=True)
    return file


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--aigap", default="aigap", help="the program")
    asked.add_argument("--shards", type=int, default=8)
    asked.add_argument("--scheduler", help="address of a Dask scheduler; four processes here if not given")
    asked.add_argument("--parts", default="parts", help="folder of the shards")
    asked.add_argument("--out", help="folder of the run")
    asked.add_argument("--kill-one", action="store_true", help="kill a worker in the middle, to see that nothing is lost")
    asked.add_argument("command", nargs="+", help="what follows aigap, behind --")
    flags = asked.parse_args()

    os.makedirs(flags.parts, exist_ok=True)
    cluster = flags.scheduler or LocalCluster(n_workers=4, threads_per_worker=1, dashboard_address=None)
    with Client(cluster) as client:
        shards = [f"{number}/{flags.shards}" for number in range(1, flags.shards + 1)]
        files = [os.path.join(flags.parts, f"{shard.replace('/', '-of-')}.part") for shard in shards]
        one = lambda pair: client.submit(count, flags.aigap, flags.command, *pair, pure=False, retries=3)
        waiting = as_completed([one(pair) for pair in zip(shards, files)])
        done = []
        for future in waiting:
            done.append(future.result())
            if flags.kill_one and len(done) == 1:
                worker = sorted(client.run(os.getpid).items())[0]
                os.kill(worker[1], 9)
                print(f"killed worker {worker[0]}")
    merge = [flags.aigap, "merge", *sorted(done)]
    subprocess.run(merge + (["--out", flags.out] if flags.out else []), check=True)


if __name__ == "__main__":
    main()
