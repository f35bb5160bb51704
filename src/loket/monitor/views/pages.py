"""Pages that anybody may see, without an account; no page asks a database anything."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from loket.monitor import shelf
from loket.monitor.presenters import publication as told
from loket.monitor.presenters import published, selection
from schakel.disclosure.protected import ProtectedRelease
from schakel.monitor.definitions import definitions
from schakel.monitor.publications import Publication
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.sources import CERTAINTY

GONE = 410


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The series that was published, this installation's publications, and what nobody knows."""
    lang = language()
    context = {
        "series": published.by_year(lang), "breaks": published.warnings(lang), "traps": published.beware(lang),
        "not_known": published.not_known(lang), "publications": [told.line(one, lang) for one in shelf.every()],
        "pages": [published.heading(name, lang) for name in published.PAGES],
    }  # fmt: skip
    return render(request, "figures/start.html", context)


@require_safe
def series(request: HttpRequest, name: str) -> HttpResponse:
    if name not in published.PAGES:
        raise Http404
    return render(request, "figures/series.html", {"page": published.page(name, language())})


@require_safe
def notions(request: HttpRequest) -> HttpResponse:
    """How figures are counted: the notions and the definitions, with their sources."""
    lang, known = language(), definitions()
    every: tuple[tuple[str, Any], ...] = (("", known.notions), ("figures", known.figures.values()))
    groups = [(key, [_notion(one, lang) for one in ones]) for key, ones in every]
    return render(request, "figures/notions.html", {"groups": groups, "not_known": published.not_known(lang)})


def _notion(one: Any, lang: str) -> tuple[str, str, str, str, list[str]]:
    sources = [f"{each.source} ({CERTAINTY[each.certainty](lang)})" for each in one.sources]
    return one.id, one.title(lang), one.what(lang), one.is_not(lang), sources


@require_safe
def publication(request: HttpRequest, name: str) -> HttpResponse:
    """One publication. A withdrawn one says so and why, and shows no figure; a changed one is not shown at all."""
    one = _one(name)
    address = request.build_absolute_uri(request.path)
    if one.withdrawn or one.broken:
        page = told.page(one, None, language(), address)
        return render(request, "figures/publication.html", {"page": page}, status=GONE if one.withdrawn else 503)
    page = told.page(one, _release(one), language(), address, shelf.key())
    return render(request, "figures/publication.html", {"page": page})


@require_safe
def revisions(request: HttpRequest, name: str) -> HttpResponse:
    """What other publications printed of the same numbers: an earlier figure never silently changes."""
    one, release = standing(name)
    found = told.changes(release, shelf.editions(), language())
    return render(request, "figures/revisions.html", {"page": told.line(one, language()), "changes": found})


@require_safe
def table(request: HttpRequest, name: str, table: str) -> HttpResponse:
    """One table, by period, group or region, as the reader chooses."""
    one, release = standing(name)
    selected = chosen(release, table, request)
    page = {**selection.page(one, release, selected, language()), "publication": told.line(one, language())}
    context = {"page": page, "query": request.GET.urlencode() if selected.known else ""}
    return render(request, "figures/table.html", context, status=200 if selected.known else 400)


def chosen(release: ProtectedRelease, table: str, request: HttpRequest) -> selection.Selection:
    if table not in release.tables:
        raise Http404
    return selection.chosen(release, table, request.GET.dict())


def standing(name: str) -> tuple[Publication, ProtectedRelease]:
    """A publication whose figures may be shown, and its release; 404 for any other."""
    one = _one(name)
    if one.withdrawn or one.broken:
        raise Http404
    return one, _release(one)


def _one(name: str) -> Publication:
    one = shelf.find(name)
    if one is None:
        raise Http404
    return one


def _release(one: Publication) -> ProtectedRelease:
    try:
        return shelf.release(one)
    except BadInput:  # it was withdrawn or changed a moment ago
        raise Http404 from None
