"""The demo sign-in: be somebody of the invented country, without a password. Not there anywhere else.

Three locks: the setting, which only the demo has; the address of the visitor, which must be this machine itself; and
`loket check --deploy`, which refuses the setting.
"""

from __future__ import annotations

import ipaddress
import uuid

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from loket.accounts import queries, signing


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Everybody of the demo, each with a button."""
    only_here(request)
    if request.method == "POST":
        become(request, request.POST.get("membership", ""))
        return redirect("accounts:home")
    return render(request, "accounts/demo.html", {"people": queries.everybody_of_the_demo()})


def only_here(request: HttpRequest) -> None:
    """Raises Http404 unless this is the demo, and the visitor sits at this machine."""
    if not (settings.LOKET_DEMO_SIGN_IN and _here(request)):
        raise Http404


def become(request: HttpRequest, membership: str) -> None:
    """Sign in as somebody of the demo; whoever was signed in before is signed out first."""
    only_here(request)
    user = queries.demo_user(_identifier(membership))
    if user is None:
        raise Http404
    logout(request)
    signing.first_time(request, user)
    request.session["two_factors"] = True  # the demo has no second factor to ask for
    request.session["hat"] = membership


def _here(request: HttpRequest) -> bool:
    """Whether the visitor sits at this machine: a loopback address, and no proxy that says it came from elsewhere."""
    try:
        here = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return here and "HTTP_X_FORWARDED_FOR" not in request.META


def _identifier(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None
