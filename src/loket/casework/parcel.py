"""A form that must go through signing in: sealed with the installation's key, carried in the page, thirty minutes long.

Nothing of it is kept here: whoever closes the page has lost it, and whoever finds the page later cannot open it.
"""

from __future__ import annotations

import base64
import binascii
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from loket.audit.who import Refused
from loket.vault import boxes, cipher

FIELD: Final = "parcel"
MINUTES: Final = 30
MOST: Final = 160_000
PLACE = cipher.place("casework", "parcel")


@dataclass(frozen=True)
class Parcel:
    """Where the form goes, and its fields."""

    to: str
    fields: tuple[tuple[str, str], ...]


def seal(to: str, fields: Iterable[tuple[str, str]]) -> str:
    """The form as one hidden field."""
    said = json.dumps([int(time.time()), to, list(fields)], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(boxes.seal_here(said, PLACE)).decode()


def read(text: str) -> Parcel:
    """The form that was sealed. Raises Refused when it is too old, was altered, or was never one of ours."""
    try:
        sealed = base64.urlsafe_b64decode(text[: 2 * MOST].encode("ascii"))
        at, to, fields = json.loads(boxes.open_here(sealed, PLACE))
    except (ValueError, binascii.Error, UnicodeError):
        raise Refused("parcel_broken", event="casework.carry") from None
    if not 0 <= time.time() - at <= MINUTES * 60:
        raise Refused("parcel_old", event="casework.carry")
    return Parcel(to, tuple((name, value) for name, value in fields))
