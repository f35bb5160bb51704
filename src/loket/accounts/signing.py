"""Signing in and out, as the log sees it; and the first way in, by invitation."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from axes.signals import user_locked_out
from django.contrib.auth import login
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from loket.audit.actions import record
from loket.audit.who import REFUSED, Actor

BACKEND = "loket.accounts.backend.Backend"
UNKNOWN = Actor(user="unknown")
PURPOSE = "signing_in"


def first_time(request: HttpRequest, user: Any) -> None:
    """Come in by invitation: only as far as the page where a second factor is set up."""
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="password", reauthenticated=True)


def _who(user: Any) -> Actor:
    return Actor(user=str(user.pk)) if user is not None and user.pk else UNKNOWN


@receiver(user_logged_in)
def came_in(request: HttpRequest, user: Any, **_: Any) -> None:
    record("accounts.sign_in", by=_who(user), purpose=PURPOSE)


@receiver(user_logged_out)
def went_out(request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None:
        record("accounts.sign_out", by=_who(user), purpose=PURPOSE)


@receiver(user_login_failed)
def failed(credentials: dict[str, Any], **_: Any) -> None:
    tried = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
    record("accounts.sign_in", by=UNKNOWN, purpose=PURPOSE, outcome=REFUSED, reason="wrong_name_or_password",
           kind="tried_name", object=tried)  # fmt: skip


@receiver(user_locked_out)
def locked(username: str = "", **_: Any) -> None:
    record("accounts.locked_out", by=UNKNOWN, purpose=PURPOSE, outcome=REFUSED, reason="too_many_failures",
           kind="tried_name", object=username)  # fmt: skip


@receiver(authenticator_added)
@receiver(authenticator_removed)
@receiver(authenticator_reset)
def factor_changed(user: Any, authenticator: Any, signal: Any, **_: Any) -> None:
    done = {authenticator_added: "added", authenticator_removed: "removed"}.get(signal, "renewed")
    record(f"accounts.factor_{done}", by=_who(user), purpose=PURPOSE, kind="factor", object=authenticator.pk,
           place=authenticator.type)  # fmt: skip


@receiver(password_changed)
@receiver(password_reset)
def password_set(user: Any, **_: Any) -> None:
    record("accounts.password_set", by=_who(user), purpose=PURPOSE, kind="user", object=user.pk)
