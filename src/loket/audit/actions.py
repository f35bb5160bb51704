"""The only writer of the log: entries come at the end of the transaction that they are about, or with its refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from loket.audit import chain
from loket.audit.models import Entry
from loket.audit.who import DONE, REFUSED, Actor, Refused, Trail
from loket.site.prepared import prepared
from loket.site.rows import insert
from loket.vault.queries import stand_in

HOUSE = "house"
LOCK = 0x5C4A_6B31  # one number for our advisory lock on PostgreSQL; SQLite has a single writer as it is


@contextmanager
def act(*, by: Actor, **common: Any) -> Iterator[Trail]:
    """One transaction: the work, and then what is said of it. A Refused undoes the work, and is written by itself.

    common: what holds for each entry (purpose, ground, relation, protocol). The entries are written last, so that the
    lock on the chain is held as short as can be, and never while waiting for another lock.
    """
    trail = Trail()
    try:
        with transaction.atomic():
            yield trail
            _write(by, [{**common, **note} for note in trail.notes])
    except Refused as refused:
        with transaction.atomic():
            _write(by, [{"event": "unknown.asked", **common, **refused.entry, "reason": refused.reason}], REFUSED)
        raise


def record(event: str, *, by: Actor, **what: Any) -> None:
    """One entry in a transaction of its own: for what is only read, or happened elsewhere (a sign-in)."""
    with act(by=by) as trail:
        trail.note(event, **what)


def _write(by: Actor, notes: list[dict[str, Any]], outcome: str = DONE) -> None:
    """Append to the chain, holding its lock until the transaction ends."""
    if not notes:
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    number, before = _last.first(HOUSE) or (0, chain.START)
    entries = []
    for note in notes:
        number += 1
        entry = _entry(by, note, outcome, number, before)
        before = entry.digest
        entries.append(entry)
    insert(entries)


@prepared
def _last(name: str) -> Any:
    return Entry.objects.filter(chain=name).order_by("-number").values_list("number", "digest")[:1]


def _entry(by: Actor, note: dict[str, Any], outcome: str, number: int, before: str) -> Entry:
    """One entry with its digest; ids become stand-ins here, so that no caller can forget it."""
    kind, thing, person = note.pop("kind", ""), note.pop("object", ""), note.pop("subject", "")
    entry = Entry(
        chain=HOUSE,
        number=number,
        at=timezone.now(),
        outcome=note.pop("outcome", outcome),
        object_kind=kind,
        object=stand_in(kind, thing) if thing else "",
        subject=stand_in("subject", person) if person else "",
        predecessor=before,
        **{**vars(by), **note},
    )
    entry.digest = chain.digest(entry.__dict__)
    return entry
