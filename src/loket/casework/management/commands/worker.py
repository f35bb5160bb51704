"""`loket worker`: send what is in the outbox, go on with imports, throw away what is over. One process."""

from __future__ import annotations

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from loket.casework import importing, worker
from loket.casework.chores import tidy
from loket.site.databases import tables_are_old
from loket.site.trouble import OLD_TABLES


class Command(BaseCommand):
    help = "Send mails without content and lines to webhooks; go on with imports; throw away what is over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")
        parser.add_argument("--clock", action="store_true", help="the work of `loket clock` too: now, and every night")
        parser.add_argument("--beside", type=int, metavar="PID", help="stop when this process, its parent, is gone")

    def handle(self, *args: Any, once: bool, clock: bool, beside: int | None, **options: Any) -> None:
        if tables_are_old():  # or no database at all: a worker that cannot start says so, and ends
            raise CommandError(OLD_TABLES, returncode=2)
        if once:
            done, rows, gone = worker.work(), importing.go_on(), tidy()
            self.stdout.write(f"Sent {done.sent}, to try again {done.again}, given up {done.given_up}.")
            self.stdout.write(f"Rows brought in: {rows}.")
            self.stdout.write(f"Thrown away: {', '.join(f'{count} {name}' for name, count in gone.items())}.")
            return
        stop = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stop.set())
        self.stdout.write("The worker runs. Stop: Ctrl+C, or SIGTERM; a line that is on its way is finished first.")
        self.stdout.flush()
        worker.run(lambda: stop.is_set() or (beside is not None and os.getppid() != beside), clock=clock)
