#!/usr/bin/env bash
# Makes examples/note from shipped scenarios: a comparison, then the report of it. Run it when a number or a word changes.
# examples/make_note.sh [FOLDER]; AIGAP names another program than the release build.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
out=${1:-$root/examples/note}
program=${AIGAP:-$root/target/release/aigap}
[ -n "${AIGAP:-}" ] || cargo build --release --locked --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$program" compare "$root"/scenarios/{base,china-state-push,us-correction}.toml --no-charts --out held --quiet
"$program" report held -o note.html --quiet
"$program" report --check note.html held --quiet
mkdir -p "$out/note-figures"
rm -f "$out"/note-figures/*.png
cp note.md "$out/"
cp note-figures/*.png "$out/note-figures/"
# The picture of the README.
"$program" simulate "$root/scenarios/base.toml" --out base --quiet
cp base/charts/gap.png "$out/note-figures/"
