"""What can be taken along: open data as it was published, a factsheet of a year, and the numbers on a page."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, time
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loket.monitor import shelf
from loket.monitor.presenters import publication as told
from loket.monitor.presenters import selection
from loket.monitor.views.pages import chosen, language, standing
from schakel.monitor.dcat import MEDIA
from schakel.monitor.factsheet import published_sheet, release_sheet
from schakel.monitor.publications import Publication
from schakel.press.sheet import pdf
from schakel.vocabulary.errors import BadInput

PDF = "application/pdf"


@require_safe
def file(request: HttpRequest, name: str, file: str) -> HttpResponse:
    """One file of the open data, exactly as it was published."""
    one, _ = standing(name)
    data = shelf.data_file(one, file)
    if data is None:
        raise Http404
    return _given(data, MEDIA.get(file.rpartition(".")[2], "application/octet-stream"), f"{_mark(one)}{name}-{file}")


@require_safe
def selection_csv(request: HttpRequest, name: str, table: str) -> HttpResponse:
    """The numbers that the page of a table shows."""
    one, release = standing(name)
    data = selection.as_csv(chosen(release, table, request).slice, language())
    return _given(data, "text/csv", f"{_mark(one)}{name}-{table}.csv")


@require_safe
def factsheet(request: HttpRequest, name: str, year: int) -> HttpResponse:
    """The factsheet of one year of a publication."""
    one, release = standing(name)
    try:
        data = _sheet(release.note["seal"]["value"], name, year, language())
    except BadInput:
        raise Http404 from None
    return _given(data, PDF, f"{_mark(one)}factsheet-{name}-{year}.{language()}.pdf")


@require_safe
def published_factsheet(request: HttpRequest, year: int) -> HttpResponse:
    """The factsheet of 2013, made again from the published values."""
    try:
        data = _published(year, language())
    except BadInput:
        raise Http404 from None
    return _given(data, PDF, f"factsheet-{year}.{language()}.pdf")


@require_safe
def public_key(request: HttpRequest) -> HttpResponse:
    """The key with which anybody can look at the seals of the publications."""
    found = shelf.key()
    if found is None:
        raise Http404
    return _given(found.pem(), "application/x-pem-file", f"schakel-{found.fingerprint}.pem")


@lru_cache(maxsize=32)
def _sheet(seal: str, name: str, year: int, lang: str) -> bytes:
    """Made once for each publication, year and language: the seal says which release it is."""
    one, release = standing(name)
    when = datetime.combine(one.published, time(), UTC)
    return pdf(release_sheet(release, year, lang, marked=told.synthetic(one)), when=when)


@lru_cache(maxsize=2)
def _published(year: int, lang: str) -> bytes:
    return pdf(published_sheet(year, lang), when=datetime(2013, 1, 1, tzinfo=UTC))


def _mark(one: Publication) -> str:
    return "synthetic-" if told.synthetic(one) and not one.name.startswith("synthetic-") else ""


def _given(data: bytes, media: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Repr-Digest"] = f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"
    return response
