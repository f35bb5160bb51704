"""What `loket check --deploy` says about signing in: each with what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from loket.accounts.providers import wrong_with

STRONG = "django.contrib.auth.hashers.Argon2PasswordHasher"


@register(Tags.security)
def providers_are_complete(**_: Any) -> list[CheckMessage]:
    """A provider that is not set up well is not offered; here is why. And the file holds secrets."""
    found: list[CheckMessage] = [
        Error(sentence, hint="Mend it in the file that LOKET_OPENID_FILE names.", id="loket.E036")
        for name, said in settings.LOKET_OPENID.items()
        for sentence in wrong_with(name, said)
    ]
    path = Path(settings.LOKET_OPENID_FILE or "/")
    if settings.LOKET_OPENID_FILE and path.exists() and path.stat().st_mode & 0o007:
        hint = "chmod 400 on it: it holds the secrets of the providers."
        found.append(
            Error("Others on this machine can read the file of LOKET_OPENID_FILE.", hint=hint, id="loket.E037")
        )
    return found


@register(Tags.security, deploy=True)
def signing_in_is_safe(**_: Any) -> list[CheckMessage]:
    """No demo, cookies over https only, passwords hashed slowly, mails that arrive."""
    found: list[CheckMessage] = []
    if settings.LOKET_DEMO_SIGN_IN:
        found.append(Error("The demo sign-in is on: anybody on this machine can be anybody.", id="loket.E030"))
    if settings.DEBUG:
        found.append(Error("DEBUG is on: an error shows what nobody may see.", id="loket.E031"))
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        if not getattr(settings, name):
            found.append(Error(f"{name} is off: the cookie of who is signed in travels bare.", id="loket.E032"))
    if settings.PASSWORD_HASHERS[0] != STRONG:
        found.append(Error("Passwords are not hashed with Argon2.", id="loket.E033"))
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and not settings.EMAIL_HOST:
        hint = "Set LOKET_MAIL_HOST. Without it invitations are passed on by hand, and a forgotten password stays so."
        found.append(Warning("No mail can be sent.", hint=hint, id="loket.W034"))
    if settings.LOKET_IDLE_MINUTES > 60 or settings.LOKET_SESSION_HOURS > 12:
        found.append(Warning("Sessions last longer than an hour idle or a working day.", id="loket.W035"))
    return found
