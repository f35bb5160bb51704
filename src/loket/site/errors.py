"""Refusals as pages (and, under /api/, as problem details): one clear sentence and a next step, never a trace."""

from __future__ import annotations

import logging
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from loket.site.trouble import is_away, reason
from loket.site.wording import wording

KNOWN = (400, 403, 404, 405, 413, 500, 503)
AGAIN = 60  # seconds, as the sentence says
# Only if even the error page fails: plain, in both languages.
LAST_RESORT = (
    "<!doctype html><html lang='nl'><meta charset='utf-8'><title>Schakel</title>"
    "<p>Er ging iets mis bij ons. Probeer het over een minuut opnieuw. Bij acuut gevaar: bel 112.</p>"
    "<p lang='en'>Something went wrong on our side. Try again in a minute. In acute danger: call 112.</p></html>"
)
log = logging.getLogger("loket.errors")


def page(request: HttpRequest, status: int) -> HttpResponse:
    """The answer for one of the KNOWN statuses."""
    say, lang = wording().say, get_language() or settings.LANGUAGE_CODE
    title, text = say(f"error.{status}_title", lang), say(f"error.{status}_text", lang)
    if request.path.startswith("/api/"):
        return problem(status, title, text)
    html = render_to_string("site/error.html", {"status": status, "title": title, "text": text}, request)
    return HttpResponse(html, status=status)


def problem(status: int, title: str, detail: str) -> JsonResponse:
    """The same sentence as problem details (RFC 9457)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def away(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The database does not answer: why stands in the log, and the visitor hears when to try again."""
    log.error("the database does not answer", extra={"fields": {"why": reason(error)}})
    answer = page(request, 503)
    answer.headers["Retry-After"] = str(AGAIN)
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """What broke is being handled when Django asks for this page: a database that is away is not a fault."""
    try:
        error = sys.exception()
        return away(request, error) if error and is_away(error) else page(request, 500)
    except Exception:
        log.exception("the error page itself failed")
        return HttpResponse(LAST_RESORT, status=500)
