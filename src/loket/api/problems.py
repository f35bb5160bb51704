"""Refusals of the counter as problem details: one sentence with a next step, in the language that was asked for."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from loket.api.description import PROBLEM
from loket.audit.who import Refused
from loket.casework.access import Denied
from loket.site.wording import wording
from schakel.vocabulary.errors import BadInput

TITLES = {
    400: "The request cannot be used", 401: "The key is missing or does not work", 403: "This may not be done",
    404: "Not found", 409: "This cannot be done now", 422: "The key was used for another request",
    429: "Too many requests",
}  # fmt: skip
NOT_NOW = ("changed_meanwhile", "not_in_this_state", "no_draft", "import_over")


class Stopped(Exception):
    """An answer with this status and sentence."""

    def __init__(self, status: int, detail: str, retry_after: int = 0) -> None:
        super().__init__(detail)
        self.status, self.detail, self.retry_after = status, detail, retry_after


def language(request: HttpRequest) -> str:
    return "en" if request.GET.get("lang") == "en" else "nl"


def of(request: HttpRequest, error: Exception) -> Stopped:
    """What a refusal of ours is to a program: not there, not now, not allowed, or not usable."""
    lang = language(request)
    if isinstance(error, BadInput):
        return Stopped(400, error.say(lang))
    assert isinstance(error, Refused)
    said = error.say(lang) if isinstance(error, Denied) else wording().say(f"refusals.{error.reason}", lang)
    status = 404 if error.reason == "not_found" else 409 if error.reason in NOT_NOW else 403
    return Stopped(status, said)


def answer(stopped: Stopped) -> HttpResponse:
    body = {"type": "about:blank", "title": TITLES.get(stopped.status, TITLES[400]), "status": stopped.status,
            "detail": stopped.detail}  # fmt: skip
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=stopped.status, content_type=PROBLEM)
    if stopped.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="schakel"'
    if stopped.retry_after:
        response.headers["Retry-After"] = str(stopped.retry_after)
    return response
