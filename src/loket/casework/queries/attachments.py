"""Files about a person, for who may see the kind of data that each is; every file that is opened is in the log."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import sealing
from loket.casework.access import KINDS, Standing, standing
from loket.casework.models import Attachment, Person
from loket.casework.reading import looking, opened
from loket.site.prepared import prepared
from schakel.casework.filetypes import KINDS as FILE_KINDS
from schakel.casework.filetypes import FileKind

SEES = {kind: action for action, kind in KINDS.items()}


@dataclass(frozen=True)
class FileLine:
    """A file as it stands in a list. `removed`: that there was one, and no more."""

    id: uuid.UUID
    name: str
    note: str
    kind: FileKind
    field: str
    size: int
    added_at: datetime
    organisation: str
    removed: bool
    mine: bool


@dataclass(frozen=True)
class Files:
    """The files of one person that this member may see, and whether they may add one."""

    person: uuid.UUID
    number: int
    lines: tuple[FileLine, ...]
    fields: tuple[str, ...]

    @property
    def may_add(self) -> bool:
        return bool(self.fields)


@dataclass(frozen=True)
class Download:
    """One file as it is handed back: to be saved, never shown inside a page."""

    name: str
    mime: str
    data: bytes


def files(*, by: Member, person: uuid.UUID, fields: tuple[str, ...]) -> Files:
    """The files of a person. `fields`: the kinds of data that a file can be. Raises Refused where nothing is seen."""
    with looking(by) as trail:
        row = _person(person)
        here = standing(by, row)
        sees = here.sees()
        if sees <= {"status"}:
            here.must("see_situation", event="exchange.see_attachments")
        lines = tuple(_line(one, by) for one in _of_person(row.pk) if one.field in sees)
        opened(trail, here, _relation(here, "see_status"), f"attachments, {len(lines)}")
    adds = here.may("edit_draft") or here.may("add_facts")
    return Files(person, row.number, lines, tuple(one for one in fields if one in sees) if adds else ())


def download(*, by: Member, attachment: uuid.UUID) -> Download:
    """One file with its bytes. Raises Refused where it may not be seen, is removed, or its person was erased."""
    with looking(by) as trail:
        row = Attachment.objects.select_related("subject", "bytes", "person__encounter", "person__subject").filter(
            pk=attachment
        ).first()  # fmt: skip
        if row is None:
            raise Refused("not_found", event="exchange.open_attachment")
        here = standing(by, row.person)
        if row.field not in here.sees():
            here.must(SEES[row.field], event="exchange.open_attachment", kind="attachment", object=attachment)
            raise Refused("not_shared", event="exchange.open_attachment", kind="attachment", object=attachment,
                          subject=row.subject_id)  # fmt: skip
        data = None
        if row.removed_at is None:
            data = sealing.unseal(row.subject, row.pk, bytes(row.bytes.sealed))
        if data is None:
            raise Refused("not_found", event="exchange.open_attachment", subject=row.subject_id)
        trail.note("exchange.open_attachment", kind="attachment", object=row.pk, subject=row.subject_id,
                   relation=_relation(here, SEES[row.field]), place=f"{row.field}, {row.kind}")  # fmt: skip
    return Download(row.name, FILE_KINDS[row.kind].mime, data)


def count(*, standing: Standing) -> int:
    """How many files of a person this member may see, for a link on the page of the person."""
    return Attachment.objects.filter(person=standing.person, removed_at=None, field__in=standing.sees()).count()


def _relation(here: Standing, action: str) -> str:
    """The relation by which it is seen: as who fills in the draft, or as who may see that kind of data."""
    return here.must("edit_draft" if here.may("edit_draft") else action)


def _person(pk: uuid.UUID) -> Person:
    row: Person | None = _known.first(pk)
    if row is None:
        raise Refused("not_found", event="exchange.see_attachments")
    return row


@prepared
def _known(pk: uuid.UUID) -> QuerySet[Person]:
    return Person.objects.select_related("encounter", "subject").filter(pk=pk)


@prepared
def _of_person(person: uuid.UUID) -> QuerySet[Attachment]:
    return Attachment.objects.select_related("subject", "organisation").filter(person=person)


def _line(row: Attachment, by: Member) -> FileLine:
    return FileLine(
        row.pk, row.name or "", row.note or "", FILE_KINDS[row.kind], row.field, row.size, row.added_at,
        row.organisation.name, row.removed_at is not None, str(row.organisation_id) == by.organisation,
    )  # fmt: skip
