"""The steps of an author, each a form that says on which version it is taken."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST

from loket.monitor.desk import actions, queries
from loket.monitor.desk.forms import SignForm, WithdrawForm
from loket.monitor.desk.pages import desk_page, version
from loket.monitor.desk.views.releases import show
from schakel.disclosure.advice import Merge

PLAIN = {
    "make": actions.begin, "stop": actions.stop, "unsign": actions.unsign, "discard": actions.discard,
}  # fmt: skip
WAYS: dict[str, dict[str, Any]] = {
    "rounding": {"mode": "rounding"},
    "suppression": {"mode": "suppression"},
    "withhold_zeros": {"mode": "suppression", "zeros": "may-be-withheld"},
    "coarser": {"mode": "rounding", "base": 10},
}
"""The other ways to protect that a page offers."""


@require_POST
@desk_page
def step(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """A step that needs nothing more to be said."""
    if name not in PLAIN:
        raise Http404
    PLAIN[name](by=request.membership, draft=pk, version=version(request))  # type: ignore[attr-defined]
    return redirect("desk:releases") if name == "discard" else redirect("desk:release", pk)


@require_POST
@desk_page
def mend(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one of the merges that the attack proposed, or protect in another way."""
    me = request.membership  # type: ignore[attr-defined]
    way, number = request.POST.get("way", ""), request.POST.get("merge", "")
    if way in WAYS:
        actions.mend(by=me, draft=pk, version=version(request), **WAYS[way])
        return redirect("desk:release", pk)
    proposed = queries.release(by=me, draft=pk).report.get("nl", {}).get("author_only", {}).get("merges", [])
    if not (number.isdigit() and int(number) < len(proposed)):
        raise Http404
    one = proposed[int(number)]
    merge = Merge(one["variable"], tuple(one["categories"]), one["leave_out"])
    actions.mend(by=me, draft=pk, version=version(request), merge=merge)
    return redirect("desk:release", pk)


@require_POST
@desk_page
def sign(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    form = SignForm(request.POST)
    if not form.is_valid():
        return show(request, pk, status=400, sign=form)
    actions.sign(by=request.membership, draft=pk, version=version(request))  # type: ignore[attr-defined]
    return redirect("desk:release", pk)


@require_POST
@desk_page
def publish(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    me = request.membership  # type: ignore[attr-defined]
    one = queries.release(by=me, draft=pk)
    with translation.override(settings.LANGUAGE_CODE):  # one address, whatever language the author reads
        address = request.build_absolute_uri(reverse("figures:publication", args=[one.name]) + "bestanden/")
    actions.publish(by=me, draft=pk, version=version(request), address=address)
    return redirect("desk:release", pk)


@require_POST
@desk_page
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return show(request, pk, status=400, withdraw=form)
    reason = {"nl": form.cleaned_data["reason_nl"], "en": form.cleaned_data["reason_en"]}
    actions.withdraw(by=request.membership, draft=pk, version=version(request), reason=reason)  # type: ignore[attr-defined]
    return redirect("desk:release", pk)
