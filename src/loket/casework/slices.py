"""What a receiver may see, as it is kept with a referral or a request for a place: sealed words, and back."""

from __future__ import annotations

import json
from functools import cache

from schakel.casework.content import sharing
from schakel.casework.referral import Slice
from schakel.mechanism.content import load
from schakel.networks.keeping import again, kept
from schakel.networks.model import SharingBook


@cache
def book() -> SharingBook:
    """The sharing rules of the content that this site runs on."""
    return sharing(load())


def pack(part: Slice) -> str:
    """The slice as JSON, to be sealed."""
    return json.dumps({name: kept(decision) for name, decision in part.decisions.items()}, sort_keys=True)


def unpack(words: str | None) -> Slice:
    """The slice again. A kind of data whose rule is no longer in the content falls out; an erased one is empty."""
    said = json.loads(words) if words else {}
    read = {name: again(book(), one) for name, one in said.items() if name in book().fields}
    return Slice({name: decision for name, decision in read.items() if decision is not None})
