#!/bin/sh
# Render every HTML page in both languages, and look at each with axe-core in Chromium.
set -eu
cd "$(dirname "$0")/.."

note() { printf 'accessibility: %s\n' "$*" >&2; }

. tools/chromium.sh
chromium_is_ready || exit 2

aiguide=.venv/bin/aiguide
out=build/accessibility
today=2026-11-24
rm -rf $out
mkdir -p $out

templates=$(.venv/bin/python -c '
from aiguide.usecases.reports import REPORT_TEMPLATES
print(*REPORT_TEMPLATES)')
# One cell of each stance, for its colour.
cells=$($aiguide matrix --format json | .venv/bin/python -c '
import json, sys
print(*{one["stance"]: one["id"] for one in json.load(sys.stdin)["cells"]}.values())')

for lang in ja en; do
  for template in $templates; do
    $aiguide report examples/valid/flood-gate-forecast --template "$template" --lang $lang \
      --today $today -o "$out/$template.$lang.html" >/dev/null
  done
  # One page for each verdict, for its colour.
  for story in examples/valid/*/; do
    $aiguide report "$story" --template summary --lang $lang --today $today \
      -o "$out/summary.$(basename "$story").$lang.html" >/dev/null
  done
  $aiguide portfolio examples/valid --lang $lang --today $today \
    -o "$out/portfolio.$lang.html" >/dev/null
  for cell in $cells; do
    $aiguide show "$cell" --lang $lang --today $today -o "$out/card.$cell.$lang.html" >/dev/null
  done
done

"$python" tools/accessibility.py "$chromium" $out/*.html
