"""What is thrown away or moves on by itself when its time has come: `loket worker` does it."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from loket.casework.actions import clients, intake, outbox
from loket.site.databases import count_anew

SETTLED_FOR = timedelta(days=30)


def tidy() -> dict[str, int]:
    """Every chore once; how many things each dealt with. The database looks how it is filled, too."""
    now = timezone.now()
    count_anew(connection)
    return {
        "lines": outbox.forget(before=now - SETTLED_FOR),
        "imports": intake.destroy_old(now=now),
        "answers": clients.forget_answers(now=now),
    }
