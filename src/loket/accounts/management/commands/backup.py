"""`loket backup FILE`: everything that is kept, in one file. Not the keys, and not the ledger."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from loket.accounts import backups
from loket.audit import queries
from loket.audit.actions import record
from loket.audit.who import SERVER


class Command(BaseCommand):
    help = "Make a back-up of the database in one file, while the site runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        record("backup.made", by=SERVER, purpose="keeping_safe")
        number, digest = queries.head()
        backups.make(file)
        self.stdout.write(f"Made {file}. Head of the log: {number}:{digest}")
        self.stdout.write("Keep it apart from the keys. Note the head: `loket audit verify --head` compares with it.")
