"""How allauth behaves here: nobody signs up alone, secrets are sealed, and mails say nothing."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from loket.accounts import mail
from loket.accounts.addresses import of_visitor
from loket.accounts.links import has_second_factor
from loket.vault import boxes, cipher

SECRET = cipher.place("accounts", "second factor")


class Accounts(DefaultAccountAdapter):
    """Signing in and passwords."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """A password alone opens nothing, also not the page to set up a second factor: that takes an invitation."""
        refused = super().pre_login(request, user, **kwargs)
        if refused is None and not has_second_factor(user):
            request.session.flush()
            return redirect("accounts:no_second_factor")
        return refused

    def get_client_ip(self, request: HttpRequest) -> str:
        return of_visitor(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Whatever happened: that something did, and where to look. A link to set a password only if it was asked."""
        mail.send_aside(email, get_language(), link=context.get("password_reset_url", ""))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what was done."""


class SecondFactor(DefaultMFAAdapter):
    """The secrets behind the codes are sealed with the installation's key."""

    def encrypt(self, text: str) -> str:
        return boxes.seal_here(text, SECRET).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return boxes.open_here(bytes.fromhex(encrypted_text), SECRET)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """The last one stays: set up another first."""
        kinds = (authenticator.Type.TOTP, authenticator.Type.WEBAUTHN)
        others = type(authenticator).objects.filter(user_id=authenticator.user_id, type__in=kinds)
        return authenticator.type not in kinds or others.exclude(pk=authenticator.pk).exists()
