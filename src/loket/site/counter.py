"""Where the public site ends and the counter begins: only at the counter is there a session, a cookie, a user.

The middlewares that know a visitor are gated: a request for any other page passes them by untouched, even if the
browser of somebody who is signed in sends its cookie along.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

COUNTER = re.compile(r"^/(?:" + "|".join(code for code, _ in settings.LANGUAGES) + r")/loket(?:/|$)")


def at_counter(request: HttpRequest) -> bool:
    """Whether this page belongs to the counter: its address starts with the language and `loket`."""
    return bool(COUNTER.match(request.path_info))


def gated(middleware: type[Any]) -> type[Any]:
    """The same middleware, for the counter only."""

    class Gated(middleware):  # type: ignore[misc]
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return super().__call__(request) if at_counter(request) else self.get_response(request)

        def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
            look = getattr(super(), "process_view", None)
            return look(request, *args) if look and at_counter(request) else None

    Gated.__name__ = Gated.__qualname__ = middleware.__name__
    return Gated


Sessions = gated(SessionMiddleware)
Csrf = gated(CsrfViewMiddleware)
Users = gated(AuthenticationMiddleware)
Messages = gated(MessageMiddleware)


def only_at_counter(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a middleware that is a function of (request, get_response)."""

    def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
        def handle(request: HttpRequest) -> HttpResponse:
            return function(request, get_response) if at_counter(request) else get_response(request)

        return handle

    return middleware


@only_at_counter
def referrers(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """At the counter a form tells our own site where it came from: without that, a browser calls its origin `null`,
    and no form could be told from one on another site. Other sites still hear nothing."""
    response = get_response(request)
    response.headers["Referrer-Policy"] = "same-origin"
    return response
