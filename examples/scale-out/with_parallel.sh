#!/usr/bin/env bash
# Counts the shards of a study with GNU parallel, on this machine or on those that `--sshlogin` names, and merges them:
#   ./with_parallel.sh 8 simulate base.toml --paths 10000000
# Options for parallel itself go into PARALLEL, such as PARALLEL="--jobs 2" or PARALLEL="--sshlogin a,b --workdir .".
set -euo pipefail
shards=$1
shift
mkdir -p parts
seq "$shards" | parallel --halt now,fail=1 --retries 3 aigap "$@" --shard "{}/$shards" --out "parts/{}.part" --quiet
aigap merge parts/*.part
