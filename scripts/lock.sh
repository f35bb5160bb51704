#!/bin/sh
# Writes requirements/*.txt anew: exact versions with hashes, and no address of where they came from.
# Everything asked for is in pyproject.toml; what is locked stays as it is unless UPGRADE=1.
# The resolver lives in a throwaway environment, outside the project's.
set -eu
cd "$(dirname "$0")/.."
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
"${PYTHON:-python3}" -m venv "$room/uv"
"$room/uv/bin/pip" install --quiet uv

lock() { # lock FILE [what to take in]...
    target=requirements/$1.txt
    shift
    # --no-config: hashes are those of the index, never of a file that happens to lie on this machine.
    "$room/uv/bin/uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" ${UPGRADE:+--upgrade} \
        --output-file "$target" pyproject.toml "$@"
    echo "$target: $(grep -c '==' "$target") packages"
}

lock base --group build
house="--extra site --extra proof --extra book --extra estimate --extra link --extra release"
all="$house --extra postgres --extra spark --extra dp"
# Word splitting is meant: these are lists of arguments.
# shellcheck disable=SC2086
{
    # The largest first: the others take their versions from it.
    lock benchmark --group build --group test --group benchmark $all
    same="--constraints requirements/benchmark.txt"
    lock base --group build $same
    lock demo --group build $house $same
    lock counter --group build --extra site --extra proof --extra book --extra release --extra postgres $same
    lock dev --group build --group test $all $same
}
