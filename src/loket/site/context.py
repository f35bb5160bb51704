"""What every page shows around its own content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from loket.site.status import content_status


def frame(request: HttpRequest) -> dict[str, Any]:
    """Language, the same page in the other languages, status of the content, and who runs this installation."""
    lang = get_language() or settings.LANGUAGE_CODE
    return {
        "lang": lang,
        "languages": [(code, name, "" if code == lang else in_language(request.path, code))
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


def in_language(path: str, code: str) -> str:
    """The address of the same page in this language; the start page where it has none (an error page, say)."""
    translated = translate_url(path, code)
    return translated if translated.startswith(f"/{code}/") else f"/{code}/"
