"""`loket restore FILE --yes`: put a back-up back, and erase again whoever was erased since."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from loket.accounts import backups
from loket.accounts.management.commands.keys import standing
from loket.audit import queries
from loket.audit.actions import record
from loket.audit.who import SERVER
from loket.site.databases import tables_are_old
from loket.vault.actions import apply_ledger

BROUGHT = " It is of an older version: its tables were brought to this one."


class Command(BaseCommand):
    help = "Replace the database by a back-up. Stop the site first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="replace what is there now")

    def handle(self, *args: Any, file: Path, yes: bool, **options: Any) -> None:
        if not yes:
            raise CommandError("This replaces everything that is there now: stop the site, then add --yes.",
                               returncode=2)  # fmt: skip
        backups.put_back(file)
        behind = tables_are_old()
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write(f"Put back {file}." + (BROUGHT if behind else ""))
        erased, verdict = apply_ledger(), queries.verdict()
        record("backup.restored", by=SERVER, purpose="keeping_safe", place=f"erased again {erased}")
        self.stdout.write(f"Erased again: {erased}.")
        for line in standing(Path(settings.LOKET_KEY_FILE)):
            self.stdout.write(line)
        if not verdict.holds:
            raise CommandError(f"The log breaks at {verdict.broken_at}: {verdict.why}.", returncode=1)
        self.stdout.write(f"The log holds: {verdict.entries} entries. Head: {verdict.entries}:{verdict.head}")
