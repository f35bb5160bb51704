"""`loket keys new`, `loket keys rotate`, `loket keys status`: the keys that seal what is kept."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from loket.accounts import sealed
from loket.audit.actions import record
from loket.audit.who import SERVER
from loket.vault import actions, keyfile, queries

# The last key in the file is the one in use, so an older one goes above it.
MISSING = (
    "{lost} cannot be opened: the key that sealed them is not in {path}. Find the key file of that time, copy its "
    "lines that begin with `seal` to above those in this file, then run `loket keys rotate`."
)


class Command(BaseCommand):
    help = "The keys that seal what is kept: make the file, renew, or see how things stand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        asked = parser.add_subparsers(dest="asked", required=True)
        asked.add_parser("new", help="make the key file of this installation")
        rotate = asked.add_parser("rotate", help="a new key, and everything sealed with it again")
        rotate.add_argument("--keep-old", action="store_true", help="leave the old keys in the file for now")
        asked.add_parser("status", help="how many keys there are, and what is sealed with an older one")

    def handle(self, *args: Any, asked: str, **options: Any) -> None:
        path = Path(settings.LOKET_KEY_FILE)
        {"new": self.new, "rotate": self.rotate, "status": self.status}[asked](path, **options)

    def new(self, path: Path, **_: Any) -> None:
        try:
            keyfile.make(path, timezone.localdate())
        except FileExistsError as error:
            raise CommandError(f"{path} is there already: it is never overwritten. To renew: loket keys rotate.",
                               returncode=2) from error  # fmt: skip
        self.stdout.write(f"Made {path}. Keep a copy where the back-ups are not: without it nothing opens.")

    def rotate(self, path: Path, keep_old: bool, **_: Any) -> None:
        """Add a key, seal everything with it, then drop the old ones. Stopped halfway, it can be run again."""
        if lost := cannot_open():
            raise CommandError(MISSING.format(lost=lost, path=path), returncode=2)
        if queries.sealed_with_older() == 0:
            keyfile.add_key(path, timezone.localdate())
        people, texts = actions.rewrap(), sealed.seal_again()
        left = queries.sealed_with_older() + sealed.sealed_with_older()
        if left:
            raise CommandError(f"{left} are still sealed with an older key: run this again.", returncode=1)
        gone = 0 if keep_old else keyfile.retire(path)
        record("keys.rotate", by=SERVER, purpose="keeping_keys", place=f"people {people}, texts {texts}")
        self.stdout.write(f"Sealed again: {people} people, {texts} texts. Old keys removed: {gone}.")
        self.stdout.write(f"Copy {path} to where its copy is kept. An older back-up needs the older file.")

    def status(self, path: Path, **_: Any) -> None:
        for line in standing(path):
            self.stdout.write(line)


def cannot_open() -> int:
    return queries.cannot_open() + sealed.cannot_open()


def standing(path: Path) -> list[str]:
    """How the keys stand, and what there is to do about it."""
    keys, left, lost = keyfile.ring(), queries.sealed_with_older() + sealed.sealed_with_older(), cannot_open()
    told = [f"{len(keys.sealing)} keys that seal; {left} sealed with an older one."]
    if lost:
        return [*told, MISSING.format(lost=lost, path=path)]
    return [*told, "To seal all with the newest: `loket keys rotate`."] if left else told
