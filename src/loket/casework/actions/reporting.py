"""Reports: every one is kept, with who told it, when and how. The first comes with the draft; more may follow."""

from __future__ import annotations

import uuid
from datetime import date

from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework.access import purpose_of, standings
from loket.casework.actions.common import locked_encounter, writing
from loket.casework.actions.outbox import tell
from loket.casework.models import Encounter, Person, Registration, Report
from loket.casework.taking import CHANNELS, Taken, reporter_kind
from loket.site.rows import insert
from schakel.vocabulary.errors import refused

ADD = "add_report"
EVENT = "casework.add_report"
LATER = ("submitted", "returned", "accepted", "reopened", "counted")  # a report is added once the draft was submitted


def report(
    row: Encounter, by: Member, on: date, taken: Taken | None, person: Person | None = None, words: str = ""
) -> Report:
    """The row of a report, within the transaction of the caller; sealed with the key of who it is about."""
    made = Report(
        encounter=row, person=person, subject=person.subject if person else row.subject,
        reported_on=taken.on if taken else on,
        reporter_kind=reporter_kind(taken.who) if taken else by.organisation_kind,
        organisation_id=None if taken else by.organisation, reporter_id=None if taken else by.membership,
        channel=taken.channel if taken else "", taken_by_id=by.membership if taken else None,
    )  # fmt: skip
    made.teller = taken.teller.strip()[:400] or None if taken else None
    made.words = words.strip() or None
    insert([made])
    return made


def add(
    *, by: Member, encounter: uuid.UUID, person: uuid.UUID | None, words: str, taken: Taken | None = None
) -> Report:
    """One more report of an encounter that is there already, about one person of it or about everyone.

    Nothing told before is changed by it. Raises Denied for who may not, BadInput for a report without words.
    """
    if not words.strip():
        raise refused(
            ("a report needs words", "Write down what was told"),
            ("een melding heeft woorden nodig", "Schrijf op wat er is verteld"),
        )
    entry = {"event": EVENT, "kind": "encounter", "object": encounter}
    with writing(by=by, purpose=purpose_of(by)) as trail:
        row = locked_encounter(encounter)
        people = list(Person.objects.select_related("subject").filter(encounter=row, subject__erased_at=None))
        about = [one for one in people if person in (None, one.pk)]
        if not about:
            raise Refused("not_found", **entry)
        for one in people:
            one.encounter = row
        here = standings(by, about)
        relations = [here[one.pk].must(ADD, purpose_of(by), **entry) for one in about]
        if taken and (by.role != "registrar" or taken.channel not in CHANNELS):
            raise Refused("not_here", **entry)
        made = report(row, by, timezone.localdate(), taken, about[0] if person else None, words)
        row.changed_at = timezone.now()
        row.save(update_fields=["changed_at"])
        for one in about:
            trail.note(EVENT, kind="person", object=one.pk, subject=one.subject_id, relation=relations[0],
                       place=made.channel)  # fmt: skip
        _tell_point(by, about)
    return made


def _tell_point(by: Member, about: list[Person]) -> None:
    """The registration point hears that there is something, unless it wrote it down itself."""
    rows = Registration.objects.filter(person__in=about, state__in=LATER).exclude(registry=None)
    for registry in set(rows.values_list("registry_id", flat=True)):
        if str(registry) != by.organisation:
            tell(what="report.added", organisation=registry, role="registrar")
