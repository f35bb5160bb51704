#!/bin/sh
# backup.sh FOLDER: one back-up of the database, and one of the publications. Keys and ledger are in neither.
# The counts behind a publication are destroyed when it appears, so nobody could make its files again.
set -eu
umask 077
PATH=$(dirname "$0")/../.venv/bin:$PATH
made=$1/$(date +%F-%H%M)

loket backup "$made.backup"
published=${LOKET_RELEASES:-$LOKET_DATA/publications}
if [ -d "$published" ]; then
    # What begins with a dot is not whole yet. Another name until it is: a half file looks like a back-up.
    tar --create --file="$made.part" --exclude='.*' --directory="$(dirname "$published")" "$(basename "$published")"
    mv "$made.part" "$made.publications.tar"
fi
# A back-up from before an erasure still holds who was erased: none is kept longer than this.
find "$1" -maxdepth 1 \( -name '*.backup' -o -name '*.publications.tar' -o -name '*.part' \) -mtime +30 -delete
loket audit verify
