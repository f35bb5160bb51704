"""What every page shows around its own content."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from loket.site.status import content_status
from loket.site.textpages import SLUGS

# An address in which nothing but the language has to change.
PLAIN = re.compile(rf"/(?:{'|'.join(code for code, _ in settings.LANGUAGES)})(/[\w./-]*)", re.ASCII)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Language, the same page in the other languages, status of the content, and who runs this installation."""
    lang = get_language() or settings.LANGUAGE_CODE
    return {
        "lang": lang,
        "languages": [(code, name, "" if code == lang else in_language(request, code))
                      for code, name in settings.LANGUAGES],
        "here": part_of(request),
        "content_status": content_status(),
        "has_wegwijzer": "loket.wegwijzer" in settings.ROOMS,
        "has_figures": "loket.monitor" in settings.ROOMS,
        "has_desk": "loket.monitor.desk" in settings.ROOMS,
        "has_counter": "loket.accounts" in settings.ROOMS,
        "has_casework": "loket.casework" in settings.ROOMS,
        "leave_to": settings.LOKET_LEAVE_TO,
        "operator": settings.LOKET_OPERATOR,
        "contact": settings.LOKET_CONTACT,
        "debug": settings.DEBUG,
    }  # fmt: skip


def part_of(request: HttpRequest) -> str:
    """In which part of the site a page stands, as the menu marks it (the counter says so itself, in accounts)."""
    match = request.resolver_match
    if match and "figures" in match.app_names:
        return "figures"
    return match.view_name if match and match.view_name in ("help", "about") else ""


def in_language(request: HttpRequest, code: str) -> str:
    """The address of the same page in this language; the start page where it has none (an error page, say)."""
    match, plain = request.resolver_match, PLAIN.fullmatch(request.path)
    if match and plain and match.view_name not in SLUGS:  # only these have a word of a language in their address
        return f"/{code}{plain[1]}"
    translated = translate_url(request.path, code)
    return translated if translated.startswith(f"/{code}/") else f"/{code}/"
