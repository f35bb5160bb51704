"""Signing in by way of one's own organisation: going there, and coming back. The second step is then still asked."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from loket.accounts import identities, openid
from loket.accounts.pages import lang, told
from loket.accounts.providers import Provider, provider
from loket.accounts.signing import PURPOSE, UNKNOWN
from loket.audit.actions import record
from loket.audit.who import REFUSED, Refused

WAITING = "openid"


@require_GET
def go(request: HttpRequest, identifier: str) -> HttpResponse:
    """To the provider. A link and no form: the safety headers let a form lead nowhere but to this site."""
    found = _known(identifier)
    if request.user.is_authenticated:
        return redirect("accounts:home")
    try:
        address, waiting = openid.begin(found, _back(request, found))
    except Refused as refused:
        return _refused(request, found, refused)
    after = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    request.session[WAITING] = {**waiting, "lang": lang(), "next": after if safe else ""}
    return redirect(address)


@require_GET
@sensitive_variables("waiting")
def back(request: HttpRequest, identifier: str) -> HttpResponse:
    """Back from the provider, in the language in which somebody left. What waited works once, whatever comes of it."""
    found, waiting = _known(identifier), request.session.pop(WAITING, {})
    with translation.override(waiting.get("lang") or lang()):
        try:
            proven = openid.finish(found, _back(request, found), waiting, request.GET.dict())
        except Refused as refused:
            return _refused(request, found, refused)
        try:
            user = identities.recognise(provider=found, proven=proven)
        except Refused as refused:
            return _page(request, refused)
        record_authentication(request, user, method="openid", provider=found.id)
        after: Any = waiting["next"] or reverse("accounts:home")
        return perform_login(request, Login(user=user, redirect_url=after))


def _known(identifier: str) -> Provider:
    found = provider(identifier)
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest, found: Provider) -> str:
    """The one address that the provider must know, whatever the language of the visitor."""
    with translation.override("nl"):
        return request.build_absolute_uri(reverse("accounts:openid_back", args=[found.id]))


def _refused(request: HttpRequest, found: Provider, refused: Refused) -> HttpResponse:
    """What went wrong before anybody was known."""
    record("accounts.openid", by=UNKNOWN, purpose=PURPOSE, outcome=REFUSED, reason=refused.reason,
           kind="provider", object=found.id, place=found.id)  # fmt: skip
    return _page(request, refused)


def _page(request: HttpRequest, refused: Refused) -> HttpResponse:
    return render(request, "accounts/openid_refused.html", {"sentence": told(refused)}, status=403)
