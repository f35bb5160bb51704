"""Shelter: asking for a place, answering, and where somebody stays."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from loket.accounts.pages import form_page, lang
from loket.casework.actions import emergency
from loket.casework.actions import shelter as actions
from loket.casework.forms import care
from loket.casework.pages import case_page
from loket.casework.queries import asking, places
from loket.casework.queries.sharing import SHELTER
from loket.casework.views.acting import identifier, tried, version
from loket.site import paging
from schakel.casework.shelter import AVOID, Intake


@require_safe
@case_page
def mine(request: HttpRequest) -> HttpResponse:
    """Requests for a place that the own organisation made or got; who waits longest stands first."""
    found = places.listed(
        by=request.membership, lang=lang(), group=request.GET.get("groep", ""), number=paging.asked(request)
    )  # fmt: skip
    return render(request, "casework/placements.html", {"found": found})


@form_page
@case_page
def ask(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Which kind of shelter; then what it must know, whom and where to avoid, and which shelter to ask."""
    me, post = request.membership, request.POST
    asked, intake = care.ShelterKindForm(post or None), care.IntakeForm(post or None, avoid=AVOID)
    context: dict[str, Any] = {"asked": asked, "intake": intake, "pk": pk}
    if request.method != "POST" or not (asked.is_valid() and intake.is_valid()):
        asking.may_ask(by=me, person=pk, action="request_place")
        wrong = asked.errors or intake.errors
        return render(request, "casework/ask_place.html", context, status=400 if wrong else 200)
    kind, needs = asked.cleaned_data["receiver_kind"], intake.cleaned_data
    circumstances, avoid = care.told_circumstances(post), frozenset(needs["avoid_areas"])

    def show(error: str = "", status: int = 200) -> HttpResponse:
        may = asking.may(by=me, person=pk, receiver_kind=kind, purpose=SHELTER, lang=lang(), action="request_place",
                         circumstances=circumstances, avoid=avoid)  # fmt: skip
        asks = care.CircumstancesForm(initial=may.circumstances, asked=may.asks)
        form = care.send_form(post, may, without="answer_by")
        seen = {**context, "may": may, "circumstances": asks, "form": form, "error": error}
        return render(request, "casework/ask_place.html", seen, status=status)

    if post.get("step") != "send":
        return show()
    to = asking.open_to(by=me, person=pk, receiver_kind=kind, avoid=avoid)
    form = care.sent_form(post, to.receivers, without="answer_by")
    if not form.is_valid():
        return show(status=400)
    sent = form.cleaned_data
    need = actions.Need(
        shelter_kind=kind, shelter=sent["receiver"], municipality=to.municipality,
        intake=Intake(tuple(needs["avoid_areas"]), tuple(needs["avoid"]), needs["companions"] or 0, needs["wheelchair"],
                      needs["pets"]),
        fields=frozenset(sent["share"]), whole=True, circumstances=tuple(circumstances.items()),
        message=sent["message"],
    )  # fmt: skip
    return tried(lambda: actions.request(by=me, person=pk, need=need), show, lambda: redirect("casework:placements"))


@form_page
@case_page
def placement(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One request for a place; and what can be done with it now."""
    me, post = request.membership, request.POST

    def show(error: str = "", status: int = 200) -> HttpResponse:
        page = places.page(by=me, pk=pk, lang=lang())
        return render(request, "casework/placement.html", {"page": page, "error": error, "typed": post}, status=status)

    if request.method != "POST":
        return show()
    return tried(
        lambda: actions.act(by=me, placement=pk, event=post.get("event", ""), version=version(request),
                            reason=post.get("reason", ""), words=post.get("words", ""),
                            other=identifier(request, "other")),
        show, lambda: redirect("casework:placement", pk),
    )  # fmt: skip


@require_POST
@case_page
def find(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The registrar found a shelter to ask."""
    found = identifier(request, "other")
    actions.find(by=request.membership, placement=pk, shelter=found or uuid.UUID(int=0), version=version(request))
    return redirect("casework:placement", pk)


@form_page
@case_page
def stay(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Where somebody stays: for who may read it, and for nobody else."""
    me, post = request.membership, request.POST

    def show(error: str = "", status: int = 200) -> HttpResponse:
        now = places.stay(by=me, person=pk)
        if me.emergency:
            emergency.looked(by=me, person=pk)
        return render(request, "casework/stay.html", {"now": now, "error": error, "typed": post}, status=status)

    if request.method != "POST":
        return show()
    return tried(
        lambda: actions.tell_whereabouts(by=me, person=pk, address=post.get("address", ""), version=version(request)),
        show, lambda: redirect("casework:stay", pk),
    )  # fmt: skip
