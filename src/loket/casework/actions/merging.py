"""Two registrations of one person made one, and undone again; or put on record that they are two people."""

from __future__ import annotations

import uuid

from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import stored
from loket.casework.access import standing
from loket.casework.actions import ending, registering
from loket.casework.actions.common import locked_registration, same_version, writing
from loket.casework.models import Merge, NotTheSame, Registration
from schakel.casework import duplicates as pure

PURPOSE = "registration"


def merge(*, by: Member, kept: uuid.UUID, merged: uuid.UUID, reason: str, version: int | None = None) -> Merge:
    """The second goes into the first; both keep their reports, and it can be undone. Only the registration point may.

    Raises BadInput for a count without a name, for one and the same, and without a reason.
    """
    entry = {"event": "casework.merge", "kind": "registration", "object": merged}
    with writing(by=by, purpose=PURPOSE) as trail:
        rows = {pk: locked_registration(pk) for pk in sorted({kept, merged}, key=str)}
        for row in rows.values():
            standing(by, row.person, row).must("merge", PURPOSE, **entry)
        here, there = rows[merged], rows[kept]
        same_version(here, version, subject=here.subject_id, **entry)
        if there.state == "merged":
            raise Refused("merged_already", subject=here.subject_id, **entry)
        pure.merge(stored.registration(there), stored.registration(here), timezone.localdate(), by=by.membership,
                   reason=reason)  # fmt: skip
        before = here.state
        relation = standing(by, here.person, here).must("merge", PURPOSE, **entry)
        here.merged_into = there
        move = registering.moved(here, "merge", by=[by.role], words=reason, target=str(there.pk))
        registering.keep(here, move, by, trail, relation, reason)
        made = Merge(kept=there, merged=here, subject=here.subject, state_before=before, on=timezone.localdate(),
                     by_id=by.user)  # fmt: skip
        made.reason = reason.strip()
        made.save(force_insert=True)
        trail.note("casework.merge_into", kind="registration", object=there.pk, subject=there.subject_id,
                   relation=relation)  # fmt: skip
    return made


def unmerge(*, by: Member, merge: uuid.UUID, reason: str) -> Registration:
    """Undo a merge: the merged registration stands where the lifecycle puts it, with all that it had."""
    entry = {"event": "casework.unmerge", "kind": "merge", "object": merge}
    with writing(by=by, purpose=PURPOSE) as trail:
        found = Merge.objects.filter(pk=merge, undone_on=None).values_list("merged_id", flat=True).first()
        if found is None:
            raise Refused("not_found", **entry)
        here = locked_registration(found)
        row = Merge.objects.select_for_update().get(pk=merge)
        relation = standing(by, here.person, here).must("merge", PURPOSE, **entry)
        here.merged_into = None
        move = registering.moved(here, "unmerge", by=[by.role], words=reason)
        registering.keep(here, move, by, trail, relation, reason)
        row.undone_on, row.undone_by_id = timezone.localdate(), by.user
        row.save(update_fields=["undone_on", "undone_by"])
        ending.run_again(here, by=by, trail=trail)
    return here


def apart(*, by: Member, one: uuid.UUID, other: uuid.UUID) -> None:
    """They are two people: they are no longer shown as a possible double of each other."""
    entry = {"event": "casework.apart", "kind": "registration", "object": one}
    with writing(by=by, purpose=PURPOSE) as trail:
        first, second = sorted((locked_registration(one), locked_registration(other)), key=lambda row: str(row.pk))
        for row in (first, second):
            relation = standing(by, row.person, row).must("merge", PURPOSE, **entry)
            trail.note("casework.apart", kind="registration", object=row.pk, subject=row.subject_id, relation=relation)
        NotTheSame.objects.get_or_create(one=first, other=second,
                                         defaults={"on": timezone.localdate(), "by_id": by.user})  # fmt: skip
