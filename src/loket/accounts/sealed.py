"""What is sealed with the installation's own key, wherever it stands: all of it is sealed again when keys are renewed.

Columns are found by themselves (``EncryptedText(key=None)``); the secrets of second factors stand in a table of
allauth; sessions are left alone, they last a day (people sign in again).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import transaction

from loket.accounts.adapters import SECRET
from loket.vault import boxes, cipher
from loket.vault.fields import EncryptedText
from loket.vault.keyfile import ring

# Which values of an authenticator are sealed, by its type.
SECRETS = {"totp": ("secret",), "recovery_codes": ("seed",)}


def _columns() -> Iterator[tuple[Any, str]]:
    """Model and name of every column that the installation's key seals."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedText) and field.key is None:
                yield model, field.attname


def _older(sealed: bytes) -> bool:
    return cipher.sealed_with(sealed) != cipher.key_id(ring().newest)


def _rows() -> Iterator[tuple[Any, str]]:
    """Every record with a column that an older key sealed."""
    for model, name in _columns():
        for row in model.objects.exclude(**{f"{name}__isnull": True}).iterator():
            if _older(row.__dict__[name]):
                yield row, name


def _factors() -> Iterator[tuple[Authenticator, str]]:
    for factor in Authenticator.objects.filter(type__in=SECRETS).iterator():
        for name in SECRETS[factor.type]:
            if name in factor.data and _older(bytes.fromhex(factor.data[name])):
                yield factor, name


def sealed_with_older() -> int:
    return sum(1 for _ in _rows()) + sum(1 for _ in _factors())


def cannot_open() -> int:
    """How many of these the key file no longer opens: the key that sealed them is not in it."""
    texts = [row.__dict__[name] for row, name in _rows()]
    texts += [bytes.fromhex(factor.data[name]) for factor, name in _factors()]
    return sum(cipher.sealed_with(text) not in ring().by_id for text in texts)


@transaction.atomic
def seal_again() -> int:
    """Seal all of it with the newest key; how many there were."""
    done = 0
    for row, name in list(_rows()):
        setattr(row, name, getattr(row, name))
        row.save(update_fields=[name])
        done += 1
    for factor, name in list(_factors()):
        text = boxes.open_here(bytes.fromhex(factor.data[name]), SECRET)
        factor.data[name] = boxes.seal_here(text, SECRET).hex()
        factor.save(update_fields=["data"])
        done += 1
    return done
