#!/bin/sh
# Lead Chromium from an idea to a saved PDF over the pages of `aiguide serve`.
set -eu
cd "$(dirname "$0")/.."

note() { printf 'browser-test: %s\n' "$*" >&2; }

. tools/chromium.sh
chromium_is_ready || exit 2

"$python" tools/browser_test.py "$chromium" .venv/bin/aiguide
