#!/bin/sh
# Prepares the checkout: virtual environment, installation and a browser, each only where it is missing or outdated.
# Usage: scripts/prepare.sh [run|test]   ("run" installs what a robot needs, "test" also the tools of the developers)
set -eu

cd "$(dirname "$0")/.."
purpose=${1:-run}
venv=.venv
python=$venv/bin/python
browser_stamp=$venv/.browser

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "Setting up failed: $*"
    exit 1
}

# A pyenv shim stands in the PATH for versions that are not installed, so asking each one is the only safe way.
is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if is_new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed, and none was found as python3, python3.14 … python3.11 or python." \
        "Install it (https://www.python.org/downloads/, or 'apt-get install python3 python3-venv'), or name it:" \
        "make PYTHON=/path/to/python3.12 …"
}

# A moved checkout leaves a virtual environment that points to the old place: the stamp names the place too.
fingerprint() {
    printf '%s ' "$(pwd -P)"
    cksum < pyproject.toml
}

make_venv() {
    if [ -x "$python" ] && is_new_enough "$python" && "$python" -m pip --version >/dev/null 2>&1; then
        return
    fi
    base=$(find_python)
    say "Creating the virtual environment $venv with $("$base" --version) …"
    rm -rf "$venv"
    if ! "$base" -m venv "$venv"; then
        rm -rf "$venv"
        fail "'$base -m venv' did not work (its words are above). On Debian or Ubuntu the package python3-venv is" \
            "missing: run 'apt-get install python3-venv' as root, then call make again."
    fi
}

install_project() {
    case $purpose in
        run) what=. ;;
        test) what='.[test,dev]' ;;
        *) fail "'$purpose' is not a purpose; use 'run' or 'test'." ;;
    esac
    make_venv
    say "Installing robotframework-katip into $venv (once, and again when pyproject.toml changes) …"
    "$python" -m pip install --quiet --disable-pip-version-check --editable "$what" ||
        fail "pip could not install the project (its words are above). It needs the network, or the packages in its cache."
    fingerprint > "$venv/.installed-$purpose"
}

# A browser that is there but cannot start (libraries missing, a snap's stub) is no browser.
find_working_browser() {
    found=$("$python" -I libraries/Katip/browsers.py 2>/dev/null) || return 1
    "$found" --version >/dev/null 2>&1 || return 1
    printf '%s\n' "$found" > "$browser_stamp"
}

is_debian_root() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}

install_browser() {
    if find_working_browser; then return; fi
    say "No Chrome, Edge or Chromium is installed: downloading Chromium with 'rfbrowser install chromium' …"
    if "$venv/bin/rfbrowser" install chromium >&2 && find_working_browser; then return; fi
    if is_debian_root; then
        say "That did not give a working browser: installing Debian's with 'apt-get install chromium' …"
        if apt-get update >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium >&2 &&
            find_working_browser; then
            return
        fi
    fi
    fail "no browser could be found or installed. Install one of: Google Chrome (https://www.google.com/chrome/)," \
        "Microsoft Edge (https://www.microsoft.com/edge), or Chromium ('apt-get install chromium' as root on Debian," \
        "'snap install chromium' on Ubuntu), then call make again."
}

# What the tests need includes what a run needs.
installed() {
    [ -x "$python" ] || return 1
    present=$(fingerprint)
    for stamp in "$venv/.installed-$purpose" "$venv/.installed-test"; do
        if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$present" ]; then return 0; fi
    done
    return 1
}

has_browser() {
    [ -f "$browser_stamp" ] && [ -x "$(cat "$browser_stamp")" ]
}

# A screen that nobody sees, for the tests in which a person signs in.
install_screen() {
    if ! command -v Xvfb >/dev/null 2>&1 && is_debian_root; then
        say "Installing a virtual screen for the tests with 'apt-get install xvfb' …"
        apt-get update >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends xvfb >&2 ||
            say "That did not work; the tests that need a screen will fail."
    fi
}

installed || install_project
has_browser || install_browser
if [ "$purpose" = test ]; then install_screen; fi
