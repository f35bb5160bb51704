"""What a request of the person would change: the part, what stands there now, and what it should read."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import stored
from loket.casework.access import Standing, standing
from loket.casework.models import Correction, Person
from loket.casework.parts import CONTACT, FACT
from loket.casework.queries.facts import said, upper
from loket.casework.reading import looking, opened
from loket.site.wording import wording
from schakel.casework.content import sharing
from schakel.casework.export import PARTS
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim

OWN = "own"


@dataclass(frozen=True)
class Change:
    """Old and new of one part; `old` is empty where nothing was known."""

    part: str
    old: str
    new: str


def change(row: Correction, here: Standing, lang: str) -> Change | None:
    """What granting this request applies; nothing where it names no part, or that part may not be seen."""
    if not row.place or not row.value:
        return None
    row.subject = here.person.subject
    kind, known = kind_of(row.place), stored.person(here.person)
    if kind not in (here.sees(OWN) | here.sees()):
        return None
    if row.place.startswith(FACT):
        fact = load().facts[row.place.removeprefix(FACT)]
        told = [one for one in known.claims if one.fact == fact.id]
        return Change(upper(fact.name(lang)), "; ".join(_in_words(one, lang) for one in told[-1:]),
                      _in_words(stored.claim(stored.unpack(row.value)), lang))  # fmt: skip
    if row.place == CONTACT:
        return Change(wording().say("casework.contact", lang), here.person.contact or "", row.value)
    part = row.place.removeprefix("identity.")
    now = getattr(known.identity, part) if known.identity else ""
    return Change(PARTS[part](lang), ", ".join(now) if isinstance(now, tuple) else now, row.value)


def kind_of(place: str) -> str:
    """The kind of data that a part is."""
    if place.startswith(FACT):
        return sharing(load()).field_of.get(place.removeprefix(FACT), "")
    return "contact" if place == CONTACT else "identity"


def _in_words(claim: Claim, lang: str) -> str:
    return claim.day.isoformat() if claim.day else said(claim, lang)


@dataclass(frozen=True)
class FactNow:
    """What stands of one fact, for who asks to put it right."""

    name: str
    lines: tuple[str, ...]
    claims: tuple[Claim, ...]


def facts(here: Standing, lang: str) -> tuple[tuple[str, str], ...]:
    """The facts of this person that were told and may be seen: id and name."""
    told, kinds = dict.fromkeys(one.fact for one in stored.person(here.person).claims), here.sees(OWN)
    seen = (fact for fact in told if fact in load().facts and kind_of(f"{FACT}{fact}") in kinds)
    return tuple((fact, upper(load().facts[fact].name(lang))) for fact in seen)


def fact(*, by: Member, pk: uuid.UUID, name: str, lang: str) -> FactNow:
    """One fact as it stands. Raises Denied for who may not ask to put it right."""
    row = Person.objects.select_related("encounter__subject", "subject").filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", event="casework.read")
    with looking(by, OWN) as trail:
        here = standing(by, row)
        relation = here.must("ask_correction", OWN, event="casework.ask_correct")
        if name not in {one for one, _ in facts(here, lang)}:
            raise Refused("not_found", event="casework.read")
        opened(trail, here, relation, f"own fact {name}")
    own = tuple(one for one in stored.person(row).claims if one.fact == name)
    return FactNow(upper(load().facts[name].name(lang)), tuple(_in_words(one, lang) for one in own), own)
