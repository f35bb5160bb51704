"""A draft: begun from the facts that were told, kept on the server, added to, and destroyed when it gets too old."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit.who import Refused, Trail
from loket.casework import naming, stored
from loket.casework.access import OWN_DRAFT, Denied, Standing, spoken, standings
from loket.casework.actions.common import locked_encounter, locked_person, same_version, writing
from loket.casework.actions.reporting import report
from loket.casework.grounding import permits
from loket.casework.models import Encounter, Person, Registration
from loket.casework.taking import REPORTED, TOOK, Taken, relation_of, tells
from loket.site.prepared import Changed, prepared, prepared_change
from loket.site.rows import insert, update
from loket.vault import actions as vault
from loket.wegwijzer.moves import ENCOUNTERED
from schakel.casework.content import access
from schakel.casework.person import CasePerson, Identity
from schakel.casework.registration import FIGURES, PURPOSES
from schakel.mechanism.content import load
from schakel.mechanism.facts_file import from_data
from schakel.mechanism.situation import Claim, Situation
from schakel.networks.access import may
from schakel.networks.model import CONSENT

PURPOSE = "registration"
MOST = 40  # persons in one encounter, as in the wegwijzer


def begin(*, by: Member, facts: dict[str, Any] | None = None, taken: Taken | None = None) -> Encounter:
    """A draft from a facts document (FACTS.yaml as plain data), or an empty one; `taken`: somebody else told it, and
    the registration point writes it down. Raises BadInput for wrong facts."""
    with writing(by=by, purpose=PURPOSE) as trail:
        relation = _must_begin(by, taken)
        content, today = load(), timezone.localdate()
        situation = from_data(content, facts or {}, on=today)
        row = _encounter(by, situation, today, taken)
        people = [CasePerson("", one.claims, one.signals) for one in situation.persons]
        for number, person in enumerate(people, start=1):
            _person(row, person, number, today, trail, relation, taken.channel if taken else "")
    return row


def _must_begin(by: Member, taken: Taken | None) -> str:
    """Who may fill in a draft at all may begin one: as who reports, or as who writes down what was told."""
    relation = TOOK if taken else REPORTED
    decision = may(access(load()), OWN_DRAFT, by.role, relation, "draft", PURPOSE)
    if not decision.allowed:
        raise Denied("no_role", spoken(decision), event="casework.begin", kind="encounter")
    return relation


def who_of(by: Member) -> str:
    """The kind of finder that works at the member's organisation; empty where the content has none."""
    values = load().facts["finder"].values
    return next((value.id for value in values if value.organisation == by.organisation_kind), "")


def _encounter(by: Member, situation: Situation, today: date, taken: Taken | None) -> Encounter:
    now = timezone.now()
    told = [claim.day for claim in situation.shared if claim.fact == "found_on" and claim.day]
    row = Encounter(
        subject=vault.new_subject(at=now), found_on=min(told, default=min(situation.on, today)),
        who=taken.who if taken else situation.who or who_of(by),
        organisation_id=by.organisation, reporter_id=by.membership, made_at=now,
        changed_at=now,
    )  # fmt: skip
    row.shared = stored.pack({
        "claims": [stored.claim_data(one) for one in (*_met(situation), *situation.shared) if one.fact != "found_on"],
        "signals": list(situation.signals), "municipality": situation.municipality,
    })  # fmt: skip
    insert([row])
    report(row, by, today, taken)
    return row


def _met(situation: Situation) -> tuple[Claim, ...]:
    """That people were met, where the plan does not say so: who registers is not preparing what is still to come."""
    told = any(claim.fact == "action" for claim in situation.shared)
    return () if told else (Claim("action", tuple(ENCOUNTERED)),)


def _person(
    row: Encounter, person: CasePerson, number: int, today: date, trail: Trail, relation: str, place: str = ""
) -> Person:
    """A person with a draft registration. Nothing is named yet: without a name it is a count."""
    now = timezone.now()
    made = Person(subject=vault.new_subject(at=now), encounter=row, number=number)
    made.facts = stored.facts_text(person)
    insert([made])
    registration = Registration(
        person=made, subject=made.subject, named=False, made_on=today, changed_at=now, purposes=[FIGURES],
        content=load().fingerprint, destroy_on=destroy_on(today), reporter_id=row.reporter_id,
    )  # fmt: skip
    insert([registration])
    trail.note("casework.begin", kind="person", object=made.pk, subject=made.subject_id, relation=relation, place=place)
    return made


def destroy_on(today: date) -> date:
    """When a draft that nobody touches is destroyed: the norm of this installation, counted from the last change."""
    return today + timedelta(days=settings.LOKET_DRAFT_DAYS)


def add_persons(*, by: Member, encounter: uuid.UUID, number: int, like: uuid.UUID | None, version: int) -> None:
    """More persons in a draft, each with the facts of another person, or with none of their own."""
    with writing(by=by, purpose=PURPOSE) as trail:
        row = locked_encounter(encounter)
        people = drafted(by, row, event="casework.add_persons")
        same_version(row, version, event="casework.add_persons", kind="encounter", object=row.pk)
        if not 1 <= number <= MOST - len(people):
            raise Refused("too_many_persons", event="casework.add_persons", kind="encounter", object=row.pk)
        source = next((stored.person(one) for one in people if one.pk == like), CasePerson(""))
        fresh = CasePerson("", source.claims, source.signals)
        first = max(one.number for one in people) + 1
        for place in range(number):
            _person(row, fresh, first + place, timezone.localdate(), trail, relation_of(by))
        touch(row)


def remove_person(*, by: Member, person: uuid.UUID, version: int) -> None:
    """Take somebody out of a draft: their key is destroyed, so what was typed about them cannot be opened again."""
    with writing(by=by, purpose=PURPOSE) as trail:
        row = locked_person(person)
        people = drafted(by, row.encounter, event="casework.remove_person")
        same_version(row.encounter, version, event="casework.remove_person", kind="person", object=row.pk)
        if len(people) == 1:
            raise Refused("last_person", event="casework.remove_person", kind="person", object=row.pk)
        _destroy(row, trail)
        touch(row.encounter)


def identify(
    *, by: Member, person: uuid.UUID, identity: Identity | None, contact: str, purposes: dict[str, str], version: int,
    consent_by: Collection[str] = (),
) -> None:  # fmt: skip
    """Who it is, or that nobody says so (a count); and for each purpose the ground it rests on, where one was chosen.

    Without a name there is no ground to choose and nothing to be found by.
    """
    with writing(by=by, purpose=PURPOSE) as trail:
        row = locked_person(person)
        filled = filled_in(by, row.encounter, event="casework.identify")
        same_version(row.encounter, version, event="casework.identify", kind="person", object=row.pk)
        known = identity if identity and identity.known else None
        row.identity, row.contact = stored.identity_text(known), contact.strip() if known and contact.strip() else None
        update(row, "identity", "contact")
        vault.index(subject=row.subject, words=naming.words(known))
        grounds = grounds_of(by, row, purposes) if known else {}
        chosen = [name for name in PURPOSES if name == FIGURES or name in purposes]
        registration = next((one.registration for one in filled if one.person.pk == row.pk), None)
        if registration:
            registration.named, registration.grounds = known is not None, grounds
            registration.purposes = chosen if known else [FIGURES]
            registration.consent_by = " ".join(consent_by) if CONSENT in grounds.values() else ""
            update(registration, "named", "grounds", "purposes", "consent_by")
        touch(row.encounter)
        trail.note("casework.identify", kind="person", object=row.pk, subject=row.subject_id, relation=relation_of(by),
                   place="named" if known else "count")  # fmt: skip


def grounds_of(by: Member, row: Person, purposes: dict[str, str]) -> dict[str, str]:
    """The chosen grounds; raises Refused for one that the rules on sharing do not offer to this organisation."""
    chosen = {name: ground for name, ground in purposes.items() if name in PURPOSES and ground}
    for name, ground in chosen.items():
        if ground not in permits(tells(by, row.encounter.who), name, timezone.localdate()):
            raise Refused("no_such_ground", event="casework.identify", kind="person", object=row.pk,
                          subject=row.subject_id)  # fmt: skip
    return chosen


def drafted(by: Member, row: Encounter, **entry: Any) -> list[Person]:
    """The persons of a draft that this member may fill in. Raises Denied, also where it is no draft any more."""
    return [here.person for here in filled_in(by, row, **entry)]


def filled_in(by: Member, row: Encounter, **entry: Any) -> list[Standing]:
    """The same, as how this member stands to each of them."""
    people = _drafts(row.pk)
    if not people:
        raise Refused("no_draft", kind="encounter", object=row.pk, **entry)
    for person in people:
        person.encounter = row
    here = standings(by, people)
    here[people[0].pk].must(OWN_DRAFT, PURPOSE, **entry)
    return [here[person.pk] for person in people]


@prepared
def _drafts(encounter: uuid.UUID) -> QuerySet[Person]:
    return Person.objects.select_related("subject").filter(encounter=encounter, registrations__state="draft")


def touch(row: Encounter, *columns: str, drafts: bool = True) -> None:
    """Note that the encounter changed, with these columns of it; its drafts, where it has any, live on from now."""
    row.version, row.changed_at = row.version + 1, timezone.now()
    update(row, "version", "changed_at", *columns)
    if drafts:
        _live_on(row.pk, destroy_on(timezone.localdate()), row.changed_at)


@prepared_change
def _live_on(encounter: uuid.UUID, day: date, now: datetime) -> Changed:
    return Registration.objects.filter(person__encounter=encounter, state="draft"), {
        "destroy_on": day,
        "changed_at": now,
    }


def throw_away(*, by: Member, encounter: uuid.UUID) -> None:
    """Destroy a whole draft at once, because its maker wants to."""
    with writing(by=by, purpose=PURPOSE) as trail:
        row = locked_encounter(encounter)
        for person in drafted(by, row, event="casework.throw_away"):
            _destroy(person, trail)
        vault.erase(subject=row.subject, at=timezone.now())


def destroy_old(*, on: date) -> int:
    """Destroy every draft whose day has come (a command); how many persons that were. Can be stopped and repeated."""
    ids = list(Registration.objects.filter(state="draft", destroy_on__lte=on).values_list("person_id", flat=True))
    for identifier in ids:
        with writing(by=None, purpose="keys") as trail:
            row = locked_person(identifier)
            _destroy(row, trail)
            if not Registration.objects.filter(person__encounter=row.encounter_id).exclude(state="destroyed").exists():
                vault.erase(subject=row.encounter.subject, at=timezone.now())
    return len(ids)


def _destroy(row: Person, trail: Trail) -> None:
    vault.erase(subject=row.subject, at=timezone.now())
    Registration.objects.filter(person=row, state="draft").update(
        state="destroyed", grounds={}, changed_at=timezone.now()
    )
    trail.note("casework.destroy_draft", kind="person", object=row.pk, subject=row.subject_id)
