"""`loket worker`: send what is in the outbox, and throw away what is over. One process, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from loket.casework import worker
from loket.casework.chores import tidy


class Command(BaseCommand):
    help = "Send mails without content and lines to webhooks; throw away drafts and files whose time is over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            done, gone = worker.work(), tidy()
            self.stdout.write(f"Sent {done.sent}, to try again {done.again}, given up {done.given_up}.")
            self.stdout.write(f"Thrown away: {', '.join(f'{count} {name}' for name, count in gone.items())}.")
            return
        stop = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stop.set())
        self.stdout.write("The worker runs. Stop: Ctrl+C, or SIGTERM; a line that is on its way is finished first.")
        self.stdout.flush()
        worker.run(stop.is_set)
