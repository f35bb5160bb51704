"""After an emergency: whom somebody looked at inside an opened glass, whether it was needed, and whether they know."""

from __future__ import annotations

import uuid
from typing import Final

from django.utils import timezone

from loket.accounts.models import OpenedGlass
from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import standing
from loket.casework.actions.common import locked_person, writing
from loket.casework.actions.outbox import tell
from loket.casework.models import EmergencyLook

VERDICTS: Final = ("needed", "not_needed")
REVIEWERS: Final = ("registrar", "auditor")


def looked(*, by: Member, person: uuid.UUID) -> EmergencyLook | None:
    """Somebody opened a person inside a glass: on record at once, and the registration point hears it.

    None where no glass is open, or where they may see this person without it: then it was no emergency.
    """
    now = timezone.now()
    glass = OpenedGlass.objects.filter(membership=by.membership, until__gt=now).order_by("-opened_at").first()
    if glass is None:
        return None
    with writing(by=by, purpose="safety") as trail:
        row = locked_person(person)
        here = standing(by, row)
        if "emergency" not in here.relations:
            return None
        made, new = EmergencyLook.objects.get_or_create(glass=glass, person=row, defaults={"at": now})
        if new:
            trail.note("casework.emergency_look", kind="person", object=row.pk, subject=row.subject_id,
                       relation="emergency", reason=glass.reason, emergency=True)  # fmt: skip
            if here.registration and here.registration.registry_id:
                tell(what="emergency.looked", organisation=here.registration.registry_id, object=made.pk,
                     role="registrar")  # fmt: skip
    return made


def review(*, by: Member, look: uuid.UUID, verdict: str) -> EmergencyLook:
    """Somebody else looked into it: it was needed, or not. Whoever opened the glass cannot."""
    entry = {"event": "casework.emergency_review", "kind": "look", "object": look}
    with writing(by=by, purpose="oversight" if by.role == "auditor" else "registration") as trail:
        row = _found(look)
        entry["subject"] = row.person.subject_id
        _must_review(by, row, entry)
        if verdict not in VERDICTS or str(row.glass.membership.user_id) == by.user:
            raise Refused("not_your_own_glass", **entry)
        row.verdict, row.reviewed_by_id, row.reviewed_at = verdict, by.user, timezone.now()
        row.save()
        trail.note(**entry, place=verdict)
    return row


def told(*, by: Member, look: uuid.UUID) -> EmergencyLook:
    """The person was told, as soon as that was safe."""
    entry = {"event": "casework.emergency_told", "kind": "look", "object": look}
    with writing(by=by, purpose="registration") as trail:
        row = _found(look)
        person = locked_person(row.person_id)
        entry["subject"] = person.subject_id
        relation = standing(by, person).must("decide_correction", "registration", **entry)
        EmergencyLook.objects.filter(pk=row.pk, told_on=None).update(told_on=timezone.localdate())
        trail.note(**entry, relation=relation)
    return row


def _found(look: uuid.UUID) -> EmergencyLook:
    rows = EmergencyLook.objects.select_for_update(of=("self",))
    row = rows.select_related("glass__membership", "person__encounter", "person__subject").filter(pk=look).first()
    if row is None:
        raise Refused("not_found", event="casework.asked", kind="look", object=look)
    return row


def _must_review(by: Member, row: EmergencyLook, entry: dict[str, object]) -> None:
    """An auditor reviews everybody's; the registration point those of the people it registers."""
    here = standing(by, row.person)
    if by.role == "auditor":
        here.must("see_readers", "oversight", **entry)
    else:
        here.must("decide_correction", "registration", **entry)
