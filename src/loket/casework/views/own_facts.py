"""Somebody says that an answer about them is wrong, and what it should be; the registration point applies it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loket.accounts.pages import form_page, lang
from loket.audit.who import Refused
from loket.casework import stored
from loket.casework.actions import rights
from loket.casework.forms.facts import chosen, claim, question
from loket.casework.pages import bad_words, case_page
from loket.casework.parts import FACT
from loket.casework.queries import changes
from schakel.mechanism.content import load
from schakel.vocabulary.errors import BadInput


@form_page
@case_page
def fact(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One answer, chosen from a list: what stands there, and what it should be."""
    me, name = request.membership, request.GET.get("feit", "")  # type: ignore[attr-defined]
    if name not in load().facts:
        raise Refused("not_found", event="casework.read")
    now, error = changes.fact(by=me, pk=pk, name=name, lang=lang()), ""
    if request.method == "POST":
        try:
            said = claim(load().facts[name], request.POST)
            rights.ask(by=me, person=pk, kind="correct", words=request.POST.get("words", ""), place=f"{FACT}{name}",
                       value=stored.pack(stored.claim_data(said)))  # fmt: skip
        except BadInput as wrong:
            error = bad_words(wrong)
        else:
            return redirect("casework:own_readers", pk)
    picked = request.POST.getlist("value") if request.method == "POST" else chosen(now.claims)
    context = {
        "question": question(load().facts[name], picked, lang(), error), "now": now, "pk": pk,
        "errors": [{"for": "value", "text": error}] if error else [], "typed": request.POST,
    }  # fmt: skip
    return render(request, "casework/own_fact.html", context, status=400 if error else 200)
