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

# The words of the project itself. In doubt the engine says so (3) and asks; then it is answered.
idea=$(.venv/bin/python -c '
import json, sys
print(json.load(open(sys.argv[1], encoding="utf-8"))["project"]["description"])' $project)
step classify "$idea" || [ $? = 3 ]
step classify "$idea" --answer user=staff --answer purpose=service --answer reach=prediction
step status $project --today $today
step report $project -o $out/flood-gate-forecast.pdf --today $today
step report $project -o $out/flood-gate-forecast.en.md --today $today --lang en

printf '\n%s\n' "$out/flood-gate-forecast.pdf" "$out/flood-gate-forecast.en.md"
