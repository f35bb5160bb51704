"""Reports: one that somebody tells by telephone or letter becomes a draft, and one more of an encounter is added."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from loket.accounts.pages import form_page
from loket.casework.actions import drafting, reporting
from loket.casework.forms.reports import ReportForm, TakenForm
from loket.casework.pages import case_page
from loket.casework.queries import reports as queries
from loket.casework.taking import TAKES
from loket.wegwijzer import document


@form_page
@case_page
def take(request: HttpRequest) -> HttpResponse:
    """Who told it and how; then a draft, like any other. What the wegwijzer asked meanwhile comes along."""
    me = request.membership  # type: ignore[attr-defined]
    queries.may_take(by=me)
    facts = request.POST.get("facts", "")
    form = TakenForm(request.POST if "channel" in request.POST or "told_by" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        made = drafting.begin(by=me, facts=_plain(facts), taken=form.taken)
        return redirect("casework:encounter", made.pk)
    return render(request, "casework/take.html", {"form": form, "facts": facts}, status=400 if form.errors else 200)


def _plain(facts: str) -> dict[str, Any] | None:
    """The facts document of the wegwijzer as plain data. Raises BadInput for what is none."""
    if not facts:
        return None
    found: dict[str, Any] = json.loads(document.write(document.read(facts, timezone.localdate().isoformat())))
    return found


@form_page
@case_page
def add(request: HttpRequest, pk: uuid.UUID, person: bool = False) -> HttpResponse:
    """One more report, about one person or about everyone: who told it, and what."""
    me = request.membership  # type: ignore[attr-defined]
    now = queries.to_add(by=me, pk=pk, person=person)
    form = ReportForm(request.POST or None)
    told = TakenForm(request.POST or None) if me.role == TAKES else None
    if request.method == "POST" and form.is_valid() and (told is None or told.is_valid()):
        reporting.add(by=me, encounter=now.encounter, person=pk if person else None,
                      words=form.cleaned_data["report_words"], taken=told.taken if told else None)  # fmt: skip
        return render(request, "casework/report_added.html", {"now": now})
    wrong = form.errors or (told and told.errors)
    context = {"form": form, "told": told, "now": now}
    return render(request, "casework/add_report.html", context, status=400 if wrong else 200)
