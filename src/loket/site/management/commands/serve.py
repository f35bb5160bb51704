"""`loket serve`: show the site on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.module_loading import import_string

HOST = "127.0.0.1"
TRIES = 50


class Command(BaseCommand):
    help = "Serve the site on 127.0.0.1 and print where; takes the next free port when the one asked for is taken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port to try first (8000)")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        port = free_port(port)
        if len(settings.LOKET_DEMO_FILL) > 1:
            self.stdout.write("Making ready what there is to show; the first time this takes half a minute.")
            self.stdout.flush()
        prepare()
        os.environ.setdefault("LOKET_SECRET_KEY", settings.SECRET_KEY)
        start_beside()
        if find_spec("gunicorn"):
            run_gunicorn(port, partial(self.say_where, port))
        else:
            self.say_where(port)
            call_command("runserver", f"{HOST}:{port}", use_reloader=False)

    def say_where(self, port: int, server: object = None) -> None:
        """Once it listens: whoever follows the address at once is not refused."""
        self.stdout.write(f"Schakel: http://{HOST}:{port}/   (stop: Ctrl+C)")
        self.stdout.flush()


def prepare() -> None:
    """Tables of this version and, in the demo, somebody to be; nothing where there is no database."""
    if settings.DATABASES:
        call_command("migrate", verbosity=0, interactive=False)
        for fill in settings.LOKET_DEMO_FILL:
            import_string(fill)()
        connections.close_all()  # gunicorn forks: no connection is shared


def start_beside() -> None:
    """What works beside the site, each in a process of its own that ends when this one is gone."""
    for name in settings.LOKET_BESIDE:
        subprocess.Popen(  # noqa: S603  (our own command)
            [sys.executable, "-m", "loket.manage", name, "--beside", str(os.getpid())], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip


def free_port(first: int) -> int:
    """The first port from here on that nobody listens on. Raises CommandError if that takes too many tries."""
    if not 1 <= first <= 65_535:
        raise CommandError(f"Port {first} does not exist: choose one between 1 and 65535.", returncode=2)
    for port in range(first, min(first + TRIES, 65_536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise CommandError(f"No free port from {first} on: give another with --port.", returncode=2)


def run_gunicorn(port: int, ready: Callable[[object], None]) -> None:
    """Two workers of four threads; one key for both, and none of gunicorn's own lines about visitors."""
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            how = {
                "bind": f"{HOST}:{port}",
                "workers": 2,
                "threads": 4,
                "worker_class": "gthread",
                "preload_app": True,
                "when_ready": ready,
            }
            quiet = {"loglevel": "error", "logconfig_dict": settings.LOGGING, "control_socket_disable": True}
            for name, value in (how | quiet).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from loket.site.wsgi import application

            return application

    Site().run()
