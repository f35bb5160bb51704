"""The only reader of the log. Who may ask is decided, and recorded, by the room that asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from loket.audit import chain
from loket.audit.models import Entry
from loket.vault.queries import stand_in


def verdict(heads: Mapping[int, str] | None = None, name: str = "house") -> chain.Verdict:
    """Whether the chain holds; see ``chain.verify``."""
    rows = Entry.objects.filter(chain=name).order_by("number").values(*chain.FIELDS, "digest")
    return chain.verify(name, rows.iterator(chunk_size=2_000), heads)


def head(name: str = "house") -> tuple[int, str]:
    """Number and digest of the last entry."""
    last = Entry.objects.filter(chain=name).order_by("-number").values_list("number", "digest").first()
    return last or (0, chain.START)


def about(person: object) -> list[dict[str, Any]]:
    """What was done with the data of one person, oldest first."""
    return list(Entry.objects.filter(subject=stand_in("subject", person)).order_by("number").values())


def of_organisation(organisation: object, since: datetime) -> QuerySet[Entry]:
    """What people of an organisation did since then, newest first."""
    return Entry.objects.filter(organisation=str(organisation), at__gte=since).order_by("-number")


def last_of(organisation: object | None, count: int) -> list[dict[str, Any]]:
    """The last entries of one organisation, or of all."""
    rows = Entry.objects.all() if organisation is None else Entry.objects.filter(organisation=str(organisation))
    return list(rows.order_by("-number").values()[:count])
