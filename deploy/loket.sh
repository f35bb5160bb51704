#!/bin/sh
# `loket` for the administrator of a server: as the user schakel, with the settings of the site and none of yours.
# systemd reads the settings as root, so that nobody else has to. It runs in another folder: name files from the top.
exec systemd-run --quiet --collect --wait --pty --pipe --uid=schakel --gid=schakel \
    -p EnvironmentFile=/etc/schakel/environment -p UMask=0077 -p WorkingDirectory=/srv/schakel \
    /srv/schakel/.venv/bin/loket "$@"
