"""Every verb of the counter as the form that its page sends, each time about something else."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from _counter import Ask
from _counter_country import country, identities
from _counter_pages import Asks, Guests, link, others, referrals, registered, tasks
from django.db import transaction

from loket.casework import stored
from loket.casework.models import Encounter, Ground, Person, Placement, Places, Registration, Step, Task, TaskChange
from loket.casework.queries import asking
from schakel.casework.person import Identity

FACTS = {
    "who": "labour_inspector", "municipality": "GM0363",
    "shared": {"indication": "yes", "form": "labour", "sector": "farming", "place_kind": "workplace",
               "action": "under_way", "held": "suspected", "danger": "none", "time": "office_hours"},
    "persons": [{"id": "1", "facts": {"age": "adult", "nationality": "third_country", "papers": "held_by_other",
                                      "language": "interpreter_needed", "residence": "none", "safe_place": "no"}}],
}  # fmt: skip
CARE = "arrange-care"


def somebody() -> Iterator[Identity]:
    """People of a synthetic country, others in each run: of one name, each would be a possible double of all others."""
    made = country(0, seed=time.time_ns() % 2**31)
    return (one for one in identities(made) if one.surname and one.birth_date)


def writes(guests: Guests, count: int) -> dict[str, Callable[[], Asks]]:
    """The verbs by name, in an order in which each finds what it needs."""
    registrar, house = guests.registrar, guests.house
    inspector = guests.of(next(one for one in house.of_kind["labour-inspectorate"]))
    receiver = {"of": lambda row: guests.at(row.receiver_id), "at": lambda row: guests.at(row.shelter_id)}

    def step(state: str, event: str, *, named: bool = True, **said: Any) -> Callable[[], Asks]:
        return lambda: [registrar.post(link("step", row.pk, event), version=row.version, **said)
                        for row in registered(state, count, named=named, pick=others)]  # fmt: skip

    def duty(event: str, **said: Any) -> Callable[[], Asks]:
        return lambda: [
            guests.at(row.organisation_id).post(link("task_act", row.pk, event), version=row.version, **said)
            for row in tasks(guests, count, others)
        ]

    def refers(event: str, state: str, words: str = "") -> Callable[[], Asks]:
        return lambda: [
            receiver["of"](row).post(link("referral", row.pk), event=event, words=words, version=row.version)
            for row in others(referrals(state).filter(person__registrations__state="accepted"), count)
        ]

    def places(event: str, state: str, **said: Any) -> Callable[[], Asks]:
        rows = Placement.objects.filter(state=state, shelter__isnull=False, person__registrations__state="accepted")
        who = registrar if event == "take" else None
        return lambda: [(who or receiver["at"](row)).post(link("placement", row.pk), event=event, version=row.version,
                                                          **said) for row in others(rows, count)]  # fmt: skip

    return {
        "begin a draft": lambda: [inspector.post(link("begin"), facts=json.dumps(FACTS)) for _ in range(count)],
        "tell a fact in a draft": lambda: [
            inspector.post(link("person_fact", one.pk, "injuries"), value="visible", version=one.encounter.version)
            for one in begun(inspector, count)],
        "say who it is": lambda: [
            inspector.post(link("identity", one.pk), named="name", given_names=who.given_names, surname=who.surname,
                           birth_date=who.birth_date, ground_figures="public-task", version=one.encounter.version)
            for one, who in zip(begun(inspector, count), somebody(), strict=False)],
        "submit: a registration with its plan": lambda: [
            inspector.post(link("submit", one.encounter_id), version=one.encounter.version)
            for one in begun(inspector, count)],
        "tell a fact once registered": lambda: [
            registrar.post(link("person_fact", row.person_id, "injuries"), value="visible",
                           version=row.person.encounter.version) for row in with_encounter("accepted", count)],
        "registration: ask": step("submitted", "ask", words="Welke taal?"),
        "registration: accept": step("submitted", "accept"),
        "registration: close": step("accepted", "close", outcome="helped"),
        "count: accept": step("submitted", "count", named=False),
        "task: take up": duty("take"), "task: finish": duty("finish"),
        "task: refuse": duty("refuse", reason="Niet mogelijk op deze plek."),
        "ground: put on record": lambda: [
            registrar.post(link("grounds", row.person_id), purpose=CARE, answer="give", given_by=["person"],
                           told="Engels") for row in adults(count)],
        "refer": lambda: [refer(registrar, row) for row in granted(CARE, count)],
        "referral: accept": refers("accept", "requested"), "referral: refuse": refers("refuse", "requested", "Vol."),
        "referral: finish": refers("finish", "accepted", "Begeleiding is afgerond."),
        "ground: withdraw": lambda: [
            registrar.post(link("take_back", row.pk), event="withdraw", version=row.version, person=row.person_id)
            for row in others(Ground.objects.filter(purpose=CARE, state="given",
                                                  person__registrations__state="accepted"), count)],
        "ask a place": lambda: [place(registrar, row) for row in registered("accepted", count, pick=others)],
        "place: offer": places("offer", "waiting"), "place: take": places("take", "offered"),
        "place: refuse": places("refuse", "waiting", reason="full"),
        "where somebody stays": lambda: [
            carer(guests, row).post(link("stay", row.person_id), address="Een adres", version=0)
            for row in others(referrals("accepted").filter(receiver__kind="care-coordinator", person__whereabouts=None,
                              person__registrations__state="accepted"),
                              count)],
        "tell how many places are free": lambda: list(told(guests, count)),
        "ask to put something right": lambda: [
            guests.of(one).post(link("own_page", row.person_id), request_kind="correct",
                                  request_words="Het klopt niet.")
            for one, row in selves(guests, count)],
    }  # fmt: skip


def carer(guests: Guests, row: Any) -> Any:
    return guests.at(row.receiver_id)


def selves(guests: Guests, count: int) -> list[Any]:
    from _counter_pages import selves as own

    rows = own(guests, count)
    return (rows * count)[:count]


def begun(inspector: Any, count: int) -> list[Person]:
    """Persons of the inspector's own new drafts, with their encounter as it is now."""
    rows = Person.objects.select_related("encounter").filter(
        encounter__reporter=inspector.member.membership, registrations__state="draft", subject__erased_at=None
    )
    return list(rows.order_by("-encounter__made_at", "pk")[:count])


def with_encounter(state: str, count: int) -> list[Registration]:
    return others(Registration.objects.select_related("person__encounter").filter(state=state, named=True), count)


def adults(count: int) -> list[Registration]:
    """Accepted registrations of people who are certainly of age: they consent themselves."""
    rows = Registration.objects.select_related("person__subject").filter(state="accepted", named=True)
    known = (row for row in rows.order_by("pk")[: count * 6] if is_adult(row.person))
    return list(known)[:count]


def is_adult(person: Person) -> bool:
    told = {one.fact: one.values for one in stored.person(person).claims}
    return told.get("age") == ("adult",)


def granted(purpose: str, count: int) -> list[Registration]:
    """Accepted registrations of people who consented to this."""
    people = Ground.objects.filter(purpose=purpose, state="given").values("person")
    return others(Registration.objects.filter(state="accepted", person__in=people), count)


def refer(registrar: Any, row: Registration) -> Ask:
    may = asking.may(
        by=registrar.member, person=row.person_id, receiver_kind="care-coordinator", purpose=CARE, lang="nl"
    )
    to = str(may.receivers[0].id) if may.receivers else ""
    share = [one.id for one in may.allowed]
    return registrar.post(link("refer", row.person_id), refer_kind="referral", purpose=CARE, step="send", receiver=to,
                          receiver_kind="care-coordinator", share=share, message="Graag hulp.")  # fmt: skip


def place(registrar: Any, row: Registration) -> Ask:
    may = asking.may(by=registrar.member, person=row.person_id, receiver_kind="shelter", purpose="shelter-placement",
                     lang="nl", action="request_place")  # fmt: skip
    to = str(may.receivers[0].id) if may.receivers else ""
    return registrar.post(link("ask_place", row.person_id), receiver_kind="shelter", step="send", avoid=["family"],
                          receiver=to, share=[one.id for one in may.allowed])  # fmt: skip


def told(guests: Guests, count: int) -> Iterator[Ask]:
    """Every shelter in turn: what it told last is one version further each time."""
    shelters = guests.role("shelter", count)
    now = {str(row.organisation_id): row.version for row in Places.objects.all()}
    for number in range(count):
        one = shelters[number % len(shelters)]
        version = now.get(one.member.organisation, 0) + number // len(shelters)
        yield one.post(link("directory"), groups=["women"], free=number, version=version)


def same_rows(count: int) -> dict[str, float]:
    """The rows that one registration with its plan leaves, written anew in one transaction: no plan, log or sealing.

    What was sealed goes in as so many bytes; the site's own row objects, in one `bulk_create` a table.
    """
    from _tools import summary

    rows = others(Registration.objects.filter(state="submitted", named=True), count)
    if len(rows) < 3:
        return {}  # too few to say anything
    spent, made = [], 0
    for row in rows:
        copies = list(copied(row))
        made = max(made, sum(len(several) for several in copies))
        began = time.process_time_ns()
        with transaction.atomic():
            for several in copies:
                if several:
                    type(several[0]).objects.bulk_create(several)
        spent.append((time.process_time_ns() - began) / 1e6)
        for several in reversed(copies):  # nobody could open them
            if several:
                type(several[0]).objects.filter(pk__in=[one.pk for one in several])._raw_delete("default")
    return {**summary(spent[2:]), "rows at most": made}


def copied(row: Registration) -> Iterator[list[Any]]:
    """New objects like the rows of a registration: itself, its step, its tasks and their changes."""
    chance, person = random.Random(time.time_ns()), Person.objects.get(pk=row.person_id)
    found = Encounter.objects.get(pk=person.encounter_id)
    tasks_ = list(Task.objects.filter(person=person))
    again = {found.pk: fresh(found, chance)}
    subject = fresh_subject(found.subject, chance)
    again[found.pk].subject_id = subject.pk
    own = fresh_subject(person.subject, chance)
    copy = fresh(person, chance, encounter_id=again[found.pk].pk, subject_id=own.pk)
    registration = fresh(row, chance, person_id=copy.pk, subject_id=own.pk)
    yield [subject, own]
    yield [again[found.pk]]
    yield [copy]
    yield [registration]
    yield [fresh(one, chance, registration_id=registration.pk, subject_id=own.pk)
           for one in Step.objects.filter(registration=row)]  # fmt: skip
    made = {one.pk: fresh(one, chance, person_id=copy.pk, subject_id=own.pk) for one in tasks_}
    yield list(made.values())
    yield [fresh(one, chance, task_id=made[one.task_id].pk, subject_id=own.pk)
           for one in TaskChange.objects.filter(task__in=tasks_)]  # fmt: skip


def fresh(row: Any, chance: random.Random, **said: Any) -> Any:
    """The same row under another id; sealed columns stay the bytes that they are."""
    import uuid

    values = {one.attname: row.__dict__[one.attname] for one in row._meta.concrete_fields}
    return type(row)(**{**values, "id": uuid.UUID(int=chance.getrandbits(128), version=4), **said})


def fresh_subject(row: Any, chance: random.Random) -> Any:
    return fresh(row, chance)
