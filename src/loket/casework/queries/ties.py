"""What ties an organisation to a person by way of care: referrals, and requests for a place.

A tie is a relation of the access rules, with the kinds of data that came along. What a role may do with it, they say.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from loket.accounts.people import Member
from loket.casework.models.referral import Referral
from loket.casework.models.shelter import Placement
from loket.casework.slices import unpack
from loket.site.prepared import prepared

INVITED, ASSIGNED, PAST = "invited", "assigned", "past"
OF_REFERRAL: Final = {"requested": INVITED, "expired": INVITED, "accepted": ASSIGNED}
OF_PLACEMENT: Final = {"waiting": INVITED, "offered": INVITED, "placed": ASSIGNED}


@dataclass
class Ties:
    """The relations of one organisation to one person, and what came along with each."""

    fields: dict[str, frozenset[str]]

    @property
    def relations(self) -> frozenset[str]:
        return frozenset(self.fields)


def ties(member: Member, persons: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Ties]:
    """The ties of a member's organisation to each of these persons: two queries, however many there are."""
    wanted, own = list(persons), uuid.UUID(member.organisation)
    found: dict[uuid.UUID, Ties] = defaultdict(lambda: Ties({}))
    for row in _referrals(own, wanted):
        if str(row.receiver_id) == member.organisation:
            _add(found[row.person_id], OF_REFERRAL, row)
        else:
            found[row.person_id].fields.setdefault(PAST, frozenset())  # who handed over answers for them no longer
    for placement in _placements(own, wanted):
        _add(found[placement.person_id], OF_PLACEMENT, placement)
    return dict(found)


@prepared
def _referrals(organisation: uuid.UUID, persons: list[uuid.UUID]) -> QuerySet[Referral]:
    own = Q(receiver=organisation) | Q(sender=organisation, kind="transfer", state="accepted")
    return Referral.objects.select_related("subject").filter(own, person__in=persons)


@prepared
def _placements(organisation: uuid.UUID, persons: list[uuid.UUID]) -> QuerySet[Placement]:
    return Placement.objects.select_related("subject").filter(person__in=persons, shelter=organisation)


def _add(of: Ties, relations: Mapping[str, str], row: Any) -> None:
    relation = relations.get(row.state, PAST)
    part = frozenset() if relation == PAST else unpack(row.slice).fields
    of.fields[relation] = of.fields.get(relation, frozenset()) | part
