"""The doors that every request at the counter passes: not too old, two factors, and in which role.

Each is a plain function; other pages never reach them (loket.site.counter).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from loket.accounts import queries
from loket.accounts.links import has_second_factor
from loket.site.counter import only_at_counter

Handler = Callable[[HttpRequest], HttpResponse]
STEP = 60  # seconds: how often the session notes that somebody is still there
# What somebody without a second factor may open: setting one up, and leaving.
ENROLLING = {
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "account_logout", "account_reauthenticate",
    "accounts:enrol", "accounts:invitation",
}  # fmt: skip


@only_at_counter
def limits(request: HttpRequest, get_response: Handler) -> HttpResponse:
    """Sign out who was away too long, or came in too long ago; the page they asked for comes after signing in again."""
    if request.user.is_authenticated:
        now, session = int(time.time()), request.session
        began, seen = session.setdefault("began", now), session.setdefault("seen", now)
        if now - seen > settings.LOKET_IDLE_MINUTES * 60 or now - began > settings.LOKET_SESSION_HOURS * 3600:
            logout(request)
            request.session["ended"] = True
        elif now - seen > STEP:
            session["seen"] = now
    return get_response(request)


@only_at_counter
def second_factor(request: HttpRequest, get_response: Handler) -> HttpResponse:
    """Nobody goes further than the page where a second factor is set up before they have one."""
    if request.user.is_authenticated and not request.session.get("two_factors"):
        if has_second_factor(request.user):  # type: ignore[arg-type]
            request.session["two_factors"] = True
        elif name(request) not in ENROLLING:
            return redirect("accounts:enrol")
    return get_response(request)


@only_at_counter
def hat(request: HttpRequest, get_response: Handler) -> HttpResponse:
    """``request.membership``: the role somebody works in now, or None."""
    signed_in = request.user.is_authenticated
    request.membership = (  # type: ignore[attr-defined]
        queries.membership(request.user, request.session.get("hat")) if signed_in else None
    )
    return get_response(request)


def name(request: HttpRequest) -> str:
    """The name of the page that is asked for; empty if there is none."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
