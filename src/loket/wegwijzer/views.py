"""The walk: a form comes in with all that was told, and the next page goes out with it. Nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loket.wegwijzer import pages, paper, refusals
from loket.wegwijzer import state as moments
from loket.wegwijzer.encounter import Encounter, meet
from loket.wegwijzer.moves import Refused, move
from loket.wegwijzer.state import State
from schakel.mechanism.content import load
from schakel.vocabulary.errors import BadInput

Page = tuple[str, dict[str, Any]]


# No CSRF token: it needs a cookie, and a forged form can change nothing here, for nothing is kept.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def walk(request: HttpRequest) -> HttpResponse:
    """Every step. A GET holds no answers and is always the first page."""
    lang = get_language() or settings.LANGUAGE_CODE
    if request.method != "POST":
        return _show(request, pages.who(lang))
    try:
        before = moments.read(request.POST, timezone.localdate().isoformat())
    except BadInput as error:
        return _refuse(request, pages.broken(lang, request.POST.get("facts", ""), refusals.sentence(error, lang)))
    return _step(request, before, lang)


def _step(request: HttpRequest, before: State, lang: str) -> HttpResponse:
    """Make the move; where it cannot be made, the same page again with the reason."""
    content = load()
    try:
        after = meet(content, move(before, request.POST, content), lang)
        if request.POST.get("do") == paper.ASKED and before.safe:
            return paper.sheet(after)
        return _show(request, pages.page(_with_news(after, before)))
    except (Refused, BadInput) as error:
        refused = error
    try:
        template, context = pages.page(meet(content, refusals.stay(before, request.POST), lang))
    except BadInput as error:
        return _refuse(request, pages.broken(lang, request.POST.get("facts", ""), refusals.sentence(error, lang)))
    return _refuse(request, (template, {**context, **refusals.context(refused, before, request.POST, content, lang)}))


def _with_news(encounter: Encounter, before: State) -> Encounter:
    """With what applied before the answer that was just given, so that the page can say what is new."""
    answered = encounter.state.asking and encounter.state.document != before.document
    same_people = len(before.document["persons"]) == len(encounter.state.document["persons"])
    if before.at != "plan" or not answered or not same_people:
        return encounter
    earlier = meet(encounter.content, replace(encounter.state, document=before.document), encounter.lang)
    return replace(encounter, earlier=earlier.applying)


def _show(request: HttpRequest, page: Page, status: int = 200) -> HttpResponse:
    """A whole page, or only the part that changes where the form was sent by htmx."""
    template, context = page
    part = request.headers.get("HX-Request") == "true"
    layout = "wegwijzer/part.html" if part else "wegwijzer/whole.html"
    response = render(request, template, {**context, "layout": layout}, status=status)
    patch_cache_control(response, no_store=True)
    return response


def _refuse(request: HttpRequest, page: Page) -> HttpResponse:
    """422 where our own script swaps it in, 400 as a page."""
    return _show(request, page, 422 if request.headers.get("HX-Request") == "true" else 400)
