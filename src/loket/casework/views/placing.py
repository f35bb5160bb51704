"""Where it was, and the situations of exploitation of a person: what facts alone do not hold."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loket.accounts.pages import form_page, lang
from loket.casework.actions import telling
from loket.casework.forms.situations import ExploitationForm, place_field
from loket.casework.pages import bad_words, case_page, clash, number
from loket.casework.queries import persons
from schakel.mechanism.content import load
from schakel.vocabulary.errors import BadInput


@form_page
@case_page
def place(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The municipality of the encounter: it decides which organisations of the region have a task."""
    now = persons.municipality(by=request.membership, pk=pk)
    typed, error = request.POST.get("municipality", now.name).strip(), ""
    if request.method == "POST":
        if now.version != number(request, "version"):
            error = clash()
        else:
            try:
                telling.set_place(by=request.membership, encounter=pk, municipality=typed, version=now.version)
            except BadInput as wrong:
                error = bad_words(wrong)
            else:
                return redirect("casework:encounter", pk)
    context = {"field": place_field(typed, error, lang()), "now": now, "pk": pk,
               "errors": [{"for": "municipality", "text": error}] if error else [],
               "places": [one.name for one in load().places.municipalities]}  # fmt: skip
    return render(request, "casework/place.html", context, status=400 if error else 200)


@form_page
@case_page
def exploitation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One situation of exploitation: a person may have had several, in several years."""
    now = persons.fact(by=request.membership, pk=pk, fact="form", person=True, lang=lang())
    form = ExploitationForm(request.POST or None, lang=lang())
    if request.method == "POST" and form.is_valid():
        if now.version != number(request, "version"):
            form.add_error("exploited_how", clash())
        else:
            try:
                telling.tell_exploitation(
                    by=request.membership,
                    person=pk,
                    exploited=form.situation,
                    version=now.version,
                )
            except BadInput as wrong:
                form.add_error("ended", bad_words(wrong))
            else:
                return redirect("casework:encounter", now.encounter)
    context = {"form": form, "now": now}
    return render(request, "casework/exploitation.html", context, status=400 if form.errors else 200)
