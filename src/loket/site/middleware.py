"""Around every request: one bare log line, the safety headers, and refusals that say what to do next."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from loket.site import errors

Handler = Callable[[HttpRequest], HttpResponse]
FORM = 64 * 1024  # what a form adds to the file that it carries
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
log = logging.getLogger("loket.request")


def request_line(get_response: Handler) -> Handler:
    """Log method, name of the route and status; never the path, the query, the body or the visitor's address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        method = request.method if request.method in METHODS else "OTHER"
        fields = {"method": method, "route": (match and match.view_name) or "none", "status": response.status_code}
        log.info("request", extra={"fields": fields})
        return response

    return middleware


def safety_headers(get_response: Handler) -> Handler:
    """Add the headers that Django has no setting for. What says nothing of its own about keeping is not to be kept."""
    policy = "; ".join(f"{name} {value}".strip() for name, value in settings.CONTENT_SECURITY_POLICY.items())

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def largest(request: HttpRequest) -> int:
    """How large a body a page takes: a form's, but for the few pages that take a file (settings.LOKET_FILE_PAGES)."""
    takes_file = settings.LOKET_FILE_PAGES and re.fullmatch(settings.LOKET_FILE_PAGES, request.path_info)
    return settings.LOKET_FILE_BYTES + FORM if takes_file else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class ClearRefusals:
    """Turn a body that is too large, and a method that a page does not take, into a page with a next step."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            return errors.page(request, 400)
        if int(length) > largest(request):
            return errors.page(request, 413)
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            refused = errors.page(request, 405)
            refused.headers["Allow"] = response.headers["Allow"]
            return refused
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.page(request, 413) if isinstance(exception, RequestDataTooBig) else None
