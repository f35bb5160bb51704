"""Where a visitor comes from and with which name they tried: as keyed stand-ins, enough to count failures with.

django-axes keeps both in the database. People type passwords where a name was asked, and an address says where somebody
works or sleeps; a stand-in counts just as well.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from loket.vault.cipher import keyed_digest
from loket.vault.keyfile import ring


def of_visitor(request: HttpRequest) -> str:
    """The address, as an invented one from the private range (the last hop that our own proxy saw)."""
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", seen).rpartition(",")[2].strip()
    return str(ipaddress.IPv6Address(b"\xfd" + keyed_digest(ring().index, "visitor", seen)[:15]))


def for_axes(request: HttpRequest) -> str:
    return of_visitor(request)


def tried_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name that was tried, as a stand-in."""
    said = credentials or {}
    typed = said.get("email") or said.get("username") or request.POST.get("login", "")
    return keyed_digest(ring().index, "tried", str(typed).strip().lower()).hex()[:32]


def no_words(*args: Any, **kwargs: Any) -> str:
    """What axes would say of a visitor in its own log lines."""
    return "a visitor"
