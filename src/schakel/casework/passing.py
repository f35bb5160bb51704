"""What casework hands on about all of them: events and registrations under a pseudonym, without identity."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from schakel.casework.duplicates import SHORTEST_KEY
from schakel.casework.duty import DutyTask
from schakel.casework.person import CasePerson
from schakel.casework.registration import Registration, figures_row


def pseudonym(key: bytes, person: str) -> str:
    """The name of a person in one extract: HMAC-SHA-256 under a key that is made for that extract and then destroyed.

    Two extracts with keys of their own cannot be laid side by side. Raises ValueError for a key under 32 bytes.
    """
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"the key of an extract has at least {SHORTEST_KEY} bytes; make a longer one")
    return hmac.new(key, person.encode(), hashlib.sha256).hexdigest()[:32]


def event_rows(key: bytes, steps: Iterable[tuple[DutyTask, date]]) -> Iterator[dict[str, Any]]:
    """Rows of the table `events` (`schakel.vocabulary.passing`): each task as it was on the day of a change."""
    for task, day in steps:
        yield {
            "pseudonym": pseudonym(key, task.person), "duty": task.duty, "content_hash": task.content,
            "holder_kind": task.holder, "state": task.state, "at": day,
        }  # fmt: skip


def registration_rows(key: bytes, found: Iterable[tuple[Registration, CasePerson]]) -> Iterator[dict[str, Any]]:
    """One row a registration for `monitor`: a pseudonym, the month, and the facts that are counted; no identity."""
    for registration, person in found:
        month = registration.made_on.strftime("%Y-%m")
        yield {"pseudonym": pseudonym(key, person.id), "month": month, **figures_row(registration, person)}
