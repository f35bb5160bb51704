"""My work today, and what one reported."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.accounts.pages import lang
from loket.casework.access import OWN_DRAFT
from loket.casework.pages import case_page
from loket.casework.queries import work
from schakel.casework.content import access
from schakel.mechanism.content import load


@require_safe
@case_page
def today(request: HttpRequest) -> HttpResponse:
    """Late, due, without a day; and one's own drafts and reports."""
    me = request.membership
    context = {
        "work": work.work(by=me, lang=lang()),
        "waiting": work.waiting(by=me, lang=lang()),
        "reports": work.reports(by=me, lang=lang()),
        "may_begin": OWN_DRAFT in access(load()).roles[me.role].actions,
    }
    return render(request, "casework/work.html", context)
