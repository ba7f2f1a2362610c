#!/usr/bin/env bash
# Measures job J in aigap against NumPy (usual, tuned) and plain Rust, interleaved, and prints the ratios.
#
# Usage: benches/peers/run.sh [PATHS] [RUNS] [PEER]. Needs cargo, python3 and the network (NumPy comes into a virtual
# environment under target/peers). On a busy machine quote the ratios of CPU time, never single times.
set -euo pipefail
cd "$(dirname "$0")/../.."
paths=${1:-1000000}
runs=${2:-5}
mkdir -p target/peers
[ -x target/peers/venv/bin/python ] || python3 -m venv target/peers/venv
target/peers/venv/bin/pip install --quiet numpy
cargo build --release --locked
CARGO_TARGET_DIR=target/peers/rust cargo build --release --manifest-path benches/peers/plain-rust/Cargo.toml
# Some machines carry a setting that makes NumPy's linear algebra pretend to be an older processor.
unset OPENBLAS_CORETYPE
exec target/peers/venv/bin/python benches/peers/measure.py "$paths" "$runs" "${3:-}"
