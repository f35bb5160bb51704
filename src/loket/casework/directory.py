"""Which organisation at the counter a kind of organisation leads to: by region and target group, or nobody yet."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from loket.accounts.models import Membership
from loket.casework.queries.directory import lines
from loket.casework.queries.directory import municipality as place
from loket.site.prepared import prepared
from schakel.networks.directory import Entry, lead


class Directory:
    """The directory as it is now: organisations of a kind are read once, in one query for the kinds that are named."""

    def __init__(self, kinds: Iterable[str] = ()) -> None:
        self.entries: dict[str, list[Entry]] = {}
        self._read(set(kinds))

    @classmethod
    def now(cls, kinds: Iterable[str] = ()) -> Directory:
        return cls(kinds)

    def _read(self, kinds: set[str]) -> None:
        self.entries |= {kind: [] for kind in kinds}
        for line in lines(sorted(kinds)) if kinds else ():
            self.entries[line.kind].append(line.entry)

    def receiver(self, kind: str, municipality: str, groups: frozenset[str] = frozenset()) -> uuid.UUID | None:
        """The organisation that a kind leads to for somebody in this municipality; None: the registrar finds one."""
        if kind not in self.entries:
            self._read({kind})
        found = lead(kind, place(municipality), groups, self.entries[kind])
        return None if found.task_of_registrar or not found.entries else uuid.UUID(found.entries[0].id)

    @cached_property
    def registry(self) -> uuid.UUID | None:
        """The registration point: the organisation where a registrar works (the first that was admitted)."""
        found = _registries.first()
        return found[0] if found else None


@prepared
def _registries() -> QuerySet[Any]:
    working = Membership.objects.filter(role="registrar", until=None, user__is_active=True, organisation__ended_at=None)
    return working.order_by("organisation__admitted_at", "organisation_id").values_list("organisation_id")[:1]
