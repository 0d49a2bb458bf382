#!/bin/sh
# The main job on a real Tokyo project: classify it, see how it stands, make the PDF.
set -eu
cd "$(dirname "$0")/.."

aiguide=.venv/bin/aiguide
project=examples/valid/flood-gate-forecast/project.json
today=2026-11-24
out=build/demo
mkdir -p "$out"

step() { printf '\n$ aiguide %s\n' "$*"; $aiguide "$@"; }

step classify "水位のAI予測で、職員が水門を開け閉めする時機を決めるのを助ける" || [ $? = 3 ]
step status $project --today $today
step report $project -o $out/flood-gate-forecast.pdf --today $today
step report $project -o $out/flood-gate-forecast.en.md --today $today --lang en

printf '\n%s\n' "$out/flood-gate-forecast.pdf" "$out/flood-gate-forecast.en.md"
