"""Destroying what is kept of a person: asked at the registration point, decided by the keeper of the keys."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from loket.accounts.pages import form_page, lang
from loket.audit.who import Refused
from loket.casework.actions import destroying
from loket.casework.forms.erasures import ErasureForm
from loket.casework.pages import case_page, sentence
from loket.casework.queries import erasures as queries
from loket.casework.views.acting import tried, version


@form_page
@case_page
def ask(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The registration point asks the keeper of the keys to destroy what is kept of one person."""
    me = request.membership  # type: ignore[attr-defined]
    name, form = queries.to_ask(by=me, person=pk), ErasureForm(request.POST or None)

    def show(error: str = "", status: int = 200) -> HttpResponse:
        context = {"form": form, "name": name, "pk": pk, "error": error}
        return render(request, "casework/ask_erasure.html", context, status=status)

    if request.method != "POST" or not form.is_valid():
        return show(status=400 if form.errors else 200)
    said = form.cleaned_data
    return tried(
        lambda: destroying.ask(by=me, person=pk, reason=said["erasure_reason"], words=said["erasure_words"]), show,
        lambda: redirect("casework:erasures"),
    )  # fmt: skip


@require_safe
@case_page
def erasures(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, error: str = "", status: int = 200, verdict: Any = None) -> HttpResponse:
    found = queries.page(by=request.membership, lang=lang())  # type: ignore[attr-defined]
    context = {"page": found, "error": error, "verdict": verdict, "typed": request.POST}
    return render(request, "casework/erasures.html", context, status=status)


@require_POST
@case_page
def act(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Destroy, refuse or take back; a refusal comes back on the page with what was typed."""
    return tried(
        lambda: destroying.decide(by=request.membership, erasure=pk, event=request.POST.get("event", ""),  # type: ignore[attr-defined]
                                  words=request.POST.get("words", ""), version=version(request)),
        lambda **more: _show(request, **more), lambda: redirect("casework:erasures"),
    )  # fmt: skip


@require_POST
@case_page
def verify(request: HttpRequest) -> HttpResponse:
    """Follow the chain of the log now, and say whether it holds."""
    try:
        return _show(request, verdict=queries.verified(by=request.membership))  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.reason != "log_is_long":
            raise
        return _show(request, sentence(refused), 409)
