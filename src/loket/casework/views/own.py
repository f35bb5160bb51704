"""The pages of the person concerned and of who speaks for them; and what is done about their requests."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from loket.accounts.pages import form_page, lang
from loket.casework.actions import emergency, registering, rights
from loket.casework.forms.people import RepresentForm, RequestForm
from loket.casework.pages import case_page
from loket.casework.queries import emergencies as looks
from loket.casework.queries import own as queries
from loket.casework.queries import rights as registry
from loket.casework.views.acting import identifier, tried, version
from loket.site import paging


@require_safe
@case_page
def mine(request: HttpRequest) -> HttpResponse:
    """The people that one is, or speaks for: one leads straight to their page."""
    cards = queries.cards(by=request.membership, lang=lang())
    if len(cards) == 1:
        return redirect("casework:own_page", cards[0].id)
    return render(request, "casework/own_list.html", {"cards": cards})


@form_page
@case_page
def page(request: HttpRequest, pk: uuid.UUID, part: str = "recorded") -> HttpResponse:
    """What is recorded, or who may know it, or who looked; and a form to say what is wrong, or to object."""
    me = request.membership
    form = RequestForm(request.POST or None)

    def show(error: str = "", status: int = 200) -> HttpResponse:
        found = queries.page(by=me, pk=pk, lang=lang(), part=part)
        return render(request, "casework/own.html", {"page": found, "form": form, "error": error}, status=status)

    if request.method != "POST" or not form.is_valid():
        return show(status=400 if form.errors else 200)
    said = form.cleaned_data
    return tried(
        lambda: rights.ask(by=me, person=pk, kind=said["request_kind"], words=said["request_words"],
                           place=said["request_place"], value=said["request_value"]),
        show, lambda: redirect("casework:own_readers", pk),
    )  # fmt: skip


@require_POST
@case_page
def written(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything as one text, to save; its name says nothing."""
    text = queries.written(by=request.membership, pk=pk, lang=lang())
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="overzicht.txt"'
    return answer


@require_POST
@case_page
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The person, or who speaks for them, withdraws the registration; with a few words, which the lifecycle asks."""
    me, row = request.membership, identifier(request, "registration")

    def show(error: str = "", status: int = 200) -> HttpResponse:
        found = queries.page(by=me, pk=pk, lang=lang(), part="shared")
        context = {"page": found, "form": RequestForm(), "error": error, "typed": request.POST}
        return render(request, "casework/own.html", context, status=status)

    return tried(
        lambda: registering.step(by=me, registration=row or uuid.UUID(int=0), event="withdraw",
                                 words=request.POST.get("words", "")[:4000], version=version(request)),
        show, lambda: redirect("casework:own_page", pk),
    )  # fmt: skip


@form_page
@case_page
def requests(request: HttpRequest) -> HttpResponse:
    """The registration point: requests to be put right."""
    return _requests(request)


def _requests(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    page = registry.waiting(by=request.membership, lang=lang(), number=paging.asked(request))
    return render(request, "casework/corrections.html", {"page": page, "error": error, "typed": request.POST},
                  status=status)  # fmt: skip


@require_POST
@case_page
def act(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One step of a request, by the person or by the registration point."""
    me, own = request.membership, identifier(request, "person")

    def show(**kwargs: Any) -> HttpResponse:
        if me.role == "registrar":
            return _requests(request, **kwargs)
        found = queries.page(by=me, pk=own or uuid.UUID(int=0), lang=lang(), part="readers")
        return render(request, "casework/own.html", {"page": found, "form": RequestForm(), "error": kwargs["error"],
                                                     "typed": request.POST}, status=kwargs["status"])  # fmt: skip

    return tried(
        lambda: rights.act(by=me, correction=pk, event=request.POST.get("event", ""),
                           words=request.POST.get("words", ""), version=version(request)),
        show, lambda: redirect("casework:corrections") if own is None or me.role == "registrar"
        else redirect("casework:own_readers", own),
    )  # fmt: skip


@form_page
@case_page
def representatives(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Who is this person at the counter, or speaks for them; put on record by the registration point."""
    me = request.membership
    found = registry.representatives(by=me, person=pk)
    form = RepresentForm(request.POST or None, accounts=list(found.accounts))

    def show(error: str = "", status: int = 200) -> HttpResponse:
        return render(request, "casework/representatives.html", {"page": found, "form": form, "error": error},
                      status=status)  # fmt: skip

    if request.method != "POST" or not form.is_valid():
        return show(status=400 if form.errors else 200)
    said = form.cleaned_data
    return tried(
        lambda: rights.represent(by=me, person=pk, membership=uuid.UUID(said["account"]), role=said["stands_as"],
                                 basis=said["basis"]),
        show, lambda: redirect("casework:representatives", pk),
    )  # fmt: skip


@require_POST
@case_page
def end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    rights.end(by=request.membership, representation=pk)
    person = identifier(request, "person")
    return redirect("casework:representatives", person) if person else redirect("casework:work")


@form_page
@case_page
def emergencies(request: HttpRequest) -> HttpResponse:
    """What was seen in emergencies: looked into by somebody else, and told to the person when that is safe."""
    me, look = request.membership, identifier(request, "look")

    def show(error: str = "", status: int = 200) -> HttpResponse:
        page = looks.looks(by=me, number=paging.asked(request))
        return render(request, "casework/emergencies.html", {"page": page, "error": error}, status=status)

    if request.method != "POST" or look is None:
        return show()
    if request.POST.get("event") == "told":
        return tried(lambda: emergency.told(by=me, look=look), show, lambda: redirect("casework:emergencies"))
    return tried(lambda: emergency.review(by=me, look=look, verdict=request.POST.get("event", "")), show,
                 lambda: redirect("casework:emergencies"))  # fmt: skip
