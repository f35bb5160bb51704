"""The calls of version 1: assess a situation, read the content. Nothing is kept."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError

from loket.api.description import PROBLEM, DescribedAPI
from loket.api.schemas import Edition, FactsDocument, Plan, Problem
from schakel.mechanism.assess import assess
from schakel.mechanism.catalogue import KINDS, catalogue
from schakel.mechanism.content import load
from schakel.mechanism.facts_file import from_data
from schakel.mechanism.plan import ENGINE, plan
from schakel.vocabulary.calendar import amsterdam
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.version import VERSION

Lang = Literal["nl", "en"]
Kind = Literal["facts", "duties", "rights", "goals", "gaps", "organisations", "law", "indicators", "municipalities"]
assert set(KINDS) == set(Kind.__args__)  # type: ignore[attr-defined]

api = DescribedAPI(
    title="Schakel",
    version=VERSION,
    description="Who must do what, when and how, for possible victims of human trafficking. Nothing is kept.",
    docs_url=None,
    urls_namespace="api",
    servers=[{"url": "/api/v1", "description": "This installation"}],
    openapi_extra={
        "tags": [
            {"name": "mechanism", "description": "Who must do what, when and how. No key; nothing is kept."},
            {"name": "counter", "description": "Registrations, duties, referrals and places, for programs with a key."},
        ]
    },
)
DUTCH = Query("nl", description="The language of texts.")
router = Router(tags=["mechanism"])
REFUSALS = {400: Problem, 413: Problem}


@router.post("/assessments", response={200: Plan, **REFUSALS}, summary="Assess a situation")
def assessments(request: HttpRequest, facts: FactsDocument, lang: Lang = DUTCH) -> dict[str, Any]:
    """Which duties apply, may apply and do not apply, for every person; what to ask next, and why."""
    content = load()
    data = facts.model_dump(exclude_none=True)
    data.setdefault("persons", None)
    try:
        situation = from_data(content, data, on=datetime.now(amsterdam()).date())
        return plan(assess(content, situation), lang)
    except BadInput as error:
        raise Refused(error.say(lang)) from error


@router.get("/content", response={200: Edition}, summary="Which content answers")
def edition(request: HttpRequest) -> dict[str, Any]:
    """The fingerprint of the content, the engine's version, and how much there is of each kind."""
    content = load()
    counts = {kind: len(catalogue(content, kind, "nl")) for kind in KINDS}
    unsigned = not any(duty.checked_by for duty in content.duties.values())
    return {"content": content.fingerprint, "engine": ENGINE, "unsigned": unsigned, "counts": counts}


@router.get("/content/{kind}", response={200: list[dict[str, Any]], **REFUSALS}, summary="All items of one kind")
def items(request: HttpRequest, kind: Kind, lang: Lang = DUTCH) -> list[dict[str, Any]]:
    """Every item of the kind, texts in one language."""
    return list(catalogue(load(), kind, lang))


@router.get("/content/{kind}/{item}", response={200: dict[str, Any], 404: Problem, **REFUSALS}, summary="One item")
def one(request: HttpRequest, kind: Kind, item: str, lang: Lang = DUTCH) -> dict[str, Any]:
    """One item by its id (a municipality by its code)."""
    for entry in catalogue(load(), kind, lang):
        if entry.get("id", entry.get("code")) == item:
            return entry
    raise Missing(f"There is no item with that id in {kind}. GET /content/{kind} lists them.")


api.add_router("", router)
if "loket.casework" in settings.ROOMS:  # the public site has no counter, and no database to ask
    from loket.api.care import router as care
    from loket.api.counter import router as counter
    from loket.api.machines import NO_KEY
    from loket.api.problems import Stopped, answer, language

    api.add_router("", counter)
    api.add_router("", care)

    @api.exception_handler(Stopped)
    def stopped(request: HttpRequest, error: Stopped) -> HttpResponse:
        return answer(error)

    @api.exception_handler(AuthenticationError)
    def no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return answer(Stopped(401, NO_KEY[language(request)]))


class Refused(Exception):
    """Bad input, told in one sentence."""


class Missing(Exception):
    """Something that is not there, told in one sentence."""


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """Problem details, as the NL API Design Rules ask."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(400, "The situation cannot be used", str(error))


@api.exception_handler(Missing)
def missing(request: HttpRequest, error: Missing) -> HttpResponse:
    return problem(404, "Not found", str(error))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first thing that is wrong, by its place; never the value that was sent."""
    first = error.errors[0]
    steps = first["loc"][2:] if first["loc"][0] == "body" else first["loc"][1:]  # the body has a name of our own
    place = ".".join(map(str, steps)) or "body"
    return problem(400, "The request cannot be used", f"{place[:120]}: {first['msg'][:120]}. See openapi.json.")


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(
        error.status_code, "The request cannot be read", "The body is not valid JSON. Send a facts document."
    )
