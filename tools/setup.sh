#!/bin/sh
# Set up .venv and the system packages that PDF needs. Idempotent; quick when nothing changed.
set -eu
cd "$(dirname "$0")/.."

note() { printf 'setup: %s\n' "$*" >&2; }

python=${PYTHON:-}
if [ -z "$python" ]; then
  for candidate in python3.13 python3.12 python3.11 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      python=$candidate
      break
    fi
  done
fi
[ -n "$python" ] || { note "Python 3.11 or newer is needed"; exit 2; }

# Pango lays the PDF's text out; the universal-design font is Japanese. Both come from the system.
wanted=""
has_library() { "$python" -c "import ctypes.util, sys; sys.exit(not ctypes.util.find_library('$1'))"; }
has_library pangoft2-1.0 || wanted="$wanted libpangoft2-1.0-0"
has_library harfbuzz-subset || wanted="$wanted libharfbuzz-subset0"
if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list :lang=ja family)" ]; then
  wanted="$wanted fontconfig fonts-morisawa-bizud-gothic"
fi
"$python" -c 'import ensurepip' 2>/dev/null || command -v uv >/dev/null 2>&1 ||
  wanted="$wanted python3-venv"
if [ -n "$wanted" ]; then
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    note "installing$wanted"
    # shellcheck disable=SC2086
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $wanted; } \
      >/dev/null || note "apt-get failed; PDF reports need:$wanted"
  else
    note "PDF reports need these packages; please install them:$wanted"
  fi
fi

stamp=.venv/.aiguide-setup
if [ -f "$stamp" ] && [ "$stamp" -nt requirements.lock ] && [ "$stamp" -nt pyproject.toml ] &&
  .venv/bin/python -c 'import aiguide' 2>/dev/null; then
  exit 0
fi

# Bytecode now, so that the first command is not slower than the next.
unset PYTHONDONTWRITEBYTECODE
if command -v uv >/dev/null 2>&1; then
  [ -x .venv/bin/python ] || uv venv -q --python "$python" .venv
  UV_COMPILE_BYTECODE=1 uv pip install -q --python .venv/bin/python \
    --require-hashes -r requirements.lock
  uv pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
else
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check \
    --require-hashes -r requirements.lock
  .venv/bin/python -m pip install -q --disable-pip-version-check \
    --no-deps --no-build-isolation -e .
fi
touch "$stamp"
