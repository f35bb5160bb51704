"""The ledger of erasures: a file beside the database, so that a restored back-up forgets again who was erased since.

A line is ``<subject id> <moment>``: an id that means nothing once its key is gone. The line is on the disk before the
key is destroyed, so a crash between the two leaves an erasure to do, never one that is forgotten.
"""

from __future__ import annotations

import os
import uuid
from datetime import datetime
from pathlib import Path


def write(path: Path, subject: uuid.UUID, at: datetime) -> None:
    """One line at the end, and wait for the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="ascii") as file:
        file.write(f"{subject} {at.isoformat()}\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> dict[uuid.UUID, datetime]:
    """Who was erased, and when first. A half line (a crash while writing) is no erasure: it was not confirmed."""
    if not path.exists():
        return {}
    found: dict[uuid.UUID, datetime] = {}
    for line in path.read_text("ascii").splitlines():
        subject, _, moment = line.partition(" ")
        try:
            found.setdefault(uuid.UUID(subject), datetime.fromisoformat(moment))
        except ValueError:
            continue
    return found
