"""From the wegwijzer into a draft, through signing in: what was told travels sealed in the page, kept nowhere."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from loket.casework import parcel
from loket.casework.actions import drafting
from loket.casework.pages import bad_words, case_page, hold
from loket.casework.taking import TAKES
from loket.casework.views.reports import take
from loket.wegwijzer import document
from schakel.mechanism.content import load
from schakel.mechanism.facts_file import from_data
from schakel.vocabulary.errors import BadInput


# No CSRF token: the plan is a page without a cookie. Nothing is written here; that takes the button on the next page.
@csrf_exempt
@require_POST
def carry(request: HttpRequest) -> HttpResponse:
    """`Register this` on a plan: check the facts, seal them, and ask to sign in or to go on."""
    try:
        facts = document.read(request.POST.get("facts", ""), timezone.localdate().isoformat())
        from_data(load(), facts, on=timezone.localdate())
    except BadInput as error:
        return render(request, "casework/refused.html", {"sentence": bad_words(error)}, status=400)
    return hold(request, parcel.seal(reverse("casework:begin"), [("facts", document.write(facts))]))


# No CSRF token either: it changed if they signed in in another window, and here, too, nothing is written.
@csrf_exempt
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Signed in in another window, or by way of one's own organisation: go on with the form that was held."""
    return hold(request, request.POST.get(parcel.FIELD, ""))


def opened(request: HttpRequest) -> HttpResponse:
    """What is shown right after signing in with a parcel in the form (`settings.LOKET_AFTER_SIGN_IN`)."""
    return hold(request, request.POST.get(parcel.FIELD, ""))


@require_POST
@case_page
def begin(request: HttpRequest) -> HttpResponse:
    """The draft itself: from what was carried, or an empty one."""
    if request.membership.role == TAKES:  # what was asked while somebody told it by telephone
        return take(request)
    text, today = request.POST.get("facts", ""), timezone.localdate().isoformat()
    facts: dict[str, Any] | None = json.loads(document.write(document.read(text, today))) if text else None
    made = drafting.begin(by=request.membership, facts=facts)
    return redirect("casework:encounter", made.pk)
