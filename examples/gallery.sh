#!/usr/bin/env bash
# Makes the pictures of the book from shipped scenarios: every kind of chart and every growth model, light and dark, as SVG
# whose text is text, each by the command that the gallery shows. examples/gallery.sh [FOLDER]; AIGAP names another program than the release build.
# A test holds docs/src/pictures against what it makes.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
out=${1:-$root/docs/src/pictures}
program=${AIGAP:-$root/target/release/aigap}
[ -n "${AIGAP:-}" ] || cargo build --release --locked --quiet
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cp -r "$root/scenarios" .
base=scenarios/base.toml
style=(--svg-text --preset phone)

# draw KINDS COMMAND…: runs the command, then draws charts of what it stored. A kind is the name of a chart, or CHART=PICTURE
# where the picture has another name.
draw() {
  local kinds=$1 kind theme
  shift
  "$program" "$@" --no-charts --quiet --out run
  for kind in $kinds; do
    for theme in light dark; do
      "$program" chart run --kind "${kind%%=*}" "${style[@]}" --theme "$theme" --out "$out/${kind##*=}-$theme.svg" --force >/dev/null
    done
  done
  rm -rf run
}

# draw_asked KINDS COMMAND…: the same for answers that keep no paths, whose charts are drawn as they are asked.
draw_asked() {
  local kinds=$1 kind theme
  shift
  for theme in light dark; do
    "$program" "$@" "${style[@]}" --theme "$theme" --quiet --out run
    for kind in $kinds; do
      cp "run/charts/${kind%%=*}.svg" "$out/${kind##*=}-$theme.svg"
    done
    rm -rf run
  done
}

# draw_model NAME PARAMETERS…: funding of two regions that grow by a model.
draw_model() {
  local name=$1 region
  shift
  {
    printf 'title = "The model %s"\nhorizon = 2033\n' "$name"
    [ "$name" != regime ] || cat <<'TOML'
[regimes]
states = ["boom", "bust"]
start = "bust"
[regimes.transitions]
boom = { bust = "25%" }
bust = { boom = "35%" }
TOML
    for region in us china; do
      printf '[%s.funding]\nmodel = "%s"\n' "$region" "$name"
      printf '%s\n' "$@" | sed "s/CEILING/$([ "$region" = us ] && echo '\$90bn' || echo '\$20bn')/"
    done
  } >model.toml
  draw "funding=model-$name" simulate model.toml --paths 8192
}

draw "funding funding-linear gap probability distribution distribution-histogram deals decomposition" \
  simulate "$base"
draw uncertainty simulate "$base" --with scenarios/packs/unknown-figures.toml
draw sources simulate "$base" --source all
draw tornado sensitivity "$base" --paths 4096
draw sweep sweep "$base" --over us.deal-size.growth=-10%:30%:9 --over china.deal-size.growth=-10%:30%:9 --paths 4096
draw sweep-line sweep "$base" --over us.deal-size.growth=-10%:30%:9 --paths 4096
draw "box trajectory" discover "$base" --where "ratio in 2030 < half of 2023" --paths 8192
draw fit fit ai-index-2022
draw back-test backtest ai-index-2022
draw_asked "scenarios compare attribution-china-state-push=attribution" \
  compare "$base" scenarios/china-state-push.toml scenarios/us-correction.toml --paths 16384
"$program" simulate "$base" --no-charts --quiet --out scored
draw_asked outturn score scored --observed cb-insights-2025-01

draw_model random-walk 'growth = "5%"' 'volatility = "25%"'
draw_model fade 'initial-growth = "40%"' 'long-run-growth = "3%"' 'half-life = 2' 'volatility = "25%"'
draw_model ar1 'initial-growth = "10%"' 'long-run-growth = "5%"' 'persistence = 0.6' 'volatility = "20%"'
draw_model logistic 'growth = "35%"' 'ceiling = "CEILING"' 'volatility = "25%"'
draw_model gompertz 'ceiling = "CEILING"' 'half-life = 2' 'volatility = "25%"'
draw_model path 'levels = { 2030 = { p10 = "$10bn", p90 = "CEILING" } }'
draw_model regime 'growth = { boom = "30%", bust = "-20%" }' 'volatility = { boom = "15%", bust = "20%" }'
