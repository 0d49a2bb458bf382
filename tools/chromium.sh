# For scripts that need Chromium, axe-core and Playwright: sets $chromium and $python, installs what
# is missing where it may. Says what is missing and gives 1 where it may not. To be sourced.

chromium_is_ready() {
  if ! command -v chromium >/dev/null 2>&1; then
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
      note "installing chromium"
      { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } \
        >/dev/null || { note "apt-get failed; Chromium is needed"; return 1; }
    else
      note "please install Chromium (chromium on Debian)"
      return 1
    fi
  fi
  chromium=$(command -v chromium)

  # Apart from .venv: nothing of aiguide needs it, and the driver is big. The wheel brings axe-core.
  venv=.venv-accessibility
  if [ ! -f $venv/ready ] || [ tools/chromium.sh -nt $venv/ready ]; then
    python3 -m venv $venv
    $venv/bin/python -m pip install -q --disable-pip-version-check \
      axe-playwright-python==0.1.8 playwright==1.65.2
    touch $venv/ready
  fi
  python=$venv/bin/python
}
