"""Possible doubles and the search by name: the registration point only; a finder sees *received*, either way."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from loket.accounts.pages import form_page, lang
from loket.casework.access import Denied
from loket.casework.actions import alerts, merging
from loket.casework.forms.people import SearchForm
from loket.casework.pages import case_page
from loket.casework.queries import duplicates
from loket.casework.queries.doubles import waiting as with_doubles
from loket.casework.views.acting import identifier, tried, version
from loket.site import paging


@require_safe
@case_page
def waiting(request: HttpRequest) -> HttpResponse:
    """Registrations that may be of somebody who was registered before."""
    page = with_doubles(by=request.membership, number=paging.asked(request))
    return render(request, "casework/doubles.html", {"page": page})


@require_safe
@case_page
def doubles(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One registration beside those that may be the same."""
    return _show(request, pk)


def _show(request: HttpRequest, pk: uuid.UUID, error: str = "", status: int = 200) -> HttpResponse:
    page = duplicates.page(by=request.membership, pk=pk, lang=lang())
    return render(request, "casework/double.html", {"page": page, "error": error, "typed": request.POST}, status=status)


@require_POST
@case_page
def merge(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """This registration goes into another."""
    kept = identifier(request, "kept") or uuid.UUID(int=0)

    def show(**kwargs: Any) -> HttpResponse:
        return _show(request, pk, **kwargs)

    return tried(
        lambda: merging.merge(by=request.membership, kept=kept, merged=pk, reason=request.POST.get("reason", ""),
                              version=version(request)),
        show, lambda: redirect("casework:duplicates", kept),
    )  # fmt: skip


@require_POST
@case_page
def unmerge(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    row = merging.unmerge(by=request.membership, merge=pk, reason=request.POST.get("reason", ""))
    return redirect("casework:registration", row.pk)


@require_POST
@case_page
def apart(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """They are two people."""
    other = identifier(request, "other") or uuid.UUID(int=0)
    merging.apart(by=request.membership, one=pk, other=other)
    return redirect("casework:duplicates", pk)


@form_page
@case_page
def search(request: HttpRequest) -> HttpResponse:
    """Search before somebody is registered a second time. What is typed goes by POST, so that no address holds it."""
    form = SearchForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        try:
            found = duplicates.find(by=request.membership, identity=form.identity, lang=lang())
        except Denied:
            alerts.searched(by=request.membership)
            raise
    return render(request, "casework/search.html", {"form": form, "found": found}, status=400 if form.errors else 200)
