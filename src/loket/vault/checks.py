"""What `loket check` says about the keys."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

from loket.vault.keyfile import ring


@register(Tags.security, deploy=True)
def keys_are_there_and_safe(**_: Any) -> list[CheckMessage]:
    """The key file exists, only its owner reads it, and it is not made by itself."""
    found: list[CheckMessage] = []
    if settings.LOKET_KEYS_MADE_WHEN_MISSING:
        found.append(Error("Keys are made when they are missing: that is for the demo only.", id="loket.E020"))
    path = Path(settings.LOKET_KEY_FILE)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return [*found, Error(f"There is no key file {path}: make one with `loket keys new`.", id="loket.E021")]
    except OSError:  # of which the ring says more
        mode = 0
    try:
        ring()
    except ImproperlyConfigured as error:
        found.append(Error(str(error), id="loket.E022"))
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        found.append(Error(f"Others than its owner can read {path}: chmod 600 it.", id="loket.E023"))
    ledger = Path(settings.LOKET_LEDGER)
    if ledger.resolve().parent == path.resolve().parent:
        hint = "Set LOKET_LEDGER to a folder that is backed up by itself."
        found.append(Warning("The ledger of erasures lies beside the keys.", hint=hint, id="loket.W024"))
    return found


def out_of_order() -> list[str]:
    """What /readyz says about the keys (see settings.LOKET_READY): that they cannot be read, and not where they are."""
    try:
        ring()
    except ImproperlyConfigured:
        return ["the keys cannot be read: `loket check --deploy` says why"]
    return []
