"""The calls of the counter: register, follow, do and answer, by a program that acts for somebody of an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Query, Router, Status

from loket.api import counter_schemas as shapes
from loket.api import problems
from loket.api.counter_schemas import Lang
from loket.api.machines import Key, Program, program
from loket.api.once import once
from loket.api.schemas import Problem
from loket.audit.who import Refused
from loket.casework.actions import duties, programs, referral, registering
from loket.casework.queries import programs as lists
from loket.casework.queries import referrals, registrations, tasks
from schakel.casework.person import Identity

router = Router(tags=["counter"], auth=Key(), by_alias=True)
DUTCH = Query("nl", description="The language of texts.")
PAGE = Query(1, ge=1, le=10_000, description="Which page, from 1.")
SIZE = Query(25, ge=1, le=100, alias="pageSize", description="How many on a page.")
ONCE = Header(None, alias="Idempotency-Key", max_length=64, min_length=8, pattern=r"^[\x21-\x7e]+$",
              description="The same key again: the same answer, and nothing done a second time.")  # fmt: skip
ASKING = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 429: Problem}
CHANGING = {**ASKING, 409: Problem, 413: Problem, 422: Problem}


def told(lines: Any) -> list[dict[str, Any]]:
    """Claims as the pages tell them; those that were replaced are left out."""
    return [{"fact": one.fact, "said": one.said, "day": one.day, "source": one.source, "certainty": one.certainty}
            for one in lines if not one.old]  # fmt: skip


def paged(found: Sequence[Any], page: int, size: int) -> dict[str, Any]:
    """One page of a list that is at hand."""
    start = (page - 1) * size
    return {"items": list(found[start : start + size]), "page": page, "page_size": size,
            "more": len(found) > start + size}  # fmt: skip


def asked(request: HttpRequest, ask: Any) -> Any:
    """What a query answers; its refusal becomes a problem."""
    try:
        return ask()
    except Refused as error:
        raise problems.of(request, error) from error


@router.post("/registrations", response={201: shapes.RegisteredAll, **CHANGING}, summary="Register a situation")
def register(request: HttpRequest, said: shapes.RegistrationIn, lang: Lang = DUTCH, key: str | None = ONCE) -> Status:
    """An encounter with its persons goes to the registration point; who has no identity here counts without a name."""
    by = program(request, "registrations:write", lang)

    def work() -> dict[str, Any]:
        row, made = programs.register(by=by, facts=said.facts.model_dump(exclude_none=True), reference=said.reference,
                                      named=[_named(one) for one in said.identities])  # fmt: skip
        rows = [{"id": str(one.pk), "person": str(one.person_id), "state": one.state, "named": one.named}
                for one in made]  # fmt: skip
        return {"encounter": str(row.pk), "registrations": rows}

    return Status(201, once(request, by, key, 201, work))


def _named(one: shapes.IdentityIn) -> programs.Named:
    identity = Identity(one.given_names, one.surname, one.birth_date, one.sex, tuple(one.nationalities),
                        tuple(one.aliases))  # fmt: skip
    return programs.Named(one.person, identity, one.contact, one.grounds)


@router.get("/registrations", response={200: shapes.RegistrationPage, **ASKING}, summary="Registrations")
def registrations_(request: HttpRequest, page: int = PAGE, size: int = SIZE, lang: Lang = DUTCH) -> Any:
    """What this member registered; for the registration point what came in. Newest first."""
    by = program(request, "registrations:read", lang)
    rows, more = asked(request, lambda: lists.registrations(by=by, page=page, size=size, lang=lang))
    return {"items": [asdict(row) for row in rows], "page": page, "page_size": size, "more": more}


@router.get("/registrations/{id}", response={200: shapes.RegistrationOut, **ASKING}, summary="One registration")
def registration(request: HttpRequest, id: UUID, lang: Lang = DUTCH) -> Any:
    """As far as the member that this program acts for may see it: a finder the status and the question."""
    by = program(request, "registrations:read", lang)
    found = asked(request, lambda: registrations.registration(by=by, pk=id, lang=lang))
    return {
        "id": found.id, "version": found.version, "status": found.status, "state": found.state if found.sees else "",
        "named": found.named, "found_on": found.found_on, "question": found.question,
        "identity": asdict(found.identity) if found.identity else None, "shared": told(found.shared),
        "facts": told(found.told), "events": list(found.events),
    }  # fmt: skip


@router.post("/registrations/{id}/events", response={200: shapes.Changed, **CHANGING}, summary="A step of one")
def registration_event(
    request: HttpRequest, id: UUID, said: shapes.Event, lang: Lang = DUTCH, key: str | None = ONCE
) -> Any:
    """Answer a question, withdraw; for the registration point: accept, ask, decline, close, reopen."""
    by = program(request, "registrations:write", lang)

    def work() -> dict[str, Any]:
        row = registering.step(by=by, registration=id, event=said.event, words=said.words, outcome=said.outcome,
                               version=said.version)  # fmt: skip
        return {"id": str(row.pk), "state": row.state if by.role == "registrar" else "", "version": row.version}

    return once(request, by, key, 200, work)


@router.get("/duties", response={200: shapes.DutyPage, **ASKING}, summary="Tasks of the organisation")
def duties_(request: HttpRequest, page: int = PAGE, size: int = SIZE, lang: Lang = DUTCH) -> Any:
    """What waits: the oldest last day first, then what has none. Persons stand under a pseudonym."""
    by = program(request, "duties:read", lang)
    rows, more = asked(request, lambda: lists.duties(by=by, page=page, size=size, lang=lang))
    lines = [{"id": one.id, "person": one.name, "title": one.title, "holder": one.holder, "state": one.state,
              "due": one.due, "urgent": one.urgent} for one in rows]  # fmt: skip
    return {"items": lines, "page": page, "page_size": size, "more": more}


@router.get("/duties/{id}", response={200: shapes.DutyOut, **ASKING}, summary="One task")
def duty(request: HttpRequest, id: UUID, lang: Lang = DUTCH) -> Any:
    by = program(request, "duties:read", lang)
    found = asked(request, lambda: tasks.task(by=by, pk=id, lang=lang))
    return {"id": found.id, "version": found.version, "person": found.name, "title": found.title,
            "state": found.state, "due": found.due, "why": found.why, "events": list(found.events)}  # fmt: skip


@router.post("/duties/{id}/events", response={200: shapes.Changed, **CHANGING}, summary="Do or refuse a task")
def duty_event(request: HttpRequest, id: UUID, said: shapes.Event, lang: Lang = DUTCH, key: str | None = ONCE) -> Any:
    by = program(request, "duties:write", lang)

    def done() -> dict[str, Any]:
        duties.act(by=by, task=id, event=said.event, reason=said.words, version=said.version)
        now = tasks.task(by=by, pk=id, lang=lang)
        return {"id": str(id), "state": now.state, "version": now.version}

    return once(request, by, key, 200, done)


@router.get("/referrals", response={200: shapes.ReferralPage, **ASKING}, summary="Referrals, sent and received")
def referrals_(request: HttpRequest, page: int = PAGE, size: int = SIZE, lang: Lang = DUTCH) -> Any:
    """Those that wait for an answer of this organisation first."""
    by = program(request, "referrals:read", lang)
    cards, more = asked(request, lambda: lists.referrals(by=by, page=page, size=size, lang=lang))
    lines = [{"id": one.id, "person": one.name, "kind": one.kind, "purpose": one.purpose, "sender": one.sender,
              "receiver": one.receiver, "state": one.state, "asked_on": one.asked_on, "answer_by": one.answer_by,
              "late": one.late, "side": one.mine} for one in cards]  # fmt: skip
    return {"items": lines, "page": page, "page_size": size, "more": more}


@router.get("/referrals/{id}", response={200: shapes.ReferralOut, **ASKING}, summary="One referral")
def referral_(request: HttpRequest, id: UUID, lang: Lang = DUTCH) -> Any:
    """What came along with it, for the receiver; where it stands, for both sides."""
    by: Program = program(request, "referrals:read", lang)
    found = asked(request, lambda: referrals.page(by=by, pk=id, lang=lang))
    seen = found.person
    return {
        "id": id, "version": found.version, "state": found.card.state, "message": found.message,
        "reason": found.reason, "outcome": found.outcome, "shared": [one.id for one in found.shared],
        "identity": dict(seen.identity) if seen and seen.identity else None,
        "facts": told(seen.told) if seen else [], "events": [one.id for one in found.acts],
    }  # fmt: skip


@router.post("/referrals/{id}/events", response={200: shapes.Changed, **CHANGING}, summary="Answer a referral")
def referral_event(
    request: HttpRequest, id: UUID, said: shapes.Event, lang: Lang = DUTCH, key: str | None = ONCE
) -> Any:
    """Accept, refuse with a reason, report done; for the sender: revoke, ask again."""
    by = program(request, "referrals:write", lang)

    def work_() -> dict[str, Any]:
        row = referral.act(by=by, referral=id, event=said.event, words=said.words, version=said.version)
        return {"id": str(row.pk), "state": row.state, "version": row.version}

    return once(request, by, key, 200, work_)
