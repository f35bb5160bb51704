"""One more fact about everyone or about one person: nothing told before is lost, and the tasks follow."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused, Trail
from loket.casework import stored
from loket.casework.access import OWN_DRAFT, Standing, purpose_of, standings
from loket.casework.actions.common import locked_encounter, locked_person, same_version, writing
from loket.casework.actions.drafting import PURPOSE as DRAFTING
from loket.casework.actions.drafting import touch
from loket.casework.actions.duties import recomputed
from loket.casework.actions.duty_rows import case_of, case_with
from loket.casework.models import Encounter, Person
from loket.casework.taking import relation_of
from loket.site.prepared import prepared
from loket.site.rows import update
from schakel.casework.encounter import situation
from schakel.casework.ending import WORKING
from schakel.casework.person import CasePerson, Exploitation
from schakel.mechanism.assess import assess
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim

EVENT = "casework.tell"
FOUND = "found_on"  # a fact that the encounter also carries as its day


def tell_shared(*, by: Member, encounter: uuid.UUID, claim: Claim, beside: bool = False, version: int) -> Encounter:
    """A fact about everyone. Later, once registered, whoever may add facts to one of them may add one for all."""
    with writing(by=by, purpose=purpose_of(by)) as trail:
        row = locked_encounter(encounter)
        people = _people(row)
        relation, draft, _ = _must_tell(by, row, people)
        same_version(row, version, event=EVENT, kind="encounter", object=row.pk)
        now = stored.encounter(row, ())
        if claim.fact == FOUND and claim.day:
            row.found_on = claim.day
        row.shared = stored.shared_text(replace(now, shared=told(now.shared, claim, by, beside, draft)))
        touch(row, "shared", "found_on")
        for person in people:
            trail.note(EVENT, kind="person", object=person.pk, subject=person.subject_id, relation=relation,
                       place=claim.fact)  # fmt: skip
        followed(row, by, trail)
    return row


def set_place(*, by: Member, encounter: uuid.UUID, municipality: str, version: int) -> None:
    """The municipality of the encounter (a code, or nothing): it says who must do what, and where."""
    with writing(by=by, purpose=purpose_of(by)) as trail:
        row = locked_encounter(encounter)
        people = _people(row)
        relation, *_ = _must_tell(by, row, people)
        same_version(row, version, event=EVENT, kind="encounter", object=row.pk)
        code = load().places.find(municipality, "").code if municipality else ""
        row.shared = stored.shared_text(replace(stored.encounter(row, ()), municipality=code))
        touch(row, "shared")
        for person in people:
            trail.note(EVENT, kind="person", object=person.pk, subject=person.subject_id, relation=relation,
                       place="municipality")  # fmt: skip
        followed(row, by, trail)


def tell(*, by: Member, person: uuid.UUID, claim: Claim, beside: bool = False, version: int) -> Person:
    """A fact about one person."""
    with writing(by=by, purpose=purpose_of(by)) as trail:
        row = locked_person(person)
        relation, draft, here = _must_tell(by, row.encounter, [row])
        same_version(row.encounter, version, event=EVENT, kind="person", object=row.pk)
        now = stored.person(row)
        claims = told(now.claims, claim, by, beside, draft)
        _keep(row, replace(now, claims=claims), draft)
        trail.note(EVENT, kind="person", object=row.pk, subject=row.subject_id, relation=relation, place=claim.fact)
        followed_for(row, by, trail, here)
    return row


def tell_exploitation(*, by: Member, person: uuid.UUID, exploited: Exploitation, version: int) -> None:
    """A situation of exploitation: somebody may have had several, in several years. Raises BadInput for wrong days."""
    with writing(by=by, purpose=purpose_of(by)) as trail:
        row = locked_person(person)
        relation, draft, here = _must_tell(by, row.encounter, [row])
        same_version(row.encounter, version, event="casework.tell_exploitation", kind="person", object=row.pk)
        _keep(row, stored.person(row).exploited(exploited), draft)
        trail.note("casework.tell_exploitation", kind="person", object=row.pk, subject=row.subject_id,
                   relation=relation)  # fmt: skip
        followed_for(row, by, trail, here)


def followed(row: Encounter, by: Member, trail: Trail) -> None:
    """What follows from what was told about everyone: tasks, or at least that it can be together. Raises BadInput where
    it cannot, and then nothing of it is kept."""
    case = case_of(row)
    # Of who has tasks, the new tasks ask whether it can be together; in a draft nobody has, later hardly anybody not.
    if not case.people or any(str(pk) not in case.people for (pk,) in _ids(row.pk)):
        _must_fit(row, _people(row))
    recomputed(row, by=by, trail=trail, case=case)


def followed_for(person: Person, by: Member, trail: Trail, here: Standing | None = None) -> None:
    """The same for what was told about one person: the duties of the others hang on nothing that was told of them.
    `here`: how the teller stands to them, where that was looked up already."""
    row, known = person.encounter, here.registration if here else None
    case = case_with(row, person, known) if known and known.state in WORKING else case_of(row, of=person.pk)
    if not case.people:
        _must_fit(row, [person])
    recomputed(row, by=by, trail=trail, case=case)


def _must_fit(row: Encounter, people: list[Person]) -> None:
    assess(load(), situation(stored.encounter(row, people), timezone.localdate()))


def told(claims: tuple[Claim, ...], claim: Claim, by: Member, beside: bool, draft: bool) -> tuple[Claim, ...]:
    """The claims with one more: it takes the place of earlier ones (in a draft they go, later they stay on record), or
    stands `beside` them, so that the contradiction stays visible."""
    new = replace(claim, said_on=claim.said_on or timezone.localdate(), source=claim.source or by.organisation_name)
    if beside:
        return (*claims, new)
    earlier = [one for one in claims if one.fact == claim.fact]
    if draft or not earlier:
        return (*(one for one in claims if one.fact != claim.fact), new)
    return (*claims, replace(new, revises=True))


def _keep(row: Person, now: CasePerson, draft: bool) -> None:
    row.facts = stored.facts_text(now)
    update(row, "facts")
    touch(row.encounter, drafts=draft)


def _people(row: Encounter) -> list[Person]:
    people = _of_encounter(row.pk)
    if not people:
        raise Refused("not_found", event=EVENT)
    for person in people:
        person.encounter = row
    return people


@prepared
def _of_encounter(encounter: uuid.UUID) -> QuerySet[Person]:
    return Person.objects.select_related("subject").filter(encounter=encounter, subject__erased_at=None)


@prepared
def _ids(encounter: uuid.UUID) -> QuerySet[Person, tuple[uuid.UUID]]:
    return Person.objects.filter(encounter=encounter, subject__erased_at=None).values_list("pk")


def _must_tell(by: Member, row: Encounter, people: list[Person]) -> tuple[str, bool, Standing]:
    """The relation by which this member may add facts, as who fills in the draft (True), or as who works on the case of
    each of these people; and how they stand to the first of them."""
    here = standings(by, people)
    first = here[people[0].pk]
    if first.state == "draft":
        first.must(OWN_DRAFT, DRAFTING, event=EVENT)
        return relation_of(by), True, first
    entry = {"event": EVENT, "kind": "encounter", "object": row.pk}
    allowed_by = [here[person.pk].must("add_facts", purpose_of(by), **entry) for person in people]
    return allowed_by[0], False, first
