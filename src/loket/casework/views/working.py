"""My work today, and what one reported."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.accounts.pages import lang
from loket.casework.access import OWN_DRAFT
from loket.casework.pages import case_page
from loket.casework.queries import referrals, reported, work
from loket.casework.taking import TAKES
from loket.site import paging
from schakel.casework.content import access
from schakel.mechanism.content import load


@require_safe
@case_page
def today(request: HttpRequest) -> HttpResponse:
    """Late, due, without a day; and one's own drafts and reports."""
    me = request.membership
    found = work.board(by=me, lang=lang(), part=request.GET.get("groep", ""), number=paging.asked(request))
    totals = {group.name: group.total for group in found.groups}
    context = {
        "found": found,
        "late": totals.get("late", 0),
        "number": sum(total for name, total in totals.items() if name != "to_place"),
        "waiting": referrals.waiting(by=me, lang=lang()),
        "reports": reported.today(by=me, lang=lang()),
        "may_begin": OWN_DRAFT in access(load()).roles[me.role].actions,
        "takes": me.role == TAKES,
    }
    return render(request, "casework/work.html", context)


@require_safe
@case_page
def reports(request: HttpRequest) -> HttpResponse:
    """All that one reported, in pages, or what of it waits for oneself."""
    waits = request.GET.get("groep") == "wacht"
    found = reported.reports(by=request.membership, lang=lang(), waits=waits, number=paging.asked(request))
    return render(request, "casework/reported.html", {"page": found, "waits": waits})
