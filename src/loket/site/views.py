"""The pages of the frame itself."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from loket.site.sample import SAMPLE
from loket.site.textpages import text_page
from loket.site.ways import ways_in


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    groups = ways_in(get_language() or settings.LANGUAGE_CODE)
    context = {
        "working": [group for group in groups if group.id != "public"],
        "public": [group for group in groups if group.id == "public"],
    }
    return render(request, "site/start.html", context)


@require_safe
def text(request: HttpRequest, name: str) -> HttpResponse:
    page = text_page(name, get_language() or settings.LANGUAGE_CODE)
    return render(request, "site/text.html", {"page": page, "name": name})


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for who works on the site; not there for the public."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "site/style.html", SAMPLE)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the site can do its work: at the counter, whether the database answers and keeps what it confirms, and
    whether what was sealed can be opened."""
    wrong = [line for look in settings.LOKET_READY for line in import_string(look)()]
    lines = "".join(f"{line}\n" for line in wrong) or "ok\n"
    return HttpResponse(lines, status=503 if wrong else 200, content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Without a contact there is nothing true to say, so the page does not exist then."""
    contact, expires = settings.LOKET_SECURITY_CONTACT, settings.LOKET_SECURITY_EXPIRES
    if not (contact and expires):
        raise Http404
    lines = f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: nl, en\n"
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")
