"""Reads what the environment says, so that a word that cannot be meant is a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured


def whole_number(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    """A whole number from nought on. What stands there is not quoted: it may have been meant for another variable."""
    said = environment.get(name, "").strip() or str(otherwise)
    if not (said.isascii() and said.isdigit()):
        raise ImproperlyConfigured(f"{name} is no whole number: write one, such as {otherwise}, or leave it empty.")
    return int(said)
