"""Referrals: the list of both sides, asking for one with what may come along, and answering it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from loket.accounts.pages import form_page, lang
from loket.casework.actions import referral as actions
from loket.casework.forms import care
from loket.casework.pages import case_page
from loket.casework.queries import asking, referrals
from loket.casework.queries.sharing import PURPOSES
from loket.casework.views.acting import identifier, tried, version
from loket.site import paging


@require_safe
@case_page
def mine(request: HttpRequest) -> HttpResponse:
    """What was sent and what came in; what waits for an answer stands first."""
    found = referrals.listed(
        by=request.membership, lang=lang(), group=request.GET.get("groep", ""), number=paging.asked(request)
    )  # fmt: skip
    return render(request, "casework/referrals.html", {"found": found})


@form_page
@case_page
def refer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """First whom and what for; then what may come along, on which ground, and to which organisation."""
    me, post = request.membership, request.POST
    asked = care.AskedForm(post or None, purposes=care.purposes(PURPOSES), receivers=care.helpers(me.organisation_kind))
    context: dict[str, Any] = {"asked": asked, "pk": pk}
    if request.method != "POST" or not asked.is_valid():
        asking.may_ask(by=me, person=pk)
        return render(request, "casework/refer.html", context, status=400 if asked.errors else 200)
    said, circumstances = asked.cleaned_data, care.told_circumstances(post)

    def show(error: str = "", status: int = 200) -> HttpResponse:
        may = asking.may(by=me, person=pk, receiver_kind=said["receiver_kind"], purpose=said["purpose"], lang=lang(),
                         circumstances=circumstances)  # fmt: skip
        asks = care.CircumstancesForm(initial=may.circumstances, asked=may.asks)
        seen = {**context, "may": may, "circumstances": asks, "form": care.send_form(post, may), "error": error}
        return render(request, "casework/refer.html", seen, status=status)

    if post.get("step") != "send":
        return show()
    form = care.sent_form(post, asking.open_to(by=me, person=pk, receiver_kind=said["receiver_kind"]).receivers)
    if not form.is_valid():
        return show(status=400)
    sent = form.cleaned_data
    return tried(
        lambda: actions.refer(by=me, person=pk, asked=actions.Request(
            kind=said["refer_kind"], purpose=said["purpose"], receiver_kind=said["receiver_kind"],
            receiver=sent["receiver"], fields=frozenset(sent["share"]), whole=True, circumstances=circumstances,
            message=sent["message"], answer_by=sent["answer_by"],
        )),
        show, lambda: redirect("casework:referrals"),
    )  # fmt: skip


@form_page
@case_page
def referral(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One referral, as the side that looks may see it; and what can be done with it now."""
    me = request.membership

    def show(error: str = "", status: int = 200) -> HttpResponse:
        page = referrals.page(by=me, pk=pk, lang=lang())
        return render(request, "casework/referral.html",
                      {"page": page, "error": error, "typed": request.POST}, status=status)  # fmt: skip

    if request.method != "POST":
        return show()
    return tried(
        lambda: actions.act(
            by=me, referral=pk, event=request.POST.get("event", ""), version=version(request),
            words=request.POST.get("words", ""), by_telephone=bool(request.POST.get("by_telephone")),
        ),
        show, lambda: redirect("casework:referral", pk),
    )  # fmt: skip


@require_POST
@case_page
def appoint(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The registrar found who takes it."""
    found = identifier(request, "receiver")
    actions.appoint(by=request.membership, referral=pk, receiver=found or uuid.UUID(int=0), version=version(request))
    return redirect("casework:referral", pk)
