#!/bin/sh
# debian-packages.sh COMMAND PACKAGE...: installs the packages when COMMAND is missing ('-': always) and this user may.
# Exit 0: it is there now. Exit 1: it is not, and the sentence printed says why and what to do.
set -eu
command=$1
shift
[ "$command" != - ] && command -v "$command" >/dev/null && exit 0

missing() {
    echo "Not installed: $*. To install it yourself: apt-get install $packages"
    exit 1
}
packages=$*
command -v apt-get >/dev/null || missing "$packages (no apt-get on this machine)"
if [ "$(id -u)" = 0 ]; then
    root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    root="sudo -n"
else
    missing "$packages (this user may not install packages)"
fi
apt() {
    $root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" >/dev/null </dev/null
}
echo "Installing $packages from Debian's packages."
apt update || true # an old list may do
apt install --yes --no-install-recommends "$@" || missing "$packages (apt-get failed)"
