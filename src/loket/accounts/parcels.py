"""Signing in with a parcel: a sealed form of another room that travels along in the page until somebody is inside.

This room knows only that there is a field `parcel`; what is in it, and what is shown after signing in, the room knows
that `settings.LOKET_AFTER_SIGN_IN` names. Nothing of it is kept in the session or anywhere else.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string

FIELD = "parcel"
MOST = 400_000


def login(request: HttpRequest) -> HttpResponse:
    """The first step. With a parcel the second step follows as a page, not by a redirect that would lose it."""
    response: HttpResponse = account.login(request)
    return _carried(request, response)


def authenticate(request: HttpRequest) -> HttpResponse:
    """The second step; with a parcel, what it is for comes next."""
    response: HttpResponse = mfa.authenticate(request)
    return _carried(request, response)


def _carried(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.method != "POST" or not held(request) or response.status_code != 302:
        return response
    if request.user.is_authenticated:
        after: HttpResponse = import_string(settings.LOKET_AFTER_SIGN_IN)(request)
        return after
    if response.headers["Location"].split("?")[0] == reverse("mfa_authenticate"):
        request.method = "GET"
        page: Any = mfa.authenticate(request)
        request.method = "POST"
        shown: HttpResponse = page.render() if hasattr(page, "render") else page
        return shown
    return response


def held(request: HttpRequest) -> str:
    """The parcel in this form; empty if there is none, or where no room here makes parcels."""
    text = request.POST.get(FIELD, "") if request.method == "POST" else ""
    return text if settings.LOKET_AFTER_SIGN_IN and len(text) <= MOST else ""
