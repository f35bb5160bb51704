"""`loket publications`: the work beside the site, what is due to be destroyed, and a look at all seals."""

from __future__ import annotations

import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from loket.monitor.desk import actions, work
from loket.monitor.desk.seals import public, release_key
from schakel.monitor import publishing


class Command(BaseCommand):
    help = "Look at all seals (--check), destroy what is due (--tidy), or print the public key (--public-key)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="do seals and checksums of all publications fit?")
        parser.add_argument("--tidy", action="store_true", help="destroy uploads whose day has come; for once a day")
        parser.add_argument("--public-key", action="store_true", help="print the key that looks at seals")
        parser.add_argument("--make", type=uuid.UUID, metavar="ID", help="protect this draft (the site calls this)")
        parser.add_argument("--run", type=uuid.UUID, metavar="ID", help="which run of it")

    def handle(self, *args: Any, check: bool, tidy: bool, make: Any, run: Any, **options: Any) -> None:
        if make and run:
            with work.watched(make, run):
                work.make(make, run)
        elif tidy:
            self.stdout.write(f"{actions.destroy_overdue()} destroyed")
        elif check:
            self.check_all()
        elif options["public_key"]:
            self.stdout.write(public().pem().decode(), ending="")
        else:
            raise CommandError("Say --check, --tidy or --public-key.", returncode=2)

    def check_all(self) -> None:
        found = publishing.publications(Path(settings.LOKET_RELEASES), release_key())
        for one in found:
            self.stdout.write(f"{one.name}: {', '.join(one.broken) or 'in order'}")
        if any(one.broken for one in found):
            raise CommandError("Something was changed or damaged: it is not shown. Put it back from a back-up.")
