#!/usr/bin/env bash
# Holds Sobol' shares against SALib and a rule against the EMA Workbench, and prints times and results side by side.
#
# Usage: benches/peers/questions.sh [POINTS] [DRAWS]. Needs cargo, python3 and the network (both peers come into a virtual
# environment under target/peers).
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p target/peers
[ -x target/peers/venv/bin/python ] || python3 -m venv target/peers/venv
target/peers/venv/bin/pip install --quiet SALib ema_workbench
cargo build --release --locked
exec target/peers/venv/bin/python benches/peers/questions.py target/release/aigap "$@"
