"""Which organisation at the counter a kind of organisation leads to: by region and target group, or nobody yet."""

from __future__ import annotations

import uuid
from functools import cached_property

from loket.accounts.models import Membership
from loket.casework.queries.directory import lines
from loket.casework.queries.directory import municipality as place
from schakel.networks.directory import Entry, lead


class Directory:
    """The directory as it is now, read once (three queries) for all that must be looked up in it."""

    @classmethod
    def now(cls) -> Directory:
        return cls()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every organisation; read when the first receiver is looked up."""
        return tuple(line.entry for line in lines())

    def receiver(self, kind: str, municipality: str, groups: frozenset[str] = frozenset()) -> uuid.UUID | None:
        """The organisation that a kind leads to for somebody in this municipality; None: the registrar finds one."""
        found = lead(kind, place(municipality), groups, self.entries)
        return None if found.task_of_registrar or not found.entries else uuid.UUID(found.entries[0].id)

    @cached_property
    def registry(self) -> uuid.UUID | None:
        """The registration point: the organisation where a registrar works (the first that was admitted)."""
        rows = _standing().filter(role="registrar").order_by("organisation__admitted_at", "organisation_id")
        return rows.values_list("organisation_id", flat=True).first()


def _standing():  # type: ignore[no-untyped-def]
    return Membership.objects.filter(until=None, user__is_active=True, organisation__ended_at=None)
