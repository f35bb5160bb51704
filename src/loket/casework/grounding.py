"""On which ground an organisation may tell the registration point who a person is: asked of the sharing rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from schakel.casework.content import sharing
from schakel.mechanism.content import load
from schakel.networks.decision import REFUSED, Decision
from schakel.networks.sharing import Party, Question, may_share

POINT: Final = "comensha"


@lru_cache(maxsize=512)  # the rules give the same answer all day, and each form asks it of three purposes
def permits(kind: str, purpose: str, on: date) -> Mapping[str, Decision]:
    """For each ground that may carry it the decision: permitted, or undecided while something must be so first.

    Empty where no rule lets this kind of organisation name somebody: then a count without identity is the way.
    """
    book = sharing(load())
    if kind not in book.fallback.senders | book.others.keys():
        return {}
    asked = {
        ground: may_share(book, Question(Party(kind), Party(POINT), "identity", purpose, on, ground))
        for ground in book.grounds
    }
    none = (book.fallback.id,)
    return {ground: said for ground, said in asked.items() if said.rules != none and said.answer != REFUSED}
