"""A form whose token no longer holds is not lost: it comes back in a page, with a fresh token, where that is safe."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest, HttpResponse

from loket.accounts.views.entering import csrf_failure as told
from loket.casework import parcel
from loket.casework.pages import NOT_HELD, hold

ROOMS: Final = ("casework", "desk", "accounts")
SECRET: Final = re.compile(r"password|secret|^code$|credential")  # fields that are never handed back


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Hand back what was typed, to send it again or to sign in first; else the sentence that says what to do."""
    if not may_hold(request):
        return told(request, reason)
    said = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_HELD]
    return hold(request, parcel.seal(request.path, said), status=403)


def may_hold(request: HttpRequest) -> bool:
    """Only a form of one of our own pages, without files and without a secret in it."""
    match = request.resolver_match
    return (
        request.method == "POST" and from_here(request) and match is not None and match.app_name in ROOMS
        and not request.FILES and not any(SECRET.search(name) for name in request.POST)
        and sum(map(len, request.POST.values())) <= parcel.MOST
    )  # fmt: skip


def from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form came from this site. A browser that says nothing is not believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
