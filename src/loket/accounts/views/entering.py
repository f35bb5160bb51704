"""Coming in: the page behind an invitation, the way to a second factor, and closed doors."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from loket.accounts import actions, forms, queries, signing
from loket.accounts.pages import form_page, refused_page
from loket.accounts.signing import PURPOSE
from loket.audit.actions import record
from loket.audit.who import REFUSED, Actor, Refused


@sensitive_post_parameters("new_password")
@form_page
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind the link: choose a password, then a second factor. Used, withdrawn and made up look the same."""
    found = queries.invited(secret)
    if found is None:
        return render(request, "accounts/invitation_over.html", status=404)
    form = forms.JoinForm(request.POST or None) if found.has_account else forms.AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            user = actions.accept_invitation(
                secret=secret, name=said.get("name", ""), password=said.get("new_password", "")
            )
        except Refused:
            return render(request, "accounts/invitation_over.html", status=404)
        if found.has_account:
            return redirect("account_login")
        if request.user.is_authenticated:
            logout(request)
        signing.first_time(request, user)
        return redirect("accounts:enrol")
    return render(
        request, "accounts/invitation.html", {"invited": found, "form": form}, status=400 if form.errors else 200
    )


@require_safe
def enrol(request: HttpRequest) -> HttpResponse:
    """Choose the second factor."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return render(request, "accounts/enrol.html")


@require_safe
def no_second_factor(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/no_second_factor.html", status=403)


@form_page
def remove_key(request: HttpRequest, pk: int) -> HttpResponse:
    """The last second step stays. allauth asks that of an app with codes only, so of a passkey it is asked here."""
    kind = Authenticator.Type.WEBAUTHN
    found = Authenticator.objects.filter(pk=pk, user=request.user.pk, type=kind).first()
    if found and not get_adapter().can_delete_authenticator(found):
        record("accounts.factor_removed", by=Actor(user=str(request.user.pk)), purpose=PURPOSE, outcome=REFUSED,
               reason="last_factor", kind="factor", object=found.pk, place=kind)  # fmt: skip
        return refused_page(request, Refused("last_factor"))
    answer: HttpResponse = remove_webauthn(request, pk=pk)
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere."""
    return render(request, "accounts/again.html", status=403)


def locked_out(request: HttpRequest, *args: Any) -> HttpResponse:
    """The same words whether the name exists or not."""
    return render(request, "accounts/locked.html", status=403)
