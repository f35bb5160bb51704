"""The work beside the site: protect, attack, say what came of it. It holds true counts in memory and nowhere else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from loket.monitor.desk import actions, kept
from loket.monitor.desk.models import Draft
from loket.monitor.desk.seals import release_key
from schakel.disclosure.files import release_texts
from schakel.disclosure.protect import NotSafe, protect
from schakel.disclosure.seal import seed_of
from schakel.disclosure.telling import protected_data, refused_data
from schakel.monitor.codes import naming
from schakel.vocabulary.errors import BadInput

SECONDS = 60.0
PAUSE = 1.0


class Stopped(Exception):
    """The author stopped it."""


def beside(draft: uuid.UUID, run: uuid.UUID) -> None:
    """In a process of its own: the site stays quick, and when it ends nothing of the counts is left in memory."""
    command = [sys.executable, "-m", "loket.manage", "publications", "--make", str(draft), "--run", str(run)]
    nothing = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603  (our own command; the two values are ids)
        command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True, close_fds=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
    )  # fmt: skip


def at_once(draft: uuid.UUID, run: uuid.UUID) -> None:
    """Here and now, for tests."""
    make(draft, run)


def make(draft: uuid.UUID, run: uuid.UUID) -> None:
    """Do the work of one run, and settle it. Bad input and a leak are answers; a fault is told as one."""

    def tell(stage: str) -> None:
        if not actions.alive(draft=draft, run=run, stage=stage):
            raise Stopped

    one = Draft.objects.select_related("key").filter(pk=draft, run=run).first()
    if one is None or not one.counts:
        return
    try:
        event, report, made = _made(one, tell)
    except Stopped:
        return
    except BadInput as error:
        event, report, made = "break_off", {"problem": _said(error)}, None
    except Exception:  # noqa: BLE001  (nobody waits for ever; what it was is no business of a page or a log)
        event, report, made = "break_off", {"problem": {}}, None
    actions.settle(draft=draft, run=run, event=event, report=report, made=made)


def _made(one: Draft, tell: Callable[[str], None]) -> tuple[str, Mapping[str, Any], str | None]:
    tell("read")
    spec, counts = kept.asked(one)
    seed = seed_of(release_key(), spec.name)
    earlier = tuple(kept.earlier_of(Path(settings.LOKET_RELEASES), one.earlier).values())
    try:
        # Not sealed yet: that is done when a person signs.
        made, report = protect(spec, counts, seed=seed, earlier=earlier, seconds=SECONDS, tell=tell)
    except NotSafe as answer:
        named = naming(spec)
        return "find_leak", {lang: refused_data(answer, spec.name, lang, named) for lang in ("nl", "en")}, None
    told = {lang: protected_data(made, report, spec.name, lang) for lang in ("nl", "en")}
    return "succeed", told, json.dumps(release_texts(made))


def _said(error: BadInput) -> dict[str, str]:
    pairs = {"nl": error.dutch or (error.what, error.remedy), "en": (error.what, error.remedy)}
    return {lang: f"{what[:1].upper()}{what[1:]}. {remedy.rstrip('.')}." for lang, (what, remedy) in pairs.items()}


@contextmanager
def watched(draft: uuid.UUID, run: uuid.UUID) -> Iterator[None]:
    """While the work runs: a sign of life every second, and an end to the process as soon as it was stopped."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(PAUSE):
            if not actions.alive(draft=draft, run=run):
                os._exit(3)  # in the middle of a solver: nothing was written, so nothing is left behind
        connections.close_all()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
