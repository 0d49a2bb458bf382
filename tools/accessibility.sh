#!/bin/sh
# Render every HTML page in both languages, and look at each with axe-core in Chromium.
set -eu
cd "$(dirname "$0")/.."

note() { printf 'accessibility: %s\n' "$*" >&2; }

if ! command -v chromium >/dev/null 2>&1; then
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    note "installing chromium"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } \
      >/dev/null || { note "apt-get failed; Chromium is needed"; exit 2; }
  else
    note "please install Chromium (chromium on Debian)"
    exit 2
  fi
fi

# Apart from .venv: nothing of aiguide needs it, and the driver is big. The wheel brings axe-core.
venv=.venv-accessibility
if [ ! -f $venv/ready ] || [ tools/accessibility.sh -nt $venv/ready ]; then
  python3 -m venv $venv
  $venv/bin/python -m pip install -q --disable-pip-version-check \
    axe-playwright-python==0.1.8 playwright==1.65.2
  touch $venv/ready
fi

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

$venv/bin/python tools/accessibility.py "$(command -v chromium)" $out/*.html
