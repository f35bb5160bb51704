"""What a withdrawal does to what was shared already: each slice loses it, each receiver hears it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from loket.audit.who import Trail
from loket.casework import stored_care
from loket.casework.access import Standing
from loket.casework.actions.outbox import tell_each
from loket.casework.models import Ground, Placement, PlacementAnswer, Referral, ReferralStep
from loket.casework.queries.sharing import SHELTER
from loket.casework.slices import pack, unpack
from loket.site.prepared import prepared
from loket.site.rows import insert, update
from schakel.casework import consent as pure

LIVE = ("waiting", "offered")


def withdraw(row: Ground, here: Standing, on: date, trail: Trail) -> int:
    """Withdraw this consent, inside the caller's transaction; how many referrals and requests it reached."""
    rows = _referrals(row.person_id)
    for one in rows:
        one.subject = row.subject
    done = pure.withdraw(stored_care.ground(row), [stored_care.referral(one, kinds=True) for one in rows], on)
    row.state, row.ended_on, row.version = done.ground.state, done.ground.ended_on, row.version + 1
    row.recorded_at = timezone.now()
    update(row)
    changed = [(one, new) for one, new in zip(rows, done.referrals, strict=True) if _fell(one, new)]
    for one, new in changed:
        one.slice, one.state, one.changed_on, one.version = pack(new.slice), new.state, on, one.version + 1
        update(one, "slice", "state", "changed_on", "version")
        insert([ReferralStep(referral=one, subject=row.subject, at=timezone.now(), event="withdraw_consent",
                             to=one.state, organisation_id=here.by.organisation)])  # fmt: skip
        trail.note("casework.referral_slice", kind="referral", object=one.pk, subject=row.subject_id,
                   place=" ".join(sorted(new.slice.fields))[:120])  # fmt: skip
    places = _places(row, here, on, trail) if row.purpose == SHELTER else []
    _tell([one.receiver_id for one, _ in changed] + [one.shelter_id for one in places], row)
    return len(changed) + len(places)


@prepared
def _referrals(person: uuid.UUID) -> QuerySet[Referral]:
    return Referral.objects.select_for_update(of=("self",)).select_related("sender").filter(person=person)


@prepared
def _requests(person: uuid.UUID) -> QuerySet[Placement]:
    return Placement.objects.select_for_update(of=("self",)).filter(person=person)


def _fell(row: Referral, new: Any) -> bool:
    return bool(unpack(row.slice).fields != new.slice.fields)


def _places(row: Ground, here: Standing, on: date, trail: Trail) -> list[Placement]:
    """Requests for a place lose it likewise; one that is still asked, and of which nothing is left, is withdrawn."""
    reached = []
    for one in _requests(row.person_id):
        one.subject = row.subject
        part = unpack(one.slice)
        if row.receiver_kind not in ("", one.shelter_kind) or not part.on_consent:
            continue
        left = part.without(part.on_consent)
        one.slice, one.version = pack(left), one.version + 1
        if one.state in LIVE and not left.fields:
            one.state, one.ended_on = "withdrawn", on
        update(one, "slice", "state", "ended_on", "version")
        insert([PlacementAnswer(
            placement=one, subject=row.subject, organisation_id=here.by.organisation, shelter_id=one.shelter_id,
            at=timezone.now(), on=on, event="withdraw_consent", to=one.state,
        )])  # fmt: skip
        trail.note("casework.placement_slice", kind="placement", object=one.pk, subject=row.subject_id)
        reached.append(one)
    return reached


def tell_receivers(row: Ground, here: Standing) -> None:
    """Everybody who has something for this purpose hears that the person objects."""
    rows = Referral.objects.filter(person=row.person, purpose=row.purpose, state__in=("requested", "accepted"))
    if row.receiver_kind:
        rows = rows.filter(receiver_kind=row.receiver_kind)
    _tell(list(rows.values_list("receiver_id", flat=True)), row)


def _tell(organisations: Iterable[Any], row: Ground) -> None:
    to = {one for one in (*organisations, row.asked_by_id) if one}
    tell_each(what="consent.withdrawn", to=dict.fromkeys(to), object=row.pk)
