"""The encounter: its persons, what was told, the next question; and sending it to the registration point."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from loket.accounts.pages import form_page, lang
from loket.audit.who import Refused
from loket.casework.actions import drafting, registering, telling
from loket.casework.forms.facts import chosen, claim, how_sure, question
from loket.casework.forms.identity import GROUNDS, IdentityForm, initial
from loket.casework.pages import bad_words, case_page, clash, identifier, number
from loket.casework.queries import encounters, persons
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.facts import Fact

CHANGED = "changed_meanwhile"


@require_safe
@case_page
def encounter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    page = encounters.encounter(by=request.membership, pk=pk, lang=lang())
    return render(request, "casework/encounter.html", {"page": page, "single": len(page.persons) == 1})


@require_POST
@case_page
def add_persons(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    drafting.add_persons(
        by=request.membership, encounter=pk, number=number(request, "number"),
        like=identifier(request, "like") if request.POST.get("like") else None, version=number(request, "version"),
    )  # fmt: skip
    return redirect("casework:encounter", pk)


@require_POST
@case_page
def remove_person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    home = persons.encounter_of(pk)
    drafting.remove_person(by=request.membership, person=pk, version=number(request, "version"))
    return redirect("casework:encounter", home)


@require_POST
@case_page
def submit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    registering.submit(by=request.membership, encounter=pk, version=number(request, "version"),
                       reference=request.POST.get("reference", ""))  # fmt: skip
    return redirect("casework:work")


@require_POST
@case_page
def throw_away(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    drafting.throw_away(by=request.membership, encounter=pk)
    return redirect("casework:work")


@form_page
@case_page
def fact(request: HttpRequest, pk: uuid.UUID, name: str, person: bool = False) -> HttpResponse:
    """One fact, about everyone or about one person: the answer, how sure it is and who said it."""
    told = load().facts.find(name, "")

    def ask(error: str = "", status: int = 0) -> HttpResponse:
        now = persons.fact(by=request.membership, pk=pk, fact=told.id, person=person, lang=lang())
        return _ask(request, told, now, error, status)

    if request.method != "POST":
        return ask()
    try:
        row, number_ = _tell(request, pk, claim(told, request.POST), person)
    except BadInput as error:  # no answer, or what cannot be together with what was told before
        return ask(bad_words(error))
    except Refused as refused:
        if refused.reason != CHANGED:
            raise
        return ask(clash(), 409)
    return redirect(f"{_back(row)}{'#persoon-' + str(number_) if number_ else ''}")


def _tell(request: HttpRequest, pk: uuid.UUID, answer: Claim, person: bool) -> tuple[uuid.UUID, int]:
    """Told; the encounter to go back to, and the number of the person it is about."""
    said = {"by": request.membership, "claim": answer, "beside": bool(request.POST.get("beside")),
            "version": number(request, "version")}  # fmt: skip
    if person:
        row = telling.tell(person=pk, **said)
        return row.encounter_id, row.number
    return telling.tell_shared(encounter=pk, **said).pk, 0


def _back(encounter: uuid.UUID) -> str:
    return reverse("casework:encounter", args=[encounter])


def _ask(
    request: HttpRequest, told: Fact, now: persons.FactNow, error: str = "", status: int = 0
) -> HttpResponse:  # fmt: skip
    post = request.POST
    picked = post.getlist("value") if post else chosen(now.claims)
    asked = question(told, picked, lang(), error)
    context = {
        "question": asked, "sure": how_sure(post, lang()), "now": now, "name": told.name(lang()),
        "errors": [{"for": "value", "text": error}] if error else [], "beside": bool(post.get("beside")),
    }  # fmt: skip
    return render(request, "casework/fact.html", context, status=status or (400 if error else 200))


@require_safe
@case_page
def pick(request: HttpRequest, pk: uuid.UUID, person: bool = False) -> HttpResponse:
    """From the list of facts to the question about one."""
    told = load().facts.find(request.GET.get("fact", ""), "")
    shared = told.scope == "encounter" or not person
    return redirect("casework:fact" if shared else "casework:person_fact",
                    persons.encounter_of(pk) if person and shared else pk, told.id)  # fmt: skip


@form_page
@case_page
def identity(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Who it is, or a count without a name."""
    me = request.membership
    now = persons.identity(by=me, pk=pk, lang=lang(), shown=not request.POST)
    start = None if request.POST else initial(
        now.identity, now.contact, now.named, now.grounds, now.purposes if now.chosen else (), now.consent_by
    )  # fmt: skip
    form = IdentityForm(request.POST or None, grounds=now.offered, initial=start)
    if request.method == "POST" and form.is_valid():
        if now.version != number(request, "version"):
            form.add_error("named", clash())
        else:
            named = form.cleaned_data["named"] == "name"
            drafting.identify(
                by=me, person=pk, identity=form.identity if named else None, contact=form.cleaned_data["contact"],
                purposes=form.purposes, consent_by=form.cleaned_data["consent_by"], version=number(request, "version"),
            )  # fmt: skip
            return redirect("casework:encounter", now.encounter)
    if request.POST:
        now = persons.identity(by=me, pk=pk, lang=lang())
    context = {"form": form, "now": now, "grounds": GROUNDS, "none": [p for p in GROUNDS if not now.offered[p]]}
    return render(request, "casework/identity.html", context, status=400 if form.errors else 200)
