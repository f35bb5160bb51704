"""Organisations that sign their own people in: what the settings say of each provider, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

NEEDED = ("organisation", "label", "issuer", "client_id", "client_secret")
LISTS = ("acr", "amr")
KNOWN = {*NEEDED, *LISTS, "addresses_verified"}
HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider of one organisation at the counter. It speaks for the people there, and no others.

    acr, amr: what its tokens must say about how somebody signed in there (one of each list); empty: nothing is asked.
    addresses_verified: its addresses are those that the organisation gave out, also where the token does not say so.
    """

    id: str
    organisation: str
    label: str
    issuer: str
    client_id: str
    client_secret: str
    acr: tuple[str, ...] = ()
    amr: tuple[str, ...] = ()
    addresses_verified: bool = False


def provider(identifier: str) -> Provider | None:
    return next((one for one in providers() if one.id == identifier), None)


def providers() -> list[Provider]:
    """Those that are fit to use; what is wrong with the others `loket check` says."""
    return [
        Provider(id=name, **{**said, **{key: tuple(said.get(key, ())) for key in LISTS}})
        for name, said in settings.LOKET_OPENID.items()
        if not list(wrong_with(name, said))
    ]


def wrong_with(name: str, said: Any) -> Iterator[str]:
    """Each fault in what the settings say of one provider, as a sentence. Values are not repeated: one is a secret."""
    if not re.fullmatch(r"[a-z0-9-]{1,40}", name):
        yield f"{name}: the name of a provider is small letters, digits and hyphens, 40 at most."
    if not isinstance(said, Mapping):
        yield f"{name}: write a table, [{name}]."
        return
    if extra := sorted(set(said) - KNOWN):
        yield f"{name}: unknown: {', '.join(extra)}. Known are {', '.join(sorted(KNOWN))}."
    for key in NEEDED:
        if not (isinstance(said.get(key), str) and said[key].strip()):
            yield f"{name}: fill in {key}."
    for key in LISTS:
        if not isinstance(said.get(key, []), list) or not all(isinstance(one, str) for one in said.get(key, [])):
            yield f"{name}: {key} is a list of texts."
    if not isinstance(said.get("addresses_verified", False), bool):
        yield f"{name}: addresses_verified is true or false."
    if not is_safe(str(said.get("issuer", ""))):
        yield f"{name}: issuer must begin with https://."


def is_safe(address: str) -> bool:
    """Over https, or on this machine itself."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE))
    except ValueError:
        return False
