"""The registration point: what lies there, and one registration with what may be done with it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from loket.accounts.pages import lang
from loket.audit.who import Refused
from loket.casework.actions import emergency, registering
from loket.casework.pages import case_page, number, sentence
from loket.casework.queries import received, timelines
from loket.casework.queries import registrations as queries
from loket.site import paging
from schakel.casework.outcome import OUTCOMES

WORDS = ("ask", "answer", "decline", "reopen", "withdraw", "mark_double", "unmark")  # events that come with words


@require_safe
@case_page
def registrations(request: HttpRequest) -> HttpResponse:
    found = received.registrations(
        by=request.membership, state=request.GET.get("stand", ""), number=paging.asked(request)
    )  # fmt: skip
    return render(request, "casework/registrations.html", {"found": found})


@require_safe
@case_page
def registration(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return show(request, pk)


def show(request: HttpRequest, pk: uuid.UUID, status: int = 200, event: str = "", error: str = "") -> HttpResponse:
    page = queries.registration(by=request.membership, pk=pk, lang=lang())
    context = {
        "page": page, "event": event, "typed": request.POST.get("words", ""),
        "errors": [{"for": f"words-{event}", "text": error}] if error else [],
        "outcomes": [(name, words(lang())) for name, words in OUTCOMES.items()], "with_words": WORDS,
    }  # fmt: skip
    return render(request, "casework/registration.html", context, status=status)


@require_POST
@case_page
def step(request: HttpRequest, pk: uuid.UUID, event: str) -> HttpResponse:
    """One event; where it cannot be, the same page with the reason and what was typed."""
    try:
        registering.step(
            by=request.membership, registration=pk, event=event,
            words=request.POST.get("words", "")[:4000], outcome=request.POST.get("outcome", ""),
            version=number(request, "version"),
        )  # fmt: skip
    except Refused as refused:
        if refused.reason not in ("not_in_this_state", "changed_meanwhile"):
            raise
        return show(request, pk, 409 if refused.reason == "changed_meanwhile" else 400, event, sentence(refused))
    return redirect("casework:registration", pk)


@require_safe
@case_page
def person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One person's timeline and tasks."""
    page = timelines.person(by=request.membership, pk=pk)
    if request.membership.emergency:
        emergency.looked(by=request.membership, person=pk)
    language = lang()
    lines = [(one.on, one.kind, one.say(language)) for one in page.lines]
    to_come = [(one.on, one.kind, one.say(language)) for one in page.to_come]
    return render(request, "casework/person.html", {"page": page, "lines": lines, "to_come": to_come})
