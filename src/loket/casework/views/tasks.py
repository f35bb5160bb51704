"""A task: what, by when and why, and what was done with it; which duties stall."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from loket.accounts.pages import lang
from loket.audit.who import Refused
from loket.casework.actions import duties
from loket.casework.pages import case_page, identifier, number, sentence
from loket.casework.queries import stalling, tasks
from loket.site import paging

EVENTS = ("finish", "refuse", "take_back", "apply_again")


@require_safe
@case_page
def task(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return show(request, pk)


def show(request: HttpRequest, pk: uuid.UUID, status: int = 200, error: str = "") -> HttpResponse:
    page = tasks.task(by=request.membership, pk=pk, lang=lang())
    context = {"page": page, "error": error, "reason": request.POST.get("reason", ""),
               "errors": [{"for": "reason", "text": error}] if error else []}  # fmt: skip
    return render(request, "casework/task.html", context, status=status)


@require_POST
@case_page
def act(request: HttpRequest, pk: uuid.UUID, event: str) -> HttpResponse:
    """Done, refused, taken back, taken up, or placed; a refusal keeps what was typed."""
    me, version = request.membership, number(request, "version")
    try:
        if event == "take":
            duties.take(by=me, task=pk, version=version)
        elif event == "place":
            duties.place(by=me, task=pk, organisation=identifier(request, "organisation"), version=version)
        elif event not in EVENTS:
            raise Http404
        else:
            duties.act(by=me, task=pk, event=event, reason=request.POST.get("reason", "")[:2000], version=version)
    except Refused as refused:
        if refused.reason not in ("not_in_this_state", "changed_meanwhile"):
            raise
        return show(request, pk, 409 if refused.reason == "changed_meanwhile" else 400, sentence(refused))
    return redirect("casework:work" if event in ("finish", "refuse") else "casework:task",
                    *([] if event in ("finish", "refuse") else [pk]))  # fmt: skip


@require_safe
@case_page
def stalled(request: HttpRequest) -> HttpResponse:
    page = stalling.stalling(by=request.membership, lang=lang(), number=paging.asked(request))
    return render(request, "casework/stalled.html", {"page": page})
