"""Adding and removing a file about a person: looked at, sealed with that person's key, and never kept bare."""

from __future__ import annotations

import re
import uuid
from typing import Final

from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import sealing
from loket.casework.access import KINDS, Standing, standing
from loket.casework.actions.common import locked_person, writing
from loket.casework.models.attachment import Attachment, AttachmentBytes
from schakel.casework.filetypes import kind_of

# The kinds of data that a file can be; each is shown to who may see that kind.
FIELDS: Final = ("situation", "identity", "needs", "health", "criminal", "residence")
SEES: Final = {kind: action for action, kind in KINDS.items()}
MOST: Final = 50


def add_attachment(*, by: Member, person: uuid.UUID, field: str, name: str, data: bytes, note: str = "") -> Attachment:
    """Keep a file. Raises Refused (not allowed, too many) or BadInput (a kind of file that is not kept).

    Who may add facts, or is still filling in the draft, may add a file about what they may see.
    """
    kind = kind_of(data, name)
    asked = {"event": "exchange.add_attachment", "kind": "person", "object": person}
    with writing(by=by, purpose="care" if by.role != "finder" else "registration") as trail:
        row = locked_person(person)
        here = standing(by, row)
        relation = _must_add(here, field)
        if field not in FIELDS:
            raise Refused("attachment_needs_kind", subject=row.subject_id, **asked)
        if Attachment.objects.filter(person=row, removed_at=None).count() >= MOST:
            raise Refused("too_many_attachments", subject=row.subject_id, **asked)
        made = Attachment.objects.create(
            person=row, subject=row.subject, field=field, kind=kind.id, size=len(data), name=bare_name(name),
            note=note.strip() or None, organisation_id=by.organisation, added_by_id=by.membership,
            added_at=timezone.now(),
        )  # fmt: skip
        AttachmentBytes.objects.create(attachment=made, sealed=sealing.seal(row.subject, made.pk, data))
        trail.note("exchange.add_attachment", kind="attachment", object=made.pk, subject=row.subject_id,
                   relation=relation, place=f"{field}, {kind.id}")  # fmt: skip
    return made


def remove_attachment(*, by: Member, attachment: uuid.UUID) -> uuid.UUID:
    """Take a file away: its bytes and its name go, that it was there stays. By who added it, or the registrar."""
    with writing(by=by, purpose="care" if by.role != "finder" else "registration") as trail:
        found = Attachment.objects.select_related("subject").filter(pk=attachment, removed_at=None).first()
        if found is None:
            raise Refused("not_found", event="exchange.remove_attachment")
        here = standing(by, locked_person(found.person_id))
        relation = _must_add(here, found.field, "exchange.remove_attachment")
        if str(found.organisation_id) != by.organisation and by.role != "registrar":
            raise Refused("not_your_attachment", event="exchange.remove_attachment", kind="attachment",
                          object=attachment, subject=found.subject_id)  # fmt: skip
        AttachmentBytes.objects.filter(attachment=found).delete()
        found.name, found.note, found.removed_at = None, None, timezone.now()
        found.save()
        trail.note("exchange.remove_attachment", kind="attachment", object=attachment, subject=found.subject_id,
                   relation=relation)  # fmt: skip
    return found.person_id


def _must_add(here: Standing, field: str, event: str = "exchange.add_attachment") -> str:
    """The relation that allows it: filling in a draft, or adding facts of a kind that one sees."""
    if here.may("edit_draft"):
        return here.must("edit_draft", event=event)
    relation = here.must("add_facts", event=event)
    if field not in here.sees():
        here.must(SEES.get(field, "see_situation"), event=event)
    return relation


def bare_name(name: str) -> str:
    """The name of a file without folders and signs that steer something; at most 120 characters, its ending kept."""
    last = re.split(r"[/\\]", name)[-1]
    stem, _, ending = "".join(sign for sign in last if sign.isprintable()).rpartition(".")
    return f"{stem.strip(' .')[:110] or 'bestand'}.{ending[:8]}"
