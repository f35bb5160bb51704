"""The log and the emergencies, for the auditor."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from loket.accounts import actions, queries
from loket.accounts.pages import members_only, refused_page
from loket.audit.actions import record
from loket.audit.queries import last_of
from loket.audit.who import Refused


@require_safe
@members_only
def log(request: HttpRequest) -> HttpResponse:
    """For the auditor: the last entries and the opened glasses. To look is itself an entry."""
    me = request.membership
    try:
        me.must("see_log", "", kind="log")
        glasses = queries.glasses(by=me)
    except Refused as refused:
        record("accounts.see_log", by=me.actor, outcome="refused", reason=refused.reason, kind="log")
        return refused_page(request, refused)
    record("accounts.see_log", by=me.actor, purpose="audit", kind="log")
    rows = last_of(None, 100)
    organisations = queries.names({row["organisation"] for row in rows})
    context = {
        "rows": [{**row, "where": organisations.get(row["organisation"], "")} for row in rows],
        "glasses": glasses,
    }
    return render(request, "accounts/log.html", context)


@require_POST
@members_only
def review_glass(request: HttpRequest, glass: uuid.UUID) -> HttpResponse:
    try:
        actions.review_glass(by=request.membership, glass=glass)
    except Refused as refused:
        return refused_page(request, refused)
    return redirect("accounts:log")
