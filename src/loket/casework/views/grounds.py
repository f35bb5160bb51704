"""On what sharing rests: put on record, withdrawn, objected to."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from loket.accounts.pages import form_page, lang
from loket.casework.actions import consent
from loket.casework.forms import care
from loket.casework.pages import case_page
from loket.casework.queries import consents
from loket.casework.views.acting import identifier, tried, version


@form_page
@case_page
def grounds(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Every ground of a person, and a form for a new one."""
    me = request.membership
    receivers = care.helpers(me.organisation_kind)
    form = care.GroundForm(request.POST or None, purposes=care.purposes(consents.PURPOSES), receivers=receivers)

    def show(error: str = "", status: int = 200) -> HttpResponse:
        page = consents.page(by=me, person=pk, lang=lang())
        return render(request, "casework/grounds.html", {"page": page, "form": form, "error": error}, status=status)

    if request.method != "POST" or not form.is_valid():
        return show(status=400 if form.errors else 200)
    said = form.cleaned_data
    return tried(
        lambda: consent.record(by=me, person=pk, said=consent.Said(
            purpose=said["purpose"], answer=said["answer"], receiver_kind=said["receiver_kind"],
            given_by=tuple(said["given_by"]), ground=said["ground"] or "consent", told=said["told"], note=said["note"],
        )),
        show, lambda: redirect("casework:grounds", pk),
    )  # fmt: skip


@require_POST
@case_page
def take_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Withdraw a consent, or object to another ground: at once, without a reason."""
    me, person = request.membership, identifier(request, "person")
    if request.POST.get("event") == "object":
        said = consent.Said("", "object")
        consent.answer(by=me, ground=pk, said=said, version=version(request))
    else:
        consent.withdraw(by=me, ground=pk, version=version(request))
    if person is None:
        return redirect("casework:work")
    if request.POST.get("back") == "own":
        return redirect("casework:own_shared", person)
    return redirect("casework:grounds", person)
