#!/bin/sh
# debian-packages.sh PACKAGE...: installs the packages that are missing, when this user may.
# Exit 0: they are there now. Exit 1: they are not, and the sentence printed says why and what to do.
set -eu
packages=""
for package in "$@"; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || packages="$packages $package"
done
packages=${packages# }
[ -n "$packages" ] || exit 0

missing() {
    echo "Not installed: $*. To install it yourself: apt-get install $packages"
    exit 1
}
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
# Word splitting is meant: these are several packages.
# shellcheck disable=SC2086
apt install --yes --no-install-recommends $packages || missing "$packages (apt-get failed)"
