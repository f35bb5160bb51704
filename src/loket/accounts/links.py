"""What a link is kept as, and what makes an account one that can be signed in to."""

from __future__ import annotations

import hashlib

from allauth.mfa.models import Authenticator

from loket.accounts.models import User


def digest(secret: str) -> str:
    """What is kept of the secret in a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def has_second_factor(user: User) -> bool:
    """Whether this account has one that can be used to sign in (recovery codes alone are none)."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user.pk, type__in=kinds).exists()
