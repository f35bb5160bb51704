"""Tasks are handed on when the registration point takes a registration up: whoever has one sees it then, and hears so.

Until then a task lies with an organisation whose people may not see it yet, except those who find and report.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import QuerySet

from loket.accounts.people import Member
from loket.casework.actions.outbox import tell_all, tell_each
from loket.casework.models import Registration, Task
from loket.site.prepared import Changed, prepared, prepared_change
from schakel.casework.duty import WAITING
from schakel.casework.ending import TAKEN

EARLY: Final = "finder"  # the role that works on what was assigned before it is taken up (`access.early` says who may)
WHAT: Final = "duty.made"


def hand_on(row: Registration, by: Member) -> None:
    """Where a registration is taken up now: its tasks lie open to whoever has them, and those hear that there are."""
    held = _held(row.person_id) if row.state in TAKEN else []
    if held:
        _hand_on(row.person_id)
        others = {organisation for organisation, state in held if state in WAITING}
        tell_all(what=WHAT, organisations=others - {None, uuid.UUID(by.organisation)})


def tell_made(made: Iterable[Task], by: Member | None) -> None:
    """Organisations that got a task they did not make themselves hear that there is something: all their people, or
    as long as it was not handed on those who may see it."""
    ours = {None, uuid.UUID(by.organisation) if by else None}
    open_, early = ({one.organisation_id for one in made if one.handed_on is handed} - ours for handed in (True, False))
    tell_all(what=WHAT, organisations=open_)
    tell_each(what=WHAT, to=dict.fromkeys(early - open_), roles=dict.fromkeys(early - open_, EARLY))


@prepared
def _held(person: uuid.UUID) -> QuerySet[Any]:
    return Task.objects.filter(person=person, handed_on=False).values_list("organisation", "state")


@prepared_change
def _hand_on(person: uuid.UUID) -> Changed:
    return Task.objects.filter(person=person, handed_on=False), {"handed_on": True}
