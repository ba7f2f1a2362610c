#!/usr/bin/env bash
# Counts instructions instead of time, which a busy machine cannot change: job J, the baseline, `check`. Needs valgrind.
#
# Valgrind knows no AVX-512, so these are the instructions of the AVX2 kernels. Compare two commits with it.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "valgrind is not installed"; exit 1; }
cargo build --release --locked
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
count() {
  local name=$1
  shift
  valgrind --tool=callgrind --callgrind-out-file=/dev/null target/release/aigap "$@" >/dev/null 2>"$out/log"
  printf '%-32s %15s instructions\n' "$name" "$(sed -n 's/.*Collected : //p' "$out/log")"
}
run=(--no-charts --quiet --threads 1 --out "$out/run")
count "job J, 2,000 paths" simulate benches/job-j.toml --paths 2000 "${run[@]}"
count "job J, 22,000 paths" simulate benches/job-j.toml --paths 22000 "${run[@]}"
count "baseline, 20,000 paths" simulate scenarios/base.toml --paths 20000 "${run[@]}"
count "check" check scenarios/base.toml
