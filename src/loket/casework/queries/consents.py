"""What sharing rests on for one person: every ground on record, who may consent at this age, and what can be done."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from loket.accounts.people import Member
from loket.audit.who import Refused
from loket.casework import stored_care
from loket.casework.access import Standing, standing
from loket.casework.models import Ground
from loket.casework.queries.known import age, person_with_all
from loket.casework.queries.seen import Act, acts, label
from loket.casework.reading import looking, opened
from loket.site.prepared import prepared
from schakel.casework.consent import who_consents
from schakel.casework.content import sharing
from schakel.casework.lifecycles import lifecycles
from schakel.casework.words import name_of
from schakel.mechanism.content import load

PURPOSES = (
    "registration-figures", "arrange-care", "shelter-placement", "child-protection", "legal-help", "victim-rights",
    "criminal-investigation", "residence-decision", "partnership-case",
)  # fmt: skip
SAID = ("give", "refuse", "use_other")  # events that ask who said so, or on which other ground


@dataclass(frozen=True)
class Line:
    """One ground: what for, towards whom, on what, and where it stands."""

    id: uuid.UUID
    purpose: str
    receiver: str
    ground: str
    state: str
    said: str
    otherwise: str
    on: date
    ended_on: date | None
    given_by: tuple[str, ...]
    told: str
    note: str
    version: int
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class AgeLine:
    """Who consents at this age for these purposes, and what when the parents are a danger."""

    purposes: str
    because: str
    danger: str
    contested: bool


@dataclass(frozen=True)
class Page:
    """All grounds of a person, for whoever may record one."""

    person: uuid.UUID
    name: str
    age: str
    lines: tuple[Line, ...]
    ages: tuple[AgeLine, ...]
    may_record: bool
    may_withdraw: bool


def page(*, by: Member, person: uuid.UUID, lang: str) -> Page:
    """The grounds of a person. Raises Denied for who may neither record nor withdraw one."""
    row = person_with_all.first(person)
    if row is None:
        raise Refused("not_found", event="casework.read")
    own = "own" if by.role in ("person", "guardian", "lawyer") else "care"
    with looking(by) as trail:
        here = standing(by, row)
        records, withdraws = here.may("record_ground"), here.may("withdraw_consent", own)
        relation = (here.must("withdraw_consent", own, event="casework.read") if withdraws and not records
                    else here.must("record_ground", event="casework.read"))  # fmt: skip
        opened(trail, here, relation, "grounds")
    known = age(row)
    words = load().facts["age"].value(known).text(lang) if known else ""
    return Page(row.pk, label(by.organisation, row), words, lines(here, lang), _ages(known, lang), records, withdraws)


def lines(here: Standing, lang: str) -> tuple[Line, ...]:
    """Every ground of a person, those that hold first, each with what may be done about it by this member."""
    found = of_person(here.person.pk)
    for row in found:
        row.subject = here.person.subject
    told = [_line(row, here, lang) for row in found]
    return tuple(sorted(told, key=lambda one: one.state not in ("given", "other_ground", "asked")))


@prepared
def of_person(person: uuid.UUID) -> QuerySet[Ground]:
    """Every ground that was ever put on record for somebody."""
    return Ground.objects.filter(person=person).order_by("on", "pk")


def _line(row: Ground, here: Standing, lang: str) -> Line:
    content, book = load(), sharing(load())
    state = lifecycles(content)["ground"].state(row.state)
    receiver = name_of(content, row.receiver_kind)(lang) if row.receiver_kind else ""
    return Line(
        row.pk, book.purposes[row.purpose](lang), receiver, book.grounds[row.ground](lang), row.state, state.name(lang),
        state.otherwise(lang), row.on, row.ended_on, stored_care.ground(row).given_by, row.told, row.note or "",
        row.version, _acts(row, here, lang),
    )  # fmt: skip


def _acts(row: Ground, here: Standing, lang: str) -> tuple[Act, ...]:
    """Withdrawing and objecting need no more than the wish; other steps ask who said so, on the form for it."""
    parties: Iterable[str] = {"person", "guardian"}  # whoever helps them writes down what they said
    found = acts(lifecycles(load())["ground"], row.state, parties, lang)
    return tuple(one for one in found if one.id in ("withdraw", "object") and here.may("withdraw_consent", _own(here)))


def _own(here: Standing) -> str:
    return "own" if here.by.role in ("person", "guardian", "lawyer") else "care"


def _ages(known: str, lang: str) -> tuple[AgeLine, ...]:
    book, found = sharing(load()), {}
    for purpose in PURPOSES:
        for rule in who_consents(load(), known, purpose) if known else ():
            found.setdefault(rule.id, (rule, []))[1].append(book.purposes[purpose](lang))
    return tuple(
        AgeLine(", ".join(purposes), rule.because(lang), rule.danger(lang) if rule.danger else "", rule.contested)
        for rule, purposes in found.values()
    )
