"""Requests to destroy: for the keeper of the keys, who decides, and for the registration point, which asked."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from loket.accounts.people import Member
from loket.audit import chain, checking
from loket.audit import queries as audit
from loket.audit.models import Check
from loket.audit.who import Refused
from loket.casework.access import Denied, spoken, standing
from loket.casework.models import Erasure, Person, Registration
from loket.casework.queries.seen import Act, acts, label
from loket.casework.reading import looking
from loket.vault import ledger
from schakel.casework.content import access
from schakel.casework.lifecycles import lifecycles
from schakel.mechanism.content import load
from schakel.networks.access import may

KEEPS: Final = ("key_keeper", "erase", "agreed", "keys")
ASKS: Final = ("registrar", "ask_erasure", "registers", "registration")
SHOWN: Final = 40
AT_ONCE: Final = 100_000  # entries of the log that are followed while somebody waits: a few seconds


@dataclass(frozen=True)
class Line:
    """One request, by pseudonym: who it is about is told to nobody here."""

    id: uuid.UUID
    name: str
    reason: str
    words: str
    state: str
    said: str
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    version: int
    acts: tuple[Act, ...]
    in_ledger: bool


@dataclass(frozen=True)
class Page:
    """What waits, what was decided, and how many people the clock destroys because their term is over.

    `entries` of the log are there now, and `checked` tells what was found when all of it was last followed.
    """

    keeps: bool
    waiting: tuple[Line, ...]
    over: tuple[Line, ...]
    due: int
    erased: int
    entries: int
    checked: Check | None

    @property
    def at_once(self) -> bool:
        """Whether the log can be followed while somebody waits."""
        return self.entries <= AT_ONCE


def page(*, by: Member, lang: str) -> Page:
    """For the keeper of the keys all requests, for a registration point its own. Raises Denied for everybody else."""
    keeps = by.role == KEEPS[0]
    with looking(by, "keys" if keeps else "registration") as trail:
        _must(by, keeps)
        rows = Erasure.objects.select_related("subject", "person", "asked_by__organisation").order_by("-asked_at", "pk")
        rows = rows if keeps else rows.filter(asked_by__organisation=by.organisation)
        trail.note("casework.erasures", kind="erasure")
        waiting = list(rows.filter(state="asked").order_by("asked_at", "pk")[:SHOWN])
        over = list(rows.exclude(state="asked")[:SHOWN])
    noted = ledger.read(Path(settings.LOKET_LEDGER))
    due = Registration.objects.filter(destroy_on__lte=timezone.localdate()).exclude(state__in=("draft", "destroyed"))
    asked, decided = (tuple(_line(one, by, noted, lang) for one in part) for part in (waiting, over))
    return Page(
        keeps, asked, decided, due.values("person").distinct().count(), len(noted),
        audit.head()[0] if keeps else 0, checking.last() if keeps else None,
    )  # fmt: skip


def _must(by: Member, keeps: bool) -> None:
    role, action, relation, purpose = KEEPS if keeps else ASKS
    decision = may(access(load()), action, by.role, relation, "closed", purpose)
    if by.role != role or not decision.allowed:
        raise Denied("no_role", spoken(decision), event="casework.erasures", kind="erasure")


def _line(row: Erasure, by: Member, noted: dict[uuid.UUID, datetime], lang: str) -> Line:
    cycle = lifecycles(load())["erasure"]
    return Line(
        row.pk, label(by.organisation, row.person), row.reason, row.words or "", row.state,
        cycle.state(row.state).name(lang), timezone.localtime(row.asked_at), row.asked_by.organisation.name,
        timezone.localtime(row.decided_at) if row.decided_at else None, row.version,
        acts(cycle, row.state, [by.role], lang), row.subject_id in noted,
    )  # fmt: skip


def to_ask(*, by: Member, person: uuid.UUID) -> str:
    """The pseudonym of the person whose data would be destroyed. Raises Denied for who may not ask it."""
    row = Person.objects.select_related("subject", "encounter__subject").filter(pk=person).first()
    if row is None or row.subject.erased_at:
        raise Refused("not_found", event="casework.read")
    with looking(by, "registration"):
        standing(by, row).must("ask_erasure", "registration", event="casework.read")
    return label(by.organisation, row)


def verified(*, by: Member) -> chain.Verdict:
    """The whole chain of the log, followed from its start. Raises Denied for who may not verify it.

    Raises Refused where it is too long to be followed while somebody waits: then the clock does it, every night.
    """
    with looking(by, "oversight") as trail:
        decision = may(access(load()), "verify_audit", by.role, "agreed", "closed", "oversight")
        if not decision.allowed:
            raise Denied("no_role", spoken(decision), event="casework.verify_audit", kind="log")
        if audit.head()[0] > AT_ONCE:
            raise Refused("log_is_long", event="casework.verify_audit", kind="log")
        trail.note("casework.verify_audit", kind="log")
    return checking.check(by=by.actor)
