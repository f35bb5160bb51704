#!/bin/sh
# Makes the environment in the folder named, or says in one sentence why it cannot.
set -eu
folder=$1
python=${PYTHON:-python3}

if ! command -v "$python" >/dev/null; then
    echo "Schakel needs Python 3.11 or newer, and '$python' was not found: install it, or name yours: make demo PYTHON=python3.12" >&2
    exit 2
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Schakel needs Python 3.11 or newer, and '$python' is $("$python" --version 2>&1): name a newer one: make demo PYTHON=python3.12" >&2
    exit 2
fi
# Debian ships Python without the part that makes environments; it is a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    sh "$(dirname "$0")/debian-packages.sh" python3-venv || true
fi
if ! "$python" -m venv "$folder"; then
    rm -rf "$folder"
    echo "'$python' cannot make an environment: on Debian or Ubuntu install the package python3-venv, then try again." >&2
    exit 2
fi
