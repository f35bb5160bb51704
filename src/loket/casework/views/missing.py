"""Somebody is missing: tell it, follow it, and close it when they are safe."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from loket.accounts.pages import form_page, lang
from loket.audit.who import Refused
from loket.casework.actions import missing as actions
from loket.casework.pages import case_page, number, sentence
from loket.casework.queries import missing as queries
from loket.site import paging


@require_safe
@case_page
def everybody(request: HttpRequest) -> HttpResponse:
    page = queries.missing(by=request.membership, number=paging.asked(request))
    return render(request, "casework/missing_list.html", {"page": page})


@form_page
@case_page
def missing(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What is known of it; telling it takes one button."""
    if request.method == "POST":
        actions.report(by=request.membership, person=pk, words=request.POST.get("words", ""))
        return redirect("casework:missing", pk)
    return show(request, pk)


def show(request: HttpRequest, pk: uuid.UUID, status: int = 200, event: str = "", error: str = "") -> HttpResponse:
    page = queries.page(by=request.membership, pk=pk, lang=lang())
    context = {"page": page, "event": event, "typed": request.POST.get("words", ""),
               "errors": [{"for": f"words-{event}", "text": error}] if error else []}  # fmt: skip
    return render(request, "casework/missing.html", context, status=status)


@require_POST
@case_page
def act(request: HttpRequest, pk: uuid.UUID, alert: uuid.UUID, event: str) -> HttpResponse:
    try:
        actions.act(by=request.membership, alert=alert, event=event, words=request.POST.get("words", ""),
                    version=number(request, "version"))  # fmt: skip
    except Refused as refused:
        if refused.reason not in ("not_in_this_state", "changed_meanwhile"):
            raise
        return show(request, pk, 409 if refused.reason == "changed_meanwhile" else 400, event, sentence(refused))
    return redirect("casework:missing", pk)
