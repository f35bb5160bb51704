"""Somebody who was counted makes themselves known: the same questions as in a draft, asked later."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loket.accounts.pages import form_page, lang
from loket.casework.actions import making_known
from loket.casework.forms.identity import GROUNDS, IdentityForm
from loket.casework.pages import case_page, clash, number
from loket.casework.queries import persons


@form_page
@case_page
def name(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Who it is, and on which ground that is told; the count then goes on as a registration by name."""
    me = request.membership
    now = persons.count(by=me, pk=pk, lang=lang())
    typed = request.POST.copy() if request.method == "POST" else None
    if typed is not None:
        typed["named"] = "name"
    form = IdentityForm(typed, grounds=now.offered)
    if request.method == "POST" and form.is_valid():
        if now.version != number(request, "version"):
            form.add_error("surname", clash())
        elif not all(form.purposes.values()):
            form.add_error("ground_figures", form.no_ground)
        else:
            made = making_known.make_known(
                by=me, registration=pk, identity=form.identity, contact=form.cleaned_data["contact"],
                purposes=form.purposes, consent_by=form.cleaned_data["consent_by"], version=now.version,
            )  # fmt: skip
            return redirect("casework:registration", made.pk)
    context = {"form": form, "now": now, "pk": pk, "none": [one for one in GROUNDS if not now.offered[one]]}
    return render(request, "casework/make_known.html", context, status=400 if form.errors else 200)
